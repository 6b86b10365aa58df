"""What the whole source tells about dates that single sentences leave out: its own day, the year meant.

Reads: a `Scan`. Gives: a `Chronology` with the reasons; nothing where nothing tells it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from graph.extract.mentions.scan import Scan, stamped_day
from graph.model import Genre, PartialDate, Span, Zone
from graph.text.dates import WrittenDate

# "đến năm 2030", "giai đoạn 2021", "cuối năm 2017", "so với năm 2012" tell nothing about when the report was written.
_NOT_NOW = re.compile(
    r"(?:đến|tới|hết|cuối|từ|giai đoạn|nhiệm kỳ|tầm nhìn|so với|kể từ|trước|từng|của những|khóa|vào|luật|bộ luật|thời kỳ|quý)\s(?:\w+\s){0,2}\Z"
)
_DEADLINE = re.compile(r"(?:trước|đến|hết|chậm nhất|xong|từ nay|hạn|hiệu lực|kể từ|từ|sinh|sau)\s(?:\w+\s){0,2}(?:ngày\s)?\Z")
_REVIEW = re.compile(r"(?:tổng kết|sơ kết|kết quả|đánh giá)\s[^.;]{0,80}năm\s(?P<year>(?:19|20)\d\d)")
_ANY_YEAR = re.compile(r"(?<![\d-])(?<!- )(?<!đến )(?<!đến năm )(?<!tới năm )(?<!hết năm )(?<!cuối năm )(?<!nhìn )(?<!nhìn năm )(?:19|20)\d\d(?!\d)")
# What is told to come: "sẽ trình vào tháng 10/2020", "đợt tiếp theo, tháng 11/2019", "tháng 5/2021 tới".
_TO_COME = re.compile(r"(?<!\w)(?:sẽ|dự kiến|sắp|sắp tới|tới đây|tiếp theo|kế tiếp|chuẩn bị)(?!\w)[^.;\n]{0,60}\Z")
_NEXT = re.compile(r"\s(?:tới|sắp tới|tới đây)(?!\w)")
_FAR_AHEAD = 7  # months
_LAST_DAY = 31
_OFTEN = 2  # times that a year is named before it is taken for the year of the report
_BEHIND_PLACE = re.compile(r"\w,\s{0,2}(?:ngày\s{0,2})?\Z")


@dataclass(frozen=True, slots=True)
class Chronology:
    """The source's own day and the year that its dates without year mean; each with the reason, "" where unknown."""

    day: PartialDate | None
    day_reason: str
    year: int | None  # the year of the reported events where no day is known
    year_reason: str

    @property
    def reason(self) -> str:
        """Why a date without year is of the year that it is taken for."""
        return self.day_reason or self.year_reason

    def year_of(self, written: WrittenDate) -> tuple[int, str] | None:
        """The year that a date means, and why where it is written without one; None where nothing tells it."""
        if written.year is not None:
            return written.year, ""
        if self.day is not None:
            year = self.day.year
            later = (written.month, written.day) > (self.day.month, self.day.day)
            # A report tells of the past months: a day far ahead in the calendar is last year's.
            if later and written.month - self.day.month >= _FAR_AHEAD:
                year -= 1
            return year, self.day_reason
        return (self.year, self.year_reason) if self.year is not None else None

    def in_its_year(self, month: int, day: int) -> PartialDate | None:
        """The day that is written without its year; None where nothing tells the year, or there is no such day in it."""
        written = WrittenDate(0, 0, None, month, day)
        known = self.year_of(written)
        return written.resolve(known[0]) if known is not None else None


def chronology(scan: Scan, in_citations: list[Span]) -> Chronology:
    """The chronology of a source.

    in_citations: spans of directive mentions, whose dates are those of documents.
    """
    document = scan.document
    if document.genre is Genre.OFFICIAL:
        heads = [d for d in scan.dates if d.day and d.year is not None and zone_at(scan, d.start) in (Zone.LETTERHEAD, Zone.TITLE)]
        own = next((d for d in heads if _BEHIND_PLACE.search(scan.key, max(0, d.start - 12), d.start)), heads[0] if heads else None)
        if own is not None:
            return Chronology(own.resolve(), "date of the document", None, "")
        return Chronology(None, "", *_year_by_words(scan, in_citations))
    stamped = stamped_day(document)
    if stamped is not None:
        return Chronology(stamped, "year from the date line", None, "")
    year, reason = _year_by_words(scan, in_citations)
    return Chronology(None, "", year, reason)


def zone_at(scan: Scan, position: int) -> Zone | None:
    """The zone over a position."""
    return next((s.zone for s in scan.document.sections if s.start <= position < s.end), None)


def _year_by_words(scan: Scan, in_citations: list[Span]) -> tuple[int | None, str]:
    """The year of the events by what the text says, in falling order of trust; (None, "") where unsure."""
    event = next((d for d in scan.dates if d.day and d.year is None and not _inside(d.start, in_citations)), None)
    full = [d for d in scan.dates if d.day and d.year is not None and not _inside(d.start, in_citations)]
    stated = next((d for d in full if not _DEADLINE.search(scan.key[max(0, d.start - 24) : d.start])), None)
    lead = head_end(scan)
    if stated is not None and stated.start < lead:
        return stated.year, "year from a date in the lead"
    words = [d for d in scan.dates if not d.day and not d.month and d.year is not None and not _NOT_NOW.search(scan.key[max(0, d.start - 24) : d.start])]
    if event is None:
        return (None, "") if stated is None else (stated.year, "year from a date in the text")
    coming = {d: _is_to_come(scan, d) for d in scan.dates if d.month and d.year is not None}
    latest = max((d.resolve() for d, ahead in coming.items() if not ahead and _is_past(scan, d)), default=None, key=_order)
    spoken = max((d.year for d in words if d.year is not None), default=None)
    by_date = None
    if latest is not None:
        by_date = latest.year if (event.month, event.day) >= (latest.month, latest.day) else latest.year + 1
        if any(d.month and d.year == by_date + 1 and (d.month, d.day) <= (event.month, event.day) for d in scan.dates):
            return None, ""  # "đến tháng 3/2018": the event may lie behind it as well as a year before
    nearest = min((d.resolve() for d, ahead in coming.items() if ahead and not _inside(d.start, in_citations)), default=None, key=_order)
    if nearest is not None and by_date is None:
        before = (event.month, event.day) <= (nearest.month, nearest.day or _LAST_DAY)
        return (nearest.year if before else nearest.year - 1), "year from a month still to come"
    latest_year = max((int(year) for year in _ANY_YEAR.findall(scan.key)), default=0)
    head = [d.year for d in words if d.start < lead and d.year is not None]
    if head and max(head) >= latest_year - 1:
        review = _REVIEW.search(scan.key[:lead])
        reviewed = int(review["year"]) if review is not None else None
        year = max(head)
        if reviewed is not None and year == reviewed and event.month <= 2:
            year += 1
        elif reviewed is not None and year == reviewed + 1 and event.month >= 10:
            year = reviewed
        if by_date is None or year >= by_date:
            return year, "year from the headline or lead"
    if by_date is not None and (spoken is None or spoken <= by_date):
        return by_date, "year from the latest document date in the text"
    if spoken is not None and by_date is not None and spoken > by_date and spoken - by_date <= 1:
        return spoken, "year from the text"
    counts = Counter(d.year for d in words)
    if spoken is not None and by_date is None and counts[spoken] >= _OFTEN and spoken == latest_year:
        return spoken, "year from the text"
    return None, ""


def _is_to_come(scan: Scan, written: WrittenDate) -> bool:
    """Whether the text tells a date as one that is still ahead."""
    return _NEXT.match(scan.key, written.end) is not None or _TO_COME.search(scan.key, max(0, written.start - 80), written.start) is not None


def _is_past(scan: Scan, written: WrittenDate) -> bool:
    if written.resolve() is None:
        return False
    since = scan.key.startswith((" đến nay", " tới nay"), written.end)
    return since or not _DEADLINE.search(scan.key[max(0, written.start - 24) : written.start])


def _order(date: PartialDate | None) -> tuple[int, int, int]:
    return (date.year, date.month, date.day) if date is not None else (0, 0, 0)


def _inside(position: int, spans: list[Span]) -> bool:
    """Whether the position lies in one of the spans, which come in order."""
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < spans[index][1]


def head_end(scan: Scan) -> int:
    """The end of headline and lead."""
    ends = [s.end for s in scan.document.sections if s.zone in (Zone.HEADLINE, Zone.LEAD)]
    return max(ends, default=0)

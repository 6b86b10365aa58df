"""What the whole source tells about dates and places that single sentences leave out: its own day, the year meant, its province.

Reads: a `Scan` with its parsed agencies. Gives: a year or a province with the reason; nothing where nothing tells it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from graph.extract.scan import Scan
from graph.model import AgencyRef, Genre, PartialDate, Span, Zone
from graph.registers.gazetteer import Category
from graph.registers.registers import Registers
from graph.text.dates import WrittenDate, find_stamps
from graph.text.normalize import key

# "đến năm 2030", "giai đoạn 2021", "cuối năm 2017", "so với năm 2012" tell nothing about when the report was written.
_NOT_NOW = re.compile(
    r"(?:đến|tới|hết|cuối|từ|giai đoạn|nhiệm kỳ|tầm nhìn|so với|kể từ|trước|từng|của những|khóa|vào|luật|bộ luật|thời kỳ|quý)\s(?:\w+\s){0,2}\Z"
)
_DEADLINE = re.compile(r"(?:trước|đến|hết|chậm nhất|xong|từ nay|hạn|hiệu lực|kể từ|từ|sinh|sau)\s(?:\w+\s){0,2}(?:ngày\s)?\Z")
_REVIEW = re.compile(r"(?:tổng kết|sơ kết|kết quả|đánh giá)\s[^.;]{0,80}năm\s(?P<year>(?:19|20)\d\d)")
_GROUND = re.compile(r"(?:trên địa bàn|toàn)(?: toàn)? (?:tỉnh |thành phố |tp\.? ?)?\Z")
_ANY_YEAR = re.compile(r"(?<![\d-])(?<!- )(?<!đến )(?<!đến năm )(?<!tới năm )(?<!hết năm )(?<!cuối năm )(?<!nhìn )(?<!nhìn năm )(?:19|20)\d\d(?!\d)")
_OFTEN = 2  # times that a year is named before it is taken for the year of the report
_OPENS_LINE = re.compile(r"(?:\A|\n)[ \t|*#_>-]{0,12}\Z")
_BEHIND_PLACE = re.compile(r"\w,\s{0,2}(?:ngày\s{0,2})?\Z")
_SITE = re.compile(r"điểm cầu (?:tại )?(?:tỉnh |thành phố |tp\.? ?|tỉnh ủy |ubnd tỉnh )?\Z")
_OUTLET_TAG = re.compile(r"\A\W{0,3}(?P<tag>[\w.&+-]{2,30}(?:\s[\w.&+-]{1,20}){0,3})\)?\s?[-–]\s")


@dataclass(frozen=True, slots=True)
class Chronology:
    """The source's own day and the year that its dates without year mean; each with the reason, "" where unknown."""

    day: PartialDate | None
    day_reason: str
    year: int | None  # the year of the reported events where no day is known
    year_reason: str

    def year_of(self, written: WrittenDate) -> tuple[int, str] | None:
        """The year that a date means, and why where it is written without one; None where nothing tells it."""
        if written.year is not None:
            return written.year, ""
        if self.day is not None:
            year = self.day.year
            later = (written.month, written.day) > (self.day.month, self.day.day)
            # A report tells of the past weeks: a day far ahead in the calendar is last year's.
            if later and self.day.month <= 2 and written.month >= 10:
                year -= 1
            return year, self.day_reason
        return (self.year, self.year_reason) if self.year is not None else None


def chronology(scan: Scan, in_citations: list[Span]) -> Chronology:
    """The chronology of a source.

    in_citations: spans of directive mentions, whose dates are those of documents.
    """
    document = scan.document
    if document.genre is Genre.OFFICIAL:
        heads = [d for d in scan.dates if d.day and d.year is not None and _zone_at(scan, d.start) in (Zone.LETTERHEAD, Zone.TITLE)]
        own = next((d for d in heads if _BEHIND_PLACE.search(scan.key, max(0, d.start - 12), d.start)), heads[0] if heads else None)
        if own is not None:
            return Chronology(own.resolve(), "date of the document", None, "")
        return Chronology(None, "", *_year_by_words(scan, in_citations))
    for section in document.sections:
        if section.zone is Zone.DATELINE:
            for written in find_stamps(document.text[section.start : section.end]):
                if written.day and written.year is not None:
                    return Chronology(written.resolve(), "year from the date line", None, "")
    year, reason = _year_by_words(scan, in_citations)
    return Chronology(None, "", year, reason)


def _zone_at(scan: Scan, position: int) -> Zone | None:
    return next((s.zone for s in scan.document.sections if s.start <= position < s.end), None)


def _year_by_words(scan: Scan, in_citations: list[Span]) -> tuple[int | None, str]:
    """The year of the events by what the text says, in falling order of trust; (None, "") where unsure."""
    event = next((d for d in scan.dates if d.day and d.year is None and not _inside(d.start, in_citations)), None)
    full = [d for d in scan.dates if d.day and d.year is not None and not _inside(d.start, in_citations)]
    stated = next((d for d in full if not _DEADLINE.search(scan.key[max(0, d.start - 24) : d.start])), None)
    head_end = _head_end(scan)
    if stated is not None and stated.start < head_end:
        return stated.year, "year from a date in the lead"
    words = [d for d in scan.dates if not d.day and not d.month and d.year is not None and not _NOT_NOW.search(scan.key[max(0, d.start - 24) : d.start])]
    if event is None:
        return (None, "") if stated is None else (stated.year, "year from a date in the text")
    latest = max((d.resolve() for d in scan.dates if d.month and d.year is not None and _is_past(scan, d)), default=None, key=_order)
    spoken = max((d.year for d in words if d.year is not None), default=None)
    by_date = None
    if latest is not None:
        by_date = latest.year if (event.month, event.day) >= (latest.month, latest.day) else latest.year + 1
        if any(d.month and d.year == by_date + 1 and (d.month, d.day) <= (event.month, event.day) for d in scan.dates):
            return None, ""  # "đến tháng 3/2018": the event may lie behind it as well as a year before
    latest_year = max((int(year) for year in _ANY_YEAR.findall(scan.key)), default=0)
    head = [d.year for d in words if d.start < head_end and d.year is not None]
    if head and max(head) >= latest_year - 1:
        review = _REVIEW.search(scan.key[:head_end])
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


def _head_end(scan: Scan) -> int:
    """The end of headline and lead."""
    ends = [s.end for s in scan.document.sections if s.zone in (Zone.HEADLINE, Zone.LEAD)]
    return max(ends, default=0)


@dataclass(frozen=True, slots=True)
class Place:
    """The province of a source, as then, and how it is known; stated=False is a hint from outside the body."""

    province: str | None
    reason: str
    stated: bool


def place(scan: Scan, agencies: list[tuple[Span, AgencyRef]]) -> Place:
    """The province of a source: from its letterhead, its first sentences, its outlet, or all its bodies together.

    agencies: all bodies named in the text with their spans, as parsed. Several provinces and no outlet give none.
    """
    registers = scan.registers
    if scan.document.genre is Genre.OFFICIAL:
        heads = [(span[0], named) for span, agency in agencies if _zone_at(scan, span[0]) is Zone.LETTERHEAD and (named := _province(agency)) is not None]
        # A page's title above the letterhead may name another place; the issuer opens its line.
        named = next((name for start, name in heads if _OPENS_LINE.search(scan.text, max(0, start - 14), start)), heads[0][1] if heads else None)
        if named is not None:
            return Place(named, "province from the letterhead", True)
        by_district = _district_place(agencies, registers) if not any(_zone_at(scan, s.start) is Zone.LETTERHEAD for s in scan.document.sections) else None
        return Place(by_district, "the one province that has the districts named", False) if by_district is not None else Place(None, "", True)
    head_end = max(_head_end(scan), 0)
    first = {p for span, agency in agencies if span[0] < head_end and _tells_place(agency, registers) and (p := _province(agency)) is not None}
    by_outlet = _outlet(scan, registers)
    if by_outlet is not None and (not first or by_outlet in first):
        return Place(by_outlet, "province of the outlet", by_outlet in first)
    if len(first) == 1:
        return Place(next(iter(first)), "province named in the headline or lead", True)
    if by_outlet is not None:
        return Place(by_outlet, "province of the outlet", False)
    named = _head_place(scan, head_end)
    if named is not None and by_outlet is None:
        return Place(named, "province named in the headline or lead", True)
    sites = {
        e.id for h in scan.of(Category.PROVINCE) if (e := h.entry(Category.PROVINCE)) is not None and _SITE.search(scan.key[max(0, h.start - 20) : h.start])
    }
    if len(sites) == 1:
        return Place(next(iter(sites)), "the site that the report tells of", True)
    every = Counter(p for _, agency in agencies if _tells_place(agency, registers) and (p := _province(agency)) is not None)
    if len(every) == 1:
        return Place(next(iter(every)), "the only province named with a body", True)
    if not every:
        by_district = _district_place(agencies, registers)
        if by_district is not None:
            return Place(by_district, "the one province that has the districts named", False)
    if not every:
        hint = _sidebar(scan, registers)
        if hint is not None:
            return Place(hint, "province from links beside the body", False)
    return Place(None, "", True)


def _province(agency: AgencyRef | None) -> str | None:
    while agency is not None:
        if agency.province is not None:
            return agency.province
        agency = agency.parent
    return None


def _tells_place(agency: AgencyRef, registers: Registers) -> bool:
    """Whether a body's province may be the report's: a school or hospital may bear the name of another province."""
    current: AgencyRef | None = agency
    while current is not None:
        entry = registers.agencies.get(current.entry)
        if current.province is not None:
            return current.level == "tỉnh" or (entry is not None and entry.scope in ("province", "local") and "N" not in entry.tail)
        current = current.parent
    return False


def _head_place(scan: Scan, head_end: int) -> str | None:
    """The one province that headline and lead name as the place of what is reported: "trên địa bàn TP Hà Nội"."""
    hits = [(h, e.id) for h in scan.hits_in(0, head_end) if (e := h.entry(Category.PROVINCE)) is not None]
    told = {name for h, name in hits if _GROUND.search(scan.key[max(0, h.start - 36) : h.start])}
    return next(iter(told)) if len(told) == 1 and len({name for _, name in hits}) == 1 else None


def _district_place(agencies: list[tuple[Span, AgencyRef]], registers: Registers) -> str | None:
    """The one province that has all districts named with a body or a level word; a name that several provinces have tells nothing."""
    possible: set[str] | None = None
    for _, agency in agencies:
        current: AgencyRef | None = agency
        while current is not None:
            if current.level in ("huyện", "quận", "thị xã", "thành phố") and current.place and current.province is None:
                found = registers.provinces_of_district(current.place)
                if found:
                    possible = found if possible is None else possible & found
            current = current.parent
    return next(iter(possible)) if possible is not None and len(possible) == 1 else None


def _outlet(scan: Scan, registers: Registers) -> str | None:
    """The province of the paper or portal, by its tag before the lead, an address in it, or a masthead line at the end."""
    document = scan.document
    known = {key(o["name"]): o["province"] for o in registers.outlets}
    for section in document.sections:
        text = document.text[section.start : section.end]
        if section.zone in (Zone.LEAD, Zone.BODY, Zone.HEADLINE):
            tag = _OUTLET_TAG.match(text)
            if tag is not None:
                found = known.get(key(tag["tag"])) or _by_slug(tag["tag"], registers)
                if found is not None:
                    return found
        elif section.zone in (Zone.BYLINE, Zone.DATELINE, Zone.TAGS):
            found = known.get(key(text.strip()))
            if found is not None:
                return found
    return None


def _by_slug(tag: str, registers: Registers) -> str | None:
    host = tag.lower().strip("()")
    if "." not in host:
        return None
    for part in host.split("."):
        for prefix in ("", "bao", "soyte", "syt", "sct"):
            found = registers.province_by_slug.get(part.removeprefix(prefix))
            if found is not None and part.startswith(prefix):
                return found
    return None


def _sidebar(scan: Scan, registers: Registers) -> str | None:
    """The one province that links beside the body name again and again with a body or as "tỉnh …", "thành phố …"."""
    counts: Counter[str] = Counter()
    for section in scan.document.sections:
        if section.zone is not Zone.RELATED:
            continue
        text_key = key(scan.document.text[section.start : section.end])
        for name, province in registers.province_names.items():
            if len(name) > 3:
                counts[province] += len(re.findall(rf"(?:tỉnh|tỉnh ủy|thành phố|ubnd tỉnh|sở y tế)\s{re.escape(name)}(?!\w)", text_key))
    named = {province: n for province, n in counts.items() if n}
    return next(iter(named)) if len(named) == 1 and sum(named.values()) >= 2 else None

"""Find dates in text, with the precision they are written with.

Reads: NFC text. Gives: `WrittenDate`s, left to right, without overlaps. A date without its year is given with year None:
which year is meant is told by its context (`graph.extract.antecedents.chronology`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import PartialDate

_S = r"[^\S\n]{0,3}\n?[^\S\n]{0,3}"  # the space inside a date; a line may break there
_MONTHS = {"giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
           "mười một": 11, "mười hai": 12, "mười": 10, "chạp": 12}  # fmt: skip

_MONTH_WORDS = "|".join(r"\s+".join(word.split()) for word in sorted(_MONTHS, key=len, reverse=True))  # spaces vanish in verbose patterns

# What a bad scan parts: "ngày 1 2", "tháng 1 0", "năm 2 024". A day only behind "ngày", for "2" may stand behind another figure.
_TORN_DAY = r"(?<=[Nn]gày[ ])[0-3][ ]\d"
_YEAR_DIGITS = r"(?:19|20)\d\d|2[ ]0[ ]?\d[ ]?\d|20\d[ ]\d"

# ngày 25 tháng 10 năm 2023 · ngày 27 tháng mười · 20 tháng 11 năm 2025
_LONG = re.compile(
    rf"""(?<![\w/.,-])(?P<day>{_TORN_DAY}|\d{{1,2}})[ ]?(?:{_S})tháng{_S}
    (?:(?P<month>0[ ]\d|1[ ][0-2](?={_S}năm)|\d{{1,2}})(?!\d)|(?P<month_word>{_MONTH_WORDS})(?!\w)(?!\s+lần))
    (?:{_S},?{_S}(?:năm|tháng){_S}(?P<year>{_YEAR_DIGITS})(?!\d))?""",
    re.VERBOSE | re.IGNORECASE,
)
# 25/10/2023 · 25-10-2023 · 25.10.2023 · 04/5/2024 · "06/04/2019 ,"
_NUMERIC = re.compile(
    rf"(?<![\w/.,-])(?P<day>{_TORN_DAY}|\d{{1,2}})(?P<sep>[ ]?[/.-][ ]?)(?P<month>0[ ]\d|1[ ][0-2]|\d{{1,2}})"
    rf"[ ]?[/.-][ ]?(?P<year>{_YEAR_DIGITS})(?![\d/]|[.-]\d)"
)
# Sáng 18-12 · chiều 20/6 · ngày 16.5 · ngày 3-6 · sáng nay 30-11 · Sáng nay, 26/2 · Chiều qua (4/6) · Ngày 27/1
_CUED = re.compile(
    rf"""(?<!\w)(?P<cue>ngày|sáng|chiều|tối|trưa|đêm|hôm|mùng)(?:[ ](?:ngày|nay|qua|mai|mùng))?(?:,|(?<=nay)[ ]\(|(?<=qua)[ ]\()?{_S}
    (?P<day>[0-3][ ]\d(?=[ ]?/)|\d{{1,2}})(?:[ ]?[-–][ ]?(?P<last>\d{{1,2}})(?=/))?(?P<sep>[ ]?/|[.-])(?P<month>\d{{1,2}})(?![\d/.%-]*\d|[%\w])""",
    re.VERBOSE | re.IGNORECASE,
)
# 28/02 or 28-2 directly before a bracket or after "ngày ... và"; found only on request, since "2/3" is also a fraction
_ISO = re.compile(r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])")
# tháng 4/2023 · tháng 4 năm 2023 · tháng 02/2019
_MONTH = re.compile(rf"(?<!\w)tháng{_S}(?P<month>\d{{1,2}})(?:[/.-]|{_S}năm{_S})(?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE)
# năm 2021 (not "năm 2021 - 2025", "2021-2025")
_YEAR = re.compile(rf"(?<!\w)năm{_S}(?P<year>(?:19|20)\d\d)(?![\d/]|\.\d|[ ]?[-–][ ]?\d)", re.IGNORECASE)
# 29/05/13 07:47 GMT+7: two-digit years are read in page stamps only
_STAMP = re.compile(r"(?<![\w/.-])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d\d)(?=[ ]\d{1,2}:\d\d)")

# Where a pattern can begin, found in three cheap passes instead of one for each pattern. What must not stand before is asked behind the
# first character, so that the search can skip to characters that may begin a match.
_FIRST = (
    (re.compile(r"\d(?<![\w/.,-].)\d{0,3}(?=[ ]?[/.-]|\s{0,7}[Tt]|[ ]\d)"), (_NUMERIC, _LONG, _ISO)),
    (re.compile(r"[TtNn](?<!\w.)(?:háng|HÁNG|ăm|ĂM)(?=[\s\d])"), (_MONTH, _YEAR)),
    (re.compile(r"[nscthđm](?<!\w.)(?:gày|áng|hiều|ối|rưa|êm|ôm|ùng)(?=[\s,])", re.IGNORECASE), (_CUED,)),
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written: code points [start, end); `year` is None where the text leaves it out; `last_day` ends a range."""

    start: int
    end: int
    year: int | None
    month: int = 0
    day: int = 0
    last_day: int = 0

    def resolve(self, year: int | None = None) -> PartialDate | None:
        """The date with its own year or the given one; None without a year or for a day that doesn't exist (30/2)."""
        chosen = self.year if self.year is not None else year
        if chosen is None:
            return None
        try:
            return PartialDate(chosen, self.month, self.day)
        except ValueError:
            return None


def _parts(match: re.Match[str]) -> tuple[int | None, int, int, int]:
    groups = match.groupdict()
    word = groups.get("month_word")
    month = _MONTHS[" ".join(word.lower().split())] if word else _number(groups.get("month"))
    year = _number(groups["year"]) if groups.get("year") else None
    first, last = _number(groups.get("day")), _number(groups.get("last"))
    return year, month, first, last


def _number(digits: str | None) -> int:
    """The number of written digits, 0 for none; a bad scan parts them: "tháng 0 6"."""
    return int(digits.replace(" ", "")) if digits else 0


def _valid(year: int | None, month: int, day: int) -> bool:
    try:
        PartialDate(year if year is not None else 2000, month, day)
    except ValueError:
        return False
    return True


def find_dates(text: str) -> list[WrittenDate]:
    """All dates of a text in order; where two readings overlap, the longer one stands.

    "ngày 25/10/2023" gives the span of "25/10/2023"; "Sáng 18-12" the span of "18-12", without year.
    """
    found: list[WrittenDate] = []
    for first, patterns in _FIRST:
        for candidate in first.finditer(text):
            for pattern in patterns:
                match = pattern.match(text, candidate.start())
                if match is None:
                    continue
                year, month, day, last = _parts(match)
                if _valid(year, month, day):
                    start = match.start("day") if pattern is _CUED else match.start()
                    found.append(WrittenDate(start, match.end(), year, month, day, last))
    found.sort(key=lambda d: (d.start, -d.end))
    return list(_without_overlaps(found))


def find_stamps(text: str) -> Iterator[WrittenDate]:
    """Dates of a page stamp, where the year may have two digits: "29/05/13 07:47 GMT+7"."""
    yield from find_dates(text)
    for match in _STAMP.finditer(text):
        year, month, day = 2000 + int(match["year"]), int(match["month"]), int(match["day"])
        if _valid(year, month, day):
            yield WrittenDate(match.start(), match.end(), year, month, day)


def _without_overlaps(dates: list[WrittenDate]) -> Iterator[WrittenDate]:
    end = -1
    for written in dates:
        if written.start >= end:
            yield written
            end = written.end

"""One pass over a document for everything that is found by list or shape: names, numbers, dates, capitalised runs.

Reads: a `Document` and the registers. Gives: a `Scan` that the parsers of mentions look things up in by offset.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from graph.model import FACT_ZONES, Document, Genre, PartialDate, Span, Zone
from graph.registers.gazetteer import Category, Hit
from graph.registers.registers import Registers
from graph.text.dates import WrittenDate, find_dates, find_stamps
from graph.text.docnumbers import WrittenNumber, find_docnumbers
from graph.text.names import runs
from graph.text.normalize import LOWER, key

_PORTION = 1 << 16  # code points
_LOWER_PAIR = re.compile(rf"(?<!\w)(?=(?P<pair>[{LOWER}]+ [{LOWER}]+)(?!\w))")
# "sáng nay", "hôm qua": told by the date line; not "sáng nay (12/3)", which tells its day itself, nor "từ hôm nay".
_TODAY = re.compile(r"n(?<!\w.)ay(?!\w)|q(?<!\w.)ua(?!\w)")
_PART_OF_DAY = re.compile(r"(?<!từ )(?<!đến )(?<!tới )(?<!hết )(?<!\w)(?:sáng|trưa|chiều|tối|hôm) \Z")
_TELLS_ITS_DAY = re.compile(r"[ ,(-]{0,3}(?:ngày |tức )?\d")
_LEVELED = re.compile(r"[qht](?<!\w.)(?:(?<=q)uận|(?<=h)uyện|(?<=t)(?:hị xã|x|hành phố|p))[. ]{1,2}(?=(?P<name>\w+ \w+))")


@dataclass(frozen=True)
class Scan:
    """What stands where in a document, in order. All offsets are those of `text`; `key` has the same length."""

    document: Document
    registers: Registers
    text: str
    key: str
    hits: list[Hit]
    dates: list[WrittenDate]
    numbers: list[WrittenNumber]
    runs: list[Span]
    stretches: list[Span]  # of zones that give facts

    @cached_property
    def hit_at(self) -> dict[int, Hit]:
        """Hits by where they begin."""
        return {hit.start: hit for hit in self.hits}

    @cached_property
    def date_at(self) -> dict[int, WrittenDate]:
        """Dates by where they begin."""
        return {date.start: date for date in self.dates}

    @cached_property
    def leveled(self) -> frozenset[str]:
        """Two-word names behind a level word: "hoàng mai" of "quận Hoàng Mai"."""
        return frozenset(match["name"] for match in _LEVELED.finditer(self.key))

    @cached_property
    def _starts(self) -> list[int]:
        return [hit.start for hit in self.hits]

    @cached_property
    def _run_starts(self) -> list[int]:
        return [start for start, _ in self.runs]

    @cached_property
    def _names(self) -> list[int]:
        """Where runs begin that open with a surname."""
        return [start for start, end in self.runs if self.registers.surname_risk(self.text[start:end].split(None, 1)[0]) is not None]

    @cached_property
    def _hits_of(self) -> dict[Category, list[Hit]]:
        hits: dict[Category, list[Hit]] = {}
        for hit in self.hits:
            for category in {entry.category for entry in hit.entries}:
                hits.setdefault(category, []).append(hit)
        return hits

    @cached_property
    def _lower_pairs(self) -> array[int]:
        """Hashes of neighbouring words in lower case, in order."""
        return array("q", sorted({hash(match["pair"]) for match in _LOWER_PAIR.finditer(self.text)}))

    def writes_pair(self, pair: str) -> bool:
        """Whether the text writes two neighbouring words in lower case: "dữ liệu"."""
        place = bisect_left(self._lower_pairs, hash(pair))
        return place < len(self._lower_pairs) and self._lower_pairs[place] == hash(pair)

    def of(self, *categories: Category) -> list[Hit]:
        """The hits that may stand for something of these categories, in order."""
        lists = [self._hits_of.get(category, []) for category in categories]
        return lists[0] if len(lists) == 1 else sorted({hit.start: hit for hits in lists for hit in hits}.values(), key=lambda hit: hit.start)

    def number_in(self, start: int, end: int) -> bool:
        """Whether a document number begins in [start, end)."""
        first = bisect_left(self.numbers, start, key=lambda number: number.start)
        return first < len(self.numbers) and self.numbers[first].start < end

    def hits_in(self, start: int, end: int) -> list[Hit]:
        """Hits that begin in [start, end)."""
        return self.hits[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def dates_in(self, start: int, end: int) -> Sequence[WrittenDate]:
        """Dates that begin in [start, end)."""
        first, last = (bisect_left(self.dates, place, key=lambda date: date.start) for place in (start, end))
        return self.dates[first:last]

    def names_in(self, start: int, end: int) -> list[int]:
        """Where capitalised runs begin in [start, end) that open with a surname."""
        return self._names[bisect_left(self._names, start) : bisect_left(self._names, end)]

    def hit(self, position: int, category: Category) -> Hit | None:
        """The hit of this category that begins exactly here."""
        found = self.hit_at.get(position)
        return found if found is not None and found.entry(category) is not None else None

    def hit_inside(self, position: int, category: Category) -> Hit | None:
        """The hit of this category that begins here even though it lies inside a longer one: "Ban Tổ chức" of "Trưởng Ban Tổ chức"."""
        end = min(len(self.text), position + 120)
        found = next(self.registers.gazetteer.find(self.text[position:end], self.key[position:end], position, any_case=True), None)
        return found if found is not None and found.start == position and found.entry(category) is not None else None

    def in_facts(self, position: int) -> bool:
        """Whether the position lies in a zone that gives facts."""
        index = bisect_right(self.stretches, position, key=lambda stretch: stretch[0]) - 1
        return index >= 0 and position < self.stretches[index][1]

    def run_from(self, position: int) -> tuple[int, int] | None:
        """The rest of a capitalised run from here on, if a syllable begins here: "Trần Huy Tuấn" of "Ninh Bình Trần Huy Tuấn"."""
        index = bisect_right(self._run_starts, position) - 1
        if index < 0:
            return None
        start, end = self.runs[index]
        if position >= end or (position > start and not self.text[position - 1].isspace()):
            return None
        return position, end

    def skip(self, position: int, marks: str = "") -> int:
        """The next position that is neither white space nor one of the marks."""
        text, size = self.text, len(self.text)
        while position < size and (text[position].isspace() or text[position] in marks):
            position += 1
        return position


def scan(document: Document, registers: Registers) -> Scan:
    """Scan the fact zones of a document."""
    text = document.text
    text_key = key(text)
    hits: list[Hit] = []
    dates: list[WrittenDate] = []
    numbers: list[WrittenNumber] = []
    found_runs: list[tuple[int, int]] = []
    stretches = _stretches(document)
    heads = [(s.start, s.end) for s in document.sections if s.zone is Zone.LETTERHEAD]
    shouted = _shouted_titles(document)
    for start, end in (portion for stretch in stretches for portion in _portions(text, *stretch)):
        hits.extend(h for h in registers.gazetteer.find(text[start:end], text_key[start:end], start) if not _within(h.start, heads))
        found_runs.extend(runs(text, start, end))
        dates.extend(WrittenDate(d.start + start, d.end + start, d.year, d.month, d.day, d.last_day) for d in find_dates(text[start:end]))
        part = shouted[start:end]
        numbers.extend(WrittenNumber(n.start + start, n.end + start, n.number, n.separators, n.elliptic) for n in find_docnumbers(part))
    for start, end in heads:  # a letterhead is a name whatever its case: "Ủy ban nhân dân tỉnh bắc ninh"
        hits.extend(registers.gazetteer.find(text[start:end], text_key[start:end], start, any_case=True))
    stamped = stamped_day(document)
    if stamped is not None:
        dates = sorted((*dates, *_told_from(stamped, text_key, stretches)), key=lambda written: written.start)
    hits.sort(key=lambda hit: hit.start)
    return Scan(document, registers, text, text_key, hits, dates, numbers, found_runs, stretches)


def stamped_day(document: Document) -> PartialDate | None:
    """The day of a report's date line; None where it has none."""
    for section in document.sections:
        if section.zone is Zone.DATELINE and document.genre is not Genre.OFFICIAL:
            for written in find_stamps(document.text[section.start : section.end]):
                if written.day and written.year is not None:
                    return written.resolve()
    return None


def _told_from(stamped: PartialDate, text_key: str, stretches: list[Span]) -> Iterator[WrittenDate]:
    """The days that "sáng nay", "hôm qua" mean, seen from the date line, as dates without a year."""
    today = date(stamped.year, stamped.month, stamped.day)
    for start, end in stretches:
        for match in _TODAY.finditer(text_key, start, end):
            part = _PART_OF_DAY.search(text_key, max(start, match.start() - 12), match.start())
            if part is not None and _TELLS_ITS_DAY.match(text_key, match.end()) is None:
                meant = today if match.group() == "nay" else today - timedelta(days=1)
                yield WrittenDate(match.start(), match.end(), None, meant.month, meant.day)


def _portions(text: str, start: int, end: int) -> Iterator[Span]:
    """A stretch in portions that end where a paragraph does, so that what a scan needs beside a large text stays small."""
    while end - start > _PORTION:
        # Where no paragraph ends, a sentence does, or at least a word.
        stops = (max(text.rfind(mark, start + _PORTION // 2, start + _PORTION) for mark in marks) for marks in (("\n\n", ".\n", ";\n"), (". ",), (" ",)))
        stop = next((stop for stop in stops if stop != -1), end - 1)
        yield start, stop + 1
        start = stop + 1
    yield start, end


def _shouted_titles(document: Document) -> str:
    """The text with titles in upper case, so that a number in a lower-cased title has its shape ("nghị quyết số 42/2006/nq-hđnd")."""
    text = document.text
    for section in document.sections:
        if section.zone is Zone.TITLE:
            title = text[section.start : section.end].upper()
            if len(title) == section.end - section.start:
                text = text[: section.start] + title + text[section.end :]
    return text


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _stretches(document: Document) -> list[tuple[int, int]]:
    """Neighbouring fact zones joined, so that a name or number broken over two of them is still found."""
    joined: list[tuple[int, int]] = []
    for section in document.sections:
        if section.zone not in FACT_ZONES:
            continue
        if joined and not document.text[joined[-1][1] : section.start].strip():
            joined[-1] = (joined[-1][0], section.end)
        else:
            joined.append((section.start, section.end))
    return joined

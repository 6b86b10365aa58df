r"""Find document numbers (số, ký hiệu) in text, by shape alone.

Reads: NFC text. Gives: `WrittenNumber`s, left to right, without overlaps. Whether a code exists, and what the number's
official form is, is the registers' business (`graph.registers.numbers`).

State:  369/QĐ-TTg   15/2023/NĐ-CP   66.7/2025/NQ-CP   43/2013/TTLT-BYT-BTC   1129/TTg-KGVX
Party:  25-CT/TW     52-CTr/TU       88-CV/UBKT
Assembly: 15/2023/QH15   04/2012/UBTVQH13
Press and scans mix the shapes: 128-NQ/CP, 25/CT-TW, "75/KH- UBND", "34 - CT/TW", "số\n15/2025/QĐ-TTg".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import DocNumber
from graph.text.edits import Edit

_CODE = r"[A-ZĐ][A-Za-zĐđƯư0-9&.]{0,18}(?<!\.)"
_SEPARATOR = r"[ \xa0\u200b]?(?:\n[ \xa0]?)?[/\-\u2010-\u2015][ \xa0\u200b]?(?:\n[ \xa0]?)?"
_NUMBER = re.compile(
    rf"""
    (?P<number>\d(?<![\w/.,\-].)\d{{0,4}}(?:\.\d{{1,2}})?[a-zđ]?)  # behind its first digit: what stands before that
    (?: {_SEPARATOR} (?P<year>(?:19|20)\d\d) [ ]?(?=[/\-\u2010-\u2015]) )?
    (?P<codes> (?: {_SEPARATOR} {_CODE} ){{1,6}} )
    (?P<term>[ ]\d\d(?!\d))?
    (?!\w)
    """,
    re.VERBOSE,
)
_SPLIT = re.compile(r"[\s\xa0\u200b]*[/\-\u2010-\u2015][\s\xa0\u200b]*")
# "135, 136" before "/KH-UBND"; "20 và" before "21-NQ/TW"
_ELLIPSIS = re.compile(r"(?<![\w/.,\-])(?P<list>\d{1,5}(?:,[ ]?\d{1,5}){0,12})(?P<joint>[ ]?,[ ]?|[ ]và[ ])\Z")
# A line end beside a separator.
_DASH = r"[/\-\u2010-\u2015]"
_LINE_END = re.compile(
    rf"\n(?:(?:(?<={_DASH}\n)|(?<={_DASH}[ \xa0]\n))[ \xa0]?(?=[A-ZĐ]|(?:19|20)\d\d)|[ \xa0]?(?={_DASH}[ ]?(?:[A-ZĐ][A-ZĐa-z]|\d{{4}}))(?<![^A-Za-z\d \xa0]\n))"
)
_BROKEN_AT_MOST = 60  # code points of a number on either side of a line end
_ASSEMBLY_CODE = re.compile(r"(?:UBTV)?QH\Z")


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number as written: code points [start, end), its parts, and whether its codes stand at a later number of its list."""

    start: int
    end: int
    number: DocNumber
    separators: str = ""  # the separators before the codes, as "/" and "-": "-/" of "25-CT/TW"
    elliptic: bool = False


def find_docnumbers(text: str) -> Iterator[WrittenNumber]:
    """Each document number with its offsets; nothing found, nothing yielded.

    "Quyết định 135, 136/KH-UBND" gives 135/KH-UBND (elliptic, the span of "135") and 136/KH-UBND.
    """
    end = 0
    for match in _NUMBER.finditer(text):
        codes = tuple(part for part in _SPLIT.split(match["codes"]) if part)
        separators = "".join("/" if c == "/" else "-" for c in match["codes"] if c in "/-\u2010\u2011\u2012\u2013\u2014\u2015")
        stop = match.end("codes")
        if match["term"] and _ASSEMBLY_CODE.search(codes[-1]):  # "15/2023/QH 15"
            codes = (*codes[:-1], codes[-1] + match["term"].strip())
            stop = match.end()
        year = None if match["year"] is None else int(match["year"])
        yield from _elliptic(text, end, match.start(), codes, year, separators)
        yield WrittenNumber(match.start(), stop, DocNumber(match["number"], codes, year), separators)
        end = stop


def find_broken(text: str) -> Iterator[Edit]:
    """The line ends inside numbers, each to be left out: "12/" above "KH-UBND"."""
    for match in _LINE_END.finditer(text):
        end = match.start() - (text[match.start() - 1] in " \xa0")
        start = max(0, end - _BROKEN_AT_MOST)
        if not any(letter.isdigit() for letter in text[max(0, end - 20) : end]):
            continue
        window = text[start : match.end() + _BROKEN_AT_MOST]
        if any(w.start < end - start < w.end for w in find_docnumbers(window)):
            yield end, match.end(), ""


def _elliptic(text: str, floor: int, start: int, codes: tuple[str, ...], year: int | None, separators: str) -> Iterator[WrittenNumber]:
    window = max(floor, start - 80)
    before = _ELLIPSIS.search(text[window:start])
    if before is None:
        return
    for number in re.finditer(r"\d{1,5}", before["list"]):
        offset = window + before.start("list")
        yield WrittenNumber(offset + number.start(), offset + number.end(), DocNumber(number.group(), codes, year), separators, elliptic=True)

"""Close up document numbers that a scan or a typist tore: a space inside a code or a year, a separator twice, in its stead a space or nothing.

Reads: NFC text and the registers. Gives: the edits that make one number of the pieces. Codes are joined only where a register knows the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from graph.registers.registers import Registers
from graph.text.edits import Edit

# 12//KH-UBND · 30/2 017/NĐ-CP · 15/2023NĐ-CP · 15/2O23/NĐ-CP · 12/Q Đ-UB ND
_AT_SEPARATOR = r"""(?:
        (?P<twice>[/-]) (?=[A-ZĐ\d])
      | (?P<year> (?!\d{4}) (?:1[ ]?9|2[ ]?0) [ ]?\d[ ]?\d ) (?=[ ]?[/-][ ]?[A-ZĐ])
      | (?P<open> (?:19|20)\d\d ) (?=[A-ZĐ]{1,4}-[A-ZĐ])
      | 2(?P<letter>[Oo]) (?=\d\d[/-][A-ZĐ])
      | (?P<left>[A-ZĐ]{1,6}) (?P<gap>[ ]) (?P<right>[A-ZĐ]{1,5}) (?!\w)
    )"""
# Two searches, each of which skips from one of its separators to the next.
_AT_SEPARATORS = (re.compile("/" + _AT_SEPARATOR, re.VERBOSE), re.compile("-" + _AT_SEPARATOR, re.VERBOSE))
_OPENS = re.compile(r"(?<![\w/.,-])\d{1,5}[a-zđ]?(?P<between>[ ]?[/-]{1,2}[ ]?[\dA-Za-zĐđ][\dA-Za-zĐđ ]{0,9}){0,4}[ ]?\Z")
_OPENS_WITHIN = 40  # code points
# số 1 2/QĐ-UBND · số 21 NQ/TW: the space; the search skips from space to space
_AT_SPACE = re.compile(
    r"""
    [ ](?<=\d[ ]) (?:
        (?P<digits>\d{1,3}) (?=[ ]?[/-](?:(?:19|20)\d\d/)?[A-ZĐ][A-Za-zĐđ]{0,4}[/-][A-ZĐ])
      | (?P<type>[A-ZĐ][A-Za-zĐđ]{1,3}) (?P<next>[/-]) [A-ZĐ]{2}
    )""",
    re.VERBOSE,
)
_WORD = re.compile(r"(?<!\w)[Ss][Ốố][ ]?:?[ ]?\d{1,4}\Z")


def find_torn_numbers(text: str, registers: Registers) -> Iterator[Edit]:
    """The edits, left to right."""
    edits = sorted([*_at_separators(text, registers), *_behind_word(text, registers)])
    last = 0
    for start, end, new in edits:
        if start >= last:
            yield start, end, new
            last = end


def _at_separators(text: str, registers: Registers) -> Iterator[Edit]:
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _AT_SEPARATORS):
        opens = _OPENS.search(text, max(0, match.start() - _OPENS_WITHIN), match.start())
        if opens is None:
            continue
        kind = match.lastgroup
        if kind == "twice":
            yield match.start(), match.end(), "/" if "/" in match.group() else "-"
        elif kind == "year":
            yield match.start("year"), match.end("year"), match["year"].replace(" ", "")
        elif kind == "open":
            yield match.end(), match.end(), "/"
        elif kind == "letter":
            yield match.start("letter"), match.end("letter"), "0"
        elif _is_one_code(match["left"], match["right"], registers):
            yield match.start("gap"), match.end("gap"), ""


def _is_one_code(left: str, right: str, registers: Registers) -> bool:
    """Whether a register knows both pieces as one code, and not as two."""
    whole = left + right
    if _is_type(whole, registers):
        return not _is_type(left, registers)
    return registers.issuer_code(whole) is not None and registers.issuer_code(right) is None and not _is_type(left, registers)


def _is_type(code: str, registers: Registers) -> bool:
    return registers.type_code(code, "state") is not None


def _behind_word(text: str, registers: Registers) -> Iterator[Edit]:
    for match in _AT_SPACE.finditer(text):
        gap = match.start()
        if _WORD.search(text, max(0, gap - 10), gap) is None:
            continue
        if match["digits"]:
            yield gap, gap + 1, ""
        elif _is_type(match["type"], registers):
            yield gap, gap + 1, "-" if match["next"] == "/" else "/"

"""Put the two columns of a letterhead, flattened from a table, below each other: first who issues, then the national heading.

Reads: the head of a text. Gives: the text with the cells in their columns' order.
"""

from __future__ import annotations

import re

from graph.model import Span
from graph.text.edits import Mended, Stretch
from graph.text.normalize import UPPER

_HEAD = 1500  # code points in which a letterhead stands
_NATIONAL = re.compile(r"^(?P<body>[^\n]{2,160}?)(?P<gap>[ \t|*]+)(?P<heading>CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM)", re.MULTILINE)
_MOTTO = re.compile(r"độc\s+lập\s*[-–]", re.IGNORECASE)
_RULED = re.compile(r"[\s|:_=*-]*\Z")
_GAP = re.compile(r"[ \t]*\|[ \t]*|\t[ \t]*|[ ]{3,}")
# What opens the right column where nothing but a space parts the two.
_RIGHT = re.compile(rf"[ ](?=(?i:cộng\s+h(?:òa|oà)\s+xã\s+hội|đảng\s+cộng\s+sản|chủ\s+nghĩa\s+việt|độc\s+lập\s*[-–])|[{UPPER}][^\n\d,|]{{1,28}},\s*ngày\s)")
_MOST_ROWS = 10
_LETTERS = re.compile(r"[^\W\d_]")


def columns_in_turn(mended: Mended) -> Mended:
    """The text with a letterhead of two columns read column by column; the same object where there is none."""
    text = mended.text
    if text.find("CỘNG", 0, _HEAD) == -1:
        return mended
    found = _NATIONAL.search(text, 0, _HEAD)
    if found is None or not _is_beside(text, found):
        return mended
    columns: tuple[list[Span], list[Span]] = ([], [])
    start = end = line = found.start()
    for _ in range(_MOST_ROWS):
        stop = text.find("\n", line)
        stop = len(text) if stop == -1 else stop
        if not _RULED.match(text, line, stop):
            cells = _cells(text, line, stop)
            if cells is None:
                break
            for column, cell in zip(columns, cells, strict=True):
                if cell[0] < cell[1]:
                    column.append(cell)
            end = stop
        elif text[line:stop].strip():
            end = stop
        if stop == len(text):
            break
        line = stop + 1
    stretches: list[Stretch] = [(0, start)]
    for column in columns:
        for cell in column:
            stretches += [cell, (cell[1], cell[1], "\n")]
    return mended.moved([*stretches, (end, len(text))])


def _is_beside(text: str, found: re.Match[str]) -> bool:
    """Whether a body stands on the line of the national heading, rather than the words of which it is a part ("QUỐC HỘI NƯỚC …")."""
    body, gap = found["body"].strip(" |*"), found["gap"]
    if not _LETTERS.search(body) or not body.isupper():
        return False
    if "|" in gap or "\t" in gap or "   " in gap:
        return True
    return found["heading"].startswith("C") and not body.endswith("NƯỚC") and _MOTTO.search(text, found.end(), found.end() + 300) is not None


def _cells(text: str, start: int, stop: int) -> tuple[Span, Span] | None:
    """The two cells of a row, either may be empty; None where the line is no row of two columns."""
    while start < stop and text[start] in " \t":
        start += 1
    if text[start] == "|":
        start += 1
    gap = _GAP.search(text, start, stop) or _RIGHT.search(text, start, stop)
    if gap is None:
        return None
    return _stripped(text, start, gap.start()), _stripped(text, gap.end(), stop)


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t|*":
        start += 1
    while end > start and text[end - 1] in " \t|*":
        end -= 1
    return start, end

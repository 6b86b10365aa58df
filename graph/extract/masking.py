"""Write a stretch of text with a mark in place of each mention, and find the way back from marks to mentions and offsets.

Reads: the key of a text and its mentions. Gives: a `Masked` string over which the rules of `data/rules` match.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from graph.extract.rules import MARKS
from graph.model import Kind, Mention, Span, Value

_GAP = re.compile(r"\s{2,}|[^\S ]")  # what one space stands for


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention as rules see it: the kind of its mark (a bare title may stand for a person), and the mention."""

    kind: Kind
    mention: Mention[Value]
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Masked:
    """The masked text of [start, end): single spaces, lower case, one mark a mention."""

    text: str
    marks: dict[int, Marked]  # position in `text` → mention
    starts: tuple[int, ...]  # positions in `text` where pieces begin …
    offsets: tuple[int, ...]  # … and the offsets in the document that they begin at
    span: Span
    positions: tuple[int, ...] = ()  # where the marks stand, in order

    def within(self, start: int, end: int) -> list[tuple[int, Marked]]:
        """The marks of [start, end) of the masked text, in order, found without a look at the others."""
        first, last = bisect_left(self.positions, start), bisect_left(self.positions, end)
        return [(p, self.marks[p]) for p in self.positions[first:last]]

    def position(self, marked: Marked) -> int:
        """Where the mark of a mention stands."""
        return self.positions[bisect_left(self.positions, marked.mention.start, key=lambda p: self.marks[p].mention.start)]

    def offset(self, position: int) -> int:
        """The offset in the document of a position in the masked text (exact at marks, near it inside collapsed spaces)."""
        index = bisect_right(self.starts, position) - 1
        return self.offsets[index] + (position - self.starts[index])

    def in_group(self, match: re.Match[str], group: str) -> list[Marked]:
        """The mentions inside a group of a match, in order."""
        start, end = match.span(group) if group in match.re.groupindex else (-1, -1)
        return [marked for _, marked in self.within(start, end)] if start >= 0 else []

    def pairs(self, match: re.Match[str]) -> list[tuple[Marked, Marked]]:
        """Each subject of a match with each of its objects, or of its dates where it names no object."""
        objects = self.in_group(match, "object") or self.in_group(match, "date")
        return [(subject, target) for subject in self.in_group(match, "subject") for target in objects]


def mask(text_key: str, span: Span, mentions: Iterable[Marked]) -> Masked:
    """The masked form of a stretch.

    text_key: key of the whole text; span: the stretch; mentions: what to mark, in order, without overlaps.
    """
    start, end = span
    pieces: list[str] = []
    marks: dict[int, Marked] = {}
    starts: list[int] = []
    offsets: list[int] = []
    length = 0
    position = start

    def add(piece: str, offset: int) -> None:
        nonlocal length
        if piece:
            starts.append(length)
            offsets.append(offset)
            pieces.append(piece)
            length += len(piece)

    def literal(first: int, last: int) -> None:
        for gap in _GAP.finditer(text_key, first, last):
            add(text_key[first : gap.start()], first)
            add(" ", gap.start())
            first = gap.end()
        add(text_key[first:last], first)

    for marked in mentions:
        if marked.mention.start < position or marked.mention.start >= end:
            continue
        literal(position, marked.mention.start)
        starts.append(length)
        offsets.append(marked.mention.start)
        marks[length] = marked
        pieces.append(MARKS[marked.kind])
        length += 1
        position = marked.mention.end
    if position < end:
        literal(position, end)
    return Masked("".join(pieces), marks, tuple(starts) or (0,), tuple(offsets) or (start,), span, tuple(marks))

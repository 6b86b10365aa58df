"""Edit a text and keep account of where each stretch of the new one stood in the old one.

Reads: a text and edits of it. Gives: a `Mended` text, whose `kept` maps its offsets back to the first text, however often it was edited.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from graph.model import Kept, Piece, Span

Edit = tuple[int, int, str]  # code points [start, end) give way to a text
_MOST = 1_000_000
Stretch = Edit | Span  # or stay as they are


@dataclass(frozen=True, slots=True)
class Mended:
    """A text that may have been edited: `pieces` tell of what it is made, () as long as it is the kept text itself."""

    text: str
    source: str
    pieces: tuple[Piece, ...] = ()

    @property
    def kept(self) -> Kept | None:
        """The text before all edits; None where there were none."""
        return Kept(self.source, self.pieces) if self.pieces else None

    def respelled(self, text: str) -> Mended:
        """The text with other letters in place of the old ones, each one for one; the same object where none is another."""
        if text == self.text:
            return self
        assert len(text) == len(self.text)
        return Mended(text, self.source, self.pieces or (Piece(0, len(text), 0, len(text)),))

    def edited(self, edits: Iterable[Edit]) -> Mended:
        """The text after edits in its order, without overlaps; the same object where there are none.

        After a million of them the rest is left out: such a text says nothing, and each costs memory.
        """
        return self.moved(_stretches(islice(edits, _MOST), len(self.text)))

    def moved(self, stretches: Iterable[Stretch]) -> Mended:
        """The text made of stretches of this one, in the order given: kept as they are, or with other letters."""
        parts: list[str] = []
        pieces: list[Piece] = []
        size = 0
        for stretch in stretches:
            start, end = stretch[:2]
            new = stretch[2] if len(stretch) == 3 else None
            text = self.text[start:end] if new is None else new
            if text:
                pieces += self._origins(size, start, end) if new is None else [self._origin(size, len(text), start, end)]
                parts.append(text)
                size += len(text)
        if not parts or (len(parts) == 1 and parts[0] == self.text):  # where nothing would be left, nothing is mended
            return self
        return Mended("".join(parts), self.source, tuple(pieces))

    def _origins(self, position: int, start: int, end: int) -> Iterator[Piece]:
        """The pieces of an untouched stretch of this text that now stands at `position`."""
        if not self.pieces:
            yield Piece(position, end - start, start, end - start)
            return
        index = bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1
        while index < len(self.pieces) and self.pieces[index].start < end:
            piece = self.pieces[index]
            first, last = max(start, piece.start), min(end, piece.start + piece.length)
            if first < last:
                whole = piece.length != piece.kept_length
                kept, size = (piece.kept, piece.kept_length) if whole else (piece.kept + first - piece.start, last - first)
                yield Piece(position + first - start, last - first, kept, size)
            index += 1

    def _origin(self, position: int, length: int, start: int, end: int) -> Piece:
        """The one piece of what took the place of a stretch."""
        kept = Kept(self.source, self.pieces)
        if not self.pieces:
            first, last = start, end
        elif start < end:
            first, last = kept.span((start, end))
        elif start < len(self.text):
            first = last = kept.span((start, start + 1))[0]
        else:
            first = last = kept.span((start - 1, start))[1] if start else 0
        return Piece(position, length, first, last - first)


def _stretches(edits: Iterable[Edit], size: int) -> Iterator[Stretch]:
    position = 0
    for start, end, new in edits:
        if start > position:
            yield position, start
        yield start, end, new
        position = end
    if position < size:
        yield position, size

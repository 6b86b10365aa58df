"""A source as it is read: zones, sentences, quotes, all by code points; dates with the precision that they are written with."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

Span = tuple[int, int]

LABEL = 300  # the longest name that is written, in code points
_WORD = re.compile(r"\S+")


def as_label(text: str) -> str:
    """A name as it is written: one longer than LABEL is cut behind a word and ends in "…", so that no file repeats a page in each row."""
    if len(text) <= LABEL:
        return text
    stop = next((i for i in range(LABEL - 1, LABEL // 2, -1) if text[i].isspace()), LABEL - 1)
    return text[:stop].rstrip() + "…"


class Zone(StrEnum):
    """The part of a source that a stretch of text belongs to."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    LEAD = "lead"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    RELATED = "related"
    TAGS = "tags"
    COMMENT = "comment"
    LETTERHEAD = "letterhead"
    TITLE = "title"
    PREAMBLE = "preamble"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    ANNEX = "annex"


# Facts come from these zones only; the others give hints (a year, an outlet's province) that are marked as inferred.
FACT_ZONES = frozenset({Zone.HEADLINE, Zone.LEAD, Zone.BODY, Zone.CAPTION, Zone.LETTERHEAD, Zone.TITLE, Zone.PREAMBLE, Zone.SIGNATURE, Zone.ANNEX})


class Genre(StrEnum):
    """What sort of source a text is; the two are read by different rules."""

    REPORT = "report"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date with the precision it was written with; an unknown month or day is 0, never a guess."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or (self.day and not self.month):
            raise ValueError(f"not a date: {self.year}-{self.month}-{self.day}")
        date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read what `str` writes: "2024-05-16", "2024-05" or "2024"."""
        return cls(*(int(part) for part in text.split("-")))

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return bool(self.day)

    def agrees_with(self, other: PartialDate) -> bool:
        """Whether both could be the same day: "2024-05" agrees with "2024-05-16"."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(a == b or not a or not b for a, b in pairs)

    def days_until(self, other: PartialDate) -> int | None:
        """Days from this date to the other; None unless both have day precision."""
        if not (self.day and other.day):
            return None
        return (date(other.year, other.month, other.day) - date(self.year, self.month, self.day)).days


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source: code points [start, end) and the zone it stands in."""

    start: int
    end: int
    zone: Zone


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a source with one zone: code points [start, end)."""

    start: int
    end: int
    zone: Zone


class Piece(NamedTuple):
    """A stretch of a mended text that `length` code points from `start` hold, and the `kept_length` of the kept text that it stands for.

    Letters that were not touched have both lengths alike; a stretch of unequal lengths stands for its other side only as a whole.
    """

    start: int
    length: int
    kept: int
    kept_length: int


@dataclass(frozen=True, slots=True)
class Kept:
    """The text of a source as it is kept, where reading has mended it, and the pieces that the mended text is made of, in its order."""

    text: str
    pieces: tuple[Piece, ...]

    def span(self, span: Span) -> Span:
        """Where a stretch of the mended text stands in the kept one; over what was moved, all that lies between."""
        start, end = span
        index = bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1
        first, last = len(self.text), 0
        for piece in islice(self.pieces, max(0, index), None):
            if piece.start >= end and (piece.start > start or last):
                break
            whole = piece.length != piece.kept_length
            first = min(first, piece.kept if whole else piece.kept + max(0, start - piece.start))
            last = max(last, piece.kept + (piece.kept_length if whole else min(piece.length, end - piece.start)))
        return min(first, last), last


@dataclass(frozen=True, slots=True)
class Document:
    """A source as read: NFC text with LF line ends, cut into zones and sentences. All offsets count code points of `text`.

    `sha256` is the hex digest of the text: two copies of one text are one report. `headline` is the headline (of an official document its
    title block) as a label, or the file's name. `kept` is there where `text` was mended before it was read ("Ð" for "Đ", a number torn over
    two lines): what is written about the source quotes the kept text (`graph.reading.mending.as_kept`).
    """

    source: str
    text: str
    genre: Genre
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    kept: Kept | None = None

    # Told once, at birth: each fact asks for them, and the text may be large.
    sha256: str = field(init=False, repr=False, compare=False)
    headline: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.text.encode()).hexdigest())
        object.__setattr__(self, "headline", as_label(self._headline()))

    def _headline(self) -> str:
        for section in self.sections:
            if section.zone in (Zone.HEADLINE, Zone.TITLE):
                # So many words are longer than a label.
                return " ".join(word.group() for word in islice(_WORD.finditer(self.text, section.start, section.end), LABEL))
        return self.source.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quoted stretch of a source: `quote == text[start:end]`, always."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that was not read, and why."""

    source: str
    reason: str

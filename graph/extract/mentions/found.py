"""What the parsers of mentions found in a document, sentence by sentence.

Made by `graph.extract.mentions.gathering`; read by all that tells whom and what the mentions mean.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import AgencyRef, DirectiveRef, Mention, PostRef, Sentence, Span, Value


@dataclass(frozen=True, slots=True)
class ShortName:
    """A given name behind "ông", "bà": the span of both, and of the name alone."""

    phrase: Span
    name: Span


@dataclass(frozen=True, slots=True)
class BareTitle:
    """A title without a name; whom it means is told by the context."""

    start: int
    end: int
    post: PostRef


@dataclass(frozen=True, slots=True)
class SentenceMentions:
    """The mentions of one sentence by where they begin, none overlapping; titles without a name, and names without their family's."""

    sentence: Sentence
    mentions: tuple[Mention[Value], ...] = ()
    bare: tuple[BareTitle, ...] = ()
    short: tuple[ShortName, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """All mentions of a document."""

    sentences: tuple[SentenceMentions, ...]
    directives: list[Mention[DirectiveRef]]
    agencies: list[tuple[Span, AgencyRef]]  # every body named, also those inside titles and citations

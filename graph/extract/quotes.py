"""What a fact quotes: the sentences that its passages stand in.

A passage may be two words; a reader wants the sentence. One that is too long gives a window around the passage, cut between words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from graph.extract.facts import QUOTE, clip
from graph.model import Document, Span


class Quotes:
    """The quotes of one document."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._sentences = sorted((s.start, s.end) for s in document.sentences)
        self._starts = [start for start, _ in self._sentences]

    def of(self, passages: Iterable[Span]) -> tuple[Span, ...]:
        """The quotes of passages, in their order and without repetition; passages of one short sentence share it."""
        return tuple(dict.fromkeys(self._quote(passage) for passage in passages))

    def _quote(self, passage: Span) -> Span:
        start, end = passage = clip(self._text, passage, passage[0])
        index = bisect_right(self._starts, start) - 1
        if index < 0 or end > self._sentences[index][1]:
            # A passage outside every sentence, or over several, is quoted as it is.
            return passage
        sentence = self._sentences[index]
        if sentence[1] - sentence[0] <= QUOTE:
            return sentence
        window = clip(self._text, sentence, start)
        return window if window[0] <= start and end <= window[1] else passage

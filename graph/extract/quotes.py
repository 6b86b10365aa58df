"""What a fact quotes: the sentences that its passages stand in.

A passage may be two words; a reader wants the sentence. One that is too long gives a window around the passage, cut between words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from graph.extract.masking import Masked
from graph.model import Document, Span

QUOTE = 600  # longest quote in code points (DESIGN.md 5)


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


def clip(text: str, span: Span, around: int) -> Span:
    """The span if it is short enough for a quote, else a window of it around a position, cut between words."""
    start, end = span
    if end - start <= QUOTE:
        return span
    first = max(start, around - QUOTE // 3)
    return _word_start(text, first, around), _word_end(text, min(end, first + QUOTE - 20), around)


def evidence(text: str, masked: Masked, first_mark: int, last_mark: int) -> Span:
    """The sentence of a match over [first_mark, last_mark) of its masked text, or a window around cue and arguments where it is too long."""
    start, end = masked.span
    if end - start <= QUOTE:
        return start, end
    first = masked.offset(first_mark)
    last = masked.offset(max(first_mark, last_mark - 1)) + 1
    last = min(end, max([last, *(m.mention.end for _, m in masked.within(first_mark, last_mark))]))
    if last - first > QUOTE:
        return first, first + QUOTE
    room = (QUOTE - (last - first)) // 2
    return _word_start(text, max(start, first - room), first), _word_end(text, min(end, last + room), last)


def _word_start(text: str, position: int, limit: int) -> int:
    while position < limit and position > 0 and not text[position - 1].isspace():
        position += 1
    return position


def _word_end(text: str, position: int, limit: int) -> int:
    while position > limit and position < len(text) and not text[position].isspace():
        position -= 1
    return position

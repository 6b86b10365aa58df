"""Whether two documents are about the same: their subjects compared by words, rare words counting more than those of every title."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache

from graph.registers.registers import Registers
from graph.text.normalize import fold

SAME, OTHER = 0.6, 0.3  # likeness from which two subjects agree, and below which they contradict each other
_WORD = re.compile(r"[a-z0-9]+")


class Subjects:
    """Likeness of subjects; words are weighed by the titles of the register of directives, so that no source changes it."""

    def __init__(self, registers: Registers) -> None:
        titles = [_words(d.title) for d in registers.directives.values()]
        counts = Counter(word for words in titles for word in words)
        self._weights = {word: math.log((len(titles) + 1) / (count + 1)) for word, count in counts.items()}
        self._most = math.log(len(titles) + 1)

    def likeness(self, a: str, b: str) -> float | None:
        """0 (nothing shared) to 1 (one is contained in the other); None where one of them says too little."""
        left, right = _words(a), _words(b)
        smaller = min(self._weight(left), self._weight(right))
        if smaller < 2 * self._most or min(len(left), len(right)) < 3:
            return None
        return self._weight(left & right) / smaller

    def _weight(self, words: frozenset[str]) -> float:
        return sum(self._weights.get(word, self._most) for word in words)


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))

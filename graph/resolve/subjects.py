"""Whether two documents are about the same: their subjects compared by words, rare words counting more than those of every title."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache

from graph.registers.registers import Registers
from graph.text.normalize import fold

SAME, OTHER = 0.6, 0.3  # likeness from which two subjects agree, and below which they contradict each other
# Syllables in a row that subject and surrounding text share: enough to tell, enough with other evidence, too few to count.
TOLD, HINTED, ABSENT = 6, 4, 2
_COMMON = 10  # titles that make a row of words a formula: "trong tình hình mới"
_WORD = re.compile(r"[a-z0-9]+")


class Subjects:
    """Likeness of subjects; words are weighed by the titles of the register of directives, so that no source changes it."""

    def __init__(self, registers: Registers) -> None:
        titles = [_words(d.title) for d in registers.directives.values()]
        self._titles = [f" {' '.join(_WORD.findall(fold(d.title)))} " for d in registers.directives.values()]
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

    def shared_run(self, subject: str, text: str) -> int:
        """The longest row of syllables of a subject that stands in a text, formulas left out: "y tế cơ sở" is 4."""
        words, around = _WORD.findall(fold(subject)), f" {' '.join(_WORD.findall(fold(text)))} "
        longest = 0
        for start in range(len(words)):
            for end in range(start + longest + 1, len(words) + 1):
                row = " ".join(words[start:end])
                if f" {row} " not in around:
                    break
                if not self._is_formula(row):
                    longest = end - start
        return longest

    def _is_formula(self, row: str) -> bool:
        return sum(f" {row} " in title for title in self._titles) >= _COMMON

    def _weight(self, words: frozenset[str]) -> float:
        return sum(self._weights.get(word, self._most) for word in words)


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))

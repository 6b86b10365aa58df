"""Find characters that look like others, or like nothing: "Ð" for "Đ", soft hyphens and zero-width spaces inside names and numbers.

Reads: NFC text. Gives: the text, or the edits, that leave what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.text.edits import Edit
from graph.text.names import is_syllable

_LOOK_ALIKE = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"}  # Icelandic eth, African D, from old keyboards and fonts
_SOFT_HYPHEN = "\u00ad"
# Zero-width spaces and joiners, marks of direction, a byte order mark inside: they take no room, whatever they order.
_INVISIBLE = (
    f"{_SOFT_HYPHEN}\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_PLAIN = str.maketrans(_LOOK_ALIKE)
_RUN = re.compile(f"[{_INVISIBLE}]+")
# Inside a number it is the hyphen that the line lost: "12/KH<soft hyphen>UBND".
_NUMBER_BEFORE = re.compile(r"\d[a-zđ]?[/-][A-ZĐa-z]{1,8}\Z")
_SYLLABLE = 8  # letters; no Vietnamese syllable is longer


def plain_letters(text: str) -> str:
    """The text with "Đ" for what looks like it; the same length."""
    return text.translate(_PLAIN) if any(letter in text for letter in _LOOK_ALIKE) else text


def find_invisible(text: str) -> Iterator[Edit]:
    """The edits that leave what takes room, left to right; a zero-width space that parts two words becomes a space."""
    if not any(character in text for character in _INVISIBLE):  # quicker than one look for all of them
        return
    for match in _RUN.finditer(text):
        start, end = match.span()
        if _SOFT_HYPHEN in match.group() and text[end : end + 1].isupper() and _NUMBER_BEFORE.search(text[max(0, start - 16) : start]):
            yield start, end, "-"
        else:
            yield start, end, " " if _parts_words(text, start, end) else ""


def _parts_words(text: str, start: int, end: int) -> bool:
    before, behind = word_before(text, start), word_behind(text, end)
    if not (before and behind and is_syllable(before) and is_syllable(behind)):
        return False
    return (before[-1].islower() and behind[0].isupper()) or not is_syllable(before + behind)


def word_before(text: str, position: int) -> str:
    """The letters directly before a position; a run longer than any syllable is cut short."""
    start = position
    while start > max(0, position - _SYLLABLE - 1) and text[start - 1].isalpha():
        start -= 1
    return text[start:position]


def word_behind(text: str, position: int) -> str:
    """The letters from a position on; a run longer than any syllable is cut short."""
    end = position
    while end < min(len(text), position + _SYLLABLE + 1) and text[end].isalpha():
        end += 1
    return text[position:end]

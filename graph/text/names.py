"""Find runs of capitalised syllables, and tell by shape which of them can be a Vietnamese personal name.

Reads: NFC text. Which first syllable is a surname is the registers' business.
"""

import re
from collections.abc import Iterator

from graph.text.normalize import LOWER, UPPER

# Lê · Nguyễn · Kđăm · Yoonhee · A (of "Hầu A Lềnh") · H'Yim · K'Mák · TRẦN (upper-case names in lists)
_APOSTROPHE = "['’ʼ]"
_CAPITALISED = rf"(?:[{UPPER}]{_APOSTROPHE})?[{UPPER}][{LOWER}]*(?:-[{UPPER}][{LOWER}]+)?"
_GAP = r"[ \xa0](?:[ \xa0]|(?=[^\s]))"
# What must not stand before is asked behind the first letter, so that the search can skip to capitals.
RUN = re.compile(
    rf"[{UPPER}](?<![\w{UPPER}{LOWER}.'’-].)(?:{_APOSTROPHE}[{UPPER}])?[{LOWER}]*(?:-[{UPPER}][{LOWER}]+)?(?:[ \xa0]{{1,2}}{_CAPITALISED}){{0,11}}(?!\w)"
)
_SYLLABLE = re.compile(r"[^\s\xa0]+")

# What a Vietnamese syllable may look like without its marks: onset, vowels, coda.
_VOWEL = "aăâeêioôơuưyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_SHAPE = re.compile(rf"(?:ngh|ng|nh|ch|th|kh|gh|gi|ph|qu|tr|[bcdđghklmnprstvxfjwz])?[{_VOWEL}]{{1,3}}(?:ch|nh|ng|[cmnpty])?\Z", re.IGNORECASE)


def runs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Spans of runs of 1 to 12 capitalised syllables, left to right."""
    for match in RUN.finditer(text, start, len(text) if end is None else end):
        yield match.span()


def syllables(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the space-separated syllables of a run."""
    return [m.span() for m in _SYLLABLE.finditer(text, start, end)]


def is_syllable(word: str) -> bool:
    """Whether a word has the shape of one Vietnamese syllable ("Nghiêm", "Quý"; not "World", "Bank")."""
    return _SHAPE.match(word) is not None

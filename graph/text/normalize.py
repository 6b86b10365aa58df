"""Normal forms of Vietnamese text: NFC for reading, a key of equal length for matching, an accent-free fold for searching.

Only the key is matched against lists; offsets found in it are offsets of the text, since it never changes the length.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

# Characters that Python's `\w` and case mapping agree on are taken from Unicode itself: ranges such as [À-Ỹ] contain lower-case letters.
_LATIN = [chr(c) for c in (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(c).isalpha()]
UPPER = "".join(c for c in _LATIN if c.isupper())
LOWER = "".join(c for c in _LATIN if c.islower())

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_QUOTES = "\u201c\u201d\u201e\u00ab\u00bb\u2033"

# Old and new tone placement ("hoà" and "hòa", "uỷ" and "ủy") at the end of a syllable, where both are written. Behind q, "u" is no vowel:
# there is only "quý", though a slip writes "qúy".
_TONE = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
         "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip
_TONE_BEHIND_Q = {new: old for old, new in _TONE.items() if old.startswith("u")}
_TONE_AT_END = re.compile(r"[ouùúủũụ](?:(?<=o)[àáảãạèéẻẽẹ]|(?<=u)(?<!qu)[ỳýỷỹỵ]|(?<=q[ùúủũụ])y)(?!\w)")


# What the key writes otherwise; İ is the one character whose lower-case form is longer (a test walks through Unicode).
_OTHERWISE = dict.fromkeys(_SPACES, " ") | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_QUOTES, '"') | {"\u0130": "i"}
_PORTION = 1 << 16  # code points
_NAME = 60  # letters; longer texts are no names
_SPECIAL = re.compile(f"[{re.escape(''.join(_OTHERWISE))}]")


def key(text: str) -> str:
    r"""The form that is matched against lists: lower case, plain spaces, hyphens and quotes, one tone placement.

    Same length as `text`: "Uỷ\xa0ban – TW" gives "ủy ban - tw".
    """
    if len(text) <= _NAME:
        return _key_of_name(text)
    return _key(text) if len(text) <= _PORTION else "".join(_key(part) for part in _portions(text))


def _portions(text: str) -> Iterator[str]:
    """A large text in portions that end with a space, so that no step of making its key copies all of it."""
    start = 0
    while start < len(text):
        stop = text.find(" ", start + _PORTION) + 1 or len(text)
        yield text[start:stop]
        start = stop


def _key(text: str) -> str:
    for char in set(_SPECIAL.findall(text)):
        text = text.replace(char, _OTHERWISE[char])
    return _TONE_AT_END.sub(lambda m: _TONE.get(m.group()) or _TONE_BEHIND_Q[m.group()], text.lower())


# The same names are asked for again and again.
_key_of_name = lru_cache(maxsize=1 << 14)(_key)


@cache
def _fold_table() -> dict[int, str]:
    table = {}
    for char in {*UPPER, *LOWER}:
        base = "d" if char in "đĐ" else unicodedata.normalize("NFD", char)[0]
        table[ord(char)] = base.lower()
    return table


def fold(text: str) -> str:
    """The accent-free form for searching: "Sở Y tế" gives "so y te". Idempotent; also for text in NFD."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join(composed.translate(_fold_table()).lower().split())


def nfc(text: str) -> str:
    """Canonical composition; returns the same object where nothing changes."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """One line: runs of white space become one space, none at the ends."""
    return " ".join(text.split())


def capitalize(text: str) -> str:
    """First letter in upper case, the rest untouched: "chương trình hành động" gives "Chương trình hành động"."""
    return text[:1].upper() + text[1:]


def sentence_case(text: str) -> str:
    """A shouted title in sentence case: "KẾ HOẠCH THỰC HIỆN" gives "Kế hoạch thực hiện"; other text is untouched."""
    letters = [c for c in text if c.isalpha()]
    return capitalize(text.lower()) if letters and sum(c.isupper() for c in letters) > 0.7 * len(letters) else text

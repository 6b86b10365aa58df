"""Find the names of signers under an official document, by shape: in lines, in table cells, broken over lines, spaced out by a scan.

Reads: NFC text. Gives: `SignedName`s, left to right. Under which title somebody signed is the registers' business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.text.names import is_syllable
from graph.text.normalize import LOWER, UPPER

_PIECE = re.compile(r"[^\n|]+")
_TOKEN = re.compile(r"\S+")
_ASIDE = re.compile(r"[(\[][^()\[\]\n|]{0,40}[)\]]")  # "(Đã ký)", "[daky]"
_SYLLABLE = re.compile(rf"[{UPPER}](?:['’ʼ]?[{UPPER}{LOWER}]?[{LOWER}]*)?\Z")
_FRAGMENT = re.compile(rf"[{LOWER}]{{1,4}}\Z")
_ROLE = re.compile(rf"(?:[{UPPER}][{UPPER}.,&/-]*|[{UPPER}]\w{{0,6}}\.[{UPPER}.\w]*|[-–,/&])\Z")
# A military or police rank is written in sentence case before the name: "Đại tướng", "Thượng tá".
_RANK = re.compile(rf"[{UPPER}][{LOWER}]+ (?:tướng|tá|úy|uý) *\Z")
_VOWELLED = re.compile(r"[aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SignedName:
    """A name at the end of a line or cell: code points [start, end), and the name with scan gaps closed ("Đặ ng" gives "Đặng")."""

    start: int
    end: int
    name: str


def find_signed_names(text: str, start: int, end: int) -> Iterator[SignedName]:
    """Names that close a line or cell of `text[start:end]`, with nothing but a role or rank before them there."""
    pieces = [(m.start(), m.end()) for m in _PIECE.finditer(text, start, end) if m.group().strip()]
    skip = False
    for index, piece in enumerate(pieces):
        if skip:
            skip = False
            continue
        head = _closing_name(text, *piece)
        if head is None:
            continue
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        rest = _wrapped_name(text, piece, following) if following is not None else None
        syllables = [*head[2], *(rest[2] if rest is not None else [])]
        skip = rest is not None
        if 2 <= len(syllables) <= 5 and _is_whole(syllables[-1]):
            yield SignedName(head[0], rest[1] if rest is not None else head[1], " ".join(syllables))


def _wrapped_name(text: str, piece: tuple[int, int], following: tuple[int, int]) -> tuple[int, int, list[str]] | None:
    """The rest of a name on the very next line, which holds nothing else: "Phùng" above "Thị Hồng Hà"."""
    if text[piece[1] : following[0]] != "\n":
        return None
    rest = _closing_name(text, *following)
    if rest is None or text[following[0] : rest[0]].strip() or len(rest[2]) > 4:
        return None
    return rest


def _is_whole(syllable: str) -> bool:
    return len(syllable) > 1 and _VOWELLED.search(syllable) is not None and is_syllable(syllable.lower())


def _closing_name(text: str, start: int, end: int) -> tuple[int, int, list[str]] | None:
    """The run of name syllables at the end of a piece: (start, end, syllables); None if words of another kind stand there."""
    visible = _ASIDE.sub(lambda m: " " * len(m.group()), text[start:end])
    tokens = [(m.start(), m.group()) for m in _TOKEN.finditer(visible)]
    syllables: list[str] = []
    tail = ""
    begin = len(tokens)
    while begin and len(syllables) < 7:
        word = tokens[begin - 1][1]
        if _SYLLABLE.match(word) and not (word.isupper() and len(word) > 1):
            if len(word) == 1 and not tail and begin == len(tokens):
                return None  # "Chương I", "Mẫu A"
            syllables.insert(0, word + tail)
            tail = ""
        elif _FRAGMENT.match(word) and (not _VOWELLED.search(word) or _VOWELLED.match(word) or (begin > 1 and len(tokens[begin - 2][1]) == 1)):
            tail = word + tail
        else:
            break
        begin -= 1
    if tail or not syllables or begin == len(tokens):
        return None
    before = visible[: tokens[begin][0]] if begin < len(tokens) else ""
    rank = _RANK.search(before)
    roles = before[: rank.start()] if rank is not None else before
    # The rank's own first word was taken for a syllable where a lower-case word parts it from the name.
    if not all(_ROLE.match(word) or _is_spaced_out(word) for word in roles.split()):
        return None
    last, word = tokens[-1]
    return start + tokens[begin][0], start + last + len(word), syllables


def _is_spaced_out(word: str) -> bool:
    """A piece of a shouted word that a scan broke: "TỊ", "CH", "P"."""
    return word.isupper()

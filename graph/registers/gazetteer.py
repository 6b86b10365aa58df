"""One automaton over all names of the registers: finds them in a text in a single pass.

Reads: a text and its key (`graph.text.normalize.key`). Gives: hits by offset, longest first, on word boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import ahocorasick_rs

from graph.text.names import is_syllable
from graph.text.normalize import key

_WORD_END = re.compile(r"\w*")


class Category(StrEnum):
    """What a name in the gazetteer stands for."""

    PROVINCE = "province"
    AGENCY = "agency"
    POST = "post"
    KIND = "kind"  # a type of document: "Kế hoạch"
    LAW = "law"  # a law by name: "Luật Dược"
    MEETING = "meeting"  # a noun for an event: "hội nghị"
    AWARD = "award"  # "Bằng khen"
    PROGRAMME = "programme"  # a programme by its registered name: "Chương trình Sức khỏe Việt Nam"
    OTHER = "other"  # a name that must not be taken for one of the above: "Thái Bình Dương"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and what it stands for.

    `case` says how strictly the text's case must match: "any", "capital" (first letter in upper case) or "exact" (abbreviations).
    """

    name: str
    category: Category
    id: str
    case: str = "any"


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: code points [start, end) and what it may stand for."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def entry(self, category: Category) -> Entry | None:
        """The entry of this category, or None."""
        for entry in self.entries:  # asked a million times: a plain loop is twice as fast as a generator
            if entry.category is category:
                return entry
        return None


class Gazetteer:
    """An Aho-Corasick automaton over the keys of names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_key: dict[str, list[Entry]] = {}
        for entry in entries:
            group = by_key.setdefault(key(entry.name), [])
            if entry not in group:
                group.append(entry)
        self._entries = [tuple(group) for group in by_key.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_key), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, text: str, text_key: str, start: int = 0, *, any_case: bool = False) -> Iterator[Hit]:
        """Hits in `text`, left to right, longest first, without overlaps.

        text_key: `key(text)`; start: offset of both in the document, added to the offsets given;
        any_case: take names whatever their case, where the context already tells that a name stands here.
        """
        for index, begin, end in self._automaton.find_matches_as_indexes(text_key):
            if begin and (text_key[begin - 1].isalnum() or text_key[begin - 1] == "_"):
                continue
            if _breaks_word(text_key, end):
                shorter = self._shorter(text_key, begin, end)
                if shorter is None:
                    continue
                index, end = shorter  # noqa: PLW2901
            written = text[begin:end]
            entries = self._entries[index]
            if not any_case and not (len(entries) == 1 and entries[0].case == "any"):
                entries = tuple(e for e in entries if _case_fits(e, written))
            if entries:
                yield Hit(begin + start, end + start, entries)

    def _shorter(self, text_key: str, begin: int, end: int) -> tuple[int, int] | None:
        """The longest name from here on that ends with a word, where the longest of all doesn't: "Luật" of "Luật Giám …", not "Luật Giá"."""
        stop = _WORD_END.match(text_key, end)
        if stop is None or not is_syllable(text_key[text_key.rfind(" ", begin, end) + 1 : stop.end()]):
            return None  # words run together: "Quốc hộiChủ tịch"
        while end - begin > 1:
            found = next(iter(self._automaton.find_matches_as_indexes(text_key[begin : end - 1])), None)
            if found is None or found[1] > 0:
                return None
            end = begin + found[2]
            if not _breaks_word(text_key, end):
                return found[0], end
        return None


def _breaks_word(text_key: str, end: int) -> bool:
    """Whether a word goes on at the offset where a name ends."""
    return end < len(text_key) and (text_key[end].isalnum() or text_key[end] == "_") and text_key[end - 1] != "."


def _case_fits(entry: Entry, written: str) -> bool:
    if entry.case == "any":
        return True
    if entry.case == "capital":
        return written[0].isupper()
    return written == entry.name or (written[0].isupper() and _plain(written) == _plain(entry.name))


def _plain(text: str) -> str:
    """Dashes and spaces unified, case kept."""
    return "".join(" " if c.isspace() else "-" if c in "\u2010\u2011\u2012\u2013\u2014\u2212" else c for c in text)

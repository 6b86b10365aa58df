"""When two names mean one thing, for the purpose of scoring: spelling, abbreviations and word order of offices don't count, facts do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from graph.evaluation.facts import End, Fact
from graph.registers.registers import Registers
from graph.text.normalize import key

_MARKS = re.compile(r"[-.,;:()\"'/]")
_NUMBERED = re.compile(r"\d[\w ]*[-/]")
_SEPARATORS = re.compile(r"[\s.]")
_ROMAN = re.compile(r"[ivxl]+|\d+")
_YEAR = re.compile(r"\s+(?:năm )?\d{4}\Z")
_LEVEL = re.compile(r"\s(?:tỉnh|thành phố)\Z")
_TERM = re.compile(r"\skhóa [ivxl]+\Z")
# Words that say where a document comes from, not which one it is.
_FRAME = re.compile(r"\b(?:đại biểu|tỉnh|số|lần thứ|của|về|ngày)\b")
_LAWS = ("luật", "pháp lệnh")
# A name that fits any body's office is no name without its body.
_GENERIC = frozenset({"văn phòng", "ban chỉ đạo", "ban chấp hành", "ban thường vụ", "thường trực"})


def plain(text: str) -> str:
    """Lower case, one spelling of tones, marks as blanks."""
    return " ".join(_MARKS.sub(" ", key(text)).split())


class Comparer:
    """Compares the ends of facts; the registers expand abbreviations and know the provinces."""

    def __init__(self, registers: Registers) -> None:
        self._short = {plain(short): plain(full) for short, (full, _) in registers.abbreviations.items()}
        self._words = re.compile("|".join(rf"\b{re.escape(s)}\b" for s in sorted(self._short, key=len, reverse=True)))
        self._provinces = sorted(((key_, plain(name)) for key_, name in registers.province_names.items()), key=lambda p: -len(p[0]))
        self._central = frozenset(plain(u.name) for u in registers.provinces.values() if u.unit_type == "thành phố")
        self._kinds = sorted({plain(t.kind) for t in registers.document_types if t.kind}, key=len, reverse=True)
        self._heads = tuple(plain(a.name).split()[0] for a in registers.agencies.values())
        self._agency = lru_cache(maxsize=10_000)(self._split)

    def equal(self, gold: Fact, found: Fact, meetings: Mapping[str, str]) -> bool:
        """Whether a found fact is the gold one; meetings: found id → gold id."""
        return gold.kind == found.kind and all(self._end(a, b, meetings) for a, b in zip(gold.ends, found.ends, strict=True))

    def _end(self, gold: End, found: End, meetings: Mapping[str, str]) -> bool:
        if gold.sort == "Meeting":
            return meetings.get(found.name) == gold.name
        if gold.sort == "Directive":
            return self.directive(gold.name, found.name)
        if gold.sort == "Agency":
            return self.agency(gold.name, found.name)
        if gold.sort == "Actor":
            return plain(gold.name) == plain(found.name) or self.agency(gold.name, found.name)
        if gold.sort == "Post":
            return self.post(gold.name, found.name)
        if gold.sort in ("Kind", "Award"):
            short, long = sorted((plain(gold.name), plain(found.name)), key=len)
            return bool(short) and long.startswith(short)
        if gold.sort == "Province":
            return self._expand(gold.name).removeprefix("tỉnh ").removeprefix("thành phố ") == self._expand(found.name)
        return plain(gold.name) == plain(found.name)

    def _expand(self, text: str) -> str:
        return " ".join(self._words.sub(lambda m: self._short[m.group()], plain(text)).split())

    def _split(self, label: str) -> tuple[str, str]:
        """A body's name and its province, "" where the name has none."""
        name, province = self._expand(label), ""
        for written, plain_name in self._provinces:
            if name.endswith(f" {plain(written)}"):
                name, province = name[: -len(plain(written))].strip(), plain_name
                break
        if not name.endswith("thành phố") or not province or province in self._central:
            name = _LEVEL.sub("", name)
        return _TERM.sub("", name), province

    def agency(self, a: str, b: str) -> bool:
        """One body: the same name, with or without the body that it is part of, and no two different provinces."""
        (name, place), (other, elsewhere) = self._agency(a), self._agency(b)
        if place and elsewhere and place != elsewhere:
            return False
        short, long = sorted((name, other), key=len)
        if short == long:
            return True
        rest = long.removeprefix(f"{short} ")
        return rest != long and len(short.split()) > 1 and short not in _GENERIC and rest.split()[0] in self._heads

    def places(self, fact: Fact) -> list[str]:
        """The provinces that the names of its bodies and posts tell, "" where one tells none."""
        return [self._agency(end.name)[1] for end in fact.ends if end.sort in ("Agency", "Actor", "Post")]

    def post(self, a: str, b: str) -> bool:
        """One title in one body, wherever the line between the two is drawn."""
        (title, agency), (other_title, other_agency) = a.split("|", 1), b.split("|", 1)
        if self._title(title) == self._title(other_title) and self.agency(agency, other_agency):
            return True
        (name, place), (other, elsewhere) = (self._agency(f"{self._title(t)} {g}") for t, g in ((title, agency), (other_title, other_agency)))
        return name == other and not (place and elsewhere and place != elsewhere)

    def _title(self, title: str) -> str:
        name = plain(title)
        return re.sub(r"\Aphó ban\b", "phó trưởng ban", name)

    def directive(self, a: str, b: str) -> bool:
        """One document: the same number, or names of one kind with nearly the same words; laws to the letter."""
        numbered = [bool(name[:1].isdigit() and _NUMBERED.match(name)) for name in (a, b)]
        if all(numbered):
            return _number(a) == _number(b)
        if any(numbered):
            return False
        return self._title_of_document(self._expand(a), self._expand(b))

    def _title_of_document(self, a: str, b: str) -> bool:
        amending = ["sửa đổi" in name for name in (a, b)]
        if amending[0] != amending[1]:
            return False
        if all(amending):
            a, b = (name.rpartition("luật")[2] or name for name in (a, b))
        kinds = [self._kind(name) for name in (a, b)]
        if all(kinds) and kinds[0] != kinds[1]:
            return False
        if kinds[0] in _LAWS and not any(amending):
            law, other = (_YEAR.sub("", name.removeprefix("bộ ")) for name in (a, b))
            return SequenceMatcher(None, law, other).ratio() >= 0.95
        words, others = (_FRAME.sub(" ", name).split() for name in (a, b))
        counted = [{w for w in name if _ROMAN.fullmatch(w)} for name in (words, others)]
        if all(counted) and counted[0] != counted[1]:
            return False
        return SequenceMatcher(None, words, others).ratio() >= 0.72

    def _kind(self, name: str) -> str:
        bare = name.removeprefix("bộ ")
        return next((kind for kind in (*_LAWS, *self._kinds) if bare.startswith(kind)), "")


def _number(text: str) -> str:
    """A number without leading zeros and with one spelling of its marks."""
    head, slash, tail = _SEPARATORS.sub("", key(text).upper().replace("TƯ", "TW")).partition("/")
    return head.lstrip("0") + slash + tail

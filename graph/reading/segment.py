"""Tell the parts of a source apart: what is body, what is by-line, date line, related links, tags, comment form.

Reads: NFC text and the words of `data/lexicon/page.yaml`. Gives: a `Document` with zones and sentences; only the zones in
`graph.model.FACT_ZONES` give facts. A caption or lead that repeats an earlier line is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.model import FACT_ZONES, LABEL, Document, Genre, Section, Sentence, Zone
from graph.reading.mending import mend
from graph.reading.official import is_official, official_sections
from graph.registers.registers import Registers
from graph.text.dates import find_stamps
from graph.text.names import RUN
from graph.text.normalize import key
from graph.text.sentences import split_sentences

_OUTLET = re.compile(r"\A\(?[\w.+&-]{2,30}(?:[ ][\w.+&-]{1,20}){0,3}\)?[ ]?[-–][ ]")
_TAG_LINE = re.compile(r"[^,.;:!?]{2,60}(?:,[^,\s.;:!?][^,.;:!?]{1,60}){3,}")
_END_MARK = re.compile(r"(?:\./\.|-/-|\(\*\)|\./)\s*\Z")
_RAW_LINE = re.compile(r"[^\n]+")
_KEYED = 400  # letters of a line that its zone is told by
_DIGIT = re.compile(r"\d")
_BULLET = re.compile(r"\s*[-–+*•·]\s")
_PHOTO = re.compile(r"\b[ẢảA]nh\s*:", re.IGNORECASE)
_TEASER_END = re.compile(r"(?:\.\.\.|…|\d{1,2}:\d\d(?:\s*[AP]M)?)\s*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that isn't blank: code points [start, end) of a text and its key, without surrounding white space."""

    start: int
    end: int
    whole: str
    whole_key: str

    @property
    def text(self) -> str:
        """The line as written."""
        return self.whole[self.start : self.end]

    @property
    def key(self) -> str:
        """The key of its first letters, which tell the zone."""
        return self.whole_key[self.start : min(self.end, self.start + _KEYED)]


def read_document(source: str, text: str, registers: Registers) -> Document:
    """The document of a source's text.

    source: the name it has in the graph; text: NFC, LF line ends; registers: for the words that tell the zones.
    The document's text is the mended one where the given one is damaged; `as_kept` turns what is read out of it back.
    """
    mended = mend(text, registers)
    text, kept = mended.text, mended.kept
    if is_official(text, registers):
        sections = tuple(official_sections(text, registers))
        return Document(source, text, Genre.OFFICIAL, sections, tuple(_sentences(text, sections, registers, wrapped=True)), kept)
    sections = tuple(_report_sections(text, registers))
    return Document(source, text, Genre.REPORT, sections, tuple(_sentences(text, sections, registers, wrapped=False)), kept)


def _sentences(text: str, sections: tuple[Section, ...], registers: Registers, *, wrapped: bool) -> Iterator[Sentence]:
    abbreviations = frozenset(registers.page["abbreviations"])
    text_key = "" if wrapped else key(text)
    seen: set[int] = set()  # hashes: the sentences of a large text are as large as the text
    for section in sections:
        if section.zone not in FACT_ZONES:
            continue
        for start, end in split_sentences(text, section.start, section.end, abbreviations, wrapped=wrapped):
            if not wrapped:
                tag = _OUTLET.match(text[start : start + 130])
                said = text_key[start + (tag.end() if tag is not None else 0) : end].strip(" .:")
                if len(said) > 12 and hash(said) in seen:
                    continue
                seen.add(hash(said))
            yield Sentence(start, end, section.zone)


# ---- reports


def _lines(text: str) -> list[Line]:
    lines = []
    text_key = key(text)
    for match in _RAW_LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if stripped:
            begin = match.start()
            start = begin + raw.index(stripped[0])
            lines.append(Line(start, start + len(stripped), text, text_key))
    return lines


def _report_sections(text: str, registers: Registers) -> Iterator[Section]:
    lines = _lines(text)
    zones: list[Zone] = [Zone.BODY] * len(lines)
    body_end = _body_end(lines, registers)
    marker = False
    for i, line in enumerate(lines):
        if i >= body_end:
            marker = marker or _is_list_of_others(line, registers)
            zones[i] = _tail_zone(line, marker, registers)
        elif _is_stamp(line, registers):
            zones[i] = Zone.DATELINE
        elif line.key.startswith(registers.page["comment"]) and len(line.text) < 80:
            zones[i] = Zone.COMMENT
        elif _is_caption(line, registers) or (i and _is_unpunctuated(line)):
            zones[i] = Zone.CAPTION
    headline = _headline(lines, zones)
    if headline is not None:
        said = lines[headline].key
        for i in range(body_end):
            if lines[i].key == said and zones[i] is not Zone.DATELINE:
                zones[i] = Zone.HEADLINE if i == headline else Zone.CAPTION
        lead = next((i for i in range(len(lines)) if i != headline and zones[i] is Zone.BODY), None)
        if lead is not None:
            zones[lead] = Zone.LEAD
    for line, zone in zip(lines, zones, strict=True):
        cut = _headline_end(line, registers) if zone is Zone.HEADLINE else line.end
        yield Section(line.start, cut, zone)
        if cut < line.end:
            yield Section(cut, line.end, Zone.BODY if Zone.LEAD in zones else Zone.LEAD)


def _headline_end(line: Line, registers: Registers) -> int:
    """The end of a headline's line; of one that is too long for a headline, as in a text without line breaks, the end of its first sentence."""
    if line.end - line.start <= LABEL:
        return line.end
    return next(split_sentences(line.whole, line.start, line.end, frozenset(registers.page["abbreviations"])))[1]


def _headline(lines: list[Line], zones: list[Zone]) -> int | None:
    """The first line that can be one; a first line that is a lead (outlet tag, full sentence) is passed over for a short repeated line."""
    candidates = [i for i in range(min(6, len(lines))) if zones[i] in (Zone.BODY, Zone.CAPTION)]
    if not candidates:
        return None
    first = candidates[0]
    if _OUTLET.match(lines[first].text) and len(lines[first].text) > 120:
        keys = [line.key for line in lines]
        for i in candidates[1:]:
            if len(lines[i].text) < 200 and (keys.count(lines[i].key) > 1 or not lines[i].text.endswith(".")):
                return i
    return first


def _body_end(lines: list[Line], registers: Registers) -> int:
    """Index of the first line after the body: its by-line, a list of other articles, tags, a comment form."""
    others = [i for i in range(1, len(lines)) if _is_list_of_others(lines[i], registers)]
    marker = others[0] if others else len(lines)
    paragraphs = [i for i, line in enumerate(lines) if _is_paragraph(line, registers)]
    last = paragraphs[-1] if paragraphs else 0
    last_own = next((i for i in reversed(paragraphs) if i < marker), 0)
    for i in range(1, marker):
        if i > 2 and i >= last and _is_stamp(lines[i], registers):
            return i
        # A by-line ends the body where no full paragraph follows that isn't a teaser.
        if i >= last_own and _is_byline(lines[i], registers):
            return i
    return marker


def _is_list_of_others(line: Line, registers: Registers) -> bool:
    bare = line.key.strip(" -•*:.|")
    if bare in registers.page["related"] or (len(line.text) < 60 and bare.startswith(_openings(registers.page["related"][:12]))):
        return True
    if bare.startswith(registers.page["tags"]) and len(bare) < 400 and not line.text.endswith("."):
        return True
    return "{name}" in line.key or bare.endswith("bình luận")


def _is_paragraph(line: Line, registers: Registers) -> bool:
    return len(line.text) > 160 and not _TEASER_END.search(line.text) and not _BULLET.match(line.text) and not _is_caption(line, registers)


def _is_byline(line: Line, registers: Registers) -> bool:
    if len(line.text) > 70 or _END_MARK.search(line.text):
        return False
    opens = registers.page["byline"] if line.key.startswith(registers.page["byline"]) else ()
    for word in opens:
        if line.key.startswith(word) and line.key[len(word) : len(word) + 1] in (":", " ", "") and len(line.text) < 60:
            rest = line.text[len(word) :].lstrip(" :")
            if not rest or rest[0].isupper() or "." in rest:
                return line.key[len(word) : len(word) + 1] != " " or word in ("theo", "nguồn", "nhóm pv", "phóng viên", "pv")
    if line.text[-1] in ".!?;:,":
        return False
    run = RUN.match(line.text)
    if run is None:
        return bool(re.fullmatch(r"[A-ZĐ]\.?[A-ZĐ][\w.]{0,15}|[A-ZĐ]\.[A-ZĐ]\.?", line.text))
    words = len(run.group().split())
    rest = line.text[run.end() :].strip()
    return 2 <= words <= 4 and (not rest or (rest[0] in "-–,(" and len(rest) < 50))


@cache
def _openings(words: tuple[str, ...]) -> tuple[str, ...]:
    """What a line begins with that opens with one of the words."""
    return tuple(word + mark for word in words for mark in (" ", ":"))


def _tail_zone(line: Line, marker: bool, registers: Registers) -> Zone:
    """After the body: photo captions that were gathered at the end are still read, all the rest is not.

    marker: whether a list of other articles has begun.
    """
    if not marker and not _is_byline(line, registers) and not _is_stamp(line, registers):
        if line.key.startswith(registers.page["comment"]):
            return Zone.COMMENT
        if _TAG_LINE.fullmatch(line.text):
            return Zone.TAGS
        if len(line.text) > 30 and not _TEASER_END.search(line.text) and not _BULLET.match(line.text):
            return Zone.CAPTION
        return Zone.BYLINE
    if _is_stamp(line, registers):
        return Zone.DATELINE if not marker else Zone.RELATED
    if marker:
        return Zone.TAGS if line.key.strip(" •-:").startswith(registers.page["tags"]) else Zone.RELATED
    return Zone.BYLINE


def _is_stamp(line: Line, registers: Registers) -> bool:
    """A line that says little but a date: "Thứ 5, 20/01/2022 | 00:00:00", "29/05/13 07:47 GMT+7", "1,296 lượt xem"."""
    if len(line.text) > 70:
        return False
    if any(word in line.key for word in ("lượt xem", "lượt đọc")):
        return True
    if not _DIGIT.search(line.text):
        return False
    dates = [d for d in find_stamps(line.text) if d.day and d.year is not None]
    if not dates:
        return False
    rest = line.key[: dates[0].start] + line.key[dates[-1].end :]
    for weekday in registers.page["weekdays"]:
        rest = rest.replace(weekday, "")
    rest = re.sub(r"\d{1,2}[:h]\d\d(?::\d\d)?|gmt|[ap]m|cập nhật|ngày đăng|đăng lúc|\W|\d", "", rest)
    return len(rest) < 6


def _is_caption(line: Line, registers: Registers) -> bool:
    if len(line.text) > 320:
        return False
    if _PHOTO.search(line.text):
        return True
    return len(line.text) < 200 and line.key.startswith(registers.page["caption"]) and not _END_MARK.search(line.text)


def _is_unpunctuated(line: Line) -> bool:
    """A caption or a subheading: short, and without the mark that ends a sentence."""
    return len(line.text) < 200 and line.text[-1] not in ".!?…:;,\"”'’)/" and not _BULLET.match(line.text)

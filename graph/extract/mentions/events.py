"""Read what an event is called: by a noun of the lexicon, or by a head and the word behind it ("lễ khởi động", "buổi ra mắt").

Reads: a `Scan` and a hit that may be an event's. Gives: the span of the name's noun, with the quotation mark that opens the name, and the
noun as a label. The verb behind it is never part of it.
"""

from __future__ import annotations

import re

from graph.extract.mentions.scan import Scan
from graph.model import MeetingRef, Span
from graph.registers.gazetteer import Category, Hit
from graph.registers.registers import Registers

_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)[ ]\Z")
_SYLLABLE = re.compile(r"[ ](?P<word>[^\W\d_]+)(?![\w-])")
_FIRST_SYLLABLE = re.compile(r"[ ][“\"«]?(?P<word>[^\W\d_]+)(?![\w-])")  # "lễ “Tôn vinh …”"
_QUOTES = '“"«'


class EventReader:
    """Reads nouns of events; needs the heads and stops of the lexicon."""

    def __init__(self, registers: Registers) -> None:
        self.heads = registers.meeting_heads
        self.ends = registers.meeting_ends

    def read(self, scan: Scan, hit: Hit) -> tuple[Span, MeetingRef] | None:
        """The event that a hit names; None where its head is no event here ("nghỉ lễ", "buổi sáng")."""
        entry = hit.entry(Category.MEETING)
        if entry is None:
            return None
        end = hit.end
        if entry.id in self.heads:
            told = self._opened(scan, hit, entry.id)
            if told is None:
                return None
            end = told
        start = hit.start - 1 if hit.start and scan.text[hit.start - 1] in _QUOTES else hit.start
        return (start, end), MeetingRef(entry.id if end == hit.end else scan.key[hit.start : end].replace('"', ""))

    def _opened(self, scan: Scan, hit: Hit, head: str) -> int | None:
        """Where the word behind an open head ends: two syllables, or one where the sentence goes on behind it."""
        row = self.heads[head]
        before = _WORD_BEFORE.search(scan.key, max(0, hit.start - 12), hit.start)
        first = _FIRST_SYLLABLE.match(scan.key, hit.end)
        if first is None or (before is not None and before["word"] in row["not_before"]) or scan.text[max(0, hit.start - 1) : hit.start] == "/":
            return None
        if first["word"] in row["not_behind"] or first["word"] in self.ends or scan.hit_at.get(first.start("word")) is not None:
            return None
        second = _SYLLABLE.match(scan.key, first.end())
        if second is None or second["word"] in self.ends or scan.hit_at.get(second.start("word")) is not None:
            return first.end()
        return second.end()

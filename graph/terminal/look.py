"""How this run prints: width, language, signs and colour, as the terminal and the user's options allow."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TextIO

from graph.model import PartialDate
from graph.registers.data import shipped
from graph.registers.strings import Words
from graph.terminal.outlet import FAINT, MARKS, PLAIN, STRONG
from graph.text.normalize import squeeze
from graph.text.visible import one_line, visible

_SIGNS = {
    "├─": "|-", "└─": "`-", "├┄": "|~", "└┄": "`~", "│": "|", "·": "-", "…": "...", "“": '"', "”": '"', "¶": "p", "≠": "!=", "→": "->", "↑": "^",
    "✓": "x", "–": "-", "─": "-", "×": "x",
}  # fmt: skip
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_LEAST_WIDTH = 40
_BEFORE = 18  # code points kept before the first number of a cut quote: "Chương trình số "


@dataclass(frozen=True, slots=True)
class Look:
    """What the output may use. `letters` is False where the encoding has no Vietnamese letters: they lose their marks then."""

    lang: str = "vi"
    width: int = 80
    ascii: bool = False
    color: bool = False
    full: bool = False
    letters: bool = True
    words: Words = field(default_factory=lambda: shipped().words)

    @classmethod
    def of(cls, stream: TextIO, lang: str, *, plain: bool = False, full: bool = False, environ: Mapping[str, str] = os.environ) -> Look:
        """The look of a stream: colour on a terminal alone and without NO_COLOR, ASCII signs where it isn't UTF-8."""
        unicode = (stream.encoding or "ascii").lower().replace("-", "") in ("utf8", "utf8sig")
        terminal = stream.isatty()
        width = max(_LEAST_WIDTH, shutil.get_terminal_size((80, 24)).columns) if terminal or "COLUMNS" in environ else 80
        return cls(lang, width, plain or not unicode, terminal and not environ.get("NO_COLOR"), full, unicode)

    def speaking(self, words: Words) -> Look:
        """The same look with other words: those of a graph that has relations of its own."""
        return replace(self, words=words)

    def say(self, key: str, **values: object) -> str:
        """Words of the interface in this run's language; values that are texts or paths stay on their line."""
        return self.words.say(key, self.lang, **{name: one_line(str(value)) if isinstance(value, str | Path) else value for name, value in values.items()})

    def signs(self, text: str) -> str:
        """The text with signs that this terminal has; quotes, numbers and Vietnamese letters stay where they can be shown."""
        if self.ascii:
            for sign, plain in _SIGNS.items():
                text = text.replace(sign, plain)
        if not self.letters:
            bare = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
            text = "".join(c if c.isascii() or c in MARKS else "?" for c in bare if not unicodedata.combining(c))
        return text

    def strong(self, text: str) -> str:
        """Text that stands out where colour is allowed; colour only adds."""
        return f"{STRONG}{text}{PLAIN}" if self.color else text

    def faint(self, text: str) -> str:
        """Text that steps back where colour is allowed."""
        return f"{FAINT}{text}{PLAIN}" if self.color else text

    def date(self, day: PartialDate | None) -> str:
        """ "25/10/2023" or "25 October 2023", as precise as it is known."""
        if day is None:
            return self.say("date.unknown")
        if self.lang == "en":
            return " ".join(str(part) for part in (day.day or "", _MONTHS[day.month - 1] if day.month else "", day.year) if part)
        return "/".join(part for part in (f"{day.day:02d}" if day.day else "", f"{day.month:02d}" if day.month else "", str(day.year)) if part)

    def number(self, value: float) -> str:
        """ "0,95" in Vietnamese, "0.95" in English."""
        text = f"{value:.2f}"
        return text.replace(".", ",") if self.lang == "vi" else text

    def cut(self, text: str, width: int) -> str:
        """One line of at most `width` characters; whole with `--full`."""
        line = visible(squeeze(text))
        return line if self.full or len(line) <= width else line[: max(0, width - 1)].rstrip() + "…"

    def quote(self, text: str, width: int, *ends: str) -> str:
        """A quoted sentence in quotation marks; one that is too long keeps the words around `ends` (two numbers, say) with "…" between."""
        line = visible(squeeze(text))
        room = width - 2
        if self.full or len(line) <= room:
            return f"“{line}”"
        spans = sorted((at, at + len(end)) for end in ends if end and (at := line.find(end)) >= 0)
        return f"“{_excerpt(line, spans, room)}”" if spans else f"“{self.cut(line, room)}”"


def _excerpt(line: str, spans: list[tuple[int, int]], room: int) -> str:
    """The first and the last span with as many words before each as there is room for."""
    (first, first_end), (last, last_end) = spans[0], spans[-1]
    signs = len("…… … ")
    before = max(0, min(_BEFORE, room - signs - (first_end - first) - (last_end - last)))
    start = 0 if first <= before else line.find(" ", first - before, first) + 1 or first
    if last_end - start + 2 <= room or last <= first_end:
        cut = line[start : start + room - 2]
        return ("…" if start else "") + cut.rstrip() + ("…" if start + len(cut) < len(line) else "")
    left = line[start:first_end]
    rest = max(0, room - len(left) - signs - (last_end - last))
    again = line.find(" ", max(first_end, last - rest), last) + 1 or last
    text = f"{'…' if start else ''}{left} … {line[again:last_end]}{'…' if line[last_end:].strip('.;, ') else ''}"
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"

"""Undo what press, portals and scans do to a text, before anything is read, and tell where all of it stood.

Reads: NFC text, the registers and `data/lexicon/page.yaml`. Gives: a `Mended` text: look-alike and invisible characters, numbers broken over
lines, torn letters, glued sentences, letterheads flattened from tables. A text without such damage stays the very same object. What is kept
and quoted is the text as it came: `as_kept` turns a reading back to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.model import Extraction, Span
from graph.reading.letterhead import columns_in_turn
from graph.reading.tornnumbers import find_torn_numbers
from graph.registers.gazetteer import Category
from graph.registers.registers import Registers
from graph.text.characters import find_invisible, plain_letters, word_before, word_behind
from graph.text.docnumbers import find_broken
from graph.text.edits import Edit, Mended
from graph.text.names import is_syllable
from graph.text.normalize import LOWER, UPPER, key

_QUOTE = 600  # longest quote in code points (DESIGN.md 5)
_HEADING = re.compile(rf"(?:^|(?P<inside>[ ]+))(?P<mark>[#]{{1,6}}[ ]+)(?=[{UPPER}]{{2}})|(?P<bold>\*\*)(?=[{UPPER}]{{2}}[^*\n]*\*\*|[ ]*$)", re.MULTILINE)
_ACCENTED = re.compile(r"[^\x00-\x7f]")
_VOWELLED = re.compile(r"[aeiouyăâêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
# "KT.CHỦ TỊCH": a space is missing. "… VT. KT. CHỦ TỊCH", "./. Nơi nhận:": what begins a line stands behind the end of another.
_SIGN = re.compile(rf"\.(?=[{UPPER}]{{2,}}[ ][{UPPER}])(?:(?<=\W(?:KT|TM|TL)\.)|(?<=\W(?:TUQ|K/T|T/M|T/L)\.)|(?<=\WT/UQ\.))")
_CLOSE = re.compile(rf"[ ](?<=[.;:/][ ])[ ]*(?=(?:KT|TM|TL|TUQ)\.[ ]?[{UPPER}]{{2,}}[ ][{UPPER}]{{2,}}|Nơi[ ]nhận[ ]?:)")
_CLOSING = ("KT.", "K/T.", "TM.", "T/M.", "TL.", "T/L.", "TUQ.", "T/UQ.", "Nơi nhận")  # asked first: one look for each is quicker than the pattern
_DAY = re.compile(r"gày(?=\d{1,2}\D)")  # "ngày05"
# "NamTới", "hảiỞ phía", "2024Tới", "PVTới", "(Ảnh: H.N)Tới": a capital that begins a word, directly behind what ends one.
_GLUED = re.compile(rf"[{UPPER}](?:(?=[{LOWER}])(?<=[{LOWER}{UPPER}\d)”].)|(?=[ ])(?<=[{LOWER}\d)”].))")
# The space in "N gày", "kh ông": behind what opens a syllable and stands alone, before the rest of one. In "Đặ ng", "tị ch": behind a syllable,
# before an end that is no word. "5 m ở" is a measure, "điểm đ" an item. The search skips from space to space.
_OPENS = '[ \\n\\t\\xa0(“"]'
_TORN = re.compile(
    rf"[ ](?:(?:(?<={_OPENS}[BbCcDdĐđGgHhKkLlMmNnPpRrSsTtVvXxỦ][ ])|(?<={_OPENS}[NnCcTtKkGgPpQq][gGhHrRiIuU][ ]))"
    rf"(?P<rest>[{LOWER}]{{1,6}}|[{UPPER}]{{1,6}})(?!\w)|(?P<coda>ch|n[gh])(?![\w.)/]))"
)
_TORN_FIRST = re.compile(rf"[BCDĐGHKLMNPRSTVXỦ][ ](?P<rest>[{LOWER}]{{1,6}}|[{UPPER}]{{1,6}})(?!\w)")  # at the very beginning of a text
_PHRASE = 60  # letters that a torn word is known by


def mend(text: str, registers: Registers) -> Mended:
    """The text as it was before it was damaged."""
    mended = Mended(text, text).respelled(plain_letters(text))
    mended = mended.edited(find_invisible(mended.text))
    mended = columns_in_turn(mended)
    mended = mended.edited(_headings(mended.text))
    mended = mended.edited(find_broken(mended.text))
    mended = mended.edited(find_torn_numbers(mended.text, registers))
    mended = mended.edited(_torn(mended.text, registers))
    mended = mended.edited(_glued(mended.text, registers))
    mended = mended.edited(_days(mended.text))
    return mended.edited(_close(mended.text))


def as_kept(extraction: Extraction) -> Extraction:
    """A reading with all its offsets in the text as it is kept."""
    document = extraction.document
    kept = document.kept
    if kept is None:
        return extraction

    def quotes(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        turned = (kept.span(span) for span in spans)
        return tuple(dict.fromkeys((start, min(end, start + _QUOTE)) for start, end in turned))

    referents = {id(r): replace(r, spans=quotes(r.spans)) for r in extraction.referents}
    relations = tuple(
        replace(r, subject=referents[id(r.subject)], object=referents[id(r.object)], spans=quotes(r.spans)) for r in extraction.relations
    )  # fmt: skip
    mentions = []
    for mention in extraction.mentions:
        start, end = kept.span(mention.span)
        mentions.append(replace(mention, start=start, end=end, text=kept.text[start:end]))
    sections = [(kept.span((s.start, s.end)), s) for s in document.sections]
    sentences = [(kept.span((s.start, s.end)), s) for s in document.sentences]
    told = replace(
        document, text=kept.text, kept=None, sections=tuple(replace(s, start=a, end=b) for (a, b), s in sections),
        sentences=tuple(replace(s, start=a, end=b) for (a, b), s in sentences),
    )  # fmt: skip
    return replace(extraction, document=told, referents=tuple(referents.values()), relations=relations, mentions=tuple(mentions))


def _headings(text: str) -> Iterator[Edit]:
    """Marks of Markdown before and around words in capitals; one inside a line begins a line of its own."""
    if "#" not in text and "**" not in text:
        return
    for match in _HEADING.finditer(text):
        yield match.start(), match.end(), "\n" if match["inside"] else ""


# ---- sentences that lost what parted them


def _glued(text: str, registers: Registers) -> Iterator[Edit]:
    """ "Ảnh: Hải NamTới dự": a full stop where two sentences meet, a space where a title meets a name ("ôngLê Văn An")."""
    for match in _GLUED.finditer(text):
        position = match.start()
        before, behind = word_before(text, position), word_behind(text, position)
        initial = len(before) == 1 and text[max(0, position - 2) : position - 1] == "."
        if not _are_two("" if initial else before, behind):
            continue
        named = (not before or before.islower() or before.isupper()) and _begins_a_name(text, position, behind, registers)
        yield position, position, " " if named else ".\n"


def _close(text: str) -> Iterator[Edit]:
    if not any(sign in text for sign in _CLOSING):
        return
    edits: list[Edit] = [(match.end(), match.end(), " ") for match in _SIGN.finditer(text)]
    edits += [(match.start(), match.end(), "\n") for match in _CLOSE.finditer(text)]
    yield from sorted(edits)


def _days(text: str) -> Iterator[Edit]:
    for match in _DAY.finditer(text):
        yield match.end(), match.end(), " "


def _are_two(before: str, behind: str) -> bool:
    """Whether letters are two words of Vietnamese rather than a name such as "VinFa" or "VietNamNet"."""
    if not is_syllable(behind):
        return False
    if before.isupper():
        return len(before) > 1 and len(behind) > 1 and _ACCENTED.search(behind) is not None
    if not (before[1:] + "a").islower():
        return False
    if _ACCENTED.search(behind):
        return not before or (len(before) > 1 and _VOWELLED.search(before) is not None)
    return len(behind) > 1 and bool(before) and _ACCENTED.search(before) is not None and is_syllable(before)


def _begins_a_name(text: str, position: int, syllable: str, registers: Registers) -> bool:
    second = text[position + len(syllable) + 1 : position + len(syllable) + 2]
    if registers.surname_risk(syllable) == "low" and second.isupper():
        return True
    hit = _hit(text[position : position + _PHRASE], registers)
    return hit is not None and hit[0] is Category.PROVINCE


# ---- letters that a scan tore apart


def _torn(text: str, registers: Registers) -> Iterator[Edit]:
    """The spaces inside words, left to right."""
    first = _TORN_FIRST.match(text)
    if first is not None and _is_torn_onset(text, 1, first["rest"], registers):
        yield 1, 2, ""
    for match in _TORN.finditer(text):
        gap = match.start()
        if _is_torn_end(text, gap, match["coda"]) if match["coda"] else _is_torn_onset(text, gap, match["rest"], registers):
            yield gap, gap + 1, ""


def _is_torn_onset(text: str, gap: int, rest: str, registers: Registers) -> bool:
    onset = word_before(text, gap)
    if not is_syllable(onset + rest) or (onset.isupper() and len(onset) > 1 and not rest.isupper()):
        return False
    phrase = onset + text[gap + 1 : gap + _PHRASE]
    start = gap - len(onset)
    if text[max(0, start - 2) : start - 1].isdigit():
        return _is_before_figures(phrase, registers)
    # "TH", "NH" and the like are abbreviations too, "Th" and "ng" are nothing by themselves.
    if len(onset) > 1 and not onset.isupper() and _VOWELLED.match(rest) and not _VOWELLED.search(onset):
        return True
    return _is_known(phrase, registers)


def _is_torn_end(text: str, gap: int, coda: str) -> bool:
    following = word_behind(text, gap + len(coda) + 2)
    return is_syllable(word_before(text, gap) + coda) and not (following.islower() and is_syllable(coda + following))


def _is_known(phrase: str, registers: Registers) -> bool:
    """Whether a phrase begins with what `page.yaml` or a register knows, or with a surname that a name follows."""
    lowered = key(phrase)
    for words in registers.page["torn"]:
        if lowered.startswith(words) and not lowered[len(words) : len(words) + 1].isalpha():
            return True
    if _is_before_figures(phrase, registers):
        return True
    first, _, rest = phrase.partition(" ")
    if first[:1].isupper() and rest[:1].isupper() and rest[1:2].islower() and registers.surname_risk(first) is not None:
        return True
    hit = _hit(phrase, registers)
    return hit is not None and hit[0] is not Category.OTHER and " " in phrase[: hit[1]]


def _is_before_figures(phrase: str, registers: Registers) -> bool:
    first, _, rest = phrase.partition(" ")
    return key(first) in registers.page["before_figures"] and rest[:1].isdigit()


def _hit(phrase: str, registers: Registers) -> tuple[Category, int] | None:
    """What a register knows at the beginning of a phrase, and where it ends."""
    hit = next(registers.gazetteer.find(phrase, key(phrase), any_case=True), None)
    return (hit.entries[0].category, hit.end) if hit is not None and hit.start == 0 else None

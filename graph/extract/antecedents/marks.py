"""The marks under which rules see each sentence: bare titles and short names become persons where the source tells whom they mean.

Reads: the mentions of a source, its people and citations. Gives: `Line`s, one for each sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from graph.extract.antecedents.citations import Citations
from graph.extract.antecedents.people import People
from graph.extract.masking import Marked, Masked, mask
from graph.extract.mentions.found import BareTitle, SentenceMentions
from graph.extract.mentions.scan import Scan
from graph.model import Kind, Mention, PersonRef, Sentence, Span, Value

_PLURAL = re.compile(r"(?:các|những|nhiều|một số|mỗi|từng) \Z")
_TO_POST = re.compile(r"(?:giữ chức|chức vụ|chức danh|cương vị|làm|chức|nhiệm vụ|bổ nhiệm|vào vị trí|vị trí|là)\s\Z")


@dataclass(frozen=True)
class Line:
    """A sentence with all that it names, and with the marks that rules see in place of it."""

    named: SentenceMentions
    sentence: Sentence
    span: Span
    marks: tuple[Marked, ...]
    text_key: str  # key of the whole text

    @cached_property
    def masked(self) -> Masked:
        """The sentence as rules match it."""
        return mask(self.text_key, self.span, self.marks)

    def has(self, kind: Kind) -> bool:
        """Whether a mark of the kind stands in the sentence."""
        return any(marked.kind is kind for marked in self.marks)


def marked_line(scan: Scan, named: SentenceMentions, people: People, citations: Citations, *, official: bool) -> Line:
    """The line of a sentence; in an official document "Quyết định này" is the silent subject of all that it says, and no mark."""
    span = (named.sentence.start, named.sentence.end)
    if not (named.mentions or named.bare or named.short):
        return Line(named, named.sentence, span, (), scan.key)
    marks = [m for mention in named.mentions if (m := _mark(mention, people, citations, official=official)) is not None]
    marks.extend(_bare_mark(scan, bare, people) for bare in named.bare)
    marks.extend(_short_marks(scan, named, people))
    marks.sort(key=lambda m: m.mention.span)
    return Line(named, named.sentence, span, tuple(marks), scan.key)


def _mark(mention: Mention[Value], people: People, citations: Citations, *, official: bool) -> Marked | None:
    if isinstance(mention.value, PersonRef):
        return Marked(Kind.OFFICIAL if people.knows(mention.value.name) else Kind.POST, mention)
    if mention.kind is Kind.DIRECTIVE and (mention.span not in citations.meant or (mention.rule == "this" and official)):
        return None
    return Marked(mention.kind, mention)


def _short_marks(scan: Scan, named: SentenceMentions, people: People) -> Iterator[Marked]:
    for short in named.short:
        found = people.by_short_name(scan.text[slice(*short.name)])
        if found is not None:
            yield Marked(Kind.OFFICIAL, Mention.at(scan.text, Kind.OFFICIAL, short.phrase, PersonRef(found.name), "short-name"))


def _bare_mark(scan: Scan, bare: BareTitle, people: People) -> Marked:
    span = (bare.start, bare.end)
    before = scan.key[max(0, bare.start - 16) : bare.start]
    holder = people.by_title(bare) if not (_TO_POST.search(before) or _PLURAL.search(before)) else None
    if holder is None:
        return Marked(Kind.POST, Mention.at(scan.text, Kind.POST, span, bare.post, "bare-title"))
    person, chosen = holder
    return Marked(Kind.OFFICIAL, Mention.at(scan.text, Kind.OFFICIAL, span, PersonRef(person.name), "bare-title"), inferred=chosen)

"""Gather all mentions of a document, sentence by sentence, and settle which one owns a stretch of text.

Reads: a `Scan`. Gives: `Found`, with documents, persons, bare titles, bodies, meetings, awards and places, none overlapping.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from graph.extract.mentions.agencies import AgencyReader
from graph.extract.mentions.citing import Citing
from graph.extract.mentions.directives import DirectiveReader
from graph.extract.mentions.events import EventReader
from graph.extract.mentions.found import BareTitle, Found, SentenceMentions, ShortName
from graph.extract.mentions.people import PeopleReader, Phrase
from graph.extract.mentions.scan import Scan
from graph.extract.mentions.titles import TitleReader
from graph.extract.rulebook import RuleBook
from graph.model import AgencyRef, AwardRef, DirectiveRef, Kind, Mention, Sentence, Span, Value
from graph.registers.gazetteer import Category
from graph.registers.registers import AgencyEntry, Registers
from graph.text.dates import WrittenDate
from graph.text.normalize import key

T = TypeVar("T")

_GROUP_GOES_ON = (
    r"(?:,? (?:ban,? ngành|ngành|cơ quan|ban|sở|bộ|trung ương|liên quan))*+"
    r"(?:\s?:\s?|[^.;:,]{0,60}? (?:là|gồm|gồm có|bao gồm):?\s)"
)
_IN_ROW = re.compile(r"\s?(?:,|-|;|và)\s?(?:(?:và|các|lãnh đạo|đại diện|thường trực)\s)*+")
_NEXT_ITEM = re.compile(r"\s?(?:,|;|và|,\s?và)\s?")
_PLACE_CUE = re.compile(
    r"(?:tại|ở|của|trên địa bàn)\s(?:tỉnh |thành phố |tp\.? ?|điểm cầu |điểm cầu tỉnh |địa bàn tỉnh )?\Z|(?:tỉnh|thành phố|tp\.?|điểm cầu)\s?\Z"
)


class _SentenceBuilder:
    """A sentence while its mentions are gathered; whoever comes first owns a stretch.

    Which code points are taken is kept in a map: one look costs the length of the span, however many mentions there are.
    """

    def __init__(self, scan: Scan, sentence: Sentence, directives: Iterable[Mention[DirectiveRef]], phrases: Iterable[Phrase]) -> None:
        self._text = scan.text
        self._sentence = sentence
        self._taken = bytearray(sentence.end - sentence.start)
        self._mentions: list[Mention[Value]] = []
        self._bare: list[BareTitle] = []
        self._short: list[ShortName] = []
        for mention in directives:
            self._own(mention)
        for phrase in phrases:
            if isinstance(phrase, Mention):
                self._own(phrase)
            elif isinstance(phrase, BareTitle):
                self._bare.append(phrase)
                self._take((phrase.start, phrase.end))
            else:
                self._short.append(phrase)
                self._take(phrase.phrase)

    def free(self, span: Span) -> bool:
        """Whether no mention owns any part of the span."""
        offset = self._sentence.start
        return self._taken.find(1, max(0, span[0] - offset), max(0, span[1] - offset)) < 0

    def add(self, kind: Kind, span: Span, value: Value, rule: str) -> None:
        """Add a mention where its span is free."""
        if self.free(span):
            self._own(Mention.at(self._text, kind, span, value, rule))

    def _own(self, mention: Mention[Value]) -> None:
        self._mentions.append(mention)
        self._take(mention.span)

    def _take(self, span: Span) -> None:
        offset = self._sentence.start
        start, end = max(0, span[0] - offset), min(len(self._taken), span[1] - offset)
        self._taken[start:end] = b"\1" * (end - start)

    def build(self) -> SentenceMentions:
        """The sentence with its mentions in order."""
        return SentenceMentions(self._sentence, tuple(sorted(self._mentions, key=lambda m: m.span)), tuple(self._bare), tuple(self._short))


class MentionReader:
    """The parsers of all kinds, together."""

    def __init__(self, registers: Registers, book: RuleBook) -> None:
        self.registers = registers
        self.agencies = AgencyReader(registers)
        titles = TitleReader(registers, self.agencies)
        self.people = PeopleReader(registers, titles)
        self.events = EventReader(registers)
        self.citing = Citing(registers, book, self.agencies, titles)
        self.directives = DirectiveReader(registers, self.citing)
        self._groups = {key(head): _members(registers, head) for head in registers.names["listed_heads"]}
        self._group = re.compile(rf"(?:các |\d{{1,2}} )(?P<head>{'|'.join(re.escape(head) for head in self._groups)}){_GROUP_GOES_ON}")

    def read(self, scan: Scan) -> Found:
        """All mentions of a scanned document."""
        directives = self.directives.read(scan)
        every: list[tuple[Span, AgencyRef]] = []
        for hit in scan.of(Category.AGENCY):
            if hit.entry(Category.POST) is None:
                agency = self.agencies.read(scan, hit)
                if agency is not None:
                    every.append(((hit.start, agency[1]), agency[0]))
        documents, bodies = _Ordered(directives, [d.start for d in directives]), _Ordered(every, [span[0] for span, _ in every])
        dates = _Ordered(scan.dates, [d.start for d in scan.dates])
        found_groups = list(self._group.finditer(scan.key))
        groups = _Ordered(found_groups, [m.start() for m in found_groups])
        sentences = (self._sentence(scan, s, documents.within(s), bodies.within(s), dates.within(s), groups.within(s)) for s in scan.document.sentences)
        return Found(tuple(sentences), directives, every)

    def _sentence(
        self, scan: Scan, sentence: Sentence, own: Sequence[Mention[DirectiveRef]], agencies: Sequence[tuple[Span, AgencyRef]],
        dates: Sequence[WrittenDate], groups: Sequence[re.Match[str]],
    ) -> SentenceMentions:  # fmt: skip
        hits = scan.hits_in(sentence.start, sentence.end)
        if not (hits or own or dates or groups or scan.names_in(sentence.start, sentence.end)):
            return SentenceMentions(sentence)
        builder = _SentenceBuilder(scan, sentence, own, self.people.read(scan, sentence.start, sentence.end, [d.span for d in own]))
        for span, agency in self._members_in(scan, sentence, groups):
            builder.add(Kind.AGENCY, span, agency, "group")
        for span, agency in self._leveled(scan, [a for a in agencies if builder.free(a[0])]):
            builder.add(Kind.AGENCY, span, agency, "agency")
        for hit in hits:
            span = (hit.start, hit.end)
            if not builder.free(span):
                continue
            meeting, award, province = self.events.read(scan, hit), hit.entry(Category.AWARD), hit.entry(Category.PROVINCE)
            if meeting is not None:
                builder.add(Kind.MEETING, *meeting, "meeting")
            elif award is not None:
                builder.add(Kind.AWARD, span, AwardRef(award.id), "award")
            elif province is not None and _PLACE_CUE.search(scan.key[max(0, hit.start - 26) : hit.start]):
                builder.add(Kind.PROVINCE, span, province.id, "province")
        for written in dates:
            date = written.resolve()
            builder.add(Kind.DATE, (written.start, written.end), date if date is not None else "", "date")
        return builder.build()

    def _leveled(self, scan: Scan, agencies: list[tuple[Span, AgencyRef]]) -> list[tuple[Span, AgencyRef]]:
        """Bodies in a row share the level that the last one names: "HĐND, UBND, Ủy ban MTTQ Việt Nam tỉnh"."""
        leveled: list[tuple[Span, AgencyRef]] = []
        outer = [a for i, a in enumerate(agencies) if not any(a[0][0] < other[0][1] for other in agencies[max(0, i - 2) : i])]
        for span, agency in reversed(outer):
            own = agency
            if leveled:
                (start, _), behind = leveled[-1]
                if _IN_ROW.fullmatch(scan.key, span[1], start) is not None:
                    own = self._with_level(agency, behind)
            leveled.append((span, own))
        leveled.reverse()
        return leveled

    def _with_level(self, agency: AgencyRef, behind: AgencyRef) -> AgencyRef:
        if agency.parent is not None:
            return replace(agency, parent=self._with_level(agency.parent, behind))
        entry = self.registers.agencies.get(agency.entry)
        if agency.level or agency.place or entry is None or entry.scope != "local" or "L" not in entry.tail or not behind.level:
            return agency
        return replace(agency, level=behind.level, place=behind.place, province=behind.province)

    def _members_in(self, scan: Scan, sentence: Sentence, groups: Iterable[re.Match[str]]) -> Iterator[tuple[Span, AgencyRef]]:
        """Members of "các bộ: Công an, Quốc phòng, …", each with its head put back."""
        for match in groups:
            names = self._groups[match["head"]]
            position = match.end()
            while position < sentence.end:
                best = max(
                    (n for n in names if scan.key.startswith(n, position) and not scan.key[position + len(n) : position + len(n) + 1].isalnum()),
                    key=len,
                    default=None,
                )
                if best is None:
                    break
                end = position + len(best)
                yield (position, end), AgencyRef(names[best].name, entry=names[best].id)
                joint = _NEXT_ITEM.match(scan.key, end)
                if joint is None:
                    break
                position = joint.end()


def _members(registers: Registers, head: str) -> dict[str, AgencyEntry]:
    """Names of bodies without their head, in key form: "công an" of "Bộ Công an"."""
    found: dict[str, AgencyEntry] = {}
    for agency in registers.agencies.values():
        if agency.scope == "unique" or head == "Sở":
            for name in (agency.name, *agency.aliases):
                if name.startswith(f"{head} "):
                    found.setdefault(key(name.removeprefix(f"{head} ")), agency)
    return found


class _Ordered(Generic[T]):
    """Items by where they start, with those starts beside them: two binary searches find what a sentence holds."""

    def __init__(self, items: Sequence[T], starts: list[int]) -> None:
        self._items = items
        self._starts = starts

    def within(self, sentence: Sentence) -> Sequence[T]:
        """The items that start inside the sentence."""
        return self._items[bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)]

"""A source as read: its day and place, its people and the documents that it cites, each settled before any relation is looked for.

Reads: a `Scan` and all mentions found in it. Gives: a `Reading`, which nothing changes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from graph.extract.antecedents.chronology import Chronology, chronology
from graph.extract.antecedents.citations import Citations, CitationsBuilder, Cited
from graph.extract.antecedents.hosts import host
from graph.extract.antecedents.locality import Locality, locality
from graph.extract.antecedents.marks import Line, marked_line
from graph.extract.antecedents.own_number import OwnNumber, own_document
from graph.extract.antecedents.people import People, PeopleBuilder, Person
from graph.extract.antecedents.province import Place, place
from graph.extract.masking import Marked
from graph.extract.mentions.citing import Citing
from graph.extract.mentions.found import BareTitle, Found, SentenceMentions
from graph.extract.mentions.scan import Scan
from graph.extract.quotes import clip
from graph.extract.rulebook import RuleBook
from graph.model import AgencyRef, AwardRef, DirectiveRef, Document, Genre, Kind, Mention, PersonRef, PostRef, Span, Value, Zone, names, province_of
from graph.registers.gazetteer import Category
from graph.registers.registers import Registers

_AT_PLACE = re.compile(r"(?<![^\W_] )(?<![^\W_])(?:tại|ở) (?:tỉnh |thành phố |tp\.? ?)?")
_COLON = re.compile(r"\s?:|(?P<word>\s(?:là|gồm)(?:\scác)?(?:\s(?:ông|bà|đồng chí))?(?=\s))")
_OF_SEVERAL = re.compile(r"(?<!\w)(?:các|những|cả|hai|ba|bốn|0?[2-9])\s\Z")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source tells of itself, and its sentences with marks for all that they name."""

    scan: Scan
    own: OwnNumber | None  # of an official document
    chronology: Chronology
    place: Place
    locality: Locality
    people: People
    citations: Citations
    lines: tuple[Line, ...]
    citing: Citing
    book: RuleBook
    _starts: tuple[int, ...]  # of the lines

    @property
    def document(self) -> Document:
        """The source."""
        return self.scan.document

    @property
    def registers(self) -> Registers:
        """The registers that it is read with."""
        return self.scan.registers

    @property
    def own_cited(self) -> Cited | None:
        """An official document among the documents that it cites."""
        return self.citations.at(self.own.mention.span) if self.own is not None else None

    @property
    def spoken(self) -> Iterator[Line]:
        """The lines that rules read: all that name something, but for head and foot of an official document."""
        for line in self.lines:
            if line.marks and (self.own is None or line.sentence.zone not in (Zone.LETTERHEAD, Zone.SIGNATURE)):
                yield line

    def clip(self, span: Span, around: int) -> Span:
        """A stretch as a quote: itself, or a window around a position where it is too long."""
        return clip(self.scan.text, span, around)

    def line_at(self, position: int) -> Line | None:
        """The line over a position."""
        index = bisect_right(self._starts, position) - 1
        return self.lines[index] if index >= 0 and position < self.lines[index].sentence.end else None

    def meant(self, marked: Marked) -> Cited | Person | AgencyRef | AwardRef | None:
        """Whom or what a mark stands for: a document, an award, an official, a body; None where it names nobody definite."""
        value = marked.mention.value
        if isinstance(value, DirectiveRef):
            return self.citations.at(marked.mention.span)
        if isinstance(value, AwardRef):
            return value
        office = self._office(marked.mention) if marked.mention.rule == "bare-title" else None
        return office if office is not None else self.actor(marked)

    def actor(self, marked: Marked) -> Person | AgencyRef | None:
        """The official or body that a mark stands for; None where it names nobody definite."""
        value = marked.mention.value
        if isinstance(value, PersonRef) and marked.kind is Kind.OFFICIAL:
            return self.people.named(value.name)
        if isinstance(value, AgencyRef):
            return self._definite(value)
        return self._office(marked.mention) if isinstance(value, PostRef) and value.agency is not None else None

    def body_of(self, marked: Marked) -> AgencyRef | None:
        """The body for which an office acts: "Bộ trưởng Bộ Y tế ban hành" means the ministry."""
        found = self.citing.issuer_at(self.scan, marked.mention.start)
        return self._definite(found[0]) if found is not None else None

    def _definite(self, agency: AgencyRef) -> AgencyRef | None:
        filled = self.locality.fill(agency)[0]
        return filled if self.locality.is_definite(filled) else None

    def _office(self, mention: Mention[Value]) -> AgencyRef | None:
        """An office that acts as a body of its own: "Bằng khen của Thủ tướng Chính phủ"."""
        found = self.citing.issuer_at(self.scan, mention.start)
        return found[0] if found is not None and found[0].entry in self.registers.offices else None


def read(scan: Scan, found: Found, citing: Citing) -> Reading:
    """The reading of a source by its mentions alone; `settled` adds what sentences say of people and documents."""
    own = own_document(scan, found, citing) if scan.document.genre is Genre.OFFICIAL else None
    when = chronology(scan, [d.span for d in found.directives])
    where = place(scan, found.agencies)
    local = locality(scan, found.agencies, where, when)
    citations = _citations(found, own, CitationsBuilder(local, when))
    people = _people(scan, found, own, PeopleBuilder(local, host(scan, found.sentences, found.agencies, local)), alone=where.province is None)
    lines = tuple(marked_line(scan, sentence, people, citations, official=own is not None) for sentence in found.sentences)
    return Reading(scan, own, when, where, local, people, citations, lines, citing, citing.book, tuple(line.span[0] for line in lines))


def _citations(found: Found, own: OwnNumber | None, builder: CitationsBuilder) -> Citations:
    mention = own.mention if own is not None else None
    inside = mention.span if mention is not None and mention.rule == "own-number" else (0, 0)
    builder.read([d for d in found.directives if not (d.start < inside[1] and inside[0] < d.end)], mention)
    return builder.build()


def _people(scan: Scan, found: Found, own: OwnNumber | None, builder: PeopleBuilder, *, alone: bool) -> People:
    """alone: whether no place of the whole source tells where the bodies of a sentence are."""
    for sentence in found.sentences:
        if own is not None and own.signers and sentence.sentence.zone is Zone.SIGNATURE:
            continue
        for mention, here in _placed_persons(sentence, alone=alone):
            opening = _opening_place(scan, sentence, mention.start)
            builder.add(mention, opening if opening is not None else here)
        for name, bare, span in _row_members(scan, sentence):
            builder.appoint(name, bare, span)
    for signer in own.signers if own is not None else ():
        builder.add(signer)
    return builder.build()


def _placed_persons(sentence: SentenceMentions, *, alone: bool) -> Iterator[tuple[Mention[PersonRef], str | None]]:
    """The persons of a sentence, where no other place is told each with the one province of the bodies named before."""
    before: set[str] = set()
    for mention in sentence.mentions:
        if names(mention, PersonRef):
            yield mention, next(iter(before)) if len(before) == 1 and alone else None
        elif isinstance(mention.value, AgencyRef) and (province := province_of(mention.value)) is not None:
            before.add(province)


def _opening_place(scan: Scan, sentence: SentenceMentions, before: int) -> str | None:
    """The province that opens a sentence or a clause behind a quotation: "Tại Quảng Trị, ông …"."""
    opening = next(_AT_PLACE.finditer(scan.key, max(sentence.sentence.start, before - 60), before), None)
    hit = scan.hit(opening.end(), Category.PROVINCE) if opening is not None else None
    if hit is None or scan.text[hit.end : hit.end + 1] != ",":
        return None
    entry = hit.entry(Category.PROVINCE)
    return entry.id if entry is not None else None


def _row_members(scan: Scan, sentence: SentenceMentions) -> Iterator[tuple[str, BareTitle, Span]]:
    """ "các Ủy viên Bộ Chính trị: A, B, C": each of the row, named at the span, holds the title before the colon."""
    for bare in sentence.bare:
        colon = _COLON.match(scan.key, bare.end) if _OF_SEVERAL.search(scan.key, max(0, bare.start - 10), bare.start) is not None else None
        if colon is None:
            continue
        stop = scan.text.find(";", bare.end, sentence.sentence.end)
        stop = stop if stop != -1 else sentence.sentence.end
        for mention in sentence.mentions:
            if isinstance(mention.value, PersonRef) and bare.end <= mention.start < stop:
                if colon["word"] and mention.value.posts:
                    break  # "hai Phó Chủ tịch là A và B, Giám đốc C": the row of the title is over
                yield mention.value.name, bare, mention.span

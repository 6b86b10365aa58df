"""One source as read so far: its mentions, people and citations, and the marks under which rules see each sentence.

Reads: a `Document`, the registers and the parsers. Gives: a `Source`, which the stages behind it add facts to.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from graph.extract import instrument
from graph.extract.agencies import THE_MINISTRY
from graph.extract.antecedents import Locality, People, locality
from graph.extract.citations import Citations, Cited
from graph.extract.context import Chronology, Place, chronology, place
from graph.extract.facts import Fact, Thing, clip, province_of
from graph.extract.masking import Marked
from graph.extract.mentions import Found, MentionReader, SentenceMentions
from graph.extract.people import BareTitle
from graph.extract.scan import Scan, scan
from graph.model import AgencyRef, AwardRef, Document, Genre, Kind, Mention, PersonRef, PostRef, Span, Zone
from graph.registers.gazetteer import Category
from graph.registers.registers import Registers
from graph.text.normalize import key

_AT_PLACE = re.compile(r"(?<![^\W_] )(?<![^\W_])(?:tại|ở) (?:tỉnh |thành phố |tp\.? ?)?")
_PLURAL = re.compile(r"(?:các|những|nhiều|một số|mỗi|từng) \Z")
_TO_POST = re.compile(r"(?:giữ chức|chức vụ|chức danh|cương vị|làm|chức|nhiệm vụ|bổ nhiệm|vào vị trí|vị trí|là)\s\Z")


class Source:
    """The reading of one document; its state lives as long as the call."""

    def __init__(self, readers: MentionReader, document: Document) -> None:
        self.registers: Registers = readers.registers
        self.readers = readers
        self.document = document
        self.scan: Scan = scan(document, self.registers)
        self.found: Found = readers.read(self.scan)
        self.chronology: Chronology = chronology(self.scan, [d.span for d in self.found.directives])
        self.place: Place = place(self.scan, self.found.agencies)
        self.locality: Locality = locality(self.scan, self.found.agencies, self.place, self.chronology)
        self.own = instrument.own_document(self.scan, self.found, readers) if document.genre is Genre.OFFICIAL else None
        self.people = People(self.registers, self.locality)
        self.citations = Citations(self.locality, self.chronology, self.scan)
        self.facts: list[Fact] = []
        self._read_antecedents()
        self.marked: list[list[Marked]] = [self._marks(s) for s in self.found.sentences]

    @property
    def own_cited(self) -> Cited:
        """The document itself, among the documents that it cites; only for official documents."""
        assert self.own is not None
        return self.citations.meant[self.own.mention.span]

    def clip(self, span: Span, around: int) -> Span:
        """A stretch as a quote: itself, or a window around a position where it is too long."""
        return clip(self.scan.text, span, around)

    # ---- antecedents and marks

    def _read_antecedents(self) -> None:
        own = None
        directives = self.found.directives
        if self.own is not None:
            own = self.own.mention
            directives = [d for d in directives if not (d.start < own.end and own.start < d.end and self.own.mention.rule == "own-number")]
        self.citations.read(directives, own)
        for sentence in self.found.sentences:
            if self.own is not None and self.own.signers and sentence.sentence.zone is Zone.SIGNATURE:
                continue
            named: set[str] = set()  # provinces of the bodies that the sentence has named so far
            for mention in sentence.mentions:
                if mention.kind is Kind.OFFICIAL:
                    own_place = next(iter(named)) if len(named) == 1 and self.place.province is None else None
                    self.people.add(mention, self._opening_place(sentence, mention.start) or own_place)
                elif isinstance(mention.value, AgencyRef) and (province := province_of(mention.value)) is not None:
                    named.add(province)
            self._group_titles(sentence)
        for signer in self.own.signers if self.own is not None else ():
            self.people.add(signer)
        self.people.settle()

    def _opening_place(self, sentence: SentenceMentions, before: int) -> str | None:
        """The province that opens a sentence or a clause behind a quotation: "Tại Quảng Trị, ông …"."""
        opening = next(_AT_PLACE.finditer(self.scan.key, max(sentence.sentence.start, before - 60), before), None)
        hit = self.scan.hit(opening.end(), Category.PROVINCE) if opening is not None else None
        if hit is None or self.scan.text[hit.end : hit.end + 1] != ",":
            return None
        entry = hit.entry(Category.PROVINCE)
        return entry.id if entry is not None else None

    def _group_titles(self, sentence: SentenceMentions) -> None:
        """ "các Ủy viên Bộ Chính trị: A, B, C": each of the row holds the title before the colon."""
        for bare in sentence.bare:
            before = self.scan.key[max(0, bare.start - 5) : bare.start]
            colon = re.match(r"\s?:", self.scan.key[bare.end : bare.end + 3])
            if not before.endswith("các ") or colon is None:
                continue
            stop = self.scan.text.find(";", bare.end, sentence.sentence.end)
            stop = stop if stop != -1 else sentence.sentence.end
            for mention in sentence.mentions:
                if mention.kind is Kind.OFFICIAL and bare.end <= mention.start < stop and isinstance(mention.value, PersonRef):
                    person = self.people.by_name[key(mention.value.name)]
                    agency, inferred = self.locality.fill(bare.post.agency) if bare.post.agency is not None else (None, False)
                    person.add_post(replace(bare.post, agency=agency), (bare.start, bare.end), inferred)
                    person.posts[next(reversed(person.posts))][1].append(mention.span)

    def _marks(self, sentence: SentenceMentions) -> list[Marked]:
        """The marks of a sentence: bare titles and short names become persons where the source tells whom they mean."""
        marks: list[Marked] = []
        for mention in sentence.mentions:
            if mention.kind is Kind.OFFICIAL:
                assert isinstance(mention.value, PersonRef)
                person = self.people.by_name.get(key(mention.value.name))
                marks.append(Marked(Kind.OFFICIAL if person is not None else Kind.POST, mention))
            elif mention.kind is Kind.DIRECTIVE and (mention.span not in self.citations.meant or (mention.rule == "this" and self.own is not None)):
                continue  # "Quyết định này" is the document itself, the silent subject of all that it says
            else:
                marks.append(Marked(mention.kind, mention))
        for bare in sentence.bare:
            marks.append(self._bare_mark(bare))
        for phrase, name in sentence.short:
            found = self.people.by_short_name(self.scan.text[slice(*name)])
            if found is not None:
                marks.append(Marked(Kind.OFFICIAL, Mention.at(self.scan.text, Kind.OFFICIAL, phrase, PersonRef(found.name), "short-name")))
        marks.sort(key=lambda m: m.mention.span)
        return marks

    def _bare_mark(self, bare: BareTitle) -> Marked:
        span = (bare.start, bare.end)
        post = Marked(Kind.POST, Mention.at(self.scan.text, Kind.POST, span, bare.post, "bare-title"))
        before = self.scan.key[max(0, bare.start - 16) : bare.start]
        if _TO_POST.search(before) or _PLURAL.search(before):
            return post
        holder = self.people.by_title(bare)
        if holder is None:
            return post
        person, chosen = holder
        return Marked(Kind.OFFICIAL, Mention.at(self.scan.text, Kind.OFFICIAL, span, PersonRef(person.name), "bare-title"), inferred=chosen)

    def actor(self, marked: Marked) -> Thing | None:
        """The official or body that a mark stands for; None where it names nobody definite."""
        value = marked.mention.value
        if marked.kind is Kind.OFFICIAL and isinstance(value, PersonRef):
            return Kind.OFFICIAL, self.people.by_name[key(value.name)]
        if marked.kind is Kind.AGENCY and isinstance(value, AgencyRef):
            agency = self.locality.fill(value)[0]
            return (Kind.AGENCY, agency) if self.is_definite(agency) else None
        if marked.kind is Kind.POST and isinstance(value, PostRef) and value.agency is not None:
            return self._office(marked.mention)
        return None

    def is_definite(self, agency: AgencyRef) -> bool:
        """Whether the words name one body: "UBND" alone, "Ban Chỉ đạo" alone, or a Party board without its committee, don't."""
        entry = self.registers.agencies.get(agency.entry)
        if agency.level == THE_MINISTRY or (entry is not None and " " not in agency.name):
            return False  # "Sở", "Cục": which one is told elsewhere
        if entry is None or entry.scope != "local" or entry.level == "ministry_unit" or agency.level or agency.place or agency.parent is not None:
            return True
        return agency.name != entry.name

    def _office(self, mention: Mention) -> Thing | None:
        """An office that acts as a body of its own: "Bằng khen của Thủ tướng Chính phủ"."""
        found = self.readers.directives.issuer_at(self.scan, mention.start)
        return (Kind.AGENCY, found[0]) if found is not None and found[0].entry in ("thu-tuong-chinh-phu", "chu-tich-nuoc") else None

    def naming(self, name: str) -> list[Span]:
        """Where the source names the person with a title: the antecedent of a bare title."""
        person = self.people.by_name[key(name)]
        spans = next((spans for _, spans, _ in person.posts.values() if spans), [])
        naming = next((s for s in person.spans for p in spans if s[0] <= p[0] and p[1] <= s[1]), person.spans[0] if person.spans else None)
        return [naming] if naming is not None else []

    def thing(self, marked: Marked) -> Thing | None:
        """What a mark stands for: a document, an award, an official, a body."""
        value = marked.mention.value
        if marked.kind is Kind.DIRECTIVE:
            return Kind.DIRECTIVE, self.citations.meant[marked.mention.span]
        if marked.kind is Kind.AWARD and isinstance(value, AwardRef):
            return Kind.AWARD, value
        return (
            self._office(marked.mention)
            if marked.kind in (Kind.POST, Kind.OFFICIAL) and marked.mention.rule == "bare-title" and self._office(marked.mention)
            else self.actor(marked)
        )

    def sentence_at(self, position: int) -> Span | None:
        """The sentence over a position."""
        index = bisect_right(self.found.sentences, position, key=lambda s: s.sentence.start) - 1
        sentence = self.found.sentences[index].sentence if index >= 0 else None
        return (sentence.start, sentence.end) if sentence is not None and position < sentence.end else None

    def appoint(self, subject: Marked, target: Marked, body: Marked | None = None) -> None:
        """Give a person the post that a sentence appoints them to.

        body: the body that the sentence names apart from the title: "Ban Chỉ đạo … do ông A làm Trưởng ban".
        """
        value, post = subject.mention.value, target.mention.value
        if isinstance(post, PostRef) and post.agency is None and body is not None and isinstance(body.mention.value, AgencyRef):
            post = replace(post, agency=body.mention.value)
        if isinstance(value, PersonRef) and isinstance(post, PostRef) and post.agency is not None:
            agency, inferred = self.locality.fill(post.agency)
            self.people.by_name[key(value.name)].add_post(replace(post, agency=agency), target.mention.span, inferred)
            self.people.by_name[key(value.name)].posts[next(reversed(self.people.by_name[key(value.name)].posts))][1].append(subject.mention.span)

    def date_of(self, subject: Marked, target: Marked) -> None:
        """Give a document the day on which a sentence says it was issued."""
        cited = self.citations.meant[subject.mention.span]
        written = self.scan.date_at.get(target.mention.start)
        if written is None or not written.day or cited.ref.date is not None:
            return
        known = self.chronology.year_of(written)
        if known is not None and (date := written.resolve(known[0])) is not None:
            cited.ref = replace(cited.ref, date=date, date_inferred=written.year is None)
            cited.date_span, cited.date_reason = (target.mention.start, subject.mention.end), known[1]

    def posts(self) -> None:
        """Add the facts of who holds which post, and who signed an official document."""
        for person in self.people.officials():
            for post, spans, inferred in person.posts.values():
                if post.agency is None and key(post.title) not in ("chủ tịch nước", "phó chủ tịch nước"):
                    continue
                if post.agency is not None and not self.is_definite(post.agency):
                    continue
                mentions = [s for s in person.spans if any(s[0] <= p[0] and p[1] <= s[1] for p in spans[:2])]
                evidence = mentions[:1] or [*person.spans[:1], *spans[:1]]
                rule = "person" if mentions else "appointed"
                self.facts.append(
                    Fact(
                        (Kind.OFFICIAL, person),
                        "holdsPost",
                        (Kind.POST, post),
                        [*evidence],
                        rule,
                        0.95 if not inferred else 0.9,
                        inferred,
                        self.place.reason if inferred else "",
                    )
                )
        for signer in self.own.signers if self.own is not None else ():
            assert self.own is not None
            assert isinstance(signer.value, PersonRef)
            person = self.people.by_name[key(signer.value.name)]
            own = self.own_cited
            self.facts.append(Fact((Kind.DIRECTIVE, own), "signedBy", (Kind.OFFICIAL, person), [signer.span, self.own.mention.span], "signature", 0.97))

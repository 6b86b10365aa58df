"""From a document to its extraction: the stage that puts scan, mentions, context, antecedents and rules together.

Reads: a `Document`, the registers and the rules. Gives: an `Extraction` of referents and relations, each with its spans and rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from graph.extract import instrument
from graph.extract.antecedents import Citations, Cited, Locality, People, Person, locality
from graph.extract.context import Chronology, Place, chronology, place
from graph.extract.masking import Marked, Masked, mask
from graph.extract.mentions import Found, MentionReader, SentenceMentions, meeting_topic
from graph.extract.people import BareTitle
from graph.extract.rules import Rule, load_rules
from graph.extract.scan import Scan, scan
from graph.model import (
    AgencyRef,
    AwardRef,
    DirectiveRef,
    Document,
    Extraction,
    Genre,
    Kind,
    MeetingRef,
    Mention,
    PartialDate,
    PersonRef,
    PostRef,
    Referent,
    Relation,
    Span,
    Value,
    Zone,
)
from graph.registers.gazetteer import Category
from graph.registers.registers import Registers
from graph.text.dates import WrittenDate
from graph.text.normalize import key

_QUOTE = 600  # longest quote in code points (DESIGN.md 5)
_MEETING_PREDICATES = frozenset({"chaired", "attended", "spokeAt", "organized"})
_TO_POST = re.compile(r"(?:giữ chức|chức vụ|chức danh|cương vị|làm|chức|nhiệm vụ|bổ nhiệm|vào vị trí|vị trí|là)\s\Z")
_LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})
_GIVING_EFFECT = frozenset({"Nghị định", "Thông tư", "Thông tư liên tịch"})
_NOT_BINDING = frozenset({"Tờ trình", "Báo cáo"})
_NEW_EVENT = re.compile(r"[\s*•-]*(?:\*|cùng ngày|cũng trong (?:sáng|chiều|ngày|buổi)|(?:sáng|chiều|tối) cùng ngày|trong (?:sáng|chiều) cùng ngày)")
_FUTURE = re.compile(r"(?:sẽ|dự kiến|tới đây|sắp tới|tuần tới|tháng tới|thời gian tới|đầu tuần tới)")
_POSSESSED = re.compile(r"(?:trực thuộc|thuộc|của|tại|điểm cầu|nguyên|do|theo|về) ?(?:các )?\Z")
_HOST = re.compile(r"làm việc với (?:lãnh đạo |tập thể |cán bộ )?(?:ngành y tế |tỉnh |thành phố |tp\.? ?|ubnd tỉnh |tỉnh ủy )")
_OPENING = re.compile(r"(?:sáng|chiều|tối|trưa|ngày)[ ,]")


@dataclass(slots=True)
class Event:
    """An event that the report tells of, as its sentences add up."""

    number: int
    noun: str = ""
    topic: str = ""
    told: bool = False  # a sentence tells of the event itself, not only what somebody said
    spans: list[Span] = field(default_factory=list)
    date: tuple[WrittenDate, Span] | None = None
    province: tuple[str, Span | None, bool] | None = None  # name, where it is said, inferred


@dataclass(slots=True)
class _Fact:
    """A relation before its referents are numbered."""

    subject: tuple[Kind, object]
    predicate: str
    object: tuple[Kind, object]
    spans: list[Span]
    rule: str
    confidence: float
    inferred: bool = False
    reason: str = ""


class Extractor:
    """Holds the parsers and rules of a build; `extract` is a pure function of a document."""

    def __init__(self, registers: Registers, rules: tuple[Rule, ...] | None = None) -> None:
        self.registers = registers
        self.readers = MentionReader(registers)
        self.rules = rules if rules is not None else load_rules()

    def extract(self, document: Document) -> Extraction:
        """All referents and relations of a document."""
        return _Reading(self, document).extraction()


class _Reading:
    """The reading of one document; its state lives as long as the call."""

    def __init__(self, extractor: Extractor, document: Document) -> None:
        self.extractor = extractor
        self.document = document
        self.scan: Scan = scan(document, extractor.registers)
        self.found: Found = extractor.readers.read(self.scan)
        citations = [d.span for d in self.found.directives]
        self.chronology: Chronology = chronology(self.scan, citations)
        self.place: Place = place(self.scan, self.found.agencies)
        self.locality: Locality = locality(self.scan, self.found.agencies, self.place, self.chronology)
        self.own = instrument.own_document(self.scan, self.found, extractor.readers) if document.genre is Genre.OFFICIAL else None
        self.people = People(extractor.registers, self.locality)
        self.citations = Citations(self.locality, self.chronology, self.scan)
        self.facts: list[_Fact] = []
        self.events: list[Event] = []
        self.event_of: dict[int, Event] = {}

    # ---- the way through

    def extraction(self) -> Extraction:
        self._antecedents()
        marked = [self._marked(s) for s in self.found.sentences]
        self._segments()
        if self.own is not None:
            self._instrument(marked)
        self._rules(marked)
        self._posts()
        self._directive_facts()
        self._event_facts(marked)
        if self.own is None:
            self._main_document(marked)
        return self._assembled()

    def _antecedents(self) -> None:
        own = None
        directives = self.found.directives
        if self.own is not None:
            own = self.own.mention
            directives = [d for d in directives if not (d.start < own.end and own.start < d.end and self.own.mention.rule == "own-number")]
        self.citations.read(directives, own)
        for sentence in self.found.sentences:
            if self.own is not None and self.own.signers and sentence.sentence.zone is Zone.SIGNATURE:
                continue
            for mention in sentence.mentions:
                if mention.kind is Kind.OFFICIAL:
                    self.people.add(mention)
            self._group_titles(sentence)
        for signer in self.own.signers if self.own is not None else ():
            self.people.add(signer)
        self.people.settle()

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

    def _marked(self, sentence: SentenceMentions) -> list[Marked]:
        """The marks of a sentence: bare titles and short names become persons where the source tells whom they mean."""
        marks: list[Marked] = []
        for mention in sentence.mentions:
            if mention.kind is Kind.OFFICIAL:
                assert isinstance(mention.value, PersonRef)
                person = self.people.by_name.get(key(mention.value.name))
                known = person is not None and bool(person.posts)
                marks.append(Marked(Kind.OFFICIAL if known else Kind.POST, mention))
            elif mention.kind is Kind.DIRECTIVE and (mention.span not in self.citations.meant or (mention.rule == "this" and self.own is not None)):
                continue  # "Quyết định này" is the document itself, the silent subject of all that it says
            else:
                marks.append(Marked(mention.kind, mention))
        for bare in sentence.bare:
            marks.append(self._bare_mark(bare))
        for phrase, name in sentence.short:
            found = self.people.by_short_name(self.scan.text[slice(*name)], phrase[0])
            if found is not None:
                marks.append(Marked(Kind.OFFICIAL, Mention.at(self.scan.text, Kind.OFFICIAL, phrase, PersonRef(found.name), "short-name")))
        marks.sort(key=lambda m: m.mention.span)
        return marks

    def _bare_mark(self, bare: BareTitle) -> Marked:
        span = (bare.start, bare.end)
        post = Marked(Kind.POST, Mention.at(self.scan.text, Kind.POST, span, bare.post, "bare-title"))
        if _TO_POST.search(self.scan.key[max(0, bare.start - 16) : bare.start]):
            return post
        holder = self.people.by_title(bare)
        if holder is None:
            return post
        person, chosen = holder
        return Marked(Kind.OFFICIAL, Mention.at(self.scan.text, Kind.OFFICIAL, span, PersonRef(person.name), "bare-title"), inferred=chosen)

    # ---- events

    def _segments(self) -> None:
        """Which event each sentence belongs to; a report of several events says so at the head of a passage."""
        notice = self.own is not None and self.own.mention.value.kind == "Thông báo" and "kết luận" in key(self.own.mention.value.subject)  # type: ignore[union-attr]
        if self.own is not None and not notice:
            return
        event = Event(1)
        self.events.append(event)
        for index, sentence in enumerate(self.found.sentences):
            start = sentence.sentence.start
            if (
                index
                and sentence.sentence.zone in (Zone.BODY,)
                and _NEW_EVENT.match(self.scan.key, start)
                and not _FUTURE.search(self.scan.key, start, sentence.sentence.end)
            ):
                if any(m.kind in (Kind.OFFICIAL, Kind.AGENCY) for m in sentence.mentions) or sentence.bare:
                    event = Event(len(self.events) + 1)
                    self.events.append(event)
            self.event_of[index] = event

    # ---- rules

    def _rules(self, marked: list[list[Marked]]) -> None:
        for index, (sentence, marks) in enumerate(zip(self.found.sentences, marked, strict=True)):
            if not marks or (self.own is not None and sentence.sentence.zone in (Zone.LETTERHEAD, Zone.SIGNATURE)):
                continue
            masked = mask(self.scan.key, (sentence.sentence.start, sentence.sentence.end), marks)
            event = self.event_of.get(index)
            for rule in self.extractor.rules:
                if (rule.predicate in _MEETING_PREDICATES or rule.predicate == "event") and event is None:
                    continue
                if rule.predicate in ("conferred", "received", "holdsPost") and self.own is not None:
                    continue
                if not rule.applies(masked.text):
                    continue
                for match in rule.matches(masked.text):
                    if rule.predicate == "event":
                        self._told(rule, match, masked, event)
                    else:
                        self._apply(rule, match, masked, event)

    def _told(self, rule: Rule, match: re.Match[str], masked: Masked, event: Event | None) -> None:
        """A sentence that tells of an event without naming anybody still shows that there was one."""
        assert event is not None
        if not _FUTURE.search(masked.text):
            event.told = True
            self._note_event(event, masked, match, rule)

    def _apply(self, rule: Rule, match: re.Match[str], masked: Masked, event: Event | None) -> None:
        groups = match.re.groupindex
        if "rest" in groups:
            subjects = self._attendees(masked, match)
        else:
            subjects = masked.in_group(match, "subject")
            if (
                subjects
                and subjects[0].kind is Kind.AGENCY
                and re.search(r"(?<!đoàn công tác )(?:tại|ở|điểm cầu|của|thuộc) \Z", masked.text[max(0, match.start("subject") - 26) : match.start("subject")])
                and rule.predicate in _MEETING_PREDICATES
            ):
                subjects = subjects[1:]  # "tại điểm cầu Trung tâm A, UBND huyện tổ chức …"
        evidence = self._evidence(masked, match)
        if rule.predicate in _MEETING_PREDICATES:
            assert event is not None
            if rule.predicate != "organized" and _FUTURE.search(masked.text[max(0, match.start() - 30) : match.start()]):
                return
            for subject in subjects:
                self._role(rule, subject, event, evidence, masked, match)
            return
        objects = masked.in_group(match, "object") or (masked.in_group(match, "date") if "date" in groups else [])
        for subject in subjects:
            for target in objects:
                if subject.kind is target.kind is Kind.DIRECTIVE:
                    self._between_documents(rule, subject, target, masked, evidence)
                else:
                    self._pair(rule, subject, target, evidence)

    def _between_documents(self, rule: Rule, subject: Marked, target: Marked, masked: Masked, evidence: list[Span]) -> None:
        """A relation of two documents that their kinds allow: a decree amends no law, and what gives a law effect guides it."""
        predicate = rule.predicate
        acting, acted = self._kind_of(subject), self._kind_of(target)
        if predicate in ("amends", "replaces", "repeals") and acting in _NOT_BINDING:
            return
        if predicate == "amends" and (acting in _LAWS) != (acted in _LAWS):
            # "Nghị định A hướng dẫn Luật B, được sửa đổi bởi Nghị định C": C amends the decree before the law.
            before = [m for p, m in sorted(masked.marks.items()) if m.kind is Kind.DIRECTIVE and m.mention.start < target.mention.start < subject.mention.start]
            fitting = [m for m in before if self._kind_of(m) == acting]
            if not fitting:
                return
            target = fitting[-1]
        if predicate == "implements" and acting in _GIVING_EFFECT and acted in _LAWS:
            predicate = "guides"
        if predicate == "guides" and acting == acted and target.mention.start > subject.mention.start:
            between = [m for m in masked.marks.values() if m.kind is Kind.DIRECTIVE and subject.mention.start < m.mention.start < target.mention.start]
            if any(self._kind_of(m) != acting for m in between):
                return  # "Nghị định A hướng dẫn Luật B và Nghị định C …": C stands beside A
        left, right = self._thing(subject), self._thing(target)
        if left is not None and right is not None and left != right:
            self.facts.append(_Fact(left, predicate, right, evidence, rule.id, rule.confidence))

    def _kind_of(self, marked: Marked) -> str:
        assert isinstance(marked.mention.value, DirectiveRef)
        return self.citations.meant[marked.mention.span].ref.kind

    def _attendees(self, masked: Masked, match: re.Match[str]) -> list[Marked]:
        """Persons and bodies of a list of who came; a body that only owns or hosts what stands before it is none of them."""
        start, end = match.span("rest")
        found = []
        for position in range(start, end):
            marked = masked.marks.get(position)
            if marked is None or marked.kind not in (Kind.OFFICIAL, Kind.AGENCY):
                continue
            if marked.kind is Kind.AGENCY and _POSSESSED.search(masked.text[max(start, position - 16) : position]):
                continue
            if re.search(r"\. |(?:đã|sẽ|phát biểu|nhấn mạnh|báo cáo|cho biết|yêu cầu|đề nghị|trao) [^\ue001\ue003]*\Z", masked.text[start:position]):
                break
            found.append(marked)
        return found

    def _evidence(self, masked: Masked, match: re.Match[str]) -> list[Span]:
        """The sentence, or a window around cue and arguments where it is too long."""
        start, end = masked.span
        if end - start <= _QUOTE:
            return [(start, end)]
        first = masked.offset(match.start())
        last = masked.offset(max(match.start(), match.end() - 1)) + 1
        marks = [m.mention for p, m in masked.marks.items() if match.start() <= p < match.end()]
        last = min(end, max([last, *(m.end for m in marks)]))
        if last - first > _QUOTE:
            return [(first, first + _QUOTE)]
        room = (_QUOTE - (last - first)) // 2
        return [(_word_start(self.scan.text, max(start, first - room), first), _word_end(self.scan.text, min(end, last + room), last))]

    def _role(self, rule: Rule, subject: Marked, event: Event, evidence: list[Span], masked: Masked, match: re.Match[str]) -> None:
        spans = [*evidence]
        if subject.mention.rule in ("bare-title", "short-name") and isinstance(subject.mention.value, PersonRef):
            spans += self._naming(subject.mention.value.name)
        actor = self._actor(subject)
        if (
            actor is None
            or (rule.predicate in ("chaired", "spokeAt") and actor[0] is not Kind.OFFICIAL)
            or (rule.predicate == "organized" and actor[0] is not Kind.AGENCY)
        ):
            return
        self._note_event(event, masked, match, rule)
        event.told = event.told or rule.predicate != "spokeAt" or any(m.kind is Kind.MEETING for m in masked.marks.values())
        confidence = rule.confidence * (0.8 if subject.inferred else 1.0)
        self.facts.append(
            _Fact(
                actor,
                rule.predicate,
                (Kind.MEETING, event.number),
                spans,
                rule.id,
                confidence,
                subject.inferred,
                "whom a bare title means" if subject.inferred else "",
            )
        )

    def _note_event(self, event: Event, masked: Masked, match: re.Match[str], rule: Rule) -> None:
        event.spans.append(masked.span)
        noun = next((m.mention for p, m in sorted(masked.marks.items()) if m.kind is Kind.MEETING), None)
        if not event.noun:
            if noun is not None and isinstance(noun.value, MeetingRef):
                event.noun = noun.value.noun
                event.topic = meeting_topic(self.scan, noun, masked.span[1])
            elif "làm việc" in match.group():
                event.noun = "buổi làm việc"

    def _actor(self, marked: Marked) -> tuple[Kind, object] | None:
        value = marked.mention.value
        if marked.kind is Kind.OFFICIAL and isinstance(value, PersonRef):
            return Kind.OFFICIAL, self.people.by_name[key(value.name)]
        if marked.kind is Kind.AGENCY and isinstance(value, AgencyRef):
            agency = self.locality.fill(value)[0]
            return (Kind.AGENCY, agency) if self._is_definite(agency) else None
        if marked.kind is Kind.POST and isinstance(value, PostRef) and value.agency is not None:
            return self._office(marked.mention)
        return None

    def _is_definite(self, agency: AgencyRef) -> bool:
        """Whether the words name one body: "UBND" alone, "Ban Chỉ đạo" alone, or a Party board without its committee, don't."""
        entry = self.extractor.registers.agencies.get(agency.entry)
        if entry is None or entry.scope != "local" or entry.level == "ministry_unit" or agency.level or agency.place or agency.parent is not None:
            return True
        return agency.name != entry.name

    def _office(self, mention: Mention) -> tuple[Kind, object] | None:
        """An office that acts as a body of its own: "Bằng khen của Thủ tướng Chính phủ"."""
        found = self.extractor.readers.directives.issuer_at(self.scan, mention.start)
        return (Kind.AGENCY, found[0]) if found is not None and found[0].entry in ("thu-tuong-chinh-phu", "chu-tich-nuoc") else None

    def _naming(self, name: str) -> list[Span]:
        """Where the source names the person with a title: the antecedent of a bare title."""
        person = self.people.by_name[key(name)]
        spans = next((spans for _, spans, _ in person.posts.values() if spans), [])
        naming = next((s for s in person.spans for p in spans if s[0] <= p[0] and p[1] <= s[1]), person.spans[0] if person.spans else None)
        return [naming] if naming is not None else []

    def _pair(self, rule: Rule, subject: Marked, target: Marked, evidence: list[Span]) -> None:
        if rule.predicate == "holdsPost":
            self._appointment(subject, target)
            return
        if rule.predicate == "issuedOn":
            self._issued_on(subject, target)
            return
        left, right = self._thing(subject), self._thing(target)
        if left is None or right is None or left == right:
            return
        if rule.predicate == "issuedBy":
            cited, agency = left[1], right[1]
            assert isinstance(cited, Cited) and isinstance(agency, AgencyRef)
            if cited.ref.issuer is None or (cited.ref.issuer_inferred and not cited.ref.issuer.place and agency.entry == cited.ref.issuer.entry):
                cited.ref = replace(cited.ref, issuer=agency, issuer_inferred=False)
                cited.issuer_span = evidence[0]
            return
        self.facts.append(_Fact(left, rule.predicate, right, evidence, rule.id, rule.confidence))

    def _thing(self, marked: Marked) -> tuple[Kind, object] | None:
        value = marked.mention.value
        if marked.kind is Kind.DIRECTIVE:
            return Kind.DIRECTIVE, self.citations.meant[marked.mention.span]
        if marked.kind is Kind.AWARD and isinstance(value, AwardRef):
            return Kind.AWARD, value
        return (
            self._office(marked.mention)
            if marked.kind in (Kind.POST, Kind.OFFICIAL) and marked.mention.rule == "bare-title" and self._office(marked.mention)
            else self._actor(marked)
        )

    def _appointment(self, subject: Marked, target: Marked) -> None:
        value, post = subject.mention.value, target.mention.value
        if isinstance(value, PersonRef) and isinstance(post, PostRef) and post.agency is not None:
            agency, inferred = self.locality.fill(post.agency)
            self.people.by_name[key(value.name)].add_post(replace(post, agency=agency), target.mention.span, inferred)
            self.people.by_name[key(value.name)].posts[next(reversed(self.people.by_name[key(value.name)].posts))][1].append(subject.mention.span)

    def _issued_on(self, subject: Marked, target: Marked) -> None:
        cited = self.citations.meant[subject.mention.span]
        written = self.scan.date_at.get(target.mention.start)
        if written is None or not written.day or cited.ref.date is not None:
            return
        known = (written.year, "") if written.year is not None else self.chronology.year_of(written)
        if known is not None and (date := written.resolve(known[0])) is not None:
            cited.ref = replace(cited.ref, date=date, date_inferred=written.year is None)
            cited.date_span, cited.date_reason = (target.mention.start, subject.mention.end), known[1]

    # ---- facts of persons, documents and events

    def _posts(self) -> None:
        for person in self.people.officials():
            for post, spans, inferred in person.posts.values():
                if post.agency is None and key(post.title) not in ("chủ tịch nước", "phó chủ tịch nước"):
                    continue
                if post.agency is not None and not self._is_definite(post.agency):
                    continue
                mentions = [s for s in person.spans if any(s[0] <= p[0] and p[1] <= s[1] for p in spans)]
                evidence = mentions[:1] or [*person.spans[:1], *spans[:1]]
                rule = "person" if mentions else "appointed"
                self.facts.append(
                    _Fact(
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
            assert self.own is not None and isinstance(signer.value, PersonRef)
            person = self.people.by_name[key(signer.value.name)]
            own = self.citations.meant[self.own.mention.span]
            self.facts.append(_Fact((Kind.DIRECTIVE, own), "signedBy", (Kind.OFFICIAL, person), [signer.span, self.own.mention.span], "signature", 0.97))

    def _directive_facts(self) -> None:
        for cited in self.citations.cited:
            first = cited.mentions[0]
            ref = cited.ref
            if ref.issuer is not None:
                issuer = ref.issuer
                span = cited.issuer_span if cited.issuer_span is not None else first.span
                spans = [first.span] if span == first.span else [first.span, span]
                confidence = 0.97 if not ref.issuer_inferred else 0.93
                self.facts.append(
                    _Fact(
                        (Kind.DIRECTIVE, cited),
                        "issuedBy",
                        (Kind.AGENCY, issuer),
                        spans,
                        "issuer" if not ref.issuer_inferred else "issuer-from-code",
                        confidence,
                        ref.issuer_inferred,
                        "issuer from the document number" if ref.issuer_inferred else "",
                    )
                )
            if ref.date is not None:
                span = cited.date_span if cited.date_span is not None else first.span
                spans = [first.span] if span == first.span else [first.span, span]
                reason = (cited.date_reason or self.chronology.day_reason or self.chronology.year_reason) if ref.date_inferred else ""
                self.facts.append(
                    _Fact(
                        (Kind.DIRECTIVE, cited),
                        "issuedOn",
                        (Kind.DATE, ref.date),
                        spans,
                        "date",
                        0.97 if not ref.date_inferred else 0.85,
                        ref.date_inferred,
                        reason,
                    )
                )

    def _event_facts(self, marked: list[list[Marked]]) -> None:
        for event in self.events:
            roles = [f for f in self.facts if f.object == (Kind.MEETING, event.number)]
            if not event.told:
                # What somebody said, without any sign of a meeting, is no event.
                self.facts = [f for f in self.facts if f not in roles]
                continue
            event.noun = event.noun or "cuộc họp"
            self._event_date(event, marked)
            self._event_place(event, marked, roles)
            self._event_topics(event)

    def _own_sentences(self, event: Event) -> list[int]:
        return [i for i, e in self.event_of.items() if e is event]

    def _event_date(self, event: Event, marked: list[list[Marked]]) -> None:
        """The day of the event: of the first sentence of its passage that tells a day with the event."""
        best: tuple[int, WrittenDate, Span] | None = None
        for index in self._own_sentences(event):
            sentence = self.found.sentences[index].sentence
            about = sentence.zone is Zone.LEAD or (sentence.start, sentence.end) in event.spans or any(m.kind is Kind.MEETING for m in marked[index])
            if not about:
                continue
            for marked_date in marked[index]:
                if marked_date.kind is not Kind.DATE:
                    continue
                written = self.scan.date_at.get(marked_date.mention.start)
                before = self.scan.key[max(sentence.start, marked_date.mention.start - 26) : marked_date.mention.start]
                if (
                    written is None
                    or not written.day
                    or re.search(
                        r"(?:trước|đến|hết|chậm nhất|xong|từ nay|hạn|sinh|thành lập|trong ngày|dự kiến|kể từ|giải phóng)\s(?:\w+\s){0,2}(?:ngày\s)?\Z", before
                    )
                ):
                    continue
                rank = 0 if _OPENING.search(before[-8:]) or sentence.zone is Zone.LEAD else 1
                if (sentence.start, sentence.end) not in event.spans and sentence.zone is not Zone.LEAD:
                    rank += 1
                if best is None or rank < best[0]:
                    best = (rank, written, (sentence.start, sentence.end))
        if best is None:
            return
        _, written, span = best
        known = (written.year, "") if written.year is not None else self.chronology.year_of(written)
        date = written.resolve(known[0]) if known is not None else None
        if known is not None and date is not None:
            quote = self._clip(span, written.start)
            self.facts.append(
                _Fact(
                    (Kind.MEETING, event.number),
                    "heldOn",
                    (Kind.DATE, date),
                    [quote],
                    "event-date",
                    0.95 if written.year is not None else 0.88,
                    written.year is None,
                    known[1],
                )
            )

    def _clip(self, span: Span, around: int) -> Span:
        start, end = span
        if end - start <= _QUOTE:
            return span
        first = max(start, around - _QUOTE // 3)
        return _word_start(self.scan.text, first, around), _word_end(self.scan.text, min(end, first + _QUOTE - 20), around)

    def _event_place(self, event: Event, marked: list[list[Marked]], roles: list[_Fact]) -> None:
        """The province: where a sentence of the event says "tại …"; else that of its organiser or host, of its chair, of the report."""
        for index in self._own_sentences(event):
            sentence = self.found.sentences[index].sentence
            if (sentence.start, sentence.end) not in event.spans and sentence.zone is not Zone.LEAD:
                continue
            for item in marked[index]:
                if item.kind is Kind.PROVINCE and re.search(
                    r"(?:tại|ở)\s(?:tỉnh |thành phố |tp\.? ?)?\Z", self.scan.key[max(0, item.mention.start - 18) : item.mention.start]
                ):
                    self._placed(event, str(item.mention.value), self._clip((sentence.start, sentence.end), item.mention.start), False, "event-place")
                    return
        host = self._host_place(event)
        if host is not None:
            self._placed(event, host[0], host[1], False, "event-place-host")
            return
        by_role = {p: [f for f in roles if f.predicate == p] for p in ("organized", "chaired", "attended")}
        central = False
        for predicate in ("organized", "chaired"):
            for fact in by_role[predicate]:
                province, inferred = self._province_of(fact.subject)
                if province is not None:
                    self._placed(event, province, fact.spans[0], inferred or predicate == "chaired", f"event-place-{predicate}")
                    return
                central = central or self._is_central(fact.subject)
        hosts = [f for f in by_role["attended"] if f.rule == "attended-counterpart"]
        for fact in hosts:
            province, _ = self._province_of(fact.subject)
            if province is not None:
                self._placed(event, province, fact.spans[0], True, "event-place-host")
                return
        if not central and self.place.province is not None and not any(self._is_central(f.subject) for f in roles):
            self._placed(event, self.place.province, event.spans[0], True, "event-place-report")

    def _host_place(self, event: Event) -> tuple[str, Span] | None:
        """ "làm việc với ngành y tế Hà Nội": the place whose leaders or sector are the other side."""
        for start, end in event.spans:
            for match in _HOST.finditer(self.scan.key, start, end):
                hit = self.scan.hit(match.end(), Category.PROVINCE)
                entry = hit.entry(Category.PROVINCE) if hit is not None else None
                if entry is not None:
                    return entry.id, self._clip((start, end), match.start())
        return None

    def _placed(self, event: Event, province: str, span: Span, inferred: bool, rule: str) -> None:
        self.facts.append(
            _Fact(
                (Kind.MEETING, event.number),
                "inProvince",
                (Kind.PROVINCE, province),
                [span],
                rule,
                0.95 if not inferred else 0.85,
                inferred,
                self.place.reason if inferred else "",
            )
        )

    def _province_of(self, actor: tuple[Kind, object]) -> tuple[str | None, bool]:
        if actor[0] is Kind.AGENCY:
            assert isinstance(actor[1], AgencyRef)
            return _province(actor[1]), False
        assert isinstance(actor[1], Person)
        for post, _, inferred in actor[1].posts.values():
            if (province := _province(post.agency)) is not None and not post.former:
                return province, inferred
        return None, False

    def _is_central(self, actor: tuple[Kind, object]) -> bool:
        agencies = [actor[1]] if actor[0] is Kind.AGENCY else [p.agency for p, _, _ in actor[1].posts.values()] if isinstance(actor[1], Person) else []
        levels = [
            self.extractor.registers.agencies[a.entry].level for a in agencies if isinstance(a, AgencyRef) and a.entry in self.extractor.registers.agencies
        ]
        return any(level in ("central", "ministry", "ministry_unit") for level in levels)

    def _event_topics(self, event: Event) -> None:
        """The event discusses the documents that its passage cites."""
        seen: set[int] = set()
        indices = self._own_sentences(event)
        for cited in self.citations.cited:
            if self.own is not None and cited is self.citations.meant[self.own.mention.span]:
                continue
            for mention in cited.mentions:
                index = next((i for i in indices if self.found.sentences[i].sentence.start <= mention.start < self.found.sentences[i].sentence.end), None)
                if index is None or id(cited) in seen:
                    continue
                seen.add(id(cited))
                sentence = self.found.sentences[index].sentence
                self.facts.append(
                    _Fact(
                        (Kind.MEETING, event.number),
                        "discusses",
                        (Kind.DIRECTIVE, cited),
                        [self._clip((sentence.start, sentence.end), mention.start)],
                        "cited-in-report",
                        0.75,
                    )
                )

    # ---- documents as subjects

    def _instrument(self, marked: list[list[Marked]]) -> None:
        assert self.own is not None
        own = self.citations.meant[self.own.mention.span]
        tied: dict[int, set[str]] = {}
        mode = ""
        carried = ""
        for zone, masked in self._stretches(marked):
            found, carried = instrument.ties(zone, masked, carried)
            for tie in found:
                self._tie(own, tie.predicate, tie.target, tie.span, tie.rule, tie.confidence, tied)
            if zone is Zone.BODY:
                if mode:
                    item = instrument.first_directive(masked)
                    if item is not None:
                        self._tie(own, mode, item, masked.span, f"list-{mode}", 0.88, tied)
                announced = instrument.list_mode(masked)
                opens_item = re.match(r"\W*(?:[a-zđ]\) ?|- ?|\+ ?|\d{1,2}[.)] ?|\ue004)", masked.text)
                mode = announced or (mode if opens_item else "")
        for cited in self.citations.cited:
            if cited is own or tied.get(id(cited)):
                continue
            mention = cited.mentions[0]
            sentence = self._sentence_at(mention.start)
            span = self._clip(sentence, mention.start) if sentence is not None else mention.span
            self.facts.append(_Fact((Kind.DIRECTIVE, own), "references", (Kind.DIRECTIVE, cited), [span, self.own.mention.span], "cited", 0.9))

    def _stretches(self, marked: list[list[Marked]]) -> Iterable[tuple[Zone, Masked]]:
        """The title as a whole, the rest sentence by sentence; annexes only cite."""
        parts = [(s.sentence, m) for s, m in zip(self.found.sentences, marked, strict=True) if s.sentence.zone is Zone.TITLE]
        if parts:
            span = (parts[0][0].start, parts[-1][0].end)
            yield Zone.TITLE, mask(self.scan.key, span, [m for _, marks in parts for m in marks])
        for sentence, marks in zip(self.found.sentences, marked, strict=True):
            if sentence.sentence.zone in (Zone.PREAMBLE, Zone.BODY):
                yield sentence.sentence.zone, mask(self.scan.key, (sentence.sentence.start, sentence.sentence.end), marks)

    def _tie(self, own: Cited, predicate: str, mention: Mention, span: Span, rule: str, confidence: float, tied: dict[int, set[str]]) -> None:
        cited = self.citations.meant.get(mention.span)
        if cited is None or cited is own:
            return
        known = tied.setdefault(id(cited), set())
        if predicate in known:
            return
        known.add(predicate)
        assert self.own is not None
        quote = self._clip(span, mention.start) if span[0] <= mention.start < span[1] else mention.span
        self.facts.append(_Fact((Kind.DIRECTIVE, own), predicate, (Kind.DIRECTIVE, cited), [quote, self.own.mention.span], rule, confidence))

    def _sentence_at(self, position: int) -> Span | None:
        return next(((s.sentence.start, s.sentence.end) for s in self.found.sentences if s.sentence.start <= position < s.sentence.end), None)

    def _main_document(self, marked: list[list[Marked]]) -> None:
        """A report about one document that was just issued: what it cites, that document cites."""
        if any(f.object[0] is Kind.MEETING for f in self.facts) or not self.citations.cited:
            return
        del marked
        head = [s.sentence for s in self.found.sentences][:6]
        for cited in self.citations.cited:
            first = min(cited.mentions, key=lambda m: m.start)
            sentence = next((s for s in head if s.start <= first.start < s.end), None)
            if sentence is None or not re.search(
                r"(?:ban hành|vừa ký|đã ký|có công điện|ra công điện|ra chỉ thị)", self.scan.key[sentence.start : sentence.end]
            ):
                continue
            linked = {id(f.object[1]) for f in self.facts if f.subject[1] is cited} | {id(f.subject[1]) for f in self.facts if f.object[1] is cited}
            for other in self.citations.cited:
                mention = min(other.mentions, key=lambda m: m.start)
                place_of = self._sentence_at(mention.start)
                if other is cited or id(other) in linked or mention.start < sentence.end or place_of is None:
                    continue
                self.facts.append(
                    _Fact(
                        (Kind.DIRECTIVE, cited),
                        "references",
                        (Kind.DIRECTIVE, other),
                        [self._clip(place_of, mention.start), first.span],
                        "cited-in-document",
                        0.8,
                    )
                )
            return

    # ---- assembling

    def _assembled(self) -> Extraction:
        referents = _Referents()
        for cited in self.citations.cited:
            referents.of((Kind.DIRECTIVE, cited), cited.ref, tuple(m.span for m in cited.mentions))
        for person in self.people.officials():
            referents.of((Kind.OFFICIAL, person), PersonRef(person.name), tuple(person.spans))
        relations = []
        events = {e.number: e for e in self.events}
        for fact in _merged(self.facts):
            subject = referents.of(fact.subject, self._value(fact.subject, events), ())
            target = referents.of(fact.object, self._value(fact.object, events), ())
            relations.append(
                Relation(subject, fact.predicate, target, tuple(_distinct(fact.spans)), fact.rule, round(fact.confidence, 2), fact.inferred, fact.reason)
            )
        day = self.chronology.day
        return Extraction(
            self.document,
            tuple(referents.all()),
            tuple(relations),
            self.place.province,
            self.place.reason,
            day,
            self.chronology.day_reason,
            tuple(self.found.directives),
        )

    def _value(self, thing: tuple[Kind, object], events: dict[int, Event]) -> Value:
        kind, value = thing
        if isinstance(value, Cited):
            return value.ref
        if isinstance(value, Person):
            return PersonRef(value.name)
        if kind is Kind.MEETING and isinstance(value, int):
            return MeetingRef(events[value].noun, events[value].topic)
        assert isinstance(value, (AgencyRef, PostRef, AwardRef, PartialDate, str))
        return value


class _Referents:
    """Numbers the referents of each kind in order of first use."""

    def __init__(self) -> None:
        self._known: dict[tuple[Kind, object], Referent] = {}
        self._counts: dict[Kind, int] = {}

    def of(self, thing: tuple[Kind, object], value: Value, spans: tuple[Span, ...]) -> Referent:
        identity: object = id(thing[1]) if isinstance(thing[1], (Cited, Person)) else thing[1]
        known = self._known.get((thing[0], identity))
        if known is None:
            number = self._counts[thing[0]] = self._counts.get(thing[0], 0) + 1
            known = self._known[thing[0], identity] = Referent(thing[0], number, value, spans)
        return known

    def all(self) -> list[Referent]:
        return list(self._known.values())


def _merged(facts: list[_Fact]) -> list[_Fact]:
    """One fact for each subject, predicate and object, the surest first; further spans are kept as further evidence."""
    found: dict[tuple[object, ...], _Fact] = {}
    for fact in facts:
        ident = (fact.subject[0], _ident(fact.subject[1]), fact.predicate, fact.object[0], _ident(fact.object[1]))
        known = found.get(ident)
        if known is None:
            found[ident] = fact
        elif (not fact.inferred and known.inferred) or (fact.inferred == known.inferred and fact.confidence > known.confidence):
            found[ident] = replace_fact(fact, [*fact.spans, *known.spans])
        else:
            found[ident] = replace_fact(known, [*known.spans, *fact.spans])
    return list(found.values())


def replace_fact(fact: _Fact, spans: list[Span]) -> _Fact:
    """The fact with other evidence, at most four spans."""
    return _Fact(fact.subject, fact.predicate, fact.object, _distinct(spans)[:4], fact.rule, fact.confidence, fact.inferred, fact.reason)


def _ident(value: object) -> object:
    return id(value) if isinstance(value, (Cited, Person)) else value


def _distinct(spans: list[Span]) -> list[Span]:
    return list(dict.fromkeys(spans))


def _province(agency: AgencyRef | None) -> str | None:
    while agency is not None:
        if agency.province is not None:
            return agency.province
        agency = agency.parent
    return None


def _word_start(text: str, position: int, limit: int) -> int:
    while position < limit and position > 0 and not text[position - 1].isspace():
        position += 1
    return position


def _word_end(text: str, position: int, limit: int) -> int:
    while position > limit and position < len(text) and not text[position].isspace():
        position -= 1
    return position

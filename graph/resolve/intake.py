"""What one source says, as things under the source's own names and statements between them.

Reads: an extraction. Gives: `Things` with what tells them apart, and `Saying`s, whose ends still carry local keys.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.model import (
    AgencyRef,
    AwardRef,
    DirectiveRef,
    Evidence,
    Extraction,
    Genre,
    Kind,
    MeetingRef,
    Node,
    PartialDate,
    PersonRef,
    PostRef,
    Referent,
    Relation,
    SourceInfo,
    Span,
    province_of,
)
from graph.registers.lexicon import Lexicon
from graph.registers.registers import KnownDirective, Registers
from graph.resolve.identity import Name, Namer, person_key, registered
from graph.resolve.joining import context
from graph.resolve.levels import agency_level, document_level, document_system
from graph.resolve.people import is_membership
from graph.resolve.things import REGISTER, Event, Held, Thing, Things, Told
from graph.text.normalize import capitalize, key

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement of a source: its ends by local key. `relation` is None for "mentions"."""

    source: str
    sha256: str
    relation: Relation | None
    subject: Node
    predicate: str
    object: Node
    evidence: tuple[Evidence, ...]


class Intake:
    """Takes in sources, one after the other."""

    def __init__(self, registers: Registers, lexicon: Lexicon) -> None:
        self.registers = registers
        self.lexicon = lexicon
        self.things = Things()
        self.sayings: list[Saying] = []
        self.sources: list[SourceInfo] = []
        self.keys: dict[str, str] = {}  # key of the directive whose text a source is, by source
        self.known: dict[str, KnownDirective] = {}
        self._post_kinds = {post.title: post.kind for post in registers.posts.values()}
        self._take_register()

    # ---- the register

    def _take_register(self) -> None:
        """The known directives, each as its row tells it; an uncertain row is none."""
        for directive in self.registers.directives.values():
            found = registered(directive, self.registers) if not directive.uncertain else None
            if found is None:
                continue
            name, ref = found
            told = Told(REGISTER, None, None, f"{directive.row}: {directive.title}")
            namer = Namer(self.registers, "0" * 16, directive.date)
            thing = self.document(namer, ref, told, "")
            thing.attributes.pop("subject", None)
            thing.row, thing.verified, thing.reason = directive.row, directive.verified("number"), name.reason
            self.known[thing.key] = directive

    # ---- a source

    def take(self, extraction: Extraction) -> None:
        """Take in one source."""
        document = extraction.document
        namer = Namer(self.registers, document.sha256, extraction.date, extraction.province)
        report = f"report/{document.sha256[:16]}"
        self.things.note(Kind.REPORT, Name(report, True, "the text itself"), document.headline, {})
        reader = _Source(self, extraction, namer)
        nodes = {referent.key: reader.node(referent) for referent in reader.referents}
        report_node = Node(Kind.REPORT, report, (("label", document.headline),))
        # A place that was only inferred is not mentioned.
        placed = {r.object.key for r in extraction.relations if r.predicate == "inProvince" and r.inferred}
        named = {r.object.key for r in extraction.relations if not r.inferred}
        for referent in reader.referents:
            node = nodes[referent.key]
            spans = reader.spans(referent)[:1]
            if node.kind is not Kind.DATE and spans and not (referent.key in placed and referent.key not in named):
                self._say(extraction, None, report_node, "mentions", node, spans)
        for relation in extraction.relations:
            subject, target = nodes[relation.subject.key], nodes[relation.object.key]
            if relation.predicate == "issuedBy":
                target = reader.issuer(relation, target)
            self._say(extraction, relation, subject, relation.predicate, target, relation.spans)
        reader.note_events(nodes)
        own = next((nodes[r.subject.key].id for r in extraction.relations if r.predicate == "signedBy"), "")
        if document.genre is Genre.OFFICIAL and not own:
            first = next((r for r in extraction.referents if r.kind is Kind.DIRECTIVE), None)
            own = nodes[first.key].id if first is not None else ""
        self.sources.append(
            SourceInfo(document.source, report, document.headline, document.sha256, document.genre, document.text, extraction.date, extraction.province,
                       extraction.province_reason, own if document.genre is Genre.OFFICIAL else "")
        )  # fmt: skip

    def _say(self, extraction: Extraction, relation: Relation | None, subject: Node, predicate: str, target: Node, spans: Iterable[Span]) -> None:
        text = extraction.document.text
        evidence = tuple(Evidence(start, end, text[start:end]) for start, end in spans)
        self.sayings.append(Saying(extraction.document.source, extraction.document.sha256, relation, subject, predicate, target, evidence))

    # ---- kinds of things

    def document(self, namer: Namer, ref: DirectiveRef, told: Told, file: str) -> Thing:
        """The thing of a document as a source or the register cites it."""
        name = namer.directive(ref)
        attributes = {
            "number": ref.number or "",
            "kind": ref.kind,
            "subject": ref.subject,
            "printed": ref.printed,
            "system": document_system(ref, self.registers),
            "level": document_level(ref, self.registers, ref.date or namer.day),
        }
        if ref.issuer is not None and (province := province_of(ref.issuer)) is not None:
            attributes["province"] = self.province(namer.on(ref.date), province)
        thing = self.things.note(Kind.DIRECTIVE, name, ref.label, attributes, told, file)
        if thing.ref is None or (not thing.ref.subject and ref.subject):
            thing.ref = ref
        if thing.place is None:
            thing.place = namer.place(ref)
        return thing

    def agency(self, namer: Namer, ref: AgencyRef) -> str:
        """The path of a body; it is noted with the body above it and its province."""
        name = namer.agency(ref)
        entry = self.registers.agencies.get(ref.entry)
        attributes = {"class": entry.cls if entry is not None else "", "level": agency_level(ref, self.registers, namer.day), "label_en": self._english(ref)}
        if ref.parent is not None:
            attributes["parent"] = self.agency(namer, ref.parent)
        elif entry is not None and entry.parent and entry.scope == "unique":
            above = self.registers.agencies[entry.parent]
            attributes["parent"] = self.agency(namer, AgencyRef(above.name, entry=above.id))
        if (province := province_of(ref)) is not None:
            attributes["province"] = self.province(namer, province)
        thing = self.things.note(Kind.AGENCY, name, ref.label, attributes)
        if entry is not None and entry.scope == "unique":
            thing.row, thing.verified = entry.source, entry.evidence != "K"
        return name.path

    def _english(self, ref: AgencyRef) -> str:
        """ "Department of Health, Bắc Kạn"; "" where the register knows no English name for some part."""
        entry = self.registers.agencies.get(ref.entry)
        if entry is None or not entry.name_en or entry.name != ref.name:
            return ""
        above = self._english(ref.parent) if ref.parent is not None else ref.place or (ref.province or "")
        return "" if ref.parent is not None and not above else f"{entry.name_en}, {above}" if above else entry.name_en

    def province(self, namer: Namer, name: str) -> str:
        """The path of a province, which is noted."""
        path = namer.province(name)
        thing = self.things.note(Kind.PROVINCE, Name(path, True, "register"), name, {})
        unit = self.registers.provinces.get(path.removeprefix("province/"))
        if unit is not None:
            thing.row = unit.source
        return path

    def membership(self, title: str) -> bool:
        """Whether a title only says that someone belongs to a body."""
        return is_membership(title, self._post_kinds)


class _Source:
    """One source while its things are named."""

    def __init__(self, intake: Intake, extraction: Extraction, namer: Namer) -> None:
        self.intake = intake
        self.extraction = extraction
        self.namer = namer
        self.referents = _referents(extraction)
        self._served = _served(extraction)
        self._grantors = _grantors(extraction)
        self._said = _first_spans(extraction)

    def spans(self, referent: Referent) -> tuple[Span, ...]:
        """Where the source names a referent."""
        return referent.spans or self._said.get(referent.key, ())

    def node(self, referent: Referent) -> Node:
        """The node of a referent; its id is the key of its thing."""
        value = referent.value
        intake, namer, file = self.intake, self.namer, self.extraction.document.source
        if isinstance(value, DirectiveRef):
            thing = intake.document(namer, value, self._told(referent), file)
            return Node(Kind.DIRECTIVE, thing.key, (("label", value.label), ("number", value.number), ("kind", value.kind or None)))
        if isinstance(value, PersonRef):
            return self._official(referent, value)
        if isinstance(value, AgencyRef):
            return Node(Kind.AGENCY, intake.agency(namer, value), (("label", value.label), ("province", province_of(value))))
        if isinstance(value, PostRef):
            return self._post(value)
        if isinstance(value, MeetingRef):
            label = capitalize(f"{value.noun} {value.topic}".strip())
            told = {"noun": value.noun, "class": intake.registers.event_classes.get(value.noun, "")}
            thing = intake.things.note(Kind.MEETING, namer.meeting(referent.number), label, told, self._told(referent), file)
            thing.event = Event(value.noun, value.topic)
            return Node(Kind.MEETING, thing.key, (("label", label),))
        if isinstance(value, AwardRef):
            award = namer.award(value.name, self._grantors.get(value.name))
            intake.things.note(Kind.AWARD, award, value.name, {})
            return Node(Kind.AWARD, award.path, (("label", value.name),))
        if isinstance(value, PartialDate):
            return Node(Kind.DATE, str(value), (("value", str(value)),))
        return Node(Kind.PROVINCE, intake.province(namer, str(value)), (("label", str(value)),))

    def _told(self, referent: Referent) -> Told:
        spans = self.spans(referent)
        document = self.extraction.document
        passage = context(document.text, spans[0]) if spans else document.headline
        return Told(self.namer.mark, self.extraction.date, self.extraction.province, f"{document.source}: {passage}", document.headline)

    def _official(self, referent: Referent, ref: PersonRef) -> Node:
        posts = self._served.get(referent.number, [])
        name = self.namer.official(ref.name, [p.agency for p in posts if p.agency is not None])
        thing = self.intake.things.note(Kind.OFFICIAL, name, ref.name, {}, self._told(referent), self.extraction.document.source)
        thing.name = person_key(ref.name)
        for post in posts:
            if (held := self._held(post)) not in thing.posts:
                thing.posts.append(held)
        return Node(Kind.OFFICIAL, thing.key, (("label", ref.name),))

    def _held(self, post: PostRef) -> Held:
        membership = self.intake.membership(post.title)
        if post.agency is None:
            return Held(post.title, "", False, "", "", "", membership, post.former)
        named = self.namer.agency(post.agency)
        province = province_of(post.agency)
        return Held(
            post.title, named.path, named.complete, post.agency.entry, self.namer.province(province) if province is not None else "",
            agency_level(post.agency, self.intake.registers, self.namer.day), membership, post.former,
        )  # fmt: skip

    def _post(self, ref: PostRef) -> Node:
        name = self.namer.post(ref)
        agency = self.intake.agency(self.namer, ref.agency) if ref.agency is not None else ""
        label = f"{ref.title} {ref.agency.label}" if ref.agency is not None else ref.title
        province = province_of(ref.agency)
        attributes = {"title": ref.title, "agency": agency, "province": self.namer.province(province) if province is not None else ""}
        self.intake.things.note(Kind.POST, name, label, attributes)
        fields = (
            ("title", ref.title),
            ("agency", ref.agency.label if ref.agency is not None else None),
            ("province", province),
            ("former", "true" if ref.former else None),
        )
        return Node(Kind.POST, name.path, fields)

    def issuer(self, relation: Relation, node: Node) -> Node:
        """The issuer as it was when it signed: the unit of the document's date, not of the source's."""
        document, body = relation.subject.value, relation.object.value
        if not isinstance(document, DirectiveRef) or not isinstance(body, AgencyRef) or document.date is None or province_of(body) is None:
            return node
        return Node(node.kind, self.intake.agency(self.namer.on(document.date), body), node.fields)

    def note_events(self, nodes: Mapping[tuple[str, int], Node]) -> None:
        """What the relations of the source tell of its events, to compare them with those of other sources."""
        things = self.intake.things.by_key
        parts = self.intake.lexicon.day_parts
        for relation in self.extraction.relations:
            left, right = nodes[relation.subject.key], nodes[relation.object.key]
            event = things[left.id if left.kind is Kind.MEETING else right.id].event if Kind.MEETING in (left.kind, right.kind) else None
            if event is None:
                continue
            if relation.predicate == "heldOn" and isinstance(relation.object.value, PartialDate):
                event.days.add(relation.object.value)
                words = [w for start, end in relation.spans for w in _WORD.findall(key(self.extraction.document.text[start:end]))]
                event.parts.update(w for w in words if w in parts)
            elif relation.predicate == "inProvince":
                event.provinces.add(right.id)
            elif relation.predicate == "chaired":
                event.chairs.add(left.id)
            elif relation.predicate == "organized":
                event.organizers.add(left.id)
            elif relation.predicate == "discusses":
                event.documents.add(right.id)


def _served(extraction: Extraction) -> dict[int, list[PostRef]]:
    """Official's number → the posts that the source gives."""
    served: dict[int, list[PostRef]] = defaultdict(list)
    for relation in extraction.relations:
        value = relation.object.value
        if relation.predicate == "holdsPost" and isinstance(value, PostRef):
            served[relation.subject.number].append(value)
    return served


def _grantors(extraction: Extraction) -> dict[str, AgencyRef]:
    """Award's name → the one body whose it is."""
    found: dict[str, set[AgencyRef]] = defaultdict(set)
    for relation in extraction.relations:
        giver, award = relation.subject.value, relation.object.value
        if relation.predicate == "conferred" and isinstance(giver, AgencyRef) and isinstance(award, AwardRef):
            found[award.name].add(giver)
    return {name: next(iter(givers)) for name, givers in found.items() if len(givers) == 1}


def _referents(extraction: Extraction) -> list[Referent]:
    seen: dict[tuple[str, int], Referent] = {r.key: r for r in extraction.referents}
    for relation in extraction.relations:
        for referent in (relation.subject, relation.object):
            seen.setdefault(referent.key, referent)
    return list(seen.values())


def _first_spans(extraction: Extraction) -> dict[tuple[str, int], tuple[Span, ...]]:
    spans: dict[tuple[str, int], tuple[Span, ...]] = {}
    for relation in extraction.relations:
        for referent in (relation.subject, relation.object):
            spans.setdefault(referent.key, relation.spans)
    return spans

"""Join what the sources say into one graph: local names to canonical entities, relations to statements.

Reads: extractions and the registers. Gives: `GraphData`. The result doesn't depend on the order of the sources. People are joined
on the same full name and a shared body or province, never on a similar name; every join is listed with its reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.model import (
    AgencyRef,
    AwardRef,
    DirectiveRef,
    Entity,
    Evidence,
    Extraction,
    Genre,
    GraphData,
    Kind,
    MeetingRef,
    Merge,
    Node,
    PartialDate,
    PersonRef,
    PostRef,
    Referent,
    Registered,
    Relation,
    Skipped,
    SourceInfo,
    Span,
    Statement,
)
from graph.registers.registers import KnownDirective, Registers
from graph.resolve.identity import Name, Namer, digest, registered
from graph.text.normalize import capitalize, key

BASE = "https://w3id.org/vn-health-governance/id/"


@dataclass(slots=True)
class _Thing:
    """A node while it is being put together from all sources."""

    kind: Kind
    path: str
    complete: bool
    reason: str
    labels: Counter[str] = field(default_factory=Counter)
    attributes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    anchors: set[str] = field(default_factory=set)  # of people: bodies and provinces that they serve
    row: str = ""
    verified: bool = True


class Resolver:
    """Collects extractions and gives the graph."""

    def __init__(self, registers: Registers, base: str = BASE) -> None:
        self.registers = registers
        self.base = base
        self._things: dict[str, _Thing] = {}
        self._statements: list[tuple[Extraction, str, Relation | None, Node, str, Node, tuple[Evidence, ...]]] = []
        self._sources: list[SourceInfo] = []
        self._known = self._registered_names()

    def _registered_names(self) -> dict[str, KnownDirective]:
        names: dict[str, KnownDirective] = {}
        for directive in self.registers.directives.values():
            name = registered(directive, self.registers) if not directive.uncertain else None
            if name is not None:
                names[name.path] = directive
        return names

    # ---- taking in sources

    def add(self, extraction: Extraction) -> None:
        """Take in one source."""
        document = extraction.document
        namer = Namer(self.registers, document.sha256, extraction.date)
        report = f"report/{document.sha256[:16]}"
        self._note(Kind.REPORT, Name(report, True, "the text itself"), document.headline, {})
        serves, grants = _served(extraction), _grantors(extraction)
        nodes: dict[tuple[str, int], Node] = {}
        for referent in _referents(extraction):
            nodes[referent.key] = self._node(namer, referent, serves, grants)
        said = _first_spans(extraction)
        report_node = Node(Kind.REPORT, report, (("label", document.headline),))
        for referent in _referents(extraction):
            node = nodes[referent.key]
            spans = referent.spans[:1] or said.get(referent.key, ())[:1]
            if node.kind is not Kind.DATE and spans:
                self._statements.append((extraction, document.source, None, report_node, "mentions", node, _evidence(document.text, spans)))
        for relation in extraction.relations:
            evidence = _evidence(document.text, relation.spans)
            self._statements.append(
                (extraction, document.source, relation, nodes[relation.subject.key], relation.predicate, nodes[relation.object.key], evidence)
            )
        own = next((nodes[r.subject.key].id for r in extraction.relations if r.predicate == "signedBy"), "")
        if document.genre is Genre.OFFICIAL and not own:
            first = next((r for r in extraction.referents if r.kind is Kind.DIRECTIVE), None)
            own = nodes[first.key].id if first is not None else ""
        self._sources.append(
            SourceInfo(document.source, report, document.headline, document.sha256, document.genre, document.text, extraction.date, extraction.province,
                       extraction.province_reason, own if document.genre is Genre.OFFICIAL else "")
        )  # fmt: skip

    def _node(self, namer: Namer, referent: Referent, serves: Mapping[int, list[AgencyRef]], grants: Mapping[str, AgencyRef]) -> Node:
        value = referent.value
        if isinstance(value, DirectiveRef):
            return self._directive(namer, value)
        if isinstance(value, PersonRef):
            return self._official(namer, value, serves.get(referent.number, []))
        if isinstance(value, AgencyRef):
            return self._agency(namer, value)
        if isinstance(value, PostRef):
            return self._post(namer, value)
        if isinstance(value, MeetingRef):
            name = namer.meeting(referent.number)
            label = capitalize(f"{value.noun} {value.topic}".strip())
            self._note(Kind.MEETING, name, label, {"noun": value.noun})
            return Node(Kind.MEETING, name.path, (("label", label),))
        if isinstance(value, AwardRef):
            name = namer.award(value.name, grants.get(value.name))
            self._note(Kind.AWARD, name, value.name, {})
            return Node(Kind.AWARD, name.path, (("label", value.name),))
        if isinstance(value, PartialDate):
            return Node(Kind.DATE, str(value), (("value", str(value)),))
        return self._province(namer, value)

    def _directive(self, namer: Namer, ref: DirectiveRef) -> Node:
        name = namer.directive(ref)
        attributes = {
            "number": ref.number or "",
            "kind": ref.kind,
            "subject": ref.subject,
            "printed": ref.printed,
            "system": self._system(ref),
            "level": self._document_level(ref),
        }
        if ref.issuer is not None and (province := _province_of(ref.issuer)) is not None:
            attributes["province"] = namer.province(province)
            self._province(namer, province)
        known = self._known.get(name.path)
        self._note(Kind.DIRECTIVE, name, ref.label, attributes)
        if known is not None:
            self._things[name.path].row = known.row
            self._things[name.path].verified = known.verified("number")
        return Node(Kind.DIRECTIVE, name.path, (("label", ref.label), ("number", ref.number), ("kind", ref.kind or None)))

    def _system(self, ref: DirectiveRef) -> str:
        if ref.number is not None:
            return "party" if "-" in ref.number.split("/")[0] else "state"
        if ref.title and any(word in key(ref.title) for word in ("đại hội", "đảng", "trung ương")):
            return "party"
        issuer = self.registers.agencies.get(ref.issuer.entry) if ref.issuer is not None else None
        if issuer is not None:
            return "party" if issuer.cls == "PartyBody" else "state"
        return "state" if ref.kind in ("Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư", "Hiến pháp") else ""

    def _document_level(self, ref: DirectiveRef) -> str:
        """The level of government that issued a document, by its issuer, else by its code; "" where neither tells."""
        entry = self.registers.agencies.get(ref.issuer.entry) if ref.issuer is not None else None
        if ref.issuer is not None and (level := _level(ref.issuer, entry.level if entry is not None else "")):
            return level
        code = self.registers.issuer_code(ref.issuer_code.split("-")[0]) if ref.issuer_code else None
        if code is None:
            return "central" if ref.kind in ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp", "Nghị định") else ""
        if code.agency in self.registers.agencies and (level := self.registers.agencies[code.agency].level) != "any":
            return level
        return {"moh_unit": "ministry_unit", "central": "central"}.get(
            code.level, code.level if code.level in ("province", "district", "commune", "ministry") else ""
        )

    def _official(self, namer: Namer, ref: PersonRef, agencies: list[AgencyRef]) -> Node:
        name = namer.official(ref.name, agencies)
        self._note(Kind.OFFICIAL, name, ref.name, {})
        thing = self._things[name.path]
        for agency in agencies:
            named = namer.agency(agency)
            if named.complete:
                thing.anchors.add(named.path)
            if (province := _province_of(agency)) is not None:
                thing.anchors.add(namer.province(province))
        return Node(Kind.OFFICIAL, name.path, (("label", ref.name),))

    def _agency(self, namer: Namer, ref: AgencyRef) -> Node:
        name = namer.agency(ref)
        entry = self.registers.agencies.get(ref.entry)
        attributes = {
            "class": entry.cls if entry is not None else "",
            "level": _level(ref, entry.level if entry is not None else ""),
            "label_en": self._english(ref),
        }
        if ref.parent is not None:
            attributes["parent"] = self._agency(namer, ref.parent).id
        elif entry is not None and entry.parent and entry.scope == "unique":
            above = self.registers.agencies[entry.parent]
            attributes["parent"] = self._agency(namer, AgencyRef(above.name, entry=above.id)).id
        if (province := _province_of(ref)) is not None:
            attributes["province"] = self._province(namer, province).id
        self._note(Kind.AGENCY, name, ref.label, attributes)
        if entry is not None and entry.scope == "unique":
            self._things[name.path].row = entry.source
            self._things[name.path].verified = entry.evidence != "K"
        return Node(Kind.AGENCY, name.path, (("label", ref.label), ("province", _province_of(ref))))

    def _english(self, ref: AgencyRef) -> str:
        """ "Department of Health, Bắc Kạn"; "" where the register knows no English name for some part."""
        entry = self.registers.agencies.get(ref.entry)
        if entry is None or not entry.name_en or entry.name != ref.name:
            return ""
        above = self._english(ref.parent) if ref.parent is not None else ref.place or (ref.province or "")
        return "" if ref.parent is not None and not above else f"{entry.name_en}, {above}" if above else entry.name_en

    def _post(self, namer: Namer, ref: PostRef) -> Node:
        name = namer.post(ref)
        agency = self._agency(namer, ref.agency) if ref.agency is not None else None
        label = f"{ref.title} {ref.agency.label}" if ref.agency is not None else ref.title
        province = _province_of(ref.agency)
        self._note(
            Kind.POST,
            name,
            label,
            {"title": ref.title, "agency": agency.id if agency is not None else "", "province": namer.province(province) if province is not None else ""},
        )
        fields = (
            ("title", ref.title),
            ("agency", ref.agency.label if ref.agency is not None else None),
            ("province", province),
            ("former", "true" if ref.former else None),
        )
        return Node(Kind.POST, name.path, fields)

    def _province(self, namer: Namer, name: object) -> Node:
        text = str(name)
        path = namer.province(text)
        unit = self.registers.provinces.get(path.removeprefix("province/"))
        self._note(Kind.PROVINCE, Name(path, True, "register"), text, {})
        if unit is not None:
            self._things[path].row = unit.source
        return Node(Kind.PROVINCE, path, (("label", text),))

    def _note(self, kind: Kind, name: Name, label: str, attributes: Mapping[str, str]) -> None:
        thing = self._things.setdefault(name.path, _Thing(kind, name.path, name.complete, name.reason))
        thing.labels[label] += 1
        for attribute, value in attributes.items():
            if value:
                thing.attributes[attribute][value] += 1

    # ---- joining

    def graph(self, skipped: Iterable[Skipped] = ()) -> GraphData:
        """The graph of all sources taken in."""
        canonical, merges = self._joined()
        entities = self._entities(canonical)
        statements = sorted(
            (self._statement(canonical, *parts) for parts in self._statements), key=lambda s: (s.source, s.subject.id, s.predicate, s.object.id, s.id)
        )
        known = sorted(self._register_edges(set(entities)), key=lambda r: (r.subject, r.predicate, r.object))
        sources = sorted(self._sources, key=lambda s: s.source)
        return GraphData(
            self.base,
            tuple(entities[path] for path in sorted(entities)),
            tuple(statements),
            tuple(known),
            tuple(_with_canonical(s, canonical) for s in sources),
            tuple(merges),
            tuple(sorted(skipped, key=lambda s: (s.source, s.reason))),
        )

    def _joined(self) -> tuple[dict[str, str], list[Merge]]:
        """Local path → canonical path, and the joins made: people of one full name who share a body or their only province."""
        canonical = {path: path for path in self._things}
        merges: list[Merge] = []
        by_name: dict[str, list[_Thing]] = defaultdict(list)
        for thing in self._things.values():
            if thing.kind is Kind.OFFICIAL:
                by_name[thing.path.split("/")[1]].append(thing)
        for things in by_name.values():
            for group, reason in _people(sorted(things, key=lambda t: t.path)):
                kept = min(group, key=lambda t: (not t.complete, t.path))
                for thing in group:
                    canonical[thing.path] = kept.path
                    if thing is not kept:
                        merges.append(Merge(Kind.OFFICIAL, kept.path, thing.path, _best(kept.labels), reason))
        return canonical, sorted(merges, key=lambda m: (m.kept, m.gone))

    def _entities(self, canonical: Mapping[str, str]) -> dict[str, Entity]:
        groups: dict[str, list[_Thing]] = defaultdict(list)
        for path, thing in self._things.items():
            groups[canonical[path]].append(thing)
        entities: dict[str, Entity] = {}
        for path, things in groups.items():
            main = self._things[path]
            labels: Counter[str] = Counter()
            merged: dict[str, Counter[str]] = defaultdict(Counter)
            for thing in things:
                labels.update(thing.labels)
                for attribute, values in thing.attributes.items():
                    merged[attribute].update(values)
            attributes = {a: _best(values) for a, values in merged.items()}
            if "printed" in merged:
                attributes["printed"] = "; ".join(sorted(merged["printed"]))
            for link in ("agency", "parent", "province"):
                if attributes.get(link) in canonical:
                    attributes[link] = canonical[attributes[link]]
            self._registered_fields(path, attributes)
            reason = main.reason if len(things) == 1 else f"{main.reason}; joined from {len(things)} sources' names"
            entities[path] = Entity(
                main.kind,
                path,
                _best(labels),
                reason,
                tuple(sorted(attributes.items())),
                tuple(sorted(t.path for t in things if t.path != path)),
                main.row,
                main.verified,
            )
        return entities

    def _registered_fields(self, path: str, attributes: dict[str, str]) -> None:
        known = self._known.get(path)
        if known is not None:
            attributes["title"] = known.title
            attributes["subject_en"] = known.subject_en

    def _statement(
        self,
        canonical: Mapping[str, str],
        extraction: Extraction,
        source: str,
        relation: Relation | None,
        subject: Node,
        predicate: str,
        target: Node,
        evidence: tuple[Evidence, ...],
    ) -> Statement:
        left = Node(subject.kind, canonical.get(subject.id, subject.id), subject.fields)
        right = Node(target.kind, canonical.get(target.id, target.id), target.fields)
        spans = ",".join(f"{e.start}-{e.end}" for e in evidence)
        # The hash is over the source's own names, so that a later merge doesn't change a statement's identity.
        ident = digest("\n".join((extraction.document.sha256, source, subject.id, predicate, target.id, spans)), 20)
        if relation is None:
            return Statement(ident, source, left, predicate, right, evidence, 0.97, False, "mention")
        inferred = relation.inferred or (predicate == "inProvince" and target.field("label") not in " ".join(e.quote for e in evidence))
        return Statement(ident, source, left, predicate, right, evidence, relation.confidence, inferred, relation.rule, relation.reason)

    def _register_edges(self, present: set[str]) -> Iterable[Registered]:
        """What the register of directives says about documents that the sources cite: date, issuer, ties to other cited ones."""
        by_id = {d.id: path for path, d in self._known.items()}
        namer = Namer(self.registers, "0" * 16, None)
        for path, directive in self._known.items():
            if path not in present:
                continue
            if directive.date is not None:
                yield Registered(path, "issuedOn", str(directive.date), directive.row, directive.verified("date"))
            for issuer in directive.issuer:
                entry = self.registers.agencies[issuer]
                agency = namer.agency(AgencyRef(entry.name, entry=entry.id)).path
                if agency in present and entry.scope == "unique":
                    yield Registered(path, "issuedBy", agency, directive.row, directive.verified("number"))
            for predicate, target in directive.relations:
                if by_id.get(target) in present:
                    yield Registered(path, predicate, by_id[target], directive.row, directive.verified("relation"))


def _people(things: list[_Thing]) -> Iterable[tuple[list[_Thing], str]]:
    """Groups of names that mean one person."""
    groups: list[tuple[list[_Thing], set[str], set[str]]] = []
    for thing in things:
        reasons: set[str] = set()
        joined = [thing]
        anchors = set(thing.anchors)
        rest = []
        for group, shared, why in groups:
            if _same_person(anchors, shared):
                joined = [*group, *joined]
                reasons |= why | {"same full name and " + ("agency" if any(a.startswith("agency/") for a in anchors & shared) else "province")}
                anchors |= shared
            else:
                rest.append((group, shared, why))
        groups = [*rest, (joined, anchors, reasons)]
    for group, _, why in groups:
        if len(group) > 1:
            yield group, "; ".join(sorted(why))


def _same_person(a: set[str], b: set[str]) -> bool:
    if any(x.startswith("agency/") for x in a & b):
        return True
    mine, theirs = ({x for x in s if x.startswith("province/")} for s in (a, b))
    return len(mine) == 1 and mine == theirs


def _served(extraction: Extraction) -> dict[int, list[AgencyRef]]:
    """Official's number → the bodies that the source gives posts in."""
    served: dict[int, list[AgencyRef]] = defaultdict(list)
    for relation in extraction.relations:
        value = relation.object.value
        if relation.predicate == "holdsPost" and isinstance(value, PostRef) and value.agency is not None:
            served[relation.subject.number].append(value.agency)
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


def _evidence(text: str, spans: Iterable[Span]) -> tuple[Evidence, ...]:
    return tuple(Evidence(start, end, text[start:end]) for start, end in spans)


def _best(counts: Counter[str]) -> str:
    """The label to show: the most frequent, then the longest, then the first in order."""
    return min(counts.items(), key=lambda pair: (-pair[1], -len(pair[0]), pair[0]))[0]


def _province_of(agency: AgencyRef | None) -> str | None:
    while agency is not None:
        if agency.province is not None:
            return agency.province
        agency = agency.parent
    return None


def _level(agency: AgencyRef, registered_level: str) -> str:
    if registered_level and registered_level != "any":
        return registered_level
    if agency.parent is not None:
        return _level(agency.parent, "")
    if agency.province is not None and agency.level in ("tỉnh", "thành phố", ""):
        return "province"
    return {
        "tỉnh": "province",
        "thành phố": "district",
        "huyện": "district",
        "quận": "district",
        "thị xã": "district",
        "xã": "commune",
        "phường": "commune",
        "thị trấn": "commune",
        "đặc khu": "commune",
    }.get(agency.level, "")


def _with_canonical(source: SourceInfo, canonical: Mapping[str, str]) -> SourceInfo:
    if not source.text_of:
        return source
    return SourceInfo(
        source.source, source.report, source.headline, source.sha256, source.genre, source.text, source.date, source.province, source.province_reason,
        canonical.get(source.text_of, source.text_of),
    )  # fmt: skip

"""The RDF of identity: names that gave way, pairs not decided, judgements of people, posts over time, units and bodies that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from graph.analysis.timeline import Attestation
from graph.model import Doubt, Entity, GraphData, Judgement, Kind, Merge, PartialDate, Verdict
from graph.registers.ontology import Ontology
from graph.registers.registers import Registers
from graph.resolve.identity import digest

DateLiteral = Callable[[PartialDate, Ontology], Literal]


class History:
    """Triples beside the statements of one graph."""

    def __init__(self, graph: GraphData, registers: Registers, terms: Ontology, date_literal: DateLiteral) -> None:
        self.graph = graph
        self.registers = registers
        self.terms = terms
        self._date = date_literal
        self._entities = {entity.id: entity for entity in graph.entities}
        # A name that no longer stands for a node of its own, with the node that it gave way to.
        self._kept = {merge.gone: merge.kept for merge in graph.merges}

    def _iri(self, path: str) -> NamedNode:
        return NamedNode(self.graph.base + path)

    # ---- joined, undecided, judged

    def merge(self, merge: Merge) -> Iterator[Triple]:
        """The name that gave way stays as a node that points to the one kept."""
        t = self.terms
        node = self._iri(merge.gone)
        yield Triple(node, t.dcterms.isReplacedBy, self._iri(merge.kept))
        yield Triple(node, t.rdfs.label, Literal(merge.label, language="vi"))
        yield Triple(node, t.hg.identityReason, Literal(merge.reason))

    def doubt(self, doubt: Doubt) -> Iterator[Triple]:
        """A pair that may be one thing; it is no statement, and nothing follows from it."""
        if doubt.a not in self._entities or doubt.b not in self._entities:
            return
        t = self.terms
        node = self._iri(f"doubt/{digest(f'{doubt.a} {doubt.b}', 20)}")
        a, b = self._iri(doubt.a), self._iri(doubt.b)
        yield Triple(node, t.rdf.type, t.hg.Doubt)
        yield Triple(node, t.hg.between, a)
        yield Triple(node, t.hg.between, b)
        yield Triple(node, t.hg.score, Literal(f"{doubt.score:.3f}".rstrip("0").rstrip("."), datatype=t.xsd.decimal))
        yield Triple(node, t.hg.identityReason, Literal(doubt.reason))
        if doubt.judged:
            yield Triple(node, t.dcterms.creator, Literal(doubt.judged))
        yield Triple(a, t.hg.mayBe, b)
        yield Triple(b, t.hg.mayBe, a)

    def judgement(self, judgement: Judgement) -> Iterator[Triple]:
        """What a person decided, with author, day and reason."""
        t = self.terms
        about = f"{judgement.a} {judgement.predicate} {judgement.b} {judgement.source}"
        node = self._iri(f"judgement/{digest(about, 20)}")
        yield Triple(node, t.rdf.type, t.hg.Judgement)
        yield Triple(node, t.hg.verdict, Literal(judgement.verdict.value))
        yield from author(node, judgement.who, judgement.when, judgement.why, t)
        if judgement.verdict in (Verdict.REJECT, Verdict.ASSERT):
            yield Triple(node, t.hg.onSubject, self._node(judgement.a))
            yield Triple(node, t.hg.onPredicate, t.hg[judgement.predicate])
            dated = judgement.b[:4].isdigit()
            yield Triple(node, t.hg.onObject, self._date(PartialDate.parse(judgement.b), t) if dated else self._node(judgement.b))
        else:
            for end in (judgement.a, judgement.b):
                yield Triple(node, t.hg.between, self._iri(end.partition("@")[0]))

    def _node(self, path: str) -> NamedNode:
        return self._iri(self._kept.get(path, path))

    # ---- posts

    def membership(self, attestation: Attestation) -> Iterator[Triple]:
        """A person in a post: when sources show it; begin and end only where a source tells them."""
        t = self.terms
        node = self._iri(f"membership/{digest(f'{attestation.official} {attestation.post}', 20)}")
        yield Triple(node, t.rdf.type, t.org.Membership)
        yield Triple(node, t.org.member, self._iri(attestation.official))
        yield Triple(node, t.hg.ofPost, self._iri(attestation.post))
        post = self._entities[attestation.post]
        if post.attribute("agency"):
            yield Triple(node, t.org.organization, self._iri(post.attribute("agency")))
        days = ((t.hg.firstAttested, attestation.first), (t.hg.lastAttested, attestation.last), (t.hg.startedOn, attestation.started),
                (t.hg.endedOn, attestation.ended))  # fmt: skip
        for predicate, day in days:
            if day is not None:
                yield Triple(node, predicate, self._date(day, t))
        if attestation.former:
            yield Triple(node, t.hg.former, Literal(True))

    # ---- units and bodies that changed

    def successors(self) -> Iterator[Entity]:
        """The units and bodies that no source names, but that those of the graph came from or became; each once, by path."""
        present = {e.id for e in self.graph.entities}
        wanted: set[str] = set()
        for unit in self._units():
            wanted.update(unit)
        for row in self._bodies():
            wanted.add(f"agency/{row['successor']}")
        for path in sorted(wanted - present):
            kind, _, ident = path.partition("/")
            if kind == "province":
                unit_row = self.registers.provinces[ident]
                yield Entity(Kind.PROVINCE, path, unit_row.name, "register", row=unit_row.source)
            else:
                entry = self.registers.agencies[ident]
                attributes = (("class", entry.cls), ("label_en", entry.name_en), ("level", entry.level))
                yield Entity(Kind.AGENCY, path, entry.name, "the only body of this name", attributes, row=entry.source, verified=entry.evidence != "K")

    def changes(self) -> Iterator[Triple]:
        """Mergers and renamings, and which unit or body stands in each one's place."""
        t = self.terms
        present = {e.id for e in self.graph.entities}
        for row in self.registers.tables["province_changes"].rows:
            before, after = ([f"province/{unit.strip()}" for unit in row[side].split(";")] for side in ("before", "after"))
            if present.isdisjoint((*before, *after)):
                continue
            node = self._iri(f"change/{row['id']}")
            yield from self._change(node, before, after, row["date"], f"province_changes.csv:{row['id']}")
            yield Triple(node, t.dcterms.description, Literal(row["legal_basis"], language="vi"))
        for body in self._bodies():
            # The register tells a body's last day; the change is told by the first day of its successor, where that is known.
            heir = next(r for r in self.registers.tables["agencies"].rows if r["id"] == body["successor"])
            node = self._iri(f"change/agency-{body['id']}")
            yield from self._change(node, [f"agency/{body['id']}"], [f"agency/{body['successor']}"], heir["valid_from"], f"agencies.csv:{body['id']}")
        for row in self.registers.tables["agencies"].rows:
            if f"agency/{row['id']}" in present:
                for column, predicate in (("valid_from", t.hg.validFrom), ("valid_to", t.hg.validTo)):
                    if row[column]:
                        yield Triple(self._iri(f"agency/{row['id']}"), predicate, Literal(row[column], datatype=t.xsd.date))

    def _change(self, node: NamedNode, before: list[str], after: list[str], day: str, row: str) -> Iterator[Triple]:
        t = self.terms
        yield Triple(node, t.rdf.type, t.org.ChangeEvent)
        if day:
            yield Triple(node, t.dcterms.date, Literal(day, datatype=t.xsd.date))
        yield Triple(node, t.hg.registerRow, Literal(row))
        for paths, predicate in ((before, t.org.originalOrganization), (after, t.org.resultingOrganization)):
            for path in paths:
                yield Triple(node, predicate, self._iri(path))
        for old in before:
            for new in after:
                if old != new:
                    yield Triple(self._iri(old), t.hg.successor, self._iri(new))

    def _units(self) -> Iterator[list[str]]:
        present = {e.id for e in self.graph.entities if e.kind is Kind.PROVINCE}
        for row in self.registers.tables["province_changes"].rows:
            paths = [f"province/{unit.strip()}" for side in ("before", "after") for unit in row[side].split(";")]
            if not present.isdisjoint(paths):
                yield paths

    def _bodies(self) -> Iterator[dict[str, str]]:
        present = {e.id for e in self.graph.entities if e.kind is Kind.AGENCY}
        for row in self.registers.tables["agencies"].rows:
            if row["successor"] and f"agency/{row['id']}" in present:
                yield dict(row)


def author(node: NamedNode, who: str, when: str, why: str, terms: Ontology) -> Iterator[Triple]:
    """Whose word a node is, since when and why."""
    yield Triple(node, terms.dcterms.creator, Literal(who))
    yield Triple(node, terms.dcterms.date, Literal(when, datatype=terms.xsd.date))
    yield Triple(node, terms.rdfs.comment, Literal(why))

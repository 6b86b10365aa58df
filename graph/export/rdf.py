"""The graph as RDF: Turtle, sorted N-Triples and JSON-LD.

Three layers (DESIGN.md 4): the plain edge; one rdf:Statement for each edge and source, with confidence and rule; its passages as Web
Annotation targets with offsets and quote. Nothing is a blank node, so that the bytes of two builds can be compared.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import cached_property
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from typing import IO

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph.analysis.coverage import UNKNOWN, Cell, coverage
from graph.analysis.timeline import Holders, Timeline
from graph.export.history import History, author
from graph.model import Entity, Evidence, Genre, GraphData, Kind, PartialDate, Registered, SourceInfo, Statement
from graph.registers.data import Data
from graph.registers.ontology import Ontology
from graph.registers.registers import Registers
from graph.resolve.identity import digest, slug
from graph.text.normalize import fold

_AROUND = 40  # code points of text before and after a quote, so that it can be found again in a changed page

_PREFIXES = ("hg", "dcterms", "eli", "oa", "org", "prov", "rdf", "rdfs", "schema", "skos", "xsd")

_BATCH = 1000  # triples serialized at once: one takes ten times the memory of its line
_RUN = 10_000  # lines sorted at once


def _sorted_runs(triples: Iterator[Triple]) -> Iterator[IO[bytes]]:
    """The lines of triples in sorted temporary files, so that a large graph is sorted without being held."""
    lines: list[bytes] = []
    while batch := list(islice(triples, _BATCH)):
        lines.extend((serialize(batch, format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True))
        if len(batch) < _BATCH or len(lines) >= _RUN:
            yield _sorted_run(lines)
            lines.clear()
    yield _sorted_run(lines)


def _sorted_run(lines: list[bytes]) -> IO[bytes]:
    run = tempfile.TemporaryFile()  # noqa: SIM115 - whoever merges the runs closes them
    run.writelines(sorted(lines))
    run.seek(0)
    return run


class RdfWriter:
    """Turns a graph into triples and files."""

    def __init__(self, graph: GraphData, data: Data) -> None:
        self.graph = graph
        self.data = data
        self.registers = data.registers
        self.terms: Ontology = data.ontology
        self._timeline = Timeline(graph)
        self._entities = {entity.id: entity for entity in graph.entities}
        self._sources = {source.source: source for source in graph.sources}

    # ---- files

    def write_turtle(self, path: Path) -> None:
        """`graph.ttl`: subjects in order, the class first; instances relative to the base."""
        body = serialize(self.triples, format=RdfFormat.TURTLE, prefixes=self._prefixes, base_iri=self.graph.base) or b""
        # The serializer also makes the prefixes relative to the base; people copy these lines into queries, so they are written whole.
        head = [f"@base <{self.graph.base}> .", *(f"@prefix {prefix}: <{iri}> ." for prefix, iri in self._prefixes.items())]
        with path.open("wb") as file:
            file.write("".join(line + "\n" for line in head).encode())
            file.writelines(line for line in body.splitlines(keepends=True) if not line.startswith((b"@base ", b"@prefix ")))

    def write_ntriples(self, path: Path) -> None:
        """`graph.nt`: one triple a line, sorted."""
        # Written from a stream where no other format has gathered the triples: a line takes a tenth of the memory of a triple.
        with path.open("wb") as file, ExitStack() as stack:
            runs = [stack.enter_context(run) for run in _sorted_runs(iter(self.__dict__.get("_unique") or self._all()))]
            file.writelines(line for line, _ in groupby(merge(*runs)))

    def write_jsonld(self, path: Path) -> None:
        """`graph.jsonld`: the same triples in expanded JSON-LD."""
        with path.open("wb") as file:
            serialize(self.triples, file, format=RdfFormat.JSON_LD)

    @property
    def _prefixes(self) -> dict[str, str]:
        return {prefix: iri for prefix, iri in sorted((*self.terms.prefixes.items(), *_core())) if prefix in _PREFIXES}

    # ---- triples

    @cached_property
    def triples(self) -> list[Triple]:
        """All triples, without repetition, ordered by subject, class, predicate and object."""
        rdf_type = self.terms.rdf.type
        return sorted(self._unique, key=lambda t: (str(t.subject), t.predicate != rdf_type, t.predicate.value, str(t.object)))

    @cached_property
    def _unique(self) -> set[Triple]:
        return set(self._all())

    def _all(self) -> Iterator[Triple]:
        for entity in self.graph.entities:
            yield from self._entity(entity)
        for source in self.graph.sources:
            yield from self._source(source)
        # Most sentences tell several facts; each is written once.
        passages: dict[str, tuple[SourceInfo, Evidence]] = {}
        for statement in self.graph.statements:
            yield from self._statement(statement)
            source = self._sources[statement.source]
            for evidence in statement.evidence:
                passages.setdefault(passage(source, evidence), (source, evidence))
        for source, evidence in passages.values():
            yield from self._passage(source, evidence)
        for edge in self.graph.registered:
            yield from self._registered(edge)
        history = History(self.graph, self.registers, self.terms, date_literal)
        for joined in self.graph.merges:
            yield from history.merge(joined)
        for doubt in self.graph.doubts:
            yield from history.doubt(doubt)
        for judgement in self.graph.judgements:
            yield from history.judgement(judgement)
        for attestation in Holders(self.graph, self.data.lexicon).attestations:
            yield from history.membership(attestation)
        for entity in history.successors():
            yield from self._entity(entity)
        yield from history.changes()
        for cell in coverage(self.graph, self.registers):
            yield from self._coverage(cell)
        yield from self._kinds()
        yield from self.terms.said()

    def _iri(self, path: str) -> NamedNode:
        return NamedNode(self.graph.base + path)

    def _types(self, node: NamedNode, name: str) -> Iterator[Triple]:
        for cls in (self.terms.hg[name], *self.terms.superclasses(name)):
            yield Triple(node, self.terms.rdf.type, cls)

    def _entity(self, entity: Entity) -> Iterator[Triple]:
        t = self.terms
        node = self._iri(entity.id)
        yield from self._types(node, class_of(entity))
        yield Triple(node, t.rdfs.label, Literal(entity.label, language="vi"))
        english = english_label(entity, self.registers)
        if english:
            yield Triple(node, t.rdfs.label, Literal(english, language="en"))
        yield Triple(node, t.hg.searchKey, Literal(fold(entity.label)))
        yield Triple(node, t.hg.identityReason, Literal(entity.reason))
        if entity.row:
            yield Triple(node, t.hg.registerRow, Literal(entity.row))
            yield Triple(node, t.hg.rowVerified, Literal(entity.verified))
        if (day := self._day(entity)) is not None:
            yield Triple(node, t.dcterms.date, date_literal(day, t))
        if entity.attribute("level"):
            yield Triple(node, t.hg.level, Literal(entity.attribute("level")))
        if entity.kind is Kind.DIRECTIVE:
            yield from self._directive(entity, node)
        elif entity.kind is Kind.AGENCY and entity.attribute("parent"):
            yield Triple(node, t.org.subOrganizationOf, self._iri(entity.attribute("parent")))
        elif entity.kind is Kind.POST:
            yield Triple(node, t.hg.title, Literal(entity.attribute("title")))
            if entity.attribute("agency"):
                yield Triple(node, t.org.postIn, self._iri(entity.attribute("agency")))
        elif entity.kind is Kind.PROVINCE:
            yield from self._province(entity, node)
        if entity.attribute("province"):
            yield Triple(node, t.hg.inProvince, self._iri(entity.attribute("province")))

    def _day(self, entity: Entity) -> PartialDate | None:
        """The one date of a document or meeting that lags are counted by, where its sources may tell several."""
        if entity.kind is Kind.MEETING:
            return next(iter(self._timeline.meeting_dates.get(entity.id, ())), None)
        return self._timeline.date(entity.id) if entity.kind is Kind.DIRECTIVE else None

    def _directive(self, entity: Entity, node: NamedNode) -> Iterator[Triple]:
        t = self.terms
        if entity.attribute("number"):
            yield Triple(node, t.hg.number, Literal(entity.attribute("number")))
            yield Triple(node, t.eli.number, Literal(entity.attribute("number")))
        if entity.attribute("kind"):
            yield Triple(node, t.eli.type_document, self._kind(entity.attribute("kind")))
        for printed in filter(None, entity.attribute("printed").split("; ")):
            yield Triple(node, t.hg.asPrinted, Literal(printed))
        if entity.attribute("title"):
            yield Triple(node, t.dcterms.title, Literal(entity.attribute("title"), language="vi"))
        elif entity.attribute("subject"):
            yield Triple(node, t.schema.description, Literal(entity.attribute("subject"), language="vi"))
        if entity.attribute("subject_en"):
            yield Triple(node, t.schema.description, Literal(entity.attribute("subject_en"), language="en"))

    def _province(self, entity: Entity, node: NamedNode) -> Iterator[Triple]:
        unit = self.registers.provinces.get(entity.id.removeprefix("province/"))
        if unit is None:
            return
        t = self.terms
        if unit.valid_from is not None:
            yield Triple(node, t.hg.validFrom, date_literal(unit.valid_from, t))
        if unit.valid_to is not None:
            yield Triple(node, t.hg.validTo, date_literal(unit.valid_to, t))

    def _kind(self, kind: str) -> NamedNode:
        return self._iri(f"kind/{slug(kind)}")

    def _kinds(self) -> Iterator[Triple]:
        """The concept scheme of kinds of documents, as far as the graph uses them."""
        t = self.terms
        scheme = self._iri("kinds")
        used = sorted({e.attribute("kind") for e in self.graph.entities if e.kind is Kind.DIRECTIVE} - {""})
        if used:
            yield Triple(scheme, t.rdf.type, t.skos.ConceptScheme)
            yield Triple(scheme, t.rdfs.label, Literal("Loại văn bản", language="vi"))
            yield Triple(scheme, t.rdfs.label, Literal("Kinds of documents", language="en"))
        for kind in used:
            node = self._kind(kind)
            yield Triple(node, t.rdf.type, t.skos.Concept)
            yield Triple(node, t.skos.inScheme, scheme)
            yield Triple(node, t.skos.prefLabel, Literal(kind, language="vi"))
            if (english := self.registers.kind_names_en.get(kind)) is not None:
                yield Triple(node, t.skos.prefLabel, Literal(english, language="en"))
            for system in ("state", "party"):
                if (code := self.registers.kind_codes.get((kind, system))) is not None:
                    yield Triple(node, t.skos.notation, Literal(code))

    def _source(self, source: SourceInfo) -> Iterator[Triple]:
        t = self.terms
        node = self._iri(source.report)
        official = source.genre is Genre.OFFICIAL
        yield Triple(node, t.rdf.type, t.prov.Entity)
        yield Triple(node, t.rdf.type, t.eli.Work if official else t.schema.NewsArticle)
        yield Triple(node, t.schema.headline, Literal(source.headline, language="vi"))
        yield Triple(node, t.hg.sha256, Literal(source.sha256))
        yield Triple(node, t.hg.sourceFile, Literal(source.source))
        if source.date is not None:
            yield Triple(node, t.dcterms.date, date_literal(source.date, t))
        if source.text_of:
            yield Triple(node, t.hg.isTextOf, self._iri(source.text_of))

    def _statement(self, statement: Statement) -> Iterator[Triple]:
        t = self.terms
        subject = self._iri(statement.subject.id)
        target = date_literal(PartialDate.parse(statement.object.id), t) if statement.object.kind is Kind.DATE else self._iri(statement.object.id)
        predicate = self._predicate(statement.predicate)
        node = self._iri(f"statement/{statement.id}")
        source = self._sources[statement.source]
        yield from self._edge(statement.predicate, subject, target, statement.subject.id, statement.object.id)
        yield Triple(node, t.rdf.type, t.rdf.Statement)
        yield Triple(node, t.rdf.subject, subject)
        yield Triple(node, t.rdf.predicate, predicate)
        yield Triple(node, t.rdf.object, target)
        yield Triple(node, t.hg.confidence, Literal(f"{statement.confidence:.3f}".rstrip("0").rstrip("."), datatype=t.xsd.decimal))
        yield Triple(node, t.hg.rule, Literal(statement.rule))
        yield Triple(node, t.hg.inferred, Literal(statement.inferred))
        if statement.inferred and statement.reason:
            yield Triple(node, t.hg.inferredFrom, Literal(statement.reason))
        yield Triple(node, t.hg.statedIn, self._iri(source.report))
        yield from self._lag(node, statement.predicate, statement.subject.id, statement.object.id)
        for evidence in statement.evidence:
            yield Triple(node, t.hg.evidence, self._iri(passage(source, evidence)))

    def _lag(self, node: NamedNode, predicate: str, later: str, superior: str) -> Iterator[Triple]:
        if (days := self._timeline.lag(later, predicate, superior)) is not None:
            yield Triple(node, self.terms.hg.lagDays, Literal(days))

    def _predicate(self, name: str) -> NamedNode:
        return self.terms.schema.mentions if name == "mentions" else self.terms.hg[name]

    def _edge(self, predicate: str, subject: NamedNode, target: NamedNode | Literal, subject_id: str, target_id: str) -> Iterator[Triple]:
        """The plain edge, and its counterparts in ELI: one that holds always, one between documents of the State. Party documents are no legislation."""
        t = self.terms
        yield Triple(subject, self._predicate(predicate), target)
        kind = self.graph.relations.get(predicate)
        if kind is not None and kind.above:
            yield Triple(subject, t.eli[kind.above], target)
        if kind is not None and kind.twin and self._may_be_law(subject_id) and self._may_be_law(target_id):
            yield Triple(subject, t.eli[kind.twin], target)

    def _may_be_law(self, path: str) -> bool:
        """Whether a node is a document of the State, or no document."""
        entity = self._entities.get(path)
        return entity is None or entity.kind is not Kind.DIRECTIVE or class_of(entity) == "StateDirective"

    def _passage(self, source: SourceInfo, evidence: Evidence) -> Iterator[Triple]:
        t = self.terms
        node = self._iri(passage(source, evidence))
        position = NamedNode(f"{node.value}/position")
        quote = NamedNode(f"{node.value}/quote")
        yield from self._types(node, "Sentence")
        yield Triple(node, t.rdf.type, t.oa.SpecificResource)
        yield Triple(node, t.oa.hasSource, self._iri(source.report))
        yield Triple(node, t.oa.hasSelector, position)
        yield Triple(node, t.oa.hasSelector, quote)
        yield Triple(position, t.rdf.type, t.oa.TextPositionSelector)
        yield Triple(position, t.oa.start, Literal(evidence.start))
        yield Triple(position, t.oa.end, Literal(evidence.end))
        yield Triple(quote, t.rdf.type, t.oa.TextQuoteSelector)
        yield Triple(quote, t.oa.exact, Literal(evidence.quote, language="vi"))
        yield Triple(quote, t.oa.prefix, Literal(source.text[max(0, evidence.start - _AROUND) : evidence.start], language="vi"))
        yield Triple(quote, t.oa.suffix, Literal(source.text[evidence.end : evidence.end + _AROUND], language="vi"))

    def _registered(self, edge: Registered) -> Iterator[Triple]:
        """An edge of a register: its statement names the row. Only a verified row makes a plain edge."""
        t = self.terms
        subject = self._iri(edge.subject)
        target = date_literal(PartialDate.parse(edge.object), t) if self.graph.relations[edge.predicate].to_date else self._iri(edge.object)
        node = self._iri(f"statement/{edge.id}")
        if edge.verified:
            yield from self._edge(edge.predicate, subject, target, edge.subject, edge.object)
            yield from self._lag(node, edge.predicate, edge.subject, edge.object)
        yield Triple(node, t.rdf.type, t.rdf.Statement)
        yield Triple(node, t.rdf.subject, subject)
        yield Triple(node, t.rdf.predicate, self._predicate(edge.predicate))
        yield Triple(node, t.rdf.object, target)
        yield Triple(node, t.hg.registerRow, Literal(edge.row))
        yield Triple(node, t.hg.verified, Literal(edge.verified))
        yield Triple(node, t.hg.inferred, Literal(False))
        if edge.author:
            yield from author(node, edge.author, edge.when, edge.why, t)

    def _coverage(self, cell: Cell) -> Iterator[Triple]:
        """A cell of the matrix as then; what it rests on are statements, those of registers among them."""
        t = self.terms
        node = self._iri(f"coverage/{digest(f'{cell.directive} {cell.unit}', 20)}")
        yield Triple(node, t.rdf.type, t.hg.Coverage)
        yield Triple(node, t.hg.ofDirective, self._iri(cell.directive))
        if cell.unit.startswith("province/"):
            yield Triple(node, t.hg.inProvince, self._iri(cell.unit))
        elif cell.unit != UNKNOWN:
            yield Triple(node, t.hg.ofBody, self._iri(cell.unit))
        yield Triple(node, t.hg.state, Literal(cell.state.value))
        if cell.plan:
            yield Triple(node, t.hg.plan, self._iri(cell.plan))
        if cell.lag is not None:
            yield Triple(node, t.hg.lagDays, Literal(cell.lag))
        for plan in cell.plans:
            yield Triple(node, t.hg.foundPlan, self._iri(plan))
        for meeting in cell.meetings:
            yield Triple(node, t.hg.foundMeeting, self._iri(meeting))
        for statement in cell.statements:
            yield Triple(node, t.hg.restsOn, self._iri(f"statement/{statement}"))


def class_of(entity: Entity) -> str:
    """The name of the most specific hg: class of a node."""
    if entity.kind is Kind.DIRECTIVE:
        return {"party": "PartyDirective", "state": "StateDirective"}.get(entity.attribute("system"), "Directive")
    return entity.attribute("class") or entity.kind.value  # of a body by its register, of an event by its noun


def english_label(entity: Entity, registers: Registers) -> str:
    """The English label, "" where we have none: kind and number of a document, name of a province or a body known to the register."""
    if entity.kind is Kind.DIRECTIVE and entity.attribute("number"):
        kind = registers.kind_names_en.get(entity.attribute("kind"), "Document")
        return f"{kind} {entity.attribute('number')}"
    if entity.kind is Kind.PROVINCE:
        unit = registers.provinces.get(entity.id.removeprefix("province/"))
        return unit.name_en if unit is not None else ""
    return entity.attribute("label_en")


def date_literal(day: PartialDate, terms: Ontology) -> Literal:
    """A date with the datatype of its precision: xsd:date, xsd:gYearMonth or xsd:gYear."""
    datatype = terms.xsd.date if day.day else terms.xsd.gYearMonth if day.month else terms.xsd.gYear
    return Literal(str(day), datatype=datatype)


def passage(source: SourceInfo, evidence: Evidence) -> str:
    """The path of a quoted passage: its text and its offsets."""
    return f"passage/{source.sha256[:16]}/{evidence.start}-{evidence.end}"


def _core() -> Iterable[tuple[str, str]]:
    return (
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    )

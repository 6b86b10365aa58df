"""A built graph, opened for questions: the triples of `graph.nt` in a store, and the values that questions are answered with.

Reads: the folder that a build wrote. Gives: documents, and statements with their passages, as frozen values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

from graph.errors import QueryError
from graph.model import PartialDate
from graph.output.kept import VOCABULARY, Kept
from graph.query.view import keep_until
from graph.registers.data import Data, shipped
from graph.registers.ontology import Ontology
from graph.registers.registers import Registers
from graph.registers.strings import Words
from graph.resolve.identity import LOCAL
from graph.resolve.provinces import as_now

Term = NamedNode | BlankNode | Literal | Triple

CORE_PREFIXES = (
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
)
MENTIONS = "mentions"  # the relation of every source to what it names, which is schema.org's and not declared by us
_PLACED = ("agency", "post", "province")  # whose names tell a place


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive of the graph: what tells it apart from its namesakes."""

    id: str
    label: str
    label_en: str
    number: str
    kind: str
    date: PartialDate | None
    subject: str
    issuers: tuple[str, ...]
    provinces: tuple[str, ...]
    place_unknown: bool  # a local body issued it, and no source names the place
    printed: tuple[str, ...] = ()
    row: str = ""
    verified: bool = True

    @property
    def name(self) -> str:
        """ "Chỉ thị 25-CT/TW"; the label of a document without number."""
        return f"{self.kind} {self.number}".strip() if self.number else self.label

    @property
    def year(self) -> int | None:
        """The year of signing; None where no source tells it."""
        return self.date.year if self.date is not None else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted stretch of a source, and the paragraph that it stands in (0 where the text isn't there to count)."""

    start: int
    end: int
    quote: str
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the graph: an edge as one source, or one row of a register, tells it."""

    id: str
    subject: str
    predicate: str
    object: str
    confidence: float | None
    inferred: bool
    reason: str
    rule: str
    source: str
    headline: str
    date: PartialDate | None
    passages: tuple[Passage, ...]
    row: str = ""
    verified: bool = True
    author: str = ""  # of a fact that a person asserts; `row` is then the line of the ledger

    @property
    def relation(self) -> str:
        """The name of the relation: "implements"; "mentions" for schema:mentions."""
        return local_name(self.predicate)

    @property
    def registered(self) -> bool:
        """Whether a register or a person tells it, so that there is no sentence."""
        return bool(self.row)

    @property
    def quote(self) -> str:
        """All passages on one line."""
        return " … ".join(" ".join(p.quote.split()) for p in self.passages)


@dataclass(frozen=True, slots=True)
class Ends:
    """A statement's node and ends, and whether a register tells it."""

    id: str
    subject: str
    predicate: str
    object: str
    registered: bool


class BuiltGraph:
    """The graph of one build."""

    def __init__(self, store: Store, folder: Path | None = None, *, merged: bool = False, data: Data | None = None, terms: Ontology | None = None) -> None:
        """data: registers, queries and words, the shipped ones by default; terms: the vocabulary that the graph carries, else that of the data."""
        self.store = store
        self.folder = folder
        self.merged = merged
        self.data = data if data is not None else shipped()
        self.terms = terms if terms is not None else self.data.ontology

    @classmethod
    def open(cls, folder: Path, *, as_of: PartialDate | None = None, merged: bool = False) -> BuiltGraph:
        """The graph in the folder of a build. Raises QueryError, saying what to do, where there is none, or not the one that the build wrote.

        as_of: only what sources of that day or before attest; merged: names of places tell what they are part of today.
        """
        kept = Kept(folder)
        path = kept.file("graph.nt")
        if not folder.is_dir():
            raise QueryError(f"there is no folder {folder}; build a graph first: govgraph build --input FOLDER --out {folder}")
        if not path.is_file():
            raise QueryError(f"{folder} holds no graph.nt; build it: govgraph build --input FOLDER --out {folder} (with nt among its --exports)")
        data = shipped()
        vocabulary = kept.file(VOCABULARY)
        terms = Ontology(vocabulary) if vocabulary.is_file() else data.ontology
        store = Store()
        try:
            store.bulk_load(path=str(path), format=RdfFormat.N_TRIPLES)
        except (SyntaxError, ValueError, OSError) as error:
            raise QueryError(f"{path} can't be read ({str(error).splitlines()[0]}); build it again: govgraph build --out {folder}") from error
        if as_of is not None:
            keep_until(store, terms, as_of)
        return cls(store, folder, merged=merged, data=data, terms=terms)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """For a process that begins anew (graph/query/worker.py, where the system can't copy this one): all triples, as N-Quads."""
        return _unpacked, (type(self), self.store.dump(format=RdfFormat.N_QUADS), self.folder, self.merged)

    # ---- terms

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """All prefixes of the vocabulary."""
        return {**self.terms.prefixes, **dict(CORE_PREFIXES)}

    def objects(self, subject: str, *predicates: NamedNode) -> list[Term]:
        """The values of a node's predicates."""
        return [q.object for p in predicates for q in self.store.quads_for_pattern(NamedNode(subject), p, None)]

    def texts(self, subject: str, predicate: NamedNode, lang: str = "") -> list[str]:
        """The values as text, in order; of literals with a language only those in `lang`."""
        return sorted(text_of(o) for o in self.objects(subject, predicate) if not (isinstance(o, Literal) and o.language and o.language != (lang or "vi")))

    def text(self, subject: str, predicate: NamedNode, lang: str = "") -> str:
        """The first value, "" if there is none."""
        return next(iter(self.texts(subject, predicate, lang)), "")

    def label(self, node: str, lang: str = "vi") -> str:
        """The label in this language, else the Vietnamese one; of a node without label its text."""
        label = self.text(node, self.terms.rdfs.label, lang) or self.text(node, self.terms.rdfs.label) or node
        today = self.today(node) if self.merged and any(f"/{kind}/" in node for kind in _PLACED) else ""
        return f"{label} ({self.words.say('place.today', lang, name=today)})" if today else label

    def today(self, node: str) -> str:
        """The name of the province that a place, or a body or post of it, is part of today, where that is another; else ""."""
        place = node if self._is_province(node) else self.text(node, self.terms.hg.inProvince)
        unit = place.rpartition("/province/")[2]
        now = self._registers.provinces.get(as_now(self._registers, unit)) if unit and unit in self._registers.provinces else None
        return now.name if now is not None and now.id != unit and now.name != self._registers.provinces[unit].name else ""

    def _is_province(self, node: str) -> bool:
        return "/province/" in node

    def same_places(self, nodes: Iterable[str]) -> list[str]:
        """The provinces, and in a view as now all that are one with them today."""
        several = list(nodes)
        if not self.merged:
            return several
        wanted = {as_now(self._registers, node.rpartition("/province/")[2]) for node in several}
        return [node for node in self.of_class("Province") if as_now(self._registers, node.rpartition("/province/")[2]) in wanted]

    @cached_property
    def words(self) -> Words:
        """The words of the interface, with those of this graph's own relations."""
        return Words.of(self.data.files, self.terms.words)

    @property
    def _registers(self) -> Registers:
        return self.data.registers

    def why(self, node: str) -> list[tuple[str, str]]:
        """Why the mentions of a node are one thing (under the name ""), and each name that gave way to it with its reason."""
        t = self.terms
        joined = [(gone.partition("/id/")[2] or gone, self.text(gone, t.hg.identityReason)) for gone in self.subjects(t.dcterms.isReplacedBy, node)]
        return [*(("", reason) for reason in self.texts(node, t.hg.identityReason)), *joined]

    def date(self, node: str) -> PartialDate | None:
        """The date of a document, meeting or source that lags are counted by; None where nothing tells it."""
        told = self.text(node, self.terms.dcterms.date)
        return PartialDate.parse(told) if told else None

    def name(self, node: str) -> str:
        """A document's kind and number, a source's headline, a date as it is; the label of anything else."""
        if node in self.documents:
            return self.documents[node].name
        if ":" not in node:
            return node
        return self.text(node, self.terms.schema.headline) or self.label(node)

    def subjects(self, predicate: NamedNode, target: str) -> list[str]:
        """The nodes that point to a node, in order."""
        return sorted(text_of(q.subject) for q in self.store.quads_for_pattern(None, predicate, NamedNode(target)))

    def of_class(self, name: str) -> list[str]:
        """All nodes of a hg: class, in order."""
        return sorted(text_of(q.subject) for q in self.store.quads_for_pattern(None, self.terms.rdf.type, self.terms.hg[name]))

    def predicate(self, name: str) -> NamedNode:
        """The term of a relation: hg:implements; schema:mentions for "mentions"."""
        return self.terms.schema.mentions if name == MENTIONS else self.terms.hg[name]

    # ---- documents

    @cached_property
    def documents(self) -> Mapping[str, Directive]:
        """All directives by IRI."""
        return {node: self._document(node) for node in self.of_class("Directive")}

    def _document(self, node: str) -> Directive:
        t = self.terms
        issuers = self.texts(node, t.hg.issuedBy)
        kinds = [self.text(k, t.skos.prefLabel) for k in self.texts(node, t.eli.type_document)]
        provinces = self.texts(node, t.hg.inProvince) or sorted({p for i in issuers for p in self.texts(i, t.hg.inProvince)})
        return Directive(
            node,
            self.label(node),
            self.text(node, t.rdfs.label, "en") or self.label(node),
            self.text(node, t.hg.number),
            next(iter(kinds), ""),
            self.date(node),
            self.text(node, t.dcterms.title) or self.text(node, t.schema.description),
            tuple(self.label(i) for i in issuers),
            tuple(self.label(p) for p in provinces),
            not provinces and any(LOCAL.search(i) for i in issuers),
            tuple(self.texts(node, t.hg.asPrinted)),
            self.text(node, t.hg.registerRow),
            self.text(node, t.hg.rowVerified) != "false",
        )

    @cached_property
    def implementing(self) -> Mapping[str, int]:
        """Document → how many others carry it out, at any number of steps; 0 where none does."""
        below: dict[str, set[str]] = {}
        for step in self.terms.relations.steps:
            for quad in self.store.quads_for_pattern(None, self.terms.hg[step], None):
                below.setdefault(text_of(quad.object), set()).add(text_of(quad.subject))
        return {node: len(_reachable(node, below) - {node}) for node in self.documents}

    # ---- statements

    def edges(self, predicate: NamedNode) -> list[tuple[str, str]]:
        """Subject and value of every triple of a predicate, in order."""
        return sorted((text_of(q.subject), text_of(q.object)) for q in self.store.quads_for_pattern(None, predicate, None))

    def ends(self) -> list[Ends]:
        """Every statement with its ends alone, which is quick for a whole graph."""
        t = self.terms
        subjects, predicates, objects = (dict(self.edges(p)) for p in (t.rdf.subject, t.rdf.predicate, t.rdf.object))
        rows = {node for node, _ in self.edges(t.hg.registerRow)}
        return [
            Ends(node, subject, predicates[node], objects[node], node in rows) for node, subject in subjects.items() if node in predicates and node in objects
        ]

    def told(self, predicates: Iterable[str], *, subject: str | None = None, target: str | None = None) -> list[Statement]:
        """The statements of these relations from a subject, to a target, or all: the surest first, those of registers last."""
        wanted = {self.predicate(name): name for name in predicates}
        found = []
        for node in self._statement_nodes(wanted, subject, target):
            told = self._told(node)
            name = wanted.get(NamedNode(told.predicate))
            if name is not None and (target is None or told.object == target):
                found.append(told)
        return sorted(found, key=_surest_first)

    def statement(self, node: str) -> Statement:
        """A statement by its IRI."""
        return self._told(node)

    def _statement_nodes(self, wanted: Iterable[NamedNode], subject: str | None, target: str | None) -> Iterator[str]:
        t = self.terms
        if subject is not None:
            quads = self.store.quads_for_pattern(None, t.rdf.subject, NamedNode(subject))
        elif target is not None:
            quads = self.store.quads_for_pattern(None, t.rdf.object, NamedNode(target))
        else:
            yield from (text_of(q.subject) for p in wanted for q in self.store.quads_for_pattern(None, t.rdf.predicate, p))
            return
        yield from (text_of(q.subject) for q in quads)

    def _told(self, node: str) -> Statement:
        t = self.terms
        fields: dict[str, list[str]] = {}
        for quad in self.store.quads_for_pattern(NamedNode(node), None, None):
            fields.setdefault(quad.predicate.value, []).append(text_of(quad.object))

        def one(term: NamedNode) -> str:
            return next(iter(fields.get(term.value, ())), "")

        report = one(t.hg.statedIn)
        source = self.text(report, t.hg.sourceFile) if report else ""
        passages = [self._passage(p, source) for p in fields.get(t.hg.evidence.value, ())]
        return Statement(
            node,
            one(t.rdf.subject),
            one(t.rdf.predicate),
            one(t.rdf.object),
            float(one(t.hg.confidence)) if one(t.hg.confidence) else None,
            one(t.hg.inferred) == "true",
            one(t.hg.inferredFrom),
            one(t.hg.rule),
            source,
            self.text(report, t.schema.headline) if report else "",
            self.date(report) if report else None,
            tuple(sorted(passages, key=lambda p: (p.start, p.end))),
            one(t.hg.registerRow),
            one(t.hg.verified) != "false",
            one(t.dcterms.creator),
        )

    def _passage(self, node: str, source: str) -> Passage:
        t = self.terms
        fields: dict[str, str] = {}
        for selector in self.texts(node, t.oa.hasSelector):
            fields.update({q.predicate.value: text_of(q.object) for q in self.store.quads_for_pattern(NamedNode(selector), None, None)})
        start = int(fields[t.oa.start.value])
        return Passage(start, int(fields[t.oa.end.value]), fields[t.oa.exact.value], self._paragraph(source, start))

    def _paragraph(self, source: str, start: int) -> int:
        """The number of the paragraph, counted as lines that hold text."""
        text = self.source_text(source)
        return sum(1 for line in text[:start].split("\n")[:-1] if line.strip()) + 1 if text else 0

    def source_text(self, source: str) -> str:
        """A source's text as read; "" where the folder doesn't hold it. Raises QueryError where it isn't the one that the build wrote."""
        if source not in self._texts:
            self._texts[source] = self.kept.text(source) if self.kept is not None else ""
        return self._texts[source]

    @cached_property
    def kept(self) -> Kept | None:
        """The files of the build; None for a graph that lies in no folder."""
        return Kept(self.folder) if self.folder is not None else None

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {}


def _unpacked(kind: type[BuiltGraph], quads: bytes, folder: Path | None, merged: bool) -> BuiltGraph:
    store = Store()
    store.bulk_load(input=quads, format=RdfFormat.N_QUADS)
    return kind(store, folder, merged=merged)


def _surest_first(told: Statement) -> tuple[object, ...]:
    return (not told.verified, told.registered, told.inferred, -(told.confidence or 0), told.source, told.passages[0].start if told.passages else 0, told.id)


def local_name(iri: str) -> str:
    """The last part of an IRI, which names a relation."""
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def text_of(term: object) -> str:
    """The IRI or the lexical form of a term."""
    return term.value if isinstance(term, (NamedNode, Literal, BlankNode)) else str(term)


def _reachable(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    """All nodes that can be reached over one edge or more; a cycle is walked once."""
    found: set[str] = set()
    queue = [start]
    while queue:
        for after in edges.get(queue.pop(), ()):
            if after not in found:
                found.add(after)
                queue.append(after)
    return found

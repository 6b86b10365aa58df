"""The terms of `ontology.ttl`, read from the file: asking for one that it doesn't declare raises, so no term can be misspelt."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from graph.errors import RegisterError
from graph.model import Drawn, Family, Kind, RelationKind, Relations, Weight

_LANGUAGES = ("vi", "en")
_ALTERNATIVE = NamedNode("http://purl.org/dc/terms/alternative")
_ONTOLOGY = "http://www.w3.org/2002/07/owl#Ontology"
# The nodes between which sentences tell relations; a report only mentions.
_NODES = frozenset(Kind) - {Kind.REPORT, Kind.DATE}
# What a relation is about, by what stands at its ends; the first that fits.
_FAMILIES = ((Kind.AWARD, Family.AWARD), (Kind.POST, Family.POST), (Kind.PROVINCE, Family.PLACE), (Kind.MEETING, Family.MEETING))
_PREFIX = re.compile(r"^@prefix\s+(?P<prefix>\w*):\s*<(?P<iri>[^>]*)>", re.MULTILINE)

# The core vocabularies are the language itself; they aren't declared again in our file.
_CORE = {
    "rdf": ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", ("type", "Property", "Statement", "subject", "predicate", "object", "value")),
    "rdfs": ("http://www.w3.org/2000/01/rdf-schema#", ("label", "comment", "subClassOf", "subPropertyOf", "domain", "range", "Literal")),
    "xsd": ("http://www.w3.org/2001/XMLSchema#", ("string", "boolean", "integer", "decimal", "date", "gYear", "gYearMonth")),
}


_Choice = TypeVar("_Choice", bound=StrEnum)


class Terms:
    """The terms of one prefix: `hg.implements` is its IRI, `hg.implemets` raises AttributeError."""

    def __init__(self, prefix: str, iri: str, names: frozenset[str]) -> None:
        self._prefix = prefix
        self._names = {name: NamedNode(iri + name) for name in names}
        # As plain attributes, since an export looks terms up a million times.
        self.__dict__.update(self._names)

    def __getattr__(self, name: str) -> NamedNode:
        raise AttributeError(f"ontology.ttl declares no term {self._prefix}:{name}")

    def __getitem__(self, name: str) -> NamedNode:
        return self._names[name] if name in self._names else self.__getattr__(name)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._names))


class Ontology:
    """The vocabulary: its prefixes, its terms, and what it says of them."""

    def __init__(self, path: Path) -> None:
        """Raises RegisterError where the file can't be read as Turtle."""
        try:
            text = path.read_text(encoding="utf-8")
            self._triples = list(parse(text, format=RdfFormat.TURTLE))
        except (OSError, UnicodeError, SyntaxError) as error:
            raise RegisterError(path.name, "", str(error)) from error
        self.sha256 = hashlib.sha256(text.encode()).hexdigest()
        self.prefixes: dict[str, str] = {m["prefix"]: m["iri"] for m in _PREFIX.finditer(text)}
        declared = {t.subject.value for t in self._triples if t.predicate.value == _CORE["rdf"][0] + "type" and isinstance(t.subject, NamedNode)}
        self._terms = {
            prefix: Terms(prefix, iri, frozenset(i.removeprefix(iri) for i in declared if i.startswith(iri))) for prefix, iri in self.prefixes.items()
        }
        for prefix, (iri, names) in _CORE.items():
            self._terms[prefix] = Terms(prefix, iri, frozenset(names))
        self.__dict__.update(self._terms)
        self._superclasses: dict[str, tuple[NamedNode, ...]] = {}

    def __getattr__(self, prefix: str) -> Terms:
        raise AttributeError(f"ontology.ttl has no prefix {prefix}:")

    @cached_property
    def base(self) -> str:
        """What the IRIs of things begin with, unless a build is told otherwise. Raises RegisterError where the file doesn't tell."""
        told = next((t.object.value for t in self._triples if t.predicate == self.void.uriSpace and isinstance(t.object, Literal)), "")
        if not told:
            raise RegisterError("ontology.ttl", "", "tells no void:uriSpace, the IRI that the names of things begin with")
        return told

    @cached_property
    def title(self) -> tuple[str, str]:
        """The name of the graph in Vietnamese and English; that of the file where the vocabulary has none."""
        return self._headed(self.rdfs.label) or ("ontology.ttl", "ontology.ttl")

    @cached_property
    def short_title(self) -> tuple[str, str]:
        """The name of the graph in short, for the heads of pages; the whole one by default."""
        return self._headed(_ALTERNATIVE) or self.title

    def _headed(self, predicate: NamedNode) -> tuple[str, str] | None:
        header = next((t.subject for t in self._triples if t.predicate == self.rdf.type and t.object.value == _ONTOLOGY), None)
        return self._words(header, predicate) if isinstance(header, NamedNode) else None

    def superclasses(self, name: str) -> tuple[NamedNode, ...]:
        """All hg: classes above the class hg:name, nearest first."""
        if name not in self._superclasses:
            self._superclasses[name] = self._find_superclasses(name)
        return self._superclasses[name]

    def _find_superclasses(self, name: str) -> tuple[NamedNode, ...]:
        found: list[NamedNode] = []
        queue = [self.hg[name]]
        while queue:
            above = sorted((c for c in self._above.get(queue.pop(0).value, ()) if c.value.startswith(self.prefixes["hg"])), key=lambda c: c.value)
            found.extend(above)
            queue.extend(above)
        return tuple(found)

    def lacks(self, other: Ontology) -> list[str]:
        """The terms of another vocabulary that this one doesn't declare, kinds of bodies and events left out: "hg:heldOn"."""
        kinds = {name for kind in (Kind.AGENCY, Kind.MEETING) for name in other.below(kind.value)}
        return [f"{prefix}:{name}" for prefix, name in other.names() if not (prefix in self._terms and name in self._terms[prefix]) and name not in kinds]

    def covers(self, other: Ontology) -> bool:
        """Whether it has all terms of another vocabulary, in the same namespace."""
        return self.prefixes["hg"] == other.prefixes["hg"] and set(other.names()) <= set(self.names())

    def names(self) -> list[tuple[str, str]]:
        """All terms that the file declares, as (prefix, name), in order."""
        return [(prefix, name) for prefix, terms in sorted(self._terms.items()) for name in terms]

    def below(self, name: str) -> list[str]:
        """The names of the hg: classes below the class hg:name, in order."""
        own = self.prefixes["hg"]
        names = sorted(cls.removeprefix(own) for cls in self._above if cls.startswith(own))
        return [other for other in names if self.hg[name] in self.superclasses(other)]

    @cached_property
    def _above(self) -> dict[str, list[NamedNode]]:
        above: dict[str, list[NamedNode]] = {}
        for triple in self._triples:
            if triple.predicate == self.rdfs.subClassOf and isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
                above.setdefault(triple.subject.value, []).append(triple.object)
        return above

    @cached_property
    def labels(self) -> dict[tuple[str, str], str]:
        """(name of the hg: term, "vi" or "en") → its label."""
        found: dict[tuple[str, str], str] = {}
        for triple in self._triples:
            label = triple.object
            if triple.predicate == self.rdfs.label and isinstance(label, Literal) and isinstance(triple.subject, NamedNode):
                found[triple.subject.value.removeprefix(self.prefixes["hg"]), label.language or ""] = label.value
        return found

    @cached_property
    def relations(self) -> Relations:
        """The kinds of relation: the properties between kinds of nodes, or from one to a date, in the order of the file.

        Raises RegisterError where one lacks a label in either language, or says of itself what no relation can be.
        """
        derived = {t.subject for t in self._triples if t.predicate == self.rdf.type and t.object == self.hg.DerivedProperty}
        names = dict.fromkeys(
            t.subject.value for t in self._triples if t.predicate == self.rdfs.range and isinstance(t.subject, NamedNode) and t.subject not in derived
        )
        hg = self.prefixes["hg"]
        return Relations(tuple(kind for name in names if name.startswith(hg) and (kind := self._relation(name.removeprefix(hg))) is not None))

    def said(self) -> Iterator[Triple]:
        """What the file says of its own terms, without what only blank nodes can say, so that a graph explains its own words."""
        ours = (self.prefixes["hg"], self.prefixes["schema"])
        for triple in self._triples:
            if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(ours) and not isinstance(triple.object, BlankNode):
                yield triple

    @cached_property
    def words(self) -> dict[str, tuple[str, str]]:
        """The words of the interface that come from here, by key: "app.title", "rel.implements", "rel.implements.inverse", "class.Inspection"."""
        told = {f"class.{name}": self._words(self.hg[name], self.rdfs.label) for name in self.below(Kind.MEETING.value)}
        beside = told | {"rel.mentions": self._words(self.schema.mentions, self.rdfs.label), "rel.isTextOf": self._words(self.hg.isTextOf, self.rdfs.label)}
        return {"app.title": self.short_title} | self.relations.words | {key: words for key, words in beside.items() if words is not None}

    def _relation(self, name: str) -> RelationKind | None:
        """The relation of this name; None for a property whose ends are no nodes."""
        term = self.hg[name]
        subjects, objects = (self._kinds(name, side) for side in (self.rdfs.domain, self.rdfs.range))
        to_date = self.rdfs.Literal in self._values(term, self.rdfs.range)
        if not subjects or not (objects or to_date):
            return None
        labels = self._words(term, self.rdfs.label)
        if labels is None:
            raise RegisterError("ontology.ttl", f"hg:{name}", "a relation needs rdfs:label in Vietnamese and in English")
        above = self.above(name)
        eli = [value for value in self._values(term, self.skos.closeMatch) if value.value.startswith(self.prefixes["eli"])]
        whole = [value for value in self._values(term, self.rdfs.subPropertyOf) if value.value.startswith(self.prefixes["eli"])]
        return RelationKind(
            name, subjects, objects, labels,
            inverse=self._words(term, self.hg.inverseLabel) or (f"{labels[0]} (chiều ngược)", f"{labels[1]} (inverse)"),
            head=self._words(term, self.hg.headLabel),
            family=self._choice(term, self.hg.family, Family, _family(subjects, objects)),
            weight=self._choice(term, self.hg.weight, Weight, Weight.PLAIN),
            drawn=self._choice(term, self.hg.drawn, Drawn, Drawn.BESIDE),
            step=self.hg.implements in above, cites=self.hg.references in above,
            passes_on=self._truth(term, self.hg.passesOn), core=self._truth(term, self.hg.core),
            twin=eli[0].value.removeprefix(self.prefixes["eli"]) if eli else "", above=whole[0].value.removeprefix(self.prefixes["eli"]) if whole else "",
        )  # fmt: skip

    def above(self, name: str) -> frozenset[NamedNode]:
        """hg:name and the properties above it."""
        found: set[NamedNode] = set()
        queue = [self.hg[name]]
        while queue:
            term = queue.pop()
            if term not in found:
                found.add(term)
                queue.extend(t.object for t in self._of.get(term, ()) if t.predicate == self.rdfs.subPropertyOf and isinstance(t.object, NamedNode))
        return frozenset(found)

    def ends(self, predicate: str) -> tuple[frozenset[str], frozenset[str]]:
        """Names of the classes that the domain and the range of hg:predicate name (unions opened)."""
        return self._classes(predicate, self.rdfs.domain), self._classes(predicate, self.rdfs.range)

    def _kinds(self, name: str, side: NamedNode) -> frozenset[Kind]:
        """The kinds of nodes that the classes at one end are, or are below."""
        classes = {above for cls in self._classes(name, side) for above in (cls, *(c.value.removeprefix(self.prefixes["hg"]) for c in self.superclasses(cls)))}
        return frozenset(kind for kind in _NODES if kind.value in classes)

    @cached_property
    def _of(self) -> dict[object, list[Triple]]:
        found: dict[object, list[Triple]] = {}
        for triple in self._triples:
            found.setdefault(triple.subject, []).append(triple)
        return found

    def _values(self, term: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        return [t.object for t in self._of.get(term, ()) if t.predicate == predicate and isinstance(t.object, NamedNode)]

    def _literals(self, term: NamedNode, predicate: NamedNode) -> list[Literal]:
        return [t.object for t in self._of.get(term, ()) if t.predicate == predicate and isinstance(t.object, Literal)]

    def _words(self, term: NamedNode, predicate: NamedNode) -> tuple[str, str] | None:
        """A label in both languages; None unless both are there."""
        told = {literal.language: literal.value for literal in self._literals(term, predicate)}
        vi, en = (told.get(lang, "").strip() for lang in _LANGUAGES)
        return (vi, en) if vi and en else None

    def _truth(self, term: NamedNode, predicate: NamedNode) -> bool:
        return any(literal.value == "true" for literal in self._literals(term, predicate))

    def _choice(self, term: NamedNode, predicate: NamedNode, choices: type[_Choice], default: _Choice) -> _Choice:
        told = [literal.value for literal in self._literals(term, predicate)]
        if not told:
            return default
        try:
            return choices(told[0])
        except ValueError:
            name, key = (iri.value.removeprefix(self.prefixes["hg"]) for iri in (term, predicate))
            raise RegisterError("ontology.ttl", f"hg:{name}", f"hg:{key} {told[0]!r} is none of {', '.join(c.value for c in choices)}") from None

    def _classes(self, name: str, side: NamedNode) -> frozenset[str]:
        found: set[str] = set()
        queue: list[object] = [t.object for t in self._of.get(self.hg[name], ()) if t.predicate == side]
        while queue:
            node = queue.pop()
            if isinstance(node, NamedNode):
                if node.value.startswith(self.prefixes["hg"]):
                    found.add(node.value.removeprefix(self.prefixes["hg"]))
            else:
                queue.extend(t.object for t in self._of.get(node, ()) if t.predicate.value.rpartition("#")[2] in ("unionOf", "first", "rest"))
        return frozenset(found)


def _family(subjects: frozenset[Kind], objects: frozenset[Kind]) -> Family:
    if not objects:
        return Family.DATE
    if subjects == objects == {Kind.DIRECTIVE}:
        return Family.DOCUMENT
    if subjects == {Kind.DIRECTIVE} and objects <= {Kind.AGENCY, Kind.OFFICIAL}:
        return Family.ISSUE
    ends = subjects if objects == {Kind.DIRECTIVE} else objects
    return next((family for kind, family in _FAMILIES if ends == {kind}), Family.OTHER)

"""The terms of `ontology.ttl`, read from the file: asking for one that it doesn't declare raises, so no term can be misspelt."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph import resources
from graph.errors import RegisterError

_PREFIX = re.compile(r"^@prefix\s+(?P<prefix>\w*):\s*<(?P<iri>[^>]*)>", re.MULTILINE)

# The core vocabularies are the language itself; they aren't declared again in our file.
_CORE = {
    "rdf": ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", ("type", "Statement", "subject", "predicate", "object", "value")),
    "rdfs": ("http://www.w3.org/2000/01/rdf-schema#", ("label", "comment", "subClassOf", "subPropertyOf", "domain", "range")),
    "xsd": ("http://www.w3.org/2001/XMLSchema#", ("string", "boolean", "integer", "decimal", "date", "gYear", "gYearMonth")),
}


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


class Ontology:
    """The vocabulary: its prefixes, its terms, and what it says of them."""

    def __init__(self, path: Path) -> None:
        """Raises RegisterError where the file can't be read as Turtle."""
        try:
            text = path.read_text(encoding="utf-8")
            self._triples = list(parse(text, format=RdfFormat.TURTLE))
        except (OSError, UnicodeError, SyntaxError) as error:
            raise RegisterError(path.name, "", str(error)) from error
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

    def ends(self, predicate: str) -> tuple[frozenset[str], frozenset[str]]:
        """Names of the classes that the domain and the range of hg:predicate name (unions opened)."""
        return self._classes(predicate, self.rdfs.domain), self._classes(predicate, self.rdfs.range)

    def _classes(self, predicate: str, side: NamedNode) -> frozenset[str]:
        by_subject: dict[str, list[tuple[str, object]]] = {}
        for triple in self._triples:
            by_subject.setdefault(str(triple.subject), []).append((triple.predicate.value.rpartition("#")[2], triple.object))
        found: set[str] = set()
        queue: list[object] = [o for p, o in by_subject.get(str(self.hg[predicate]), ()) if p == side.value.rpartition("#")[2]]
        while queue:
            node = queue.pop()
            if isinstance(node, NamedNode):
                if node.value.startswith(self.prefixes["hg"]):
                    found.add(node.value.removeprefix(self.prefixes["hg"]))
            else:
                queue.extend(o for p, o in by_subject.get(str(node), ()) if p in ("unionOf", "first", "rest"))
        return frozenset(found)


@cache
def load() -> Ontology:
    """The shipped ontology, read once."""
    return Ontology(resources.ontology())

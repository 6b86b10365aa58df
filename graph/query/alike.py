"""Nodes that no shape can tell apart: what a shape finds of one of them it finds of all.

Reads: the triples of a graph and its shapes. Gives: sorts of nodes, or None where the shapes look at something that isn't foreseen here.
A shape sees a node's classes, and of each of its values the datatype, language or classes and how a test comes out (a length, a bound, a
pattern, a list); it never looks behind a value.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

Term = NamedNode | BlankNode | Literal | Triple

_SH = "http://www.w3.org/ns/shacl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PARTS = ("property", "or", "not", "qualifiedValueShape")
_LENGTHS = ("minLength", "maxLength")
_BOUNDS = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_FORESEEN = frozenset({
    "path", "alternativePath", "targetClass", "targetSubjectsOf", "targetObjectsOf", "minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount",
    "datatype", "class", "nodeKind", "languageIn", "uniqueLang", "pattern", "in", "lessThan", "message", "severity", *_PARTS, *_LENGTHS, *_BOUNDS,
})  # fmt: skip
_NUMBERS = frozenset({_XSD + "integer", _XSD + "decimal"})
_OTHERS = frozenset({_XSD + "date", _XSD + "gYearMonth", _XSD + "gYear", _XSD + "boolean"})
# Numbers as rdflib writes them: "01" and "1" are one value there.
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(rf"{_INTEGER.pattern}|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]")


class Sight:
    """What shapes look at. `foreseen` says whether that is all there is to see; nothing else is to be asked where it isn't."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        self._shapes = shapes
        self.joined = [frozenset(map(str, self._list(head))) for head in self._values("alternativePath")]
        self.compared = [(str(self._one(shape, "path")), str(other)) for shape, other in self._pairs("lessThan")]
        self.objects_of = sorted(map(str, self._values("targetObjectsOf")))
        single = {str(path) for path in self._values("path") if self._one(path, "alternativePath") is None}
        self.predicates = sorted(single.union(map(str, self._values("targetSubjectsOf")), map(str, self._values("lessThan")), *self.joined))
        self.foreseen = self._is_foreseen()
        if self.foreseen:
            self._patterns = [re.compile(str(o)) for o in self._values("pattern")]
            self._lists = [frozenset(map(str, self._list(head))) for head in self._values("in")]
            self._lengths = sorted(int(str(o)) for name in _LENGTHS for o in self._values(name))
            self._bounds = sorted(Decimal(str(o)) for name in _BOUNDS for o in self._values(name))

    def outcomes(self, text: str, number: Decimal | None = None) -> tuple[object, ...]:
        """How every test comes out for a value."""
        return (
            *(pattern.search(text) is not None for pattern in self._patterns),
            *(text in listed for listed in self._lists),
            *_place(len(text), self._lengths),
            *(_place(number, self._bounds) if number is not None else ()),
        )

    def _is_foreseen(self) -> bool:
        import rdflib  # noqa: PLC0415 - as all that only this check needs

        used = {str(p).removeprefix(_SH) for p in self._shapes.predicates() if str(p).startswith(_SH)}
        return (
            used <= _FORESEEN
            and all(isinstance(path, rdflib.URIRef) or self._one(path, "alternativePath") is not None for path in self._values("path"))
            and all(isinstance(self._one(shape, "path"), rdflib.URIRef) for shape, _ in self._pairs("lessThan"))
            and all(isinstance(term, rdflib.URIRef) for name in ("in", "alternativePath") for head in self._values(name) for term in self._list(head))
            and all(isinstance(bound, rdflib.Literal) and str(bound.datatype) in _NUMBERS for name in _BOUNDS for bound in self._values(name))
            and not any(self._looks_behind(shape) for shape, _ in self._pairs("path"))
            and (None, rdflib.RDF.type, rdflib.RDFS.Class) not in self._shapes  # a class that is its own target
        )

    def _looks_behind(self, shape: Node) -> bool:
        """Whether a property's shape speaks of the properties of its values."""
        found = [(name, o) for name in _PARTS for o in self._shapes.objects(shape, self._sh(name))]
        parts = [part for name, o in found for part in (self._list(o) if name == "or" else [o])]
        return any(self._one(part, "path") is not None or self._looks_behind(part) for part in parts)

    def _sh(self, name: str) -> rdflib.URIRef:
        import rdflib  # noqa: PLC0415

        return rdflib.URIRef(_SH + name)

    def _pairs(self, name: str) -> list[tuple[Node, Node]]:
        return list(self._shapes.subject_objects(self._sh(name)))

    def _values(self, name: str) -> list[Node]:
        return [o for _, o in self._pairs(name)]

    def _one(self, shape: Node, name: str) -> Node | None:
        return self._shapes.value(shape, self._sh(name))

    def _list(self, head: Node) -> list[Node]:
        return list(self._shapes.items(head))


def sorts(store: Store, sight: Sight) -> list[list[Term]]:
    """All nodes that may be a shape's, those that no shape can tell apart together."""
    look = _Looks(store, sight)
    seen: dict[Term, list[tuple[int, object]]] = {node: [] for node in look.classes}
    for number, predicate in enumerate(sight.predicates):
        for quad in store.quads_for_pattern(None, NamedNode(predicate), None):
            seen.setdefault(quad.subject, []).append((number, look.of(quad.object)))
    for predicate in sight.objects_of:
        for node in {quad.object for quad in store.quads_for_pattern(None, NamedNode(predicate), None)}:
            seen.setdefault(node, []).append((-1, predicate))
    for number, pair in enumerate(sight.compared, start=2):
        for node, outcome in look.compared(*pair):
            seen[node].append((-number, outcome))
    joined = [frozenset(sight.predicates.index(predicate) for predicate in path) for path in sight.joined]
    found: dict[object, list[Term]] = {}
    for node, values in seen.items():
        # Of paths that are one, a value may stand on two: such a node is a sort of its own, as is what looks like nothing else.
        alone = any(len(path & {number for number, _ in values}) > 1 for path in joined)
        found.setdefault(node if alone else (look.of(node), tuple(sorted(values))), []).append(node)
    return list(found.values())


class _Looks:
    """What shapes see of each term, as a number: terms of one number look the same."""

    def __init__(self, store: Store, sight: Sight) -> None:
        self._store = store
        self._sight = sight
        self._numbers: dict[object, int] = {}
        self._known: dict[Term, int] = {}
        classes: dict[Term, set[str]] = {}
        for quad in store.quads_for_pattern(None, _TYPE, None):
            classes.setdefault(quad.subject, set()).add(str(quad.object))
        self.classes = {node: self._number(frozenset(names)) for node, names in classes.items()}

    def of(self, term: Term) -> int:
        """The number of a term."""
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = self._number(self._seen(term))
        return known

    def compared(self, one: str, other: str) -> Iterable[tuple[Term, object]]:
        """Each node with values of two properties that a shape compares, and how they compare."""
        left, right = (self._values(predicate) for predicate in (one, other))
        for node in left.keys() & right.keys():
            pairs = [(a, b) for a in left[node] for b in right[node]]
            numbers = [(a, b) for a, b in ((_number(a), _number(b)) for a, b in pairs) if a is not None and b is not None]
            whole = len(numbers) == len(pairs)
            yield node, tuple(sorted(a < b for a, b in numbers)) if whole else tuple(sorted(str(term) for term in left[node] + right[node]))

    def _values(self, predicate: str) -> dict[Term, list[Term]]:
        found: dict[Term, list[Term]] = {}
        for quad in self._store.quads_for_pattern(None, NamedNode(predicate), None):
            found.setdefault(quad.subject, []).append(quad.object)
        return found

    def _number(self, looks: object) -> int:
        return self._numbers.setdefault(looks, len(self._numbers))

    def _seen(self, term: Term) -> object:
        if not isinstance(term, Literal):
            text = term.value if isinstance(term, (NamedNode, BlankNode)) else str(term)
            return type(term).__name__, self.classes.get(term), *self._sight.outcomes(text)
        datatype = term.datatype.value
        if datatype in (_XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"):
            return datatype, term.language, *self._sight.outcomes(term.value)
        number = _number(term)
        if number is not None or (datatype in _OTHERS and _is_plain(term)):
            return datatype, *self._sight.outcomes(term.value, number)
        return term  # what is no value of its datatype, or of one that nothing of ours has, looks like nothing else


def _place(value: int | Decimal, limits: list[int] | list[Decimal]) -> tuple[int, int]:
    return bisect_left(limits, value), bisect_right(limits, value)


def _number(term: Term) -> Decimal | None:
    """The value of a number in its usual form."""
    if not isinstance(term, Literal) or term.datatype.value not in _NUMBERS:
        return None
    shape = _DECIMAL if term.datatype.value == _XSD + "decimal" else _INTEGER
    return Decimal(term.value) if shape.fullmatch(term.value) else None


def _is_plain(term: Literal) -> bool:
    """Whether a literal has a value of its datatype, written as rdflib writes it."""
    import rdflib  # noqa: PLC0415

    made = rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    return not made.ill_typed and str(made) == term.value

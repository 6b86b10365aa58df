"""Check a graph against its shapes with pySHACL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from graph.query.built import BuiltGraph, Term
from graph.query.findings import Finding
from graph.query.shapes import shapes

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node


def violations(graph: BuiltGraph) -> Iterator[Finding]:
    """A finding for each node and value that breaks a shape."""
    import pyshacl  # noqa: PLC0415 - 0.4 s that only this check needs
    import rdflib  # noqa: PLC0415
    from rdflib.namespace import SH  # noqa: PLC0415

    wanted = rdflib.Graph()
    wanted.parse(data=shapes(graph.data, graph.terms), format="turtle")
    _, report, _ = pyshacl.validate(_as_rdflib(graph), shacl_graph=wanted, inference="none")
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        messages = sorted(report.objects(result, SH.resultMessage), key=lambda m: (getattr(m, "language", None) != "en", str(m)))
        yield Finding.of(
            "shape",
            str(report.value(result, SH.focusNode)),
            path=_short(path, graph),
            value="" if value is None else str(value)[:80],
            message=str(messages[0]) if messages else "",
        )


def _short(path: Node | None, graph: BuiltGraph) -> str:
    """A path as `hg:number`; "" for shapes of the node itself and paths of several parts."""
    import rdflib  # noqa: PLC0415

    if not isinstance(path, rdflib.URIRef):
        return ""
    return next((f"{prefix}:{path.removeprefix(iri)}" for prefix, iri in graph.prefixes.items() if path.startswith(iri)), str(path))


def _as_rdflib(graph: BuiltGraph) -> rdflib.Graph:
    """The same triples in rdflib, which takes a third of the time of parsing them again."""
    import rdflib  # noqa: PLC0415

    made: dict[Term, Node] = {}

    def node(term: Term) -> Node:
        found = made.get(term)
        if found is None:
            found = made[term] = _node(term)
        return found

    copy = rdflib.Graph()
    copy.addN((node(q.subject), node(q.predicate), node(q.object), copy) for q in graph.store)
    return copy


def _node(term: Term) -> Node:
    import rdflib  # noqa: PLC0415

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, Literal):
        # With a language the datatype is implied.
        return rdflib.Literal(term.value, lang=term.language) if term.language else rdflib.Literal(term.value, datatype=_datatype(term))
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    raise TypeError(f"no RDF 1.1 term: {term}")


def _datatype(term: Literal) -> rdflib.URIRef | None:
    import rdflib  # noqa: PLC0415

    return None if term.datatype.value.endswith("#string") else rdflib.URIRef(term.datatype.value)

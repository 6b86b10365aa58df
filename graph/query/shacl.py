"""Check a graph against its shapes with pySHACL."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from graph.errors import QueryError
from graph.query.alike import Sight, Term, sorts
from graph.query.built import BuiltGraph
from graph.query.findings import Finding
from graph.query.shapes import shapes as shapes_of

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node


def violations(graph: BuiltGraph) -> Iterator[Finding]:
    """A finding for each node and value that breaks a shape.

    Of nodes that no shape can tell apart one is checked, and the others only where that one breaks a shape: the triples of the few take pySHACL
    a hundredth of the time that it needs for all.
    """
    shapes = _shapes(graph)
    sight = Sight(shapes)
    if not sight.foreseen:
        yield from violations_in_full(graph)
        return
    with _quiet():
        alike = sorts(graph.store, sight)
        broken = {node for node, _ in _found(graph, _part(graph, sight, [nodes[0] for nodes in alike]), shapes)}
        suspects = [node for nodes in alike if _node(nodes[0]) in broken for node in nodes]
        wanted = {_node(node) for node in suspects}
        yield from (finding for node, finding in _found(graph, _part(graph, sight, suspects), shapes) if node in wanted)


def violations_in_full(graph: BuiltGraph) -> Iterator[Finding]:
    """The same findings, by checking every node."""
    with _quiet():
        yield from (finding for _, finding in _found(graph, graph.store, _shapes(graph)))


def _shapes(graph: BuiltGraph) -> rdflib.Graph:
    """Those of the data, with what they derive from the graph's own relations."""
    import rdflib  # noqa: PLC0415

    return rdflib.Graph().parse(data=shapes_of(graph.data, graph.terms), format="turtle")


@contextmanager
def _quiet() -> Iterator[None]:
    """Without rdflib's own word on a value that is none of its datatype: the finding says it."""
    log = logging.getLogger("rdflib.term")
    before = log.disabled
    log.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.disabled = before


def _part(graph: BuiltGraph, sight: Sight, nodes: Iterable[Term]) -> Iterator[Quad]:
    """What shapes see of some nodes: their triples, the classes of their values, and that they are values where a shape asks for that."""
    store, t = graph.store, graph.terms
    yield from store.quads_for_pattern(None, t.rdfs.subClassOf, None)
    predicates = [NamedNode(predicate) for predicate in sight.predicates]
    for node in nodes:
        for relation in sight.objects_of:
            yield from islice(store.quads_for_pattern(None, NamedNode(relation), node), 1)
        if isinstance(node, Literal):
            continue
        yield from store.quads_for_pattern(node, t.rdf.type, None)
        for predicate in predicates:
            for quad in store.quads_for_pattern(node, predicate, None):
                yield quad
                if not isinstance(quad.object, Literal):
                    yield from store.quads_for_pattern(quad.object, t.rdf.type, None)


def _found(graph: BuiltGraph, quads: Iterable[Quad], shapes: rdflib.Graph) -> Iterator[tuple[Node, Finding]]:
    """What pySHACL finds in some triples, each with its node."""
    import pyshacl  # noqa: PLC0415 - 0.4 s that only this check needs
    import rdflib  # noqa: PLC0415
    from rdflib.namespace import SH  # noqa: PLC0415

    try:
        _, report, _ = pyshacl.validate(_as_rdflib(quads), shacl_graph=shapes, inference="none", inplace=True)
    except (ArithmeticError, pyshacl.errors.ReportableRuntimeError) as error:
        what = str(error) if isinstance(error, pyshacl.errors.ReportableRuntimeError) else "a number that is none"
        raise QueryError(f"graph.nt holds what no build writes ({what}); build it again: govgraph build") from error
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        messages = sorted(report.objects(result, SH.resultMessage), key=lambda m: (getattr(m, "language", None) != "en", str(m)))
        node = report.value(result, SH.focusNode)
        yield (
            node,
            Finding.of(
                "shape",
                str(node),
                path=_short(path, graph),
                value="" if value is None else str(value)[:80],
                message=str(messages[0]) if messages else "",
            ),
        )


def _short(path: Node | None, graph: BuiltGraph) -> str:
    """A path as `hg:number`; "" for shapes of the node itself and paths of several parts."""
    import rdflib  # noqa: PLC0415

    if not isinstance(path, rdflib.URIRef):
        return ""
    return next((f"{prefix}:{path.removeprefix(iri)}" for prefix, iri in graph.prefixes.items() if path.startswith(iri)), str(path))


def _as_rdflib(quads: Iterable[Quad]) -> rdflib.Graph:
    """Triples in rdflib, which takes a third of the time of parsing them again."""
    import rdflib  # noqa: PLC0415

    made: dict[Term, Node] = {}

    def node(term: Term) -> Node:
        found = made.get(term)
        if found is None:
            found = made[term] = _node(term)
        return found

    copy = rdflib.Graph()
    copy.addN((node(q.subject), node(q.predicate), node(q.object), copy) for q in quads)
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

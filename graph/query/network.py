"""A built graph as a networkx MultiDiGraph: the nodes, edges and attributes of `graph.graphml`, of the view that was opened.

The provinces and bodies that others became are nodes too, which RDF names and GraphML leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.export.network import QUOTE, known, token
from graph.model import Kind
from graph.query.built import MENTIONS, BuiltGraph, Statement

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(graph: BuiltGraph) -> nx.MultiDiGraph[str]:
    """All things, dates and statements, each under its token ("directive:25-CT-TW:2023"), with flat attributes; what isn't known is left out."""
    import networkx as nx  # noqa: PLC0415 - 0.2 s that only this needs

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=graph.terms.title[1])
    base = graph.kept.about.base if graph.kept is not None and graph.kept.about is not None else graph.terms.base
    nodes: dict[str, str] = {}
    for kind in Kind:
        for node in graph.of_class(kind.value) if kind not in (Kind.DATE, Kind.REPORT) else ():
            nodes[node] = token(node.removeprefix(base))
            network.add_node(nodes[node], **_attributes(graph, node, kind))

    for node, _ in graph.edges(graph.terms.hg.sourceFile):
        nodes[node] = token(node.removeprefix(base))
        label = graph.text(node, graph.terms.schema.headline)
        network.add_node(nodes[node], **known(label=label, type=Kind.REPORT.value, cls=Kind.REPORT.value, iri=node))

    def end(node: str) -> str:
        if node in nodes:
            return nodes[node]
        day = token(f"date/{node}")
        network.add_node(day, label=node, type=Kind.DATE.value)
        return day

    for told in graph.told((*graph.terms.relations, MENTIONS)):
        network.add_edge(end(told.subject), end(told.object), key=token(told.id.removeprefix(base)), **_edge(graph, told))
    return network


def _attributes(graph: BuiltGraph, node: str, kind: Kind) -> dict[str, str | float]:
    t = graph.terms
    places = graph.texts(node, t.hg.inProvince) if kind is not Kind.MEETING else []  # of a meeting that is a statement
    kinds = [graph.text(concept, t.skos.prefLabel) for concept in graph.texts(node, t.eli.type_document)]
    return known(
        label=graph.text(node, t.rdfs.label), type=kind.value, cls=_class(graph, node, kind), kind=next(iter(kinds), ""), number=graph.text(node, t.hg.number),
        province=graph.text(places[0], t.rdfs.label) if places else "", registerRow=graph.text(node, t.hg.registerRow), iri=node,
    )  # fmt: skip


def _class(graph: BuiltGraph, node: str, kind: Kind) -> str:
    """The most specific class of the vocabulary: the one with most classes above it."""
    names = [iri.removeprefix(graph.terms.prefixes["hg"]) for iri in graph.texts(node, graph.terms.rdf.type) if iri.startswith(graph.terms.prefixes["hg"])]
    return max(names, key=lambda name: (len(graph.terms.superclasses(name)), name), default=kind.value)


def _edge(graph: BuiltGraph, told: Statement) -> dict[str, str | float]:
    name = told.relation
    lag = graph.text(told.id, graph.terms.hg.lagDays)
    return known(
        type=name, label=name, confidence=told.confidence, inferred=told.inferred, verified=told.verified, rule="register" if told.registered else told.rule,
        quote=" … ".join(p.quote for p in told.passages)[:QUOTE], document=told.source, lagDays=int(lag) if lag else None, registerRow=told.row, iri=told.id,
    )  # fmt: skip

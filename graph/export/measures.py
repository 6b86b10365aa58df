"""Measures of the network, each only where a sentence can say what its figure means: citations of documents, and bodies between levels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import networkx as nx

from graph.model import GraphData


def cited(edges: Iterable[tuple[str, str]]) -> list[tuple[str, int]]:
    """Document → how many others name it as what they carry out, rest on, change or refer to; the most cited first.

    edges: (citing, cited), as often as they are told.
    """
    network: nx.DiGraph[str] = nx.DiGraph((citing, target) for citing, target in edges if citing != target)
    return sorted(((node, degree) for node, degree in network.in_degree() if degree), key=lambda pair: (-pair[1], pair[0]))


def between(edges: Iterable[tuple[str, str]], issuers: Mapping[str, Iterable[str]]) -> list[tuple[str, float]]:
    """Body → how many pairs of other bodies are tied over it; the one that stands most in between first.

    Two bodies are tied where a document of the lower one carries out or rests on a document of the upper, directly or over others. Where
    several shortest ways lead from one to the other, each counts as its share.

    edges: (later document, superior document). issuers: document → the bodies that issued it.
    """
    network: nx.DiGraph[str] = nx.DiGraph()
    for later, superior in edges:
        network.add_edges_from((low, high) for low in issuers.get(later, ()) for high in issuers.get(superior, ()) if low != high)
    share = nx.betweenness_centrality(network, normalized=False)
    return sorted(((body, round(value, 2)) for body, value in share.items() if value > 0), key=lambda pair: (-pair[1], pair[0]))


def edges(graph: GraphData, predicates: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(subject, object) → ids of what tells it: statements of texts, then verified rows of registers."""
    wanted = frozenset(predicates)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for s in graph.statements:
        if s.predicate in wanted:
            found[s.subject.id, s.object.id].append(s.id)
    for r in graph.registered:
        if r.predicate in wanted and r.verified:
            found[r.subject, r.object].append(r.id)
    return {ends: tuple(told) for ends, told in sorted(found.items())}

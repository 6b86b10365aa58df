"""What a graph holds: counts by type and relation, its sources, and the directives that much hangs on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graph.model import Kind
from graph.query.built import BuiltGraph, Directive, local_name

_MOST = 10


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of a graph. `relations` counts distinct edges that texts tell, then all statements of them, then those of registers."""

    nodes: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, int, int, int], ...]
    sources: int
    triples: int
    inferred: int
    cited: tuple[tuple[Directive, int, int], ...]  # (document, documents that cite it, documents that carry it out)

    @property
    def statements(self) -> int:
        """All statements that texts tell."""
        return sum(told for _, _, told, _ in self.relations)


def stats(graph: BuiltGraph) -> Stats:
    """Count a graph."""
    t = graph.terms
    kinds = [(k.value, len(graph.of_class(k.value))) for k in Kind if k not in (Kind.DATE, Kind.REPORT)]
    sources = len(graph.edges(t.hg.sourceFile))
    edges: dict[str, set[tuple[str, str]]] = {}
    told: Counter[str] = Counter()
    registered: Counter[str] = Counter()
    for statement in graph.ends():
        name = local_name(statement.predicate)
        if statement.registered:
            registered[name] += 1
        else:
            told[name] += 1
            edges.setdefault(name, set()).add((statement.subject, statement.object))
    names = sorted({*told, *registered}, key=lambda n: (-told[n], n))
    citing: dict[str, set[str]] = {}
    for name in t.relations.cites:
        for citer, cited in graph.edges(t.hg[name]):
            citing.setdefault(cited, set()).add(citer)
    ranked = sorted(citing, key=lambda n: (-len(citing[n]), -graph.implementing.get(n, 0), n))[:_MOST]
    inferred = sum(truth == "true" for _, truth in graph.edges(t.hg.inferred))
    return Stats(
        tuple(kinds),
        tuple((n, len(edges.get(n, ())), told[n], registered[n]) for n in names),
        sources,
        len(graph.store),
        inferred,
        tuple((graph.documents[n], len(citing[n]), graph.implementing[n]) for n in ranked if n in graph.documents),
    )

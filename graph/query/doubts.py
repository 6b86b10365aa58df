"""The pairs of a graph that nothing settles, each with what its sources say of both ends."""

from __future__ import annotations

from dataclasses import dataclass

from graph.query.built import BuiltGraph, Statement

_SHOWN = 3  # statements that an end is shown with


@dataclass(frozen=True, slots=True)
class End:
    """One end of a pair: its path below the base, label, why it is one thing, and the surest statements about it."""

    path: str
    label: str
    reason: str
    row: str
    told: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nodes that may be one thing: the likeliest first in a list."""

    kind: str
    score: float
    reason: str
    judged: str
    a: End
    b: End


def pairs(graph: BuiltGraph, base: str, kind: str = "", limit: int = 0) -> tuple[list[Pair], int]:
    """The undecided pairs, the likeliest first, and how many there are in all.

    base: what paths lie below; kind: "official", "directive" … or all; limit: give so many pairs, 0 for all.
    """
    t = graph.terms
    found = []
    for node in graph.of_class("Doubt"):
        a, b = graph.texts(node, t.hg.between)
        if not kind or _kind(a, base) == kind.lower():
            found.append((-float(graph.text(node, t.hg.score)), a, b, node))
    shown = sorted(found)[: limit or None]
    return [_pair(graph, base, node, -score, a, b) for score, a, b, node in shown], len(found)


def _pair(graph: BuiltGraph, base: str, node: str, score: float, a: str, b: str) -> Pair:
    t = graph.terms
    reason, judged = graph.text(node, t.hg.identityReason), graph.text(node, t.dcterms.creator)
    return Pair(_kind(a, base), score, reason, judged, _end(graph, a, base, b), _end(graph, b, base, a))


def _kind(iri: str, base: str) -> str:
    return iri.removeprefix(base).partition("/")[0]


def _end(graph: BuiltGraph, iri: str, base: str, other: str) -> End:
    """One end; where the other one bears the same name, with a source that tells which is meant."""
    t = graph.terms
    every = tuple(t.relations)
    told = [*graph.told(every, subject=iri), *graph.told(every, target=iri)] or graph.told(("mentions",), target=iri)
    each = list({(s.source, s.row, s.quote): s for s in reversed(told)}.values())[::-1]  # one sentence often tells several facts
    path = iri.removeprefix(base)
    if other.startswith(f"{iri}/") and (source := next((s.source for s in graph.told(("mentions",), target=iri)), "")):
        path += f"@{source}"
    return End(path, graph.name(iri), graph.text(iri, t.hg.identityReason), graph.text(iri, t.hg.registerRow), tuple(each[:_SHOWN]))

"""The pairs of a graph that nothing settles, each with what its sources say of both ends."""

from __future__ import annotations

from dataclasses import dataclass

from graph.query.built import BuiltGraph, Told

# Relations that help to tell two things apart.
_TELLING = (
    "holdsPost", "issuedBy", "issuedOn", "implements", "discusses", "chaired", "organized", "heldOn", "spokeAt", "attended", "references", "basedOn",
)  # fmt: skip
_SHOWN = 3  # statements that an end is shown with


@dataclass(frozen=True, slots=True)
class End:
    """One end of a pair: its path below the base, label, why it is one thing, and the surest statements about it."""

    path: str
    label: str
    reason: str
    row: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nodes that may be one thing: the likeliest first in a list."""

    kind: str
    score: float
    reason: str
    judged: str
    a: End
    b: End


def pairs(graph: BuiltGraph, base: str, kind: str = "") -> list[Pair]:
    """The undecided pairs, the likeliest first. base: what paths lie below; kind: "Official", "Directive" … or all."""
    t = graph.terms
    found = []
    for node in graph.of_class("Doubt"):
        a, b = graph.texts(node, t.hg.between)
        name = _kind(a, base)
        if kind and name != kind.lower():
            continue
        score = float(graph.text(node, t.hg.score))
        found.append(Pair(name, score, graph.text(node, t.hg.identityReason), graph.text(node, t.dcterms.creator), _end(graph, a, base), _end(graph, b, base)))
    return sorted(found, key=lambda p: (-p.score, p.a.path, p.b.path))


def _kind(iri: str, base: str) -> str:
    return iri.removeprefix(base).partition("/")[0]


def _end(graph: BuiltGraph, iri: str, base: str) -> End:
    t = graph.terms
    told = [*graph.told(_TELLING, subject=iri), *graph.told(_TELLING, target=iri)] or graph.told(("mentions",), target=iri)
    return End(iri.removeprefix(base), graph.name(iri), graph.text(iri, t.hg.identityReason), graph.text(iri, t.hg.registerRow), tuple(told[:_SHOWN]))

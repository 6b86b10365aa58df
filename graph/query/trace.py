"""Who carries a directive out, and whose order a document is: the tree of `implements` and `guides`, hop by hop.

Days are counted from signing to signing. A document that stands in the tree already is named again but not followed, so that a cycle ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import PartialDate
from graph.query.built import BuiltGraph, Directive, Statement


@dataclass(frozen=True, slots=True)
class Hop:
    """A step of the tree: the document that it leads to, the statements that tell it (surest first), and what hangs below.

    `days` are those from the superior's signing to the lower document's, `total` those between this document and the root;
    None where a day isn't known. `seen` is "above" for a document of its own branch (a cycle), "elsewhere" for one shown in another.
    """

    document: Directive
    told: tuple[Statement, ...]
    days: int | None
    total: int | None
    hops: tuple[Hop, ...] = ()
    seen: str = ""

    @property
    def relation(self) -> str:
        """The name of the relation: "implements" or "guides"."""
        return self.told[0].relation

    @property
    def verified(self) -> bool:
        """Whether anything but an unchecked row of a register tells this step."""
        return any(told.verified for told in self.told)

    def walk(self, depth: int = 1) -> Iterator[tuple[int, Hop]]:
        """This hop and all below, each with its depth, from the top down."""
        yield depth, self
        for hop in self.hops:
            yield from hop.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Cascade:
    """A directive and the tree of documents that hang on it, or with `up` the documents that it hangs on."""

    root: Directive
    up: bool
    hops: tuple[Hop, ...]

    def walk(self) -> Iterator[tuple[int, Hop]]:
        """All hops, each with its depth."""
        for hop in self.hops:
            yield from hop.walk()

    @property
    def documents(self) -> tuple[Directive, ...]:
        """The documents of the tree, each once, that verified statements lead to."""
        return tuple({hop.document.id: hop.document for _, hop in self.walk() if hop.verified}.values())

    @property
    def depth(self) -> int:
        """How many steps the longest branch has."""
        return max((depth for depth, _ in self.walk()), default=0)

    @property
    def longest(self) -> int | None:
        """The most days from root to a document; impossible (negative) spans don't count."""
        return max((hop.total for _, hop in self.walk() if hop.total is not None and hop.total >= 0), default=None)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that tell the steps of the tree."""
        return tuple(sorted({told.source for _, hop in self.walk() for told in hop.told if told.source}))


def cascade(graph: BuiltGraph, root: Directive, *, up: bool = False) -> Cascade:
    """The tree below a directive; with `up` the tree above it."""
    shown: set[str] = {root.id}

    def hops(document: Directive, above: frozenset[str]) -> tuple[Hop, ...]:
        found = []
        for other, told in _steps(graph, document, up=up):
            days = days_between(document, other) if not up else days_between(other, document)
            total = days_between(root, other) if not up else days_between(other, root)
            seen = "above" if other.id in above else "elsewhere" if other.id in shown else ""
            shown.add(other.id)
            found.append(Hop(other, told, days, total, () if seen else hops(other, above | {other.id}), seen))
        return tuple(found)

    return Cascade(root, up, hops(root, frozenset({root.id})))


def _steps(graph: BuiltGraph, document: Directive, *, up: bool) -> list[tuple[Directive, tuple[Statement, ...]]]:
    """The documents one step away, by date and number, with all statements of the step."""
    by_other: dict[str, list[Statement]] = {}
    steps = graph.terms.relations.steps
    told = graph.told(steps, subject=document.id) if up else graph.told(steps, target=document.id)
    for statement in told:
        by_other.setdefault(statement.object if up else statement.subject, []).append(statement)
    found = [(graph.documents[other], tuple(statements)) for other, statements in by_other.items() if other in graph.documents]
    return sorted(found, key=lambda step: (step[0].date or PartialDate(9999), step[0].name, step[0].id))


def days_between(superior: Directive, later: Directive) -> int | None:
    """Days from one signing to the other; None unless both days are known."""
    if superior.date is None or later.date is None:
        return None
    return superior.date.days_until(later.date)

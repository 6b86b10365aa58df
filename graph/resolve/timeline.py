"""When things happened: the signing date of each document, days between two documents, and when a post is attested."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from graph.model import GraphData, Kind, PartialDate

STEPS = ("implements", "guides")  # relations along which lag is counted


@dataclass(frozen=True, slots=True)
class Attestation:
    """One person in one post: the first and last date at which sources show it, and whether every source says "nguyên"."""

    official: str
    post: str
    first: PartialDate | None
    last: PartialDate | None
    former: bool
    sources: tuple[str, ...]


class Timeline:
    """Dates of a graph, gathered from its statements and from verified fields of the register."""

    def __init__(self, graph: GraphData) -> None:
        self._graph = graph
        self._days = {source.source: source.date for source in graph.sources}

    @cached_property
    def dates(self) -> dict[str, tuple[PartialDate, ...]]:
        """Directive → the signing dates told of it, those of the register and of most sources first.

        A less precise date that agrees with a more precise one is not a date of its own.
        """
        told: dict[str, Counter[PartialDate]] = defaultdict(Counter)
        for statement in self._graph.statements:
            if statement.predicate == "issuedOn":
                told[statement.subject.id][PartialDate.parse(statement.object.id)] += 1
        registered = {r.subject: PartialDate.parse(r.object) for r in self._graph.registered if r.predicate == "issuedOn" and r.verified}
        for directive, day in registered.items():
            told[directive][day] += 0
        dates: dict[str, tuple[PartialDate, ...]] = {}
        for directive, counts in told.items():
            own = [d for d in counts if not any(d != e and d.agrees_with(e) and str(e).startswith(str(d)) for e in counts)]
            dates[directive] = tuple(sorted(own, key=lambda d: (registered.get(directive) != d, -counts[d], d)))
        return dates

    def date(self, directive: str) -> PartialDate | None:
        """The signing date, as precise as it is known; None if nothing tells it."""
        return next(iter(self.dates.get(directive, ())), None)

    def lag(self, superior: str, later: str) -> int | None:
        """Days from the signing of `superior` to the signing of `later`; None unless both days are known."""
        start, end = self.date(superior), self.date(later)
        return start.days_until(end) if start is not None and end is not None else None

    @cached_property
    def attestations(self) -> tuple[Attestation, ...]:
        """Each person in each post, with the dates of the sources that show it."""
        seen: dict[tuple[str, str], list[tuple[str, PartialDate | None, bool]]] = defaultdict(list)
        for statement in self._graph.statements:
            if statement.predicate == "holdsPost":
                former = statement.object.field("former") is not None
                seen[statement.subject.id, statement.object.id].append((statement.source, self._days.get(statement.source), former))
        found = []
        for (official, post), told in sorted(seen.items()):
            current = [day for _, day, former in told if day is not None and not former]
            found.append(
                Attestation(
                    official,
                    post,
                    min(current, default=None),
                    max(current, default=None),
                    all(former for _, _, former in told),
                    tuple(sorted({s for s, _, _ in told})),
                )
            )
        return tuple(found)

    @cached_property
    def meeting_dates(self) -> dict[str, tuple[PartialDate, ...]]:
        """Meeting → the dates told of it, the most precise first."""
        told: dict[str, set[PartialDate]] = defaultdict(set)
        for statement in self._graph.statements:
            if statement.predicate == "heldOn" and statement.subject.kind is Kind.MEETING:
                told[statement.subject.id].add(PartialDate.parse(statement.object.id))
        return {meeting: tuple(sorted(days, key=lambda d: (-len(str(d)), d))) for meeting, days in told.items()}

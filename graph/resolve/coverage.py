"""Which province, or ministry, carried out which directive: the cells of the matrix, each with the statements that say so.

Reads: a `GraphData` and the registers. Gives: `Cell`s for what sources tell; a cell that isn't there means "no evidence in these sources",
never "not carried out". A plan is any document of a body of the province that carries the directive out, directly or over other documents.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.model import Entity, GraphData, Kind, PartialDate
from graph.registers.registers import Registers
from graph.resolve.provinces import as_now
from graph.resolve.timeline import STEPS, Timeline

UNKNOWN = ""  # the unit of plans and meetings whose province no source names ("Tỉnh chưa nêu")
_LOCAL = frozenset({"province", "district", "commune"})


class State(StrEnum):
    """What sources tell of a unit and a directive."""

    PLAN = "plan"
    PARTY = "party"  # a document of the Party alone, so far; it has no lag
    DISCUSSED = "discussed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit and one directive.

    `unit` is the id of a province or ministry, or UNKNOWN; `plan` the first document of the government there (of the Party, where there is
    none), `plans` all; `lag` the days from the directive's signing to that of `plan`; `statements` the ids of what says so.
    """

    directive: str
    unit: str
    state: State
    plan: str = ""
    lag: int | None = None
    plans: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """A document that carries another out, and the statement of it."""

    later: str
    statement: str


def coverage(graph: GraphData, registers: Registers, *, merged: bool = False) -> list[Cell]:
    """All cells that sources or verified register rows tell of, by directive and unit; merged: in today's provinces."""
    return _Matrix(graph, registers, merged=merged).cells()


class _Matrix:
    def __init__(self, graph: GraphData, registers: Registers, *, merged: bool) -> None:
        self._registers = registers
        self._merged = merged
        self._entities = {entity.id: entity for entity in graph.entities}
        self._timeline = Timeline(graph)
        self._below = _steps(graph)
        self._meetings = _meetings(graph)
        self._discussed: dict[str, list[tuple[str, str]]] = defaultdict(list)  # document → (meeting, statement)
        for s in graph.statements:
            if s.predicate == "discusses":
                self._discussed[s.object.id].append((s.subject.id, s.id))

    def cells(self) -> list[Cell]:
        found: list[Cell] = []
        for directive in sorted({*self._below, *self._discussed}):
            found.extend(self._of(directive))
        return sorted(found, key=lambda c: (c.directive, c.unit))

    def _of(self, directive: str) -> Iterable[Cell]:
        ways = self._ways(directive)
        plans: dict[str, list[str]] = defaultdict(list)
        for document in ways:
            unit = self._unit(self._entities[document]) if document in self._entities else None
            if unit is not None:
                plans[unit].append(document)
        meetings = self._told_meetings((directive, *ways))
        for unit in sorted({*plans, *meetings}):
            yield self._cell(directive, unit, plans.get(unit, []), meetings.get(unit, []), ways)

    def _cell(self, directive: str, unit: str, plans: list[str], meetings: list[tuple[str, str]], ways: Mapping[str, tuple[str, ...]]) -> Cell:
        held = tuple(sorted({meeting for meeting, _ in meetings}))
        if not plans:
            return Cell(directive, unit, State.DISCUSSED, meetings=held, statements=tuple(sorted({s for _, s in meetings})))
        ordered = sorted(plans, key=lambda p: (_day(self._timeline.date(p)), p))
        government = [p for p in ordered if self._entities[p].attribute("system") != "party"]
        first = (government or ordered)[0]
        lag = self._timeline.lag(directive, first) if government else None
        # A plan older than its directive is a contradiction that `validate` reports, and no lag.
        lag = lag if lag is not None and lag >= 0 else None
        statements = tuple(sorted({s for plan in ordered for s in ways[plan]}))
        return Cell(directive, unit, State.PLAN if government else State.PARTY, first, lag, tuple(ordered), held, statements)

    def _ways(self, directive: str) -> dict[str, tuple[str, ...]]:
        """Documents below a directive, each with the statements of a shortest way up to it; a cycle is walked once."""
        ways: dict[str, tuple[str, ...]] = {directive: ()}
        queue = deque([directive])
        while queue:
            above = queue.popleft()
            for step in self._below.get(above, ()):
                if step.later not in ways:
                    ways[step.later] = (*ways[above], step.statement)
                    queue.append(step.later)
        del ways[directive]
        return ways

    def _unit(self, document: Entity) -> str | None:
        """The unit whose document it is: a province, UNKNOWN for a local body of no named place, a ministry; None for central bodies."""
        if document.attribute("province"):
            return self._today(document.attribute("province"))
        level = document.attribute("level")
        if level in _LOCAL:
            return UNKNOWN
        return document.attribute("issuer") or None if level == "ministry" else None

    def _told_meetings(self, documents: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for document in documents:
            for meeting, statement in self._discussed.get(document, ()):
                unit = self._place(meeting)
                if unit is not None:
                    found[unit].append((meeting, statement))
        return found

    def _place(self, meeting: str) -> str | None:
        """Where a meeting belongs: its province, else that of its bodies; UNKNOWN for a local body without place; None for national ones."""
        told = self._meetings.get(meeting, _Told())
        if told.province:
            return self._today(told.province)
        bodies = [self._entities[b] for b in told.bodies if b in self._entities]
        places = {b.attribute("province") for b in bodies if b.attribute("province")}
        if len(places) == 1:
            return self._today(next(iter(places)))
        levels = {b.attribute("level") for b in bodies}
        return UNKNOWN if not places and levels & _LOCAL and not levels & {"central", "ministry"} else None

    def _today(self, province: str) -> str:
        return f"province/{as_now(self._registers, province.removeprefix('province/'))}" if self._merged else province


@dataclass(slots=True)
class _Told:
    """What is told of a meeting: its province, and the bodies that organised it or whose people chaired it."""

    province: str = ""
    bodies: tuple[str, ...] = ()


def _meetings(graph: GraphData) -> dict[str, _Told]:
    posts = {e.id: e.attribute("agency") for e in graph.entities if e.kind is Kind.POST}
    held: dict[tuple[str, str], list[str]] = defaultdict(list)  # (official, source) → bodies
    for s in graph.statements:
        if s.predicate == "holdsPost" and posts.get(s.object.id):
            held[s.subject.id, s.source].append(posts[s.object.id])
    found: dict[str, _Told] = defaultdict(_Told)
    for s in graph.statements:
        if s.predicate == "inProvince" and s.subject.kind is Kind.MEETING:
            found[s.subject.id].province = s.object.id
        elif s.predicate in ("organized", "chaired"):
            bodies = [s.subject.id] if s.subject.kind is Kind.AGENCY else held.get((s.subject.id, s.source), [])
            found[s.object.id].bodies = tuple(sorted({*found[s.object.id].bodies, *bodies}))
    return found


def _steps(graph: GraphData) -> dict[str, tuple[_Step, ...]]:
    """Document → those that carry it out, by id; of several statements of one step the smallest id of a text, else a verified register row."""
    from_texts: dict[str, dict[str, str]] = defaultdict(dict)
    for s in graph.statements:
        if s.predicate in STEPS:
            known = from_texts[s.object.id].get(s.subject.id)
            from_texts[s.object.id][s.subject.id] = min(s.id, known) if known is not None else s.id
    for r in graph.registered:
        if r.predicate in STEPS and r.verified:
            from_texts[r.object].setdefault(r.subject, r.id)
    return {superior: tuple(_Step(later, told) for later, told in sorted(steps.items())) for superior, steps in from_texts.items()}


def _day(day: PartialDate | None) -> tuple[bool, PartialDate]:
    return (day is None, day if day is not None else PartialDate(9999))

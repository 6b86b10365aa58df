"""Which province, or ministry, carried out which directive: the cells of the matrix, each with the statements that say so.

Reads: a `GraphData` and the registers. Gives: `Cell`s for what sources tell; a cell that isn't there means "no evidence in these sources",
never "not carried out". A plan is any document of a body of the province that carries the directive out, directly or over other documents.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from graph.analysis.timeline import Timeline
from graph.model import Entity, GraphData, Kind, PartialDate
from graph.registers.registers import Registers
from graph.resolve.provinces import as_now

UNKNOWN = ""  # the unit of plans and meetings whose province no source names ("Tỉnh chưa nêu")
_LOCAL = frozenset({"province", "district", "commune"})
_COMMITTEE = "uy-ban-nhan-dan"  # the row of agencies.csv whose first plan ends the lag
_LATEST = PartialDate(9999)


class State(StrEnum):
    """What sources tell of a unit and a directive."""

    PLAN = "plan"
    PARTY = "party"  # a document of the Party alone, so far; it has no lag
    DISCUSSED = "discussed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit and one directive.

    `unit` is the id of a province or ministry, or UNKNOWN. `plan` is the first plan of the People's Committee (where there is none, the
    first of another body of the government there; of the Party, where that is all), `plans` are all; `day` is its signing, of a cell that
    is only discussed the day of the last meeting. `lag` counts from the directive's signing to that of a committee's plan; `early` marks
    a plan signed before its directive, which has no lag. `way` leads from the directive (left out) to the plan. `statements` are the ids
    of what says so, those of the plan first. In a view as now, `parts` are the units as then with a plan.
    """

    directive: str
    unit: str
    state: State
    plan: str = ""
    day: PartialDate | None = None
    lag: int | None = None
    early: bool = False
    way: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that is not as it was in an earlier build: its states are names of `State`, "" for no evidence."""

    directive: str
    unit: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Way:
    """Documents from a directive down to another, and the statements of the steps."""

    documents: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


def coverage(graph: GraphData, registers: Registers, *, merged: bool = False) -> list[Cell]:
    """All cells that sources or verified register rows tell of, by directive and unit; merged: in today's provinces.

    A document of a province is no column: who carries it out is the business of its own cascade.
    """
    cells = _Matrix(graph).cells()
    return as_today(cells, registers) if merged else cells


def as_today(cells: Iterable[Cell], registers: Registers) -> list[Cell]:
    """The cells as then, joined into the provinces of today. The first plan of all is the plan; `parts` tells how many had one."""
    groups: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[cell.directive, today(registers, cell.unit)].append(cell)
    return [_joined(unit, sorted(group, key=_rank)) for (_, unit), group in sorted(groups.items())]


def today(registers: Registers, unit: str) -> str:
    """The province of today that a unit became part of; ministries and UNKNOWN stay as they are."""
    return f"province/{as_now(registers, unit.removeprefix('province/'))}" if unit.startswith("province/") else unit


def formers(registers: Registers, unit: str) -> tuple[str, ...]:
    """The provinces that became part of a province of today, by id; empty for one that nothing changed."""
    own = unit.removeprefix("province/")
    return tuple(sorted(f"province/{u}" for u in registers.provinces if u != own and as_now(registers, u) == own))


def _joined(unit: str, cells: Sequence[Cell]) -> Cell:
    first = cells[0]
    same = [c for c in cells if c.state == first.state]
    return replace(
        first,
        unit=unit,
        day=max((c.day for c in same if c.day is not None), default=None) if first.state is State.DISCUSSED else first.day,
        plans=tuple(plan for c in cells for plan in c.plans),
        meetings=tuple(sorted({m for c in cells for m in c.meetings})),
        statements=tuple(dict.fromkeys(s for c in cells for s in c.statements)),
        parts=tuple(sorted(c.unit for c in cells if c.state is State.PLAN)),
    )


def _rank(cell: Cell) -> tuple[object, ...]:
    return list(State).index(cell.state), cell.early, cell.lag is None, cell.day or _LATEST, cell.unit


class _Matrix:
    def __init__(self, graph: GraphData) -> None:
        self._entities = {entity.id: entity for entity in graph.entities}
        self._timeline = Timeline(graph)
        self._below = _steps(graph)
        self._meetings = _meetings(graph)
        self._issuers = _issuers(graph)
        self._discussed: dict[str, list[tuple[str, str]]] = defaultdict(list)  # document → (meeting, statement)
        for s in graph.statements:
            if s.predicate == "discusses":
                self._discussed[s.object.id].append((s.subject.id, s.id))

    def cells(self) -> list[Cell]:
        found: list[Cell] = []
        for directive in sorted({*self._below, *self._discussed}):
            if directive in self._entities and not self._is_local(self._entities[directive]):
                found.extend(self._of(directive))
        return sorted(found, key=lambda c: (c.directive, c.unit))

    def _of(self, directive: str) -> Iterable[Cell]:
        ways = self._ways(directive)
        plans: dict[str, list[str]] = defaultdict(list)
        own = set(self._units(directive))
        for document in ways:
            for unit in self._units(document):
                if unit not in own:
                    plans[unit].append(document)
        meetings = self._told_meetings((directive, *ways))
        for unit in sorted({*plans, *meetings}):
            yield self._cell(directive, unit, plans.get(unit, []), meetings.get(unit, []), ways)

    def _cell(self, directive: str, unit: str, plans: list[str], meetings: list[tuple[str, str]], ways: Mapping[str, _Way]) -> Cell:
        held = tuple(sorted({meeting for meeting, _ in meetings}))
        spoken = sorted({statement for _, statement in meetings})
        if not plans:
            days = [day for meeting in held for day in self._timeline.meeting_dates.get(meeting, ())[:1]]
            return Cell(directive, unit, State.DISCUSSED, day=max(days, default=None), meetings=held, statements=tuple(spoken))
        ordered = sorted(plans, key=lambda plan: self._order(directive, plan))
        first = ordered[0]
        lag = self._timeline.days_between(directive, first)
        # A plan older than its directive is a contradiction that `validate` reports, and no lag.
        early = lag is not None and lag < 0
        return Cell(
            directive, unit, State.PARTY if self._is_party(first) else State.PLAN, first, self._timeline.date(first),
            lag if not early and self._is_committee(first) else None, early, ways[first].documents, tuple(ordered), held,
            tuple(dict.fromkeys([*(s for plan in ordered for s in ways[plan].statements), *spoken])),
        )  # fmt: skip

    def _order(self, directive: str, plan: str) -> tuple[object, ...]:
        """The committee's plans first, then those of other bodies, then the Party's; each by day, impossible days last."""
        lag = self._timeline.days_between(directive, plan)
        return self._is_party(plan), not self._is_committee(plan), lag is not None and lag < 0, self._timeline.date(plan) or _LATEST, plan

    def _ways(self, directive: str) -> dict[str, _Way]:
        """Documents below a directive, each with a shortest way down to it; a cycle is walked once."""
        ways: dict[str, _Way] = {directive: _Way()}
        queue = deque([directive])
        while queue:
            above = queue.popleft()
            for later, statements in self._below.get(above, {}).items():
                if later not in ways:
                    ways[later] = _Way((*ways[above].documents, later), (*ways[above].statements, *statements))
                    queue.append(later)
        del ways[directive]
        return ways

    def _is_party(self, document: str) -> bool:
        return self._entities[document].attribute("system") == "party"

    def _is_local(self, document: Entity) -> bool:
        return bool(document.attribute("province")) or document.attribute("level") in _LOCAL

    def _is_committee(self, document: str) -> bool:
        """Whether it is of the People's Committee of a province, or of a provincial government body that nothing names."""
        entity = self._entities[document]
        issuers = self._issuers.get(document, ())
        named = [i for i in issuers if i.startswith(f"agency/{_COMMITTEE}/")]
        return not self._is_party(document) and entity.attribute("level") == "province" and (bool(named) or not issuers)

    def _units(self, document: str) -> tuple[str, ...]:
        """The units whose document it is: a province, UNKNOWN for a local body of no named place, ministries; none for central bodies."""
        entity = self._entities.get(document)
        if entity is None:
            return ()
        if self._is_local(entity):
            return (entity.attribute("province") or UNKNOWN,)
        issuers = self._issuers.get(document, ()) if entity.attribute("level") == "ministry" else ()
        return tuple(i for i in issuers if i in self._entities and self._entities[i].attribute("level") == "ministry")

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
            return told.province
        bodies = [self._entities[b] for b in told.bodies if b in self._entities]
        places = {b.attribute("province") for b in bodies if b.attribute("province")}
        if len(places) == 1:
            return next(iter(places))
        levels = {b.attribute("level") for b in bodies}
        return UNKNOWN if not places and levels & _LOCAL and not levels & {"central", "ministry"} else None


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


def _issuers(graph: GraphData) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for s in graph.statements:
        if s.predicate == "issuedBy":
            found[s.subject.id].add(s.object.id)
    for r in graph.registered:
        if r.predicate == "issuedBy" and r.verified:
            found[r.subject].add(r.object)
    return {document: tuple(sorted(issuers)) for document, issuers in found.items()}


def _steps(graph: GraphData) -> dict[str, dict[str, tuple[str, ...]]]:
    """Document → those that carry it out, by id, each with the ids of what tells the step: texts, the surest first, then verified register rows."""
    told: dict[str, dict[str, list[tuple[float, str, str]]]] = defaultdict(lambda: defaultdict(list))
    for s in graph.statements:
        if s.predicate in graph.relations.steps:
            told[s.object.id][s.subject.id].append((-s.confidence, s.source, s.id))
    for r in graph.registered:
        if r.predicate in graph.relations.steps and r.verified:
            told[r.object][r.subject].append((1, r.row, r.id))
    return {superior: {later: tuple(ident for _, _, ident in sorted(found)) for later, found in sorted(steps.items())} for superior, steps in told.items()}

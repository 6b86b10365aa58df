"""Who carried a directive out, province by province, from the cells of a built graph, as then or as now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from graph.errors import QueryError
from graph.query.built import BuiltGraph, Directive, Statement
from graph.registers.registers import Registers
from graph.resolve.provinces import as_now
from graph.text.normalize import fold

UNKNOWN = ""
_RANK = {"plan": 0, "party": 1, "discussed": 2, "none": 3}
# 63 units until the mergers of 1 July 2025, 34 since.
_BEFORE, _MERGERS = "2025-06-30", "2025-07-01"


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """What sources tell of a directive in one unit; `unit` is the id of a province without base, an IRI of a ministry, or UNKNOWN."""

    directive: Directive = field(repr=False)
    unit: str
    label: str
    state: str
    plan: Directive | None
    lag: int | None
    told: tuple[Statement, ...] = field(repr=False)

    @property
    def is_province(self) -> bool:
        """Whether the unit is a province, or a local body of no named one."""
        return not self.unit.startswith("http")


@dataclass(frozen=True, slots=True)
class Coverage:
    """A directive in all units: the cells that sources tell of, plans first, and a cell of state "none" for each province of which none tells."""

    directive: Directive
    cells: tuple[CoverageCell, ...]
    silent: tuple[CoverageCell, ...] = field(repr=False)

    def count(self, state: str, *, provinces: bool = False) -> int:
        """How many units are in a state ("plan", "party", "discussed", "none"); provinces: without ministries."""
        return sum(cell.state == state and (cell.is_province or not provinces) for cell in (*self.cells, *self.silent))

    @property
    def lags(self) -> tuple[int, ...]:
        """The days until each plan, as far as they are known, least first."""
        return tuple(sorted(cell.lag for cell in self.cells if cell.lag is not None))


def coverage(graph: BuiltGraph, directive: Directive, *, merged: bool = False) -> Coverage:
    """Who carried a directive out; merged: in today's provinces."""
    registers = graph.data.registers
    found = cells(graph, registers, directive, merged=merged)
    without = silent(found, registers, directive, merged=merged)
    return Coverage(directive, tuple(found), tuple(CoverageCell(directive, u, registers.provinces[u].name, "none", None, None, ()) for u in without))


def summaries(graph: BuiltGraph, *, merged: bool = False) -> list[Coverage]:
    """All directives that any unit acted on, those with most plans first."""
    found = [one for one in (coverage(graph, directive, merged=merged) for directive in graph.documents.values()) if one.cells]
    return sorted(found, key=lambda c: (-c.count("plan"), -c.count("party"), -c.count("discussed"), c.directive.name))


def unit_named(registers: Registers, name: str) -> str:
    """The plain name of a province. Raises QueryError for a name that no register has."""
    known = {fold(key): plain for key, plain in registers.province_names.items()}
    if fold(name) not in known:
        raise QueryError(f"{name!r} is no province")
    return known[fold(name)]


def cells(graph: BuiltGraph, registers: Registers, directive: Directive, *, merged: bool = False) -> list[CoverageCell]:
    """The cells of a directive: plans first, by lag, then those only discussed; merged: in today's provinces."""
    t = graph.terms
    found = [_cell(graph, directive, node) for node in graph.subjects(t.hg.ofDirective, directive.id)]
    if merged:
        found = _merged(found, registers)
    labelled = [replace(cell, label=_label(registers, cell)) if cell.is_province else cell for cell in found]
    return sorted(labelled, key=lambda c: (_RANK[c.state], c.lag is None, c.lag or 0, c.label, c.unit))


def _cell(graph: BuiltGraph, directive: Directive, node: str) -> CoverageCell:
    t = graph.terms
    province, body = graph.texts(node, t.hg.inProvince), graph.text(node, t.hg.ofBody)
    plan, lag = graph.text(node, t.hg.plan), graph.text(node, t.hg.lagDays)
    unit = province[0].rpartition("province/")[2] if province else body or UNKNOWN
    told = tuple(graph.statement(s) for s in graph.texts(node, t.hg.restsOn))
    label = graph.label(body) if body else ""
    return CoverageCell(directive, unit, label, graph.text(node, t.hg.state), graph.documents.get(plan), int(lag) if lag else None, told)


def _merged(found: Iterable[CoverageCell], registers: Registers) -> list[CoverageCell]:
    """Cells of units that are one today as one: the earliest plan counts, all statements stay."""
    groups: dict[str, list[CoverageCell]] = defaultdict(list)
    for cell in found:
        groups[as_now(registers, cell.unit) if cell.is_province and cell.unit != UNKNOWN else cell.unit].append(cell)
    merged = []
    for unit, group in sorted(groups.items()):
        best = min(group, key=lambda c: (_RANK[c.state], c.lag is None, str(c.plan.date or "9") if c.plan is not None else "", c.unit))
        told = {t.id: t for cell in (best, *group) for t in cell.told}
        merged.append(replace(best, unit=unit, told=tuple(told.values())))
    return merged


def _label(registers: Registers, cell: CoverageCell) -> str:
    unit = registers.provinces.get(cell.unit)
    return unit.name if unit is not None else ""


def silent(cells_found: Iterable[CoverageCell], registers: Registers, directive: Directive, *, merged: bool) -> list[str]:
    """Ids of the provinces without a cell: those of today, or those that stood when the directive was signed."""
    today = merged or (directive.date is not None and str(directive.date) >= _MERGERS)
    day = str(directive.date) if directive.date is not None and directive.date.day else _BEFORE
    standing = [
        u
        for u in registers.provinces.values()
        if (u.valid_to is None if today else (u.valid_from is None or str(u.valid_from) <= day) and (u.valid_to is None or str(u.valid_to) >= day))
    ]
    taken = {cell.unit for cell in cells_found}
    # A unit whose successor or forerunner has a cell is not without evidence.
    related = taken | {as_now(registers, unit) for unit in taken} if today else taken
    return sorted(u.id for u in standing if u.id not in related)

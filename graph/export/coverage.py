"""`coverage.csv`: the matrix of directives and provinces (or ministries), one row a cell, in both views: as then and as now."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from graph.export.tables import harmless
from graph.model import GraphData
from graph.registers.registers import Registers
from graph.resolve.coverage import UNKNOWN, Cell, coverage
from graph.resolve.timeline import Timeline

COLUMNS = (
    "view", "directive", "directive_label", "unit", "unit_label", "state", "plan", "plan_label", "plan_date", "lag_days", "plans", "meetings", "quote",
    "source", "register_row",
)  # fmt: skip


def write(graph: GraphData, registers: Registers, path: Path) -> None:
    """Write the table: UTF-8 with BOM, no cell that a spreadsheet would run."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for row in rows(graph, registers):
            writer.writerow([harmless(value) for value in row])


def rows(graph: GraphData, registers: Registers) -> Iterator[tuple[object, ...]]:
    """The rows of both views."""
    labels = {entity.id: entity.label for entity in graph.entities}
    told = {s.id: s for s in graph.statements}
    dates = Timeline(graph)
    for view, merged in (("then", False), ("now", True)):
        for cell in coverage(graph, registers, merged=merged):
            statements = [told[s] for s in cell.statements if s in told]
            quotes = dict.fromkeys(" ".join(e.quote.split()) for s in statements for e in s.evidence)
            yield (
                view, graph.base + cell.directive, labels[cell.directive], graph.base + cell.unit if cell.unit != UNKNOWN else "",
                unit_label(cell, registers, labels), cell.state.value, graph.base + cell.plan if cell.plan else "", labels.get(cell.plan, ""),
                dates.date(cell.plan) or "" if cell.plan else "", "" if cell.lag is None else cell.lag, len(cell.plans), len(cell.meetings),
                " … ".join(quotes), "; ".join(dict.fromkeys(s.source for s in statements)), "; ".join(s for s in cell.statements if s not in told),
            )  # fmt: skip


def unit_label(cell: Cell, registers: Registers, labels: dict[str, str]) -> str:
    """The name of a cell's unit; that of a province of today also where no source names it."""
    if cell.unit == UNKNOWN:
        return "Tỉnh chưa nêu"
    unit = registers.provinces.get(cell.unit.removeprefix("province/"))
    return unit.name if unit is not None else labels.get(cell.unit, cell.unit)

"""`coverage.csv`: the matrix of directives and provinces (or ministries), one row a cell, in both views: as then and as now."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.analysis.coverage import UNKNOWN, coverage
from graph.export.tables import exact, harmless
from graph.model import GraphData
from graph.registers.data import Data

COLUMNS = (
    "view", "directive", "directive_label", "unit", "unit_label", "state", "plan", "plan_label", "date", "lag_days", "before_directive", "plans",
    "meetings", "provinces_with_plan", "quote", "source", "register_row", "quote_json",
)  # fmt: skip


def write(graph: GraphData, data: Data, path: Path) -> None:
    """Write the table: UTF-8 with BOM, no cell that a spreadsheet would run."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for row in rows(graph, data):
            writer.writerow([harmless(value) for value in row])


def rows(graph: GraphData, data: Data) -> Iterator[tuple[object, ...]]:
    """The rows of both views."""
    labels = {entity.id: entity.label for entity in graph.entities}
    told = {s.id: s for s in graph.statements}
    rows_of = {r.id: r.row for r in graph.registered}
    for view, merged in (("then", False), ("now", True)):
        for cell in coverage(graph, data.registers, merged=merged):
            statements = [told[s] for s in cell.statements if s in told]
            told_by = dict.fromkeys(e.quote for s in statements for e in s.evidence)
            quotes = dict.fromkeys(" ".join(quote.split()) for quote in told_by)
            yield (
                view, graph.base + cell.directive, labels[cell.directive], graph.base + cell.unit if cell.unit != UNKNOWN else "",
                unit_label(cell.unit, data, labels), cell.state.value, graph.base + cell.plan if cell.plan else "", labels.get(cell.plan, ""),
                cell.day or "", "" if cell.lag is None else cell.lag, "true" if cell.early else "", len(cell.plans), len(cell.meetings),
                "; ".join(unit_label(part, data, labels) for part in cell.parts), " … ".join(quotes),
                "; ".join(dict.fromkeys(s.source for s in statements)), "; ".join(rows_of[s] for s in cell.statements if s in rows_of),
                exact(" … ".join(told_by)) if told_by else "",
            )  # fmt: skip


def unit_label(unit: str, data: Data, labels: Mapping[str, str], lang: str = "vi") -> str:
    """The name of a cell's unit; that of a province of today also where no source names it."""
    if unit == UNKNOWN:
        return data.words.say("province.unknown", lang)
    known = data.registers.provinces.get(unit.removeprefix("province/"))
    return known.name if known is not None else labels.get(unit, unit)

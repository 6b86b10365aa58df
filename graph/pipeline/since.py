"""What an earlier build knew of each cell of the matrix, and which cells are otherwise now."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

from graph.errors import BuildError
from graph.model import GraphData
from graph.pipeline.folder import MARK
from graph.registers.registers import Registers
from graph.resolve.coverage import Change, coverage

Cells = Mapping[tuple[str, str], str]
"""Directive and unit, as paths below the base → the name of the state, as then."""

_TABLE = "coverage.csv"


def earlier_cells(folder: Path) -> Cells:
    """The cells of a build that lies in `folder`, read from its `coverage.csv`.

    Raises BuildError where the folder holds no build, or one without that table.
    """
    try:
        base = str(json.loads((folder / MARK).read_text(encoding="utf-8"))["base"])
        with (folder / _TABLE).open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["view"] == "then"]
        return {(row["directive"].removeprefix(base), row["unit"].removeprefix(base)): row["state"] for row in rows}
    except FileNotFoundError as error:
        what = "no build here" if Path(error.filename).name == MARK else f"this build wrote no {_TABLE}"
        raise BuildError(f"{folder}: {what}, so nothing can be compared; give --since the folder of a build with {_TABLE}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error):
        raise BuildError(f"{folder}: the build there can't be read; give --since another one") from None


def changes(before: Cells, graph: GraphData, registers: Registers) -> list[Change]:
    """The cells that are not as they were, by directive and unit."""
    now = {(cell.directive, cell.unit): cell.state.value for cell in coverage(graph, registers)}
    return [
        Change(directive, unit, before.get((directive, unit), ""), now.get((directive, unit), ""))
        for directive, unit in sorted({*before, *now})
        if before.get((directive, unit)) != now.get((directive, unit))
    ]

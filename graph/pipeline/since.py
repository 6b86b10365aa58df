"""What an earlier build knew of each cell of the matrix, and which cells are otherwise now."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from graph.analysis.coverage import Change, coverage
from graph.errors import BuildError, QueryError
from graph.model import GraphData
from graph.output.kept import Kept
from graph.registers.registers import Registers

Cells = Mapping[tuple[str, str], str]
"""Directive and unit, as paths below the base → the name of the state, as then."""

_TABLE = "coverage.csv"


def earlier_cells(folder: Path) -> Cells:
    """The cells of a build that lies in `folder`, read from its `coverage.csv`.

    Raises BuildError where the folder holds no build, or one without that table.
    """
    try:
        kept = Kept(folder)
        if kept.about is None:
            raise BuildError(f"{folder}: no build here, so nothing can be compared; give --since the folder of a build with {_TABLE}")
        base = kept.about.base
        with kept.file(_TABLE).open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["view"] == "then"]
        return {(row["directive"].removeprefix(base), row["unit"].removeprefix(base)): row["state"] for row in rows}
    except FileNotFoundError:
        raise BuildError(f"{folder}: this build wrote no {_TABLE}, so nothing can be compared; give --since the folder of a build with it") from None
    except QueryError as error:
        raise BuildError(f"--since {error}") from None
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

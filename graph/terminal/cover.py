"""A directive in all provinces as lines and rows: state, plan, days, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Collection
from statistics import median

from graph.query.coverage import Coverage, CoverageCell
from graph.terminal import tree
from graph.terminal.look import Look
from graph.terminal.rows import Cell
from graph.terminal.table import table

COLUMNS = ("directive", "unit", "state", "plan", "date", "lag_days", "quote", "source", "register", "unit_id", "directive_id")
SUMMARY_COLUMNS = ("directive", "plans", "party", "discussed", "median_lag", "longest_lag", "id")


def text(coverage: Coverage, look: Look, wanted: Collection[str] = (), *, merged: bool) -> str:
    """The directive, its table, and what the table leaves out. wanted: as in `rows`; merged: whether these are today's provinces."""
    directive = coverage.directive
    head = " · ".join((look.strong(tree.name(directive, look)), *directive.issuers, look.date(directive.date)))
    found = rows(coverage, look, wanted, worded=True)
    plans, party, discussed = (coverage.count(state, provinces=True) for state in ("plan", "party", "discussed"))
    return "\n".join([
        tree.beside(head, look.say("coverage.now" if merged else "coverage.then"), look),
        *([table(COLUMNS, found, look, shown=range(1, 8), least={1: 12}, sentences=True)] if found else []),
        "",
        look.say("coverage.summary", a=plans, p=party, b=discussed, d=len(coverage.silent)),
        look.say("coverage.note"),
    ])  # fmt: skip


def rows(coverage: Coverage, look: Look, wanted: Collection[str] = (), *, worded: bool = False) -> list[list[Cell]]:
    """One row a unit, under the names of COLUMNS; silent provinces where they are asked for.

    wanted: names of provinces, all others are left out; worded: states and dates in the words of people.
    """
    found = [cell for cell in coverage.cells if not wanted or cell.label in wanted]
    return [_row(cell, look, worded=worded) for cell in (*found, *(cell for cell in coverage.silent if cell.label in wanted))]


def _row(cell: CoverageCell, look: Look, *, worded: bool) -> list[Cell]:
    told = next((t for t in cell.told if not t.registered), cell.told[0] if cell.told else None)
    day = cell.plan.date if cell.plan is not None else None
    return [
        cell.directive.name,
        cell.label or look.say("coverage.unknown"),
        look.say(f"coverage.{cell.state}") if worded else cell.state,
        cell.plan.name if cell.plan is not None else "",
        "" if day is None else look.date(day) if worded else str(day),
        cell.lag,
        told.quote if told is not None else "",
        told.source if told is not None else "",
        "; ".join(t.row for t in cell.told if t.registered),
        cell.unit,
        cell.directive.id,
    ]


def summary(coverage: Coverage) -> list[Cell]:
    """A directive in one row, under the names of SUMMARY_COLUMNS."""
    counts = [coverage.count(state) for state in ("plan", "party", "discussed")]
    lags = coverage.lags
    return [coverage.directive.name, *counts, median(lags) if lags else None, max(lags, default=None), coverage.directive.id]

"""`coverage`: which provinces carried a directive out, and of which no source here tells."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import click

from graph.cli.options import graph_option, lang_option, look_options, output_options

if TYPE_CHECKING:
    from graph.query.built import BuiltGraph, Directive
    from graph.query.coverage import CoverageCell
    from graph.registers.registers import Registers
    from graph.terminal.look import Look
    from graph.terminal.rows import Cell

_COLUMNS = ("directive", "unit", "state", "plan", "date", "lag_days", "quote", "source", "register", "unit_id", "directive_id")


@click.command()
@click.argument("directive", nargs=-1)
@click.option("--province", "provinces", multiple=True, metavar="NAME", help="Show these provinces, also those without evidence.")
@click.option("--merged", is_flag=True, help="In today's 34 provinces.")
@graph_option
@lang_option
@look_options
@output_options
def coverage(
    directive: tuple[str, ...], provinces: tuple[str, ...], folder: Path, lang: str, form: str | None, *, merged: bool, plain: bool, full: bool
) -> None:
    r"""Show which provinces carried a directive out, and after how many days.

    A plan is any document of a body of the province that carries the directive out, directly or over others; where only a meeting is told
    of, the province is "discussed". "No evidence" means that no source here tells, never that nothing was done. Without DIRECTIVE all are
    summed up.

    \b
    Example:  govgraph coverage 21-NQ/TW
    """
    from graph.cli.printing import look_of  # noqa: PLC0415 - `--help` must not load the floors below
    from graph.query import find  # noqa: PLC0415
    from graph.query.built import BuiltGraph  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    graph = BuiltGraph.open(folder)
    look, registers = look.speaking(graph.words), graph.data.registers
    if not directive:
        _summaries(graph, registers, look, form, merged=merged)
        return
    wanted = [_unit(registers, name) for name in provinces]
    chosen = find.followed(graph, find.directives(graph, " ".join(directive)))
    _details(graph, registers, chosen, wanted, look, form, merged=merged)


def _unit(registers: Registers, name: str) -> str:
    """The plain name of a province. Raises QueryError for a name that no register has."""
    from graph.errors import QueryError  # noqa: PLC0415
    from graph.text.normalize import fold  # noqa: PLC0415

    known = {fold(key): plain for key, plain in registers.province_names.items()}
    if fold(name) not in known:
        raise QueryError(f"{name!r} is no province")
    return known[fold(name)]


def _details(graph: BuiltGraph, registers: Registers, chosen: list[Directive], wanted: list[str], look: Look, form: str | None, *, merged: bool) -> None:
    from graph.cli.printing import put, put_rows  # noqa: PLC0415
    from graph.query.coverage import cells, silent  # noqa: PLC0415
    from graph.terminal import tree  # noqa: PLC0415

    rows: list[list[Cell]] = []
    for document in chosen:
        found = cells(graph, registers, document, merged=merged)
        without = silent(found, registers, document, merged=merged)
        shown = [_row(c, look, form) for c in found if not wanted or c.label in wanted]
        shown += [_empty(document, registers.provinces[unit].name, unit, look, form) for unit in without if registers.provinces[unit].name in wanted]
        rows.extend(shown)
        if form is None:
            head = " · ".join((look.strong(tree.name(document, look)), *document.issuers, look.date(document.date)))
            put(look, tree.beside(head, look.say("coverage.now" if merged else "coverage.then"), look))
            put_rows(None, _COLUMNS, shown, look, shown=(1, 2, 3, 4, 5, 6, 7), least={1: 12}, sentences=True)
            put(look, "")
            counts = {state: sum(c.state == state and c.is_province for c in found) for state in ("plan", "party", "discussed")}
            put(look, look.say("coverage.summary", a=counts["plan"], p=counts["party"], b=counts["discussed"], d=len(without)))
            put(look, look.say("coverage.note"))
    if form is not None:
        put_rows(form, _COLUMNS, rows, look)


def _row(cell: CoverageCell, look: Look, form: str | None) -> list[Cell]:
    told = next((t for t in cell.told if not t.registered), cell.told[0] if cell.told else None)
    day = cell.plan.date if cell.plan is not None else None
    return [
        cell.directive.name,
        cell.label or look.say("coverage.unknown"),
        cell.state if form else look.say(f"coverage.{cell.state}"),
        cell.plan.name if cell.plan is not None else "",
        str(day or "") if form else look.date(day) if day is not None else "",
        cell.lag,
        told.quote if told is not None else "",
        told.source if told is not None else "",
        "; ".join(t.row for t in cell.told if t.registered),
        cell.unit,
        cell.directive.id,
    ]


def _empty(document: Directive, name: str, unit: str, look: Look, form: str | None) -> list[Cell]:
    return [document.name, name, "none" if form else look.say("coverage.none"), "", "", None, "", "", "", unit, document.id]


def _summaries(graph: BuiltGraph, registers: Registers, look: Look, form: str | None, *, merged: bool) -> None:
    from graph.cli.printing import put_rows  # noqa: PLC0415
    from graph.query.coverage import cells  # noqa: PLC0415

    rows: list[list[Cell]] = []
    for document in graph.documents.values():
        found = cells(graph, registers, document, merged=merged)
        lags = sorted(c.lag for c in found if c.lag is not None)
        if found:
            counts = [sum(c.state == state for c in found) for state in ("plan", "party", "discussed")]
            rows.append([document.name, *counts, median(lags) if lags else None, max(lags, default=None), document.id])
    rows.sort(key=lambda r: (-int(str(r[1])), -int(str(r[2])), -int(str(r[3])), str(r[0])))
    put_rows(form, ("directive", "plans", "party", "discussed", "median_lag", "longest_lag", "id"), rows, look, shown=range(6), least={0: 30})


COMMANDS: tuple[click.Command, ...] = (coverage,)

"""`coverage`: which provinces carried a directive out, and of which no source here tells."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli.options import graph_option, lang_option, look_options, output_options


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
    from graph.cli.printing import look_of, note, put, put_rows  # noqa: PLC0415 - `--help` must not load the floors below
    from graph.door.opened import open_graph  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    graph = open_graph(folder)
    look = look.speaking(graph.built.words)
    found = graph.coverage(" ".join(directive) or None, provinces=provinces, merged=merged)
    if form is not None or not directive:
        put_rows(form, found.columns, found.rows, look, shown=range(len(found.columns) - 1), least={0: 30})
        return
    put(look, found.text(look))
    if not found.rows:
        note(look, look.say("cli.rows.none"))


COMMANDS: tuple[click.Command, ...] = (coverage,)

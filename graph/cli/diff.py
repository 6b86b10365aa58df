"""`diff`: what changed between two builds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import lang_option, look_options, output_options

if TYPE_CHECKING:
    from graph.query.diff import Side


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@lang_option
@look_options
@output_options
def diff(old: Path, new: Path, lang: str, form: str | None, *, plain: bool, full: bool) -> None:
    r"""Tell which facts and joins came, went or changed between two builds, and why; exit code 1 where something did.

    OLD and NEW are folders that `build` wrote. + came, - went, ~ changed; the cause is a text, a rule (or the program), a register, or what
    a person said. Where nothing points to one cause, all that may be it are named.

    \b
    Example:  govgraph diff before out
    """
    from graph.cli.printing import look_of, note, put, put_rows  # noqa: PLC0415 - `--help` must not load the floors below
    from graph.query import diff as comparison  # noqa: PLC0415
    from graph.registers.strings import Words  # noqa: PLC0415
    from graph.terminal import changes as words  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    before, after = _side(old), _side(new)
    found = comparison.diff(before, after)
    if form is not None:
        put_rows(form, words.COLUMNS, [words.row(change) for change in found], look)
    elif found:
        look = look.speaking(Words.of(after.graph.data.files, {**before.graph.terms.words, **after.graph.terms.words}))
        put(look, "\n".join(words.lines(found, look)))
    else:
        note(look, look.say("diff.none"))
    if found:
        sys.exit(1)


def _side(folder: Path) -> Side:
    from graph.errors import QueryError  # noqa: PLC0415
    from graph.query.built import BuiltGraph  # noqa: PLC0415
    from graph.query.diff import Side  # noqa: PLC0415

    graph = BuiltGraph.open(folder)
    built = graph.kept.about if graph.kept is not None else None
    if built is None:
        raise QueryError(f"{folder}: no build.json here, which tells what the graph was made with; build it again: govgraph build --out {folder}")
    return Side(graph, built.base, {**built.made_with, "min_confidence": built.min_confidence})


COMMANDS: tuple[click.Command, ...] = (diff,)

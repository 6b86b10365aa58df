"""`ask` and `path`: questions in plain words, and how two things hang together."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from graph.cli.explore import query as query_command
from graph.cli.options import graph_option, lang_option, look_options, output_options


@click.command()
@click.argument("words", nargs=-1, required=True)
@graph_option
@lang_option
@look_options
@output_options
@click.pass_context
def ask(ctx: click.Context, words: tuple[str, ...], folder: Path, lang: str, form: str | None, *, plain: bool, full: bool) -> None:
    r"""Answer a question in plain words.

    Finds, offline and without a language model, which of the program's questions is meant, fills in what the words name, says which query
    that is, and runs it. With or without accents, in Vietnamese or English.

    \b
    Example:  govgraph ask "kế hoạch nào thực hiện chỉ thị 25"
    """
    from graph.cli.printing import look_of, note  # noqa: PLC0415 - `--help` must not load the floors below
    from graph.query.ask import understand  # noqa: PLC0415
    from graph.query.built import BuiltGraph  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    graph = BuiltGraph.open(folder)
    look = look.speaking(graph.words)
    matches = understand(graph, " ".join(words))
    best = matches[0]
    params = [f"{name}={value}" for name, value in best.values.items()]
    command = " ".join(["govgraph query", best.query.name, *(f"--param {shlex.quote(p)}" for p in params)])
    note(look, command)
    others = [m.query.name for m in matches[1:3] if m.score > 0.7 * best.score]
    if others:
        note(look, look.say("ask.others", names=", ".join(others)))
    ctx.invoke(query_command, name=best.query.name, params=tuple(params), folder=folder, lang=lang, form=form, show=False, plain=plain, full=full)


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--hubs", is_flag=True, help="Also through ministries and central bodies.")
@graph_option
@lang_option
@look_options
@output_options
def path(start: str, end: str, folder: Path, lang: str, form: str | None, *, hubs: bool, plain: bool, full: bool) -> None:
    r"""Show how two things hang together.

    A and B are documents, people, bodies or posts, by number or name. Up to three shortest chains are shown, each link with its sentence.
    Chains through ministries and central bodies join everything to everything and are left out without --hubs.

    \b
    Example:  govgraph path "nguyen van giao" 52-CTr/TU
    """
    from graph.cli.printing import look_of, note, put, put_json, put_rows  # noqa: PLC0415 - `--help` must not load the floors below
    from graph.door.opened import open_graph  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    graph = open_graph(folder)
    look = look.speaking(graph.built.words)
    ends = [graph.things(typed) for typed in (start, end)]
    for typed, fits in zip((start, end), ends, strict=True):
        if len(fits) > 1:
            note(look, look.say("path.several", q=typed, n=len(fits), name=graph.built.name(fits[0])))
    found = graph.path(ends[0][0], ends[1][0], hubs=hubs)
    if form == "json":
        put_json(found.records())
    elif form == "csv":
        put_rows("csv", found.columns, found.rows, look)
    elif found:
        put(look, found.text(look))
    else:
        note(look, look.say("path.nothing", a=graph.built.name(ends[0][0]), b=graph.built.name(ends[1][0])))


COMMANDS: tuple[click.Command, ...] = (ask, path)

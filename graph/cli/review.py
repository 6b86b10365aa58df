"""`review`: pairs that nothing settles, and the answers of people to them, kept in a ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import graph_option, lang_option, look_options, output_options

if TYPE_CHECKING:
    from graph.model import Judgement
    from graph.query.built import Told
    from graph.query.doubts import End, Pair
    from graph.terminal.look import Look

_COLUMNS = ("kind", "score", "reason", "a", "a_label", "a_source", "a_quote", "b", "b_label", "b_source", "b_quote", "judged")
_PAIR = ("same", "different", "unsure")


@click.command()
@click.option("--same", nargs=2, default=None, metavar="A B", help="Say that two nodes are one.")
@click.option("--different", nargs=2, default=None, metavar="A B", help="Say that two nodes are two; “A@SOURCE” is A as one source tells it.")
@click.option("--unsure", nargs=2, default=None, metavar="A B", help="Say that nobody can tell; they stay apart.")
@click.option("--reject", nargs=3, default=None, metavar="A RELATION B", help="Say that a fact is wrong.")
@click.option("--assert", "asserted", nargs=3, default=None, metavar="A RELATION B", help="Say that a fact holds, on your word.")
@click.option("--source", default="", metavar="FILE", help="With --reject: wrong in this source alone.")
@click.option("--undo", nargs=2, default=None, metavar="A B", help="Take back what was said of two nodes.")
@click.option("--who", default="", metavar="NAME", help="Who judges.")
@click.option("--why", default="", metavar="TEXT", help="For what reason.")
@click.option("--when", default="", metavar="DATE", help="The day of the judgement. [default: today]")
@click.option("--ledger", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Where judgements are kept. [default: data/judgements.jsonl]")
@click.option("--kind", default="", metavar="KIND", help="Show pairs of one kind: official, directive, meeting, agency, post.")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, metavar="N", help="Show so many pairs; 0 for all.")
@click.option("--judged", is_flag=True, help="Show the judgements of the ledger instead.")
@graph_option
@lang_option
@look_options
@output_options
def review(
    same: tuple[str, str] | None, different: tuple[str, str] | None, unsure: tuple[str, str] | None, reject: tuple[str, str, str] | None,
    asserted: tuple[str, str, str] | None, source: str, undo: tuple[str, str] | None, who: str, why: str, when: str, ledger: Path | None,
    kind: str, limit: int, folder: Path, lang: str, form: str | None, *, judged: bool, plain: bool, full: bool,
) -> None:  # fmt: skip
    r"""Show pairs that may be one thing, and take your answer.

    What you say is written to a ledger, wins over every rule, survives each build, and can be taken back with --undo. Build again to see it
    in the graph.

    \b
    Example:  govgraph review --same official/a official/b --who Lan --why "cùng ngày sinh"
    """
    from graph.cli.printing import look_of, note  # noqa: PLC0415 - `--help` must not load the floors below
    from graph.pipeline.build import default_ledger  # noqa: PLC0415
    from graph.resolve.judgements import judged as judged_anew  # noqa: PLC0415
    from graph.resolve.judgements import new_judgement, read_ledger, undone, write_ledger  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    path = ledger or default_ledger()
    base = _base(folder)
    answers: list[tuple[str, tuple[str, ...]]] = [(name, nodes) for name, nodes in (
        ("same", same), ("different", different), ("unsure", unsure), ("reject", reject), ("assert", asserted),
    ) if nodes]  # fmt: skip
    if len(answers) + bool(undo) > 1:
        raise click.UsageError("one answer at a time")
    known = read_ledger(path, base)
    if undo:
        a, b = (node.removeprefix(base) for node in undo)
        left = undone(known, a, b)
        if len(left) == len(known):
            raise click.UsageError(f"the ledger {path} says nothing of {a} and {b}")
        write_ledger(path, left)
        note(look, look.say("review.undone", n=len(known) - len(left), path=path))
    elif answers:
        name, nodes = answers[0]
        if not who or not why:
            raise click.UsageError("--who and --why are needed, so that others can follow your answer")
        row = {"verdict": name, "a": nodes[0], "b": nodes[-1], "who": who, "why": why, "when": when or date.today().isoformat()}  # noqa: DTZ011 - the user's own day
        row |= {} if name in _PAIR else {"predicate": nodes[1], **({"source": source} if source else {})}
        write_ledger(path, judged_anew(known, new_judgement(row, base)))
        read_ledger(path, base)
        note(look, look.say("review.kept", path=path))
    elif judged:
        _show_judgements(known, form, look)
    else:
        _show_pairs(folder, base, kind, limit, form, look)


def _base(folder: Path) -> str:
    """The base of a built graph; the usual one where there is none yet."""
    from graph.pipeline.folder import MARK  # noqa: PLC0415
    from graph.resolve.resolver import BASE  # noqa: PLC0415

    try:
        about = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return BASE
    return str(about.get("base", BASE)) if isinstance(about, dict) else BASE


def _show_judgements(judgements: Iterable[Judgement], form: str | None, look: Look) -> None:
    from graph.cli.printing import put_rows  # noqa: PLC0415

    rows = [(j.verdict.value, j.a, j.predicate, j.b, j.source, j.who, j.when, j.why) for j in judgements]
    put_rows(form, ("verdict", "a", "relation", "b", "source", "who", "when", "why"), rows, look)


def _show_pairs(folder: Path, base: str, kind: str, limit: int, form: str | None, look: Look) -> None:
    from graph.cli.printing import note, put, put_rows  # noqa: PLC0415
    from graph.query.built import BuiltGraph  # noqa: PLC0415
    from graph.query.doubts import pairs  # noqa: PLC0415

    found = pairs(BuiltGraph.open(folder), base, kind)
    shown = found[:limit] if limit else found
    if form is not None:
        put_rows(form, _COLUMNS, [_row(pair) for pair in shown], look)
        return
    if not found:
        note(look, look.say("review.none"))
    for pair in shown:
        put(look, "\n".join(_lines(pair, look)))
    if len(found) > len(shown):
        note(look, look.say("panel.more", n=len(found) - len(shown)))


def _row(pair: Pair) -> tuple[str | float, ...]:
    return (
        pair.kind, pair.score, pair.reason, pair.a.path, pair.a.label, _source(pair.a), _quote(pair.a), pair.b.path, pair.b.label, _source(pair.b),
        _quote(pair.b), pair.judged,
    )  # fmt: skip


def _source(end: End) -> str:
    return next((told.source for told in end.told if told.source), end.row)


def _quote(end: End) -> str:
    return next((told.quote for told in end.told if told.quote), "")


def _lines(pair: Pair, look: Look) -> Iterable[str]:
    from graph.resolve.reasons import in_words  # noqa: PLC0415

    reason = in_words(pair.reason, look.lang)
    yield f"{look.strong(pair.a.label)} ≠? {look.strong(pair.b.label)}  {look.number(pair.score)}  {reason}" + (f"  ({pair.judged})" if pair.judged else "")
    for end in (pair.a, pair.b):
        yield f"  {end.path}"
        for told in end.told:
            yield f"    {_words(told, look)}"
    yield ""


def _words(told: Told, look: Look) -> str:
    if told.registered:
        return f"[{told.row}]"
    return f"{look.quote(told.quote, look.width - 8)} [{told.source}]"


COMMANDS: tuple[click.Command, ...] = (review,)

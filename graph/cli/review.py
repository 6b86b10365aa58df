"""`review`: pairs that nothing settles, and the answers of people to them, kept in a ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import graph_option, lang_option, ledger_option, look_options, output_options
from graph.model import PartialDate

if TYPE_CHECKING:
    from graph.model import Judgement, Relations
    from graph.query.built import Statement
    from graph.query.doubts import End, Pair
    from graph.terminal.look import Look

_COLUMNS = ("kind", "score", "reason", "a", "a_label", "a_source", "a_quote", "b", "b_label", "b_source", "b_quote", "judged")
_KINDS = ("directive", "official", "meeting", "agency", "post")


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
@click.option("--kind", type=click.Choice(_KINDS), default=None, help="Show pairs of one kind.")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, metavar="N", help="Show so many pairs; 0 for all.")
@click.option("--judged", is_flag=True, help="Show the judgements of the ledger instead.")
@ledger_option
@graph_option
@lang_option
@look_options
@output_options
def review(
    same: tuple[str, str] | None, different: tuple[str, str] | None, unsure: tuple[str, str] | None, reject: tuple[str, str, str] | None,
    asserted: tuple[str, str, str] | None, source: str, undo: tuple[str, str] | None, who: str, why: str, when: str, ledger: Path | None,
    kind: str | None, limit: int, folder: Path, lang: str, form: str | None, *, judged: bool, plain: bool, full: bool,
) -> None:  # fmt: skip
    r"""Show pairs that may be one thing, and take your answer.

    What you say is written to a ledger, wins over every rule, survives each build, and can be taken back with --undo. Build again to see it
    in the graph.

    \b
    Example:  govgraph review --same official/a official/b --who Lan --why "cùng ngày sinh"
    """
    from graph.cli.printing import look_of  # noqa: PLC0415 - `--help` must not load the floors below
    from graph.pipeline.build import default_ledger  # noqa: PLC0415
    from graph.pipeline.folder import LEDGER_PLACE, outside  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    path = ledger or default_ledger()
    outside(folder, path, "--ledger", LEDGER_PLACE)
    given = {"same": same, "different": different, "unsure": unsure, "reject": reject, "assert": asserted, "undo": undo}
    said = [(verdict, nodes) for verdict, nodes in given.items() if nodes]
    if len(said) > 1:
        raise click.UsageError("one answer at a time")
    if not said:
        _show_judgements(path, *_ground(folder), form, look) if judged else _show_pairs(folder, _ground(folder)[0], kind, limit, form, look)
    elif undo:
        _take_back(path, undo, *_ground(folder), look)
    else:
        ((verdict, (a, *predicate, b)),) = said
        row = {"verdict": verdict, "a": a, "b": b, "who": who, "why": why, "when": when or date.today().isoformat()}  # noqa: DTZ011 - the user's own day
        row |= {"predicate": predicate[0]} if predicate else {}
        row |= {"source": source} if source else {}
        _keep(path, row, *_ground(folder), look)


def _keep(path: Path, row: dict[str, str], base: str, relations: Relations, look: Look) -> None:
    """Write an answer to the ledger."""
    from graph.cli.printing import note  # noqa: PLC0415
    from graph.resolve.judgements import change_ledger, judged, new_judgement  # noqa: PLC0415

    if not row["who"] or not row["why"]:
        raise click.UsageError("--who and --why are needed, so that others can follow your answer")
    said = new_judgement(row, base, relations)
    change_ledger(path, base, relations, lambda known: judged(known, said))
    note(look, look.say("review.kept", path=path))


def _take_back(path: Path, nodes: tuple[str, str], base: str, relations: Relations, look: Look) -> None:
    from graph.cli.printing import note  # noqa: PLC0415
    from graph.resolve.judgements import change_ledger, undone  # noqa: PLC0415

    a, b = (node.removeprefix(base) for node in nodes)
    gone = 0

    def without(known: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
        nonlocal gone
        left = undone(known, a, b)
        gone = len(known) - len(left)
        if not gone:
            raise click.UsageError(f"the ledger {path} says nothing of {a} and {b}")
        return left

    change_ledger(path, base, relations, without)
    note(look, look.say("review.undone", n=gone, path=path))


def _ground(folder: Path) -> tuple[str, Relations]:
    """The base and the relations of a built graph; the usual ones where there is none yet."""
    from graph.output.kept import VOCABULARY, Kept  # noqa: PLC0415
    from graph.registers.data import shipped  # noqa: PLC0415
    from graph.registers.ontology import Ontology  # noqa: PLC0415

    kept = Kept(folder)
    own = kept.file(VOCABULARY)
    terms = Ontology(own) if own.is_file() else shipped().ontology
    return kept.about.base if kept.about is not None else terms.base, terms.relations


def _speaking(look: Look, relations: Relations) -> Look:
    """The look with the words of these relations."""
    from graph.registers.strings import Words  # noqa: PLC0415
    from graph.resources import Files  # noqa: PLC0415

    return look.speaking(Words.of(Files(), relations.words))


def _show_judgements(path: Path, base: str, relations: Relations, form: str | None, look: Look) -> None:
    from graph.cli.printing import note, put, put_rows  # noqa: PLC0415
    from graph.resolve.judgements import read_ledger  # noqa: PLC0415

    judgements = read_ledger(path, base, relations)
    if form is not None:
        rows = [(j.verdict.value, j.a, j.predicate, j.b, j.source, j.who, j.when, j.why) for j in judgements]
        put_rows(form, ("verdict", "a", "relation", "b", "source", "who", "when", "why"), rows, look)
        return
    if not judgements:
        note(look, look.say("review.noJudgements", path=path))
        return
    spoken = _speaking(look, relations)
    put(look, "\n\n".join("\n".join(_judgement(judgement, spoken)) for judgement in judgements))


def _judgement(judgement: Judgement, look: Look) -> Iterable[str]:
    yield " · ".join((look.strong(look.say(f"review.verdict.{judgement.verdict}")), judgement.who, look.date(PartialDate.parse(judgement.when)), judgement.why))
    yield f"  {judgement.a}"
    if judgement.predicate:
        yield "  ↓ " + look.say(f"rel.{judgement.predicate}") + (f"  [{judgement.source}]" if judgement.source else "")
    yield f"  {judgement.b}"


def _show_pairs(folder: Path, base: str, kind: str | None, limit: int, form: str | None, look: Look) -> None:
    from graph.cli.printing import note, put, put_rows  # noqa: PLC0415
    from graph.query.built import BuiltGraph  # noqa: PLC0415
    from graph.query.doubts import pairs  # noqa: PLC0415

    shown, every = pairs(BuiltGraph.open(folder), base, kind or "", limit)
    if form is not None:
        put_rows(form, _COLUMNS, [_row(pair) for pair in shown], look)
        return
    if not shown:
        note(look, look.say("review.none"))
        return
    put(look, "\n\n".join("\n".join(_lines(pair, look)) for pair in shown))
    if every > len(shown):
        note(look, look.say("panel.more", n=every - len(shown)))


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

    reason = in_words(pair.reason, look.words, look.lang)
    yield f"{look.strong(pair.a.label)} ≠? {look.strong(pair.b.label)}  {look.number(pair.score)}  {reason}" + (f"  ({pair.judged})" if pair.judged else "")
    for end in (pair.a, pair.b):
        yield f"  {end.path}"
        for told in end.told:
            yield f"    {_words(told, end.label, look)}"


def _words(told: Statement, label: str, look: Look) -> str:
    from graph.terminal.tree import where  # noqa: PLC0415

    place = where(told)
    if not told.quote:
        return place
    return f"{look.faint(look.quote(told.quote, look.width - len(place) - 5, label.rpartition(' ')[2]))} {place}"


COMMANDS: tuple[click.Command, ...] = (review,)

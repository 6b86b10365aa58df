"""`evaluate` and `explain`: how good is the reading, and why did it read this?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import data_option, graph_option, lang_option, look_options, output_options

if TYPE_CHECKING:
    from graph.evaluation.score import Score, Tally
    from graph.terminal.look import Look


@click.command()
@click.option("--gold", type=click.Path(path_type=Path), required=True, metavar="DIR", help="A folder of annotations, one JSON file a document.")
@click.option("--errors", is_flag=True, help="List every error with its sentence and the nearest rule.")
@graph_option
@lang_option
@look_options
@output_options
def evaluate(gold: Path, folder: Path, lang: str, form: str | None, *, errors: bool, plain: bool, full: bool) -> None:
    r"""Measure a built graph against annotations.

    Prints precision, recall and F1 of each kind of fact, of the core kinds and of all, and how many facts of each band of confidence are
    right. Only documents that have annotations count. The exit code is 1 where anything was missed or wrong.

    \b
    Example:  govgraph evaluate --gold tests/gold --graph out --errors
    """
    from graph.cli.printing import look_of, put, put_json, put_rows  # noqa: PLC0415 - `--help` must not load the floors below
    from graph.evaluation.facts import read_gold  # noqa: PLC0415
    from graph.evaluation.score import evaluate as score_all  # noqa: PLC0415
    from graph.evaluation.score import read_facts  # noqa: PLC0415
    from graph.registers.data import shipped  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    data = shipped()
    relations = data.ontology.relations
    score = score_all(read_gold(gold, relations), read_facts(folder, relations), data, folder)
    columns = ["kind", "precision", "recall", "f1", "right", "wrong", "missed"]
    named = [*sorted(score.kinds.items()), ("CORE", score.core), ("ALL", score.all)]
    if form == "json":
        put_json(_as_json(score, columns, named))
    else:
        put_rows(form, columns, [_row(name, tally) for name, tally in named], look)
        if form is None:
            _bands(score, look)
            if errors:
                for error in score.errors:
                    put(look, f"\n{error.document}  {look.say('evaluate.' + error.what)}  {look.strong(error.fact)}")
                    if error.sentence:
                        put(look, f"  {look.quote(error.sentence, look.width - 2)}")
                    if error.rule:
                        put(look, f"  {look.say('evaluate.rule', rule=error.rule)}")
    if score.errors:
        raise SystemExit(1)


def _row(name: str, tally: Tally) -> list[str | float | int]:
    return [name, round(tally.precision, 3), round(tally.recall, 3), round(tally.f1, 3), tally.right, tally.wrong, tally.missed]


def _as_json(score: Score, columns: list[str], named: list[tuple[str, Tally]]) -> dict[str, object]:
    return {
        "documents": score.documents,
        "kinds": [dict(zip(columns, _row(name, tally), strict=True)) for name, tally in named],
        "confidence": [
            {"from": bound, "right": tally.right, "wrong": tally.wrong, "precision": round(tally.precision, 4)} for bound, tally in score.bands.items()
        ],
        "errors": [{"document": e.document, "what": e.what, "fact": e.fact, "sentence": e.sentence, "rule": e.rule} for e in score.errors],
    }


def _bands(score: Score, look: Look) -> None:
    from graph.cli.printing import put  # noqa: PLC0415

    for bound, tally in score.bands.items():
        if tally.right + tally.wrong:
            put(look, look.say("evaluate.band", bound=look.number(bound), n=tally.right + tally.wrong, share=f"{100 * tally.precision:.1f}"))


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--rule", "ident", metavar="ID", help="Show a rule instead: where it holds, its wording, examples and confidence.")
@data_option
@lang_option
@look_options
@output_options
def explain(file: Path | None, ident: str | None, data: Path | None, lang: str, form: str | None, *, plain: bool, full: bool) -> None:
    r"""Show how a text is read: its zones, the things it names, and the facts with the rule that found each.

    Made for writing a rule from a miss: each sentence is printed with what was seen in it. With --rule, show the rule that a fact names.

    \b
    Example:  govgraph explain data/corpus/hoi-nghi-y-te-co-so-2024.txt
    """
    from graph.cli.printing import look_of, put, put_json, put_rows  # noqa: PLC0415 - `--help` must not load the floors below
    from graph.registers.data import Data  # noqa: PLC0415

    if (file is None) == (ident is None):
        raise click.UsageError("give a FILE, or --rule with the id of a rule")
    look = look_of(lang, plain=plain, full=full)
    if file is not None:
        from graph.door.reading import read  # noqa: PLC0415
        from graph.reading.readers import SourceFile, read_source  # noqa: PLC0415
        from graph.terminal.reading import explain as lines  # noqa: PLC0415
        from graph.terminal.reading import rows  # noqa: PLC0415

        extraction = read(read_source(SourceFile(file, file.name)), source=file.name, data=Data(data)).extraction
        shown, (columns, found) = lines(extraction, look), rows(extraction)
    else:
        from graph.terminal import rule  # noqa: PLC0415

        named = rule.find(str(ident), Data(data))
        shown, (columns, found) = rule.lines(named, look), rule.rows(named)
    if form is None:
        for line in shown:
            put(look, line)
    elif form == "json":
        put_json([dict(zip(columns, row, strict=True)) for row in found])
    else:
        put_rows(form, columns, found, look)


COMMANDS: tuple[click.Command, ...] = (evaluate, explain)

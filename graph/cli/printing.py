"""Print rows the way the user asked for: a table, JSON or CSV on stdout; notes on stderr."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graph.terminal.outlet import AGAIN
from graph.text.visible import one_line

if TYPE_CHECKING:
    from graph.query.sparql import Rows
    from graph.terminal.look import Look
    from graph.terminal.rows import Cell


def look_of(lang: str, *, plain: bool = False, full: bool = False) -> Look:
    """The look of this run's stdout."""
    from graph.terminal.look import Look  # noqa: PLC0415

    return Look.of(sys.stdout, lang, plain=plain, full=full)


def note(look: Look, text: str) -> None:
    """A line of talk, on stderr, marked so that it can't be taken for data."""
    tell(look.signs(f"# {one_line(text)}"))


def put(look: Look, text: str) -> None:
    """Lines for people, on stdout."""
    put_data(look.signs(text))


def put_data(text: str) -> None:
    """Lines for programs, on stdout."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def tell(text: str, *, again: bool = False) -> None:
    """A line of talk, on stderr; with `again` in the place of the one before, and to be replaced by the next."""
    sys.stderr.write(f"{AGAIN}{text}" if again else f"{text}\n")
    sys.stderr.flush()


def put_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """JSON on stdout."""
    from graph.terminal.rows import as_json  # noqa: PLC0415

    put_data(as_json(value))


def put_rows(
    form: str | None,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    look: Look,
    *,
    shown: Sequence[int] | None = None,
    least: Mapping[int, int] | None = None,
    sentences: bool = False,
) -> None:
    """Rows as JSON or CSV with the names of the columns, or as a table with their words in this run's language.

    shown: the places of the columns that the table takes, all by default; programs always get all. least: the width that a column keeps.
    sentences: put sentence and source below their row, where there is room to read them.
    """
    from graph.terminal.rows import as_csv, as_records  # noqa: PLC0415
    from graph.terminal.table import table  # noqa: PLC0415

    if form == "json":
        put_json(as_records(columns, rows))
    elif form == "csv":
        put_data(as_csv(columns, rows))
    elif not rows:
        note(look, look.say("cli.rows.none"))
    else:
        put(look, table(columns, rows, look, shown=shown, least=least, sentences=sentences))


def put_answer(form: str | None, answer: Rows, look: Look, prefixes: Mapping[str, str], hide: Sequence[str] | None = None) -> None:
    """The rows of a SELECT. A table shortens IRIs by prefix; with `hide` it leaves out these columns, and those that hold only IRIs or nothing."""
    from graph.terminal.table import telling, values, worded  # noqa: PLC0415

    if form is not None:
        put_rows(form, answer.columns, values(answer), look)
    else:
        put_rows(None, answer.columns, worded(answer, look, prefixes), look, shown=telling(answer, hide), sentences=hide is not None)

"""A table for people: the columns that they read, heads in their language, a sentence below its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.query.sparql import Rows, is_iri, value_of
from graph.terminal.look import Look
from graph.terminal.rows import Cell, as_table
from graph.terminal.tree import source_name

_SENTENCES = ("quote", "exact")
_SOURCES = ("source", "file")


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    look: Look,
    *,
    shown: Sequence[int] | None = None,
    least: Mapping[int, int] | None = None,
    sentences: bool = False,
) -> str:
    """The table; shown: the places of its columns, all by default; least: the width that a column keeps; sentences: sentence and source below their row."""
    places = list(range(len(columns)) if shown is None else shown)
    quote, source = (next((p for p in places if sentences and columns[p] in names), None) for names in (_SENTENCES, _SOURCES))
    below = None
    if quote is not None and source is not None:
        places = [p for p in places if p not in (quote, source)]
        below = [(str(row[quote] or ""), source_name(str(row[source] or ""))) for row in rows]
    heads = [head(columns[p], look) for p in places]
    return as_table(heads, [[row[p] for p in places] for row in rows], look, {i: (least or {}).get(p, 0) for i, p in enumerate(places)}, below)


def head(column: str, look: Look) -> str:
    """The words of a column, its name where there are none."""
    return look.say(f"col.{column}") if f"col.{column}" in look.words else column


def values(answer: Rows) -> list[list[Cell]]:
    """The rows of a SELECT for programs."""
    return [[value_of(term) for term in row] for row in answer.rows]


def worded(answer: Rows, look: Look, prefixes: Mapping[str, str]) -> list[list[Cell]]:
    """The rows of a SELECT for people: IRIs shortened by prefix, dates and names of relations in their language."""
    return [[_word(column, value_of(term, prefixes, look.date), look) for column, term in zip(answer.columns, row, strict=True)] for row in answer.rows]


def telling(answer: Rows, hide: Sequence[str] | None) -> list[int]:
    """The places of the columns that people read; with `hide` without these, and without those that hold only IRIs or nothing."""
    places = range(len(answer.columns))
    if hide is None:
        return list(places)
    return [p for p in places if answer.columns[p] not in hide and not all(is_iri(row[p]) for row in answer.rows if row[p] is not None)]


def _word(column: str, cell: Cell, look: Look) -> Cell:
    """Names of relations and kinds of events in the user's language."""
    if column == "relationLabel":
        return look.say(f"rel.{str(cell).rpartition('/')[2] or cell}") if f"rel.{cell}" in look.words else cell
    return look.say(f"cli.event.{cell}") if column == "event" else cell

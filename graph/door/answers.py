"""What a question found, in the forms that a command prints: values, rows (`--csv`), records (`--json`), text; in a notebook HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, TypeVar, overload

from graph.terminal.look import Look
from graph.terminal.rows import Cell, as_records
from graph.terminal.table import head, table
from graph.text.visible import visible

T_co = TypeVar("T_co", covariant=True)

_MOST = 200  # rows that a notebook shows


class Answers(Sequence[T_co]):
    """A sequence of frozen values, the best first; empty where nothing was found.

    columns: the names of the cells of a row, as in the head of `--csv`.
    rows: one tuple of cells (text, number, truth value, None) for each line of `--csv`; a value may give several, one for each statement.
    `print` shows what the command prints, at a width of 100; `pandas.DataFrame(answers.rows, columns=answers.columns)` is a data frame.
    """

    def __init__(
        self,
        items: Iterable[T_co],
        columns: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        look: Look,
        *,
        shown: Sequence[str] | None = None,
        records: Callable[[T_co], Any] | None = None,
        lines: Callable[[T_co, Look], Iterable[str]] | None = None,
        text: Callable[[Look], str] | None = None,
    ) -> None:
        """look: of text; shown: the columns that people see, all by default.

        records: a value for `--json`, where that isn't its row; lines: a value for people, where a table wouldn't do; text: a table of another kind.
        """
        self.columns = tuple(columns)
        self.rows: tuple[tuple[Cell, ...], ...] = tuple(tuple(row) for row in rows)
        self._items = tuple(items)
        self._look = look
        self._shown = tuple(range(len(self.columns))) if shown is None else tuple(self.columns.index(name) for name in shown)
        self._record = records
        self._lines = lines
        self._table = text

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"<{len(self)} answers; print() shows them>"

    def __str__(self) -> str:
        return self.text()

    def records(self) -> list[Any]:
        """What `--json` prints: a dictionary for each value (or row), dates as "2024-05-16", nothing cut."""
        return [self._record(item) for item in self] if self._record is not None else list(as_records(self.columns, self.rows))

    def text(self, look: Look | None = None) -> str:
        """What the command prints for people; "" where nothing was found. look: another width, language or signs."""
        look = look if look is not None else self._look
        if self._lines is not None:
            return "\n\n".join("\n".join(self._lines(item, look)) for item in self)
        if self._table is not None:
            return self._table(look)
        return table(self.columns, self.rows, look, shown=self._shown) if self.rows else ""

    def _repr_html_(self) -> str:
        """For a notebook: the table, or the lines of what the command prints as a tree. Everything is escaped."""
        if self._lines is not None:
            return f"<pre>{safe(self.text())}</pre>"
        heads = [head(self.columns[place], self._look) for place in self._shown]
        html = html_table(heads, [[row[place] for place in self._shown] for row in self.rows[:_MOST]])
        return html if len(self.rows) <= _MOST else f"{html}<p>{_MOST} / {len(self.rows)}</p>"


def html_table(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table as HTML, escaped; numbers to the right."""
    head = "".join(f"<th>{safe(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: Cell) -> str:
    number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    return f'<td style="text-align: {"right" if number else "left"}">{safe("" if cell is None else str(cell))}</td>'


def safe(text: str) -> str:
    """Text for HTML: nothing in it is read as a tag, and what would turn the direction of writing is shown."""
    return escape(visible(text))

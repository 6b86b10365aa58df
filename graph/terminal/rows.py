"""Rows for people and for programs: a table cut to the width of the terminal, JSON, CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from io import StringIO
from textwrap import wrap
from typing import Any

from graph.export.tables import harmless
from graph.terminal.look import Look
from graph.text.normalize import squeeze
from graph.text.visible import in_json, visible

_GAP = "  "
_LEAST = 8

Cell = str | int | float | bool | None


def as_json(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """JSON for programs: ISO dates, full quotes, Vietnamese as it is."""
    return in_json(json.dumps(value, ensure_ascii=False, indent=2))


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """CSV with a head; no cell is run by a spreadsheet or obeyed by a terminal."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([visible(column) for column in columns])
    for row in rows:
        writer.writerow(["" if cell is None else str(cell).lower() if isinstance(cell, bool) else visible(harmless(cell)) for cell in row])
    return out.getvalue().rstrip("\n")


def as_records(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[dict[str, Cell]]:
    """Rows as objects, for JSON."""
    return [dict(zip(columns, row, strict=True)) for row in rows]


def as_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    look: Look,
    least: Mapping[int, int] | None = None,
    below: Sequence[tuple[str, str]] | None = None,
) -> str:
    """A table with numbers to the right; where it is too wide the widest columns are cut with "…", or with `--full` broken over lines.

    least: the width that a column keeps, by its place. below: for each row a sentence and its source, for a line of their own.
    """
    cells = [[_shown(cell, look) for cell in row] for row in rows]
    natural = [max(len(line[place]) for line in [list(heads), *cells]) for place in range(len(heads))]
    widths = _fitted(natural, [min(natural[p], (least or {}).get(p, 0) or _LEAST) for p in range(len(heads))], look.width)
    numeric = [bool(rows) and all(_is_number(row[p]) for row in rows if row[p] is not None) for p in range(len(heads))]
    lines = [look.strong(line) for line in _line(list(heads), widths, numeric, look)]
    lines.append("─" * min(look.width, sum(widths) + len(_GAP) * (len(widths) - 1)))
    for place, row in enumerate(cells):
        lines.extend(_line(row, widths, numeric, look))
        quote, source = below[place] if below is not None else ("", "")
        if quote:
            lines.append(f"  {look.faint(look.quote(quote, look.width - len(source) - 5))} [{source}]")
    return "\n".join(lines)


def _fitted(natural: list[int], least: list[int], width: int) -> list[int]:
    """Widths of columns whose sum fits: the widest gives way first, none below its least."""
    widths = list(natural)
    room = width - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room:
        spare = [p for p in range(len(widths)) if widths[p] > least[p]]
        if not spare:
            break
        widths[max(spare, key=lambda p: widths[p])] -= 1
    return widths


def _line(cells: list[str], widths: list[int], numeric: list[bool], look: Look) -> list[str]:
    """A row as lines of text: one, or with `--full` as many as its longest cell needs."""
    parts = [wrap(cell, width) or [""] if look.full else [look.cut(cell, width)] for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for i in range(max(len(part) for part in parts)):
        texts = [part[i] if i < len(part) else "" for part in parts]
        padded = [text.rjust(width) if right else text.ljust(width) for text, width, right in zip(texts, widths, numeric, strict=True)]
        lines.append(_GAP.join(padded).rstrip())
    return lines


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _shown(cell: Cell, look: Look) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return look.say("cli.yes" if cell else "cli.no")
    if isinstance(cell, float):
        return look.number(cell)
    return visible(squeeze(str(cell)))

"""Read the CSV registers and refuse broken ones, naming file, row and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from graph.errors import RegisterError
from graph.resources import Files
from graph.text.normalize import nfc

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A register as read: its rows, and the line that each starts on (the head is line 1)."""

    name: str
    rows: tuple[Row, ...]
    lines: tuple[int, ...]

    @property
    def file(self) -> str:
        """The file's name, as error messages give it."""
        return f"{self.name}.csv"


def values(cell: str) -> list[str]:
    """The parts of a list cell: "Bắc Cạn; Bắc Kan" gives ["Bắc Cạn", "Bắc Kan"]."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - what YAML holds has no type
    """The content of a YAML file that comes with the program; a broken one is named with its line."""
    try:
        return yaml.load(nfc(path.read_text(encoding="utf-8")), Loader=_loader())  # noqa: S506 - both loaders are safe ones
    except FileNotFoundError:
        raise RegisterError(path.name, "", "the file is missing") from None
    except UnicodeDecodeError as error:
        raise RegisterError(path.name, "", f"not UTF-8 ({error.reason} at byte {error.start})") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RegisterError(path.name, f"line {mark.line + 1}" if mark else "", str(getattr(error, "problem", error))) from None


@cache
def _loader() -> type[yaml.SafeLoader]:
    fast: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return fast


def read_tables(files: Files) -> dict[str, Table]:
    """All registers by name, checked against `schema.yaml`: shape of rows, unique ids, references.

    Raises RegisterError for the first broken row.
    """
    schema = read_yaml(files.path("registers", "schema.yaml"))
    tables = {name: _read(files.path("registers", f"{name}.csv")) for name in schema["registers"]}
    for name, rules in schema["registers"].items():
        _check_rows(tables[name], rules["row"], schema["definitions"])
        _check_unique(tables[name], ["id", *rules.get("unique", [])])
    for name, rules in schema["registers"].items():
        for column, target in rules.get("references", {}).items():
            _check_references(tables[name], column, tables[target])
    return tables


def _read(path: Path) -> Table:
    try:
        text = nfc(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise RegisterError(path.name, "", "the register is missing") from None
    except UnicodeDecodeError as error:
        raise RegisterError(path.name, "", f"not UTF-8 ({error.reason} at byte {error.start})") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    lines: list[int] = []
    before = 1
    try:
        for row in reader:
            if None in row or None in row.values():
                raise RegisterError(path.name, f"row {before + 1}", f"has not the {len(reader.fieldnames or ())} columns of the head")
            rows.append(row)
            lines.append(before + 1)
            before = reader.line_num
    except csv.Error as error:
        raise RegisterError(path.name, f"row {reader.line_num}", str(error)) from None
    return Table(path.stem, tuple(rows), tuple(lines))


def _check_rows(table: Table, columns: Mapping[str, Any], definitions: Mapping[str, Any]) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - heavy: imported where it is used

    if not table.rows:
        raise RegisterError(table.file, "", "has no rows")
    present, wanted = set(table.rows[0]), set(columns)
    if present != wanted:
        wrong = ", ".join(sorted(present ^ wanted))
        raise RegisterError(table.file, "row 1", f"columns missing or unknown: {wrong}")
    # One validator a column, each over its distinct cells: a register has many rows and few different values.
    for column, rule in columns.items():
        validator = Draft202012Validator(definitions[rule] if isinstance(rule, str) else rule)
        for cell in {row[column] for row in table.rows}:
            error = next(iter(validator.iter_errors(cell)), None)
            if error is not None:
                line = next(line for line, row in zip(table.lines, table.rows, strict=True) if row[column] == cell)
                raise RegisterError(table.file, f"row {line}", f"{column}: {error.message}")


def _check_unique(table: Table, columns: Iterable[str]) -> None:
    for column in columns:
        seen: dict[str, int] = {}
        for line, row in zip(table.lines, table.rows, strict=True):
            first = seen.setdefault(row[column], line)
            if first != line:
                raise RegisterError(table.file, f"row {line}", f"{column} {row[column]!r} stands in row {first} already")


def _check_references(table: Table, column: str, target: Table) -> None:
    known = {row["id"] for row in target.rows}
    for line, row in zip(table.lines, table.rows, strict=True):
        for value in values(row[column]):
            if value not in known:
                raise RegisterError(table.file, f"row {line}", f"{column}: {value!r} is no id of {target.file}")

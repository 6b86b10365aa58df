"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from graph.model import PartialDate

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_OUT = "out"


def graph_option(command: F) -> F:
    """`--graph DIR`: the folder that `build` wrote."""
    return click.option(
        "--graph", "folder", type=click.Path(path_type=Path), default=DEFAULT_OUT, show_default=True, metavar="DIR", help="A folder that `build` wrote."
    )(command)


def lang_option(command: F) -> F:
    """`--lang vi|en`: the language of the words around the data."""
    return click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of the words around the data.")(command)


def ledger_option(command: F) -> F:
    """`--ledger FILE`: the judgements of people."""
    return click.option(
        "--ledger", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Judgements of people. [default: data/judgements.jsonl]"
    )(command)


def data_option(command: F) -> F:
    """`--data DIR`: the registers, rules, vocabulary and words of another sector."""
    return click.option(
        "--data", "data", type=click.Path(path_type=Path), default=None, metavar="DIR",
        help="Registers, rules, vocabulary and words of another sector: a folder laid out like data/. [default: those that came along]",
    )(command)  # fmt: skip


def timeout_option(command: F) -> F:
    """`--timeout SECONDS`: when a query is stopped."""
    return click.option(
        "--timeout", "seconds", type=click.IntRange(min=1, max=86_400), default=60, show_default=True, metavar="SECONDS", help="Stop the query after this time."
    )(command)


def output_options(command: F) -> F:
    """`--json` and `--csv`: how rows are printed; a table without them."""
    command = click.option("--csv", "form", flag_value="csv", help="Print rows as CSV.")(command)
    return click.option("--json", "form", flag_value="json", help="Print rows as JSON.")(command)


def look_options(command: F) -> F:
    """`--ascii` and `--full`: how lines look on a terminal."""
    command = click.option("--full", is_flag=True, help="Whole sentences and cells, nothing cut.")(command)
    return click.option("--ascii", "plain", is_flag=True, help="ASCII signs instead of lines and dots.")(command)


class _Day(click.ParamType[PartialDate]):
    """A date as people and programs write it: 2024-05-16, 16/5/2024, 2024."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> PartialDate:  # noqa: ANN401 - the signature is click's
        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse("-".join(reversed(value.split("/"))) if "/" in value else value)
        except (ValueError, TypeError):
            self.fail(f"{value!r} is no date; write it as 2024-05-16", param, ctx)


def view_options(command: F) -> F:
    """`--as-of`, `--merged` and `--why`: which day's graph, in whose provinces, and why things are one."""
    command = click.option("--why", is_flag=True, help="Say why the names of each thing are one.")(command)
    command = click.option("--merged", is_flag=True, help="Provinces as now: today's 34 stand for those that they were made of.")(command)
    return click.option("--as-of", "as_of", type=_Day(), default=None, metavar="DATE", help="Only what sources of that day or before attest.")(command)

"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

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


def output_options(command: F) -> F:
    """`--json` and `--csv`: how rows are printed; a table without them."""
    command = click.option("--csv", "form", flag_value="csv", help="Print rows as CSV.")(command)
    return click.option("--json", "form", flag_value="json", help="Print rows as JSON.")(command)


def look_options(command: F) -> F:
    """`--ascii` and `--full`: how lines look on a terminal."""
    command = click.option("--full", is_flag=True, help="Whole sentences and cells, nothing cut.")(command)
    return click.option("--ascii", "plain", is_flag=True, help="ASCII signs instead of lines and dots.")(command)

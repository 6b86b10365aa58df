"""The words of the interface, Vietnamese and English: those of `data/strings.csv`, and of relations those of the vocabulary."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from graph import resources
from graph.errors import RegisterError
from graph.registers.ontology import load

LANGUAGES = ("vi", "en")


@cache
def strings() -> dict[str, tuple[str, str]]:
    """Key → (Vietnamese, English): the shipped file, and "rel.NAME", "rel.NAME.inverse", "rel.NAME.head" of the shipped vocabulary."""
    return read_strings(resources.data("strings.csv")) | load().words


def read_strings(path: Path) -> dict[str, tuple[str, str]]:
    """Key → (Vietnamese, English). Raises RegisterError where the file is missing, a key stands twice or a translation is missing."""
    if not path.is_file():
        raise RegisterError(path.name, "", "the file is missing")
    found: dict[str, tuple[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            key, vi, en = row["key"], row["vi"], row["en"]
            if not (key and vi and en):
                raise RegisterError(path.name, f"row {line}", "key, vi and en must all be given")
            if key in found:
                raise RegisterError(path.name, f"row {line}", f"key {key!r} stands twice")
            found[key] = (vi, en)
    return found


def say(key: str, lang: str = "vi", **values: object) -> str:
    """The words of a key in a language, with its {parameters} filled in."""
    return strings()[key][LANGUAGES.index(lang)].format(**values)

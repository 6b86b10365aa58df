"""The words of the interface, Vietnamese and English, from `data/strings.csv`."""

from __future__ import annotations

import csv
from functools import cache

from graph import resources
from graph.errors import RegisterError

LANGUAGES = ("vi", "en")


@cache
def strings() -> dict[str, tuple[str, str]]:
    """Key → (Vietnamese, English). Raises RegisterError where a key stands twice or a translation is missing."""
    path = resources.data("strings.csv")
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

"""The words of the interface, Vietnamese and English: those of `strings.csv`, and of relations those of the vocabulary."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.errors import RegisterError
from graph.resources import Files

LANGUAGES = ("vi", "en")


class Words(Mapping[str, tuple[str, str]]):
    """Key → (Vietnamese, English)."""

    def __init__(self, pairs: Mapping[str, tuple[str, str]]) -> None:
        self._pairs = dict(pairs)
        self._english: dict[str, dict[str, str]] = {}

    @classmethod
    def of(cls, files: Files, relations: Mapping[str, tuple[str, str]]) -> Words:
        """The shipped words, over them those of the folder's own `strings.csv`, and those of relations. Raises RegisterError."""
        pairs = read_strings(Files().path("strings.csv"))
        if files.folder is not None and (files.folder / "strings.csv").exists():
            pairs |= read_strings(files.folder / "strings.csv")
        return cls(pairs | dict(relations))

    def __getitem__(self, key: str) -> tuple[str, str]:
        return self._pairs[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def by_english(self, group: str) -> Mapping[str, str]:
        """English → Vietnamese, of the keys that begin with a group ("reason")."""
        if group not in self._english:
            self._english[group] = {en: vi for key, (vi, en) in self._pairs.items() if key.startswith(f"{group}.")}
        return self._english[group]

    def say(self, key: str, lang: str = "vi", **values: object) -> str:
        """The words of a key in a language, with its {parameters} filled in."""
        return self._pairs[key][LANGUAGES.index(lang)].format(**values)


def read_strings(path: Path) -> dict[str, tuple[str, str]]:
    """Key → (Vietnamese, English). Raises RegisterError where the file is missing, a key stands twice or a translation is missing."""
    if not path.is_file():
        raise RegisterError(path.name, "", "the file is missing")
    found: dict[str, tuple[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            key, vi, en = row.get("key"), row.get("vi"), row.get("en")
            if not (key and vi and en):
                raise RegisterError(path.name, f"row {line}", "key, vi and en must all be given")
            if key in found:
                raise RegisterError(path.name, f"row {line}", f"key {key!r} stands twice")
            found[key] = (vi, en)
    return found

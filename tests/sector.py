"""A folder of data of one's own, as `build --data` takes it, and a graph of a few texts that is built with it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from graph.cli import main


def run(*args: object) -> Result:
    """A command, in this process."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


def said(*args: object) -> str:
    """What a command prints; it must end well."""
    done = run(*args)
    assert done.exit_code == 0, done.output
    return done.stdout


class Sector:
    """A copy of the shipped data to change, texts to read, and the output of the last build."""

    def __init__(self, root: Path, folder: Path, texts: Mapping[str, str]) -> None:
        self.folder, self.out, self.data, self.texts = folder, folder / "out", folder / "data", folder / "in"
        shutil.copytree(root / "data", self.data, ignore=shutil.ignore_patterns("corpus"))
        shutil.copy(root / "ontology.ttl", self.data)
        self.texts.mkdir()
        for name, text in texts.items():
            (self.texts / name).write_text(text, encoding="utf-8")

    def add(self, file: str, lines: str) -> None:
        """Write lines to the end of a file of the data."""
        with (self.data / file).open("a", encoding="utf-8") as target:
            target.write(lines)

    def build(self, *args: object) -> Result:
        """Read the texts anew."""
        return run("build", "--input", self.texts, "--out", self.out, "--data", self.data, "--no-cache", "--ledger", self.folder / "said", *args)

    def facts(self, predicate: str) -> set[tuple[str, str]]:
        """The labels at the ends of each fact of a relation."""
        rows: list[dict[str, Any]] = [json.loads(line) for line in (self.out / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
        return {(r["subject"]["label"], r["object"].get("label") or r["object"]["value"]) for r in rows if r["predicate"] == predicate}

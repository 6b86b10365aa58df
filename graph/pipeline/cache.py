"""What was read out of a source, kept until the text, the registers, the rules or the program change.

One SQLite file in the user's cache folder; losing it costs time, nothing else. A reading is stored as a pickle that may name only the
values of `graph.model`, so that a file put there by someone else can't run anything.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle  # the loader below admits our own values only
import sqlite3
import sys
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from graph import model
from graph.model import Extraction
from graph.registers.registers import Registers

_ROUND = 200  # readings written at once
_MODEL = {name for name, value in vars(model).items() if isinstance(value, type) and value.__module__ == model.__name__}


_FIELDS: dict[type, tuple[str, ...]] = {
    value: tuple(f.name for f in fields(value)) for value in (vars(model)[name] for name in sorted(_MODEL)) if isinstance(value, type) and is_dataclass(value)
}


class _Saver(pickle.Pickler):
    """Writes our values as calls of their class: they come back four times as fast as by the way of frozen dataclasses."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - what pickle expects
        names = _FIELDS.get(type(value))
        return NotImplemented if names is None else (type(value), tuple(getattr(value, name) for name in names))


class _Loader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        if module == model.__name__ and name in _MODEL:
            found: type = getattr(model, name)
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of the model")


def default_path() -> Path:
    """The cache file in the user's cache folder."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return base / "govgraph" / "readings.sqlite"


def fingerprint(registers: Registers) -> str:
    """A hash of all that a reading depends on beside the text: registers, lexicon, rules and the code that reads."""
    package = Path(model.__file__).parent
    folders = ("text", "registers", "reading", "extract", "pipeline")
    code = _digest([*sorted(package.glob("*.py")), *(path for folder in folders for path in sorted((package / folder).rglob("*.py")))])
    return hashlib.sha256("".join((*registers.digests.values(), code)).encode()).hexdigest()


def program() -> str:
    """A hash of the program as a whole."""
    return _digest(sorted(Path(model.__file__).parent.rglob("*.py")))


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


class Cache:
    """Readings by source name and text. A cache that can't be opened or is broken is empty, and stays so."""

    def __init__(self, path: Path | None, fingerprint: str) -> None:
        """path: the file, None for no cache; fingerprint: readings made under another one are not used."""
        self._fingerprint = fingerprint
        self._waiting: list[tuple[str, bytes]] = []
        self._database = _open(path, fingerprint) if path is not None else None

    def get(self, source: str, text: str) -> Extraction | None:
        """The reading of this text under this name, None where it has to be made."""
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT reading FROM readings WHERE id = ?", (self._key(source, text),)).fetchone()
            found = _Loader(io.BytesIO(row[0])).load() if row is not None else None
        except (sqlite3.Error, pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, IndexError, KeyError):
            return None
        return replace(found, document=replace(found.document, text=text)) if isinstance(found, Extraction) else None

    def put(self, source: str, extraction: Extraction) -> None:
        """Keep a reading."""
        if self._database is None:
            return
        written = io.BytesIO()
        # The text itself is at hand whenever its reading is asked for.
        _Saver(written, protocol=5).dump(replace(extraction, document=replace(extraction.document, text="")))
        self._waiting.append((self._key(source, extraction.document.text), written.getvalue()))
        if len(self._waiting) >= _ROUND:
            self.flush()

    def flush(self) -> None:
        """Write what waits; a full disk or a lock costs the cache, not the build."""
        if self._database is None:
            return
        try:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?)", self._waiting)
        except sqlite3.Error:
            self._database = None
        self._waiting.clear()

    def close(self) -> None:
        """Write what waits and let go of the file."""
        self.flush()
        if self._database is not None:
            self._database.close()
            self._database = None

    def _key(self, source: str, text: str) -> str:
        return hashlib.sha256(f"{self._fingerprint}\0{source}\0{text}".encode()).hexdigest()


def _open(path: Path, fingerprint: str) -> sqlite3.Connection | None:
    """The database, without the readings of other programs and registers."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, timeout=5)
        with database:
            database.execute("CREATE TABLE IF NOT EXISTS readings (id TEXT PRIMARY KEY, reading BLOB) WITHOUT ROWID")
            database.execute("CREATE TABLE IF NOT EXISTS made_with (fingerprint TEXT PRIMARY KEY)")
            if database.execute("SELECT 1 FROM made_with WHERE fingerprint = ?", (fingerprint,)).fetchone() is None:
                database.execute("DELETE FROM readings")
                database.execute("DELETE FROM made_with")
                database.execute("INSERT INTO made_with VALUES (?)", (fingerprint,))
    except (OSError, sqlite3.Error):
        return None
    return database

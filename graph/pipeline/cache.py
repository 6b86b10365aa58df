"""What was read out of a source, kept until the text, the registers, the rules or the program change.

One file in the user's cache folder (`cachefile`); losing it costs time, nothing else. Each reading carries a checksum over its key and its
bytes, and is made anew where that fails. It is stored as a pickle that may name only the values of `graph.model`, so that a file put there
by someone else can't run anything.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle  # the loader below admits our own values only
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from graph import model
from graph.model import Extraction
from graph.pipeline.cachefile import Owner, connect, lies_around, owner, remove
from graph.registers.data import Data

_ROUND = 200  # readings written at once
_SEAL = 32  # bytes before each reading
# What a pickle can raise that was made to deceive; one that was changed by accident is never loaded.
_UNLOADABLE = (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, ArithmeticError, LookupError, MemoryError, RecursionError)
_MODEL = {name: value for name, value in vars(model).items() if isinstance(value, type) and value.__module__.startswith(f"{model.__name__}.")}


_FIELDS: dict[type, tuple[str, ...]] = {value: tuple(f.name for f in fields(value) if f.init) for _, value in sorted(_MODEL.items()) if is_dataclass(value)}


class _Saver(pickle.Pickler):
    """Writes our values as calls of their class: they come back four times as fast as by the way of frozen dataclasses."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - what pickle expects
        names = _FIELDS.get(type(value))
        return NotImplemented if names is None else (type(value), tuple(getattr(value, name) for name in names))


class _Loader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        found = _MODEL.get(name)
        if found is not None and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of the model")


def default_path() -> Path | None:
    """The cache file in the user's cache folder; None for a user who has no home."""
    given = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    try:
        # The standard of these variables wants a relative path to be passed over.
        base = Path(given) if Path(given).is_absolute() else Path.home() / ("AppData/Local" if sys.platform == "win32" else ".cache")
    except RuntimeError:
        return None
    return base / "govgraph" / "readings.sqlite"


def fingerprint(data: Data) -> str:
    """A hash of all that a reading depends on beside the text: registers, lexicon, rules and the code that reads."""
    package = Path(model.__file__).parent
    folders = ("text", "registers", "reading", "extract", "pipeline")
    code = _digest([*sorted(package.glob("*.py")), *(path for folder in folders for path in sorted((package / folder).rglob("*.py")))])
    return hashlib.sha256("".join((*data.digests.values(), code)).encode()).hexdigest()


def program() -> str:
    """A hash of the program as a whole."""
    return _digest(sorted(Path(model.__file__).parent.rglob("*.py")))


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


class Cache:
    """Readings by source name and text. A cache that can't be used is empty, and stays so; `notice` then says why."""

    def __init__(self, path: Path | None, fingerprint: str) -> None:
        """path: the file, None for no cache; fingerprint: readings made under another one are not used."""
        self.notice = ""
        self._fingerprint = fingerprint
        self._path = Path(os.path.realpath(path)) if path is not None else Path()
        self._renewed = False
        self._waiting: list[tuple[str, bytes]] = []
        self._database: sqlite3.Connection | None = None
        if path is not None:
            self._open()

    def get(self, source: str, text: str) -> Extraction | None:
        """The reading of this text under this name, None where it has to be made."""
        if self._database is None:
            return None
        key = self._key(source, text)
        try:
            row = self._database.execute("SELECT reading FROM readings WHERE id = ?", (key,)).fetchone()
        except (sqlite3.Error, MemoryError) as error:
            self._fail(error)
            return None
        sealed = row[0] if row is not None else None
        if not isinstance(sealed, bytes) or sealed[:_SEAL] != _seal(key, sealed[_SEAL:]):
            return None
        try:
            found = _Loader(io.BytesIO(sealed[_SEAL:])).load()
        except _UNLOADABLE:
            return None
        return replace(found, document=replace(found.document, text=text)) if isinstance(found, Extraction) else None

    def put(self, source: str, extraction: Extraction) -> None:
        """Keep a reading."""
        if self._database is None:
            return
        written = io.BytesIO()
        # The text itself is at hand whenever its reading is asked for.
        _Saver(written, protocol=5).dump(replace(extraction, document=replace(extraction.document, text="")))
        key = self._key(source, extraction.document.text)
        self._waiting.append((key, _seal(key, written.getvalue()) + written.getvalue()))
        if len(self._waiting) >= _ROUND:
            self.flush()

    def flush(self) -> None:
        """Write what waits; a full disk or a lock costs the cache, not the build."""
        try:
            self._write()
        except sqlite3.Error as error:
            self._fail(error)
            with suppress(sqlite3.Error):  # into a new file, if the old one was broken
                self._write()
        self._waiting.clear()

    def close(self) -> None:
        """Write what waits and let go of the file."""
        self.flush()
        self._let_go()

    def _write(self) -> None:
        if self._database is not None and self._waiting:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?)", self._waiting)

    def _open(self) -> None:
        """Open the file if it is ours or new."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            whose = owner(self._path)
            if whose is Owner.OTHER:
                self.notice = f"{self._path} is no cache of govgraph: it is left as it is, and every source is read anew; choose another --cache"
                return
            if whose is Owner.EARLIER:
                remove(self._path)
            self._database = connect(self._path, self._fingerprint)
        except OSError as error:
            self._give_up(error.strerror or str(error))
        except sqlite3.Error as error:
            self._fail(error)

    def _fail(self, error: sqlite3.Error | MemoryError) -> None:
        """Go on with a new file where this one is broken, without one where something else is in the way."""
        self._let_go()
        if self._renewed or lies_around(error):
            self._give_up(str(error))
            return
        self._renewed = True
        try:
            if owner(self._path) is Owner.OTHER:
                self._give_up(str(error))
                return
            remove(self._path)
            self._database = connect(self._path, self._fingerprint)
        except OSError as other:
            self._give_up(other.strerror or str(other))
        except sqlite3.Error as other:
            self._give_up(str(other))

    def _give_up(self, reason: str) -> None:
        self.notice = f"the cache {self._path} can't be used ({reason}); what it doesn't tell is read anew, and may be read again next time"

    def _let_go(self) -> None:
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    def _key(self, source: str, text: str) -> str:
        return hashlib.sha256(f"{self._fingerprint}\0{source}\0{text}".encode()).hexdigest()


def _seal(key: str, reading: bytes) -> bytes:
    """The checksum of a reading under its key."""
    return hashlib.sha256(key.encode() + reading).digest()

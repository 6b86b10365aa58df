"""The SQLite file that readings are kept in: told from other people's files by a mark in its header, which are left alone."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from enum import Enum, auto
from pathlib import Path

_SQLITE = b"SQLite format 3\0"
_MARK = int.from_bytes(b"govg")  # the "application_id" of our files, at byte 68 of their header
_FORMAT = 2
_TABLES = (
    "CREATE TABLE readings (id TEXT PRIMARY KEY, reading BLOB) WITHOUT ROWID",
    "CREATE TABLE made_with (fingerprint TEXT PRIMARY KEY)",
)  # the first format had them too, but no mark
# What says nothing against the file: the disk, its rights, or another program that holds it. All else that SQLite finds is a broken file.
_AROUND = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT,
}  # fmt: skip


class Owner(Enum):
    """Whose file a path holds."""

    NOBODY = auto()  # there is none, or an empty one
    OURS = auto()
    EARLIER = auto()  # ours, from before files carried a mark
    OTHER = auto()


def owner(path: Path) -> Owner:
    """Whose file this is, told from its own bytes without touching it. Raises OSError where they can't be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Owner.OTHER
    except FileNotFoundError:
        return Owner.NOBODY
    with path.open("rb") as file:
        header = file.read(100)
    if not header:
        return Owner.NOBODY
    if not header.startswith(_SQLITE):
        return Owner.OTHER
    if header[68:72] == _MARK.to_bytes(4):
        return Owner.OURS
    return Owner.EARLIER if _tables(path) == sorted(_TABLES) else Owner.OTHER


def _tables(path: Path) -> list[object]:
    """What a database holds, as it was written; nothing is changed, not even by rolling back what its program left undone."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            return [sql for (sql,) in database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql").fetchmany(len(_TABLES) + 1)]
    except sqlite3.Error:
        return []


def lies_around(error: Exception) -> bool:
    """Whether what SQLite met says nothing against the file itself."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, MemoryError) or (code is not None and code & 0xFF in _AROUND)


def connect(path: Path, fingerprint: str) -> sqlite3.Connection:
    """The database, without the readings of other formats, programs and registers. Raises sqlite3.Error."""
    database = sqlite3.connect(path, timeout=5)
    database.text_factory = bytes  # a changed byte may make a text of a reading
    try:
        with database:
            _prepare(database, fingerprint)
    except BaseException:
        database.close()
        raise
    return database


def _prepare(database: sqlite3.Connection, fingerprint: str) -> None:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version == _FORMAT and database.execute("SELECT 1 FROM made_with WHERE fingerprint = ?", (fingerprint,)).fetchone() is not None:
        return
    database.execute("BEGIN IMMEDIATE")
    for name in ("readings", "made_with"):
        database.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in (*_TABLES, f"PRAGMA application_id = {_MARK}", f"PRAGMA user_version = {_FORMAT}"):
        database.execute(statement)
    database.execute("INSERT INTO made_with VALUES (?)", (fingerprint,))


def remove(path: Path) -> None:
    """Remove a database of ours, with what SQLite may have left beside it. Raises OSError."""
    for name in (path, *(path.with_name(path.name + tail) for tail in ("-journal", "-wal", "-shm"))):
        name.unlink(missing_ok=True)

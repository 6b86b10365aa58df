"""`build.json`: what a build notes of itself, and of each file that it wrote. Only a folder with such a mark is ever replaced.

Its keys: `program`, `version`, `base`, `min_confidence`, `exports`, `made_with`; `files` (path → size and SHA-256) and `unchecked`, what
the build wrote that changes from run to run. Outputs of govgraph 0.1.0 have neither of the last two.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import QueryError
from graph.output.disk import write_file_through, write_through

MARK = "build.json"
LOCK = f".{MARK}.lock"  # held while an entry of the mark is brought up to date
_PROGRAM = "govgraph"
_UNCHECKED = ("report.md", "store/")  # tells how long a build took; is changed by what reads it. A name with "/" is a folder with all in it
_OF_SYSTEM = (".DS_Store", "Thumbs.db")  # what looking at a folder leaves there
_HALF = re.compile(r"\..+\.[0-9a-f]{16}\.building")  # what a `map` that was killed left


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it was written."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class About:
    """What a build noted of itself: its base IRI, its least confidence, digests of the registers, rules and program that it was made with, and its files."""

    base: str
    min_confidence: float
    made_with: Mapping[str, str]
    files: Mapping[str, Entry] = field(default_factory=dict)
    unchecked: tuple[str, ...] = ()
    listed: bool = True  # an output of 0.1.0 tells no files


def read_mark(folder: Path) -> About:
    """What the build in a folder noted of itself. Raises QueryError where there is none, or a broken one, or another program's."""
    mark = folder / MARK
    if not mark.is_file():
        raise QueryError(f"{folder}: no graph here; write one with: govgraph build --input FOLDER --out {folder}")
    return _parsed(_noted(mark), mark)


def is_ours(folder: Path) -> bool:
    """Whether this program wrote the folder, by what its mark says; no broken mark and no other program's is enough."""
    try:
        read_mark(folder)
    except QueryError:
        return False
    return True


def _noted(mark: Path) -> dict[str, Any]:
    try:
        noted = json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise QueryError(f"{mark}: is broken; build the graph again") from None
    if not isinstance(noted, dict) or noted.get("program") != _PROGRAM:
        raise QueryError(f"{mark}: is broken, or another program's; build the graph again, into another folder")
    return noted


def _parsed(noted: Mapping[str, Any], mark: Path) -> About:
    try:
        return About(
            str(noted["base"]),
            float(noted["min_confidence"]),
            {str(k): str(v) for k, v in noted.get("made_with", {}).items()},
            {str(name): Entry(int(entry["size"]), str(entry["sha256"])) for name, entry in noted.get("files", {}).items()},
            tuple(str(name) for name in noted.get("unchecked", ())),
            "files" in noted,
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise QueryError(f"{mark}: is broken; build the graph again") from None


# ---- writing


def write_mark(folder: Path, noted: Mapping[str, object]) -> None:
    """Write the mark of a folder that a build has filled, with size and digest of each file, and all of it through to the disk.

    noted: what the build says of itself. Raises OSError where the disk refuses.
    """
    names = sorted(path.relative_to(folder).as_posix() for path in _files(folder))
    unchecked = [name for name in _UNCHECKED if any(name in (file, file.partition("/")[0] + "/") for file in names)]
    entries = {name: _entry(folder / name) for name in names if not _covers(unchecked, name)}
    files = {name: {"sha256": entry.sha256, "size": entry.size} for name, entry in entries.items()}
    _write(folder / MARK, {"program": _PROGRAM, **noted, "files": files, "unchecked": unchecked})
    write_through(folder)


def put_mark(path: Path, noted: Mapping[str, object]) -> None:
    """Write what a mark holds, through to the disk."""
    _write(path, noted)
    write_file_through(path)


def _write(path: Path, noted: Mapping[str, object]) -> None:
    path.write_text(json.dumps(noted, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8", newline="\n")


def with_entry(noted: Mapping[str, Any], name: str, path: Path) -> dict[str, Any]:
    """What a mark holds, when `path` is to be its file `name`; the file is written through to the disk."""
    entry = _entry(path)
    write_file_through(path)
    return {**noted, "files": {**noted["files"], name: {"sha256": entry.sha256, "size": entry.size}}, "unchecked": [n for n in noted["unchecked"] if n != name]}


def without_entry(noted: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What a mark holds while its file `name` is being replaced: the file is there, as it was or as it will be."""
    return {**noted, "files": {n: e for n, e in noted.get("files", {}).items() if n != name}, "unchecked": sorted({*noted.get("unchecked", ()), name})}


def noted_in(folder: Path) -> dict[str, Any]:
    """All that the mark of a folder holds. Raises QueryError like `read_mark`."""
    noted = _noted(folder / MARK)
    _parsed(noted, folder / MARK)
    return noted


def _entry(path: Path) -> Entry:
    with path.open("rb") as file:
        return Entry(os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _files(folder: Path) -> Iterator[Path]:
    for below, _, names in os.walk(folder):
        yield from (Path(below) / name for name in names)


# ---- comparing


def strangers(folder: Path, built: About) -> list[str]:
    """The entries of a folder that its build didn't write: files, folders and links, named from the top; a strange folder is named alone."""
    known = {_key(name) for name in (*built.files, *(n for n in built.unchecked if not n.endswith("/")), MARK)}
    folders = {_key(parent) for name in known for parent in _parents(name)}
    whole = {_key(name.rstrip("/")) for name in built.unchecked if name.endswith("/")}
    return sorted(_strange(folder, "", known, folders, whole))


def _strange(folder: Path, above: str, known: set[str], folders: set[str], whole: set[str]) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{above}{entry.name}"
            key = _key(name)
            if entry.is_dir(follow_symlinks=False):
                if key in folders:
                    yield from _strange(Path(entry.path), f"{name}/", known, folders, whole)
                elif key not in whole:
                    yield f"{name}/"
            elif not entry.is_file(follow_symlinks=False) or not (key in known or entry.name in (*_OF_SYSTEM, LOCK) or _HALF.fullmatch(entry.name)):
                yield name


def _key(name: str) -> str:
    """Some systems give names in another form of Unicode than they took."""
    return unicodedata.normalize("NFC", name)


def _parents(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _covers(unchecked: list[str], name: str) -> bool:
    return any(name == one or (one.endswith("/") and name.startswith(one)) for one in unchecked)

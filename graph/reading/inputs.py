"""Which files below the inputs are sources, and what each is called: every one by a name of its own, every refusal with its reason.

A name is the path below the input, with "/", in NFC. Where two inputs hold one name, or one holds as a file what the other holds as a
folder, all of them get as many folders above the input before their names as it takes to tell them apart, so that no name depends on the
order of the inputs. Entities are named by the texts, not by these names: another input moves none of them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BuildError, SourceError
from graph.reading.readers import SourceFile, is_read, unread
from graph.text.normalize import nfc

_ABOUT = "sources.csv"  # tells where the sources come from; itself no source
_DEEPEST = 100  # folders in each other; nobody keeps texts deeper
_FOLDS = sys.platform in ("win32", "darwin")  # names that differ in upper and lower case alone are one file
_INVALID = (123, 206)  # what Windows calls a name that it doesn't take, or that is too long


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A file or folder below an input; refused where a reason is given."""

    path: Path  # as the user wrote the input
    folder: str  # the input's folder, behind every link
    below: str  # the path below that folder, as the system gives it
    reason: str = ""


def list_sources(inputs: list[Path], out: Path | None = None) -> Iterator[SourceFile | SourceError]:
    """All files below the inputs; what can't be a source is given as the reason why.

    Hidden files, `sources.csv` and the output folder `out` are passed over in silence. Links that lead out of the folder are refused. A file
    that several inputs reach is read once, by its name below the outermost.
    Raises BuildError where an input doesn't exist.
    """
    for given in inputs:
        if not os.path.lexists(given):
            raise BuildError(f"{given}: no such file or folder")
    found: dict[str, _Found] = {}
    for given in inputs:
        for entry in _walk(given, out):
            known = found.setdefault(f"{entry.folder}/{entry.below}", entry)
            if len(entry.folder) < len(known.folder):
                found[f"{entry.folder}/{entry.below}"] = entry
    entries = sorted(found.values(), key=lambda e: (e.folder, e.below))
    names = _names([entry for entry in entries if not entry.reason])
    told = Counter(names.get(entry) or _readable(entry.below) for entry in entries)
    kept, room = _Kept(), _Room(out or Path("out"))
    for entry in entries:
        name = names.get(entry) or _readable(entry.below)
        reason = entry.reason or room.refusal(name) or kept.refusal(name)
        if reason:
            yield SourceError(name if name and told[name] == 1 else _readable(str(entry.path)), reason)
        else:
            kept.add(name)
            yield SourceFile(entry.path, name)


# ---- what there is


def _walk(given: Path, out: Path | None) -> Iterator[_Found]:
    if not os.path.isdir(given):  # noqa: PTH112 - Path.is_dir raises where a link leads to what can't be entered
        yield _Found(given, os.path.realpath(given.parent), given.name, _refusal(given, None, linked=given.is_symlink()))
        return
    folder = os.path.realpath(given)
    skip = os.path.realpath(out) if out is not None else None
    waiting = [""]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(given / here) as listed:
                entries = sorted(listed, key=lambda e: e.name)
        except OSError as error:
            yield _Found(given / here, folder, here, f"is a folder that can't be opened ({error.strerror}); what lies in it is not read")
            continue
        for entry in entries:
            below = f"{here}/{entry.name}" if here else entry.name
            if entry.name.startswith("."):
                continue
            if not _is_folder(entry):
                if entry.name != _ABOUT:
                    path = Path(entry.path)
                    yield _Found(path, folder, below, _refusal(path, folder, linked=entry.is_symlink()))
            elif skip is not None and os.path.realpath(entry.path) == skip:
                continue
            elif entry.is_symlink():
                yield _Found(given / below, folder, below, "is a link to a folder; links are not followed")
            elif below.count("/") >= _DEEPEST:
                yield _Found(given / below, folder, below, f"lies {_DEEPEST} folders deep; what lies in it is not read")
            else:
                waiting.append(below)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _refusal(path: Path, folder: str | None, *, linked: bool) -> str:
    """Why a file is no source; "" where it may be one. folder: the one that its link must not lead out of."""
    if linked:
        try:
            path.stat()
        except OSError as error:
            return "is a link that leads to itself" if error.errno == errno.ELOOP else f"is a link that leads nowhere ({error.strerror})"
    if not is_read(path):
        return unread(path)
    if linked and folder is not None and not Path(os.path.realpath(path)).is_relative_to(folder):
        return "is a link out of the input folder"
    return ""


# ---- what it is called


def _names(files: list[_Found]) -> dict[_Found, str]:
    """The name of each file; two may still be the same, where nothing tells them apart."""
    plain = {file: _readable(file.below) for file in files}
    twins = Counter((file.folder, _key(name)) for file, name in plain.items())
    for file, name in plain.items():
        # In one folder NFC makes one name of two, or bytes that are no text do: such a name carries a mark of its own bytes.
        if name != file.below and twins[file.folder, _key(name)] > 1:
            stem, dot, suffix = name.rpartition(".")
            plain[file] = f"{stem}~{hashlib.sha256(os.fsencode(file.below)).hexdigest()[:8]}{dot}{suffix}"
    above = {folder: [_readable(part) for part in Path(folder).parts[1:]] for folder in {file.folder for file in files}}
    names, levels = dict(plain), dict.fromkeys(files, 0)
    while True:
        raised: set[_Found] = set()
        for clash in _clashes(names):
            able = [file for file in clash if levels[file] < len(above[file.folder])]
            lowest = min((levels[file] for file in able), default=0)
            raised.update(file for file in able if levels[file] == lowest)
        if not raised:
            return names
        for file in raised:
            levels[file] += 1
            names[file] = "/".join([*above[file.folder][-levels[file] :], plain[file]])


def _clashes(names: dict[_Found, str]) -> Iterator[list[_Found]]:
    """Files of different inputs that have one name, or of which one has the name of a folder of the other."""
    by_name: dict[str, list[_Found]] = defaultdict(list)
    for file, name in names.items():
        by_name[_key(name)].append(file)
    for name, files in by_name.items():
        if len({file.folder for file in files}) > 1:
            yield files
        for folder in _folders(name):
            known = by_name.get(folder, [])
            if len({file.folder for file in (*files, *known)}) > 1 and known:
                yield [*files, *known]


class _Kept:
    """The names that texts are kept under: no two are one file, and none is the folder of another."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def add(self, name: str) -> None:
        self._files.add(_key(name))
        self._folders.update(_folders(_key(name)))

    def refusal(self, name: str) -> str:
        """Why no other text can be kept under this name; "" where it can."""
        key = _key(name)
        if key in self._files or key in self._folders or not self._files.isdisjoint(_folders(key)):
            return "has the name of another source, or of a folder that holds one; rename it"
        return ""


class _Room:
    """What names the output can keep a text under; its file system is asked, for each has limits of its own."""

    def __init__(self, out: Path) -> None:
        target = Path(os.path.realpath(out))
        self._there = next((folder for folder in target.parents if os.path.lexists(folder)), target)
        self._texts = target.with_name(f".{target.name}.building-{'9' * 20}") / "texts"  # where a build writes them first
        self._short = 240 - len(os.fsencode(self._texts))

    def refusal(self, name: str) -> str:
        """Why no text can be kept under this name; "" where it can."""
        if len(name.encode()) < min(self._short, 140):  # every system takes so much
            return ""
        for path in (self._texts / name, *(self._there / part for part in name.split("/"))):
            try:
                path.lstat()
            except OSError as error:
                if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", 0) in _INVALID:
                    return "has a name that is too long for the output folder, or that its system doesn't take; rename it"
        return ""


def _readable(name: str) -> str:
    """A name of the system as text: in NFC, bytes that are no text as "?"."""
    return nfc(name).encode("utf-8", "replace").decode("utf-8")


def _key(name: str) -> str:
    return name.casefold() if _FOLDS else name


def _folders(name: str) -> list[str]:
    """The folders that a name lies in."""
    return [name[:end] for end, character in enumerate(name) if character == "/"]

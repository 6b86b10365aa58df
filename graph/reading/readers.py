"""Read the sources below an input path: one function a file format, every refusal with its reason.

Reads: files. Gives: (source name, text), or a `SourceError` that the pipeline reports as skipped.
"""

from __future__ import annotations

import codecs
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BuildError, SourceError
from graph.text.normalize import nfc

MAX_BYTES = 64 * 1024 * 1024  # a larger file is no report and no document; it would only fill the memory

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

Reader = Callable[[bytes], str]
_READERS: dict[str, Reader] = {}
_ABOUT = "sources.csv"  # tells where the sources come from; itself no source


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: its path, and the name it has in the graph (relative to its input, with "/")."""

    path: Path
    source: str


def reader(suffix: str) -> Callable[[Reader], Reader]:
    """Register a function as the reader of files with this suffix."""

    def register(function: Reader) -> Reader:
        _READERS[suffix] = function
        return function

    return register


@reader(".txt")
def read_plain(data: bytes) -> str:
    """Text in UTF-8 (with or without BOM), or in UTF-16 with BOM."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in data:
        raise ValueError("is binary, or UTF-16 without its byte order mark")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"is not {encoding.upper().removesuffix('-SIG')} (byte {error.start}); save it as UTF-8") from None
    if "\0" in text:
        raise ValueError("is binary")
    return text


def list_sources(inputs: list[Path], out: Path | None = None) -> Iterator[SourceFile | SourceError]:
    """All files below the inputs, sorted by name; what can't be a source is given as the reason why.

    Hidden files, `sources.csv` and the output folder `out` are passed over in silence. Links that lead out of the folder are refused.
    Where several inputs hold a file of one name, the name of each one's folder stands before it.
    Raises BuildError where an input doesn't exist.
    """
    for root in inputs:
        if not os.path.lexists(root):
            raise BuildError(f"{root}: no such file or folder")
    found = {root: list(_walk(root, out)) for root in inputs}
    names = Counter(entry.source for entries in found.values() for entry in entries)
    taken: set[str] = set()
    for root, entries in found.items():
        for entry in entries:
            if names[entry.source] == 1:
                yield entry
                continue
            name = f"{nfc(root.resolve().parent.name if not root.is_dir() else root.resolve().name)}/{entry.source}"
            if name in taken:
                yield SourceError(name, f"{root} holds a second file of this name; rename the folder or the file")
                continue
            taken.add(name)
            yield SourceError(name, entry.reason) if isinstance(entry, SourceError) else SourceFile(entry.path, name)


def _walk(root: Path, out: Path | None) -> Iterator[SourceFile | SourceError]:
    if not root.is_dir():
        yield _candidate(root, nfc(root.name), None)
        return
    skip = out.resolve() if out is not None else None
    for folder, names, files in os.walk(root):
        here = Path(folder)
        names[:] = sorted(n for n in names if not n.startswith(".") and (skip is None or (here / n).resolve() != skip))
        for name in names:
            if (here / name).is_symlink():
                yield SourceError(_name(here / name, root), "is a link to a folder; links are not followed")
        for name in sorted(files):
            if not name.startswith(".") and name != _ABOUT:
                yield _candidate(here / name, _name(here / name, root), root)


def _name(path: Path, root: Path) -> str:
    return nfc(path.relative_to(root).as_posix())


def _candidate(path: Path, name: str, root: Path | None) -> SourceFile | SourceError:
    name = name.encode("utf-8", "replace").decode("utf-8")
    if path.suffix.lower() not in _READERS:
        return SourceError(name, _unread(path))
    if root is not None and path.is_symlink():
        target = path.resolve()
        if not target.is_relative_to(root.resolve()):
            return SourceError(name, "is a link out of the input folder")
    return SourceFile(path, name)


def _unread(path: Path) -> str:
    return f"format {path.suffix or 'without suffix'} is not read (only {', '.join(sorted(_READERS))})"


def read_source(file: SourceFile) -> str:
    """The text of a source: decoded, without BOM, line ends as LF, in NFC.

    Raises SourceError for what can't be read: another format, missing, no regular file, empty, too large, binary, wrong encoding.
    """
    reader_of = _READERS.get(file.path.suffix.lower())
    if reader_of is None:
        raise SourceError(file.source, _unread(file.path))
    try:
        # Not blocking: a named pipe must not hang the build.
        descriptor = os.open(file.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise SourceError(file.source, "is missing, or a link that leads nowhere") from None
    except OSError as error:
        raise SourceError(file.source, f"can't be opened ({error.strerror})") from None
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(file.source, "is no regular file")
        if status.st_size > MAX_BYTES:
            raise SourceError(file.source, f"is larger than {MAX_BYTES // 1024**2} MB")
        try:
            data = stream.read()
        except OSError as error:
            raise SourceError(file.source, f"can't be read ({error.strerror})") from None
    try:
        text = reader_of(data)
    except ValueError as error:
        raise SourceError(file.source, str(error)) from None
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise SourceError(file.source, "is empty")
    return text

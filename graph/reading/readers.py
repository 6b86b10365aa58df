"""Read a source: one function a file format, every refusal with its reason.

Reads: a file. Gives: its text, or a `SourceError` that the pipeline reports as skipped.
"""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import SourceError
from graph.text.normalize import nfc

MAX_BYTES = 64 * 1024 * 1024  # a larger file is no report and no document; it would only fill the memory

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

Reader = Callable[[bytes], str]
_READERS: dict[str, Reader] = {}


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


def is_read(path: Path) -> bool:
    """Whether files of this format are read."""
    return path.suffix.lower() in _READERS


def unread(path: Path) -> str:
    """Why files of this format are not."""
    return f"format {path.suffix or 'without suffix'} is not read (only {', '.join(sorted(_READERS))})"


def read_source(file: SourceFile) -> str:
    """The text of a source: decoded, without BOM, line ends as LF, in NFC.

    Raises SourceError for what can't be read: another format, missing, no regular file, empty, too large, binary, wrong encoding.
    """
    reader_of = _READERS.get(file.path.suffix.lower())
    if reader_of is None:
        raise SourceError(file.source, unread(file.path))
    try:
        # Looked at before it is opened: a device may do something then, and who writes a pipe would be told that it is read.
        if not stat.S_ISREG(file.path.stat().st_mode):
            raise SourceError(file.source, "is no regular file")
        # Not blocking, should a named pipe have taken its place.
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
            raise _too_large(file)
        try:
            data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise SourceError(file.source, f"can't be read ({error.strerror})") from None
    if len(data) > MAX_BYTES:  # it grows, or the system doesn't know its size
        raise _too_large(file)
    try:
        text = reader_of(data)
    except ValueError as error:
        raise SourceError(file.source, str(error)) from None
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise SourceError(file.source, "is empty")
    return text


def _too_large(file: SourceFile) -> SourceError:
    return SourceError(file.source, f"is larger than {MAX_BYTES // 1024**2} MB")

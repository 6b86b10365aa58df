"""The one way out to a terminal, a pipe or a file: stdout and stderr while a command runs.

Whoever writes (a command, click, a warning of a library), what a terminal would obey leaves as a visible escape. Pipes and files get UTF-8 with LF
whatever the locale says; a terminal gets a replacement for a letter that it lacks. Our own colours go as marks that no text can hold.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO, cast

from graph.errors import GovGraphError
from graph.text.visible import visible

# Lone surrogates: UTF-8 can't write them, so no text that was read has one.
STRONG, FAINT, PLAIN, AGAIN = "\ud801", "\ud802", "\ud803", "\ud804"
"""Stand out; step back; neither; write the line of a terminal anew."""
_CODES = {STRONG: "\x1b[1m", FAINT: "\x1b[2m", PLAIN: "\x1b[0m", AGAIN: "\r\x1b[K"}
MARKS = frozenset(_CODES)
_NO_MARKS = dict.fromkeys(map(ord, _CODES))
_PIPE_CLOSED = 128 + 13  # what a shell says of a program that SIGPIPE ended, on every system


def unmarked(text: str) -> str:
    """The text without marks: as wide as it will stand."""
    return text.translate(_NO_MARKS)


class Outlet(io.TextIOBase):
    """A stream that is written to through `visible`.

    With `quiet` (stderr) a failure to write is passed over: talk that nobody can hear must not cost the work. Else (stdout) a reader that has gone
    ends the program in silence, and anything else raises GovGraphError. Either way the stream leads nowhere from then on, so that Python has no
    more to complain of at its end.
    """

    def __init__(self, stream: TextIO | None, *, quiet: bool) -> None:
        super().__init__()
        self._stream = stream
        self._quiet = quiet
        self._terminal = stream is not None and stream.isatty()
        if isinstance(stream, io.TextIOWrapper):
            if self._terminal:
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="strict", newline="\n")

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute in the stubs
        """The encoding of the stream."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    @property
    def errors(self) -> str:  # type: ignore[override]
        """What is done with a character that the encoding lacks."""
        return getattr(self._stream, "errors", None) or "strict"

    def isatty(self) -> bool:
        """Whether a person reads this."""
        return self._terminal

    def writable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """The descriptor of the stream. Raises OSError where it has none."""
        if self._stream is None:
            raise io.UnsupportedOperation("fileno")
        return self._stream.fileno()

    def write(self, text: str, /) -> int:
        """Write what can do no harm; our own marks become colours on a terminal."""
        safe = "".join(self._shown(text)) if self._terminal else visible(text)
        if not safe:  # click tries whether it may write; only a true write may fail
            return 0
        if self._stream is None:
            self._failed(OSError(errno.EBADF, os.strerror(errno.EBADF)))
            return len(text)
        try:
            self._stream.write(safe)
        except OSError as error:
            self._failed(error)
        return len(text)

    def _shown(self, text: str) -> Iterator[str]:
        start = 0
        for place, char in enumerate(text):
            if char in _CODES:
                yield visible(text[start:place])
                yield _CODES[char]
                start = place + 1
        yield visible(text[start:])

    def flush(self) -> None:
        """Pass on what was written."""
        try:
            if self._stream is not None:
                self._stream.flush()
        except OSError as error:
            self._failed(error)

    def close(self) -> None:
        """Nothing: the stream belongs to Python."""

    def _failed(self, error: OSError) -> None:
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
        if self._quiet:
            return
        if error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL):  # Windows has no EPIPE for a reader that has gone
            raise SystemExit(_PIPE_CLOSED)
        raise GovGraphError(f"standard output can't be written ({error.strerror})") from None


@contextmanager
def outlets() -> Iterator[None]:
    """Let stdout and stderr of this block go out through an `Outlet` each.

    They stay so where the block ends in an error that nobody foresaw: Python writes its traceback, which may quote a text, to stderr.
    """
    before = sys.stdout, sys.stderr
    if sys.stdin is None:  # closed by the caller: nothing to read, but no fault of ours
        sys.stdin = io.TextIOWrapper(io.BytesIO())
    sys.stdout, sys.stderr = cast("TextIO", Outlet(before[0], quiet=False)), cast("TextIO", Outlet(before[1], quiet=True))
    try:
        yield
    except Exception:
        raise
    except BaseException:
        sys.stdout, sys.stderr = before
        raise
    else:
        sys.stdout, sys.stderr = before

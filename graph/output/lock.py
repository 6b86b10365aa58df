"""A lock file that a living process holds: it falls when the process ends, however it ends. A process id would be used again."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)  # by another process; Windows says the last two


def hold(path: Path, *, wait: bool = False) -> int | None:
    """Create the file, if need be, and lock it; `os.close` lets go of what this gives. None where another process holds it.

    wait: wait for the other process. Where the file system knows no locks, the file is held without one: nobody can seize it either.
    Raises OSError where the file can't be created.
    """
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor, wait=wait)
        except OSError as error:
            if error.errno in _HELD:
                os.close(descriptor)
                return None
        if _is(descriptor, path):
            return descriptor
        os.close(descriptor)  # its last holder removed it while we waited


def seize(path: Path) -> int | None:
    """Lock a file that is there and that no living process holds; None else."""
    try:
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    with suppress(OSError):
        _lock(descriptor, wait=False)
        if _is(descriptor, path):
            return descriptor
    os.close(descriptor)
    return None


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """A block that one process at a time is in, while the others wait; the file is there only that long. Raises OSError where it can't be had."""
    descriptor = hold(path, wait=True)
    if descriptor is None:
        raise BlockingIOError(errno.EAGAIN, "another process holds it")
    try:
        yield
    finally:
        # It must go while it is held, or it may be another's by then; but Windows removes no open file.
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
        os.close(descriptor)
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _lock(descriptor: int, *, wait: bool) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _is(descriptor: int, path: Path) -> bool:
    """Whether the open file still has its name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False

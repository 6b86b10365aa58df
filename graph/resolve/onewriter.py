"""Change a small file with no other writer in between; what is written is whole or not there.

The lock is one of the system on a file beside the target, so that it goes with its process, however that ends. Links are followed: who
writes through a link writes the file behind it, and all writers of one file meet at one lock.
"""

from __future__ import annotations

import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 60.0  # seconds to wait for another writer, who needs milliseconds
_PAUSE = 0.01


@contextmanager
def locked(path: Path) -> Iterator[Path]:
    """Hold the lock of a file, there or not yet; gives the path to read and to write, behind every link.

    Raises OSError: the folder is missing or read-only, the path is no file, or another writer holds the lock for longer than PATIENCE.
    """
    target = Path(os.path.realpath(path))
    _check(target)
    lock = target.with_name(f".{target.name}.lock")
    handle = _acquire(lock)
    try:
        _sweep(target)
        yield target
    finally:
        _release(handle, lock)


def write_whole(target: Path, data: bytes) -> None:
    """Put data in the place of a file, whose lock is held. Raises OSError; the old file is then as it was."""
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(8)}.writing")
    try:
        with fresh.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _like(target, fresh)
        fresh.replace(target)
    finally:
        with suppress(OSError):
            fresh.unlink()
    _sync_folder(target.parent)


def _like(target: Path, fresh: Path) -> None:
    """Give a new file the owner and the rights of the one that it replaces, as far as this user may."""
    with suppress(OSError):
        known = target.stat()
        if sys.platform != "win32":
            os.chown(fresh, known.st_uid, known.st_gid)
        fresh.chmod(stat.S_IMODE(known.st_mode))


def _check(target: Path) -> None:
    """Raises OSError where the path holds what must not be replaced: a folder, a device, a pipe, a file that its owner made read-only."""
    try:
        handle = os.open(target, os.O_RDWR | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "no regular file")
    finally:
        os.close(handle)


def _acquire(lock: Path) -> int:
    """The open lock file, held by this process alone."""
    limit = time.monotonic() + PATIENCE
    while True:
        handle = _try(lock)
        if handle is not None:
            return handle
        if time.monotonic() > limit:
            raise OSError(0, "another program is writing it; try again")
        time.sleep(_PAUSE)


def _try(lock: Path) -> int | None:
    """The open lock file if nobody else holds it. Raises OSError where it can't be made."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            with suppress(OSError):
                os.fchmod(handle, 0o666)  # what a killed writer leaves must not keep another user out
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is(handle, lock):
            return handle
    except (BlockingIOError, PermissionError):
        pass
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _is(handle: int, path: Path) -> bool:
    """Whether an open file is still the one of this path: the writer before may have removed it."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _release(handle: int, lock: Path) -> None:
    """Remove the lock file and let go of it."""
    # POSIX: removed while it is held, so that nobody finds it with a lock that is about to go. Windows: an open file can't be removed.
    if sys.platform != "win32":
        with suppress(OSError):
            lock.unlink()
    os.close(handle)
    if sys.platform == "win32":
        with suppress(OSError):
            lock.unlink()


def _sweep(target: Path) -> None:
    """Remove what killed writers left; the lock is held, so nobody else is writing."""
    for entry in target.parent.iterdir():
        if entry.name.startswith(f".{target.name}.") and entry.name.endswith(".writing"):
            with suppress(OSError):
                entry.unlink()


def _sync_folder(folder: Path) -> None:
    """Write the new name through to the disk, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""What a disk does in one step or for good: two folders exchanged, files written through."""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_CANT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM)  # this system, or this disk, does no such thing
_EXCHANGE, _HERE = 2, -100  # RENAME_EXCHANGE and AT_FDCWD of Linux
_MANY = 64  # files; a disk takes fewer one by one than it takes all that any program has written
_AT_ONCE = 16  # files that wait for the disk together


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders take each other's place in one step; False where this system or disk can't. Raises OSError where they may not."""
    step = _of_libc("renameat2", ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    if step is None:
        return False
    if step(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANT:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def write_through(folder: Path) -> None:
    """Let the disk have all that a folder holds. Raises OSError where it refuses."""
    walked = [(Path(below), names) for below, _, names in os.walk(folder, topdown=False)]
    files = [below / name for below, names in walked for name in names]
    if len(files) > _MANY and _all_through(folder):
        return
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _ in threads.map(write_file_through, files):
            pass
    for below, _ in walked:
        write_names_through(below)


def write_file_through(path: Path) -> None:
    """Let the disk have a file's bytes."""
    # Windows writes through only what is open for writing.
    with path.open("r+b") if sys.platform == "win32" else path.open("rb") as file:
        os.fsync(file.fileno())


def write_names_through(folder: Path) -> None:
    """Let the disk have the names in a folder, where the system does that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _all_through(folder: Path) -> bool:
    """Write through the whole disk that a folder lies on: of twenty thousand small files, a third of the time that they take one by one."""
    step = _of_libc("syncfs", ctypes.c_int)
    if step is None:
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if step(descriptor) == 0:
            return True
        number = ctypes.get_errno()
    finally:
        os.close(descriptor)
    if number in _CANT:
        return False
    raise OSError(number, os.strerror(number), str(folder))


@functools.cache
def _of_libc(name: str, *arguments: type) -> Callable[..., int] | None:
    """A function of Linux's C library that Python has no name for; None where there is none."""
    if sys.platform != "linux":
        return None
    try:
        function: ctypes._NamedFuncPointer = getattr(ctypes.CDLL(None, use_errno=True), name)
    except (OSError, AttributeError):
        return None
    function.argtypes, function.restype = arguments, ctypes.c_int
    return function

"""The hidden folder beside an output, in which a build makes the next one, and what is left of it when the build is killed.

`.out.building-<16 hex digits>/` holds the lock of its build, `new/`, and `old/` where the old output had to be moved aside. govgraph
0.1.0 wrote into `.out.building-<process>/` and moved aside to `.out.old-<process>/`.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graph.errors import QueryError
from graph.output import lock
from graph.output.mark import MARK, is_ours, read_mark, strangers

_LOCK = "govgraph.lock"
_NEW, _OLD = "new", "old"
_WAITED = 2.0  # seconds that a reader waits for a build that is between two renames
# What govgraph 0.1.0 had in a folder that it was filling.
_OF_FORMER = {
    "facts.jsonl", "nodes.csv", "edges.csv", "facts.csv", "graph.ttl", "graph.nt", "graph.jsonld", "graph.graphml", "graph.gexf", "graph.html",
    "coverage.csv", "scoreboard.html", "texts", MARK, "report.md",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Workshop:
    """A hidden folder that this process holds."""

    folder: Path
    descriptor: int

    @property
    def new(self) -> Path:
        """Where the next output is made; after an exchange in one step, what it replaced."""
        return self.folder / _NEW

    @property
    def old(self) -> Path:
        """Where the old output stands while it is moved aside."""
        return self.folder / _OLD

    def close(self) -> None:
        """Remove the folder, but never an output in it that holds what no build wrote. The lock goes last: without it nobody would know whose this is."""
        kept = [part for part in (self.new, self.old) if _worth(part)]
        for part in (self.new, self.old):
            if part not in kept:
                shutil.rmtree(part, ignore_errors=True)
        os.close(self.descriptor)
        if not any(os.path.lexists(part) for part in (self.new, self.old)):
            with suppress(OSError):
                (self.folder / _LOCK).unlink(missing_ok=True)
                self.folder.rmdir()


def open_workshop(target: Path) -> Workshop:
    """A new hidden folder beside the target. Raises OSError where none can be made."""
    while True:
        folder = target.parent / f".{target.name}.building-{secrets.token_hex(8)}"
        folder.mkdir()
        try:
            descriptor = lock.hold(folder / _LOCK)
        except FileNotFoundError:
            continue  # another build took it for a leaving before it had its lock
        except OSError:
            with suppress(OSError):
                folder.rmdir()
            raise
        if descriptor is None:
            continue
        with suppress(FileNotFoundError):
            (folder / _NEW).mkdir()
            return Workshop(folder, descriptor)
        os.close(descriptor)


def recover(target: Path) -> None:
    """Bring back an output that a killed build had moved aside; nothing where the target is there. Raises OSError where it can't be moved.

    Where a living build is just between two renames, wait for it.
    """
    limit = time.monotonic() + _WAITED
    while not os.path.lexists(target):
        busy = False
        for folder in _beside(target):
            descriptor = lock.seize(folder / _LOCK)
            if descriptor is None:
                busy |= (folder / _LOCK).exists() and (folder / _OLD).exists()
                continue
            try:
                _bring_back(folder / _OLD, target)
            finally:
                os.close(descriptor)
        for folder in _beside(target, "old"):
            _bring_back(folder, target)
        if not busy or time.monotonic() > limit:
            return
        time.sleep(0.01)


def _bring_back(aside: Path, target: Path) -> None:
    if not os.path.lexists(target) and aside.is_dir() and is_ours(aside):
        aside.rename(target)


def clean(target: Path) -> None:
    """Remove what killed builds left beside the target, after `recover`."""
    for folder in _beside(target):
        descriptor = lock.seize(folder / _LOCK)
        if descriptor is not None:
            Workshop(folder, descriptor).close()
            continue
        with suppress(OSError):
            folder.rmdir()  # empty: killed, or about to lock; the latter begins anew
        if not os.path.lexists(folder / _LOCK) and _of_former(folder):
            shutil.rmtree(folder, ignore_errors=True)
    for folder in _beside(target, "old"):
        if is_ours(folder) and _of_former(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _beside(target: Path, kind: str = "building") -> Iterator[Path]:
    """The folders whose name is that of a workshop of this target."""
    name = re.compile(re.escape(f".{target.name}.{kind}-") + r"(?:[0-9a-f]{16}|[0-9]+)")
    try:
        found = sorted(entry.name for entry in os.scandir(target.parent) if name.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False))
    except OSError:
        return
    yield from (target.parent / one for one in found)


def _worth(folder: Path) -> bool:
    """Whether a folder of a workshop holds something that a person put there when it was the output."""
    if not folder.is_dir():
        return False
    try:
        return bool(strangers(folder, read_mark(folder)))
    except (QueryError, OSError):
        return False  # half written: without a mark


def _of_former(folder: Path) -> bool:
    try:
        return {entry.name for entry in os.scandir(folder)} <= _OF_FORMER
    except OSError:
        return False

"""Write an output folder whole or not at all.

A build fills a hidden folder beside the target and takes its place at the end. A build that is killed leaves the old output as it
was; its leavings are removed by the next one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BuildError, QueryError

MARK = "build.json"  # every output folder has it; nothing else is ever replaced


@dataclass(frozen=True, slots=True)
class About:
    """What a build noted of itself: its base IRI, its least confidence, and digests of the registers, rules and program that it was made with."""

    base: str
    min_confidence: float
    made_with: Mapping[str, str]


def about(folder: Path) -> About:
    """What the build in a folder noted of itself. Raises QueryError where there is none, or a broken one."""
    mark = folder / MARK
    if not mark.is_file():
        raise QueryError(f"{folder}: no graph here; write one with: govgraph build --input FOLDER --out {folder}")
    try:
        noted = json.loads(mark.read_text(encoding="utf-8"))
        return About(str(noted["base"]), float(noted["min_confidence"]), {str(k): str(v) for k, v in noted.get("made_with", {}).items()})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise QueryError(f"{mark}: is broken; build the graph again") from None


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """An empty folder to fill, which becomes `target` when the block ends well, and disappears when it doesn't.

    Raises BuildError where the target is something that no build wrote, or can't be written.
    """
    target = target.absolute()
    try:
        _check(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        _clean(target)
        fresh = target.parent / f".{target.name}.building-{os.getpid()}"
        fresh.mkdir()
    except OSError as error:
        raise BuildError(f"{target}: can't be written ({error.strerror})") from None
    try:
        yield fresh
        _swap(fresh, target)
    except OSError as error:
        raise BuildError(f"{target}: can't be written ({error.strerror}); what was there before is untouched") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _check(target: Path) -> None:
    if not os.path.lexists(target):
        return
    if target.is_symlink() or not target.is_dir():
        raise BuildError(f"{target}: is no folder; choose another --out")
    if any(target.iterdir()) and not (target / MARK).is_file():
        raise BuildError(f"{target}: holds files that govgraph didn't write, so it is not replaced; choose another --out")


def _swap(fresh: Path, target: Path) -> None:
    """Put the fresh folder in the target's place; the old one is moved aside first, and back if that fails."""
    if not target.exists():
        fresh.rename(target)
        return
    old = target.parent / f".{target.name}.old-{os.getpid()}"
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _clean(target: Path) -> None:
    """Remove what killed builds left; an old output that was moved aside and never replaced comes back."""
    for name in sorted(target.parent.glob(f".{target.name}.*-*")):
        kind, _, process = name.name.removeprefix(f".{target.name}.").partition("-")
        if kind not in ("building", "old") or not process.isdigit() or _runs(int(process)):
            continue
        if kind == "old" and not target.exists() and (name / MARK).is_file():
            name.rename(target)
        else:
            shutil.rmtree(name, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether a process of this number is alive; where the system can't tell without harm, yes."""
    if process == os.getpid():
        return False
    if os.name != "posix":
        return True
    with suppress(ProcessLookupError):
        try:
            os.kill(process, 0)
        except PermissionError:
            return True
        return True
    return False

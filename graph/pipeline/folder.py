"""Write an output folder whole or not at all.

A build fills a hidden folder beside the target and takes its place at the end, in one step where the system can exchange two folders. A
build that is killed leaves the old output as it was; its leavings are removed by the next one. Only a folder that this program wrote,
and that holds nothing else, is ever replaced.
"""

from __future__ import annotations

import errno
import functools
import os
import secrets
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import BuildError, QueryError
from graph.output import workshop
from graph.output.disk import exchanged, write_names_through
from graph.output.lock import alone
from graph.output.mark import LOCK, MARK, noted_in, put_mark, read_mark, strangers, with_entry, without_entry
from graph.output.signals import whole

LEDGER_PLACE = "keep the ledger beside that folder, or with your texts"
_NAMED = 5  # strange entries that a message names
_TRIES = 100  # of other builds that take the place first


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """An empty folder to fill, which becomes `target` when the block ends well, and disappears when it doesn't.

    Of two builds of one target each is whole, and the last one stays. Raises BuildError where the target is something that no build wrote,
    or can't be written.
    """
    ready(target)
    try:
        target = _place(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        made = workshop.open_workshop(target)
    except OSError as error:
        raise BuildError(f"{target}: can't be written ({error.strerror})") from None
    try:
        yield made.new
        with whole():
            _swap(made.new, made.old, target)
            write_names_through(target.parent)
    except OSError as error:
        raise BuildError(f"{target}: can't be written ({error.strerror}); what was there before is untouched") from None
    finally:
        made.close()


def ready(target: Path) -> None:
    """Bring back or remove what killed builds left beside the target. Raises BuildError where the target may not be replaced."""
    try:
        place = _place(target)
        workshop.recover(place)
        workshop.clean(place)
        _check(place, place)
    except OSError as error:
        raise BuildError(f"{target}: can't be written ({error.strerror})") from None


def outside(target: Path, path: Path, what: str, instead: str) -> None:
    """Raise BuildError where a path lies in the output folder, or is it, whatever links, `..` and capitals lead there.

    what: what the path is, as the command line names it; instead: where it may lie.
    """
    if _within(path, _place(target)):
        raise BuildError(f"{what} {path}: lies in the output folder {target}, which each build replaces; {instead}")


def _place(target: Path) -> Path:
    """The target as an absolute path with a name of its own; a link in its own place stays one."""
    if target.name in ("", ".."):
        return Path(os.path.realpath(target))
    return Path(os.path.realpath(target.parent)) / target.name


def _within(path: Path, folder: Path) -> bool:
    real = Path(os.path.realpath(path))
    if folder.exists():
        return any(_same(one, folder) for one in (real, *real.parents))
    # A disk that is blind to capitals, as these systems have, will make one folder of both.
    fold: Callable[[str], str] = str.casefold if sys.platform in ("win32", "darwin") else str
    parts, outer = ([fold(unicodedata.normalize("NFC", part)) for part in one.parts] for one in (real, folder))
    return parts[: len(outer)] == outer


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _check(folder: Path, target: Path) -> None:
    """Raise BuildError unless the target is missing, empty, or as a build left it; folder: where it lies now."""
    while (before := _state(folder)) is not None:
        try:
            _check_now(folder, target)
        except (BuildError, FileNotFoundError):
            if _state(folder) == before:
                raise
            continue  # another build took its place under our eyes
        return


def _state(folder: Path) -> tuple[int, ...] | None:
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return None
    return (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)


def _check_now(folder: Path, target: Path) -> None:
    if folder.is_symlink() or not folder.is_dir():
        raise BuildError(f"{target}: is no folder; choose another --out")
    if not any(folder.iterdir()):
        return
    try:
        built = read_mark(folder)
    except QueryError:
        raise BuildError(f"{target}: holds files that govgraph didn't write, so it is not replaced; choose another --out") from None
    if not built.listed:
        raise BuildError(f"{target}: an older govgraph wrote it, without a list of its files, so it is not replaced; remove it or choose another --out")
    strange = strangers(folder, built)
    if strange:
        more = f" and {len(strange) - _NAMED} more" if len(strange) > _NAMED else ""
        named = ", ".join(repr(name) for name in strange[:_NAMED])
        raise BuildError(f"{target}: holds what no build wrote, {named}{more}, so it is not replaced; move that elsewhere or choose another --out")


def _swap(new: Path, old: Path, target: Path) -> None:
    """Put the new folder in the target's place; on every way out there is a whole folder there. What is replaced ends as `new` or `old`."""
    for _ in range(_TRIES):
        try:
            _check(target, target)
            if not os.path.lexists(target):
                new.rename(target)
            elif exchanged(new, target):
                _or_back(functools.partial(_check, new, target), functools.partial(exchanged, new, target))
            else:
                _in_two_steps(new, old, target)
        except FileNotFoundError:
            if not new.exists():
                raise
        except OSError as error:
            if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                raise
        else:
            return
        # Another build has put its output there, or taken it away, since we looked.
    raise BlockingIOError(errno.EBUSY, "other builds write there again and again")


def _or_back(step: Callable[[], object], back: Callable[[], object]) -> None:
    try:
        step()
    except BaseException:
        back()
        raise


def _in_two_steps(new: Path, old: Path, target: Path) -> None:
    """Where the system can't exchange folders: a kill between the two renames leaves no target, but the old one aside, which any command brings back."""
    shutil.rmtree(old, ignore_errors=True)
    try:
        target.rename(old)
        _check(old, target)
        new.rename(target)
    except BaseException:
        if not os.path.lexists(target) and os.path.lexists(old):
            old.rename(target)
        raise


@contextmanager
def renewed(folder: Path, name: str) -> Iterator[Path]:
    """A path to write to, which becomes the file `name` of an output when the block ends well; its entry in the mark follows.

    Whenever it is broken off, the folder is as its mark says. Raises BuildError where it can't be written, or was built anew meanwhile.
    """
    before = noted_in(folder)
    fresh, plain, last, first = (folder / f".{kept}.{secrets.token_hex(8)}.building" for kept in (name, MARK, MARK, MARK))
    mark = folder / MARK
    try:
        yield fresh
        with alone(folder / LOCK), whole():
            noted = noted_in(folder)
            if "files" not in noted:  # of govgraph 0.1.0
                fresh.replace(folder / name)
                return
            if without_entry(noted, name) != without_entry(before, name):
                raise BuildError(f"{folder}: was built anew meanwhile; write the page again")
            put_mark(first, noted)
            put_mark(plain, without_entry(noted, name))
            put_mark(last, with_entry(noted, name, fresh))
            plain.replace(mark)
            _or_back(functools.partial(fresh.replace, folder / name), functools.partial(first.replace, mark))
            last.replace(mark)
            write_names_through(folder)
    except OSError as error:
        raise BuildError(f"{folder / name}: can't be written ({error.strerror})") from None
    finally:
        for path in (fresh, plain, last, first):
            path.unlink(missing_ok=True)

"""Do a task in a process of its own that can be ended: with a limit of time and of memory, and with no way out.

Gives: what the task gives. The engine can't stop a query once it runs, and an alarm in our own process would leave it running; so whatever is
over its limit, or no longer wanted (Ctrl-C, the end of the program), is killed with its process.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar, cast

from graph.errors import GovGraphError, QueryError

if sys.platform != "win32":
    import resource

T = TypeVar("T")

# A copy of this process, with the graph that it holds, where that is safe; else one that gets its graph anew.
_CONTEXT = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")
_MEGABYTE = 1 << 20
_STEP = 0.2  # seconds between two looks at the clock; an answer is taken at once
_OUT_OF_MEMORY = 82  # the exit code of a worker whose interpreter found none
_PARENT_DEATH = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds, rows of its answer, and megabytes besides what the graph takes itself."""

    seconds: int = 60
    rows: int = 1_000_000
    memory: int = 2048


def within(limits: Limits, task: Callable[[], T], *, sealed: bool = False) -> T:
    """What a task gives, done in a process of its own.

    limits: seconds and memory; rows are the task's business. Memory is limited where the system tells what a process takes (Linux).
    task: on Linux anything that can be called; elsewhere the worker begins anew, so that the task must be picklable. Its result always.
    sealed: the worker can open no file and no connection (not on Windows).
    Raises QueryError where a limit is reached or the worker dies, and whatever the task raises.
    """
    receiver, sender = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_work, args=(sender, task, limits, os.getpid(), sealed), daemon=True)
    try:
        with _no_interrupt():
            process.start()
        sender.close()
        end = time.monotonic() + limits.seconds
        while not receiver.poll(min(_STEP, max(0.0, end - time.monotonic()))):
            if time.monotonic() >= end:
                raise QueryError(_too_long(limits))
        done, result = receiver.recv()
    except (EOFError, OSError) as error:
        if process.pid is None:
            raise QueryError(f"no process can be started for it ({getattr(error, 'strerror', None) or error})") from None
        process.join()
        raise QueryError(_cause(process.exitcode, limits)) from None
    finally:
        if process.pid is not None:
            process.kill()
            process.join()
        sender.close()
        receiver.close()
    if not done:
        raise cast("Exception", result)
    return cast("T", result)


def _too_long(limits: Limits) -> str:
    return f"stopped after {limits.seconds} seconds (nothing is left running); narrow the query, or give it more time with --timeout"


def _too_large(limits: Limits) -> str:
    return (
        f"stopped: it takes more than {limits.memory:,} MB of memory (ORDER BY, GROUP BY and DISTINCT hold all rows at once); "
        "narrow the query or allow more with --max-memory"
    )


def _cause(code: int | None, limits: Limits) -> str:
    """Why a worker ended without an answer."""
    if sys.platform != "win32":
        if code == -signal.SIGALRM:
            return _too_long(limits)
        if code == -signal.SIGKILL:
            return "stopped by the system, which has most likely no memory left; narrow the query"
    # The engine ends its process where memory is refused to it.
    return _too_large(limits) if code in (_OUT_OF_MEMORY, -signal.SIGABRT) else f"the engine broke down over this query (exit code {code}); write it otherwise"


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C waits until the worker has begun, which would tell it in a traceback of its own."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---- in the worker


def _work(sender: Connection, task: Callable[[], object], limits: Limits, parent: int, sealed: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the parent ends this one
    if sys.platform != "win32":
        _end_in_time(limits, parent)
        _hush()
        _keep_small(limits, sealed=sealed)
    gc.disable()  # which would look through all rows again and again; this process is short
    try:
        result: tuple[bool, object] = (True, task())
        sender.send(result)
    except GovGraphError as error:
        sender.send((False, QueryError(error.message, tuple(error.details))))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 — raised again by the process that asked
        sender.send((False, error))


if sys.platform != "win32":

    def _end_in_time(limits: Limits, parent: int) -> None:
        """The system ends this process when its time is over or the parent is gone, whatever the engine does."""
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + 1)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(1)

    def _hush() -> None:
        """What the engine prints as it dies is told by the parent in its own words."""
        faulthandler.disable()
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 2)
        os.close(nothing)

    def _keep_small(limits: Limits, *, sealed: bool) -> None:
        now = _taken()
        if now is not None:
            _limit(resource.RLIMIT_DATA, now + limits.memory * _MEGABYTE)
        _limit(resource.RLIMIT_CORE, 0)
        if sealed:
            _limit(resource.RLIMIT_NOFILE, 0)

    def _limit(what: int, most: int) -> None:
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))

    def _taken() -> int | None:
        """Bytes of data that this process takes; None where the system doesn't tell."""
        try:
            lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        except OSError:
            return None
        found = [line.split()[1] for line in lines if line.startswith("VmData:")]
        return int(found[0]) * 1024 if found else None

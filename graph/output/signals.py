"""Signals that end a program: an orderly way out on each, and none in the middle of a step that must be whole."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Never

# SIGBREAK is what Windows has for SIGTERM; SIGHUP comes when a terminal is closed.
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))


@contextmanager
def orderly() -> Iterator[None]:
    """A block that SIGTERM, too, leaves by its `finally`; the exit code is 128 + the signal's number, as a shell gives it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # A signal that someone ignores (nohup) or handles stays as it is.
    before = {number: signal.signal(number, _leave) for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, _frame: FrameType | None) -> Never:
    raise SystemExit(128 + number)


@contextmanager
def whole() -> Iterator[None]:
    """A short block that no signal breaks off; what came meanwhile takes effect after it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: came.append(number))
        for number in (signal.SIGINT, *_ENDING)
        if signal.getsignal(number) not in (signal.SIG_IGN, None)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in dict.fromkeys(came):
            signal.raise_signal(number)

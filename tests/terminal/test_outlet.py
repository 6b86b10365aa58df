"""The way out: escapes for what a terminal obeys, our own colours, UTF-8 to pipes, silence where nobody reads any more."""

from __future__ import annotations

import errno
import io
import sys

import pytest

from graph.errors import GovGraphError
from graph.terminal.look import Look
from graph.terminal.outlet import AGAIN, Outlet, outlets


class _Raw(io.BytesIO):
    def __init__(self, *, terminal: bool = False, error: int = 0) -> None:
        super().__init__()
        self.terminal = terminal
        self.error = error

    def isatty(self) -> bool:
        return self.terminal

    def write(self, data):
        if self.error:
            raise OSError(self.error, "the reason")
        return super().write(data)


def _written(raw, encoding, text, *, quiet=False):
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\r\n")
    outlet = Outlet(stream, quiet=quiet)
    outlet.write(text)
    outlet.flush()
    stream.detach()
    return raw.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_a_pipe_gets_utf8_and_lf(encoding):
    assert _written(_Raw(), encoding, "Quyết định\n") == "Quyết định\n".encode()


def test_a_terminal_without_a_letter_gets_a_replacement():
    assert _written(_Raw(terminal=True), "cp1252", "Quyết đị") == b"Quy?t ??"


def test_colours_of_a_look_reach_a_terminal_and_those_of_a_text_do_not():
    look = Look(color=True)
    text = f"{AGAIN}{look.strong('a')} {look.faint('b')} \x1b[31mc"
    assert _written(_Raw(terminal=True), "utf-8", text) == b"\r\x1b[K\x1b[1ma\x1b[0m \x1b[2mb\x1b[0m \\x1b[31mc"
    assert b"\x1b" not in _written(_Raw(), "utf-8", text)


def test_a_reader_that_has_gone_ends_the_program_in_silence():
    with pytest.raises(SystemExit) as stopped:
        _written(_Raw(error=errno.EPIPE), "utf-8", "a")
    assert stopped.value.code == 141


def test_a_full_disk_is_an_error_of_one_line():
    with pytest.raises(GovGraphError, match=r"^standard output can't be written \(the reason\)$"):
        _written(_Raw(error=errno.ENOSPC), "utf-8", "a")


@pytest.mark.parametrize("error", [errno.EPIPE, errno.ENOSPC, errno.EBADF])
def test_talk_that_nobody_hears_costs_nothing(error):
    assert _written(_Raw(error=error), "utf-8", "a", quiet=True) == b""


def test_the_streams_come_back_but_for_a_fault_of_the_program(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    before = sys.stdout, sys.stderr
    with outlets():
        assert isinstance(sys.stdout, Outlet)
    assert (sys.stdout, sys.stderr) == before
    with pytest.raises(SystemExit), outlets():
        sys.exit(0)
    assert (sys.stdout, sys.stderr) == before
    with pytest.raises(ZeroDivisionError), outlets():
        _ = 1 / 0
    assert isinstance(sys.stderr, Outlet), "the traceback may quote a text"

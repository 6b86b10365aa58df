"""The edge of the program: whatever the system or a person can do wrong becomes one line and an exit code; faults of the program stay tracebacks."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from graph.errors import GovGraphError
from graph.text.visible import one_line

_LONE = re.compile("[\ud800-\udfff]")  # bytes of an argument or a file's name that are no UTF-8 come as these


class Failure(click.ClickException):
    """What can't be done, in one line, with what is told of its parts below."""

    exit_code = 2

    def __init__(self, message: str, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.details = details

    def show(self, file: Any = None) -> None:  # noqa: ANN401, ARG002 — the signature is click's
        """Write it to stderr; a name with line feeds can't fake a line."""
        lines = [f"govgraph: {one_line(self.message)}", *(f"  {one_line(detail)}" for detail in self.details)]
        sys.stderr.write("\n".join(lines) + "\n")


class _Stopped(Failure):
    exit_code = 128 + 2  # what a shell says of a program that Ctrl-C ended


@contextmanager
def edge() -> Iterator[None]:
    """Turn the errors that are nobody's fault in the program into a Failure."""
    try:
        yield
    except click.UsageError as error:
        if isinstance(error, (click.MissingParameter, click.exceptions.NoArgsIsHelpError)):  # words of click's and ours, on several lines
            raise
        raise click.UsageError(one_line(error.format_message()), error.ctx) from error
    except GovGraphError as error:
        raise Failure(error.message, error.details) from error
    except OSError as error:
        raise Failure(_system(error)) from error
    except MemoryError as error:
        raise Failure("the memory is full; give fewer sources or a smaller graph") from error
    except sqlite3.Error as error:
        raise Failure(f"a database can't be used ({error})") from error
    except UnicodeEncodeError as error:
        if not _LONE.search(error.object, error.start, error.end):
            raise
        near = error.object[max(0, error.start - 20) : error.end + 20]
        raise Failure(f"“{near}” is not UTF-8; write it in UTF-8") from error
    except KeyboardInterrupt as error:
        raise _Stopped("stopped") from error


def _system(error: OSError) -> str:
    """The file and what the system says of it."""
    if error.filename is None and _nowhere():
        return "the current folder is gone; change to one that exists"
    names = [os.fsdecode(name) if isinstance(name, (str, bytes)) else str(name) for name in (error.filename, error.filename2) if name is not None]
    return ": ".join([" → ".join(names) or "the system refuses", error.strerror or str(error) or type(error).__name__])


def _nowhere() -> bool:
    try:
        os.getcwd()  # noqa: PTH109 - Path.cwd() says the same at a greater length
    except OSError:
        return True
    return False

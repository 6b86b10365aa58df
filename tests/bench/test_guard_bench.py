"""How long it takes to tell that a query reaches nothing else, and what a process of its own costs; `make bench` prints the figures."""

from __future__ import annotations

import time
from functools import partial

import pytest

from graph.errors import QueryError
from graph.query.guard import refuse
from graph.query.worker import Limits, within

SIZE = 250_000  # letters of the smallest; the largest has four times as many
HOSTILE = {
    "a word in one comment": "# service ",
    "comments": "# service\n",
    "one comment": "#",
    "backslashes": "\\",
    "escapes": "\\u0023'",
    "apostrophes": "'",
    "quotation marks": '"',
    "three quotes never closed": "'''\\u0041",
    "long strings": "'''\\'''' ",
    "less-than": "<",
    "addresses": "<a>",
    "addresses that may be comments": "<#>",
    "addresses that may be strings": "<'>",
    "both": "<'><#>",
    "long strings in addresses": "<a'''\\u0041>",
    "comments ended by a carriage return": "<#>\r",
    "words in a name": "a:service.",
    "words before a colon": "service.x:",
    "names with no end": "x:service",
    "names and variables": "x:service ?o ",
    "percent signs": "%41",
    "brackets": "{",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_guard_takes_time_in_proportion_to_the_text(unit):
    took = []
    for times in (1, 2, 4):
        text = "SELECT * { " + unit * (times * SIZE // len(unit)) + "\n } # service"
        took.append(min(_seconds(partial(_read, text)) for _ in range(3)))
    print(f"\n{took[0]:.2f}, {took[1]:.2f}, {took[2]:.2f} s for 250 kB, 500 kB, 1 MB", end="")
    assert took[2] < 2 * 4 * took[0] + 0.1


def _read(text: str) -> None:
    try:
        refuse(text)
    except QueryError:
        pytest.fail("nothing is read on after a refusal, so that the figure says nothing")


def test_a_process_of_its_own_costs_little():
    took = min(_seconds(partial(within, Limits(), int), time.perf_counter) for _ in range(9))
    print(f"\n{took * 1000:.0f} ms", end="")
    assert took < 0.25


def _seconds(task, clock=time.process_time) -> float:
    started = clock()
    task()
    return clock() - started

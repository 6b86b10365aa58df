"""What the search box of both pages puts first when part of a number is typed: the same as the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Reader
from numbered import SEARCHES, numbered
from selenium.webdriver.common.keys import Keys

from graph.export import htmlmap, scoreboard
from graph.registers.data import shipped

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_request_and_no_error")]

Pages = Callable[[str], Path]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    folder = tmp_path_factory.mktemp("search")
    htmlmap.write(numbered(), shipped(), folder / "graph.html")
    scoreboard.write(numbered(), shipped(), folder / "scoreboard.html")
    return lambda name: folder / f"{name}.html"


@pytest.mark.parametrize("name", ["graph", "scoreboard"])
def test_a_whole_number_goes_before_a_longer_one_that_begins_with_it(reader: Reader, pages: Pages, name: str):
    reader.open(pages(name))
    there: set[str] = set(reader.run("return GG.nodes.map((node) => node.no)"))
    found: dict[str, list[str]] = reader.run(
        "return Object.fromEntries(arguments[0].map((typed) => [typed, GG.find(typed, 20).map((hit) => GG.nodes[hit.i].no)]))", list(SEARCHES)
    )
    wanted = {typed: first for typed, first in SEARCHES.items() if first <= there}
    assert len(wanted) > 20
    assert {typed: set(found[typed][: len(first)]) for typed, first in wanted.items()} == wanted


@pytest.mark.parametrize("name", ["graph", "scoreboard"])
def test_a_longer_number_is_still_found_behind_it(reader: Reader, pages: Pages, name: str):
    reader.open(pages(name))
    assert [label.rpartition(" ")[2] for label in reader.search("135 ubnd")][1:] == ["1351/KH-UBND", "1351/QĐ-UBND"]


@pytest.mark.parametrize("name", ["graph", "scoreboard"])
def test_enter_opens_the_whole_number(reader: Reader, pages: Pages, name: str):
    reader.open(pages(name))
    reader.search("số 135 ubnd")
    reader.type(Keys.ENTER)
    assert "135/KH-UBND" in reader.text("#panel h2")

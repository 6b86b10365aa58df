"""What a pointer reaches: on both pages, at each width, no control lies under anything else, and a finger can search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ladders
import pytest
from browser import Reader
from graphs import planted

from graph.export import htmlmap, scoreboard
from graph.model import GraphData
from graph.registers.data import shipped

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_request_and_no_error")]

PHONE = (390, 844)
# Beside the three that the pages are drawn for: the narrowest phones, phones and tablets held either way, a desk with large print.
SIZES = [PHONE, (1093, 614), (1440, 900), (320, 568), (360, 800), (720, 900), (768, 1024), (844, 390), (1000, 700), (1024, 768)]
NAMES = ["graph", "scoreboard"]
BAR = ".bar a, .bar button, .bar input"
ALWAYS = {"graph": f"{BAR}, .tabs button, .strip button", "scoreboard": BAR}

Pages = Callable[[str], Path]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, corpus_graph: GraphData) -> Pages:
    folder = tmp_path_factory.mktemp("bar")
    htmlmap.write(corpus_graph, shipped(), folder / "graph.html")
    scoreboard.write(corpus_graph, shipped(), folder / "scoreboard.html")
    htmlmap.write(planted(), shipped(), folder / "small-graph.html")
    scoreboard.write(ladders.ladders(), shipped(), folder / "small-scoreboard.html")
    return lambda name: folder / f"{name}.html"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", NAMES)
def test_every_control_of_the_bar_is_reached(reader: Reader, pages: Pages, name: str, size: tuple[int, int], lang: str):
    reader.open(pages(name), size=size, fragment=f"#v=1&l={lang}")
    assert reader.covered(ALWAYS[name]) == []
    assert reader.run("return document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("name", NAMES)
def test_the_bar_is_reached_in_large_print(reader: Reader, pages: Pages, name: str):
    reader.open(pages(name), size=(1093, 614))
    reader.run("for (const node of document.querySelectorAll('.bar, .bar *')) node.style.fontSize = '26px'")
    assert reader.covered(BAR) == []


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", NAMES)
def test_every_control_of_the_bar_does_what_it_says(reader: Reader, pages: Pages, name: str, size: tuple[int, int]):
    press = reader.tap if size == PHONE else reader.click
    reader.open(pages(name), size=size)
    press("#language")
    reader.wait("return document.documentElement.lang === 'en'")
    press("#theme")
    reader.wait("return document.documentElement.dataset.theme === 'dark'")
    press("#theme")
    press("#q")
    reader.wait("return document.activeElement.id === 'q'")
    if size != PHONE:
        reader.run(
            "window.copied = 0; window.saved = 0; GG.copy = () => { copied += 1; }; GG.save = () => { saved += 1; }; window.print = () => { copied += 1; }"
        )
        press("#share")
        if name == "graph":
            press("#download")
            assert reader.covered("#downloads button") == []
        press("#csv")
        assert reader.wait("return saved === 1 && copied === 1")
    if size == SIZES[2] and name == "scoreboard":
        press("#print")
        assert reader.run("return copied") == 2
    reader.run("window.left = ''; document.addEventListener('click', (e) => { left = e.target.closest('a').getAttribute('href'); e.preventDefault(); })")
    press(".pages a:not([aria-current])")
    assert reader.wait("return window.left") == {"graph": "scoreboard.html", "scoreboard": "graph.html"}[name]


@pytest.mark.parametrize(("name", "words", "found"), [("small-graph", "77 kh", "77/KH-UBND"), ("small-scoreboard", "135 kh", "135/KH-UBND")])
def test_a_finger_searches_and_opens_what_it_finds(reader: Reader, pages: Pages, name: str, words: str, found: str):
    reader.open(pages(name), size=PHONE)
    reader.tap("#q")
    reader.wait("return document.activeElement.id === 'q'")
    reader.type(words)
    reader.wait("return !document.getElementById('hits').hidden")
    assert found in reader.text("#hits [role=option] b")
    assert reader.covered("#hits [role=option]") == []
    reader.tap("#hits [role=option]")
    reader.wait("return document.getElementById('hits').hidden && !document.getElementById('panel').hidden")
    assert found in reader.text("#panel")
    assert reader.covered(BAR) == []


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", NAMES)
def test_the_bar_is_reached_beside_an_open_panel_that_can_be_closed(reader: Reader, pages: Pages, name: str, size: tuple[int, int]):
    reader.open(pages(name), size=size)
    reader.run("govgraph.select(GG.nodes.find((node) => node.t === 'Directive' && node.no === '21-NQ/TW').id)")
    reader.wait("return !document.getElementById('panel').hidden")
    assert reader.covered(ALWAYS[name] + ", #panel .close") == []
    (reader.tap if size == PHONE else reader.click)("#panel .close")
    reader.wait("return document.getElementById('panel').hidden")


@pytest.mark.parametrize("size", [(1093, 614), (768, 1024)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_an_open_panel_covers_no_control_of_the_scoreboard(reader: Reader, pages: Pages, size: tuple[int, int]):
    reader.open(pages("scoreboard"), size=size)
    reader.click("#matrix td.claims")
    assert reader.covered(".controls button, .controls select, .controls input, #matrix td.chosen .state") == []


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_drawer_of_the_legend_opens_and_closes_where_it_lies_over_the_page(reader: Reader, pages: Pages, size: tuple[int, int]):
    press, opener = (reader.tap, ".tabs button:last-child") if size == PHONE else (reader.click, "#filters")
    reader.open(pages("graph"), size=size)
    press(opener)
    reader.wait("return document.getElementById('rail').checkVisibility()")
    assert reader.covered("#rail .seg button, #rail .close") == []
    press("#rail .close")
    reader.wait("return !document.getElementById('rail').checkVisibility()")
    assert reader.covered(ALWAYS["graph"]) == []

"""How long the map takes: to lay out, to write, and until a browser has drawn it; `make bench` prints the figures."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest
from crowd import crowd
from graphs import of_corpus
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from graph.export import htmlmap
from graph.export.layout import free
from graph.model import GraphData
from graph.registers.data import shipped


def _network(count: int) -> tuple[list[str], list[tuple[str, str]]]:
    """A graph as ours are: most things tied to a few hubs, communities, two lines a thing."""
    chance = random.Random(20240516)  # noqa: S311 - the same graph each time
    nodes = [str(n) for n in range(count)]
    edges = [(str(n), str(int(n * chance.random() ** 2))) for n in range(1, count)]
    return nodes, edges + [(str(n), str((n + chance.randrange(60)) % count)) for n in range(count)]


def test_five_thousand_things_are_laid_out_within_five_seconds():
    nodes, edges = _network(5000)
    started = time.perf_counter()
    places = free(nodes, edges)
    seconds = time.perf_counter() - started
    print(f"free layout of 5,000 things, {len(edges)} lines: {seconds:.1f} s")
    assert len(places) == 5000
    assert seconds <= 5


@pytest.mark.browser
def test_the_map_of_the_shipped_corpus_is_drawn_within_two_seconds(root: Path, tmp_path: Path):
    registers = shipped().registers
    graph = of_corpus(root / "data" / "corpus", registers)
    assert max(_drawn(graph, registers, tmp_path)) <= 2000


@pytest.mark.browser
def test_the_map_of_twenty_thousand_things_is_drawn_within_five_seconds(tmp_path: Path):
    registers = shipped().registers
    assert max(_drawn(crowd(registers), registers, tmp_path)) <= 5000


def _drawn(graph: GraphData, folder: Path) -> list[float]:
    """Milliseconds until a browser has drawn each view of the map."""
    started = time.perf_counter()
    htmlmap.write(graph, shipped(), folder / "graph.html")
    written = time.perf_counter() - started
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1440,900", f"--user-data-dir={folder / 'browser'}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        drawn: list[float] = []
        for view in ("plans", "levels", "free"):
            driver.get("about:blank")
            driver.get(f"{(folder / 'graph.html').as_uri()}#v=1&w={view}")
            drawn.append(WebDriverWait(driver, 20, 0.02).until(lambda d: d.execute_script("return window.govgraph && govgraph.drawn")))
    finally:
        driver.quit()
    size = (folder / "graph.html").stat().st_size
    print(f"{len(graph.entities)} things: written in {written:.2f} s, {size / 1e6:.2f} MB; drawn after {', '.join(f'{ms:.0f}' for ms in drawn)} ms")
    return drawn

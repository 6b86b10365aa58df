"""axe-core looks at both pages, each view of them in light and dark: nothing that keeps a reader out, and no request while it looks."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from browser import Reader

from graph.export import htmlmap, scoreboard
from graph.model import GraphData
from graph.registers.registers import Registers

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_request_and_no_error")]

AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LOOK = """
const done = arguments[arguments.length - 1];
const why = (node) => node.target.join(" ") + " " + (node.any[0] || node.all[0] || node.none[0] || {}).message;
axe.run(document, { resultTypes: ["violations"] }).then(
  (found) => done(found.violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => [v.id, ...v.nodes.slice(0, 4).map(why)].join(" | "))),
  (error) => done([String(error)]));
"""
CAN_THO = "directive%2F21-NQ-TW%2F2017~province%2Fcan-tho"
PERSON = "official%2Fnguyen-thi-kim-tien-5bb3e9%2Fban-bao-ve-suc-khoe-trung-uong"
VIEWS = {
    "scoreboard": ("", f"#v=1&c={CAN_THO}", "#v=1&t=now", "#v=1&b=meetings", "#v=1&b=changes", "#v=1&b=cited", "#v=1&w=tree", f"#v=1&n={PERSON}", "#v=1&l=en"),
    "graph": ("", "#v=1&w=levels", "#v=1&w=tree", "#v=1&b=1", f"#v=1&n={PERSON}", "#v=1&l=en"),
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, corpus_graph: GraphData, registers: Registers) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("pages")
    scoreboard.write(corpus_graph, registers, folder / "scoreboard.html")
    htmlmap.write(corpus_graph, registers, folder / "graph.html")
    return lambda name: folder / f"{name}.html"


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desk", "phone"])
@pytest.mark.parametrize("name", VIEWS)
def test_axe_finds_nothing_serious(reader: Reader, pages: Callable[[str], Path], name: str, size: tuple[int, int]):
    reader.open(pages(name), size=size)
    reader.run(AXE)
    for fragment in VIEWS[name]:
        reader.run("location.hash = arguments[0]", fragment)
        for theme in ("light", "dark"):
            reader.run("GG.setTheme(arguments[0])", theme)
            assert (fragment, theme, reader.driver.execute_async_script(LOOK)) == (fragment, theme, [])

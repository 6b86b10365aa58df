"""axe-core looks at both pages, at each view of them in light and dark: nothing that keeps a reader out, and no request while it looks."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import ladders
import pytest
from browser import Reader

from graph.analysis.coverage import Change
from graph.export import htmlmap, scoreboard
from graph.model import GraphData
from graph.registers.data import shipped

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_request_and_no_error")]

AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LOOK = """
const done = arguments[arguments.length - 1];
const why = (node) => node.target.join(" ") + " " + (node.any[0] || node.all[0] || node.none[0] || {}).message;
axe.run(document, { resultTypes: ["violations"] }).then(
  (found) => done(found.violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => [v.id, ...v.nodes.slice(0, 4).map(why)].join(" | "))),
  (error) => done([String(error)]));
"""
CELL = "directive%2F25-CT-TW%2F2023~unknown"
PERSON = "official%2Ftran-thi-mo"
OFFICIAL = "official%2Fnguyen-thi-kim-tien-5bb3e9%2Fban-bao-ve-suc-khoe-trung-uong"
# The small scoreboard has every state, and all views of it are looked at; the shipped one and the map as they open, and what else they show.
VIEWS = {
    "small": (
        "", f"#v=1&c={CELL}", "#v=1&t=now&a=1", "#v=1&r=ministry", "#v=1&b=meetings", "#v=1&b=changes", "#v=1&b=cited", "#v=1&w=tree", f"#v=1&n={PERSON}",
        "#v=1&l=en",
    ),
    "scoreboard": ("",),
    "graph": ("", "#v=1&w=levels", "#v=1&w=tree", "#v=1&b=1", f"#v=1&n={OFFICIAL}", "#v=1&l=en"),
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, corpus_graph: GraphData) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("pages")
    met = (ladders.B, ladders.REVIEW, "inProvince", ladders.THAI_BINH, "Buổi làm việc ấy diễn ra tại Thái Bình.")
    change = Change(ladders.NEW.id, ladders.BAC_KAN.id, "", "party")
    scoreboard.write(ladders.ladders([met]), shipped(), folder / "small.html", changes=[change])
    scoreboard.write(corpus_graph, shipped(), folder / "scoreboard.html")
    htmlmap.write(corpus_graph, shipped(), folder / "graph.html")
    return lambda name: folder / f"{name}.html"


def test_the_small_scoreboard_has_every_state(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("small"))
    assert set(reader.run("return Array.from(document.querySelectorAll('#matrix td .sign, #matrix td .none'), n => n.textContent)")) == {"✓", "◇", "◐", "·"}


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

"""The map of 20,000 things: what each view shows, with and without filters, and why one is empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from browser import Reader
from crowd import AWARDS, BODIES, DECISIONS, LONELY, MEETINGS, OFFICIALS, PLANS, crowd
from graphs import planted

from graph.export import htmlmap
from graph.export.mapdata import LARGEST
from graph.registers.data import shipped
from graph.registers.registers import Registers

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_request_and_no_error")]

Pages = Callable[[str], Path]
TIED = OFFICIALS + MEETINGS + DECISIONS + PLANS + BODIES + AWARDS
TYPES = ("PartyDirective", "StateDirective", "Directive", "Official", "Agency", "Meeting", "Award", "Province")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, registers: Registers) -> Pages:
    folder = tmp_path_factory.mktemp("crowd")
    small = planted()
    met = replace(small, statements=tuple(s for s in small.statements if s.predicate in {"chaired", "attended"}), registered=())
    silent = replace(small, statements=(), registered=())
    many = crowd(registers)
    assert len(many.entities) >= 20_000
    for name, graph in {"crowd": many, "met": met, "silent": silent}.items():
        htmlmap.write(graph, shipped(), folder / f"{name}.html")
    return lambda name: folder / f"{name}.html"


def only(*types: str) -> str:
    """The part of an address that hides all types but these."""
    return "&xt=" + ",".join(t for t in TYPES if t not in types)


def seen(reader: Reader) -> dict[str, int]:
    """How many things of each type are in the picture."""
    found: dict[str, int] = reader.run("""
        const counts = {};
        for (const i of GG.canvas.shown().nodes) counts[GG.typeOf(GG.nodes[i])] = (counts[GG.typeOf(GG.nodes[i])] || 0) + 1;
        return counts""")
    return found


def test_the_map_opens_on_documents_however_much_else_there_is(reader: Reader, pages: Pages):
    reader.open(pages("crowd"))
    assert reader.run("return govgraph.state().view") == "plans"
    assert reader.run("return document.getElementById('note').hidden")
    assert seen(reader) == {"StateDirective": LARGEST}
    assert reader.run("return govgraph.counts().lines") > 1000
    assert f"1.500 / {DECISIONS + PLANS:,}".replace(",", ".") in reader.text("#strip")


def test_each_view_shows_the_best_connected_of_what_it_is_of(reader: Reader, pages: Pages):
    reader.open(pages("crowd"))
    for view in ("levels", "free", "plans"):
        reader.click(f"[data-view={view}]")
        assert reader.run("return govgraph.counts().nodes") == LARGEST
        assert reader.run("return document.getElementById('note').hidden")
        least, most_left_out = reader.run(
            """
            const drawn = GG.canvas.shown().nodes;
            const degree = (i) => GG.about(i).filter((x) => arguments[0] !== 'plans' || GG.relations[x].p === 'implements').length;
            const of = GG.nodes.map((_, i) => i).filter((i) => GG.nodes[i].g && (arguments[0] !== 'plans' || degree(i)));
            return [Math.min(...Array.from(drawn, degree)), Math.max(...of.filter((i) => !drawn.has(i)).map(degree))];""",
            view,
        )
        assert least >= most_left_out


@pytest.mark.parametrize(
    ("view", "kind", "there"),
    [
        ("levels", "Award", AWARDS),
        ("levels", "Meeting", MEETINGS),
        ("levels", "StateDirective", DECISIONS + PLANS),
        ("levels", "Agency", BODIES),
        ("free", "Award", AWARDS),
    ],
)
def test_behind_a_filter_stand_the_best_connected_of_what_it_keeps(reader: Reader, pages: Pages, view: str, kind: str, there: int):
    reader.open(pages("crowd"), fragment=f"#v=1&w={view}{only(kind)}")
    assert seen(reader) == {kind: min(there, LARGEST)}
    assert reader.run("return document.getElementById('note').hidden")
    assert ("điểm nối nhiều nhất" in reader.text("#strip")) == (there > LARGEST)
    places = reader.run("return Array.from(GG.canvas.shown().nodes, (i) => Object.values(GG.canvas.position(i)).map(Math.round).join())")
    assert len(set(places)) > 0.9 * len(places)


def test_what_a_filter_lets_in_is_drawn_with_its_lines_and_goes_again(reader: Reader, pages: Pages):
    reader.open(pages("crowd"), fragment="#v=1&w=levels")
    before = reader.run("return Array.from(GG.canvas.shown().nodes)")
    for kind in ("Meeting", "Agency", "StateDirective"):
        reader.click(f"[data-filter={kind}]")
    assert seen(reader) == {"Official": LARGEST}
    reader.click("[data-filter=Meeting]")
    reader.click("[data-filter=Official]")
    assert seen(reader) == {"Meeting": LARGEST}
    for kind in ("Agency", "StateDirective", "Official"):
        reader.click(f"[data-filter={kind}]")
    assert reader.run("return Array.from(GG.canvas.shown().nodes)") == before


def test_a_province_of_one_plan_shows_it(reader: Reader, pages: Pages):
    reader.open(pages("crowd"))
    province = reader.run("return GG.nodes.find((node) => node.t === 'Province' && node.l === arguments[0]).id", LONELY)
    reader.open(pages("crowd"), fragment=f"#v=1&p={province}")
    assert reader.run("return govgraph.counts()") == {"nodes": 2, "lines": 1}


def test_what_no_view_has_room_for_is_shown_with_what_is_round_it(reader: Reader, pages: Pages):
    reader.open(pages("crowd"))
    reader.search("bang khen thu 999")
    reader.run("document.querySelector('#hits [role=option]').dispatchEvent(new MouseEvent('mousedown', { cancelable: true }))")
    assert reader.run("return govgraph.state()")["view"] == "near"
    assert seen(reader) == {"Award": 1, "Official": 1}
    reader.open(pages("crowd"), fragment="#v=1&w=levels&n=award/0999")
    assert seen(reader) == {"Award": 1, "Official": 1}


def test_the_legend_offers_every_type_of_the_view_with_its_count(reader: Reader, pages: Pages):
    reader.open(pages("crowd"), fragment="#v=1&w=levels")
    counts = reader.run("""
        const rows = Array.from(document.querySelectorAll('#rail .row .pick')).slice(0, 5);
        return rows.map((row) => [row.querySelector('input').dataset.filter, row.querySelector('b').textContent]);""")
    assert counts == [["StateDirective", "3.000"], ["Official", "6.940"], ["Agency", "2.100"], ["Meeting", "6.940"], ["Award", "1.000"]]


def test_an_empty_view_tells_how_much_its_filter_hides_and_undoes_it(reader: Reader, pages: Pages):
    reader.open(pages("crowd"), fragment=f"#v=1&w=levels{only('PartyDirective')}")
    assert f"Bộ lọc đang ẩn cả {TIED:,} điểm".replace(",", ".") in reader.text("#note")
    reader.click("#note button")
    assert reader.run("return [govgraph.counts().nodes, document.getElementById('note').hidden]") == [LARGEST, True]


def test_an_empty_view_of_a_graph_without_its_kind_blames_no_filter(reader: Reader, pages: Pages):
    reader.open(pages("met"))
    assert "chưa có văn bản nào nối với văn bản khác" in reader.text("#note")
    assert "lọc" not in reader.text("#note")
    reader.click("#note button")
    assert reader.run("return [govgraph.state().view, document.getElementById('note').hidden]") == ["levels", True]
    reader.open(pages("silent"), fragment="#v=1&w=free")
    assert reader.text("#note") == "Bộ tư liệu này chưa có gì để vẽ."


def test_an_empty_table_tells_why(reader: Reader, pages: Pages):
    reader.open(pages("met"), fragment="#v=1&w=levels")
    reader.click("#asTable")
    assert reader.run("return document.querySelectorAll('#table tbody tr').length") == 2
    reader.run("GG.go({ rels: new Set(['chaired', 'attended']) })")
    assert reader.text("#table") == "Cả 2 quan hệ đang ẩn vì bộ lọc hoặc vì độ tin thấp."
    reader.run("GG.go({ view: 'plans' })")
    assert reader.text("#table") == "Cách xem này không có quan hệ nào."

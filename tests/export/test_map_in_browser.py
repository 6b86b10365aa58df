"""The map in a real browser: what a reader sees, types and clicks; and that the page asks the network for nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Reader
from graphs import CHAIRED, IMPLEMENTS, planted
from selenium.webdriver.common.keys import Keys

from graph.export import htmlmap
from graph.model import GraphData
from graph.registers.data import shipped

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_request_and_no_error")]

HOSTILE = "<script>document.title='gone'</script><img src=x onerror=\"document.title='gone'\"> Mơ"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, corpus_graph: GraphData) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("map")
    htmlmap.write(corpus_graph, shipped(), folder / "corpus.html")
    htmlmap.write(planted(), shipped(), folder / "planted.html")
    htmlmap.write(planted(HOSTILE), shipped(), folder / "hostile.html")
    return lambda name: folder / f"{name}.html"


def test_the_map_opens_on_directives_and_their_plans(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("corpus"))
    assert reader.run("return govgraph.state().view") == "plans"
    assert reader.text("#rail [aria-pressed=true]") == "Chỉ đạo và kế hoạch"
    assert reader.run("return govgraph.counts().lines") > 20


def test_labels_do_not_lie_on_each_other(reader: Reader, pages: Callable[[str], Path]):
    for view in ("plans", "levels", "free"):
        reader.open(pages("corpus"), fragment=f"#v=1&w={view}")
        boxes = [entry["box"] for entry in reader.run("return govgraph.labels()")]
        assert len(boxes) > 15
        overlaps = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
        assert overlaps == []


def test_the_legend_names_the_relations_in_both_languages(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("corpus"), fragment="#v=1&w=levels")
    legend = reader.text("#rail")
    for vietnamese, english in (("thực hiện", "implements"), ("dẫn chiếu", "references"), ("chủ trì", "chaired")):
        assert f"{vietnamese}\n{english}" in legend


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("so y te thai binh", "Sở Y tế tỉnh Thái Bình"),
        ("sở y tế", "Sở Y tế tỉnh Thái Bình"),
        ("77kh ubnd", "Kế hoạch số 77/KH-UBND"),
        ("9ct/tw", "Chỉ thị số 9-CT/TW"),
        ("Mở", "Trần Thị Mở"),
        ("Mơ", "Trần Thị Mơ"),
        ("chuongg trinh", "Chương trình số 12-CTr/TU"),
        ("giao ban", "Họp giao ban"),
    ],
)
def test_search_finds(reader: Reader, pages: Callable[[str], Path], words: str, first: str):
    reader.open(pages("planted"))
    assert reader.search(words)[0] == first


def test_search_without_accents_finds_both_namesakes(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    assert sorted(reader.search("tran thi mo")) == ["Trần Thị Mơ", "Trần Thị Mở"]


def test_a_search_without_result_says_so(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    assert reader.search("qqqzzz") == []
    assert "qqqzzz" in reader.text("#hits .none")


def test_a_click_on_a_line_shows_its_exact_sentence_and_source(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    reader.click_at(reader.run("return govgraph.middle('directive/77', 'implements', 'directive/12')"))
    reader.wait("return !document.getElementById('panel').hidden")
    assert reader.run("return document.querySelector('#panel mark').textContent") == IMPLEMENTS
    panel = reader.text("#panel")
    assert "thực hiện" in panel
    assert "89 ngày" in panel
    assert "Nguồn nói rõ" in panel
    assert "hop-giao-ban.txt" in panel
    assert "Họp giao ban" in panel


def test_a_click_on_a_thing_shows_its_facts(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    reader.click_at(reader.run("return govgraph.position('directive/77')"))
    reader.wait("return !document.getElementById('panel').hidden")
    panel = reader.text("#panel")
    for words in ("Kế hoạch số 77/KH-UBND", "14/05/2024", "Thái Bình", "Chương trình số 12-CTr/TU", "Sở Y tế tỉnh Thái Bình"):
        assert words in panel


def test_a_relation_in_the_panel_opens_its_evidence(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    reader.run("govgraph.select('official/mo')")
    reader.click("#panel .tie")
    assert reader.run("return document.querySelector('#panel mark').textContent") == CHAIRED


def test_an_edge_of_the_register_says_that_it_has_no_sentence_and_is_unverified(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    reader.run("govgraph.selectEdge('directive/12', 'implements', 'directive/9')")
    panel = reader.text("#panel")
    assert "Từ danh mục" in panel
    assert "chưa đối chiếu" in panel
    assert "không có câu trích" in panel
    assert reader.run("return document.querySelectorAll('#panel blockquote').length") == 0


def test_an_inferred_edge_says_why(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    reader.run("govgraph.selectEdge('official/mo', 'holdsPost', 'post/giam-doc')")
    assert "Suy ra" in reader.text("#panel")
    assert "tỉnh lấy từ nơi đăng tin" in reader.text("#panel")


def test_type_and_relation_filters_hide_and_count(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    whole = reader.run("return govgraph.counts()")
    reader.click("[data-filter=implements]")
    assert reader.run("return govgraph.counts()") == {"nodes": whole["nodes"], "lines": 0}
    assert "thực hiện" in reader.text("#strip .chip")
    reader.click("#strip .chip")
    assert reader.run("return govgraph.counts()") == whole
    reader.click("[data-filter=PartyDirective]")
    assert reader.run("return govgraph.counts()") == {"nodes": 1, "lines": 0}


def test_a_certainty_filter_hides_what_only_the_register_tells(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    before = reader.run("return govgraph.counts().lines")
    reader.click("[data-filter=register]")
    assert reader.run("return govgraph.counts().lines") == before - 1


def test_what_is_hardly_certain_is_hidden_and_counted(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"), fragment="#v=1&w=levels")
    before = reader.run("return govgraph.counts().lines")
    assert "1 điều độ tin thấp đang ẩn" in reader.text("#strip")
    reader.run("Array.from(document.querySelectorAll('#strip button')).find(b => b.textContent.includes('độ tin thấp')).click()")
    assert reader.run("return govgraph.counts().lines") == before + 1


def test_markup_in_a_name_stays_text(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("hostile"))
    reader.run("govgraph.select('official/mo')")
    assert HOSTILE in reader.run("return document.querySelector('#panel h2').textContent")
    assert reader.search("mo")[0]
    reader.run("govgraph.select('meeting/1')")
    reader.click("#asTable")
    assert reader.run("return document.querySelectorAll('#panel img, #panel script, #hits img, #table img, #table script').length") == 0
    assert reader.run("return document.title") != "gone"


def test_the_keyboard_alone_reaches_search_evidence_and_back(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    reader.type(Keys.TAB)
    assert reader.run("return document.activeElement.id") == "skip"
    reader.type("/")
    assert reader.run("return document.activeElement.id") == "q"
    reader.search("77 kh")
    reader.type(Keys.ENTER)
    assert reader.run("return govgraph.state().node") == "directive/77"
    assert reader.run("return document.activeElement.id") == "panel"
    reader.type(Keys.ESCAPE)
    assert reader.run("return document.getElementById('panel').hidden")
    reader.type(Keys.ARROW_DOWN)
    first = reader.run("return govgraph.state().node")
    reader.type(Keys.ARROW_UP)
    assert first
    assert reader.run("return govgraph.state().node") not in ("", first)


def test_the_skip_link_leads_to_the_same_view_as_a_table(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    lines = reader.run("return govgraph.counts().lines")
    reader.type(Keys.TAB, Keys.ENTER)
    assert reader.run("return document.activeElement.id") == "table"
    assert reader.run("return document.querySelectorAll('#table tbody tr').length") == lines
    assert IMPLEMENTS in reader.text("#table")
    reader.click("#table [data-relation]")
    assert not reader.run("return document.getElementById('panel').hidden")


def test_the_language_changes_words_and_leaves_names(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    reader.run("govgraph.select('directive/77')")
    reader.click("#language")
    assert reader.run("return document.documentElement.lang") == "en"
    assert "Directives and plans" in reader.text("#rail")
    assert "Kế hoạch số 77/KH-UBND" in reader.text("#panel h2")
    assert "14 May 2024" in reader.text("#panel")
    reader.click("#language")
    assert "14/05/2024" in reader.text("#panel")


def test_dark_and_light_differ(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = reader.run(ground)
    reader.click("#theme")
    assert reader.run(ground) != light
    reader.click("#theme")
    assert reader.run(ground) == light


def test_the_cascade_shows_each_hop_with_its_days(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    reader.run("govgraph.select('directive/9')")
    reader.click("#panel .strong")
    cards = reader.run("return Array.from(document.querySelectorAll('#tree .card[data-node]'), c => c.dataset.node)")
    assert cards == ["directive/9", "directive/12", "directive/77"]
    assert "89 ngày" in reader.text("#tree")
    reader.run("Array.from(document.querySelectorAll('#tree .hop button')).pop().click()")
    assert reader.run("return document.querySelector('#panel mark').textContent") == IMPLEMENTS


def test_back_returns_to_what_was_chosen_before(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    # A browser only goes back to what a reader did; so these are clicks.
    reader.click_at(reader.run("return govgraph.position('directive/77')"))
    reader.click_at(reader.run("return govgraph.position('directive/12')"))
    assert reader.run("return govgraph.state().node") == "directive/12"
    reader.driver.back()
    reader.wait("return govgraph.state().node === 'directive/77'")
    reader.driver.back()
    reader.wait("return govgraph.state().node === ''")


def test_an_address_opens_what_was_shared(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    reader.run("govgraph.selectEdge('directive/77', 'implements', 'directive/12')")
    fragment = reader.run("return location.hash")
    reader.open(pages("planted"), fragment=fragment)
    assert reader.run("return document.querySelector('#panel mark').textContent") == IMPLEMENTS


def test_an_address_of_something_gone_opens_the_map(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"), fragment="#v=1&w=nowhere&n=directive/0&r=a~b~c&xt=Nothing&f=x.txt")
    assert reader.run("return govgraph.state().view") == "plans"
    assert reader.run("return document.getElementById('panel').hidden")


def test_a_phone_starts_with_a_list_and_draws_only_around_a_chosen_thing(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("corpus"), size=(390, 844))
    assert reader.run("return document.querySelector('#canvas').hidden")
    assert reader.run("return document.documentElement.scrollWidth") <= 390
    reader.click("#home .start button")
    reader.wait("return govgraph.drawn")
    assert 1 < reader.run("return govgraph.counts().nodes") <= 25
    assert not reader.run("return document.getElementById('panel').hidden")
    assert reader.run("return document.documentElement.scrollWidth") <= 390


def test_csv_of_the_view_holds_each_relation_with_its_sentence(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    reader.run("window.saved = []; GG.save = (blob) => blob.text().then((text) => saved.push(text));")
    reader.run("document.getElementById('csv').click()")
    table = reader.wait("return window.saved[0]")
    assert table.splitlines()[0].removeprefix("\ufeff").startswith("from,relation,to,")
    assert IMPLEMENTS in table


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(reader: Reader, pages: Callable[[str], Path]):
    reader.open(pages("planted"))
    reader.run("window.cells = ''; GG.csv([['=1+1', '-2', 'a,b']]).text().then((t) => { window.cells = t; })")
    assert reader.wait("return window.cells").strip("\ufeff\r\n") == "'=1+1,'-2,\"a,b\""

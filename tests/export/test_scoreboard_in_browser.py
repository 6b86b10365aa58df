"""The scoreboard in a real browser: what a reader sees, clicks and types, and that its numbers are those of named queries."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

import ladders
import networkx as nx
import pytest
from browser import Reader
from graphs import planted
from pyoxigraph import NamedNode
from selenium.webdriver.common.keys import Keys
from wide import wide

from graph.export import htmlmap, scoreboard
from graph.model import GraphData
from graph.query import coverage
from graph.query.built import BuiltGraph
from graph.query.named import queries
from graph.query.sparql import bound
from graph.registers.data import shipped
from graph.registers.registers import Registers

BASE = shipped().ontology.base

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_request_and_no_error")]

HOSTILE = "<script>document.title='gone'</script><img src=x onerror=\"document.title='gone'\"> Mơ"
NEW, PLAN, UNKNOWN = "directive/25-CT-TW/2023", "directive/135-KH-UBND/2024", "unknown"
SENTENCE = "Kế hoạch số 135/KH-UBND đưa Chương trình số 52-CTr/TU vào cuộc sống."
NEWER = "Nguồn khác cũng ghi 135/KH-UBND triển khai 52-CTr/TU."

Pages = Callable[[str], Path]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, corpus_graph: GraphData, registers: Registers) -> Pages:
    folder = tmp_path_factory.mktemp("board")
    graphs = {"corpus": corpus_graph, "ladders": ladders.ladders(), "planted": planted(), "hostile": planted(HOSTILE), "wide": wide(registers)}
    for name, graph in graphs.items():
        scoreboard.write(graph, shipped(), folder / f"{name}.html")
    htmlmap.write(corpus_graph, shipped(), folder / "graph.html")
    return lambda name: folder / f"{name}.html"


@pytest.fixture(scope="module")
def built(corpus_graph: GraphData, tmp_path_factory: pytest.TempPathFactory) -> BuiltGraph:
    return BuiltGraph.open(ladders.write(corpus_graph, tmp_path_factory.mktemp("built") / "out"))


def _cell(directive: str, unit: str) -> str:
    return f"#v=1&c={directive}~{unit}"


# ---- the matrix and its evidence


def test_the_matrix_shows_the_three_states_in_signs_and_words(reader: Reader, pages: Pages):
    reader.open(pages("corpus"))
    signs = set(reader.run("return Array.from(document.querySelectorAll('#matrix td .sign, #matrix td .none'), n => n.textContent)"))
    assert {"✓", "◇", "◐", "·"} <= signs
    labels = reader.run("return Array.from(document.querySelectorAll('#matrix td[data-cell]'), n => n.getAttribute('aria-label'))")
    for words in ("Tìm thấy kế hoạch", "Mới thấy bàn, chưa thấy kế hoạch", "Mới có văn bản của Đảng", "Chưa thấy bằng chứng trong bộ tư liệu"):
        assert any(words in label for label in labels)
    assert "Không có nghĩa là chưa làm" in reader.text("#legend")


def test_no_evidence_is_never_red_never_counted_and_never_called_not_done(reader: Reader, pages: Pages):
    reader.open(pages("corpus"))
    look = reader.run("const s = getComputedStyle(document.querySelector('#matrix td.silent')); return [s.backgroundColor, s.color]")
    assert look == ["rgb(255, 255, 255)", "rgb(107, 118, 131)"]
    assert "chưa thực hiện" not in reader.text("#board")
    reader.click("#matrix td.silent")
    assert "Không có nghĩa là chưa làm" in reader.text("#panel")
    assert reader.run("return document.querySelectorAll('#panel blockquote').length") == 0


def test_a_click_on_a_cell_opens_its_sentence_its_way_and_its_source(reader: Reader, pages: Pages):
    reader.open(pages("ladders"))
    reader.click("#matrix td.claims")
    panel = reader.text("#panel")
    assert reader.run("return govgraph.state().cell") == f"{NEW}~{UNKNOWN}"
    assert SENTENCE in reader.run("return Array.from(document.querySelectorAll('#panel mark'), m => m.textContent)")
    for words in ("Tìm thấy kế hoạch", "202 ngày kể từ ngày ký", "+113 ngày", "+89 ngày", "bao-a.txt", "Tỉnh chưa nêu"):
        assert words in panel


def test_every_claiming_cell_opens_at_least_one_sentence_or_row(reader: Reader, pages: Pages):
    for view in ("then", "now"):
        for rows in ("province", "ministry"):
            reader.open(pages("corpus"), fragment=f"#v=1&t={view}&r={rows}")
            bare = reader.run("""
                return Array.from(document.querySelectorAll('#matrix td.claims')).filter(cell => {
                  cell.click();
                  return !document.querySelector('#panel blockquote mark, #panel .tag.register');
                }).map(cell => cell.getAttribute('aria-label'))""")
            assert bare == []


def test_plans_of_no_named_province_have_a_row_of_their_own_and_count_in_no_province(reader: Reader, pages: Pages):
    reader.open(pages("ladders"))
    assert reader.text("#matrix tbody th").startswith("Tỉnh chưa nêu")
    assert reader.run("return govgraph.figures()")[NEW]["plan"] == 0
    assert "+1 chưa rõ tỉnh" in reader.text("#matrix .sums")


def test_a_number_of_the_head_opens_its_rows(reader: Reader, pages: Pages):
    reader.open(pages("corpus"))
    reader.click("#matrix [data-figures]")
    rows = reader.run("return document.querySelectorAll('#panel [data-cell]').length")
    assert rows == 3
    assert 'govgraph query coverage-of-directive --param directive="21-NQ/TW@2017"' in reader.text("#panel")
    reader.click("#panel [data-cell]")
    assert reader.run("return document.querySelectorAll('#panel mark').length") > 0


def test_as_then_and_as_now_show_the_units_of_their_time(reader: Reader, pages: Pages):
    heads = "return Array.from(document.querySelectorAll('#matrix tbody th[scope=row]'), n => n.innerText.replace(/\\s+/g, ' ').trim())"
    reader.open(pages("corpus"))
    then = " | ".join(reader.run(heads))
    assert "Cần Thơ đến 30/06/2025" in then
    assert "Cần Thơ từ 01/07/2025" in then
    assert "Hậu Giang nay: Cần Thơ" in then
    assert "↖ 2/3 tỉnh cũ" in reader.text("#matrix")
    reader.click("#now")
    now = " | ".join(reader.run(heads))
    assert "Hậu Giang" not in now
    assert now.count("Cần Thơ") == 1
    partial = reader.run("return Array.from(document.querySelectorAll('#matrix .state.partial'), n => n.innerText)")
    assert any("2/3 tỉnh cũ" in words for words in partial)
    reader.click("#then")
    assert " | ".join(reader.run(heads)) == then


def test_only_rows_with_data_stand_there_until_the_others_are_asked_for(reader: Reader, pages: Pages):
    count = "return document.querySelectorAll('#matrix tbody th[scope=row]').length"
    reader.open(pages("corpus"), fragment="#v=1&t=now")
    few = reader.run(count)
    reader.click("#others")
    assert reader.run(count) == 1 + 34
    reader.click("#only")
    assert reader.run(count) == few


def test_ministries_have_a_matrix_of_their_own(reader: Reader, pages: Pages):
    reader.open(pages("corpus"))
    reader.click("#ministries")
    assert "Bộ Y tế" in reader.text("#matrix tbody")
    assert "Tỉnh chưa nêu" not in reader.text("#matrix")


def test_a_plan_before_its_directive_says_that_its_date_does_not_agree(reader: Reader, tmp_path: Path):
    early = ladders.document("directive/1-KH-UBND/2020", "Kế hoạch", "1/KH-UBND", "province", province=ladders.THAI_BINH.id)
    facts = [(ladders.B, early, "implements", ladders.NEW, "Kế hoạch số 1/KH-UBND."), (ladders.B, early, "issuedOn", "2020-01-02", "Ký ngày 02/01/2020.")]
    graph = ladders.ladders(facts)
    graph = GraphData(
        graph.base, tuple(sorted((*graph.entities, early), key=lambda e: e.id)), graph.statements, graph.registered, graph.sources, relations=graph.relations
    )
    scoreboard.write(graph, shipped(), tmp_path / "early.html")
    reader.open(tmp_path / "early.html", fragment=_cell(NEW, ladders.THAI_BINH.id))
    assert "ngày không khớp" in reader.text("#panel")
    assert reader.run("return govgraph.figures()")[NEW]["lags"] == [202]
    reader.run("document.getElementById('main').scrollTop = 9999")
    assert "Không tính vì ngày không khớp" in reader.text("#tab")


# ---- the numbers are those of named queries


def _rows(built: BuiltGraph, name: str, **values: object) -> list[dict[str, str | None]]:
    answer = bound(built, queries(shipped())[name].text, values)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.texts()]


def test_the_figures_of_every_directive_equal_a_named_query(reader: Reader, pages: Pages, built: BuiltGraph):
    shown: dict[str, list[dict]] = {}
    for rows in ("province", "ministry"):
        reader.open(pages("corpus"), fragment=f"#v=1&r={rows}")
        for directive, figures in reader.run("return govgraph.figures()").items():
            shown.setdefault(directive, []).append(figures)
    asked = {row["directive"].removeprefix(BASE): row for row in _rows(built, "coverage-by-directive")}
    assert shown.keys() == asked.keys()
    for directive, parts in shown.items():
        row = asked[directive]
        assert [sum(p[key] for p in parts) for key in ("plan", "party", "discussed", "unknown")] == [
            int(row[c]) for c in ("plans", "party", "discussed", "unknown")
        ]
        assert max((p["longest"] for p in parts if p["longest"] is not None), default=None) == (int(row["longest_lag"]) if row["longest_lag"] else None)
        assert max(p["newest"] for p in parts) == (row["newest"] or "")


def test_lags_and_medians_of_every_directive_equal_the_rows_of_a_named_query(reader: Reader, pages: Pages, built: BuiltGraph):
    reader.open(pages("corpus"))
    for directive, figures in reader.run("return govgraph.figures()").items():
        rows = _rows(built, "coverage-of-directive", directive=NamedNode(BASE + directive))
        lags = [int(row["days"]) for row in rows if row["days"] and "/agency/" not in (row["unit"] or "")]
        assert sorted(figures["lags"]) == sorted(lags)
        assert figures["median"] == (statistics.median(lags) if lags else None)


def test_the_figures_of_every_province_equal_a_named_query(reader: Reader, pages: Pages, built: BuiltGraph):
    reader.open(pages("corpus"))
    for row in _rows(built, "coverage-by-province"):
        figures = reader.run("return govgraph.ofUnit(arguments[0])", row["province"].removeprefix(BASE))
        assert (figures["plan"], figures["last"]) == (int(row["plans"]), row["last"] or "")
        assert figures["longest"] == (int(row["longest_lag"]) if row["longest_lag"] else None)


def test_the_meetings_of_every_directive_equal_a_named_query(reader: Reader, pages: Pages, built: BuiltGraph):
    reader.open(pages("corpus"))
    met = 0
    for directive in reader.run("return Object.keys(govgraph.figures())"):
        rows = _rows(built, "meetings-about-directive", directive=NamedNode(BASE + directive))
        assert set(reader.run("return govgraph.meetings(arguments[0])", directive)) == {row["meeting"].removeprefix(BASE) for row in rows}
        met += len(rows)
    assert met > 10


def test_as_now_equals_the_cells_of_the_command(reader: Reader, pages: Pages, built: BuiltGraph, registers: Registers):
    reader.open(pages("corpus"), fragment="#v=1&t=now")
    for directive, figures in reader.run("return govgraph.figures()").items():
        cells = [c for c in coverage.cells(built, registers, built.documents[BASE + directive], merged=True) if c.is_province or not c.unit]
        assert sorted(figures["lags"]) == sorted(c.lag for c in cells if c.lag is not None)
        assert figures["plan"] == sum(c.state == "plan" for c in cells if c.unit)


def test_citations_and_bodies_between_equal_named_queries(reader: Reader, pages: Pages, built: BuiltGraph):
    reader.open(pages("corpus"))
    cited = {row["l"]: row["n"] for row in reader.run("return GG.rest.cited.map(c => ({ l: GG.rest.docs[c.d].id, n: c.n }))")}
    asked = {row["directive"].removeprefix(BASE): int(row["documents"]) for row in _rows(built, "most-cited")}
    assert all(asked[directive] == n for directive, n in cited.items())
    network: nx.DiGraph[str] = nx.DiGraph((row["lower"], row["upper"]) for row in _rows(built, "bodies-passing-on"))
    share = {built.label(body): round(value, 2) for body, value in nx.betweenness_centrality(network, normalized=False).items() if value}
    assert {row["l"]: row["n"] for row in reader.run("return GG.rest.between")} == share


def test_posts_and_meetings_of_an_official_equal_named_queries(reader: Reader, pages: Pages, built: BuiltGraph):
    reader.open(pages("corpus"))
    people = reader.run("return GG.nodes.filter(n => n.ps && n.ps.length).map(n => n.id)")
    assert people
    for person in people[:8]:
        reader.run("govgraph.select(arguments[0])", person)
        lists = reader.run("return Array.from(document.querySelectorAll('#person .life'), l => l.children.length)")
        posts = {row["post"] for row in _rows(built, "posts-of-official", official=NamedNode(BASE + person))}
        parts = {(row["meeting"], row["relation"]) for row in _rows(built, "meetings-of-official", official=NamedNode(BASE + person))}
        assert lists[0] == len(posts)
        assert (lists[1] if len(lists) > 1 else 0) == len(parts)


# ---- views


def test_the_cascade_shows_each_hop_with_days_confidence_quote_and_source_both_ways(reader: Reader, pages: Pages):
    reader.open(pages("ladders"), fragment=f"#v=1&w=tree&o={NEW}")
    tree = reader.text("#tree")
    for words in ("52-CTr/TU", "113 ngày", "89 ngày", "202 ngày cả chặng", "0,95", "Từ danh mục", "chưa đối chiếu", NEWER, "bao-b.txt", "Dòng thời gian"):
        assert words in tree
    labels = reader.run("return Array.from(document.querySelectorAll('#tree .axis .label'), n => n.textContent)")
    assert labels[:2] == ["25-CT/TW", "52-CTr/TU"]
    reader.open(pages("ladders"), fragment=f"#v=1&w=tree&o={PLAN}&u=1")
    assert reader.run("return Array.from(document.querySelectorAll('#tree .card .t'), n => n.textContent)") == ["135/KH-UBND", "52-CTr/TU", "25-CT/TW"]
    assert "202 ngày cả chặng" in reader.text("#tree")


def test_a_hop_opens_its_sentence(reader: Reader, pages: Pages):
    reader.open(pages("ladders"), fragment=f"#v=1&w=tree&o={NEW}")
    reader.run("Array.from(document.querySelectorAll('#tree .hop button')).find(b => b.textContent.includes('89')).click()")
    assert reader.run("return Array.from(document.querySelectorAll('#panel mark'), m => m.textContent)") == [NEWER, SENTENCE]
    assert "89 ngày" in reader.text("#panel")


def test_an_official_has_posts_over_time_and_meetings_with_sentences(reader: Reader, pages: Pages):
    reader.open(pages("ladders"))
    reader.search("tran thi mo")
    reader.type(Keys.ENTER)
    assert reader.run("return govgraph.state().view") == "person"
    view = reader.text("#person")
    for words in ("Trần Thị Mơ", "Giám đốc Sở Y tế tỉnh Bắc Kạn", "Thấy nêu từ 16/05/2024 đến 02/09/2024", "chủ trì", "Hội nghị triển khai", "135/KH-UBND"):
        assert words in view
    reader.run("document.querySelectorAll('#person details').forEach(d => { d.open = true; })")
    assert "Bà Trần Thị Mơ chủ trì hội nghị." in reader.text("#person")


def test_the_tabs_show_lags_meetings_changes_and_what_their_figures_mean(reader: Reader, pages: Pages):
    reader.open(pages("corpus"))
    dots = reader.run("return document.querySelectorAll('#tab .dot').length")
    assert dots == sum(len(f["lags"]) for f in reader.run("return govgraph.figures()").values()) > 10
    assert "Cần Thơ 147" in reader.text("#tab table")
    reader.click("#tab-meetings")
    assert "Nguyễn Văn Giao" in reader.text("#tab")
    reader.click("#tab-changes")
    assert "govgraph build --since" in reader.text("#tab")
    reader.click("#tab-cited")
    assert "không phải văn bản nào quan trọng hơn" in reader.text("#tab")
    assert "bao nhiêu cặp cơ quan" in reader.text("#tab")


def test_the_address_holds_what_is_seen_and_back_undoes_a_choice(reader: Reader, pages: Pages):
    reader.open(pages("corpus"))
    reader.click("#now")
    reader.click("#matrix td.claims")
    state = reader.run("return govgraph.state()")
    fragment = reader.run("return location.hash")
    reader.open(pages("corpus"), fragment=fragment)
    assert reader.run("return govgraph.state()") == state
    reader.open(pages("corpus"))
    reader.click("#matrix td.claims")
    reader.driver.back()
    reader.wait("return document.getElementById('panel').hidden")


@pytest.mark.parametrize("fragment", ["#", "#v=1&c=x~y&n=%3Cimg%3E&o=7&w=tree&b=&s=", "#v=9&w=person&o=nobody", "#v=1&e=a~b~c&p=zzz&l=fr"])
def test_an_address_that_names_nothing_opens_the_page_all_the_same(reader: Reader, pages: Pages, fragment: str):
    reader.open(pages("corpus"), fragment=fragment)
    assert reader.run("return document.getElementById('panel').hidden")


def test_the_map_and_the_scoreboard_lead_to_each_other(reader: Reader, pages: Pages):
    reader.open(pages("corpus"))
    assert reader.run("return document.querySelector('.pages a').getAttribute('href')") == "graph.html"
    reader.click("#matrix td.claims")
    link = reader.run("return document.querySelector('#panel a.button').getAttribute('href')")
    reader.open(pages("graph"), fragment="#" + link.partition("#")[2])
    assert not reader.run("return document.getElementById('panel').hidden")
    assert reader.run("return document.querySelector('.pages a:not([aria-current])').getAttribute('href')") == "scoreboard.html"


# ---- for every reader


def test_the_keyboard_alone_reaches_a_cell_its_sentence_and_back(reader: Reader, pages: Pages):
    reader.open(pages("corpus"))
    reader.type(Keys.TAB)
    assert reader.run("return document.activeElement.id") == "skip"
    reader.type(Keys.ENTER)
    first = reader.run("return document.activeElement.dataset.cell")
    assert first
    reader.type(Keys.ARROW_DOWN)
    below = reader.run("return document.activeElement.dataset.cell")
    assert below != first
    reader.type(Keys.ARROW_UP, Keys.ENTER)
    assert reader.run("return document.activeElement.id") == "panel"
    assert reader.run("return document.querySelectorAll('#panel mark').length") > 0
    reader.type(Keys.ESCAPE)
    assert reader.run("return [document.getElementById('panel').hidden, document.activeElement.dataset.cell]") == [True, first]
    reader.type(Keys.HOME)
    assert reader.run("return document.activeElement.dataset.unit")
    reader.type(Keys.ENTER)
    assert not reader.run("return document.getElementById('panel').hidden")


def test_tabs_turn_with_the_arrows(reader: Reader, pages: Pages):
    reader.open(pages("corpus"))
    reader.run("document.getElementById('tab-lag').focus()")
    reader.type(Keys.ARROW_RIGHT)
    assert reader.run("return [document.activeElement.id, document.activeElement.getAttribute('aria-selected')]") == ["tab-meetings", "true"]


@pytest.mark.parametrize("name", ["corpus", "wide"])
@pytest.mark.parametrize("fragment", ["", "#v=1&w=tree", "#v=1&b=meetings", "#v=1&b=cited", "#v=1&t=now"])
def test_a_phone_shows_a_list_and_never_scrolls_sideways(reader: Reader, pages: Pages, name: str, fragment: str):
    reader.open(pages(name), size=(390, 844), fragment=fragment)
    assert reader.run("return document.documentElement.scrollWidth") <= 390
    assert reader.run("return document.querySelectorAll('#matrix table').length") == 0
    if "tree" not in fragment:
        reader.run("document.querySelector('.entries button').click()")
        assert reader.run("return document.querySelectorAll('#panel mark').length") > 0
        assert reader.run("return document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [1440, 1024])
def test_on_a_desk_only_the_matrix_scrolls_sideways(reader: Reader, pages: Pages, width: int):
    reader.open(pages("wide"), size=(width, 800))
    assert reader.run("return document.documentElement.scrollWidth") <= width
    assert reader.run("const b = document.querySelector('.scroll'); return b.scrollWidth > b.clientWidth")


@pytest.mark.parametrize(("view", "units"), [("then", 63), ("now", 34)])
def test_sixty_directives_by_all_provinces_stand_in_the_matrix(reader: Reader, pages: Pages, view: str, units: int):
    reader.open(pages("wide"), fragment=f"#v=1&t={view}")
    size = reader.run("return [document.querySelectorAll('#matrix [data-directive]').length, document.querySelectorAll('#matrix tbody th[scope=row]').length]")
    assert size == [60, units + 1]
    took = reader.run("const t = performance.now(); GG.drawBoard(); return performance.now() - t")
    assert took < 2000


def test_markup_in_a_name_stays_text(reader: Reader, pages: Pages):
    reader.open(pages("hostile"))
    reader.run("govgraph.select('official/mo')")
    assert HOSTILE in reader.text("#person")
    reader.run("govgraph.select('meeting/1')")
    assert HOSTILE in reader.text("#panel")
    reader.run("GG.go({ view: 'board', tab: 'meetings' })")
    assert HOSTILE in reader.text("#tab")
    assert reader.run("return document.querySelectorAll('main img, main script, #panel img, #hits img').length") == 0
    assert reader.run("return document.title") != "gone"


def test_the_language_changes_words_and_leaves_names(reader: Reader, pages: Pages):
    reader.open(pages("corpus"), fragment=_cell("directive/21-NQ-TW/2017", "province/can-tho"))
    reader.click("#language")
    assert reader.run("return document.documentElement.lang") == "en"
    for selector, words in (
        ("h1", "Which plan implements"),
        ("#legend", "No evidence in these sources"),
        ("#panel", "147 days after signing"),
        ("#panel", "Kế hoạch số 53/KH-UBND"),
        ("#matrix", "days"),
    ):
        assert words in reader.text(selector)
    reader.click("#language")
    assert "147 ngày kể từ ngày ký" in reader.text("#panel")


def test_dark_and_light_differ_and_the_states_with_them(reader: Reader, pages: Pages):
    looks = "return [document.body, document.querySelector('#matrix .state.plan')].map(n => getComputedStyle(n).backgroundColor)"
    reader.open(pages("corpus"))
    light = reader.run(looks)
    reader.click("#theme")
    dark = reader.run(looks)
    reader.click("#theme")
    assert all(a != b for a, b in zip(light, dark, strict=True))


def test_paper_lists_the_claims_with_numbered_sentences(reader: Reader, pages: Pages):
    reader.open(pages("corpus"))
    reader.run("window.dispatchEvent(new Event('beforeprint'))")
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        paper = reader.text("#paper")
        assert reader.run("return getComputedStyle(document.querySelector('#matrix')).display") == "none"
    finally:
        reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert "Không có nghĩa là chưa làm" in paper
    assert "147 ngày" in paper
    cells = reader.run("return document.querySelectorAll('#paper tbody tr').length")
    assert cells == reader.run("return GG.board().cells.length")
    assert reader.run("return document.querySelectorAll('#paper .notes li').length") > 20


def test_the_table_to_download_holds_what_is_seen(reader: Reader, pages: Pages):
    reader.open(pages("ladders"))
    reader.run("window.saved = []; GG.save = (blob) => blob.text().then((text) => saved.push(text));")
    reader.click("#csv")
    lines = reader.wait("return window.saved[0]").removeprefix("\ufeff").splitlines()
    assert lines[0].startswith("directive,unit,state,document,date,lag_days")
    assert lines[1].startswith("25-CT/TW,Tỉnh chưa nêu,plan,135/KH-UBND,2024-05-14,202,")
    assert len(lines) == 1 + 2

"""A question in plain words finds the query that answers it, in both languages, with and without accents."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.errors import QueryError
from graph.query.ask import understand
from graph.query.built import BuiltGraph
from graph.query.named import queries
from graph.registers.data import shipped
from graph.text.normalize import fold

QUESTIONS = [
    ("kế hoạch nào thực hiện chỉ thị 25", "plans-of-directive", {"directive": "chi thi 25"}),
    ("những tỉnh nào đã có kế hoạch triển khai Chỉ thị số 25-CT/TW?", "coverage-of-directive", {"directive": "chi thi 25-ct/tw"}),
    ("which plans implement 25-CT/TW", "plans-of-directive", {"directive": "25-ct/tw"}),
    ("văn bản nào triển khai nghị quyết 21-NQ/TW", "plans-of-directive", {"directive": "nghi quyet 21-nq/tw"}),
    ("kế hoạch 135 theo lệnh của ai", "superiors-of-document", {"document": "ke hoach 135"}),
    ("135/KH-UBND thực hiện chỉ đạo nào của cấp trên", "superiors-of-document", {"document": "135/kh-ubnd"}),
    ("whose order is 135/KH-UBND?", "superiors-of-document", {"document": "135/kh-ubnd"}),
    ("ai ký quyết định 2830/QĐ-UBND", "who-signed", {"document": "quyet dinh 2830/qd-ubnd"}),
    ("Nguyễn Văn Giao giữ chức gì", "posts-of-official", {"official": "nguyen van giao"}),
    ("ông Nguyễn Văn Giao là ai?", "posts-of-official", {"official": "nguyen van giao"}),
    ("Phạm Duy Hưng chủ trì những cuộc họp nào", "meetings-chaired-by", {"official": "pham duy hung"}),
    ("Phạm Duy Hưng đã phát biểu, dự họp ở đâu", "meetings-of-official", {"official": "pham duy hung"}),
    ("ai chủ trì họp về chỉ thị 25", "meetings-about-directive", {"directive": "chi thi 25"}),
    ("hội nghị nào bàn về 128/NQ-CP", "meetings-about-directive", {"directive": "128/nq-cp"}),
    ("các cuộc họp ở Hà Nội", "meetings-in-province", {"province": "ha noi"}),
    ("Hà Nội đã ban hành những kế hoạch nào", "directives-of-province", {"province": "ha noi"}),
    ("Hà Nội thực hiện những chỉ thị, nghị quyết nào", "directives-carried-out-in-province", {"province": "ha noi"}),
    ("văn bản nào dẫn chiếu 21-NQ/TW", "citing-documents", {"document": "21-nq/tw"}),
    ("17/KH-UBND viện dẫn những văn bản nào", "cited-by-document", {"document": "17/kh-ubnd"}),
    ("văn bản nào căn cứ 163/2024/QH15", "documents-based-on", {"document": "163/2024/qh15"}),
    ("văn bản nào được dẫn nhiều nhất", "most-cited", {}),
    ("cơ quan nào ban hành nhiều văn bản nhất", "issuing-bodies", {}),
    ("ai chủ trì nhiều cuộc họp nhất", "officials-by-meetings", {}),
    ("chỉ đạo nào chưa thấy ai thực hiện", "directives-without-plans", {}),
    ("những văn bản ban hành năm 2025", "documents-of-year", {"year": "2025"}),
    ("tỉnh nào chậm nhất, bao nhiêu ngày", "lag-of-plans", {}),
    ("những văn bản nào đã bị bãi bỏ", "amendments", {}),
    ("ai được tặng bằng khen", "awards", {}),
    ("bộ tư liệu gồm những nguồn nào", "sources", {}),
    ("điều gì chỉ là suy ra", "inferred-facts", {}),
]


@pytest.fixture(scope="module")
def graph(root, tmp_path_factory) -> BuiltGraph:
    out = tmp_path_factory.mktemp("ask") / "out"
    assert CliRunner().invoke(main, ["build", "--input", str(root / "data" / "corpus"), "--out", str(out), "--exports", "nt", "--no-cache"]).exit_code == 0
    return BuiltGraph.open(out)


@pytest.mark.parametrize("accents", [True, False], ids=["as written", "without accents"])
@pytest.mark.parametrize(("question", "name", "values"), QUESTIONS, ids=[q for q, _, _ in QUESTIONS])
def test_a_question_finds_its_query_and_what_it_names(graph, question, name, values, accents):
    best = understand(graph, question if accents else fold(question))[0]
    assert best.query.name == name
    assert {k: fold(v) for k, v in best.values.items()} == values


@pytest.mark.parametrize("question", ["", "???", "trời hôm nay có mưa không", "what is the weather like"])
def test_a_question_about_something_else_is_refused(graph, question):
    with pytest.raises(QueryError, match=r"ask something|no question"):
        understand(graph, question)


@pytest.mark.parametrize("name", list(queries(shipped())))
def test_each_query_can_be_asked_for_in_both_languages(name):
    phrases = [line for line in queries(shipped())[name].text.splitlines() if line.startswith("# ask:")]
    assert len(phrases) == 2
    assert not phrases[0].isascii(), "the first line is Vietnamese"
    assert phrases[1].isascii()


def test_the_command_says_which_query_it_ran(graph):
    done = CliRunner().invoke(main, ["ask", "ke hoach nao thuc hien chi thi 25", "--graph", str(graph.folder), "--csv"])
    assert done.exit_code == 0, done.output
    assert "govgraph query plans-of-directive --param 'directive=chi thi 25'" in done.stderr
    assert "135/KH-UBND" in done.stdout

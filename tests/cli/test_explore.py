"""The commands that ask a graph: what they print for people, what for programs, and how they fail."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import ladders
import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.query.named import queries
from graph.registers.data import shipped


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return str(ladders.write(ladders.ladders(), tmp_path_factory.mktemp("explore") / "out"))


def _run(out, *args, **values):
    return CliRunner().invoke(main, [*args, "--graph", out], **values)


def _lines(out, *args):
    done = _run(out, *args)
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


# ---- trace

TREE = """\
Chỉ thị 25-CT/TW · Ban Bí thư · 25/10/2023
├─ +113 ngày  Chương trình 52-CTr/TU · 15/02/2024                           0,95
│  │ Bắc Kạn
│  │ “Chương trình số 52-CTr/TU … thực hiện Chỉ thị số 25-CT/TW”      [bao-a ¶4]
│  └─ +89 ngày (202 cả chặng)  Kế hoạch 135/KH-UBND · 14/05/2024         0,95 ×2
│       Ủy ban nhân dân tỉnh (tỉnh chưa nêu)
│       “Kế hoạch số 135/KH-UBND đưa Chương trình số 52-CTr/TU vào…”  [bao-a ¶6]
├─ chưa rõ số ngày  Hướng dẫn 7/HD-BYT · 03/2024 · hướng dẫn                0,95
│    Bộ Y tế
│    “Hướng dẫn số 7/HD-BYT giải thích Chỉ thị số 25-CT/TW.”          [bao-b ¶2]
├┄ +163 ngày  Quyết định 281/QĐ-TTg · 05/04/2024                      [danh mục]
│    không có câu trích
└┄ chưa rõ số ngày  Quyết định 900/QĐ-TTg · không rõ ngày [danh mục, chưa đối chiếu]
     không có câu trích

4 văn bản · 2 bước · lâu nhất 202 ngày · tỉnh 1, +1 chưa rõ · nguồn 2
"""


def test_trace_prints_the_tree_with_days_sentences_and_sources(out):
    done = _run(out, "trace", "25-CT/TW@2023")
    assert (done.exit_code, done.stdout, done.stderr) == (0, TREE, "")


def test_trace_fits_a_terminal_of_eighty_columns(out):
    assert all(len(line) <= 84 for line in _lines(out, "trace", "25-CT/TW@2023"))
    assert sum(len(line) > 80 for line in _lines(out, "trace", "25-CT/TW@2023")) <= 1


def test_trace_upwards_says_whose_order_a_plan_is(out):
    lines = _lines(out, "trace", "135/KH-UBND", "--up")
    assert lines[1].startswith("└─ +89 ngày  Chương trình 52-CTr/TU · 15/02/2024")
    assert lines[4].strip().startswith("└─ +113 ngày (202 cả chặng)  Chỉ thị 25-CT/TW · 25/10/2023")


def test_trace_names_all_documents_of_one_number_on_stderr_and_follows_the_one_carried_out(out):
    done = _run(out, "trace", "25-CT/TW")
    assert done.stdout == TREE
    assert done.stderr.splitlines() == [
        "# Có 2 văn bản ứng với “25-CT/TW”:",
        "#   Chỉ thị 25-CT/TW · 25/10/2023 · Ban Bí thư · Củng cố y tế cơ sở trong tình hình mới (đang xem)",
        "#   Chỉ thị 25-CT/TW · 08/08/2018 · Đối ngoại đa phương",
        "# Chọn một bản: govgraph trace 25-CT/TW@2023",
    ]


def test_trace_of_a_document_that_nothing_carries_out_does_not_say_that_nothing_was_done(out):
    assert _lines(out, "trace", "25-CT/TW@2018")[-1] == "Chưa thấy văn bản nào thực hiện Chỉ thị 25-CT/TW trong bộ tư liệu."


def test_trace_takes_words_without_quotation_marks(out):
    assert _lines(out, "trace", "y", "te", "co", "so")[0] == "Chỉ thị 25-CT/TW · Ban Bí thư · 25/10/2023"


def test_trace_in_english_and_ascii(out):
    lines = _lines(out, "trace", "25-CT/TW@2023", "--lang", "en", "--ascii")
    assert lines[0] == "Directive 25-CT/TW - Ban Bí thư - 25 October 2023"
    assert lines[1].startswith("|- +113 days  Programme 52-CTr/TU - 15 February 2024")
    assert lines[1].endswith("0.95")
    assert not set("├└│┄·…“”¶×") & set("".join(lines))


def test_trace_with_full_shows_every_sentence_whole(out):
    text = "\n".join(_lines(out, "trace", "52-CTr/TU", "--full"))
    assert "“Kế hoạch số 135/KH-UBND đưa Chương trình số 52-CTr/TU vào cuộc sống.” [bao-a ¶6]" in text
    assert "“Nguồn khác cũng ghi 135/KH-UBND triển khai 52-CTr/TU.”" in text


def test_trace_as_json_has_iso_dates_full_quotes_and_offsets(out):
    (tree,) = json.loads(_run(out, "trace", "25-CT/TW@2023", "--json").stdout)
    assert (tree["number"], tree["date"], tree["documents"], tree["steps"], tree["longest_days"]) == ("25-CT/TW", "2023-10-25", 4, 2, 202)
    plan = tree["hops"][0]["hops"][0]
    assert (plan["number"], plan["date"], plan["days"], plan["total_days"]) == ("135/KH-UBND", "2024-05-14", 89, 202)
    passage = plan["evidence"][0]["passages"][0]
    assert passage["quote"] == "Kế hoạch số 135/KH-UBND đưa Chương trình số 52-CTr/TU vào cuộc sống."
    assert passage["end"] - passage["start"] == len(passage["quote"])
    assert tree["hops"][-1]["evidence"] == [{"register_row": ladders.ROW, "verified": False}]


def test_trace_as_csv_has_one_row_a_hop_and_statement(out):
    rows = list(csv.DictReader(io.StringIO(_run(out, "trace", "25-CT/TW@2023", "--csv").stdout)))
    assert [(r["depth"], r["number"], r["days"], r["total_days"], r["superior"]) for r in rows] == [
        ("1", "52-CTr/TU", "113", "113", "25-CT/TW"), ("2", "135/KH-UBND", "89", "202", "52-CTr/TU"), ("2", "135/KH-UBND", "89", "202", "52-CTr/TU"),
        ("1", "7/HD-BYT", "", "", "25-CT/TW"), ("1", "281/QĐ-TTg", "163", "163", "25-CT/TW"), ("1", "900/QĐ-TTg", "", "", "25-CT/TW"),
    ]  # fmt: skip


def test_trace_without_directive_counts_the_documents_that_carry_each_out(out):
    rows = json.loads(_run(out, "trace", "--json").stdout)
    assert [(r["implementing"], r["directive"]) for r in rows][:3] == [(4, "Chỉ thị 25-CT/TW"), (1, "Chương trình 52-CTr/TU"), (0, "Chỉ thị 25-CT/TW")]
    assert len(rows) == 11
    assert _lines(out, "trace")[2].split()[:4] == ["4", "Chỉ", "thị", "25-CT/TW"]


def test_trace_shows_an_impossible_span_and_a_cycle_as_such(tmp_path):
    more = (
        (ladders.B, ladders.OLD, "implements", ladders.NEW, "Chỉ thị cũ thực hiện chỉ thị mới."),
        (ladders.B, ladders.NEW, "implements", ladders.PLAN, "Chỉ thị mới thực hiện kế hoạch."),
    )
    folder = str(ladders.write(ladders.ladders(more), tmp_path / "out"))
    text = _run(folder, "trace", "25-CT/TW@2023").stdout
    assert "-1904 ngày (ngày không khớp)  Chỉ thị 25-CT/TW · 08/08/2018" in text
    assert "[vòng lặp]" in text


@pytest.mark.shared
def test_trace_on_the_seeds_gives_the_two_hops_with_113_89_and_202_days(shared, tmp_path):
    folder = str(tmp_path / "out")
    built = CliRunner().invoke(main, ["build", "--input", str(shared / "seeds"), "--out", folder, "--exports", "nt,facts", "--no-cache"])
    assert built.exit_code == 0, built.output
    (tree,) = json.loads(_run(folder, "trace", "25-CT/TW", "--json").stdout)
    (programme,) = [h for h in tree["hops"] if h["number"] == "52-CTr/TU"]
    (plan,) = programme["hops"]
    assert [(h["number"], h["days"], h["total_days"]) for h in (programme, plan)] == [("52-CTr/TU", 113, 113), ("135/KH-UBND", 89, 202)]
    assert all(h["evidence"][0]["passages"][0]["quote"] for h in (programme, plan))


# ---- who, meetings, stats


def test_who_shows_posts_meetings_and_signatures_each_with_its_sentence(out):
    assert _lines(out, "who", "le", "van", "an") == [
        "Lê Văn An",
        "  Cục trưởng Cục Phòng bệnh Bộ Y tế · Thấy nêu ngày 02/09/2024",
        "    “Cục trưởng Lê Văn An nói.”                             [bao-b ¶11] [suy ra]",
        "  chủ trì Buổi làm việc · không rõ ngày",
        "    “Ông Lê Văn An chủ trì buổi làm việc.”                           [bao-b ¶12]",
        "  dự Hội nghị triển khai · 16/05/2024",
        "    “Ông Lê Văn An dự hội nghị.”                                     [bao-a ¶13]",
        "  ký Kế hoạch 135/KH-UBND · 14/05/2024",
        "    “Ông Lê Văn An ký Kế hoạch số 135/KH-UBND.”                       [bao-a ¶9]",
    ]


def test_who_warns_that_one_name_need_not_be_one_person(out):
    done = _run(out, "who", "tran thi mo")
    assert "cùng tên chưa chắc là một người" in done.stderr
    assert done.stdout.count("Trần Thị M") >= 2


def test_who_gives_the_range_of_attestation(out):
    assert "Thấy nêu từ 16/05/2024 đến 02/09/2024" in _run(out, "who", "Trần Thị Mơ").stdout


def test_who_as_json_and_csv_holds_the_same_facts(out):
    (person,) = json.loads(_run(out, "who", "le van an", "--json").stdout)
    rows = list(csv.DictReader(io.StringIO(_run(out, "who", "le van an", "--csv").stdout)))
    assert [person["posts"][0]["post"], *(a["label"] for a in person["acts"])] == [r["thing"] for r in rows]
    assert rows[0]["first"] == person["posts"][0]["first_attested"] == "2024-09-02"


def test_meetings_tell_who_chaired_what_about_which_directive(out):
    assert _lines(out, "meetings", "--directive", "25-CT/TW", "--province", "bac kan", "--official", "Trần Thị Mơ") == [
        "16/05/2024 · Hội nghị triển khai · Bắc Kạn",
        "  chủ trì: Trần Thị Mơ",
        "  tổ chức: Sở Y tế tỉnh Bắc Kạn",
        "  dự: Lê Văn An",
        "  bàn về: Kế hoạch 135/KH-UBND",
        "    “Bà Trần Thị Mơ chủ trì hội nghị.”                               [bao-a ¶12]",
    ]


def test_meetings_that_fit_nothing_are_no_error(out):
    done = _run(out, "meetings", "--province", "thai binh")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Chưa thấy cuộc họp nào" in done.stderr
    assert json.loads(_run(out, "meetings", "--province", "thai binh", "--json").stdout) == []


def test_stats_counts_the_same_for_people_and_programs(out):
    counts = json.loads(_run(out, "stats", "--json").stdout)
    assert (counts["types"]["Directive"], counts["relations"]["implements"]) == (11, {"edges": 2, "statements": 3, "registered": 2})
    rows = list(csv.DictReader(io.StringIO(_run(out, "stats", "--csv").stdout)))
    assert {(r["what"], r["name"]): r["count"] for r in rows}["relation", "implements"] == "3"
    text = _run(out, "stats").stdout
    assert text.startswith("33 phát biểu từ 2 nguồn, 1 có phần suy ra")


# ---- query


def test_query_without_name_lists_all_questions_in_both_languages(out):
    rows = json.loads(_run(out, "query", "--json").stdout)
    assert [r["name"] for r in rows] == sorted(queries(shipped()))
    assert all(r["title_vi"] and r["title_en"] and r["example"] for r in rows)


def test_query_prints_labels_with_the_sentence_below_and_tells_what_the_words_were_taken_for(out):
    done = _run(out, "query", "who-signed", "--param", "document=135kh ubnd")
    assert done.stdout.splitlines() == ["người", "─────────", "Lê Văn An", "  “Ông Lê Văn An ký Kế hoạch số 135/KH-UBND.” [bao-a]"]
    assert "“135kh ubnd” được hiểu là Kế hoạch 135/KH-UBND@2024" in done.stderr


def test_query_gives_programs_iris_and_iso_dates(out):
    rows = json.loads(_run(out, "query", "documents-of-year", "--param", "year=2018", "--json").stdout)
    assert rows == [
        {
            "documentLabel": "Chỉ thị số 25-CT/TW", "date": "2018-08-08", "subject": "Đối ngoại đa phương",
            "document": "https://example.org/id/directive/25-CT-TW/2018", "year": "2018-08-08",
        }
    ]  # fmt: skip


def test_query_shows_its_sparql(out):
    assert "PREFIX hg:" in _run(out, "query", "who-signed", "--show").stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["query", "who-sign"], "close to it: who-signed"),
        (["query", "who-signed"], "needs --param document"),
        (["query", "who-signed", "--param", "document"], "name=value"),
        (["query", "who-signed", "--param", "documents=1"], "no parameter"),
        (["query", "who-signed", "--param", "document=1/KH-UBND"], "not found"),
        (["trace", "99-CT/TW"], "close to it"),
        (["who", "Ngô Không Ai"], "not found"),
        (["meetings", "--province", "Atlantis"], "not found"),
        (["sparql", "no-such-file.rq"], "can't be read"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_answered_is_said_on_stderr_with_exit_code_two(out, args, words):
    done = _run(out, *args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.output


# ---- sparql


def test_sparql_from_standard_input_needs_no_prefixes(out):
    done = _run(out, "sparql", "-", "--csv", input="SELECT ?n { ?d hg:number ?n . ?d a hg:PartyDirective } ORDER BY ?n")
    assert done.stdout.splitlines() == ["n", "25-CT/TW", "25-CT/TW", "52-CTr/TU"]


def test_sparql_from_a_file_with_byte_order_mark(out, tmp_path):
    path = tmp_path / "q.rq"
    path.write_bytes(b"\xef\xbb\xbfASK {\r\n ?s hg:implements ?o }")
    assert _run(out, "sparql", str(path)).stdout == "true\n"
    assert json.loads(_run(out, "sparql", str(path), "--json").stdout) == {"boolean": True}


def test_sparql_shortens_iris_for_people_only(out):
    query = "SELECT ?p { ?s ?p <https://example.org/id/directive/52-CTr-TU/2024> . FILTER(?p = hg:implements) }"
    assert _run(out, "sparql", "-", input=query).stdout.splitlines()[-1].strip() == "hg:implements"
    assert json.loads(_run(out, "sparql", "-", "--json", input=query).stdout) == [{"p": "https://w3id.org/vn-health-governance/ontology#implements"}]


def test_sparql_prints_triples_as_turtle_json_ld_or_rows(out):
    query = "CONSTRUCT WHERE { ?s hg:amends ?o }"
    assert "hg:amends" in _run(out, "sparql", "-", input=query).stdout
    assert json.loads(_run(out, "sparql", "-", "--json", input=query).stdout)[0]["@id"].endswith("11-TT-BYT/2024")
    assert len(_run(out, "sparql", "-", "--csv", input=query).stdout.splitlines()) == 2


def test_sparql_shows_the_place_of_an_error_in_the_users_text(out):
    done = _run(out, "sparql", "-", input="SELECT ?x {\n ?x hg:number\n}")
    assert done.exit_code == 2
    assert done.stderr.splitlines()[0].startswith("govgraph: line 3, column 1: ")
    assert done.stderr.splitlines()[2] == "  ^"


@pytest.mark.parametrize("query", ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "DELETE WHERE { ?s ?p ?o }"])
def test_sparql_refuses_other_servers_and_updates(out, query):
    done = _run(out, "sparql", "-", input=query)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "refused" in done.stderr


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(out):
    assert _run(out, "sparql", "-", "--csv", input='SELECT ("=1+1" AS ?x) (-5 AS ?y) { }').stdout.splitlines()[1] == "'=1+1,-5"


# ---- the process as a whole


def test_a_pipe_gets_the_same_bytes_whatever_its_encoding(out):
    command = [sys.executable, "-m", "graph", "trace", "25-CT/TW@2023", "--graph", out]
    utf8 = subprocess.run(command, capture_output=True, check=True, env={"PATH": "", "PYTHONIOENCODING": "utf-8"})
    assert utf8.stdout.decode("utf-8") == TREE
    latin = subprocess.run(command, capture_output=True, check=True, env={"PATH": "", "PYTHONIOENCODING": "ascii"})
    assert latin.stdout == utf8.stdout


@pytest.mark.parametrize("command", ["trace", "who", "meetings", "stats", "query", "sparql"])
def test_help_of_a_command_loads_no_engine(command):
    heavy = ("pyoxigraph", "rdflib", "pyshacl", "networkx")
    code = f"import sys; from graph.cli import main; main([{command!r}, '--help'], standalone_mode=False); print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"

"""A kind of relation is declared once: two files and twenty lines, and every command and page takes it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import networkx as nx
import pytest
from browser import Reader
from sector import Sector, run, said

from graph.registers.data import shipped

DECLARED = """
hg:supervises a owl:ObjectProperty ;
    rdfs:domain hg:Agency ;
    rdfs:range hg:Agency ;
    rdfs:label "giám sát"@vi , "supervises"@en .
"""
TOLD = """
  - id: supervises
    predicate: supervises
    confidence: 0.9
    cues: [giám sát]
    patterns:
      - '{subject:Agency} %adv(?:tổ chức )?giám sát {object:Agency+}'
      - '{object:Agency} %advchịu sự giám sát của {subject:Agency}'
    examples:
      - {text: "Thanh tra Bộ giám sát Sở Y tế tỉnh Lào Cai.", yields: ["Thanh tra Bộ supervises Sở Y tế tỉnh Lào Cai"]}
      - {text: "Trung tâm Y tế huyện Bắc Hà chịu sự giám sát của Sở Y tế tỉnh Lào Cai.", yields: ["Sở Y tế tỉnh Lào Cai supervises Trung tâm Y tế"]}
    counter_examples:
      - "Sở Y tế tỉnh Lào Cai giám sát việc mua sắm thuốc."
"""
FIRST = "Ngày 14/5/2024, Bộ Y tế giám sát Sở Y tế tỉnh Lào Cai về mua sắm thuốc."
SECOND = "Trung tâm Y tế huyện Bắc Hà chịu sự giám sát của Sở Y tế tỉnh Lào Cai."
TEXT = f"""Giám sát mua sắm thuốc tại Lào Cai
2024-05-16

{FIRST} Kế hoạch số 77/KH-UBND ngày 14/5/2024 của UBND tỉnh Lào Cai triển khai Chỉ thị số 19/CT-TTg ngày 10/5/2024 của Thủ tướng Chính phủ.

{SECOND}
"""
MINISTRY, OFFICE = "agency/bo-y-te", "agency/so-y-te/lao-cai"


@pytest.fixture(scope="module")
def desk(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Sector:
    desk = Sector(root, tmp_path_factory.mktemp("supervises"), {"giam-sat.txt": TEXT})
    desk.add("ontology.ttl", DECLARED)
    desk.add("rules/relations.yaml", TOLD)
    done = desk.build()
    assert done.exit_code == 0, done.output
    return desk


EDGES = {("Bộ Y tế", "Sở Y tế tỉnh Lào Cai"), ("Sở Y tế tỉnh Lào Cai", "Trung tâm Y tế huyện Bắc Hà")}


def test_twenty_lines_are_enough(desk: Sector):
    assert len((DECLARED + TOLD).split("\n")) - 2 <= 20
    kind = shipped().ontology.relations
    assert "supervises" not in kind
    assert f"{len(kind) + 1} kinds of relation" in said("check-data", "--data", desk.data)
    assert desk.facts("supervises") == EDGES


def test_validate_finds_nothing(desk: Sector):
    assert json.loads(said("validate", "--graph", desk.out, "--json"))["findings"] == []


@pytest.mark.parametrize(("lang", "words"), [("vi", "giám sát"), ("en", "supervises")])
def test_stats_count_it_in_words(desk: Sector, lang: str, words: str):
    (row,) = [line.split() for line in said("stats", "--graph", desk.out, "--lang", lang).splitlines() if line.startswith(f"{words} ")]
    assert row[-3:] == ["2", "2", "0"]


def test_trace_still_tells_the_cascade(desk: Sector):
    assert "77/KH-UBND" in said("trace", "19/CT-TTg@2024", "--graph", desk.out)


@pytest.mark.parametrize("start", [MINISTRY, "Bộ Y tế", "bộ y tế"])
def test_a_path_goes_over_it(desk: Sector, start: str):
    found = said("path", start, "Trung tâm Y tế huyện Bắc Hà", "--graph", desk.out, "--full")
    assert found.count("giám sát  [") == 2
    assert FIRST in found
    assert SECOND in found


def test_a_query_tells_its_sentences(desk: Sector):
    table = csv.DictReader(io.StringIO(said("query", "evidence-of-relation", "--param", "relation=supervises", "--graph", desk.out, "--csv")))
    assert [row["exact"] for row in table] == [FIRST, SECOND]


def test_graphml_has_its_edges(desk: Sector):
    edges = nx.read_graphml(desk.out / "graph.graphml").edges(data=True)
    assert sum("supervises" in values.values() for _, _, values in edges) == 2


def test_every_page_has_its_words(desk: Sector):
    for page in ("graph.html", "scoreboard.html"):
        assert '"rel.supervises":["giám sát","supervises"]' in (desk.out / page).read_text(encoding="utf-8")


def test_a_reviewer_can_reject_one_and_take_it_back(desk: Sector):
    review = ("review", "--graph", desk.out, "--ledger", desk.folder / "said")
    said(*review, "--reject", MINISTRY, "supervises", OFFICE, "--who", "Lan", "--why", "chỉ là dự kiến")
    assert desk.build().exit_code == 0
    assert desk.facts("supervises") == EDGES - {("Bộ Y tế", "Sở Y tế tỉnh Lào Cai")}
    assert "giám sát" in said(*review, "--judged")
    said(*review, "--undo", MINISTRY, OFFICE)
    before = desk.out.rename(desk.folder / "rejected")
    assert desk.build().exit_code == 0
    assert desk.facts("supervises") == EDGES
    assert "+ Bộ Y tế · giám sát · Sở Y tế tỉnh Lào Cai" in run("diff", before, desk.out).stdout


@pytest.mark.browser
def test_the_map_draws_names_and_filters_it(desk: Sector, reader: Reader):
    reader.open(desk.out / "graph.html", fragment="#v=1&w=free")
    assert "giám sát\nsupervises" in reader.text("#rail")
    lines = reader.run("return govgraph.counts().lines")
    reader.click("[data-filter=supervises]")
    assert reader.run("return govgraph.counts().lines") == lines - 2
    reader.run("govgraph.selectEdge(arguments[0], 'supervises', arguments[1])", MINISTRY, OFFICE)
    assert FIRST in reader.text("#panel")


@pytest.mark.browser
def test_the_scoreboard_opens_without_an_error(desk: Sector, reader: Reader):
    reader.open(desk.out / "scoreboard.html")
    assert reader.run("return document.querySelectorAll('#matrix td').length") > 0
    assert [entry for entry in reader.logs("browser") if entry["level"] in ("SEVERE", "WARNING")] == []


# ---- a relation that nothing declares


def test_a_rule_of_a_relation_that_the_vocabulary_lacks_is_one_line_and_nothing_is_read(root: Path, tmp_path: Path):
    desk = Sector(root, tmp_path, {"giam-sat.txt": TEXT})
    desk.add("rules/relations.yaml", TOLD)
    checked = run("check-data", "--data", desk.data)
    assert checked.exit_code == 1
    (line,) = [found for found in checked.stdout.splitlines() if "supervises" in found]
    assert line == "rules: relations.yaml, rule supervises: unknown predicate 'supervises': ontology.ttl declares no such relation"
    (desk.texts / "giam-sat.txt").unlink()
    (desk.texts / "giam-sat.txt").mkdir()  # whoever reads it would say so
    done = desk.build()
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == ["govgraph: " + line.removeprefix("rules: ")]
    assert not desk.out.exists()


def test_no_four_names_of_relations_stand_in_a_row_in_code_or_shapes(root: Path):
    name = rf"\b(?:{'|'.join(shipped().ontology.relations)})\b"
    row = re.compile(rf"{name}(?:\W+(?:[\w.]+\W+){{0,3}}?{name}){{3}}")  # `"chaired": Kind.OFFICIAL, "attended": …` is a list too
    for path in sorted((root / "graph").rglob("*")):
        if path.suffix in (".py", ".js", ".css", ".html"):
            assert row.findall(path.read_text(encoding="utf-8")) == [], path
    assert len(re.findall(rf"hg:{name}", (root / "data" / "shapes.ttl").read_text(encoding="utf-8"))) < 4

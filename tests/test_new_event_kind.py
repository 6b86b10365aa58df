"""A kind of event apart from meetings: a class below hg:Meeting, and the nouns that mean it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from browser import Reader
from sector import Sector, run, said

CLASS = """
hg:Inspection a owl:Class ;
    rdfs:subClassOf hg:Meeting ;
    rdfs:label "Đợt kiểm tra"@vi , "Inspection"@en .
"""
TEXT = """Kiểm tra an toàn thực phẩm tại Lào Cai
2024-05-16

Sáng 14/5/2024, đồng chí Lê Văn An, Giám đốc Sở Y tế tỉnh Lào Cai chủ trì buổi kiểm tra về an toàn thực phẩm.
"""
MEETING = """Giao ban công tác y tế tại Lào Cai
2024-05-20

Sáng 20/5/2024, đồng chí Lê Văn An, Giám đốc Sở Y tế tỉnh Lào Cai chủ trì hội nghị giao ban công tác y tế.
"""


@pytest.fixture(scope="module")
def sector(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Sector:
    sector = Sector(root, tmp_path_factory.mktemp("inspection"), {"kiem-tra.txt": TEXT, "giao-ban.txt": MEETING})
    sector.add("ontology.ttl", CLASS)
    nouns = sector.data / "lexicon" / "meetings.yaml"
    text = nouns.read_text(encoding="utf-8")
    assert "{noun: buổi kiểm tra}" in text
    nouns.write_text(text.replace("{noun: buổi kiểm tra}", "{noun: buổi kiểm tra, class: Inspection}"), encoding="utf-8")
    done = sector.build()
    assert done.exit_code == 0, done.output
    return sector


def test_it_is_written_with_its_class_and_still_is_a_meeting(sector: Sector):
    with (sector.out / "nodes.csv").open(encoding="utf-8-sig", newline="") as file:
        classes = {row["label"]: row["class"] for row in csv.DictReader(file) if row["type"] == "Meeting"}
    assert sorted(classes.values()) == ["Inspection", "Meeting"]
    assert next(label for label, name in classes.items() if name == "Inspection").startswith("Buổi kiểm tra")
    triples = (sector.out / "graph.nt").read_text(encoding="utf-8")
    assert [triples.count(f"ns#type> <https://w3id.org/vn-health-governance/ontology#{name}>") for name in ("Meeting", "Inspection")] == [2, 1]


def test_the_checks_pass_and_the_meetings_list_has_it(sector: Sector):
    assert run("validate", "--graph", sector.out).exit_code == 0
    assert "uổi kiểm tra" in said("meetings", "--graph", sector.out)


@pytest.mark.browser
def test_the_map_names_and_filters_it_apart_from_meetings(sector: Sector, reader: Reader):
    reader.open(sector.out / "graph.html", fragment="#v=1&w=free")
    assert {"Đợt kiểm tra", "Cuộc họp"} <= set(reader.text("#rail").split("\n"))
    nodes = reader.run("return govgraph.counts().nodes")
    reader.click("[data-filter=Inspection]")
    assert reader.run("return govgraph.counts().nodes") == nodes - 1
    reader.open(sector.out / "scoreboard.html")
    assert [entry for entry in reader.logs("browser") if entry["level"] in ("SEVERE", "WARNING")] == []


def test_a_class_that_nothing_declares_is_named_with_its_place(root: Path, tmp_path: Path):
    sector = Sector(root, tmp_path, {"kiem-tra.txt": TEXT})
    nouns = sector.data / "lexicon" / "meetings.yaml"
    text = nouns.read_text(encoding="utf-8")
    nouns.write_text(text.replace("nouns:\n", "nouns:\n  - {noun: đợt phúc tra, class: Inspection}\n", 1), encoding="utf-8")
    said_of_it = "meetings.yaml, noun đợt phúc tra: class: ontology.ttl declares no class hg:Inspection below hg:Meeting; there are Meeting"
    assert said_of_it in run("check-data", "--data", sector.data).stdout
    done = sector.build()
    assert (done.exit_code, done.stderr) == (2, f"govgraph: {said_of_it}\n")

"""The tables: every edge has both ends among the nodes, and every quote can be had exactly as it is written."""

from __future__ import annotations

import csv
import json

import pytest
from graphs import BASE, planted

from graph.export import coverage, tables
from graph.extract.extract import Extractor
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.resolve.resolver import Resolver

# Items of a list: their quotes begin with a sign that a spreadsheet takes for a formula.
ITEMS = (
    "Công tác y tế cơ sở\n\nSáng 6/5/2024, Sở Y tế tỉnh Yên Bái tổ chức hội nghị triển khai các văn bản sau:\n\n"
    "- UBND tỉnh Yên Bái ban hành Kế hoạch số 31/KH-UBND ngày 10/4/2024 thực hiện Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư.\n\n"
    "+ Sở Y tế tỉnh Yên Bái ban hành Kế hoạch số 8/KH-SYT ngày 20/4/2024 thực hiện Kế hoạch số 31/KH-UBND ngày 10/4/2024 của UBND tỉnh Yên Bái.\n"
)


@pytest.fixture(scope="module", params=["items", "planted", "corpus"])
def graph(request, registers):
    """A list of documents, a graph with dates and unverified rows, and the graph of the shipped corpus."""
    if request.param == "items":
        resolver = Resolver(shipped())
        resolver.add(Extractor(shipped()).extract(read_document("items.txt", ITEMS, registers)))
        return resolver.graph()
    return planted() if request.param == "planted" else request.getfixturevalue("corpus_graph")


@pytest.fixture(scope="module")
def folder(graph, tmp_path_factory):
    """All tables of the graph."""
    out = tmp_path_factory.mktemp("tables")
    tables.write_nodes(graph, shipped(), out / "nodes.csv")
    tables.write_edges(graph, out / "edges.csv")
    tables.write_facts(graph, out / "facts.csv")
    coverage.write(graph, shipped(), out / "coverage.csv")
    return out


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_end_of_an_edge_has_one_row_among_the_nodes(graph, folder):
    nodes = [row["id"] for row in _rows(folder / "nodes.csv")]
    edges = _rows(folder / "edges.csv")
    assert len(nodes) == len(set(nodes))
    assert {row[end] for row in edges for end in ("source", "target")} <= set(nodes)
    assert len(edges) == len(graph.statements) + len(graph.registered)


def test_the_row_of_a_day_names_it(tmp_path):
    tables.write_nodes(planted(), shipped(), tmp_path / "nodes.csv")
    days = [row for row in _rows(tmp_path / "nodes.csv") if row["type"] == "date"]
    assert [(row["id"], row["label"], row["date"]) for row in days] == [(day, day, day) for day in ("2020-01-02", "2024-02-15", "2024-05-14", "2024-05-16")]


def test_a_quote_of_the_facts_is_the_text_at_its_offsets(graph, folder):
    texts = {source.source: source.text for source in graph.sources}
    rows = _rows(folder / "facts.csv")
    assert rows
    for row in rows:
        assert json.loads(row["quote_json"]) == texts[row["source"]][int(row["start"]) : int(row["end"])]


@pytest.mark.parametrize("name", ["facts.csv", "edges.csv", "coverage.csv"])
def test_beside_a_guarded_quote_stands_the_exact_one(folder, name):
    for row in _rows(folder / name):
        if not row["quote"]:
            assert row["quote_json"] == ""
            continue
        told = json.loads(row["quote_json"])
        # The matrix shows its quotes on one line.
        assert " ".join(row["quote"].split()) in (line := " ".join(told.split()), f"'{line}")
        assert row["quote_json"].startswith('"')


def test_quotes_that_begin_with_a_sign_are_there_to_be_tested(registers):
    resolver = Resolver(shipped())
    resolver.add(Extractor(shipped()).extract(read_document("items.txt", ITEMS, registers)))
    assert {e.quote[0] for s in resolver.graph().statements for e in s.evidence} >= {"-", "+"}


def test_every_edge_tells_whether_it_is_verified_and_only_then_its_days(tmp_path):
    tables.write_edges(planted(), tmp_path / "edges.csv")
    rows = _rows(tmp_path / "edges.csv")
    assert {row["verified"] for row in rows} == {"true", "false"}
    steps = {row["source"].removeprefix(BASE): (row["verified"], row["lag_days"]) for row in rows if row["type"] == "implements"}
    assert steps == {"directive/77": ("true", "89"), "directive/12": ("false", "")}

"""What the map embeds: every relation once, every passage as it stands in its source."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from graphs import IMPLEMENTS, SOURCE, TEXT, planted

from graph.export import mapdata
from graph.model import GraphData, Kind
from graph.registers.data import shipped
from graph.resolve.reasons import in_words


@pytest.fixture(scope="module")
def data() -> mapdata.MapData:
    return mapdata.collect(planted(), shipped())


def node(data: mapdata.MapData, path: str) -> dict[str, Any]:
    return next(row for row in data.nodes if row["id"] == path)


def edge(data: mapdata.MapData, subject: str, predicate: str) -> dict[str, Any]:
    return next(row for row in data.edges if data.nodes[row["f"]]["id"] == subject and row["p"] == predicate)


def test_every_passage_is_the_text_at_its_offsets(corpus_graph: GraphData):
    data = mapdata.collect(corpus_graph, shipped())
    texts = [source.text for source in corpus_graph.sources]
    assert data.passages
    for file, start, end, quote, before, after in data.passages:
        assert texts[file][start:end] == quote
        assert texts[file][:start].endswith(before.removeprefix("… "))
        assert texts[file][end:].startswith(after.removesuffix(" …"))


def test_every_statement_but_mentions_is_there_once(corpus_graph: GraphData):
    data = mapdata.collect(corpus_graph, shipped())
    told = sum(len(row.get("st", ())) for row in data.edges + data.facts)
    assert told == sum(s.predicate != "mentions" for s in corpus_graph.statements)
    assert sum("rg" in row for row in data.edges + data.facts) == len(corpus_graph.registered)


def test_lag_is_counted_where_both_days_are_known(data: mapdata.MapData):
    assert edge(data, "directive/77", "implements")["lag"] == 89


def test_a_post_is_drawn_to_its_body(data: mapdata.MapData):
    row = edge(data, "official/mo", "holdsPost")
    assert data.nodes[row["o"]]["id"] == "agency/so-y-te/thai-binh"
    assert data.nodes[row["v"]]["id"] == "post/giam-doc"


def test_dates_are_facts_and_no_ends_of_lines(data: mapdata.MapData):
    assert {(row["p"], row["d"]) for row in data.facts} == {
        ("heldOn", "2024-05-16"),
        ("issuedOn", "2024-05-14"),
        ("issuedOn", "2024-02-15"),
        ("issuedOn", "2020-01-02"),
    }


def test_an_edge_of_the_register_names_its_row_and_whether_it_is_verified(data: mapdata.MapData):
    row = edge(data, "directive/12", "implements")
    assert row["rg"] == ["directives.csv:CT/9/TW/2020", 0]
    assert "st" not in row


def test_an_inferred_statement_carries_its_reason_and_its_vietnamese_words(data: mapdata.MapData):
    assert edge(data, "official/mo", "holdsPost")["st"][0]["i"] == "province of the outlet"
    assert data.reasons["province of the outlet"] == "tỉnh lấy từ nơi đăng tin"


def test_posts_and_reports_have_no_place(data: mapdata.MapData):
    assert [row["t"] for row in data.nodes if row["t"] in ("Post", "Report") and "p" in row] == []


def test_the_first_view_holds_the_documents_that_are_tied_to_documents(data: mapdata.MapData):
    assert {row["id"] for row in data.nodes if "plans" in row.get("p", {})} == {"directive/77", "directive/12", "directive/9"}


def test_the_meeting_stands_in_the_cell_of_its_province(data: mapdata.MapData):
    assert data.nodes[node(data, "meeting/1")["pv"]]["l"] == "Thái Bình"
    assert node(data, "meeting/1")["b"] == 2


def test_a_province_tells_its_life(data: mapdata.MapData):
    row = node(data, "province/thai-binh")
    assert (row["until"], row["now"]) == ("2025-06-30", "Hưng Yên")


def test_a_long_name_is_shortened_as_offices_write_it(corpus_graph: GraphData):
    data = mapdata.collect(corpus_graph, shipped())
    committees = [row for row in data.nodes if row["t"] == "Agency" and row["l"].startswith("Ủy ban nhân dân ")]
    assert committees
    assert all(row["sh"].startswith("UBND ") for row in committees)


def test_only_the_best_connected_are_drawn_in_a_large_graph(monkeypatch: pytest.MonkeyPatch, corpus_graph: GraphData):
    monkeypatch.setattr(mapdata, "LARGEST", 20)
    data = mapdata.collect(corpus_graph, shipped())
    ties = Counter(end for row in data.edges if row["p"] in corpus_graph.relations.between_documents for end in (row["f"], row["o"]))
    members = {
        "plans": ties,
        "levels": {n: row["g"] for n, row in enumerate(data.nodes) if "g" in row and row["t"] != Kind.PROVINCE},
        "free": {n: row["g"] for n, row in enumerate(data.nodes) if "g" in row},
    }
    for view, of in members.items():
        drawn = {n for n, row in enumerate(data.nodes) if view in row.get("p", {})}
        assert len(drawn) == 20
        assert drawn <= of.keys()
        assert data.whole[view] == len(of)
        assert min(of[n] for n in drawn) >= max(of[n] for n in of.keys() - drawn)


def test_every_reason_of_the_sample_graph_has_vietnamese_words(corpus_graph: GraphData):
    reasons = {e.reason for e in corpus_graph.entities} | {s.reason for s in corpus_graph.statements if s.inferred}
    assert [reason for reason in sorted(reasons - {""}) if in_words(reason, shipped().words) == reason] == []


def test_context_stays_inside_the_paragraph(data: mapdata.MapData):
    passage = next(p for p in data.passages if p[3] == IMPLEMENTS)
    assert passage[4:] == ["", " Sở Y tế tham mưu."]
    assert TEXT[passage[1] : passage[2]] == IMPLEMENTS


def test_sources_carry_headline_and_date(data: mapdata.MapData):
    assert data.sources == [{"f": SOURCE, "h": "Họp giao ban", "d": "2024-05-17", "n": next(i for i, row in enumerate(data.nodes) if row["t"] == Kind.REPORT)}]

"""The scoreboard's page and data: what stands in the file, whatever a browser makes of it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import replace

import ladders
import pytest
from graphs import planted
from wide import DIRECTIVES, provinces, wide

from graph.analysis.coverage import Change, State, coverage
from graph.export import scoreboard, scoredata
from graph.registers.data import shipped

HOSTILE = "</script><script>alert(1)</script><!-- “Mơ” & \u2028"


def _rest(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="gg-rest">(.*?)</script>', page, re.DOTALL)[1])


def test_two_runs_give_the_same_bytes(corpus_graph):
    assert scoreboard.page(corpus_graph, shipped()) == scoreboard.page(corpus_graph, shipped())


def test_the_page_names_no_address_but_the_map_and_its_policy_allows_no_request(corpus_graph):
    page = scoreboard.page(corpus_graph, shipped())
    assert "default-src 'none'" in page
    assert set(re.findall(r'(?:src|href)="([^"]*)"', page)) == {"graph.html", "#", "#matrix", "data:,"}
    assert not re.findall(r"url\(|@import", page)


def test_no_name_leaves_the_json_it_stands_in():
    page = scoreboard.page(planted(HOSTILE), shipped())
    assert page.count("<script") == scoreboard.page(planted(), shipped()).count("<script")
    assert any(person["l"] == HOSTILE for person in _rest(page)["people"])


def test_the_page_opens_in_the_language_of_the_build():
    assert '<html lang="en"' in scoreboard.page(planted(), shipped(), "en")
    assert "Which plan implements which directive" in scoreboard.page(planted(), shipped(), "en")


@pytest.mark.parametrize("merged", [False, True], ids=["as then", "as now"])
def test_the_cells_are_those_of_coverage_with_their_lags(corpus_graph, registers, merged):
    data = scoredata.collect(corpus_graph, shipped())
    shown = [(data["docs"][c["d"]]["id"], data["units"][c["u"]]["id"], c["s"], c.get("lag")) for c in data["now" if merged else "then"]]
    assert shown == [(c.directive, c.unit, c.state.value, c.lag) for c in coverage(corpus_graph, registers, merged=merged)]


def test_every_cell_that_claims_something_has_a_sentence_or_a_row_of_a_register(corpus_graph):
    data = scoredata.collect(corpus_graph, shipped())
    for cell in data["then"] + data["now"]:
        told = [data["told"][n] for n in cell["st"]]
        assert told
        assert all(row.get("q") or row.get("r") for row in told)


def test_the_shipped_matrix_has_all_states_and_most_cells_are_told_by_texts(corpus_graph):
    data = scoredata.collect(corpus_graph, shipped())
    assert {c["s"] for c in data["then"]} == {state.value for state in State}
    assert len(data["then"]) < len({c["d"] for c in data["then"]}) * 63  # the rest is "no evidence"
    assert all(any("q" in data["told"][n] for n in c["st"]) for c in data["then"] if c["s"] == "discussed")


def _below(graph, *predicates):
    """Document → those that carry it out, by the sentences of texts alone."""
    found = defaultdict(set)
    for s in graph.statements:
        if s.predicate in predicates:
            found[s.object.id].add(s.subject.id)
    return found


def _under(below, directive):
    found, queue = set(), [directive]
    while queue:
        new = below.get(queue.pop(), set()) - found - {directive}
        found |= new
        queue.extend(new)
    return found


def _hops(below, document, seen=frozenset()):
    return max((1 + _hops(below, later, seen | {document}) for later in below.get(document, ()) if later not in seen), default=0)


def test_the_shipped_corpus_has_directives_with_several_documents_that_carry_them_out(corpus_graph):
    below = _below(corpus_graph, "implements", "guides")
    counts = [len(_under(below, directive)) for directive in below]
    assert sum(n >= 3 for n in counts) >= 3
    assert sum(n >= 2 for n in counts) >= 6


def test_the_shipped_corpus_has_chains_of_three_documents_and_of_three_hops_with_the_ground_of_a_plan(corpus_graph):
    below = _below(corpus_graph, "implements", "guides")
    assert sum(_hops(below, directive) >= 2 for directive in below) >= 5
    with_grounds = _below(corpus_graph, "implements", "guides", "basedOn")
    assert max(_hops(with_grounds, directive) for directive in with_grounds) >= 3


def test_what_only_an_unchecked_row_tells_is_a_marked_hop_and_no_cell():
    data = scoredata.collect(ladders.ladders(), shipped())
    hops = {(data["docs"][h["f"]]["no"], data["docs"][h["o"]]["no"]): h for h in data["hops"]}
    assert hops["900/QĐ-TTg", "25-CT/TW"]["n"] == 1
    assert "n" not in hops["281/QĐ-TTg", "25-CT/TW"]
    assert not any(data["docs"][c["p"]]["no"] == "900/QĐ-TTg" for c in data["then"] if "p" in c)


def test_a_plan_before_its_directive_is_marked_and_has_no_lag():
    early = ladders.document("directive/1-KH-UBND/2020", "Kế hoạch", "1/KH-UBND", "province", province=ladders.THAI_BINH.id)
    facts = [
        (ladders.B, early, "implements", ladders.NEW, "Kế hoạch số 1/KH-UBND của Thái Bình."),
        (ladders.B, early, "issuedOn", "2020-01-02", "Ký ngày 02/01/2020."),
    ]
    graph = ladders.ladders(facts)
    graph = replace(graph, entities=tuple(sorted((*graph.entities, early), key=lambda e: e.id)))
    data = scoredata.collect(graph, shipped())
    cell = next(c for c in data["then"] if data["units"][c["u"]].get("n") == "Thái Bình")
    assert cell["early"] == 1
    assert "lag" not in cell


def test_changes_name_what_was_and_what_is():
    change = Change(ladders.NEW.id, ladders.BAC_KAN.id, "discussed", "party")
    gone = Change("directive/nowhere", ladders.BAC_KAN.id, "plan", "")
    data = scoredata.collect(ladders.ladders(), shipped(), [change, gone])
    assert [(data["docs"][c["d"]]["no"], data["units"][c["u"]]["n"], c["a"], c["b"]) for c in data["changes"]] == [
        ("25-CT/TW", "Bắc Kạn", "discussed", "party")
    ]
    assert "changes" not in scoredata.collect(ladders.ladders(), shipped())


def test_sixty_directives_by_all_provinces_as_then_and_as_now(registers):
    data = scoredata.collect(wide(registers), shipped())
    places = provinces(registers)
    assert len(places) == 63
    assert len(data["then"]) == DIRECTIVES * 63 * 2 // 3
    assert {data["units"][c["u"]]["id"] for c in data["now"]} <= {u["id"] for u in data["units"] if u["k"] == "province" and "until" not in u}
    assert len({c["u"] for c in data["now"]}) == 34
    # A province of today has a plan where one of its parts had, and tells which.
    plans = {(c["d"], c["u"]) for c in data["then"] if c["s"] == "plan"}
    assert {(c["d"], part) for c in data["now"] for part in c.get("pt", ())} == plans
    first = next(c for c in data["then"] if data["docs"][c["d"]]["id"] == "directive/1-NQ-CP/2023" and c["s"] == "plan")
    assert first["lag"] == 10 + [f"province/{u.id}" for u in places].index(data["units"][first["u"]]["id"])

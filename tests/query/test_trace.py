"""Cascades: who carries a directive out, whose order a document is, how many days lie between; no cycle hangs."""

from __future__ import annotations

import ladders
import pytest

from graph.errors import QueryError
from graph.query import find
from graph.query.built import BuiltGraph
from graph.query.trace import cascade

NEW, PROGRAMME, PLAN = "Chỉ thị 25-CT/TW", "Chương trình 52-CTr/TU", "Kế hoạch 135/KH-UBND"
GUIDE, DECISION = "Hướng dẫn 7/HD-BYT", "Quyết định 281/QĐ-TTg"


def _tree(graph: BuiltGraph, typed: str, *, up: bool = False) -> list[tuple[int, str, int | None, int | None, str]]:
    found = cascade(graph, find.directives(graph, typed)[0], up=up)
    return [(depth, hop.document.name, hop.days, hop.total, hop.seen) for depth, hop in found.walk()]


def test_the_tree_below_a_directive_by_date_with_days_of_each_hop_and_in_all(graph):
    assert _tree(graph, "25-CT/TW@2023") == [
        (1, PROGRAMME, 113, 113, ""),
        (2, PLAN, 89, 202, ""),
        (1, GUIDE, None, None, ""),
        (1, DECISION, 163, 163, ""),
        (1, "Quyết định 900/QĐ-TTg", None, None, ""),
    ]


def test_the_tree_above_a_document(graph):
    assert _tree(graph, "135/KH-UBND", up=True) == [(1, PROGRAMME, 89, 89, ""), (2, NEW, 113, 202, "")]


def test_documents_that_only_an_unchecked_row_leads_to_are_not_counted(graph):
    found = cascade(graph, find.directives(graph, "25-CT/TW@2023")[0])
    assert [d.name for d in found.documents] == [PROGRAMME, PLAN, GUIDE, DECISION]
    assert (found.depth, found.longest, found.sources) == (2, 202, ("bao-a.txt", "bao-b.txt"))


def test_a_hop_holds_all_its_statements_the_surest_first_each_with_quote_source_and_paragraph(graph):
    (plan,) = (hop for _, hop in cascade(graph, find.directives(graph, "52-CTr/TU")[0]).walk())
    assert [(t.source, t.quote, t.passages[0].paragraph) for t in plan.told] == [
        ("bao-a.txt", "Kế hoạch số 135/KH-UBND đưa Chương trình số 52-CTr/TU vào cuộc sống.", 6),
        ("bao-b.txt", "Nguồn khác cũng ghi 135/KH-UBND triển khai 52-CTr/TU.", 1),
    ]


def test_a_step_of_the_register_has_its_row_and_no_quote(graph):
    hops = {hop.document.name: hop for _, hop in cascade(graph, find.directives(graph, "25-CT/TW@2023")[0]).walk()}
    told = hops[DECISION].told[0]
    assert (told.registered, told.row, told.passages, told.verified) == (True, ladders.ROW, (), True)
    assert hops[DECISION].verified
    assert not hops["Quyết định 900/QĐ-TTg"].verified


def _with(tmp_path, *facts) -> BuiltGraph:
    return BuiltGraph.open(ladders.write(ladders.ladders(facts), tmp_path / "out"))


@pytest.mark.parametrize("up", [False, True])
def test_a_cycle_ends_where_it_comes_back(tmp_path, up):
    graph = _with(tmp_path, (ladders.B, ladders.NEW, "implements", ladders.PLAN, "Chỉ thị thực hiện chính kế hoạch của nó."))
    tree = _tree(graph, "52-CTr/TU", up=up)
    assert [seen for _, _, _, _, seen in tree].count("above") == 1
    assert len(tree) == (6 if not up else 3)


def test_a_document_that_hangs_on_two_branches_is_followed_once(tmp_path):
    facts = (
        (ladders.B, ladders.PLAN, "implements", ladders.GUIDE, "Kế hoạch cũng thực hiện Hướng dẫn số 7/HD-BYT."),
        (ladders.B, ladders.LONE, "implements", ladders.PLAN, "Kế hoạch số 9/KH-SYT thực hiện Kế hoạch số 135/KH-UBND."),
    )
    tree = [(depth, name, seen) for depth, name, _, _, seen in _tree(_with(tmp_path, *facts), "25-CT/TW@2023")]
    assert tree[:5] == [(1, PROGRAMME, ""), (2, PLAN, ""), (3, "Kế hoạch 9/KH-SYT", ""), (1, GUIDE, ""), (2, PLAN, "elsewhere")]


def test_an_older_plan_has_negative_days_that_no_figure_counts(tmp_path):
    graph = _with(tmp_path, (ladders.B, ladders.OLD, "implements", ladders.NEW, "Chỉ thị cũ thực hiện chỉ thị mới."))
    root = find.directives(graph, "25-CT/TW@2023")[0]
    found = cascade(graph, root)
    assert next(hop.days for _, hop in found.walk() if hop.document.year == 2018) == -1904
    assert found.longest == 202


def test_a_missing_folder_and_a_folder_without_graph_say_what_to_do(tmp_path):
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(QueryError, match="govgraph build"):
            BuiltGraph.open(folder)


def test_a_broken_graph_is_named(tmp_path):
    (tmp_path / "graph.nt").write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(QueryError, match=r"graph\.nt can't be read"):
        BuiltGraph.open(tmp_path)

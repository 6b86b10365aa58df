"""The matrix of directives and provinces: each state, both views, and what must never be claimed."""

from __future__ import annotations

import pytest

from graph.analysis.coverage import UNKNOWN, Cell, State, coverage
from graph.extract.extract import Extractor
from graph.model import GraphData
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.resolve.resolver import Resolver

REGISTERS = shipped().registers
EXTRACTOR = Extractor(shipped())


def _graph(*texts: str) -> GraphData:
    resolver = Resolver(shipped())
    for number, text in enumerate(texts):
        resolver.add(EXTRACTOR.extract(read_document(f"{number}.txt", f"Tin y tế\n\n{text}\n", REGISTERS)))
    return resolver.graph()


def _cells(graph: GraphData, number: str, *, merged: bool = False) -> dict[str, Cell]:
    ids = {e.id for e in graph.entities if e.attribute("number") == number}
    return {cell.unit: cell for cell in coverage(graph, REGISTERS, merged=merged) if cell.directive in ids}


PLAN = (
    "UBND tỉnh Hà Giang ban hành Kế hoạch số 31/KH-UBND ngày 10/4/2024 thực hiện Chương trình số 14-CTr/TU ngày 01/3/2024 của Tỉnh ủy Hà Giang. "
    "Chương trình số 14-CTr/TU ngày 01/3/2024 của Tỉnh ủy Hà Giang thực hiện Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư."
)
OTHER = "UBND tỉnh Tuyên Quang ban hành Kế hoạch số 52/KH-UBND ngày 20/3/2024 thực hiện Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư."
PARTY = "Tỉnh ủy Lào Cai ban hành Chương trình số 9-CTr/TU ngày 05/2/2024 thực hiện Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư."
MEETING = (
    "Ngày 6/5/2024, Sở Y tế tỉnh Yên Bái tổ chức hội nghị triển khai Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư. "
    "Ông Lê Văn Khải, Giám đốc Sở Y tế tỉnh Yên Bái, chủ trì hội nghị."
)
NO_PLACE = "UBND tỉnh ban hành Kế hoạch số 77/KH-UBND ngày 02/4/2024 thực hiện Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư."


def test_the_lag_runs_from_the_directive_to_the_first_plan_of_the_government():
    cell = _cells(_graph(PLAN), "25-CT/TW")["province/ha-giang"]
    assert (cell.state, cell.lag, len(cell.plans)) == (State.PLAN, 168, 2)
    assert "31-KH-UBND" in cell.plan
    assert len(cell.statements) == 2, "the way goes over the Party's programme, each hop with its statement"


def test_a_document_of_the_party_alone_has_no_lag():
    cell = _cells(_graph(PARTY), "25-CT/TW")["province/lao-cai"]
    assert (cell.state, cell.lag) == (State.PARTY, None)


def test_a_meeting_without_a_plan_is_only_discussed():
    cell = _cells(_graph(MEETING), "25-CT/TW")["province/yen-bai"]
    assert (cell.state, cell.plan, cell.plans, len(cell.meetings)) == (State.DISCUSSED, "", (), 1)
    assert cell.statements


def test_a_province_that_no_source_speaks_of_has_no_cell():
    assert set(_cells(_graph(PLAN, MEETING), "25-CT/TW")) == {"province/ha-giang", "province/yen-bai"}


def test_a_plan_of_no_named_province_has_a_row_of_its_own():
    assert _cells(_graph(NO_PLACE), "25-CT/TW")[UNKNOWN].lag == 160


def test_two_provinces_that_are_one_today_share_a_cell_with_the_first_plan():
    graph = _graph(PLAN, OTHER)
    then, now = _cells(graph, "25-CT/TW"), _cells(graph, "25-CT/TW", merged=True)
    assert set(then) == {"province/ha-giang", "province/tuyen-quang"}
    (cell,) = now.values()
    assert cell.unit.startswith("province/tuyen-quang-")
    assert cell.lag == min(c.lag for c in then.values() if c.lag is not None) == 147
    assert sum(len(c.plans) for c in then.values()) == len(cell.plans) == 3


def test_a_cycle_is_walked_once():
    """Two resolutions that carry each other out, and a plan below one of them: each has the plan once, over one step or two."""
    graph = _graph(
        "Nghị quyết số 41/NQ-CP của Chính phủ thực hiện Nghị quyết số 42/NQ-CP của Chính phủ. "
        "Nghị quyết số 42/NQ-CP của Chính phủ thực hiện Nghị quyết số 41/NQ-CP của Chính phủ. "
        "UBND tỉnh Hà Giang ban hành Kế hoạch số 31/KH-UBND thực hiện Nghị quyết số 41/NQ-CP của Chính phủ."
    )
    near, far = (_cells(graph, number)["province/ha-giang"] for number in ("41/NQ-CP", "42/NQ-CP"))
    assert [(c.state, len(c.plans), len(c.way)) for c in (near, far)] == [(State.PLAN, 1, 1), (State.PLAN, 1, 2)]


def test_a_plan_of_a_province_is_no_column():
    assert not _cells(_graph("UBND tỉnh Hà Giang ban hành Quyết định số 6/QĐ-UBND thực hiện Kế hoạch số 31/KH-UBND của UBND tỉnh Hà Giang."), "31/KH-UBND")


@pytest.mark.parametrize(("merged", "states"), [(False, set(State)), (True, {State.PLAN, State.PARTY})], ids=["as then", "as now"])
def test_every_cell_rests_on_statements_of_the_graph(merged, states):
    """Yên Bái, where it was only discussed, is part of Lào Cai today, where the Party has a document."""
    graph = _graph(PLAN, OTHER, PARTY, MEETING, NO_PLACE)
    known = {s.id for s in graph.statements} | {r.id for r in graph.registered}
    found = list(_cells(graph, "25-CT/TW", merged=merged).values())
    assert {c.state for c in found} == states
    for cell in found:
        assert cell.statements
        assert set(cell.statements) <= known

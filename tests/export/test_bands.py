"""The bands keep levels apart, superiors above, and things off each other."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.export.bands import ROW, Placed, bands, spread


def test_bands_lie_below_each_other_in_order():
    laid = bands([Placed("tỉnh", 2, "a"), Placed("trung ương", 0), Placed("bộ", 1)], [("tỉnh", "bộ"), ("bộ", "trung ương")])
    assert [band for band, _, _ in laid.strips] == [0, 1, 2]
    assert laid.positions["trung ương"][1] < laid.positions["bộ"][1] < laid.positions["tỉnh"][1]


def test_a_superior_stands_in_a_higher_row_of_its_cell():
    laid = bands([Placed("kế hoạch", 2, "a"), Placed("chương trình", 2, "a")], [("kế hoạch", "chương trình")])
    assert laid.positions["kế hoạch"][1] - laid.positions["chương trình"][1] == ROW


def test_a_circle_of_superiors_is_laid_all_the_same():
    laid = bands([Placed(n, 0) for n in "abc"], [("a", "b"), ("b", "c"), ("c", "a")])
    assert set(laid.positions) == set("abc")


def test_each_thing_stands_inside_its_cell():
    nodes = [Placed(f"{cell}{n}", 2, cell) for cell in ("x", "y", "z") for n in range(7)]
    laid = bands(nodes, [("x1", "x0"), ("y3", "x0"), ("z6", "y3")])
    boxes = {cell.name: cell.box for cell in laid.cells}
    for node in nodes:
        x, y = laid.positions[node.id]
        left, top, width, height = boxes[node.cell]
        assert left < x < left + width
        assert top < y < top + height


@given(st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), max_size=40), st.integers(2, 26))
def test_no_two_things_of_a_row_lie_on_each_other(pairs: list[tuple[int, int]], many: int):
    nodes = [Placed(str(n), n % 3, "ab"[n % 2] if n % 3 == 2 else "") for n in range(many)]
    laid = bands(nodes, [(str(a), str(b)) for a, b in pairs])
    rows: dict[int, list[int]] = {}
    for x, y in laid.positions.values():
        rows.setdefault(y, []).append(x)
    for row in rows.values():
        row.sort()
        assert all(b - a >= nodes[0].width - 1 for a, b in pairwise(row))


def test_the_same_things_in_another_order_of_ties_give_the_same_places():
    nodes = [Placed(str(n), n % 2) for n in range(12)]
    ties = [(str(n), str((n * 5) % 12)) for n in range(12)]
    assert bands(nodes, ties) == bands(nodes, list(reversed(ties)))


def test_nothing_to_lay_gives_nothing():
    assert bands([], []).positions == {}


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=12))
def test_spread_keeps_order_and_widths_and_stays_within(wishes: list[float]):
    places = spread(wishes, [40.0] * len(wishes), -300, 300)
    assert all(b - a >= 40 - 1e-6 for a, b in pairwise(places))
    assert places[0] >= -280 - 1e-6
    assert places[-1] <= 280 + 1e-6


def test_spread_grants_wishes_that_do_not_conflict():
    assert spread([10, 200], [20, 20], 0, 300) == [10, 200]

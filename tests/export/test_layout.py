"""The free layout is the same each time, and keeps things apart."""

from __future__ import annotations

import math

from graph.export.layout import SPACING, free

RING = [(str(n), str((n + 1) % 40)) for n in range(40)]


def test_free_gives_the_same_places_twice():
    nodes = [str(n) for n in range(40)]
    assert free(nodes, RING) == free(nodes, list(reversed(RING)))


def test_every_thing_has_a_place_even_without_ties():
    assert set(free(["a", "b", "c"], [("a", "b")])) == {"a", "b", "c"}


def test_no_two_things_of_a_star_lie_on_each_other():
    places = list(free([str(n) for n in range(60)], [("0", str(n)) for n in range(1, 60)]).values())
    nearest = min(math.dist(a, b) for i, a in enumerate(places) for b in places[:i])
    assert nearest > SPACING / 2


def test_components_stand_beside_each_other():
    places = free(["a", "b", "c", "d"], [("a", "b"), ("c", "d")])
    assert min(math.dist(places[x], places[y]) for x in "ab" for y in "cd") > SPACING

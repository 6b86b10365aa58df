"""Pairs of short sources of our own, each with one thing named in both: the same or not. `pairs.jsonl` gives tier and reason of each.

Tier 1: complete names. Tier 2: other spellings, promotions, places of one name. Tier 3: parts are missing, the context decides.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.extract.extract import Extractor
from graph.model import Extraction, GraphData, Kind
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.resolve.resolver import Resolver

PAIRS = [json.loads(line) for line in (Path(__file__).parent / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
LEAST_FOUND = 0.97


@dataclass(frozen=True)
class Outcome:
    """A pair, and the nodes of its two ends ("" where the reading found none)."""

    pair: dict[str, Any]
    a: str
    b: str

    @property
    def joined(self) -> bool:
        return self.a == self.b != ""


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    registers = shipped().registers
    extractor = Extractor(shipped())

    def read(name: str, text: str) -> Extraction:
        return extractor.extract(read_document(name, text, registers))

    found = []
    for pair in PAIRS:
        resolver = Resolver(shipped())
        for name in ("a", "b"):
            resolver.add(read(f"{name}.txt", pair[name]))
        graph = resolver.graph()
        found.append(Outcome(pair, *(_node(graph, f"{name}.txt", Kind(pair["kind"]), pair[f"find_{name}"]) for name in ("a", "b"))))
    return found


def _node(graph: GraphData, source: str, kind: Kind, words: str) -> str:
    """The node of a source that has this number, or whose label in this source begins with these words."""
    ends = [end for s in graph.statements if s.source == source for end in (s.subject, s.object) if end.kind is kind]
    for end in ends:
        if end.field("number") == words or (end.field("label") or "") == words:
            return end.id
    return next((end.id for end in ends if (end.field("label") or "").startswith(words)), "")


def test_there_are_three_hundred_pairs_of_every_kind_and_tier():
    assert len(PAIRS) >= 300
    assert {pair["kind"] for pair in PAIRS} == {"Directive", "Official", "Agency", "Meeting", "Province"}
    assert {pair["tier"] for pair in PAIRS} == {1, 2, 3}
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)


def test_both_ends_of_every_pair_are_read(outcomes: list[Outcome]):
    assert [o.pair["id"] for o in outcomes if not (o.a and o.b)] == []


def test_what_differs_is_never_joined(outcomes: list[Outcome]):
    assert [(o.pair["id"], o.pair["why"], o.a) for o in outcomes if o.joined and not o.pair["same"]] == []


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_what_is_the_same_is_joined(outcomes: list[Outcome], tier: int):
    same = [o for o in outcomes if o.pair["same"] and o.pair["tier"] == tier]
    missed = [(o.pair["id"], o.pair["why"], o.a, o.b) for o in same if not o.joined]
    assert 1 - len(missed) / len(same) >= LEAST_FOUND, missed


def test_what_is_the_same_is_joined_in_all_tiers_together(outcomes: list[Outcome]):
    same = Counter(o.joined for o in outcomes if o.pair["same"])
    assert same[True] / same.total() >= LEAST_FOUND

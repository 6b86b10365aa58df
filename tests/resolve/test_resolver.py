"""Laws of resolution: the order of the sources says nothing, another source moves no local name, each identity has its reason in words."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graph.extract.extract import Extractor
from graph.model import Extraction, GraphData, Kind
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.resolve.judgements import new_judgement
from graph.resolve.reasons import in_words
from graph.resolve.resolver import Resolver

ROUNDS = 8
LONE = """Y tế {place}

Thứ Sáu, {day}/05/2024

Sáng {day}/5, ông {name}, {post} dự hội nghị triển khai Kế hoạch số {number}/KH-UBND và Nghị quyết số 20-NQ/TW.
"""

BASE = shipped().ontology.base


@pytest.fixture(scope="module")
def extractions(registers, root) -> list[Extraction]:
    """The sample corpus, and texts of our own that may be joined in many ways."""
    extractor = Extractor(shipped())
    texts = {p.name: p.read_text(encoding="utf-8") for p in sorted(Path(root, "data", "corpus").glob("*.txt"))}
    posts = ("Giám đốc Sở Y tế tỉnh Yên Bái", "Phó Chủ tịch UBND tỉnh Yên Bái", "Giám đốc Sở Y tế tỉnh Lai Châu", "Giám đốc Sở Y tế", "Vụ trưởng Bộ Y tế")
    for i in range(20):
        name = ("Trần Văn Khải", "Lê Thị Sen")[i % 2]
        texts[f"more-{i:02}.txt"] = LONE.format(place=("Yên Bái", "Lai Châu", "")[i % 3], day=10 + i % 4, name=name, post=posts[i % 5], number=77 + i % 2)
    return [extractor.extract(read_document(name, text, registers)) for name, text in texts.items()]


def _graph(extractions: list[Extraction], judgements: tuple = ()) -> GraphData:
    resolver = Resolver(shipped(), judgements=judgements)
    for extraction in extractions:
        resolver.add(extraction)
    return resolver.graph()


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_result_does_not_depend_on_the_order_of_the_sources(extractions, seed):
    graph = _graph(extractions)
    names = sorted(e.id for e in graph.entities if e.kind in (Kind.DIRECTIVE, Kind.OFFICIAL))
    dice = random.Random(seed)  # noqa: S311 - no secret
    verdicts = ("same", "different", "unsure")
    pairs = [dice.sample([n for n in names if n.startswith(kind)], 2) for kind in ("directive", "official") for _ in range(3)]
    rows = [{"a": a, "b": b, "verdict": verdicts[i % 3], "when": "2026-11-22", "who": "Lan", "why": "planted"} for i, (a, b) in enumerate(pairs)]
    judgements = tuple(new_judgement(row, BASE, shipped().ontology.relations) for row in rows)
    shuffled = dice.sample(extractions, len(extractions))
    assert _graph(shuffled) == graph
    assert _graph(shuffled, judgements) == _graph(extractions, tuple(reversed(judgements)))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_another_source_moves_no_local_name(extractions, seed):
    """A statement's id is made of its source's own names; every name of the smaller graph lives on, or points to what it became part of."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    fewer = dice.sample(extractions, len(extractions) // 2)
    left = {e.document.source for e in fewer}
    small, large = _graph(fewer), _graph(extractions)
    assert {s.id for s in small.statements} == {s.id for s in large.statements if s.source in left}
    known = {e.id for e in large.entities} | {gone for e in large.entities for gone in e.replaced}
    local = {name for e in small.entities for name in (e.id, *e.replaced)}
    assert local <= known


def test_what_a_person_says_wins_over_every_rule(extractions):
    graph = _graph(extractions)
    joined = next(e for e in graph.entities if e.kind is Kind.OFFICIAL and e.label == "Trần Văn Khải" and "agency" in e.reason)
    source = next(s.source for s in graph.statements if s.subject.id == joined.id and s.predicate == "holdsPost")
    row = {"a": joined.id, "b": f"{joined.id}@{source}", "verdict": "different", "when": "2026-11-22", "who": "Lan", "why": "a namesake"}
    parted = _graph(extractions, (new_judgement(row, BASE, shipped().ontology.relations),))
    assert {s.subject.id for s in parted.statements if s.source == source and s.predicate == "holdsPost"}.isdisjoint({joined.id})
    assert joined.id in {s.subject.id for s in parted.statements if s.source != source}


def test_every_reason_has_vietnamese_words(extractions):
    graph = _graph(extractions)
    said = {e.reason for e in graph.entities} | {m.reason for m in graph.merges} | {d.reason for d in graph.doubts}
    assert len(said) > 20
    english = {en for key, (_, en) in shipped().words.items() if key.startswith("reason.")}
    assert [reason for reason in said if any(part in english for part in in_words(reason, shipped().words).split("; "))] == []
    assert [reason for reason in said if reason == in_words(reason, shipped().words)] == []

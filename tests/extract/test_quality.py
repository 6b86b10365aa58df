"""The floor under the quality of the reading: it may rise, never fall.

Measured on the sample corpus and on the annotated texts beside the checkout, with our own scorer.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.evaluation.facts import read_gold
from graph.evaluation.score import Score, evaluate, read_facts
from graph.registers.data import shipped


def _score(texts: Path, gold: Path, out: Path) -> Score:
    done = CliRunner().invoke(main, ["build", "--input", str(texts), "--out", str(out), "--exports", "facts", "--no-cache"])
    assert done.exit_code == 0, done.output
    relations = shipped().ontology.relations
    return evaluate(read_gold(gold, relations), read_facts(out, relations), shipped(), out)


def test_the_sample_corpus_is_read_at_least_this_well(root, tmp_path):
    score = _score(root / "data" / "corpus", root / "tests" / "gold", tmp_path / "out")
    assert score.documents >= 30
    assert not [error for error in score.errors if error.what == "leaked"]
    assert score.core.f1 >= 0.985
    assert score.all.f1 >= 0.975


@pytest.mark.shared
def test_the_seeds_are_read_without_an_error(shared, tmp_path):
    score = _score(shared / "seeds", shared / "gold" / "seeds", tmp_path / "out")
    assert [str(error) for error in score.errors] == []


@pytest.mark.shared
def test_the_development_texts_are_read_at_least_this_well(shared, tmp_path):
    score = _score(shared / "corpus" / "dev", shared / "gold" / "dev", tmp_path / "out")
    assert not [error for error in score.errors if error.what == "leaked"]
    assert score.core.f1 >= 0.995
    assert score.all.f1 >= 0.99
    floors = {"directive": 0.98, "issuedOn": 0.98, "issuedBy": 0.98, "basedOn": 0.98, "holdsPost": 0.96, "chaired": 0.96, "attended": 0.88, "discusses": 0.88}
    floors |= {"meeting": 0.93, "heldOn": 0.93, "inProvince": 0.93, "organized": 0.93, "conferred": 0.9, "received": 0.9}
    assert {kind: round(score.kinds[kind].f1, 3) for kind, floor in floors.items() if score.kinds[kind].f1 < floor} == {}
    assert score.kinds["implements"].wrong <= 1
    assert score.kinds["implements"].missed <= 1


@pytest.mark.shared
def test_what_is_called_sure_is_right(shared, tmp_path):
    """Of the facts with a confidence of 0.9 or more, at least 95 % are right."""
    sure = _score(shared / "corpus" / "dev", shared / "gold" / "dev", tmp_path / "out").bands[0.9]
    assert sure.right + sure.wrong > 500
    assert sure.precision >= 0.95

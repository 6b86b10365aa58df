"""Every rule of `data/rules/documents.yaml` does what its examples say, every fact's rule is found, and most facts have their words in data."""

from __future__ import annotations

from pathlib import Path

import pytest
from decisions import NUMBER, decision
from readings import name

from graph.errors import RegisterError
from graph.extract.rulebook import NO_WORDS, READS, ZONES, DocumentRule, every_rule, load_rulebook
from graph.extract.rules import load_rules
from graph.model import Extraction
from graph.reading.readers import SourceFile, read_source
from graph.registers.data import Data, shipped

RULES = tuple(load_rulebook(shipped()).rules.values())
EXAMPLES = [pytest.param(rule, text, set(yields), id=f"{rule.id}-{n}") for rule in RULES for n, (text, yields) in enumerate(rule.examples, 1)]
COUNTER = [pytest.param(rule, text, id=f"{rule.id}-{n}") for rule in RULES for n, text in enumerate(rule.counter_examples, 1)]
OF_THE_PROGRAM = {"mention"}  # made when sources are joined, not when they are read


def in_its_zone(rule: DocumentRule, text: str) -> str:
    """The text as a report, or inside a decision where the rule reads a zone of one."""
    parts = {
        "title": {"title": f"QUYẾT ĐỊNH\n\n{text.upper()}\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n\n"}, "preamble": {"basis": f"{text}\n\n"},
        "body": {"body": text}, "signature": {"signed": f"\n\nNơi nhận:\n- Lưu: VT.\n\n{text}"},
    }  # fmt: skip
    return decision(**parts[rule.zone]) if rule.zone in parts else text


def told_by(rule: DocumentRule, extraction: Extraction) -> set[str]:
    """What the rule says; the document itself, which no sentence names, is left out."""
    found = {f"{name(r.subject)} {r.predicate} {name(r.object)}" for r in extraction.relations if r.rule == rule.id}
    return {fact.removeprefix(f"{NUMBER} ") for fact in found}


@pytest.mark.parametrize(("rule", "text", "yields"), EXAMPLES)
def test_a_rule_finds_what_its_example_yields(extract, rule: DocumentRule, text: str, yields: set[str]):
    assert yields <= told_by(rule, extract(in_its_zone(rule, text)))


@pytest.mark.parametrize(("rule", "text"), COUNTER)
def test_a_rule_is_silent_at_its_counter_examples(extract, rule: DocumentRule, text: str):
    found = told_by(rule, extract(in_its_zone(rule, text)))
    own = {f"{rule.predicate} {day}" for day in ("2023-09-14", "Ủy ban nhân dân tỉnh Lào Cai")}
    assert found <= own


def test_every_rule_has_examples_of_both_sorts():
    assert {rule.id for rule in RULES if not (rule.examples and rule.counter_examples)} == OF_THE_PROGRAM


def test_the_two_rule_books_share_no_id():
    assert not {rule.id for rule in RULES} & {rule.id for rule in load_rules(shipped())}


def test_every_predicate_is_a_property_of_the_ontology():
    assert {rule.predicate for rule in RULES} <= {*shipped().ontology.relations, "mentions"}


def test_zones_and_ways_of_reading_have_words_in_two_languages():
    assert {*(f"rule.zone.{zone}" for zone in ZONES), *(f"rule.reads.{reads}" for reads in READS)} <= set(shipped().words)
    assert {rule.reads for rule in RULES} == set(READS)


BROKEN = {
    "an unknown field": ("cues: [a]", "unknown field cues"),
    "an unknown zone": ("zone: footer", "unknown zone 'footer'"),
    "an unknown way to read": ("reads: tails", "unknown reads 'tails'"),
    "a pattern that can't be read": ("cue: '(a'", "pattern can't be read"),
    "words that no code asks for": ("words: {befor: 'a'}", "unknown field befor"),
}


@pytest.mark.parametrize(("line", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_named(tmp_path: Path, line: str, reason: str):
    key = line.partition(":")[0]
    good = {"id": "id: x", "predicate": "predicate: amends", "zone": "zone: body", "reads": "reads: heads", "confidence": "confidence: 0.9"}
    lines = "\n    ".join({**good, key: line}.values())
    path = tmp_path / "rules" / "documents.yaml"
    path.parent.mkdir()
    path.write_text(f"macros: {{doc: a}}\nsegments: ';'\nrules:\n  - {lines}\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=r"documents\.yaml.*rule x") as error:
        load_rulebook(Data(tmp_path))
    assert reason in str(error.value)


def test_the_rule_of_every_fact_is_found_and_three_of_four_have_their_words_in_data(extract, root: Path):
    found = [
        relation.rule for path in sorted((root / "data" / "corpus").glob("*.txt")) for relation in extract(read_source(SourceFile(path, path.name))).relations
    ]
    assert set(found) <= set(every_rule(shipped()))
    worded = {rule.id for rule in load_rules(shipped())} | {rule.id for rule in RULES if rule.cue is not NO_WORDS}
    assert sum(rule in worded for rule in found) / len(found) >= 0.75

"""Every rule of `data/rules/relations.yaml` does what its examples say, and nothing where its counter-examples stand."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from readings import facts

from graph.errors import RegisterError
from graph.extract.rules import Rule, WordClass, load_classes, load_rules
from graph.registers.data import Data, shipped
from graph.text.normalize import key

RULES = load_rules(shipped())
EXAMPLES = [pytest.param(rule, text, set(yields), id=f"{rule.id}-{n}") for rule in RULES for n, (text, yields) in enumerate(rule.examples, 1)]
COUNTER = [pytest.param(rule, text, id=f"{rule.id}-{n}") for rule in RULES for n, text in enumerate(rule.counter_examples, 1)]


@pytest.mark.parametrize(("rule", "text", "yields"), EXAMPLES)
def test_all_rules_together_find_what_an_example_yields(extract, rule: Rule, text: str, yields: set[str]):
    assert yields <= facts(extract(text)), rule.id


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
def test_each_rule_alone_finds_something_in_its_own_examples_that_is_missed_without_it(extract, rule: Rule):
    found = [facts(extract(text, (rule,))) - facts(extract(text, ())) for text, _ in rule.examples]
    assert any(found)


@pytest.mark.parametrize(("rule", "text"), COUNTER)
def test_a_rule_is_silent_at_its_counter_examples(extract, rule: Rule, text: str):
    added = facts(extract(text, (rule,))) - facts(extract(text, ()))
    assert not {fact for fact in added if f" {rule.predicate} " in fact}


def test_every_rule_has_examples_of_both_sorts():
    assert all(rule.examples and rule.counter_examples for rule in RULES)
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_every_predicate_is_a_property_of_the_ontology():
    hg = shipped().ontology.hg
    assert not {rule.predicate for rule in RULES if rule.predicate != "event" and rule.predicate not in hg}


def test_no_rule_names_a_province_a_person_or_a_document(registers):
    provinces = {key(unit.name) for unit in registers.provinces.values()}
    numbers = {key(directive.number) for directive in registers.directives.values()}
    for entry in shipped().rules("relations")["rules"]:
        words = " ".join([*entry["cues"], *entry["patterns"]])
        assert not re.search(r"\d+[/-][a-zđ]{2,}", words), entry["id"]
        assert not {name for name in provinces if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)}, entry["id"]
        assert not {number for number in numbers if number in words}, entry["id"]
        assert not re.search(r"(?<![\\?P<{:|\w])[A-ZĐ][a-zà-ỹ]+ [A-ZĐ][a-zà-ỹ]+", words), entry["id"]


PATTERNS = [pytest.param(rule, pattern, id=f"{rule.id}-{n}") for rule in RULES for n, pattern in enumerate(rule.patterns, 1)]


@pytest.mark.parametrize(("rule", "pattern"), PATTERNS)
def test_each_pattern_alone_finds_something_in_an_example_of_its_rule(extract, rule: Rule, pattern: re.Pattern[str]):
    alone = replace(rule, patterns=(pattern,))
    assert any(facts(extract(text, (alone,))) - facts(extract(text, ())) for text, _ in rule.examples)


def _file(folder: Path) -> Path:
    """Where a folder of data has its rules of clauses."""
    (folder / "rules").mkdir()
    return folder / "rules" / "relations.yaml"


WORDS = [pytest.param(c, word, id=f"{c.name}-{word}") for c in load_classes(shipped()) if c.example for word in c.words]


@pytest.mark.parametrize(("words", "word"), WORDS)
def test_each_word_of_a_class_says_what_the_class_says(extract, words: WordClass, word: str):
    opens = words.example.startswith("{word}") or ". {word}" in words.example
    found = facts(extract(words.example.replace("{word}", word.capitalize() if opens else word)))
    assert all(any(fact.startswith(wanted) for fact in found) for wanted in words.yields), found


OLD_FORM = """
macros:
  adv: "(?:đã |cũng )*+"
rules:
  - id: chaired
    predicate: chaired
    confidence: 0.9
    cues: [chủ trì]
    patterns: ['{subject:Official} %adv(?:chủ trì) <Meeting>']
    examples:
      - {text: "Ông Lê Văn An, Giám đốc Sở Y tế tỉnh Lào Cai đã chủ trì hội nghị.", yields: ["Lê Văn An chaired hội nghị"]}
    counter_examples: ["Ông Lê Văn An chủ trì."]
"""
CLASS = 'classes:\n  chair: {words: [chủ trì], example: "", yields: []}\n'
BROKEN = {
    "a class without words": (CLASS.replace("[chủ trì]", "[]"), "class chair: has no words"),
    "a pattern among the words": (CLASS.replace("chủ trì", "chủ (trì|tọa)"), "'chủ (trì|tọa)' is no word in lower case; patterns belong into a rule"),
    "a class called like a macro": (CLASS.replace("chair", "adv"), "class adv: a macro has this name already"),
}


def test_rules_without_classes_load_and_read_as_before(extract, tmp_path):
    _file(tmp_path).write_text(OLD_FORM, encoding="utf-8")
    rules = load_rules(Data(tmp_path))
    (text, yields), *_ = rules[0].examples
    assert set(yields) <= facts(extract(text, rules))


@pytest.mark.parametrize(("classes", "message"), [pytest.param(*row, id=name) for name, row in BROKEN.items()])
def test_a_broken_class_is_named(tmp_path, classes: str, message: str):
    _file(tmp_path).write_text(classes + OLD_FORM, encoding="utf-8")
    with pytest.raises(RegisterError, match=re.escape(message)):
        load_rules(Data(tmp_path))


def test_a_class_that_does_not_exist_is_named(tmp_path):
    _file(tmp_path).write_text(OLD_FORM.replace("(?:chủ trì)", "%chairs"), encoding="utf-8")
    with pytest.raises(RegisterError, match="%chairs is neither a macro nor a class"):
        load_rules(Data(tmp_path))


def test_a_rule_shows_the_words_of_its_classes():
    rule = next(rule for rule in RULES if rule.id == "chaired")
    assert any(line.startswith("%chair: chủ trì, ") for line in rule.wording)


def test_every_class_is_used():
    text = shipped().files.path("rules", "relations.yaml").read_text(encoding="utf-8")
    assert all(c.name == "elsewhere" or f"%{c.name}" in text for c in load_classes(shipped()))

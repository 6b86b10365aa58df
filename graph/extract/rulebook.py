"""Rules of documents as data: by which words, and in which part of a source, a document, a person or an event gets its facts.

A rule of `data/rules/documents.yaml` says where it holds (`zone`), by which words (`cue`), which other words its code asks for (`words`),
and which code reads the list behind the cue (`reads`). Patterns are regular expressions over text in key form, with the macros of the
file; in title, preamble and body over marks as in `relations.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import RegisterError
from graph.extract.rules import Rule, compile_pattern, examples_of, expanded, load_rules
from graph.registers.data import Data

ZONES = ("citation", "title", "preamble", "body", "signature", "report")
# What code does with the words of a rule; `rule.reads.NAME` in data/strings.csv says it to people.
READS = (
    "behind", "ended", "event_day", "event_place", "event_role", "event_source", "heads", "items", "mentions", "new_document",
    "number_code", "passage", "rest", "signers", "targets", "titles",
)  # fmt: skip
# Words beside the cue that code may ask for.
WORDS = ("itself", "not", "not_before", "not_between", "opens", "other", "sender", "through")
_NEEDED = ("id", "predicate", "zone", "reads", "confidence")
_OPTIONAL = ("cue", "words", "inferred", "examples", "counter_examples")
NO_WORDS = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A rule: what it tells, where, by which words and how surely."""

    id: str
    predicate: str
    zone: str
    reads: str
    cue: re.Pattern[str]  # one that matches nothing where the rule has no words
    words: Mapping[str, re.Pattern[str]]
    confidence: float
    inferred: float  # confidence where a part is worked out
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    counter_examples: tuple[str, ...]
    wording: tuple[str, ...]  # cue and words as the file writes them, macros filled in

    def sure(self, *, inferred: bool) -> float:
        """How sure a fact of the rule is."""
        return self.inferred if inferred else self.confidence

    def word(self, name: str) -> re.Pattern[str]:
        """The pattern of this name; one that matches nothing where the rule has none."""
        return self.words.get(name, NO_WORDS)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules of documents, by id."""

    rules: Mapping[str, DocumentRule]
    segments: re.Pattern[str]  # where a preamble's next ground begins
    _read: Mapping[tuple[str, str], tuple[DocumentRule, ...]]

    def __getitem__(self, ident: str) -> DocumentRule:
        return self.rules[ident]

    def read(self, zone: str, reads: str) -> tuple[DocumentRule, ...]:
        """The rules of a zone whose lists this piece of code reads, in order of the file."""
        return self._read.get((zone, reads), ())


def load_rulebook(data: Data) -> RuleBook:
    """The rules of `rules/documents.yaml`; a broken one is named with its id."""
    file = "documents.yaml"
    content = data.rules("documents")
    macros: dict[str, str] = content["macros"]
    predicates = {*data.ontology.relations, "mentions"}
    rules: dict[str, DocumentRule] = {}
    for entry in content["rules"]:
        rule = _rule(file, entry, macros, predicates)
        if rule.id in rules:
            raise RegisterError(file, f"rule {rule.id}", "the id is taken already")
        rules[rule.id] = rule
    read = {(zone, reads): tuple(r for r in rules.values() if (r.zone, r.reads) == (zone, reads)) for zone in ZONES for reads in READS}
    return RuleBook(rules, compile_pattern(content["segments"], macros), read)


def _rule(file: str, entry: dict[str, Any], macros: Mapping[str, str], predicates: Collection[str]) -> DocumentRule:
    name = f"rule {entry.get('id', '?')}"
    words: dict[str, str] = entry.get("words", {})
    unknown = [*(set(entry) - {*_NEEDED, *_OPTIONAL}), *(set(words) - {*WORDS})]
    if unknown:
        raise RegisterError(file, name, f"unknown field {', '.join(sorted(unknown))}")
    for field in _NEEDED:
        if not entry.get(field):
            raise RegisterError(file, name, f"has no {field}")
    if entry["predicate"] not in predicates:
        raise RegisterError(file, name, f"unknown predicate {entry['predicate']!r}: ontology.ttl declares no such relation")
    for field, known in (("zone", ZONES), ("reads", READS)):
        if entry[field] not in known:
            raise RegisterError(file, name, f"unknown {field} {entry[field]!r}; there are {', '.join(known)}")
    wording = tuple(expanded(text, macros) for text in (entry.get("cue"), *words.values()) if text is not None)
    try:
        cue = compile_pattern(entry["cue"], macros) if "cue" in entry else NO_WORDS
        patterns = {word: compile_pattern(text, macros) for word, text in words.items()}
    except (re.error, KeyError, ValueError) as error:
        raise RegisterError(file, name, f"pattern can't be read ({error})") from None
    sure = float(entry["confidence"])
    return DocumentRule(
        str(entry["id"]), str(entry["predicate"]), str(entry["zone"]), str(entry["reads"]), cue, patterns, sure, float(entry.get("inferred", sure)),
        examples_of(entry), tuple(entry.get("counter_examples", ())), wording,
    )  # fmt: skip


def every_rule(data: Data) -> dict[str, Rule | DocumentRule]:
    """All rules that a fact may name, by id."""
    return {**{rule.id: rule for rule in load_rules(data)}, **load_rulebook(data).rules}

"""A rule as people see it: where it holds, its wording, examples and confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from graph.errors import QueryError
from graph.extract.rulebook import DocumentRule, every_rule
from graph.extract.rules import Rule
from graph.registers.data import Data
from graph.terminal.look import Look
from graph.text.normalize import squeeze

COLUMNS = ("rule", "predicate", "confidence", "inferred_confidence", "zone", "what", "text", "yields")


def find(ident: str, data: Data) -> Rule | DocumentRule:
    """The rule of this id. Raises QueryError where there is none."""
    known = every_rule(data)
    found = known.get(ident)
    if found is None:
        near = get_close_matches(ident, known, n=3)
        raise QueryError(f"{ident!r} is no rule" + (f"; did you mean {' or '.join(near)}?" if near else "; a fact names its rule under `rule`"))
    return found


def lines(rule: Rule | DocumentRule, look: Look) -> Iterator[str]:
    """The lines that show a rule."""
    zone, reads = (rule.zone, rule.reads) if isinstance(rule, DocumentRule) else ("clause", "clause")
    yield look.strong(look.say("rule.head", id=rule.id, predicate=rule.predicate, confidence=look.number(rule.confidence)))
    if isinstance(rule, DocumentRule) and rule.inferred != rule.confidence:
        yield look.say("rule.inferred", confidence=look.number(rule.inferred))
    yield look.say("rule.where", zone=look.say(f"rule.zone.{zone}"))
    yield look.say("rule.how", reads=look.say(f"rule.reads.{reads}"))
    yield look.say("rule.wording" if rule.wording else "rule.noWording")
    yield from (f"    {text}" for text in rule.wording)
    if rule.examples:
        yield look.say("rule.examples")
    for text, yields in rule.examples:
        yield f"    “{squeeze(text)}”"
        yield from (f"      → {fact}" for fact in yields)
    if rule.counter_examples:
        yield look.say("rule.counter")
    yield from (f"    “{squeeze(text)}”" for text in rule.counter_examples)


def rows(rule: Rule | DocumentRule) -> tuple[Sequence[str], list[list[str | int | float]]]:
    """Wording, examples and counter-examples, a row each, for --json and --csv."""
    inferred, zone = (rule.inferred, rule.zone) if isinstance(rule, DocumentRule) else (rule.confidence, "clause")
    shared: list[str | int | float] = [rule.id, rule.predicate, rule.confidence, inferred, zone]
    return COLUMNS, [
        *([*shared, "wording", text, ""] for text in rule.wording or ("",)),
        *([*shared, "example", text, "; ".join(yields)] for text, yields in rule.examples),
        *([*shared, "counter-example", text, ""] for text in rule.counter_examples),
    ]

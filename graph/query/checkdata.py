"""Check all data that come with the program, with the loaders that a build uses: registers, lexicon, rules, words, queries, vocabulary, shapes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from graph.errors import GovGraphError, RegisterError
from graph.extract.rulebook import DocumentRule, load_rulebook
from graph.extract.rules import Rule, load_rules
from graph.query.named import queries
from graph.query.shapes import shapes
from graph.registers.data import Data
from graph.registers.strings import read_strings


@dataclass(frozen=True, slots=True)
class Part:
    """What was checked, how much of it ("1,204 rows in 10 registers"), or the first thing that is broken: file, row, reason."""

    name: str
    counted: str = ""
    error: str = ""


def check(folder: Path | None = None) -> list[Part]:
    """Check each part; a broken one doesn't hide the others.

    folder: laid out like `data/`, with an `ontology.ttl` of its own if it has one; what it doesn't hold is taken from the shipped files.
    """
    data = Data(folder)
    parts: dict[str, Callable[[], str]] = {
        "registers, lexicon": lambda: _registers(data),
        "rules": lambda: _rules(data),
        "strings.csv": lambda: f"{len(read_strings(data.files.path('strings.csv')))} keys in two languages",
        "ontology.ttl": lambda: _ontology(data),
        "shapes.ttl": lambda: f"{_shapes(data)} triples",
        "queries": lambda: f"{len(queries(data))} named queries",
    }
    done = [_checked(name, load) for name, load in parts.items()]
    broken = next(part.error for part in done if part.name == "ontology.ttl")
    # All parts need the vocabulary; where it is broken, that is said once.
    return [replace(part, counted="not checked", error="") if part.error and part.error == broken and part.name != "ontology.ttl" else part for part in done]


def _checked(name: str, load: Callable[[], str]) -> Part:
    try:
        return Part(name, load())
    except GovGraphError as error:
        return Part(name, error=str(error))


def _ontology(data: Data) -> str:
    """Terms and relations; the base too, without which nothing could be named."""
    relations = data.ontology.relations
    assert data.ontology.base
    return f"{len(data.ontology.labels) // 2} terms with labels in two languages, {len(relations)} kinds of relation"


def _registers(data: Data) -> str:
    registers = data.registers
    assert registers.gazetteer is not None  # building it reads every name of registers and lexicon
    rows = sum(len(table.rows) for table in registers.tables.values())
    return f"{rows} rows in {len(registers.tables)} registers"


def _rules(data: Data) -> str:
    rules: list[Rule | DocumentRule] = [*load_rules(data), *load_rulebook(data).rules.values()]
    examples = sum(len(rule.examples) + len(rule.counter_examples) for rule in rules)
    return f"{len(rules)} rules with {examples} examples"


def _shapes(data: Data) -> int:
    try:
        return sum(1 for _ in parse(shapes(data), format=RdfFormat.TURTLE))
    except (SyntaxError, ValueError, OSError) as error:
        raise RegisterError("shapes.ttl", "", str(error).splitlines()[0]) from error

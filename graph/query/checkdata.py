"""Check all data that come with the program, with the loaders that a build uses: registers, lexicon, rules, words, queries, vocabulary, shapes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from graph import resources
from graph.errors import GovGraphError, RegisterError
from graph.extract.rulebook import DocumentRule, load_rulebook
from graph.extract.rules import Rule, load_rules
from graph.query.named import queries
from graph.registers.ontology import Ontology
from graph.registers.registers import Registers
from graph.registers.strings import read_strings


@dataclass(frozen=True, slots=True)
class Part:
    """What was checked, how much of it ("1,204 rows in 10 registers"), or the first thing that is broken: file, row, reason."""

    name: str
    counted: str = ""
    error: str = ""


def check(folder: Path | None = None) -> list[Part]:
    """Check each part; a broken one doesn't hide the others.

    folder: a folder laid out like `data/`; the shipped one by default. The vocabulary, the queries and the kinds of relations are always
    the shipped ones.
    """
    data = folder if folder is not None else resources.data()
    if not data.is_dir():
        raise GovGraphError(f"there is no folder {data}")
    parts: dict[str, Callable[[], str]] = {
        "registers, lexicon": lambda: _registers(data),
        "rules": lambda: _rules(data),
        "strings.csv": lambda: f"{len(read_strings(data / 'strings.csv'))} keys in two languages",
        "ontology.ttl": lambda: f"{len(Ontology(resources.ontology()).labels) // 2} terms with labels in two languages",
        "shapes.ttl": lambda: f"{_triples(data / 'shapes.ttl')} triples",
        "queries": lambda: f"{len(queries())} named queries",
    }
    return [_checked(name, load) for name, load in parts.items()]


def _checked(name: str, load: Callable[[], str]) -> Part:
    try:
        return Part(name, load())
    except GovGraphError as error:
        return Part(name, error=str(error))


def _registers(data: Path) -> str:
    registers = Registers(data / "registers", data / "lexicon")
    assert registers.gazetteer is not None  # building it reads every name of registers and lexicon
    rows = sum(len(table.rows) for table in registers.tables.values())
    return f"{rows} rows in {len(registers.tables)} registers"


def _rules(data: Path) -> str:
    rules: list[Rule | DocumentRule] = [*load_rules(data / "rules" / "relations.yaml"), *load_rulebook(data / "rules" / "documents.yaml").rules.values()]
    examples = sum(len(rule.examples) + len(rule.counter_examples) for rule in rules)
    return f"{len(rules)} rules with {examples} examples"


def _triples(path: Path) -> int:
    try:
        return sum(1 for _ in parse(path=str(path), format=RdfFormat.TURTLE))
    except (SyntaxError, ValueError, OSError) as error:
        raise RegisterError(path.name, "", str(error).splitlines()[0]) from error

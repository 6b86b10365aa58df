"""Run SPARQL over a built graph: read only, all prefixes of the vocabulary known, no way out to another server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import islice
from typing import Any, TypeVar, cast

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Triple, Variable, parse, serialize

from graph.errors import QueryError
from graph.model import PartialDate
from graph.query.built import BuiltGraph, Term, text_of
from graph.query.guard import line_and_column, refuse
from graph.query.worker import Limits, within

_POSITION = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<reason>.*)", re.DOTALL)
_KEYWORD = re.compile(r"expected (?:one of )?(?P<word>[A-Z]{2,})\b")


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT: names of the columns and rows of terms, None where a row has no value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def texts(self) -> list[tuple[str | None, ...]]:
        """The rows as text: IRIs and lexical forms."""
        return [tuple(None if term is None else text_of(term) for term in row) for row in self.rows]

    def __reduce__(self) -> tuple[Callable[..., Rows], tuple[object, ...]]:
        """For the way from one process to another: as plain values, which takes half the time."""
        return _unpacked, (self.columns, [[_packed(term) for term in row] for row in self.rows])


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer of a CONSTRUCT or DESCRIBE, sorted."""

    triples: tuple[Triple, ...]
    prefixes: Mapping[str, str]

    def turtle(self) -> str:
        """As Turtle, with the prefixes of the vocabulary."""
        return self._written(RdfFormat.TURTLE, self.prefixes)

    def jsonld(self) -> str:
        """As expanded JSON-LD."""
        return self._written(RdfFormat.JSON_LD, None)

    def _written(self, form: RdfFormat, prefixes: Mapping[str, str] | None) -> str:
        buffer = BytesIO()
        serialize(self.triples, buffer, format=form, prefixes=dict(prefixes) if prefixes is not None else None)
        return buffer.getvalue().decode()

    def __reduce__(self) -> tuple[Callable[..., Triples], tuple[object, ...]]:
        """For the way from one process to another."""
        return _parsed, (serialize(self.triples, format=RdfFormat.N_TRIPLES), self.prefixes)


def _packed(term: Term | None) -> object:
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, Literal) and term.direction is None:
        return (term.value, term.language, None if term.language else term.datatype.value)
    return term


def _unpacked(columns: tuple[str, ...], rows: list[list[object]]) -> Rows:
    return Rows(columns, tuple(tuple(_term(value) for value in row) for row in rows))


def _term(value: Any) -> Term | None:  # noqa: ANN401 — whatever _packed gives
    if isinstance(value, str):
        return NamedNode(value)
    if isinstance(value, tuple):
        text, language, datatype = value
        return Literal(text, language=language) if language else Literal(text, datatype=NamedNode(datatype))
    return cast("Term | None", value)


def _parsed(triples: bytes, prefixes: Mapping[str, str]) -> Triples:
    return Triples(tuple(quad.triple for quad in parse(triples, format=RdfFormat.N_TRIPLES)), prefixes)


Answer = Rows | Triples | bool
T = TypeVar("T")


def answer(graph: BuiltGraph, query: str, limits: Limits) -> Answer:
    """The answer to a query of the user's own, found in a process of its own that can't reach out and is ended at its limits.

    Raises QueryError as `run` does, and where a limit is reached: there is no answer then, not a part of one.
    """
    return within(limits, partial(run, graph, query, limits.rows), sealed=True)


def run(graph: BuiltGraph, query: str, most: int | None = None) -> Answer:
    """The answer to a query of the user's own: rows, triples, or yes and no.

    most: rows or triples that an answer may have.
    Raises QueryError for updates, SERVICE, FROM, what isn't SPARQL (with line and column of the user's text), and too many rows.
    """
    refuse(query)
    prefixes = graph.prefixes
    try:
        result = graph.store.query(query, prefixes=prefixes)
        if isinstance(result, QueryBoolean):
            return bool(result)
        if isinstance(result, QueryTriples):
            return Triples(tuple(sorted(set(_at_most(most, result)), key=str)), prefixes)
        return rows_of(result, most)
    except SyntaxError as error:
        message, *below = _explained(query, str(error)).split("\n")
        raise QueryError(message, [line.removeprefix("  ") for line in below]) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query can't be answered: {error}") from None


def _at_most(most: int | None, items: Iterable[T]) -> list[T]:
    """All items. Raises QueryError where there are more than `most`: a part would look like the whole."""
    found = list(items if most is None else islice(items, most + 1))
    if most is not None and len(found) > most:
        raise QueryError(f"the answer has more than {most:,} rows; narrow the query or give it a LIMIT, or allow more with --max-rows")
    return found


def bound(graph: BuiltGraph, query: str, values: Mapping[str, NamedNode | Literal]) -> Rows:
    """The rows of a SELECT with its variables bound to values; the values never become text of the query."""
    result = graph.store.query(query, substitutions={Variable(name): value for name, value in values.items()})
    if not isinstance(result, QuerySolutions):
        raise QueryError("a named query must be a SELECT")
    return rows_of(result)


def rows_of(solutions: QuerySolutions, most: int | None = None) -> Rows:
    """All rows of an answer. Raises QueryError where there are more than `most`."""
    columns = tuple(variable.value for variable in solutions.variables)
    return Rows(columns, tuple(tuple(row[column] for column in columns) for row in _at_most(most, solutions)))


def is_iri(term: Term | None) -> bool:
    """Whether a value is the name of a node, which people read by its label."""
    return isinstance(term, NamedNode)


def value_of(term: Term | None, prefixes: Mapping[str, str] | None = None, date: Callable[[PartialDate], str] | None = None) -> str | int | float | bool | None:
    """A value for a cell: numbers and truth values as such, text else.

    prefixes: shorten IRIs by these ("hg:implements"); date: how dates are written, ISO by default.
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return _shortened(term.value, prefixes or {})
    if isinstance(term, Literal):
        kind = term.datatype.value.rpartition("#")[2]
        try:
            if kind == "integer":
                return int(term.value)
            if kind in ("decimal", "double", "float"):
                return float(term.value)
            if kind in ("date", "gYear", "gYearMonth") and date is not None:
                return date(PartialDate.parse(term.value))
        except ValueError:
            return term.value
        return term.value == "true" if kind == "boolean" else term.value
    return str(term)


def _shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    for prefix, start in prefixes.items():
        if iri.startswith(start) and len(iri) > len(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def _explained(query: str, error: str) -> str:
    """ "line 2, column 10: …" with the line itself and a mark below the place."""
    match = _POSITION.match(error)
    if match is None:
        return f"not valid SPARQL: {error.splitlines()[0]}"
    line, column = int(match["line"]), int(match["column"])
    lines: Sequence[str] = query.split("\n")
    keyword = _KEYWORD.match(match["reason"])
    if keyword is not None:
        # The parser counts the letters that it tried to read as a keyword as read.
        at = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1 - len(keyword["word"])
        line, column = line_and_column(query, max(0, at))
    text = lines[line - 1] if line <= len(lines) else ""
    reason = "a prefix that isn't declared" if "Prefix not found" in match["reason"] else _short(match["reason"])
    shown = text.replace("\t", " ")
    return f"line {line}, column {column}: {reason}\n  {shown}\n  {' ' * (column - 1)}^"


def _short(reason: str) -> str:
    """The parser's reason, as far as it is of use: long lists of expected characters are not."""
    words = re.sub(r"\s+", " ", reason).strip()
    return words if len(words) <= 80 else "not expected here, or something is missing before it"

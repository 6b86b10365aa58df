"""Run SPARQL over a built graph: read only, all prefixes of the vocabulary known, no way out to another server."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Triple, Variable, serialize

from graph.errors import QueryError
from graph.model import PartialDate
from graph.query.built import BuiltGraph, Term

_POSITION = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<reason>.*)", re.DOTALL)
# The parser wants no space around keywords ("5SERVICE", "servicesilent<u>"), so a plain word is looked at by its end. Variables and names
# with a prefix are other things ("?service", "schema:service"). Comments may stand between. Text inside quotes is not told apart: a
# query that has such words in a string can be written otherwise, one that reaches another server can't be taken back.
_GAP = r"(?:\s|\#[^\n]*(?:\n|$))*"
_SERVICE = re.compile(rf"(?<![?$:\w])\w*service{_GAP}(?:silent{_GAP})?(?:<|[?$]\w|[\w.-]*:)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PROLOGUE = re.compile(rf"{_GAP}(?:(?:prefix\s+[^\s:]*:|base){_GAP}<[^>]*>{_GAP})*(?P<word>\w*)", re.IGNORECASE)
_KEYWORD = re.compile(r"expected (?:one of )?(?P<word>[A-Z]{2,})\b")
_UPDATES = frozenset({"insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with"})


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT: names of the columns and rows of terms, None where a row has no value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def texts(self) -> list[tuple[str | None, ...]]:
        """The rows as text: IRIs and lexical forms."""
        return [tuple(None if term is None else text_of(term) for term in row) for row in self.rows]


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


Answer = Rows | Triples | bool


def run(graph: BuiltGraph, query: str) -> Answer:
    """The answer to a query of the user's own: rows, triples, or yes and no.

    Raises QueryError for updates, SERVICE, and what isn't SPARQL (with line and column of the user's text).
    """
    refuse(query)
    prefixes = graph.prefixes
    try:
        result = graph.store.query(query, prefixes=prefixes)
        if isinstance(result, QueryBoolean):
            return bool(result)
        if isinstance(result, QueryTriples):
            return Triples(tuple(sorted(set(result), key=str)), prefixes)
        return rows_of(result)
    except SyntaxError as error:
        message, *below = _explained(query, str(error)).split("\n")
        raise QueryError(message, [line.removeprefix("  ") for line in below]) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query can't be answered: {error}") from None


def bound(graph: BuiltGraph, query: str, values: Mapping[str, NamedNode | Literal]) -> Rows:
    """The rows of a SELECT with its variables bound to values; the values never become text of the query."""
    result = graph.store.query(query, substitutions={Variable(name): value for name, value in values.items()})
    if not isinstance(result, QuerySolutions):
        raise QueryError("a named query must be a SELECT")
    return rows_of(result)


def rows_of(solutions: QuerySolutions) -> Rows:
    """All rows of an answer."""
    columns = tuple(variable.value for variable in solutions.variables)
    return Rows(columns, tuple(tuple(row[column] for column in columns) for row in solutions))


def text_of(term: Term) -> str:
    """The IRI or lexical form of a term."""
    return term.value if isinstance(term, (NamedNode, Literal, BlankNode)) else str(term)


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


def refuse(query: str) -> None:
    """Raises QueryError for an update and for SERVICE, however it is written."""
    plain = _ESCAPED.sub(lambda m: _character(m[1] or m[2]), query)
    for text in (query, plain):
        match = _SERVICE.search(text)
        if match is not None:
            line, column = _line_and_column(text, match.start())
            raise QueryError(f"line {line}, column {column}: SERVICE is refused: queries here read this graph only")
    match = _PROLOGUE.match(query)
    if match is not None and match["word"].lower() in _UPDATES:
        line, column = _line_and_column(query, match.start("word"))
        raise QueryError(f"line {line}, column {column}: {match['word'].upper()} is refused: the graph is read only; change the sources and build it again")


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else " "


def _line_and_column(text: str, position: int) -> tuple[int, int]:
    return text.count("\n", 0, position) + 1, position - (text.rfind("\n", 0, position) + 1) + 1


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
        line, column = _line_and_column(query, max(0, at))
    text = lines[line - 1] if line <= len(lines) else ""
    reason = "a prefix that isn't declared" if "Prefix not found" in match["reason"] else _short(match["reason"])
    shown = text.replace("\t", " ")
    return f"line {line}, column {column}: {reason}\n  {shown}\n  {' ' * (column - 1)}^"


def _short(reason: str) -> str:
    """The parser's reason, as far as it is of use: long lists of expected characters are not."""
    words = re.sub(r"\s+", " ", reason).strip()
    return words if len(words) <= 80 else "not expected here, or something is missing before it"

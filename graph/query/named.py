"""The named queries: `.rq` files whose header tells title, parameters and an example; values are bound, never pasted.

A header line is a comment: `# title.vi: …`, `# title.en: …`, `# param: NAME KIND [optional] | words vi | words en`, `# example: …`.
A parameter is a variable of the SELECT. What a user types for it is looked up in the graph; several fits are asked in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import product
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.errors import QueryError
from graph.query import find
from graph.query.built import CORE_PREFIXES, BuiltGraph
from graph.query.sparql import Rows, bound
from graph.registers.data import Data
from graph.registers.ontology import Ontology

_HEADER = re.compile(r"#\s*(?P<field>title\.vi|title\.en|param|example|group)\s*:\s*(?P<value>.*)")
_PARAM = re.compile(r"(?P<name>\w+)\s+(?P<kind>\w+)(?P<optional>\s+optional)?\s*\|\s*(?P<vi>[^|]+?)\s*\|\s*(?P<en>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query; `kind` says how the typed words are looked up."""

    name: str
    kind: str
    required: bool
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that comes with the program."""

    name: str
    group: str
    title: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    example: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer of a named query, and what the words of its parameters were taken for (name → labels)."""

    query: NamedQuery
    rows: Rows
    taken: Mapping[str, tuple[str, ...]]


@cache
def queries(data: Data, terms: Ontology | None = None) -> Mapping[str, NamedQuery]:
    """The queries of `data/queries` by name, for the vocabulary that a graph carries, that of the data by default.

    Raises QueryError where a header is incomplete.
    """
    prefixes = {**(data.ontology if terms is None else terms).prefixes, **dict(CORE_PREFIXES)}
    paths = [data.files.path("queries", name) for name in data.files.names("queries", "*.rq")]
    return {path.stem: _read(path, prefixes) for path in sorted(paths, key=lambda path: path.stem)}


def query(data: Data, name: str, terms: Ontology | None = None) -> NamedQuery:
    """The query of this name, for a vocabulary. Raises QueryError with the nearest names where there is none."""
    known = queries(data, terms)
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.4)
        raise QueryError(f"there is no query {name!r}" + (f"; close to it: {', '.join(near)}" if near else "") + "; `govgraph query` lists them all")
    return known[name]


def ask(graph: BuiltGraph, named: NamedQuery, values: Mapping[str, str]) -> Asked:
    """The rows of a named query for what the user typed; several fits of a parameter are asked in turn, equal rows shown once.

    Raises QueryError for parameters that are missing or unknown, and words that fit nothing.
    """
    known = {p.name: p for p in named.parameters}
    for name in values:
        if name not in known:
            raise QueryError(f"{named.name} has no parameter {name!r}; it takes {', '.join(known) or 'none'}")
    for parameter in named.parameters:
        if parameter.required and not values.get(parameter.name, "").strip():
            raise QueryError(f"{named.name} needs --param {parameter.name}=… ({parameter.words['en']}); example: {named.example}")
    meant = {name: _LOOKUP[known[name].kind](graph, typed) for name, typed in values.items()}
    found: dict[tuple[object, ...], None] = {}
    columns: tuple[str, ...] = ()
    for chosen in product(*meant.values()):
        answer = bound(graph, named.text, dict(zip(meant, chosen, strict=True)))
        columns = answer.columns
        found.update(dict.fromkeys(answer.rows))
    taken = {name: (values[name],) if known[name].kind == "year" else tuple(_shown(graph, term) for term in terms) for name, terms in meant.items()}
    return Asked(named, Rows(columns, tuple(found)), taken)  # type: ignore[arg-type]


def _shown(graph: BuiltGraph, term: NamedNode | Literal) -> str:
    if isinstance(term, Literal):
        return term.value
    document = graph.documents.get(term.value)
    if document is not None:
        return f"{document.name}@{document.year}" if document.year is not None else document.name
    return _relations(graph).get(term.value) or graph.text(term.value, graph.terms.skos.prefLabel) or graph.label(term.value)


def _relations(graph: BuiltGraph) -> Mapping[str, str]:
    return {graph.terms.prefixes["hg"] + name: label for (name, lang), label in graph.terms.labels.items() if lang == "vi"}


def _nodes(look: Callable[[BuiltGraph, str], list[str]]) -> Callable[[BuiltGraph, str], list[NamedNode | Literal]]:
    return lambda graph, typed: [NamedNode(node) for node in look(graph, typed)]


def _directive(graph: BuiltGraph, typed: str) -> list[NamedNode | Literal]:
    return [NamedNode(d.id) for d in find.directives(graph, typed)]


def _year(graph: BuiltGraph, typed: str) -> list[NamedNode | Literal]:
    """All dates of documents in the year, in order."""
    if re.fullmatch(r"(?:19|20)\d\d", typed.strip()) is None:
        raise QueryError(f"{typed!r} is no year; write it as 2024")
    days = {o for node in graph.documents for o in graph.objects(node, graph.terms.dcterms.date) if isinstance(o, Literal)}
    return sorted((day for day in days if day.value.startswith(typed.strip())), key=lambda day: day.value)


def _relation(graph: BuiltGraph, typed: str) -> list[NamedNode | Literal]:
    name = typed.strip().removeprefix("hg:")
    if name != "mentions" and name not in graph.terms.hg:
        raise QueryError(f"{typed!r} is no relation; write it as implements, references, chaired …")
    return [graph.predicate(name)]


_LOOKUP: Mapping[str, Callable[[BuiltGraph, str], list[NamedNode | Literal]]] = {
    "directive": _directive,
    "official": _nodes(find.officials),
    "agency": _nodes(find.agencies),
    "province": _nodes(find.provinces),
    "post": _nodes(find.posts),
    "kind": _nodes(find.kinds),
    "year": _year,
    "relation": _relation,
}


def _read(path: Path, prefixes: Mapping[str, str]) -> NamedQuery:
    """A query, with a declaration for each prefix that it uses, so that it can be taken elsewhere."""
    text = path.read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    used = sorted(set(re.findall(r"(?<![\w?$])([a-z]+):(?=\w)", re.sub(r'"[^"]*"|<[^>]*>', "", body))) & set(prefixes))
    fields: dict[str, list[str]] = {}
    for line in text.splitlines():
        match = _HEADER.fullmatch(line.strip())
        if match is not None:
            fields.setdefault(match["field"], []).append(match["value"].strip())
    for needed in ("title.vi", "title.en", "example", "group"):
        if len(fields.get(needed, ())) != 1:
            raise QueryError(f"{path.name}: its header needs one line `# {needed}: …`")
    parameters = tuple(_parameter(path, value) for value in fields.get("param", ()))
    declared = "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in used)
    title = {"vi": fields["title.vi"][0], "en": fields["title.en"][0]}
    return NamedQuery(path.stem, fields["group"][0], title, parameters, fields["example"][0], f"{head}\n{declared}\n{body}")


def _parameter(path: Path, value: str) -> Parameter:
    match = _PARAM.fullmatch(value)
    if match is None or match["kind"] not in _LOOKUP:
        raise QueryError(f"{path.name}: `# param: {value}` is not NAME KIND [optional] | words vi | words en")
    return Parameter(match["name"], match["kind"], match["optional"] is None, {"vi": match["vi"], "en": match["en"]})

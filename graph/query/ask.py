"""Find the named query that answers a question in plain words, Vietnamese or English, with or without accents.

No language model and no network: what the question names (a document, a person, a body, a province, a year …) is looked up in the graph and
replaced by its kind; the rest is compared with the titles and the `# ask:` lines of the queries, by words and pairs of words.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from graph.errors import QueryError
from graph.query.built import BuiltGraph
from graph.query.named import NamedQuery, queries
from graph.registers.data import Data
from graph.text.normalize import fold, nfc, squeeze

_ASK = re.compile(r"^#\s*ask:\s*(?P<phrases>.+)$", re.MULTILINE)
_WORD = re.compile(r"\{\w+\}|[^\W_]+")
# "25-CT/TW", "15/2023/NĐ-CP"; then "chỉ thị 25", "kế hoạch số 135": the kind belongs to the name
_NUMBER = re.compile(r"\d+(?:/\d{4})?[-/][^\W\d]\w*(?:[-/.]\w+)*(?:@\d{4})?|(?<![\w/-])\d{1,5}(?:@\d{4})?(?![\w/-])")
_YEAR = re.compile(r"(?<![\w/-])(?:19|20)\d\d(?![\w/-])")
_NAMED = ("official", "agency", "province", "post", "kind", "relation")
_LEAST_SHARE = 0.6  # of the words of a body's or post's name that a question must hold
_LEAST_SCORE = 0.2
# What a title calls the value of a parameter.
_THIS = (
    (re.compile(r"\b(?:luat, nghi dinh, chi dao|chi dao|van ban) nay\b|\bthis (?:law, decree or directive|directive|document|one)\b"), "{directive}"),
    (re.compile(r"\bnguoi nay\b|\bthis person\b"), "{official}"),
    (re.compile(r"\btinh nay\b|\bthis province\b"), "{province}"),
    (re.compile(r"\bco quan nay\b|\bthis body\b"), "{agency}"),
    (re.compile(r"\bchuc vu nay\b|\bthis post\b"), "{post}"),
    (re.compile(r"\bloai nay\b|\bthis kind\b|\bthis relation\b"), "{kind}"),
    (re.compile(r"\bnam nay\b|\bthis year\b"), "{year}"),
)


@dataclass(frozen=True, slots=True)
class Match:
    """A query that fits a question, the values for its parameters as the question has them, and how well it fits (0 to 1)."""

    query: NamedQuery
    values: Mapping[str, str]
    score: float


@dataclass(frozen=True, slots=True)
class _Name:
    """A stretch of the question that names something: the words [start, end), and what it may be."""

    start: int
    end: int
    kind: str
    text: str


def understand(graph: BuiltGraph, question: str) -> list[Match]:
    """The queries that fit a question, the best first. Raises QueryError where none fits."""
    words = _words(question)
    if not words:
        raise QueryError('ask something, for example: govgraph ask "kế hoạch nào thực hiện chỉ thị 25"')
    names = list(_names(graph, question, words))
    found = [match for query in queries(graph.data, graph.terms).values() if (match := _match(graph.data, query, words, names)) is not None]
    found = [match for match in found if match.score >= _LEAST_SCORE]
    if not found:
        raise QueryError("no question that the program knows fits these words; `govgraph query` lists them all")
    return sorted(found, key=lambda m: (-m.score, m.query.name))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


# ---- what the question names


def _names(graph: BuiltGraph, question: str, words: list[str]) -> Iterator[_Name]:
    """Everything in the question that the graph knows; stretches of several kinds come once a kind."""
    written = squeeze(nfc(question))
    plain, spelt = fold(written), _WORD.findall(written)
    kinds = _index(graph, "kind")
    taken: set[int] = set()
    for match in _NUMBER.finditer(plain):
        start, end = len(_WORD.findall(plain[: match.start()])), len(_WORD.findall(plain[: match.end()]))
        if _YEAR.fullmatch(match.group()):
            yield _Name(start, end, "year", match.group())
            continue
        before = [w for w in words[:start] if w != "so"] if words[start - 1 : start] == ["so"] else words[:start]
        kind = next((name for size in (4, 3, 2, 1) if (name := " ".join(before[-size:])) in kinds.exact), "")
        first = start - (start - len(before)) - len(kind.split())
        taken.update(range(first, end))
        yield _Name(first, end, "directive", f"{kind} {written[match.start() : match.end()]}".strip())
    for kind in _NAMED:
        index = _index(graph, kind)
        for start, end in index.find(words):
            if not taken & set(range(start, end)):
                yield _Name(start, end, kind, " ".join(spelt[start:end]))


@dataclass(slots=True)
class _Index:
    """The names of one kind, by their words."""

    exact: frozenset[str]
    by_word: Mapping[str, frozenset[int]]
    sizes: tuple[int, ...]
    partial: bool  # whether a part of a name is enough

    def find(self, words: list[str]) -> list[tuple[int, int]]:
        """The longest stretches of the words that are names, none inside another."""
        found: list[tuple[int, int]] = []
        for size in range(min(len(words), 14), 0, -1):
            for start in range(len(words) - size + 1):
                end = start + size
                if not any(a <= start and end <= b for a, b in found) and self._names(words[start:end]):
                    found.append((start, end))
        return found

    def _names(self, words: list[str]) -> bool:
        if " ".join(words) in self.exact:
            return True
        if not self.partial or len(words) < 2:
            return False
        holding = set.intersection(*(set(self.by_word.get(word, ())) for word in words))
        return any(len(set(words)) >= _LEAST_SHARE * self.sizes[number] for number in holding)


def _index(graph: BuiltGraph, kind: str) -> _Index:
    """The index of a kind; kept with the graph, since every window of a question asks it."""
    store: dict[str, _Index] = graph.__dict__.setdefault("_ask_index", {})
    if kind not in store:
        store[kind] = _make(_labels(graph, kind), partial=kind in ("agency", "post"))
    return store[kind]


def _labels(graph: BuiltGraph, kind: str) -> Iterable[str]:
    t = graph.terms
    if kind == "kind":
        nodes = sorted({str(getattr(q.subject, "value", "")) for q in graph.store.quads_for_pattern(None, t.rdf.type, t.skos.Concept)})
        return [name for node in nodes for name in graph.texts(node, t.skos.prefLabel)]
    if kind == "relation":
        return [name for (name, _) in t.labels if name[:1].islower()]
    return [graph.label(node) for node in graph.of_class(kind.capitalize())]


def _make(labels: Iterable[str], *, partial: bool) -> _Index:
    names = sorted({" ".join(_words(label)) for label in labels} - {""})
    by_word: dict[str, set[int]] = defaultdict(set)
    for number, name in enumerate(names):
        for word in name.split():
            by_word[word].add(number)
    return _Index(frozenset(names), {w: frozenset(n) for w, n in by_word.items()}, tuple(len(set(n.split())) for n in names), partial)


# ---- which query fits


def _match(data: Data, query: NamedQuery, words: list[str], names: list[_Name]) -> Match | None:
    """The query with values for its parameters, None where the question lacks one that it needs."""
    values: dict[str, str] = {}
    chosen: list[_Name] = []
    for parameter in query.parameters:
        free = [n for n in names if n.kind == parameter.kind and not any(n.start < c.end and c.start < n.end for c in chosen)]
        if not free:
            if parameter.required:
                return None
            continue
        best = max(free, key=lambda n: (n.end - n.start, -n.start))
        chosen.append(best)
        values[parameter.name] = best.text
    masked = list(_masked(words, chosen))
    score = max(_model(data).similarity(masked, phrase) for phrase in _all_phrases(data)[query.name])
    # A thing that is named and not used is a question that was not understood.
    unused = {n.kind for n in names if n.kind in ("directive", "official", "year") and n not in chosen}
    return Match(query, values, round(score * 0.7 ** len(unused), 6))


def _masked(words: list[str], names: list[_Name]) -> Iterator[str]:
    """The words, with each name replaced by its kind."""
    starts = {n.start: n for n in names}
    position = 0
    while position < len(words):
        name = starts.get(position)
        yield f"{{{name.kind}}}" if name is not None else words[position]
        position = name.end if name is not None else position + 1


@cache
def _all_phrases(data: Data) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    return {name: tuple(tuple(_words(phrase)) for phrase in _written(query)) for name, query in queries(data).items()}


def _written(query: NamedQuery) -> Iterator[str]:
    for title in query.title.values():
        plain = fold(title)
        for pattern, kind in _THIS:
            plain = pattern.sub(kind, plain)
        yield plain
    for match in _ASK.finditer(query.text):
        yield from match["phrases"].split(";")


class _Model:
    """Words and pairs of words weighted by how few queries use them."""

    def __init__(self, phrases: Mapping[str, tuple[tuple[str, ...], ...]]) -> None:
        self._count = len(phrases)
        self._used = Counter(feature for own in phrases.values() for feature in {f for phrase in own for f in _features(phrase)})

    def _weight(self, feature: str) -> float:
        return math.log(1 + self._count / (0.5 + self._used[feature]))

    def similarity(self, a: Iterable[str], b: Iterable[str]) -> float:
        """Cosine of the two, 0 to 1."""
        left, right = (Counter(_features(tuple(words))) for words in (a, b))
        weights = {f: self._weight(f) ** 2 for f in left | right}
        shared = sum(weights[f] * left[f] * right[f] for f in left.keys() & right.keys())
        norm = math.sqrt(sum(weights[f] * n * n for f, n in left.items()) * sum(weights[f] * n * n for f, n in right.items()))
        return shared / norm if norm else 0.0

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word and pair that some query uses."""
        return frozenset(self._used)


@cache
def _model(data: Data) -> _Model:
    return _Model(_all_phrases(data))


def _features(words: tuple[str, ...]) -> Iterator[str]:
    yield from words
    for left, right in zip(("^", *words), (*words, "$"), strict=True):
        yield f"{left} {right}"

"""Checks of a graph by sets: edges have statements, quotes equal their texts, days and ranks can be.

What shapes would take minutes for is compared here as sets of ends and spans.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property

from graph.model import Kind
from graph.query.built import BuiltGraph, local_name
from graph.query.findings import Finding
from graph.query.trace import days_between

# From the top down. Units of ministries and facilities stand beside the ladder: better no finding than a wrong one.
_RANKS = {"central": 0, "ministry": 1, "province": 2, "district": 3, "commune": 4}


class Soundness:
    """The checks of one graph; each gives its findings."""

    def __init__(self, graph: BuiltGraph) -> None:
        self.graph = graph
        self._ends = graph.ends()
        self._texts: dict[str, str] = {}

    def all(self) -> Iterator[Finding]:
        """The findings of every check."""
        yield from self.edges()
        yield from self.quotes()
        yield from self.cycles()
        yield from self.days()
        yield from self.ranks()

    def edges(self) -> Iterator[Finding]:
        """Every edge has a statement, every statement but an unverified one of a register its edge."""
        graph = self.graph
        unverified = {node for node, truth in graph.edges(graph.terms.hg.verified) if truth == "false"}
        told = {(e.subject, e.predicate, e.object) for e in self._ends}
        sure = {(e.subject, e.predicate, e.object) for e in self._ends if e.id not in unverified}
        meetings = set(graph.of_class(Kind.MEETING))
        drawn: set[tuple[str, str, str]] = set()
        for name in ("mentions", *graph.terms.relations):
            predicate = graph.predicate(name)
            drawn.update((s, predicate.value, o) for s, o in graph.edges(predicate))
        for subject, predicate_iri, target in sorted(drawn - told):
            # The province of a body, post or document is part of its name; only a meeting's is told by a sentence.
            if predicate_iri != graph.predicate("inProvince").value or subject in meetings:
                yield Finding.of("edge", subject, predicate=local_name(predicate_iri), target=target)
        for subject, predicate_iri, target in sorted(sure - drawn):
            yield Finding.of("statement", subject, predicate=local_name(predicate_iri), target=target)

    def quotes(self) -> Iterator[Finding]:
        """Every passage's quote equals its source's text at its offsets, and lies in the source that its statement names."""
        graph, t = self.graph, self.graph.terms
        files = dict(graph.edges(t.hg.sourceFile))
        hashes = dict(graph.edges(t.hg.sha256))
        for report, source in sorted(files.items()):
            text = self._text(source)
            if not text:
                yield Finding.of("text", source)
            elif hashlib.sha256(text.encode()).hexdigest() != hashes.get(report):
                yield Finding.of("hash", source)
        starts, ends, quotes = (dict(graph.edges(p)) for p in (t.oa.start, t.oa.end, t.oa.exact))
        selectors: dict[str, list[str]] = {}
        for passage, selector in graph.edges(t.oa.hasSelector):
            selectors.setdefault(passage, []).append(selector)
        sources = dict(graph.edges(t.oa.hasSource))
        for passage, report in sorted(sources.items()):
            position = next((s for s in selectors.get(passage, ()) if s in starts and s in ends), None)
            quote = next((quotes[s] for s in selectors.get(passage, ()) if s in quotes), None)
            text = self._text(files.get(report, ""))
            if position is None or not quote or (text and text[int(starts[position]) : int(ends[position])] != quote):
                yield Finding.of("quote", passage, source=files.get(report, report), quote=(quote or "")[:80])
        stated = dict(graph.edges(t.hg.statedIn))
        for statement, passage in graph.edges(t.hg.evidence):
            if sources.get(passage) != stated.get(statement):
                yield Finding.of("source", statement, passage=passage)

    def _text(self, source: str) -> str:
        """A source's text as it lies there: what was changed is to be found, not to be refused."""
        if source not in self._texts:
            self._texts[source] = self.graph.kept.text_as_is(source) if self.graph.kept is not None else ""
        return self._texts[source]

    def cycles(self) -> Iterator[Finding]:
        """No document carries itself out over others; a cycle is named once."""
        above: dict[str, list[str]] = {}
        for subject, target in self._steps:
            above.setdefault(subject, []).append(target)
        for circle in _circles(above):
            names = [self.graph.name(node) for node in circle]
            yield Finding.of("cycle", circle[0], path=" → ".join([*names, names[0]]))

    def days(self) -> Iterator[Finding]:
        """No document is older than the one that it carries out."""
        documents = self.graph.documents
        for subject, target in self._steps:
            if subject in documents and target in documents:
                days = days_between(documents[target], documents[subject])
                if days is not None and days < 0:
                    yield Finding.of("days", subject, document=documents[subject].name, superior=documents[target].name, days=-days)

    def ranks(self) -> Iterator[Finding]:
        """No body carries out the document of a lower one."""
        documents = self.graph.documents
        for subject, target in self._steps:
            own, other = self._rank(subject), self._rank(target)
            if own is not None and other is not None and own < other and subject in documents and target in documents:
                yield Finding.of("rank", subject, document=documents[subject].name, superior=documents[target].name)

    @cached_property
    def _steps(self) -> list[tuple[str, str]]:
        return sorted({(s, o) for step in self.graph.terms.relations.steps for s, o in self.graph.edges(self.graph.terms.hg[step])})

    def _rank(self, document: str) -> int | None:
        """The rank of the body that issued a document; None where its level isn't known or has no rank."""
        return _RANKS.get(self.graph.text(document, self.graph.terms.hg.level))


def _circles(above: dict[str, list[str]]) -> list[list[str]]:
    """The circles of a graph, one for each knot of nodes that reach each other, starting at its smallest node."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in sorted(above):
        if start in done:
            continue
        path = _way_back(start, above)
        if path:
            found.append(path)
            done.update(path)
    return found


def _way_back(start: str, above: dict[str, list[str]]) -> list[str]:
    """The shortest way from a node to itself; [] if there is none."""
    ways: dict[str, list[str]] = {start: [start]}
    queue = [start]
    while queue:
        node = queue.pop(0)
        for after in above.get(node, ()):
            if after == start:
                return ways[node]
            if after not in ways:
                ways[after] = [*ways[node], after]
                queue.append(after)
    return []

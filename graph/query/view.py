"""A graph as of a day: only what sources of that day or before attest.

Reads: a store. Gives: the same store without the later statements, the edges that only they told, and what was counted from them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.model import PartialDate
from graph.registers.ontology import Ontology


def last_day(day: PartialDate | str) -> str:
    """The last day that a date may mean, as text that sorts: 2024 is attested for sure only at the end of 2024."""
    parts = str(day).split("-")
    return "-".join((*parts, *("12", "31")[len(parts) - 1 :])) if len(parts) < 3 else str(day)


def keep_until(store: Store, terms: Ontology, day: PartialDate) -> None:
    """Take out of the store what no source up to `day` attests; a source without a date attests nothing by then.

    A statement of a register stays where its document was signed by that day.
    """
    _View(store, terms, last_day(day)).cut()


class _View:
    def __init__(self, store: Store, terms: Ontology, limit: str) -> None:
        self._store = store
        self._terms = terms
        self._limit = limit

    def cut(self) -> None:
        t = self._terms
        every = self._subjects(t.rdf.type, t.rdf.Statement)
        gone = {s for s in every if not self._attested(s)}
        told: dict[tuple[object, object, object], bool] = defaultdict(bool)
        for statement in every:
            told[self._edge(statement)] |= statement not in gone
        for edge, stays in told.items():
            if not stays:
                self._drop(edge)
        for statement in gone:
            self._remove(statement)
        self._memberships()
        self._cells()

    def _attested(self, statement: NamedNode) -> bool:
        t = self._terms
        report = self._one(statement, t.hg.statedIn)
        if report is not None:
            day = self._one(report, t.dcterms.date)
        else:
            # Of a person: the day on which he or she said so. Of a register: the day of the document that it speaks of.
            subject = self._one(statement, t.rdf.subject)
            day = self._one(statement, t.dcterms.date) or (self._one(subject, t.dcterms.date) if subject is not None else None)
        return isinstance(day, Literal) and last_day(day.value) <= self._limit

    def _memberships(self) -> None:
        """Posts are attested from the first to the last source that is left."""
        t = self._terms
        days: dict[tuple[str, str], list[Literal]] = defaultdict(list)
        for statement in self._subjects(t.rdf.predicate, t.hg.holdsPost):
            report = self._one(statement, t.hg.statedIn)
            day = self._one(report, t.dcterms.date) if report is not None else None
            person, post = (str(self._one(statement, p)) for p in (t.rdf.subject, t.rdf.object))
            if isinstance(day, Literal):
                days[person, post].append(day)
        for node in self._subjects(t.rdf.type, t.org.Membership):
            left = days.get((str(self._one(node, t.org.member)), str(self._one(node, t.hg.ofPost))), [])
            if not left:
                self._remove(node)
                continue
            for predicate, value in ((t.hg.firstAttested, min(left, key=lambda d: d.value)), (t.hg.lastAttested, max(left, key=lambda d: d.value))):
                for quad in list(self._store.quads_for_pattern(node, predicate, None)):
                    self._store.remove(quad)
                    self._store.add(Quad(node, predicate, value))

    def _cells(self) -> None:
        """A cell of the matrix stays where all that it rests on is left."""
        t = self._terms
        for cell in self._subjects(t.rdf.type, t.hg.Coverage):
            if any(self._one(q.object, t.rdf.type) is None for q in self._store.quads_for_pattern(cell, t.hg.restsOn, None) if isinstance(q.object, NamedNode)):
                self._remove(cell)

    def _drop(self, edge: tuple[object, object, object]) -> None:
        subject, predicate, target = edge
        if not (isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(target, (NamedNode, Literal))):
            return
        self._store.remove(Quad(subject, predicate, target))
        if predicate == self._terms.hg.issuedOn:
            # The one date that days are counted from goes with the last source that tells it.
            for quad in list(self._store.quads_for_pattern(subject, self._terms.dcterms.date, target)):
                self._store.remove(quad)

    def _edge(self, statement: NamedNode) -> tuple[object, object, object]:
        t = self._terms
        return self._one(statement, t.rdf.subject), self._one(statement, t.rdf.predicate), self._one(statement, t.rdf.object)

    def _one(self, subject: object, predicate: NamedNode) -> NamedNode | Literal | None:
        if not isinstance(subject, NamedNode):
            return None
        found = next(iter(self._store.quads_for_pattern(subject, predicate, None)), None)
        return found.object if found is not None and isinstance(found.object, (NamedNode, Literal)) else None

    def _subjects(self, predicate: NamedNode, target: NamedNode) -> Iterable[NamedNode]:
        return [q.subject for q in self._store.quads_for_pattern(None, predicate, target) if isinstance(q.subject, NamedNode)]

    def _remove(self, node: NamedNode) -> None:
        for quad in list(self._store.quads_for_pattern(node, None, None)):
            self._store.remove(quad)

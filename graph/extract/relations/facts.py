"""Facts of one source: relations between those whom and what it means, and how facts found twice become one.

Reads: facts in the order in which rules found them. Gives: one fact for each subject, predicate and object, with all its spans.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.extract.antecedents.citations import Cited
from graph.extract.antecedents.people import Person
from graph.extract.rulebook import DocumentRule
from graph.model import AgencyRef, AwardRef, Kind, PartialDate, PostRef, Referent, Span, Value

_MOST_SPANS = 4

# What an end of a fact means: documents and people of the source stand for themselves, a province for its name, an event for its number.
End = Cited | Person | AgencyRef | PostRef | AwardRef | PartialDate | str | int
_KINDS: dict[type, Kind] = {
    Cited: Kind.DIRECTIVE, Person: Kind.OFFICIAL, AgencyRef: Kind.AGENCY, PostRef: Kind.POST, AwardRef: Kind.AWARD, PartialDate: Kind.DATE,
    str: Kind.PROVINCE, int: Kind.MEETING,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """What a source says of two ends, and the passages that say so."""

    subject: End
    predicate: str
    object: End
    spans: tuple[Span, ...]
    rule: str
    confidence: float
    inferred: bool = False
    reason: str = ""


def by_rule(rule: DocumentRule, subject: End, target: End, spans: tuple[Span, ...], reason: str | None = None) -> Fact:
    """What a rule of documents says of two ends.

    reason: what a part of it is worked out from; None where all of it is written.
    """
    inferred = reason is not None
    return Fact(subject, rule.predicate, target, spans, rule.id, rule.sure(inferred=inferred), inferred, reason or "")


class ReferentsBuilder:
    """Numbers the referents of each kind in order of first use."""

    def __init__(self) -> None:
        self._known: dict[End, Referent] = {}
        self._counts: dict[Kind, int] = {}

    def of(self, end: End, value: Value, spans: tuple[Span, ...] = ()) -> Referent:
        """The referent of an end; a new one takes the next number of its kind."""
        known = self._known.get(end)
        if known is None:
            kind = _KINDS[type(end)]
            number = self._counts[kind] = self._counts.get(kind, 0) + 1
            known = self._known[end] = Referent(kind, number, value, spans)
        return known

    def build(self) -> tuple[Referent, ...]:
        """All referents in order of first use."""
        return tuple(self._known.values())


def merged(facts: Iterable[Fact]) -> list[Fact]:
    """One fact for each subject, predicate and object, the surest first; further spans are kept as further evidence."""
    found: dict[tuple[End, str, End], Fact] = {}
    for fact in facts:
        ident = (fact.subject, fact.predicate, fact.object)
        known = found.get(ident)
        if known is None:
            found[ident] = fact
            continue
        surer = (not fact.inferred and known.inferred) or (fact.inferred == known.inferred and fact.confidence > known.confidence)
        best, other = (fact, known) if surer else (known, fact)
        found[ident] = replace(best, spans=tuple(dict.fromkeys((*best.spans, *other.spans)))[:_MOST_SPANS])
    return list(found.values())

"""Relations before their ends are numbered: what one reading of a source has found, and how facts found twice become one.

Reads: facts in the order in which rules found them. Gives: one fact for each subject, predicate and object, with all its spans.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.extract.antecedents import Person
from graph.extract.citations import Cited
from graph.extract.context import Place
from graph.extract.masking import Masked
from graph.model import AgencyRef, Kind, Referent, Span, Value

QUOTE = 600  # longest quote in code points (DESIGN.md 5)
_MOST_SPANS = 4

Thing = tuple[Kind, object]


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two things of a source; people and cited documents stand for themselves, events by their number."""

    subject: Thing
    predicate: str
    object: Thing
    spans: list[Span]
    rule: str
    confidence: float
    inferred: bool = False
    reason: str = ""


class Referents:
    """Numbers the referents of each kind in order of first use."""

    def __init__(self) -> None:
        self._known: dict[tuple[Kind, object], Referent] = {}
        self._counts: dict[Kind, int] = {}

    def of(self, thing: Thing, value: Value, spans: tuple[Span, ...]) -> Referent:
        """The referent of a thing; a new one takes the next number of its kind."""
        identity = (thing[0], _identity(thing[1]))
        known = self._known.get(identity)
        if known is None:
            number = self._counts[thing[0]] = self._counts.get(thing[0], 0) + 1
            known = self._known[identity] = Referent(thing[0], number, value, spans)
        return known

    def all(self) -> list[Referent]:
        """All referents in order of first use."""
        return list(self._known.values())


def merged(facts: list[Fact]) -> list[Fact]:
    """One fact for each subject, predicate and object, the surest first; further spans are kept as further evidence."""
    found: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        ident = (fact.subject[0], _identity(fact.subject[1]), fact.predicate, fact.object[0], _identity(fact.object[1]))
        known = found.get(ident)
        if known is None:
            found[ident] = fact
        elif (not fact.inferred and known.inferred) or (fact.inferred == known.inferred and fact.confidence > known.confidence):
            found[ident] = replace(fact, spans=distinct([*fact.spans, *known.spans])[:_MOST_SPANS])
        else:
            found[ident] = replace(known, spans=distinct([*known.spans, *fact.spans])[:_MOST_SPANS])
    return list(found.values())


def _identity(value: object) -> object:
    return id(value) if isinstance(value, (Cited, Person)) else value


def distinct(spans: list[Span]) -> list[Span]:
    """The spans in order, each once."""
    return list(dict.fromkeys(spans))


def province_of(agency: AgencyRef | None) -> str | None:
    """The province of a body or of the nearest body that it is part of."""
    while agency is not None:
        if agency.province is not None:
            return agency.province
        agency = agency.parent
    return None


def reason_of(inferred: bool, place: Place) -> str:
    """Why a body's place is what it is: the reason of the report's province where it was inferred."""
    return place.reason if inferred else ""


# ---- quotes


def clip(text: str, span: Span, around: int) -> Span:
    """The span if it is short enough for a quote, else a window of it around a position, cut between words."""
    start, end = span
    if end - start <= QUOTE:
        return span
    first = max(start, around - QUOTE // 3)
    return _word_start(text, first, around), _word_end(text, min(end, first + QUOTE - 20), around)


def evidence(text: str, masked: Masked, first_mark: int, last_mark: int) -> Span:
    """The sentence of a match over [first_mark, last_mark) of its masked text, or a window around cue and arguments where it is too long."""
    start, end = masked.span
    if end - start <= QUOTE:
        return start, end
    first = masked.offset(first_mark)
    last = masked.offset(max(first_mark, last_mark - 1)) + 1
    last = min(end, max([last, *(m.mention.end for _, m in masked.within(first_mark, last_mark))]))
    if last - first > QUOTE:
        return first, first + QUOTE
    room = (QUOTE - (last - first)) // 2
    return _word_start(text, max(start, first - room), first), _word_end(text, min(end, last + room), last)


def _word_start(text: str, position: int, limit: int) -> int:
    while position < limit and position > 0 and not text[position - 1].isspace():
        position += 1
    return position


def _word_end(text: str, position: int, limit: int) -> int:
    while position > limit and position < len(text) and not text[position].isspace():
        position -= 1
    return position

"""One frame a meeting: what its slots (host, chair, guests, speakers) may hold together, whoever's sentence filled them.

Reads: the events of a source and the roles found in its sentences. Gives: the roles without those that another slot of the same meeting
rules out.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.extract.relations.events import Event
from graph.extract.relations.facts import Fact
from graph.model import Span

_READ_OUT = "announced"  # who reads out a decision holds the meeting only where nobody else does
_VISIT = "attended-visit"
_MEETS = frozenset({"chaired", "organized"})


def _tells(span: Span | None, fact: Fact) -> bool:
    """Whether a fact is of the sentence at a span."""
    return span is not None and span[0] <= fact.spans[0][0] < span[1]


def framed(facts: Iterable[Fact], events: Iterable[Event]) -> list[Fact]:
    """The facts that fit the frames; those that tell of no event are all kept.

    facts: with the event's number as object where somebody acted at one.
    """
    facts = list(facts)
    first = {event.number: event.spans[0] for event in events if event.spans}
    held = {f.object for f in facts if f.predicate == "organized" and f.rule != _READ_OUT}
    met = {f.object for f in facts if f.predicate in _MEETS and f.rule != _READ_OUT}
    return [
        f
        for f in facts
        if not (f.rule == _READ_OUT and f.object in held)
        # a visit beside a meeting: "Trước giờ họp, Bí thư đến thăm, tặng quà …"
        and not (f.rule == _VISIT and isinstance(f.object, int) and f.object in met and not _tells(first.get(f.object), f))
    ]

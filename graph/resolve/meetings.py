"""Which events of two sources are one: the same day, chair or organiser, and province (or both national), and nothing against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.registers.lexicon import Lexicon
from graph.resolve.joining import Joiner
from graph.resolve.known import first_number
from graph.resolve.subjects import OTHER, Subjects
from graph.resolve.things import Event, Thing


class Meetings:
    """Joins the events of several sources."""

    def __init__(self, joiner: Joiner, lexicon: Lexicon, subjects: Subjects, names: Mapping[str, str], national: frozenset[str]) -> None:
        """names: local path or key → canonical path of people, bodies and documents; national: canonical paths of central bodies."""
        self._joiner = joiner
        self._lexicon = lexicon
        self._subjects = subjects
        self._names = names
        self._national = national

    def join(self, things: list[Thing]) -> None:
        """Join what is one event; an event that could be either of two of another source stays apart."""
        by_day: dict[str, list[Thing]] = defaultdict(list)
        for thing in things:
            event = thing.event
            if event is not None and len(event.days) == 1 and (day := next(iter(event.days))).is_day:
                by_day[str(day)].append(thing)
        for same_day in by_day.values():
            self._join(same_day)

    def _join(self, things: list[Thing]) -> None:
        pairs: list[tuple[Thing, Thing, str]] = []
        apart: list[tuple[Thing, Thing, str]] = []
        for i, one in enumerate(things):
            for other in things[i + 1 :]:
                if one.mark == other.mark or one.event is None or other.event is None:
                    continue
                shared = self._shared(one.event, other.event)
                if not shared:
                    continue
                against = self._against(one.event, other.event)
                if against:
                    apart.append((one, other, f"same day and {shared}; {against}"))
                else:
                    pairs.append((one, other, shared))
        partners: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one, other, _ in pairs:
            partners[one.key, other.mark].add(other.key)
            partners[other.key, one.mark].add(one.key)
        for one, other, shared in pairs:
            unique = len(partners[one.key, other.mark]) == 1 and len(partners[other.key, one.mark]) == 1
            if not (unique and self._joiner.join(one.key, other.key, f"same day, {shared} and place", _one_of_each_source)):
                self._joiner.doubt(one.key, other.key, 0.6, f"same day and {shared}; but a source tells of two such events")

        for one, other, reason in apart:
            if _one_of_each_source(*(self._joiner.members(t.key) for t in (one, other))):
                self._joiner.doubt(one.key, other.key, 0.4, reason)

    def _shared(self, a: Event, b: Event) -> str:
        if self._canonical(a.chairs) & self._canonical(b.chairs):
            return "chair"
        return "organiser" if self._canonical(a.organizers) & self._canonical(b.organizers) else ""

    def _against(self, a: Event, b: Event) -> str:
        """What speaks against one event; "" if nothing does."""
        if not self._same_place(a, b):
            return "but the places differ, or one is not told"
        kinds = {self._lexicon.event_class(e.noun) for e in (a, b)} - {""}
        if len(kinds) > 1:
            return "but other kinds of events"
        for mine, theirs, what in ((a.chairs, b.chairs, "chairs"), (a.organizers, b.organizers, "organisers")):
            if mine and theirs and not self._canonical(mine) & self._canonical(theirs):
                return f"but the {what} differ"
        # A programme without number goes by other words in the next newspaper; numbers can contradict each other.
        numbers = (self._cited(a), self._cited(b))
        if all(numbers) and not self._canonical(a.documents) & self._canonical(b.documents) and not numbers[0] & numbers[1]:
            return "but the documents differ"
        if a.parts and b.parts and not a.parts & b.parts:
            return "but the times of day differ"
        likeness = self._subjects.likeness(a.topic, b.topic)
        if likeness is not None and likeness < OTHER:
            return "but the topics differ"
        return ""

    def _same_place(self, a: Event, b: Event) -> bool:
        if a.provinces or b.provinces:
            return bool(a.provinces & b.provinces)
        return all(self._canonical((*e.chairs, *e.organizers)) & self._national for e in (a, b))

    def _cited(self, event: Event) -> set[tuple[str, str]]:
        """Kinds and bare numbers of the documents that an event is about: "Nghị quyết 15" may well be Nghị quyết 15-NQ/TW."""
        refs = [self._joiner.things[key].ref for key in event.documents]
        return {(ref.kind, number) for ref in refs if ref is not None and (number := first_number(ref) or ref.bare.lstrip("0"))}

    def _canonical(self, names: Iterable[str]) -> set[str]:
        return {self._names.get(name, name) for name in names}


def _one_of_each_source(left: list[Thing], right: list[Thing]) -> bool:
    """Two events of one source are two."""
    return {t.mark for t in left}.isdisjoint(t.mark for t in right)

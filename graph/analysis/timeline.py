"""When things happened: the signing date of each document, days between two documents, and when a post is attested."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from graph.model import GraphData, Kind, PartialDate
from graph.registers.lexicon import Lexicon
from graph.text.dates import find_dates
from graph.text.normalize import key

_SIGNED = re.compile(r"(?<!\w)số:?\s\S+\s?,?\s(?:ngày\s)?\Z|(?<!\w)ký ngày\s\Z")


@dataclass(frozen=True, slots=True)
class Attestation:
    """One person in one post: the first and last date at which sources show it, and whether every source says "nguyên"."""

    official: str
    post: str
    first: PartialDate | None
    last: PartialDate | None
    former: bool
    sources: tuple[str, ...]
    started: PartialDate | None = None  # begin and end only where a source tells them
    ended: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two people whom sources of one day show in a post that one person holds at a time."""

    post: str
    day: PartialDate
    holders: tuple[str, ...]
    sources: tuple[str, ...]


class Timeline:
    """Dates of a graph, gathered from its statements and from verified fields of the register."""

    def __init__(self, graph: GraphData) -> None:
        self._graph = graph

    @cached_property
    def dates(self) -> dict[str, tuple[PartialDate, ...]]:
        """Directive → the signing dates told of it, those of the register and of most sources first.

        A less precise date that agrees with a more precise one is not a date of its own.
        """
        told: dict[str, Counter[PartialDate]] = defaultdict(Counter)
        for statement in self._graph.statements:
            if statement.predicate == "issuedOn":
                told[statement.subject.id][PartialDate.parse(statement.object.id)] += 1
        registered = {r.subject: PartialDate.parse(r.object) for r in self._graph.registered if r.predicate == "issuedOn" and r.verified}
        for directive, day in registered.items():
            told[directive][day] += 0
        dates: dict[str, tuple[PartialDate, ...]] = {}
        for directive, counts in told.items():
            own = [d for d in counts if not any(d != e and d.agrees_with(e) and str(e).startswith(str(d)) for e in counts)]
            dates[directive] = tuple(sorted(own, key=lambda d: (registered.get(directive) != d, -counts[d], d)))
        return dates

    def date(self, directive: str) -> PartialDate | None:
        """The signing date, as precise as it is known; None if nothing tells it."""
        return next(iter(self.dates.get(directive, ())), None)

    def lag(self, later: str, predicate: str, superior: str) -> int | None:
        """Days from the signing of `superior` to that of `later`, which carries it out; None for other relations, and unless both days are known."""
        return self.days_between(superior, later) if predicate in self._graph.relations.steps else None

    def days_between(self, superior: str, later: str) -> int | None:
        """Days from one signing to the other; None unless both days are known."""
        start, end = self.date(superior), self.date(later)
        return start.days_until(end) if start is not None and end is not None else None

    @cached_property
    def meeting_dates(self) -> dict[str, tuple[PartialDate, ...]]:
        """Meeting → the dates told of it, the most precise first."""
        told: dict[str, set[PartialDate]] = defaultdict(set)
        for statement in self._graph.statements:
            if statement.predicate == "heldOn" and statement.subject.kind is Kind.MEETING:
                told[statement.subject.id].add(PartialDate.parse(statement.object.id))
        return {meeting: tuple(sorted(days, key=lambda d: (-len(str(d)), d))) for meeting, days in told.items()}


class Holders:
    """Who held which post when, gathered from the statements of a graph."""

    def __init__(self, graph: GraphData, lexicon: Lexicon) -> None:
        self._graph = graph
        self._lexicon = lexicon
        self._days = {source.source: source.date for source in graph.sources}

    @cached_property
    def attestations(self) -> tuple[Attestation, ...]:
        """Each person in each post, with the dates of the sources that show it."""
        seen: dict[tuple[str, str], list[tuple[str, PartialDate | None, bool]]] = defaultdict(list)
        for statement in self._graph.statements:
            if statement.predicate == "holdsPost":
                former = statement.object.field("former") is not None
                seen[statement.subject.id, statement.object.id].append((statement.source, self._days.get(statement.source), former))
        found = []
        for (official, post), told in sorted(seen.items()):
            current = [day for _, day, former in told if day is not None and not former]
            found.append(
                Attestation(
                    official,
                    post,
                    min(current, default=None),
                    max(current, default=None),
                    all(former for _, _, former in told),
                    tuple(sorted({s for s, _, _ in told})),
                    *self._terms.get((official, post), (None, None)),
                )
            )
        return tuple(found)

    @cached_property
    def _terms(self) -> dict[tuple[str, str], tuple[PartialDate | None, PartialDate | None]]:
        """Official and post → begin and end, where one sentence tells it with its day and nobody else's post; none where sources disagree."""
        told: dict[tuple[str, str], tuple[set[PartialDate], set[PartialDate]]] = defaultdict(lambda: (set(), set()))
        passages: Counter[tuple[str, int, int]] = Counter()
        for statement in self._graph.statements:
            if statement.predicate == "holdsPost":
                passages.update((statement.source, e.start, e.end) for e in statement.evidence)
        for statement in self._graph.statements:
            if statement.predicate != "holdsPost":
                continue
            for e in statement.evidence:
                if (
                    passages[statement.source, e.start, e.end] == 1
                    and (found := term_in(e.quote, statement.object.field("title") or "", self._lexicon)) is not None
                ):
                    told[statement.subject.id, statement.object.id][found[0] == "end"].add(found[1])
        return {pair: (_only(begins), _only(ends)) for pair, (begins, ends) in told.items()}

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Posts of one holder in which sources of one day show two people, by post and day."""
        titles = {e.id: e.attribute("title") for e in self._graph.entities if e.kind is Kind.POST}
        shown: dict[tuple[str, PartialDate], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for s in self._graph.statements:
            day = self._days.get(s.source)
            sole = s.predicate == "holdsPost" and key(titles.get(s.object.id, "")) in self._lexicon.sole and s.object.id.count("/") > 1
            if sole and day is not None and day.is_day and s.object.field("former") is None:
                shown[s.object.id, day][s.subject.id].add(s.source)
        return tuple(
            Contradiction(post, day, tuple(sorted(holders)), tuple(sorted({source for sources in holders.values() for source in sources})))
            for (post, day), holders in sorted(shown.items())
            if len(holders) > 1
        )


def term_in(quote: str, title: str, lexicon: Lexicon) -> tuple[str, PartialDate] | None:
    """ "begin" or "end" and its day, where a sentence says that someone took up or left a post: one cue, one full date, the title behind the cue.

    "Ngày 20/5/2024, ông An được bổ nhiệm giữ chức Giám đốc" gives ("begin", 2024-05-20); a sentence with both cues or two days gives None.
    """
    words = key(quote)
    ends = [m for cue in lexicon.ends for m in re.finditer(rf"(?<!\w){re.escape(cue)}(?!\w)", words)]
    # "thôi giữ chức" holds "giữ chức": a cue of the end takes what lies in it.
    begins = [
        m
        for cue in lexicon.begins
        for m in re.finditer(rf"(?<!\w){re.escape(cue)}(?!\w)", words)
        if not any(e.start() <= m.start() and m.end() <= e.end() for e in ends)
    ]
    # The day of a decision's signing is not the day on which someone takes up a post.
    days = {day for d in find_dates(quote) if not _SIGNED.search(words[: d.start]) and (day := d.resolve()) is not None and day.is_day}
    cues = begins or ends
    if bool(begins) == bool(ends) or len(days) != 1 or key(title) not in words[min(m.start() for m in cues) :]:
        return None
    return ("begin" if begins else "end"), next(iter(days))


def _only(days: set[PartialDate]) -> PartialDate | None:
    return next(iter(days)) if len(days) == 1 else None

"""When and where each event was held, and which documents it discussed.

Reads: a `Reading`, its events and the roles found in them. Gives: facts whose subject is an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.extract.antecedents.people import Person
from graph.extract.antecedents.reading import Reading
from graph.extract.relations.events import Event, held_on
from graph.extract.relations.facts import End, Fact, by_rule
from graph.model import AgencyRef, Kind, PartialDate, Span, Zone, province_of
from graph.registers.gazetteer import Category
from graph.text.dates import WrittenDate

_EVERYWHERE = re.compile(
    r"trực tuyến (?:trên )?toàn quốc|toàn quốc[^.;]{0,40} trực tuyến|trực tuyến với \d+ (?:điểm cầu|tỉnh|địa phương)|\d+ điểm cầu (?:trên|trong) (?:toàn|cả)"
)


def meeting_facts(reading: Reading, events: Iterable[Event], roles: Iterable[Fact]) -> Iterator[Fact]:
    """Date and place of each event, then the topics of all."""
    of_event: dict[End, list[Fact]] = {}
    for fact in roles:
        of_event.setdefault(fact.object, []).append(fact)
    everywhere = any(_EVERYWHERE.search(reading.scan.key, *line.span) for line in reading.lines if line.sentence.zone in (Zone.HEADLINE, Zone.LEAD))
    for event in events:
        own = frozenset(event.spans)
        yield from _held(reading, event, own)
        # A national conference over the line is held in no one province.
        if not everywhere and not any(_EVERYWHERE.search(reading.scan.key, *span) for span in event.spans):
            yield from _placed(reading, event, own, of_event.get(event.number, []))
    yield from _discussed(reading, events)


def _held(reading: Reading, event: Event, own: frozenset[Span]) -> Iterator[Fact]:
    """The day of the event: of the first sentence of its passage that tells a day with the event."""
    rule = reading.book["event-date"]
    best: tuple[int, WrittenDate, PartialDate, Span] | None = None
    for line in event.lines:
        start, _ = span = line.span
        tells = span in own or line.sentence.zone is Zone.LEAD
        if not tells and (reading.own is not None or not line.has(Kind.MEETING)):
            continue
        for marked in line.marks:
            written = reading.scan.date_at.get(marked.mention.start) if marked.kind is Kind.DATE else None
            before = reading.scan.key[max(start, marked.mention.start - 70) : marked.mention.start]
            date = held_on(reading, written, event.day) if written is not None and not rule.word("not_before").search(before) else None
            if written is None or date is None:
                continue
            rank = (not rule.cue.search(before)) + (not tells)
            if best is None or rank < best[0]:
                best = (rank, written, date, span)
    if best is not None:
        _, written, date, span = best
        yield by_rule(rule, event.number, date, (reading.clip(span, written.start),), reading.chronology.reason if written.year is None else None)


def _placed(reading: Reading, event: Event, own: frozenset[Span], roles: list[Fact]) -> Iterator[Fact]:
    """The province: where a sentence of the event says "tại …"; else that of its organiser or host, of its chair, of the report."""
    found = _named_place(reading, event, own) or _host_place(reading, event) or _place_by_role(reading, event, roles)
    if found is not None:
        province, span, rule, inferred = found
        yield by_rule(reading.book[rule], event.number, province, (span,), reading.place.reason if inferred else None)


def _named_place(reading: Reading, event: Event, own: frozenset[Span]) -> tuple[str, Span, str, bool] | None:
    """ "tổ chức hội nghị tại Thái Bình", "cuộc giao ban của thành phố Hà Nội": the place that a sentence of the event gives it."""
    rule = reading.book["event-place"]
    for line in event.lines:
        meeting = line.has(Kind.MEETING)
        if not (line.span in own and (meeting or line.has(Kind.DATE))) and not (line.sentence.zone is Zone.LEAD and meeting):
            continue
        for item in line.marks:
            before = reading.scan.key[max(line.sentence.start, item.mention.start - 60) : item.mention.start]
            if item.kind is Kind.PROVINCE and rule.cue.search(before):
                return str(item.mention.value), reading.clip(line.span, item.mention.start), rule.id, False
    return None


def _host_place(reading: Reading, event: Event) -> tuple[str, Span, str, bool] | None:
    """ "làm việc với ngành y tế Hà Nội": the place whose leaders or sector are the other side."""
    for start, end in event.spans:
        for match in reading.book["event-place-host"].cue.finditer(reading.scan.key, start, end):
            hit = reading.scan.hit(match.end(), Category.PROVINCE)
            entry = hit.entry(Category.PROVINCE) if hit is not None else None
            if entry is not None:
                return entry.id, reading.clip((start, end), match.start()), "event-place-host", False
    return None


def _place_by_role(reading: Reading, event: Event, roles: list[Fact]) -> tuple[str, Span, str, bool] | None:
    central = False
    for predicate in ("organized", "chaired"):
        for fact in (f for f in roles if f.predicate == predicate):
            province, inferred = _province_of(fact.subject)
            if province is not None:
                return province, fact.spans[0], f"event-place-{predicate}", inferred or predicate == "chaired"
            central = central or _is_central(reading, fact.subject)
    for fact in (f for f in roles if f.rule == "attended-counterpart"):
        province, _ = _province_of(fact.subject)
        if province is not None:
            return province, fact.spans[0], "event-place-host", True
    if central or reading.place.province is None or any(_is_central(reading, f.subject) for f in roles):
        return None
    return reading.place.province, event.spans[0], "event-place-report", True


def _province_of(actor: End) -> tuple[str | None, bool]:
    if isinstance(actor, AgencyRef):
        return province_of(actor), False
    for holding in actor.holdings if isinstance(actor, Person) else ():
        if (province := province_of(holding.post.agency)) is not None and not holding.post.former:
            return province, holding.inferred
    return None, False


def _is_central(reading: Reading, actor: End) -> bool:
    agencies = [holding.post.agency for holding in actor.holdings] if isinstance(actor, Person) else [actor] if isinstance(actor, AgencyRef) else []
    entries = (reading.locality.registers.agencies.get(agency.entry) for agency in agencies if agency is not None)
    return any(entry.level in ("central", "ministry", "ministry_unit") for entry in entries if entry is not None)


def _discussed(reading: Reading, events: Iterable[Event]) -> Iterator[Fact]:
    """Each event discusses the documents that its passage cites, but for those that it only goes by."""
    rule = reading.book["cited-in-report"]
    event_at = {line.sentence.start: event for event in events for line in event.lines}
    for cited in reading.citations.cited:
        seen: set[int] = set()
        for mention in cited.mentions if cited is not reading.own_cited else ():
            line = reading.line_at(mention.start)
            event = event_at.get(line.sentence.start) if line is not None else None
            if line is None or event is None or event.number in seen:
                continue
            if rule.word("not_before").search(reading.scan.key[max(line.sentence.start, mention.start - 60) : mention.start]):
                continue
            seen.add(event.number)
            yield by_rule(rule, event.number, cited, (reading.clip(line.span, mention.start),))

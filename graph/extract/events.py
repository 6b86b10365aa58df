"""Events of a report: which sentences tell of which, and when and where each was held and what it was about.

Reads: a `Source` and the roles that rules have found. Gives: facts of date, place and topic for each event that the text really tells of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.extract.antecedents import Person
from graph.extract.facts import Fact, Thing, province_of, reason_of
from graph.extract.masking import Masked
from graph.extract.mentions import meeting_topic
from graph.extract.source import Source
from graph.model import AgencyRef, Kind, MeetingRef, Span, Zone
from graph.registers.gazetteer import Category
from graph.text.dates import WrittenDate
from graph.text.normalize import key

_NEW_EVENT = re.compile(r"[\s*•-]*(?:\*|cùng ngày|cũng trong (?:sáng|chiều|ngày|buổi)|(?:sáng|chiều|tối) cùng ngày|trong (?:sáng|chiều) cùng ngày)")
FUTURE = re.compile(r"(?:sẽ|dự kiến|tới đây|sắp tới|tuần tới|tháng tới|thời gian tới|đầu tuần tới)")
_HOST = re.compile(r"làm việc với (?:lãnh đạo |tập thể |cán bộ )?(?:ngành y tế |tỉnh |thành phố |tp\.? ?|ubnd tỉnh |tỉnh ủy )")
_OPENING = re.compile(r"(?:sáng|chiều|tối|trưa|ngày)[ ,]")


@dataclass(slots=True)
class Event:
    """An event that the report tells of, as its sentences add up."""

    number: int
    noun: str = ""
    topic: str = ""
    told: bool = False  # a sentence tells of the event itself, not only what somebody said
    spans: list[Span] = field(default_factory=list)
    date: tuple[WrittenDate, Span] | None = None
    province: tuple[str, Span | None, bool] | None = None  # name, where it is said, inferred


class Events:
    """The events of one source, in order."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.all: list[Event] = []
        self.event_of: dict[int, Event] = {}  # index of a sentence → the event of its passage
        self._segment()

    def _segment(self) -> None:
        """Which event each sentence belongs to; a report of several events says so at the head of a passage."""
        notice = self.source.own is not None and self.source.own.mention.value.kind == "Thông báo" and "kết luận" in key(self.source.own.mention.value.subject)  # type: ignore[union-attr]
        if self.source.own is not None and not notice:
            return
        event = Event(1)
        self.all.append(event)
        for index, sentence in enumerate(self.source.found.sentences):
            start = sentence.sentence.start
            if (
                index
                and sentence.sentence.zone in (Zone.BODY,)
                and _NEW_EVENT.match(self.source.scan.key, start)
                and not FUTURE.search(self.source.scan.key, start, sentence.sentence.end)
            ):
                if any(m.kind in (Kind.OFFICIAL, Kind.AGENCY) for m in sentence.mentions) or sentence.bare:
                    event = Event(len(self.all) + 1)
                    self.all.append(event)
            self.event_of[index] = event

    def tell(self, match: re.Match[str], masked: Masked, event: Event | None) -> None:
        """A sentence that tells of an event without naming anybody still shows that there was one."""
        assert event is not None
        if not FUTURE.search(masked.text):
            event.told = True
            self.note(event, masked, match)

    def note(self, event: Event, masked: Masked, match: re.Match[str]) -> None:
        """Add a sentence to an event, and the noun and topic that it names."""
        event.spans.append(masked.span)
        noun = next((m.mention for p, m in sorted(masked.marks.items()) if m.kind is Kind.MEETING), None)
        if not event.noun:
            if noun is not None and isinstance(noun.value, MeetingRef):
                event.noun = noun.value.noun
                event.topic = meeting_topic(self.source.scan, noun, masked.span[1])
            elif "làm việc" in match.group():
                event.noun = "buổi làm việc"

    def add_facts(self) -> None:
        """Date, place and topics of each event; what was said without any sign of an event is dropped."""
        for event in self.all:
            roles = [f for f in self.source.facts if f.object == (Kind.MEETING, event.number)]
            if not event.told:
                # What somebody said, without any sign of a meeting, is no event.
                self.source.facts = [f for f in self.source.facts if f not in roles]
                continue
            event.noun = event.noun or "cuộc họp"
            self._event_date(event)
            self._event_place(event, roles)
            self._event_topics(event)

    def _own_sentences(self, event: Event) -> list[int]:
        return [i for i, e in self.event_of.items() if e is event]

    def _event_date(self, event: Event) -> None:
        """The day of the event: of the first sentence of its passage that tells a day with the event."""
        best: tuple[int, WrittenDate, Span] | None = None
        for index in self._own_sentences(event):
            sentence = self.source.found.sentences[index].sentence
            about = (
                sentence.zone is Zone.LEAD or (sentence.start, sentence.end) in event.spans or any(m.kind is Kind.MEETING for m in self.source.marked[index])
            )
            if not about:
                continue
            for marked_date in self.source.marked[index]:
                if marked_date.kind is not Kind.DATE:
                    continue
                written = self.source.scan.date_at.get(marked_date.mention.start)
                before = self.source.scan.key[max(sentence.start, marked_date.mention.start - 26) : marked_date.mention.start]
                if (
                    written is None
                    or not written.day
                    or re.search(
                        r"(?:trước|đến|hết|chậm nhất|xong|từ nay|hạn|sinh|thành lập|trong ngày|dự kiến|kể từ|giải phóng)\s(?:\w+\s){0,2}(?:ngày\s)?\Z", before
                    )
                ):
                    continue
                rank = 0 if _OPENING.search(before[-8:]) or sentence.zone is Zone.LEAD else 1
                if (sentence.start, sentence.end) not in event.spans and sentence.zone is not Zone.LEAD:
                    rank += 1
                if best is None or rank < best[0]:
                    best = (rank, written, (sentence.start, sentence.end))
        if best is None:
            return
        _, written, span = best
        known = (written.year, "") if written.year is not None else self.source.chronology.year_of(written)
        date = written.resolve(known[0]) if known is not None else None
        if known is not None and date is not None:
            quote = self.source.clip(span, written.start)
            self.source.facts.append(
                Fact(
                    (Kind.MEETING, event.number),
                    "heldOn",
                    (Kind.DATE, date),
                    [quote],
                    "event-date",
                    0.95 if written.year is not None else 0.88,
                    written.year is None,
                    known[1],
                )
            )

    def _event_place(self, event: Event, roles: list[Fact]) -> None:
        """The province: where a sentence of the event says "tại …"; else that of its organiser or host, of its chair, of the report."""
        for index in self._own_sentences(event):
            sentence = self.source.found.sentences[index].sentence
            if (sentence.start, sentence.end) not in event.spans and sentence.zone is not Zone.LEAD:
                continue
            for item in self.source.marked[index]:
                if item.kind is Kind.PROVINCE and re.search(
                    r"(?:tại|ở)\s(?:tỉnh |thành phố |tp\.? ?)?\Z", self.source.scan.key[max(0, item.mention.start - 18) : item.mention.start]
                ):
                    self._placed(event, str(item.mention.value), self.source.clip((sentence.start, sentence.end), item.mention.start), False, "event-place")
                    return
        host = self._host_place(event)
        if host is not None:
            self._placed(event, host[0], host[1], False, "event-place-host")
            return
        by_role = {p: [f for f in roles if f.predicate == p] for p in ("organized", "chaired", "attended")}
        central = False
        for predicate in ("organized", "chaired"):
            for fact in by_role[predicate]:
                province, inferred = self._province_of(fact.subject)
                if province is not None:
                    self._placed(event, province, fact.spans[0], inferred or predicate == "chaired", f"event-place-{predicate}")
                    return
                central = central or self._is_central(fact.subject)
        hosts = [f for f in by_role["attended"] if f.rule == "attended-counterpart"]
        for fact in hosts:
            province, _ = self._province_of(fact.subject)
            if province is not None:
                self._placed(event, province, fact.spans[0], True, "event-place-host")
                return
        if not central and self.source.place.province is not None and not any(self._is_central(f.subject) for f in roles):
            self._placed(event, self.source.place.province, event.spans[0], True, "event-place-report")

    def _host_place(self, event: Event) -> tuple[str, Span] | None:
        """ "làm việc với ngành y tế Hà Nội": the place whose leaders or sector are the other side."""
        for start, end in event.spans:
            for match in _HOST.finditer(self.source.scan.key, start, end):
                hit = self.source.scan.hit(match.end(), Category.PROVINCE)
                entry = hit.entry(Category.PROVINCE) if hit is not None else None
                if entry is not None:
                    return entry.id, self.source.clip((start, end), match.start())
        return None

    def _placed(self, event: Event, province: str, span: Span, inferred: bool, rule: str) -> None:
        self.source.facts.append(
            Fact(
                (Kind.MEETING, event.number),
                "inProvince",
                (Kind.PROVINCE, province),
                [span],
                rule,
                0.95 if not inferred else 0.85,
                inferred,
                reason_of(inferred, self.source.place),
            )
        )

    def _province_of(self, actor: Thing) -> tuple[str | None, bool]:
        if actor[0] is Kind.AGENCY:
            assert isinstance(actor[1], AgencyRef)
            return province_of(actor[1]), False
        assert isinstance(actor[1], Person)
        for post, _, inferred in actor[1].posts.values():
            if (province := province_of(post.agency)) is not None and not post.former:
                return province, inferred
        return None, False

    def _is_central(self, actor: Thing) -> bool:
        agencies = [actor[1]] if actor[0] is Kind.AGENCY else [p.agency for p, _, _ in actor[1].posts.values()] if isinstance(actor[1], Person) else []
        levels = [self.source.registers.agencies[a.entry].level for a in agencies if isinstance(a, AgencyRef) and a.entry in self.source.registers.agencies]
        return any(level in ("central", "ministry", "ministry_unit") for level in levels)

    def _event_topics(self, event: Event) -> None:
        """The event discusses the documents that its passage cites."""
        seen: set[int] = set()
        indices = self._own_sentences(event)
        for cited in self.source.citations.cited:
            if self.source.own is not None and cited is self.source.citations.meant[self.source.own.mention.span]:
                continue
            for mention in cited.mentions:
                index = next(
                    (i for i in indices if self.source.found.sentences[i].sentence.start <= mention.start < self.source.found.sentences[i].sentence.end), None
                )
                if index is None or id(cited) in seen:
                    continue
                seen.add(id(cited))
                sentence = self.source.found.sentences[index].sentence
                self.source.facts.append(
                    Fact(
                        (Kind.MEETING, event.number),
                        "discusses",
                        (Kind.DIRECTIVE, cited),
                        [self.source.clip((sentence.start, sentence.end), mention.start)],
                        "cited-in-report",
                        0.75,
                    )
                )

"""Events of a report: which sentences tell of which, and when and where each was held and what it was about.

Reads: a `Source` and the roles that rules have found. Gives: facts of date, place and topic for each event that the text really tells of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graph.extract.antecedents import Person
from graph.extract.facts import Fact, Thing, province_of, reason_of
from graph.extract.masking import Masked
from graph.extract.mentions import meeting_topic
from graph.extract.source import Source
from graph.model import AgencyRef, Kind, MeetingRef, Mention, PartialDate, Span, Zone
from graph.registers.gazetteer import Category
from graph.text.dates import WrittenDate
from graph.text.normalize import key

T = TypeVar("T")

_NEW_EVENT = re.compile(r"[\s*•-]*(?:\*|cùng ngày|cũng trong (?:sáng|chiều|ngày|buổi)|(?:sáng|chiều|tối) cùng ngày|trong (?:sáng|chiều) cùng ngày)")
FUTURE = re.compile(r"(?:sẽ|dự kiến|tới đây|sắp tới|tuần tới|tháng tới|thời gian tới|đầu tuần tới)")
_HOST = re.compile(r"làm việc với (?:lãnh đạo |tập thể |cán bộ )?(?:ngành y tế |tỉnh |thành phố |tp\.? ?|ubnd tỉnh |tỉnh ủy )")
_OPENING = re.compile(r"(?:sáng|chiều|tối|trưa|ngày)(?: nay| ngày)?[ ,(]{1,2}\Z")
# A day before these words is a deadline, a plan or an anniversary rather than the day of the event.
_NOT_HELD = re.compile(
    r"(?:trước|đến|hết|chậm nhất|xong|từ nay|hạn|sinh|thành lập|(?<!cũng )trong ngày|dự kiến|kể từ|giải phóng|từ)\s(?:\w+\s){0,2}(?:ngày\s)?\Z"
    r"|(?:giải phóng|thành lập|kỷ niệm|truyền thống|thống nhất|quốc khánh)[^.;()]{0,40}\([^()]{0,24}\Z"
)
_OPENS = re.compile(r"(?:^|[,.;:] ?|\A\W+|- ?)" + _OPENING.pattern)
_DAYS_BEFORE_REPORT, _DAYS_BEHIND_REPORT = 60, 3
# What is told of another time than the report's.
_PASSING = re.compile(
    r"\W*trước đó(?!,? (?:sáng|chiều|trong|cùng))|(?<!\w)hồi (?:\ue006|tháng|năm|đầu|cuối|giữa)|(?<!\w)(?:năm|tháng|tuần) (?:ngoái|trước)(?!\w)"
)
_AT_MEETING = re.compile(
    r"(?:(?<!\w)(?:tại|trong|ở|khai mạc|bế mạc|kết luận|kết thúc|mở đầu|phát biểu|báo cáo|tham luận|nghe)"
    r"(?: các| buổi| cuộc| phiên| lễ| chương trình| chỉ đạo)*|^\W*) ?\Z"
)
_EVERYWHERE = re.compile(
    r"trực tuyến (?:trên )?toàn quốc|toàn quốc[^.;]{0,40} trực tuyến|trực tuyến với \d+ (?:điểm cầu|tỉnh|địa phương)|\d+ điểm cầu (?:trên|trong) (?:toàn|cả)"
)
_AT_PLACE = re.compile(
    r"(?<!\w)(?:tại|ở)\s(?:tỉnh |thành phố |tp\.? ?)?\Z|(?:hội nghị|giao ban|cuộc họp|phiên họp)[^.;,]{0,30} của (?:tỉnh |thành phố |tp\.? ?)\Z"
)
_COUNTED = re.compile(r"(?:\d|các|những|nhiều|một số|mở) ?\Z")  # meetings in general, or past ones
# What an event is called that no noun names.
_NOUNS = (("làm việc", "buổi làm việc"), ("thăm", "chuyến thăm"), ("kiểm tra", "buổi kiểm tra"), ("thị sát", "buổi kiểm tra"))
_INTERVIEW = re.compile(r"phỏng vấn|(?:trao đổi|trả lời|chia sẻ)[^.;]{0,30} với (?:báo|pv|phóng viên|nhà báo)|trả lời (?:báo|pv)|bên (?:lề|hành lang)")
_BESIDE = re.compile(r"phỏng vấn|bên (?:lề|hành lang)")
# A document that a sentence only goes by is no topic: "theo quy định tại Thông tư …".
_MANNER = re.compile(
    r"(?:theo (?:đúng )?quy định|quy định (?:tại|của|trong)|căn cứ|trái|vi phạm|phù hợp với)(?: các| tại| của| trong| khoản \w+| điều \w+|,| và)* ?\Z"
)


@dataclass(slots=True)
class Event:
    """An event that the report tells of, as its sentences add up."""

    number: int
    noun: str = ""
    topic: str = ""
    told: bool = False  # a sentence tells of the event itself, not only what somebody said
    spans: list[Span] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)  # indices of the sentences of its passage
    days: frozenset[tuple[int, int]] = frozenset()  # (month, day) that the first dated sentence of the event gives it


class Events:
    """The events of one source, in order."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.all: list[Event] = []
        self._asked: Span | None = None
        self._answers: dict[str, Any] = {}
        self.event_of: dict[int, Event] = {}  # index of a sentence → the event of its passage
        opening = [s.sentence for s in source.found.sentences if s.sentence.zone in (Zone.HEADLINE, Zone.LEAD)]
        # What is said in an interview is said at no meeting.
        self._interview = any(_INTERVIEW.search(source.scan.key, s.start, s.end) for s in opening)
        self._beside = any(_BESIDE.search(source.scan.key, s.start, s.end) for s in opening)
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
            opens = index and sentence.sentence.zone is Zone.BODY and _NEW_EVENT.match(self.source.scan.key, start)
            acted = sentence.bare or any(m.kind in (Kind.OFFICIAL, Kind.AGENCY) for m in sentence.mentions)
            if opens and acted and not FUTURE.search(self.source.scan.key, start, sentence.sentence.end):
                event = Event(len(self.all) + 1)
                self.all.append(event)
            self.event_of[index] = event

    def tell(self, match: re.Match[str], masked: Masked, event: Event | None) -> None:
        """A sentence that tells of an event without naming anybody still shows that there was one."""
        assert event is not None
        if not self._beside and not self._once("future", masked, lambda: FUTURE.search(masked.text) is not None) and not self.is_passing(masked):
            event.told = True
            self.note(event, masked, match)

    def note(self, event: Event, masked: Masked, match: re.Match[str]) -> None:
        """Add a sentence to an event, and the noun and topic that it names."""
        if not event.spans or event.spans[-1] != masked.span:
            event.spans.append(masked.span)
        if event.noun:
            return
        inside = next((m.mention for _, m in masked.within(match.start(), match.end()) if m.kind is Kind.MEETING), None)
        noun = inside or self._once("noun", masked, lambda: self._meeting_named(masked))
        if noun is not None and isinstance(noun.value, MeetingRef):
            event.noun = noun.value.noun
            event.topic = meeting_topic(self.source.scan, noun, masked.span[1])
        else:
            event.noun = next((noun for cue, noun in _NOUNS if cue in match.group()), "")

    def _meeting_named(self, masked: Masked) -> Mention | None:
        """The event that a sentence tells of without a rule's help: one that somebody spoke at or held, not "đã mở 11 lớp tập huấn"."""
        found = ((p, m.mention) for p, m in masked.marks.items() if m.kind is Kind.MEETING)
        return next((mention for p, mention in found if not _COUNTED.search(masked.text[max(0, p - 12) : p])), None)

    def is_to_the_press(self, masked: Masked) -> bool:
        """Whether a sentence tells what somebody told the press, at no meeting: "Trao đổi với báo chí, ông …"."""
        return self._once("press", masked, lambda: _INTERVIEW.search(masked.text) is not None and not self._names_meeting(masked))

    def is_of_other_day(self, event: Event, masked: Masked) -> bool:
        """Whether a sentence opens with a day that is not the event's, which is the one that its first dated sentence opens with."""
        if not event.days:
            event.days = self._once("days", masked, lambda: self._days(masked, _OPENING))
            return False
        days = self._once("opening days", masked, lambda: self._days(masked, _OPENS))
        return bool(days) and event.days.isdisjoint(days)

    def _days(self, masked: Masked, cue: re.Pattern[str]) -> frozenset[tuple[int, int]]:
        """Days of a sentence behind a cue, as (month, day)."""
        found: set[tuple[int, int]] = set()
        for position, marked in masked.marks.items():
            written = self.source.scan.date_at.get(marked.mention.start) if marked.kind is Kind.DATE else None
            if written is not None and written.day and cue.search(masked.text[max(0, position - 16) : position]):
                found.update((written.month, day) for day in range(written.day, max(written.day, written.last_day) + 1))
        return frozenset(found)

    def is_passing(self, masked: Masked) -> bool:
        """Whether a sentence looks back to something that the report isn't about: "trước đó", "hồi tháng 8", days long before the report's."""
        return self._once("passing", masked, lambda: self._looks_back(masked))

    def _once(self, question: str, masked: Masked, answer: Callable[[], T]) -> T:
        """The answer for a sentence, found once however many rules match in it."""
        if self._asked != masked.span:
            self._asked, self._answers = masked.span, {}
        if question not in self._answers:
            self._answers[question] = answer()
        found: T = self._answers[question]
        return found

    def _looks_back(self, masked: Masked) -> bool:
        if _PASSING.search(masked.text):
            return True
        written = [self.source.scan.date_at.get(m.mention.start) for m in masked.marks.values() if m.kind is Kind.DATE]
        days = [w for w in written if w is not None and w.day]
        dated = self.source.chronology.day is not None and any(w.year is not None for w in days)
        return dated and all(self._held(w) is None for w in days)

    def shows_event(self, predicate: str, masked: Masked) -> bool:
        """Whether a role found in a sentence proves that there was an event: mere speaking does so only at a meeting that the sentence names."""
        if predicate != "spokeAt":
            return predicate == "chaired" or not self._beside
        if self._interview:
            return False
        return self._once("meeting", masked, lambda: self._names_meeting(masked))

    def _names_meeting(self, masked: Masked) -> bool:
        return any(m.kind is Kind.MEETING and _AT_MEETING.search(masked.text[max(0, p - 40) : p]) for p, m in masked.marks.items())

    def add_facts(self) -> None:
        """Date, place and topics of each event; what was said without any sign of an event is dropped."""
        # Whoever holds no post is no official.
        known = [f for f in self.source.facts if not (isinstance(f.subject[1], Person) and not f.subject[1].posts)]
        told = {e.number for e in self.all if e.told}
        # What somebody said, without any sign of a meeting, is no event.
        self.source.facts = [f for f in known if f.object[0] is not Kind.MEETING or f.object[1] in told]
        roles: dict[object, list[Fact]] = {}
        for fact in self.source.facts:
            if fact.object[0] is Kind.MEETING:
                roles.setdefault(fact.object[1], []).append(fact)
        for index, event in self.event_of.items():
            event.sentences.append(index)
        for event in self.all:
            if event.told:
                event.noun = event.noun or "cuộc họp"
                self._event_date(event)
                self._event_place(event, roles.get(event.number, []))
        self._topics(told)

    def _event_date(self, event: Event) -> None:
        """The day of the event: of the first sentence of its passage that tells a day with the event."""
        best: tuple[int, WrittenDate, PartialDate, Span] | None = None
        for index in event.sentences:
            sentence = self.source.found.sentences[index].sentence
            span = (sentence.start, sentence.end)
            tells = span in event.spans or sentence.zone is Zone.LEAD
            if not tells and (self.source.own is not None or not any(m.kind is Kind.MEETING for m in self.source.marked[index])):
                continue
            for marked in self.source.marked[index]:
                written = self.source.scan.date_at.get(marked.mention.start) if marked.kind is Kind.DATE else None
                before = self.source.scan.key[max(sentence.start, marked.mention.start - 70) : marked.mention.start]
                date = self._held(written) if written is not None and not _NOT_HELD.search(before) else None
                if written is None or date is None:
                    continue
                rank = (not _OPENING.search(before)) + (not tells)
                if best is None or rank < best[0]:
                    best = (rank, written, date, span)
        if best is not None:
            _, written, date, span = best
            inferred = written.year is None
            reason = (self.source.chronology.day_reason or self.source.chronology.year_reason) if inferred else ""
            quote = self.source.clip(span, written.start)
            self.source.facts.append(
                Fact((Kind.MEETING, event.number), "heldOn", (Kind.DATE, date), [quote], "event-date", 0.88 if inferred else 0.95, inferred, reason)
            )

    def _held(self, written: WrittenDate) -> PartialDate | None:
        """The day that a written date means, if a report of the source's day can tell of it."""
        if not written.day:
            return None
        known = self.source.chronology.year_of(written)
        date = written.resolve(known[0]) if known is not None else None
        day = self.source.chronology.day
        distance = date.days_until(day) if date is not None and day is not None else None
        if distance is not None and not -_DAYS_BEHIND_REPORT <= distance <= _DAYS_BEFORE_REPORT:
            return None
        return date

    def _event_place(self, event: Event, roles: list[Fact]) -> None:
        """The province: where a sentence of the event says "tại …"; else that of its organiser or host, of its chair, of the report."""
        if self._is_everywhere(event):
            return
        found = self._named_place(event) or self._host_place(event)
        if found is not None:
            self._placed(event, found[0], found[1], inferred=False, rule=found[2])
            return
        central = False
        for predicate in ("organized", "chaired"):
            for fact in (f for f in roles if f.predicate == predicate):
                province, inferred = self._province_of(fact.subject)
                if province is not None:
                    self._placed(event, province, fact.spans[0], inferred=inferred or predicate == "chaired", rule=f"event-place-{predicate}")
                    return
                central = central or self._is_central(fact.subject)
        for fact in (f for f in roles if f.rule == "attended-counterpart"):
            province, _ = self._province_of(fact.subject)
            if province is not None:
                self._placed(event, province, fact.spans[0], inferred=True, rule="event-place-host")
                return
        if not central and self.source.place.province is not None and not any(self._is_central(f.subject) for f in roles):
            self._placed(event, self.source.place.province, event.spans[0], inferred=True, rule="event-place-report")

    def _is_everywhere(self, event: Event) -> bool:
        """A national conference over the line is held in no one province."""
        heads = [(s.sentence.start, s.sentence.end) for s in self.source.found.sentences if s.sentence.zone in (Zone.HEADLINE, Zone.LEAD)]
        return any(_EVERYWHERE.search(self.source.scan.key, start, end) for start, end in (*event.spans, *heads))

    def _named_place(self, event: Event) -> tuple[str, Span, str] | None:
        """ "tổ chức hội nghị tại Thái Bình", "cuộc giao ban của thành phố Hà Nội": the place that a sentence of the event gives it."""
        for index in event.sentences:
            sentence = self.source.found.sentences[index].sentence
            span = (sentence.start, sentence.end)
            meeting = any(m.kind is Kind.MEETING for m in self.source.marked[index])
            dated = any(m.kind is Kind.DATE for m in self.source.marked[index])
            if not (span in event.spans and (meeting or dated)) and not (sentence.zone is Zone.LEAD and meeting):
                continue
            for item in self.source.marked[index]:
                before = self.source.scan.key[max(sentence.start, item.mention.start - 60) : item.mention.start]
                if item.kind is Kind.PROVINCE and _AT_PLACE.search(before):
                    return str(item.mention.value), self.source.clip(span, item.mention.start), "event-place"
        return None

    def _host_place(self, event: Event) -> tuple[str, Span, str] | None:
        """ "làm việc với ngành y tế Hà Nội": the place whose leaders or sector are the other side."""
        for start, end in event.spans:
            for match in _HOST.finditer(self.source.scan.key, start, end):
                hit = self.source.scan.hit(match.end(), Category.PROVINCE)
                entry = hit.entry(Category.PROVINCE) if hit is not None else None
                if entry is not None:
                    return entry.id, self.source.clip((start, end), match.start()), "event-place-host"
        return None

    def _placed(self, event: Event, province: str, span: Span, *, inferred: bool, rule: str) -> None:
        reason = reason_of(inferred, self.source.place)
        self.source.facts.append(
            Fact((Kind.MEETING, event.number), "inProvince", (Kind.PROVINCE, province), [span], rule, 0.85 if inferred else 0.95, inferred, reason)
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

    def _topics(self, told: set[int]) -> None:
        """Each event discusses the documents that its passage cites, but for those that it only goes by."""
        starts = [s.sentence.start for s in self.source.found.sentences]
        for cited in self.source.citations.cited:
            if self.source.own is not None and cited is self.source.own_cited:
                continue
            seen: set[int] = set()
            for mention in cited.mentions:
                index = bisect_right(starts, mention.start) - 1
                event = self.event_of.get(index)
                if event is None or event.number not in told or event.number in seen:
                    continue
                sentence = self.source.found.sentences[index].sentence
                if mention.start >= sentence.end or _MANNER.search(self.source.scan.key[max(sentence.start, mention.start - 60) : mention.start]):
                    continue
                seen.add(event.number)
                quote = self.source.clip((sentence.start, sentence.end), mention.start)
                self.source.facts.append(Fact((Kind.MEETING, event.number), "discusses", (Kind.DIRECTIVE, cited), [quote], "cited-in-report", 0.75))

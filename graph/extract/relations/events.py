"""Events of a report: which sentences tell of which, and whether the text really tells of one.

Reads: a `Reading`, and the sentences that rules find to tell of an event. Gives: `Event`s, each with its noun, topic and sentences; what
was said without any sign of an event is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from graph.extract.antecedents.marks import Line
from graph.extract.antecedents.reading import Reading
from graph.extract.masking import Masked
from graph.extract.mentions.scan import Scan
from graph.extract.rules import Rule
from graph.model import Kind, MeetingRef, Mention, PartialDate, Span, Value, Zone
from graph.text.dates import WrittenDate, find_dates
from graph.text.normalize import key, squeeze

_NEW_EVENT = re.compile(
    r"[\s*•-]*(?:\*|cùng (?:ngày|tuần|tháng|thời gian)|cũng trong (?:sáng|chiều|ngày|buổi)|(?:sáng|chiều|tối) cùng ngày|trong (?:sáng|chiều) cùng ngày)"
)
FUTURE = re.compile(r"(?:sẽ|dự kiến|tới đây|sắp tới|tuần tới|tháng tới|thời gian tới|đầu tuần tới)")
_LONGEST_HEADING = 160
_DAYS_BEFORE_REPORT, _DAYS_BEHIND_REPORT = 60, 3
# What is told of another time than the report's.
_PASSING = re.compile(
    r"\W*trước đó(?!,? (?:sáng|chiều|trong|cùng))|(?<!\w)hồi (?:\ue006|tháng|năm|đầu|cuối|giữa)|(?<!\w)(?:năm|tháng|tuần) (?:ngoái|trước)(?!\w)"
)
_AT_MEETING = re.compile(
    r"(?:(?<!\w)(?:tại|trong|ở|khai mạc|bế mạc|kết luận|kết thúc|mở đầu|phát biểu|báo cáo|tham luận|nghe)"
    r"(?: các| buổi| cuộc| phiên| lễ| chương trình| chỉ đạo)*|^\W*) ?\Z"
)
_COUNTED = re.compile(r"(?:\d|các|những|nhiều|một số|mở) ?\Z")  # meetings in general, or past ones
# What an event is called that no noun names.
_NOUNS = (("làm việc", "buổi làm việc"), ("thăm", "chuyến thăm"), ("kiểm tra", "buổi kiểm tra"), ("thị sát", "buổi kiểm tra"))
_INTERVIEW = re.compile(r"phỏng vấn|(?:trao đổi|trả lời|chia sẻ)[^.;]{0,30} với (?:các )?(?:báo|pv|phóng viên|nhà báo)|trả lời (?:báo|pv)|bên (?:lề|hành lang)")
# "Trao đổi với Báo Mai, ông …": told a paper, whatever its name
_TO_PAPER = re.compile(
    r"\W*(?:trao đổi|chia sẻ|nói)(?: nhanh)? với (?!đại biểu|cử tri|người dân|bệnh nhân|cán bộ|hội nghị|các|đoàn|lãnh đạo|ban)"
    r"(?:\w{1,20}(?: |(?=,))){1,4}(?:về [^,.]{0,200}|sáng[^,.]{0,30}|chiều[^,.]{0,30}|ngày[^,.]{0,30})?,"
)
_AT = re.compile(r"(?:tại|trong) (?:buổi |cuộc )?\Z")
_BESIDE = re.compile(r"phỏng vấn|bên (?:lề|hành lang)")
_TOPIC = re.compile(
    r"\s(?P<topic>(?:trực tuyến |toàn quốc |toàn ngành )*(?:về|triển khai|tổng kết|sơ kết|quán triệt|đánh giá|rà soát|bàn|công bố|kỷ niệm|giao ban|học tập"
    r"|giới thiệu|lấy ý kiến|tập huấn|phát động|góp ý)[^.;:\n()]{3,140})"
)


@dataclass(frozen=True, slots=True)
class Event:
    """An event that the report tells of, as its sentences add up."""

    number: int
    noun: str
    topic: str
    spans: tuple[Span, ...]  # sentences that tell of the event itself
    lines: tuple[Line, ...]  # all lines of its passage
    day: PartialDate | None  # of the report that the passage is of


class Telling:
    """What one sentence tells of an event, asked by every rule that matches in it and answered once."""

    def __init__(self, reading: Reading, line: Line, day: PartialDate | None) -> None:
        """day: that of the report which the line stands in."""
        self.reading = reading
        self.day = day
        self.masked: Masked = line.masked

    @cached_property
    def is_to_come(self) -> bool:
        """Whether the sentence tells what is planned."""
        return FUTURE.search(self.masked.text) is not None

    @cached_property
    def is_passing(self) -> bool:
        """Whether it looks back to something that the report isn't about: "trước đó", "hồi tháng 8", days long before the report's."""
        if _PASSING.search(self.masked.text):
            return True
        written = [self.reading.scan.date_at.get(m.mention.start) for m in self.masked.marks.values() if m.kind is Kind.DATE]
        days = [w for w in written if w is not None and w.day]
        dated = self.day is not None and any(w.year is not None for w in days)
        return dated and all(held_on(self.reading, w, self.day) is None for w in days)

    @cached_property
    def is_to_the_press(self) -> bool:
        """Whether it tells what somebody told the press, at no meeting: "Trao đổi với báo chí, ông …"."""
        named = any(m.kind is Kind.MEETING and _AT.search(self.masked.text[max(0, p - 12) : p]) for p, m in self.masked.marks.items())
        return not named and (_TO_PAPER.match(self.masked.text) is not None or _INTERVIEW.search(self.masked.text) is not None)

    @cached_property
    def names_meeting(self) -> bool:
        """Whether something is said or done at a meeting that it names."""
        return any(m.kind is Kind.MEETING and _AT_MEETING.search(self.masked.text[max(0, p - 40) : p]) for p, m in self.masked.marks.items())

    @cached_property
    def meeting(self) -> Mention[Value] | None:
        """The event that it tells of without a rule's help: one that somebody spoke at or held, not "đã mở 11 lớp tập huấn"."""
        found = ((p, m.mention) for p, m in self.masked.marks.items() if m.kind is Kind.MEETING)
        return next((mention for p, mention in found if not _COUNTED.search(self.masked.text[max(0, p - 12) : p])), None)

    @cached_property
    def days(self) -> frozenset[tuple[int, int]]:
        """Its days behind "sáng", "ngày", as (month, day)."""
        return self._days(self.reading.book["event-date"].cue)

    @cached_property
    def opening_days(self) -> frozenset[tuple[int, int]]:
        """The days among them that open the sentence or a clause."""
        return self._days(self.reading.book["event-date"].word("opens"))

    def _days(self, cue: re.Pattern[str]) -> frozenset[tuple[int, int]]:
        found: set[tuple[int, int]] = set()
        for position, marked in self.masked.marks.items():
            written = self.reading.scan.date_at.get(marked.mention.start) if marked.kind is Kind.DATE else None
            if written is not None and written.day and cue.search(self.masked.text[max(0, position - 16) : position]):
                found.update((written.month, day) for day in range(written.day, max(written.day, written.last_day) + 1))
        return frozenset(found)


class EventBuilder:
    """An event while the sentences of its passage add up."""

    def __init__(self, number: int, day: PartialDate | None) -> None:
        self.number = number
        self.day = day  # of the report that the passage is of
        self.told = False  # a sentence tells of the event itself, not only what somebody said
        self.lines: list[Line] = []
        self._noun = self._topic = ""
        self._spans: list[Span] = []
        self._days: frozenset[tuple[int, int]] = frozenset()

    def note(self, telling: Telling, match: re.Match[str]) -> None:
        """Add a sentence, and the noun and topic that it names."""
        masked = telling.masked
        if not self._spans or self._spans[-1] != masked.span:
            self._spans.append(masked.span)
        if self._noun:
            return
        meeting = next((m.mention for _, m in masked.within(match.start(), match.end()) if m.kind is Kind.MEETING), None) or telling.meeting
        if meeting is not None and isinstance(meeting.value, MeetingRef):
            self._noun = meeting.value.noun
            self._topic = _topic(telling.reading.scan, meeting, masked.span[1])
        else:
            self._noun = next((noun for cue, noun in _NOUNS if cue in match.group()), "")

    def is_of_other_day(self, telling: Telling) -> bool:
        """Whether a sentence opens with a day that is not the event's, which is the one that its first dated sentence opens with."""
        if not self._days:
            self._days = telling.days
            return False
        return bool(telling.opening_days) and self._days.isdisjoint(telling.opening_days)

    def build(self) -> Event:
        """The event as told so far."""
        return Event(self.number, self._noun or "cuộc họp", self._topic, tuple(self._spans), tuple(self.lines), self.day)


class EventsBuilder:
    """The events of one source, in order. A report of several says so at the head of a passage; of official documents only a notice tells of one."""

    def __init__(self, reading: Reading) -> None:
        opening = [line.span for line in reading.lines if line.sentence.zone in (Zone.HEADLINE, Zone.LEAD)]
        # What is said in an interview is said at no meeting.
        self._interview = any(_INTERVIEW.search(reading.scan.key, *span) for span in opening)
        self._beside = any(_BESIDE.search(reading.scan.key, *span) for span in opening)
        self._events: list[EventBuilder] = []
        self._at: dict[int, EventBuilder] = {}  # start of a line → the event of its passage
        if reading.own is None or _is_notice(reading):
            reports = _reports(reading)
            day = reading.chronology.day
            for line in reading.lines:
                begun = False
                while reports and reports[0][0] <= line.sentence.start:
                    begun, day = True, reports.pop(0)[1]
                if not self._events or begun or _opens_passage(reading, line):
                    self._events.append(EventBuilder(len(self._events) + 1, day))
                self._events[-1].lines.append(line)
                self._at[line.sentence.start] = self._events[-1]

    def of(self, line: Line) -> EventBuilder | None:
        """The event of the passage that a line stands in; None in an official document."""
        return self._at.get(line.sentence.start)

    def tell(self, event: EventBuilder, telling: Telling, match: re.Match[str]) -> None:
        """A sentence that tells of an event without naming anybody still shows that there was one."""
        if not self._beside and not telling.is_to_come and not telling.is_passing:
            event.told = True
            event.note(telling, match)

    def act(self, event: EventBuilder, rule: Rule, telling: Telling, match: re.Match[str]) -> None:
        """Somebody's role at an event shows that there was one; mere speaking does so only at a meeting that the sentence names."""
        event.note(telling, match)
        if rule.predicate == "spokeAt":
            event.told = event.told or (not self._interview and telling.names_meeting)
        else:
            event.told = event.told or rule.predicate == "chaired" or not self._beside

    def build(self) -> tuple[Event, ...]:
        """The events that the text really tells of."""
        return tuple(event.build() for event in self._events if event.told)


def _is_notice(reading: Reading) -> bool:
    """Whether an official document is the notice of what a meeting concluded."""
    own = reading.own.mention.value if reading.own is not None else None
    return own is not None and own.kind == "Thông báo" and "kết luận" in key(own.subject)


def _opens_passage(reading: Reading, line: Line) -> bool:
    if line.sentence.zone is not Zone.BODY or _NEW_EVENT.match(reading.scan.key, line.sentence.start) is None:
        return False
    acted = line.named.bare or any(m.kind in (Kind.OFFICIAL, Kind.AGENCY) for m in line.named.mentions)
    return bool(acted) and FUTURE.search(reading.scan.key, *line.span) is None


def _reports(reading: Reading) -> list[tuple[int, PartialDate]]:
    """Where each further report of a page that lists several begins, and its day: at the heading above a date line of another day."""
    sections = reading.document.sections
    found: list[tuple[int, PartialDate]] = []
    last = None
    for before, section in zip((None, *sections), sections, strict=False):
        if section.zone is not Zone.DATELINE:
            continue
        stamps = find_dates(reading.scan.text[section.start : min(section.end, section.start + _LONGEST_HEADING)])
        written = next((w for w in stamps if w.day and w.year is not None), None)
        day = written.resolve() if written is not None else None
        if day is None or day == last:
            continue
        if last is not None:
            heads = before is not None and before.zone in (Zone.CAPTION, Zone.BYLINE) and before.end - before.start <= _LONGEST_HEADING
            found.append((before.start if heads and before is not None else section.start, day))
        last = day
    return found


def held_on(reading: Reading, written: WrittenDate, day: PartialDate | None) -> PartialDate | None:
    """The day that a written date means, if a report of this day can tell of it."""
    if not written.day:
        return None
    known = reading.chronology.year_of(written)
    date = written.resolve(known[0]) if known is not None else None
    distance = date.days_until(day) if date is not None and day is not None else None
    return None if distance is not None and not -_DAYS_BEHIND_REPORT <= distance <= _DAYS_BEFORE_REPORT else date


def _topic(scan: Scan, mention: Mention[Value], limit: int) -> str:
    """What a meeting is about, as written behind its noun: "triển khai Chỉ thị số 25-CT/TW"; "" where nothing follows."""
    match = _TOPIC.match(scan.text, mention.end, min(limit, mention.end + 200))
    if match is None:
        return ""
    topic = re.split(r",?\s(?:do|dưới sự|với sự|vào|tại|sáng|chiều|diễn ra|nhằm|có sự)\s|,\s(?!chống\s|chữa bệnh|bổ sung\s)", match["topic"])[0]
    return squeeze(topic)

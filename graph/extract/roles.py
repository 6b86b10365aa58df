"""Apply the rules of `data/rules/relations.yaml` to each sentence: who did what at which event, and what documents do to each other.

Reads: a `Source` with its marked sentences and events. Gives: facts, with the rule that found each.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.extract.citations import Cited
from graph.extract.events import FUTURE, Event, Events
from graph.extract.facts import Fact, evidence
from graph.extract.masking import Marked, Masked, mask
from graph.extract.rules import Rule
from graph.extract.source import Source
from graph.model import AgencyRef, DirectiveRef, Kind, PersonRef, Span, Zone

_IN_EVENTS = frozenset({"chaired", "attended", "spokeAt", "organized"})
_LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})
_LAWGIVERS = frozenset({"quoc-hoi", "uy-ban-thuong-vu-quoc-hoi", "chu-tich-nuoc"})
_OF_COLLEGES = frozenset({"Nghị quyết", "Nghị định"})  # a single office issues none
_OFFICES = frozenset({"thu-tuong-chinh-phu", "chu-tich-nuoc"})
_REACH = 400  # letters of a masked sentence
_GIVING_EFFECT = frozenset({"Nghị định", "Thông tư", "Thông tư liên tịch"})
_NOT_BINDING = frozenset({"Tờ trình", "Báo cáo"})
_OWNS_OR_HOSTS = re.compile(r"(?<!đoàn công tác )(?:tại|ở|điểm cầu|của|thuộc) \Z")
_POSSESSED = re.compile(r"(?:trực thuộc|thuộc|của|tại|điểm cầu|nguyên|do|theo|về|nhân viên|chiến sĩ|học viên|sinh viên|người lao động) ?(?:các )?\Z")


class Roles:
    """The rules at work on one source."""

    def __init__(self, source: Source, events: Events, rules: tuple[Rule, ...]) -> None:
        self.source = source
        self.events = events
        self.rules = rules

    def apply(self) -> None:
        """Match every rule against every sentence and note what it tells."""
        for index, (sentence, marks) in enumerate(zip(self.source.found.sentences, self.source.marked, strict=True)):
            if not marks or (self.source.own is not None and sentence.sentence.zone in (Zone.LETTERHEAD, Zone.SIGNATURE)):
                continue
            masked = mask(self.source.scan.key, (sentence.sentence.start, sentence.sentence.end), marks)
            event = self.events.event_of.get(index)
            for rule in self.rules:
                if (rule.predicate in _IN_EVENTS or rule.predicate == "event") and event is None:
                    continue
                if rule.predicate in ("conferred", "received", "holdsPost") and self.source.own is not None:
                    continue
                if not rule.applies(masked.text):
                    continue
                for match in rule.matches(masked.text):
                    if rule.predicate == "event":
                        self.events.tell(match, masked, event)
                    else:
                        self._apply(rule, match, masked, event)

    def _apply(self, rule: Rule, match: re.Match[str], masked: Masked, event: Event | None) -> None:
        groups = match.re.groupindex
        if "rest" in groups:
            subjects = self._attendees(masked, match)
        else:
            subjects = masked.in_group(match, "subject")
            if (
                subjects
                and subjects[0].kind is Kind.AGENCY
                and _OWNS_OR_HOSTS.search(masked.text[max(0, match.start("subject") - 26) : match.start("subject")])
                and not match.group()[: match.start("subject") - match.start()].endswith("của ")  # the pattern asks whose it is
                and rule.predicate in _IN_EVENTS
            ):
                subjects = subjects[1:]  # "tại điểm cầu Trung tâm A, UBND huyện tổ chức …"
        spans = [evidence(self.source.scan.text, masked, match.start(), match.end())]
        if rule.predicate in _IN_EVENTS:
            assert event is not None
            if self.events.is_passing(masked) or self.events.is_of_other_day(event, masked):
                return
            if rule.predicate == "spokeAt" and self.events.is_to_the_press(masked):
                return
            if rule.predicate != "organized" and FUTURE.search(masked.text[max(0, match.start() - 30) : match.start()]):
                return
            for subject in subjects:
                self._role(rule, subject, event, spans, masked, match)
            return
        objects = masked.in_group(match, "object") or (masked.in_group(match, "date") if "date" in groups else [])
        for subject in subjects:
            for target in objects:
                if subject.kind is target.kind is Kind.DIRECTIVE:
                    self._between_documents(rule, subject, target, masked, spans)
                elif rule.predicate == "holdsPost":
                    self.source.appoint(subject, target, next(iter(masked.in_group(match, "body")), None) if "body" in groups else None)
                else:
                    self._pair(rule, subject, target, spans)

    def _between_documents(self, rule: Rule, subject: Marked, target: Marked, masked: Masked, said: list[Span]) -> None:
        """A relation of two documents that their kinds allow: a decree amends no law, and what gives a law effect guides it."""
        predicate = rule.predicate
        acting, acted = self._kind_of(subject), self._kind_of(target)
        if predicate in ("amends", "replaces", "repeals") and acting in _NOT_BINDING:
            return
        if predicate == "amends" and acting != acted:
            # "Nghị định A hướng dẫn Luật B, được sửa đổi bởi Nghị định C": C amends the decree before the law.
            fitting = self._of_kind_before(masked, target, acting) if target.mention.start < subject.mention.start else None
            if fitting is None and (acting in _LAWS) != (acted in _LAWS):
                return
            target = fitting if fitting is not None else target
        if predicate == "implements" and acting in _GIVING_EFFECT and acted in _LAWS:
            predicate = "guides"
        if predicate == "guides" and acting == acted and target.mention.start > subject.mention.start:
            between = masked.within(masked.position(subject) + 1, masked.position(target))
            if any(m.kind is Kind.DIRECTIVE and self._kind_of(m) != acting for _, m in between):
                return  # "Nghị định A hướng dẫn Luật B và Nghị định C …": C stands beside A
        left, right = self.source.thing(subject), self.source.thing(target)
        if left is not None and right is not None and left != right:
            self.source.facts.append(Fact(left, predicate, right, said, rule.id, rule.confidence))

    def _of_kind_before(self, masked: Masked, target: Marked, kind: str) -> Marked | None:
        """The nearest document of a kind before another one of the sentence."""
        position = masked.position(target)
        before = masked.within(max(0, position - _REACH), position)
        return next((m for _, m in reversed(before) if m.kind is Kind.DIRECTIVE and self._kind_of(m) == kind), None)

    def _kind_of(self, marked: Marked) -> str:
        assert isinstance(marked.mention.value, DirectiveRef)
        return self.source.citations.meant[marked.mention.span].ref.kind

    def _attendees(self, masked: Masked, match: re.Match[str]) -> list[Marked]:
        """Persons and bodies of a list of who came; a body that only owns or hosts what stands before it is none of them."""
        start, end = match.span("rest")
        found = []
        for position in range(start, end):
            marked = masked.marks.get(position)
            if marked is None or marked.kind not in (Kind.OFFICIAL, Kind.AGENCY):
                continue
            if marked.kind is Kind.AGENCY and _POSSESSED.search(masked.text[max(start, position - 16) : position]):
                continue
            if re.search(r"\. |(?:đã|sẽ|phát biểu|nhấn mạnh|báo cáo|cho biết|yêu cầu|đề nghị|trao) [^\ue001\ue003]*\Z", masked.text[start:position]):
                break
            found.append(marked)
        return found

    def _role(self, rule: Rule, subject: Marked, event: Event, said: list[Span], masked: Masked, match: re.Match[str]) -> None:
        spans = [*said]
        if subject.mention.rule in ("bare-title", "short-name") and isinstance(subject.mention.value, PersonRef):
            spans += self.source.naming(subject.mention.value.name)
        actor = self.source.actor(subject)
        if (
            actor is None
            or (rule.predicate in ("chaired", "spokeAt") and actor[0] is not Kind.OFFICIAL)
            or (rule.predicate == "organized" and actor[0] is not Kind.AGENCY)
        ):
            return
        self.events.note(event, masked, match)
        event.told = event.told or self.events.shows_event(rule.predicate, masked)
        confidence = rule.confidence * (0.8 if subject.inferred else 1.0)
        self.source.facts.append(
            Fact(
                actor,
                rule.predicate,
                (Kind.MEETING, event.number),
                spans,
                rule.id,
                confidence,
                subject.inferred,
                "whom a bare title means" if subject.inferred else "",
            )
        )

    def _pair(self, rule: Rule, subject: Marked, target: Marked, said: list[Span]) -> None:
        if rule.predicate == "issuedOn":
            self.source.date_of(subject, target)
            return
        left, right = self.source.thing(subject), self.source.thing(target)
        if rule.predicate == "issuedBy" and target.kind in (Kind.POST, Kind.OFFICIAL):
            right = self._body_of_office(target)
        if left is None or right is None or left == right:
            return
        if rule.predicate == "issuedBy":
            cited, agency = left[1], right[1]
            assert isinstance(cited, Cited)
            assert isinstance(agency, AgencyRef)
            if (cited.ref.kind in _LAWS and agency.entry not in _LAWGIVERS) or (cited.ref.kind in _OF_COLLEGES and agency.entry in _OFFICES):
                return
            if cited.ref.issuer is None or (cited.ref.issuer_inferred and not cited.ref.issuer.place and agency.entry == cited.ref.issuer.entry):
                cited.ref = replace(cited.ref, issuer=agency, issuer_inferred=False)
                cited.issuer_span = said[0]
            return
        self.source.facts.append(Fact(left, rule.predicate, right, said, rule.id, rule.confidence))

    def _body_of_office(self, marked: Marked) -> tuple[Kind, object] | None:
        """The body for which an office acts: "Bộ trưởng Bộ Y tế ban hành" means the ministry."""
        found = self.source.readers.directives.issuer_at(self.source.scan, marked.mention.start)
        if found is None:
            return None
        agency = self.source.locality.fill(found[0])[0]
        return (Kind.AGENCY, agency) if self.source.is_definite(agency) else None

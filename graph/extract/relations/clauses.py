"""Apply the rules of `data/rules/relations.yaml` to each sentence: who did what at which event, and what documents do to each other.

Reads: a `Reading`. Gives: facts, with the rule that found each, and the events that they tell of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.extract.antecedents.people import Person
from graph.extract.antecedents.reading import Reading
from graph.extract.masking import Marked, Masked
from graph.extract.quotes import evidence
from graph.extract.relations.events import FUTURE, Event, EventBuilder, EventsBuilder, Telling
from graph.extract.relations.facts import Fact
from graph.extract.relations.frames import framed
from graph.extract.relations.lists import is_item, is_open, members
from graph.extract.rules import Rule
from graph.model import AgencyRef, Kind, PersonRef, Span

_AWARDS = frozenset({"conferred", "received"})
_ALL = re.compile(r"(?P<rest>.*)")
_REACH = 400  # letters of a masked sentence
_OWNS_OR_HOSTS = re.compile(r"(?<!đoàn công tác )(?:tại|ở|điểm cầu|của|thuộc) \Z")
_ALONG = re.compile(r"(?<!\w)cùng (?:với )?(?:các )?(?:đồng chí |ông |bà )?\Z")
_OWNED = re.compile(r"(?:của|mời của) (?:đồng chí |ông |bà )?\Z")


def said(reading: Reading, rules: Iterable[Rule]) -> tuple[list[Fact], tuple[Event, ...]]:
    """What the rules find in each line, and the events told of; roles at an event that nothing else tells of are left out."""
    events = EventsBuilder(reading)
    facts: list[Fact] = []
    rules = [rule for rule in rules if rule.predicate not in _AWARDS or reading.own is None]
    of_documents = [rule for rule in rules if not rule.at_event]
    opened: list[Rule] = []  # whose lists the lines below go on with
    for line in reading.spoken:
        event = events.of(line)
        masked, telling = line.masked, Telling(reading, line, event.day if event is not None else None)
        item = is_item(masked) if opened and event is not None else False
        opening = opened if item and is_open(masked) else []
        for rule in rules if event is not None else of_documents:
            listed = item and rule in opened
            if not (listed or rule.applies(masked.text)):
                continue
            for match in (*rule.matches(masked.text), *([_ALL.match(masked.text)] if listed else [])):
                if match is None:
                    continue
                if event is None or not rule.at_event:
                    facts.extend(_related(reading, rule, match, masked))
                elif rule.predicate == "event":
                    events.tell(event, telling, match)
                elif not _elsewhere(rule, match, telling, event):
                    if "rest" in match.re.groupindex and is_open(masked) and rule not in opening:
                        opening = [*opening, rule]
                    for subject in _acting(rule, match, masked):
                        fact = _role(reading, rule, match, telling, subject, event)
                        if fact is not None:
                            events.act(event, rule, telling, match)
                            facts.append(fact)
        opened = opening
    told = events.build()
    numbers = {event.number for event in told}
    # Whoever holds no post is no official.
    known = (f for f in facts if not (isinstance(f.subject, Person) and not f.subject.is_official))
    return framed([f for f in known if not isinstance(f.object, int) or f.object in numbers], told), told


# ---- roles at an event


def _elsewhere(rule: Rule, match: re.Match[str], telling: Telling, event: EventBuilder) -> bool:
    """Whether a sentence tells of another event than that of its passage, or of none."""
    if telling.is_passing or event.is_of_other_day(telling) or (rule.predicate == "spokeAt" and telling.is_to_the_press):
        return True
    before = telling.masked.text[max(0, match.start() - 30) : match.start()]
    return rule.predicate != "organized" and FUTURE.search(before) is not None


def _acting(rule: Rule, match: re.Match[str], masked: Masked) -> list[Marked]:
    """The marks of those who act; a body at which another acts is none: "tại điểm cầu Trung tâm A, UBND huyện tổ chức …"."""
    if "rest" in match.re.groupindex:
        return members(masked, *match.span("rest"), hosts=rule.predicate == "chaired")
    subjects = masked.in_group(match, "subject")
    start = match.start("subject")
    asked = match.group()[: start - match.start()].endswith("của ")  # the pattern asks whose it is
    before = masked.text[max(0, start - 26) : start]
    if subjects and not asked and (_OWNS_OR_HOSTS.search(before) if subjects[0].kind is Kind.AGENCY else len(subjects) > 1 and _OWNED.search(before)):
        return subjects[1:]
    if rule.predicate == "chaired" and "đồng chủ" not in match.group():
        # who goes along with the chair is none: "Bí thư A cùng Thứ trưởng B làm việc với …"
        return [s for s in subjects if s is subjects[0] or not _ALONG.search(masked.text[max(0, masked.position(s) - 26) : masked.position(s)])]
    return subjects


def _role(reading: Reading, rule: Rule, match: re.Match[str], telling: Telling, subject: Marked, event: EventBuilder) -> Fact | None:
    """What one of those who act did at the event; None where the mark names nobody definite, or a body that only persons can be."""
    actor = reading.actor(subject)
    if actor is None or (rule.predicate in ("chaired", "spokeAt") and not isinstance(actor, Person)):
        return None
    if rule.predicate == "organized" and not isinstance(actor, AgencyRef):
        return None
    antecedent = isinstance(actor, Person) and isinstance(subject.mention.value, PersonRef) and subject.mention.rule in ("bare-title", "short-name")
    spans = (_said(reading, telling.masked, match), *(actor.naming if antecedent and isinstance(actor, Person) else ()))
    confidence = rule.confidence * (0.8 if subject.inferred else 1.0)
    reason = "whom a bare title means" if subject.inferred else ""
    return Fact(actor, rule.predicate, event.number, spans, rule.id, confidence, subject.inferred, reason)


# ---- documents, awards and bodies


def _said(reading: Reading, masked: Masked, match: re.Match[str]) -> Span:
    return evidence(reading.scan.text, masked, match.start(), match.end())


def _related(reading: Reading, rule: Rule, match: re.Match[str], masked: Masked) -> Iterator[Fact]:
    for subject, target in _pairs(match, masked):
        predicate, acted = rule.predicate, target
        if subject.kind is target.kind is Kind.DIRECTIVE:
            allowed = _between_documents(reading, predicate, subject, target, masked)
            if allowed is None:
                continue
            predicate, acted = allowed
        left, right = reading.meant(subject), reading.meant(acted)
        if left is not None and right is not None and left != right:
            yield Fact(left, predicate, right, (_said(reading, masked, match),), rule.id, rule.confidence)


def _pairs(match: re.Match[str], masked: Masked) -> list[tuple[Marked, Marked]]:
    """Each subject with each object, whether the pattern takes the subjects itself or leaves their list to be read."""
    if "rest" not in match.re.groupindex:
        return masked.pairs(match)
    return [(subject, target) for subject in members(masked, *match.span("rest")) for target in masked.in_group(match, "object")]


def _between_documents(reading: Reading, predicate: str, subject: Marked, target: Marked, masked: Masked) -> tuple[str, Marked] | None:
    """The relation of two documents that their kinds allow, and its target: a decree amends no law, and what gives a law effect guides it."""
    registers, acting, acted = reading.registers, _kind_of(reading, subject), _kind_of(reading, target)
    if predicate in ("amends", "replaces", "repeals") and acting in registers.kinds_of("binding", "no"):
        return None
    if predicate == "amends" and acting != acted:
        # "Nghị định A hướng dẫn Luật B, được sửa đổi bởi Nghị định C": C amends the decree before the law.
        fitting = _of_kind_before(reading, masked, target, acting) if target.mention.start < subject.mention.start else None
        if fitting is None and (acting in registers.laws) != (acted in registers.laws):
            return None
        target = fitting if fitting is not None else target
    if predicate == "implements" and acting in registers.kinds_of("gives_effect") and acted in registers.laws:
        predicate = "guides"
    if predicate == "guides" and acting == acted and target.mention.start > subject.mention.start:
        between = masked.within(masked.position(subject) + 1, masked.position(target))
        if any(m.kind is Kind.DIRECTIVE and _kind_of(reading, m) != acting for _, m in between):
            return None  # "Nghị định A hướng dẫn Luật B và Nghị định C …": C stands beside A
    return predicate, target


def _of_kind_before(reading: Reading, masked: Masked, target: Marked, kind: str) -> Marked | None:
    """The nearest document of a kind before another one of the sentence."""
    position = masked.position(target)
    before = masked.within(max(0, position - _REACH), position)
    return next((m for _, m in reversed(before) if m.kind is Kind.DIRECTIVE and _kind_of(reading, m) == kind), None)


def _kind_of(reading: Reading, marked: Marked) -> str:
    return reading.citations.at(marked.mention.span).ref.kind

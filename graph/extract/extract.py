"""From a document to its extraction: mentions, then whom and what they mean, then what is said of them.

Reads: a `Document`, the registers and the rules. Gives: an `Extraction` of referents and relations, each with its spans and rule.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.extract.antecedents.citations import Cited
from graph.extract.antecedents.people import Person
from graph.extract.antecedents.reading import Reading, read
from graph.extract.antecedents.settled import SETTLING, settled
from graph.extract.mentions.gathering import MentionReader
from graph.extract.mentions.scan import scan
from graph.extract.quotes import Quotes
from graph.extract.relations.announced import announced_facts
from graph.extract.relations.clauses import said
from graph.extract.relations.events import Event
from graph.extract.relations.facts import End, Fact, ReferentsBuilder, merged
from graph.extract.relations.issues import issue_facts
from graph.extract.relations.meetings import meeting_facts
from graph.extract.relations.own_document import own_facts
from graph.extract.relations.posts import post_facts, signer_facts
from graph.extract.rulebook import load_rulebook
from graph.extract.rules import Rule, load_rules
from graph.model import Document, Extraction, MeetingRef, PersonRef, Relation, Value
from graph.reading.mending import as_kept
from graph.reading.segment import read_document
from graph.registers.data import Data


class Extractor:
    """Holds the parsers and rules of a build; `extract` is a pure function of a document."""

    def __init__(self, data: Data, rules: tuple[Rule, ...] | None = None) -> None:
        """rules: of clauses, others than those of the data."""
        self.registers = data.registers
        self.relations = data.ontology.relations
        self.readers = MentionReader(data.registers, load_rulebook(data))
        rules = rules if rules is not None else load_rules(data)
        self._settling = tuple(rule for rule in rules if rule.predicate in SETTLING)
        self._saying = tuple(rule for rule in rules if rule.predicate not in SETTLING)

    def read(self, source: str, text: str) -> Extraction:
        """What a source says, with all offsets in the text as it came. source: its name; text: NFC, LF line ends."""
        return as_kept(self.extract(read_document(source, text, self.registers)))

    def extract(self, document: Document) -> Extraction:
        """All referents and relations of a document, with offsets in its own, mended text."""
        scanned = scan(document, self.registers)
        reading = settled(read(scanned, self.readers.read(scanned), self.readers.citing), self._settling)
        roles, events = said(reading, self._saying)
        facts = [
            *own_facts(reading), *roles, *post_facts(reading), *signer_facts(reading), *issue_facts(reading), *meeting_facts(reading, events, roles),
        ]  # fmt: skip
        if reading.own is None:
            facts.extend(announced_facts(reading, facts))
        return _assembled(reading, events, facts)


def _assembled(reading: Reading, events: Iterable[Event], facts: Iterable[Fact]) -> Extraction:
    referents, quotes = ReferentsBuilder(), Quotes(reading.document)
    for cited in reading.citations.cited:
        referents.of(cited, cited.ref, quotes.of(m.span for m in cited.mentions))
    for person in reading.people.officials:
        referents.of(person, PersonRef(person.name), quotes.of(person.spans))
    meetings = {event.number: MeetingRef(event.noun, event.topic) for event in events}
    relations = []
    for fact in merged(facts):
        if _impossible(fact):
            continue
        subject, target = (referents.of(end, _value(end, meetings)) for end in (fact.subject, fact.object))
        relations.append(Relation(subject, fact.predicate, target, quotes.of(fact.spans), fact.rule, round(fact.confidence, 2), fact.inferred, fact.reason))
    return Extraction(
        reading.document, referents.build(), tuple(relations), reading.place.province, reading.place.reason,
        reading.chronology.day, reading.chronology.day_reason, tuple(m for line in reading.lines for m in line.named.mentions),
    )  # fmt: skip


def _impossible(fact: Fact) -> bool:
    """A plan signed before the document that it would carry out: a list was read one document too far ("A triển khai B và C")."""
    later, superior = fact.subject, fact.object
    if fact.predicate not in ("implements", "guides") or not isinstance(later, Cited) or not isinstance(superior, Cited):
        return False
    if later.ref.date is None or superior.ref.date is None:
        return False
    days = superior.ref.date.days_until(later.ref.date)
    return days is not None and days < 0


def _value(end: End, meetings: dict[int, MeetingRef]) -> Value:
    if isinstance(end, Cited):
        return end.ref
    if isinstance(end, Person):
        return PersonRef(end.name)
    return meetings[end] if isinstance(end, int) else end

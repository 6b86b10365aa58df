"""From a document to its extraction: the stage that puts mentions, context, antecedents and rules together.

Reads: a `Document`, the registers and the rules. Gives: an `Extraction` of referents and relations, each with its spans and rule.
"""

from __future__ import annotations

from graph.extract.antecedents import Person
from graph.extract.citations import Cited
from graph.extract.documents import Documents
from graph.extract.events import Event, Events
from graph.extract.facts import Fact, Referents, Thing, merged
from graph.extract.mentions import MentionReader
from graph.extract.quotes import Quotes
from graph.extract.roles import Roles
from graph.extract.rules import Rule, load_rules
from graph.extract.source import Source
from graph.model import AgencyRef, AwardRef, Document, Extraction, Kind, MeetingRef, PartialDate, PersonRef, PostRef, Relation, Value
from graph.registers.data import Data


class Extractor:
    """Holds the parsers and rules of a build; `extract` is a pure function of a document."""

    def __init__(self, data: Data, rules: tuple[Rule, ...] | None = None) -> None:
        """rules: others than those of the data."""
        self.registers = data.registers
        self.relations = data.ontology.relations
        self.readers = MentionReader(data.registers)
        self.rules = rules if rules is not None else load_rules(data)

    def extract(self, document: Document) -> Extraction:
        """All referents and relations of a document."""
        source = Source(self.readers, document)
        events = Events(source)
        documents = Documents(source)
        if source.own is not None:
            documents.own_facts()
        Roles(source, events, self.rules).apply()
        source.posts()
        documents.citation_facts()
        events.add_facts()
        if source.own is None:
            documents.announced()
        return _assembled(source, events)


def _assembled(source: Source, events: Events) -> Extraction:
    referents, quotes = Referents(), Quotes(source.document)
    for cited in source.citations.cited:
        referents.of((Kind.DIRECTIVE, cited), cited.ref, quotes.of(m.span for m in cited.mentions))
    for person in source.people.officials():
        referents.of((Kind.OFFICIAL, person), PersonRef(person.name), quotes.of(person.spans))
    by_number = {e.number: e for e in events.all}
    relations = []
    for fact in merged(source.facts):
        if _impossible(fact):
            continue
        subject = referents.of(fact.subject, _value(fact.subject, by_number), ())
        target = referents.of(fact.object, _value(fact.object, by_number), ())
        relations.append(Relation(subject, fact.predicate, target, quotes.of(fact.spans), fact.rule, round(fact.confidence, 2), fact.inferred, fact.reason))
    return Extraction(
        source.document, tuple(referents.all()), tuple(relations), source.place.province, source.place.reason,
        source.chronology.day, source.chronology.day_reason, tuple(m for sentence in source.found.sentences for m in sentence.mentions),
    )  # fmt: skip


def _impossible(fact: Fact) -> bool:
    """A plan signed before the document that it would carry out: a list was read one document too far ("A triển khai B và C")."""
    later, superior = fact.subject[1], fact.object[1]
    if fact.predicate not in ("implements", "guides") or not isinstance(later, Cited) or not isinstance(superior, Cited):
        return False
    if later.ref.date is None or superior.ref.date is None:
        return False
    days = superior.ref.date.days_until(later.ref.date)
    return days is not None and days < 0


def _value(thing: Thing, events: dict[int, Event]) -> Value:
    kind, value = thing
    if isinstance(value, Cited):
        return value.ref
    if isinstance(value, Person):
        return PersonRef(value.name)
    if kind is Kind.MEETING and isinstance(value, int):
        return MeetingRef(events[value].noun, events[value].topic)
    assert isinstance(value, (AgencyRef, PostRef, AwardRef, PartialDate, str))
    return value

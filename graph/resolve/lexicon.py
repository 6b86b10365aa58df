"""The word list of resolution: Party terms, leading bodies, titles of one holder, words that begin and end a term, kinds of events."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from graph import resources
from graph.model import PartialDate
from graph.registers.tables import read_yaml
from graph.text.normalize import key


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`data/lexicon/resolution.yaml` as values."""

    terms: tuple[tuple[str, PartialDate], ...]
    leading: frozenset[str]
    small: frozenset[str]
    sole: frozenset[str]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    events: tuple[tuple[str, int], ...]
    any_event: tuple[str, ...]
    day_parts: tuple[str, ...]

    def term(self, day: PartialDate | None) -> str:
        """The term of the Party's central committee on a day; "" where the day is unknown or doesn't settle it."""
        if day is None:
            return ""
        first = next((t for t, begin in reversed(self.terms) if begin <= PartialDate(day.year, day.month or 1, day.day or 1)), "")
        last = next((t for t, begin in reversed(self.terms) if begin <= PartialDate(day.year, day.month or 12, day.day or 28)), "")
        return first if first == last else ""

    def event_class(self, noun: str) -> str:
        """What kind of event a noun names: nouns of one kind may be one event. "" for a noun that says nothing, itself for an unknown one."""
        word = key(noun)
        if word in self.any_event:
            return ""
        kinds = [(len(known), str(number)) for known, number in self.events if word == known or word.startswith(f"{known} ")]
        return max(kinds)[1] if kinds else word


@cache
def lexicon() -> Lexicon:
    """The shipped list, read once."""
    raw = read_yaml(resources.data("lexicon", "resolution.yaml"))
    return Lexicon(
        tuple((row["term"], PartialDate.parse(row["from"])) for row in raw["party_terms"]),
        frozenset(raw["leading"]),
        frozenset(raw["small"]),
        frozenset(key(title) for title in raw["sole"]),
        tuple(key(cue) for cue in raw["begins"]),
        tuple(key(cue) for cue in raw["ends"]),
        tuple((key(noun), number) for number, nouns in enumerate(raw["events"]) for noun in nouns),
        tuple(key(noun) for noun in raw["any_event"]),
        tuple(key(part) for part in raw["day_parts"]),
    )

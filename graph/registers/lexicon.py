"""The word lists of `data/lexicon`, checked; and that of resolution as values: Party terms, leading bodies, titles of one holder, kinds of events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import RegisterError
from graph.model import PartialDate
from graph.registers.tables import read_yaml
from graph.resources import Files
from graph.text.normalize import key

_LONGEST = 200  # code points of a reason


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


def read_lists(files: Files) -> dict[str, dict[str, Any]]:
    """The word lists of `data/lexicon` by name, each checked against `schema.yaml`.

    Raises RegisterError with file and key for the first that is broken: a key that is missing, misspelt, or of another shape.
    """
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - heavy: imported where it is used

    schema = read_yaml(files.path("lexicon", "schema.yaml"))
    lists: dict[str, dict[str, Any]] = {}
    for name, keys in schema["lists"].items():
        lists[name] = read_yaml(files.path("lexicon", f"{name}.yaml"))
        shape = {"type": "object", "additionalProperties": False, "required": list(keys), "properties": keys, "definitions": schema["definitions"]}
        error = min(Draft202012Validator(shape).iter_errors(lists[name]), key=lambda e: [str(step) for step in e.absolute_path], default=None)
        if error is not None:
            where = ".".join(str(step + 1) if isinstance(step, int) else step for step in error.absolute_path)
            raise RegisterError(f"{name}.yaml", where, error.message if len(error.message) < _LONGEST else error.message[:_LONGEST] + "…")
    return lists


def resolution(raw: Mapping[str, Any]) -> Lexicon:
    """The word list of resolution, from what `resolution.yaml` holds."""
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

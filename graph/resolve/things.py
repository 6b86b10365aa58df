"""Things while they are put together: what one source, one register row, or all sources of a complete name tell of a thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import DirectiveRef, Kind, PartialDate, as_label
from graph.resolve.identity import Name

_NAMES = frozenset({"title", "subject", "label_en"})  # attributes that are written as words; the others are paths and keys
REGISTER = "register"  # stands where a source's mark would, for what only a register tells


@dataclass(frozen=True, slots=True)
class Held:
    """A post of a person as one source gives it: the body's local name ("" if unknown), whether it is complete, its province."""

    title: str
    agency: str
    complete: bool
    entry: str
    province: str  # path of the province, "" if unknown
    level: str
    membership: bool
    former: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What the source around a mention tells: its date, its province as then, the passage and the headline."""

    mark: str
    day: PartialDate | None
    province: str | None
    context: str
    headline: str = ""


@dataclass(slots=True)
class Event:
    """What a source tells of a meeting, by names of this source."""

    noun: str
    topic: str
    days: set[PartialDate] = field(default_factory=set)
    chairs: set[str] = field(default_factory=set)
    organizers: set[str] = field(default_factory=set)
    provinces: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)  # of the day: "sáng", "chiều"


@dataclass(slots=True)
class Thing:
    """A node while it is being put together. `key` is its own; things that turn out to be one share a canonical path in the end."""

    key: str
    kind: Kind
    path: str
    complete: bool
    reason: str
    told: Told | None = None
    labels: Counter[str] = field(default_factory=Counter)
    attributes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    row: str = ""
    verified: bool = True
    files: set[str] = field(default_factory=set)
    ref: DirectiveRef | None = None
    place: str | None = None  # of documents: as in their names
    name: str = ""  # of people: the form under which names are compared
    posts: list[Held] = field(default_factory=list)
    event: Event | None = None

    @property
    def mark(self) -> str:
        """The mark of its source, "" where it is shared by all sources."""
        return self.told.mark if self.told is not None else ""


class Things:
    """All things by key. Documents, people and meetings stand apart by source until they are compared; the rest is known by its name alone."""

    def __init__(self) -> None:
        self.by_key: dict[str, Thing] = {}

    def note(self, kind: Kind, name: Name, label: str, attributes: Mapping[str, str], told: Told | None = None, file: str = "") -> Thing:
        """Count a mention of a thing, with its label and what is told of it."""
        key = name.path if told is None else f"{name.path}@{told.mark}"
        thing = self.by_key.get(key)
        if thing is None:
            thing = self.by_key[key] = Thing(key, kind, name.path, name.complete, name.reason, told)
        thing.labels[as_label(label)] += 0 if told is not None and told.mark == REGISTER else 1
        if file:
            thing.files.add(file)
        for attribute, value in attributes.items():
            if value:
                thing.attributes[attribute][as_label(value) if attribute in _NAMES else value] += 1
        return thing

    def of(self, kind: Kind) -> list[Thing]:
        """The things of a kind, by key."""
        return [self.by_key[key] for key in sorted(self.by_key) if self.by_key[key].kind is kind]


def best(counts: Counter[str]) -> str:
    """The label to show: the most frequent, then the longest, then the first in order."""
    return min(counts.items(), key=lambda pair: (-pair[1], -len(pair[0]), pair[0]))[0]

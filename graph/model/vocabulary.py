"""What a vocabulary declares, as values: the kinds of nodes, and the kinds of relation between them.

Ends and two labels make a kind of relation whole; all else has a default.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a node of the graph is. The value is the class name in `ontology.ttl`."""

    DIRECTIVE = "Directive"
    OFFICIAL = "Official"
    AGENCY = "Agency"
    POST = "Post"
    PROVINCE = "Province"
    MEETING = "Meeting"
    AWARD = "Award"
    REPORT = "Report"
    DATE = "date"


class Family(StrEnum):
    """What a relation is about; it gives its line colour and end on the map."""

    DOCUMENT = "document"  # between two documents
    ISSUE = "issue"  # who issued or signed a document
    MEETING = "meeting"
    POST = "post"
    AWARD = "award"
    PLACE = "place"
    DATE = "date"
    OTHER = "other"


class Weight(StrEnum):
    """How strongly a relation is drawn: what the map is for, what changes a document, what only supports it."""

    MAIN = "main"
    CHANGE = "change"
    PLAIN = "plain"
    QUIET = "quiet"


class Drawn(StrEnum):
    """Where the subject stands against the object in a layout by levels."""

    BELOW = "below"
    ABOVE = "above"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of relation: its name, the kinds of nodes at its ends (no kind: a date), and how it is told, counted and drawn.

    `labels`, `inverse` and `head` are (Vietnamese, English): the verb, the verb read from the object, and the words for a list of objects.
    `step` is one of a cascade, along which days are counted; `cites` says that the subject names the object as a document; `passes_on` that
    the subject's issuer acts on the word of the object's; `core` that an evaluation counts it as core. `twin` is its counterpart in ELI for
    documents of the State; `above` the property of ELI that holds wherever this one does.
    """

    name: str
    subjects: frozenset[Kind]
    objects: frozenset[Kind]
    labels: tuple[str, str]
    inverse: tuple[str, str]
    head: tuple[str, str] | None = None
    family: Family = Family.OTHER
    weight: Weight = Weight.PLAIN
    drawn: Drawn = Drawn.BESIDE
    step: bool = False
    cites: bool = False
    passes_on: bool = False
    core: bool = False
    twin: str = ""
    above: str = ""

    @property
    def to_date(self) -> bool:
        """Whether the object is a date."""
        return not self.objects

    @property
    def part(self) -> bool:
        """Whether it is a part that somebody has in a meeting."""
        return self.objects == {Kind.MEETING}


@dataclass(frozen=True)
class Relations(Mapping[str, RelationKind]):
    """The kinds of relation of a vocabulary by name, in the order in which it declares them and lists show them."""

    kinds: tuple[RelationKind, ...] = ()
    _by_name: dict[str, RelationKind] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {kind.name: kind for kind in self.kinds})

    def __getitem__(self, name: str) -> RelationKind:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """Those of a cascade: who carries what out."""
        return self._named(kind for kind in self.kinds if kind.step)

    @cached_property
    def cites(self) -> tuple[str, ...]:
        """Those by which a document names another one."""
        return self._named(kind for kind in self.kinds if kind.cites)

    @cached_property
    def passes_on(self) -> tuple[str, ...]:
        """Those over which one body acts on the word of another."""
        return self._named(kind for kind in self.kinds if kind.passes_on)

    @cached_property
    def between_documents(self) -> tuple[str, ...]:
        """Those between two documents."""
        return self._named(kind for kind in self.kinds if kind.subjects == kind.objects == {Kind.DIRECTIVE})

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Those that say which part somebody had in a meeting."""
        return self._named(kind for kind in self.kinds if kind.part)

    @cached_property
    def of_people(self) -> tuple[str, ...]:
        """Those that a person is one end of, posts apart: first what people do, then what is done by them."""
        own = [kind for kind in self.kinds if Kind.OFFICIAL in kind.subjects | kind.objects and kind.family is not Family.POST]
        return self._named(sorted(own, key=lambda kind: Kind.OFFICIAL not in kind.subjects))

    def joining(self, *, places: bool) -> tuple[str, ...]:
        """Those that join two things; without `places` not those to a province, over which everything is near everything."""
        return self._named(kind for kind in self.kinds if not kind.to_date and (places or kind.objects != {Kind.PROVINCE}))

    @cached_property
    def words(self) -> dict[str, tuple[str, str]]:
        """The words of the interface, by key: "rel.implements", "rel.implements.inverse", "rel.issuedBy.head"."""
        found: dict[str, tuple[str, str]] = {}
        for kind in self.kinds:
            found[f"rel.{kind.name}"] = kind.labels
            found[f"rel.{kind.name}.inverse"] = kind.inverse
            if kind.head is not None:
                found[f"rel.{kind.name}.head"] = kind.head
        return found

    @staticmethod
    def _named(kinds: Iterable[RelationKind]) -> tuple[str, ...]:
        return tuple(kind.name for kind in kinds)

"""The graph of all sources: entities, statements and what is known of their identity, ready to be written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from graph.model.source import LABEL, Evidence, Genre, PartialDate, Skipped, as_label
from graph.model.vocabulary import Kind, Relations


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the graph: what all sources and registers together tell of one thing.

    `id` is its IRI, `reason` says why its mentions are one thing, `replaced` are IRIs that single sources gave it and that gave way.
    """

    kind: Kind
    id: str
    label: str
    reason: str
    attributes: tuple[tuple[str, str], ...] = ()
    replaced: tuple[str, ...] = ()
    row: str = ""  # "directives.csv:CT/25/TW/2023" where a register knows it
    verified: bool = True  # whether that row was checked against a document; no doubt of the thing itself

    def attribute(self, name: str) -> str:
        """The value of an attribute, or ""."""
        return next((value for key, value in self.attributes if key == name), "")


@dataclass(frozen=True, slots=True)
class Node:
    """An end of a statement as its source supports it: the entity's IRI, and label and fields from this source alone, each at most a label long."""

    kind: Kind
    id: str
    fields: tuple[tuple[str, str | None], ...]

    def __post_init__(self) -> None:
        if any(value is not None and len(value) > LABEL for _, value in self.fields):
            object.__setattr__(self, "fields", tuple((name, None if value is None else as_label(value)) for name, value in self.fields))

    def field(self, name: str) -> str | None:
        """A field's value; None where the source doesn't tell it."""
        return next((value for key, value in self.fields if key == name), None)


@dataclass(frozen=True, slots=True)
class Statement:
    """An edge of the graph as one source states it; `id` is a hash of source, ends, predicate and evidence."""

    id: str
    source: str
    subject: Node
    predicate: str
    object: Node
    evidence: tuple[Evidence, ...]
    confidence: float
    inferred: bool
    rule: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """An edge that a register states: it names its row and has no sentence."""

    subject: str
    predicate: str
    object: str  # an IRI, or the date of issuedOn
    row: str
    verified: bool

    @property
    def id(self) -> str:
        """A hash of its content, as statements of texts have one."""
        return hashlib.sha256(f"{self.row}\n{self.subject}\n{self.predicate}\n{self.object}".encode()).hexdigest()[:20]

    author: str = ""  # of a fact that a person asserts: who, when and why; `row` is then the line of the ledger
    when: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What a build knows of one source: its report node, headline, date, province and text."""

    source: str
    report: str
    headline: str
    sha256: str
    genre: Genre
    text: str
    date: PartialDate | None = None
    province: str | None = None
    province_reason: str = ""
    text_of: str = ""  # IRI of the directive whose text this is


@dataclass(frozen=True, slots=True)
class Merge:
    """Two names that were found to mean one thing, and why."""

    kind: Kind
    kept: str
    gone: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two nodes that may be one thing, and that no rule settles: a score from 0 to 1, why, and a passage for each.

    `judged` is the person who is unsure, "" where nobody has looked yet.
    """

    kind: Kind
    a: str
    b: str
    score: float
    reason: str
    a_context: str
    b_context: str
    judged: str = ""


class Verdict(StrEnum):
    """What a person says of a pair of nodes, or of a fact."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    REJECT = "reject"
    ASSERT = "assert"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A line of the ledger: a verdict on two nodes (`a`, `b`), or on a fact (`a`, `predicate`, `b`), by whom, when and why.

    Nodes are paths below the base; "path@source" is the node as one source tells it. `source` narrows a rejected fact to one source.
    """

    verdict: Verdict
    a: str
    b: str
    who: str
    why: str
    when: str
    predicate: str = ""
    source: str = ""
    line: int = 0  # in the ledger, 0 where it was not read from one


@dataclass(frozen=True, slots=True)
class GraphData:
    """The whole graph, ready to be written: entities by id, statements by source and id, sources by name."""

    base: str
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    registered: tuple[Registered, ...]
    sources: tuple[SourceInfo, ...]
    merges: tuple[Merge, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    relations: Relations = field(default_factory=Relations)
    title: str = ""  # the name of the graph, in English

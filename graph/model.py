"""The values that travel through the pipeline: frozen, without I/O, without third-party imports."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import NamedTuple


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


class Zone(StrEnum):
    """The part of a source that a stretch of text belongs to."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    LEAD = "lead"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    RELATED = "related"
    TAGS = "tags"
    COMMENT = "comment"
    LETTERHEAD = "letterhead"
    TITLE = "title"
    PREAMBLE = "preamble"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    ANNEX = "annex"


# Facts come from these zones only; the others give hints (a year, an outlet's province) that are marked as inferred.
FACT_ZONES = frozenset({Zone.HEADLINE, Zone.LEAD, Zone.BODY, Zone.CAPTION, Zone.LETTERHEAD, Zone.TITLE, Zone.PREAMBLE, Zone.SIGNATURE, Zone.ANNEX})


class Genre(StrEnum):
    """What sort of source a text is; the two are read by different rules."""

    REPORT = "report"
    OFFICIAL = "official"


Span = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date with the precision it was written with; an unknown month or day is 0, never a guess."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or (self.day and not self.month):
            raise ValueError(f"not a date: {self.year}-{self.month}-{self.day}")
        date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read what `str` writes: "2024-05-16", "2024-05" or "2024"."""
        return cls(*(int(part) for part in text.split("-")))

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return bool(self.day)

    def agrees_with(self, other: PartialDate) -> bool:
        """Whether both could be the same day: "2024-05" agrees with "2024-05-16"."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(a == b or not a or not b for a, b in pairs)

    def days_until(self, other: PartialDate) -> int | None:
        """Days from this date to the other; None unless both have day precision."""
        if not (self.day and other.day):
            return None
        return (date(other.year, other.month, other.day) - date(self.year, self.month, self.day)).days


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document's own number, in parts: "15/2023/QH15" is number "15", year 2023, codes ("QH15",).

    Whether a code exists, and how the number is written officially, is the registers' business.
    """

    number: str
    codes: tuple[str, ...]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source: code points [start, end) and the zone it stands in."""

    start: int
    end: int
    zone: Zone


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a source with one zone: code points [start, end)."""

    start: int
    end: int
    zone: Zone


class Piece(NamedTuple):
    """A stretch of a mended text that `length` code points from `start` hold, and the `kept_length` of the kept text that it stands for.

    Letters that were not touched have both lengths alike; a stretch of unequal lengths stands for its other side only as a whole.
    """

    start: int
    length: int
    kept: int
    kept_length: int


@dataclass(frozen=True, slots=True)
class Kept:
    """The text of a source as it is kept, where reading has mended it, and the pieces that the mended text is made of, in its order."""

    text: str
    pieces: tuple[Piece, ...]

    def span(self, span: Span) -> Span:
        """Where a stretch of the mended text stands in the kept one; over what was moved, all that lies between."""
        start, end = span
        index = bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1
        first, last = len(self.text), 0
        for piece in islice(self.pieces, max(0, index), None):
            if piece.start >= end and (piece.start > start or last):
                break
            whole = piece.length != piece.kept_length
            first = min(first, piece.kept if whole else piece.kept + max(0, start - piece.start))
            last = max(last, piece.kept + (piece.kept_length if whole else min(piece.length, end - piece.start)))
        return min(first, last), last


@dataclass(frozen=True, slots=True)
class Document:
    """A source as read: NFC text with LF line ends, cut into zones and sentences. All offsets count code points of `text`.

    `kept` is there where `text` was mended before it was read ("Ð" for "Đ", a number torn over two lines): what is written about the
    source quotes the kept text (`graph.reading.mending.as_kept`).
    """

    source: str
    text: str
    genre: Genre
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    kept: Kept | None = None

    @property
    def sha256(self) -> str:
        """Hex digest of the text; two copies of one text are one report."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def headline(self) -> str:
        """The headline (of an official document its title block) on one line, or the file's name."""
        for section in self.sections:
            if section.zone in (Zone.HEADLINE, Zone.TITLE):
                return " ".join(self.text[section.start : section.end].split())
        return self.source.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class AgencyRef:
    """A body as a text names it, abbreviations expanded.

    `name` is the body without place ("Sở Y tế", "Ủy ban nhân dân"), `level` the written level word ("tỉnh", "huyện"),
    `place` the name after it, `province` the province as then (None where the source doesn't tell), `parent` the body it is part of.
    """

    name: str
    level: str = ""
    place: str = ""
    province: str | None = None
    parent: AgencyRef | None = None
    entry: str = ""  # id of its row in the agency register, "" for a body known by shape alone

    @property
    def label(self) -> str:
        """The official form: "Ủy ban nhân dân tỉnh Bắc Kạn", "Ban Tổ chức Huyện ủy Mê Linh"."""
        own = " ".join(part for part in (self.name, self.level, self.place) if part)
        return f"{own} {self.parent.label}" if self.parent is not None else own


@dataclass(frozen=True, slots=True)
class PostRef:
    """A title in an agency as a text gives it; `agency` is None where neither the text nor the register tells."""

    title: str
    agency: AgencyRef | None
    former: bool = False


@dataclass(frozen=True, slots=True)
class DirectiveRef:
    """A policy or legal document as a text cites it.

    `number` is the canonical number or None; `kind` the Vietnamese name of its type; `title` stands for the number where there is none.
    """

    kind: str
    number: str | None = None
    bare: str = ""  # a number without its codes: "18" of "Chỉ thị 18"
    title: str = ""
    date: PartialDate | None = None
    date_inferred: bool = False
    issuer: AgencyRef | None = None
    issuer_inferred: bool = False
    subject: str = ""  # what it is about, as written after "về"
    type_code: str = ""
    issuer_code: str = ""
    year: int | None = None  # the year inside the number
    printed: str = ""  # the number as printed, where that isn't its official form

    @property
    def day(self) -> PartialDate | None:
        """The signing date, else the year inside the number."""
        return self.date if self.date is not None else PartialDate(self.year) if self.year is not None else None

    @property
    def label(self) -> str:
        """ "Kế hoạch số 135/KH-UBND", or kind and title of an unnumbered one."""
        if self.number is not None:
            return f"{self.kind} số {self.number}" if self.kind else f"Văn bản số {self.number}"
        if self.bare:
            return f"{self.kind} {self.bare}"
        return self.title


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A named person with the titles that the mention gives; `private` if one of its titles is held in a private firm."""

    name: str
    posts: tuple[PostRef, ...] = ()
    post_spans: tuple[Span, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class MeetingRef:
    """An event of the report: its noun ("hội nghị") and the words that tell what it is about."""

    noun: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class AwardRef:
    """An award without "danh hiệu": "Bằng khen", "Cờ thi đua"."""

    name: str
    grantor: AgencyRef | None = None


Value = AgencyRef | PostRef | DirectiveRef | PersonRef | MeetingRef | AwardRef | PartialDate | str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a thing. It refuses to exist where `text` isn't the document's text at its offsets."""

    kind: Kind
    start: int
    end: int
    text: str
    value: Value
    rule: str = ""

    @classmethod
    def at(cls, document_text: str, kind: Kind, span: Span, value: Value, rule: str = "") -> Mention:
        """The mention at these offsets of the text."""
        start, end = span
        if not 0 <= start < end <= len(document_text):
            raise ValueError(f"bad span {span} for a text of {len(document_text)} code points")
        return cls(kind, start, end, document_text[start:end], value, rule)

    @property
    def span(self) -> Span:
        """Where it stands: code points [start, end)."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quoted stretch of a source: `quote == text[start:end]`, always."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Referent:
    """One thing that a source speaks of, with all its mentions; `number` counts the source's referents of its kind from 1."""

    kind: Kind
    number: int
    value: Value
    spans: tuple[Span, ...] = ()

    @property
    def key(self) -> tuple[str, int]:
        """What tells it apart within its source."""
        return self.kind.value, self.number


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact that one source states between two of its referents, with the spans that say so."""

    subject: Referent
    predicate: str
    object: Referent
    spans: tuple[Span, ...]
    rule: str
    confidence: float
    inferred: bool = False
    reason: str = ""  # which part is inferred, and from what


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one document."""

    document: Document
    referents: tuple[Referent, ...]
    relations: tuple[Relation, ...]
    province: str | None = None  # the province of the source, as then
    province_reason: str = ""
    date: PartialDate | None = None  # the source's own date
    date_reason: str = ""
    mentions: tuple[Mention, ...] = ()


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
    """An end of a statement as its source supports it: the entity's IRI, and label and fields from this source alone."""

    kind: Kind
    id: str
    fields: tuple[tuple[str, str | None], ...]

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
class Skipped:
    """A source that was not read, and why."""

    source: str
    reason: str


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

"""What one source says: things as it names them, mentions, and relations between its referents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeGuard, TypeVar

from graph.model.source import Document, PartialDate, Span
from graph.model.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document's own number, in parts: "15/2023/QH15" is number "15", year 2023, codes ("QH15",).

    Whether a code exists, and how the number is written officially, is the registers' business.
    """

    number: str
    codes: tuple[str, ...]
    year: int | None = None


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

    def upwards(self) -> Iterator[AgencyRef]:
        """The body, then that which it is part of, and so on."""
        body: AgencyRef | None = self
        while body is not None:
            yield body
            body = body.parent


def province_of(agency: AgencyRef | None) -> str | None:
    """The province of a body, or of the nearest body above it that has one."""
    return next((body.province for body in agency.upwards() if body.province is not None), None) if agency is not None else None


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
    yearless: tuple[int, int] | None = None  # month and day of a date without its year, which only the whole source can tell

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
    """A named person with the titles that the mention gives.

    `private` if one of its titles is held in a private firm; `unit` is the body of somebody named without a title ("Lê Văn An, Vụ Pháp chế").
    """

    name: str
    posts: tuple[PostRef, ...] = ()
    post_spans: tuple[Span, ...] = ()
    private: bool = False
    unit: AgencyRef | None = None


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


V_co = TypeVar("V_co", bound=Value, covariant=True)


@dataclass(frozen=True, slots=True)
class Mention(Generic[V_co]):
    """A stretch of text that names a thing. It refuses to exist where `text` isn't the document's text at its offsets."""

    kind: Kind
    start: int
    end: int
    text: str
    value: V_co
    rule: str = ""

    @classmethod
    def at(cls, document_text: str, kind: Kind, span: Span, value: V_co, rule: str = "") -> Mention[V_co]:  # type: ignore[misc] # a maker, not a use of the value
        """The mention at these offsets of the text."""
        start, end = span
        if not 0 <= start < end <= len(document_text):
            raise ValueError(f"bad span {span} for a text of {len(document_text)} code points")
        return cls(kind, start, end, document_text[start:end], value, rule)

    @property
    def span(self) -> Span:
        """Where it stands: code points [start, end)."""
        return self.start, self.end


def names(mention: Mention[Value], sort: type[V_co]) -> TypeGuard[Mention[V_co]]:
    """Whether a mention names a thing of this sort: a person, a document."""
    return isinstance(mention.value, sort)


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
    mentions: tuple[Mention[Value], ...] = ()

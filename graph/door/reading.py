"""Read one text, without a build: its facts, each with the passage that says so, or the documents alone that it cites."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from graph.door.answers import html_table, safe
from graph.errors import SourceError
from graph.extract.extract import Extractor
from graph.extract.finder import CitationFinder
from graph.model import DirectiveRef, Document, Evidence, Extraction, Mention, PartialDate, Referent, Value
from graph.reading.readers import MAX_BYTES
from graph.registers.data import Data, shipped
from graph.terminal.reading import name
from graph.text.normalize import nfc


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation that a text states between two things that it names.

    `subject` and `object` are their names in full, `subject_referent` and `object_referent` the things with their values and spans.
    `confidence` is from 0 to 1; `inferred` says that a part isn't written, and `reason` which; `rule` is the id that
    `govgraph explain --rule` shows.
    """

    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...]
    confidence: float
    inferred: bool
    reason: str
    rule: str
    subject_referent: Referent
    object_referent: Referent

    @property
    def quote(self) -> str:
        """The passages on one line."""
        return " … ".join(" ".join(e.quote.split()) for e in self.evidence)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says. All offsets count code points of `text`, its NFC form."""

    extraction: Extraction

    @property
    def document(self) -> Document:
        """The text, cut into zones and sentences."""
        return self.extraction.document

    @property
    def text(self) -> str:
        """The text as read: NFC, lines ended by LF."""
        return self.document.text

    @property
    def date(self) -> PartialDate | None:
        """The text's own date; None where it tells none."""
        return self.extraction.date

    @property
    def province(self) -> str | None:
        """The id of the province that the text speaks from ("VN-53"), as then; None where it doesn't tell: it is never guessed."""
        return self.extraction.province

    @property
    def mentions(self) -> tuple[Mention[Value], ...]:
        """Every stretch that names something, in the order of the text: `mention.text == reading.text[mention.start:mention.end]`."""
        return self.extraction.mentions

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What it says, in the order of the rules that found it."""
        return tuple(
            Fact(
                name(r.subject), r.predicate, name(r.object), tuple(Evidence(start, end, self.text[start:end]) for start, end in r.spans),
                r.confidence, r.inferred, r.reason, r.rule, r.subject, r.object,
            )
            for r in self.extraction.relations
        )  # fmt: skip

    def _repr_html_(self) -> str:
        """For a notebook: the facts as a table, escaped."""
        rows = [(fact.subject, fact.predicate, fact.object, fact.confidence, fact.quote) for fact in self.facts]
        return f"<p><strong>{safe(self.document.headline)}</strong></p>{html_table(('subject', 'relation', 'object', 'confidence', 'quote'), rows)}"


def read(text: str, *, source: str = "text", data: Data | None = None) -> Reading:
    """Read one text: the function behind `govgraph explain`, and what `build` does with each source before it compares them.

    text: a news report (headline first) or an official document, in Vietnamese. source: its name, used as headline where it has none.
    data: registers and rules of another sector, `Data(folder)`; those that come with the program by default.
    Odd text gives fewer facts, no error. Raises SourceError for a text that is empty or larger than 64 MB, RegisterError for broken `data`.
    """
    data = data if data is not None else shipped()
    text = nfc(_whole(text).replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise SourceError(source, "is empty")
    if len(text.encode()) > MAX_BYTES:
        raise SourceError(source, f"is larger than {MAX_BYTES // 1024**2} MB")
    return Reading(_extractor(data).read(source, text))


def find_citations(text: str, *, data: Data | None = None) -> tuple[Mention[DirectiveRef], ...]:
    """The documents that a text cites, in order, each as the text gives it.

    A mention has `text`, `start` and `end` (code points of the NFC form of the text), and as `value` a `DirectiveRef`: `number` (canonical,
    None where the text gives none), `kind`, `date` (as precise as written), `issuer`, `subject`, `label`. A later bare mention ("Kế hoạch
    135") is given as it stands. data: as for `read`. Nothing cited gives (); no text is an error.
    """
    return tuple(_finder(data if data is not None else shipped()).find(_whole(text)))


def _whole(text: str) -> str:
    """The text with "?" for each half of a surrogate pair, which no file could have held; offsets stay."""
    return text.encode("utf-8", "replace").decode()


@cache
def _extractor(data: Data) -> Extractor:
    return Extractor(data)


@cache
def _finder(data: Data) -> CitationFinder:
    return CitationFinder(data)

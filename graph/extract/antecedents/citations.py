"""Tell which citations of one source mean the same document: by number, by name, by a bare later mention, by "Chỉ thị này".

Reads: all mentions of documents and the source's context. Gives: the documents cited, each with what all its mentions together tell.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from graph.extract.antecedents.chronology import Chronology
from graph.extract.antecedents.locality import Locality
from graph.model import AgencyRef, DirectiveRef, Mention, PartialDate, Span
from graph.text.normalize import key


@dataclass(frozen=True, slots=True, eq=False)
class Cited:
    """A document that the source cites: what all its mentions together tell. Equal to itself alone."""

    ref: DirectiveRef
    mentions: tuple[Mention[DirectiveRef], ...]
    date_span: Span | None = None
    issuer_span: Span | None = None
    date_reason: str = ""

    @property
    def first(self) -> Mention[DirectiveRef]:
        """Its first mention in the order of the text; of the source itself, the one of its head."""
        return self.mentions[0]


@dataclass(frozen=True, slots=True)
class Citations:
    """The documents of a source in order of their first mention."""

    cited: tuple[Cited, ...]
    meant: Mapping[Span, int]  # span of a mention → place in `cited`

    def at(self, span: Span) -> Cited:
        """The document that the mention of this span means."""
        return self.cited[self.meant[span]]


@dataclass(slots=True)
class CitedBuilder:
    """A document while its mentions add up."""

    ref: DirectiveRef
    mentions: list[Mention[DirectiveRef]] = field(default_factory=list)
    date_span: Span | None = None
    issuer_span: Span | None = None
    starts: list[int] = field(default_factory=list)  # of its mentions, in order

    def add(self, mention: Mention[DirectiveRef]) -> None:
        """Take in a mention."""
        self.mentions.append(mention)
        insort(self.starts, mention.start)

    def distance(self, position: int) -> int:
        """How far the nearest mention begins from a position."""
        behind = bisect_left(self.starts, position)
        return min(abs(start - position) for start in self.starts[max(0, behind - 1) : behind + 1])

    def build(self) -> Cited:
        """The document as told so far."""
        return Cited(self.ref, tuple(self.mentions), self.date_span, self.issuer_span)


class CitationsBuilder:
    """Finds the documents of a source: one for each number, or each name; later bare mentions mean the one cited before."""

    def __init__(self, locality: Locality, chronology: Chronology) -> None:
        self._locality = locality
        self._chronology = chronology
        self._cited: list[CitedBuilder] = []
        self._meant: dict[Span, CitedBuilder] = {}
        # Documents by what could make a mention theirs: number, title, bare number. A list keeps the order of the text.
        self._known: dict[tuple[str, str], list[CitedBuilder]] = {}
        self._of_kind: dict[str, list[CitedBuilder]] = {}

    def read(self, mentions: list[Mention[DirectiveRef]], own: Mention[DirectiveRef] | None) -> None:
        """Take in all mentions in order; `own` is the mention of the document's own number."""
        if own is not None:
            self._take(own)
        pending: list[Mention[DirectiveRef]] = []
        for mention in mentions:
            if mention is own:
                continue
            ref = mention.value
            if mention.rule in ("this", "definite"):
                self._this(mention, own)
            elif ref.number is None and ref.bare:
                pending.append(mention)
            else:
                self._take(mention)
        for mention in pending:
            self._bare(mention)
        if own is not None:
            self._local_issuers(self._meant[own.span].ref)

    def build(self) -> Citations:
        """The documents as all mentions together tell of them."""
        ordered = sorted(self._cited, key=lambda c: c.starts[0])
        places = {id(cited): place for place, cited in enumerate(ordered)}
        return Citations(tuple(cited.build() for cited in ordered), {span: places[id(cited)] for span, cited in self._meant.items()})

    def _local_issuers(self, own: DirectiveRef) -> None:
        """ "Quyết định số 1620/QĐ-UBND" without more words, in a document of a People's Committee: its own earlier one."""
        if own.issuer is None or not own.issuer_code or not own.issuer.province:
            return
        for cited in self._cited:
            if cited.ref.issuer is None and cited.ref.issuer_code == own.issuer_code:
                cited.ref = replace(cited.ref, issuer=own.issuer, issuer_inferred=True)
            elif self._is_local_code(cited.ref):
                cited.ref, cited.issuer_span = replace(cited.ref, issuer=None, issuer_inferred=False), None

    def _is_local_code(self, ref: DirectiveRef) -> bool:
        """Whether a province's own document cites its department: "692/LĐTBXH-CS" without the B of a ministry, and no words for the issuer."""
        entry = self._locality.registers.agencies.get(ref.issuer.entry) if ref.issuer is not None and ref.issuer_inferred else None
        return entry is not None and entry.level == "ministry" and entry.name.startswith("Bộ ") and not ref.type_code and not ref.issuer_code.startswith("B")

    def _take(self, mention: Mention[DirectiveRef]) -> None:
        ref = self._placed(mention)
        for known in self._alike(ref):
            if self._same(known.ref, ref):
                self._merge(known, mention, ref)
                return
        cited = CitedBuilder(replace(ref, date=None, issuer=None), [])
        self._cited.append(cited)
        self._merge(cited, mention, ref)

    def _alike(self, ref: DirectiveRef) -> list[CitedBuilder]:
        """Documents that share the mention's number or title, in the order of the text."""
        found = {id(c): c for name in _names(ref) for c in self._known.get(name, ())}
        return sorted(found.values(), key=lambda c: c.mentions[0].start)

    def _same(self, a: DirectiveRef, b: DirectiveRef) -> bool:
        if a.number is not None and b.number is not None:
            # Numbers restart each year, so one number in one year is one document even where a source slips on the day.
            if a.number.lstrip("0").lower() != b.number.lstrip("0").lower():
                return False
            # A number that holds its year is one document whatever day a source slips to.
            if a.year is None and a.date and b.date and a.date.year != b.date.year and not _slip_of_year(a.date, b.date):
                return False
            return not (a.kind in ("Luật", "Nghị quyết") and b.kind in ("Luật", "Nghị quyết") and a.kind != b.kind)
        if a.number is not None or b.number is not None:
            law, other = (a, b) if a.number is not None else (b, a)
            return bool(law.title) and key(law.title) == key(other.title) and (other.date is None or law.date is None or law.date.agrees_with(other.date))
        if not a.title or not b.title:
            return False
        mine, theirs = key(a.title), key(b.title)
        if mine != theirs and not (mine.startswith(theirs + " khóa") or theirs.startswith(mine + " khóa")):
            return False
        # Two versions of one law in a text are two documents, told apart by their dates.
        return a.date is None or b.date is None or a.date.agrees_with(b.date)

    def _placed(self, mention: Mention[DirectiveRef]) -> DirectiveRef:
        """The mention's document with its issuer's place and its date's year."""
        ref = mention.value
        if ref.issuer is not None:
            issuer, inferred = self._locality.fill(ref.issuer)
            ref = replace(ref, issuer=issuer, issuer_inferred=ref.issuer_inferred or inferred)
        day = self._chronology.day
        if ref.date is not None and not ref.date.month and day is not None and ref.date.year > day.year:
            ref = replace(ref, date=None)  # "dự toán thực hiện Pháp lệnh … năm 2020", said in 2019: the year of the budget
        if ref.date is None and ref.yearless is not None:
            date = self._chronology.in_its_year(*ref.yearless)
            ahead = date.days_until(day) if date is not None and day is not None else None
            if ahead is None or ahead >= 0:  # what a source cites is not signed after it: then the year is another one
                ref = replace(ref, date=date, date_inferred=date is not None)
        return replace(ref, yearless=None) if ref.yearless is not None else ref

    def _merge(self, known: CitedBuilder, mention: Mention[DirectiveRef], ref: DirectiveRef) -> None:
        known.add(mention)
        self._meant[mention.span] = known
        old = known.ref
        if ref.date is not None and (old.date is None or self._surer(ref, old)):
            old, known.date_span = replace(old, date=ref.date, date_inferred=ref.date_inferred), mention.span
        if ref.issuer is not None and (old.issuer is None or (old.issuer_inferred and not ref.issuer_inferred) or self._richer(ref.issuer, old.issuer)):
            old, known.issuer_span = replace(old, issuer=ref.issuer, issuer_inferred=ref.issuer_inferred), mention.span
        if not old.kind and ref.kind:
            old = replace(old, kind=ref.kind)
        if len(known.mentions) == 1 or old.kind != known.ref.kind:
            self._of_kind.setdefault(key(old.kind), []).append(known)
        if not old.subject and ref.subject:
            old = replace(old, subject=ref.subject)
        if old.number is None and ref.number is not None:
            old = replace(old, number=ref.number, type_code=ref.type_code, issuer_code=ref.issuer_code, year=ref.year, bare="")
        if ref.printed and not old.printed:
            old = replace(old, printed=ref.printed)
        if len(ref.title) > len(old.title):
            old = replace(old, title=ref.title)
        known.ref = old
        for name in _names(old):
            group = self._known.setdefault(name, [])
            if all(c is not known for c in group):
                group.append(known)

    def _surer(self, new: DirectiveRef, old: DirectiveRef) -> bool:
        """Whether the new mention's date is to be taken: written in full, more precise, or of the year that the number holds."""
        assert new.date is not None
        assert old.date is not None
        if new.year is not None and (new.date.year == new.year) != (old.date.year == new.year):
            return new.date.year == new.year
        return (old.date_inferred and not new.date_inferred) or (not old.date.is_day and new.date.is_day)

    def _richer(self, new: AgencyRef, old: AgencyRef) -> bool:
        return new.entry == old.entry and bool(new.place) and not old.place

    def _this(self, mention: Mention[DirectiveRef], own: Mention[DirectiveRef] | None) -> None:
        """ "Chỉ thị này": the document itself, or the one of its kind that was cited last."""
        ref = mention.value
        if own is not None:
            cited = self._meant[own.span]
            if key(cited.ref.kind) == key(ref.kind):
                self._meant[mention.span] = cited
                cited.add(mention)
                return
            return
        before = list(islice((c for c in self._of_kind.get(key(ref.kind), ()) if c.starts[0] < mention.start), 2))
        if len(before) == 1 and (mention.rule == "this" or before[0].ref.number is not None):
            self._meant[mention.span] = before[0]
            before[0].add(mention)

    def _bare(self, mention: Mention[DirectiveRef]) -> None:
        """ "Kế hoạch 135": the document cited with that type and number; else one of its own, with the number as written."""
        ref = mention.value
        number = ref.bare.lstrip("0")
        known = self._known.get(("bare", number), [])
        matches = [c for c in known if c.ref.number is not None and self._kinds_fit(c.ref.kind, ref.kind) and (ref.year is None or c.ref.year == ref.year)]
        if matches:
            chosen = min(matches, key=lambda c: c.distance(mention.start))
            self._merge(chosen, mention, replace(self._placed(mention), bare=""))
            return
        same = next((c for c in known if c.ref.number is None and key(c.ref.kind) == key(ref.kind)), None)
        if same is not None:
            self._merge(same, mention, self._placed(mention))
            return
        if mention.rule != "bare-weak":
            self._take(mention)

    def _kinds_fit(self, a: str, b: str) -> bool:
        mine, theirs = key(a), key(b)
        return mine == theirs or mine.startswith(theirs) or theirs.startswith(mine)


def _slip_of_year(a: PartialDate, b: PartialDate) -> bool:
    """One day of two years running: a slip of the pen in one of them rather than two documents of one number."""
    return bool(a.day) and (a.month, a.day) == (b.month, b.day) and abs(a.year - b.year) == 1


def _names(ref: DirectiveRef) -> list[tuple[str, str]]:
    """Under which names a document is kept: its number, its title without the term, its number without codes."""
    names = []
    if ref.number is not None:
        names.append(("number", ref.number.lstrip("0").lower()))
        names.append(("bare", ref.number.split("/")[0].split("-")[0].lstrip("0")))
    elif ref.bare:
        names.append(("bare", ref.bare.lstrip("0")))
    if ref.title:
        names.append(("title", key(ref.title).partition(" khóa")[0]))
    return names

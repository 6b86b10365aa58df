"""The people of one source: which mentions mean one person, which posts they give, whom a title alone or a given name means.

Reads: all mentions of persons and the source's locality. Gives: `People`. A bare title means a person only if the source names exactly
one holder, or names several and the last one named is taken (then inferred).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.extract.antecedents.hosts import Host
from graph.extract.antecedents.locality import Locality
from graph.extract.mentions.found import BareTitle
from graph.extract.mentions.places import PROVINCIAL
from graph.model import AgencyRef, Mention, PersonRef, PostRef, Span
from graph.registers.registers import Registers
from graph.text.normalize import key

_MINISTER = "bộ trưởng"  # a ministry has one; deputies are several
_ELECTED = frozenset({"uy-ban-nhan-dan", "hoi-dong-nhan-dan"})
_BY_LEVEL = {"huyện": ("huyen-uy", "Huyện ủy"), "quận": ("quan-uy", "Quận ủy"), "thị xã": ("thi-uy", "Thị ủy")}
_BY_ROW = "the other posts of the row"
_BY_HOST = "the host of the meeting"
_INSIDE_BODIES = frozenset({"dang-uy", "chi-bo", "ban-can-su-dang", "dang-bo"})


@dataclass(frozen=True, slots=True)
class Holding:
    """A post that a person holds, and where the source says so."""

    post: PostRef
    spans: tuple[Span, ...]
    inferred: bool
    reason: str = ""  # why, where it isn't the place of the report


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """A named person of the source: all posts that any mention gives. Equal to itself alone, whatever else bears the name."""

    name: str
    holdings: tuple[Holding, ...]
    spans: tuple[Span, ...]
    private: bool = False  # some mention gives a title in a private firm
    has_unit: bool = False  # some mention names the public body that it stands for, though no title

    @property
    def is_official(self) -> bool:
        """Whether the source tells a post of the person, or the body that it stands for."""
        return bool(self.holdings) or self.has_unit

    @property
    def naming(self) -> tuple[Span, ...]:
        """Where the source names the person with a title: the antecedent of a bare title."""
        titles = next((holding.spans for holding in self.holdings if holding.spans), ())
        naming = next((s for s in self.spans for t in titles if s[0] <= t[0] and t[1] <= s[1]), None)
        return (naming,) if naming is not None else self.spans[:1]


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a source, found by name, by short name, or by a title that only one of them holds; names as keys."""

    locality: Locality
    by_name: Mapping[str, Person]
    _by_title: Mapping[str, tuple[str, ...]]
    _by_given: Mapping[str, tuple[str, ...]]
    _mentioned: tuple[tuple[int, str], ...]  # offset and name of each mention, in order of the text

    @property
    def officials(self) -> list[Person]:
        """Persons with at least one post or a body that they stand for, in order of first mention; not those known from a private firm alone."""
        return _officials(self.by_name.values())

    def knows(self, name: str) -> bool:
        """Whether a person of this name is among them."""
        return key(name) in self.by_name

    def named(self, name: str) -> Person:
        """The person of this name."""
        return self.by_name[key(name)]

    def by_short_name(self, given: str) -> Person | None:
        """ "ông Chung": the only official of this given name, named before or after."""
        names = self._by_given.get(key(given), ())
        return self.by_name[names[0]] if len(names) == 1 else None

    def by_title(self, bare: BareTitle) -> tuple[Person, bool] | None:
        """The person that a bare title means, and whether it was chosen among several; None where no named person holds it."""
        if bare.post.former:
            return None
        agency = self.locality.fill(bare.post.agency)[0] if bare.post.agency is not None else None
        title = key(bare.post.title)
        holders = [n for n in self._by_title.get(title, ()) if any(_fits(h.post, title, agency) for h in self.by_name[n].holdings)]
        if len(holders) < 2:
            return (self.by_name[holders[0]], False) if holders else None
        last = next((name for start, name in reversed(self._mentioned) if start < bare.start and name in holders), None)
        return (self.by_name[last], True) if last is not None else None

    def appointed(self, posts: Iterable[tuple[str, Holding]]) -> People:
        """The same people with further posts, each given with the holder's name."""
        drafts: dict[str, PersonBuilder] = {}
        for name, holding in posts:
            draft = drafts.setdefault(key(name), PersonBuilder.of(self.named(name)))
            draft.hold(holding.post, holding.spans, holding.inferred, holding.reason)
        return replace(self, by_name={name: drafts[name].build() if name in drafts else person for name, person in self.by_name.items()})


def _fits(post: PostRef, title: str, agency: AgencyRef | None) -> bool:
    if post.former or key(post.title) != title:
        return False
    if agency is None or post.agency is None:
        return True
    mine, theirs = key(agency.label), key(post.agency.label)
    return mine == theirs or theirs.startswith(mine + " ") or mine.startswith(theirs + " ")


def _officials(persons: Iterable[Person]) -> list[Person]:
    public = (p for p in persons if p.is_official and (not p.private or any(h.post.agency is not None for h in p.holdings)))
    return sorted(public, key=lambda p: p.spans[0][0])


class PersonBuilder:
    """Adds up what the mentions of one person tell."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.private = False
        self.has_unit = False
        self.spans: list[Span] = []
        self.holdings: dict[tuple[str, str, bool], Holding] = {}  # by title, body and whether former

    @classmethod
    def of(cls, person: Person) -> PersonBuilder:
        """A builder that goes on where a person was left."""
        builder = cls(person.name)
        builder.private, builder.has_unit, builder.spans = person.private, person.has_unit, [*person.spans]
        for holding in person.holdings:
            builder.hold(holding.post, holding.spans, holding.inferred, holding.reason)
        return builder

    def hold(self, post: PostRef, spans: tuple[Span, ...], inferred: bool, reason: str = "") -> None:
        """Note a post and where it is said; what one mention tells for certain is certain."""
        ident = (key(post.title), key(post.agency.label if post.agency is not None else ""), post.former)
        known = self.holdings.get(ident)
        if known is not None:
            post = post if known.inferred and not inferred else known.post
            spans, inferred = known.spans + spans, known.inferred and inferred
            reason = known.reason or reason
        self.holdings[ident] = Holding(post, spans, inferred, reason if inferred else "")

    def drop_short(self) -> None:
        """Drop posts named in short where another mention gives their body, or more of its name."""
        titles = {title for title, label, _ in self.holdings if label}
        for title, label, former in list(self.holdings):
            if (not label and title in titles) or (label and any(t == title and other.startswith(label + " ") for t, other, _ in self.holdings)):
                self.holdings.pop((title, label, former))

    def build(self) -> Person:
        """The person as told so far."""
        return Person(self.name, tuple(self.holdings.values()), tuple(self.spans), self.private, self.has_unit)


class PeopleBuilder:
    """Takes in mentions of persons in order, and settles in the end who they are."""

    def __init__(self, locality: Locality, host: Host | None = None) -> None:
        """host: the body that held the meeting of the report, whose titles need not name it."""
        self.locality = locality
        self.host = host
        self.registers = locality.registers
        self._persons: dict[str, PersonBuilder] = {}
        self._mentioned: list[tuple[int, str]] = []

    def add(self, mention: Mention[PersonRef], here: str | None = None) -> None:
        """Note a mention of a named person.

        here: the province that the sentence opens with ("Tại Quảng Trị, ông …"), which places bodies named without one.
        """
        ref = mention.value
        person = self._persons.setdefault(key(ref.name), PersonBuilder(ref.name))
        person.private = person.private or ref.private
        person.has_unit = person.has_unit or ref.unit is not None
        person.spans.append(mention.span)
        self._mentioned.append((mention.start, key(ref.name)))
        places = {province for p in ref.posts if (province := _stated_province(p.agency)) is not None} or ({here} if here is not None else set())
        posts: list[tuple[AgencyRef | None, bool]] = [self._placed(p.agency, places) for p in ref.posts]
        for post, span, (agency, inferred) in zip(ref.posts, ref.post_spans, posts, strict=True):
            completed = (
                agency if agency is not None and not _incomplete(agency, self.registers) else _from_sibling(post, agency, [a for a, _ in posts], self.registers)
            )
            by_row = completed is not agency
            person.hold(replace(post, agency=completed), (span,), inferred or by_row, _BY_ROW if by_row else "")

    def appoint(self, name: str, bare: BareTitle, span: Span) -> None:
        """Note that a person, named at the span, is of a row that a title stands before: "các Ủy viên Bộ Chính trị: A, B, C"."""
        agency, inferred = self.locality.fill(bare.post.agency) if bare.post.agency is not None else (None, False)
        self._persons[key(name)].hold(replace(bare.post, agency=agency), ((bare.start, bare.end), span), inferred)

    def _placed(self, agency: AgencyRef | None, places: set[str]) -> tuple[AgencyRef | None, bool]:
        """ "Phó Giám đốc Sở Y tế, Chi cục trưởng Chi cục Dân số tỉnh Gia Lai": both bodies are in the province that the row names."""
        if agency is None:
            return None, False
        entry = self.registers.agencies.get(agency.entry)
        provincial = agency.level == "tỉnh" or (not agency.level and entry is not None and entry.scope == "province")
        if len(places) != 1 or agency.place or agency.parent is not None or not provincial:
            return self.locality.fill(agency)
        province = next(iter(places))
        unit = self.registers.province_at(province, None)
        word = agency.level or ("" if agency.entry in self.registers.placed_at_once or unit is None else unit.unit_type)
        return replace(agency, level=word, place=province, province=province), False

    def _give_ministry(self) -> None:
        """ "Bộ trưởng Nguyễn Văn An": of the only ministry that the text leads with, unless the person or another minister says otherwise."""
        if self.locality.ministry is None:
            return
        ref = AgencyRef(self.locality.ministry.name, entry=self.locality.ministry.id)
        ministerial = {key(post.title) for post in self.registers.posts.values() if post.level == "ministry"}
        held = {title for person in self._persons.values() for title, label, former in person.holdings if label == key(ref.label) and not former}
        for person in self._persons.values():
            if any(label for _, label, _ in person.holdings):
                continue
            for (title, label, former), holding in list(person.holdings.items()):
                if former or title not in ministerial or (title == _MINISTER and title in held):
                    continue
                person.holdings.pop((title, label, former))
                person.hold(replace(holding.post, agency=ref), holding.spans, inferred=True)

    def _give_host(self) -> None:
        """ "Bác sĩ Lê Văn An, Giám đốc, đọc diễn văn": the director of the hospital that holds the meeting, unless the person's body is told."""
        if self.host is None:
            return
        for person in self._persons.values():
            if person.private or any(label for _, label, _ in person.holdings):
                continue
            for (title, label, former), holding in list(person.holdings.items()):
                body = self.host.of_title(title, holding.spans[0][0]) if not former else None
                if body is not None:
                    person.holdings.pop((title, label, former))
                    person.hold(replace(holding.post, agency=body), holding.spans, inferred=True, reason=_BY_HOST)

    def build(self) -> People:
        """The people as all mentions together tell of them."""
        self._give_ministry()
        self._give_host()
        for draft in self._persons.values():
            draft.drop_short()
        by_name = {name: person.build() for name, person in self._persons.items()}
        by_title: dict[str, list[str]] = {}
        by_given: dict[str, list[str]] = {}
        for person in _officials(by_name.values()):
            by_given.setdefault(key(person.name.split()[-1]), []).append(key(person.name))
            for title in {key(holding.post.title) for holding in person.holdings}:
                by_title.setdefault(title, []).append(key(person.name))
        titled, given = ({word: tuple(names) for word, names in table.items()} for table in (by_title, by_given))
        return People(self.locality, by_name, titled, given, tuple(self._mentioned))


def _stated_province(agency: AgencyRef | None) -> str | None:
    return agency.province if agency is not None and agency.level in ("", *PROVINCIAL) else None


def _incomplete(agency: AgencyRef, registers: Registers) -> bool:
    return agency.entry in registers.needing_parent and agency.parent is None and not agency.place and not agency.level


def _from_sibling(post: PostRef, agency: AgencyRef | None, siblings: list[AgencyRef | None], registers: Registers) -> AgencyRef | None:
    """ "Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Huyện ủy": the row's Party body; "Bí thư Đảng ủy, Giám đốc Sở Y tế": the unit."""
    others = [s for s in siblings if s is not None and s is not agency and not _incomplete(s, registers)]
    if agency is None:
        bases = (body for other in others for body in (other, other.parent) if body is not None and body.entry in registers.party_committees)
        if "Thường vụ" in post.title:
            return next(bases, None)
        return next((c for s in others if (c := _committee_of(s)) is not None), None) if "Bí thư" in post.title else None
    return replace(agency, parent=others[0]) if agency.entry in _INSIDE_BODIES and others else agency


def _committee_of(agency: AgencyRef) -> AgencyRef | None:
    """The Party committee beside a People's Committee or Council: "Phó Bí thư, Chủ tịch HĐND tỉnh Lào Cai" is of the Tỉnh ủy."""
    if agency.entry not in _ELECTED or not agency.place:
        return None
    if agency.level in PROVINCIAL and agency.province == agency.place:
        entry, name = ("tinh-uy", "Tỉnh ủy") if agency.level == "tỉnh" else ("thanh-uy", "Thành ủy")
        return AgencyRef(name, place=agency.place, province=agency.province, entry=entry)
    known = _BY_LEVEL.get(agency.level)
    return AgencyRef(known[1], place=agency.place, province=agency.province, entry=known[0]) if known is not None else None

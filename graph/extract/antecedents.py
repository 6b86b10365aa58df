"""Tell which mentions of one source mean the same thing: people, documents, bodies; complete what short mentions leave out.

Reads: all mentions of a document and its context. Gives: referents, and for each mention the referent that it means. A bare title
means a person only if the source names exactly one holder, or names several and the last one named is taken (then inferred).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from graph.extract.agencies import THE_MINISTRY
from graph.extract.context import Chronology, Place
from graph.extract.people import BareTitle
from graph.extract.places import PROVINCIAL
from graph.extract.scan import Scan
from graph.model import AgencyRef, Mention, PersonRef, PostRef, Span, Zone
from graph.registers.registers import AgencyEntry, Registers
from graph.text.normalize import key

_LOCAL_LEVELS = frozenset({"huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu", "thành phố"})
_MINISTER = "bộ trưởng"  # a ministry has one; deputies are several
_PARTY_COMMITTEES = frozenset({"tinh-uy", "thanh-uy", "tinh-doan", "thanh-doan"})
_NEEDS_PARENT = frozenset({
    "ban-thuong-vu", "thuong-truc", "van-phong", "dang-uy", "chi-bo", "dang-bo", "ban-chap-hanh-dang-bo", "thanh-tra", "ban-to-chuc", "ban-tuyen-giao",
    "ban-dan-van", "ban-noi-chinh", "uy-ban-kiem-tra", "ban-tuyen-giao-va-dan-van", "ban-can-su-dang",
})  # fmt: skip


@dataclass(slots=True)
class Locality:
    """Fills the place into bodies that the text names without one ("Sở Y tế", "UBND huyện")."""

    registers: Registers
    place: Place
    unit_type: str
    local: dict[str, str]  # level word → the one name of that level in the text
    fuller: dict[str, AgencyRef]  # agency id → its one mention with parent or place
    ministry: AgencyEntry | None = None  # the one ministry that headline and lead name, else the only one of the text

    def fill(self, agency: AgencyRef) -> tuple[AgencyRef, bool]:
        """The body with its place, and whether that was inferred."""
        if agency.parent is not None:
            parent, inferred = self.fill(agency.parent)
            return (replace(agency, parent=parent), inferred) if inferred else (agency, False)
        if agency.place:
            return agency, False
        if agency.level == THE_MINISTRY and self.ministry is not None:
            return replace(agency, level="", parent=AgencyRef(self.ministry.name, entry=self.ministry.id)), True
        entry = self.registers.agencies.get(agency.entry)
        if agency.entry in _NEEDS_PARENT and not agency.level:
            known = self.fuller.get(agency.entry)
            return (self.fill(known)[0], True) if known is not None else (agency, False)
        province = self.place.province
        provincial = agency.level in PROVINCIAL or (entry is not None and entry.scope == "province" and not agency.level)
        if provincial and province is not None and self._fits(agency):
            level = "" if agency.entry in _PARTY_COMMITTEES else (agency.level or self.unit_type)
            return replace(agency, level=level, place=province, province=province), True
        if agency.level in _LOCAL_LEVELS and agency.level in self.local:
            return replace(agency, place=self.local[agency.level]), True
        if agency.entry in ("huyen-uy", "quan-uy", "thi-uy"):
            word = {"huyen-uy": "huyện", "quan-uy": "quận", "thi-uy": "thị xã"}[agency.entry]
            if word in self.local:
                return replace(agency, place=self.local[word]), True
        return agency, False

    def _fits(self, agency: AgencyRef) -> bool:
        """A "Thành ủy" or "UBND thành phố" is provincial only where the province is a city; a "Tỉnh ủy" only where it is none."""
        if agency.level == "thành phố" or agency.entry in ("thanh-uy", "thanh-doan"):
            return self.unit_type == "thành phố"
        if agency.level == "tỉnh" or agency.entry in ("tinh-uy", "tinh-doan"):
            return self.unit_type == "tỉnh"
        return True


def locality(scan: Scan, found_agencies: Iterable[tuple[Span, AgencyRef]], place: Place, chronology: Chronology) -> Locality:
    """What the text tells about the places of its bodies."""
    registers = scan.registers
    unit = registers.province_at(place.province, chronology.day) if place.province is not None else None
    names: dict[str, set[str]] = {}
    fuller: dict[str, set[AgencyRef]] = {}
    for _, agency in found_agencies:
        current: AgencyRef | None = agency
        while current is not None:
            if current.level in _LOCAL_LEVELS and current.place and current.province is None:
                names.setdefault(current.level, set()).add(current.place)
            if current.entry in _NEEDS_PARENT and current.parent is not None:
                fuller.setdefault(current.entry, set()).add(current)
            current = current.parent
    local = {level: next(iter(found)) for level, found in names.items() if len(found) == 1}
    if unit is not None and unit.unit_type == "thành phố":
        local.pop("thành phố", None)
    unit_type = unit.unit_type if unit is not None else "tỉnh"
    one_each = {entry: next(iter(refs)) for entry, refs in fuller.items() if len(refs) == 1}
    return Locality(registers, place, unit_type, local, one_each, _ministry(scan, found_agencies))


def _ministry(scan: Scan, found_agencies: Iterable[tuple[Span, AgencyRef]]) -> AgencyEntry | None:
    """The one ministry that headline and lead name, else the only one of the text."""
    entries = [(span[0], scan.registers.agencies.get(a.entry)) for span, a in found_agencies]
    named = [(start, e) for start, e in entries if e is not None and e.level == "ministry" and e.name.startswith("Bộ ")]
    head = max((s.end for s in scan.document.sections if s.zone in (Zone.HEADLINE, Zone.LEAD)), default=0)
    for found in ({e.id: e for start, e in named if start < head}, {e.id: e for _, e in named}):
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def _stated_province(agency: AgencyRef | None) -> str | None:
    return agency.province if agency is not None and agency.level in ("", *PROVINCIAL) else None


# ---- people


@dataclass(slots=True)
class Person:
    """A named person of the source: all posts that any mention gives, with the spans that give them."""

    name: str
    posts: dict[tuple[str, str, bool], tuple[PostRef, list[Span], bool]] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    first: int = 0
    private: bool = False  # some mention gives a title in a private firm

    def has_public_post(self) -> bool:
        """Whether a mention gives a title in a body that is no private firm."""
        return any(post.agency is not None for post, _, _ in self.posts.values())

    def add_post(self, post: PostRef, span: Span, inferred: bool) -> None:
        """Note a post and where it is said."""
        label = post.agency.label if post.agency is not None else ""
        known = self.posts.setdefault((key(post.title), key(label), post.former), (post, [], inferred))
        known[1].append(span)
        if known[2] and not inferred:
            self.posts[(key(post.title), key(label), post.former)] = (post, known[1], False)


@dataclass(slots=True)
class People:
    """The persons of a source, found by name, by short name, or by a title that only one of them holds."""

    registers: Registers
    locality: Locality
    by_name: dict[str, Person] = field(default_factory=dict)
    mentioned: list[tuple[int, Person]] = field(default_factory=list)  # in order of the text
    _by_title: dict[str, list[Person]] = field(default_factory=dict)  # filled by `settle`
    _by_given: dict[str, list[Person]] = field(default_factory=dict)

    def add(self, mention: Mention, here: str | None = None) -> Person:
        """Note a mention of a named person.

        here: the province that the sentence opens with ("Tại Quảng Trị, ông …"), which places bodies named without one.
        """
        ref = mention.value
        assert isinstance(ref, PersonRef)
        person = self.by_name.setdefault(key(ref.name), Person(ref.name, first=mention.start))
        person.private = person.private or ref.private
        person.spans.append(mention.span)
        self.mentioned.append((mention.start, person))
        places = {province for p in ref.posts if (province := _stated_province(p.agency)) is not None} or ({here} if here is not None else set())
        posts: list[tuple[AgencyRef | None, bool]] = [self._placed(p.agency, places) for p in ref.posts]
        for post, span, (agency, inferred) in zip(ref.posts, ref.post_spans, posts, strict=True):
            completed = agency if agency is not None and not self._incomplete(agency) else self._from_sibling(post, agency, [a for a, _ in posts])
            person.add_post(replace(post, agency=completed), span, inferred or completed is not agency)
        return person

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
        word = agency.level or ("" if agency.entry in _PARTY_COMMITTEES or unit is None else unit.unit_type)
        return replace(agency, level=word, place=province, province=province), False

    def _incomplete(self, agency: AgencyRef) -> bool:
        return agency.entry in _NEEDS_PARENT and agency.parent is None and not agency.place and not agency.level

    def _from_sibling(self, post: PostRef, agency: AgencyRef | None, siblings: list[AgencyRef | None]) -> AgencyRef | None:
        """ "Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Huyện ủy": the row's Party body; "Bí thư Đảng ủy, Giám đốc Sở Y tế": the unit."""
        others = [s for s in siblings if s is not None and s is not agency and not self._incomplete(s)]
        if agency is None:
            if "Ban Thường vụ" in post.title or "Thường vụ" in post.title:
                for other in others:
                    base = other if other.entry in ("tinh-uy", "thanh-uy", "huyen-uy", "quan-uy", "thi-uy") else other.parent
                    if base is not None and base.entry in ("tinh-uy", "thanh-uy", "huyen-uy", "quan-uy", "thi-uy"):
                        return base
            return None
        if agency.entry in ("dang-uy", "chi-bo", "ban-can-su-dang", "dang-bo") and others:
            return replace(agency, parent=others[0])
        return agency

    def settle(self) -> None:
        """Drop posts without their body where another mention of the person gives it in full; give ministers the text's one ministry."""
        self._give_ministry()
        for person in self.by_name.values():
            titles = {title for (title, label, _former) in person.posts if label}
            for title, label, former in list(person.posts):
                if (not label and title in titles) or (
                    label and any(t == title and other != label and other.startswith(label + " ") for (t, other, _f) in person.posts)
                ):
                    person.posts.pop((title, label, former))

        for person in self.officials():
            self._by_given.setdefault(key(person.name.split()[-1]), []).append(person)
            for title in {key(post.title) for post, _, _ in person.posts.values()}:
                self._by_title.setdefault(title, []).append(person)

    def _give_ministry(self) -> None:
        """ "Bộ trưởng Nguyễn Văn An": of the only ministry that the text leads with, unless the person or another minister says otherwise."""
        if self.locality.ministry is None:
            return
        ref = AgencyRef(self.locality.ministry.name, entry=self.locality.ministry.id)
        ministerial = {key(post.title) for post in self.registers.posts.values() if post.level == "ministry"}
        held = {title for person in self.by_name.values() for title, label, former in person.posts if label == key(ref.label) and not former}
        for person in self.by_name.values():
            if any(label for _, label, _ in person.posts):
                continue
            for (title, label, former), (post, spans, _) in list(person.posts.items()):
                if former or title not in ministerial or (title == _MINISTER and title in held):
                    continue
                person.posts.pop((title, label, former))
                person.posts[title, key(ref.label), former] = (replace(post, agency=ref), spans, True)

    def officials(self) -> list[Person]:
        """Persons with at least one post, in order of first mention; not those known from a private firm alone."""
        return sorted((p for p in self.by_name.values() if p.posts and not (p.private and not p.has_public_post())), key=lambda p: p.first)

    def by_short_name(self, given: str) -> Person | None:
        """ "ông Chung": the only official of this given name, named before or after."""
        matches = self._by_given.get(key(given), [])
        return matches[0] if len(matches) == 1 else None

    def by_title(self, bare: BareTitle) -> tuple[Person, bool] | None:
        """The person that a bare title means, and whether it was chosen among several; None where no named person holds it."""
        agency = self.locality.fill(bare.post.agency)[0] if bare.post.agency is not None else None
        if bare.post.former:
            return None
        titled = self._by_title.get(key(bare.post.title), [])
        holders = [p for p in titled if any(self._fits(post, bare.post.title, agency) for post, _, _ in p.posts.values())]
        if not holders:
            return None
        if len(holders) == 1:
            return holders[0], False
        last = next((person for start, person in reversed(self.mentioned) if start < bare.start and person in holders), None)
        return (last, True) if last is not None else None

    def _fits(self, post: PostRef, title: str, agency: AgencyRef | None) -> bool:
        if post.former or key(post.title) != key(title):
            return False
        if agency is None or post.agency is None:
            return True
        mine, theirs = key(agency.label), key(post.agency.label)
        return mine == theirs or theirs.startswith(mine + " ") or mine.startswith(theirs + " ")

"""The registers as typed rows, with the look-ups that the floors above need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from graph.errors import RegisterError
from graph.model import PartialDate
from graph.registers.gazetteer import Category, Entry, Gazetteer
from graph.registers.tables import Row, Table, read_tables, values
from graph.resources import Files
from graph.text.normalize import fold, key

_CENTRAL = re.compile(r"(?:TW|TƯ|T\.Ư|Trung ương)(?!\w)")


@dataclass(frozen=True, slots=True)
class ProvinceUnit:
    """A unit of provincial level over its life: "Thái Bình" until 30/06/2025, then part of its successor."""

    id: str
    name: str
    unit_type: str
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    successor: str
    region: str
    name_en: str
    slug: str
    iso: str
    gso_code: str
    aliases: tuple[str, ...]
    source: str

    def existed_on(self, day: PartialDate) -> bool:
        """Whether the unit existed on a day (a partial date counts with its first day)."""
        first = (day.year, day.month or 1, day.day or 1)
        after = self.valid_from is None or (self.valid_from.year, self.valid_from.month, self.valid_from.day) <= first
        before = self.valid_to is None or first <= (self.valid_to.year, self.valid_to.month, self.valid_to.day)
        return after and before


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """A body, or a kind of body that exists in every province or place.

    scope: "unique" (one in the country), "province" (one in each province) or "local" (needs a place or a parent).
    own_names: aliases that are names and no short forms; who writes one means it ("Bệnh viện Việt Đức").
    tail: what may follow its name: L level and place, N a name, P a parent body, T a topic, V "Việt Nam", # a number.
    needs_parent: it means nothing without the body that it is part of ("Ban Thường vụ").
    place_only: its own word tells the level, so that a place follows at once ("Tỉnh ủy Bắc Kạn").
    one_office: it is one person's office and no college ("Thủ tướng Chính phủ").
    """

    id: str
    name: str
    aliases: tuple[str, ...]  # short forms and spellings, then own names
    own_names: tuple[str, ...]
    name_en: str
    cls: str
    level: str
    scope: str
    tail: str
    parent: str
    source: str
    evidence: str
    needs_parent: bool
    place_only: bool
    one_office: bool


@dataclass(frozen=True, slots=True)
class PostEntry:
    """A title, or a mark of persons that is no post (honorific, academic title, rank, honour)."""

    id: str
    title: str
    kind: str
    level: str
    unit: str
    agency: str
    title_en: str


@dataclass(frozen=True, slots=True)
class IssuerCode:
    """A code after the type in a document number: "TTg", "UBND", "TW"."""

    code: str
    system: str
    level: str
    agency: str
    drafting: bool
    uncertain: bool


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document in one system (state, party), with its code ("KH") and whether it becomes a directive of the graph."""

    system: str
    code: str
    kind: str
    name_en: str
    use: str


@dataclass(frozen=True, slots=True)
class KnownDirective:
    """A document of the register of known directives; each field has its own evidence (S seed, V seen, K unverified)."""

    id: str
    number: str
    kind: str
    issuer: tuple[str, ...]
    province: str
    date: PartialDate | None
    title: str
    title_is_ours: bool
    subject_en: str
    relations: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str], ...]  # (field, S|V|K)
    row: str
    uncertain: bool

    def verified(self, field: str) -> bool:
        """Whether a field ("number", "title", "date", "relation") was seen in a document or a seed."""
        return dict(self.evidence)[field] in ("S", "V") and not self.uncertain


class Registers:
    """All registers, read and checked once for a build."""

    def __init__(self, files: Files, lists: Mapping[str, Mapping[str, Any]]) -> None:
        """files: where the registers lie; lists: the word lists of the lexicon. Raises RegisterError."""
        self.tables: dict[str, Table] = read_tables(files)
        self.provinces = {row["id"]: _province(row) for row in self.tables["provinces"].rows}
        self.agencies = {row["id"]: _agency(row) for row in self.tables["agencies"].rows}
        self.posts = {row["id"]: _post(row) for row in self.tables["posts"].rows}
        self.issuer_codes = self._issuer_codes()
        self.document_types = [_document_type(row) for row in self.tables["document_types"].rows]
        self.directives = {row["id"]: _directive(row) for row in self.tables["directives"].rows}
        self.abbreviations = {row["id"]: (row["full"], row["where"]) for row in self.tables["abbreviations"].rows}
        self.surnames = {row["surname"]: row["risk"] for row in self.tables["surnames"].rows}
        events = lists["meetings"]
        self.meetings: list[dict[str, str]] = events["nouns"]
        self.meeting_heads: dict[str, dict[str, Any]] = {row["head"]: row for row in events["heads"]}
        self.meeting_ends: frozenset[str] = frozenset(events["ends"])
        self.event_classes: dict[str, str] = {row["noun"]: row["class"] for row in self.meetings if "class" in row}
        self.awards: list[dict[str, Any]] = lists["awards"]["awards"]
        self.names: Mapping[str, list[str]] = lists["names"]
        self.outlets: list[dict[str, str]] = lists["outlets"]["outlets"]
        self.site_prefixes: list[str] = lists["outlets"]["site_prefixes"]
        self.beside_place: list[str] = lists["outlets"]["beside_place"]
        self.page: dict[str, tuple[str, ...]] = {name: tuple(words) for name, words in lists["page"].items()}

    # ---- provinces

    @cached_property
    def province_names(self) -> dict[str, str]:
        """Key of each name and alias → the plain name."""
        names: dict[str, str] = {}
        for unit in self.provinces.values():
            for name in (unit.name, *unit.aliases):
                names.setdefault(key(name), unit.name)
        return names

    def province_at(self, name: str, day: PartialDate | None) -> ProvinceUnit | None:
        """The unit of this name as it was on a day; without a day the one before July 2025, since most sources are older.

        A province that becomes a city is one from that day on. Unknown names give None.
        """
        units = sorted((u for u in self.provinces.values() if u.name == name), key=lambda u: u.id)
        if not units:
            return None
        when = day if day is not None else PartialDate(2025, 1, 1)
        unit = next((u for u in units if u.existed_on(when)), units[0])
        since, city = self._as_cities.get(unit.id, (None, unit))
        return city if since is not None and since <= PartialDate(when.year, when.month or 1, when.day or 1) else unit

    @cached_property
    def _as_cities(self) -> dict[str, tuple[PartialDate, ProvinceUnit]]:
        """Provinces that become cities and keep their row: the day, and the unit as it is then."""
        rows = [row for row in self.tables["province_changes"].rows if row["kind"] == "type" and row["before"] == row["after"]]
        return {row["after"]: (PartialDate.parse(row["date"]), replace(self.provinces[row["after"]], unit_type="thành phố")) for row in rows}

    @cached_property
    def cities(self) -> frozenset[str]:
        """The names of all units that are cities at some time: "thành phố Bắc Ninh" is one since 2026, a part of its province before."""
        return frozenset(u.name for u in self.provinces.values() if u.unit_type == "thành phố" or u.id in self._as_cities)

    def provinces_of_district(self, name: str) -> set[str]:
        """Names of the provinces that had a district of this name (until June 2025)."""
        return self._districts.get(key(name), set())

    @cached_property
    def _districts(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self.tables["districts"].rows:
            found.setdefault(key(row["name"]), set()).add(self.provinces[row["province"]].name)
        return found

    @cached_property
    def province_by_slug(self) -> dict[str, str]:
        """Web slug ("binhdinh") → plain name, for outlets."""
        return {unit.slug: unit.name for unit in self.provinces.values()}

    # ---- documents

    def _issuer_codes(self) -> dict[str, IssuerCode]:
        codes: dict[str, IssuerCode] = {}
        table = self.tables["issuer_codes"]
        for line, row in zip(table.lines, table.rows, strict=True):
            code = IssuerCode(row["id"], row["system"], row["level"], row["agency"], row["drafting"] == "yes", row["uncertain"] == "?")
            for written in (row["id"], *values(row["variants"])):
                known = codes.setdefault(code_key(written), code)
                if known is not code:
                    raise RegisterError(table.file, f"row {line}", f"code {written!r} belongs to {known.code} already")
        return codes

    def issuer_code(self, written: str) -> IssuerCode | None:
        """The issuer code as printed, its variants, or with its accents lost ("BGDDT"); None if unknown or ambiguous."""
        found = self.issuer_codes.get(code_key(written))
        return found if found is not None else self._folded_issuers.get(fold(code_key(written)))

    @cached_property
    def _folded_issuers(self) -> dict[str, IssuerCode]:
        return _unambiguous((fold(written), code) for written, code in self.issuer_codes.items())

    def type_code(self, written: str, system: str) -> DocumentType | None:
        """The document type of a code in a system: "KH" gives Kế hoạch, "QD" (accents lost) gives Quyết định."""
        by_system = self._type_codes.get(code_key(written)) or self._folded_types.get(fold(code_key(written)))
        if by_system is None:
            return None
        return by_system.get(system) or by_system.get("any") or next(iter(by_system.values()))

    @cached_property
    def _folded_types(self) -> dict[str, dict[str, DocumentType]]:
        return _unambiguous((fold(written), types) for written, types in self._type_codes.items())

    @cached_property
    def _type_codes(self) -> dict[str, dict[str, DocumentType]]:
        # Where two kinds share a code (QĐ: Quyết định, Quy định), the first that becomes a directive stands.
        table: dict[str, dict[str, DocumentType]] = {}
        rows = sorted(zip(self.document_types, self.tables["document_types"].rows, strict=True), key=lambda pair: pair[0].use != "yes")
        for kind, row in rows:
            for written in (kind.code, *values(row["variants"])):
                if written:
                    table.setdefault(code_key(written), {}).setdefault(kind.system, kind)
        return table

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Key of a kind's name → its name, for kinds that become directives."""
        return {key(t.kind): t.kind for t in self.document_types if t.use != "no"}

    def kinds_of(self, column: str, value: str = "yes") -> frozenset[str]:
        """The kinds of documents of which a column of `document_types.csv` says so: that are laws, are sent, carry the year in their number."""
        known = self._kinds_of.get((column, value))
        if known is None:
            rows = self.tables["document_types"].rows
            known = self._kinds_of[column, value] = frozenset(row["kind"] for row in rows if row[column] == value)
        return known

    @cached_property
    def _kinds_of(self) -> dict[tuple[str, str], frozenset[str]]:
        """Answers already given."""
        return {}

    @cached_property
    def laws(self) -> frozenset[str]:
        """The kinds of documents that are laws."""
        return self.kinds_of("is_law")

    @cached_property
    def kind_codes(self) -> dict[tuple[str, str], str]:
        """(kind, system) → code: ("Kế hoạch", "state") gives "KH"."""
        codes: dict[tuple[str, str], str] = {}
        for t in self.document_types:
            for system in ("state", "party") if t.system == "any" else (t.system,):
                if t.code:
                    codes.setdefault((t.kind, system), t.code)
        return codes

    def has_numbers(self, kind: str) -> bool:
        """Whether the register gives a number of this kind as an example: a Dự án is only counted inside its programme."""
        return kind in self._numbered_kinds

    @cached_property
    def _numbered_kinds(self) -> frozenset[str]:
        rows = self.tables["document_types"].rows
        return frozenset(row["kind"] for row in rows if any(c.isdigit() for c in row["example"]))

    @cached_property
    def shared_codes(self) -> frozenset[tuple[str, str]]:
        """(code, system) of codes that two kinds share, so that only words can tell which: QĐ of the Party."""
        kinds: dict[tuple[str, str], set[str]] = {}
        for t in self.document_types:
            if t.use == "yes" and t.code:
                kinds.setdefault((t.code, t.system), set()).add(t.kind)
        return frozenset(pair for pair, names in kinds.items() if len(names) > 1)

    @cached_property
    def kind_names_en(self) -> dict[str, str]:
        """Kind → its English name."""
        names: dict[str, str] = {}
        for t, row in zip(self.document_types, self.tables["document_types"].rows, strict=True):
            if row["name"] == t.kind:
                names[t.kind] = t.name_en
            names.setdefault(t.kind, t.name_en)
        return names

    @cached_property
    def programmes(self) -> dict[str, str]:
        """Short names of programmes and schemes that registered decisions approve → kind: "Chương trình Sức khỏe Việt Nam"."""
        found: dict[str, str] = {}
        for directive in self.directives.values():
            match = re.match(r"Phê duyệt (?P<name>(?P<kind>Chương trình|Đề án|Chiến lược|Quy hoạch) .+)", directive.title)
            if match is not None and len(match["name"].split()) <= 8:
                found[match["name"]] = match["kind"]
        return found

    # ---- bodies

    @cached_property
    def needing_parent(self) -> frozenset[str]:
        """The bodies (rows) that mean nothing without the body that they are part of."""
        return frozenset(agency.id for agency in self.agencies.values() if agency.needs_parent)

    @cached_property
    def placed_at_once(self) -> frozenset[str]:
        """Those whose own word tells the level, so that a place follows at once."""
        return frozenset(agency.id for agency in self.agencies.values() if agency.place_only)

    @cached_property
    def party_committees(self) -> frozenset[str]:
        """The Party's committees of a place: "Tỉnh ủy", "Quận ủy"."""
        return frozenset(agency.id for agency in self.agencies.values() if agency.place_only and agency.cls == "PartyBody")

    @cached_property
    def offices(self) -> frozenset[str]:
        """Offices that are bodies of their own."""
        return frozenset(agency.id for agency in self.agencies.values() if agency.one_office)

    # ---- the gazetteer

    @cached_property
    def headed_by(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """First words of bodies → what their heads are called, both as keys: "bệnh viện" → "giám đốc"; longer words first."""
        rows = (row.partition(":") for row in self.names["headed_by"])
        found = [(key(heads.strip()), tuple(key(title) for title in values(titles))) for heads, _, titles in rows]
        return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """All names, in one automaton."""
        return Gazetteer(self._entries())

    def _entries(self) -> list[Entry]:
        entries: list[Entry] = []
        for unit in self.provinces.values():
            for name in (unit.name, *unit.aliases):
                entries.append(Entry(name, Category.PROVINCE, unit.name, "exact" if _is_abbreviation(name) else "capital"))
        written = {name for agency in self.agencies.values() for name in (agency.name, *agency.aliases)}
        for agency in self.agencies.values():
            for name in (agency.name, *agency.aliases):
                entries.append(Entry(name, Category.AGENCY, agency.id, _agency_case(agency, name)))
                entries.extend(Entry(other, Category.AGENCY, agency.id, _agency_case(agency, other)) for other in _spellings(name) if other not in written)
        for post in self.posts.values():
            row = next(r for r in self.tables["posts"].rows if r["id"] == post.id)
            for name in (post.title, *values(row["variants"])):
                entries.append(Entry(name, Category.POST, post.id, "exact" if _is_abbreviation(name) else "any"))
        entries.extend(Entry(kind, Category.KIND, kind) for kind in self.kinds.values())
        for row in self.tables["laws"].rows:
            for name in (row["name"], *values(row["aliases"])):
                # Written with and without its comma: "Luật Phòng, chống bạo lực gia đình".
                entries.extend(Entry(spelled, Category.LAW, row["name"]) for spelled in dict.fromkeys((name, name.replace(", chống ", " chống "))))
        entries.extend(Entry(name, Category.PROGRAMME, f"{kind}|{name}") for name, kind in self.programmes.items())
        for name in (*self.names["not_places"], *self.names["not_bodies"]):
            entries.append(Entry(name, Category.OTHER, name))
        for noun in (*(meeting["noun"] for meeting in self.meetings), *self.meeting_heads):
            entries.append(Entry(noun, Category.MEETING, noun))
        for award in self.awards:
            for name in (award["name"], *award.get("words", [])):
                entries.append(Entry(name, Category.AWARD, award["name"]))
        return entries

    # ---- names of people

    def surname_risk(self, syllable: str) -> str | None:
        """How easily this surname is a common word: "low", "medium", "high"; None if it is no surname."""
        known = self._risks.get(syllable, "")
        if known == "":
            known = self._risks[syllable] = self._surname_keys.get(key(syllable))
        return known

    @cached_property
    def _risks(self) -> dict[str, str | None]:
        """Answers already given, by the syllable as written: the same few thousand come again and again."""
        return {}

    @cached_property
    def _surname_keys(self) -> dict[str, str]:
        return {key(name.split()[0].rstrip("'")): risk for name, risk in self.surnames.items()}


def code_key(code: str) -> str:
    """The form under which codes are compared: upper case, without dots; "T.Ư" and "TƯ" are "TW"."""
    upper = code.upper().replace(".", "").replace(" ", "")
    return upper[:-2] + "TW" if upper.endswith("TƯ") else upper


_T = TypeVar("_T")


def _unambiguous(pairs: Iterable[tuple[str, _T]]) -> dict[str, _T]:
    """The pairs whose first part names one thing only."""
    found: dict[str, _T] = {}
    clashes: set[str] = set()
    for name, thing in pairs:
        if found.setdefault(name, thing) is not thing:
            clashes.add(name)
    return {name: thing for name, thing in found.items() if name not in clashes}


def _is_abbreviation(name: str) -> bool:
    words = name.replace("&", " ").replace("-", " ").replace(".", " ").split()
    return any(len(word) > 1 and sum(c.isupper() for c in word) > 1 for word in words) and not name.islower()


def _spellings(name: str) -> Iterator[str]:
    """Other ways to write a name's short forms: "NN & PTNT" of "NN&PTNT", "UBTƯ MTTQ VN" of "UBTW MTTQ Việt Nam"."""
    marks = [name]
    if re.search(r"\w[&-]\w", name) and _is_abbreviation(name):
        marks += [re.sub(r"(?<=\w)([&-])(?=\w)", r" \1 ", name), re.sub(r"(?<=\w)[&-](?=\w)", " và ", name)]
    for form in marks:
        centres = [form.replace(found.group(), short) for found in [_CENTRAL.search(form)] if found is not None for short in ("TW", "TƯ", "T.Ư", "Trung ương")]
        for spelled in (form, *centres):
            yield spelled
            if spelled.endswith(" Việt Nam"):
                yield spelled.removesuffix("Việt Nam") + "VN"


def _agency_case(agency: AgencyEntry, name: str) -> str:
    if _is_abbreviation(name):
        return "exact"
    # Heads that also are common words ("ban", "phòng", "trường", "bảo hiểm xã hội") count only with a capital.
    safe = agency.scope == "unique" and len(name.split()) >= 3
    return "any" if safe or name.startswith(("Sở ", "Bộ ", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy")) else "capital"


def _day(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _province(row: Row) -> ProvinceUnit:
    return ProvinceUnit(
        row["id"], row["name"], row["unit_type"], _day(row["valid_from"]), _day(row["valid_to"]), row["successor"], row["region"],
        row["name_en"], row["slug"], row["iso_3166_2"], row["gso_code"], tuple(values(row["aliases"])), f"provinces.csv:{row['id']}",
    )  # fmt: skip


def _agency(row: Row) -> AgencyEntry:
    own_names = tuple(values(row["own_names"]))
    return AgencyEntry(
        row["id"], row["name"], (*values(row["aliases"]), *own_names), own_names, row["name_en"], row["class"], row["level"], row["scope"],
        row["tail"], row["parent"], f"agencies.csv:{row['id']}", row["evidence"],
        row["needs_parent"] == "yes", row["place_only"] == "yes", row["one_office"] == "yes",
    )  # fmt: skip


def _post(row: Row) -> PostEntry:
    return PostEntry(row["id"], row["title"], row["kind"], row["level"], row["unit"], row["agency"], row["title_en"])


def _document_type(row: Row) -> DocumentType:
    return DocumentType(row["system"], row["code"], row["kind"], row["name_en"], row["use"])


def _directive(row: Row) -> KnownDirective:
    relations = tuple((name, target) for name, _, target in (part.partition(">") for part in values(row["relations"])))
    evidence = tuple((field, row[f"evidence_{field}"]) for field in ("number", "title", "date", "relation"))
    return KnownDirective(
        row["id"], row["number"], row["kind"], tuple(values(row["issuer"])), row["province"], _day(row["date"]), row["title"],
        row["title_ours"] == "yes", row["subject_en"], relations, evidence, f"directives.csv:{row['id']}", row["uncertain"] == "?",
    )  # fmt: skip

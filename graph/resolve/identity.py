"""The name that one source's evidence gives to a thing: a local IRI, the same wherever the same key is told.

A key is complete when it can mean one thing only (DOMAIN: type, number, issuer, place, year). Where a part is missing, the
source's own hash takes its place, so that namesakes of other sources stay apart. Adding a source never changes a local IRI.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache

from graph.model import AgencyRef, DirectiveRef, PartialDate, PostRef, as_label
from graph.registers.registers import KnownDirective, Registers
from graph.text.normalize import fold, key

_CENTRAL_NAME = re.compile(r"\b(?:Trung ương|Quốc gia|Việt Nam|Chính phủ|Thế giới|Liên Hợp Quốc)\b")
# Đại hội đại biểu Đảng bộ tỉnh lần thứ XX · Đại hội tỉnh Đảng bộ lần thứ VIII · Đại hội đại biểu toàn quốc lần thứ XIII
_CONGRESS = re.compile(r"\bdai hoi\b.*\blan thu (?P<number>[ivxl]+|\d+)\b")
_CONGRESS_LEVEL = re.compile(r"\b(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|dang uy|chi bo|benh vien|so|truong)\b")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_Y_FOR_I = re.compile(r"\A(?P<head>[bcdđghklmnpqrstvx]+)(?P<y>[yýỳỷỹỵ])\Z")
_I_OF_Y = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_UNIT_HEADS = ("cuc", "tong-cuc", "benh-vien", "vien", "truong-dai-hoc", "hoc-vien", "tap-doan", "tong-cong-ty", "bo-tu-lenh")


MARKED = 10  # hex digits of its source's hash that mark a name whose key is incomplete
LOCAL = re.compile(rf"/s-[0-9a-f]{{{MARKED}}}\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """A local name: the IRI's path below the base, and whether its key is complete; `reason` tells what the key is made of."""

    path: str
    complete: bool
    reason: str


class Namer:
    """Gives local names to the things of one source."""

    def __init__(self, registers: Registers, source_hash: str, day: PartialDate | None, province: str | None = None) -> None:
        """source_hash: hex digest of the source's text; day: the source's own date, which tells which provinces existed.

        province: the province that the source reports on, for the "Đảng bộ tỉnh" that names no place.
        """
        self.registers = registers
        self.mark = f"s-{source_hash[:MARKED]}"
        self.day = day
        self._province = province

    def on(self, day: PartialDate | None) -> Namer:
        """The names as they were on another day: a document's place is that of its own date, not that of the source that cites it."""
        other = Namer(self.registers, "", day if day is not None else self.day, self._province)
        other.mark = self.mark
        return other

    # ---- provinces and agencies

    def province(self, name: str) -> str:
        """The path of a province as it was at the source's date."""
        unit = self.registers.province_at(name, self.day)
        return f"province/{unit.id}" if unit is not None else f"province/{slug(name)}"

    def agency(self, agency: AgencyRef) -> Name:
        """The name of a body: by itself if it is unique, by its place or parent if that is known, else within its source."""
        head = slug(agency.name) if agency.name != self._official_name(agency) else agency.entry
        entry = self.registers.agencies.get(agency.entry)
        if agency.parent is not None:
            parent = self.agency(agency.parent)
            return Name(f"agency/{head}/{parent.path.removeprefix('agency/')}", parent.complete, f"unit of {as_label(agency.parent.label)}")
        if agency.province is not None and (not agency.place or key(agency.place) == key(agency.province)):
            unit = self.registers.province_at(agency.province, self.day)
            where = unit.id if unit is not None else slug(agency.province)
            level = "" if agency.level in ("tỉnh", "") or (unit is not None and agency.level == unit.unit_type) else f"{slug(agency.level)}-"
            return Name(f"agency/{head}/{level}{where}", True, "name and province")
        if agency.place:
            where = f"{slug(agency.level)}-{slug(agency.place)}" if agency.level else slug(agency.place)
            provinces = {agency.province} if agency.province is not None else self.registers.provinces_of_district(agency.place)
            if len(provinces) == 1:
                province = next(iter(provinces))
                unit = self.registers.province_at(province, None) if province is not None else None
                return Name(f"agency/{head}/{where}-{unit.id if unit is not None else ''}", True, "name and place")
            return Name(f"agency/{head}/{where}/{self.mark}", False, "name and place, province unknown")
        if entry is not None and entry.scope == "unique" and agency.name in (entry.name, f"{entry.name} Việt Nam"):
            return Name(f"agency/{head}", True, "the only body of this name")
        if (
            entry is None
            or _CENTRAL_NAME.search(agency.name)
            or (agency.entry in _UNIT_HEADS and len(agency.name.split()) > 2)
            or entry.level == "ministry_unit"
        ):
            return Name(f"agency/{head}", True, "name of a national body")
        return Name(f"agency/{head}/{self.mark}", False, "place unknown: this source only")

    def _official_name(self, agency: AgencyRef) -> str:
        entry = self.registers.agencies.get(agency.entry)
        return entry.name if entry is not None else ""

    def post(self, post: PostRef) -> Name:
        """A post by its title and its agency."""
        if post.agency is None:
            return Name(f"post/{slug(post.title)}", True, "title")
        agency = self.agency(post.agency)
        return Name(f"post/{slug(post.title)}/{agency.path.removeprefix('agency/')}", agency.complete, f"title and agency ({agency.reason})")

    # ---- documents

    def directive(self, ref: DirectiveRef) -> Name:
        """A document by number, year and, for local bodies, place; a law or congress resolution by name and year or place."""
        year = year_of(ref)
        if ref.number is None:
            return self._unnumbered(ref, year)
        number = number_slug(ref.number)
        if ref.issuer_code.startswith(("QH", "UBTVQH")):
            # Laws and resolutions of the National Assembly are counted apart, and the number doesn't show which it is.
            if ref.kind:
                return Name(f"directive/{slug(ref.kind)}-{number}", True, "number and kind")
            return Name(f"directive/{number}/{self.mark}", False, "number of the National Assembly without its kind: this source only")
        if self._shares_its_code(ref):
            number = f"{slug(ref.kind)}-{number}"
        if year is None:
            return Name(f"directive/{number}/{self.mark}", False, "number without year: this source only")
        place = self.place(ref)
        if place is None:
            return Name(f"directive/{number}/{year}/{self.mark}", False, "number and year, place unknown: this source only")
        return Name(f"directive/{number}/{place}{year}", True, "number, year" + (" and place" if place else ""))

    def _shares_its_code(self, ref: DirectiveRef) -> bool:
        """Whether this kind isn't the one that its code names first: a Quy định with QĐ, where QĐ alone is read as Quyết định."""
        system = "party" if ref.number is not None and "-" in ref.number.split("/")[0] else "state"
        if not ref.kind or (ref.type_code, system) not in self.registers.shared_codes:
            return False
        first = self.registers.type_code(ref.type_code, system)
        return first is not None and first.kind != ref.kind

    def place(self, ref: DirectiveRef) -> str | None:
        """ "" for central issuers, "bac-kan/" for a known place, None where the code names no place and the text tells none."""
        code = self.registers.issuer_code(ref.issuer_code.split("-")[0]) if ref.issuer_code else None
        if code is not None and code.level == "central" and not code.uncertain:
            return ""
        issuer = ref.issuer
        if issuer is None:
            return None
        if code is not None and "province" not in code.level and code.level not in ("district", "any", "commune", "facility", "cell"):
            return "" if self.agency(issuer).complete else None
        # "Ban Thường vụ Tỉnh ủy" and "Tỉnh ủy" count their documents together: the outermost body tells the place.
        while issuer.parent is not None:
            issuer = issuer.parent
        agency = self.on(self._signing_day(ref, issuer)).agency(issuer)
        if not agency.complete or not self._settles(ref, issuer):
            return None
        parts = agency.path.split("/")
        return "/".join(parts[2:]) + "/" if len(parts) > 2 else f"{parts[1]}/"

    def _signing_day(self, ref: DirectiveRef, issuer: AgencyRef) -> PartialDate | None:
        """The day whose province the issuer belonged to: the document's date, where its year alone settles that or the source is as old."""
        day = ref.day
        if day is None or day.month or issuer.province is None or self.day is None or self.day.year != day.year:
            return day
        return self.day

    def _settles(self, ref: DirectiveRef, issuer: AgencyRef) -> bool:
        """Whether the date tells which of two units of one name is meant: "2025" alone doesn't, since Hưng Yên changed in July."""
        day = ref.day
        if issuer.province is None or day is None or day.month:
            return True
        first, last = (self.registers.province_at(issuer.province, PartialDate(day.year, *end)) for end in ((1, 1), (12, 31)))
        if first is None or last is None or first.id == last.id or first.valid_to is None:
            return True
        return self.day is not None and self.day.is_day and self.day <= first.valid_to

    def _unnumbered(self, ref: DirectiveRef, year: int | None) -> Name:
        if ref.bare:
            return Name(f"directive/{slug(ref.kind)}-{slug(ref.bare)}/{self.mark}", False, "bare number: this source only")
        title = slug(ref.title)[:120].strip("-")
        if ref.kind in self.registers.laws:
            if year is not None:
                return Name(f"directive/{title}/{year}", True, "name of the law and year")
            return Name(f"directive/{title}/{self.mark}", False, "name of a law without year: this source only")
        if (congress := self._congress(ref)) is not None:
            return congress
        if re.search(r"(?:hội nghị lần thứ|khóa|toàn quốc)", key(ref.title)) and re.search(r"khóa [ivxl]+|lần thứ [ivxl]+", key(ref.title)):
            return Name(f"directive/{title}", True, "name with its term")
        return Name(f"directive/{title}/{self.mark}", False, "name only: this source only")

    def _congress(self, ref: DirectiveRef) -> Name | None:
        """The resolution of a provincial or national Party congress, however its name is turned; None for anything else."""
        title = fold(ref.title)
        match = _CONGRESS.search(title)
        if match is None or ref.kind != "Nghị quyết":
            return None
        number = _ordinal(match["number"])
        level = _CONGRESS_LEVEL.search(title)
        if level is None:
            national = "toan quoc" in title or "dai bieu toan quoc" in title
            return Name(f"directive/nghi-quyet-dai-hoi-dang/{number}", True, "congress and its number") if national else None
        if level.group() != "tinh":
            return None
        words = key(ref.title)
        named = next((name for known, name in sorted(self.registers.province_names.items()) if re.search(rf"(?<!\w){re.escape(known)}(?!\w)", words)), None)
        province = named if named is not None else self._province
        if province is None:
            path = f"directive/nghi-quyet-dai-hoi-dang-bo-tinh/{number}/{self.mark}"
            return Name(path, False, "congress of a province that no source names: this source only")
        reason = "congress of a province and its number" if named is not None else "number of the congress and the source's province"
        return Name(f"directive/nghi-quyet-dai-hoi-dang-bo-tinh/{self.province(province).removeprefix('province/')}/{number}", True, reason)

    # ---- people, meetings, awards

    def official(self, name: str, agencies: list[AgencyRef]) -> Name:
        """A person by full name and a body that he or she serves; two persons of one name and body in a source are one."""
        known = person_key(name)
        person = f"official/{slug(known)}-{digest(known, 6)}"
        anchored = sorted(n.path for n in (self.agency(a) for a in agencies) if n.complete)
        if anchored:
            return Name(f"{person}/{anchored[0].removeprefix('agency/')}", True, "full name and agency")
        return Name(f"{person}/{self.mark}", False, "full name: this source only")

    def meeting(self, number: int) -> Name:
        """An event of this source; events of several sources are joined by the resolver."""
        return Name(f"meeting/{self.mark}-m{number}", False, "event of this source")

    def award(self, name: str, grantor: AgencyRef | None) -> Name:
        """An award by its name and the body whose it is."""
        giver = self.agency(grantor) if grantor is not None else None
        if giver is not None and giver.complete:
            return Name(f"award/{slug(name)}/{giver.path.removeprefix('agency/')}", True, "award and grantor")
        return Name(f"award/{slug(name)}/{self.mark}", False, "award of this source")


def registered(directive: KnownDirective, registers: Registers) -> tuple[Name, DirectiveRef] | None:
    """The name of a document of the register, by the same keys as those of sources, and how it is cited; None without year or place."""
    namer = Namer(registers, "0" * 16, directive.date)
    entry = registers.agencies[directive.issuer[0]]
    province = registers.provinces[directive.province].name if directive.province else None
    level = registers.provinces[directive.province].unit_type if directive.province else ""
    issuer = AgencyRef(entry.name, level=level if province is not None else "", place=province or "", province=province, entry=entry.id)
    if entry.id == "ban-thuong-vu" and province is not None:
        committee = registers.agencies["thanh-uy" if level == "thành phố" else "tinh-uy"]
        issuer = AgencyRef(entry.name, entry=entry.id, parent=AgencyRef(committee.name, place=province, province=province, entry=committee.id))
    year = re.search(r"/((?:19|20)\d\d)/", directive.number)
    codes = [part for part in re.split(r"[/-]", directive.number)[1:] if not part.isdigit()]
    type_code = codes[0] if len(codes) > 1 else ""
    ref = DirectiveRef(
        directive.kind, number=directive.number, date=directive.date, issuer=issuer, subject=directive.title, type_code=type_code,
        issuer_code="-".join(codes[1:] or codes), year=int(year.group(1)) if year else None,
    )  # fmt: skip
    name = namer.directive(ref)
    return (name, ref) if name.complete else None


def person_key(name: str) -> str:
    """The form under which names of people are compared: one tone placement, i for y after a consonant ("Mỹ", "Mĩ"); accents stay."""
    return " ".join(_Y_FOR_I.sub(lambda m: m["head"] + _I_OF_Y[m["y"]], syllable) for syllable in key(name).split())


def _ordinal(written: str) -> int:
    """ "XX" or "20" as a number."""
    if written.isdigit():
        return int(written)
    values = [_ROMAN[letter] for letter in written]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def number_slug(number: str) -> str:
    """A number as a path: "25-CT/TW" gives "25-CT-TW", "02/CTHĐ-UBND" gives "2-CTHD-UBND"; leading zeros go, ĐA and DA stay apart."""
    text = number.replace("ĐA", "DEA").replace("Đ", "D").replace("đ", "d").replace("Ư", "U").replace("&", "-").replace(".", "-")
    text = re.sub(r"[^0-9A-Za-z]+", "-", text).strip("-")
    return re.sub(r"^0+(?=\d)", "", text)


@cache
def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def digest(text: str, size: int = 16) -> str:
    """The first hex digits of the text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:size]


def year_of(ref: DirectiveRef) -> int | None:
    """The year inside the number, else that of the date."""
    return ref.year if ref.year is not None else ref.date.year if ref.date is not None else None

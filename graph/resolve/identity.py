"""The name that one source's evidence gives to a thing: a local IRI, the same wherever the same key is told.

A key is complete when it can mean one thing only (DOMAIN: type, number, issuer, place, year). Where a part is missing, the
source's own hash takes its place, so that namesakes of other sources stay apart. Adding a source never changes a local IRI.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from graph.model import AgencyRef, DirectiveRef, PartialDate, PostRef
from graph.registers.registers import KnownDirective, Registers
from graph.text.normalize import fold, key

_CENTRAL_NAME = re.compile(r"\b(?:Trung ương|Quốc gia|Việt Nam|Chính phủ|Thế giới|Liên Hợp Quốc)\b")
_UNIT_HEADS = ("cuc", "tong-cuc", "vu", "benh-vien", "vien", "truong-dai-hoc", "hoc-vien", "tap-doan", "tong-cong-ty", "bo-tu-lenh")


@dataclass(frozen=True, slots=True)
class Name:
    """A local name: the IRI's path below the base, and whether its key is complete; `reason` tells what the key is made of."""

    path: str
    complete: bool
    reason: str


class Namer:
    """Gives local names to the things of one source."""

    def __init__(self, registers: Registers, source_hash: str, day: PartialDate | None) -> None:
        """source_hash: hex digest of the source's text; day: the source's own date, which tells which provinces existed."""
        self.registers = registers
        self._mark = f"s-{source_hash[:10]}"
        self._day = day

    # ---- provinces and agencies

    def province(self, name: str) -> str:
        """The path of a province as it was at the source's date."""
        unit = self.registers.province_at(name, self._day)
        return f"province/{unit.id}" if unit is not None else f"province/{slug(name)}"

    def agency(self, agency: AgencyRef) -> Name:
        """The name of a body: by itself if it is unique, by its place or parent if that is known, else within its source."""
        head = slug(agency.name) if agency.name != self._official_name(agency) else agency.entry
        entry = self.registers.agencies.get(agency.entry)
        if agency.parent is not None:
            parent = self.agency(agency.parent)
            return Name(f"agency/{head}/{parent.path.removeprefix('agency/')}", parent.complete, f"unit of {agency.parent.label}")
        if agency.province is not None and (not agency.place or key(agency.place) == key(agency.province)):
            unit = self.registers.province_at(agency.province, self._day)
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
            return Name(f"agency/{head}/{where}/{self._mark}", False, "name and place, province unknown")
        if entry is not None and entry.scope == "unique" and agency.name in (entry.name, f"{entry.name} Việt Nam"):
            return Name(f"agency/{head}", True, "the only body of this name")
        if (
            entry is None
            or _CENTRAL_NAME.search(agency.name)
            or (agency.entry in _UNIT_HEADS and len(agency.name.split()) > 2)
            or entry.level == "ministry_unit"
        ):
            return Name(f"agency/{head}", True, "name of a national body")
        return Name(f"agency/{head}/{self._mark}", False, "place unknown: this source only")

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
        year = ref.year if ref.year is not None else ref.date.year if ref.date is not None else None
        if ref.number is None:
            return self._unnumbered(ref, year)
        number = number_slug(ref.number)
        if ref.issuer_code.startswith(("QH", "UBTVQH")):
            kind = slug(ref.kind) if ref.kind else ""
            return Name(f"directive/{kind}-{number}".replace("/-", "/"), bool(ref.kind), "number and kind")
        if year is None:
            return Name(f"directive/{number}/{self._mark}", False, "number without year: this source only")
        place = self._place_of(ref)
        if place is None:
            return Name(f"directive/{number}/{year}/{self._mark}", False, "number and year, place unknown: this source only")
        return Name(f"directive/{number}/{place}{year}", True, "number, year" + (" and place" if place else ""))

    def _place_of(self, ref: DirectiveRef) -> str | None:
        """ "" for central issuers, "bac-kan/" for a known place, None where the code names no place and the text tells none."""
        code = self.registers.issuer_code(ref.issuer_code.split("-")[0]) if ref.issuer_code else None
        central = code is not None and code.level == "central"
        if central and (code is None or not code.uncertain):
            return ""
        issuer = ref.issuer
        if issuer is None:
            return None
        agency = self.agency(issuer)
        if not agency.complete:
            return None
        if code is None or "province" in code.level or code.level in ("district", "any", "commune", "facility", "cell"):
            return "/".join(agency.path.split("/")[2:]) + "/" if agency.path.count("/") >= 2 else f"{agency.path.removeprefix('agency/')}/"
        return ""

    def _unnumbered(self, ref: DirectiveRef, year: int | None) -> Name:
        if ref.bare:
            return Name(f"directive/{slug(ref.kind)}-{slug(ref.bare)}/{self._mark}", False, "bare number: this source only")
        title = slug(ref.title)[:120].strip("-")
        if ref.kind in ("Luật", "Bộ luật", "Pháp lệnh"):
            if year is not None:
                return Name(f"directive/{title}/{year}", True, "name of the law and year")
            return Name(f"directive/{title}/{self._mark}", False, "name of a law without year: this source only")
        if re.search(r"(?:hội nghị lần thứ|khóa|toàn quốc)", key(ref.title)) and re.search(r"khóa [ivxl]+|lần thứ [ivxl]+", key(ref.title)):
            return Name(f"directive/{title}", True, "name with its term")
        return Name(f"directive/{title}/{self._mark}", False, "name only: this source only")

    # ---- people, meetings, awards

    def official(self, name: str, agencies: list[AgencyRef]) -> Name:
        """A person by full name and a body that he or she serves; two persons of one name and body in a source are one."""
        person = f"official/{slug(name)}-{digest(key(name), 6)}"
        anchored = sorted(n.path for n in (self.agency(a) for a in agencies) if n.complete)
        if anchored:
            return Name(f"{person}/{anchored[0].removeprefix('agency/')}", True, "full name and agency")
        return Name(f"{person}/{self._mark}", False, "full name: this source only")

    def meeting(self, number: int) -> Name:
        """An event of this source; events of several sources are joined by the resolver."""
        return Name(f"meeting/{self._mark}-m{number}", False, "event of this source")

    def award(self, name: str, grantor: AgencyRef | None) -> Name:
        """An award by its name and the body whose it is."""
        giver = self.agency(grantor) if grantor is not None else None
        if giver is not None and giver.complete:
            return Name(f"award/{slug(name)}/{giver.path.removeprefix('agency/')}", True, "award and grantor")
        return Name(f"award/{slug(name)}/{self._mark}", False, "award of this source")


def registered(directive: KnownDirective, registers: Registers) -> Name | None:
    """The name of a document of the register, by the same keys as those of sources; None without year or place."""
    namer = Namer(registers, "0" * 16, directive.date)
    entry = registers.agencies[directive.issuer[0]]
    province = registers.provinces[directive.province].name if directive.province else None
    issuer = AgencyRef(entry.name, place=province or "", province=province, entry=entry.id)
    if entry.id == "ban-thuong-vu" and province is not None:
        committee = registers.agencies["thanh-uy" if registers.provinces[directive.province].unit_type == "thành phố" else "tinh-uy"]
        issuer = AgencyRef(entry.name, entry=entry.id, parent=AgencyRef(committee.name, place=province, province=province, entry=committee.id))
    _, _, code = directive.number.replace("-", "/").rpartition("/")
    year = re.search(r"/((?:19|20)\d\d)/", directive.number)
    ref = DirectiveRef(directive.kind, number=directive.number, date=directive.date, issuer=issuer, issuer_code=code, year=int(year.group(1)) if year else None)
    name = namer.directive(ref)
    return name if name.complete else None


def number_slug(number: str) -> str:
    """A number as a path: "25-CT/TW" gives "25-CT-TW", "02/CTHĐ-UBND" gives "2-CTHD-UBND"; leading zeros go, ĐA and DA stay apart."""
    text = number.replace("ĐA", "DEA").replace("Đ", "D").replace("đ", "d").replace("Ư", "U").replace("&", "-").replace(".", "-")
    text = re.sub(r"[^0-9A-Za-z]+", "-", text).strip("-")
    return re.sub(r"^0+(?=\d)", "", text)


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def digest(text: str, size: int = 16) -> str:
    """The first hex digits of the text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:size]

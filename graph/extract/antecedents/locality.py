"""Which body is meant where a text names one without its place or parent: "Sở Y tế", "UBND huyện", "Văn phòng Bộ".

Reads: all bodies named in a source, its province and day. Gives: a `Locality`, which completes a body or leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.extract.antecedents.chronology import Chronology
from graph.extract.antecedents.province import Place
from graph.extract.mentions.agencies import THE_MINISTRY
from graph.extract.mentions.places import PROVINCIAL
from graph.extract.mentions.scan import Scan
from graph.model import AgencyRef, Span, Zone
from graph.registers.registers import AgencyEntry, Registers

_LOCAL_LEVELS = frozenset({"huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu", "thành phố"})


@dataclass(frozen=True, slots=True)
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
        if agency.entry in self.registers.needing_parent and not agency.level:
            known = self.fuller.get(agency.entry)
            return (self.fill(known)[0], True) if known is not None else (agency, False)
        province = self.place.province
        provincial = agency.level in PROVINCIAL or (entry is not None and entry.scope == "province" and not agency.level)
        if provincial and province is not None and self._fits(agency):
            level = "" if agency.entry in self.registers.placed_at_once else (agency.level or self.unit_type)
            return replace(agency, level=level, place=province, province=province), True
        if agency.level in _LOCAL_LEVELS and agency.level in self.local:
            return replace(agency, place=self.local[agency.level]), True
        if agency.entry in ("huyen-uy", "quan-uy", "thi-uy"):
            word = {"huyen-uy": "huyện", "quan-uy": "quận", "thi-uy": "thị xã"}[agency.entry]
            if word in self.local:
                return replace(agency, place=self.local[word]), True
        return agency, False

    def is_definite(self, agency: AgencyRef) -> bool:
        """Whether the words name one body: "UBND" alone, "Ban Chỉ đạo" alone, or a Party board without its committee, don't."""
        entry = self.registers.agencies.get(agency.entry)
        if agency.level == THE_MINISTRY or (entry is not None and " " not in agency.name):
            return False  # "Sở", "Cục": which one is told elsewhere
        if entry is None or entry.scope != "local" or entry.level == "ministry_unit" or agency.level or agency.place or agency.parent is not None:
            return True
        return agency.name != entry.name

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
        for body in agency.upwards():
            if body.level in _LOCAL_LEVELS and body.place and body.province is None:
                names.setdefault(body.level, set()).add(body.place)
            if body.entry in registers.needing_parent and body.parent is not None:
                fuller.setdefault(body.entry, set()).add(body)
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

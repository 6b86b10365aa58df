"""The level of government of bodies and documents, their province and their system (State, Party)."""

from __future__ import annotations

from graph.model import AgencyRef, DirectiveRef, PartialDate
from graph.registers.registers import Registers
from graph.text.normalize import key

_WORDS = {
    "tỉnh": "province",
    "thành phố": "district",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}


def agency_level(agency: AgencyRef, registers: Registers, day: PartialDate | None) -> str:
    """ "central", "ministry", "province", "district" …; "" where nothing tells. On a day, since a city of a province may become one of its own."""
    entry = registers.agencies.get(agency.entry)
    if entry is not None and entry.level and entry.level != "any":
        return entry.level
    if agency.parent is not None:
        return agency_level(agency.parent, registers, day)
    if agency.province is not None and (agency.level in ("tỉnh", "") or (agency.level == "thành phố" and key(agency.place) == key(agency.province))):
        return "province" if agency.level != "thành phố" or _is_city(agency.province, registers, day) else "district"
    return _WORDS.get(agency.level, "")


def _is_city(province: str, registers: Registers, day: PartialDate | None) -> bool:
    unit = registers.province_at(province, day)
    return unit is not None and unit.unit_type == "thành phố"


def document_system(ref: DirectiveRef, registers: Registers) -> str:
    """ "party" or "state" by the number, the name or the issuer; "" where nothing tells."""
    if ref.number is not None:
        return "party" if "-" in ref.number.split("/")[0] else "state"
    if ref.title and any(word in key(ref.title) for word in ("đại hội", "đảng", "trung ương")):
        return "party"
    issuer = registers.agencies.get(ref.issuer.entry) if ref.issuer is not None else None
    if issuer is not None:
        return "party" if issuer.cls == "PartyBody" else "state"
    return "state" if ref.kind in registers.laws | registers.kinds_of("year_in_number") else ""


def document_level(ref: DirectiveRef, registers: Registers, day: PartialDate | None) -> str:
    """On a day, the level of government that issued a document, by its issuer, else by its code; "" where neither tells."""
    if ref.issuer is not None and (level := agency_level(ref.issuer, registers, day)):
        return level
    code = registers.issuer_code(ref.issuer_code.split("-")[0]) if ref.issuer_code else None
    if code is None:
        return "central" if ref.kind in (*registers.laws, "Nghị định") else ""
    if code.agency in registers.agencies and (level := registers.agencies[code.agency].level) != "any":
        return level
    return code.level if code.level in ("central", "ministry", "ministry_unit", "province", "district", "commune") else ""

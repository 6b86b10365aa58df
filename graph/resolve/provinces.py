"""Provinces as then and as now: which unit a former one became part of, and which units one was made of."""

from __future__ import annotations

from graph.model import PartialDate
from graph.registers.registers import Registers


def as_now(registers: Registers, unit_id: str) -> str:
    """The id of the unit that stands in this one's place today: "bac-kan" gives "thai-nguyen-2025", a unit of today itself."""
    seen: set[str] = set()
    while unit_id not in seen and (unit := registers.provinces.get(unit_id)) is not None and unit.successor:
        seen.add(unit_id)
        unit_id = unit.successor
    return unit_id


def as_of(registers: Registers, unit_id: str, day: PartialDate) -> str:
    """The id of the unit that stood in this one's place on a day: the unit itself while it existed, then its successor."""
    unit = registers.provinces.get(unit_id)
    while unit is not None and unit.successor and unit.valid_to is not None and _first(day) > _first(unit.valid_to):
        unit_id, unit = unit.successor, registers.provinces.get(unit.successor)
    return unit_id


def same_place(registers: Registers, a: str, b: str) -> bool:
    """Whether two units are one, or one is today part of the other."""
    return a == b or as_now(registers, a) == b or as_now(registers, b) == a


def _first(day: PartialDate) -> tuple[int, int, int]:
    return day.year, day.month or 1, day.day or 1

"""Read the level and the place behind the name of a body: "tỉnh Bắc Kạn", "huyện Mê Linh", "phường Tây Mỗ (Hà Nội)".

Reads: a `Scan` and a body without place. Gives: the body with its place, and where the place ends.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.extract.mentions.scan import Scan
from graph.model import AgencyRef
from graph.registers.gazetteer import Category, Hit
from graph.registers.registers import Registers
from graph.text.names import syllables
from graph.text.normalize import squeeze

LEVELS = {
    "tỉnh": "tỉnh", "thành phố": "thành phố", "tp": "thành phố", "tp.": "thành phố", "t.p": "thành phố", "t.p.": "thành phố", "huyện": "huyện", "quận": "quận",
    "thị xã": "thị xã", "tx": "thị xã", "tx.": "thị xã", "xã": "xã", "phường": "phường", "thị trấn": "thị trấn", "đặc khu": "đặc khu",
}  # fmt: skip
PROVINCIAL = ("tỉnh", "thành phố")
LEVEL = re.compile(r"\s{0,3}(?:(?:của|thuộc)\s)?\s{0,2}(?P<level>tỉnh|thành phố|t\.?p\.?|huyện|quận|thị xã|tx\.?|xã(?!\shội)|phường|thị trấn|đặc khu)(?!\w)")
PLURAL = re.compile(r"\s{0,3}(?:các|cấp|những|mỗi|từng|hai|ba|02|03|\d+ (?:tỉnh|huyện|xã))(?!\w)")
_AND_LEVEL = re.compile(
    r"\s?(?:,|/|-|và|hoặc)\s?(?:các )?(?:tỉnh|thành phố|thị xã|huyện|quận|phường|thị trấn|xã)(?!\w)(?!\s+[^\W\d_])"
    r"|\s?(?:,|/)\s?(?:thành phố|thị xã|phường|thị trấn|đặc khu)\b"
)
_SECOND_LEVEL = re.compile(r"\s?(?:,|/|-|và|hoặc)\s?(?:các )?(?:tỉnh|thành phố|thị xã|huyện|quận|phường|thị trấn|xã)\s")
DIGITS = re.compile(r"\s\d{1,3}(?!\d|[/.]\d)")
_BEGIN_NAMES = ("Hai", "Ba")  # of districts: "Hai Bà Trưng", "Ba Đình"


def is_plural(scan: Scan, position: int) -> bool:
    """Whether several bodies are meant: "UBND các tỉnh"; not "UBND quận Hai Bà Trưng"."""
    match = PLURAL.match(scan.key, position)
    return match is not None and scan.text[position : match.end()].strip() not in _BEGIN_NAMES


class PlaceReader:
    """Parses places behind bodies; needs the registers of provinces and districts."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers

    def read(self, scan: Scan, ref: AgencyRef, end: int) -> tuple[AgencyRef, int] | None:
        """The body with level and place after its name; unchanged where none follows; None for a plural."""
        position = scan.skip(end)
        province = scan.hit(position, Category.PROVINCE)
        if province is not None and 0 < position - end <= 2:  # "Sở Y tế Thanh Hóa", "UBND TP.HCM"
            name = self.name_of(province)
            unit = self.registers.province_at(name, None)
            word = unit.unit_type if unit is not None and ref.entry not in self.registers.placed_at_once else ""
            return replace(ref, level=word, place=name, province=name), province.end
        level = LEVEL.match(scan.key, end)
        if level is None:
            return self._local_place(scan, ref, end)
        if _AND_LEVEL.match(scan.key, level.end()) or is_plural(scan, level.end()) or self._goes_on(scan, level.end()):
            return None
        word = LEVELS[level["level"]]
        stop = level.end()
        position = scan.skip(stop)
        province = scan.hit(position, Category.PROVINCE)
        if province is not None and position - stop <= 2:
            name = self.name_of(province)
            if word in PROVINCIAL and (word == "tỉnh" or name in self.registers.cities):
                return replace(ref, level=word, place=name, province=name), province.end
            return replace(ref, level=word, place=name), province.end  # the city Thái Bình, not the province
        if word == "quận":
            digits = DIGITS.match(scan.text, stop)
            if digits is not None:
                return replace(ref, level=word, place=digits.group().strip()), digits.end()
        place = self.local_name(scan, position, word) if position - stop <= 2 and word != "tỉnh" else None
        if place is None:
            return replace(ref, level=word), stop
        placed = replace(ref, level=word, place=place[0])
        return self._with_outer_province(scan, placed, place[1])

    def _local_place(self, scan: Scan, ref: AgencyRef, end: int) -> tuple[AgencyRef, int]:
        """ "Trung tâm Y tế Mê Linh": a place without its level word, if the register of districts knows it."""
        position = scan.skip(end)
        if position == end or position - end > 2:
            return ref, end
        place = self.local_name(scan, position, "")
        return (replace(ref, place=place[0]), place[1]) if place is not None else (ref, end)

    def _goes_on(self, scan: Scan, end: int) -> bool:
        """Whether a second level stands there and no name behind it: "UBND quận, huyện tổng hợp"."""
        match = _SECOND_LEVEL.match(scan.key, end)
        return match is not None and scan.text[match.end() : match.end() + 1].islower()

    def local_name(self, scan: Scan, position: int, level: str) -> tuple[str, int] | None:
        """The name of a district or commune that begins here; a person's name right behind it is left out.

        level: the level word before it. Names of communes are taken by shape, those of districts by shape unless they look like a
        person's, those of cities, and names without any level word, only from the register.
        """
        run = scan.run_from(position)
        if run is None:
            return None
        parts = syllables(scan.text, *run)
        for count in range(min(len(parts), 4), 0, -1):
            name = scan.text[parts[0][0] : parts[count - 1][1]]
            if self.registers.provinces_of_district(name):
                return squeeze(name), parts[count - 1][1]
        parts = parts[: self._cut(scan, parts)]
        if level in ("", "tỉnh", "thành phố") or not parts:
            return None
        keep = person_split(scan, parts, self.registers)
        if (
            not keep
            and len(parts) >= 3
            and level in ("huyện", "quận", "thị xã")
            and self.registers.surname_risk(scan.text[slice(*parts[0])]) in ("low", "medium")
        ):
            return None  # no district of the register: a name, as in "Chủ tịch UBND huyện Đỗ Văn An"
        count = keep or min(len(parts), 3)
        return squeeze(scan.text[parts[0][0] : parts[count - 1][1]]), parts[count - 1][1]

    def _cut(self, scan: Scan, parts: list[tuple[int, int]]) -> int:
        """How many syllables of a run stand before a title or another body."""
        for i, (start, _) in enumerate(parts):
            hit = scan.hit_at.get(start)
            if i and hit is not None and (hit.entry(Category.POST) is not None or hit.entry(Category.AGENCY) is not None):
                return i
        return len(parts)

    def _with_outer_province(self, scan: Scan, ref: AgencyRef, end: int) -> tuple[AgencyRef, int]:
        """ "phường Tây Mỗ (quận Nam Từ Liêm, Hà Nội)": the province may follow the smaller place."""
        match = re.match(r"\s?[,(]\s?", scan.text[end : end + 3])
        if match is None:
            return ref, end
        position = end + match.end()
        level = LEVEL.match(scan.key, position)
        if level is not None:
            position = scan.skip(level.end())
        province = scan.hit(position, Category.PROVINCE)
        if province is None:
            if level is None:
                return ref, end
            outer = self.local_name(scan, position, LEVELS[level["level"]])
            if outer is None:
                return ref, end
            return self._with_outer_province(scan, ref, outer[1])
        if level is None and match.group().strip() == "," and scan.key[province.end : province.end + 2] not in (")", ") ", ". ", ".", "; "):
            return ref, end  # "huyện A, Hà Nội và …" may be a list
        close = province.end + (1 if scan.text[province.end : province.end + 1] == ")" else 0)
        return replace(ref, province=self.name_of(province)), close

    def name_of(self, hit: Hit) -> str:
        """The plain name of a province found."""
        entry = hit.entry(Category.PROVINCE)
        assert entry is not None
        return entry.id


def person_split(scan: Scan, parts: list[tuple[int, int]], registers: Registers) -> int:
    """How many syllables at the head of a run are a place when a person's name follows: 2 in "Mê Linh Hoàng Anh Tuấn"; 0 if none follows."""
    for i in range(1, len(parts)):
        rest = len(parts) - i
        if 2 <= rest <= 4 and i <= 3 and registers.surname_risk(scan.text[slice(*parts[i])]) in ("low", "medium") and (rest >= 3 or i >= 2):
            return i
    return 0

"""Read the name of a body at a place in the text: head, its own name, place, parent.

Reads: a `Scan`. Gives: `AgencyRef`s with the offset where the name ends. A body that a list of the register names is taken by
longest match; after an open head ("Bệnh viện …", "Ban Chỉ đạo …") the name goes on by shape.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from graph.extract.scan import Scan
from graph.model import AgencyRef
from graph.registers.gazetteer import Category, Hit
from graph.registers.registers import AgencyEntry, Registers
from graph.text.names import syllables
from graph.text.normalize import key, sentence_case, squeeze

_LEVELS = {"tỉnh": "tỉnh", "thành phố": "thành phố", "tp": "thành phố", "tp.": "thành phố", "huyện": "huyện", "quận": "quận", "thị xã": "thị xã",
           "tx": "thị xã", "tx.": "thị xã", "xã": "xã", "phường": "phường", "thị trấn": "thị trấn", "đặc khu": "đặc khu"}  # fmt: skip
PROVINCIAL = ("tỉnh", "thành phố")
_LEVEL = re.compile(r"\s{0,3}(?:(?:của|thuộc)\s)?\s{0,2}(?P<level>tỉnh|thành phố|tp\.?|huyện|quận|thị xã|tx\.?|xã|phường|thị trấn|đặc khu)(?!\w)")
_PLURAL = re.compile(r"\s{0,3}(?:các|cấp|những|mỗi|từng|hai|ba|02|03|\d+ (?:tỉnh|huyện|xã))(?!\w)")
_AND_LEVEL = re.compile(
    r"\s?(?:,|/|và|hoặc)\s?(?:các )?(?:tỉnh|thành phố|thị xã|huyện|quận|phường|thị trấn|xã)(?!\w)(?!\s+[^\W\d_])|\s?(?:,|/)\s?(?:thành phố|thị xã|phường|thị trấn|đặc khu)\b"
)
_WORD = re.compile(r"(?P<gap>[ \xa0]?\n?[ \xa0]{0,2})(?P<join>và |[,&–-][ \xa0]?|- )?(?P<word>[\w./&]+(?:-[\w]+)*)")
# The rest of a national body's name, whose words are in lower case: "Hội Bảo vệ | quyền trẻ em Việt Nam".
_TO_VIET_NAM = re.compile(r"(?:[ ](?:(?=[^\W\d_])[^A-ZĐ\s,.;:()]+)){1,5}[ ]Việt Nam(?!\w)")
THE_MINISTRY = "Bộ"
_THE_MINISTRY = re.compile(r"\sbộ(?!\s?\w)(?! [^\W\d_])|\sbộ(?= (?:cho|đã|phát|nói|báo|nêu|và|đề|khẳng|nhấn)(?!\w))")
_SHOUT = 3  # words; a shorter name in capitals is an abbreviation
_TERM = re.compile(r",?\s(?:khóa|khoá)\s[ivxl\d]{1,6}(?!\w)")
_PARENT_GAP = re.compile(r"\s{0,3}(?:(?:của|thuộc|trực thuộc)\s)?\s{0,2}")
_UNIT_PARENT_GAP = re.compile(r"\s?(?:,|\(|-|–|thuộc|của)\s?")
_DIGITS = re.compile(r"\s\d{1,3}(?!\d|[/.]\d)")


class AgencyReader:
    """Parses agencies; holds the word lists that the shapes need."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self._stops = tuple(key(word) for word in registers.names["topic_stops"])
        self._stop_words = frozenset(word for word in self._stops if " " not in word)
        self._listed = registers.names["compounds"]

    @cached_property
    def _compounds(self) -> frozenset[str]:
        """Pairs of neighbouring words inside names, in key form."""
        pairs: set[str] = set()
        names = [agency.name for agency in self.registers.agencies.values()]
        for name in (*names, *self._listed):
            parts = re.findall(r"\w+", key(name))
            pairs.update(f"{a} {b}" for a, b in zip(parts, parts[1:], strict=False))
        return frozenset(pairs)

    def read(self, scan: Scan, hit: Hit) -> tuple[AgencyRef, int] | None:
        """The body whose name begins with this hit, and where the name ends; None for a plural or a mere word.

        "UBND tỉnh Bắc Kạn" gives Ủy ban nhân dân / tỉnh / Bắc Kạn; "UBND các tỉnh" gives None.
        """
        entry = hit.entry(Category.AGENCY)
        if entry is None:
            return None
        return self._read(scan, self.registers.agencies[entry.id], hit.end, depth=0)

    def _read(self, scan: Scan, agency: AgencyEntry, end: int, depth: int) -> tuple[AgencyRef, int] | None:
        ref = AgencyRef(agency.name, entry=agency.id)
        if agency.id == "bch-trung-uong":
            term = _TERM.match(scan.key, end)
            return ref, term.end() if term is not None else end
        if not agency.tail:
            return ref, end
        if _PLURAL.match(scan.key, end):
            return None
        named = False
        if "#" in agency.tail:
            digits = _DIGITS.match(scan.text, end)
            return (replace(ref, place=digits.group().strip()), digits.end()) if digits is not None else None
        if "V" in agency.tail and scan.key.startswith(" việt nam", end):
            ref, end = replace(ref, name=f"{ref.name} Việt Nam"), end + len(" Việt Nam")
            named = True
        if "T" in agency.tail:
            name, stop = self._topic(scan, end)
            if name:
                ref, end, named = replace(ref, name=f"{ref.name} {name}"), stop, True
        elif "N" in agency.tail and not self._parent_follows(scan, agency, end):
            name, place, stop = self._open_name(scan, end)
            if name or place:
                province = self._province_of(place)
                ref, end, named = replace(ref, name=f"{ref.name} {name}".strip(), place=place, province=province), stop, True
        if "P" in agency.tail and depth < 3 and not ref.place:
            parent = self._parent(scan, agency, end, named, depth)
            if parent is not None:
                return replace(ref, parent=parent[0]), parent[1]
            ministry = _THE_MINISTRY.match(scan.key, end) if not named else None
            if ministry is not None:  # "Chánh Văn phòng Bộ": the ministry that the text is about
                return replace(ref, level=THE_MINISTRY), ministry.end()
        if "L" in agency.tail and not ref.place:
            placed = self._place(scan, ref, end)
            if placed is None:
                return None
            if placed[1] > end:
                return placed
        if not named and agency.scope == "local" and not (set(agency.tail) & {"L"}) and agency.level == "any":
            return (ref, end) if "P" in agency.tail and agency.id not in ("ban", "phong", "khoa", "vu", "cuc", "hoi-dong", "cong-doan", "tong-cuc") else None
        if not named and agency.tail in ("N", "NL") and agency.level == "any":
            return None
        return ref, end

    # ---- places

    def _place(self, scan: Scan, ref: AgencyRef, end: int) -> tuple[AgencyRef, int] | None:
        """The body with level and place after its name; unchanged where none follows; None for a plural."""
        position = scan.skip(end)
        province = scan.hit(position, Category.PROVINCE)
        if province is not None and 0 < position - end <= 2:  # "Sở Y tế Thanh Hóa", "UBND TP.HCM"
            name = self._name_of(province)
            unit = self.registers.province_at(name, None)
            word = unit.unit_type if unit is not None and ref.entry not in _PLACE_ONLY else ""
            return replace(ref, level=word, place=name, province=name), province.end
        level = _LEVEL.match(scan.key, end)
        if level is None:
            return self._local_place(scan, ref, end)
        if _AND_LEVEL.match(scan.key, level.end()) or _PLURAL.match(scan.key, level.end()):
            return None
        word = _LEVELS[level["level"]]
        stop = level.end()
        position = scan.skip(stop)
        province = scan.hit(position, Category.PROVINCE)
        if province is not None and position - stop <= 2:
            name = self._name_of(province)
            if word in PROVINCIAL and (word == "tỉnh" or self._is_city(name)):
                return replace(ref, level=word, place=name, province=name), province.end
            return replace(ref, level=word, place=name), province.end  # the city Thái Bình, not the province
        if word == "quận":
            digits = _DIGITS.match(scan.text, stop)
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

    def local_name(self, scan: Scan, position: int, level: str) -> tuple[str, int] | None:
        """The name of a district or commune that begins here; a person's name right behind it is left out.

        level: the level word before it. Names of communes are taken by shape, those of districts by shape unless they look like a
        person's, those of cities, and names without any level word, only from the register.
        """
        run = scan.run_from(position)
        if run is None:
            return None
        parts = syllables(scan.text, *run)
        parts = parts[: self._cut(scan, parts)]
        for count in range(min(len(parts), 4), 0, -1):
            name = scan.text[parts[0][0] : parts[count - 1][1]]
            if self.registers.provinces_of_district(name):
                return squeeze(name), parts[count - 1][1]
        if level in ("", "tỉnh", "thành phố") or not parts:
            return None
        keep = person_split(scan, parts, self.registers)
        if not keep and len(parts) >= 3 and level not in ("xã", "phường", "thị trấn") and self.registers.surname_risk(scan.text[slice(*parts[0])]) == "low":
            return None
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
        level = _LEVEL.match(scan.key, position)
        if level is not None:
            position = scan.skip(level.end())
        province = scan.hit(position, Category.PROVINCE)
        if province is None:
            if level is None:
                return ref, end
            outer = self.local_name(scan, position, _LEVELS[level["level"]])
            if outer is None:
                return ref, end
            return self._with_outer_province(scan, ref, outer[1])
        if level is None and match.group().strip() == "," and scan.key[province.end : province.end + 2] not in (")", ") ", ". ", ".", "; "):
            return ref, end  # "huyện A, Hà Nội và …" may be a list
        close = province.end + (1 if scan.text[province.end : province.end + 1] == ")" else 0)
        return replace(ref, province=self._name_of(province)), close

    def _name_of(self, hit: Hit) -> str:
        entry = hit.entry(Category.PROVINCE)
        assert entry is not None
        return entry.id

    def _is_city(self, name: str) -> bool:
        return any(unit.name == name and unit.unit_type == "thành phố" for unit in self.registers.provinces.values()) or name in (
            "Đồng Nai",
            "Bắc Ninh",
            "Quảng Ninh",
        )

    def _province_of(self, place: str) -> str | None:
        return self.registers.province_names.get(key(place))

    # ---- names by shape

    def _parent_follows(self, scan: Scan, agency: AgencyEntry, end: int) -> bool:
        if "P" not in agency.tail:
            return False
        position = scan.skip(end)
        return scan.hit(position, Category.AGENCY) is not None or _LEVEL.match(scan.key, end) is not None

    def _open_name(self, scan: Scan, end: int) -> tuple[str, str, int]:
        """Name, place and end of what follows an open head: "Phụ sản", "Thanh Hóa" after "Bệnh viện"."""
        text, text_key = scan.text, scan.key
        begin, words, previous = -1, 0, ""
        stop = end
        while words < 14:
            match = _WORD.match(text, stop)
            if match is None:
                break
            start, word_end = match.span("word")
            word, word_key, join = match["word"].rstrip("."), text_key[start:word_end].rstrip("."), (match["join"] or "").strip()
            word_end = start + len(word)
            if not word:
                break
            hit = scan.hit_at.get(start)
            if hit is not None and hit.entry(Category.PROVINCE) is not None and join != ",":
                if words and join:
                    break
                name = squeeze(text[begin:stop]) if words else ""
                return self._expanded(name), self._name_of(hit), hit.end
            if words and self._other_begins(scan, start, word_key):
                break
            level = _LEVEL.match(text_key, stop)
            if level is not None and not join:
                break
            capital = word[0].isupper() or word[0].isdigit()
            following = _WORD.match(text, word_end)
            next_key = text_key[slice(*following.span("word"))].rstrip(".") if following is not None else ""
            compound = f"{previous} {word_key}" in self._compounds or f"{word_key} {next_key}" in self._compounds
            if join == "," and not (compound and words and f"{previous} {word_key}" in self._compounds):
                break
            if join in ("và", "&") and not (words and (capital or compound)):
                break
            if not capital and not compound:
                rest = _TO_VIET_NAM.match(text, stop) if words or begin < 0 else None
                if rest is None or any(word in self._stop_words for word in text_key[rest.start() : rest.end()].split()):
                    break
                begin = start if begin < 0 else begin
                return self._expanded(squeeze(text[begin : rest.end()])), "", rest.end()
            if word[0].isdigit() and words == 0 and not join and len(word) > 3:
                break
            begin = start if begin < 0 else begin
            stop, previous, words = word_end, word_key, words + 1
        return (self._expanded(squeeze(text[begin:stop])), "", stop) if words else ("", "", end)

    def _other_begins(self, scan: Scan, start: int, word_key: str) -> bool:
        hit = scan.hit_at.get(start)
        if hit is not None and hit.entry(Category.POST) is not None:
            return True
        if hit is not None and hit.entry(Category.AGENCY) is not None and hit.end - hit.start > 4:
            return True
        run = scan.run_from(start) if self.registers.surname_risk(word_key) in ("low", "medium") else None
        if run is None:
            return False
        rest = [part for part in syllables(scan.text, *run) if part[0] >= start]
        return 2 <= len(rest) <= 4

    def _topic(self, scan: Scan, end: int) -> tuple[str, int]:
        """The topic of a committee up to where the sentence goes on: "phòng, chống dịch"."""
        text, text_key = scan.text, scan.key
        stop, words, begin = end, 0, -1
        while words < 14:
            match = _WORD.match(text, stop)
            if match is None:
                break
            start, word_end = match.span("word")
            join = (match["join"] or "").strip()
            rest = text_key[start : start + 14]
            if any(rest.startswith(s) and not rest[len(s) : len(s) + 1].isalnum() for s in self._stops):
                break
            hit = scan.hit_at.get(start)
            other = hit is not None and scan.text[hit.end : hit.end + 1] != "-"  # "DS-KHHGĐ" is no pharmacist
            if (
                hit is not None
                and other
                and (hit.entry(Category.POST) is not None or (hit.entry(Category.AGENCY) is not None and words > 0 and hit.end - hit.start > 5))
            ):
                break
            if _LEVEL.match(text_key, stop) and not join:
                break
            previous = text_key[begin:stop].rsplit(" ", 1)[-1] if begin >= 0 else ""
            if (
                join == ","
                and f"{previous} {text_key[start:word_end]}" not in ("phòng chống",)
                and f"{previous} {text_key[start:word_end]}" not in self._compounds
            ):
                break
            begin = start if begin < 0 else begin
            word = match["word"].rstrip(".")
            stop, words = start + len(word), words + 1
            if len(word) < word_end - start:
                break
        name = squeeze(text[begin:stop]) if words else ""
        return self._expanded(name), stop

    def _expanded(self, name: str) -> str:
        """Abbreviations inside a name written out, shouting calmed down."""
        if not name:
            return ""
        parts = [self._written_out(part) for part in name.split(" ")]
        return " ".join(parts) if len(parts) < _SHOUT or parts != name.split(" ") else sentence_case(name)

    def _written_out(self, word: str) -> str:
        """ "KHHGĐ" as "kế hoạch hóa gia đình"; of "DS-KHHGĐ" both parts."""
        known = self.registers.abbreviations
        if word in known or "-" not in word:
            return known.get(word, (word, ""))[0]
        parts = word.split("-")
        return " - ".join(known[part][0] for part in parts) if all(part in known for part in parts) else word

    # ---- parents

    def _parent(self, scan: Scan, agency: AgencyEntry, end: int, named: bool, depth: int) -> tuple[AgencyRef, int] | None:
        gap = _PARENT_GAP.match(scan.key, end)
        position = gap.end() if gap is not None else end
        if position > end:
            found = self._parent_at(scan, position, depth)
            if found is not None:
                return found
        if named or agency.level == "ministry_unit":
            gap = _UNIT_PARENT_GAP.match(scan.key, end)
            if gap is not None:
                found = self._parent_at(scan, gap.end(), depth)
                if found is not None and (found[0].entry.startswith("bo-") or found[0].entry.startswith("so-")):
                    close = found[1] + (1 if "(" in gap.group() and scan.text[found[1] : found[1] + 1] == ")" else 0)
                    return found[0], close
        return None

    def _parent_at(self, scan: Scan, position: int, depth: int) -> tuple[AgencyRef, int] | None:
        hit = scan.hit(position, Category.AGENCY) or scan.hit_inside(position, Category.AGENCY)
        if hit is None:
            return None
        entry = hit.entry(Category.AGENCY)
        assert entry is not None
        return self._read(scan, self.registers.agencies[entry.id], hit.end, depth + 1)


# Heads whose own word tells the level: "Tỉnh ủy Bắc Kạn", "Tỉnh đoàn Thái Bình".
_PLACE_ONLY = frozenset({"tinh-uy", "thanh-uy", "huyen-uy", "quan-uy", "thi-uy", "tinh-doan", "thanh-doan"})


def person_split(scan: Scan, parts: list[tuple[int, int]], registers: Registers) -> int:
    """How many syllables at the head of a run are a place when a person's name follows: 2 in "Mê Linh Hoàng Anh Tuấn"; 0 if none follows."""
    for i in range(1, len(parts)):
        rest = len(parts) - i
        if 2 <= rest <= 4 and i <= 3 and registers.surname_risk(scan.text[slice(*parts[i])]) in ("low", "medium") and (rest >= 3 or i >= 2):
            return i
    return 0

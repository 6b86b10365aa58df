"""Read the name of a body at a place in the text: head, its own name, place, parent.

Reads: a `Scan`. Gives: `AgencyRef`s with the offset where the name ends. A body that a list of the register names is taken by
longest match; after an open head ("Bệnh viện …", "Ban Chỉ đạo …") the name goes on by shape.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from graph.extract.mentions.places import DIGITS, LEVEL, PlaceReader, is_plural
from graph.extract.mentions.scan import Scan
from graph.model import AgencyRef
from graph.registers.gazetteer import Category, Hit
from graph.registers.registers import AgencyEntry, Registers
from graph.text.names import is_syllable, syllables
from graph.text.normalize import key, sentence_case, squeeze

_WORD = re.compile(r"(?P<gap>[ \xa0]?\n?[ \xa0]{0,2})(?P<join>và |[,&–-][ \xa0]?|- )?(?P<word>[\w./&]+(?:-[\w]+)*)")
# The rest of a national body's name, whose words are in lower case: "Hội Bảo vệ | quyền trẻ em Việt Nam".
_TO_VIET_NAM = re.compile(r"(?:[ ](?:(?=[^\W\d_])[^A-ZĐ\s,.;:()]+)){1,5}[ ]Việt Nam(?!\w)")
_LAST_WORD = re.compile(r"(?P<word>\w+)\s\Z")
_FIRST_WORD = re.compile(r"\w+")
# "Chính phủ số", "Chính phủ điện tử" are no bodies; "của Chính phủ số 15/2023" is.
_KIND_OF_GOVERNMENT = re.compile(r"\s(?:số(?!\s?:?\s?\d)|điện tử)(?!\w)")
THE_MINISTRY = "Bộ"
_ALSO_EVENTS = frozenset({"vu"})  # "Vụ Pháp chế" is a department, "Vụ buôn lậu thuốc" a case
_DEEPEST = 3  # bodies inside bodies
# Heads that name no body by themselves.
_MERE_HEADS = frozenset({"ban", "phong", "khoa", "vu", "cuc", "hoi-dong", "cong-doan", "tong-cuc"})
_OFFICE_HERE = " tại việt nam"  # of an international body
_THE_MINISTRY = re.compile(r"\sbộ(?!\s?\w)(?! [^\W\d_])|\sbộ(?= (?:cho|đã|phát|nói|báo|nêu|và|đề|khẳng|nhấn)(?!\w))")
_OF_FACILITIES = frozenset({"khoa"})  # first words of units that only hospitals have
_BRACKET = re.compile(r"[ ]?\((?:[^(),;\n]{2,40},[ ]){0,2}(?:(?:tỉnh|thành phố|TP\.?)[ ])?(?P<place>[^(),;\n]{3,24})\)")
_LINKS = frozenset({"các", "về", "và", "của"})
_SHOUT = 3  # words; a shorter name in capitals is an abbreviation
_TERM = re.compile(r",?\s(?:khóa|khoá)\s[ivxl\d]{1,6}(?!\w)")
_PARENT_GAP = re.compile(r"\s{0,3}(?:(?:của|thuộc|trực thuộc)\s)?\s{0,2}")
_UNIT_PARENT_GAP = re.compile(r"\s?(?:,|\(|-|–|thuộc|của)\s?")


class AgencyReader:
    """Parses agencies; holds the word lists that the shapes need."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self.places = PlaceReader(registers)
        self._stops = tuple(key(word) for word in registers.names["topic_stops"])
        self._stop_words = frozenset(word for word in self._stops if " " not in word)
        self._not_heads = frozenset(key(word) for word in registers.names["not_heads"])
        self._abroad = re.compile(rf"\s(?:{'|'.join(re.escape(name) for name in registers.names['abroad'])})(?!\w)")
        self._listed = registers.names["compounds"]

    @cached_property
    def _compounds(self) -> frozenset[str]:
        """Pairs of neighbouring words inside names, in key form."""
        pairs: set[str] = set()
        names = [agency.name for agency in self.registers.agencies.values()]
        for name in (*names, *self._listed):
            parts = re.findall(r"\w+", key(name))
            pairs.update(f"{a} {b}" for a, b in pairwise(parts))
        return frozenset(pairs)

    def read(self, scan: Scan, hit: Hit) -> tuple[AgencyRef, int] | None:
        """The body whose name begins with this hit, and where the name ends; None for a plural or a mere word.

        "UBND tỉnh Bắc Kạn" gives Ủy ban nhân dân / tỉnh / Bắc Kạn; "UBND các tỉnh" gives None.
        """
        entry = hit.entry(Category.AGENCY)
        if entry is None or self._is_word(scan, hit) or _KIND_OF_GOVERNMENT.match(scan.key, hit.end):
            return None
        if entry.id in _ALSO_EVENTS and not scan.text[hit.end + 1 : hit.end + 2].isupper():
            return None
        read = self._read(scan, self.registers.agencies[entry.id], hit, depth=0)
        return self._with_bracket(scan, *read) if read is not None else None

    def _with_bracket(self, scan: Scan, ref: AgencyRef, end: int) -> tuple[AgencyRef, int]:
        """The body with the province that a bracket behind it tells: "Trung tâm Điều dưỡng số 3 (Lương Sơn, Hòa Bình)"."""
        agency = self.registers.agencies[ref.entry]
        if (
            ref.province is not None
            or ref.parent is not None
            or agency.scope != "local"
            or ref.name == agency.name
            or not scan.text.startswith((" (", "("), end)
        ):
            return ref, end
        bracket = _BRACKET.match(scan.text, end)
        province = scan.hit(bracket.start("place"), Category.PROVINCE) if bracket is not None else None
        if bracket is None or province is None or province.end != bracket.end("place"):
            return ref, end
        return replace(ref, province=self.places.name_of(province)), bracket.end()

    def _is_word(self, scan: Scan, hit: Hit) -> bool:
        """Whether the head is only the last syllable of a word: the "sở" of "cơ sở y tế", the "HỘI" of "XÃ HỘI"."""
        before = _LAST_WORD.search(scan.text, max(0, hit.start - 12), hit.start)
        head = _FIRST_WORD.match(scan.text, hit.start)
        if before is None or head is None or key(f"{before['word']} {head.group()}") not in self._not_heads:
            return False
        return head.group().islower() or (before["word"].isupper() and head.group().isupper())

    def _read(self, scan: Scan, agency: AgencyEntry, hit: Hit, depth: int) -> tuple[AgencyRef, int] | None:
        end = hit.end
        ref = AgencyRef(self._name_meant(agency, scan.text[hit.start : hit.end]), entry=agency.id)
        if agency.id == "bch-trung-uong":
            term = _TERM.match(scan.key, end)
            return ref, term.end() if term is not None else end
        if agency.cls == "InternationalBody" and scan.key.startswith(_OFFICE_HERE, end):
            return replace(ref, name=ref.name + _OFFICE_HERE.replace("việt nam", "Việt Nam")), end + len(_OFFICE_HERE)
        if not agency.tail:
            return None if self._abroad.match(scan.text, end) else (ref, end)
        if is_plural(scan, end):
            return None
        if "#" in agency.tail:
            digits = DIGITS.match(scan.text, end)
            return (replace(ref, place=digits.group().strip()), digits.end()) if digits is not None else None
        ref, stop = self._named(scan, agency, ref, end)
        named = stop > end
        end = stop
        if "P" in agency.tail and depth < _DEEPEST and not ref.place:
            parent = self._with_parent(scan, agency, ref, end, named=named, depth=depth)
            if parent is not None:
                return parent
        if "L" in agency.tail and not ref.place:
            placed = self.places.read(scan, ref, end)
            if placed is None or placed[1] > end:
                return placed
        return (ref, end) if named or _stands_alone(agency) else None

    def _name_meant(self, agency: AgencyEntry, written: str) -> str:
        """The register's name, but for what a body is also called in full: "BV Việt Đức" means "Bệnh viện Việt Đức"."""
        if not agency.own_names:
            return agency.name
        spelled = key(" ".join(self._written_out(word) for word in written.split()))
        return next((name for name in agency.own_names if key(name) == spelled), agency.name)

    def _named(self, scan: Scan, agency: AgencyEntry, ref: AgencyRef, end: int) -> tuple[AgencyRef, int]:
        """The body with its own name behind an open head: the topic of a committee, the name of a hospital."""
        if "V" in agency.tail and scan.key.startswith(" việt nam", end):
            ref, end = replace(ref, name=f"{ref.name} Việt Nam"), end + len(" Việt Nam")
        if "T" in agency.tail:
            name, stop = self._topic(scan, end)
            return (replace(ref, name=f"{ref.name} {name}"), stop) if name else (ref, end)
        if "N" in agency.tail and not self._parent_follows(scan, agency, end):
            name, place, stop = self.open_name(scan, end, paired=agency.level != "facility")
            if name or place:
                return replace(ref, name=f"{ref.name} {name}".strip(), place=place, province=self._province_of(place)), stop
        return ref, end

    def _with_parent(self, scan: Scan, agency: AgencyEntry, ref: AgencyRef, end: int, *, named: bool, depth: int) -> tuple[AgencyRef, int] | None:
        parent = self._parent(scan, agency, end, named, depth)
        if parent is not None:
            return replace(ref, parent=parent[0]), parent[1]
        ministry = _THE_MINISTRY.match(scan.key, end) if not named else None
        # "Chánh Văn phòng Bộ": the ministry that the text is about
        return (replace(ref, level=THE_MINISTRY), ministry.end()) if ministry is not None else None

    # ---- places

    def _province_of(self, place: str) -> str | None:
        return self.registers.province_names.get(key(place))

    # ---- names by shape

    def _parent_follows(self, scan: Scan, agency: AgencyEntry, end: int) -> bool:
        if "P" not in agency.tail:
            return False
        position = scan.skip(end)
        return scan.hit(position, Category.AGENCY) is not None or LEVEL.match(scan.key, end) is not None

    def open_name(self, scan: Scan, end: int, *, paired: bool = True) -> tuple[str, str, int]:
        """Name, place and end of what follows an open head: "Phụ sản", "Thanh Hóa" after "Bệnh viện"."""
        text, text_key = scan.text, scan.key
        begin, words, previous, previous_capital, begins_word = -1, 0, "", False, False
        stop = end
        while words < 14:
            match = _WORD.match(text, stop)
            if match is None:
                break
            start, word_end = match.span("word")
            word, word_key, join = match["word"].rstrip("."), text_key[start:word_end].rstrip("."), (match["join"] or "").strip()
            word_end = start + len(word)
            if not word or ("\n" in match["gap"] and (word[0].isdigit() or join == "-")):
                break
            hit = scan.hit_at.get(start)
            if hit is not None and hit.entry(Category.PROVINCE) is not None and join != ",":
                if words and join:
                    break
                name = squeeze(text[begin:stop]) if words else ""
                return self.expanded(name), self.places.name_of(hit), hit.end
            if words and self._other_begins(scan, start, word_key):
                break
            level = LEVEL.match(text_key, stop)
            if level is not None and not join:
                break
            capital = word[0].isupper() or word[0].isdigit()
            following = _WORD.match(text, word_end)
            next_key = text_key[slice(*following.span("word"))].rstrip(".") if following is not None else ""
            if words and not capital and following is not None and self._holds(scan, start, following.end("word")):
                break
            # What the text also writes in lower case is one word: "Cục Chứng | thực"; but for hospitals ("Bệnh viện Mắt"), so is a first word.
            opened = begins_word and paired and is_syllable(previous) and word[0].isalpha() and not self._stops_at(text_key, start)
            joined = previous_capital and not join and (opened or scan.writes_pair(f"{previous} {word_key}"))
            compound = joined or f"{previous} {word_key}" in self._compounds or f"{word_key} {next_key}" in self._compounds
            if join == "," and not (compound and words and f"{previous} {word_key}" in self._compounds):
                break
            if join in ("và", "&") and not (words and (capital or compound)):
                break
            if not capital and not compound:
                rest = _TO_VIET_NAM.match(text, stop) if words or begin < 0 else None
                if rest is None or any(word in self._stop_words for word in text_key[rest.start() : rest.end()].split()):
                    break
                begin = start if begin < 0 else begin
                return self.expanded(squeeze(text[begin : rest.end()])), "", rest.end()
            if word[0].isdigit() and words == 0 and not join and len(word) > 3:
                break
            begin = start if begin < 0 else begin
            begins_word = capital and (not words or bool(join))
            stop, previous, words, previous_capital = word_end, word_key, words + 1, capital
        return (self.expanded(squeeze(text[begin:stop])), "", stop) if words else ("", "", end)

    def goes_on_with(self, words: list[str]) -> bool:
        """Whether words in lower case can be the rest of a body's name: each of a pair that names hold."""
        pairs = [f"{a} {b}" in self._compounds for a, b in pairwise(words)]
        held = [left or right for left, right in zip([False, *pairs], [*pairs, False], strict=True)]
        return all(ok or word in _LINKS for ok, word in zip(held, words, strict=True)) and any(held)

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

    def _holds(self, scan: Scan, start: int, end: int) -> bool:
        """Whether a verb of two words, which names hold too, stands before an event: "Tập đoàn A | tổ chức lễ khởi công"."""
        behind = scan.hit_at.get(scan.skip(end))
        return behind is not None and behind.entry(Category.MEETING) is not None and self._stops_at(scan.key, start)

    def _stops_at(self, text_key: str, start: int) -> bool:
        """Whether the sentence goes on here: "Cục A | đã họp"."""
        rest = text_key[start : start + 14]
        return any(rest.startswith(s) and not rest[len(s) : len(s) + 1].isalnum() for s in self._stops)

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
            if self._stops_at(text_key, start):
                break
            hit = scan.hit_at.get(start)
            other = hit is not None and scan.text[hit.end : hit.end + 1] != "-"  # "DS-KHHGĐ" is no pharmacist
            if (
                hit is not None
                and other
                and (hit.entry(Category.POST) is not None or (hit.entry(Category.AGENCY) is not None and words > 0 and hit.end - hit.start > 5))
            ):
                break
            if LEVEL.match(text_key, stop) and not join:
                break
            previous = text_key[begin:stop].rsplit(" ", 1)[-1] if begin >= 0 else ""
            if join == "," and f"{previous} {text_key[start:word_end]}" not in self._compounds:
                break
            begin = start if begin < 0 else begin
            word = match["word"].rstrip(".")
            stop, words = start + len(word), words + 1
            if len(word) < word_end - start:
                break
        name = squeeze(text[begin:stop]) if words else ""
        return self.expanded(name), stop

    def expanded(self, name: str) -> str:
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
                if found is not None and self._holds_units(found[0], agency.name):
                    close = found[1] + (1 if "(" in gap.group() and scan.text[found[1] : found[1] + 1] == ")" else 0)
                    return found[0], close
        return None

    def _holds_units(self, agency: AgencyRef, unit: str) -> bool:
        """Whether what stands behind a comma is the unit's own body: a ministry or department; for "Khoa …" a hospital."""
        entry = self.registers.agencies.get(agency.entry)
        return agency.entry.startswith(("bo-", "so-")) or (key(unit).split(" ")[0] in _OF_FACILITIES and entry is not None and entry.level == "facility")

    def unit(self, scan: Scan, name: str, place: str, end: int) -> tuple[AgencyRef, int]:
        """A unit whose name a title has told by shape, with the ministry or department behind it: "Vụ Tổ chức Cán bộ | , Bộ Y tế"."""
        entry = self._units.get(key(name))
        ref = AgencyRef(entry.name if entry is not None else name, place=place, entry=entry.id if entry is not None else "")
        return self.inside(scan, ref, end)

    def inside(self, scan: Scan, ref: AgencyRef, end: int) -> tuple[AgencyRef, int]:
        """A unit that a title names, with the body behind it that it is part of."""
        gap = _UNIT_PARENT_GAP.match(scan.key, end) if ref.parent is None and not ref.place and not ref.level else None
        parent = self._parent_at(scan, gap.end(), 0) if gap is not None else None
        if parent is None or not (self._holds_units(parent[0], ref.name) or self._holds_divisions(parent[0], ref.name)):
            return ref, end
        return replace(ref, parent=parent[0]), parent[1]

    def _holds_divisions(self, agency: AgencyRef, unit: str) -> bool:
        """Whether a division that a title names can be part of a body: "Trưởng phòng giám sát ngộ độc, | Cục An toàn thực phẩm"."""
        entry = self.registers.agencies.get(agency.entry)
        return key(unit).startswith("phòng ") and entry is not None and (entry.level in ("ministry_unit", "facility") or entry.id.startswith("chi-cuc"))

    @cached_property
    def _units(self) -> dict[str, AgencyEntry]:
        """Units of ministries by name, in key form."""
        return {key(agency.name): agency for agency in self.registers.agencies.values() if agency.level == "ministry_unit"}

    def _parent_at(self, scan: Scan, position: int, depth: int) -> tuple[AgencyRef, int] | None:
        hit = scan.hit(position, Category.AGENCY) or scan.hit_inside(position, Category.AGENCY)
        if hit is None:
            return None
        entry = hit.entry(Category.AGENCY)
        assert entry is not None
        return self._read(scan, self.registers.agencies[entry.id], hit, depth + 1)


def _stands_alone(agency: AgencyEntry) -> bool:
    """Whether a head without name, place and parent still means one body: "Ban Tuyên giáo", not "Bệnh viện"."""
    if " " not in agency.name:
        return False  # "các Sở, ban, ngành"
    if agency.scope == "local" and agency.tail in ("N", "NL", "NPL"):
        return False
    if agency.level != "any":
        return True
    if agency.scope == "local" and "L" not in agency.tail:
        return "P" in agency.tail and agency.id not in _MERE_HEADS
    return True

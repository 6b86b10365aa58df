"""Read rows of titles: "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh", each with the body that it is held in.

Reads: a `Scan`. Gives: the titles of a row with their posts, and where the row ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from graph.extract.mentions.agencies import AgencyReader
from graph.extract.mentions.scan import Scan
from graph.model import AgencyRef, PostRef
from graph.registers.gazetteer import Category, Hit
from graph.registers.registers import PostEntry, Registers
from graph.text.normalize import key, squeeze

_TAKE_PLACE = frozenset({"tinh-uy", "thanh-uy", "huyen-uy", "quan-uy", "thi-uy", "hoi-dong-nhan-dan"})
_NO_POST = frozenset({"honour", "academic", "rank", "honorific", "honorifics", "former"})
_MOST = 24  # titles of a row; nobody has more, and each title of a longer row would be read with all behind it
_PHO = re.compile(r"(?<!\w)[Pp]ho\s\Z")
_BETWEEN = re.compile(r"\s?(?:,|và|kiêm|[-–])?\s{0,2}(?:đồng thời là\s)?")
_SOFT = re.compile(r"[\s.:]{0,3}")
_HOME = re.compile(r"\sViệt Nam(?!\w)")
_SHORT_FORM = re.compile(r"\s\([A-ZĐ]{2,6}\)")
_LOWER_UNIT = re.compile(r"\s(?P<name>(?=[^\W\d_A-ZĐ])[^,.;:()\n“”\"]{6,70}?),?\s(?:thuộc|của|trực thuộc)\s")
_PLACE_OF_CHAIR = re.compile(r"\s(?P<level>tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn)(?!\w)")


@dataclass(frozen=True, slots=True)
class TitleItem:
    """One title in a row of titles: what it is and where; `post` is None for "đồng chí", "PGS.TS"."""

    start: int
    end: int
    kind: str
    post: PostRef | None
    separator: str  # what stood before it: "", ",", "-"


class TitleReader:
    """Parses titles; needs the agency parser for the bodies inside them."""

    def __init__(self, registers: Registers, agencies: AgencyReader) -> None:
        self.registers = registers
        self.agencies = agencies
        # "Giám đốc Công ty X" is no public post.
        self._private = re.compile(rf"\s(?:{'|'.join(re.escape(key(word)) for word in registers.names['not_public'])})(?!\w)")
        # "Ủy viên Trung ương Đảng Cộng sản Trung Quốc", "Bộ trưởng Y tế Lào": posts of another country.
        words, countries = ("|".join(re.escape(name) for name in registers.names[names]) for names in ("abroad_words", "abroad"))
        self._foreign = re.compile(rf"(?:\s(?:{words})){{0,6}}\s(?P<country>{countries})(?!\w)")
        self._ministries = {key(a.name.removeprefix("Bộ ")): a for a in registers.agencies.values() if a.level == "ministry" and a.name.startswith("Bộ ")}

    def row(self, scan: Scan, position: int, limit: int) -> tuple[list[TitleItem], int]:
        """The row of titles that begins here: "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh" gives two."""
        items: list[TitleItem] = []
        end = position
        separator = ""
        former = foreign = False
        while position < limit and len(items) < _MOST:
            hit = scan.hit(position, Category.POST)
            if hit is None:
                break
            entry = self._entry(scan, hit)
            if entry.kind in _NO_POST:
                items.append(TitleItem(hit.start, hit.end, entry.kind, None, separator))
                former = entry.kind == "former"
                end = hit.end
                position, separator = self._after_mark(scan, end)
                continue
            post, end = self._post(scan, hit, entry)
            private = self._private.match(scan.key, hit.end) is not None or (post.agency is None and self._private.match(scan.key, end) is not None)
            abroad = self._country(scan, end)
            foreign, end = (True, abroad) if abroad is not None else (foreign, self._home(scan, end))
            items.append(TitleItem(hit.start, end, entry.kind, None if private else replace(post, former=former), separator))
            former = former and scan.text[end : end + 1] == ","
            match = _BETWEEN.match(scan.key, end)
            position = match.end() if match is not None else end
            separator = (match.group().strip() or "") if match is not None else ""
            if separator == "" and position == end:
                break
        if foreign:  # whoever holds one post abroad holds the others of the row there too
            items = [replace(item, post=None) for item in items]
        return items, end

    def _country(self, scan: Scan, end: int) -> int | None:
        """Where the country ends that stands behind a title or its body; "Lào Cai" is none."""
        body = scan.hit(scan.skip(end), Category.AGENCY)
        for position in (end, body.end) if body is not None else (end,):
            match = self._foreign.match(scan.text, position)
            if match is not None and scan.hit(match.start("country"), Category.PROVINCE) is None:
                return match.end()
        return None

    def _home(self, scan: Scan, end: int) -> int:
        """The end behind "Việt Nam", which says where a body is and begins no name: "Bộ trưởng Bộ Y tế Việt Nam Đào Hồng Lan"."""
        match = _HOME.match(scan.text, end)
        return match.end() if match is not None else end

    def _after_mark(self, scan: Scan, end: int) -> tuple[int, str]:
        soft = _SOFT.match(scan.text, end)
        position = soft.end() if soft is not None else end
        if scan.hit(position, Category.POST) is None:
            match = _BETWEEN.match(scan.key, end)
            if match is not None and scan.hit(match.end(), Category.POST) is not None:
                return match.end(), match.group().strip()
        return position, ""

    def _entry(self, scan: Scan, hit: Hit) -> PostEntry:
        entry = hit.entry(Category.POST)
        assert entry is not None
        post = self.registers.posts[entry.id]
        # "Pho Giám đốc", with the accent left out: the deputy.
        return self._deputies.get(post.id, post) if _PHO.search(scan.text, max(0, hit.start - 5), hit.start) is not None else post

    @cached_property
    def _deputies(self) -> dict[str, PostEntry]:
        """Post → that of its deputy, by id."""
        by_title = {post.title: post for post in self.registers.posts.values()}
        return {post.id: by_title[f"Phó {post.title}"] for post in self.registers.posts.values() if f"Phó {post.title}" in by_title}

    def _post(self, scan: Scan, hit: Hit, entry: PostEntry) -> tuple[PostRef, int]:
        """The post that a title and what follows it name."""
        short = _SHORT_FORM.match(scan.text, hit.end)
        end = short.end() if short is not None else hit.end
        if entry.agency and not self._takes_place(entry):
            return self._of_register(scan, entry, end)
        if entry.unit:
            found = self._unit(scan, hit, entry)
            if found is not None:
                return found
        if entry.level == "ministry":
            found = self._ministry(scan, entry, end)
            if found is not None:
                return found
        position = scan.skip(end)
        if position - end <= 2:
            # Behind a title the head of a body may be in lower case: "Giám đốc trung tâm Truyền máu …".
            agency_hit = scan.hit(position, Category.AGENCY) or (
                scan.hit_inside(position, Category.AGENCY) if scan.text[position : position + 1].islower() else None
            )
            if agency_hit is not None and position > end:
                agency = self.agencies.read(scan, agency_hit)
                if agency is not None:
                    return PostRef(entry.title, agency[0]), agency[1]
            found = self._chair_of_place(scan, entry, end)
            if found is not None:
                return found
        if entry.agency:
            return self._of_register(scan, entry, end)
        return PostRef(entry.title, None), end

    def _takes_place(self, entry: PostEntry) -> bool:
        return self.registers.agencies[entry.agency].scope != "unique"

    def _of_register(self, scan: Scan, entry: PostEntry, end: int) -> tuple[PostRef, int]:
        agency = self.registers.agencies[entry.agency]
        ref = AgencyRef(agency.name, entry=agency.id)
        title = entry.title.removesuffix(f" {agency.name}")  # "Đại biểu Quốc hội": a deputy, of the assembly
        if agency.scope == "unique":
            again = scan.hit(scan.skip(end), Category.AGENCY)  # "Phó Thủ tướng (PTT) Chính phủ"
            named = again.entry(Category.AGENCY) if again is not None else None
            if again is not None and named is not None and named.id == agency.id and again.start - end == 1:
                end = again.end
            return PostRef(title, ref), end
        read = self.agencies.places.read(scan, ref, end) if agency.id in _TAKE_PLACE else None
        return (PostRef(title, read[0]), read[1]) if read is not None else (PostRef(title, ref), end)

    def _unit(self, scan: Scan, hit: Hit, entry: PostEntry) -> tuple[PostRef, int] | None:
        """Titles that hold the unit's own word: "Trưởng Ban Tổ chức Tỉnh ủy", "Cục trưởng Cục Quản lý Dược", "Vụ phó Tổ chức Cán bộ"."""
        unit_key = key(entry.unit)
        written = scan.key[hit.start : hit.end]
        if written.endswith(unit_key):
            start = hit.end - len(unit_key)
            if entry.unit == "Đoàn":
                return self._delegation(scan, entry, hit.end)
            inner = scan.hit_inside(start, Category.AGENCY)
            if inner is not None:
                agency = self.agencies.read(scan, inner)
                if agency is not None:
                    return PostRef(entry.title, agency[0]), agency[1]
        position = scan.skip(hit.end)
        agency_hit = scan.hit(position, Category.AGENCY)
        if agency_hit is not None and position - hit.end <= 2:
            agency = self.agencies.read(scan, agency_hit)
            if agency is not None:
                return PostRef(entry.title, agency[0]), agency[1]
        if unit_key in ("cục", "vụ", "chi cục", "tổng cục", "viện", "ban", "phòng", "khoa") and position - hit.end <= 2:
            name, place, stop = self.agencies.open_name(scan, hit.end)
            if (name and len(name.split()) >= 2 and scan.run_from(position) is None) or (name and self._is_unit_name(scan, position, name)):
                agency_ref, stop = self.agencies.unit(scan, f"{entry.unit} {name}", place, stop)
                return PostRef(entry.title, agency_ref), stop
            return self._unit_of_parent(scan, entry, hit.end)
        return None

    def _unit_of_parent(self, scan: Scan, entry: PostEntry, end: int) -> tuple[PostRef, int] | None:
        """A unit named in lower case before the body it is part of: "Trưởng ban thực hiện chính sách, thuộc Bảo hiểm xã hội Việt Nam"."""
        match = _LOWER_UNIT.match(scan.text, end)
        parent_hit = scan.hit(match.end(), Category.AGENCY) if match is not None else None
        parent = self.agencies.read(scan, parent_hit) if parent_hit is not None else None
        if match is None or parent is None:
            return None
        return PostRef(entry.title, AgencyRef(f"{entry.unit} {squeeze(match['name'])}", parent=parent[0])), parent[1]

    def _is_unit_name(self, scan: Scan, position: int, name: str) -> bool:
        """Whether capitalised words after "Vụ phó" name the unit rather than the person."""
        run = scan.run_from(position)
        if run is None:
            return True
        return self.registers.surname_risk(name.split(maxsplit=1)[0]) is None or len(name) > run[1] - run[0]

    def _delegation(self, scan: Scan, entry: PostEntry, end: int) -> tuple[PostRef, int] | None:
        """ "Trưởng Đoàn ĐBQH tỉnh": the delegation of deputies; other delegations last for one event and are no posts."""
        match = re.match(r"\s?(?:chuyên trách\s)?(?P<body>đoàn đbqh|đbqh|đoàn đại biểu quốc hội|đại biểu quốc hội)(?!\w)", scan.key[end : end + 50])
        if match is None:
            return None
        agency = self.registers.agencies["doan-dai-bieu-quoc-hoi"]
        ref = AgencyRef(agency.name, entry=agency.id)
        placed = self.agencies.places.read(scan, ref, end + match.end())
        return (PostRef(entry.title, placed[0]), placed[1]) if placed is not None else (PostRef(entry.title, ref), end + match.end())

    def _ministry(self, scan: Scan, entry: PostEntry, end: int) -> tuple[PostRef, int] | None:
        """ "Bộ trưởng Y tế", "Thứ trưởng Bộ Y tế", "Bộ trưởng bộ Y tế"."""
        position = scan.skip(end)
        text_key = scan.key
        start = position + 3 if text_key.startswith("bộ ", position) else position
        best = ""
        for name in self._ministries:
            if len(name) > len(best) and text_key.startswith(name, start) and not text_key[start + len(name) : start + len(name) + 1].isalnum():
                best = name
        if best and position - end <= 2 and position > end:
            agency = self._ministries[best]
            return PostRef(entry.title, AgencyRef(agency.name, entry=agency.id)), start + len(best)
        return None

    def _chair_of_place(self, scan: Scan, entry: PostEntry, end: int) -> tuple[PostRef, int] | None:
        """ "Chủ tịch Hà Nội", "Phó Chủ tịch thành phố", "Chủ tịch huyện Mê Linh": the chair of its People's Committee."""
        if "Chủ tịch" not in entry.title:
            return None
        committee = self.registers.agencies["uy-ban-nhan-dan"]
        ref = AgencyRef(committee.name, entry=committee.id)
        position = scan.skip(end)
        if scan.hit(position, Category.PROVINCE) is None and _PLACE_OF_CHAIR.match(scan.key, end) is None:
            return None
        placed = self.agencies.places.read(scan, ref, end)
        return (PostRef(entry.title, placed[0]), placed[1]) if placed is not None and placed[1] > end else None

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
from graph.registers.registers import AgencyEntry, PostEntry, Registers
from graph.text.names import is_syllable, syllables
from graph.text.normalize import key, squeeze

_COUNCIL = "hoi-dong-nhan-dan"  # behind whose chair a place may follow, as behind a Party secretary's committee
_COMMITTEE_OF = {"tỉnh": "tinh-uy", "thành phố": "thanh-uy", "huyện": "huyen-uy", "quận": "quan-uy", "thị xã": "thi-uy"}
_WIFE, _SECRETARY = "phu-nhan", "thu-ky"
_NO_POST = frozenset({"honour", "academic", "rank", "honorific", "honorifics", "former"})
_MOST = 24  # titles of a row; nobody has more, and each title of a longer row would be read with all behind it
_PHO = re.compile(r"(?<!\w)[Pp]ho\s\Z")
_BETWEEN = re.compile(r"\s?(?:,|và|kiêm|[-–])?\s{0,2}(?:đồng thời là\s)?")
_SOFT = re.compile(r"[\s.:]{0,3}")
_OF = re.compile(r"\s(?:(?:của|riêng của)\s)?")
_BEFORE = re.compile(r"(?<!\w)(?:cựu|cố|từng (?:là|làm|giữ chức(?: vụ)?)|(?:lúc|khi) (?:đó|ấy|này)?\s?(?:là|làm))\s\Z")
# What a title is told to be in charge of: "Phó Giám đốc phụ trách chuyên môn | Trần Văn An".
_IN_CHARGE = re.compile(r"\sphụ trách(?: (?:khối|mảng|lĩnh vực|công tác))? [^\W\d_]+ [^\W\d_]+(?= )")
_CHARGE = " phụ trách"
_CAPITAL_WORD = re.compile(r" (?P<word>[A-ZĐ][a-zà-ỹ]{3,})(?!\w)")
_SHORTEST = 2  # letters of what a body's name is told by
_REACH = 90  # code points from a title to the name behind a body that no register knows
_ENDS_NAME = re.compile(r"[;:()\n“”\"|]|[.]\s|,\s?\Z")
_UNTOLD = re.compile(r"[,;:()\n“”\"|]|\.\s")
_HOME = re.compile(r"\sViệt Nam(?!\w)")
_SHORT_FORM = re.compile(r"\s\([A-ZĐ]{2,6}\)")
_LOWER_UNIT = re.compile(r"\s(?P<name>(?=[^\W\d_A-ZĐ])[^,.;:()\n“”\"]{6,70}?)(?:,?\s(?:thuộc|của|trực thuộc)\s|(?P<comma>,\s))")
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
        firms = rf"(?:{'|'.join(re.escape(key(word)) for word in registers.names['not_public'])})(?!\w)"
        self._private = re.compile(rf"\s{firms}")
        # "Ủy viên Trung ương Đảng Cộng sản Trung Quốc", "Bộ trưởng Y tế Lào": posts of another country.
        words, countries = ("|".join(re.escape(name) for name in registers.names[names]) for names in ("abroad_words", "abroad"))
        self._foreign = re.compile(rf"(?:\s(?:{words})){{0,6}}\s(?P<country>{countries})(?!\w)")
        self._heads = frozenset(key(a.name).split()[0] for a in registers.agencies.values())
        self._goes_on = re.compile(
            rf"(?<!\w)(?:{'|'.join(re.escape(key(word)) for word in (*registers.names['goes_on'], *registers.names['topic_stops']))})(?!\w)"
        )

    @cached_property
    def _ministries(self) -> tuple[re.Pattern[str], dict[str, AgencyEntry]]:
        """What finds a ministry without its first word ("Y tế", "TN & MT"), and the ministries by their names without marks."""
        found: dict[str, AgencyEntry] = {}
        for agency in self.registers.agencies.values():
            if agency.level == "ministry" and agency.name.startswith("Bộ "):
                for name in (agency.name, *agency.aliases):
                    found.setdefault(_loose(name.removeprefix("Bộ ")), agency)
        names = sorted(found, key=lambda name: (-len(name), name))
        return re.compile("(?:" + "|".join(r"\W{1,3}(?:và )?".join(name.split()) for name in names) + r")(?!\w)"), found

    def row(self, scan: Scan, position: int, limit: int, *, ahead: bool = False) -> tuple[list[TitleItem], int]:
        """The row of titles that begins here: "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh" gives two.

        ahead: whether the name stands behind the row, so that it tells where a body ends that no register knows.
        """
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
            if entry.kind == "aide" or (entry.id == _SECRETARY and self._serves(scan, hit)):
                of = self._aide(scan, hit, entry)
                items.append(TitleItem(hit.start, of[1], entry.kind, of[0], separator))
                return items, of[1]
            former = former or _BEFORE.search(scan.key, max(0, hit.start - 24), hit.start) is not None
            post, end = self._post(scan, hit, entry, ahead=ahead)
            private = (
                self._private.match(scan.key, hit.end) is not None
                or (post.agency is None and self._is_brand(scan, end))
                or (post.agency is None and self._private.match(scan.key, end) is not None)
            )
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

    def _is_brand(self, scan: Scan, end: int) -> bool:
        """Whether what stands behind a title is a name that no Vietnamese word could be: "Giám đốc | Vinamart"."""
        match = _CAPITAL_WORD.match(scan.text, end)
        return match is not None and not is_syllable(match["word"]) and scan.hit_at.get(match.start("word")) is None

    def _serves(self, scan: Scan, hit: Hit) -> bool:
        """Whether the holder of an office stands behind a title: "Thư ký của | Bộ trưởng"; a "Thư ký Công đoàn" serves nobody."""
        of = _OF.match(scan.key, hit.end)
        served = scan.hit(of.end(), Category.POST) if of is not None else None
        return served is not None and self._entry(scan, served).kind == "office"

    def _aide(self, scan: Scan, hit: Hit, entry: PostEntry) -> tuple[PostRef | None, int]:
        """Who serves the holder of a post: "Trợ lý Bộ trưởng Bộ Y tế" is no minister; a wife ("Phu nhân Chủ tịch nước") holds no post at all."""
        of = _OF.match(scan.key, hit.end)
        served = scan.hit(of.end(), Category.POST) if of is not None else None
        if served is None or self._entry(scan, served).kind in _NO_POST:
            return (PostRef(entry.title, None) if entry.id != _WIFE else None), hit.end
        post, end = self._post(scan, served, self._entry(scan, served))
        return (replace(post, title=f"{entry.title} {post.title}") if entry.id != _WIFE else None), end

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

    def _post(self, scan: Scan, hit: Hit, entry: PostEntry, *, ahead: bool = False) -> tuple[PostRef, int]:
        """The post that a title and what follows it name; `ahead` where a name may follow."""
        charge = self._in_charge(scan, hit, entry)
        if charge is not None:
            return charge
        short = _SHORT_FORM.match(scan.text, hit.end)
        end = short.end() if short is not None else hit.end
        if entry.agency and not self._takes_place(entry):
            return self._of_register(scan, entry, end)
        if entry.unit:
            found = self._unit(scan, hit, entry, ahead=ahead)
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
                    body, end = self._stretched(scan, *agency) if ahead else agency
                    return PostRef(entry.title, body), end
            found = self._chair_of_place(scan, entry, end)
            if found is not None:
                return found
        if entry.agency:
            return self._of_register(scan, entry, end)
        return (self._unread_body(scan, entry, end) if ahead else None) or (PostRef(entry.title, None), end)

    def _in_charge(self, scan: Scan, hit: Hit, entry: PostEntry) -> tuple[PostRef, int] | None:
        """A title with what its holder is in charge of, before its body or a name: "Phó Giám đốc phụ trách chuyên môn | Bệnh viện A"."""
        title = entry.title.removesuffix(_CHARGE)
        match = _IN_CHARGE.match(scan.key, hit.end - len(_CHARGE) if title != entry.title else hit.end)
        if match is None:
            return None
        position = scan.skip(match.end())
        body = scan.hit(position, Category.AGENCY)
        agency = self.agencies.read(scan, body) if body is not None else None
        if agency is not None:
            return PostRef(title, agency[0]), agency[1]
        return (PostRef(title, None), match.end()) if self._is_name(scan, position) else None

    def _unread_body(self, scan: Scan, entry: PostEntry, end: int) -> tuple[PostRef, int] | None:
        """A body that neither register nor shape tells, between its title and a name: "Chủ nhiệm | Ủy ban các vấn đề biển | Lê Thị Mai"."""
        begin = scan.skip(end)
        if begin == end or scan.hit(begin, Category.POST) is not None or self._private.match(scan.key, end) is not None:
            return None
        for start in scan.names_in(begin + 1, end + _REACH):
            if _UNTOLD.search(scan.text, begin, start) or self._goes_on.search(scan.key, begin, start):
                return None
            if any(hit.entry(Category.POST) is not None for hit in scan.hits_in(begin, start)):
                return None
            if self._is_name(scan, start):
                body = self._body_told(entry, squeeze(scan.text[begin:start]))
                return None if body is None else (PostRef(entry.title, body if body.name else None), start)
        return None

    def _stretched(self, scan: Scan, body: AgencyRef, end: int) -> tuple[AgencyRef, int]:
        """A body of an open name with the words in lower case between it and a name: "Ủy ban Về | các vấn đề xã hội", "Cục Y tế dự phòng | , môi trường"."""
        known = self.registers.agencies.get(body.entry)
        if (
            (known is not None and "N" not in known.tail and known.level != "ministry_unit")
            or body.place
            or body.level
            or body.parent is not None
            or not scan.text.startswith((" ", ", "), end)
        ):
            return body, end
        start = next(iter(scan.names_in(end + 2, end + _REACH)), None)
        if start is None or _ENDS_NAME.search(scan.text, end, start) or not self._is_name(scan, start):
            return body, end
        words = scan.text[end:start].replace(",", " ").split()
        if not words or not all(word.islower() for word in words) or not self.agencies.goes_on_with(words):
            return body, end
        entry = body.entry if known is not None and "N" in known.tail else ""  # "Cục Y tế dự phòng, môi trường" is another one than "Cục Y tế dự phòng"
        return replace(body, name=squeeze(body.name + scan.text[end:start]), entry=entry), start

    def _is_name(self, scan: Scan, start: int) -> bool:
        """Whether a run of capitals from here on can only be a person's."""
        run = scan.run_from(start)
        words = [scan.text[slice(*part)] for part in syllables(scan.text, *run)] if run is not None else []
        risk = self.registers.surname_risk(words[0]) if 2 <= len(words) <= 4 else None
        return (risk == "low" or (risk == "medium" and len(words) > 2)) and all(is_syllable(word) for word in words) and scan.hit_at.get(start) is None

    def _body_told(self, entry: PostEntry, written: str) -> AgencyRef | None:
        """The body as written behind a title, nameless where only the title is sure; None where the words begin no body."""
        written = written.removeprefix("của ")
        head = key(written).split(" ")[0]
        if not (written[:1].isupper() or head in self._heads) or len(written) < _SHORTEST:
            return None
        unit = "Bộ" if entry.level == "ministry" else entry.unit
        if head not in self._heads and not unit:
            return AgencyRef("")
        name = self.agencies.expanded(written if head in self._heads else f"{unit} {written}")
        known = self._by_loose_name.get(_loose(name))
        return AgencyRef(known.name, entry=known.id) if known is not None else AgencyRef(name[0].upper() + name[1:])

    @cached_property
    def _by_loose_name(self) -> dict[str, AgencyEntry]:
        """Bodies that there is only one of, by name without marks."""
        return {_loose(a.name): a for a in self.registers.agencies.values() if a.scope == "unique"}

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
        read = self.agencies.places.read(scan, ref, end) if agency.id in (*self.registers.party_committees, _COUNCIL) else None
        return (PostRef(title, read[0]), read[1]) if read is not None else (PostRef(title, ref), end)

    def _unit(self, scan: Scan, hit: Hit, entry: PostEntry, *, ahead: bool) -> tuple[PostRef, int] | None:
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
                    body, end = self.agencies.inside(scan, *agency)
                    return PostRef(entry.title, body), end
        position = scan.skip(hit.end)
        agency_hit = scan.hit(position, Category.AGENCY)
        if agency_hit is not None and position - hit.end <= 2:
            agency = self.agencies.read(scan, agency_hit)
            if agency is not None:
                body, end = self._stretched(scan, *agency) if ahead else agency
                return PostRef(entry.title, body), end
        if agency_hit is None and scan.key.startswith(unit_key + " ", position) and scan.text[position].islower() and position - hit.end <= 2:
            inner = scan.hit_inside(position, Category.AGENCY)  # "Cục trưởng cục Hải quan tỉnh Bình Dương"
            agency = self.agencies.read(scan, inner) if inner is not None and " " in scan.text[inner.start : inner.end] else None
            if agency is not None:
                body, end = self.agencies.inside(scan, *agency)
                return PostRef(entry.title, body), end
        if unit_key in ("cục", "vụ", "chi cục", "tổng cục", "viện", "ban", "phòng", "khoa") and position - hit.end <= 2:
            again = position + len(unit_key) if scan.key.startswith(unit_key + " ", position) else hit.end  # "Vụ trưởng vụ Pháp chế"
            name, place, stop = self.agencies.open_name(scan, again)
            if (name and len(name.split()) >= 2 and scan.run_from(position) is None) or (name and self._is_unit_name(scan, position, name)):
                body, stop = self.agencies.unit(scan, f"{entry.unit} {name}", place, stop)
                body, stop = self._stretched(scan, body, stop) if ahead else (body, stop)
                return PostRef(entry.title, body), stop
            return self._unit_of_parent(scan, entry, hit.end)
        return None

    def _unit_of_parent(self, scan: Scan, entry: PostEntry, end: int) -> tuple[PostRef, int] | None:
        """A unit named in lower case before the body it is part of: "Trưởng ban thực hiện chính sách, thuộc Bảo hiểm xã hội Việt Nam"."""
        match = _LOWER_UNIT.match(scan.text, end)
        parent_hit = scan.hit(match.end(), Category.AGENCY) if match is not None else None
        parent = self.agencies.read(scan, parent_hit) if parent_hit is not None else None
        if match is None or parent is None or (match["comma"] and not self._holds_unit(scan, match, parent[0])):
            return None
        return PostRef(entry.title, AgencyRef(f"{entry.unit} {squeeze(match['name'])}", parent=parent[0])), parent[1]

    def _holds_unit(self, scan: Scan, match: re.Match[str], parent: AgencyRef) -> bool:
        """Whether the body behind a comma can be the unit's own: "Trưởng phòng giám sát ngộ độc, | Cục An toàn thực phẩm"."""
        body = self.registers.agencies.get(parent.entry)
        within = body is not None and (body.level in ("ministry", "ministry_unit", "facility") or body.id.startswith("so-"))
        return within and self._goes_on.search(scan.key, match.start(), match.end("name")) is None

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
        start = position + 3 if scan.key.startswith("bộ ", position) else position
        pattern, ministries = self._ministries
        match = pattern.match(scan.key, start) if 0 < position - end <= 2 else None
        if match is None:
            return None
        agency = ministries[_loose(match.group())]
        return PostRef(entry.title, AgencyRef(agency.name, entry=agency.id)), match.end()

    def _secretary_of_place(self, scan: Scan, entry: PostEntry, end: int) -> tuple[PostRef, int] | None:
        """ "Bí thư Đà Nẵng", "Phó Bí thư huyện Mê Linh": the secretary of its Party committee."""
        placed = self.agencies.places.read(scan, AgencyRef(""), end)
        if placed is None or placed[1] <= end:
            return None
        place = placed[0]
        committee = _COMMITTEE_OF.get(place.level) if place.level != "thành phố" or place.province or not place.place else None
        if committee is None:
            return None
        agency = self.registers.agencies[committee]
        return PostRef(entry.title, AgencyRef(agency.name, place=place.place, province=place.province, entry=agency.id)), placed[1]

    def _chair_of_place(self, scan: Scan, entry: PostEntry, end: int) -> tuple[PostRef, int] | None:
        """ "Chủ tịch Hà Nội", "Phó Chủ tịch thành phố", "Chủ tịch huyện Mê Linh": the chair of its People's Committee."""
        position = scan.skip(end)
        province, level = scan.hit(position, Category.PROVINCE), _PLACE_OF_CHAIR.match(scan.key, end)
        if province is None and level is None:
            return None
        if entry.title.endswith(("Bí thư", "Bí thư Thường trực")):
            return self._secretary_of_place(scan, entry, end)
        if "Chủ tịch" not in entry.title:
            return None
        committee = self.registers.agencies["uy-ban-nhan-dan"]
        ref = AgencyRef(committee.name, entry=committee.id)
        placed = self.agencies.places.read(scan, ref, end)
        return (PostRef(entry.title, placed[0]), placed[1]) if placed is not None and placed[1] > end else None


def _loose(name: str) -> str:
    """A name's words alone, without "và": "tn mt" of "TN & MT"."""
    return " ".join(word for word in re.findall(r"\w+", key(name)) if word != "và")

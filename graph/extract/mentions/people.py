"""Read persons with their titles, and titles that stand alone.

Reads: a `Scan`. Gives: mentions of officials (name and posts in one span) and of bare titles ("đồng chí Phó Chủ tịch UBND tỉnh").

Titles before the name:  Phó Chủ tịch UBND tỉnh Phạm Duy Hưng · PGS.TS Lương Ngọc Khuê
Titles behind the name:  đồng chí Hồ Quốc Dũng, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy · Lê Văn An - Giám đốc · Lê Văn An (Giám đốc)
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.extract.mentions.found import BareTitle, ShortName
from graph.extract.mentions.scan import Scan
from graph.extract.mentions.titles import TitleItem, TitleReader
from graph.model import AgencyRef, Kind, Mention, PersonRef, PostRef, Span
from graph.registers.gazetteer import Category
from graph.registers.registers import Registers
from graph.text.names import is_syllable, syllables
from graph.text.normalize import key, squeeze

_SOFT = re.compile(r"[\s.:]{0,3}")
# Age or year of birth between a name and a title: "bà Lê Thị An (40 tuổi) - Phó …", "ông Lê Văn An (SN 1966; nguyên …".
_AGED = re.compile(r"\s?\((?:(?:sn|sinh năm|sinh)\s?)?\d{2,4}(?:\stuổi)?(?P<close>\)|[,;]\s)")
_BEHIND = re.compile(
    r"\s?(?P<mark>,|[-–]|\(|là|hiện là|đều là|–)\s{0,2}(?P<both>(?:cùng|đều)(?:\s(?:cùng|là|giữ chức))*\s)?"
    r"(?:(?:hiện|đang|từng)\s(?:là|giữ chức(?: vụ)?)\s)?|[-–]\s{0,2}"
)
_GROUP_MARK = re.compile(r"(?:các|hai|ba|bốn|\d) (?:đồng chí|ông|bà|đ/c)")
_BOTH = re.compile(r"(?<!\w)(?:đều|cùng)\s")
_CELL = re.compile(r"[ ]?\|[ ]?")  # between a name and its post in a row of a table
_WIDEST_CELL = 160  # code points
# Before a title that all names behind it share: "các Thứ trưởng A, B và C".
_OF_SEVERAL = re.compile(r"(?<!\w)(?:các|những|cả|hai|ba|bốn|0?[2-9])\s(?:vị |đồng chí |ông |bà )?\Z")
_NEXT_NAME = re.compile(r"\s?(?:,\s?(?:và\s)?|và\s)(?:(?:ông|bà|đồng chí|đ/c)\s)?")
# Between a name and the body that somebody without a title speaks for.
_OF_UNIT = re.compile(r"\s?(?P<mark>,|[-–]|\()\s?(?P<stands_for>(?:là )?(?:đại diện(?: cho)?(?: lãnh đạo)?|chuyên viên)\s)?")
_LEVELS = frozenset({"central", "ministry", "ministry_unit", "province", "district"})
_PUBLIC = frozenset({"StateBody", "PartyBody", "MassOrganisation"})
_UNITS = frozenset({"cuc", "vu", "phong", "chi-cuc", "tong-cuc", "uy-ban-nhan-dan", "hoi-dong-nhan-dan", "van-phong", "thanh-tra", "cong-an"})
_ROW_GOES_ON = re.compile(r"\)?\s?(?:,|;|và|&)\s?(?=[A-ZĐ])")
_UNMARKED = re.compile(r"\s(?=[^\W\d_])")
# Words that hand the floor to someone else: in "thừa ủy quyền của Thủ tướng, Phó Chủ tịch A" the first title isn't A's.
_ON_BEHALF = re.compile(
    r"(?:ủy quyền|thay mặt|báo cáo|chỉ đạo|đề nghị|yêu cầu|ý kiến|kết luận|quyết định|phân công|trả lời|câu hỏi|cùng|với|cho|gửi)"
    r"\s(?:(?:của|với|cho|tới|đến|theo|lãnh đạo)\s)?\Z"
)


Phrase = Mention[PersonRef] | BareTitle | ShortName


class PeopleReader:
    """Parses persons; needs the parser of titles."""

    def __init__(self, registers: Registers, titles: TitleReader) -> None:
        self.registers = registers
        self.titles = titles
        # First words of bodies: "Bộ Lao …" is no person.
        self._heads = frozenset(key(a.name).split()[0] for a in registers.agencies.values())

    # ---- names

    def name_at(self, scan: Scan, position: int, *, titled: bool) -> Span | None:
        """The personal name that begins here; `titled` if a title or "ông" stands before it, which allows rarer names."""
        run = scan.run_from(position)
        if run is None:
            return None
        parts = syllables(scan.text, *run)
        stop = len(parts)
        for i, (start, _) in enumerate(parts):
            if i >= 2 and self._ends_name(scan, start, parts[-1][1]):
                stop = i
                break
        parts = parts[:stop]
        first = scan.text[slice(*parts[0])]
        risk = self.registers.surname_risk(first)
        if risk is None and (not (titled and len(parts) >= 2) or key(first) in self._heads):
            return None
        if len(parts) == 2 and self._is_place(scan, position, parts[-1][1]):
            return None
        if not 2 <= len(parts) <= 5:
            if len(parts) > 5 and risk is not None:
                parts = parts[:4]
            else:
                return None
        if risk == "high" and not titled and len(parts) < 3:
            return None
        whole = scan.hit_at.get(position)
        if (
            whole is not None
            and any(e.category in (Category.PROVINCE, Category.AGENCY, Category.AWARD, Category.LAW) for e in whole.entries)
            and whole.end >= parts[-1][1]
        ):
            return None
        return position, parts[-1][1]

    def _ends_name(self, scan: Scan, start: int, run_end: int) -> bool:
        """Whether a title or a body begins inside a run of capitals, so that the name before it is over: not so in "Nguyễn Trọng Khoa, …"."""
        hit = scan.hit_at.get(start)
        if hit is None or (hit.entry(Category.POST) is None and hit.entry(Category.AGENCY) is None):
            return False
        return hit.end < run_end or " " in scan.text[hit.start : hit.end].strip()

    def _is_place(self, scan: Scan, start: int, end: int) -> bool:
        """Whether two capitalised syllables are a district that the text names with its level: "quận Hoàng Mai … Phó Chủ tịch Hoàng Mai"."""
        name = scan.key[start:end]
        return name in scan.leveled and bool(self.registers.provinces_of_district(name))

    def short_name_at(self, scan: Scan, position: int) -> Span | None:
        """A given name alone, as after "ông", "bà": "ông Chung"."""
        run = scan.run_from(position)
        if run is None:
            return None
        parts = syllables(scan.text, *run)
        return parts[0] if len(parts) == 1 and is_syllable(scan.text[slice(*parts[0])]) else None

    # ---- persons

    def read(self, scan: Scan, start: int, end: int, blocked: list[Span]) -> list[Phrase]:
        """Persons, bare titles and short names of a sentence [start, end), in order.

        blocked: spans where no person can begin, such as the issuers inside citations.
        """
        titles = {h.start for h in scan.hits_in(start, end) if h.entry(Category.POST) is not None}
        floor = start
        phrases: list[Phrase] = []
        for position in sorted(titles.union(scan.names_in(start, end))):
            if position < floor or any(a <= position < b for a, b in blocked):
                continue
            if scan.hit(position, Category.POST) is not None:
                stop, found = self._from_titles(scan, position, start, end)
            else:
                stop, found = self._from_name(scan, position, end)
            phrases.extend(found)
            floor = max(floor, stop)
        self._share_title(scan, phrases)
        return phrases

    def _is_office(self, agency: AgencyRef) -> bool:
        """Whether a body is an office of the State, the Party or a mass organisation: no hospital, school, firm or newspaper."""
        entry = self.registers.agencies.get(agency.entry)
        return entry is not None and entry.cls in _PUBLIC and (entry.level in _LEVELS or entry.id in _UNITS)

    def _share_title(self, scan: Scan, phrases: list[Phrase]) -> None:
        """Give a title that is told to be that of several to the names before it: "A | và B, đều là Phó Giám đốc"."""
        for i in range(len(phrases) - 1, 0, -1):
            last = phrases[i]
            if not isinstance(last, Mention) or not last.value.posts or last.value.post_spans[0][0] < last.start:
                continue
            both = _BOTH.search(scan.key, last.start, last.value.post_spans[0][0]) is not None
            if not both and not scan.key.endswith(" là ", last.start, last.value.post_spans[0][0]):
                continue
            begin, first = last.start, i
            for j in range(i - 1, -1, -1):
                name = phrases[j]
                if not isinstance(name, Mention) or name.value.posts or _NEXT_NAME.fullmatch(scan.key, name.end, begin) is None:
                    break
                begin, first = name.start, j
            if both or _GROUP_MARK.match(scan.key, begin) is not None:  # "các ông A, B là Phó Chủ tịch"
                phrases[first:i] = [_with_posts(p, last.value.posts) for p in phrases[first:i] if isinstance(p, Mention)]

    def _from_titles(self, scan: Scan, position: int, start: int, end: int) -> tuple[int, list[Phrase]]:
        items, stop = self.titles.row(scan, position, end, ahead=True)
        if not items:
            return position + 1, []
        after = _SOFT.match(scan.text, stop)
        name_start = after.end() if after is not None else stop
        name = self.name_at(scan, name_start, titled=True) if name_start < end else None
        found: list[Phrase] = []
        if name is None:
            if items[-1].kind == "honorific" and len(items) == 1:
                short = self.short_name_at(scan, name_start)
                if short is not None and short[1] <= end:
                    return short[1], [ShortName((position, short[1]), short)]
            if all(i.kind == "membership" for i in items) and not scan.key.startswith(":", stop):
                return items[0].start + len(items[0].post.title) if items[0].post is not None else stop, []  # "các thành viên Ban Chỉ đạo" names the body
            found.extend(BareTitle(i.start, i.end, i.post) for i in items if i.post is not None)
            return stop, found
        before, own = self._owned(scan, items, start)
        found.extend(BareTitle(i.start, i.end, i.post) for i in before if i.post is not None)
        begin = own[0].start if own else name[0]
        titled = [i for i in own if i.post is not None]
        mention_end, behind = self._behind(scan, name[1], end, bool(titled))
        if titled and not behind and own[0] is titled[0] and _OF_SEVERAL.search(scan.key, max(0, own[0].start - 20), own[0].start):
            found.append(self._mention(scan, begin, name, mention_end, own))
            return self._same_title(scan, mention_end, end, titled, found)
        unit = self._unit_behind(scan, mention_end, end) if own and not titled and not behind else None
        body, mention_end = unit if unit is not None else (None, mention_end)
        found.append(self._mention(scan, begin, name, mention_end, [*own, *behind], body))
        return mention_end, found

    def _same_title(self, scan: Scan, stop: int, end: int, titles: list[TitleItem], found: list[Phrase]) -> tuple[int, list[Phrase]]:
        """The names that share a title with the first: "các Thứ trưởng Bộ Y tế A | , B và C"; one with a title of its own isn't among them."""
        while (joint := _NEXT_NAME.match(scan.key, stop, end)) is not None:
            name = self.name_at(scan, joint.end(), titled=True)
            if name is None or name[1] > end or self._behind(scan, name[1], end, False)[1]:
                break
            found.append(_with_posts(self._mention(scan, name[0], name, name[1], []), tuple(i.post for i in titles if i.post is not None)))
            stop = name[1]
        return stop, found

    def _unit_behind(self, scan: Scan, position: int, end: int) -> tuple[AgencyRef, int] | None:
        """The body of somebody without a title: "ThS. Lê Văn An, Vụ Pháp chế, Bộ Y tế", "ông Lê Văn An, đại diện Sở Y tế".

        Behind a mere comma only a unit with its parent is; a body alone may be the next of a list of those who came.
        """
        match = _OF_UNIT.match(scan.key, position, end)
        hit = scan.hit(match.end(), Category.AGENCY) if match is not None else None
        if match is None or hit is None or not (scan.text[hit.start].isupper() or match["stands_for"]):
            return None
        read = self.titles.agencies.read(scan, hit)
        if read is None or not self._is_office(read[0]):
            return None
        if match["mark"] == "," and not match["stands_for"] and (read[0].parent is None or _ROW_GOES_ON.match(scan.text, read[1])):
            return None
        close = match["mark"] == "(" and scan.text[read[1] : read[1] + 1] == ")"
        return None if match["mark"] == "(" and not close else (read[0], read[1] + close)

    def _owned(self, scan: Scan, items: list[TitleItem], start: int) -> tuple[list[TitleItem], list[TitleItem]]:
        """Split a row before a name into titles of someone else and the person's own (lesson: "thừa ủy quyền của …, …")."""
        first_post = next((i for i in items if i.post is not None), None)
        if first_post is None or first_post is items[-1] or first_post.kind == "membership":
            return [], items
        window = scan.key[max(start, first_post.start - 30) : first_post.start]
        later = [n for n, item in enumerate(items) if item.start > first_post.start and item.separator == ","]
        several = _OF_SEVERAL.search(window) is not None and first_post.post is not None and first_post.post.agency is None  # "hai Bộ trưởng, Bí thư … A"
        if (several or _ON_BEHALF.search(window)) and later:
            cut = later[0]
            return items[:cut], items[cut:]
        return [], items

    def _from_name(self, scan: Scan, position: int, end: int) -> tuple[int, list[Phrase]]:
        name = self.name_at(scan, position, titled=False)
        if name is None or name[1] > end or self._part_of_body(scan, name):
            return position + 1, []
        stop, behind = self._behind(scan, name[1], end, False)
        if not any(i.post is not None for i in behind):
            return name[1], [self._mention(scan, position, name, name[1], behind)] if self._looks_personal(scan, name) else []
        return stop, [self._mention(scan, position, name, stop, behind)]

    def _part_of_body(self, scan: Scan, name: Span) -> bool:
        """Whether a body's registered name holds this name: "Đoàn Thanh niên Cộng sản Hồ Chí Minh"."""
        return any(h.start < name[0] and name[1] <= h.end and h.entry(Category.AGENCY) is not None for h in scan.hits_in(name[0] - 80, name[0]))

    def _looks_personal(self, scan: Scan, name: Span) -> bool:
        """A bare run is kept as a name to be matched with a titled mention of the same person elsewhere."""
        parts = syllables(scan.text, *name)
        risk = self.registers.surname_risk(scan.text[slice(*parts[0])])
        return (len(parts) >= 3 and risk in ("low", "medium")) or (len(parts) == 2 and risk == "low")

    def _behind(self, scan: Scan, position: int, end: int, has_office: bool) -> tuple[int, list[TitleItem]]:
        """Titles behind a name, up to the next person's: "Lương Cường, Thủ tướng Phạm Minh Chính" gives none."""
        aged = _AGED.match(scan.key, position)
        if aged is not None:  # the bracket opens the row, or stands before its mark
            match = _BEHIND.match(scan.key, aged.end()) if aged["close"] == ")" else aged
        else:
            match = _BEHIND.match(scan.key, position) or self._cell(scan, position)
        if match is None and not has_office:
            match = _UNMARKED.match(scan.text, position)  # "đồng chí Nguyễn Văn An Ủy viên Bộ Chính trị - …"
        if match is None or match.end() >= end:
            return position, []
        items, stop = self.titles.row(scan, match.end(), end)
        if items and items[0].kind in ("honorific", "honorifics") and match.group().strip() == ",":
            return position, []  # "Tổng Bí thư A, đồng chí Thường trực Ban Bí thư": somebody else
        following = next((n for n, i in enumerate(items) if n and i.post is None and i.kind != "former"), None)
        if following is not None and any(i.post is not None for i in items[:following]):
            # "Phó Giám đốc Bệnh viện A và ông …": the mark of a person opens the next one.
            items = items[:following]
            return (items[-1].end, items) if items else (position, [])
        if not any(i.post is not None for i in items):
            return position, []
        after = _SOFT.match(scan.text, stop)
        follower = after.end() if after is not None else stop
        if self._named(scan, follower) and follower - stop <= 2 and scan.text[stop:follower].strip() == "":
            # The row runs into another name: its last title, or with titles before names all of it, is that person's.
            cut = 0 if has_office else next((n for n in range(len(items) - 1, 0, -1) if items[n].separator == ","), 0)
            items = items[:cut]
            if not items:
                return position, []
            stop = items[-1].end
        if match.group().lstrip()[:1] == "(" and scan.text[stop : stop + 1] == ")":
            stop += 1
        return stop, items

    def _named(self, scan: Scan, position: int) -> bool:
        """Whether a name with a surname begins here; "Chủ tịch UBND | Vĩnh Tiến" goes on with a place."""
        name = self.name_at(scan, position, titled=True)
        return name is not None and self.registers.surname_risk(scan.text[slice(*name)].split(maxsplit=1)[0]) is not None

    def _cell(self, scan: Scan, position: int) -> re.Match[str] | None:
        """The border to the next cell of a table, unless the cell before the name holds a title, which then is the name's."""
        border = _CELL.match(scan.text, position)
        if border is None:
            return None
        cell = scan.text.rfind("|", max(0, position - _WIDEST_CELL), position)
        before = scan.text.rfind("|", max(0, cell - _WIDEST_CELL), cell)
        titled = any(hit.entry(Category.POST) is not None and hit.start < cell for hit in scan.hits_in(before + 1, cell)) if 0 <= before < cell else False
        return None if titled or cell < 0 else border

    def _mention(
        self, scan: Scan, begin: int, name: Span, end: int, items: list[TitleItem], unit: AgencyRef | None = None,
    ) -> Mention[PersonRef]:  # fmt: skip
        posts = tuple(i.post for i in items if i.post is not None)
        spans = tuple((i.start, i.end) for i in items if i.post is not None)
        private = any(i.kind == "office" and i.post is None for i in items)
        person = PersonRef(_proper(scan.text[slice(*name)]), posts, spans, private, unit)
        return Mention.at(scan.text, Kind.OFFICIAL, (begin, end), person, "person")


def _with_posts(mention: Mention[PersonRef], posts: tuple[PostRef, ...]) -> Mention[PersonRef]:
    """A name with posts that stand elsewhere in its sentence; its own span shows where it has them."""
    return replace(mention, value=replace(mention.value, posts=posts, post_spans=(mention.span,) * len(posts)))


def _proper(name: str) -> str:
    """A name on one line; a shouted one in title case."""
    name = squeeze(name)
    return name.title() if name.isupper() and len(name) > 3 else name

"""Read documents that a text cites by name: laws with their year, amending laws, resolutions of congresses and plenums, programmes.

Reads: a `Scan`. Gives: mentions whose title is the official name; an amending law is one mention, with the laws inside its name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.extract.mentions.citing import Citing
from graph.extract.mentions.scan import Scan
from graph.model import AgencyRef, DirectiveRef, Kind, Mention, PartialDate
from graph.registers.gazetteer import Category, Hit
from graph.registers.registers import Registers
from graph.text.normalize import capitalize, squeeze

_LAW_KINDS = ("Luật", "Bộ luật", "Pháp lệnh")
_TERM_YEAR = re.compile(r"\s(?:ban hành\s)?(?:năm\s)?(?P<year>(?:19|20)\d\d)(?![\d/]|\s?[-–]\s?\d)")
# "kinh phí thực hiện Pháp lệnh … năm 2013": the year of the money.
_BUDGET = re.compile(r"(?:kinh phí|dự toán|ngân sách)[^.;\n]{0,60}thực hiện\s(?:các\s)?\Z")
_DRAFT = re.compile(r"(?:dự thảo|dự kiến ban hành|sửa đổi)\s(?:các\s)?\Z")
# Before a law that is none yet: "thông qua dự án Luật …", "dự thảo lần 2 Bộ luật …", "hồ sơ đề nghị xây dựng Luật …".
_DRAFT_LAW = re.compile(r"(?<!\w)(?:dự án|dự thảo|dự luật|xây dựng|soạn thảo)(?:\s(?:án|lần\s\w{1,4}|sửa đổi|các|hồ sơ))*\s\Z")
_ISSUES = re.compile(r"(?:ban hành|phê duyệt|sửa đổi|bổ sung|điều chỉnh|cập nhật|thông qua)\s\Z")
_CONGRESS = re.compile(
    r"Nghị quyết\s(?:của\s)?(?P<name>[Đđ]ại hội\s(?:[^\W\d_]+\s){0,9}?(?:(?:lần\sthứ|khóa|khoá)\s)?"
    r"(?P<ordinal>[IVXL]{1,6}|\d{1,2})(?!\w)(?:\s(?:của\s)?Đảng(?!\w))?)"
)
_PLENUM = re.compile(
    r"(?P<kind>Nghị quyết|Kết luận)\s(?:của\s)?(?P<name>(?:Hội nghị\s)?(?:lần thứ|Trung ương|TW|TƯ)\s(?:lần thứ\s)?(?P<ordinal>\d{1,2}|[^\W\d_]+)"
    r"(?:,?\s(?:của\s)?(?:Ban [Cc]hấp hành|BCH)\s(?:Trung ương|TW|TƯ)(?:\sĐảng)?)?(?:,?\s\(?[Kk]h[óo][áa]?\s(?P<term>[IVXL]{1,6})\)?)?)(?!\w)"
)
_AMENDING = re.compile(r"\s(?P<verb>sửa đổi(?:,?\s?(?:và\s)?bổ sung)?)(?:\s(?:một số|các)\sđiều)?(?:\s(?:của|các))?\s")
# What a programme carries out, with the number as written: "triển khai Nghị quyết số 15", "thực hiện Nghị quyết số 20-NQ/TW".
_CARRIES = re.compile(
    r"\s(?:được\sban\shành\s)?(?:về\s|để\s|nhằm\s)?(?P<verb>(?:triển khai thực hiện|triển khai|thực hiện)\s(?:nghị quyết|chỉ thị|kết luận)\s(?:số\s)?"
    r"\d{1,4}(?:[-/][\w/-]{2,20})?)"
)
_TO_LAW_NUMBER = re.compile(r"(?P<rest>(?:,| và| theo)[^;.()\d\n]{3,400}?) số (?=\d{1,3}/\d{4}/qh\d)")
_NAME_TO_NUMBER = re.compile(
    r"(?P<name>(?: (?!luật |bộ luật |pháp lệnh |nghị |sửa đổi|này |đã |được |ngày |năm )[^;.()\d\n ]{1,20}){0,24}) "
    r"(?:\((?:luật |bộ luật |pháp lệnh )?)?số ?:? ?(?=\d{1,3}/\d{4}/(?:ubtv)?qh ?\d)"
)
_ORDINALS = {"nhất": "1", "hai": "2", "ba": "3", "tư": "4", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7", "tám": "8", "chín": "9", "mười": "10"}
_LAW_STOP = re.compile(
    r"\s(?:ngày|năm|số|và|được|quy định|thì|có|là|phải|về|đã|đang|khi|để|trong|theo|cho|của|đối với|với|hiện hành|mới"
    r"|này|do|tại|sửa đổi|từ|nhằm|như|hoặc|nêu|trên)(?!\w)|[,;.:()\n“”\"]"
)

# The rest of a law's name behind a comma, where the text then dates or numbers it: "Luật Bảo vệ | , chăm sóc trẻ em | năm 2004".
_BEHIND_COMMA = re.compile(
    r",\s(?=[^\W\d_A-ZĐ])(?!các |và |nghị |thông tư|quyết |bộ |luật |pháp )[^,;.:()\n“”\"]{3,70}?"
    r"(?:,\s(?!các |và |nghị |luật )[^,;.:()\n“”\"]{3,40}?)?(?=\s(?:năm|ngày)\s\d|\ssố\s\d)"
)


class NamedReader:
    """Parses names of documents."""

    def __init__(self, registers: Registers, citing: Citing) -> None:
        self.registers = registers
        self.citing = citing

    def read(self, scan: Scan) -> list[Mention[DirectiveRef]]:
        """All documents cited by name, without those inside the names of others."""
        found: list[Mention[DirectiveRef]] = []
        text = scan.text
        for match in _CONGRESS.finditer(text):
            if scan.in_facts(match.start()):
                ref = DirectiveRef("Nghị quyết", title=f"Nghị quyết {capitalize(squeeze(match['name']))}")
                found.append(Mention.at(text, Kind.DIRECTIVE, match.span(), ref, "congress"))
        for match in _PLENUM.finditer(text):
            if scan.in_facts(match.start()) and self._is_ordinal(match["ordinal"]):
                found.append(self._plenum(scan, match))
        for hit in scan.of(Category.LAW, Category.KIND, Category.PROGRAMME):
            mention = self._law(scan, hit) or self._programme(scan, hit) or self._registered_programme(scan, hit)
            if mention is not None:
                found.append(mention)
        found.sort(key=lambda m: (m.start, -m.end))
        return _outermost(found)

    def _is_ordinal(self, word: str) -> bool:
        return word.isdigit() or word.lower() in _ORDINALS

    def _plenum(self, scan: Scan, match: re.Match[str]) -> Mention[DirectiveRef]:
        ordinal = match["ordinal"] if match["ordinal"].isdigit() else _ORDINALS[match["ordinal"].lower()]
        term = f" khóa {match['term']}" if match["term"] else ""
        title = f"{match['kind']} Hội nghị lần thứ {ordinal} Ban Chấp hành Trung ương Đảng{term}"
        committee = self.registers.agencies["bch-trung-uong"]
        ref = DirectiveRef(match["kind"], title=title, issuer=AgencyRef(committee.name, entry=committee.id), issuer_inferred=True)
        return Mention.at(scan.text, Kind.DIRECTIVE, match.span(), ref, "plenum")

    def _law(self, scan: Scan, hit: Hit) -> Mention[DirectiveRef] | None:
        """A law, code or ordinance by name; the whole name of an amending one."""
        law, kind = hit.entry(Category.LAW), hit.entry(Category.KIND)
        text = scan.text
        if (law is not None or (kind is not None and kind.id in _LAW_KINDS)) and self._is_draft(scan, hit.start):
            return None
        if kind is not None and kind.id in _LAW_KINDS and text[hit.start].isupper():
            amending = self._amending(scan, hit)
            if amending is not None:
                return amending
            if law is None:
                return self._law_by_shape(scan, hit, kind.id)
        if law is None or not (text[hit.start].isupper() or text[hit.start + len(law.id.split(" ")[0]) + 1 : hit.end][:1].isupper()):
            return None
        return self._closed(scan, hit.start, hit.end, DirectiveRef(self.citing.law_kind(law.id), title=law.id), "law")

    def _is_draft(self, scan: Scan, start: int) -> bool:
        """Whether a law is only proposed where it is named."""
        return _DRAFT_LAW.search(scan.key, max(0, start - 44), start) is not None

    def amending_ends(self, scan: Scan) -> dict[int, Mention[DirectiveRef]]:
        """Amending laws by where their name ends, as "Luật sửa đổi, bổ sung một số điều của Luật X" before "số 87/2025/QH15"."""
        found = {}
        for hit in scan.of(Category.KIND):
            kind = hit.entry(Category.KIND)
            if kind is not None and kind.id in _LAW_KINDS and scan.text[hit.start].isupper():
                mention = self._amending(scan, hit)
                if mention is not None:
                    found[mention.end] = mention
                    behind = self._number_behind(scan, mention.end)
                    if behind is not None:
                        found[behind] = Mention.at(scan.text, mention.kind, (mention.start, behind), mention.value, mention.rule)
        return found

    def numbered_laws(self, scan: Scan) -> dict[int, Mention[DirectiveRef]]:
        """Laws by where their number begins, if it stands behind their whole name: "Luật Thủ đô của nhân dân | số 12/2019/QH14"."""
        found = {}
        for hit in scan.of(Category.LAW, Category.KIND):
            law, kind = hit.entry(Category.LAW), hit.entry(Category.KIND)
            if not scan.text[hit.start].isupper() or (law is None and (kind is None or kind.id not in _LAW_KINDS)):
                continue
            match = _NAME_TO_NUMBER.match(scan.key, hit.end)
            if match is None or (law is None and not scan.text[hit.end + 1].isupper()) or self._is_draft(scan, hit.start):
                continue
            name = squeeze(scan.text[hit.start : match.end("name")])
            kind_id = kind.id if kind is not None else self.citing.law_kind(law.id) if law is not None else ""
            title = law.id if law is not None and match.end("name") == hit.end else capitalize(name)
            found[match.end()] = Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, match.end()), DirectiveRef(kind_id, title=title), "law-numbered")
        return found

    def _number_behind(self, scan: Scan, end: int) -> int | None:
        """Where the name of an amending law ends before its number, if laws that no list knows stand between."""
        match = _TO_LAW_NUMBER.match(scan.key, end)
        return end + len(match["rest"]) if match is not None else None

    def _amending(self, scan: Scan, hit: Hit) -> Mention[DirectiveRef] | None:
        match = _AMENDING.match(scan.key, hit.end)
        if match is None:
            return None
        end = match.end()
        names: list[str] = []
        while True:
            inner = scan.hit_at.get(end)
            law = inner.entry(Category.LAW) if inner is not None else None
            kind = inner.entry(Category.KIND) if inner is not None else None
            if inner is not None and law is not None:
                names.append(law.id)
                end = inner.end
            elif inner is not None and kind is not None and kind.id in _LAW_KINDS:
                stop = _LAW_STOP.search(scan.key, inner.end + 1, inner.end + 120)
                end = stop.start() if stop is not None else inner.end
                names.append(squeeze(scan.text[inner.start : end]))
            else:
                break
            joint = re.match(r"(?:,|,?\s?và)\s", scan.text[end : end + 5])
            following = scan.hit_at.get(end + joint.end()) if joint is not None else None
            if (
                joint is None
                or following is None
                or not (following.entry(Category.LAW) or following.entry(Category.KIND))
                or not scan.key.startswith(("luật", "bộ luật", "pháp lệnh", "thuế"), end + joint.end())
            ):
                break
            end += joint.end()
        if not names:
            return None
        # A name that a scan spoiled ends the list early; the law's date tells where the list really ends.
        rest = re.match(r"[^;.\ue004()]{1,60}?(?=\sngày\s\d)", scan.key[end : end + 70])
        if rest is not None and len(names) > 1 and "luật" not in rest.group():
            end += rest.end()
        kind_entry = hit.entry(Category.KIND)
        assert kind_entry is not None
        title = f"{kind_entry.id} sửa đổi, bổ sung một số điều của " + (names[0] if len(names) == 1 else ", ".join(names[:-1]) + " và " + names[-1])
        if len(names) > 2:
            title = capitalize(squeeze(scan.text[hit.start : end]))
        return self._closed(scan, hit.start, end, DirectiveRef(kind_entry.id, title=title), "law-amending")

    def _law_by_shape(self, scan: Scan, hit: Hit, kind: str) -> Mention[DirectiveRef] | None:
        if not re.match(r"\s[^\W\d_]", scan.text[hit.end : hit.end + 2]) or not scan.text[hit.end + 1].isupper():
            return None
        stop = _LAW_STOP.search(scan.key, hit.end + 1, min(len(scan.text), hit.end + 100))
        if stop is None or stop.start() - hit.end > 80:
            return None
        more = _BEHIND_COMMA.match(scan.key, stop.start())
        end = more.end() if more is not None and scan.text[stop.start() + 2].islower() else stop.start()
        line = scan.text.find("\n\n", hit.start, end)
        end = line if line != -1 else end
        name = squeeze(scan.text[hit.start : end])
        if len(name.split()) < 2 or name.isupper():
            return None
        return self._closed(scan, hit.start, end, DirectiveRef(kind, title=capitalize(name)), "law-shape")

    def _closed(self, scan: Scan, start: int, end: int, ref: DirectiveRef, rule: str) -> Mention[DirectiveRef]:
        """The mention of a law with the date or year behind its name."""
        dated, stop = self.citing.dated(scan, ref, end)
        if stop == end:
            match = _TERM_YEAR.match(scan.key, end)
            if match is not None:
                dated, stop = replace(ref, date=PartialDate(int(match["year"]))), match.end()
        if dated.date is not None and not dated.date.month and _BUDGET.search(scan.key, max(0, start - 90), start):
            dated, stop = ref, end
        ref = dated
        return Mention.at(scan.text, Kind.DIRECTIVE, (start, stop), ref, rule)

    def _programme(self, scan: Scan, hit: Hit) -> Mention[DirectiveRef] | None:
        """ "Chương trình Sức khỏe Việt Nam", "Chương trình hành động của Chính phủ thực hiện Nghị quyết số 15-NQ/TW"."""
        kind = hit.entry(Category.KIND)
        if kind is None or kind.id not in ("Chương trình", "Chương trình hành động"):
            return None
        text, text_key = scan.text, scan.key
        if _DRAFT.search(text_key[max(0, hit.start - 20) : hit.start]) or self._issued_with(scan, hit.start):
            return None
        match = re.match(r"\scủa\s", text_key[hit.end : hit.end + 6])
        issuer = self.citing.issuer_at(scan, hit.end + match.end()) if match is not None else None
        carries = _CARRIES.match(text_key, issuer[1]) if issuer is not None else None
        if issuer is None or carries is None:
            return None
        title = squeeze(f"{kind.id} của {issuer[0].label} {text[carries.start('verb') : carries.end()]}")
        return Mention.at(text, Kind.DIRECTIVE, (hit.start, issuer[1]), DirectiveRef(kind.id, title=title, issuer=issuer[0]), "programme-of")

    def _issued_with(self, scan: Scan, position: int) -> bool:
        """ "Nghị quyết số 282/NQ-CP … ban hành Chương trình hành động": a programme issued with a numbered document is that document."""
        if not _ISSUES.search(scan.key, max(0, position - 60), position):
            return False
        clause = max(scan.key.rfind(mark, max(0, position - 250), position) for mark in (";", "\n"))
        return scan.number_in(max(clause, position - 250) + 1, position)

    def _registered_programme(self, scan: Scan, hit: Hit) -> Mention[DirectiveRef] | None:
        """A programme that a registered decision approved, by its name."""
        entry = hit.entry(Category.PROGRAMME)
        if entry is None:
            return None
        kind, _, name = entry.id.partition("|")
        return Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, hit.end), DirectiveRef(kind, title=name), "programme")


def _outermost(mentions: list[Mention[DirectiveRef]]) -> list[Mention[DirectiveRef]]:
    kept: list[Mention[DirectiveRef]] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept

"""Read mentions of policy and legal documents: numbered, named, bare numbers, and definite mentions ("Chỉ thị này").

Reads: a `Scan`. Gives: mentions with number in official form, kind, date, issuer and subject as the text gives them; a date or an
issuer belongs to the number it stands directly behind and is never borrowed from a neighbour, except that a closing "của …" serves
all members of a list that carry the same issuer code.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.extract.agencies import AgencyReader
from graph.extract.people import PeopleReader
from graph.extract.scan import Scan
from graph.model import AgencyRef, DirectiveRef, DocNumber, Genre, Kind, Mention, PartialDate, Zone
from graph.registers.gazetteer import Category, Hit
from graph.registers.numbers import OfficialNumber, as_printed, official
from graph.registers.registers import Registers
from graph.text.dates import WrittenDate
from graph.text.docnumbers import WrittenNumber
from graph.text.normalize import capitalize, key, squeeze

_SPELLED = re.compile(r"(?<![\w/.,-])(?P<number>\d{1,5})(?:/(?P<year>(?:19|20)\d\d))?/(?P<type>[A-ZĐ][A-Za-zĐ]{1,4})\s?-\s?(?=[A-ZĐ][a-zà-ỹ])")
# Only what somebody issues in the first sentences is announced; later it is named in passing.
_HEAD_SENTENCES = 5
_RELEASES = re.compile(r"(?<!\w)(?:ban hành|vừa có|đã có|cũng có|ra|gửi|ký)\s\Z")
_BY_SIGNER = re.compile(r"\sdo\s[^.;,]{5,70}\ský(?!\w)")
_ABOUT = re.compile(
    r"(?:\s(?:khẩn|hỏa tốc|số))?(?:\s(?:gửi|tới|đến|yêu cầu)\s[^.;:\n]{3,140}?)?\s(?:về việc|về|v/v)\s(?P<title>[^.;:\n“”\"()]{12,220}?)"
    r"(?=[.;:\n“”\"()]|,\s(?:trong đó|theo đó|nhằm|yêu cầu|đồng thời|giao|do)\s|\snhằm\s|\Z)"
)
_TO_NUMBER = re.compile(r"\s{0,3}(?:(?<!\w)số)?\s{0,2}:?\s{0,3}\Z")
_VAGUE = re.compile(r"(?<!\w)văn bản\Z")
_LAW_KINDS = ("Luật", "Bộ luật", "Pháp lệnh")
_TO_DATE = re.compile(r"\s{0,2},?\s{0,3}(?:(?:được\s)?(?:ban hành|ký|thông qua)\s)?(?:ngày\s{0,3}|năm\s)?(?=[\d])")
_TO_ISSUER = re.compile(r"\s{0,2},?\s{0,3}(?:\([^()]{1,40}\)\s)?(?:của|do)\s{1,3}(?:đồng chí\s)?")
_TERM_YEAR = re.compile(r"\s(?:ban hành\s)?(?:năm\s)?(?P<year>(?:19|20)\d\d)(?![\d/]|\s?[-–]\s?\d)")
_SUBJECT = re.compile(r"\s{0,2},?\s{0,2}(?:\(\w[^()]{0,40}\)\s)?về\s(?:việc\s)?(?P<subject>[^;.\n“”\"()]{8,240})")
_JOINT = re.compile(r"\s{0,2}(?:,|;|và|cùng|,\s?và)\s{0,2}\Z")
_BARE = re.compile(r"\s(?:số\s)?(?P<number>\d{1,4})(?P<year>/(?:19|20)\d\d)?(?![\d%]|\s?[-/.,]\s?\d|/)")
_BARE_NEXT = re.compile(r"(?:,\s|\svà\s|,\s?và\s)(?:số\s)?(?P<number>\d{2,5})(?![\d%]|\s?[-/.,]\s?\d|/)")
_DATED = re.compile(r"\s(?:ngày\s\d|năm\s(?:19|20)\d\d(?!\d))")
_QUANTITY = re.compile(
    r"\s?(?:năm|tháng|ngày|tuần|tỷ|triệu|nghìn|người|tỉnh|huyện|xã|đơn vị|nội dung|nhiệm vụ|chỉ tiêu|giải pháp|lần|vụ|dự án|mục|văn bản|đồng|bước|trong|của năm|giai đoạn|đề án|chương trình|kế hoạch)(?!\w)"
)
_DEFINITE = re.compile(r"\s(?:nhằm|được|nêu|đề ra|đặt|yêu cầu|xác định|cũng|gồm|quy định|có hiệu lực|chỉ rõ)(?!\w)")
_THIS = re.compile(r"\s(?P<this>này|nêu trên|trên|nói trên)(?!\w)")
_DRAFT = re.compile(r"(?:dự thảo|dự kiến ban hành|sửa đổi)\s(?:các\s)?\Z")
_ISSUES = re.compile(r"(?:ban hành|phê duyệt|sửa đổi|bổ sung|điều chỉnh|cập nhật|thông qua)\s\Z")
_CONGRESS = re.compile(
    r"Nghị quyết\s(?:của\s)?(?P<name>Đại hội\s(?:[^\W\d_]+\s){0,9}?(?:(?:lần\sthứ|khóa|khoá)\s)?(?P<ordinal>[IVXL]{1,6}|\d{1,2})(?!\w)(?:\s(?:của\s)?Đảng(?!\w))?)"
)
_PLENUM = re.compile(
    r"(?P<kind>Nghị quyết|Kết luận)\s(?:của\s)?(?P<name>(?:Hội nghị\s)?(?:lần thứ|Trung ương|TW|TƯ)\s(?:lần thứ\s)?(?P<ordinal>\d{1,2}|[^\W\d_]+)"
    r"(?:,?\s(?:của\s)?(?:Ban [Cc]hấp hành|BCH)\s(?:Trung ương|TW|TƯ)(?:\sĐảng)?)?(?:,?\s\(?[Kk]h[óo][áa]?\s(?P<term>[IVXL]{1,6})\)?)?)(?!\w)"
)
_AMENDING = re.compile(r"\s(?P<verb>sửa đổi(?:,?\s?(?:và\s)?bổ sung)?)(?:\s(?:một số|các)\sđiều)?(?:\s(?:của|các))?\s")
_ORDINALS = {"nhất": "1", "hai": "2", "ba": "3", "tư": "4", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7", "tám": "8", "chín": "9", "mười": "10"}
_BODY_CODES = {
    "bo-chinh-tri": "TW", "ban-bi-thu": "TW", "bch-trung-uong": "TW", "thu-tuong-chinh-phu": "TTg", "chinh-phu": "CP", "uy-ban-nhan-dan": "UBND",
    "tinh-uy": "TU", "thanh-uy": "TU", "hoi-dong-nhan-dan": "HĐND",
}  # fmt: skip
_LAW_STOP = re.compile(
    r"\s(?:ngày|năm|số|và|được|quy định|thì|có|là|phải|về|đã|đang|khi|để|trong|theo|cho|của|với|hiện hành|mới|này|do|tại|sửa đổi|từ|nhằm|như|hoặc|nêu|trên)(?!\w)|[,;.:()\n“”\"]"
)


class DirectiveReader:
    """Parses mentions of documents; needs the agency and people parsers for issuers."""

    def __init__(self, registers: Registers, agencies: AgencyReader, people: PeopleReader) -> None:
        self.registers = registers
        self.agencies = agencies
        self.people = people
        self._kind_words = {key(k): k for k in registers.kinds.values()}

    def read(self, scan: Scan) -> list[Mention]:
        """All directive mentions of a document, in order, without overlaps except laws inside the names of amending laws."""
        mentions: list[Mention] = []
        taken: list[tuple[int, int]] = []
        for mention in self._numbered(scan):
            mentions.append(mention)
            taken.append(mention.span)
        for mention in (*self._named(scan), *self._spelled(scan), *self._bare(scan), *self._announced(scan)):
            if not any(start < mention.end and mention.start < end for start, end in taken):
                mentions.append(mention)
                taken.append(mention.span)
        mentions.sort(key=lambda m: m.span)
        return self._shared_issuers(scan, mentions)

    # ---- numbered

    def _numbered(self, scan: Scan) -> list[Mention]:
        found: list[Mention] = []
        amending = self._amending_ends(scan)
        for written in scan.numbers:
            start, kind, title = self._kind_before(scan, written, amending)
            number, end = official(written, self.registers, kind), written.end
            if number is None:
                number = self._repaired(scan, written, kind) or self._unknown(scan, written, kind)
            if number is None:
                continue
            ref = DirectiveRef(
                kind=number.kind or kind, number=number.text, title=title, type_code=number.type_code, issuer_code=number.issuer_code, year=written.number.year,
                printed=self._printed(scan, written, number),
            )  # fmt: skip
            if written.elliptic:
                found.append(Mention.at(scan.text, Kind.DIRECTIVE, (start, end), self._with_code_issuer(ref, number), "number-elliptic"))
                continue
            ref, end = self._tail(scan, ref, end)
            ref = self._with_code_issuer(ref, number)
            ref = self._with_subject(scan, ref, end)
            found.append(Mention.at(scan.text, Kind.DIRECTIVE, (start, end), ref, "number"))
        return found

    def _spelled(self, scan: Scan) -> list[Mention]:
        """ "49/2010/NĐ-Chính phủ": the issuer is written out behind the type code."""
        found = []
        for match in _SPELLED.finditer(scan.text):
            hit = scan.hit(match.end(), Category.AGENCY)
            code = self._code_of(hit.entry(Category.AGENCY).id) if hit is not None else None  # type: ignore[union-attr]
            if hit is None or code is None or not scan.in_facts(match.start()):
                continue
            year = int(match["year"]) if match["year"] else None
            written = WrittenNumber(match.start(), hit.end, DocNumber(match["number"], (match["type"], code), year), "/-")
            start, kind, title = self._kind_before(scan, written, {})
            number = official(written, self.registers, kind)
            if number is not None:
                ref = DirectiveRef(number.kind or kind, number.text, title=title, type_code=number.type_code, issuer_code=number.issuer_code, year=year)
                ref, end = self._tail(scan, replace(ref, printed=squeeze(scan.text[match.start() : hit.end])), hit.end)
                found.append(Mention.at(scan.text, Kind.DIRECTIVE, (start, end), self._with_code_issuer(ref, number), "number"))
        return found

    def _announced(self, scan: Scan) -> list[Mention]:
        """A document that a report's first sentences announce without a number: "Bộ Y tế vừa có công điện gửi các địa phương về việc …"."""
        if scan.document.genre is not Genre.REPORT:
            return []
        found = []
        sentences = [s for s in scan.document.sentences if s.zone in (Zone.LEAD, Zone.BODY)]
        for index, sentence in enumerate(sentences):
            for hit in scan.hits_in(sentence.start, sentence.end):
                kind = hit.entry(Category.KIND)
                if kind is None or not self.registers.has_numbers(kind.id):
                    continue
                before = (max(sentence.start, hit.start - 30), hit.start)
                if index >= _HEAD_SENTENCES and not any(d.day and sentence.start <= d.start < hit.start for d in scan.dates):
                    continue
                mention = self._announced_about(scan, hit, kind.id, sentence.end) if _RELEASES.search(scan.key, *before) else self._signed_letter(scan, hit, kind.id)
                if mention is not None:
                    found.append(mention)
        return found

    def _announced_about(self, scan: Scan, hit: Hit, kind: str, limit: int) -> Mention | None:
        match = _ABOUT.match(scan.key, hit.end, limit)
        if match is None or len(match["title"].split()) < 4:
            return None
        ref = DirectiveRef(kind, title=f"{kind} về {squeeze(scan.text[slice(*match.span('title'))])}")
        return Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, match.end("title")), ref, "announced")

    def _signed_letter(self, scan: Scan, hit: Hit, kind: str) -> Mention | None:
        """ "Công văn của Bộ Y tế do Thứ trưởng … ký": known by its issuer and signer alone."""
        of = _TO_ISSUER.match(scan.key, hit.end)
        issuer = self.issuer_at(scan, of.end()) if of is not None and scan.text[hit.start].isupper() else None
        if issuer is None or _BY_SIGNER.match(scan.key, issuer[1]) is None:
            return None
        ref = DirectiveRef(kind, title=f"{kind} của {issuer[0].label}", issuer=issuer[0])
        return Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, issuer[1]), ref, "announced")

    def _printed(self, scan: Scan, written: WrittenNumber, number: OfficialNumber) -> str:
        printed = squeeze(scan.text[written.start : written.end])
        return printed if printed != number.text and not written.elliptic else ""

    def _kind_before(self, scan: Scan, written: WrittenNumber, amending: dict[int, Mention]) -> tuple[int, str, str]:
        """Start of the mention, kind and law name that stand before a number: (offset, "Luật", "Luật Dược")."""
        window = max(0, written.start - 60)
        gap = _TO_NUMBER.search(scan.key, window, written.start)
        assert gap is not None
        if gap.start() in amending:
            law = amending[gap.start()]
            assert isinstance(law.value, DirectiveRef)
            return law.start, law.value.kind, law.value.title
        hit = next((h for h in reversed(scan.hits_in(window, written.start)) if h.end <= written.start), None)
        if hit is None or hit.end < gap.start():
            vague = _VAGUE.search(scan.key, window, gap.start())
            return (vague.start() if vague is not None else written.start), "", ""
        law_entry, kind = hit.entry(Category.LAW), hit.entry(Category.KIND)
        if law_entry is not None:
            return hit.start, self._law_kind(law_entry.id), law_entry.id
        return (hit.start, kind.id, "") if kind is not None else (written.start, "", "")

    def _law_kind(self, name: str) -> str:
        """ "Bộ luật" of "Bộ luật Dân sự": the kind that a law's name begins with."""
        return max((k for k in self.registers.kinds.values() if name.startswith(k + " ")), key=len)

    def _repaired(self, scan: Scan, written: WrittenNumber, kind: str) -> OfficialNumber | None:
        """ "Chỉ thị số 27/CTTg … của Thủ tướng Chính phủ": kind and issuer in words tell what the glued code meant."""
        if not kind or written.elliptic:
            return None
        ref, _ = self._tail(scan, DirectiveRef(kind=kind), written.end)
        return self._completed(kind, written.number.number, written.number.year, ref.issuer)

    def _unknown(self, scan: Scan, written: WrittenNumber, kind: str) -> OfficialNumber | None:
        """A number of unknown codes behind the word for its kind, kept as printed; not one whose issuer is spelled out."""
        first = self.registers.type_code(written.number.codes[0], "state")
        if not kind or written.elliptic or (first is not None and first.use == "no") or _SPELLED.match(scan.text, written.start):
            return None
        return as_printed(written, self.registers, kind)

    def _completed(self, kind: str, number: str, year: int | None, issuer: AgencyRef | None) -> OfficialNumber | None:
        """The full number where kind and issuer make it certain: Chỉ thị 18 + Ban Bí thư is 18-CT/TW."""
        base = issuer
        while base is not None and base.entry in ("ban-thuong-vu", "thuong-truc") and base.parent is not None:
            base = base.parent
        if base is None:
            return None
        code = _BODY_CODES.get(base.entry) or self._code_of(base.entry)
        if code is None:
            return None
        system = "party" if code in ("TW", "TU") else "state"
        type_code = self.registers.kind_codes.get((kind, system))
        if type_code is None or (kind in ("Nghị định", "Thông tư", "Luật") and year is None):
            return None
        middle = f"{year}/" if year is not None else ""
        text = f"{number}-{type_code}/{code}" if system == "party" else f"{number}/{middle}{type_code}-{code}"
        unique = self.registers.agencies[base.entry].scope == "unique" and system == "state"
        return OfficialNumber(text, kind, type_code, code, base.entry if unique else "", system)

    def _code_of(self, agency: str) -> str | None:
        for code in self.registers.issuer_codes.values():
            if code.agency == agency and not code.drafting and self.registers.agencies[agency].scope == "unique":
                return code.code
        return None

    # ---- what follows a number or name

    def _tail(self, scan: Scan, ref: DirectiveRef, end: int) -> tuple[DirectiveRef, int]:
        """Date and issuer behind a number, in either order."""
        ref, dated = self._dated(scan, ref, end)
        ref, issued = self._issued(scan, ref, dated)
        if dated == end and issued > dated:
            return self._dated(scan, ref, issued)
        return ref, issued

    def _dated(self, scan: Scan, ref: DirectiveRef, end: int) -> tuple[DirectiveRef, int]:
        match = _TO_DATE.match(scan.key, end)
        if match is None:
            return ref, end
        written = scan.date_at.get(match.end()) or (scan.date_at.get(match.end() - 4) if match.group().endswith("năm ") else None)
        if written is None or not (written.day or ("năm" in match.group())):
            return ref, end
        if written.year is not None:
            return replace(ref, date=written.resolve()), written.end
        return replace(ref, subject=""), self._yearless(scan, written)

    def _yearless(self, scan: Scan, written: WrittenDate) -> int:
        """A date without its year is part of the mention; the year is worked out later from the context."""
        scan.yearless[written.end] = written
        return written.end

    def _issued(self, scan: Scan, ref: DirectiveRef, end: int) -> tuple[DirectiveRef, int]:
        match = _TO_ISSUER.match(scan.key, end)
        if match is None:
            return ref, end
        found = self.issuer_at(scan, match.end())
        if found is None:
            return ref, end
        return replace(ref, issuer=found[0]), found[1]

    def issuer_at(self, scan: Scan, position: int) -> tuple[AgencyRef, int] | None:
        """The issuing body named here: an agency, or the agency of a title ("Bộ trưởng Bộ Y tế", "Chủ tịch UBND tỉnh")."""
        hit = scan.hit_at.get(position)
        if hit is None:
            return None
        if hit.entry(Category.AGENCY) is not None:
            agency = self.agencies.read(scan, hit)
            if agency is None:
                return None
            return self._plenum_body(scan, *agency)
        if hit.entry(Category.POST) is not None:
            items, end = self.people.titles(scan, position, min(len(scan.text), position + 160))
            posts = [i for i in items if i.post is not None and i.post.agency is not None]
            if posts:
                last = posts[-1]
                assert last.post is not None
                return (last.post.agency, last.end) if last.post.agency is not None else None
        if scan.key.startswith("hội nghị", position):
            return self._plenum_body(scan, AgencyRef("Hội nghị"), position)
        return None

    def _plenum_body(self, scan: Scan, agency: AgencyRef, end: int) -> tuple[AgencyRef, int] | None:
        """ "của Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII": the Central Committee issued it."""
        if agency.name != "Hội nghị":
            return agency, end
        match = re.match(r"hội nghị\s(?:lần thứ\s)?(?:trung ương\s)?\w{1,6}(?:\scủa)?,?\s", scan.key[end : end + 60])
        if match is None:
            return None
        hit = scan.hit(end + match.end(), Category.AGENCY)
        return self.agencies.read(scan, hit) if hit is not None else None

    def _with_code_issuer(self, ref: DirectiveRef, number: OfficialNumber) -> DirectiveRef:
        """The issuer that the code makes certain; for bodies of every province the code names the body, the place stays open."""
        if ref.issuer is not None or not number.issuer:
            return ref
        agency = self.registers.agencies[number.issuer]
        if agency.scope == "local" and agency.id != "uy-ban-nhan-dan":
            return ref
        if agency.id == "uy-ban-nhan-dan":
            return ref
        return replace(ref, issuer=AgencyRef(agency.name, entry=agency.id), issuer_inferred=True)

    def _with_subject(self, scan: Scan, ref: DirectiveRef, end: int) -> DirectiveRef:
        match = _SUBJECT.match(scan.text, end)
        return replace(ref, subject=squeeze(match["subject"]).strip(" ,")) if match is not None else ref

    def _shared_issuers(self, scan: Scan, mentions: list[Mention]) -> list[Mention]:
        """ "Chỉ thị số 31-CT/TU ngày …, Kế hoạch số 134-KH/TU ngày … của Ban Thường vụ Tỉnh ủy": one issuer for both."""
        result = list(mentions)
        for i in range(len(result) - 2, -1, -1):
            left, right = result[i], result[i + 1]
            a, b = left.value, right.value
            assert isinstance(a, DirectiveRef) and isinstance(b, DirectiveRef)
            if a.issuer is not None or b.issuer is None or b.issuer_inferred or not a.issuer_code or a.issuer_code != b.issuer_code:
                continue
            if left.end <= right.start and _JOINT.match(scan.key[left.end : right.start]):
                result[i] = replace(left, value=replace(a, issuer=b.issuer))
        return result

    # ---- named

    def _named(self, scan: Scan) -> list[Mention]:
        found: list[Mention] = []
        text = scan.text
        for match in _CONGRESS.finditer(text):
            if scan.in_facts(match.start()):
                ref = DirectiveRef("Nghị quyết", title=f"Nghị quyết {squeeze(match['name'])}")
                found.append(Mention.at(text, Kind.DIRECTIVE, match.span(), ref, "congress"))
        for match in _PLENUM.finditer(text):
            if scan.in_facts(match.start()) and self._is_ordinal(match["ordinal"]):
                found.append(self._plenum(scan, match))
        for hit in scan.hits:
            mention = self._law(scan, hit) or self._programme(scan, hit) or self._registered_programme(scan, hit)
            if mention is not None:
                found.append(mention)
        found.sort(key=lambda m: (m.start, -m.end))
        return _outermost(found)

    def _is_ordinal(self, word: str) -> bool:
        return word.isdigit() or word.lower() in _ORDINALS

    def _plenum(self, scan: Scan, match: re.Match[str]) -> Mention:
        ordinal = match["ordinal"] if match["ordinal"].isdigit() else _ORDINALS[match["ordinal"].lower()]
        term = f" khóa {match['term']}" if match["term"] else ""
        title = f"{match['kind']} Hội nghị lần thứ {ordinal} Ban Chấp hành Trung ương Đảng{term}"
        committee = self.registers.agencies["bch-trung-uong"]
        ref = DirectiveRef(match["kind"], title=title, issuer=AgencyRef(committee.name, entry=committee.id), issuer_inferred=True)
        return Mention.at(scan.text, Kind.DIRECTIVE, match.span(), ref, "plenum")

    def _law(self, scan: Scan, hit: Hit) -> Mention | None:
        """A law, code or ordinance by name; the whole name of an amending one."""
        law, kind = hit.entry(Category.LAW), hit.entry(Category.KIND)
        text = scan.text
        if kind is not None and kind.id in _LAW_KINDS and text[hit.start].isupper():
            amending = self._amending(scan, hit)
            if amending is not None:
                return amending
            if law is None:
                return self._law_by_shape(scan, hit, kind.id)
        if law is None or not (text[hit.start].isupper() or text[hit.start + len(law.id.split(" ")[0]) + 1 : hit.end][:1].isupper()):
            return None
        return self._closed(scan, hit.start, hit.end, DirectiveRef(self._law_kind(law.id), title=law.id), "law")

    def _amending_ends(self, scan: Scan) -> dict[int, Mention]:
        """Amending laws by where their name ends, as "Luật sửa đổi, bổ sung một số điều của Luật X" before "số 87/2025/QH15"."""
        found = {}
        for hit in scan.hits:
            kind = hit.entry(Category.KIND)
            if kind is not None and kind.id in _LAW_KINDS and scan.text[hit.start].isupper():
                mention = self._amending(scan, hit)
                if mention is not None:
                    found[mention.end] = mention
        return found

    def _amending(self, scan: Scan, hit: Hit) -> Mention | None:
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

    def _law_by_shape(self, scan: Scan, hit: Hit, kind: str) -> Mention | None:
        if not re.match(r"\s[^\W\d_]", scan.text[hit.end : hit.end + 2]) or not scan.text[hit.end + 1].isupper():
            return None
        stop = _LAW_STOP.search(scan.key, hit.end + 1, min(len(scan.text), hit.end + 100))
        if stop is None or stop.start() - hit.end > 80:
            return None
        name = squeeze(scan.text[hit.start : stop.start()])
        if len(name.split()) < 2 or name.isupper():
            return None
        return self._closed(scan, hit.start, stop.start(), DirectiveRef(kind, title=capitalize(name)), "law-shape")

    def _closed(self, scan: Scan, start: int, end: int, ref: DirectiveRef, rule: str) -> Mention:
        """The mention of a law with the date or year behind its name."""
        ref, stop = self._dated(scan, ref, end)
        if stop == end:
            match = _TERM_YEAR.match(scan.key, end)
            if match is not None:
                ref, stop = replace(ref, date=PartialDate(int(match["year"]))), match.end()
        return Mention.at(scan.text, Kind.DIRECTIVE, (start, stop), ref, rule)

    def _programme(self, scan: Scan, hit: Hit) -> Mention | None:
        """ "Chương trình Sức khỏe Việt Nam", "Chương trình hành động của Chính phủ thực hiện Nghị quyết số 15-NQ/TW"."""
        kind = hit.entry(Category.KIND)
        if kind is None or kind.id not in ("Chương trình", "Chương trình hành động"):
            return None
        text, text_key = scan.text, scan.key
        if _DRAFT.search(text_key[max(0, hit.start - 20) : hit.start]) or self._issued_with(scan, hit.start):
            return None
        match = re.match(r"\scủa\s", text_key[hit.end : hit.end + 6])
        if match is not None:
            issuer = self.issuer_at(scan, hit.end + match.end())
            if issuer is not None:
                carries = re.match(r"\s(?:được\sban\shành\s)?(?:về\s|để\s|nhằm\s)?(?:triển khai\s)?thực hiện\s", text_key[issuer[1] : issuer[1] + 50])
                if carries is not None:
                    number = next((n for n in scan.numbers if issuer[1] < n.start < issuer[1] + 60), None)
                    found = official(number, self.registers) if number is not None else None
                    if number is not None and found is not None:
                        kind_word = found.kind or "Nghị quyết"
                        title = f"{kind.id} của {issuer[0].label} thực hiện {kind_word} số {found.text}"
                        return Mention.at(text, Kind.DIRECTIVE, (hit.start, issuer[1]), DirectiveRef(kind.id, title=title, issuer=issuer[0]), "programme-of")
        return None

    def _issued_with(self, scan: Scan, position: int) -> bool:
        """ "Nghị quyết số 282/NQ-CP … ban hành Chương trình hành động": a programme issued with a numbered document is that document."""
        if not _ISSUES.search(scan.key, max(0, position - 60), position):
            return False
        clause = max(scan.key.rfind(mark, max(0, position - 250), position) for mark in (";", "\n"))
        return any(clause < n.start < position for n in scan.numbers if position - 250 < n.start)

    def _registered_programme(self, scan: Scan, hit: Hit) -> Mention | None:
        """A programme that a registered decision approved, by its name."""
        entry = hit.entry(Category.PROGRAMME)
        if entry is None:
            return None
        kind, _, name = entry.id.partition("|")
        return Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, hit.end), DirectiveRef(kind, title=name), "programme")

    # ---- bare numbers and definite mentions

    def _bare(self, scan: Scan) -> list[Mention]:
        found: list[Mention] = []
        for hit in scan.hits:
            kind = hit.entry(Category.KIND)
            if kind is None:
                continue
            this = _THIS.match(scan.key, hit.end)
            if this is not None and this["this"] == "này":
                found.append(Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, this.end()), DirectiveRef(kind.id), "this"))
                continue
            if (
                _DEFINITE.match(scan.key, hit.end)
                and scan.text[hit.start].isupper()
                and re.search(r"(?:^|[.!?:\n]\s*)\Z", scan.text[max(0, hit.start - 3) : hit.start])
            ):
                found.append(Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, hit.end), DirectiveRef(kind.id), "definite"))
                continue
            found.extend(self._bare_numbers(scan, hit, kind.id))
        return found

    def _bare_numbers(self, scan: Scan, hit: Hit, kind: str) -> list[Mention]:
        """ "Chỉ thị 18", "Quyết định số 1296 ngày 21/6/2019", "hai công văn số 4996 và 5219 của …"."""
        match = _BARE.match(scan.key, hit.end)
        if match is None or not self.registers.has_numbers(kind):
            return []
        numbered = " số " in scan.key[hit.end : match.start("number")]
        if (_DATED.match(scan.key, match.end()) is None if numbered else True) and _QUANTITY.match(scan.key, match.end()):
            return []
        mention = self._bare_mention(scan, hit, kind, match)
        ref = mention.value
        assert isinstance(ref, DirectiveRef)
        if not (scan.text[hit.start].isupper() or numbered or ref.issuer is not None):
            mention = replace(mention, rule="bare-weak")  # "nghị định 146": a document only if the text cites it more fully
        found = [mention]
        following = _BARE_NEXT.match(scan.key, match.end()) if numbered and ref.date is None else None
        while following is not None and not _QUANTITY.match(scan.key, following.end()):
            ref, end = self._tail(scan, DirectiveRef(kind=kind), following.end())
            found.append(Mention.at(scan.text, Kind.DIRECTIVE, (following.start("number"), end), replace(ref, bare=following["number"]), "bare-number"))
            following = _BARE_NEXT.match(scan.key, following.end())
        last = found[-1].value
        assert isinstance(last, DirectiveRef)
        return [replace(m, value=replace(m.value, issuer=last.issuer)) if isinstance(m.value, DirectiveRef) and m.value.issuer is None else m for m in found]

    def _bare_mention(self, scan: Scan, hit: Hit, kind: str, match: re.Match[str]) -> Mention:
        year = int(match["year"][1:]) if match["year"] else None
        ref, end = self._tail(scan, DirectiveRef(kind=kind, year=year), match.end())
        number = match["number"]
        only_year = ref.date is not None and not ref.date.month  # "Quyết định số 23 năm 2008": the year may be part of the number
        complete = self._completed(kind, number, year, ref.issuer) if not only_year else None
        if complete is None and year is not None and kind in ("Nghị định",):
            complete = OfficialNumber(f"{number}/{year}/NĐ-CP", kind, "NĐ", "CP", "chinh-phu", "state")
        if complete is not None:
            ref = self._with_code_issuer(replace(ref, number=complete.text, type_code=complete.type_code, issuer_code=complete.issuer_code), complete)
        ref = replace(ref, bare=number)
        ref = self._with_subject(scan, ref, end)
        return Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, end), ref, "bare-number")


def _outermost(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept

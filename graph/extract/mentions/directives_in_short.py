"""Read documents that a text leaves without their full number: bare numbers, "Chỉ thị này", and those that a report only announces.

Reads: a `Scan`. Gives: mentions that `graph.extract.antecedents` ties to a document cited in full, where there is one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.extract.mentions.citing import Citing
from graph.extract.mentions.scan import Scan
from graph.model import DirectiveRef, Genre, Kind, Mention, PartialDate, Zone
from graph.registers.gazetteer import Category, Hit
from graph.registers.numbers import OfficialNumber
from graph.registers.registers import Registers
from graph.text.normalize import squeeze

# Only what somebody issues in the first sentences is announced; later it is named in passing.
_HEAD_SENTENCES = 5
_RELEASES = re.compile(r"(?<!\w)(?:ban hành|thông qua|phê duyệt|vừa có|đã có|cũng có|ra|gửi|ký)\s\Z")
_BY_SIGNER = re.compile(r"\sdo\s[^.;,]{5,70}\ský(?!\w)")
_ABOUT = re.compile(
    r"(?:\s(?:khẩn|hỏa tốc|số))?(?:\s(?:gửi|tới|đến|yêu cầu)\s[^.;\n]{3,320}?)?\s(?:về việc|về|v/v)\s(?P<title>[^.;:\n“”\"()]{12,220}?)"
    r"(?=[.;:\n“”\"()]|,\s(?:trong đó|theo đó|nhằm|yêu cầu|đồng thời|giao|do)\s|\s(?:nhằm|gồm|bao gồm)\s|\Z)"
)
_BARE = re.compile(r"\s(?:số\s)?(?P<number>\d{1,4})(?P<year>/(?:19|20)\d\d)?(?![\d%]|\s?[-/.,]\s?\d|/)")
_BARE_NEXT = re.compile(r"(?:,\s|\svà\s|,\s?và\s)(?:số\s)?(?P<number>\d{2,5})(?![\d%]|\s?[-/.,]\s?\d|/)")
_ITEM = re.compile(r"\n\s?\d{1,2}[.)]\s")  # a heading's last word, then the first item under it
_DATED = re.compile(r"\s(?:ngày\s\d|năm\s(?:19|20)\d\d(?!\d))")
_QUANTITY = re.compile(
    r"\s?(?:năm|tháng|ngày|tuần|tỷ|triệu|nghìn|người|tỉnh|huyện|xã|đơn vị|nội dung|nhiệm vụ|chỉ tiêu|giải pháp|lần|vụ|dự án|mục|văn bản|đồng|bước"
    r"|trong|của năm|giai đoạn|đề án|chương trình|kế hoạch)(?!\w)"
)
_DEFINITE = re.compile(r"\s(?:nhằm|được|nêu|đề ra|đặt|yêu cầu|xác định|cũng|gồm|quy định|có hiệu lực|chỉ rõ)(?!\w)")
_THIS = re.compile(r"\s(?P<this>này|nêu trên|trên|nói trên)(?!\w)")


class BareReader:
    """Parses mentions without a full number."""

    def __init__(self, registers: Registers, citing: Citing) -> None:
        self.registers = registers
        # Kinds that nothing but a document is, and those whose number is followed by the document's year: "Công điện số 116/2024".
        self._with_year, self._yearless = registers.kinds_of("year_in_number"), registers.kinds_of("year_in_number", "no")
        self.citing = citing

    def read(self, scan: Scan) -> list[Mention[DirectiveRef]]:
        """Bare numbers ("Chỉ thị 18") and definite mentions ("Chỉ thị này", "Kế hoạch nêu rõ")."""
        found: list[Mention[DirectiveRef]] = []
        for hit in scan.of(Category.KIND):
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

    def _bare_numbers(self, scan: Scan, hit: Hit, kind: str) -> list[Mention[DirectiveRef]]:
        """ "Chỉ thị 18", "Quyết định số 1296 ngày 21/6/2019", "hai công văn số 4996 và 5219 của …"."""
        match = _BARE.match(scan.key, hit.end)
        if match is None or _ITEM.match(scan.text, hit.end) or not self.registers.has_numbers(kind):
            return []
        numbered = " số " in scan.key[hit.end : match.start("number")]
        if (_DATED.match(scan.key, match.end()) is None if numbered or kind in self._with_year else True) and _QUANTITY.match(scan.key, match.end()):
            return []
        mention = self._bare_mention(scan, hit, kind, match)
        ref = mention.value
        if not (scan.text[hit.start].isupper() or numbered or ref.issuer is not None or kind in self._with_year):
            mention = replace(mention, rule="bare-weak")  # "chỉ thị 10": a document only if the text cites it more fully
        found = [mention]
        listed = (numbered or kind in self._with_year) and ref.date is None
        following = _BARE_NEXT.match(scan.key, match.end()) if listed else None
        while following is not None and not _QUANTITY.match(scan.key, following.end()):
            ref, end = self.citing.tail(scan, DirectiveRef(kind=kind), following.end())
            found.append(Mention.at(scan.text, Kind.DIRECTIVE, (following.start("number"), end), replace(ref, bare=following["number"]), "bare-number"))
            following = _BARE_NEXT.match(scan.key, following.end())
        last = found[-1].value
        return [replace(m, value=replace(m.value, issuer=last.issuer)) if m.value.issuer is None else m for m in found]

    def _bare_mention(self, scan: Scan, hit: Hit, kind: str, match: re.Match[str]) -> Mention[DirectiveRef]:
        year = int(match["year"][1:]) if match["year"] else None
        ref, end = self.citing.tail(scan, DirectiveRef(kind=kind, year=year), match.end())
        number = match["number"]
        if year is not None and kind in self._yearless:
            ref = replace(ref, year=None, date=ref.date if ref.date is not None else PartialDate(year))
            year = None
        only_year = (
            ref.date is not None and not ref.date.month and kind not in self._yearless
        )  # "Quyết định số 23 năm 2008": the year may be part of the number
        if only_year and kind in self._with_year and ref.date is not None:
            year = ref.date.year  # "Nghị định 71 năm 2000": the year is part of the number
        complete = self.citing.completed(kind, number, year, ref.issuer) if not only_year or year is not None else None
        if complete is None and year is not None and kind == "Nghị định":
            complete = OfficialNumber(f"{number}/{year}/NĐ-CP", kind, "NĐ", "CP", "chinh-phu", "state")
        if complete is not None:
            ref = self.citing.with_code_issuer(replace(ref, number=complete.text, type_code=complete.type_code, issuer_code=complete.issuer_code), complete)
        ref = replace(ref, bare=number)
        ref = self.citing.with_subject(scan, ref, end)
        return Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, end), ref, "bare-number")

    def announced(self, scan: Scan) -> list[Mention[DirectiveRef]]:
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
                if index >= _HEAD_SENTENCES and not any(d.day for d in scan.dates_in(sentence.start, hit.start)):
                    continue
                mention = (
                    self._announced_about(scan, hit, kind.id, sentence.end) if _RELEASES.search(scan.key, *before) else self._signed_letter(scan, hit, kind.id)
                )
                if mention is not None:
                    found.append(mention)
        return found

    def _announced_about(self, scan: Scan, hit: Hit, kind: str, limit: int) -> Mention[DirectiveRef] | None:
        issuer = self.citing.issuer_behind(scan, hit.end)
        match = _ABOUT.match(scan.key, issuer[1] if issuer is not None else hit.end, limit)
        if match is None or len(match["title"].split()) < 4:
            return None
        title = f"{kind} về {squeeze(scan.text[slice(*match.span('title'))])}"
        ref = DirectiveRef(kind, title=title, issuer=issuer[0] if issuer is not None else None)
        return Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, match.end("title")), ref, "announced")

    def _signed_letter(self, scan: Scan, hit: Hit, kind: str) -> Mention[DirectiveRef] | None:
        """ "Công văn của Bộ Y tế do Thứ trưởng … ký": known by its issuer and signer alone."""
        issuer = self.citing.issuer_behind(scan, hit.end) if scan.text[hit.start].isupper() else None
        if issuer is None or _BY_SIGNER.match(scan.key, issuer[1]) is None:
            return None
        ref = DirectiveRef(kind, title=f"{kind} của {issuer[0].label}", issuer=issuer[0])
        return Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, issuer[1]), ref, "announced")

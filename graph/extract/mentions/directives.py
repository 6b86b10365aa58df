"""Read mentions of policy and legal documents: numbered, named, bare numbers, and definite mentions ("Chỉ thị này").

Reads: a `Scan`. Gives: mentions with number in official form, kind, date, issuer and subject as the text gives them; a closing
"của …" serves all members of a list that carry the same issuer code.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from graph.extract.mentions.citing import Citing
from graph.extract.mentions.directives_as_topic import TopicReader
from graph.extract.mentions.directives_by_name import NamedReader
from graph.extract.mentions.directives_in_short import BareReader
from graph.extract.mentions.scan import Scan
from graph.model import AgencyRef, DirectiveRef, DocNumber, Kind, Mention
from graph.registers.gazetteer import Category
from graph.registers.numbers import OfficialNumber, as_printed, official
from graph.registers.registers import Registers
from graph.text.docnumbers import WrittenNumber
from graph.text.normalize import squeeze

_SPELLED = re.compile(r"(?<![\w/.,-])(?P<number>\d{1,5})(?:/(?P<year>(?:19|20)\d\d))?/(?P<type>[A-ZĐ][A-Za-zĐ]{1,4})\s?-\s?\Z")
_SPELLED_OUT = re.compile(r"\d{1,5}(?:/\d{4})?/[A-ZĐ][A-Za-zĐ]{1,4}\s?-\s?[A-ZĐ][a-zà-ỹ]")
_TO_NUMBER = re.compile(r"\s{0,3}(?:(?<!\w)số)?\s{0,2}:?\s{0,3}\Z")
_VAGUE = re.compile(r"(?<!\w)văn bản\Z")
_JOINT = re.compile(r"\s{0,2}(?:,|;|và|cùng|,\s?và)\s{0,2}\Z")
# Before a list of documents whose issuer is told at its head.
_SEVERAL_OF = re.compile(
    r"(?<!\w)(?:hai|ba|bốn|năm|sáu|các|những|một số|0?\d) (?:văn bản|nghị quyết|chỉ thị|kết luận|quyết định|kế hoạch|thông tư|quy định|công văn|nghị định)"
    r"(?: [^\W\d_]+){0,3}? của "
)
_LEADS_IN = r"(?:đó là|gồm(?: có)?|bao gồm|là|cụ thể(?: là)?|như(?: là)?|trong đó có)"
_OPENS_LIST = re.compile(rf"(?:{_LEADS_IN}:?|:|,|\()\s{{0,3}}(?:số )?\Z")
_TO_LIST = re.compile(rf",?(?: ?\(?khóa \w{{1,5}}\)?)?,? ?(?:{_LEADS_IN})?:? ?\(?\s{{0,3}}(?:số )?")
_SAME_LIST = re.compile(r"[^.\n]{0,200}")


class DirectiveReader:
    """Parses mentions of documents."""

    def __init__(self, registers: Registers, citing: Citing) -> None:
        self.registers = registers
        self.citing = citing
        self.named = NamedReader(registers, self.citing)
        self.bare = BareReader(registers, self.citing)
        self.topics = TopicReader(self.citing)

    def read(self, scan: Scan) -> list[Mention[DirectiveRef]]:
        """All directive mentions of a document, in order, without overlaps except laws inside the names of amending laws."""
        mentions = self._numbered(scan)
        mentions.sort(key=lambda m: m.span)
        taken = [m.span for m in mentions]
        for mention in (*self.named.read(scan), *self._spelled(scan), *self.bare.read(scan), *self.bare.announced(scan), *self.topics.read(scan)):
            place = bisect_left(taken, mention.span)
            if (place and taken[place - 1][1] > mention.start) or (place < len(taken) and taken[place][0] < mention.end):
                continue
            mentions.append(mention)
            taken.insert(place, mention.span)
        mentions.sort(key=lambda m: m.span)
        return self._shared_issuers(scan, mentions)

    def _numbered(self, scan: Scan) -> list[Mention[DirectiveRef]]:
        found: list[Mention[DirectiveRef]] = []
        amending, laws = self.named.amending_ends(scan), self.named.numbered_laws(scan)
        for written in scan.numbers:
            start, kind, title = self._kind_before(scan, written, amending, laws)
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
                found.append(Mention.at(scan.text, Kind.DIRECTIVE, (start, end), self.citing.with_code_issuer(ref, number), "number-elliptic"))
                continue
            ref, end = self.citing.tail(scan, ref, end)
            if ref.issuer is None and ref.kind in self.registers.kinds_of("sent"):
                ref = replace(ref, issuer=self.citing.sender(scan, start))
            ref = self.citing.with_code_issuer(ref, number)
            ref = self.citing.with_subject(scan, ref, end)
            found.append(Mention.at(scan.text, Kind.DIRECTIVE, (start, end), ref, "number"))
        return found

    def _spelled(self, scan: Scan) -> list[Mention[DirectiveRef]]:
        """ "49/2010/NĐ-Chính phủ": the issuer is written out behind the type code."""
        found = []
        for hit in scan.of(Category.AGENCY):
            if scan.text[max(0, hit.start - 2) : hit.start].rstrip()[-1:] != "-":
                continue
            agency = hit.entry(Category.AGENCY)
            code = self.citing.code_of(agency.id) if agency is not None else None
            match = _SPELLED.search(scan.text, max(0, hit.start - 20), hit.start)
            if code is None or match is None:
                continue
            year = int(match["year"]) if match["year"] else None
            written = WrittenNumber(match.start(), hit.end, DocNumber(match["number"], (match["type"], code), year), "/-")
            start, kind, title = self._kind_before(scan, written, {}, {})
            number = official(written, self.registers, kind)
            if number is not None:
                ref = DirectiveRef(number.kind or kind, number.text, title=title, type_code=number.type_code, issuer_code=number.issuer_code, year=year)
                ref, end = self.citing.tail(scan, replace(ref, printed=squeeze(scan.text[match.start() : hit.end])), hit.end)
                found.append(Mention.at(scan.text, Kind.DIRECTIVE, (start, end), self.citing.with_code_issuer(ref, number), "number"))
        return found

    def _printed(self, scan: Scan, written: WrittenNumber, number: OfficialNumber) -> str:
        printed = squeeze(scan.text[written.start : written.end])
        return printed if printed != number.text and not written.elliptic else ""

    def _kind_before(
        self, scan: Scan, written: WrittenNumber, amending: dict[int, Mention[DirectiveRef]], laws: dict[int, Mention[DirectiveRef]],
    ) -> tuple[int, str, str]:  # fmt: skip
        """Start of the mention, kind and law name that stand before a number: (offset, "Luật", "Luật Dược")."""
        window = max(0, written.start - 60)
        gap = _TO_NUMBER.search(scan.key, window, written.start)
        assert gap is not None
        law = amending.get(gap.start()) or laws.get(written.start)
        if law is not None:
            return law.start, law.value.kind, law.value.title
        hit = next((h for h in reversed(scan.hits_in(window, written.start)) if h.end <= written.start), None)
        if hit is None or hit.end < gap.start():
            vague = _VAGUE.search(scan.key, window, gap.start())
            return (vague.start() if vague is not None else written.start), "", ""
        law_entry, kind = hit.entry(Category.LAW), hit.entry(Category.KIND)
        if law_entry is not None:
            return hit.start, self.citing.law_kind(law_entry.id), law_entry.id
        return (hit.start, kind.id, "") if kind is not None else (written.start, "", "")

    def _repaired(self, scan: Scan, written: WrittenNumber, kind: str) -> OfficialNumber | None:
        """ "Chỉ thị số 27/CTTg … của Thủ tướng Chính phủ": kind and issuer in words tell what the glued code meant."""
        if not kind or written.elliptic:
            return None
        ref, _ = self.citing.tail(scan, DirectiveRef(kind=kind), written.end)
        return self.citing.completed(kind, written.number.number, written.number.year, ref.issuer)

    def _unknown(self, scan: Scan, written: WrittenNumber, kind: str) -> OfficialNumber | None:
        """A number of unknown codes behind the word for its kind, kept as printed; not one whose issuer is spelled out."""
        first = self.registers.type_code(written.number.codes[0], "state")
        if not kind or written.elliptic or (first is not None and first.use == "no") or _SPELLED_OUT.match(scan.text, written.start):
            return None
        return as_printed(written, self.registers, kind)

    def _shared_issuers(self, scan: Scan, mentions: list[Mention[DirectiveRef]]) -> list[Mention[DirectiveRef]]:
        """ "Chỉ thị số 31-CT/TU ngày …, Kế hoạch số 134-KH/TU ngày … của Ban Thường vụ Tỉnh ủy": one issuer for both."""
        result = list(mentions)
        for i in range(len(result) - 2, -1, -1):
            left, right = result[i], result[i + 1]
            a, b = left.value, right.value
            if a.issuer is not None or b.issuer is None or b.issuer_inferred or not a.issuer_code or a.issuer_code != b.issuer_code:
                continue
            if left.end <= right.start and _JOINT.match(scan.key[left.end : right.start]):
                result[i] = replace(left, value=replace(a, issuer=b.issuer))
        return self._issuers_told_before(scan, result)

    def _issuers_told_before(self, scan: Scan, mentions: list[Mention[DirectiveRef]]) -> list[Mention[DirectiveRef]]:
        """ "hai nghị quyết của Ban Chấp hành Trung ương, đó là Nghị quyết số 18-NQ/TW và Nghị quyết số 19-NQ/TW": one issuer, told before the list."""
        told: AgencyRef | None = None
        result = list(mentions)
        for i, mention in enumerate(mentions):
            ref = mention.value
            if told is None or not _SAME_LIST.fullmatch(scan.key, mentions[i - 1].end, mention.start):
                told = self._told_before(scan, mention.start)
            if told is None or (ref.issuer is not None and not ref.issuer_inferred):
                continue
            if self.citing.bears_code(told, ref.issuer_code):
                result[i] = replace(mention, value=replace(ref, issuer=told, issuer_inferred=False))
        return result

    def _told_before(self, scan: Scan, start: int) -> AgencyRef | None:
        """The issuer of several documents whose list begins here."""
        window = max(0, start - 150)
        if _OPENS_LIST.search(scan.key, max(window, start - 30), start) is None:
            return None
        for several in _SEVERAL_OF.finditer(scan.key, window, start):
            issuer = self.citing.issuer_at(scan, several.end())
            if issuer is not None and _TO_LIST.fullmatch(scan.key, issuer[1], start) is not None:
                return issuer[0]
        return None

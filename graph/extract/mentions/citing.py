"""Read what stands around a citation: date and issuer behind a number or name, and what kind and issuer in words make certain.

Reads: a `Scan` and the offset where a number or name ends. Gives: the citation with what follows it, and where that ends. A date or an
issuer belongs to the citation it stands directly behind and is never borrowed from a neighbour.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from graph.extract.mentions.agencies import AgencyReader
from graph.extract.mentions.scan import Scan
from graph.extract.mentions.titles import TitleReader
from graph.extract.rulebook import RuleBook
from graph.model import AgencyRef, DirectiveRef
from graph.registers.gazetteer import Category
from graph.registers.numbers import OfficialNumber
from graph.registers.registers import Registers
from graph.text.normalize import squeeze

_SUBJECT = re.compile(r"\s{0,2},?\s{0,2}(?:\(\w[^()]{0,40}\)\s)?về\s(?:việc\s)?(?P<subject>[^;.\n“”\"()]{8,240})")
_TERM_OF_PARTY = re.compile(r"trung ương(?: đảng)?,? \(?khóa [ivxl]{1,5}\)?(?!\w)")
_BODY_CODES = {
    "bo-chinh-tri": "TW", "ban-bi-thu": "TW", "bch-trung-uong": "TW", "thu-tuong-chinh-phu": "TTg", "chinh-phu": "CP", "uy-ban-nhan-dan": "UBND",
    "tinh-uy": "TU", "thanh-uy": "TU", "hoi-dong-nhan-dan": "HĐND",
}  # fmt: skip


class Citing:
    """What all readers of citations share."""

    def __init__(self, registers: Registers, book: RuleBook, agencies: AgencyReader, titles: TitleReader) -> None:
        self.registers = registers
        self.agencies = agencies
        self.titles = titles
        self.book = book
        self._date, self._issuer = book["date"], book["issuer"]

    def tail(self, scan: Scan, ref: DirectiveRef, end: int) -> tuple[DirectiveRef, int]:
        """Date and issuer behind a number, in either order."""
        ref, dated = self.dated(scan, ref, end)
        ref, issued = self._issued(scan, ref, dated)
        if dated == end and issued > dated:
            return self.dated(scan, ref, issued)
        return ref, issued

    def dated(self, scan: Scan, ref: DirectiveRef, end: int) -> tuple[DirectiveRef, int]:
        """The citation with the date directly behind it, and where that ends."""
        match = self._date.cue.match(scan.key, end)
        if match is None:
            return ref, end
        written = scan.date_at.get(match.end()) or (scan.date_at.get(match.end() - 4) if match.group().endswith("năm ") else None)
        if written is None or not (written.day or ("năm" in match.group())):
            return ref, end
        if written.year is not None:
            return replace(ref, date=written.resolve()), written.end
        return replace(ref, subject="", yearless=(written.month, written.day)), written.end

    def _issued(self, scan: Scan, ref: DirectiveRef, end: int) -> tuple[DirectiveRef, int]:
        found = self.issuer_behind(scan, end)
        return (replace(ref, issuer=found[0]), found[1]) if found is not None else (ref, end)

    def issuer_behind(self, scan: Scan, end: int) -> tuple[AgencyRef, int] | None:
        """The issuing body named behind a document: "Chỉ thị | của Bộ Y tế"."""
        match = self._issuer.cue.match(scan.key, end)
        return self.issuer_at(scan, match.end()) if match is not None else None

    def issuer_at(self, scan: Scan, position: int) -> tuple[AgencyRef, int] | None:
        """The issuing body named here: an agency, or the agency of a title ("Bộ trưởng Bộ Y tế", "Chủ tịch UBND tỉnh")."""
        hit = scan.hit_at.get(position)
        if hit is None:
            return self._of_term(scan, position)
        if hit.entry(Category.AGENCY) is not None:
            agency = self.agencies.read(scan, hit)
            if agency is None:
                return None
            return self._plenum_body(scan, *agency)
        if hit.entry(Category.POST) is not None:
            items, _ = self.titles.row(scan, position, min(len(scan.text), position + 160))
            posts = [i for i in items if i.post is not None and i.post.agency is not None]
            if posts:
                last = posts[-1]
                assert last.post is not None
                return (last.post.agency, last.end) if last.post.agency is not None else None
        if scan.key.startswith("hội nghị", position):
            return self._plenum_body(scan, AgencyRef("Hội nghị"), position)
        return None

    def _of_term(self, scan: Scan, position: int) -> tuple[AgencyRef, int] | None:
        """ "của Trung ương khóa XII": the Central Committee of a term."""
        match = _TERM_OF_PARTY.match(scan.key, position)
        if match is None:
            return None
        committee = self.registers.agencies["bch-trung-uong"]
        return AgencyRef(committee.name, entry=committee.id), match.end()

    def sender(self, scan: Scan, position: int) -> AgencyRef | None:
        """The body that a letter cited at this position comes from: "đề nghị của Sở Y tế tại Tờ trình số …"."""
        cue = self._issuer.word("sender").search(scan.key, max(0, position - 140), position)
        found = self.issuer_at(scan, cue.end()) if cue is not None else None
        return found[0] if found is not None and self._issuer.word("through").fullmatch(scan.key, found[1], position) is not None else None

    def _plenum_body(self, scan: Scan, agency: AgencyRef, end: int) -> tuple[AgencyRef, int] | None:
        """ "của Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII": the Central Committee issued it."""
        if agency.name != "Hội nghị":
            return agency, end
        match = re.match(r"hội nghị\s(?:lần thứ\s)?(?:trung ương\s)?\w{1,6}(?:\scủa)?,?\s", scan.key[end : end + 60])
        if match is None:
            return None
        hit = scan.hit(end + match.end(), Category.AGENCY)
        return self.agencies.read(scan, hit) if hit is not None else None

    def with_code_issuer(self, ref: DirectiveRef, number: OfficialNumber) -> DirectiveRef:
        """The issuer that the code makes certain; for bodies of every province the code names the body, the place stays open."""
        if ref.issuer is not None or not number.issuer:
            return ref
        agency = self.registers.agencies[number.issuer]
        if agency.scope == "local" and agency.id != "uy-ban-nhan-dan":
            return ref
        if agency.id == "uy-ban-nhan-dan":
            return ref
        return replace(ref, issuer=AgencyRef(agency.name, entry=agency.id), issuer_inferred=True)

    def with_subject(self, scan: Scan, ref: DirectiveRef, end: int) -> DirectiveRef:
        """The citation with what it is about, as "về …" behind it tells."""
        match = _SUBJECT.match(scan.text, end)
        return replace(ref, subject=squeeze(match["subject"]).strip(" ,")) if match is not None else ref

    def completed(self, kind: str, number: str, year: int | None, issuer: AgencyRef | None) -> OfficialNumber | None:
        """The full number where kind and issuer make it certain: Chỉ thị 18 + Ban Bí thư is 18-CT/TW."""
        base = _signing_for(issuer)
        code = self.code_for(base) if base is not None else None
        if base is None or code is None:
            return None
        system = "party" if code in ("TW", "TU") else "state"
        type_code = self.registers.kind_codes.get((kind, system))
        if type_code is None or (kind in ("Nghị định", "Thông tư", "Luật") and year is None):
            return None
        middle = f"{year}/" if year is not None else ""
        text = f"{number}-{type_code}/{code}" if system == "party" else f"{number}/{middle}{type_code}-{code}"
        unique = self.registers.agencies[base.entry].scope == "unique" and system == "state"
        return OfficialNumber(text, kind, type_code, code, base.entry if unique else "", system)

    def code_for(self, issuer: AgencyRef) -> str | None:
        """The issuer code that the documents of a body bear; None where it isn't certain."""
        base = _signing_for(issuer)
        return (_BODY_CODES.get(base.entry) or self.code_of(base.entry)) if base is not None else None

    def bears_code(self, issuer: AgencyRef, code: str) -> bool:
        """Whether the documents of a body bear the issuer code: "LĐTBXH" as well as "BLĐTBXH" for that ministry."""
        known = self.registers.issuer_code(code) if code else None
        return bool(code) and (code == self.code_for(issuer) or (known is not None and known.agency == issuer.entry != ""))

    def code_of(self, agency: str) -> str | None:
        """The issuer code of a body that there is only once; None where no certain code is known."""
        return self._codes.get(agency)

    @cached_property
    def _codes(self) -> dict[str, str]:
        codes: dict[str, str] = {}
        for code in self.registers.issuer_codes.values():
            if code.agency and not code.drafting and self.registers.agencies[code.agency].scope == "unique":
                codes.setdefault(code.agency, code.code)
        return codes

    def law_kind(self, name: str) -> str:
        """ "Bộ luật" of "Bộ luật Dân sự": the kind that a law's name begins with."""
        return max((k for k in self.registers.kinds.values() if name.startswith(k + " ")), key=len)


def _signing_for(issuer: AgencyRef | None) -> AgencyRef | None:
    """The committee for which its standing body signs."""
    while issuer is not None and issuer.entry in ("ban-thuong-vu", "thuong-truc") and issuer.parent is not None:
        issuer = issuer.parent
    return issuer

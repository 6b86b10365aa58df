"""Read what the head and foot of an official document say of itself: number, kind, issuer, date, signers.

Reads: zones, mentions and citations of an official document. Gives: its own mention, with what the letterhead, the enacting line, the
number's code or the signature tell where the one before is spoilt or missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from graph.extract.antecedents.signers import signers, stripped
from graph.extract.mentions.citing import Citing
from graph.extract.mentions.found import Found
from graph.extract.mentions.scan import Scan
from graph.model import AgencyRef, DirectiveRef, Kind, Mention, PartialDate, PersonRef, Section, Span, Zone
from graph.registers.gazetteer import Category
from graph.text.normalize import key, sentence_case, squeeze

_NATIONAL = re.compile(r"cộng\s+hòa\s+xã|đảng\s+cộng\s+sản|(?<!\w)số\s*:")
_PLACED = re.compile(r"(?P<place>[^\W\d_][^\n,|]{1,28}),\s*(?:ngày\s*)?\Z", re.IGNORECASE)
_PASSED = re.compile(r"(?:nghị quyết|luật|pháp lệnh) này (?:đã )?(?:được )?[^.;]{3,120}thông qua (?:vào )?(?:ngày )?\Z")
_BEHIND_SUBJECT = re.compile(r"\s[^\W\d_]\w*(?:\s\w+){0,4}, ngày \d|\sKính gửi\s*:")
_INSTRUCTS = re.compile(r" (?:yêu cầu|chỉ thị|đề nghị|giao|chỉ đạo)(?!\w)")
_LINE_REST = re.compile(r"(?P<gap>,?[ ])(?P<rest>[^\n|_*-]*[^\s|_*-])")


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """The document's mention of itself, with issuer and date as the letterhead gives them, and its signers."""

    mention: Mention[DirectiveRef]
    signers: tuple[Mention[PersonRef], ...]


def own_document(scan: Scan, found: Found, citing: Citing) -> OwnNumber | None:
    """The document's own number, kind, issuer, date and signers; None where the header and the title are missing."""
    heads = [s for s in scan.document.sections if s.zone is Zone.LETTERHEAD]
    title = next((s for s in scan.document.sections if s.zone is Zone.TITLE), None)
    kind, subject = _title(scan, title)
    number = _own_number(scan, heads, title, found)
    if number is not None:
        ref, span = number.value, number.span
    elif kind and title is not None:
        ref, span = DirectiveRef(kind, title=f"{kind} {subject}".strip()), stripped(scan, title)
    else:
        return None
    issuer = _issuer(scan, heads, citing) or _issuer_by_code(scan, ref, citing) or (_issuer_below(scan, found, citing) if number is None else None)
    date = _own_date(scan, heads, title)
    # A letter has no kind on a line of its own; another document's kind is the word of its title block.
    ref = replace(
        ref, kind=kind if kind and ref.kind != "Công văn" else ref.kind, subject=subject, date=date if date is not None else ref.date,
        issuer=issuer[0] if issuer is not None else ref.issuer, issuer_inferred=ref.issuer_inferred if issuer is None else False,
    )  # fmt: skip
    mention = Mention.at(scan.text, Kind.DIRECTIVE, span, ref, "own-number" if number is not None else "own-title")
    return OwnNumber(mention, tuple(signers(scan, issuer[0] if issuer is not None else None, citing)))


def _own_number(scan: Scan, heads: list[Section], title: Section | None, found: Found) -> Mention[DirectiveRef] | None:
    """The number behind "Số:" above the title, or below it where a head was put otherwise, else the first number above."""
    stop = title.start if title is not None else len(scan.text)
    own = [m for m in found.directives if m.rule == "number" and any(h.start <= m.start < min(h.end, stop) for h in heads)]
    below = [] if title is None else [m for m in found.directives if m.rule == "number" and title.start <= m.start < title.end + 200]
    behind = next((m for m in (*own, *below) if re.search(r"(?<!\w)số\s*:\s*\Z", scan.key[max(0, m.start - 12) : m.start])), None)
    return behind if behind is not None else next(iter(own), None)


def _own_date(scan: Scan, heads: list[Section], title: Section | None) -> PartialDate | None:
    """The date beside the place in the header ("Huế, ngày 24 tháng 11 năm 2025"), or under the text, or the one on which the body passed it."""
    full = [d for d in scan.dates if d.day and d.year is not None]
    stop = title.start if title is not None else len(scan.text)
    above = [d for d in full if any(s.start <= d.start < min(s.end, stop) for s in heads)]
    in_title = [d for d in full if title is not None and title.start <= d.start < title.end]
    closing = [s for s in scan.document.sections if s.zone in (Zone.RECIPIENTS, Zone.SIGNATURE)]
    below = [d for d in full if closing and closing[0].start - 200 < d.start < closing[0].end]
    for written in (*above, *in_title, *below):
        if _PLACED.search(scan.text, max(0, written.start - 40), written.start):
            return written.resolve()
    if above:
        return above[0].resolve()
    passed = next((d for d in reversed(full) if _PASSED.search(scan.key, max(0, d.start - 160), d.start)), None)
    return passed.resolve() if passed is not None else None


def _title(scan: Scan, title: Section | None) -> tuple[str, str]:
    """Kind and subject of the title block: ("Kế hoạch", "Thực hiện Chỉ thị số …")."""
    if title is None:
        return "", ""
    first = scan.skip(title.start)
    hit = scan.hit(first, Category.KIND) or scan.hit_inside(first, Category.KIND)
    entry = hit.entry(Category.KIND) if hit is not None else None
    body = squeeze(scan.text[hit.end if hit is not None and entry is not None else first : title.end])
    body = _BEHIND_SUBJECT.split(body, maxsplit=1)[0]
    return (entry.id if entry is not None else ""), sentence_case(body.strip(" .-_"))[:400]


def _issuer(scan: Scan, heads: list[Section], citing: Citing) -> tuple[AgencyRef, Span] | None:
    """The issuing body of the letterhead, under a superior body the lower one; where it is spoilt, the body that enacts."""
    for head in heads:
        bodies = _bodies(scan, head, citing)
        if bodies:
            return bodies[-1] if key(bodies[-1][0].label) != key(bodies[0][0].label) else bodies[0]
    return None


def _bodies(scan: Scan, head: Section, citing: Citing) -> list[tuple[AgencyRef, Span]]:
    heading = _NATIONAL.search(scan.key, head.start, head.end)
    stop = heading.start() if heading is not None else head.end
    bodies: list[tuple[AgencyRef, Span]] = []
    position = head.start
    while position < stop:
        hit = next((h for h in scan.hits_in(position, stop) if h.entry(Category.AGENCY) is not None), None)
        if hit is None:
            break
        named = citing.agencies.read(scan, hit)
        if named is None or named[1] > stop:
            position = hit.end
            continue
        agency, end = _to_line_end(scan, *named, stop, citing)
        bodies.append((agency, (hit.start, end)))
        position = max(end, hit.end)
    return bodies


def _to_line_end(scan: Scan, agency: AgencyRef, end: int, stop: int, citing: Citing) -> tuple[AgencyRef, int]:
    """A committee's topic goes on to the end of its line: "BAN CHỈ ĐẠO … VỀ TÌM KIẾM, QUY TẬP HÀI CỐT LIỆT SĨ"."""
    entry = citing.registers.agencies.get(agency.entry)
    rest = _LINE_REST.match(scan.text, end, stop)
    if entry is None or "T" not in entry.tail or rest is None or agency.place or agency.parent is not None:
        return agency, end
    return replace(agency, name=f"{agency.name}{', ' if ',' in rest['gap'] else ' '}{squeeze(rest['rest']).lower()}"), rest.end("rest")


def _issuer_by_code(scan: Scan, ref: DirectiveRef, citing: Citing) -> tuple[AgencyRef, Span] | None:
    """Where no body can be read: the body of the number's code, in the place of "Huế, ngày 24 tháng 11 năm 2025"."""
    code = citing.registers.issuer_code(ref.issuer_code) if ref.issuer_code else None
    if code is None or not code.agency or citing.registers.agencies[code.agency].scope == "unique":
        return None
    for written in scan.dates:
        before = _PLACED.search(scan.text, max(0, written.start - 40), written.start)
        hit = scan.hit(before.start("place"), Category.PROVINCE) if before is not None else None
        entry = hit.entry(Category.PROVINCE) if hit is not None else None
        if entry is not None and hit is not None:
            unit = citing.registers.province_at(entry.id, written.resolve())
            agency = AgencyRef(citing.registers.agencies[code.agency].name, unit.unit_type if unit is not None else "", entry.id, entry.id, entry=code.agency)
            return agency, (hit.start, hit.end)
    return None


def _issuer_below(scan: Scan, found: Found, citing: Citing) -> tuple[AgencyRef, Span] | None:
    """Without a letterhead: the body for which is signed ("TM. CHÍNH PHỦ"), the signing Prime Minister, else the one body that instructs."""
    zone = next((s for s in scan.document.sections if s.zone is Zone.SIGNATURE), None)
    if zone is not None:
        for span, agency in found.agencies:
            if zone.start <= span[0] < zone.end and re.search(r"(?<!\w)T/?M\s?\.?\s*\Z", scan.text[max(0, span[0] - 8) : span[0]]):
                return agency, span
        for hit in scan.hits_in(zone.start, zone.end):
            entry = hit.entry(Category.AGENCY)  # an office that is a body of its own: the Prime Minister
            if entry is not None and hit.entry(Category.POST) is not None:
                return AgencyRef(citing.registers.agencies[entry.id].name, entry=entry.id), (hit.start, hit.end)
    acting = {
        agency: span for span, agency in found.agencies if _INSTRUCTS.match(scan.key, span[1]) and scan.key[max(0, span[0] - 2) : span[0]].strip() in ("", ".")
    }
    return next(iter(acting.items())) if len(acting) == 1 else None

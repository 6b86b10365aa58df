"""Read what the anatomy of an official document says: own number, issuer, date, signer, legal basis, what it carries out or ends.

Reads: zones, mentions and citations of an official document. Gives: relations whose subject is the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.extract.masking import Masked
from graph.extract.mentions import Found, MentionReader
from graph.extract.rules import MARKS
from graph.extract.scan import Scan
from graph.model import AgencyRef, DirectiveRef, Kind, Mention, PersonRef, PostRef, Section, Span, Zone
from graph.registers.gazetteer import Category
from graph.text.names import syllables
from graph.text.normalize import key, sentence_case, squeeze

_D = MARKS[Kind.DIRECTIVE]
_SEGMENT = re.compile(r";|(?<=[.:]) (?=căn cứ |xét đề nghị|theo đề nghị|thực hiện |trên cơ sở )|(?<=" + _D + r") (?=căn cứ )")
_CUES = (
    ("basedOn", re.compile(r"[\W_]*(?:các )?căn cứ(?: vào)?(?: các)? ")),
    ("implements", re.compile(r"[\W_]*(?:để |nhằm )?(?:tiếp tục )?(?:tổ chức )?(?:triển khai,? (?:tổ chức )?)?(?:thực hiện|triển khai|thi hành|cụ thể hóa)(?: có hiệu quả| hiệu quả| nghiêm túc| nghiêm| tốt| đầy đủ| kịp thời)*(?: các| nội dung)* (?=" + _D + ")")),
    ("references", re.compile(r"[\W_]*(?:xét|theo|trên cơ sở|tiếp theo|sau khi|qua|trong) ")),
)  # fmt: skip
_TOGETHER = re.compile(r"(?: ?, ?(?:và )?(?:các )?| và (?:các )?| ?, ?cùng | cùng (?:với )?(?:các )?|/)\Z")
_TITLE_CARRIES = re.compile(
    r"(?:thực hiện|triển khai|thi hành|triển khai thực hiện|cụ thể hóa)(?: các| nội dung| một số(?: nội dung)?| nhiệm vụ[^;.\ue004]{0,40})* (?P<targets>"
    + _D
    + r"(?:[^;.\ue004]{0,12}"
    + _D
    + r")*)"
)
_OWN_CARRIES = re.compile(
    r"(?:ban hành|xây dựng|phê duyệt)(?: kèm theo [^;.\ue004]{0,20})?[^;.\ue004]{0,30}(?:kế hoạch|chương trình|chương trình hành động|chỉ thị|đề án|hướng dẫn)[^;.\ue004]{0,80}?"
    r"(?:thực hiện|triển khai|thi hành)(?: các| nội dung)? (?P<targets>" + _D + r"(?:(?: ?,| và|;)[^;.\ue004]{0,12}" + _D + r")*)"
)
_AMENDS = re.compile(r"(?:sửa đổi,? (?:và )?bổ sung|sửa đổi|bổ sung|điều chỉnh|đính chính)[^;.\ue004]{0,120}?(?P<targets>" + _D + ")")
_ENDS = (
    ("replaces", re.compile(r"thay thế(?: cho)?(?: các)?[^;.\ue004]{0,60}?(?P<targets>" + _D + r"(?:(?: ?,| và| ?,? và)[^;.\ue004]{0,30}" + _D + r")*)")),
    ("repeals", re.compile(r"(?:bãi bỏ|hủy bỏ)[^;.\ue004]{0,160}?(?P<targets>" + _D + r"(?:(?: ?,| và)[^;.\ue004]{0,30}" + _D + r")*)")),
    ("repeals", re.compile(r"(?P<targets>" + _D + r")[^;\ue004]{0,160}?hết hiệu lực")),
)  # fmt: skip
_LIST_MODE = re.compile(r"(?P<verb>hết hiệu lực|bãi bỏ|thay thế)[^;\ue004]{0,120}:\s*\Z")
_NOT_OWN = re.compile(r"(?:được sửa đổi|đã sửa đổi|được thay thế|sửa đổi, bổ sung hoặc thay thế|khi|trường hợp|đề nghị|nếu|dự thảo)[^;.]{0,80}\Z")


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """The document's own mention, issuer and date as the letterhead gives them, and its signer."""

    mention: Mention
    signer: Mention | None
    issuer: tuple[AgencyRef, Span] | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation of the document itself to a cited one: predicate, mention, confidence and the rule's id."""

    predicate: str
    target: Mention
    confidence: float
    rule: str
    span: Span


def own_document(scan: Scan, found: Found, readers: MentionReader) -> OwnFacts | None:
    """The document's own number, kind, issuer, date and signer; None where the header and the title are missing."""
    letterhead = _zone(scan, Zone.LETTERHEAD)
    title = _zone(scan, Zone.TITLE)
    kind, subject = _title(scan, title)
    issuer = _issuer(scan, letterhead, found, readers)
    date = next((d for d in scan.dates if d.day and d.year is not None and any(s.start <= d.start < s.end for s in (letterhead, title) if s is not None)), None)
    number = next((m for m in found.directives if letterhead is not None and letterhead.start <= m.start < letterhead.end and m.rule == "number"), None)
    if number is None and title is None:
        return None
    if number is not None:
        ref = number.value
        assert isinstance(ref, DirectiveRef)
        span = number.span
    else:
        if not kind or title is None:
            return None
        ref, span = DirectiveRef(kind, title=f"{kind} {subject}".strip()), (title.start, title.end)
    # A công văn has no kind on a line of its own; a document's kind is the word of its title block.
    fitting = kind if kind and not (ref.kind == "Công văn") else ref.kind
    ref = replace(
        ref, kind=fitting or ref.kind, subject=subject, date=date.resolve() if date is not None else ref.date,
        issuer=issuer[0] if issuer is not None else ref.issuer, issuer_inferred=ref.issuer_inferred if issuer is None else False,
    )  # fmt: skip
    start, end = span
    while end > start and scan.text[end - 1].isspace():
        end -= 1
    while start < end and scan.text[start].isspace():
        start += 1
    mention = Mention.at(scan.text, Kind.DIRECTIVE, (start, end), ref, "own-number" if number is not None else "own-title")
    return OwnFacts(mention, _signer(scan, issuer[0] if issuer is not None else None, readers), issuer)


def _zone(scan: Scan, zone: Zone) -> Section | None:
    return next((s for s in scan.document.sections if s.zone is zone), None)


def _title(scan: Scan, title: Section | None) -> tuple[str, str]:
    """Kind and subject of the title block: ("Kế hoạch", "Thực hiện Chỉ thị số …")."""
    if title is None:
        return "", ""
    first = scan.skip(title.start)
    hit = scan.hit(first, Category.KIND) or scan.hit_inside(first, Category.KIND)
    entry = hit.entry(Category.KIND) if hit is not None else None
    body = squeeze(scan.text[hit.end if hit is not None and entry is not None else first : title.end])
    body = re.split(r"\s(?:CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|(?:CHỦ TỊCH )?[ỦU][YỶ]\s?BAN NHÂN DÂN|BỘ TRƯỞNG|HỘI ĐỒNG NHÂN DÂN|GIÁM ĐỐC)\b", body)[0]
    return (entry.id if entry is not None else ""), sentence_case(body)[:400]


def _issuer(scan: Scan, letterhead: Section | None, found: Found, readers: MentionReader) -> tuple[AgencyRef, Span] | None:
    """The issuing body of the letterhead: under a superior body the lower one."""
    if letterhead is None:
        return None
    heading = re.search(r"cộng\s+hòa\s+xã|đảng\s+cộng\s+sản|(?<!\w)số\s*:", scan.key[letterhead.start : letterhead.end])
    stop = letterhead.start + heading.start() if heading is not None else letterhead.end
    bodies: list[tuple[AgencyRef, Span]] = []
    position = letterhead.start
    while position < stop:
        hit = next((h for h in scan.hits_in(position, stop) if h.entry(Category.AGENCY) is not None), None)
        if hit is None:
            break
        named = readers.agencies.read(scan, hit)
        if named is None:
            position = hit.end
            continue
        bodies.append((named[0], (hit.start, named[1])))
        position = max(named[1], hit.end)
    if not bodies:
        return None
    return bodies[-1] if key(bodies[-1][0].label) != key(bodies[0][0].label) else bodies[0]


def _signer(scan: Scan, issuer: AgencyRef | None, readers: MentionReader) -> Mention | None:
    """The signer with the post under which the signature stands: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Hoàng Nam"."""
    zone = _zone(scan, Zone.SIGNATURE)
    if zone is None:
        return None
    name = next((r for r in reversed(scan.runs_in(zone.start, zone.end)) if 2 <= len(syllables(scan.text, *r)) <= 5), None)
    if name is None:
        return None
    posts = [h for h in scan.hits_in(zone.start, name[0]) if h.entry(Category.POST) is not None]
    offices = [h for h in posts if readers.registers.posts[_post_id(h)].kind == "office"]
    if not offices:
        return None
    items, _ = readers.people.titles(scan, offices[-1].start, name[0])
    item = next((i for i in items if i.post is not None), None)
    if item is None or item.post is None:
        return None
    post = item.post
    if post.agency is None and issuer is not None:
        post = PostRef(post.title, _acting_body(issuer))
    person = PersonRef(squeeze(scan.text[slice(*name)]), (post,), ((item.start, item.end),))
    return Mention.at(scan.text, Kind.OFFICIAL, (zone.start + _lead(scan, zone), name[1]), person, "signature")


def _acting_body(issuer: AgencyRef) -> AgencyRef:
    return issuer


def _lead(scan: Scan, zone: Section) -> int:
    text = scan.text[zone.start : zone.end]
    return len(text) - len(text.lstrip(" \n\t|"))


def _post_id(hit: object) -> str:
    entry = hit.entry(Category.POST)  # type: ignore[attr-defined]
    assert entry is not None
    return str(entry.id)


# ---- ties to other documents


def ties(zone: Zone, masked: Masked, mode: str) -> tuple[list[Tie], str]:
    """What a stretch of an official document says of the document itself, and the mode that its last segment leaves open.

    zone: TITLE (as a whole), PREAMBLE or BODY (sentence by sentence); mode: what the stretch before left open with a semicolon.
    """
    if zone is Zone.TITLE:
        return list(_title_ties(masked)), ""
    if zone is Zone.PREAMBLE:
        return _preamble_ties(masked, mode)
    return list(_body_ties(masked)), ""


def _directives(masked: Masked, start: int, end: int) -> list[tuple[int, Mention]]:
    return [(p, m.mention) for p, m in masked.marks.items() if start <= p < end and m.kind is Kind.DIRECTIVE]


def _title_ties(masked: Masked) -> Iterator[Tie]:
    amending = re.match(r"[^\ue004]{0,60}?(?:sửa đổi|bổ sung|điều chỉnh|bãi bỏ|thay thế)", masked.text)
    if amending is not None and "dự thảo" not in amending.group():
        first = next(iter(_directives(masked, 0, len(masked.text))), None)
        if first is not None:
            predicate = "repeals" if amending.group().endswith("bãi bỏ") else "replaces" if amending.group().endswith("thay thế") else "amends"
            yield Tie(predicate, first[1], 0.92, f"title-{predicate}", masked.span)
        return
    guiding = re.match(
        r"[^\ue004]{0,40}?(?:quy định chi tiết|hướng dẫn)(?: thi hành| thực hiện| một số điều| và| biện pháp| của|,| hướng dẫn| nội dung| việc)*(?: \w+){0,3} (?P<targets>\ue004)",
        masked.text,
    )
    if guiding is not None:
        for _, mention in _directives(masked, *guiding.span("targets")):
            yield Tie("guides", mention, 0.9, "title-guides", masked.span)
        return
    for match in _TITLE_CARRIES.finditer(masked.text):
        for _, mention in _directives(masked, *match.span("targets")):
            yield Tie("implements", mention, 0.95, "title-implements", masked.span)
        break


def _preamble_ties(masked: Masked, mode: str) -> tuple[list[Tie], str]:
    found: list[Tie] = []
    begin = 0
    for cut in [*_SEGMENT.finditer(masked.text), None]:
        end = cut.start() if cut is not None else len(masked.text)
        segment = masked.text[begin:end]
        if segment.strip():
            cued = next(((predicate, m) for predicate, cue in _CUES if (m := cue.match(segment)) is not None), None)
            if cued is not None:
                mode = cued[0]
            elif not re.match(r"[\W_]*\ue004", segment):
                mode = ""
            if mode in ("basedOn", "implements"):
                span = (masked.offset(begin), masked.offset(max(begin, end - 1)) + 1)
                found.extend(Tie(mode, m, 0.96 if mode == "basedOn" else 0.93, f"preamble-{mode}", span) for m in _heads(masked, begin, end))
            found.extend(_own_plans(masked, begin, end))
        mode = mode if cut is not None and cut.group() == ";" else ("" if cut is not None else mode)
        begin = cut.end() if cut is not None else end
    return found, mode if masked.text.rstrip().endswith(";") else ""


def _own_plans(masked: Masked, begin: int, end: int) -> Iterator[Tie]:
    """ "UBND tỉnh ban hành Kế hoạch thực hiện Chỉ thị số …": the plan is the document itself, if no other is named before it."""
    segment = masked.text[begin:end]
    for match in _OWN_CARRIES.finditer(segment):
        if _D not in segment[: match.start()] or re.search(r"(?:thực hiện|theo|căn cứ)[^;.]*\Z", segment[: match.start()]):
            for _, mention in _directives(masked, begin + match.start("targets"), begin + match.end("targets")):
                yield Tie("implements", mention, 0.93, "issues-plan", masked.span)


def _heads(masked: Masked, begin: int, end: int) -> Iterator[Mention]:
    """The documents that a segment names itself, without those that stand inside their titles."""
    previous: int | None = None
    head_kind = ""
    inside_title = False
    for position, mention in _directives(masked, begin, end):
        ref = mention.value
        assert isinstance(ref, DirectiveRef)
        between = masked.text[previous + 1 : position] if previous is not None else ""
        if previous is None:
            inside_title = False
        elif _TOGETHER.fullmatch(between):
            inside_title = inside_title and not (ref.kind == head_kind and ref.number is not None)
        elif re.search(r"(?: và | ?, |; )\Z", between) and ref.number is not None and ref.kind == head_kind and not re.search(r"(?:của|điều) ?\Z", between):
            inside_title = False
        else:
            inside_title = True
        if not inside_title:
            head_kind = ref.kind
            yield mention
        previous = position


def _body_ties(masked: Masked) -> Iterator[Tie]:
    for predicate, pattern in _ENDS:
        for match in pattern.finditer(masked.text):
            if _NOT_OWN.search(masked.text[: match.start()]):
                continue
            for _, mention in _directives(masked, *match.span("targets")):
                yield Tie(predicate, mention, 0.88, f"body-{predicate}", masked.span)
    yield from _own_plans(masked, 0, len(masked.text))
    article = re.match(r"[\W_]*(?:điều \d+ ?\.? ?|\d+ ?\. ?)?(?:sửa đổi|bổ sung)", masked.text)
    if article is not None:
        for match in _AMENDS.finditer(masked.text):
            for _, mention in _directives(masked, *match.span("targets")):
                yield Tie("amends", mention, 0.88, "article-amends", masked.span)
            break


def list_mode(masked: Masked) -> str:
    """The predicate that a stretch announces for the items after it: "Các Quyết định sau hết hiệu lực …:" gives repeals."""
    match = _LIST_MODE.search(masked.text)
    if match is None or _D in masked.text[match.end("verb") :]:
        return ""
    return "replaces" if match["verb"] == "thay thế" else "repeals"


def first_directive(masked: Masked) -> Mention | None:
    """The document that a list item is about."""
    item = next(iter(_directives(masked, 0, len(masked.text))), None)
    return item[1] if item is not None and item[0] < 30 else None

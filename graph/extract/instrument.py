"""Read what the anatomy of an official document says: own number, issuer, date, signer, legal basis, what it carries out or ends.

Reads: zones, mentions and citations of an official document. Gives: relations whose subject is the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.extract.masking import Masked
from graph.extract.mentions import Found, MentionReader
from graph.extract.people import TitleItem
from graph.extract.rules import MARKS
from graph.extract.scan import Scan
from graph.model import AgencyRef, DirectiveRef, Kind, Mention, PartialDate, PersonRef, PostRef, Section, Span, Zone
from graph.reading.official import signed_names
from graph.registers.gazetteer import Category
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
_REVIEWS = re.compile(r"(?:tình hình|kết quả|sơ kết|tổng kết|đánh giá|báo cáo|kết luận[^\ue004]{0,160} tại [^\ue004]*)\s?(?:việc |công tác |tổ chức )?\Z")
_ISSUING_BODY = re.compile(r"\ue003[^\ue004;.]*\Z")
_OWN_CARRIES = re.compile(
    r"(?:ban hành|xây dựng|phê duyệt)(?: kèm theo [^;.\ue004]{0,20})?[^;.\ue004]{0,30}(?:kế hoạch|chương trình|chương trình hành động|chỉ thị|đề án|hướng dẫn)[^;.\ue004]{0,80}?"
    r"(?:thực hiện|triển khai|thi hành)(?: các| nội dung)? (?P<targets>" + _D + r"(?:(?: ?,| và|;)[^;.\ue004]{0,12}" + _D + r")*)"
)
_AMENDS = re.compile(r"(?:sửa đổi,? (?:và )?bổ sung|sửa đổi|bổ sung|điều chỉnh|đính chính)[^;.\ue004]{0,120}?(?P<targets>" + _D + ")")
_ENDING = re.compile(r"(?P<replaces>thay thế)|(?P<repeals>bãi bỏ|hủy bỏ)|(?P<lapsed>hết hiệu lực)")
_LIST_MODE = re.compile(r"(?P<verb>hết hiệu lực|bãi bỏ|thay thế)[^;\ue004]{0,120}:\s*\Z")
_NOT_OWN = re.compile(r"(?:được sửa đổi|đã sửa đổi|được|sửa đổi, bổ sung hoặc|khi|trường hợp|đề nghị|đề xuất|kiến nghị|xem xét|rà soát|nghiên cứu|nếu|dự thảo|phải|cần|bị)[^;.]{0,80}\Z")
# Words behind which a clause speaks of something else than the documents that end.
_OTHER_CLAUSE = re.compile(r"(?<!\w)(?:giao|chịu trách nhiệm|căn cứ|theo quy định|theo đúng|thực hiện theo|áp dụng|để|nhằm|bằng|bởi|(?<!kèm )(?<!hành )theo)(?!\w)")
_TITLE_ENDS = re.compile(r"[^\ue004]{0,60}?(?P<verb>sửa đổi|bổ sung|điều chỉnh|bãi bỏ|thay thế)(?P<gap>[^\ue004]{0,200}?)(?=\ue004)")
_NO_TARGET = re.compile(r"(?<!\w)(?:thực hiện|triển khai|(?<!kèm )theo|thủ tục|lĩnh vực|thuộc|dự thảo|trên địa bàn|kế hoạch|để|nhằm)(?!\w)")
_NATIONAL = re.compile(r"cộng\s+hòa\s+xã|đảng\s+cộng\s+sản|(?<!\w)số\s*:")
_PLACED = re.compile(r"(?P<place>[^\W\d_][^\n,|]{1,28}),\s*(?:ngày\s*)?\Z", re.IGNORECASE)
_PASSED = re.compile(r"(?:nghị quyết|luật|pháp lệnh) này (?:đã )?(?:được )?[^.;]{3,120}thông qua (?:vào )?(?:ngày )?\Z")
_BEHIND_SUBJECT = re.compile(r"\s[^\W\d_]\w*(?:\s\w+){0,4}, ngày \d|\sKính gửi\s*:")
_INSTRUCTS = re.compile(r" (?:yêu cầu|chỉ thị|đề nghị|giao|chỉ đạo)(?!\w)")
_LINE_REST = re.compile(r"(?P<gap>,?[ ])(?P<rest>[^\n|_*-]*[^\s|_*-])")
_FOR_ANOTHER = re.compile(r"(?<!\w)(?:K/?T|T/?L|T/?UQ)\s?\.?\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """The document's own mention, issuer and date as the letterhead gives them, and its signer."""

    mention: Mention
    signers: tuple[Mention, ...]
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
    """The document's own number, kind, issuer, date and signers; None where the header and the title are missing."""
    heads = [s for s in scan.document.sections if s.zone is Zone.LETTERHEAD]
    title = next((s for s in scan.document.sections if s.zone is Zone.TITLE), None)
    kind, subject = _title(scan, title)
    number = _own_number(scan, heads, title, found)
    if number is not None:
        ref = number.value
        assert isinstance(ref, DirectiveRef)
        span = number.span
    elif kind and title is not None:
        ref, span = DirectiveRef(kind, title=f"{kind} {subject}".strip()), _stripped(scan, title)
    else:
        return None
    issuer = _issuer(scan, heads, readers) or _issuer_by_code(scan, ref, readers) or (_issuer_below(scan, found, readers) if number is None else None)
    date = _own_date(scan, heads, title)
    # A letter has no kind on a line of its own; another document's kind is the word of its title block.
    ref = replace(
        ref, kind=kind if kind and ref.kind != "Công văn" else ref.kind, subject=subject, date=date if date is not None else ref.date,
        issuer=issuer[0] if issuer is not None else ref.issuer, issuer_inferred=ref.issuer_inferred if issuer is None else False,
    )  # fmt: skip
    mention = Mention.at(scan.text, Kind.DIRECTIVE, span, ref, "own-number" if number is not None else "own-title")
    return OwnFacts(mention, tuple(_signers(scan, issuer[0] if issuer is not None else None, readers)), issuer)


def _stripped(scan: Scan, section: Section) -> Span:
    """The span of a section without white space at its ends."""
    text = scan.text[section.start : section.end]
    return section.start + len(text) - len(text.lstrip()), section.start + len(text.rstrip())


def _own_number(scan: Scan, heads: list[Section], title: Section | None, found: Found) -> Mention | None:
    """The number behind "Số:" above the title, else the first number there."""
    stop = title.start if title is not None else len(scan.text)
    own = [m for m in found.directives if m.rule == "number" and any(h.start <= m.start < min(h.end, stop) for h in heads)]
    behind = next((m for m in own if re.search(r"(?<!\w)số\s*:\s*\Z", scan.key[max(0, m.start - 12) : m.start])), None)
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


def _issuer(scan: Scan, heads: list[Section], readers: MentionReader) -> tuple[AgencyRef, Span] | None:
    """The issuing body of the letterhead, under a superior body the lower one; where it is spoilt, the body that enacts."""
    for head in heads:
        bodies = _bodies(scan, head, readers)
        if bodies:
            return bodies[-1] if key(bodies[-1][0].label) != key(bodies[0][0].label) else bodies[0]
    return None


def _bodies(scan: Scan, head: Section, readers: MentionReader) -> list[tuple[AgencyRef, Span]]:
    heading = _NATIONAL.search(scan.key, head.start, head.end)
    stop = heading.start() if heading is not None else head.end
    bodies: list[tuple[AgencyRef, Span]] = []
    position = head.start
    while position < stop:
        hit = next((h for h in scan.hits_in(position, stop) if h.entry(Category.AGENCY) is not None), None)
        if hit is None:
            break
        named = readers.agencies.read(scan, hit)
        if named is None or named[1] > stop:
            position = hit.end
            continue
        agency, end = _to_line_end(scan, *named, stop, readers)
        bodies.append((agency, (hit.start, end)))
        position = max(end, hit.end)
    return bodies


def _to_line_end(scan: Scan, agency: AgencyRef, end: int, stop: int, readers: MentionReader) -> tuple[AgencyRef, int]:
    """A committee's topic goes on to the end of its line: "BAN CHỈ ĐẠO … VỀ TÌM KIẾM, QUY TẬP HÀI CỐT LIỆT SĨ"."""
    entry = readers.registers.agencies.get(agency.entry)
    rest = _LINE_REST.match(scan.text, end, stop)
    if entry is None or "T" not in entry.tail or rest is None or agency.place or agency.parent is not None:
        return agency, end
    return replace(agency, name=f"{agency.name}{', ' if ',' in rest['gap'] else ' '}{squeeze(rest['rest']).lower()}"), rest.end("rest")


def _issuer_by_code(scan: Scan, ref: DirectiveRef, readers: MentionReader) -> tuple[AgencyRef, Span] | None:
    """Where no body can be read: the body of the number's code, in the place of "Huế, ngày 24 tháng 11 năm 2025"."""
    code = readers.registers.issuer_code(ref.issuer_code) if ref.issuer_code else None
    if code is None or not code.agency or readers.registers.agencies[code.agency].scope == "unique":
        return None
    for written in scan.dates:
        before = _PLACED.search(scan.text, max(0, written.start - 40), written.start)
        hit = scan.hit(before.start("place"), Category.PROVINCE) if before is not None else None
        entry = hit.entry(Category.PROVINCE) if hit is not None else None
        if entry is not None and hit is not None:
            unit = readers.registers.province_at(entry.id, written.resolve())
            agency = AgencyRef(readers.registers.agencies[code.agency].name, unit.unit_type if unit is not None else "", entry.id, entry.id, entry=code.agency)
            return agency, (hit.start, hit.end)
    return None


def _issuer_below(scan: Scan, found: Found, readers: MentionReader) -> tuple[AgencyRef, Span] | None:
    """Without a letterhead: the body for which is signed ("TM. CHÍNH PHỦ"), the signing Prime Minister, else the one body that instructs."""
    zone = next((s for s in scan.document.sections if s.zone is Zone.SIGNATURE), None)
    if zone is not None:
        for span, agency in found.agencies:
            if zone.start <= span[0] < zone.end and re.search(r"(?<!\w)T/?M\s?\.?\s*\Z", scan.text[max(0, span[0] - 8) : span[0]]):
                return agency, span
        for hit in scan.hits_in(zone.start, zone.end):
            entry = hit.entry(Category.AGENCY)  # an office that is a body of its own: the Prime Minister
            if entry is not None and hit.entry(Category.POST) is not None:
                return AgencyRef(readers.registers.agencies[entry.id].name, entry=entry.id), (hit.start, hit.end)
    acting = {agency: span for span, agency in found.agencies if _INSTRUCTS.match(scan.key, span[1]) and scan.key[max(0, span[0] - 2) : span[0]].strip() in ("", ".")}
    return next(iter(acting.items())) if len(acting) == 1 else None


# ---- signers


def _signers(scan: Scan, issuer: AgencyRef | None, readers: MentionReader) -> Iterator[Mention]:
    """The signers, each with the post under which the signature stands: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Hoàng Nam"."""
    zone = next((s for s in scan.document.sections if s.zone is Zone.SIGNATURE), None)
    if zone is None:
        return
    floor, _ = _stripped(scan, zone)
    while scan.text[floor : floor + 1] in ("|", " ") and floor < zone.end:
        floor += 1
    for signed in signed_names(scan.text, zone.start, zone.end, readers.registers):
        posts = _signing_posts(scan, floor, signed.start, issuer, readers)
        if posts:
            person = PersonRef(signed.name, tuple(post for post, _ in posts), tuple(span for _, span in posts))
            yield Mention.at(scan.text, Kind.OFFICIAL, (floor, signed.end), person, "signature")
        floor = scan.skip(signed.end, "|")


def _signing_posts(scan: Scan, start: int, end: int, issuer: AgencyRef | None, readers: MentionReader) -> list[tuple[PostRef, Span]]:
    """The signer's own posts in the block before the name: behind "KT.", "TL." or "TUQ." only the last office is."""
    offices: list[TitleItem] = []
    for hit in scan.hits_in(start, end):
        entry = hit.entry(Category.POST)
        if entry is None or readers.registers.posts[entry.id].kind != "office" or (offices and hit.start < offices[-1].end):
            continue
        following = next((h.start for h in scan.hits_in(hit.end, end) if h.entry(Category.POST) is not None), end)
        items, _ = readers.people.titles(scan, hit.start, end)
        for item in items:
            if item.post is not None and item.end > following and item.start < following:  # "TRƯỞNG BAN PHÓ THỦ TƯỚNG"
                offices.append(TitleItem(item.start, hit.end, item.kind, PostRef(item.post.title, None), ""))
                break
            if item.post is not None:
                offices.append(item)
    for_another = _FOR_ANOTHER.search(scan.text, start, end) is not None
    if len(offices) < 1 + for_another:
        spaced = _spaced_out_post(scan, start, end, issuer, readers)
        if spaced or not offices:
            return spaced
    own = offices[-1:] if for_another else offices
    posts = []
    for item in own:
        assert item.post is not None
        agency = item.post.agency
        if agency is None:
            agency = _unit_of_absent(scan, offices, item) or issuer
        posts.append((PostRef(item.post.title, agency), (item.start, item.end)))
    return posts


def _unit_of_absent(scan: Scan, offices: list[TitleItem], own: TitleItem) -> AgencyRef | None:
    """ "KT. VỤ TRƯỞNG VỤ CHÍNH SÁCH / PHÓ VỤ TRƯỞNG": the deputy's unit is that of the head who is absent."""
    assert own.post is not None
    for item in reversed(offices):
        if item is own or item.post is None or not key(own.post.title).endswith(key(item.post.title)):
            continue
        if item.post.agency is not None:
            return item.post.agency
        unit = squeeze(scan.text[item.end : own.start])
        head = item.post.title.split()[0]
        if unit and key(unit).startswith(key(head) + " ") and unit.isupper():
            return AgencyRef(sentence_case(unit))
    return None


def _spaced_out_post(scan: Scan, start: int, end: int, issuer: AgencyRef | None, readers: MentionReader) -> list[tuple[PostRef, Span]]:
    """ "P HÓ CHỦ T Ị CH" in a bad scan: the longest title whose letters close the block."""
    letters = "".join(c for c in scan.key[start:end] if c.isalpha())
    closing = [(p, letters.rfind(squeezed), len(squeezed)) for p in readers.registers.posts.values() if p.kind == "office" and (squeezed := "".join(key(p.title).split()))]
    titles = [(size, p) for p, at, size in closing if at >= 0 and at + size >= len(letters) - 2]
    if not titles:
        return []
    post = max(titles, key=lambda pair: pair[0])[1]
    agency = readers.registers.agencies.get(post.agency)
    return [(PostRef(post.title, AgencyRef(agency.name, entry=agency.id) if agency is not None and agency.scope == "unique" else issuer), (start, end))]


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
    ending = _TITLE_ENDS.match(masked.text)
    if ending is not None and not _NO_TARGET.search(masked.text[: ending.start("verb")]) and not _NO_TARGET.search(ending["gap"]):
        predicate = {"bãi bỏ": "repeals", "thay thế": "replaces"}.get(ending["verb"], "amends")
        for mention in _heads(masked, ending.end("gap"), len(masked.text)):
            yield Tie(predicate, mention, 0.92, f"title-{predicate}", masked.span)
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
        if _REVIEWS.search(masked.text[: match.start()]):
            break  # a notice of the meeting that reviewed how it is carried out
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
        before = segment[: match.start()]
        if _D not in before or _ISSUING_BODY.search(before):
            for _, mention in _directives(masked, begin + match.start("targets"), begin + match.end("targets")):
                yield Tie("implements", mention, 0.93, "issues-plan", masked.span)


def _heads(masked: Masked, begin: int, end: int) -> Iterator[Mention]:
    """The documents that a segment names itself, without those that stand inside their titles."""
    previous: int | None = None
    previous_data = False
    head_kind = ""
    inside_title = False
    for position, mention in _directives(masked, begin, end):
        ref = mention.value
        assert isinstance(ref, DirectiveRef)
        between = masked.text[previous + 1 : position] if previous is not None else ""
        own_data = ref.date is not None or (ref.issuer is not None and not ref.issuer_inferred)
        if previous is None:
            inside_title = False
        elif ";" in between:
            inside_title = False
        elif _TOGETHER.fullmatch(between):
            # Inside a title, what brings its own date behind a bare citation stands beside the title again.
            inside_title = inside_title and not (own_data and not previous_data)
        elif re.search(r"(?: và| ?,|;) (?:các )?\Z", between) and ref.number is not None:
            # Behind the words of a title: the next of its kind, or one that brings its own date or issuer.
            inside_title = ref.kind != head_kind and (inside_title or not own_data)
        else:
            inside_title = True
        if not inside_title:
            head_kind = ref.kind
            yield mention
        previous, previous_data = position, own_data


def _body_ties(masked: Masked) -> Iterator[Tie]:
    yield from _ended(masked)
    yield from _own_plans(masked, 0, len(masked.text))
    article = re.match(r"[\W_]*(?:điều \d+ ?\.? ?|\d+ ?\. ?)?(?:sửa đổi|bổ sung)", masked.text)
    if article is not None:
        for match in _AMENDS.finditer(masked.text):
            for _, mention in _directives(masked, *match.span("targets")):
                yield Tie("amends", mention, 0.88, "article-amends", masked.span)
            break


def _ended(masked: Masked) -> Iterator[Tie]:
    """What the document itself ends, as a whole or in part: "… và thay thế Quyết định số A; Quyết định số B", "Nghị định số C hết hiệu lực"."""
    text = masked.text
    verbs = [m for m in _ENDING.finditer(text)]
    for index, verb in enumerate(verbs):
        clause = max(text.rfind(";", 0, verb.start()), text.rfind(". ", 0, verb.start())) + 1
        before = text[clause : verb.start()]
        if verb.lastgroup == "lapsed":
            if not _NOT_OWN.search(before):
                yield from (Tie("repeals", m, 0.88, "body-repeals", masked.span) for m in _heads(masked, clause, verb.start()))
            continue
        if _NOT_OWN.search(before) or (_D in before and " này" not in before):
            continue
        stop = verbs[index + 1].start() if index + 1 < len(verbs) and verbs[index + 1].lastgroup != "lapsed" else len(text)
        assert verb.lastgroup is not None
        for mention in _ended_targets(masked, verb.end(), stop):
            yield Tie(verb.lastgroup, mention, 0.88, f"body-{verb.lastgroup}", masked.span)


def _ended_targets(masked: Masked, start: int, stop: int) -> Iterator[Mention]:
    """Documents that follow the verb, clause by clause, until one speaks of something else."""
    while start < stop:
        end = masked.text.find(";", start, stop)
        end = end if end != -1 else stop
        first = masked.text.find(_D, start, end)
        if first != -1:
            if first - start > 200 or _OTHER_CLAUSE.search(masked.text, start, first) or re.search(r"\. (?!\d)", masked.text[start:first]):
                return
            yield from _heads(masked, start, end)
        elif _OTHER_CLAUSE.search(masked.text, start, end):
            return
        start = end + 1


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

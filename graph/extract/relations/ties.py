"""Read what an official document does to those that it cites: rests on them, carries them out, amends, guides, replaces or ends them.

Reads: stretches of the document with marks for mentions. Gives: `Tie`s whose subject is the document itself. Documents that stand inside
the title of another one are no targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.extract.masking import Masked
from graph.extract.rules import MARKS
from graph.model import DirectiveRef, Kind, Mention, Span, Zone, names

_D = MARKS[Kind.DIRECTIVE]
_SEGMENT = re.compile(r";|(?<=[.:]) (?=căn cứ |xét đề nghị|theo đề nghị|thực hiện |trên cơ sở )|(?<=" + _D + r") (?=căn cứ )")
_CUES = (
    ("basedOn", re.compile(r"[\W_]*(?:các )?căn cứ(?: vào)?(?: các)? ")),
    (
        "implements",
        re.compile(
            r"[\W_]*(?:để |nhằm )?(?:tiếp tục )?(?:tổ chức )?(?:triển khai,? (?:tổ chức )?)?(?:thực hiện|triển khai|thi hành|cụ thể hóa)"
            r"(?: có hiệu quả| hiệu quả| nghiêm túc| nghiêm| tốt| đầy đủ| kịp thời)*(?: các| nội dung)* (?=" + _D + ")"
        ),
    ),
    ("references", re.compile(r"[\W_]*(?:xét|theo|trên cơ sở|tiếp theo|sau khi|qua|trong) ")),
)
# "Thực hiện Nghị quyết …, trong thời gian qua các ngành đã …": what was done before the document.
_LOOKS_BACK = re.compile(r",? (?:trong )?(?:thời gian|những năm|các năm|nhiều năm) (?:vừa )?qua(?!\w)")
_TOGETHER = re.compile(r"(?: ?, ?(?:và )?(?:các )?| và (?:các )?| ?, ?cùng | cùng (?:với )?(?:các )?|/)\Z")
# The next document of a list, or a part of it: "và Quyết định …", "và khoản 3 Điều 7 Nghị định …", "và Danh mục … tại Quyết định …".
_PART = r"(?:điểm|khoản|điều|chương|mục|phần|phụ lục|danh mục|quy trình)(?!\w)[^;.\ue004]{0,80} "
_NEXT_ITEM = re.compile(rf"(?: và| ?,|;) (?:các )?(?:{_PART})?\Z")
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
    r"(?:ban hành|xây dựng|phê duyệt)(?: kèm theo [^;.\ue004]{0,20})?[^;.\ue004]{0,30}(?:kế hoạch|chương trình|chương trình hành động|chỉ thị|đề án|hướng dẫn)"
    r"[^;.\ue004]{0,80}?"
    r"(?:thực hiện|triển khai|thi hành)(?: các| nội dung)? (?P<targets>" + _D + r"(?:(?: ?,| và|;)[^;.\ue004]{0,12}" + _D + r")*)"
)
_AMENDS = re.compile(r"(?:sửa đổi,? (?:và )?bổ sung|sửa đổi|bổ sung|điều chỉnh|đính chính)[^;.\ue004]{0,120}?(?P<targets>" + _D + ")")
_ENDING = re.compile(r"(?P<replaces>thay thế)|(?P<repeals>bãi bỏ|hủy bỏ)|(?P<lapsed>hết hiệu lực)")
_LIST_MODE = re.compile(r"(?P<verb>hết hiệu lực|bãi bỏ|thay thế)[^;\ue004]{0,120}:\s*\Z")
_NOT_OWN = re.compile(
    r"(?:được|đã sửa đổi|sửa đổi, bổ sung hoặc|khi|trường hợp|đề nghị|đề xuất|kiến nghị|xem xét|rà soát|nghiên cứu|nếu|dự thảo|phải|cần|bị)[^;.]{0,80}\Z"
)
# Words behind which a clause speaks of something else than the documents that end.
_OTHER_CLAUSE = re.compile(
    r"(?<!\w)(?:giao|chịu trách nhiệm|căn cứ|theo quy định|theo đúng|thực hiện theo|áp dụng|để|nhằm|bằng|bởi|(?<!kèm )(?<!hành )theo)(?!\w)"
)
_TITLE_ENDS = re.compile(r"[^\ue004]{0,60}?(?P<verb>sửa đổi|bổ sung|điều chỉnh|bãi bỏ|thay thế)(?P<gap>[^\ue004]{0,200}?)(?=\ue004)")
_TITLE_GUIDES = re.compile(
    r"[^\ue004]{0,40}?(?:quy định chi tiết|hướng dẫn)"
    r"(?: thi hành| thực hiện| một số điều| và| biện pháp| của|,| hướng dẫn| nội dung| việc)*(?: \w+){0,3} (?P<targets>\ue004)"
)
_NO_TARGET = re.compile(r"(?<!\w)(?:thực hiện|triển khai|(?<!kèm )theo|thủ tục|lĩnh vực|thuộc|dự thảo|trên địa bàn|kế hoạch|để|nhằm)(?!\w)")


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation of the document itself to a cited one: predicate, mention, confidence and the rule's id."""

    predicate: str
    target: Mention[DirectiveRef]
    confidence: float
    rule: str
    span: Span


def ties(zone: Zone, masked: Masked, mode: str) -> tuple[list[Tie], str]:
    """What a stretch of an official document says of the document itself, and the mode that its last segment leaves open.

    zone: TITLE (as a whole), PREAMBLE or BODY (sentence by sentence); mode: what the stretch before left open with a semicolon.
    """
    if zone is Zone.TITLE:
        return list(_title_ties(masked)), ""
    if zone is Zone.PREAMBLE:
        return _preamble_ties(masked, mode)
    return list(_body_ties(masked)), ""


def _directives(masked: Masked, start: int, end: int) -> list[tuple[int, Mention[DirectiveRef]]]:
    return [(p, m.mention) for p, m in masked.within(start, end) if names(m.mention, DirectiveRef)]


def _title_ties(masked: Masked) -> Iterator[Tie]:
    ending = _TITLE_ENDS.match(masked.text)
    if ending is not None and not _NO_TARGET.search(masked.text[: ending.start("verb")]) and not _NO_TARGET.search(ending["gap"]):
        predicate = {"bãi bỏ": "repeals", "thay thế": "replaces"}.get(ending["verb"], "amends")
        for mention in _heads(masked, ending.end("gap"), len(masked.text)):
            yield Tie(predicate, mention, 0.92, f"title-{predicate}", masked.span)
        return
    guiding = _TITLE_GUIDES.match(masked.text)
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
            if mode == "implements" and _LOOKS_BACK.search(segment):
                mode = "references"
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


def _heads(masked: Masked, begin: int, end: int) -> Iterator[Mention[DirectiveRef]]:
    """The documents that a segment names itself, without those that stand inside their titles."""
    previous: int | None = None
    previous_data = False
    head_kind = ""
    inside_title = False
    for position, mention in _directives(masked, begin, end):
        ref = mention.value
        between = masked.text[previous + 1 : position] if previous is not None else ""
        own_data = ref.date is not None or (ref.issuer is not None and not ref.issuer_inferred)
        if previous is None or ";" in between:
            inside_title = False
        elif _TOGETHER.fullmatch(between):
            # Inside a title, what brings its own date behind a bare citation stands beside the title again.
            inside_title = inside_title and not (own_data and not previous_data)
        elif _NEXT_ITEM.search(between) and ref.number is not None:
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
    verbs = list(_ENDING.finditer(text))
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


def _ended_targets(masked: Masked, start: int, stop: int) -> Iterator[Mention[DirectiveRef]]:
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


def first_directive(masked: Masked) -> Mention[DirectiveRef] | None:
    """The document that a list item is about."""
    item = next(iter(_directives(masked, 0, len(masked.text))), None)
    return item[1] if item is not None and item[0] < 30 else None

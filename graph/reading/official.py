"""Tell the parts of an official document apart: letterhead, title, preamble, body, recipients, signature, annex.

Reads: NFC text as scanned or exported: lines broken anywhere, headings glued to paragraphs, signatures in table cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model import Section, Zone
from graph.registers.registers import Registers
from graph.text.normalize import UPPER, key

_S = r"\s+"
_HEADING = re.compile(rf"cộng{_S}hòa{_S}xã{_S}hội{_S}chủ{_S}nghĩa{_S}việt{_S}nam|đảng{_S}cộng{_S}sản{_S}việt{_S}nam\s*\n")
_MOTTO = re.compile(rf"độc{_S}lập\s*-\s*tự{_S}do\s*-\s*hạnh{_S}phúc")
_NUMBER_LINE = re.compile(r"(?<!\w)số\s*:", re.IGNORECASE)
_PLACE_DATE = re.compile(r",\s*ngày\s+\S{1,3}\s+tháng\s+\S{1,3}\s+năm\s+\d{4}", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:^|\n)\s*Điều\s+1\b")
_BASIS = re.compile(r"(?:^|[\n.;:A-ZĐ])\s*Căn\s+cứ\s+(?=[A-ZĐ\"“])")
# Where the preamble begins: a cue at the head of a line or glued behind the shouted title.
_PREAMBLE = re.compile(
    rf"(?:^|\n|(?<=[{UPPER}.\d][ ]))\s*(?P<cue>Căn\s+cứ\s|Thực\s+hiện\s|Xét\s+đề\s+nghị|Theo\s+đề\s+nghị|Trên\s+cơ\s+sở|Để\s|Nhằm\s|Tiếp\s+tục\s|Thời\s+gian\s|Trong\s|Ngày\s+\d|Điều\s+1\b)"
)
_ENACTS = re.compile(
    r"(?:QUYẾT\s+ĐỊNH|QUYẾT\s+NGHỊ|QUYẾT\s+ĐỊNH\s+NHƯ\s+SAU|[Qq]uyết\s+nghị|NGHỊ\s+QUYẾT|LUẬT\s+NÀY|CHỈ\s+THỊ)\s*:|(?:^|\n)\s*(?:Điều\s+1\b|I\.\s|1\.\s|Phần\s+[I1]\b)"
)
_RECIPIENTS = re.compile(r"(?:^|\n|\|)\s*(?:Nơi|Kính)\s+nhận\s*:", re.IGNORECASE)
_SIGNING = re.compile(
    rf"(?:^|\n|\|)[ \t]*(?P<head>(?:T/?M|K/?T|T/?L|TUQ|Q)\s?\.?\s?[{UPPER}]{{2,}}|(?:TM|KT|TL|TUQ)\s*\.\s*[{UPPER}])"
    r"|(?:^|\n|\|)[ \t]*(?P<office>(?:PHÓ\s+)?(?:CHỦ\s+TỊCH|THỦ\s+TƯỚNG|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG|GIÁM\s+ĐỐC|BÍ\s+THƯ|TỔNG\s+GIÁM\s+ĐỐC|CỤC\s+TRƯỞNG)[^\n|]{0,60})(?=\s*(?:\n|\||$))"
)


def is_official(text: str, registers: Registers) -> bool:
    """Whether the text is an official document: a national or Party heading, or the anatomy of one (basis, articles)."""
    head = key(text[:1500])
    if _HEADING.search(head) and (_NUMBER_LINE.search(head) or _MOTTO.search(head)):
        return True
    first = head.lstrip().split("\n", 1)[0][:40].strip()
    kind = next((k for k in registers.kinds if first.startswith(k)), None)
    if kind is None:
        return False
    return _BASIS.search(text[:3000]) is not None and (_ARTICLE.search(text) is not None or "QUYẾT" in text[:4000])


def official_sections(text: str, registers: Registers) -> Iterator[Section]:
    """The zones of an official document, in order, covering all of its text."""
    title = _title_start(text, registers)
    preamble = _preamble_start(text, title)
    enacted = _ENACTS.search(text, preamble)
    body = enacted.end() if enacted is not None and enacted.start() - preamble < 9000 and enacted.group().strip().endswith(":") else (
        enacted.start() if enacted is not None and enacted.start() - preamble < 9000 else preamble
    )  # fmt: skip
    recipients, signature, annex = _closing(text, body)
    cuts = [
        (0, Zone.LETTERHEAD),
        (title, Zone.TITLE),
        (preamble, Zone.PREAMBLE),
        (body, Zone.BODY),
        (recipients, Zone.RECIPIENTS),
        (signature, Zone.SIGNATURE),
        (annex, Zone.ANNEX),
    ]
    cuts.sort(key=lambda cut: cut[0])
    for (start, zone), (end, _) in zip(cuts, [*cuts[1:], (len(text), Zone.ANNEX)], strict=True):
        if start < end and text[start:end].strip():
            yield Section(start, end, zone)


def _title_start(text: str, registers: Registers) -> int:
    """Where the title block begins: the kind of document on a line of its own, after number, place and date."""
    window = "\n".join(key(line) for line in text[:4000].split("\n"))
    floor = 0
    for pattern in (_MOTTO, _NUMBER_LINE, _PLACE_DATE):
        found = pattern.search(window)
        if found is not None:
            floor = max(floor, found.end())
    kinds = "|".join(re.escape(k).replace(r"\ ", r"\s+") for k in sorted(registers.kinds, key=len, reverse=True))
    line = re.compile(rf"(?:^|\n)\s*(?P<kind>{kinds})(?=\s*\n|\s+(?:về|v/v|ban|phê|quy|sửa|công|kết|thực|phát|triển|liên|của))")
    found = line.search(window, max(floor - 1, 0)) or line.search(window)
    if found is not None:
        return found.start("kind")
    subject = re.search(r"(?<!\w)v/v", window)
    return subject.start() if subject is not None and subject.start() < 1500 else floor


def _preamble_start(text: str, title: int) -> int:
    found = _PREAMBLE.search(text, title + 1, title + 4000)
    if found is not None:
        return found.start("cue")
    # No cue: the title block ends at the first blank line that a paragraph in sentence case follows.
    for match in re.finditer(r"\n\s*\n\s*(?=\S)", text[title : title + 4000]):
        start = title + match.end()
        line = text[start:].split("\n", 1)[0]
        if line and not line.isupper() and len(line) > 40:
            return start
    return min(title + 4000, len(text))


def _closing(text: str, body: int) -> tuple[int, int, int]:
    """Starts of recipients, signature and annex; the text's end where a part is missing."""
    end = len(text)
    recipients_match = _RECIPIENTS.search(text, body)
    recipients = recipients_match.start() if recipients_match is not None else end
    signing = None
    for match in _SIGNING.finditer(text, body):
        if match["head"] is not None or recipients <= match.start() < recipients + 3000 or text[: match.start()].rstrip().endswith(("./.", "./")):
            signing = match
            break
    if signing is None:
        return recipients, end, end
    signature = signing.start()
    return (min(signature, recipients)), signature, _signature_end(text, signature)


def _signature_end(text: str, start: int) -> int:
    """The end of the signature block: the signer's name, at most ten lines on; what follows is annex."""
    name = re.compile(rf"(?:^|\n|[|)]|[{UPPER}][ ])[ \t]*(?:(?:[A-ZĐ]\w{{0,6}}\.[ ]?)*)(?P<name>[{UPPER}]\w+(?:[ ][{UPPER}]\w*){{1,5}})[ \t]*(?=\n|\||$)")
    for match in name.finditer(text, start, min(len(text), start + 700)):
        words = match["name"].split()
        if not match["name"].isupper() and 2 <= len(words) <= 5:
            return match.end()
    return min(len(text), start + 300)

"""Tell the parts of an official document apart: letterhead, title, preamble, body, recipients, signature, annex.

Reads: NFC text as scanned or exported: lines broken anywhere, headings glued to paragraphs, signatures in table cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model import Section, Zone
from graph.registers.gazetteer import Category
from graph.registers.registers import Registers
from graph.text.normalize import LOWER, UPPER, key
from graph.text.signatures import SignedName, find_signed_names

_S = r"\s+"
# What precedes the first word of a line. From each line end only as far as the next one: a text may hold a million of them in a row.
_AT_HEAD = r"(?:^\s*+|\n[^\S\n]*+)"
_HEADING = re.compile(rf"cộng{_S}hòa{_S}xã{_S}hội{_S}chủ{_S}nghĩa{_S}việt{_S}nam|đảng{_S}cộng{_S}sản{_S}việt{_S}nam[ \t|_-]*\n")
_MOTTO = re.compile(rf"độc{_S}lập\s*-\s*tự{_S}do\s*-\s*hạnh{_S}phúc")
_NUMBER_LINE = re.compile(r"(?<!\w)số\s*:", re.IGNORECASE)
# A line of the document's own number, also as a portal's header has it: "Số ký hiệu: 12/KH-SYT".
_OWN_NUMBER = re.compile(r"(?:^|\n|\|)[ \t]*số(?: ký)?(?: hiệu)?(?: văn bản)?\s*[:|]?\s*\d{1,5}[a-zđ]?\s?[/-]\s?[a-zđ\d]")
# Who signed, as a portal's header has it.
_PORTAL_SIGNER = re.compile(r"(?:^|\n)[ \t|]*Người\s+ký(?:\s+văn\s+bản)?\s*[:|][ \t|]*(?P<name>[^\n|]+)", re.IGNORECASE)
_TITLED = 3000  # code points in which a title stands
_PLACE_DATE = re.compile(r",\s*ngày\s+\S{1,3}\s+tháng\s+\S{1,3}\s+năm\s+\d{4}", re.IGNORECASE)
_ARTICLE = re.compile(_AT_HEAD + r"Điều\s+1\b")
_BASIS = re.compile(r"(?:^|[\n.;:A-ZĐ])\s*+Căn\s+cứ\s+(?=[A-ZĐ\"“])")
# Where the preamble begins: a cue at the head of a line or glued behind the shouted title.
_PREAMBLE = re.compile(
    rf"(?:{_AT_HEAD}|(?<=[{UPPER}.\d][ ])\s*+)(?P<cue>Căn\s+cứ\s|Thực\s+hiện\s|Xét\s+đề\s+nghị|Theo\s+đề\s+nghị"
    r"|Trên\s+cơ\s+sở|Để\s|Nhằm\s|Tiếp\s+tục\s|Thời\s+gian\s|Trong\s|Ngày\s+\d|Điều\s+1\b)"
)
_GROUND = re.compile(r"\s*(?:Căn\s+cứ|Theo\s+đề\s+nghị|Xét\s+đề\s+nghị)\s[^\n]{0,2000}")
_ENACTS = re.compile(
    r"(?:QUYẾT\s+ĐỊNH|QUYẾT\s+NGHỊ|QUYẾT\s+ĐỊNH\s+NHƯ\s+SAU|[Qq]uyết\s+nghị|NGHỊ\s+QUYẾT|LUẬT\s+NÀY|CHỈ\s+THỊ)\s*:|"
    + _AT_HEAD
    + r"(?:Điều\s+1\b|I\.\s|1\.\s|Phần\s+[I1]\b)"
)
_RECIPIENTS = re.compile(r"(?:^\s*+|[\n|][^\S\n]*+)(?:Nơi|Kính)\s+nhận\s*:", re.IGNORECASE)
_ON_BEHALF = re.compile(
    rf"(?:^|\n|\|)[ \t]*(?:(?:T/?M|K/?T|T/?L|T/?UQ)(?:\s?\.\s?|\s)[{UPPER}]{{2,}}|Q\s?\.\s?[{UPPER}]{{2,}}|(?:TM|KT|TL|TUQ)\s*\.\s*[{UPPER}])",
)
_LINE_HEAD = re.compile(r"(?:^|\n|\|)[ \t]*(?=\S)")
_CLOSED = re.compile(r"\./\.?\s*\Z|\.\s*/\s*-?\s*\Z")
_LETTER = re.compile(r"(?<!\w)số\s*:\s*\d{1,5}[^\n]{0,300}(?:\n[^\n]{0,200}){0,6}?\n\s*(?:\|\s*)?kính\s+gửi\s*:")
_ADDRESSED = re.compile(r"(?<!\w)kính\s+gửi\s*:", re.IGNORECASE)
_CARRIED_OUT = re.compile(r"\n\s*+(?:Thực hiện|Căn cứ|Để|Nhằm|Thi hành|Trong|Theo)\s")
_PARAGRAPH = re.compile(r"\n[^\S\n]*+\n\s*+(?=\S)")
_WORDS = re.compile(r"[^\W\d_]+")
_ENACTING = 250  # code points of the lines that name who enacts
_SHOUTED = 6  # words in capitals, the kind of document among them, that make a title a shouted one
_IN_LOWER_CASE = re.compile(rf"[{UPPER}]?[{LOWER}]+(?:[ ,]{{1,2}}(?:[{LOWER}]+|\d+)){{3}}|điện\s?:")
# What may stand beside the body's name in the line that names who enacts: "khóa XV, kỳ họp thứ 13", "nhiệm kỳ 2021 - 2026".
_BESIDE_BODY = re.compile(r"khóa|khoá|kỳ|họp|nhiệm|thứ|lần|tỉnh|thành|phố|huyện|quận|thị|xã|chuyên|đề|bất|thường|[ivxl]+|\w*\d\w*")
_GOES_ON = re.compile(r"(?:của|và|cho|tại|với|do|theo|bởi|thuộc|,|-)\s*\Z")


def is_official(text: str, registers: Registers) -> bool:
    """Whether the text is an official document: a national or Party heading, or the anatomy of one (basis, articles)."""
    head = _key_lines(text[:1500])
    if _HEADING.search(head) and (_NUMBER_LINE.search(head) or _MOTTO.search(head)):
        return True
    if _LETTER.search(head):
        return True
    if _OWN_NUMBER.search(head) and any(_is_title(line, registers) for line in text[:_TITLED].split("\n")):
        return True
    first = head.lstrip().split("\n", 1)[0].strip()
    kind = next((k for k in sorted(registers.kinds, key=len, reverse=True) if first.startswith(k)), None)
    if kind is None or not re.match(r"\s*\Z|\s(?:về|v/v|ban hành|phê duyệt|quy định|sửa đổi|công bố)(?!\w)|\s*[^\w\s]{3,}", first[len(kind) :]):
        return False
    if _BASIS.search(text[:3000]) is not None and (_ARTICLE.search(text) is not None or "QUYẾT" in text[:4000]):
        return True
    # An instruction has neither bases nor articles: it opens with what it carries out, or speaks of itself.
    if f"{kind} này" in key(text) and (_CARRIED_OUT.search(text[:1500]) is not None or _RECIPIENTS.search(text) is not None):
        return True
    second = text.lstrip().partition("\n")[2].lstrip()
    return kind != "thông báo" and re.match(r"(?:Thực hiện|Căn cứ|Thi hành)\s", second) is not None


def _is_title(line: str, registers: Registers) -> bool:
    """Whether a line begins with a kind of document in capitals, and with little else or all of it in capitals."""
    bare = line.strip()
    return len(bare) > 4 and bare.isupper() and any(re.match(rf"{re.escape(kind)}(?!\w)", key(bare)) for kind in registers.kinds)


def official_sections(text: str, registers: Registers) -> Iterator[Section]:
    """The zones of an official document, in order, covering all of its text."""
    title = _title_start(text, registers)
    preamble = _preamble_start(text, title)
    enacting = _enacting_start(text, title, preamble, registers)
    body = _body_start(text, preamble)
    recipients, signature, annex = _closing(text, body, registers)
    cuts = [
        (0, Zone.LETTERHEAD),
        (title, Zone.TITLE),
        (enacting, Zone.LETTERHEAD),
        (preamble, Zone.PREAMBLE),
        (body, Zone.BODY),
        (recipients, Zone.RECIPIENTS),
        (signature, Zone.SIGNATURE),
        (annex, Zone.ANNEX),
    ]
    if signature == len(text) and (told := _PORTAL_SIGNER.search(text, 0, title)) is not None:
        cuts += [(told.start("name"), Zone.SIGNATURE), (told.end("name"), Zone.LETTERHEAD)]
    cuts.sort(key=lambda cut: cut[0])
    for (start, zone), (end, _) in zip(cuts, [*cuts[1:], (len(text), Zone.ANNEX)], strict=True):
        if start < end and text[start:end].strip():
            yield Section(start, end, zone)


def _body_start(text: str, preamble: int) -> int:
    """Where the enacting words or the first numbered part end the preamble, else its last ground; the preamble's start where nothing parts them."""
    enacted = _ENACTS.search(text, preamble, preamble + 9100)
    if enacted is None or enacted.start() - preamble >= 9000:
        return _grounds_end(text, preamble)
    return enacted.end() if enacted.group().rstrip().endswith(":") else enacted.start()


def _grounds_end(text: str, preamble: int) -> int:
    """Where the lines end that each begin with "Căn cứ" and the like; a text may be cut behind them."""
    end = preamble
    while (ground := _GROUND.match(text, end)) is not None:
        end = ground.end()
    return end


def _title_start(text: str, registers: Registers) -> int:
    """Where the title block begins: the kind of document on a line of its own, after number, place and date."""
    window = _key_lines(text[:4000])
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


def _enacting_start(text: str, title: int, preamble: int, registers: Registers) -> int:
    """Where the lines behind the title begin that name who enacts ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"); the preamble's start without any."""
    if _ADDRESSED.search(text, title, preamble):
        return preamble  # a letter names its recipients there
    line = text.find("\n", max(title, preamble - _ENACTING), preamble)
    while line != -1:
        if text[line:preamble].strip() and not _GOES_ON.search(key(text[title:line])) and _names_only_a_body(text[line:preamble], registers):
            return line + 1
        line = text.find("\n", line + 1, preamble)
    return preamble


def _names_only_a_body(lines: str, registers: Registers) -> bool:
    if len(lines) > _ENACTING:
        return False
    squeezed = " ".join(lines.split())
    if squeezed.strip("-_"):
        squeezed = squeezed.strip("-_ ")
    lowered = key(squeezed)
    rest, position, bodies = "", 0, 0
    for hit in registers.gazetteer.find(squeezed, lowered, any_case=True):
        if not any(e.category in (Category.AGENCY, Category.POST, Category.PROVINCE) for e in hit.entries):
            continue
        if hit.start == 0 or bodies:
            bodies += hit.entry(Category.PROVINCE) is None
            rest += lowered[position : hit.start] + " "
            position = hit.end
    rest += lowered[position:]
    return bodies > 0 and all(_BESIDE_BODY.fullmatch(word) for word in re.findall(r"\w+", rest))


def _key_lines(text: str) -> str:
    """The key of a text with its line ends kept."""
    return "\n".join(key(line) for line in text.split("\n"))


def _preamble_start(text: str, title: int) -> int:
    found = _PREAMBLE.search(text, title + 1, title + 4000)
    addressed = _ADDRESSED.search(text, title, title + 4000)
    ends = [
        match for match in (found.start("cue") if found else None, addressed.start() if addressed else None, _shouted_end(text, title)) if match is not None
    ]
    if ends:
        return min(ends)
    # No cue: the title block ends at the first blank line that a paragraph in sentence case follows.
    for match in _PARAGRAPH.finditer(text, title, title + 4000):
        start = match.end()
        stop = text.find("\n", start)
        line = text[start : stop if stop != -1 else len(text)]
        if line and not line.isupper() and len(line) > 40:
            return start
    return min(title + 4000, len(text))


def _shouted_end(text: str, title: int) -> int | None:
    """Where a title in capitals is over, since a sentence in lower case begins on the same line; None for a title that isn't shouted."""
    shouted = 0
    for word in _WORDS.finditer(text, title, min(len(text), title + 4000)):
        if word.group().isupper():
            shouted += 1
        elif shouted < _SHOUTED:
            return None
        elif _IN_LOWER_CASE.match(text, word.start()) is not None:
            return word.start()
    return None


def _closing(text: str, body: int, registers: Registers) -> tuple[int, int, int]:
    """Starts of recipients, signature and annex; the text's end where a part is missing."""
    end = len(text)
    recipients_match = _RECIPIENTS.search(text, body)
    recipients = recipients_match.start() if recipients_match is not None else end
    signature = _signature_start(text, body, recipients, registers)
    if signature is None:
        return recipients, end, end
    return min(signature, recipients), signature, _signature_end(text, signature, registers)


def _signature_start(text: str, body: int, recipients: int, registers: Registers) -> int | None:
    """Where the block of who signs begins: "TM. …", "KT. …", or an office in capitals behind the last article or beside the recipients."""
    behalf = _ON_BEHALF.search(text, body)
    stop = behalf.start() if behalf is not None else len(text)
    for match in _LINE_HEAD.finditer(text, body, stop):
        if not (recipients <= match.start() < recipients + 3000 or _CLOSED.search(text, max(body, match.start() - 12), match.start())):
            continue
        if _opens_with_office(text, match.end(), registers):
            return match.start()
    return behalf.start() if behalf is not None else None


def _opens_with_office(text: str, position: int, registers: Registers) -> bool:
    line = text[position : position + 90].split("\n", 1)[0].split("|", 1)[0]
    words = line.split()
    if not words or not (words[0].isupper() and len(words[0]) > 1):
        return False
    hit = next(registers.gazetteer.find(line, key(line), any_case=True), None)
    entry = hit.entry(Category.POST) if hit is not None and hit.start == 0 else None
    return hit is not None and entry is not None and registers.posts[entry.id].kind == "office" and line[: hit.end].isupper()


def _signature_end(text: str, start: int, registers: Registers) -> int:
    """The end of the signature block: the last signer's name; what follows is annex."""
    names = list(signed_names(text, start, min(len(text), start + 1200), registers))
    return names[-1].end if names else min(len(text), start + 300)


def signed_names(text: str, start: int, end: int, registers: Registers) -> Iterator[SignedName]:
    """The signers' names of a signature block, without words that the registers know for something else; joint signers stand close together."""
    floor = start
    for name in find_signed_names(text, start, end):
        hit = next(registers.gazetteer.find(name.name, key(name.name)), None)
        if hit is not None and hit.start == 0 and hit.end == len(name.name):
            continue
        block = text[floor : name.start]
        if floor > start and (len(block) > 300 or not any(word.isupper() and len(word) > 1 for word in block.split())):
            return
        if floor == start and len(block) > 700:
            return
        if floor > start and re.search(r"(?:PHỤ LỤC|QUY ĐỊNH|QUY CHẾ|DANH MỤC|KẾ HOẠCH|ĐỀ ÁN|BẢNG|BIỂU|MẪU)", block):
            return
        yield name
        floor = name.end

"""Read documents named without a number: what an event is about, what a numbered document carries out, what was just issued.

Reads: a `Scan`. Gives: mentions whose title is kind and name, without issuer and years. A programme named in passing gives none: only
"hội nghị triển khai Chương trình …", "họp về tình hình thực hiện Đề án …", "Kế hoạch số 77/KH-UBND về thực hiện Chương trình …".
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from graph.extract.mentions.citing import Citing
from graph.extract.mentions.scan import Scan
from graph.model import AgencyRef, DirectiveRef, Genre, Kind, Mention, Zone
from graph.registers.gazetteer import Category, Hit
from graph.text.normalize import sentence_case, squeeze

KINDS = frozenset({"Chương trình", "Chương trình hành động", "Đề án", "Chiến lược", "Kế hoạch"})
_MEANT_IN_LOWER_CASE = frozenset({"Chương trình hành động", "Đề án", "Chiến lược"})
# Kinds that only their issuer and subject together name: "chỉ thị của Bộ Y tế về hạn chế rác thải nhựa".
ISSUED = frozenset({"Chỉ thị", "Nghị quyết", "Kết luận"})
# What an event does with the document that it is about. Possessive, so that no text can make the search slow.
_DOES = (
    r"(?:triển khai|thực hiện|tổng kết|sơ kết|quán triệt|đánh giá|rà soát|góp ý|phát động|công bố|giới thiệu|khởi động|kết quả|tình hình|tiến độ|công tác"
    r"|việc|về|bàn|cho ý kiến|các|\d{1,2} năm|năm đầu)"
)
_OF_EVENT = re.compile(
    r"(?<!\w)(?:hội nghị|hội thảo|tọa đàm|cuộc họp|buổi họp|phiên họp|họp|giao ban|buổi làm việc|làm việc với [^.;:\n]{3,60}?|lễ|ban chỉ đạo|đoàn công tác)"
    r"(?: với [^.;:\n]{3,60}?)?(?: nhằm| để)?"
    rf"(?: đầu tiên| trực tuyến| toàn quốc| báo chí| lần thứ \w+)*+(?: {_DOES})++(?: [^.;:\n]{{4,120}}? và)? (?<!các )\Z"
)
_CARRIED = re.compile(r"(?<!\w)(?:về|về việc|để|nhằm|kế hoạch|chương trình)(?: tổ chức)? (?:triển khai thực hiện|thực hiện|triển khai) \Z")
_TITLED = re.compile(r"(?:Thực hiện|Triển khai|Triển khai thực hiện) \Z")  # the title of a plan begins here
_NAME = re.compile(r"\s(?P<name>[^.;:\n()“”\"]{8,170})")
# Where the name is over and the sentence goes on.
_STOP = re.compile(
    r"(?:,?\s(?:do|tại|ngày|sáng|chiều|tối|vào|nhằm|được|đã|đang|sẽ|với|cho thấy|diễn ra|trên địa bàn|trong thời gian|là|có|thì|khi|như|từ nay"
    r"|và (?:các|việc|giao|yêu cầu|đề nghị|chỉ đạo|ban hành|phân công|thống nhất|cho|đã|sẽ)"
    r"|đề ra|đạt|sau|theo|tuy nhiên|ở|để|gồm|bao gồm|tổ chức|nêu|còn|phải|cần|ban hành|kèm)(?!\w)"
    r"|,?\s(?:của|giai đoạn|năm|đến năm|tầm nhìn)(?!\w)|,\s(?!chống|bổ sung)|\s[-–]\s?\d)"
)
_GENERIC = re.compile(r"(?:này|nêu|trên|nói|đã|được|là|và|cũng|của|do|đó|mới|với|trong|tại|số|hành động|công tác năm|cụ thể|chi tiết)(?!\w)")
_ISSUER = re.compile(r"\scủa\s")
_QUOTED = re.compile(r"\s(?P<about>về\s)?(?:việc\s)?[“\"](?P<title>[^“”\"\n]{12,200})[”\"]")
_ISSUED_NOW = re.compile(r"(?:vừa|mới|đã) (?:xây dựng|ban hành|phê duyệt|thông qua|ký)(?:(?: và|,)? (?:ban hành|triển khai|phê duyệt|thông qua))* \Z")
_HEAD_SENTENCES = 6
_SAYS_NOTHING = re.compile(r"triển khai|thực hiện|tổ chức|cụ thể|chi tiết|ban hành")
_ONE_OF_ITS_NAME = frozenset({"Chương trình hành động", "Đề án", "Chiến lược"})
_WITH_NUMBER = re.compile(r"(?:ban hành|phê duyệt|về)\s(?:việc\s)?(?:ban hành\s|phê duyệt\s)?\Z")
_OPENING = 60  # code points that hold the first words of a name
_FEWEST = 4  # words of a name; fewer name no one document ("Kế hoạch đầu tư công")


def _uncapitalized(title: str) -> str:
    """ "Về thí điểm …" inside a name begins in lower case."""
    return title[0].lower() + title[1:] if title.startswith("Về ") else title


def _opening(scan: Scan, hit: Hit) -> str:
    """The first words of a name, by which a text names it again; "" where it isn't named with a capital."""
    words = scan.key[hit.start : hit.end + _OPENING].split()[: _FEWEST + 1] if scan.text[hit.start].isupper() else []
    return " ".join(words) if len(words) > _FEWEST else ""


def _named_again(scan: Scan) -> Counter[str]:
    """How often a report names each scheme or strategy by the same words: one that it is about comes again."""
    if scan.document.genre is not Genre.REPORT:
        return Counter()
    told: Counter[str] = Counter()
    numbered = {""}
    for hit in scan.of(Category.KIND):
        kind = hit.entry(Category.KIND)
        if kind is None or kind.id not in _ONE_OF_ITS_NAME:
            continue
        name = _opening(scan, hit)
        told[name] += 1
        # One issued with a numbered document is that document.
        if _WITH_NUMBER.search(scan.key, max(0, hit.start - 30), hit.start) and scan.number_in(max(0, hit.start - 160), hit.start):
            numbered.add(name)
    return Counter({name: count for name, count in told.items() if name not in numbered})


class TopicReader:
    """Parses documents that are the topic of an event or of a plan."""

    def __init__(self, citing: Citing) -> None:
        self.citing = citing

    def read(self, scan: Scan) -> list[Mention[DirectiveRef]]:
        """All documents named as topics, in order."""
        told = _named_again(scan)
        found = (self._topic(scan, hit, told) for hit in scan.of(Category.KIND))
        return [mention for mention in found if mention is not None]

    def _topic(self, scan: Scan, hit: Hit, told: Counter[str]) -> Mention[DirectiveRef] | None:
        kind = hit.entry(Category.KIND)
        if kind is None or kind.id not in KINDS | ISSUED:
            return None
        quoted = self._quoted(scan, hit, kind.id)
        if quoted is not None:
            return quoted
        if kind.id in KINDS and (self._just_issued(scan, hit.start) or told[_opening(scan, hit)] > 1):
            return self._named(scan, hit, kind.id, None, hit.end)
        if not (scan.text[hit.start].isupper() or kind.id in ISSUED | _MEANT_IN_LOWER_CASE):
            return None
        reported = scan.document.genre is Genre.REPORT and _OF_EVENT.search(scan.key, max(0, hit.start - 220), hit.start) is not None
        if not (reported or self._carried_out(scan, hit.start)):
            return None
        issuer = self.citing.issuer_behind(scan, hit.end)
        end = issuer[1] if issuer is not None else hit.end
        if kind.id in ISSUED and (issuer is None or not scan.key.startswith(" về ", end)):
            return None
        return self._named(scan, hit, kind.id, issuer, end)

    def _named(self, scan: Scan, hit: Hit, kind: str, issuer: tuple[AgencyRef, int] | None, end: int) -> Mention[DirectiveRef] | None:
        match = _NAME.match(scan.text, end)
        if match is None or _GENERIC.match(scan.key, match.start("name")):
            return None
        start = match.start("name")
        stop = _STOP.search(scan.key, start, match.end("name"))
        name_end = stop.start() if stop is not None else match.end("name")
        name = squeeze(scan.text[start:name_end])
        if len(name.split()) < _FEWEST or len(_SAYS_NOTHING.sub(" ", name.lower()).split()) < _FEWEST - 1:
            return None
        if issuer is None:
            behind = _ISSUER.match(scan.key, name_end)
            issuer = self.citing.issuer_at(scan, behind.end()) if behind is not None else None
        name = sentence_case(name) if name.isupper() else name
        ref = DirectiveRef(kind, title=f"{kind} {name}", issuer=issuer[0] if issuer is not None else None)
        return Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, name_end), ref, "topic")

    def _quoted(self, scan: Scan, hit: Hit, kind: str) -> Mention[DirectiveRef] | None:
        """A title in quotation marks at the head of a report: "Đề án “Giảm quá tải bệnh viện”"."""
        match = _QUOTED.match(scan.text, hit.end)
        if match is None or scan.document.genre is not Genre.REPORT or len(match["title"].split()) < _FEWEST:
            return None
        heads = islice((s for s in scan.document.sentences if s.zone in (Zone.HEADLINE, Zone.LEAD, Zone.BODY)), _HEAD_SENTENCES)
        if not any(s.start <= hit.start < s.end for s in heads):
            return None
        about = "về " if match["about"] else ""
        ref = DirectiveRef(kind, title=f"{kind} {about}{_uncapitalized(squeeze(match['title']).rstrip('.'))}")
        return Mention.at(scan.text, Kind.DIRECTIVE, (hit.start, match.end("title")), ref, "topic-quoted")

    def _just_issued(self, scan: Scan, position: int) -> bool:
        """Whether the head of a report tells that a body has just issued what is named here."""
        if scan.document.genre is not Genre.REPORT or _ISSUED_NOW.search(scan.key, max(0, position - 60), position) is None:
            return False
        head = islice((s for s in scan.document.sentences if s.zone in (Zone.LEAD, Zone.BODY)), 2)
        return any(s.start <= position < s.end for s in head)

    def _carried_out(self, scan: Scan, position: int) -> bool:
        """Whether a document numbered in the same clause carries out what is named here."""
        carried = _CARRIED.search(scan.key, max(0, position - 50), position) or _TITLED.search(scan.text, max(0, position - 24), position)
        if carried is None:
            return False
        clause = max(scan.key.rfind(mark, max(0, position - 160), position) for mark in (";", "\n", ". "))
        return scan.number_in(max(clause, position - 160) + 1, position)

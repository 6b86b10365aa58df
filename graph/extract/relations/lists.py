"""Read a list of people and bodies behind the wording that opens it: who is of it, and where it ends.

Reads: the masked text of a sentence. Gives: marks. Members stand behind commas, semicolons, "và", dashes or colons; the head of a group
("Thường trực Tỉnh ủy: A, B") is none, nor is a body that only owns, hosts or names what stands before it. A list that a line opens goes
on over the items below.
"""

from __future__ import annotations

import re

from graph.extract.masking import Marked, Masked
from graph.model import Kind

_POSSESSED = re.compile(
    r"(?:trực thuộc|thuộc|của|tại|điểm cầu|nguyên|do|theo|về|nhân viên|chiến sĩ|học viên|sinh viên|người lao động) ?(?:các )?\Z"
    r"|\ue005 ?(?:đại biểu )?\Z"  # the body in the name of its congress
)
_DOES = r"(?:đã|vừa|sẽ|cũng|phát biểu|nhấn mạnh|báo cáo|cho biết|yêu cầu|đề nghị|trao|khẳng định|đánh giá|chúc mừng|chủ trì|chủ tọa)(?!\w)"
_ENDS = re.compile(rf"\. |(?<!\w){_DOES}")
_ENDS_HOSTS = re.compile(rf"\. |(?<!\w)(?:{_DOES}|cùng dự|tham dự|dự|tham gia|có mặt|về phía|cùng có|với sự)(?!\w)")
_ACTS = re.compile(rf" ?,? ?{_DOES}")
_GROUP_HEAD = re.compile(r" ?:")
_OPEN = re.compile(r"[:;,] ?\Z")
_ITEM = re.compile(
    r"\W*(?:\d{1,2}[.)] ?|[a-zđ]\) ?)?(?:(?:và|cùng|các|đồng chí|đ/c|ông|bà|đại diện|lãnh đạo|thường trực|tập thể|thành viên) )*+"
    r"(?:\ue001|\ue003|về phía|phía)"
)


def members(masked: Masked, start: int, end: int, *, hosts: bool = False) -> list[Marked]:
    """The persons and bodies of the list in [start, end) of a masked text.

    hosts: whether the list is one of those who chair, which guests end.
    """
    found: list[Marked] = []
    ends = _ENDS_HOSTS if hosts else _ENDS
    behind = start  # end of the person or body before
    for position, marked in masked.within(start, end):
        if marked.kind not in (Kind.OFFICIAL, Kind.AGENCY):
            continue
        if ends.search(masked.text, behind, position):
            break
        if behind != start and marked.kind is Kind.OFFICIAL and _ACTS.match(masked.text, position + 1):
            break  # "với sự có mặt của A, ông B đã trao …"
        behind = position + 1
        if marked.kind is Kind.AGENCY and (_POSSESSED.search(masked.text, max(start, position - 16), position) or _GROUP_HEAD.match(masked.text, behind)):
            continue
        found.append(marked)
    return found


def is_open(masked: Masked) -> bool:
    """Whether a sentence ends in a list that the next line may go on with."""
    return _OPEN.search(masked.text) is not None


def is_item(masked: Masked) -> bool:
    """Whether a line is an item of such a list: it names a person or a body first, who does nothing in it."""
    match = _ITEM.match(masked.text)
    return match is not None and _ENDS.search(masked.text, match.end()) is None

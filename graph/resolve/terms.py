"""The Party term that a citation names: "Nghị quyết số 15-NQ/TW của Ban Chấp hành Trung ương Đảng (khóa XI)"."""

from __future__ import annotations

import re

from graph.model import DirectiveRef
from graph.resolve.known import is_party
from graph.text.normalize import fold

_REACH = 140  # code points behind a number within which its term stands
_NEXT = re.compile(r"(?<!\w)(?:so:?\s)?\d+\s?[-/]\s?[a-z]{2}|[.;](?:\s|\Z)")  # another number, or the end of what is said of this one
_TERM = re.compile(r"(?<!\w)khoa\s(?P<term>[ivx]+)(?!\w)")


def named_term(ref: DirectiveRef, passage: str) -> str:
    """The term ("XI") that a passage names behind the number of a Party document; "" where it names none, or for other documents."""
    number = re.match(r"\d+", ref.number if ref.number is not None and is_party(ref) else ref.bare)
    if number is None:
        return ""
    text = fold(passage)
    start = re.search(rf"(?<![\d/.-])0*{number[0].lstrip('0')}(?!\d)(?:\s?[-/]\s?[a-z.]+(?:\s?[-/]\s?[a-z.]+)?)?", text)
    if start is None:
        return ""
    behind = text[start.end() : start.end() + _REACH]
    end = _NEXT.search(behind)
    term = _TERM.search(behind, 0, end.start() if end is not None else len(behind))
    # The National Assembly and the People's Councils count terms too.
    return term["term"].upper() if term is not None and not re.search(r"(?:quoc hoi|hdnd|nhan dan)\W+\Z", behind[: term.start()]) else ""

"""Whose a title is that stands without its body: the host's of the meeting that the report tells of.

Reads: all mentions of a report and its locality. Gives: a `Host`; none where two bodies hold meetings, or where a body nearer to the
title could be meant as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from graph.extract.antecedents.locality import Locality
from graph.extract.mentions.found import SentenceMentions
from graph.extract.mentions.scan import Scan
from graph.model import AgencyRef, Genre, Kind, Span
from graph.text.normalize import key

_HOLDS = re.compile(
    r"(?: [^.;,]{0,30})?,?(?: (?:phối hợp|cùng|liên kết)(?: (?:với|cùng))? [^.;]{3,120}?)? (?:đồng )?"
    r"(?:tổ chức|khai mạc|long trọng|trang trọng|mở|đăng cai|họp|tổng kết|sơ kết) (?:[^.;]{0,40} )?[“\"«]?\Z"
)
_CLAUSE = 100  # code points
_NOT_YET = re.compile(r"(?<!\w)(?:sẽ|dự kiến|sắp|đề nghị|yêu cầu|giao|chỉ đạo)(?!\w)")


@dataclass(frozen=True, slots=True)
class Host:
    """The body that held the meeting, and where the text names bodies that one of these titles may be of."""

    agency: AgencyRef
    titles: tuple[str, ...]  # what heads of such a body are called, in key form
    named: tuple[int, ...]  # offsets of all bodies that are headed by such a title, in order …
    labels: tuple[str, ...]  # … and their labels

    def of_title(self, title: str, position: int) -> AgencyRef | None:
        """The host, if a title at the position can only be held in it: no other body with such a head stands nearer before."""
        if not any(key(title).endswith(head) or f"{head} " in key(title) for head in self.titles):
            return None
        last = bisect_left(self.named, position) - 1
        return self.agency if last >= 0 and self.labels[last] == self.agency.label else None


def host(scan: Scan, sentences: Iterable[SentenceMentions], agencies: list[tuple[Span, AgencyRef]], locality: Locality) -> Host | None:
    """The one host of a report; None for official documents, and where several bodies hold meetings."""
    if scan.document.genre is Genre.OFFICIAL:
        return None
    found = {body.label: body for sentence in sentences for body in _holders(scan, sentence, locality)}
    if len(found) != 1:
        return None
    body = next(iter(found.values()))
    titles = _titles(scan, body)
    bodies = [(span[0], locality.fill(agency)[0]) for span, agency in agencies]
    rivals = [(start, other.label) for start, other in bodies if titles and set(_titles(scan, other)) & set(titles)]
    return Host(body, titles, tuple(start for start, _ in rivals), tuple(label for _, label in rivals)) if titles else None


def _holders(scan: Scan, sentence: SentenceMentions, locality: Locality) -> Iterable[AgencyRef]:
    """The bodies of a sentence that it says to hold a meeting."""
    events = [m.start for m in sentence.mentions if m.kind is Kind.MEETING]
    for mention in sentence.mentions if events else ():
        if not isinstance(mention.value, AgencyRef) or mention.kind is not Kind.AGENCY:
            continue
        place = bisect_left(events, mention.end)
        if place == len(events) or _HOLDS.fullmatch(scan.key, mention.end, events[place]) is None:
            continue
        filled = locality.fill(mention.value)[0]
        if locality.is_definite(filled) and _NOT_YET.search(scan.key, max(sentence.sentence.start, mention.start - _CLAUSE), events[place]) is None:
            yield filled


def _titles(scan: Scan, agency: AgencyRef) -> tuple[str, ...]:
    """What heads of a body are called, by the first words of its name: "giám đốc" of a hospital."""
    name = key(agency.name)
    return next((titles for head, titles in scan.registers.headed_by if name == head or name.startswith(head + " ")), ())

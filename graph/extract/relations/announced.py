"""What a report about a document that was just issued says that document cites.

Reads: a `Reading` and the facts found in it. Gives: facts of `references`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from graph.extract.antecedents.citations import Cited
from graph.extract.antecedents.reading import Reading
from graph.extract.relations.facts import Fact, by_rule
from graph.model import PartialDate

_MOST_CITED = 6  # documents that a report on a new one cites besides; with more it is a survey
_HEAD_SENTENCES = 6


def announced_facts(reading: Reading, facts: Collection[Fact]) -> Iterator[Fact]:
    """What the one document that a report is about cites, and likewise one that it announces besides; not where the report tells of a meeting."""
    anchors = _anchors(reading) if not any(isinstance(fact.object, int) for fact in facts) else []
    dates = [a.ref.date for a, _ in anchors if a.ref.date is not None]
    years = [a.ref.day.year for a, _ in anchors if a.ref.day is not None]
    others = [c for c in reading.citations.cited if all(c is not a for a, _ in anchors)]
    if not anchors or len(others) > _MOST_CITED or any(_is_later(o, dates, years) for o in others):
        return  # a survey of several documents
    rule = reading.book["cited-in-document"]
    said = {(f.subject, f.object) for f in facts}
    for other in others:
        for mention in other.mentions:
            anchor = next((a for a, end in reversed(anchors) if end <= mention.start), None)
            line = reading.line_at(mention.start)
            if anchor is None or line is None or {(anchor, other), (other, anchor)} & said:
                continue
            if rule.word("not_before").search(reading.scan.key, max(line.sentence.start, mention.start - 40), mention.start):
                continue
            said.add((anchor, other))
            spans = (reading.clip(line.span, mention.start), min(m.span for m in anchor.mentions))
            yield by_rule(rule, anchor, other, spans)


def _anchors(reading: Reading) -> list[tuple[Cited, int]]:
    """The document whose issue opens the report, and those announced without a number, each with the end of the sentence that says so."""
    head = {line.sentence.start for line in reading.lines[:_HEAD_SENTENCES]}
    issues = reading.book["cited-in-document"].cue
    anchors: list[tuple[Cited, int]] = []
    for cited in reading.citations.cited:
        first = min(cited.mentions, key=lambda m: m.start)
        line = reading.line_at(first.start)
        if line is None or not (first.rule == "announced" or (not anchors and line.sentence.start in head)):
            continue
        if first.rule == "announced" or issues.search(reading.scan.key, *line.span):
            anchors.append((cited, line.sentence.end))
    return anchors


def _is_later(cited: Cited, dates: list[PartialDate], years: list[int]) -> bool:
    """Whether a document is from after all of these days, or after all of these years."""
    if cited.ref.date is not None and dates and max(dates) < cited.ref.date:
        return True
    return cited.ref.day is not None and bool(years) and max(years) < cited.ref.day.year

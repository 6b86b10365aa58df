"""Documents of a source: who issued each and when, what an official document does to those that it cites, what a report announces.

Reads: a `Source`. Gives: facts whose subject is a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.extract.citations import Cited
from graph.extract.facts import Fact
from graph.extract.masking import Marked, mask
from graph.extract.source import Source
from graph.extract.ties import first_directive, list_mode, ties
from graph.model import Kind, Mention, PartialDate, Span, Zone

_MOST_CITED = 6  # documents that a report on a new one cites besides; with more it is a survey
_CHANGES = frozenset({"amends", "replaces", "repeals"})
_CHANGE_NOTHING = frozenset({"Công văn", "Báo cáo", "Tờ trình", "Công điện", "Hướng dẫn"})
_OPENS_ITEM = re.compile(r"\W*(?:[a-zđ]\) ?|- ?|\+ ?|\d{1,2}[.)] ?|\ue004)")
_ISSUES = re.compile(r"(?<!\w)(?:ban hành|ký|có công điện|ra công điện|ra chỉ thị)(?!\w)")
_ISSUED_ITSELF = re.compile(r"(?:ban hành|đã có|có thêm|ra|thông qua|phê duyệt|ký)\s(?:các\s)?\Z")


class Documents:
    """The documents of one source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def citation_facts(self) -> None:
        """Issuer and date of each cited document."""
        for cited in self.source.citations.cited:
            first = cited.mentions[0]
            ref = cited.ref
            if ref.issuer is not None:
                issuer = ref.issuer
                span = cited.issuer_span if cited.issuer_span is not None else first.span
                spans = [first.span] if span == first.span else [first.span, span]
                confidence = 0.97 if not ref.issuer_inferred else 0.93
                self.source.facts.append(
                    Fact(
                        (Kind.DIRECTIVE, cited),
                        "issuedBy",
                        (Kind.AGENCY, issuer),
                        spans,
                        "issuer" if not ref.issuer_inferred else "issuer-from-code",
                        confidence,
                        ref.issuer_inferred,
                        "issuer from the document number" if ref.issuer_inferred else "",
                    )
                )
            if ref.date is not None:
                span = cited.date_span if cited.date_span is not None else first.span
                spans = [first.span] if span == first.span else [first.span, span]
                reason = (cited.date_reason or self.source.chronology.day_reason or self.source.chronology.year_reason) if ref.date_inferred else ""
                self.source.facts.append(
                    Fact(
                        (Kind.DIRECTIVE, cited),
                        "issuedOn",
                        (Kind.DATE, ref.date),
                        spans,
                        "date",
                        0.97 if not ref.date_inferred else 0.85,
                        ref.date_inferred,
                        reason,
                    )
                )

    def own_facts(self) -> None:
        """What an official document itself does to each document that it cites."""
        assert self.source.own is not None
        own = self.source.own_cited
        tied: dict[int, set[str]] = {}
        mode = ""
        carried = ""
        for zone, span, marks in self._stretches():
            says_nothing = zone is Zone.BODY and not mode and all(m.kind is not Kind.DIRECTIVE for m in marks)
            if says_nothing and not self.source.scan.text.endswith(":", *span):
                continue
            masked = mask(self.source.scan.key, span, marks)
            found, carried = ties(zone, masked, carried)
            for tie in found:
                if tie.predicate in _CHANGES and own.ref.kind in _CHANGE_NOTHING:
                    continue  # a letter that quotes a decision
                self._tie(own, tie.predicate, tie.target, tie.span, tie.rule, tie.confidence, tied)
            if zone is Zone.BODY:
                item = first_directive(masked) if mode else None
                if item is not None:
                    self._tie(own, mode, item, masked.span, f"list-{mode}", 0.88, tied)
                mode = list_mode(masked) or (mode if _OPENS_ITEM.match(masked.text) else "")
        for cited in self.source.citations.cited:
            if cited is own or tied.get(id(cited)):
                continue
            mention = cited.mentions[0]
            sentence = self.source.sentence_at(mention.start)
            span = self.source.clip(sentence, mention.start) if sentence is not None else mention.span
            self.source.facts.append(Fact((Kind.DIRECTIVE, own), "references", (Kind.DIRECTIVE, cited), [span, self.source.own.mention.span], "cited", 0.9))

    def _stretches(self) -> Iterable[tuple[Zone, Span, list[Marked]]]:
        """The title as a whole, the rest sentence by sentence, each with its marks; annexes only cite."""
        sentences = list(zip((s.sentence for s in self.source.found.sentences), self.source.marked, strict=True))
        title = [(s, marks) for s, marks in sentences if s.zone is Zone.TITLE]
        if title:
            yield Zone.TITLE, (title[0][0].start, title[-1][0].end), [m for _, marks in title for m in marks]
        for sentence, marks in sentences:
            if sentence.zone in (Zone.PREAMBLE, Zone.BODY):
                yield sentence.zone, (sentence.start, sentence.end), marks

    def _tie(self, own: Cited, predicate: str, mention: Mention, span: Span, rule: str, confidence: float, tied: dict[int, set[str]]) -> None:
        cited = self.source.citations.meant.get(mention.span)
        if cited is None or cited is own:
            return
        known = tied.setdefault(id(cited), set())
        if predicate in known:
            return
        known.add(predicate)
        assert self.source.own is not None
        quote = self.source.clip(span, mention.start) if span[0] <= mention.start < span[1] else mention.span
        self.source.facts.append(Fact((Kind.DIRECTIVE, own), predicate, (Kind.DIRECTIVE, cited), [quote, self.source.own.mention.span], rule, confidence))

    def announced(self) -> None:
        """A report about one document that was just issued: what it cites, that document cites; likewise for one that it announces besides."""
        source = self.source
        if any(f.object[0] is Kind.MEETING for f in source.facts):
            return
        anchors = self._anchors()
        if not anchors:
            return
        dates = [a.ref.date for a, _ in anchors if a.ref.date is not None]
        years = [a.ref.day.year for a, _ in anchors if a.ref.day is not None]
        others = [c for c in source.citations.cited if all(c is not a for a, _ in anchors)]
        if len(others) > _MOST_CITED or any(_is_later(o, dates, years) for o in others):
            return  # a survey of several documents
        said = {(id(f.subject[1]), id(f.object[1])) for f in source.facts}
        for other in others:
            for mention in other.mentions:
                anchor = next((a for a, end in reversed(anchors) if end <= mention.start), None)
                place_of = source.sentence_at(mention.start)
                if anchor is None or place_of is None or _ISSUED_ITSELF.search(source.scan.key, max(place_of[0], mention.start - 40), mention.start):
                    continue
                if {(id(anchor), id(other)), (id(other), id(anchor))} & said:
                    continue
                said.add((id(anchor), id(other)))
                spans = [source.clip(place_of, mention.start), min(m.span for m in anchor.mentions)]
                source.facts.append(Fact((Kind.DIRECTIVE, anchor), "references", (Kind.DIRECTIVE, other), spans, "cited-in-document", 0.8))

    def _anchors(self) -> list[tuple[Cited, int]]:
        """The document whose issue opens the report, and those announced without a number, each with the end of the sentence that says so."""
        source = self.source
        head = {s.sentence.start for s in source.found.sentences[:6]}
        anchors: list[tuple[Cited, int]] = []
        for cited in source.citations.cited:
            first = min(cited.mentions, key=lambda m: m.start)
            sentence = source.sentence_at(first.start)
            if sentence is None or not (first.rule == "announced" or (not anchors and sentence[0] in head)):
                continue
            if first.rule == "announced" or _ISSUES.search(source.scan.key, *sentence):
                anchors.append((cited, sentence[1]))
        return anchors


def _is_later(cited: Cited, dates: list[PartialDate], years: list[int]) -> bool:
    """Whether a document is from after all of these days, or after all of these years."""
    if cited.ref.date is not None and dates and max(dates) < cited.ref.date:
        return True
    return cited.ref.day is not None and bool(years) and max(years) < cited.ref.day.year

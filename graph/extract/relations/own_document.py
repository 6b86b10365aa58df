"""What an official document itself does to each document that it cites.

Reads: a `Reading` of an official document. Gives: facts whose subject is the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extract.antecedents.reading import Reading
from graph.extract.masking import mask
from graph.extract.relations.facts import Fact
from graph.extract.relations.ties import Tie, first_directive, list_mode, ties
from graph.model import Kind, Zone

_CHANGES = frozenset({"amends", "replaces", "repeals"})
_CHANGE_NOTHING = frozenset({"Công văn", "Báo cáo", "Tờ trình", "Công điện", "Hướng dẫn"})
_OPENS_ITEM = re.compile(r"\W*(?:[a-zđ]\) ?|- ?|\+ ?|\d{1,2}[.)] ?|\ue004)")


def own_facts(reading: Reading) -> Iterator[Fact]:
    """The ties of the document to those that it cites; one to which nothing ties it is cited."""
    own, cited_own = reading.own, reading.own_cited
    if own is None or cited_own is None:
        return
    tied: set[tuple[int, str]] = set()
    for tie in _ties(reading):
        place = reading.citations.meant.get(tie.target.span)
        if place is None or (place, tie.predicate) in tied or reading.citations.cited[place] is cited_own:
            continue
        if tie.predicate in _CHANGES and cited_own.ref.kind in _CHANGE_NOTHING:
            continue  # a letter that quotes a decision
        tied.add((place, tie.predicate))
        quote = reading.clip(tie.span, tie.target.start) if tie.span[0] <= tie.target.start < tie.span[1] else tie.target.span
        yield Fact(cited_own, tie.predicate, reading.citations.cited[place], (quote, own.mention.span), tie.rule, tie.confidence)
    done = {place for place, _ in tied}
    for place, cited in enumerate(reading.citations.cited):
        if cited is not cited_own and place not in done:
            line = reading.line_at(cited.first.start)
            quote = reading.clip(line.span, cited.first.start) if line is not None else cited.first.span
            yield Fact(cited_own, "references", cited, (quote, own.mention.span), "cited", 0.9)


def _ties(reading: Reading) -> Iterator[Tie]:
    """Ties of the title as a whole, then of the rest sentence by sentence; annexes only cite."""
    title = [line for line in reading.lines if line.sentence.zone is Zone.TITLE]
    if title:
        whole = (title[0].sentence.start, title[-1].sentence.end)
        yield from ties(Zone.TITLE, mask(reading.scan.key, whole, [m for line in title for m in line.marks]), "")[0]
    mode = carried = ""
    for line in reading.lines:
        zone = line.sentence.zone
        if zone not in (Zone.PREAMBLE, Zone.BODY):
            continue
        if zone is Zone.BODY and not mode and not line.has(Kind.DIRECTIVE) and not reading.scan.text.endswith(":", *line.span):
            continue
        found, carried = ties(zone, line.masked, carried)
        yield from found
        if zone is Zone.BODY:
            item = first_directive(line.masked) if mode else None
            if item is not None:
                yield Tie(mode, item, 0.88, f"list-{mode}", line.span)
            mode = list_mode(line.masked) or (mode if _OPENS_ITEM.match(line.masked.text) else "")

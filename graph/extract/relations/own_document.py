"""What an official document itself does to each document that it cites, by the rules of `data/rules/documents.yaml`.

Reads: a `Reading` of an official document. Gives: facts whose subject is the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.extract.antecedents.reading import Reading
from graph.extract.masking import Masked, mask
from graph.extract.relations.document_lists import DOCUMENT, ended, heads, is_item, item, targets
from graph.extract.relations.facts import Fact, by_rule
from graph.extract.rulebook import DocumentRule, RuleBook
from graph.model import DirectiveRef, Kind, Mention, Span, Zone

_OPENS_WITH_DOCUMENT = re.compile(rf"[\W_]*{DOCUMENT}")
_CHANGES = frozenset({"amends", "replaces", "repeals"})


@dataclass(frozen=True, slots=True)
class Tie:
    """What a rule says that the document does to one that the stretch names."""

    rule: DocumentRule
    target: Mention[DirectiveRef]
    span: Span


def own_facts(reading: Reading) -> Iterator[Fact]:
    """The ties of the document to those that it cites; one to which nothing ties it is cited."""
    own, cited_own = reading.own, reading.own_cited
    if own is None or cited_own is None:
        return
    changes_nothing = any(cited_own.ref.kind in reading.registers.kinds_of("binding", how) for how in ("guides", "no"))
    tied: set[tuple[int, str]] = set()
    for tie in _ties(reading):
        predicate = tie.rule.predicate
        place = reading.citations.meant.get(tie.target.span)
        if place is None or (place, predicate) in tied or reading.citations.cited[place] is cited_own:
            continue
        if predicate in _CHANGES and changes_nothing:
            continue  # a letter that quotes a decision
        tied.add((place, predicate))
        quote = reading.clip(tie.span, tie.target.start) if tie.span[0] <= tie.target.start < tie.span[1] else tie.target.span
        yield by_rule(tie.rule, cited_own, reading.citations.cited[place], (quote, own.mention.span))
    done = {place for place, _ in tied}
    for place, cited in enumerate(reading.citations.cited):
        if cited is not cited_own and place not in done:
            line = reading.line_at(cited.first.start)
            quote = reading.clip(line.span, cited.first.start) if line is not None else cited.first.span
            yield by_rule(reading.book["cited"], cited_own, cited, (quote, own.mention.span))


def _ties(reading: Reading) -> Iterator[Tie]:
    """Ties of the title as a whole, then of the rest sentence by sentence; annexes only cite."""
    title = [line for line in reading.lines if line.sentence.zone is Zone.TITLE]
    if title:
        whole = (title[0].sentence.start, title[-1].sentence.end)
        yield from _title_ties(mask(reading.scan.key, whole, [m for line in title for m in line.marks]), reading.book)
    ground: DocumentRule | None = None
    listed: DocumentRule | None = None  # what is said of the items that follow
    for line in reading.lines:
        if line.sentence.zone is Zone.PREAMBLE:
            found, ground = _preamble_ties(line.masked, ground, reading.book)
            yield from found
        elif line.sentence.zone is Zone.BODY:
            if listed is None and not line.has(Kind.DIRECTIVE) and not reading.scan.text.endswith(":", *line.span):
                continue
            yield from _body_ties(line.masked, reading.book)
            ground = None
            named = item(line.masked) if listed is not None else None
            if listed is not None and named is not None:
                yield Tie(listed, named, line.span)
            listed = _opened_list(line.masked, reading.book) or (listed if is_item(line.masked) else None)


def _title_ties(masked: Masked, book: RuleBook) -> Iterator[Tie]:
    """The first rule that fits a title says what the document is for."""
    for rule in (*book.read("title", "heads"), *book.read("title", "targets")):
        match = rule.cue.search(masked.text)
        if match is None:
            continue
        groups = match.re.groupindex
        before = masked.text[: match.start("verb" if "verb" in groups else 0)]
        if rule.word("not_before").search(before) or ("gap" in groups and rule.word("not_between").search(match["gap"])):
            continue
        yield from (Tie(rule, mention, masked.span) for mention in targets(masked, rule, match))
        return


def _preamble_ties(masked: Masked, ground: DocumentRule | None, book: RuleBook) -> tuple[list[Tie], DocumentRule | None]:
    """The ties of a preamble's sentence, and the rule that its last ground leaves open with a semicolon.

    ground: the rule that the sentence before left open.
    """
    found: list[Tie] = []
    begin = 0
    for cut in [*book.segments.finditer(masked.text), None]:
        end = cut.start() if cut is not None else len(masked.text)
        segment = masked.text[begin:end]
        if segment.strip():
            cued = next((rule for rule in book.read("preamble", "heads") if rule.cue.match(segment)), None)
            if cued is not None or _OPENS_WITH_DOCUMENT.match(segment) is None:
                ground = cued
            if ground is not None and ground.word("not").search(segment):
                ground = None
            if ground is not None:
                span = (masked.offset(begin), masked.offset(max(begin, end - 1)) + 1)
                found.extend(Tie(ground, mention, span) for mention in heads(masked, begin, end))
            found.extend(_own_plans(masked, begin, end, book))
        ground = ground if cut is None or cut.group() == ";" else None
        begin = cut.end() if cut is not None else end
    return found, ground if masked.text.rstrip().endswith(";") else None


def _own_plans(masked: Masked, begin: int, end: int, book: RuleBook) -> Iterator[Tie]:
    """ "UBND tỉnh ban hành Kế hoạch thực hiện Chỉ thị số …": the plan is the document itself, if no other is named before it."""
    rule, segment = book["issues-plan"], masked.text[begin:end]
    for match in rule.cue.finditer(segment):
        before = segment[: match.start()]
        if DOCUMENT not in before or rule.word("itself").search(before):
            yield from (Tie(rule, mention, masked.span) for mention in targets(masked, rule, match, begin))


def _body_ties(masked: Masked, book: RuleBook) -> Iterator[Tie]:
    yield from (Tie(rule, mention, masked.span) for rule, mention in ended(masked, book.read("body", "ended")))
    yield from _own_plans(masked, 0, len(masked.text), book)
    for rule in book.read("body", "targets"):
        match = rule.cue.search(masked.text) if rule.word("opens").match(masked.text) else None
        if match is not None:
            yield from (Tie(rule, mention, masked.span) for mention in targets(masked, rule, match))


def _opened_list(masked: Masked, book: RuleBook) -> DocumentRule | None:
    """The rule for the items behind a stretch that announces them: "Các Quyết định sau hết hiệu lực …:"."""
    found = [(match.start(), rule) for rule in book.read("body", "items") if (match := rule.cue.search(masked.text)) is not None]
    return min(found, key=lambda pair: pair[0])[1] if found else None

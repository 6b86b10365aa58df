"""What came, went or changed between two builds, and why: a text, a rule, a register, or what a person said.

A statement keeps its id while its source tells the same of the same names, so that a fact whose ends were joined to something else is a
changed one, not one that went and another that came.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.query.built import BuiltGraph
from graph.resolve.identity import LOCAL, MARKED

THINGS = ("source", "judgement", "merge", "fact")
CAME, WENT, CHANGED = "came", "went", "changed"
_ON_PAIRS = ("same", "different", "unsure")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. `why` names causes: "text", "rule", "register", "judgement", "option"; none where the folders don't tell.

    subject, relation, object: of a fact; of a merge the name that gave way and the one kept, of a judgement its verdict and two nodes.
    row: of the register, or of the ledger, that tells a fact without a source.
    """

    change: str
    thing: str
    subject: str
    relation: str
    object: str
    source: str
    why: tuple[str, ...]
    before: str = ""
    after: str = ""
    subject_id: str = ""
    object_id: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement, its ends as paths below the base; `row` of a register or of the ledger, `told` what else may change of it."""

    id: str
    subject: str
    predicate: str
    object: str
    source: str
    row: str
    author: str
    told: tuple[str, ...]
    mark: str  # how the hash of its source's text begins: names that its source alone gives bear it

    @property
    def edge(self) -> tuple[str, str, str]:
        """What it says, whoever says it."""
        return self.subject, self.predicate, self.object

    @property
    def key(self) -> tuple[str, ...]:
        """What it says, and who says it, whatever else stands in the text."""
        subject, target = (re.sub(rf"{self.mark}\w*", "", end) if self.mark else end for end in (self.subject, self.object))
        return subject, self.predicate, target, self.source, self.row


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement: on two nodes, or on a fact; `word` is by whom, when and why."""

    verdict: str
    a: str
    predicate: str
    b: str
    word: str


class Side:
    """One of the two graphs."""

    def __init__(self, graph: BuiltGraph, base: str, made_with: Mapping[str, object]) -> None:
        """base: what paths lie below; made_with: digests of "rules", "registers" and "program", and other options of the build."""
        self.graph = graph
        self.made_with = made_with
        self._base = base

    def path(self, iri: str) -> str:
        """An IRI below the base; anything else as it is."""
        return iri.removeprefix(self._base)

    def label(self, path: str) -> str:
        """The name of a node."""
        return self.graph.name(self._base + path) if "/" in path else path

    def reason(self, path: str) -> str:
        """Why the mentions of a node are one thing; "" where there is none of this name."""
        return self.graph.text(self._base + path, self.graph.terms.hg.identityReason)

    @cached_property
    def texts(self) -> dict[str, str]:
        """Source → SHA-256 of its text."""
        t = self.graph.terms
        digests = dict(self.graph.edges(t.hg.sha256))
        return {file: digests.get(report, "") for report, file in self.graph.edges(t.hg.sourceFile)}

    @cached_property
    def merges(self) -> dict[str, tuple[str, str]]:
        """The name that gave way → the one kept, and why."""
        t = self.graph.terms
        return {self.path(gone): (self.path(kept), self.graph.text(gone, t.hg.identityReason)) for gone, kept in self.graph.edges(t.dcterms.isReplacedBy)}

    @cached_property
    def judgements(self) -> dict[str, Said]:
        """The judgements that the graph was built with, by IRI."""
        t = self.graph.terms
        found = {}
        for node in self.graph.of_class("Judgement"):
            ends = self.graph.texts(node, t.hg.between) or [self.graph.text(node, t.hg.onSubject), self.graph.text(node, t.hg.onObject)]
            a, b = (self.path(end) for end in (ends[0], ends[-1]))
            word = f"{self.graph.text(node, t.dcterms.creator)}, {self.graph.text(node, t.dcterms.date)}: {self.graph.text(node, t.rdfs.comment)}"
            found[self.path(node)] = Said(self.graph.text(node, t.hg.verdict), a, _name(self.graph.text(node, t.hg.onPredicate)), b, word)
        return found

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The statements by id."""
        t = self.graph.terms
        columns = {p: dict(self.graph.edges(p)) for p in (t.hg.statedIn, t.hg.registerRow, t.dcterms.creator, t.hg.rule, t.hg.confidence, t.hg.inferred)}
        files = dict(reversed(self.graph.edges(t.hg.sourceFile)))
        quotes = self._quotes()
        found = {}
        for ends in self.graph.ends():
            row = {p: values.get(ends.id, "") for p, values in columns.items()}
            told = (row[t.hg.rule], row[t.hg.confidence], row[t.hg.inferred], " … ".join(quotes.get(ends.id, ())))
            source = files.get(row[t.hg.statedIn], "")
            found[self.path(ends.id)] = Fact(
                self.path(ends.id), self.path(ends.subject), _name(ends.predicate), self.path(ends.object), source, row[t.hg.registerRow],
                row[t.dcterms.creator], told, self.texts.get(source, "")[:MARKED],
            )  # fmt: skip
        return found

    def _quotes(self) -> dict[str, list[str]]:
        """Statement → its quotes, in the order of the text."""
        t = self.graph.terms
        exact, starts = dict(self.graph.edges(t.oa.exact)), dict(self.graph.edges(t.oa.start))
        passages: dict[str, tuple[int, str]] = {}
        for passage, selector in self.graph.edges(t.oa.hasSelector):
            start, quote = passages.get(passage, (0, ""))
            passages[passage] = (int(starts.get(selector, start)), exact.get(selector, quote))
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for statement, passage in self.graph.edges(t.hg.evidence):
            found[statement].append(passages[passage])
        return {statement: [quote for _, quote in sorted(told)] for statement, told in found.items()}


def diff(old: Side, new: Side) -> list[Change]:
    """All that differs: sources, judgements, merges, then facts; those that came, went, and changed."""
    found = [*_Comparison(old, new).changes()]
    order = (CAME, WENT, CHANGED)
    return sorted(found, key=lambda c: (THINGS.index(c.thing), order.index(c.change), c.source, c.subject, c.relation, c.object, c.before, c.after))


class _Comparison:
    def __init__(self, old: Side, new: Side) -> None:
        self.old = old
        self.new = new
        self._texts = {file for file in {*old.texts, *new.texts} if old.texts.get(file) != new.texts.get(file)}
        self._said = [
            said for ident in {*old.judgements, *new.judgements} if old.judgements.get(ident) != new.judgements.get(ident)
            for said in (old.judgements.get(ident), new.judgements.get(ident)) if said is not None
        ]  # fmt: skip

    def changes(self) -> Iterator[Change]:
        for file in self._texts:
            yield Change(_change(file in self.old.texts, file in self.new.texts), "source", file, "", "", file, ("text",))
        yield from self._judgements()
        yield from self._merges()
        yield from self._facts()

    def _judgements(self) -> Iterator[Change]:
        for ident in {*self.old.judgements, *self.new.judgements}:
            was, now = self.old.judgements.get(ident), self.new.judgements.get(ident)
            said = now or was
            if said is not None and was != now:
                before, after = (f"{s.verdict} · {s.word}" if s is not None else "" for s in (was, now))
                yield Change(_change(was, now), "judgement", said.a, said.predicate or said.verdict, said.b, "", ("judgement",), before, after, said.a, said.b)

    def _merges(self) -> Iterator[Change]:
        for gone in {*self.old.merges, *self.new.merges}:
            was, now = self.old.merges.get(gone), self.new.merges.get(gone)
            if was == now:
                continue
            (kept_before, before), (kept, after) = was or ("", ""), now or ("", "")
            names = {gone, kept_before, kept} - {""}
            why = ("judgement",) if self._judged(names, before, after) else self._causes()
            yield Change(_change(was, now), "merge", gone, "", kept or kept_before, "", why, before, after, gone, kept or kept_before)

    # ---- facts

    def _facts(self) -> Iterator[Change]:
        for was, now in self._pairs():
            fact = now or was
            if fact is None or (was is not None and now is not None and (was.key, was.told) == (now.key, now.told)):
                continue
            side = self.new if now is not None else self.old
            yield Change(
                _change(was, now), "fact", side.label(fact.subject), fact.predicate, side.label(fact.object), fact.source, self._why(was, now),
                *_difference(was, now), fact.subject, fact.object, fact.row,
            )  # fmt: skip

    def _pairs(self) -> Iterator[tuple[Fact | None, Fact | None]]:
        """Facts of one id, then those that say the same in other words or places, then what has no counterpart."""
        for ident in self.old.facts.keys() & self.new.facts.keys():
            yield self.old.facts[ident], self.new.facts[ident]
        left = _by_key(fact for ident, fact in self.old.facts.items() if ident not in self.new.facts)
        right = _by_key(fact for ident, fact in self.new.facts.items() if ident not in self.old.facts)
        for key in {*left, *right}:
            was, now = left.get(key, []), right.get(key, [])
            same = [f.told for f in was if f.told in {g.told for g in now}]
            was, now = ([f for f in facts if f.told not in same] for facts in (was, now))
            for place in range(max(len(was), len(now))):
                yield (was[place] if place < len(was) else None), (now[place] if place < len(now) else None)

    def _why(self, was: Fact | None, now: Fact | None) -> tuple[str, ...]:
        facts = [f for f in (was, now) if f is not None]
        if any(f.author for f in facts) or any((s.a, s.predicate, s.b) == f.edge for s in self._said for f in facts):
            return ("judgement",)
        if any(f.source in self._texts for f in facts):
            return ("text",)
        if was is not None and now is not None and was.edge != now.edge:
            ends = {end for pair in ((was.subject, now.subject), (was.object, now.object)) if pair[0] != pair[1] for end in pair}
            reasons = (" ".join(side.reason(end) for end in sorted(ends)) for side in (self.old, self.new))
            return ("judgement",) if self._judged(ends, *reasons) else self._causes()
        causes = self._causes()
        return ("register",) if "register" in causes and any(f.row for f in facts) else causes

    def _judged(self, names: Iterable[str], before: str, after: str) -> bool:
        """Whether a judgement on two nodes, which only one of the graphs has, speaks of one of these names or in their reasons."""
        said = [s for s in self._said if s.verdict in _ON_PAIRS]
        heads = {LOCAL.sub("", name) for name in names}
        return any({LOCAL.sub("", s.a), LOCAL.sub("", s.b)} & heads or (s.word in before) != (s.word in after) for s in said)

    def _causes(self) -> tuple[str, ...]:
        """All that may be the cause, where nothing points to one."""
        old, new = self.old.made_with, self.new.made_with
        differs = {name for name in {*old, *new} if old.get(name) != new.get(name)}
        causes = {
            "text": bool(self._texts),
            "rule": not differs.isdisjoint(("rules", "program")),
            "register": "registers" in differs,
            "judgement": bool(self._said),
            "option": "min_confidence" in differs,
        }
        return tuple(name for name, holds in causes.items() if holds)


def _by_key(facts: Iterable[Fact]) -> dict[tuple[str, ...], list[Fact]]:
    found: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda f: (f.told, f.id)):
        found[fact.key].append(fact)
    return found


def _change(was: object, now: object) -> str:
    return CHANGED if was and now else CAME if now else WENT


def _name(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def _difference(was: Fact | None, now: Fact | None) -> tuple[str, str]:
    """What differs of a changed fact, before and after; nothing where there is but one."""
    if was is None or now is None:
        return "", ""
    differs = [(before, after) for before, after in zip(was.told, now.told, strict=True) if before != after]
    if was.key != now.key:
        differs[:0] = [(before, after) for before, after in ((was.subject, now.subject), (was.object, now.object)) if before != after]
    return " · ".join(before for before, _ in differs), " · ".join(after for _, after in differs)

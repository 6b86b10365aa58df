"""Join what the sources say into one graph: local names to canonical entities, relations to statements.

Reads: extractions, the registers, the ledger. Gives: `GraphData`. The result doesn't depend on the order of the sources. A join, a doubt
and a judgement each say why; nothing is joined on a similar name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.model import (
    AgencyRef,
    Doubt,
    Entity,
    Extraction,
    GraphData,
    Judgement,
    Kind,
    Merge,
    Node,
    Registered,
    Skipped,
    SourceInfo,
    Statement,
    Verdict,
)
from graph.registers.data import Data
from graph.registers.registers import KnownDirective
from graph.resolve.bodies import join_bodies
from graph.resolve.documents import Documents
from graph.resolve.identity import Namer, digest
from graph.resolve.identity import registered as registered_ref
from graph.resolve.intake import Intake, Saying
from graph.resolve.joining import Joiner
from graph.resolve.judgements import PAIRS
from graph.resolve.meetings import Meetings
from graph.resolve.people import People
from graph.resolve.subjects import Subjects
from graph.resolve.things import Thing, best

LEDGER = "judgements.jsonl"


class Resolver:
    """Collects extractions and gives the graph."""

    def __init__(self, data: Data, base: str = "", judgements: Sequence[Judgement] = ()) -> None:
        """base: of the IRIs, that of the vocabulary by default; judgements: of the ledger; they win over rules."""
        self.data = data
        self.registers = registers = data.registers
        self.base = base or data.ontology.base
        self._judgements = tuple(judgements)
        self._intake = Intake(registers, data.lexicon)
        self._named: dict[str, list[Thing]] = {}

    def add(self, extraction: Extraction) -> None:
        """Take in one source."""
        self._intake.take(extraction)

    def graph(self, skipped: Iterable[Skipped] = ()) -> GraphData:
        """The graph of all sources taken in."""
        self._take_register()
        things = self._intake.things.by_key
        self._named = _by_name(things)
        joiner = Joiner(things)
        self._judge(joiner)
        self._join(joiner)
        paths = joiner.canonical()
        entities = self._entities(joiner, paths)
        rejected = self._facts(paths, Verdict.REJECT)
        statements = [s for s in (self._statement(paths, saying) for saying in self._intake.sayings) if not _is_rejected(s, rejected)]
        registered = [r for r in self._register_edges(paths) if not any((r.subject, r.predicate, r.object) == f[:3] and not f[3] for f in rejected)]
        registered += self._asserted(paths, entities)
        return GraphData(
            self.base,
            tuple(entities[path] for path in sorted(entities)),
            tuple(sorted(statements, key=lambda s: (s.source, s.subject.id, s.predicate, s.object.id, s.id))),
            tuple(sorted(registered, key=lambda r: (r.subject, r.predicate, r.object, r.row))),
            tuple(_with_path(s, paths) for s in sorted(self._intake.sources, key=lambda s: s.source)),
            tuple(self._merges(joiner, paths)),
            tuple(sorted(skipped, key=lambda s: (s.source, s.reason))),
            tuple(self._doubts(joiner, paths)),
            tuple(sorted(self._judgements, key=lambda j: (j.a, j.b, j.predicate, j.source))),
            self.data.ontology.relations,
            self.data.ontology.title[1],
        )

    def idle(self) -> list[Judgement]:
        """The judgements on a node that no source of the graph names: they change nothing."""
        return [j for j in self._judgements if not all(self._things(end) for end in (j.a, j.b) if not end[0].isdigit())]

    # ---- joining

    def _join(self, joiner: Joiner) -> None:
        of = self._intake.things.of
        subjects = Subjects(self.registers)
        join_bodies(joiner, self.registers, of(Kind.AGENCY), of(Kind.POST))
        agencies = joiner.canonical()
        Documents(joiner, self.registers, self.data.lexicon, of(Kind.DIRECTIVE)).join()
        People(joiner, self.registers, self.data.lexicon, {t.path: agencies[t.key] for t in of(Kind.AGENCY)}).join(of(Kind.OFFICIAL))
        names = joiner.canonical()
        central = ("central", "ministry", "ministry_unit")
        national = {names[t.key] for t in of(Kind.AGENCY) if any(level in central for level in t.attributes["level"])}
        for person in of(Kind.OFFICIAL):
            if any(h.level in central for h in person.posts) and not any(h.province for h in person.posts):
                national.add(names[person.key])
        Meetings(joiner, self.data.lexicon, subjects, names, frozenset(national)).join(of(Kind.MEETING))

    def _judge(self, joiner: Joiner) -> None:
        """Let the judgements on pairs stand before any rule: what differs is kept apart, what is the same is joined."""
        pairs = [j for j in self._judgements if j.verdict in PAIRS]
        for judgement in sorted(pairs, key=lambda j: (j.verdict is Verdict.SAME, j.a, j.b)):
            left, right = self._sides(judgement)
            for one in left:
                for other in right:
                    if judgement.verdict is Verdict.SAME:
                        joiner.join(one.key, other.key, f"judgement by {judgement.who}, {judgement.when}: {judgement.why}")
                    elif one.key != other.key:
                        joiner.keep_apart(one.key, other.key)

    def _things(self, name: str) -> list[Thing]:
        """What a path means: the things of its name, or the one that a source tells."""
        path, _, source = name.partition("@")
        return [t for t in self._named.get(path, []) if not source or source in t.files]

    def _sides(self, judgement: Judgement) -> tuple[list[Thing], list[Thing]]:
        """The things that the two ends of a judgement name; a name beside the same name in one source is the name without that source."""
        left, right = self._things(judgement.a), self._things(judgement.b)
        if len(left) > len(right):
            return [t for t in left if t not in right], right
        return left, [t for t in right if t not in left]

    def _merges(self, joiner: Joiner, paths: Mapping[str, str]) -> Iterable[Merge]:
        """Each name that gave way to another, with the reasons of the joins that it was part of."""
        reasons: dict[str, set[str]] = defaultdict(set)
        for join in joiner.joins:
            for key in (join.a, join.b):
                reasons[joiner.things[key].path].add(join.reason)
        living = set(paths.values())
        found: dict[tuple[str, str], Merge] = {}
        for key in sorted(joiner.things):
            thing, kept = joiner.things[key], paths[key]
            if thing.path != kept and thing.path not in living:
                own = reasons[thing.path] - {thing.reason} or reasons[thing.path]
                found[kept, thing.path] = Merge(thing.kind, kept, thing.path, best(thing.labels), "; ".join(sorted(own)))
        return (found[pair] for pair in sorted(found))

    def _doubts(self, joiner: Joiner, paths: Mapping[str, str]) -> Iterable[Doubt]:
        doubts = {}
        for pair in joiner.open():
            (a, one), (b, other) = sorted((paths[k], joiner.things[k]) for k in (pair.a, pair.b)) if paths[pair.a] != paths[pair.b] else [("", None)] * 2
            if one is not None and other is not None:
                doubts[a, b] = Doubt(one.kind, a, b, round(pair.score, 3), pair.reason, _context(one), _context(other))
        for judgement in self._judgements:
            left, right = self._sides(judgement) if judgement.verdict is Verdict.UNSURE else ([], [])
            if left and right:
                (a, one), (b, other) = sorted(((paths[t.key], t) for t in (left[0], right[0])), key=lambda end: end[0])
                doubts[a, b] = Doubt(one.kind, a, b, 0.5, judgement.why, _context(one), _context(other), f"{judgement.who}, {judgement.when}")
        return sorted(doubts.values(), key=lambda d: (-d.score, d.a, d.b))

    # ---- entities

    def _entities(self, joiner: Joiner, paths: Mapping[str, str]) -> dict[str, Entity]:
        groups: dict[str, list[Thing]] = defaultdict(list)
        for key in sorted(joiner.things):
            groups[paths[key]].append(joiner.things[key])
        why: dict[str, set[str]] = defaultdict(set)
        for join in joiner.joins:
            why[paths[join.a]].add(join.reason)
        return {path: self._entity(path, things, why[path], paths) for path, things in groups.items()}

    def _entity(self, path: str, things: list[Thing], why: set[str], paths: Mapping[str, str]) -> Entity:
        main = min(things, key=lambda t: (t.path != path, not t.row, t.key))
        labels: Counter[str] = Counter()
        merged: dict[str, Counter[str]] = defaultdict(Counter)
        for thing in things:
            labels.update(thing.labels)
            for attribute, values in thing.attributes.items():
                merged[attribute].update(values)
        attributes = {a: best(values) for a, values in merged.items() if values}
        if "printed" in attributes:
            attributes["printed"] = "; ".join(sorted(merged["printed"]))
        for link in ("agency", "parent", "province"):
            if attributes.get(link) in paths:
                attributes[link] = paths[attributes[link]]
        rowed = next((t for t in things if t.row), None)
        if rowed is not None and (known := self._intake.known.get(rowed.key)) is not None:
            attributes["title"], attributes["subject_en"] = known.title, known.subject_en
            if labels[best(labels)] == 0:
                attributes["registerOnly"] = "true"
        reason = "; ".join([main.reason, *sorted(why - {main.reason})])
        return Entity(
            main.kind, path, best(labels), reason, tuple(sorted(attributes.items())), tuple(sorted({t.path for t in things} - {path})),
            rowed.row if rowed is not None else "", rowed.verified if rowed is not None else True,
        )  # fmt: skip

    # ---- statements

    def _statement(self, paths: Mapping[str, str], saying: Saying) -> Statement:
        left, right = _canonical(saying.subject, paths), _canonical(saying.object, paths)
        spans = ",".join(f"{e.start}-{e.end}" for e in saying.evidence)
        # The hash is over the source's own names, so that a later merge doesn't change a statement's identity.
        ident = digest(f"{saying.sha256}\n{saying.source}\n{_local(saying.subject)}\n{saying.predicate}\n{_local(saying.object)}\n{spans}", 20)
        relation = saying.relation
        if relation is None:
            return Statement(ident, saying.source, left, saying.predicate, right, saying.evidence, 0.97, False, "mention")
        label = right.field("label") or ""
        inferred = relation.inferred or (saying.predicate == "inProvince" and label not in " ".join(e.quote for e in saying.evidence))
        return Statement(ident, saying.source, left, saying.predicate, right, saying.evidence, relation.confidence, inferred, relation.rule, relation.reason)

    def _facts(self, paths: Mapping[str, str], verdict: Verdict) -> list[tuple[str, str, str, str]]:
        """Subject, predicate, object and source of the facts that people reject or assert, by canonical paths."""
        names = {name: paths[things[0].key] for name, things in self._named.items()} | {path: path for path in paths.values()}
        return [(names.get(j.a, j.a), j.predicate, names.get(j.b, j.b), j.source) for j in self._judgements if j.verdict is verdict]

    def _asserted(self, paths: Mapping[str, str], entities: Mapping[str, Entity]) -> Iterable[Registered]:
        """The facts that people assert between nodes of this graph."""
        told = [j for j in self._judgements if j.verdict is Verdict.ASSERT]
        for judgement, (subject, predicate, target, _) in zip(told, self._facts(paths, Verdict.ASSERT), strict=True):
            if subject in entities and (target in entities or predicate in ("issuedOn", "heldOn")):
                row = f"{LEDGER}:{digest(f'{judgement.a} {predicate} {judgement.b}', 12)}"
                yield Registered(subject, predicate, target, row, True, judgement.who, judgement.when, judgement.why)

    # ---- the register

    def _take_register(self) -> None:
        """The bodies that issued the known directives."""
        for key, directive in self._intake.known.items():
            found = registered_ref(directive, self.registers)
            if found is not None and key in self._intake.things.by_key:
                for ref, namer in self._issuers(directive):
                    self._intake.agency(namer, ref)

    def _issuers(self, directive: KnownDirective) -> Iterable[tuple[AgencyRef, Namer]]:
        """The bodies that a row names; of a local document only the one whose place the row settles."""
        namer = Namer(self.registers, "0" * 16, directive.date)
        found = registered_ref(directive, self.registers)
        for row in directive.issuer:
            entry = self.registers.agencies[row]
            if directive.province and found is not None and found[1].issuer is not None:
                yield found[1].issuer, namer
            elif entry.scope == "unique":
                yield AgencyRef(entry.name, entry=entry.id), namer

    def _register_edges(self, paths: Mapping[str, str]) -> Iterable[Registered]:
        """What the register of directives says: date, issuer, ties between known documents."""
        by_id = {directive.id: paths[key] for key, directive in self._intake.known.items()}
        for key, directive in self._intake.known.items():
            path = paths[key]
            if directive.date is not None:
                yield Registered(path, "issuedOn", str(directive.date), directive.row, directive.verified("date"))
            for issuer, namer in self._issuers(directive):
                agency = namer.agency(issuer).path
                yield Registered(path, "issuedBy", paths.get(agency, agency), directive.row, directive.verified("number"))
            for predicate, target in directive.relations:
                if target in by_id:
                    yield Registered(path, predicate, by_id[target], directive.row, directive.verified("relation"))


def _by_name(things: Mapping[str, Thing]) -> dict[str, list[Thing]]:
    """The things of a name: of a path all of them, of a path with a source's mark (as `canonical` gives it to a second cluster) the one there."""
    named: dict[str, list[Thing]] = defaultdict(list)
    for key in sorted(things):
        thing = things[key]
        named[thing.path].append(thing)
        if thing.mark:
            named[f"{thing.path}/{thing.mark}"].append(thing)
    return dict(named)


def _is_rejected(statement: Statement, rejected: Iterable[tuple[str, str, str, str]]) -> bool:
    fact = (statement.subject.id, statement.predicate, statement.object.id)
    return any(r[:3] == fact and r[3] in ("", statement.source) for r in rejected)


def _canonical(node: Node, paths: Mapping[str, str]) -> Node:
    return Node(node.kind, paths.get(node.id, node.id), node.fields)


def _local(node: Node) -> str:
    return node.id.partition("@")[0]


def _context(thing: Thing) -> str:
    return thing.told.context if thing.told is not None else best(thing.labels)


def _with_path(source: SourceInfo, paths: Mapping[str, str]) -> SourceInfo:
    if not source.text_of:
        return source
    return SourceInfo(
        source.source, source.report, source.headline, source.sha256, source.genre, source.text, source.date, source.province, source.province_reason,
        paths.get(source.text_of, source.text_of),
    )  # fmt: skip

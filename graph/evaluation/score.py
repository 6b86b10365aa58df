"""Score found facts against gold: counts by kind, every error with its sentence and the nearest rule, calibration of the confidence."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from graph.errors import QueryError
from graph.evaluation.compare import Comparer, plain
from graph.evaluation.facts import End, Fact, Gold, core, of_rows
from graph.extract.rules import Rule, load_rules
from graph.model import Relations
from graph.output.kept import Kept
from graph.reading.segment import read_document
from graph.registers.data import Data

_BOUNDS = (0.9, 0.8, 0.6, 0.0)


@dataclass(slots=True)
class Tally:
    """Facts found right, found wrong, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float:
        """Share of the found facts that are right; 1 where nothing was found and nothing was to be found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else float(not self.missed)

    @property
    def recall(self) -> float:
        """Share of the facts to be found that were found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """An error: the fact, whether it was missed or is wrong, the sentence that tells it, and the rule that comes nearest."""

    document: str
    what: str  # "missed", "wrong" or "leaked"
    fact: str
    sentence: str = ""
    rule: str = ""


@dataclass(slots=True)
class Score:
    """The outcome of an evaluation."""

    core_kinds: frozenset[str] = frozenset()
    documents: int = 0
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: list[Miss] = field(default_factory=list)
    bands: dict[float, Tally] = field(default_factory=lambda: {bound: Tally() for bound in _BOUNDS})

    def over(self, kinds: Iterable[str]) -> Tally:
        """The tally over several kinds."""
        total = Tally()
        for kind in kinds:
            if kind in self.kinds:
                total.add(self.kinds[kind])
        return total

    @property
    def core(self) -> Tally:
        """Officials, documents with issuer and date, posts, chairs, implements."""
        return self.over(self.core_kinds)

    @property
    def all(self) -> Tally:
        """Every kind but the document's type, which the number tells already."""
        return self.over(set(self.kinds) - {"kind"})


def read_facts(folder: Path, relations: Relations) -> dict[str, list[dict[str, Any]]]:
    """The rows of `facts.jsonl` of a built graph, by the stem of their source. Raises QueryError where there is none, or a broken one."""
    path = Kept(folder).file("facts.jsonl")
    if not path.is_file():
        raise QueryError(f"{path}: no facts here; write them with: govgraph build --input FOLDER --out {folder}")
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    try:
        # Not `splitlines`: a quote may hold other characters that it takes for the end of a line.
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line:
                row = json.loads(line)
                of_rows([row], relations)  # a row that lacks something fails here, not in the middle of the count
                rows[PurePosixPath(row["source"]).stem].append(row)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise QueryError(f"{path}: line {sum(map(len, rows.values())) + 1} is broken; build the graph again") from None
    return rows


def evaluate(gold: Iterable[Gold], facts: Mapping[str, list[dict[str, Any]]], data: Data, built: Path | None = None) -> Score:
    """Score the facts of a build, document by document; built: its folder, for the sentences of the errors."""
    score = Score(core(data.ontology.relations))
    comparer = Comparer(data.registers)
    finder = _Finder(data, built)
    for one in gold:
        score.documents += 1
        _document(one, facts.get(one.document, []), comparer, finder, score)
    return score


def _document(gold: Gold, rows: list[dict[str, Any]], comparer: Comparer, finder: _Finder, score: Score) -> None:
    found = {_renamed(fact, gold, comparer): confidence for fact, confidence in of_rows(rows, finder.relations).items()}
    meetings = _align(gold.facts, found, comparer)
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in found:
        by_kind[fact.kind].append(fact)
    hit: set[Fact] = set()
    for wanted in gold.facts:
        matches = [fact for fact in by_kind[wanted.kind] if comparer.equal(wanted, fact, meetings)]
        hit.update(matches)
        if wanted.optional:
            continue
        if matches:
            score.kinds[wanted.kind].right += 1
            if any(places := comparer.places(wanted)):
                _place(gold.document, wanted, any(comparer.places(fact) == places for fact in matches), finder, rows, score)
        else:
            score.kinds[wanted.kind].missed += 1
            score.errors.append(finder.miss(gold.document, "missed", wanted, rows))
    for fact, confidence in sorted(found.items()):
        band = score.bands[next(bound for bound in _BOUNDS if confidence >= bound)]
        if fact in hit:
            band.right += 1
            continue
        band.wrong += 1
        score.kinds[fact.kind].wrong += 1
        score.errors.append(finder.miss(gold.document, "wrong", fact, rows))
    names = {f" {plain(end.name)} " for fact in found for end in fact.ends if end.sort != "Meeting"}
    score.errors.extend(Miss(gold.document, "leaked", name) for name in gold.never if any(f" {plain(name)} " in other for other in names))


def _place(document: str, wanted: Fact, told: bool, finder: _Finder, rows: list[dict[str, Any]], score: Score) -> None:
    """A fact that was found counts once more for the province of its body: the same words name another body elsewhere."""
    if told:
        score.kinds["province"].right += 1
    else:
        score.kinds["province"].missed += 1
        score.errors.append(finder.miss(document, "missed", replace(wanted, kind="province"), rows))


def _renamed(fact: Fact, gold: Gold, comparer: Comparer) -> Fact:
    """The fact with documents under the gold's own key where it writes them in another of its ways."""

    def key(end: End) -> End:
        if end.sort != "Directive":
            return end
        return End("Directive", next((own for other, own in gold.alternatives.items() if comparer.directive(other, end.name)), end.name))

    return Fact(fact.kind, tuple(key(end) for end in fact.ends))


def _align(gold: Iterable[Fact], found: Iterable[Fact], comparer: Comparer) -> dict[str, str]:
    """Found meeting → gold meeting, the pairs with most facts in common first."""
    wanted = [fact for fact in gold if fact.kind != "meeting" and any(end.sort == "Meeting" for end in fact.ends)]
    own = [fact for fact in found if fact.kind != "meeting" and any(end.sort == "Meeting" for end in fact.ends)]
    left = [fact.ends[0].name for fact in gold if fact.kind == "meeting"]
    right = sorted(fact.ends[0].name for fact in found if fact.kind == "meeting")

    def common(theirs: str, ours: str) -> int:
        mine = [fact for fact in own if End("Meeting", ours) in fact.ends]
        return sum(any(comparer.equal(fact, other, {ours: theirs}) for other in mine) for fact in wanted if End("Meeting", theirs) in fact.ends)

    pairs = sorted((-common(theirs, ours), theirs, ours) for theirs in left for ours in right)
    aligned: dict[str, str] = {}
    for _, theirs, ours in pairs:
        if ours not in aligned and theirs not in aligned.values():
            aligned[ours] = theirs
    return aligned


class _Finder:
    """Finds the sentence that tells a fact, and the rule of its predicate that fits the sentence best."""

    def __init__(self, data: Data, built: Path | None) -> None:
        self.relations = data.ontology.relations
        self._registers = data.registers
        self._rules = load_rules(data)
        self._files = {PurePosixPath(source).stem: path for source, path in Kept(built).texts()} if built is not None else {}
        self._sentences: dict[str, list[str]] = {}

    def miss(self, document: str, what: str, fact: Fact, rows: list[dict[str, Any]]) -> Miss:
        if what == "wrong":
            for row in rows:
                if fact in of_rows([row], self.relations):
                    return Miss(document, what, str(fact), " … ".join(e["quote"] for e in row["evidence"]), row["rule"])
        sentence = self._sentence(document, fact)
        return Miss(document, what, str(fact), sentence, _nearest([rule for rule in self._rules if rule.predicate == fact.kind], sentence))

    def _sentence(self, document: str, fact: Fact) -> str:
        """The sentence with most of the words of the fact's ends; "" where none has any of them."""
        wanted = {word for end in fact.ends if end.sort not in ("Meeting", "date") for word in plain(end.name.replace("|", " ")).split()}
        best = max(self._of(document), key=lambda s: len(wanted & set(plain(s).split())), default="")
        return best if wanted & set(plain(best).split()) else ""

    def _of(self, document: str) -> list[str]:
        if document not in self._sentences:
            path = self._files.get(document)
            if path is None:
                return []
            read = read_document(path.name, path.read_text(encoding="utf-8", errors="replace"), self._registers)
            self._sentences[document] = [" ".join(read.text[s.start : s.end].split()) for s in read.sentences]
        return self._sentences[document]


def _nearest(rules: Iterable[Rule], sentence: str) -> str:
    """The rule whose examples share most words with the sentence; "" where there is no rule or no sentence."""
    words = set(plain(sentence).split())

    def shared(rule: Rule) -> float:
        examples = [set(plain(text).split()) for text, _ in rule.examples]
        return max((len(words & example) / len(example) for example in examples if example), default=0.0)

    best = max(rules, key=shared, default=None) if words else None
    return best.id if best is not None else ""

"""Joins of things, and what stands against them: one cluster is one thing, a judgement wins over rules, a doubt stays a pair.

Callers offer pairs in a fixed order (best first, then by key), so that the outcome doesn't depend on the order of the sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from graph.resolve.things import Thing

_CONTEXT = 400  # longest context of a doubt, in code points


@dataclass(frozen=True, slots=True)
class Join:
    """Two keys that were found to be one thing, and why."""

    a: str
    b: str
    reason: str


@dataclass(frozen=True, slots=True)
class Open:
    """Two keys that may be one thing: a score from 0 to 1, and what speaks for and against it."""

    a: str
    b: str
    score: float
    reason: str


class Joiner:
    """Clusters of keys."""

    def __init__(self, things: Mapping[str, Thing]) -> None:
        self.things = things
        self.joins: list[Join] = []
        self._parent = {key: key for key in things}
        self._members = {key: [key] for key in things}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._open: dict[tuple[str, str], Open] = {}

    def find(self, key: str) -> str:
        """The key that stands for a cluster."""
        root = key
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[key] != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def members(self, key: str) -> list[Thing]:
        """The things of a cluster, by key."""
        return [self.things[k] for k in sorted(self._members[self.find(key)])]

    def clusters(self, keys: Iterable[str]) -> list[str]:
        """The keys that stand for the clusters of these, in order."""
        return sorted({self.find(key) for key in keys})

    def keep_apart(self, a: str, b: str) -> None:
        """Nothing will join these two."""
        self._apart[a].add(b)
        self._apart[b].add(a)

    def is_apart(self, a: str, b: str) -> bool:
        """Whether a judgement keeps the clusters of these two apart."""
        if not self._apart:
            return False
        left, right = self._members[self.find(a)], set(self._members[self.find(b)])
        return any(not right.isdisjoint(self._apart[key]) for key in left if key in self._apart)

    def join(self, a: str, b: str, reason: str, allowed: Callable[[list[Thing], list[Thing]], bool] | None = None) -> bool:
        """Make two clusters one; False where a judgement or `allowed` stands against it. True where they are one already."""
        left, right = self.find(a), self.find(b)
        if left == right:
            return True
        if self.is_apart(left, right) or (allowed is not None and not allowed(self.members(left), self.members(right))):
            return False
        kept, gone = sorted((left, right), key=lambda root: (-len(self._members[root]), root))
        self._parent[gone] = kept
        self._members[kept] += self._members.pop(gone)
        self.joins.append(Join(a, b, reason))
        return True

    def join_all(self, things: Iterable[Thing], reason: str) -> None:
        """Make all of these one; what a judgement keeps apart from some of them goes with the first others that it may."""
        apart: list[Thing] = []
        for thing in things:
            if not any(self.join(one.key, thing.key, reason) for one in apart):
                apart.append(thing)

    def doubt(self, a: str, b: str, score: float, reason: str) -> None:
        """Note a pair that nothing settles; the highest score of a pair of clusters is kept."""
        pair = (min(a, b), max(a, b))
        known = self._open.get(pair)
        if known is None or known.score < score:
            self._open[pair] = Open(*pair, score, reason)

    def open(self) -> list[Open]:
        """The pairs still apart and not judged, one for each pair of clusters, the likeliest first."""
        found: dict[tuple[str, str], Open] = {}
        for pair in sorted(self._open.values(), key=lambda o: (-o.score, o.a, o.b)):
            roots = sorted((self.find(pair.a), self.find(pair.b)))
            if roots[0] != roots[1] and not self.is_apart(pair.a, pair.b):
                found.setdefault((roots[0], roots[1]), pair)
        return list(found.values())

    def canonical(self) -> dict[str, str]:
        """Key → canonical path: the registered name, else a complete one, else the smallest; no two clusters share a path."""
        taken: set[str] = set()
        paths: dict[str, str] = {}
        rows = {root for root, keys in self._members.items() if any(self.things[key].row for key in keys)}
        roots = sorted(self._members, key=lambda root: (root not in rows, -len(self._members[root]), min(self._members[root])))
        for root in roots:
            members = self.members(root)
            options = sorted({(not m.row, not m.complete, m.path) for m in members})
            path = next((p for _, _, p in options if p not in taken), None)
            if path is None:
                path = f"{options[0][2]}/s-{min(m.mark.removeprefix('s-') for m in members)}"
            taken.add(path)
            for member in members:
                paths[member.key] = path
        return paths


def context(text: str, span: tuple[int, int]) -> str:
    """The passage around a mention on one line, cut between words."""
    start, end = max(0, span[0] - _CONTEXT // 2), min(len(text), span[1] + _CONTEXT // 2)
    before, after = text[start : span[0]], text[span[1] : end]
    if start:
        before = before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{text[span[0] : span[1]]}{after}".split())

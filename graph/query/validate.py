"""Is a built graph sound? Digests, shapes, statements and quotes, agreement of the files, days and ranks that can't be."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.collector import no_collector
from graph.query.agreement import disagreements
from graph.query.built import BuiltGraph
from graph.query.findings import Finding, ordered
from graph.query.shacl import violations
from graph.query.soundness import Soundness

# In the order in which they run; the words of each stand under check.group.<name>.
GROUPS = ("digests", "edges", "quotes", "cycles", "days", "ranks", "files", "shapes")


@dataclass(frozen=True, slots=True)
class Checked:
    """One group of checks: what it found and how long it took."""

    group: str
    findings: tuple[Finding, ...]
    seconds: float


def validate(graph: BuiltGraph, groups: Iterable[str] = GROUPS, progress: Callable[[str], None] = lambda _group: None) -> list[Checked]:
    """Run the checks.

    groups: which of GROUPS to run, all by default. progress: called with the name of each group before it runs.
    """
    done = []
    with no_collector():
        sound = Soundness(graph)
        checks: dict[str, Callable[[], Iterable[Finding]]] = {
            "digests": lambda: _changed(graph),
            "edges": sound.edges,
            "quotes": sound.quotes,
            "cycles": sound.cycles,
            "days": sound.days,
            "ranks": sound.ranks,
            "files": lambda: disagreements(graph),
            "shapes": lambda: violations(graph),
        }
        for group in groups:
            progress(group)
            started = time.perf_counter()
            done.append(Checked(group, tuple(ordered(checks[group]())), time.perf_counter() - started))
    return done


def _changed(graph: BuiltGraph) -> Iterable[Finding]:
    """The files that are not as the build wrote them."""
    for name, there in graph.kept.changed() if graph.kept is not None else ():
        yield Finding.of("changed" if there else "gone", name)

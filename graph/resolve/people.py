"""Which mentions of a name mean one person: full name, and a body that both serve, or the leadership of one province.

A name alone never joins, nor does membership of a large body. Nobody holds posts in two provinces at one time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from graph.model import PartialDate
from graph.registers.lexicon import Lexicon
from graph.registers.registers import Registers
from graph.resolve.joining import Joiner
from graph.resolve.provinces import same_place
from graph.resolve.things import Thing

_CROWD = 12  # namesakes of which every pair is offered to a human; of more only those that have something in common


class People:
    """Joins the people of one full name."""

    def __init__(self, joiner: Joiner, registers: Registers, lexicon: Lexicon, agencies: Mapping[str, str]) -> None:
        """agencies: local path → canonical path of a body."""
        self._joiner = joiner
        self._registers = registers
        self._lexicon = lexicon
        self._agencies = agencies

    def join(self, things: list[Thing]) -> None:
        """Join what is one person; leave namesakes with something in common as pairs to be decided."""
        by_name: dict[str, list[Thing]] = defaultdict(list)
        for thing in things:
            by_name[thing.name].append(thing)
        for namesakes in by_name.values():
            self._join(namesakes)

    def _join(self, namesakes: list[Thing]) -> None:
        pairs = []
        for i, one in enumerate(namesakes):
            for other in namesakes[i + 1 :]:
                if (found := self._compare(one, other)) is not None:
                    pairs.append((-found[0], one.key, other.key, found[1]))
        for minus, a, b, reason in sorted(pairs):
            if minus > -0.8 or not self._joiner.join(a, b, reason, self._compatible):
                self._joiner.doubt(a, b, min(-minus, 0.75), reason if minus > -0.8 else f"{reason}; but posts in two provinces at one time")
        if len(namesakes) <= _CROWD:
            for i, one in enumerate(namesakes):
                for other in namesakes[i + 1 :]:
                    self._joiner.doubt(one.key, other.key, 0.3, "same full name; nothing else in common")

    def _compare(self, one: Thing, other: Thing) -> tuple[float, str] | None:
        """How likely two namesakes are one person (0.8 and more joins), and why; None where they have nothing in common."""
        shared = self._bodies(one, offices=True) & self._bodies(other, offices=True)
        if shared:
            return 0.9, "same full name and agency"
        mine, theirs = self._leads(one), self._leads(other)
        if mine & theirs:
            return 0.85, "same full name, in the leadership of one province"
        if self._one_place(mine, theirs):
            return 0.85, "same full name, in the leadership of a province and of the one that it became part of"
        if self._bodies(one) & self._bodies(other):
            return 0.7, "same full name; members of one body"
        if self._one_place(*({h.province for h in t.posts if h.province} for t in (one, other))):
            return 0.6, "same full name and province; but other bodies"
        offices = [{(h.title, h.entry) for h in t.posts if h.entry} for t in (one, other)]
        if offices[0] & offices[1] and not all(h.complete for t in (one, other) for h in t.posts):
            return 0.5, "same full name and title; but a source doesn't name the place"
        return None

    def _bodies(self, thing: Thing, *, offices: bool = False) -> set[str]:
        small = self._lexicon.small
        told = [h for h in thing.posts if h.agency and h.complete and not (offices and h.membership and h.entry not in small)]
        return {self._agencies.get(h.agency, h.agency) for h in told}

    def _leads(self, thing: Thing) -> set[str]:
        """The provinces in whose leading bodies a person serves."""
        leading = self._lexicon.leading
        return {h.province for h in thing.posts if h.province and h.level == "province" and any(h.entry == e or h.entry.startswith(f"{e}-") for e in leading)}

    def _one_place(self, mine: set[str], theirs: set[str]) -> bool:
        """Whether a province of one side is one of the other, or is today part of it."""
        return any(same_place(self._registers, a.removeprefix("province/"), b.removeprefix("province/")) for a in mine for b in theirs)

    def _compatible(self, left: list[Thing], right: list[Thing]) -> bool:
        """Whether no two posts lie in two provinces at one time."""
        return not any(self._conflict(a, b) for a in self._served(left).items() for b in self._served(right).items())

    def _served(self, things: list[Thing]) -> dict[str, list[PartialDate | None]]:
        """Province → the days on which sources show the people in posts there."""
        served: dict[str, list[PartialDate | None]] = defaultdict(list)
        for thing in things:
            for held in thing.posts:
                if held.province and not held.former:
                    served[held.province].append(thing.told.day if thing.told is not None else None)
        return served

    def _conflict(self, a: tuple[str, list[PartialDate | None]], b: tuple[str, list[PartialDate | None]]) -> bool:
        if same_place(self._registers, a[0].removeprefix("province/"), b[0].removeprefix("province/")):
            return False
        mine, theirs = ([day for day in days if day is not None] for days in (a[1], b[1]))
        if len(mine) < len(a[1]) or len(theirs) < len(b[1]):
            return True  # without a date nothing shows that one post came after the other
        return not (max(mine) < min(theirs) or max(theirs) < min(mine))


def is_membership(title: str, kinds: Mapping[str, str]) -> bool:
    """Whether a title only says that someone belongs to a body. kinds: title → kind in the register of posts."""
    return kinds.get(title, "") == "membership"

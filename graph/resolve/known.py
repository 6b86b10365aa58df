"""Documents with a complete name, as all sources and the register tell them, and how well a citation that lacks a part fits one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from graph.model import DirectiveRef, PartialDate
from graph.resolve.identity import number_slug, slug
from graph.resolve.things import Thing


@dataclass(frozen=True, slots=True)
class Fit:
    """A known document that a citation may mean: what speaks for it ("" if nothing does), and how likely it is."""

    key: str
    reason: str
    score: float
    around: int = 0  # syllables in a row of its subject that stand around the citation


class Known:
    """A document with a complete name, as all sources and the register tell it."""

    def __init__(self, key: str, members: list[Thing]) -> None:
        self.key = key
        self.members = members
        self.refs = [(m, m.ref) for m in members if m.ref is not None]

    @cached_property
    def days(self) -> list[PartialDate]:
        """The signing dates told of it, the most precise first."""
        days = {r.day for _, r in self.refs if r.day is not None}
        return sorted(days, key=lambda d: (-len(str(d)), d))

    @cached_property
    def day(self) -> PartialDate | None:
        """The registered signing date, else the one that most sources tell."""
        registered = next((r.date for m, r in self.refs if m.row and r.date is not None), None)
        if registered is not None or not self.days:
            return registered
        told = [r.date for _, r in self.refs if r.date is not None]
        return min(self.days, key=lambda d: (-len(str(d)), -told.count(d), d))

    @cached_property
    def subjects(self) -> list[str]:
        """What it is about, as sources and register say."""
        return sorted({r.subject for _, r in self.refs if r.subject})

    @cached_property
    def issuers(self) -> set[str]:
        """Rows of the bodies that are told to have issued it."""
        return {r.issuer.entry for _, r in self.refs if r.issuer is not None and r.issuer.entry and not r.issuer_inferred}

    @cached_property
    def registered(self) -> bool:
        """Whether the register knows it."""
        return any(m.row for m in self.members)

    @cached_property
    def place(self) -> str | None:
        """The place of a local issuer, "" for a central one."""
        return next((m.place for m in self.members if m.place is not None), None)


def number_of(ref: DirectiveRef) -> str:
    """The number as a path, "" for a document without one."""
    return number_slug(ref.number or "")


def first_number(ref: DirectiveRef) -> str:
    """The number without its codes: "18" of 18-NQ/TW."""
    return number_slug(ref.number or "").split("-")[0]


def law_titles(ref: DirectiveRef) -> set[str]:
    """The names by which a law may be cited: its title, its kind with its subject."""
    names = {ref.title, ref.subject, f"{ref.kind} {ref.subject}" if ref.subject else ""}
    return {slug(name) for name in names if name.startswith(ref.kind)}


def is_party(ref: DirectiveRef) -> bool:
    """Whether the number is written as the Party writes its own."""
    return ref.number is not None and "-" in ref.number.split("/")[0]


def not_after(day: PartialDate, seen: PartialDate) -> bool:
    """Whether a document of this day could be known on another, as far as both are told."""
    for mine, theirs in ((day.year, seen.year), (day.month, seen.month), (day.day, seen.day)):
        if not mine or not theirs:
            return True
        if mine != theirs:
            return mine < theirs
    return True

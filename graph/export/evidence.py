"""Statements with their sentences as plain lists for a page: each statement, source and passage once, named by its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.model import Evidence, GraphData, Registered, Statement

_AROUND = 240  # code points of the same paragraph shown before and after a quote

Json = dict[str, Any]


class Told:
    """Gathers what a page quotes. Ask for statements by id; the lists hold what was asked for, in that order."""

    def __init__(self, graph: GraphData) -> None:
        self.rows: list[Json] = []
        self.passages: list[list[Any]] = []
        self.sources: list[Json] = [{"f": s.source, "h": s.headline} | ({"d": str(s.date)} if s.date is not None else {}) for s in graph.sources]
        self._statements: dict[str, Statement | Registered] = {s.id: s for s in graph.statements} | {r.id: r for r in graph.registered}
        self._labels = {entity.id: entity.label for entity in graph.entities}
        self._files = {source.source: number for number, source in enumerate(graph.sources)}
        self._texts = {source.source: source.text for source in graph.sources}
        self._numbers: dict[str, int] = {}
        self._places: dict[tuple[int, int, int], int] = {}

    def numbers(self, ids: Iterable[str]) -> list[int]:
        """The places of statements in `rows`; unknown ids are left out."""
        return [self._number(ident) for ident in ids if ident in self._statements]

    def _number(self, ident: str) -> int:
        if ident not in self._numbers:
            self._numbers[ident] = len(self.rows)
            self.rows.append(self._row(self._statements[ident]))
        return self._numbers[ident]

    def _row(self, told: Statement | Registered) -> Json:
        if isinstance(told, Registered):
            row: Json = {"a": self._labels[told.subject], "p": told.predicate, "b": self._labels.get(told.object, told.object), "r": told.row}
            return row if told.verified else row | {"n": 1}
        row = {
            "a": self._labels[told.subject.id], "p": told.predicate, "b": self._labels.get(told.object.id, told.object.id), "c": told.confidence,
            "f": self._files[told.source], "u": told.rule, "q": [self._passage(told.source, e) for e in told.evidence],
        }  # fmt: skip
        return row | {"i": told.reason or 1} if told.inferred else row

    def _passage(self, source: str, evidence: Evidence) -> int:
        file = self._files[source]
        place = (file, evidence.start, evidence.end)
        if place not in self._places:
            self._places[place] = len(self.passages)
            text = self._texts[source]
            self.passages.append([file, evidence.quote, before(text, evidence.start), after(text, evidence.end)])
        return self._places[place]


def before(text: str, start: int) -> str:
    """The words of the same paragraph before a place, from a whole word on."""
    part = text[max(0, start - _AROUND) : start]
    paragraph = part.rpartition("\n")[2]
    return paragraph if len(paragraph) < len(part) or start <= _AROUND else "… " + paragraph.partition(" ")[2]


def after(text: str, end: int) -> str:
    """The words of the same paragraph after a place, to a whole word."""
    part = text[end : end + _AROUND]
    paragraph = part.partition("\n")[0]
    return paragraph if len(paragraph) < len(part) or end + _AROUND >= len(text) else paragraph.rpartition(" ")[0] + " …"

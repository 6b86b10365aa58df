"""What the map shows, as plain lists ready for JSON: things, relations with their quoted passages, positions in each view.

Reads a graph; gives values only. A thing is referred to by its place in `nodes`, a passage by its place in `passages`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.analysis.timeline import Holders, Timeline
from graph.export import bands, layout
from graph.export.evidence import after, before
from graph.export.rdf import class_of, english_label
from graph.model import Drawn, Entity, Family, GraphData, Kind, PartialDate, Relations, SourceInfo, Statement
from graph.registers.data import Data
from graph.resolve.reasons import in_words

LARGEST = 1500  # things of a view drawn at most, the best connected ones of those that it is of

_DRAWN = {Kind.DIRECTIVE, Kind.OFFICIAL, Kind.AGENCY, Kind.MEETING, Kind.AWARD, Kind.PROVINCE}
_CENTRAL, _MINISTRY, _PROVINCE, _DISTRICT, _COMMUNE, _UNKNOWN = range(6)
_BANDS = {
    "central": _CENTRAL, "ministry": _MINISTRY, "ministry_unit": _MINISTRY, "province": _PROVINCE, "district": _DISTRICT, "commune": _COMMUNE,
}  # fmt: skip

Json = dict[str, Any]


@dataclass(slots=True)
class MapData:
    """Everything that the page embeds beside the words of the interface."""

    nodes: list[Json] = field(default_factory=list)
    edges: list[Json] = field(default_factory=list)
    facts: list[Json] = field(default_factory=list)
    passages: list[list[Any]] = field(default_factory=list)
    sources: list[Json] = field(default_factory=list)
    cells: dict[str, Json] = field(default_factory=dict)
    whole: dict[str, int] = field(default_factory=dict)  # view → how many things it is of, drawn or not
    reasons: dict[str, str] = field(default_factory=dict)


def collect(graph: GraphData, data: Data) -> MapData:
    """The map of a graph. The same graph gives the same values in the same order."""
    return _Collector(graph, data).collect()


class _Collector:
    def __init__(self, graph: GraphData, data: Data) -> None:
        self.graph = graph
        self.registers = data.registers
        self.shared = data
        self.timeline = Timeline(graph)
        self.entities = {entity.id: entity for entity in graph.entities}
        self.numbers = {entity.id: number for number, entity in enumerate(graph.entities)}
        self.files = {source.source: number for number, source in enumerate(graph.sources)}
        self.texts = {source.source: source for source in graph.sources}
        self.passages: dict[tuple[int, int, int], int] = {}
        self.data = MapData()

    def collect(self) -> MapData:
        self._sources()
        self._relations()
        degrees = self._degrees()
        mentioned = self._mentioned()
        places = self._places(degrees)
        for number, entity in enumerate(self.graph.entities):
            self.data.nodes.append(self._node(entity, degrees[number], mentioned.get(entity.id, ()), places))
        reasons = {e.reason for e in self.graph.entities} | {s.reason for s in self.graph.statements}
        self.data.reasons = {reason: said for reason in sorted(reasons - {""}) if (said := in_words(reason, self.shared.words)) != reason}
        return self.data

    # ---- things

    def _node(self, entity: Entity, degree: int, sources: Iterable[int], places: Mapping[str, Mapping[str, layout.Point]]) -> Json:
        band, province = self._standing(entity.id)
        row: Json = {
            "id": entity.id, "t": entity.kind.value, "c": class_of(entity), "l": entity.label, "e": english_label(entity, self.registers),
            "s": self._second_line(entity), "no": entity.attribute("number"), "k": entity.attribute("kind"),
            "ke": self.registers.kind_names_en.get(entity.attribute("kind"), ""), "d": self._day(entity), "x": entity.reason, "r": entity.row,
            "u": int(bool(entity.row) and not entity.verified), "pr": entity.attribute("printed"), "te": entity.attribute("subject_en"), "g": degree, "b": band,
        }  # fmt: skip
        if entity.kind is Kind.DIRECTIVE:
            row["ti"] = entity.attribute("title") or entity.attribute("subject")
        elif entity.kind in (Kind.AGENCY, Kind.OFFICIAL, Kind.POST):
            long = row["s"] if entity.kind is Kind.OFFICIAL else entity.label
            row["sh"] = short if (short := self._abbreviated(long)) != long else ""
        row |= {
            name: self.numbers[path]
            for name, path in (("pv", province), ("pa", entity.attribute("parent")), ("ag", entity.attribute("agency")))
            if path in self.numbers
        }
        if entity.kind is Kind.PROVINCE:
            row |= self._life(entity)
        row["sr"] = sorted(sources)
        row["p"] = {view: list(positions[entity.id]) for view, positions in places.items() if entity.id in positions}
        return {name: value for name, value in row.items() if value not in ("", [], {}, 0) or name in ("b", "pv", "pa", "ag")}

    def _second_line(self, entity: Entity) -> str:
        """What tells a thing from its namesakes: the post of a person, the place of a body without one in its name."""
        if entity.kind is Kind.OFFICIAL:
            return next((self.entities[post].label for post in self._posts.get(entity.id, ())), "")
        if entity.kind is Kind.AGENCY and entity.attribute("parent") and entity.attribute("level") != "ministry":
            parent = self.entities.get(entity.attribute("parent"))
            return parent.label if parent is not None and parent.label not in entity.label else ""
        return ""

    def _abbreviated(self, text: str) -> str:
        """The text as offices write it ("UBND tỉnh Thái Bình"), for where room is short and for who searches so."""
        return self._full_names.sub(lambda m: self._abbreviations[m.group()], text)

    @cached_property
    def _abbreviations(self) -> dict[str, str]:
        return {full: short for short, (full, _) in sorted(self.registers.abbreviations.items()) if full[:1].isupper() and len(full) > len(short) + 3}

    @cached_property
    def _full_names(self) -> re.Pattern[str]:
        return re.compile("|".join(rf"{re.escape(full)}\b" for full in sorted(self._abbreviations, key=lambda f: (-len(f), f))) or r"(?!)")

    def _day(self, entity: Entity) -> str:
        if entity.kind is Kind.MEETING:
            return str(next(iter(self.timeline.meeting_dates.get(entity.id, ())), ""))
        return str(self.timeline.date(entity.id) or "") if entity.kind is Kind.DIRECTIVE else ""

    def _life(self, entity: Entity) -> Json:
        """From when until when a province existed, and what it became."""
        unit = self.registers.provinces.get(entity.id.removeprefix("province/"))
        if unit is None:
            return {}
        successor = self.registers.provinces.get(unit.successor)
        since = str(unit.valid_from) if unit.valid_from is not None and unit.id.rpartition("-")[2].isdigit() else ""
        return {"since": since, "until": str(unit.valid_to or ""), "now": successor.name if successor is not None else ""}

    @cached_property
    def _posts(self) -> dict[str, list[str]]:
        """Official → posts, those held last and told by most sources first, former ones at the end."""
        found: dict[str, list[tuple[bool, str, int, str]]] = defaultdict(list)
        for a in Holders(self.graph, self.shared.lexicon).attestations:
            found[a.official].append((a.former, str(a.last or ""), len(a.sources), a.post))
        return {
            official: [post for _, _, _, post in sorted(posts, key=lambda p: (p[0], tuple(-ord(c) for c in p[1]), -p[2], p[3]))]
            for official, posts in found.items()
        }

    def _mentioned(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for s in self.graph.statements:
            found[s.object.id].add(self.files[s.source])
            if s.predicate != "mentions":
                found[s.subject.id].add(self.files[s.source])
        return found

    # ---- relations

    def _sources(self) -> None:
        for source in self.graph.sources:
            row: Json = {"f": source.source, "h": source.headline}
            if source.date is not None:
                row["d"] = str(source.date)
            if source.report in self.numbers:
                row["n"] = self.numbers[source.report]
            if source.text_of in self.numbers:
                row["of"] = self.numbers[source.text_of]
            self.data.sources.append(row)

    def _relations(self) -> None:
        told: dict[tuple[str, str, str], Json] = {}
        for s in self.graph.statements:
            if s.predicate == "mentions":
                continue
            row = told.setdefault((s.subject.id, s.predicate, s.object.id), {})
            row.setdefault("st", []).append(self._statement(s))
            if s.predicate == "holdsPost" and s.object.field("former") is not None:
                row["former"] = 1
        for r in self.graph.registered:
            row = told.setdefault((r.subject, r.predicate, r.object), {})
            row["rg"] = [r.row, int(r.verified)]
        for (subject, predicate, target), row in sorted(told.items()):
            ends: Json = {"f": self.numbers[subject], "p": predicate}
            if target not in self.numbers:
                self.data.facts.append(ends | {"d": target} | row)
                continue
            ends["o"] = self.numbers[target]
            if predicate == "holdsPost":
                # A person is drawn to the body of the post; the post itself is the words on the line.
                agency = self.entities[target].attribute("agency")
                ends |= {"v": self.numbers[target]} | ({"o": self.numbers[agency]} if agency in self.numbers else {})
            days = self.timeline.lag(subject, predicate, target)
            self.data.edges.append(ends | ({} if days is None else {"lag": days}) | row)

    def _statement(self, s: Statement) -> Json:
        source = self.texts[s.source]
        row: Json = {"c": s.confidence, "f": self.files[s.source], "u": s.rule, "q": [self._passage(source, e.start, e.end, e.quote) for e in s.evidence]}
        if s.inferred:
            row["i"] = s.reason or 1
        return row

    def _passage(self, source: SourceInfo, start: int, end: int, quote: str) -> int:
        file = self.files[source.source]
        found = self.passages.get((file, start, end))
        if found is None:
            found = self.passages[file, start, end] = len(self.data.passages)
            self.data.passages.append([file, start, end, quote, before(source.text, start), after(source.text, end)])
        return found

    # ---- places

    def _degrees(self) -> Counter[int]:
        """Number of a thing → how many drawn relations it has."""
        degrees: Counter[int] = Counter()
        for edge in self.data.edges:
            if self._is_drawn(edge):
                degrees.update((edge["f"], edge["o"]))
        return degrees

    def _is_drawn(self, edge: Json) -> bool:
        return edge["f"] != edge["o"] and all(self.graph.entities[edge[end]].kind in _DRAWN for end in ("f", "o"))

    def _places(self, degrees: Counter[int]) -> dict[str, Mapping[str, layout.Point]]:
        """View → positions. What has no relation stands in no view; it is found by searching."""
        entities = self.graph.entities
        relations = self.graph.relations
        drawn = [(e["f"], e["p"], e["o"]) for e in self.data.edges if self._is_drawn(e)]
        ties = [tie for tie in drawn if tie[1] in relations.between_documents]
        plans, tied = self._best("plans", Counter(end for a, _, b in ties for end in (a, b)), ties)
        lead = {end for a, predicate, b in tied if predicate in relations.steps for end in (a, b)}
        levels, between = self._best("levels", {n: degrees[n] for n in degrees if entities[n].kind is not Kind.PROVINCE}, drawn)
        everything, pairs = self._best("free", degrees, drawn)
        documents = self._bands(plans, [(a, b) for a, _, b in tied], (), {i: 136 if i in lead else 92 for i in plans})
        whole = self._bands(levels, [pair for one in between for pair in _upwards(*one, relations)], [(a, b) for a, _, b in between], {})
        self.data.cells = {"plans": self._cells(documents), "levels": self._cells(whole)}
        return {"plans": documents.positions, "levels": whole.positions, "free": layout.free(everything, [(a, b) for a, _, b in pairs])}

    def _best(self, view: str, degrees: Mapping[int, int], drawn: Iterable[tuple[int, str, int]]) -> tuple[list[str], list[tuple[str, str, str]]]:
        """The things that a view shows and the relations between them: of those that it is of, the best connected. Tells how many it is of."""
        self.data.whole[view] = len(degrees)
        best = set(sorted(degrees, key=lambda n: (-degrees[n], n))[:LARGEST])
        path = {n: self.graph.entities[n].id for n in sorted(best)}
        return list(path.values()), [(path[a], predicate, path[b]) for a, predicate, b in drawn if a in best and b in best]

    def _bands(self, ids: Sequence[str], up: Sequence[tuple[str, str]], beside: Sequence[tuple[str, str]], widths: Mapping[str, int]) -> bands.Bands:
        placed = []
        for i in ids:
            band, province = self._standing(i)
            placed.append(bands.Placed(i, band, province if _PROVINCE <= band <= _COMMUNE else "", widths.get(i, 116)))
        return bands.bands(placed, up, beside)

    def _cells(self, laid: bands.Bands) -> Json:
        return {"strips": [list(strip) for strip in laid.strips], "cells": [[c.band, self.numbers.get(c.name, -1), *c.box] for c in laid.cells]}

    def _standing(self, path: str) -> tuple[int, str]:
        """The band of a thing and its province ("" where unknown)."""
        return self._standings.get(path, (_UNKNOWN, ""))

    @cached_property
    def _standings(self) -> dict[str, tuple[int, str]]:
        found: dict[str, tuple[int, str]] = {}
        about: dict[str, list[tuple[str, str]]] = defaultdict(list)  # thing → (predicate, the thing at the other end)
        for s in self.graph.statements:
            about[s.subject.id].append((s.predicate, s.object.id))
            about[s.object.id].append((s.predicate, s.subject.id))
        own = {Kind.AGENCY: self._body, Kind.DIRECTIVE: self._body}
        for entity in self.graph.entities:
            if entity.kind in own:
                found[entity.id] = own[entity.kind](entity)
            elif entity.kind is Kind.PROVINCE:
                found[entity.id] = _PROVINCE, entity.id
        for entity in self.graph.entities:
            if entity.kind is Kind.DIRECTIVE and found[entity.id][0] == _UNKNOWN:
                found[entity.id] = _highest(found[o] for p, o in about[entity.id] if p == "issuedBy" and o in found)
            elif entity.kind is Kind.POST:
                found[entity.id] = found.get(entity.attribute("agency"), (_UNKNOWN, ""))
        for entity in self.graph.entities:
            if entity.kind is Kind.OFFICIAL:
                found[entity.id] = next((found[p] for p in self._posts.get(entity.id, ()) if found[p][0] != _UNKNOWN), (_UNKNOWN, ""))
        for entity in self.graph.entities:
            if entity.kind in (Kind.MEETING, Kind.AWARD):
                found[entity.id] = self._event(about[entity.id], found)
        return found

    @cached_property
    def _placing(self) -> tuple[str, ...]:
        """The relations whose other end tells where a meeting or award belongs, the best first: who got an award; of a meeting the body that held it."""
        kinds = [kind for kind in self.graph.relations.kinds if kind.part or kind.family is Family.AWARD]
        return tuple(kind.name for kind in sorted(kinds, key=lambda kind: (kind.part, kind.part and Kind.OFFICIAL in kind.subjects)))

    def _body(self, entity: Entity) -> tuple[int, str]:
        province, level = entity.attribute("province"), entity.attribute("level")
        if level in _BANDS:
            return _BANDS[level], province
        if province:
            return _PROVINCE, province
        if level == "facility":
            return _MINISTRY, ""
        parent = self.entities.get(entity.attribute("parent"))
        return self._body(parent) if parent is not None and parent.id != entity.id else (_UNKNOWN, "")

    def _event(self, about: Sequence[tuple[str, str]], found: Mapping[str, tuple[int, str]]) -> tuple[int, str]:
        """A meeting stands where it was held, else with those who called, led or attended it; an award with those who got it."""
        places = [o for p, o in about if p == "inProvince"]
        if places:
            return _PROVINCE, places[0]
        for predicate in self._placing:
            place = _highest(found[o] for p, o in about if p == predicate and o in found)
            if place[0] != _UNKNOWN:
                return place
        return _UNKNOWN, ""


def _upwards(subject: str, predicate: str, target: str, relations: Relations) -> list[tuple[str, str]]:
    """(lower, upper), as the vocabulary declares it: documents below issuers and superiors, meetings below what they discuss, people below both."""
    drawn = relations[predicate].drawn
    if drawn is Drawn.BESIDE:
        return []
    # A body stands above all that it has a part in.
    return [(target, subject)] if drawn is Drawn.ABOVE or subject.startswith("agency/") else [(subject, target)]


def _highest(places: Iterable[tuple[int, str]]) -> tuple[int, str]:
    return min(places, default=(_UNKNOWN, ""))


def first_day(dates: Iterable[PartialDate | None]) -> str:
    """The latest of the given dates, "" if there is none: a build is as new as its newest source."""
    return max((str(day) for day in dates if day is not None), default="")

"""What the scoreboard shows, as plain lists ready for JSON: units, documents, cells in both views, hops, meetings, people, measures.

Reads a graph and the registers. A thing is referred to by its place in its list, a statement by its place in `told`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from statistics import median
from typing import Any

from graph.analysis.coverage import UNKNOWN, Cell, Change, coverage, formers, today
from graph.analysis.timeline import Holders, Timeline
from graph.export import measures
from graph.export.evidence import Told
from graph.export.rdf import class_of, english_label
from graph.model import Entity, GraphData, Kind
from graph.registers.data import Data
from graph.registers.registers import ProvinceUnit

PEOPLE = 1500  # officials shown at most, those with most meetings and posts
MOST = 20  # rows of a measure

Json = dict[str, Any]


def collect(graph: GraphData, data: Data, changes: Sequence[Change] | None = None) -> Json:
    """All that the page embeds beside the words of the interface. The same graph gives the same values in the same order."""
    return _Collector(graph, data).collect(changes)


class _Collector:
    def __init__(self, graph: GraphData, data: Data) -> None:
        self.graph = graph
        self.data = data
        self.registers = data.registers
        self.timeline = Timeline(graph)
        self.holders = Holders(graph, data.lexicon)
        self.entities = {entity.id: entity for entity in graph.entities}
        self.told = Told(graph)
        self.cells = coverage(graph, data.registers)
        self.documents: list[Json] = []
        self._numbers: dict[str, int] = {}

    def collect(self, changes: Sequence[Change] | None) -> Json:
        then, now = self.cells, coverage(self.graph, self.registers, merged=True)
        data: Json = {
            "then": [self._cell(c) for c in then], "now": [self._cell(c) for c in now], "hops": self._hops(), "meetings": self._meetings(),
            "people": self._people(), "cited": self._cited(), "between": self._between(),
        }  # fmt: skip
        if changes is not None:
            data["changes"] = [
                {"d": self._document(c.directive), "u": self._units[c.unit], "a": c.before, "b": c.after} for c in changes if self._is_known(c)
            ]  # fmt: skip
        return data | {
            "units": self.units, "regions": self._regions, "docs": self.documents, "told": self.told.rows, "passages": self.told.passages,
            "sources": self.told.sources, "skipped": len(self.graph.skipped), "base": self.graph.base,
            "newest": max((str(s.date) for s in self.graph.sources if s.date is not None), default=""),
        }  # fmt: skip

    def _is_known(self, change: Change) -> bool:
        return change.directive in self.entities and change.unit in self._units

    # ---- rows

    @cached_property
    def units(self) -> list[Json]:
        """Every province as then and now, those of no name, and the ministries that have a cell."""
        provinces = sorted(self.registers.provinces.values(), key=lambda u: (self._regions.index(u.region), u.gso_code, u.valid_to is None, u.id))
        rows = [{"k": "unknown", "id": UNKNOWN}, *(self._province(u) for u in provinces)]
        bodies = sorted({c.unit for c in self.cells if c.unit.startswith("agency/")}, key=lambda b: (self.entities[b].label, b))
        return rows + [{"k": "ministry", "id": b, "n": self.entities[b].label, "e": english_label(self.entities[b], self.registers)} for b in bodies]

    def _province(self, unit: ProvinceUnit) -> Json:
        ident = f"province/{unit.id}"
        now = today(self.registers, ident)
        row: Json = {"k": "province", "id": ident, "n": unit.name, "e": unit.name_en, "r": self._regions.index(unit.region)}
        if unit.valid_from is not None:
            row["since"] = str(unit.valid_from)
        if unit.valid_to is not None:
            row |= {"until": str(unit.valid_to), "now": now}
        parts = formers(self.registers, ident) if now == ident else ()
        return row | ({"of": list(parts)} if parts else {})

    @cached_property
    def _units(self) -> dict[str, int]:
        return {str(row["id"]): number for number, row in enumerate(self.units)}

    @cached_property
    def _regions(self) -> list[str]:
        """The names of regions from north to south, as the statistical codes of their provinces run."""
        codes: dict[str, list[int]] = defaultdict(list)
        for unit in self.registers.provinces.values():
            codes[unit.region].append(int(unit.gso_code))
        return sorted(codes, key=lambda region: (median(codes[region]), region))

    # ---- documents

    def _document(self, path: str) -> int:
        if path not in self._numbers:
            self._numbers[path] = len(self.documents)
            self.documents.append({})
            self.documents[self._numbers[path]] = self._document_row(self.entities[path])
        return self._numbers[path]

    def _document_row(self, entity: Entity) -> Json:
        row: Json = {
            "id": entity.id, "l": entity.label, "e": english_label(entity, self.registers), "no": entity.attribute("number"),
            "k": entity.attribute("kind"), "ke": self.registers.kind_names_en.get(entity.attribute("kind"), ""), "c": class_of(entity),
            "d": str(self.timeline.date(entity.id) or ""), "ti": entity.attribute("title") or entity.attribute("subject"),
            "te": entity.attribute("subject_en"), "pr": entity.attribute("printed"), "by": [self.entities[i].label for i in self._issuers.get(entity.id, ())],
            "r": entity.row, "lv": entity.attribute("level"), "dt": self.told.numbers(self._days.get(entity.id, ())),
        }  # fmt: skip
        if entity.attribute("province") in self._units and (entity.attribute("province") or entity.attribute("level") == "province"):
            row["u"] = self._units[entity.attribute("province")]
        if entity.row and entity.id not in self._in_texts:
            row["rg"] = 1
        return {name: value for name, value in row.items() if value not in ("", [])}

    @cached_property
    def _in_texts(self) -> frozenset[str]:
        """The things that a source text tells something of; others only a register knows."""
        return frozenset(end.id for s in self.graph.statements for end in (s.subject, s.object))

    @cached_property
    def _issuers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for document, body in measures.edges(self.graph, ("issuedBy",)):
            found[document].append(body)
        return found

    @cached_property
    def _days(self) -> dict[str, list[str]]:
        """Directive → ids of what tells its signing day."""
        found: dict[str, list[str]] = defaultdict(list)
        for (document, _), told in measures.edges(self.graph, ("issuedOn",)).items():
            found[document].extend(told)
        return found

    # ---- cells and hops

    def _cell(self, cell: Cell) -> Json:
        row: Json = {
            "d": self._document(cell.directive), "u": self._units[cell.unit], "s": cell.state.value, "p": self._document(cell.plan) if cell.plan else None,
            "day": str(cell.day or ""), "lag": cell.lag, "early": int(cell.early), "w": [self._document(d) for d in cell.way],
            "ps": [self._document(d) for d in cell.plans], "m": [self._meeting_numbers[m] for m in cell.meetings if m in self._meeting_numbers],
            "st": self.told.numbers(cell.statements), "pt": [self._units[part] for part in cell.parts],
        }  # fmt: skip
        return {name: value for name, value in row.items() if value not in ("", [], None) and (name != "early" or value)}

    def _hops(self) -> list[Json]:
        """Each step of a cascade, those of unverified rows of registers marked."""
        rows = []
        steps: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        verified: set[tuple[str, str, str]] = set()
        for s in self.graph.statements:
            if s.predicate in self.graph.relations.steps:
                steps[s.subject.id, s.object.id, s.predicate].append(s.id)
                verified.add((s.subject.id, s.object.id, s.predicate))
        for r in self.graph.registered:
            if r.predicate in self.graph.relations.steps:
                steps[r.subject, r.object, r.predicate].append(r.id)
                verified.update({(r.subject, r.object, r.predicate)} if r.verified else ())
        for (later, superior, predicate), told in sorted(steps.items()):
            lag = self.timeline.lag(later, predicate, superior)
            row: Json = {"f": self._document(later), "o": self._document(superior), "p": predicate, "st": self.told.numbers(told)}
            rows.append(row | ({"lag": lag} if lag is not None else {}) | ({} if (later, superior, predicate) in verified else {"n": 1}))
        return rows

    # ---- meetings and people

    @cached_property
    def _meeting_numbers(self) -> dict[str, int]:
        return {entity.id: number for number, entity in enumerate(e for e in self.graph.entities if e.kind is Kind.MEETING)}

    def _meetings(self) -> list[Json]:
        about = self._by_end("discusses", 0)
        places = self._by_end("inProvince", 0)
        days = self._by_end("heldOn", 0)
        parts = {role: self._by_end(role, 1) for role in self.graph.relations.parts}
        rows = []
        for ident in self._meeting_numbers:
            day = next(iter(self.timeline.meeting_dates.get(ident, ())), None)
            row: Json = {
                "id": ident, "l": self.entities[ident].label, "d": str(day or ""), "c": self.entities[ident].attribute("class"),
                "ab": [[self._document(d), self.told.numbers(told)] for d, told in about.get(ident, ()) if self.entities[d].kind is Kind.DIRECTIVE],
                "u": next((self._units[p] for p, _ in places.get(ident, ()) if p in self._units), None),
                "dt": self.told.numbers(t for end in (*days.get(ident, ()), *places.get(ident, ())) for t in end[1]),
            } | {
                role: [[self._people_numbers.get(who, -1), self.entities[who].label, self.told.numbers(told)] for who, told in ends.get(ident, ())]
                for role, ends in parts.items()
            }  # fmt: skip
            rows.append({name: value for name, value in row.items() if value not in ("", [], None)})
        return rows

    def _by_end(self, predicate: str, end: int) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
        """Thing at one end → (the other end, ids of what tells it)."""
        found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for ends, told in measures.edges(self.graph, (predicate,)).items():
            found[ends[end]].append((ends[1 - end], told))
        return found

    @cached_property
    def _people_numbers(self) -> dict[str, int]:
        """The officials that are shown: those with most parts in meetings first, then those with most posts."""
        parts: dict[str, int] = defaultdict(int)
        posts: dict[str, int] = defaultdict(int)
        for who, _ in measures.edges(self.graph, self.graph.relations.parts):
            parts[who] += 1
        for attestation in self.holders.attestations:
            posts[attestation.official] += 1
        people = [e.id for e in self.graph.entities if e.kind is Kind.OFFICIAL and (parts[e.id] or posts[e.id])]
        best = sorted(people, key=lambda p: (-parts[p], -posts[p], self.entities[p].label, p))[:PEOPLE]
        return {who: number for number, who in enumerate(best)}

    def _people(self) -> list[Json]:
        told = measures.edges(self.graph, ("holdsPost",))
        posts: dict[str, list[Json]] = defaultdict(list)
        for a in self.holders.attestations:
            row: Json = {"l": self.entities[a.post].label, "a": str(a.first or ""), "b": str(a.last or ""), "former": int(a.former)}
            row["st"] = self.told.numbers(told[a.official, a.post]) if a.official in self._people_numbers else []
            posts[a.official].append({name: value for name, value in row.items() if value not in ("", 0)})
        return [{"id": who, "l": self.entities[who].label} | ({"ps": posts[who]} if who in posts else {}) for who in self._people_numbers]

    # ---- measures

    def _cited(self) -> list[Json]:
        told = measures.edges(self.graph, self.graph.relations.cites)
        best = measures.cited(told)[:MOST]
        citing: dict[str, list[list[Any]]] = defaultdict(list)
        shown = {document for document, _ in best}
        for (document, target), ids in told.items():
            if target in shown and document != target:
                citing[target].append([self._document(document), self.told.numbers(ids)])
        return [{"d": self._document(document), "n": count, "by": citing[document]} for document, count in best]

    def _between(self) -> list[Json]:
        told = measures.edges(self.graph, self.graph.relations.passes_on)
        rows: list[Json] = []
        for body, pairs in measures.between(told, self._issuers)[:MOST]:
            up = [ends for ends in told if body in self._issuers.get(ends[0], ()) and body not in self._issuers.get(ends[1], ())]
            down = [ends for ends in told if body in self._issuers.get(ends[1], ()) and body not in self._issuers.get(ends[0], ())]
            rows.append({"l": self.entities[body].label, "n": pairs, "up": self._ties(up, told), "down": self._ties(down, told)})
        return rows

    def _ties(self, ends: Iterable[tuple[str, str]], told: dict[tuple[str, str], tuple[str, ...]]) -> list[list[Any]]:
        return [[self._document(later), self._document(superior), self.told.numbers(told[later, superior])] for later, superior in ends]

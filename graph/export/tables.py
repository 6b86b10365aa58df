"""The graph as tables for a spreadsheet: `nodes.csv`, `edges.csv`, `facts.csv`.

UTF-8 with BOM, so that Excel shows Vietnamese right. A cell that a spreadsheet would take for a formula gets a leading apostrophe; where
it is a quote, `quote_json` holds it as a JSON string without one, for programs.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.analysis.timeline import Timeline
from graph.export.rdf import class_of, english_label
from graph.model import Entity, GraphData, Kind, Node, PartialDate
from graph.registers.data import Data

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # the wide ones too: a spreadsheet of East Asia takes them for the narrow

NODES = ("id", "type", "label", "label_en", "class", "kind", "number", "date", "province", "agency", "parent", "reason", "register_row")
EDGES = (
    "source", "target", "type", "source_label", "target_label", "confidence", "quote", "document",
    "start", "end", "inferred", "reason", "rule", "register_row", "verified", "lag_days", "quote_json",
)  # fmt: skip
FACTS = (
    "source", "subject_type", "subject_id", "subject_label", "predicate", "object_type", "object_id", "object_label",
    "confidence", "inferred", "rule", "start", "end", "quote", "quote_json",
)  # fmt: skip


def write_nodes(graph: GraphData, data: Data, path: Path) -> None:
    """`nodes.csv`: one row a node, then one a day that `edges.csv` leads to, so that each end of an edge has its row."""
    labels = {entity.id: entity.label for entity in graph.entities}
    dates = Timeline(graph)

    def rows() -> Iterator[Iterable[object]]:
        for entity in graph.entities:
            yield (
                graph.base + entity.id, entity.kind.value, entity.label, english_label(entity, data.registers), class_of(entity),
                entity.attribute("kind"), entity.attribute("number"), _first_date(dates, entity), labels.get(entity.attribute("province"), ""),
                labels.get(entity.attribute("agency"), ""), labels.get(entity.attribute("parent"), ""), entity.reason, entity.row,
            )  # fmt: skip
        # Only a day can be told of without being a thing.
        ends = {s.object.id for s in graph.statements} | {r.object for r in graph.registered}
        for day in sorted(ends - labels.keys()):
            yield (day, Kind.DATE.value, day, "", "", "", "", day, "", "", "", "", "")

    _write(path, NODES, rows())


def write_edges(graph: GraphData, path: Path) -> None:
    """`edges.csv`: one row a statement, those of the registers with their row instead of a quote; `start` and `end` are those of its first quote."""
    labels = {entity.id: entity.label for entity in graph.entities}
    dates = Timeline(graph)

    def end(path: str) -> str:
        return graph.base + path if path in labels else path

    def rows() -> Iterator[Iterable[object]]:
        for s in graph.statements:
            first = s.evidence[0]
            quote = " … ".join(e.quote for e in s.evidence)
            yield (
                end(s.subject.id), end(s.object.id), s.predicate, labels[s.subject.id], labels.get(s.object.id, s.object.id), s.confidence,
                quote, s.source, first.start, first.end, _flag(value=s.inferred), s.reason, s.rule, "", _flag(value=True),
                _lag(dates, s.predicate, s.subject.id, s.object.id), exact(quote),
            )  # fmt: skip
        for r in graph.registered:
            yield (
                end(r.subject), end(r.object), r.predicate, labels[r.subject], labels.get(r.object, r.object), "", "", "", "", "", _flag(value=False),
                "", "", r.row, _flag(value=r.verified), _lag(dates, r.predicate, r.subject, r.object) if r.verified else "", "",
            )  # fmt: skip

    _write(path, EDGES, rows())


def write_facts(graph: GraphData, path: Path) -> None:
    """`facts.csv`: the rows of `facts.jsonl`, as each source supports them, one row a quote."""

    def rows() -> Iterator[Iterable[object]]:
        for s in graph.statements:
            for e in s.evidence:
                yield (
                    s.source, *_end(graph.base, s.subject), s.predicate, *_end(graph.base, s.object), s.confidence, _flag(value=s.inferred), s.rule,
                    e.start, e.end, e.quote, exact(e.quote),
                )  # fmt: skip

    _write(path, FACTS, rows())


def _end(base: str, node: Node) -> tuple[str, str, str]:
    if node.kind is Kind.DATE:
        return node.kind.value, "", node.id
    title = node.field("title")
    label = node.field("label") or " ".join(part for part in (title, node.field("agency")) if part)
    return node.kind.value, base + node.id, label


def _first_date(dates: Timeline, entity: Entity) -> PartialDate | str:
    if entity.kind is Kind.DIRECTIVE:
        return dates.date(entity.id) or ""
    if entity.kind is Kind.MEETING:
        return next(iter(dates.meeting_dates.get(entity.id, ())), "")
    return ""


def _lag(dates: Timeline, predicate: str, later: str, superior: str) -> int | str:
    days = dates.lag(later, predicate, superior)
    return "" if days is None else days


def _flag(*, value: bool) -> str:
    return "true" if value else "false"


def exact(quote: str) -> str:
    """A quote as a JSON string: it begins with a quotation mark, so that no guard changes it."""
    return json.dumps(quote, ensure_ascii=False)


def harmless(value: object) -> str:
    """A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe before it."""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _write(path: Path, head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(head)
        for row in rows:
            writer.writerow([harmless(value) for value in row])

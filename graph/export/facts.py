"""`facts.jsonl`: one line a statement and source, sorted; the contract of DESIGN.md 5 and the readable export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.model import GraphData, Kind, Node, Statement


def rows(graph: GraphData) -> Iterator[dict[str, Any]]:
    """The rows of `facts.jsonl`; what a register alone knows is not among them."""
    for statement in graph.statements:
        yield row(graph.base, statement)


def row(base: str, statement: Statement) -> dict[str, Any]:
    """One row: source, subject, predicate, object, evidence, confidence, inferred, rule."""
    return {
        "source": statement.source,
        "subject": _node(base, statement.subject),
        "predicate": statement.predicate,
        "object": _node(base, statement.object),
        "evidence": [{"start": e.start, "end": e.end, "quote": e.quote} for e in statement.evidence],
        "confidence": statement.confidence,
        "inferred": statement.inferred,
        "rule": statement.rule,
        **({"reason": statement.reason} if statement.inferred and statement.reason else {}),
    }


def _node(base: str, node: Node) -> dict[str, Any]:
    if node.kind is Kind.DATE:
        return {"type": "date", "value": node.id}
    fields = {name: value for name, value in node.fields if name != "former" or value is not None}
    return {"type": node.kind.value, "id": base + node.id, **fields}


def write(graph: GraphData, path: Path) -> None:
    """Write `facts.jsonl`: UTF-8, lines sorted as strings, which is how their bytes sort."""
    lines = sorted(json.dumps(r, ensure_ascii=False).encode() for r in rows(graph))
    with path.open("wb") as file:
        file.writelines(line + b"\n" for line in lines)

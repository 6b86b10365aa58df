"""The counts of a graph as tables, as rows and as JSON."""

from __future__ import annotations

from typing import Any

from graph.query.stats import Stats
from graph.terminal.look import Look
from graph.terminal.rows import Cell, as_table
from graph.terminal.tree import document_record, name

COLUMNS = ("what", "name", "count", "edges", "registered")


def text(stats: Stats, look: Look) -> str:
    """What the graph holds, then its relations, then the most cited documents."""
    head = look.say("cli.stats.head", statements=stats.statements, sources=stats.sources, inferred=stats.inferred, triples=stats.triples)
    things = [(look.say(f"type.{kind.lower()}"), count) for kind, count in stats.nodes]
    relations = [(look.say(f"rel.{n}"), edges, told, registered) for n, edges, told, registered in stats.relations]
    parts = [
        head,
        as_table([look.say("col.thing"), look.say("col.count")], things, look),
        as_table([look.say(f"col.{c}") for c in ("relation", "edges", "statements", "registered")], relations, look),
    ]
    if stats.cited:
        cited = [(name(d, look), citing, carrying, look.date(d.date)) for d, citing, carrying in stats.cited]
        parts.append(
            look.say("cli.stats.cited") + "\n" + as_table([look.say(f"col.{c}") for c in ("directive", "citing", "implementing", "date")], cited, look)
        )
    return "\n\n".join(parts)


def rows(stats: Stats) -> list[tuple[Cell, ...]]:
    """One row a count, under the names of COLUMNS."""
    found: list[tuple[Cell, ...]] = [("type", kind, count, None, None) for kind, count in stats.nodes]
    found += [("relation", n, told, edges, registered) for n, edges, told, registered in stats.relations]
    return [*found, ("sources", "sources", stats.sources, None, None), ("triples", "triples", stats.triples, None, None)]


def record(stats: Stats) -> dict[str, Any]:
    """The counts as JSON."""
    return {
        "sources": stats.sources,
        "statements": stats.statements,
        "inferred": stats.inferred,
        "triples": stats.triples,
        "types": dict(stats.nodes),
        "relations": {n: {"edges": edges, "statements": told, "registered": registered} for n, edges, told, registered in stats.relations},
        "most_cited": [{**document_record(d), "cited_by": citing, "implementing": carrying} for d, citing, carrying in stats.cited],
    }

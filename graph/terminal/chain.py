"""A path as lines, rows and JSON: thing, relation, thing, with the sentence of each link."""

from __future__ import annotations

from collections.abc import Iterator

from graph.query.built import BuiltGraph, Statement
from graph.query.path import Link, Path
from graph.terminal.look import Look
from graph.terminal.rows import Cell
from graph.terminal.tree import where

COLUMNS = ("path", "step", "from", "relation", "to", "confidence", "inferred", "register_row", "quote", "source", "from_id", "to_id")


def lines(graph: BuiltGraph, path: Path, look: Look) -> Iterator[str]:
    """Each thing on a line of its own, what joins it to the next below it."""
    yield look.strong(_title(graph, path.links[0].start, look))
    for link in path.links:
        arrow = "↓" if link.forward else "↑"
        yield f"  {arrow} {look.say('rel.' + link.told.relation)}{'' if link.forward else ' ' + look.say('path.against')}  {_place(link.told, look)}"
        if link.told.quote:
            yield f"    {look.faint(look.quote(link.told.quote, look.width - 4))}"
        yield look.strong(_title(graph, link.end, look))


def _title(graph: BuiltGraph, node: str, look: Look) -> str:
    """A name, with the day where there is one: meetings have hardly any other."""
    day = graph.date(node)
    return graph.name(node) if day is None else f"{graph.name(node)} · {look.date(day)}"


def _place(told: Statement, look: Look) -> str:
    return look.say("cert.noQuote") if told.registered else where(told)


def rows(graph: BuiltGraph, number: int, path: Path) -> Iterator[list[Cell]]:
    """One row a link; from and to as the statement has them."""
    for step, link in enumerate(path.links, start=1):
        told = link.told
        yield [
            number, step, graph.name(told.subject), told.relation, graph.name(told.object), told.confidence, told.inferred, told.row, told.quote, told.source,
            told.subject, told.object,
        ]  # fmt: skip


def record(graph: BuiltGraph, path: Path) -> dict[str, object]:
    """A path for programs."""
    return {"length": len(path.links), "links": [_link(graph, link) for link in path.links]}


def _link(graph: BuiltGraph, link: Link) -> dict[str, object]:
    told = link.told
    return {
        "from": {"id": told.subject, "label": graph.name(told.subject)},
        "relation": told.relation,
        "to": {"id": told.object, "label": graph.name(told.object)},
        "along": link.forward,
        "confidence": told.confidence,
        "inferred": told.inferred,
        "register_row": told.row,
        "source": told.source,
        "passages": [{"start": p.start, "end": p.end, "quote": p.quote} for p in told.passages],
    }

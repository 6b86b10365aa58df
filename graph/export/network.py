"""The graph as a networkx MultiDiGraph, and as GraphML and GEXF.

Attributes are flat (text, number, truth value): both formats refuse lists. Dates are nodes of their own, so that every statement is an
edge. GraphML takes only NMTOKENs as ids, so nodes and edges are named by the token of their IRI, and the IRI stands in `iri`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from graph.analysis.timeline import Timeline
from graph.export.rdf import class_of
from graph.model import GraphData, Kind

if TYPE_CHECKING:
    import networkx as nx

QUOTE = 600  # longest quote on an edge, in code points
# XML 1.0 forbids these; a parser would refuse the whole file for one of them.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_networkx(graph: GraphData) -> nx.MultiDiGraph[str]:
    """All things, dates and statements, each under its token, with flat attributes; what isn't known is left out."""
    import networkx as nx  # noqa: PLC0415 - 0.2 s that only an export needs

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=graph.title)
    labels = {entity.id: entity.label for entity in graph.entities}
    dates = Timeline(graph)
    for entity in graph.entities:
        network.add_node(token(entity.id), **known(
            label=entity.label, type=entity.kind.value, cls=class_of(entity), kind=entity.attribute("kind"), number=entity.attribute("number"),
            province=labels.get(entity.attribute("province"), ""), registerRow=entity.row, iri=graph.base + entity.id,
        ))  # fmt: skip

    def end(path: str) -> str:
        if path in labels:
            return token(path)
        day = token(f"date/{path}")
        network.add_node(day, label=path, type=Kind.DATE.value)
        return day

    for s in graph.statements:
        lag = dates.lag(s.subject.id, s.predicate, s.object.id)
        path = f"statement/{s.id}"
        network.add_edge(end(s.subject.id), end(s.object.id), key=token(path), **known(
            type=s.predicate, label=s.predicate, confidence=float(s.confidence), inferred=s.inferred, verified=True, rule=s.rule,
            quote=" … ".join(e.quote for e in s.evidence)[:QUOTE], document=s.source, lagDays=lag, iri=graph.base + path,
        ))  # fmt: skip
    for r in graph.registered:
        lag = dates.lag(r.subject, r.predicate, r.object) if r.verified else None
        path = f"statement/{r.id}"
        network.add_edge(end(r.subject), end(r.object), key=token(path), **known(
            type=r.predicate, label=r.predicate, inferred=False, verified=r.verified, rule="register", lagDays=lag, registerRow=r.row,
            iri=graph.base + path,
        ))  # fmt: skip
    return network


def token(path: str) -> str:
    """The part of an IRI below the base as an NMTOKEN, another one for each: "agency/bo-y-te" gives "agency:bo-y-te".

    Letters and digits of ASCII, "-" and "." stay, "/" becomes ":", every other byte its hexadecimal value behind "_".
    """
    return quote(path, safe="/").replace("_", "%5F").replace("~", "%7E").replace("%", "_").replace("/", ":")


def known(**values: str | float | None) -> dict[str, str | float]:
    """The attributes that have a value, without what XML forbids."""
    return {name: clean(value) if isinstance(value, str) else value for name, value in values.items() if value is not None and value != ""}


def clean(text: str) -> str:
    """The text without the characters that XML forbids."""
    return _ILLEGAL.sub("", text)


def write_graphml(network: nx.MultiDiGraph[str], path: Path) -> None:
    """`graph.graphml`: a key for each attribute of nodes and of edges, typed values."""
    from networkx.readwrite.graphml import GraphMLWriter  # noqa: PLC0415

    # Keys named after their attributes would stand twice where nodes and edges share a name.
    writer = GraphMLWriter(network, encoding="utf-8", prettyprint=True, named_key_ids=False)
    truths = {key.get("id") for key in writer.xml.iter("key") if key.get("attr.type") == "boolean"}
    for data in writer.xml.iter("data"):
        if data.get("key") in truths:
            data.text = (data.text or "").lower()  # networkx writes Python's "True", which no schema knows
    with path.open("wb") as file:
        writer.dump(file)


def write_gexf(network: nx.MultiDiGraph[str], path: Path) -> None:
    """`graph.gexf`; networkx's date of writing is taken out, so that two builds give the same bytes."""
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415

    flat = network.copy()
    for _, _, key, attributes in flat.edges(keys=True, data=True):
        attributes["id"] = key
        # GEXF has its own edge types (directed or not); ours goes under another name.
        attributes["relation"] = attributes.pop("type")
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(flat)
    writer.graph_element.attrib.pop("name", None)  # networkx's own; the format has none
    for meta in writer.xml.iter():
        if meta.tag.rpartition("}")[2] == "meta":
            meta.attrib.pop("lastmodifieddate", None)
    with path.open("wb") as file:
        writer.write(file)

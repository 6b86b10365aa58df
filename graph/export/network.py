"""The graph as a networkx MultiDiGraph keyed by statement id, and as GraphML and GEXF.

Attributes are flat (text, number, truth value): both formats refuse lists. Dates are nodes of their own, so that every statement is an edge.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from graph.export.rdf import class_of
from graph.model import GraphData, Kind
from graph.resolve.timeline import STEPS, Timeline

if TYPE_CHECKING:
    import networkx as nx

_QUOTE = 600  # longest quote on an edge, in code points
# XML 1.0 forbids these; a parser would refuse the whole file for one of them.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_networkx(graph: GraphData) -> nx.MultiDiGraph[str]:
    """Nodes by IRI (dates by their text), edges by statement id, all with flat attributes."""
    import networkx as nx  # noqa: PLC0415 - 0.2 s that only an export needs

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="Health-sector governance of Viet Nam")
    labels = {entity.id: entity.label for entity in graph.entities}
    dates = Timeline(graph)
    for entity in graph.entities:
        network.add_node(
            graph.base + entity.id, label=clean(entity.label), type=entity.kind.value, cls=class_of(entity), kind=entity.attribute("kind"),
            number=clean(entity.attribute("number")), province=clean(labels.get(entity.attribute("province"), "")), registerRow=entity.row,
        )  # fmt: skip

    def end(path: str) -> str:
        if path in labels:
            return graph.base + path
        network.add_node(path, label=path, type=Kind.DATE.value)
        return path

    for s in graph.statements:
        lag = dates.lag(s.object.id, s.subject.id) if s.predicate in STEPS else None
        network.add_edge(
            end(s.subject.id), end(s.object.id), key=s.id, type=s.predicate, label=s.predicate, confidence=s.confidence, inferred=s.inferred, rule=s.rule,
            quote=clean(" … ".join(e.quote for e in s.evidence)[:_QUOTE]), document=clean(s.source), lagDays="" if lag is None else str(lag), registerRow="",
        )  # fmt: skip
    for r in graph.registered:
        lag = dates.lag(r.object, r.subject) if r.predicate in STEPS and r.verified else None
        network.add_edge(
            end(r.subject), end(r.object), key=r.id, type=r.predicate, label=r.predicate, verified=r.verified, inferred=False, rule="register",
            quote="", document="", lagDays="" if lag is None else str(lag), registerRow=r.row,
        )  # fmt: skip
    return network


def clean(text: str) -> str:
    """The text without the characters that XML forbids."""
    return _ILLEGAL.sub("", text)


def write_graphml(network: nx.MultiDiGraph[str], path: Path) -> None:
    """`graph.graphml`: edge ids are statement ids."""
    import networkx as nx  # noqa: PLC0415

    nx.write_graphml_xml(network, path, named_key_ids=True, infer_numeric_types=False)


def write_gexf(network: nx.MultiDiGraph[str], path: Path) -> None:
    """`graph.gexf`: edge ids are statement ids; networkx's date of writing is taken out, so that two builds give the same bytes."""
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415

    flat = network.copy()
    for _, _, key, attributes in flat.edges(keys=True, data=True):
        attributes["id"] = key
        # GEXF has its own edge types (directed or not); ours goes under another name.
        attributes["relation"] = attributes.pop("type")
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(flat)
    for meta in writer.xml.iter():
        if meta.tag.rpartition("}")[2] == "meta":
            meta.attrib.pop("lastmodifieddate", None)
    with path.open("wb") as file:
        writer.write(file)

"""The map: `graph.html`, one file that needs no network, made by pyvis with our own template and pyvis's own copy of vis-network.

pyvis hands the things and relations to the template; layout is computed here, so that nothing moves in the browser. Data stand in the
page as JSON that no parser of HTML can leave, scripts are named by their hash in the page's security policy, and the policy forbids
every request.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from graph.export import mapdata
from graph.export.selfcontained import environment
from graph.model import GraphData
from graph.registers.data import Data

_SCRIPTS = ("base.js", "search.js", "quotes.js", "canvas.js", "panel.js", "timeline.js", "tree.js", "map.js")
_STYLES = ("base.css", "panel.css", "cascade.css", "map.css")
# Words that the page needs, by the first part of their key.
_WORDS = (
    "app", "action", "search", "type", "class", "rel", "cert", "province", "date", "post", "map", "panel", "table", "cascade", "evidence", "share", "export",
    "lag", "error", "empty", "nav", "state",
)  # fmt: skip


def write(graph: GraphData, data: Data, path: Path, lang: str = "vi") -> None:
    """Write the map of a graph.

    graph: what to draw. data: words, English names and the lives of provinces. path: the file to write. lang: the language in which the
    page opens, "vi" or "en"; the reader can switch.
    """
    path.write_text(page(graph, data, lang), encoding="utf-8", newline="\n")


def page(graph: GraphData, data: Data, lang: str = "vi") -> str:
    """The whole page as text."""
    from pyvis.network import Network  # noqa: PLC0415 - brings IPython, psutil and more, which nothing but the map may load

    drawn = mapdata.collect(graph, data)
    rest = {
        "facts": drawn.facts, "passages": drawn.passages, "sources": drawn.sources, "cells": drawn.cells, "whole": drawn.whole, "most": mapdata.LARGEST,
        "reasons": drawn.reasons, "base": graph.base, "newest": mapdata.first_day(source.date for source in graph.sources),
    }  # fmt: skip
    network: Any = Network(directed=True)
    # pyvis's own add_node and add_edge look through all that is there at each call; these lists are what they would have filled.
    network.nodes, network.edges = drawn.nodes, drawn.edges
    network.toggle_physics(status=False)
    network.templateEnv = environment(data.words, lang, _STYLES, _SCRIPTS, _WORDS, rest, graph.relations, _library())
    network.path = "map.html.j2"
    html: str = network.generate_html("graph.html")
    return html


@cache
def _library() -> str:
    """vis-network as pyvis brings it, without the link to its source map."""
    import pyvis  # noqa: PLC0415

    path = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    text = path.read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL")) + "\n"

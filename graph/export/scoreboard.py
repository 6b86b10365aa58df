"""The scoreboard: `scoreboard.html`, one file that needs no network: which plan carries out which directive, where, and how late.

Data stand in the page as JSON that no parser of HTML can leave; the script is named by its hash in the page's security policy, and the
policy forbids every request.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.analysis.coverage import Change
from graph.export import scoredata
from graph.export.selfcontained import environment
from graph.model import GraphData
from graph.registers.data import Data
from graph.resolve.reasons import in_words

_SCRIPTS = (
    "base.js", "search.js", "quotes.js", "timeline.js", "scoremodel.js", "tree.js", "scoreboard.js", "scorepanel.js", "scoretabs.js", "scoreperson.js",
    "scoreprint.js", "scorestart.js",
)  # fmt: skip
_STYLES = ("base.css", "panel.css", "cascade.css", "scoreboard.css")
# Words that the page needs, by the first part of their key.
_WORDS = (
    "app", "action", "search", "type", "class", "rel", "cert", "province", "date", "post", "panel", "cascade", "evidence", "lag", "error", "nav", "state", "sb",
    "view", "table", "col",
)  # fmt: skip


def write(graph: GraphData, data: Data, path: Path, lang: str = "vi", changes: Sequence[Change] | None = None) -> None:
    """Write the scoreboard of a graph.

    graph: what to show. data: words, and the provinces then and now. path: the file to write. lang: the language in which the page opens, "vi"
    or "en"; the reader can switch. changes: the cells that an earlier build had otherwise; None where there was none.
    """
    path.write_text(page(graph, data, lang, changes), encoding="utf-8", newline="\n")


def page(graph: GraphData, data: Data, lang: str = "vi", changes: Sequence[Change] | None = None) -> str:
    """The whole page as text."""
    shown = scoredata.collect(graph, data, changes)
    reasons = {row["i"]: in_words(row["i"], data.words) for row in shown["told"] if isinstance(row.get("i"), str)}
    rest = shown | {"reasons": dict(sorted(reasons.items()))}
    return environment(data.words, lang, _STYLES, _SCRIPTS, _WORDS, rest, graph.relations).get_template("scoreboard.html.j2").render()

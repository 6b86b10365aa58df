"""`report.md`: what a build read, skipped, found and joined, in one page for people."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from graph.analysis.timeline import Holders
from graph.model import Entity, GraphData, Kind
from graph.registers.data import Data
from graph.resolve.reasons import in_words
from graph.text.normalize import squeeze
from graph.text.visible import one_line, visible

# What Markdown would read: signs of emphasis, code, links, HTML, tables; entities; what opens a heading or a list; addresses, which some readers make
# a link of without any sign. An underscore within a word is none of these.
_ACTIVE = re.compile(r"[\\`*\[\]<>|~@]|(?<!\w)_|_(?!\w)|&(?=\#?\w+;)|^[\#+=-]|(?<=[wW]{3})\.|:(?=//)")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")


def text(graph: GraphData, data: Data, notices: Iterable[str], seconds: dict[str, float], lang: str = "vi") -> str:
    """The report in Markdown."""
    say = data.words.say
    kinds = Counter(entity.kind.value for entity in graph.entities)
    predicates = Counter(statement.predicate for statement in graph.statements)
    inferred = sum(statement.inferred for statement in graph.statements)

    def why(reason: str) -> str:
        return _words(in_words(reason, data.words, lang))

    parts = [
        f"# {say('report.title', lang)}",
        say("report.read", lang, n=len(graph.sources), skipped=len(graph.skipped)),
        say("report.found", lang, nodes=len(graph.entities), edges=len(graph.statements), inferred=inferred, registered=len(graph.registered)),
        _section(say("report.skipped", lang), (f"- {_code(s.source)}: {_words(s.reason)}" for s in graph.skipped)),
        _section(say("report.notices", lang), (f"- {_words(notice)}" for notice in notices)),
        _table(say("report.nodes", lang), kinds),
        _table(say("report.edges", lang), predicates),
        _section(say("report.merges", lang), (f"- {_words(m.label)}: {_code(m.gone)} → {_code(m.kept)} ({why(m.reason)})" for m in graph.merges)),
        _section(say("report.joined", lang), (f"- {_words(e.label)} ({n}): {why(e.reason)}" for e, n in _joined(graph))),
        _section(say("report.doubts", lang), (f"- {_code(d.a)} / {_code(d.b)}: {why(d.reason)}" for d in graph.doubts)),
        _section(say("report.contradictions", lang), _contradictions(graph, data, lang)),
        _section(say("report.provinces", lang), (f"- {_code(s.source)}: {s.province} ({why(s.province_reason)})" for s in graph.sources if s.province)),
        _section(say("report.time", lang), (f"- {stage}: {spent:.2f} s" for stage, spent in seconds.items())),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _contradictions(graph: GraphData, data: Data, lang: str) -> Iterable[str]:
    """Posts of one holder in which sources of one day show two people."""
    labels = {entity.id: entity.label for entity in graph.entities}
    for found in Holders(graph, data.lexicon).contradictions:
        holders = ", ".join(f"{_words(labels[holder])} ({_code(holder)})" for holder in found.holders)
        files = ", ".join(_code(source) for source in found.sources)
        yield f"- {_words(labels[found.post])}: {data.words.say('report.holders', lang, day=found.day, holders=holders, sources=files)}"


def _joined(graph: GraphData) -> Iterable[tuple[Entity, int]]:
    """The documents, people and meetings that several sources speak of, with the number of sources."""
    sources: dict[str, set[str]] = defaultdict(set)
    for statement in graph.statements:
        if statement.predicate == "mentions":
            sources[statement.object.id].add(statement.source)
    told = (Kind.DIRECTIVE, Kind.OFFICIAL, Kind.MEETING)
    return ((e, len(sources[e.id])) for e in graph.entities if e.kind in told and len(sources.get(e.id, ())) > 1)


def _words(text: str) -> str:
    """Words of a source on one line, in which Markdown reads no sign, link, address or entity of theirs."""
    return _NUMBERED.sub(r"\1\\\2", _ACTIVE.sub(r"\\\g<0>", visible(squeeze(text))))


def _code(name: str) -> str:
    """A name as code, which Markdown leaves as it is: between more backticks than it has in a row."""
    shown = one_line(name)
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") or (shown.strip() and shown[0] == shown[-1] == " ") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


def _table(title: str, counted: Counter[str]) -> str:
    rows = "\n".join(f"| {name} | {count} |" for name, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])))
    return f"## {title}\n\n| | |\n|---|---:|\n{rows}" if rows else ""

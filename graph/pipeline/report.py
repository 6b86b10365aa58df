"""`report.md`: what a build read, skipped, found and joined, in one page for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from graph.model import Entity, GraphData, Kind
from graph.registers.strings import say
from graph.resolve.reasons import in_words
from graph.resolve.timeline import Timeline


def text(graph: GraphData, notices: Iterable[str], seconds: dict[str, float], lang: str = "vi") -> str:
    """The report in Markdown."""
    kinds = Counter(entity.kind.value for entity in graph.entities)
    predicates = Counter(statement.predicate for statement in graph.statements)
    inferred = sum(statement.inferred for statement in graph.statements)

    def why(reason: str) -> str:
        return _plain(in_words(reason, lang))

    parts = [
        f"# {say('report.title', lang)}",
        say("report.read", lang, n=len(graph.sources), skipped=len(graph.skipped)),
        say("report.found", lang, nodes=len(graph.entities), edges=len(graph.statements), inferred=inferred, registered=len(graph.registered)),
        _section(say("report.skipped", lang), (f"- `{_plain(s.source)}`: {_plain(s.reason)}" for s in graph.skipped)),
        _section(say("report.notices", lang), (f"- {_plain(notice)}" for notice in notices)),
        _table(say("report.nodes", lang), kinds),
        _table(say("report.edges", lang), predicates),
        _section(say("report.merges", lang), (f"- {_plain(m.label)}: `{m.gone}` → `{m.kept}` ({why(m.reason)})" for m in graph.merges)),
        _section(say("report.joined", lang), (f"- {_plain(e.label)} ({n}): {why(e.reason)}" for e, n in _joined(graph))),
        _section(say("report.doubts", lang), (f"- `{d.a}` / `{d.b}`: {why(d.reason)}" for d in graph.doubts)),
        _section(say("report.contradictions", lang), _contradictions(graph, lang)),
        _section(say("report.provinces", lang), (f"- `{_plain(s.source)}`: {s.province} ({why(s.province_reason)})" for s in graph.sources if s.province)),
        _section(say("report.time", lang), (f"- {stage}: {spent:.2f} s" for stage, spent in seconds.items())),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _contradictions(graph: GraphData, lang: str) -> Iterable[str]:
    """Posts of one holder in which sources of one day show two people."""
    labels = {entity.id: entity.label for entity in graph.entities}
    for found in Timeline(graph).contradictions:
        holders = ", ".join(f"{_plain(labels[holder])} (`{holder}`)" for holder in found.holders)
        files = ", ".join(f"`{_plain(source)}`" for source in found.sources)
        yield f"- {_plain(labels[found.post])}: {say('report.holders', lang, day=found.day, holders=holders, sources=files)}"


def _joined(graph: GraphData) -> Iterable[tuple[Entity, int]]:
    """The documents, people and meetings that several sources speak of, with the number of sources."""
    sources: dict[str, set[str]] = defaultdict(set)
    for statement in graph.statements:
        if statement.predicate == "mentions":
            sources[statement.object.id].add(statement.source)
    told = (Kind.DIRECTIVE, Kind.OFFICIAL, Kind.MEETING)
    return ((e, len(sources[e.id])) for e in graph.entities if e.kind in told and len(sources.get(e.id, ())) > 1)


def _plain(words: str) -> str:
    """Words of a source on one line, without the signs that Markdown or HTML would read."""
    return " ".join(words.replace("`", "'").replace("<", "&lt;").split())


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


def _table(title: str, counted: Counter[str]) -> str:
    rows = "\n".join(f"| {name} | {count} |" for name, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])))
    return f"## {title}\n\n| | |\n|---|---:|\n{rows}" if rows else ""

"""A knowledge graph of health-sector governance in Viet Nam, read from Vietnamese reports and official documents.

    import graph

    graph.find_citations("Kế hoạch số 135/KH-UBND thực hiện Chỉ thị số 25-CT/TW")
    graph.read(text).facts
    gov = graph.build("data/corpus", "out").graph    # or graph.open_graph("out")
    gov.trace("25-CT/TW")

What a name stands for is loaded when it is first used, so that `import graph` and `govgraph --help` are quick.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "Answers",
    "BuildError",
    "Built",
    "Cascade",
    "Coverage",
    "CoverageCell",
    "Data",
    "Directive",
    "DirectiveRef",
    "Document",
    "Evidence",
    "Fact",
    "GovGraphError",
    "Graph",
    "Hop",
    "Meeting",
    "Mention",
    "NamedQuery",
    "PartialDate",
    "Passage",
    "Path",
    "Person",
    "QueryError",
    "Reading",
    "Referent",
    "RegisterError",
    "Skipped",
    "SourceError",
    "Statement",
    "Stats",
    "Triples",
    "build",
    "find_citations",
    "open_graph",
    "read",
]

if TYPE_CHECKING:
    from graph.door import (
        Answers,
        BuildError,
        Built,
        Cascade,
        Coverage,
        CoverageCell,
        Data,
        Directive,
        DirectiveRef,
        Document,
        Evidence,
        Fact,
        GovGraphError,
        Graph,
        Hop,
        Meeting,
        Mention,
        NamedQuery,
        PartialDate,
        Passage,
        Path,
        Person,
        QueryError,
        Reading,
        Referent,
        RegisterError,
        Skipped,
        SourceError,
        Statement,
        Stats,
        Triples,
        build,
        find_citations,
        open_graph,
        read,
    )
else:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from graph import door  # noqa: PLC0415 - all floors, which `import graph` alone must not load

        return getattr(door, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})

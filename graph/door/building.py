"""Build a graph from texts: what `govgraph build` does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.door.opened import Graph, open_graph
from graph.errors import BuildError
from graph.model import Skipped
from graph.pipeline import build as pipeline


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: its folder, the sources that it read and those that it couldn't, and notices on what a reader should know."""

    folder: Path
    sources: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[str, ...]
    read_again: int  # sources that were read in this run, not taken from the cache

    @property
    def graph(self) -> Graph:
        """The graph, opened. Raises QueryError where `exports` left out "nt", which questions are answered from."""
        return open_graph(self.folder)


def build(
    paths: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    exports: Iterable[str] = pipeline.EXPORTS,
    data: str | Path | None = None,
    ledger: str | Path | None = None,
    cache: str | Path | None = None,
    min_confidence: float = 0.0,
    lang: str = "vi",
    progress: pipeline.Progress = lambda _stage, _done, _all: None,
) -> Built:
    """Read texts and write the output folder, whole or not at all; two builds of the same texts write the same bytes.

    paths: one or several files (.txt, UTF-8) or folders of them. out: the folder, which holds nothing else; an earlier build is replaced.
    exports: outputs to write, of `facts csv ttl nt jsonld graphml gexf html coverage scoreboard`. data: a folder of registers and rules of
    another sector. ledger: what people judged; by default the file that the command takes. cache: a file in which readings are kept, so
    that the next build reads only what changed; by default none. min_confidence: leave out facts less sure than this (0 to 1).
    lang: of the pages, "vi" or "en". progress: called with a stage, the count done and the count in all.
    Raises BuildError where nothing could be read or written, RegisterError for a broken register, rule or ledger; in both cases what was in
    `out` stays. A source that can't be read stops nothing: it stands in `skipped`, with the reason.
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    wanted = (exports,) if isinstance(exports, str) else tuple(exports)
    for name in wanted:
        if name not in pipeline.EXPORTS:
            raise BuildError(f"{name!r} is no output; choose from {', '.join(pipeline.EXPORTS)}")
    order = pipeline.Order(
        inputs=tuple(Path(path) for path in given),
        out=Path(out),
        exports=wanted,
        data=Path(data) if data is not None else None,
        lang=lang,
        min_confidence=min_confidence,
        ledger=Path(ledger) if ledger is not None else pipeline.default_ledger(),
        cache=Path(cache) if cache is not None else None,
    )
    result = pipeline.build(order, progress)
    return Built(order.out, tuple(source.source for source in result.graph.sources), result.graph.skipped, tuple(result.notices), result.read_again)

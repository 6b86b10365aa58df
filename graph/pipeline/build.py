"""Build a graph: read each source, extract, resolve, write every output.

A source that can't be read is reported and skipped; a broken register stops the build before the first source; the output folder is
replaced whole or not at all.
"""

from __future__ import annotations

import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph import __version__, resources
from graph.collector import no_collector
from graph.errors import BuildError, SourceError
from graph.extract.extract import Extractor
from graph.model import Extraction, GraphData, Skipped, Zone
from graph.output.kept import TEXTS, VOCABULARY
from graph.output.mark import write_mark
from graph.pipeline import report
from graph.pipeline.cache import Cache, fingerprint, program
from graph.pipeline.folder import LEDGER_PLACE, outside, ready, replaced
from graph.pipeline.keep import confident
from graph.pipeline.since import Cells, changes, earlier_cells
from graph.reading.inputs import list_sources
from graph.reading.readers import SourceFile, read_source
from graph.registers.data import Data
from graph.resolve.judgements import read_ledger
from graph.resolve.resolver import LEDGER, Resolver

# In the order in which they are written; each is an output that can be left out.
EXPORTS = ("facts", "csv", "ttl", "nt", "jsonld", "graphml", "gexf", "html", "coverage", "scoreboard")

Progress = Callable[[str, int, int], None]
"""Called with the stage ("read", "resolve", or the name of an output), the count done and the count in all."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to build from what."""

    inputs: tuple[Path, ...]
    out: Path
    exports: tuple[str, ...] = EXPORTS
    base: str = ""  # of the IRIs; that of the vocabulary by default
    data: Path | None = None  # a folder of registers, rules, vocabulary and words; the shipped ones by default
    lang: str = "vi"
    min_confidence: float = 0.0
    ledger: Path | None = None  # human judgements; none where there is no file
    cache: Path | None = None
    since: Path | None = None  # the folder of an earlier build; the scoreboard says what changed


def default_ledger() -> Path:
    """The ledger of a checkout; of an installed program the one in the current folder."""
    checkout = resources.root()
    return checkout / "data" / LEDGER if (checkout / "pyproject.toml").is_file() else Path(LEDGER)


@dataclass(slots=True)
class Result:
    """What a build did."""

    graph: GraphData
    notices: list[str] = field(default_factory=list)
    read_again: int = 0  # sources that were extracted in this run, not taken from the cache
    seconds: dict[str, float] = field(default_factory=dict)


def build(order: Order, progress: Progress = lambda _stage, _done, _all: None) -> Result:
    """Read the inputs and write the output folder.

    Raises RegisterError for broken registers or a broken ledger, and BuildError where no source could be read or the output can't be written; in both
    cases the old output stays as it was.
    """
    with no_collector():
        return _build(order, progress)


def _build(order: Order, progress: Progress) -> Result:
    started = time.perf_counter()
    _apart(order)
    ready(order.out)
    data = Data(order.data)
    order = replace(order, base=order.base or data.ontology.base)
    judgements = read_ledger(order.ledger, order.base, data.ontology.relations) if order.ledger is not None else ()
    before = earlier_cells(order.since) if order.since is not None else None
    extractions, skipped, notices, read_again = _read(order, data, progress)
    seconds = {"read": time.perf_counter() - started}
    if not extractions:
        raise _nothing(order, skipped)
    progress("resolve", 0, 1)
    started = time.perf_counter()
    resolver = Resolver(data, order.base, judgements)
    for extraction in extractions:
        resolver.add(extraction)
    graph = confident(resolver.graph(skipped), order.min_confidence)
    notices += [f"{LEDGER}, line {j.line}: no source names {j.a} or {j.b}, so it changes nothing" for j in resolver.idle()]
    known = {source.source for source in graph.sources}
    notices += [f"{LEDGER}, line {j.line}: there is no source {j.source}, so it changes nothing" for j in judgements if j.source and j.source not in known]
    seconds["resolve"] = time.perf_counter() - started
    result = Result(graph, notices, read_again, seconds)
    with replaced(order.out) as folder:
        _write(order, data, result, before, folder, progress)
    return result


def _apart(order: Order) -> None:
    """Raise BuildError where something that the build reads or keeps lies in the folder that it replaces."""
    for path in order.inputs:
        outside(order.out, path, "--input", "build from a copy elsewhere, or choose another --out")
    if order.ledger is not None:
        outside(order.out, order.ledger, "--ledger", LEDGER_PLACE)
    if order.cache is not None:
        outside(order.out, order.cache, "--cache", "keep the cache beside that folder, or leave --cache out")


def _read(order: Order, data: Data, progress: Progress) -> tuple[list[Extraction], list[Skipped], list[str], int]:
    files, skipped = _sources(order)
    extractor = Extractor(data)
    cache = Cache(order.cache, fingerprint(data)) if order.cache is not None else Cache(None, "")
    extractions: list[Extraction] = []
    read_again = 0
    for done, file in enumerate(files):
        progress("read", done, len(files))
        try:
            text = read_source(file)
            found = cache.get(file.source, text)
            if found is None:
                found = _bare(extractor.read(file.source, text))
                cache.put(file.source, found)
                read_again += 1
            extractions.append(found)
        except SourceError as error:
            skipped.append(Skipped(error.source, error.reason))
        except Exception as error:  # noqa: BLE001 - the boundary of a document: one bad text must not cost the others
            skipped.append(Skipped(file.source, f"reading failed ({type(error).__name__}: {error}); please report this text"))
    cache.close()
    progress("read", len(files), len(files))
    return extractions, skipped, [*_notices(extractions), *filter(None, [cache.notice])], read_again


def _bare(extraction: Extraction) -> Extraction:
    """A reading without what only explains it, which would double the memory of a large build."""
    headline = tuple(s for s in extraction.document.sections if s.zone in (Zone.HEADLINE, Zone.TITLE))
    return replace(extraction, mentions=(), document=replace(extraction.document, sentences=(), sections=headline))


def _sources(order: Order) -> tuple[list[SourceFile], list[Skipped]]:
    files: list[SourceFile] = []
    skipped: list[Skipped] = []
    for entry in list_sources(list(order.inputs), order.out):
        if isinstance(entry, SourceError):
            skipped.append(Skipped(entry.source, entry.reason))
        else:
            files.append(entry)
    return sorted(files, key=lambda f: f.source), skipped


def _notices(extractions: Iterable[Extraction]) -> list[str]:
    """What a reader of the report should know: sources of one name, and texts that stand twice."""
    stems: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, list[str]] = defaultdict(list)
    for extraction in extractions:
        document = extraction.document
        stems[document.source.rsplit("/", 1)[-1].rsplit(".", 1)[0]].append(document.source)
        texts[document.sha256].append(document.source)
    same = [f"sources of one name: {', '.join(names)}" for names in stems.values() if len(names) > 1]
    twice = [f"one text in several files: {', '.join(names)}" for names in texts.values() if len(names) > 1]
    return sorted(same) + sorted(twice)


def _nothing(order: Order, skipped: list[Skipped]) -> BuildError:
    where = ", ".join(str(path) for path in order.inputs)
    if not skipped:
        return BuildError(f"{where}: no source to read; put .txt files there and build again")
    return BuildError(f"{where}: no source could be read, so nothing was written", [f"{s.source}: {s.reason}" for s in skipped])


def _write(order: Order, data: Data, result: Result, before: Cells | None, folder: Path, progress: Progress) -> None:
    from graph.export import coverage, facts, network, tables  # noqa: PLC0415 - what reads no output needs none of these
    from graph.export.rdf import RdfWriter  # noqa: PLC0415

    graph = result.graph
    writer = RdfWriter(graph, data)
    wanted = [name for name in EXPORTS if name in order.exports]

    def csv() -> None:
        tables.write_nodes(graph, data, folder / "nodes.csv")
        tables.write_edges(graph, folder / "edges.csv")
        tables.write_facts(graph, folder / "facts.csv")

    def html() -> None:
        from graph.export import htmlmap  # noqa: PLC0415 - brings pyvis, which takes 0.3 s to import

        htmlmap.write(graph, data, folder / "graph.html", order.lang)

    def board() -> None:
        from graph.export import scoreboard  # noqa: PLC0415 - brings networkx and jinja2

        scoreboard.write(graph, data, folder / "scoreboard.html", order.lang, None if before is None else changes(before, graph, data.registers))

    exports: dict[str, Callable[[], None]] = {
        "facts": lambda: facts.write(graph, folder / "facts.jsonl"),
        "csv": csv,
        "ttl": lambda: writer.write_turtle(folder / "graph.ttl"),
        "nt": lambda: writer.write_ntriples(folder / "graph.nt"),
        "jsonld": lambda: writer.write_jsonld(folder / "graph.jsonld"),
        "graphml": lambda: network.write_graphml(network.to_networkx(graph), folder / "graph.graphml"),
        "gexf": lambda: network.write_gexf(network.to_networkx(graph), folder / "graph.gexf"),
        "html": html,
        "coverage": lambda: coverage.write(graph, data, folder / "coverage.csv"),
        "scoreboard": board,
    }
    for done, name in enumerate(wanted):
        progress(name, done, len(wanted))
        started = time.perf_counter()
        exports[name]()
        result.seconds[name] = time.perf_counter() - started
    _write_texts(graph, folder / TEXTS)
    (folder / "report.md").write_text(report.text(result.graph, data, result.notices, result.seconds, order.lang), encoding="utf-8", newline="\n")
    shutil.copyfile(data.files.ontology(), folder / VOCABULARY)  # so that who reads the graph needs nothing beside it
    write_mark(folder, _about(order, data))
    progress("done", len(wanted), len(wanted))


def _write_texts(graph: GraphData, folder: Path) -> None:
    for source in graph.sources:
        path = folder / source.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source.text, encoding="utf-8", newline="\n")


def _about(order: Order, data: Data) -> dict[str, object]:
    """What `govgraph map` and `diff` need to know of a build, and with what it was made; nothing that changes from run to run."""
    return {
        "version": __version__,
        "base": order.base,
        "min_confidence": order.min_confidence,
        "exports": [name for name in EXPORTS if name in order.exports],
        "made_with": {**data.digests, "program": program()},
    }

"""`build` and `map`: from sources to a graph."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import DEFAULT_OUT, data_option, graph_option, lang_option, ledger_option
from graph.cli.printing import put_data, tell
from graph.text.visible import one_line, visible

_BASE = re.compile(r"(?:https?://[^/?#]+[/?#]|urn:[A-Za-z0-9][A-Za-z0-9-]+:)(?:.*[/#:])?(?<=[/#:])")

if TYPE_CHECKING:
    from graph.pipeline.build import Progress, Result


@click.command()
@click.option(
    "--input",
    "inputs",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="PATH",
    help="A file or folder of texts; may be given several times. [default: the sample corpus]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=DEFAULT_OUT,
    show_default=True,
    metavar="DIR",
    help="The folder to write; replaced whole, or not at all, and only where it holds nothing else.",
)
@click.option(
    "--exports",
    default="",
    metavar="LIST",
    help="Outputs to write, joined by commas: facts, csv, ttl, nt, jsonld, graphml, gexf, html, coverage, scoreboard. [default: all]",
)
@click.option("--base", default="", metavar="IRI", help="Where the graph's names live.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True, metavar="P", help="Leave out facts that are less sure than this."
)
@data_option
@ledger_option
@click.option("--cache", "cache", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Where readings are kept. [default: your cache folder]")
@click.option("--since", type=click.Path(path_type=Path), default=None, metavar="OLD_OUT", help="An earlier build: the scoreboard says what changed since.")
@click.option("--no-cache", is_flag=True, help="Read every source anew and keep no reading.")
@lang_option
def build(
    inputs: tuple[Path, ...],
    out: Path,
    exports: str,
    base: str,
    min_confidence: float,
    data: Path | None,
    ledger: Path | None,
    cache: Path | None,
    since: Path | None,
    no_cache: bool,
    lang: str,
) -> None:
    r"""Read sources and write the graph.

    Reads news reports and official documents (.txt, UTF-8) and writes RDF, tables, networks, the map and the scoreboard into the output folder. What can't
    be read is reported and skipped. A second build reads only what changed.

    \b
    Example:  govgraph build --input my-texts --out out
    """
    from graph import resources  # noqa: PLC0415 - `--help` must not load the floors below
    from graph.output.signals import orderly  # noqa: PLC0415
    from graph.pipeline import build as pipeline  # noqa: PLC0415
    from graph.pipeline.cache import default_path  # noqa: PLC0415

    order = pipeline.Order(
        inputs=inputs or (resources.root() / "data" / "corpus",),
        out=out,
        exports=_exports(exports, pipeline.EXPORTS),
        base=_base(base) if base else "",
        data=data,
        lang=lang,
        min_confidence=min_confidence,
        ledger=ledger or pipeline.default_ledger(),
        cache=None if no_cache else cache or default_path(),
        since=since,
    )
    started = time.perf_counter()
    with orderly():
        result = pipeline.build(order, _progress(lang))
    _tell(result, out, time.perf_counter() - started, lang)


def _exports(words: str, known: tuple[str, ...]) -> tuple[str, ...]:
    wanted = tuple(word.strip() for word in words.split(",") if word.strip())
    for word in wanted:
        if word not in known:
            raise click.BadParameter(f"{word!r} is no output; choose from {', '.join(known)}", param_hint="--exports")
    return wanted or known


def _base(iri: str) -> str:
    from pyoxigraph import NamedNode  # noqa: PLC0415 - `--help` must not load the floors below

    try:
        # The names of nodes come behind it; a host, a query or a fragment that is broken shows only then.
        NamedNode(f"{iri}directive/1")
    except ValueError as error:
        reason = f" ({error})"
    else:
        reason = ""
    if reason or _BASE.fullmatch(iri) is None or visible(iri) != iri:
        raise click.BadParameter(f"give an IRI that ends in / or #, such as https://example.org/id/{reason}", param_hint="--base")
    return iri


def _progress(lang: str) -> Progress:
    """A line on a terminal that rewrites itself; on a pipe a line every ten seconds, so that a long build shows it lives."""
    from graph.registers.data import shipped  # noqa: PLC0415

    say = shipped().words.say

    terminal = sys.stderr.isatty()
    last = time.monotonic()

    def show(stage: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if not terminal and now - last < 10:
            return
        if terminal and stage == "read" and done < total and now - last < 0.1:
            return
        last = now
        words = {"read": f"{say('build.reading', lang)} {done}/{total}", "resolve": say("build.resolving", lang), "done": ""}
        line = words.get(stage, f"{say('build.writing', lang)} {stage}")
        tell(line, again=terminal)

    return show


def _tell(result: Result, out: Path, seconds: float, lang: str) -> None:
    from graph.registers.data import shipped  # noqa: PLC0415

    say = shipped().words.say

    graph = result.graph
    for skip in graph.skipped:
        tell(one_line(say("build.skippedOne", lang, source=skip.source, reason=skip.reason)))
    for notice in result.notices:
        tell(one_line(say("build.noticeOne", lang, text=notice)))
    tell(say("build.done", lang, n=len(graph.sources), nodes=len(graph.entities), edges=len(graph.statements), seconds=f"{seconds:.1f}"))
    if (out / "graph.html").is_file():
        put_data(one_line(say("build.map", lang, path=out / "graph.html")))
    if (out / "scoreboard.html").is_file():
        put_data(one_line(say("build.board", lang, path=out / "scoreboard.html")))


@click.command(name="map")
@graph_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    metavar="FILE",
    help="Where to write the page. [default: graph.html in the graph's folder]",
)
@data_option
@ledger_option
@lang_option
def map_(folder: Path, output: Path | None, data: Path | None, ledger: Path | None, lang: str) -> None:
    r"""Write the map of a built graph anew.

    The page is made from the texts that the build kept, for instance in another language.

    \b
    Example:  govgraph map --graph out --lang en --output map-en.html
    """
    from graph.output.signals import orderly  # noqa: PLC0415
    from graph.pipeline.again import rewrite_map  # noqa: PLC0415
    from graph.pipeline.build import default_ledger  # noqa: PLC0415
    from graph.registers.data import Data  # noqa: PLC0415

    if output is not None and not output.name:
        raise click.BadParameter("give the name of a file", param_hint="--output")
    with orderly():
        path = rewrite_map(folder, output, lang, ledger or default_ledger(), Data(data))
    put_data(one_line(str(path)))


COMMANDS: tuple[click.Command, ...] = (build, map_)

"""Make an output of a built graph anew from the texts that the build kept."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.errors import BuildError, QueryError
from graph.extract.extract import Extractor
from graph.model import GraphData
from graph.output.kept import VOCABULARY, Kept
from graph.output.mark import read_mark
from graph.pipeline.folder import LEDGER_PLACE, outside, renewed
from graph.pipeline.keep import confident
from graph.reading.readers import SourceFile, read_source
from graph.registers.data import Data
from graph.registers.ontology import Ontology
from graph.resolve.judgements import read_ledger
from graph.resolve.resolver import Resolver

MAP = "graph.html"


def rewrite_map(folder: Path, path: Path | None, lang: str, ledger: Path, data: Data) -> Path:
    """Write the map of the graph in `folder` to `path`, by default in the folder itself; gives where it was written.

    Raises QueryError where the folder holds no graph, or one of another vocabulary than that of the data, and BuildError where the page can't be written.
    """
    from graph.export import htmlmap  # noqa: PLC0415 - brings pyvis, which takes 0.3 s to import

    kept = Kept(folder)
    outside(folder, ledger, "--ledger", LEDGER_PLACE)
    own = path is None or (path.name == MAP and os.path.realpath(path.parent) == os.path.realpath(folder))
    if path is not None and not own:
        outside(folder, path, "--output", f"only {MAP} may lie there; write the page beside the folder")
    graph = read_again(kept, data, ledger)
    with renewed(folder, MAP) if path is None or own else _put(path) as fresh:
        htmlmap.write(graph, data, fresh, lang)
    return folder / MAP if path is None else path


@contextmanager
def _put(path: Path) -> Iterator[Path]:
    """A path to write to, which becomes `path` when the block ends well."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}.building")
    try:
        yield fresh
        fresh.replace(path)
    except OSError as error:
        raise BuildError(f"{path}: can't be written ({error.strerror})") from None
    finally:
        with suppress(OSError):  # what stood in the way of writing it may stand here too
            fresh.unlink()


def read_again(kept: Kept, data: Data, ledger: Path) -> GraphData:
    """The graph of the texts that a build kept, under the base IRI and with the least confidence of that build. Raises QueryError where there is no build."""
    built = kept.about or read_mark(kept.folder)
    if kept.file(VOCABULARY).is_file() and not data.ontology.covers(Ontology(kept.file(VOCABULARY))):
        raise QueryError(f"{kept.folder} was built with a vocabulary of its own; give the folder of its data with --data")
    extractor = Extractor(data)
    resolver = Resolver(data, built.base, read_ledger(ledger, built.base, data.ontology.relations))
    for source, path in kept.texts():
        resolver.add(extractor.read(source, read_source(SourceFile(path, source))))
    return confident(resolver.graph(), built.min_confidence)

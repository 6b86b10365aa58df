"""Make an output of a built graph anew from the texts that the build kept."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from graph.errors import BuildError
from graph.extract.extract import Extractor
from graph.model import GraphData
from graph.pipeline.folder import about
from graph.pipeline.keep import confident
from graph.reading.mending import as_kept
from graph.reading.readers import SourceFile, read_source
from graph.reading.segment import read_document
from graph.registers.registers import Registers
from graph.resolve.judgements import read_ledger
from graph.resolve.resolver import Resolver


def rewrite_map(folder: Path, path: Path, lang: str, ledger: Path) -> None:
    """Write the map of the graph in `folder` to `path`.

    Raises QueryError where the folder holds no graph, BuildError where the page can't be written.
    """
    from graph.export import htmlmap  # noqa: PLC0415 - brings pyvis, which takes 0.3 s to import

    registers = Registers()
    graph = read_again(folder, registers, ledger)
    fresh = path.with_name(f".{path.name}.building")
    try:
        htmlmap.write(graph, registers, fresh, lang)
        fresh.replace(path)
    except OSError as error:
        raise BuildError(f"{path}: can't be written ({error.strerror})") from None
    finally:
        with suppress(OSError):  # what stood in the way of writing it may stand here too
            fresh.unlink()


def read_again(folder: Path, registers: Registers, ledger: Path) -> GraphData:
    """The graph of the texts that a build kept in `folder`, under the base IRI and with the least confidence of that build."""
    built = about(folder)
    texts = folder / "texts"
    extractor = Extractor(registers)
    resolver = Resolver(registers, built.base, read_ledger(ledger, built.base))
    for path in sorted(p for p in texts.rglob("*") if p.is_file()):
        source = path.relative_to(texts).as_posix()
        resolver.add(as_kept(extractor.extract(read_document(source, read_source(SourceFile(path, source)), registers))))
    return confident(resolver.graph(), built.min_confidence)

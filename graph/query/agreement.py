"""Do the files of a build say the same? RDF files by triples, facts and networks by statements."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

from pyoxigraph import DefaultGraph, RdfFormat, parse, serialize

from graph.model import Kind
from graph.query.built import BuiltGraph, Ends, local_name
from graph.query.findings import Finding

_RDF = {"graph.ttl": RdfFormat.TURTLE, "graph.jsonld": RdfFormat.JSON_LD}


def disagreements(graph: BuiltGraph) -> Iterator[Finding]:
    """Findings for every file beside graph.nt that holds other triples or statements, or can't be read. Files left out of a build are passed over."""
    if graph.folder is None:
        return
    known = _lines(graph.store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()))
    for name, form in _RDF.items():
        yield from _compared(graph.folder / name, partial(_triples, form=form), known)
    ends = graph.ends()
    statements: set[object] = {(e.id.rpartition("/")[2], e.subject, local_name(e.predicate), e.object) for e in ends}
    yield from _compared(graph.folder / "graph.graphml", _graphml, statements)
    yield from _compared(graph.folder / "graph.gexf", _gexf, statements)
    yield from _compared(graph.folder / "facts.jsonl", _facts, _told(graph, ends))


def _compared(path: Path, read: Callable[[Path], set[object]], known: set[object]) -> Iterator[Finding]:
    if not path.is_file():
        return
    try:
        held = read(path)
    except (SyntaxError, ValueError, OSError, KeyError, TypeError, AttributeError, RecursionError) as error:
        yield Finding.of("unreadable", path.name, reason=str(error).splitlines()[0])
        return
    if held != known:
        yield Finding.of("files", path.name, missing=len(known - held), more=len(held - known), example=min(map(_shown, held ^ known))[:200])


def _shown(told: object) -> str:
    return told.decode() if isinstance(told, bytes) else str(told)


def _triples(path: Path, form: RdfFormat) -> set[object]:
    return _lines(serialize(parse(path=str(path), format=form), format=RdfFormat.N_TRIPLES))


def _lines(ntriples: bytes | None) -> set[object]:
    """Triples as lines, of which a million are compared in a third of the time."""
    return set((ntriples or b"").split(b"\n"))


def _told(graph: BuiltGraph, ends: Iterable[Ends]) -> set[object]:
    """Source, ends and spans of every statement of a text."""
    t = graph.terms
    files = dict(graph.edges(t.hg.sourceFile))
    stated = dict(graph.edges(t.hg.statedIn))
    spans: dict[str, list[tuple[int, int]]] = {}
    for statement, passage in graph.edges(t.hg.evidence):
        start, _, end = passage.rpartition("/")[2].partition("-")
        spans.setdefault(statement, []).append((int(start), int(end)))
    found: set[object] = set()
    for e in ends:
        if not e.registered:
            found.add((files.get(stated.get(e.id, ""), ""), e.subject, local_name(e.predicate), e.object, tuple(sorted(spans.get(e.id, ())))))
    return found


def _facts(path: Path) -> set[object]:
    found: set[object] = set()
    for line in path.read_text(encoding="utf-8").removesuffix("\n").split("\n"):  # a quote may hold what `splitlines` takes for the end of a line
        row = json.loads(line)
        ends = [node["value"] if node["type"] == "date" else node["id"] for node in (row["subject"], row["object"])]
        spans = tuple(sorted((e["start"], e["end"]) for e in row["evidence"]))
        found.add((row["source"], ends[0], row["predicate"], ends[1], spans))
    return found


def _graphml(path: Path) -> set[object]:
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.parse(path).getroot()  # noqa: S314 - a file that our own build wrote
    keys = {key.get("id"): key.get("attr.name") or "" for key in root.iter(f"{space}key")}

    def values(element: ET.Element) -> dict[str, str]:
        return {keys[data.get("key")]: data.text or "" for data in element.iter(f"{space}data")}

    things = {node.get("id"): _thing(values(node)) for node in root.iter(f"{space}node")}
    return {_edge(edge, values(edge), "type", things) for edge in root.iter(f"{space}edge")}


def _gexf(path: Path) -> set[object]:
    root = ET.parse(path).getroot()  # noqa: S314 - a file that our own build wrote
    space = root.tag.partition("}")[0] + "}"
    titles = {a.get("id"): a.get("title") or "" for a in root.iter(f"{space}attribute")}

    def values(element: ET.Element) -> dict[str, str]:
        return {titles[value.get("for")]: value.get("value") or "" for value in element.iter(f"{space}attvalue")}

    things = {node.get("id"): _thing({"label": node.get("label") or "", **values(node)}) for node in root.iter(f"{space}node")}
    return {_edge(edge, values(edge), "relation", things) for edge in root.iter(f"{space}edge")}


def _thing(values: Mapping[str, str]) -> str:
    """A node's IRI, or the day that it stands for."""
    return values["label"] if values["type"] == Kind.DATE.value else values["iri"]


def _edge(edge: ET.Element, values: Mapping[str, str], relation: str, things: Mapping[str | None, str]) -> object:
    return (values["iri"].rpartition("/")[2], things[edge.get("source")], values[relation], things[edge.get("target")])

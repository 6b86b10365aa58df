"""How long each named query takes on a graph of about 10,000 statements; `make bench` prints the figures."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from graph.cli import main
from graph.query.built import BuiltGraph
from graph.query.named import queries
from graph.query.sparql import bound
from graph.registers.data import shipped

COPIES = 10
LIMIT = 0.050


@pytest.fixture(scope="module")
def graph(root, tmp_path_factory) -> BuiltGraph:
    """The shipped graph ten times over: each copy has things of its own, kinds and provinces are shared."""
    out = tmp_path_factory.mktemp("query") / "out"
    done = CliRunner().invoke(main, ["build", "--input", str(root / "data" / "corpus"), "--out", str(out), "--exports", "nt", "--no-cache"])
    assert done.exit_code == 0, done.output
    text = Path(out / "graph.nt").read_text(encoding="utf-8")
    store = Store()
    for number in range(COPIES):
        copy = text.replace("/id/", f"/id/copy-{number}/")
        for shared in ("kind", "province"):
            copy = copy.replace(f"/id/copy-{number}/{shared}", f"/id/{shared}")
        store.bulk_load(input=copy.encode(), format=RdfFormat.N_TRIPLES)
    return BuiltGraph(store)


def _values(graph: BuiltGraph, kind: str) -> NamedNode | Literal:
    """A value with many answers."""
    t = graph.terms
    if kind == "relation":
        return t.hg.implements
    if kind == "year":
        return Literal("2025-09-08", datatype=t.xsd.date)
    ends = {"directive": t.hg.implements, "official": t.hg.chaired, "agency": t.hg.issuedBy, "province": t.hg.inProvince, "post": t.hg.holdsPost}
    term = ends.get(kind, t.eli.type_document)
    side = 0 if kind == "official" else 1
    found = [edge[side] for edge in graph.edges(term)]
    return NamedNode(max(sorted(set(found)), key=found.count))


@pytest.mark.parametrize("name", sorted(queries(shipped())))
def test_a_named_query_answers_within_50_ms(graph, name):
    query = queries(shipped())[name]
    values = {p.name: _values(graph, p.kind) for p in query.parameters if p.required}
    best = float("inf")
    for _ in range(9):
        started = time.perf_counter()
        rows = bound(graph, query.text, values).rows
        best = min(best, time.perf_counter() - started)
    print(f"\n{name}: {best * 1000:.1f} ms, {len(rows)} rows", end="")
    assert best < LIMIT

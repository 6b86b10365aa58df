"""How two things hang together: short chains, each link with its sentence, none through bodies that join everything."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.errors import QueryError
from graph.query.built import BuiltGraph
from graph.query.path import paths, things


@pytest.fixture(scope="module")
def graph(root, tmp_path_factory) -> BuiltGraph:
    out = tmp_path_factory.mktemp("path") / "out"
    assert CliRunner().invoke(main, ["build", "--input", str(root / "data" / "corpus"), "--out", str(out), "--exports", "nt", "--no-cache"]).exit_code == 0
    return BuiltGraph.open(out)


def _ends(graph: BuiltGraph, a: str, b: str) -> tuple[str, str]:
    return things(graph, a)[0], things(graph, b)[0]


def test_a_plan_and_the_directive_above_its_programme_are_two_steps_apart(graph):
    found = paths(graph, *_ends(graph, "135/KH-UBND", "25-CT/TW"))
    assert found
    chain = [graph.name(link.start) for link in found[0].links] + [graph.name(found[0].links[-1].end)]
    assert len(chain) == 3
    assert all(link.told.quote for path in found for link in path.links)
    assert 1 <= len(found) <= 3


def test_the_way_back_is_as_long(graph):
    a, b = _ends(graph, "nguyen van giao", "52-CTr/TU")
    assert len(paths(graph, a, b)[0].links) == len(paths(graph, b, a)[0].links)


def test_central_bodies_join_only_when_asked(graph):
    for path in paths(graph, *_ends(graph, "Phạm Duy Hưng", "25-CT/TW")):
        for link in path.links[1:]:
            assert graph.text(link.start, graph.terms.hg.level) not in ("central", "ministry") or link.start in graph.documents


def test_one_thing_twice_is_an_error(graph):
    a = things(graph, "135/KH-UBND")[0]
    with pytest.raises(QueryError, match="both ends"):
        paths(graph, a, a)


def test_rows_and_json_carry_sentence_and_source(graph):
    done = CliRunner().invoke(main, ["path", "nguyen van giao", "52-CTr/TU", "--graph", str(graph.folder), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found[0]["length"] == len(found[0]["links"]) == 2
    assert all(link["passages"][0]["quote"] and link["source"] for link in found[0]["links"])


def test_nothing_between_them_is_said(graph):
    done = CliRunner().invoke(main, ["path", "Nguyễn Văn Giao", "Phạm Duy Hưng", "--graph", str(graph.folder)])
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "--hubs" in done.stderr

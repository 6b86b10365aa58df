"""Checking one node of a sort finds what checking every node finds. `GOVGRAPH_SOAK=1` breaks ten times as many graphs."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import ladders
import pytest
import rdflib

from graph.errors import QueryError
from graph.query import shacl
from graph.query.alike import Sight, sorts
from graph.query.built import BuiltGraph
from graph.query.findings import Finding
from graph.query.shacl import violations, violations_in_full
from graph.query.shapes import shapes
from graph.registers.data import shipped

GRAPHS = 300 if os.environ.get("GOVGRAPH_SOAK") == "1" else 30
HG = "https://w3id.org/vn-health-governance/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
# Values that shapes have a word on, and some that look like ours but are none.
VALUES = (
    '""', '"x"@vi', '"x"@en', '"x"@fr', '"hai từ"', f'"{"dài " * 200}"', '"7"', f'"7"^^<{XSD}integer>', f'"07"^^<{XSD}integer>', f'"-1"^^<{XSD}integer>',
    f'"bảy"^^<{XSD}integer>', f'"0.5"^^<{XSD}decimal>', f'"0.50"^^<{XSD}decimal>', f'"1.5"^^<{XSD}decimal>', f'"0.5"^^<{XSD}double>',
    f'"2024"^^<{XSD}gYear>', f'"2024-13"^^<{XSD}gYearMonth>', f'"2024-02-30"^^<{XSD}date>', f'"true"^^<{XSD}boolean>', f'"1"^^<{XSD}boolean>',
    "_:nobody", f"<{HG}loves>", f"<{HG}implements>", f"<{HG}Directive>", f"<{HG}PartyDirective>", "<https://example.org/id/nowhere>", f'"{"a" * 64}"',
)  # fmt: skip


@pytest.fixture(scope="module")
def lines(tmp_path_factory) -> list[str]:
    """The triples of a sound graph."""
    out = ladders.write(ladders.ladders(), tmp_path_factory.mktemp("alike") / "out")
    return (out / "graph.nt").read_text(encoding="utf-8").splitlines()


def opened(lines: list[str], folder: Path) -> BuiltGraph:
    folder.mkdir()
    (folder / "graph.nt").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return BuiltGraph.open(folder)


def broken(lines: list[str], chance: random.Random) -> list[str]:
    """The triples with some dropped, doubled with another value, hung on another node, or all of one property gone."""
    found = list(lines)
    for _ in range(chance.randrange(1, 16)):
        place = chance.randrange(len(found))
        subject, predicate, value = found[place].removesuffix(" .").split(" ", 2)
        other = chance.choice(found).removesuffix(" .").split(" ", 2)
        new = chance.choice([*VALUES, other[0], other[2]])
        match chance.randrange(6):
            case 0:
                del found[place]
            case 1:
                found.append(f"{subject} {predicate} {new} .")
            case 2:
                found[place] = f"{subject} {predicate} {new} ."
            case 3:
                found[place] = f"{other[0]} {predicate} {value} ."
            case 4:
                found[place] = f"{subject} {other[1]} {value} ."
            case _ if chance.random() < 0.2:
                found = [line for line in found if f" {predicate} " not in line] or found
    return found


@pytest.mark.parametrize("seed", range(GRAPHS))
def test_a_broken_graph_gives_the_same_findings(lines, tmp_path, seed):
    graph = opened(broken(lines, random.Random(seed)), tmp_path / "out")  # noqa: S311 - the same graphs each time
    assert told(violations, graph) == told(violations_in_full, graph)


def told(check: Callable[[BuiltGraph], Iterable[Finding]], graph: BuiltGraph) -> set[Finding] | str:
    """What a check finds, or why it can't."""
    try:
        return set(check(graph))
    except QueryError as error:
        return str(error)


def test_a_number_that_is_none_is_told_in_one_line(lines, tmp_path):
    graph = opened([line.replace('"0.95"', '"NaN"') for line in lines], tmp_path / "out")
    with pytest.raises(QueryError, match=r"graph\.nt holds what no build writes \(a number that is none\)"):
        list(violations(graph))


def test_most_broken_graphs_give_findings(lines, tmp_path):
    """Else the comparison would show nothing."""
    found = [set(violations(opened(broken(lines, random.Random(seed)), tmp_path / str(seed)))) for seed in range(20)]  # noqa: S311
    assert sum(map(bool, found)) >= 15
    assert len({dict(f.values)["path"] for findings in found for f in findings}) >= 8


def test_a_graph_has_few_sorts(graph):
    """One node of each is checked."""
    found = sorts(graph.store, Sight(shacl._shapes(graph)))
    nodes = [node for alike in found for node in alike]
    assert len(nodes) == len(set(nodes))
    assert len(found) < len(nodes) / 3


HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "


def sight(shape: str) -> Sight:
    return Sight(rdflib.Graph().parse(data=f"{HEAD} ex:S a sh:NodeShape ; {shape} .", format="turtle"))


def test_the_shipped_shapes_are_foreseen():
    assert Sight(rdflib.Graph().parse(data=shapes(shipped()), format="turtle")).foreseen


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param("sh:property [ sh:path ex:p ; sh:minExclusive 3 ; sh:maxExclusive 4.5 ]", id="other bounds"),
        pytest.param("sh:property [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:minCount 1 ]", id="two paths that are one"),
        pytest.param("sh:in ( ex:a ex:b )", id="a list of nodes"),
    ],
)
def test_a_shape_of_this_kind_is_foreseen(shape):
    assert sight(shape).foreseen


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param("sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ]", id="a path of two steps"),
        pytest.param("sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:minCount 1 ]", id="a path backwards"),
        pytest.param(
            "sh:property [ sh:path [ sh:alternativePath ( ex:p [ sh:inversePath ex:q ] ) ] ; sh:minCount 1 ]", id="a path of which one goes backwards"
        ),
        pytest.param("sh:property [ sh:path ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ]", id="a property of a value"),
        pytest.param("sh:property [ sh:path ex:p ; sh:or ( [ sh:not [ sh:path ex:q ; sh:minCount 1 ] ] ) ]", id="a property of a value, deep inside"),
        pytest.param("sh:property [ sh:path ex:p ; sh:node ex:T ]", id="a shape of a value"),
        pytest.param("sh:property [ sh:path ex:p ; sh:in ( 1 2 ) ]", id="a list of numbers"),
        pytest.param('sh:property [ sh:path ex:p ; sh:minInclusive "2020-01-01"^^xsd:date ]', id="a bound that is a day"),
        pytest.param('sh:property [ sh:path ex:p ; sh:pattern "x" ; sh:flags "i" ]', id="a pattern with flags"),
        pytest.param("sh:property [ sh:path ex:p ; sh:equals ex:q ]", id="values that are equal"),
        pytest.param("sh:closed true", id="no other property"),
        pytest.param("a <http://www.w3.org/2000/01/rdf-schema#Class>", id="a class that is its own target"),
    ],
)
def test_what_isnt_foreseen_is_checked_on_every_node(shape):
    assert not sight(shape).foreseen


def test_shapes_that_arent_foreseen_find_the_same(lines, tmp_path, monkeypatch):
    graph = opened([line for line in lines if "searchKey" not in line], tmp_path / "out")
    found = set(violations(graph))
    monkeypatch.setattr(Sight, "_is_foreseen", lambda _: False)
    assert set(violations(graph)) == found == set(violations_in_full(graph)) != set()

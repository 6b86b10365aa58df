"""GraphML and GEXF keep the rules of their formats, and networkx reads the same graph back."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from graphs import BASE, planted
from hypothesis import given
from hypothesis import strategies as st

from graph.export import network

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://www.gexf.net/1.2draft}"
# The part of NMTOKEN that needs no table of Unicode.
NMTOKEN = re.compile(r"[A-Za-z0-9._:-]+")
# What a value of a type may look like: the lexical forms of XML Schema, which both formats refer to.
FORMS = {
    "boolean": re.compile(r"true|false"),
    "integer": re.compile(r"-?\d+"),
    "int": re.compile(r"-?\d+"),
    "long": re.compile(r"-?\d+"),
    "float": re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?"),
    "double": re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?"),
    "string": re.compile(r".*", re.DOTALL),
}


@pytest.fixture(scope="module", params=["planted", "corpus"])
def graph(request):
    """A graph with an unverified row of a register and a lag, and that of the shipped corpus."""
    return planted() if request.param == "planted" else request.getfixturevalue("corpus_graph")


@pytest.fixture(scope="module")
def net(graph):
    return network.to_networkx(graph)


@pytest.fixture(scope="module")
def graphml(net, tmp_path_factory):
    path = tmp_path_factory.mktemp("graphml") / "graph.graphml"
    network.write_graphml(net, path)
    return path


@pytest.fixture(scope="module")
def gexf(net, tmp_path_factory):
    path = tmp_path_factory.mktemp("gexf") / "graph.gexf"
    network.write_gexf(net, path)
    return path


def _once(ids):
    return [name for name, count in Counter(ids).items() if count > 1] == []


def test_graphml_keeps_its_schema(graphml):
    root = ET.parse(graphml).getroot()  # noqa: S314 - a file that our own writer wrote
    assert root.tag == f"{GRAPHML}graphml"
    tops = [child.tag.removeprefix(GRAPHML) for child in root]
    assert tops == ["key"] * (len(tops) - 1) + ["graph"]
    keys = {key.get("id"): key for key in root.iter(f"{GRAPHML}key")}
    assert len(keys) == len(tops) - 1, "a key id stands twice"
    assert all(NMTOKEN.fullmatch(name) for name in keys)
    assert _once((key.get("for"), key.get("attr.name")) for key in keys.values())
    assert {key.get("attr.type") for key in keys.values()} <= {"boolean", "int", "long", "float", "double", "string"}
    (drawn,) = root.iter(f"{GRAPHML}graph")
    assert drawn.get("edgedefault") == "directed"
    nodes, edges = list(drawn.iter(f"{GRAPHML}node")), list(drawn.iter(f"{GRAPHML}edge"))
    ids = [element.get("id") for element in (*nodes, *edges)]
    assert _once(ids)
    assert all(NMTOKEN.fullmatch(name) for name in ids)
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= {node.get("id") for node in nodes}
    for element in (drawn, *nodes, *edges):
        told = element.findall(f"{GRAPHML}data")
        assert _once(data.get("key") for data in told)
        for data in told:
            key = keys[data.get("key")]
            assert key.get("for") == element.tag.removeprefix(GRAPHML)
            assert FORMS[key.get("attr.type")].fullmatch(data.text or ""), (key.attrib, data.text)


def test_gexf_keeps_its_schema(gexf):
    root = ET.parse(gexf).getroot()  # noqa: S314 - a file that our own writer wrote
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.2")
    assert [child.tag.removeprefix(GEXF) for child in root] == ["meta", "graph"]
    (drawn,) = root.iter(f"{GEXF}graph")
    assert set(drawn.attrib) <= {"timeformat", "start", "startopen", "end", "endopen", "defaultedgetype", "idtype", "mode"}
    assert drawn.get("defaultedgetype") == "directed"
    declared = {}
    for attributes in drawn.iter(f"{GEXF}attributes"):
        assert attributes.get("class") in ("node", "edge")
        for attribute in attributes:
            assert attribute.get("id") not in declared
            declared[attribute.get("id")] = (attributes.get("class"), attribute.get("title"), attribute.get("type"))
    assert _once((scope, title) for scope, title, _ in declared.values())
    assert {form for _, _, form in declared.values()} <= {"boolean", "integer", "long", "float", "double", "string"}
    nodes, edges = list(drawn.iter(f"{GEXF}node")), list(drawn.iter(f"{GEXF}edge"))
    ids = [element.get("id") for element in (*nodes, *edges)]
    assert _once(ids)
    assert all(NMTOKEN.fullmatch(name) for name in ids)
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= {node.get("id") for node in nodes}
    assert {edge.get("type", "directed") for edge in edges} == {"directed"}
    for element in (*nodes, *edges):
        told = list(element.iter(f"{GEXF}attvalue"))
        assert _once(value.get("for") for value in told)
        for value in told:
            scope, _, form = declared[value.get("for")]
            assert scope == element.tag.removeprefix(GEXF)
            assert FORMS[form].fullmatch(value.get("value")), (form, value.get("value"))


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_the_same_graph_back(graph, net, form, request):
    path = request.getfixturevalue(form)
    read = nx.read_graphml(path) if form == "graphml" else nx.read_gexf(path)
    relation = "type" if form == "graphml" else "relation"
    assert {name: data["label"] for name, data in read.nodes(data=True)} == {name: data["label"] for name, data in net.nodes(data=True)}
    assert {data.get("iri") for _, data in read.nodes(data=True)} - {None} == {graph.base + entity.id for entity in graph.entities}
    told = {(s.id, s.predicate) for s in graph.statements} | {(r.id, r.predicate) for r in graph.registered}
    assert {(data["iri"], data[relation]) for *_, data in read.edges(data=True)} == {(f"{graph.base}statement/{name}", what) for name, what in told}
    assert {(a, b, data["iri"]) for a, b, data in read.edges(data=True)} == {(a, b, data["iri"]) for a, b, data in net.edges(data=True)}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_every_edge_tells_whether_it_is_verified_and_days_are_numbers(graph, form, request):
    path = request.getfixturevalue(form)
    read = nx.read_graphml(path) if form == "graphml" else nx.read_gexf(path)
    verified = {data["iri"].removeprefix(f"{graph.base}statement/"): data["verified"] for *_, data in read.edges(data=True)}
    assert verified == {s.id: True for s in graph.statements} | {r.id: r.verified for r in graph.registered}
    assert False in verified.values()
    days = [data["lagDays"] for *_, data in read.edges(data=True) if "lagDays" in data]
    assert days
    assert all(type(lag) is int for lag in days)


def test_an_unverified_step_tells_no_days():
    read = network.to_networkx(planted())
    lags = {(a, b): data.get("lagDays") for a, b, data in read.edges(data=True) if data["type"] == "implements"}
    assert lags == {("directive:77", "directive:12"): 89, ("directive:12", "directive:9"): None}


def test_a_thing_is_named_by_its_iri_and_a_date_by_its_day():
    net = network.to_networkx(planted())
    assert net.nodes["agency:so-y-te:thai-binh"]["iri"] == f"{BASE}agency/so-y-te/thai-binh"
    assert net.nodes["date:2024-05-16"] == {"label": "2024-05-16", "type": "date"}


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=2, unique=True))
def test_tokens_are_nmtokens_and_no_two_iris_share_one(paths):
    tokens = [network.token(path) for path in paths]
    assert all(NMTOKEN.fullmatch(name) for name in tokens)
    assert len(set(tokens)) == len(paths)

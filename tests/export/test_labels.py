"""No output repeats a page as a name: labels, titles and headlines end after 300 code points, whatever they name."""

from __future__ import annotations

import csv
import json

import pytest
from pyoxigraph import RdfFormat, parse

from graph.export import facts, htmlmap, network, tables
from graph.export.rdf import RdfWriter
from graph.model import (
    LABEL,
    AgencyRef,
    AwardRef,
    DirectiveRef,
    Document,
    Extraction,
    Genre,
    GraphData,
    Kind,
    MeetingRef,
    PersonRef,
    PostRef,
    Referent,
    Relation,
    Section,
    Zone,
)
from graph.registers.data import shipped
from graph.registers.registers import Registers
from graph.resolve.resolver import Resolver

LONG = "một tên gọi rất dài " * 60
TEXT = LONG.strip()
QUOTE = (0, 7)


@pytest.fixture(scope="module")
def registers() -> Registers:
    return shipped().registers


@pytest.fixture(scope="module")
def graph() -> GraphData:
    """A thing of each kind with an endless name."""
    agency = AgencyRef(LONG, parent=AgencyRef(LONG))
    values = (
        (Kind.OFFICIAL, PersonRef(LONG)),
        (Kind.POST, PostRef(LONG, agency)),
        (Kind.AGENCY, agency),
        (Kind.MEETING, MeetingRef("hội nghị", LONG)),
        (Kind.DIRECTIVE, DirectiveRef("Kế hoạch", title=LONG, subject=LONG, issuer=agency)),
        (Kind.AWARD, AwardRef(LONG, agency)),
        (Kind.PROVINCE, LONG),
    )
    person, post, body, meeting, plan, award, province = referents = tuple(Referent(kind, 1, value, (QUOTE,)) for kind, value in values)
    edges = (
        (person, "holdsPost", post),
        (body, "organized", meeting),
        (meeting, "discusses", plan),
        (plan, "issuedBy", body),
        (person, "received", award),
        (meeting, "inProvince", province),
    )
    relations = tuple(Relation(subject, predicate, target, (QUOTE,), "planted", 0.9) for subject, predicate, target in edges)
    document = Document("a.txt", TEXT, Genre.REPORT, (Section(0, len(TEXT), Zone.HEADLINE),), ())
    resolver = Resolver(shipped())
    resolver.add(Extraction(document, referents, relations))
    return resolver.graph()


def test_each_kind_of_thing_has_a_short_label(graph):
    assert {e.kind for e in graph.entities if e.label.endswith("…")} == set(Kind) - {Kind.DATE}
    assert max(len(e.label) for e in graph.entities) == LABEL


def test_facts_name_things_shortly(graph, tmp_path):
    facts.write(graph, tmp_path / "facts.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row[end]["type"] for row in rows for end in ("subject", "object")} >= set(Kind) - {Kind.DATE}
    fields = [value for row in rows for end in ("subject", "object") for name, value in row[end].items() if name != "id" and value is not None]
    assert max(map(len, fields)) == LABEL


def test_rdf_names_things_shortly(graph, tmp_path):
    RdfWriter(graph, shipped()).write_ntriples(tmp_path / "graph.nt")
    assert LONG[: LABEL + 1] not in (tmp_path / "graph.nt").read_text(encoding="utf-8")
    labels = [q.object.value for q in parse(path=str(tmp_path / "graph.nt"), format=RdfFormat.N_TRIPLES) if q.predicate.value.endswith(("label", "headline"))]
    assert max(map(len, labels)) == LABEL


def test_csv_names_things_shortly(graph, tmp_path):
    tables.write_nodes(graph, shipped(), tmp_path / "nodes.csv")
    tables.write_edges(graph, tmp_path / "edges.csv")
    tables.write_facts(graph, tmp_path / "facts.csv")
    for name in ("nodes", "edges", "facts"):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                assert all(LONG[: LABEL + 1] not in cell for cell in row.values())


def test_pages_and_networks_name_things_shortly(graph, tmp_path):
    htmlmap.write(graph, shipped(), tmp_path / "graph.html")
    network.write_graphml(network.to_networkx(graph), tmp_path / "graph.graphml")
    network.write_gexf(network.to_networkx(graph), tmp_path / "graph.gexf")
    for name in ("graph.html", "graph.graphml", "graph.gexf"):
        assert LONG[: LABEL + 1] not in (tmp_path / name).read_text(encoding="utf-8")

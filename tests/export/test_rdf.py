"""The vocabulary says what it is, and the graph says of rows, not of things, that they are unchecked."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from graph import __version__, resources
from graph.export.rdf import RdfWriter
from graph.model import Entity, GraphData, Kind
from graph.registers.data import shipped

ONTOLOGY = NamedNode("https://w3id.org/vn-health-governance/ontology")
HG = f"{ONTOLOGY.value}#"
DC, OWL, VANN = "http://purl.org/dc/terms/", "http://www.w3.org/2002/07/owl#", "http://purl.org/vocab/vann/"
REGISTER_ROW, ROW_VERIFIED, VERIFIED = (NamedNode(HG + name) for name in ("registerRow", "rowVerified", "verified"))
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@pytest.fixture(scope="module")
def vocabulary():
    """The triples of ontology.ttl."""
    return [quad.triple for quad in parse(path=str(resources.root() / "ontology.ttl"), format=RdfFormat.TURTLE)]


def _told(vocabulary, predicate):
    return [t.object for t in vocabulary if t.subject == ONTOLOGY and t.predicate.value == predicate]


def test_the_ontology_tells_its_version_and_that_of_the_program(vocabulary):
    assert _told(vocabulary, f"{OWL}versionInfo") == [Literal(__version__)]
    assert _told(vocabulary, f"{OWL}versionIRI") == [NamedNode(f"{ONTOLOGY.value}/{__version__}")]


def test_the_ontology_tells_who_made_it_and_how_to_abbreviate_it(vocabulary):
    (creator,) = _told(vocabulary, f"{DC}creator")
    assert isinstance(creator, BlankNode)
    assert [t.object.value for t in vocabulary if t.subject == creator and t.predicate.value.endswith("/name")] == ["The govgraph authors"]
    assert _told(vocabulary, f"{VANN}preferredNamespacePrefix") == [Literal("hg")]
    assert _told(vocabulary, f"{VANN}preferredNamespaceUri") == [Literal(HG)]


def test_every_term_of_ours_has_label_and_comment_in_both_languages_and_its_home(vocabulary):
    said = {(t.subject, t.predicate.value.rpartition("#")[2], t.object.language if isinstance(t.object, Literal) else t.object) for t in vocabulary}
    terms = {t.subject for t in vocabulary if t.predicate.value == f"{RDF}type" and isinstance(t.subject, NamedNode) and t.subject.value.startswith(HG)}
    assert terms
    wanted = (("label", "vi"), ("label", "en"), ("comment", "vi"), ("comment", "en"), ("isDefinedBy", ONTOLOGY))
    assert [(term.value, *what) for term in terms for what in wanted if (term, *what) not in said] == []


def _ministry() -> GraphData:
    row = Entity(Kind.AGENCY, "agency/bo-y-te", "Bộ Y tế", "register", (("class", "StateBody"),), row="agencies.csv:bo-y-te", verified=False)
    return GraphData("https://example.org/id/", (row,), (), (), ())


def test_an_unchecked_row_casts_no_doubt_on_the_ministry():
    about = {t.predicate: t.object for t in RdfWriter(_ministry(), shipped()).triples if t.subject.value.endswith("agency/bo-y-te")}
    assert VERIFIED not in about
    assert (about[REGISTER_ROW], about[ROW_VERIFIED]) == (Literal("agencies.csv:bo-y-te"), Literal(False))


def test_only_statements_are_verified_and_only_things_of_a_register_have_a_row(corpus_graph):
    triples = RdfWriter(corpus_graph, shipped()).triples
    statements = {t.subject for t in triples if t.predicate.value == f"{RDF}predicate"}
    rows = {t.subject for t in triples if t.predicate == REGISTER_ROW}
    assert {t.subject for t in triples if t.predicate == VERIFIED} == rows & statements
    checked = {t.subject for t in triples if t.predicate == ROW_VERIFIED}
    assert checked
    assert checked <= rows - statements


def _shapes() -> list[Triple]:
    return [quad.triple for quad in parse(path=str(resources.root() / "data" / "shapes.ttl"), format=RdfFormat.TURTLE)]


def test_the_shapes_name_only_terms_that_the_ontology_declares(vocabulary):
    declared = {t.subject.value for t in vocabulary if isinstance(t.subject, NamedNode)}
    named = {term.value for t in _shapes() for term in (t.subject, t.predicate, t.object) if isinstance(term, NamedNode) and term.value.startswith(HG)}
    assert named - declared == set()

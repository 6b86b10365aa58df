"""SPARQL of one's own: all prefixes known, errors with line and column of the user's text, nothing written, nothing asked elsewhere."""

from __future__ import annotations

import pytest

from graph.errors import QueryError
from graph.query.sparql import Rows, Triples, run, value_of


def test_a_select_gives_columns_and_rows_without_any_prefix_line(graph):
    answer = run(graph, "SELECT ?n { ?d a hg:PartyDirective ; hg:number ?n } ORDER BY ?n")
    assert isinstance(answer, Rows)
    assert answer.columns == ("n",)
    assert [value_of(row[0]) for row in answer.rows] == ["25-CT/TW", "25-CT/TW", "52-CTr/TU"]


@pytest.mark.parametrize("prefix", ["hg", "dcterms", "eli", "foaf", "oa", "org", "owl", "prov", "rdf", "rdfs", "schema", "skos", "xsd"])
def test_a_prefix_is_predeclared(graph, prefix):
    assert run(graph, f"ASK {{ {prefix}:x ?p ?o }}") is False


def test_a_prefix_of_the_user_wins(graph):
    assert run(graph, "PREFIX hg: <http://nowhere.example/> ASK { ?s hg:number ?o }") is False


def test_ask_construct_and_describe_are_answered(graph):
    assert run(graph, "ASK { ?s hg:implements ?o }") is True
    built = run(graph, "CONSTRUCT WHERE { ?s hg:amends ?o }")
    assert isinstance(built, Triples)
    assert len(built.triples) == 1
    assert "hg:amends" in built.turtle()
    assert "ontology#amends" in built.jsonld()
    described = run(graph, "DESCRIBE <https://example.org/id/official/le-van-an>")
    assert isinstance(described, Triples)
    assert described.triples == tuple(sorted(described.triples, key=str))


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        pytest.param("SELECT ?x WHERE {\n ?x hg:number\n}", 3, 1, id="an object is missing"),
        pytest.param("SELECT ?x {\n ?x hg:number ??\n}", 2, 17, id="a variable without a name"),
        pytest.param("SELEKT ?x { ?x ?y ?z }", 1, 1, id="a misspelt keyword"),
        pytest.param("SELECT ?x {\n ?x foo:bar ?z .\n}", 2, 12, id="an unknown prefix, after its name"),
        pytest.param('SELECT ?x { ?x hg:title "Giám đốc Sở Y tế" ?? }', 1, 44, id="columns count letters, not bytes"),
        pytest.param("", 1, 1, id="nothing at all"),
    ],
)
def test_an_error_shows_line_and_column_of_the_users_own_text(graph, query, line, column):
    with pytest.raises(QueryError) as caught:
        run(graph, query)
    message, shown, mark = str(caught.value).split("\n")
    assert message.startswith(f"line {line}, column {column}: "), message
    assert shown == "  " + query.split("\n")[line - 1]
    assert mark == " " * (column + 1) + "^"


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:b> <a:c> <a:d> }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX x: <http://x.example/> # a comment\nDROP ALL",
        "base <http://x.example/> prefix : <y> CLEAR DEFAULT",
        "LOAD <http://127.0.0.1:9/>",
        "WITH <g:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_and_changes_nothing(graph, query):
    before = len(graph.store)
    with pytest.raises(QueryError, match="read only"):
        run(graph, query)
    assert len(graph.store) == before


def test_a_query_after_a_query_is_refused(graph):
    with pytest.raises(QueryError):
        run(graph, "SELECT * { ?s ?p ?o } ; DELETE WHERE { ?s ?p ?o }")


def test_values_keep_their_kind(graph):
    answer = run(graph, 'SELECT (1 AS ?i) (1.5 AS ?f) (true AS ?b) ("x"@vi AS ?t) ("2024"^^xsd:gYear AS ?y) (hg:implements AS ?r) { }')
    assert isinstance(answer, Rows)
    assert [value_of(cell, graph.prefixes) for cell in answer.rows[0]] == [1, 1.5, True, "x", "2024", "hg:implements"]

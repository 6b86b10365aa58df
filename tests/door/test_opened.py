"""A graph answers in Python what the commands answer, with the same values."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import networkx as nx
import pytest
from click.testing import CliRunner

import graph as front
from graph.cli import main

ASKED = [
    pytest.param(lambda g: g.trace("25-CT/TW"), ["trace", "25-CT/TW"], id="trace"),
    pytest.param(lambda g: g.trace("135/KH-UBND", up=True), ["trace", "135/KH-UBND", "--up"], id="trace upwards"),
    pytest.param(lambda g: g.coverage("21-NQ/TW"), ["coverage", "21-NQ/TW"], id="coverage"),
    pytest.param(
        lambda g: g.coverage("21-NQ/TW", provinces=["Lào Cai"], merged=True),
        ["coverage", "21-NQ/TW", "--province", "lao cai", "--merged"],
        id="coverage of one",
    ),
    pytest.param(lambda g: g.coverage(), ["coverage"], id="coverage of all"),
    pytest.param(lambda g: g.who("nguyen van giao"), ["who", "nguyen van giao"], id="who"),
    pytest.param(lambda g: g.meetings(directive="25-CT/TW"), ["meetings", "--directive", "25-CT/TW"], id="meetings"),
    pytest.param(lambda g: g.path("nguyen van giao", "52-CTr/TU"), ["path", "nguyen van giao", "52-CTr/TU"], id="path"),
    pytest.param(lambda g: g.query("plans-of-directive", directive="25-CT/TW"), ["query", "plans-of-directive", "--param", "directive=25-CT/TW"], id="query"),
    pytest.param(lambda g: g.ask("kế hoạch nào thực hiện chỉ thị 25"), ["ask", "kế hoạch nào thực hiện chỉ thị 25"], id="ask"),
]


def _printed(built, arguments: list[str]) -> str:
    done = CliRunner().invoke(main, [*arguments, "--graph", str(built.folder)], env={"COLUMNS": "100", "NO_COLOR": "1"})
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(("ask", "command"), ASKED)
def test_an_answer_is_the_commands_in_all_three_forms(built, opened, ask, command):
    answers = ask(opened)
    assert len(answers)
    assert answers.records() == json.loads(_printed(built, [*command, "--json"]))
    head, *rows = csv.reader(io.StringIO(_printed(built, [*command, "--csv"])))
    assert tuple(head) == answers.columns
    assert len(rows) == len(answers.rows)
    if command != ["coverage"]:  # whose first column is kept wider on a terminal
        assert f"{answers}\n" == _printed(built, command)


def test_sparql_gives_rows_truth_or_triples(opened):
    rows = opened.sparql("SELECT ?n { ?d hg:number ?n } ORDER BY ?n LIMIT 2")
    assert rows.columns == ("n",)
    assert [row["n"] for row in rows] == [row[0] for row in rows.rows]
    assert opened.sparql("ASK { ?d hg:number '25-CT/TW' }") is True
    triples = opened.sparql("CONSTRUCT { ?d hg:number ?n } { ?d hg:number ?n }")
    assert isinstance(triples, front.Triples)
    assert "25-CT/TW" in triples.turtle()


def test_sparql_stops_at_its_limits(opened):
    with pytest.raises(front.QueryError, match="more than 3 rows"):
        opened.sparql("SELECT * { ?s ?p ?o }", rows=3)
    with pytest.raises(front.QueryError, match="read only"):
        opened.sparql("DELETE WHERE { ?s ?p ?o }")


def test_every_statement_shows_where_it_is_told(opened):
    statements = opened.statements("implements")
    assert {s.relation for s in statements} == {"implements"}
    for s in statements:
        assert s.row or s.passages
        assert all(p.quote == opened.source_text(s.source)[p.start : p.end] for p in s.passages)


def test_statements_are_narrowed_by_their_ends(opened):
    (told,) = opened.statements("implements", subject="135/KH-UBND", target="52-CTr/TU")
    assert "triển khai Chương trình số 52-CTr/TU" in told.quote
    assert len(opened.statements()) > len(opened.statements("implements"))


def test_networkx_has_what_graphml_has(built, opened):
    """The same edges and nodes with the same attributes, and the provinces and bodies that others became.

    RDF doesn't keep the order in which a statement has its passages.
    """
    written, made = nx.read_graphml(built.folder / "graph.graphml"), opened.to_networkx()
    assert {name: made.nodes[name] for name in written} == dict(written.nodes(data=True))
    assert {(made.degree(name), made.nodes[name]["type"]) for name in made if name not in written} <= {(0, "Province"), (0, "Agency")}

    def edges(network: nx.MultiDiGraph) -> dict[str, object]:
        return {key: (a, b, {**told, "quote": sorted(told.get("quote", ""))}) for a, b, key, told in network.edges(keys=True, data=True)}

    told, known = edges(made), edges(written)
    assert told.keys() == known.keys()
    cut = {key for key, edge in known.items() if len(edge[2]["quote"]) == 600}  # longer ones are cut, so that another order cuts another end
    assert [key for key in known if key not in cut and told[key] != known[key]] == []


def test_a_graph_of_an_earlier_day_holds_less(built):
    day = front.open_graph(built.folder, as_of="2024-12-31")
    assert 0 < day.stats().statements < front.open_graph(built.folder).stats().statements
    assert day.stats() == front.open_graph(str(built.folder), as_of=dt.date(2024, 12, 31)).stats()


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        pytest.param(lambda g: g.who("Nguyễn Văn Giáp Không Có"), "was not found", id="a person whom nobody names"),
        pytest.param(lambda g: g.query("plan-of-directive"), "plans-of-directive", id="a query that is spelt wrong"),
        pytest.param(lambda g: g.statements("chairs"), "chaired", id="a relation that is spelt wrong"),
        pytest.param(lambda g: g.path("25-CT/TW", "25-CT/TW@2023"), "both ends", id="both ends are one"),
        pytest.param(lambda g: g.coverage("21-NQ/TW", provinces=["Atlantis"]), "is no province", id="a province that is none"),
        pytest.param(lambda g: front.open_graph(g.folder, as_of="16.5.2024"), "write it as 2024-05-16", id="a date that is none"),
        pytest.param(lambda g: front.open_graph(g.folder, lang="fr"), "vi, en", id="a language that it doesn't speak"),
        pytest.param(lambda g: front.open_graph(g.folder / "nowhere"), "govgraph build", id="no graph"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_says_what_to_do(opened, ask, said):
    with pytest.raises(front.QueryError, match=said) as caught:
        ask(opened)
    assert "\n" not in str(caught.value)


def test_a_notebook_shows_the_graph_and_its_answers(opened):
    assert "Chỉ thị" not in opened._repr_html_()
    assert "<td" in opened._repr_html_()
    assert opened.trace("25-CT/TW")._repr_html_().startswith("<pre>Chỉ thị 25-CT/TW")
    assert "<th>văn bản</th>" in opened.query("plans-of-directive", directive="25-CT/TW")._repr_html_()


def test_nothing_that_a_text_says_is_run_by_a_notebook(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Hội nghị <script>alert(1)</script>\n\nNgày 16/5/2024, Kế hoạch số 135/KH-UBND ngày 14/5/2024 của UBND tỉnh Lào Cai về <img src=x onerror=alert(1)> "
        "được ban hành để triển khai Chỉ thị số 25-CT/TW.\n",
        encoding="utf-8",
    )
    opened = front.build(tmp_path / "a.txt", tmp_path / "out", exports=["nt"], ledger=tmp_path / "none").graph
    for shown in (opened, opened.trace("25-CT/TW"), opened.statements(), opened.coverage("25-CT/TW"), opened.sparql("SELECT ?o { ?s ?p ?o }")):
        html = shown._repr_html_()
        assert "<script" not in html
        assert "<img" not in html


def test_many_rows_are_cut_in_a_notebook_alone(opened):
    every = opened.statements()
    assert every._repr_html_().count("<tr>") == 201
    assert f"200 / {len(every.rows)}" in every._repr_html_()
    assert len(every.records()) == len(every.rows)


def test_english_words_stand_around_the_data(built):
    opened = front.open_graph(built.folder, lang="en")
    assert "113 days" in str(opened.trace("25-CT/TW"))
    assert "Document" in opened._repr_html_()


def test_answers_are_a_sequence_of_values(opened):
    answers = opened.trace("25-CT/TW")
    assert [type(cascade) for cascade in answers] == [front.Cascade]
    assert answers[0].root.number == "25-CT/TW"
    assert answers[:1] == tuple(answers)
    assert answers[0] == opened.trace(answers[0].root)[0]


def test_a_thing_is_found_by_its_iri(opened):
    person = opened.who("nguyen van giao")[0]
    assert opened.things(person.id) == [person.id]
    meeting = opened.meetings(directive="25-CT/TW")[0]
    assert opened.path(person.id, meeting.id)[0].links[0].told.relation == "chaired"

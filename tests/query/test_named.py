"""Each named query gives the answers that are known of a made-up graph, the same from both engines, with values that stay values."""

from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode

from graph.errors import QueryError
from graph.query import named
from graph.query.named import ask, queries
from graph.query.sparql import bound
from graph.registers.data import shipped
from graph.registers.strings import LANGUAGES

NEW, PROGRAMME, PLAN = "Chỉ thị số 25-CT/TW", "Chương trình số 52-CTr/TU", "Kế hoạch số 135/KH-UBND"
GUIDE, DECISION, LONE = "Hướng dẫn số 7/HD-BYT", "Quyết định số 281/QĐ-TTg", "Kế hoạch số 9/KH-SYT"
CIRCULAR, CHANGE, LAW = "Thông tư số 10/TT-BYT", "Thông tư số 11/TT-BYT", "Luật Bảo hiểm y tế"
DIRECTOR, HEAD = "Giám đốc Sở Y tế tỉnh Bắc Kạn", "Cục trưởng Cục Phòng bệnh Bộ Y tế"
MO, AN, ROLLOUT, REVIEW = "Trần Thị Mơ", "Lê Văn An", "Hội nghị triển khai", "Buổi làm việc"

# (query, what the user types, columns that are compared, rows)
ANSWERS: list[tuple[str, dict[str, str], str, list[tuple[str | None, ...]]]] = [
    ("amendments", {}, "documentLabel relationLabel olderLabel source", [(CHANGE, "amends", CIRCULAR, "bao-b.txt")]),
    ("amendments-of-document", {"document": "10/TT-BYT"}, "newerLabel relationLabel", [(CHANGE, "amends")]),
    ("awards", {}, "receiverLabel awardLabel agencyLabel quote", [(MO, "Bằng khen", "Bộ Y tế", "Bà Trần Thị Mơ nhận Bằng khen.")]),
    (
        "cascade-timeline", {"directive": "25-CT/TW@2023"}, "date event thingLabel",
        [("2023-10-25", "document", NEW), ("2024-02-15", "document", PROGRAMME), ("2024-03", "document", GUIDE), ("2024-04-05", "document", DECISION),
         ("2024-05-14", "document", PLAN), ("2024-05-16", "meeting", ROLLOUT)],
    ),
    ("bodies-passing-on", {}, "documents lowerLabel upperLabel", [("1", "Bộ Y tế", "Ban Bí thư")]),
    ("coverage-by-directive", {}, "directiveLabel plans party discussed unknown longest_lag newest", [(NEW, "1", "1", "0", "1", "202", "2024-05-14")]),
    ("coverage-by-province", {}, "provinceLabel plans directives longest_lag last", [("Bắc Kạn", "0", "1", None, "2024-05-16")]),
    ("coverage-of-directive", {"directive": "25-CT/TW@2023"}, "unitLabel state planLabel date days quote", [
        (None, "plan", PLAN, "2024-05-14", "202", "Chương trình số 52-CTr/TU ra đời nhằm thực hiện Chỉ thị số 25-CT/TW."),
        ("Bộ Y tế", "plan", GUIDE, "2024-03", None, "Hướng dẫn số 7/HD-BYT giải thích Chỉ thị số 25-CT/TW."),
        ("Bắc Kạn", "party", PROGRAMME, "2024-02-15", None, "Chương trình số 52-CTr/TU ra đời nhằm thực hiện Chỉ thị số 25-CT/TW."),
    ]),
    ("coverage-of-province", {"province": "bac kan"}, "directiveLabel state planLabel date days", [(NEW, "party", PROGRAMME, "2024-02-15", None)]),
    ("cited-by-document", {"document": "10/tt-byt"}, "citedLabel relationLabel", [(LAW, "basedOn"), (NEW, "references")]),
    ("citing-documents", {"document": "25-CT/TW@2023"}, "citingLabel relationLabel quote", [
        (PROGRAMME, "implements", "Chương trình số 52-CTr/TU ra đời nhằm thực hiện Chỉ thị số 25-CT/TW."),
        (GUIDE, "guides", "Hướng dẫn số 7/HD-BYT giải thích Chỉ thị số 25-CT/TW."),
        (CIRCULAR, "references", "Thông tư số 10/TT-BYT nhắc đến Chỉ thị số 25-CT/TW."),
        (DECISION, "implements", ""),
    ]),
    ("dates-that-disagree", {}, "documentLabel told source", [(CIRCULAR, "2024-03-01", "bao-b.txt"), (CIRCULAR, "2024-03-02", "bao-a.txt")]),
    ("directives-by-plans", {}, "implementing directiveLabel", [("4", NEW), ("1", PROGRAMME)]),
    ("directives-carried-out-in-province", {"province": "tinh bac kan"}, "directiveLabel planLabel", [(NEW, PROGRAMME)]),
    ("directives-of-province", {"province": "Bắc Kạn"}, "documentLabel date agencyLabel", [
        (PROGRAMME, "2024-02-15", None), (LONE, "2024-06-01", "Sở Y tế tỉnh Bắc Kạn"),
    ]),
    ("directives-without-plans", {}, "directiveLabel date", [(NEW, "2018-08-08")]),
    ("documents-based-on", {"document": "luat bao hiem y te"}, "basedLabel quote", [(CIRCULAR, "Thông tư số 10/TT-BYT căn cứ Luật Bảo hiểm y tế.")]),
    ("documents-of-agency", {"agency": "so y te bac kan"}, "documentLabel quote", [(LONE, "Sở Y tế tỉnh Bắc Kạn ban hành Kế hoạch số 9/KH-SYT.")]),
    ("documents-of-kind", {"kind": "kế hoạch"}, "documentLabel", [(PLAN,), (LONE,)]),
    ("documents-of-year", {"year": "2018"}, "documentLabel date", [(NEW, "2018-08-08")]),
    ("evidence-of-relation", {"relation": "signedBy"}, "subjectLabel objectLabel exact file", [
        (PLAN, AN, "Ông Lê Văn An ký Kế hoạch số 135/KH-UBND.", "bao-a.txt"),
    ]),
    ("inferred-facts", {}, "subjectLabel relationLabel objectLabel reason", [(AN, "holdsPost", HEAD, "body taken from another sentence")]),
    ("issuing-bodies", {}, "documents agencyLabel first", [
        ("1", "Ban Bí thư", "2023-10-25"), ("1", "Bộ Y tế", "2024-03"),
        ("1", "Sở Y tế tỉnh Bắc Kạn", "2024-06-01"), ("1", "Ủy ban nhân dân tỉnh", "2024-05-14"),
    ]),
    ("joined-names", {}, "officialLabel reason", [(MO, "same full name and agency")]),
    ("lag-of-plans", {}, "days planLabel directiveLabel", [("163", DECISION, NEW), ("113", PROGRAMME, NEW), ("89", PLAN, PROGRAMME)]),
    ("meetings-about-directive", {"directive": "y te co so"}, "meetingLabel date discussedLabel officialLabel", [(ROLLOUT, "2024-05-16", PLAN, MO)]),
    ("meetings-chaired-by", {"official": "trần thị mơ"}, "meetingLabel provinceLabel quote", [(ROLLOUT, "Bắc Kạn", "Bà Trần Thị Mơ chủ trì hội nghị.")]),
    ("meetings-chaired-by-agency", {"agency": "Bộ Y tế"}, "meetingLabel officialLabel", [(REVIEW, AN)]),
    ("meetings-in-province", {"province": "bac kan"}, "meetingLabel officialLabel", [(ROLLOUT, MO)]),
    ("meetings-of-official", {"official": "le van an"}, "meetingLabel relationLabel", [(REVIEW, "chaired"), (ROLLOUT, "attended")]),
    ("meetings-organized-by", {"agency": "sở y tế tỉnh bắc kạn"}, "meetingLabel quote", [(ROLLOUT, "Sở Y tế tổ chức hội nghị.")]),
    ("most-cited", {}, "documents directiveLabel", [("4", NEW), ("1", PROGRAMME), ("1", LAW), ("1", CIRCULAR)]),
    ("officials-by-meetings", {}, "meetings officialLabel directives", [("1", AN, "1"), ("1", MO, "1")]),
    ("officials-of-agency", {"agency": "Bộ Y tế"}, "officialLabel postLabel first", [(AN, HEAD, "2024-09-02")]),
    ("plans-of-directive", {"directive": "25-CT/TW"}, "planLabel superiorLabel days register sources", [
        (PROGRAMME, NEW, "113", None, "1"), (GUIDE, NEW, None, None, "1"), (DECISION, NEW, "163", "directives.csv:CT/25/TW/2023", "0"),
        (PLAN, PROGRAMME, "89", None, "2"),
    ]),
    ("plans-without-superior", {}, "documentLabel agencyLabel", [(LONE, "Sở Y tế tỉnh Bắc Kạn")]),
    ("post-holders", {"post": "giam doc so y te"}, "officialLabel first last", [(MO, "2024-05-16", "2024-09-02")]),
    ("posts-of-official", {"official": "Trần Thị Mơ"}, "postLabel first last", [(DIRECTOR, "2024-05-16", "2024-09-02")]),
    ("shared-numbers", {}, "number documents first last", [("25-CT/TW", "2", "2018-08-08", "2023-10-25")]),
    ("signed-documents", {"official": "Lê Văn An"}, "documentLabel date", [(PLAN, "2024-05-14")]),
    ("sources", {}, "statements file date", [("17", "bao-a.txt", "2024-05-16"), ("16", "bao-b.txt", "2024-09-02")]),
    ("superiors-of-document", {"document": "135/KH-UBND"}, "superiorLabel planLabel days", [(PROGRAMME, PLAN, "89"), (NEW, PROGRAMME, "113")]),
    ("unverified-facts", {}, "subjectLabel relationLabel objectLabel", [("Quyết định số 900/QĐ-TTg", "implements", NEW)]),
    ("who-signed", {"document": "135/KH-UBND"}, "officialLabel quote", [(AN, "Ông Lê Văn An ký Kế hoạch số 135/KH-UBND.")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "columns", "rows"), ANSWERS, ids=[a[0] for a in ANSWERS])
def test_a_query_gives_the_known_answer(graph, name, values, columns, rows):
    answer = ask(graph, queries(shipped())[name], values).rows
    places = [answer.columns.index(column) for column in columns.split()]
    assert [tuple(row[p] for p in places) for row in answer.texts()] == rows


def test_every_query_has_a_known_answer():
    assert {a[0] for a in ANSWERS} == set(queries(shipped()))


@pytest.fixture(scope="module")
def in_rdflib(folder) -> rdflib.Graph:
    copy = rdflib.Graph()
    copy.parse(folder / "graph.nt", format="nt")
    return copy


@pytest.mark.parametrize(("name", "values"), [a[:2] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_rdflib_gives_the_same_rows(graph, in_rdflib, name, values):
    query = queries(shipped())[name]
    terms = {p: named._LOOKUP[next(q.kind for q in query.parameters if q.name == p)](graph, typed)[0] for p, typed in values.items()}
    ours = bound(graph, query.text, terms)
    theirs = in_rdflib.query(query.text, initBindings={p: _rdflib(term) for p, term in terms.items()})
    assert ours.texts()
    assert [tuple(None if cell is None else str(cell) for cell in row) for row in theirs] == ours.texts()


def _rdflib(term):
    return rdflib.URIRef(term.value) if isinstance(term, NamedNode) else rdflib.Literal(term.value, datatype=term.datatype.value)


@pytest.mark.parametrize("name", sorted(queries(shipped())))
def test_a_query_is_documented_ordered_and_worded(name):
    query = queries(shipped())[name]
    assert f"govgraph query {name}" in query.example
    assert "ORDER BY" in query.text
    assert "SELECT DISTINCT" in query.text or "GROUP BY" in query.text
    assert all(query.title[lang] for lang in LANGUAGES)
    head = query.text.split("WHERE")[0]
    assert all(f"?{p.name}" in head for p in query.parameters)


def test_every_column_that_people_read_has_words_in_both_languages(graph):
    hidden = {p.name for q in queries(shipped()).values() for p in q.parameters}
    for name, values, *_ in ANSWERS:
        answer = ask(graph, queries(shipped())[name], values).rows
        for place, column in enumerate(answer.columns):
            if column not in hidden and any(isinstance(row[place], Literal) for row in answer.rows):
                assert f"col.{column}" in shipped().words, column


@pytest.mark.parametrize(
    "typed",
    ["25-CT/TW> } ; DELETE WHERE { ?s ?p ?o } #", '25-CT/TW" } UNION { ?a ?b ?c', "<https://example.org/id/x> ?plan } #", "?superior", "\\u003E"],
    ids=["closing an IRI", "closing a string", "an IRI and a bracket", "a variable", "an escape"],
)  # fmt: skip
def test_a_value_never_becomes_part_of_the_query(graph, typed):
    before = len(graph.store)
    with pytest.raises(QueryError, match="not found"):
        ask(graph, queries(shipped())["plans-of-directive"], {"directive": typed})
    assert len(graph.store) == before


def test_a_bound_value_is_a_value_whatever_it_holds(graph):
    text = queries(shipped())["evidence-of-relation"].text
    assert bound(graph, text, {"relation": NamedNode("https://example.org/x%3E%7D")}).rows == ()
    assert bound(graph, text, {"relation": Literal('"} UNION { ?subject ?relation ?object } #')}).rows == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        pytest.param({}, "needs --param directive", id="a required parameter is missing"),
        pytest.param({"directive": " "}, "needs --param directive", id="a required parameter is empty"),
        pytest.param({"plan": "x"}, "no parameter 'plan'", id="an unknown parameter"),
    ],
)
def test_parameters_that_do_not_fit_are_named(graph, values, words):
    with pytest.raises(QueryError, match=words):
        ask(graph, queries(shipped())["plans-of-directive"], values)


def test_an_unknown_query_is_answered_with_the_nearest_names():
    with pytest.raises(QueryError, match="plans-of-directive"):
        named.query(shipped(), "plan-of-directives")


def test_several_fits_are_asked_in_turn_and_named(graph):
    asked = ask(graph, queries(shipped())["plans-of-directive"], {"directive": "25-CT/TW"})
    assert asked.taken == {"directive": ("Chỉ thị 25-CT/TW@2023", "Chỉ thị 25-CT/TW@2018")}


@pytest.mark.parametrize(("param", "typed"), [("year", "24"), ("year", "năm 2024"), ("relation", "implement"), ("kind", "bài thơ")])
def test_a_value_of_the_wrong_kind_is_refused(graph, param, typed):
    name = {"year": "documents-of-year", "relation": "evidence-of-relation", "kind": "documents-of-kind"}[param]
    with pytest.raises(QueryError):
        ask(graph, queries(shipped())[name], {param: typed})


def test_a_year_without_documents_gives_no_rows(graph):
    assert ask(graph, queries(shipped())["documents-of-year"], {"year": "1999"}).rows.rows == ()

"""No query reaches another place, however it is written: each spelling meets a listening port, with both engines; harmless words pass."""

from __future__ import annotations

import re
import socket
import threading
from collections import deque
from contextlib import suppress
from functools import cache
from types import SimpleNamespace

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean, Store
from rdflib.plugins.sparql.parser import parseQuery

from graph.errors import QueryError
from graph.query.guard import refuse
from graph.query.sparql import run
from graph.registers.data import shipped

# Which engines take a query for a call when nothing refuses it: O pyoxigraph, R rdflib. <U> is the address.
SERVICE = [
    ("OR", "SELECT * { SERVICE <U> { ?s ?p ?o } }"),
    ("OR", "select * { service <U> { ?s ?p ?o } }"),
    ("OR", "SELECT * { SERVICE SILENT <U> { ?s ?p ?o } }"),
    ("OR", "SELECT*{SERVICE<U>{?s ?p ?o}}"),
    ("OR", "SELECT * { sErViCe\t<U>{ ?s ?p ?o } }"),
    ("OR", "SELECT * { SERVICE # why\n <U> { ?s ?p ?o } }"),
    ("OR", "SELECT * { SERVICE #\n#\n\n SILENT # '\n <U> # <\n { ?s ?p ?o } }"),
    ("R", "SELECT * { VALUES ?e { <U> } SERVICE ?e { ?s ?p ?o } }"),
    ("OR", "PREFIX x: <U> SELECT * { SERVICE x: { ?s ?p ?o } }"),
    ("OR", "PREFIX : <U> SELECT * { SERVICE : { ?s ?p ?o } }"),
    ("OR", "PREFIX : <U> SELECT * { SERVICE :a { ?s ?p ?o } }"),
    ("OR", "PREFIX : <U> SELECT * { SERVICE:a{ ?s ?p ?o } }"),
    ("O", "PREFIX x: <U> SELECT * { SERVICEx:a{ ?s ?p ?o } }"),
    ("O", "PREFIX x: <U> SELECT * { SERVICESILENTx:a{ ?s ?p ?o } }"),
    ("OR", "PREFIX x: <U> SELECT * { SERVICE x:a.b { ?s ?p ?o } }"),
    ("OR", "PREFIX a\u00b7b: <U> SELECT * { SERVICE a\u00b7b: { ?s ?p ?o } }"),
    ("OR", "PREFIX a\u0301: <U> SELECT * { SERVICE a\u0301: { ?s ?p ?o } }"),
    ("OR", "PREFIX a\u203f: <U> SELECT * { SERVICE SILENT a\u203f: { ?s ?p ?o } }"),
    ("OR", "PREFIX a-.b: <U> SELECT * { SERVICE a-.b: { ?s ?p ?o } }"),
    ("OR", "PREFIX đ: <U> SELECT * { SERVICE đ: { ?s ?p ?o } }"),
    ("O", "SELECT * { # a comment\rSERVICE <U> { ?s ?p ?o } }"),
    ("O", "SELECT * { SERVICE # a comment\r<U> { ?s ?p ?o } }"),
    ("O", "SELECT * { SERVICE SILENT # a comment\r<U> { ?s ?p ?o } }"),
    ("O", "SELECT * { servicesilent<U>{ ?s ?p ?o } }"),
    ("O", "SELECT * { ?x ?y 5SERVICE <U> { ?s ?p ?o } }"),
    ("O", "SELECT * { ?x ?y 5.0SERVICE <U> { ?s ?p ?o } }"),
    ("O", "SELECT * { ?x ?y 5e3SERVICE <U> { ?s ?p ?o } }"),
    ("O", "SELECT * { ?x ?y -.5e-3SERVICE <U> { ?s ?p ?o } }"),
    ("O", "SELECT * { ?x ?y trueSERVICE <U> { ?s ?p ?o } }"),
    ("O", "SELECT * { ?x ?y falseSERVICESILENT<U> { ?s ?p ?o } }"),
    ("OR", "SELECT * { ?x ?y 'a'SERVICE <U> { ?s ?p ?o } }"),
    ("OR", "SELECT * { ?x ?y '''a'b'''SERVICE <U> { ?s ?p ?o } }"),
    ("OR", "SELECT * { ?x ?y '\\\\'SERVICE <U> { ?s ?p ?o } #'\n }"),
    ("OR", "SELECT * { ?x ?y \"'\"SERVICE <U> { ?s ?p ?o } #'\n }"),
    ("OR", "PREFIX x: <x:x> SELECT * { ?x ?y x:\\' . SERVICE <U> { ?s ?p ?o } #'\n }"),
    ("OR", "SELECT * { FILTER(1<'>'||'>'>'')SERVICE <U> { ?s ?p ?o } #'\n }"),
    ("OR", "SELECT * { FILTER(1<2) SERVICE <U> { ?s ?p ?o } FILTER(1>2) }"),
    ("O", "SELECT * { VALUES ?x { '''a' } SERVICE <U> { ?s ?p ?o } #\n }"),
    ("O", 'SELECT * { VALUES ?x { """a" } SERVICE <U> { ?s ?p ?o } #\n }'),
    ("O", "PREFIX x: <x:x> SELECT * { ?x ?y x:a.b.SERVICE <U> { ?s ?p ?o } }"),
    ("O", "PREFIX x: <http://h:80> SELECT * { ?x ?y x:SERVICE <U> { ?s ?p ?o } }"),
    ("O", "PREFIX : <U> SELECT * { ?x ?y hg:SERVICE:a\\# { ?s ?p ?o } }"),
    ("OR", "SELECT * { ?x ?y ?z . { SELECT * { SERVICE <U> { ?s ?p ?o } } } }"),
    ("OR", "SELECT * { OPTIONAL { SERVICE <U> { ?s ?p ?o } } }"),
    ("OR", "SELECT * { { } UNION { SERVICE <U> { ?s ?p ?o } } }"),
    ("OR", "ASK { FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }"),
    ("OR", "ASK { SERVICE <U> { ?s ?p ?o } }"),
    ("OR", "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <U> { ?s ?p ?o } }"),
    ("OR", "DESCRIBE ?s WHERE { SERVICE <U> { ?s ?p ?o } }"),
    ("OR", "SELECT * { SERVICE <\\u0068ttp://127.0.0.1:PORT/> { ?s ?p ?o } }"),
    ("R", "SELECT * { \\u0053ERVICE <U> { ?s ?p ?o } }"),
    ("R", "SELECT * { \\U0053ERVICE <U> { ?s ?p ?o } }"),
    ("R", "SELECT * { \\u00000053ERVICE <U> { ?s ?p ?o } }"),
    ("R", "SELECT * { # a comment\\u000aSERVICE <U> { ?s ?p ?o } }"),
    ("R", "SELECT * { ?x ?y 'a\\u0027 SERVICE <U> { ?s ?p ?o } #'\n }"),
    ("R", "SELECT * { SERV\u0131CE <U> { ?s ?p ?o } }"),
    ("R", "SELECT * { \u017fervice <U> { ?s ?p ?o } }"),
]
FROM = [
    ("R", "SELECT * FROM <U> { ?s ?p ?o }"),
    ("R", "select * from<U>{ ?s ?p ?o }"),
    ("R", "SELECT * FROM NAMED <U> { GRAPH ?g { ?s ?p ?o } }"),
    ("R", "SELECT * # a comment\n FROM # another\n <U> WHERE { ?s ?p ?o }"),
    ("R", "PREFIX x: <U> SELECT * FROM x:a { ?s ?p ?o }"),
    ("R", "PREFIX : <U> SELECT * FROM:a { ?s ?p ?o }"),
    ("R", "PREFIX : <U> SELECT * FROM NAMED:a WHERE { ?s ?p ?o }"),
    ("R", "ASK FROM <U> { ?s ?p ?o }"),
    ("R", "CONSTRUCT { ?s ?p ?o } FROM <U> WHERE { ?s ?p ?o }"),
    ("R", "DESCRIBE ?s FROM <U> WHERE { ?s ?p ?o }"),
    ("R", "SELECT * \\u0046ROM <U> { ?s ?p ?o }"),
    ("", "ASKFROM<U>{ ?s ?p ?o }"),
]
LOAD = [
    ("", "LOAD <U>"),
    ("", "load silent <U> INTO GRAPH <x:x>"),
    ("", "LOADSILENT<U>"),
    ("", "PREFIX x: <U> # a comment\n LOAD x:a"),
    ("", "PREFIX x: <U> LOADx:a"),
    ("", "BASE <U> PREFIX x: <U> loadsilentx:a"),
    ("", "# a comment\rLOAD <U>"),
    ("", "INSERT DATA { <x:x> <x:x> <x:x> } ; LOAD <U>"),
    ("", "\\u004cOAD <U>"),
    ("", "SELECT * { ?s ?p ?o } ; LOAD <U>"),
]
ALL = [*SERVICE, *FROM, *LOAD]


@pytest.fixture(scope="module")
def port():
    """A port that counts who connects, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        state = SimpleNamespace(number=server.getsockname()[1], connections=0)

        def listen():
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    state.connections += 1
                    connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield state
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def _addressed(query: str, port) -> str:
    return query.replace("<U>", f"<http://127.0.0.1:{port.number}/>").replace("PORT", str(port.number))


def _reaches_out(engine: str, query: str, port) -> bool:
    """Whether pyoxigraph asks the port when nothing refuses the query, and whether rdflib finds something in it that it would ask for."""
    if engine == "R":
        with suppress(Exception):  # pyparsing raises a dozen kinds
            tree = str(parseQuery(query))
            return "ServiceGraphPattern_" in tree or "DatasetClause_" in tree
        return False
    before = port.connections
    with suppress(SyntaxError, OSError, RuntimeError, ValueError):
        result = _store().query(query, prefixes={"hg": shipped().ontology.prefixes["hg"]})
        if not isinstance(result, QueryBoolean):
            deque(result, maxlen=0)
    return port.connections > before


@cache
def _store() -> Store:
    """A store where the patterns of the queries before SERVICE find something, without which it isn't asked."""
    objects = "5 5.0 5e3 -.5e-3 1 -1 .5e1 true false 'a' 'a'@en 'a\\'b' '\\\\' '\\'' '' x:a x:a.b x: x:\\' <http://h:80> hg: y: <U>".replace("<U>", "<u:u>")
    names = f"PREFIX x: <x:x> PREFIX y: <y:y> PREFIX hg: <{shipped().ontology.prefixes['hg']}>"
    store = Store()
    store.update(f"{names} INSERT DATA {{ <x:s> <x:p> {' , '.join(objects.split())} }}")
    return store


def _refused(query: str) -> bool:
    try:
        refuse(query)
    except QueryError:
        return True
    return False


@pytest.mark.parametrize(("engines", "query"), ALL)
def test_no_spelling_reaches_a_listening_port(graph, port, engines, query):
    text = _addressed(query, port)
    for engine in engines:
        assert _reaches_out(engine, text, port), f"{engine} doesn't take it so; the row shows nothing"
    before = port.connections
    with pytest.raises(QueryError, match=r"^line \d+, column \d+: \w+ is refused"):
        run(graph, text)
    with pytest.raises(QueryError):
        _with_rdflib(text)
    assert port.connections == before


def _with_rdflib(query: str) -> list[object]:
    refuse(query)
    return list(rdflib.Dataset().query(query))


def test_there_are_sixty_spellings():
    assert len({query for _, query in ALL}) >= 60


HARMLESS = [
    "SELECT * { ?service hg:number ?n }",
    "SELECT * { ?s hg:number $service . ?service ?from ?load }",
    "SELECT * { ?s schema:service ?o }",
    "SELECT * { ?s schema:service ?o . { ?o ?p ?q } }",
    "SELECT * { ?s hg:from ?o ; hg:load ?p , ?q }",
    'SELECT * { ?s rdfs:label "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }" }',
    "SELECT * { ?s rdfs:label 'FROM <http://127.0.0.1:9/>' }",
    "SELECT * { ?s rdfs:label '''it's\nSERVICE <http://127.0.0.1:9/> {''' }",
    'SELECT * { ?s rdfs:label """a "quoted" LOAD <x> \\""" SERVICE ?x {""" }',
    'SELECT * { ?s rdfs:label "the \\"service\\" of the Ministry"@en }',
    "# SERVICE <http://127.0.0.1:9/> { }\nSELECT * { ?s ?p ?o } LIMIT 1",
    "SELECT * { ?s ?p ?o } LIMIT 1 # FROM <http://127.0.0.1:9/>",
    "SELECT * { ?s <http://example.org/service> ?o }",
    "SELECT * { ?s <http://example.org/a#SERVICE> ?o }",
    "SELECT * { ?s ?p <http://example.org/from> FILTER(?s < <http://example.org/load>) }",
    "PREFIX service: <http://example.org/service#> SELECT * { ?s service:a ?o }",
    "PREFIX from: <http://example.org/from#> SELECT * { ?s from:a ?o }",
    "PREFIX urn: <urn:from> PREFIX of: <urn:service> SELECT * { ?s of:a ?o }",
    "PREFIX load: <http://example.org/load/> SELECT * { ?s load:a ?o }",
    "PREFIX with: <http://example.org/> SELECT * { ?s with:add ?o ; with:move ?m }",
    "SELECT * { ?s hg:customerService ?o { ?o ?p ?q } }",
    "SELECT (COUNT(*) AS ?from) (1 < 2 AS ?load) { FILTER(1 < 2 && 3 > 2) }",
    "SELECT * { ?s ?p ?o FILTER(?o < 'service') FILTER(?o > 'from') }",
    "SELECT ('\\u0073ervice' AS ?x) {}",
]


@pytest.mark.parametrize("query", HARMLESS)
def test_the_words_alone_are_no_reason_to_refuse(graph, query):
    run(graph, query)


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        pytest.param("SELECT * {\n  SERVICE <u:u> { ?s ?p ?o } }", 2, 3, id="after a line"),
        pytest.param('SELECT * { ?s ?p "Sở Y tế" SERVICE <u:u> { ?s ?p ?o } }', 1, 28, id="letters, not bytes"),
        pytest.param("SELECT * { ?s ?p '\\u0041' \\u0053ERVICE <u:u> { } }", 1, 27, id="after and within an escape"),
        pytest.param("SELECT * { ?x ?y 5SERVICE <u:u> { } }", 1, 19, id="after a number"),
        pytest.param("PREFIX x: <x:x>\nSELECT *\nFROM x:y { }", 3, 1, id="FROM"),
        pytest.param("SELECT * {\n ?s schema:service ?o { } }", 2, 12, id="the end of a name"),
    ],
)
def test_a_refusal_names_line_and_column_of_the_users_own_text(query, line, column):
    with pytest.raises(QueryError, match=f"^line {line}, column {column}: "):
        refuse(query)


@pytest.mark.parametrize(
    "query", ["tell me of the service", "SELECT documents from Hà Nội", "SELECT * { 'no end", "\\", "'", "<", '"""', "SELECT * { ?s ?p \\u }"]
)
def test_what_is_no_query_is_told_by_line_and_column(graph, query):
    with pytest.raises(QueryError, match=r"^line \d+, column \d+: "):
        run(graph, query)


def test_prefixes_of_ours_can_be_followed_by_any_name(graph):
    assert [start for start in graph.prefixes.values() if re.search(r"[/#]\Z", start) is None] == []


# ---- whatever an engine takes for a call is refused

PIECES = [
    "SERVICE", "service", "SILENT", "SERVICESILENT", "<U>", "{ ?s ?p ?o }", "{", "}", "?e", "x:", "x:a", ":a", "y:SERVICE", "y:",
    "hg:SERVICE:a\\#", "x:a.b.SERVICE", "service:a", "\u0131", "\u017f", "a\xb7:b", "a\u0301:", "5", "5.", ".5e1", "-1", "true", "false",
    "a", "?x ?y", "?x ?y 1", ".", ";", ",", "'", '"', "'''", '"""', "''", "\\", "\\\\'", "\\'", "'a'", "'''a'", '"a"@en', "@en-a", "^^x:a",
    "<", ">", "<'>", "<x:y#", "<x:y>", "<=", "<<", "(", ")", "#", "# c\n", "# c\r", "\n", "\r", " ", "  ", "\\u0053ERVICE", "\\u000a",
    "\\u0027", "\\u0023", "FILTER(1<2)", "FILTER(1", "||", "&&", "VALUES ?v { ", "BIND(1 AS ?b)", "OPTIONAL", "UNION", "GRAPH", "MINUS",
    "FROM", "NAMED", "[]", "[ ?a ?b ]", "/", "//", "|", "{|", "|}", "!", "^", "*", "+", "-", "_:b", "%41", "=",
]  # fmt: skip
STARTS = ["", "PREFIX x: <U> ", "PREFIX x: <U> PREFIX : <U> PREFIX y: <http://h:80> PREFIX service: <U> ", "BASE <U> PREFIX a\u00b7: <U> PREFIX a\u0301: <U> "]
CALLS = ["SERVICE <U> { ?s ?p ?o }", "SERVICE<U>{}", "service silent x: { ?s ?p ?o }", "SERVICE :a {}", "SERVICE # c\r<U> {}", "SERVICE # c\n<U> {}"]
BEGINS = ["SELECT * { ", "SELECT * WHERE {", "ASK {", "SELECT * ", "CONSTRUCT { } WHERE { "]

CONTEXTS = [
    "", "{} ", "# ", "?x ?y ", "?x ?y 5", "?x ?y 'a'", "?x ?y x:a.b", "?x ?y y", "FILTER(1 ", "FILTER(1<", "VALUES ?v { ''", "VALUES ?v { '''a'",
]  # fmt: skip

QUERIES = st.builds(
    lambda start, begin, context, before, call, after, gap: start + begin + context + gap.join([*before, *call, *after]) + " }",
    st.sampled_from(STARTS),
    st.sampled_from(BEGINS),
    st.sampled_from(CONTEXTS),
    st.lists(st.sampled_from(PIECES), max_size=3),
    st.lists(st.sampled_from(CALLS), min_size=1, max_size=2),
    st.lists(st.sampled_from(PIECES), max_size=2),
    st.sampled_from(["", " "]),
)


@pytest.mark.parametrize("engine", ["O", "R"])
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(query=QUERIES)
def test_a_query_that_reaches_out_is_refused(port, engine, query):
    text = _addressed(query, port)
    if not _refused(text):
        assert not _reaches_out(engine, text, port), text

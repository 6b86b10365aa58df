"""A query in a process of its own: its answer, its limits, its end; and nothing of it left running."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from graph.cli import main
from graph.errors import QueryError, RegisterError
from graph.query import named, worker
from graph.query.sparql import Rows, Triples, answer, run
from graph.query.worker import Limits, within
from graph.registers.data import shipped

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?b != ?k) }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a"

linux = pytest.mark.skipif(sys.platform != "linux", reason="the system tells what a process takes, and whose child it is")


@pytest.fixture(autouse=True)
def _nothing_left_running():
    yield
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s hg:number ?n ; hg:issuedBy ?i OPTIONAL { ?s hg:none ?none } } ORDER BY ?n ?i",
        "SELECT (1 AS ?a) ('x'@vi AS ?b) ('2024'^^xsd:gYear AS ?c) (BNODE('b') AS ?d) {}",
        "CONSTRUCT WHERE { ?s hg:number ?n }",
        "CONSTRUCT { _:b hg:number ?n } WHERE { ?s hg:number ?n }",
        "ASK { ?s hg:number ?n }",
    ],
)
def test_a_worker_gives_the_same_answer(graph, query):
    found, wanted = answer(graph, query, Limits()), run(graph, query)
    if "_:b" in query or "BNODE" in query:  # whose labels are made anew each time
        assert type(found) is type(wanted)
    else:
        assert found == wanted


def _there_and_back(value):
    return pickle.loads(pickle.dumps(value))  # noqa: S301 — its own


def test_terms_of_every_kind_come_back_as_they_were():
    terms = [
        NamedNode("x:x"), BlankNode("b"), Literal("a"), Literal("a", language="vi"), Literal("01", datatype=NamedNode("x:int")), None,
        Literal("a", language="ar", direction=BaseDirection.RTL), Triple(NamedNode("x:x"), NamedNode("x:x"), Literal("a")),
    ]  # fmt: skip
    rows = Rows(tuple("abcdefgh"), (tuple(terms),))
    assert _there_and_back(rows) == rows
    triples = Triples(
        (Triple(NamedNode("x:x"), NamedNode("x:x"), Literal("a\n", language="vi")), Triple(BlankNode("b"), NamedNode("x:x"), NamedNode("x:y"))), {"x": "x:"}
    )
    assert _there_and_back(triples) == triples


def test_where_a_process_can_not_be_copied_it_gets_its_graph_anew(graph, monkeypatch):
    monkeypatch.setattr(worker, "_CONTEXT", multiprocessing.get_context("spawn"))
    query = "SELECT ?n { ?d hg:number ?n } ORDER BY ?n"
    assert answer(graph, query, Limits()) == run(graph, query)
    values = {"directive": "25-CT/TW"}
    chosen = named.query(shipped(), "plans-of-directive")
    assert within(Limits(), partial(named.ask, graph, chosen, values)) == named.ask(graph, chosen, values)


def test_an_error_of_the_query_comes_back_as_such(graph):
    with pytest.raises(QueryError, match=r"^line 1, column 12: SERVICE is refused"):
        answer(graph, "SELECT * { SERVICE <x:x> {} }", Limits())
    with pytest.raises(QueryError, match=r"^line 1, column 1: "):
        answer(graph, "SELEKT", Limits())


def _fails(error: Exception) -> None:
    raise error


def test_other_errors_come_back_too():
    with pytest.raises(QueryError, match="file, row: reason"):
        within(Limits(), partial(_fails, RegisterError("file", "row", "reason")))
    with pytest.raises(ZeroDivisionError):
        within(Limits(), partial(_fails, ZeroDivisionError()))


# ---- limits


def test_a_query_is_stopped_when_its_time_is_over(graph):
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"^stopped after 1 seconds"):
        answer(graph, ENDLESS, Limits(seconds=1))
    assert time.monotonic() - started < 30


def test_more_rows_than_allowed_are_an_error_and_no_part_of_an_answer(graph):
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with pytest.raises(QueryError, match=r"more than 5 rows.*--max-rows"):
            answer(graph, query, Limits(rows=5))
    assert len(answer(graph, "SELECT * { ?s ?p ?o } LIMIT 5", Limits(rows=5)).rows) == 5


@linux
def test_a_query_that_fills_the_memory_is_stopped(graph):
    with pytest.raises(QueryError, match=r"more than 60 MB of memory.*--max-memory"):
        answer(graph, LARGE, Limits(memory=60, rows=10**9))


@linux
def test_memory_that_the_interpreter_asks_for_counts_too():
    with pytest.raises(QueryError, match="more than 60 MB of memory"):
        within(Limits(memory=60), partial(bytearray, 200_000_000))


def test_a_query_that_breaks_the_engine_is_one_line(graph):
    with pytest.raises(QueryError, match=r"^the engine broke down over this query"):
        answer(graph, f"SELECT * {{ FILTER({'(' * 50_000}1{')' * 50_000}) }}", Limits())


@linux
def test_a_worker_that_the_system_kills_is_one_line():
    with pytest.raises(QueryError, match=r"^stopped by the system"):
        within(Limits(), _killed)


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@linux
def test_an_answer_that_is_cut_off_is_none():
    with pytest.raises(QueryError, match=r"^stopped after 1 seconds"):
        within(Limits(seconds=1), _Slow)


class _Slow:
    """A value that takes longer to send than there is time."""

    def __reduce__(self) -> tuple[type[_Slow], tuple[()]]:
        time.sleep(60)
        return _Slow, ()


def test_no_process_to_be_had_is_one_line(monkeypatch):
    def no_more(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(worker._CONTEXT.Process, "start", no_more)
    with pytest.raises(QueryError, match=r"^no process can be started for it \(Resource temporarily unavailable\)"):
        within(Limits(), int)


# ---- no way out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of open files")
def test_a_sealed_worker_opens_no_connection_and_no_file(graph, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = server.getsockname()
        for task in (
            partial(socket.create_connection, address),
            partial(graph.store.query, f"ASK {{ SERVICE <http://127.0.0.1:{address[1]}/> {{ ?s ?p ?o }} }}"),
            partial((tmp_path / "file").write_bytes, b""),
        ):
            with pytest.raises(OSError, match=r"[Tt]oo many open files|os error 24"):
                within(Limits(), task, sealed=True)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert list(tmp_path.iterdir()) == []


# ---- the commands


@pytest.mark.parametrize("options", [["--timeout", "1"], ["--timeout", "1", "--json"], ["--timeout", "1", "--csv"]], ids=" ".join)
def test_sparql_stops_with_one_line(folder, options):
    done = CliRunner().invoke(main, ["sparql", "-", "--graph", str(folder), *options], input=ENDLESS)
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "stopped after 1 seconds" in done.stderr
    assert "--timeout" in done.stderr


@linux
@pytest.mark.parametrize("command", [["query", "plans-of-directive", "--param", "directive=25-CT/TW", "--timeout", "1"]])
def test_a_named_query_stops_with_one_line(folder, monkeypatch, command):
    monkeypatch.setattr(named, "ask", lambda *_: time.sleep(60))
    done = CliRunner().invoke(main, [*command, "--graph", str(folder)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "stopped after 1 seconds" in done.stderr


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "1e9", "99999999"])
def test_a_time_that_is_none_is_refused(folder, value):
    done = CliRunner().invoke(main, ["sparql", "-", "--graph", str(folder), "--timeout", value], input="ASK {}")
    assert done.exit_code == 2
    assert "--timeout" in done.stderr


@pytest.fixture
def running(folder):
    """`govgraph sparql` over a query without end, in a session of its own as in a terminal, and its worker's process id."""
    command = [sys.executable, "-m", "graph", "sparql", "-", "--graph", str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, start_new_session=True, cwd=Path(__file__).parents[2], **pipes) as process:
        process.stdin.write(ENDLESS.encode())
        process.stdin.close()
        process.stdin = None
        child = _wait_for(lambda: next(iter(_children(process.pid)), None))
        time.sleep(0.3)  # the query runs
        yield process, child
        process.kill()


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _wait_for(look, seconds=30.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    pytest.fail("waited in vain")


def _gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@linux
def test_ctrl_c_ends_a_query_at_once_and_leaves_nothing_running(running):
    process, child = running
    started = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - started < 10
    assert (process.returncode, out) == (130, b"")
    assert err.decode().count("\n") <= 1
    assert _gone(child)


@linux
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_a_worker_does_not_outlive_its_parent(running, sign):
    process, child = running
    process.send_signal(sign)
    process.wait(timeout=30)
    assert _wait_for(lambda: _gone(child), 10)

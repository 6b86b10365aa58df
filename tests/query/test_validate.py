"""The checks pass on a sound graph, and each finds what it is there for."""

from __future__ import annotations

import ladders
import pytest

from graph.query.agreement import disagreements
from graph.query.built import BuiltGraph
from graph.query.shacl import violations
from graph.query.soundness import Soundness
from graph.query.validate import GROUPS, validate

HG = "https://w3id.org/vn-health-governance/ontology#"
ID = "https://example.org/id/"


def test_a_sound_graph_passes_every_check(graph):
    seen: list[str] = []
    done = validate(graph, progress=seen.append)
    assert [(c.group, c.findings) for c in done] == [(group, ()) for group in GROUPS]
    assert tuple(seen) == GROUPS


@pytest.fixture
def out(tmp_path):
    return ladders.write(ladders.ladders(), tmp_path / "out")


def _planted(tmp_path, *facts) -> Soundness:
    return Soundness(BuiltGraph.open(ladders.write(ladders.ladders(facts), tmp_path / "out")))


def _changed(folder, drop: str = "\0", add: str = "") -> BuiltGraph:
    """The graph without the triples that hold a text, and with more."""
    path = folder / "graph.nt"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if drop not in line]
    path.write_text("".join(lines) + add, encoding="utf-8")
    return BuiltGraph.open(folder)


def test_an_edge_without_statement_is_found(out):
    edge = f"<{ID}directive/9-KH-SYT/2024> <{HG}implements> <{ID}directive/25-CT-TW/2023> .\n"
    (finding,) = Soundness(_changed(out, add=edge)).edges()
    assert (finding.check, finding.where) == ("edge", f"{ID}directive/9-KH-SYT/2024")


def test_a_statement_without_edge_is_found_but_not_one_that_nobody_checked(out):
    (finding,) = Soundness(_changed(out, drop=f"{HG}signedBy> <{ID}")).edges()
    assert (finding.check, dict(finding.values)["predicate"]) == ("statement", "signedBy")


def test_a_changed_text_is_found(out):
    path = out / "texts" / "bao-a.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("hội nghị", "cuộc họp"), encoding="utf-8")
    checks = {f.check for f in Soundness(BuiltGraph.open(out)).quotes()}
    assert checks == {"hash", "quote"}


def test_a_missing_text_is_found(out):
    (out / "texts" / "bao-b.txt").unlink()
    assert {(f.check, f.where) for f in Soundness(BuiltGraph.open(out)).quotes()} == {("text", "bao-b.txt")}


def test_an_empty_quote_is_found(out):
    graph = _changed(out, drop='"Hội nghị họp tại Bắc Kạn."')
    assert [f.check for f in Soundness(graph).quotes()] == ["quote"]


def test_a_cycle_is_named_once_with_its_way(tmp_path):
    sound = _planted(tmp_path, (ladders.B, ladders.NEW, "implements", ladders.PLAN, "Chỉ thị thực hiện kế hoạch."))
    (finding,) = sound.cycles()
    assert dict(finding.values)["path"] == "Kế hoạch 135/KH-UBND → Chương trình 52-CTr/TU → Chỉ thị 25-CT/TW → Kế hoạch 135/KH-UBND"


def test_a_document_that_carries_itself_out_is_a_cycle(tmp_path):
    assert len(list(_planted(tmp_path, (ladders.B, ladders.LONE, "implements", ladders.LONE, "Kế hoạch thực hiện chính nó.")).cycles())) == 1


def test_a_plan_before_its_directive_is_found_with_the_days(tmp_path):
    (finding,) = _planted(tmp_path, (ladders.B, ladders.PLAN, "implements", ladders.LONE, "Kế hoạch số 135/KH-UBND thực hiện Kế hoạch số 9/KH-SYT.")).days()
    assert dict(finding.values) == {"days": "18", "document": "Kế hoạch 135/KH-UBND", "superior": "Kế hoạch 9/KH-SYT"}


def test_a_higher_body_that_carries_out_a_lower_ones_document_is_found(tmp_path):
    (finding,) = _planted(
        tmp_path, (ladders.B, ladders.DECISION, "implements", ladders.LONE, "Quyết định số 281/QĐ-TTg thực hiện Kế hoạch số 9/KH-SYT.")
    ).ranks()
    assert dict(finding.values) == {"document": "Quyết định 281/QĐ-TTg", "superior": "Kế hoạch 9/KH-SYT"}


@pytest.mark.parametrize("name", ["graph.ttl", "graph.jsonld", "graph.graphml", "graph.gexf", "facts.jsonl"])
def test_a_file_that_says_something_else_is_found(out, name):
    path = out / name
    text = path.read_text(encoding="utf-8")
    assert "135-KH-UBND" in text
    path.write_text(text.replace("directive/135-KH-UBND", "directive/136-KH-UBND"), encoding="utf-8")
    (finding,) = disagreements(BuiltGraph.open(out))
    assert (finding.check, finding.where) == ("files", name)


@pytest.mark.parametrize("name", ["graph.ttl", "graph.jsonld", "graph.graphml", "graph.gexf", "facts.jsonl"])
def test_a_file_that_breaks_off_is_found(out, name):
    path = out / name
    path.write_bytes(path.read_bytes()[:-40])
    assert [(f.check, f.where) for f in disagreements(BuiltGraph.open(out))] in ([("unreadable", name)], [("files", name)])


def test_files_that_a_build_left_out_are_no_finding(out):
    for name in ("graph.ttl", "graph.jsonld", "graph.graphml", "graph.gexf", "facts.jsonl"):
        (out / name).unlink()
    assert list(disagreements(BuiltGraph.open(out))) == []


XSD = "http://www.w3.org/2001/XMLSchema#"
PLAN = f"<{ID}directive/135-KH-UBND/2024>"


@pytest.mark.parametrize(
    ("drop", "add", "path"),
    [
        pytest.param('"Kế hoạch số 9/KH-SYT"@vi', "", "rdfs:label", id="a thing without label"),
        pytest.param("\0", f'{PLAN} <{HG}number> "136/KH-UBND" .\n', "hg:number", id="two numbers"),
        pytest.param("\0", f'{PLAN} <{HG}issuedOn> "14/5/2024" .\n', "hg:issuedOn", id="a date that is no date"),
        pytest.param("\0", f"{PLAN} <{HG}implements> <{ID}official/le-van-an> .\n", "hg:implements", id="a plan that carries out a person"),
        pytest.param("\0", f"<{ID}official/le-van-an> <{HG}implements> {PLAN} .\n", "", id="a person who carries out a plan as documents do"),
        pytest.param(f'{HG}confidence> "0.95"', "", "hg:confidence", id="statements without confidence"),
        pytest.param("\0", f'<{ID}statement/00000000000000000003> <{HG}registerRow> "x.csv:1" .\n', "", id="a statement of source and register at once"),
        pytest.param(f"{HG}evidence>", "", "hg:evidence", id="statements without passage"),
        pytest.param("\0", f"<{ID}statement/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <{HG}loves> .\n", "", id="a relation of no list"),
        pytest.param(f"{HG}sha256>", "", "hg:sha256", id="sources without digest"),
        pytest.param("\0", f'{PLAN} <{HG}verified> "false"^^<{XSD}boolean> .\n', "rdf:predicate", id="doubt of a thing in place of its row"),
        pytest.param("\0", f'{PLAN} <{HG}rowVerified> "true"^^<{XSD}boolean> .\n', "hg:registerRow", id="a checked row that is not named"),
    ],
)
def test_what_breaks_a_shape_is_found(out, drop, add, path):
    found = list(violations(_changed(out, drop, add)))
    assert found
    assert {dict(f.values)["path"] for f in found} == {path}
    assert all(f.where and dict(f.values)["message"] for f in found)

"""A build from Python writes what the command writes, and names what it couldn't read."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import graph as front
from graph.cli import main

TEXT = "Hội nghị triển khai\n\nSở Y tế tỉnh Lào Cai ban hành Kế hoạch số 12/KH-SYT ngày 3/4/2024 thực hiện Chỉ thị số 25-CT/TW.\n"


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\xff\xfe\xfa")
    return folder


def test_the_same_bytes_as_the_command(texts, tmp_path):
    ledger = tmp_path / "none.jsonl"
    front.build(texts, tmp_path / "ours", exports=("facts", "nt"), ledger=ledger)
    command = ["build", "--input", str(texts), "--out", str(tmp_path / "theirs"), "--exports", "facts,nt", "--ledger", str(ledger), "--no-cache"]
    assert CliRunner().invoke(main, command).exit_code == 0
    for name in ("facts.jsonl", "graph.nt", "build.json"):
        ours, theirs = ((tmp_path / out / name).read_bytes() for out in ("ours", "theirs"))
        assert ours == theirs or name == "build.json"


def test_what_was_not_read_is_named(texts, tmp_path):
    built = front.build([str(texts)], str(tmp_path / "out"), exports=["nt"], ledger=tmp_path / "none.jsonl")
    assert built.sources == ("a.txt",)
    assert [s.source for s in built.skipped] == ["b.txt"]
    assert built.graph.trace("25-CT/TW")[0].hops[0].document.number == "12/KH-SYT"


def test_nothing_to_read_stops_the_build(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(front.BuildError, match="no source to read"):
        front.build(tmp_path / "empty", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_output_that_is_none_is_refused_before_reading(texts, tmp_path):
    with pytest.raises(front.BuildError, match="choose from facts"):
        front.build(texts, tmp_path / "out", exports=["pdf"])


def test_a_graph_without_its_triples_says_how_to_get_them(texts, tmp_path):
    built = front.build(texts, tmp_path / "out", exports="facts", ledger=tmp_path / "none.jsonl")
    with pytest.raises(front.QueryError, match="nt among its --exports"):
        _ = built.graph

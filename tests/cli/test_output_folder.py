"""Every command that reads a built graph refuses one that isn't as it was built, and none writes where a build would take it away."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from graph.cli import main
from graph.output.kept import Kept

TEXT = """Sở Y tế tỉnh Lào Cai triển khai kế hoạch

Ngày 3/4/2024, Sở Y tế tỉnh Lào Cai ban hành Kế hoạch số 77/KH-SYT thực hiện Chỉ thị số 99-CT/TW của Ban Bí thư.
"""
READERS = {
    "trace": ["99-CT/TW"],
    "who": ["An"],
    "meetings": [],
    "stats": [],
    "query": ["awards"],
    "sparql": ["SELECT * { ?s ?p ?o } LIMIT 1"],
    "validate": [],
    "coverage": [],
    "ask": ["ai ký 77/KH-SYT"],
    "path": ["77/KH-SYT", "99-CT/TW"],
    "review": [],
    "evaluate": ["--gold", "tests/gold"],
    "map": [],
}


def _run(*words: str | Path) -> Result:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def _one_line(done: Result, *words: str) -> None:
    assert done.exit_code == 2, done.output
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    for word in words:
        assert word in done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    assert _run("build", "--input", folder / "in", "--out", folder / "out", "--no-cache", "--ledger", folder / "none").exit_code == 0
    return folder


@pytest.fixture
def kept(built, tmp_path) -> Path:
    shutil.copytree(built, tmp_path / "kept")
    return tmp_path / "kept"


def test_every_command_that_reads_a_graph_is_tried_here():
    assert set(READERS) == {name for name, command in main.commands.items() if any("--graph" in p.opts for p in command.params if isinstance(p, click.Option))}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("kept_bytes", [0, 1000])
def test_a_file_that_breaks_off_is_answered_by_no_command(kept, root, monkeypatch, name, kept_bytes):
    monkeypatch.chdir(root)
    read = {"evaluate": "facts.jsonl", "map": "texts/a.txt"}.get(name, "graph.nt")
    path = kept / "out" / read
    os.truncate(path, min(kept_bytes, path.stat().st_size - 1))
    _one_line(_run(name, *READERS[name], "--graph", kept / "out"), read, "build it again")


def test_a_broken_side_is_compared_by_neither_diff_nor_since(kept):
    shutil.copytree(kept / "out", kept / "new")
    os.truncate(kept / "out" / "graph.nt", 10)
    os.truncate(kept / "out" / "coverage.csv", 10)
    _one_line(_run("diff", kept / "out", kept / "new"), "graph.nt")
    _one_line(_run("diff", kept / "new", kept / "out"), "graph.nt")
    _one_line(_run("build", "--input", kept / "in", "--out", kept / "new", "--since", kept / "out", "--no-cache"), "--since", "coverage.csv")


@pytest.mark.parametrize("name", [*READERS, "diff"])
def test_an_output_that_a_killed_build_moved_aside_is_brought_back_by_every_command(kept, root, monkeypatch, name):
    monkeypatch.chdir(root)
    aside = kept / ".out.building-0123456789abcdef"
    aside.mkdir()
    (aside / "govgraph.lock").touch()
    (kept / "out").rename(aside / "old")
    words = [kept / "out", kept / "out"] if name == "diff" else [*READERS[name], "--graph", kept / "out"]
    assert "govgraph build" not in _run(name, *words).stderr
    assert list(Kept(kept / "out").changed()) == []


def test_a_text_of_another_size_is_named_and_not_counted_in(kept):
    (kept / "out" / "texts" / "a.txt").write_text("x", encoding="utf-8")
    done = _run("trace", "99-CT/TW", "--graph", kept / "out")
    _one_line(done, "a.txt")


def test_validate_names_what_was_changed_and_what_is_gone(kept):
    out = kept / "out"
    for name in ("graph.ttl", "nodes.csv", "texts/a.txt"):
        data = (out / name).read_bytes()
        (out / name).write_bytes(data.replace("Lào".encode(), b"Lao "))
    (out / "scoreboard.html").unlink()
    (out / "report.md").write_text("another run", encoding="utf-8")
    done = _run("validate", "--graph", out, "--skip", "shapes", "--csv")
    assert done.exit_code == 1
    found = [line.split(",")[:2] for line in done.stdout.splitlines()]
    assert [row for row in found if row[0] in ("changed", "gone")] == [
        ["changed", "graph.ttl"], ["changed", "nodes.csv"], ["changed", "texts/a.txt"], ["gone", "scoreboard.html"],
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["../build.json", "../../in/a.txt"])
def test_a_graph_that_names_a_source_outside_shows_nothing_of_it(kept, source):
    path = kept / "out" / "graph.nt"
    path.write_text(path.read_text(encoding="utf-8").replace('"a.txt"', f'"{source}"'), encoding="utf-8")
    (kept / "out" / "build.json").unlink()  # whoever changes the graph can do that
    _one_line(_run("trace", "99-CT/TW", "--graph", kept / "out"), "outside of texts/")
    done = _run("validate", "--graph", kept / "out", "--skip", "shapes", "--skip", "files", "--csv")
    assert done.exit_code == 1
    assert f"text,{source}" in done.stdout


@pytest.mark.parametrize("option", ["--ledger", "--cache"])
@pytest.mark.parametrize("place", ["out/kept.file", "out/../out/more/kept.file", "out"])
def test_nothing_of_a_person_may_lie_in_the_output_folder(kept, option, place):
    done = _run("build", "--input", kept / "in", "--out", kept / "out", option, kept / place)
    _one_line(done, option, "lies in the output folder", "beside that folder")
    assert list(Kept(kept / "out").changed()) == []


def test_no_input_is_taken_from_the_folder_that_is_replaced(kept):
    for place in ("out", "out/texts", "out/texts/a.txt"):
        _one_line(_run("build", "--input", kept / place, "--out", kept / "out", "--no-cache"), "--input", "lies in the output folder")
    assert list(Kept(kept / "out").changed()) == []


def test_a_folder_of_texts_is_no_output_folder(kept):
    _one_line(_run("build", "--input", kept / "in", "--out", kept / "in", "--no-cache"), "lies in the output folder")
    _one_line(_run("build", "--input", kept / "in" / "a.txt", "--out", kept, "--no-cache"), "lies in the output folder")
    assert (kept / "in" / "a.txt").is_file()


def test_no_answer_is_kept_where_a_build_would_take_it_away(kept):
    words = ["review", "--unsure", "official/a", "official/b", "--who", "Lan", "--why", "x", "--graph", kept / "out", "--ledger"]
    _one_line(_run(*words, kept / "out" / "judgements.jsonl"), "lies in the output folder")
    assert not (kept / "out" / "judgements.jsonl").exists()


@pytest.mark.parametrize("name", ["map-en.html", "graph.nt", "build.json", "texts/graph.html"])
def test_a_map_overwrites_nothing_of_the_graph_and_adds_nothing_to_it(kept, name):
    _one_line(_run("map", "--graph", kept / "out", "--output", kept / "out" / name), "--output", "graph.html")
    assert list(Kept(kept / "out").changed()) == []
    assert name in ("graph.nt", "build.json") or not (kept / "out" / name).exists()


def test_a_map_is_made_of_the_texts_of_the_build_alone(kept):
    (kept / "out" / "texts" / "note.txt").write_text(TEXT.replace("77", "78"), encoding="utf-8")
    assert _run("map", "--graph", kept / "out", "--output", kept / "page.html").exit_code == 0
    assert "78/KH-SYT" not in (kept / "page.html").read_text(encoding="utf-8")


def test_a_refused_folder_is_told_before_the_first_source_is_read(kept):
    (kept / "out" / "notes.txt").touch()
    _one_line(_run("build", "--input", kept / "nowhere", "--out", kept / "out", "--no-cache"), "notes.txt")

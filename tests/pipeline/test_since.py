"""What changed since an earlier build: cells that came, went or got another state; and what is said of a folder that is no build."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from graph.cli import main

ROOT = "Ngày 25/10/2023, Ban Bí thư ban hành Chỉ thị số 25-CT/TW."
PROGRAMME = "Ban Thường vụ Tỉnh ủy Lào Cai ban hành Chương trình số 9-CTr/TU ngày 15/02/2024 thực hiện Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư."
PLAN = "UBND tỉnh Lào Cai ban hành Kế hoạch số 77/KH-UBND ngày 03/4/2024 thực hiện Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư."


def _text(*sentences: str) -> str:
    return "Lào Cai triển khai chỉ thị\n\nLào Cai, ngày 05/4/2024.\n\n" + " ".join(sentences) + "\n"


def _build(folder, out, *more):
    return CliRunner().invoke(main, ["build", "--input", str(folder), "--out", str(out), "--no-cache", "--exports", "coverage,scoreboard", *map(str, more)])


@pytest.fixture
def old(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(_text(ROOT, PROGRAMME), encoding="utf-8")
    assert _build(tmp_path / "in", tmp_path / "old").exit_code == 0
    return tmp_path / "old"


def _changes(out):
    rest = json.loads(re.search(r'id="gg-rest">(.*?)</script>', (out / "scoreboard.html").read_text(encoding="utf-8"), re.DOTALL)[1])
    if "changes" not in rest:
        return None
    return [(rest["docs"][c["d"]]["no"], rest["units"][c["u"]]["n"], c["a"], c["b"]) for c in rest["changes"]]


def test_a_plan_that_came_is_a_change_from_the_state_before(old, tmp_path):
    (tmp_path / "in" / "b.txt").write_text(_text(PLAN), encoding="utf-8")
    assert _build(tmp_path / "in", tmp_path / "new", "--since", old).exit_code == 0
    assert _changes(tmp_path / "new") == [("25-CT/TW", "Lào Cai", "party", "plan")]


def test_a_build_can_be_compared_with_the_one_that_it_replaces(old, tmp_path):
    (tmp_path / "in" / "b.txt").write_text(_text(PLAN), encoding="utf-8")
    assert _build(tmp_path / "in", old, "--since", old).exit_code == 0
    assert _changes(old) == [("25-CT/TW", "Lào Cai", "party", "plan")]


def test_the_same_sources_give_no_change_under_another_base_too(old, tmp_path):
    assert _build(tmp_path / "in", tmp_path / "new", "--since", old, "--base", "https://example.org/id/").exit_code == 0
    assert _changes(tmp_path / "new") == []


def test_without_an_earlier_build_the_page_says_nothing_of_changes(old):
    assert _changes(old) is None


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(lambda old: (old / "build.json").unlink(), "no build here", id="a folder that no build wrote"),
        pytest.param(lambda old: (old / "coverage.csv").unlink(), "coverage.csv: is missing", id="a build without the table"),
        pytest.param(lambda old: (old / "build.json").write_text("{"), "is broken", id="a broken mark"),
        pytest.param(lambda old: (old / "coverage.csv").write_bytes(b"\xff\xfe\x00"), "broken or changed", id="a table that is no text"),
        pytest.param(lambda old: (old / "coverage.csv").write_text("a,b\n1,2\n"), "broken or changed", id="a table of something else"),
    ],
)
def test_what_is_no_earlier_build_is_one_line_and_nothing_is_written(old, tmp_path, spoil, words):
    spoil(old)
    done = _build(tmp_path / "in", tmp_path / "new", "--since", old)
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr
    assert not (tmp_path / "new").exists()

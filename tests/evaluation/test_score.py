"""Scoring: what counts as the same fact, what as an error, and what the program says of each."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.errors import SourceError
from graph.evaluation.compare import Comparer
from graph.evaluation.facts import read_gold
from graph.registers.data import shipped


@pytest.fixture(scope="module")
def comparer() -> Comparer:
    return Comparer(shipped().registers)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("UBND tỉnh Lào Cai", "Ủy ban nhân dân tỉnh Lào Cai", True),
        ("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh Lào Cai", True),
        ("Ủy ban nhân dân tỉnh Lào Cai", "Ủy ban nhân dân tỉnh Yên Bái", False),
        ("Văn phòng", "Văn phòng Chính phủ", False),
        ("Cục Quản lý Dược", "Cục Quản lý Dược Bộ Y tế", True),
        ("Sở Y tế Lào Cai", "Sở Tài chính Lào Cai", False),
    ],
)
def test_bodies(comparer, a, b, same):
    assert comparer.agency(a, b) is same
    assert comparer.agency(b, a) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("05/KH-UBND", "5/KH-UBND", True),
        ("25-CT/TƯ", "25-CT/TW", True),
        ("135/KH-UBND", "136/KH-UBND", False),
        ("135/KH-UBND", "Kế hoạch 135", False),
        ("Luật Đầu tư", "Luật Đầu tư công", False),
        ("Luật Đầu tư năm 2020", "Luật Đầu tư", True),
        ("Nghị quyết Đại hội XIII của Đảng", "Nghị quyết Đại hội lần thứ XIII của Đảng", True),
        ("Nghị quyết Đại hội XIII của Đảng", "Nghị quyết Đại hội XII của Đảng", False),
        ("Kế hoạch phòng, chống lao năm 2025", "Đề án phòng, chống lao năm 2025", False),
    ],
)
def test_documents(comparer, a, b, same):
    assert comparer.directive(a, b) is same
    assert comparer.directive(b, a) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Giám đốc|Sở Y tế Lào Cai", "Giám đốc Sở Y tế|Lào Cai", True),
        ("Phó Ban|Ban Dân vận Tỉnh ủy", "Phó Trưởng ban|Ban Dân vận Tỉnh ủy", True),
        ("Giám đốc|Sở Y tế Lào Cai", "Phó Giám đốc|Sở Y tế Lào Cai", False),
        ("Giám đốc|Sở Y tế Lào Cai", "Giám đốc|Sở Y tế Yên Bái", False),
    ],
)
def test_posts(comparer, a, b, same):
    assert comparer.post(a, b) is same
    assert comparer.post(b, a) is same


TEXT = """Lào Cai họp về y tế cơ sở

Sáng 3/4/2024, Sở Y tế tỉnh Lào Cai tổ chức hội nghị triển khai Kế hoạch số 77/KH-UBND. Bà Phạm Thị Mây, Giám đốc Sở Y tế tỉnh Lào Cai, chủ trì hội nghị.
"""
GOLD = {
    "doc": "a", "province": "Lào Cai", "officials": ["Phạm Thị Mây", "Trần Văn Sót"],
    "directives": [{"key": "77/KH-UBND", "type": "Kế hoạch"}],
    "meetings": [{"id": "m1", "date": "2024-04-03", "province": "Lào Cai"}],
    "posts": [["Phạm Thị Mây", "Giám đốc", "Sở Y tế tỉnh Lào Cai"]],
    "relations": [["chaired", "Phạm Thị Mây", "m1"], ["organized", "Sở Y tế tỉnh Lào Cai", "m1"], ["discusses", "m1", "77/KH-UBND"]],
    "never": ["Phạm Thị Mây"],
}  # fmt: skip


@pytest.fixture
def built(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(GOLD), encoding="utf-8")
    done = CliRunner().invoke(main, ["build", "--input", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--exports", "facts", "--no-cache"])
    assert done.exit_code == 0, done.output
    return tmp_path


def test_a_miss_shows_its_sentence_and_a_leak_is_told(built):
    done = CliRunner().invoke(main, ["evaluate", "--gold", str(built / "gold"), "--graph", str(built / "out"), "--json"])
    assert done.exit_code == 1
    answer = json.loads(done.stdout)
    kinds = {row["kind"]: row for row in answer["kinds"]}
    assert (kinds["official"]["right"], kinds["official"]["missed"]) == (1, 1)
    assert kinds["chaired"]["right"] == kinds["organized"]["right"] == kinds["discusses"]["right"] == kinds["heldOn"]["right"] == 1
    assert kinds["province"]["right"] >= 2
    told = [(e["what"], e["fact"]) for e in answer["errors"]]
    assert ("missed", "official: Trần Văn Sót") in told
    assert ("leaked", "Phạm Thị Mây") in told


def test_all_right_exits_with_0(built):
    (built / "gold" / "a.json").write_text(json.dumps(GOLD | {"officials": ["Phạm Thị Mây"], "never": []}), encoding="utf-8")
    done = CliRunner().invoke(main, ["evaluate", "--gold", str(built / "gold"), "--graph", str(built / "out")])
    assert done.exit_code == 0, done.output
    assert "CORE" in done.stdout


@pytest.mark.parametrize("content", ["{", "[]", '{"doc": "a"}', '{"doc": "a", "officials": [3], "directives": [], "meetings": [], "relations": []}'])
def test_broken_gold_is_an_error_of_one_line(built, content):
    (built / "gold" / "a.json").write_text(content, encoding="utf-8")
    done = CliRunner().invoke(main, ["evaluate", "--gold", str(built / "gold"), "--graph", str(built / "out")])
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert "a.json" in done.stderr


def test_a_folder_without_gold_is_an_error(tmp_path):
    with pytest.raises(SourceError, match="no gold"):
        read_gold(tmp_path, shipped().ontology.relations)


@pytest.mark.shared
@pytest.mark.parametrize(("texts", "gold"), [("seeds", "gold/seeds"), ("corpus/dev", "gold/dev")])
def test_the_figures_agree_with_the_scorer_of_the_annotators(shared, tmp_path, texts, gold):
    out = tmp_path / "out"
    assert CliRunner().invoke(main, ["build", "--input", str(shared / texts), "--out", str(out), "--exports", "facts", "--no-cache"]).exit_code == 0
    ours = {
        row["kind"]: row
        for row in json.loads(CliRunner().invoke(main, ["evaluate", "--gold", str(shared / gold), "--graph", str(out), "--json"]).stdout)["kinds"]
    }
    done = subprocess.run(
        [sys.executable, str(shared / "eval" / "score.py"), str(out / "facts.jsonl"), str(shared / gold), "--json"], capture_output=True, check=True, text=True
    )
    theirs = json.loads(done.stdout)
    for kind, key in (("CORE", "core"), ("ALL", "all")):
        assert abs(ours[kind]["f1"] - theirs[key]["f1"]) < 0.004

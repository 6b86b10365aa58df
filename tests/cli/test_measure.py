"""`explain` shows each mention and fact beside its sentence, with the rule that found it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from graph.cli import main

TEXT = """Lào Cai họp về y tế cơ sở

Sáng 3/4/2024, Sở Y tế tỉnh Lào Cai tổ chức hội nghị triển khai Kế hoạch số 77/KH-UBND.

Bà Phạm Thị Mây, Giám đốc Sở Y tế tỉnh Lào Cai, chủ trì hội nghị.
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_zones_mentions_and_rules_are_shown(file):
    done = CliRunner().invoke(main, ["explain", str(file)])
    assert done.exit_code == 0, done.output
    parts = (
        "[headline]",
        "[lead]",
        "” = Phạm Thị Mây  [person]",
        "chaired: Phạm Thị Mây →",
        "[chaired 0,96]",
        "“3/4/2024” = 2024-04-03",
        "“Kế hoạch số 77/KH-UBND”",
    )
    for part in parts:
        assert part in done.stdout, part
    lines = done.stdout.splitlines()
    chair = next(i for i, line in enumerate(lines) if "chaired:" in line)
    assert any("chủ trì hội nghị" in line for line in lines[chair - 8 : chair]), "a fact stands below its sentence"


def test_rows_carry_offsets_into_the_text(file):
    rows = json.loads(CliRunner().invoke(main, ["explain", str(file), "--json"]).stdout)
    assert {row["what"] for row in rows} >= {"Official", "Agency", "Directive", "Meeting", "date", "chaired", "organized", "heldOn"}
    for row in rows:
        assert TEXT[row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize("name", ["missing.txt", "a.pdf"])
def test_what_cannot_be_read_is_one_line(tmp_path, name):
    if name.endswith("pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    done = CliRunner().invoke(main, ["explain", str(tmp_path / name)])
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert name in done.stderr


def test_explain_shows_the_rule_that_a_fact_names_with_wording_examples_and_confidence():
    done = CliRunner().invoke(main, ["explain", "--rule", "preamble-basedOn", "--lang", "en"])
    assert done.exit_code == 0
    for words in ("basedOn", "0.96", "in the preamble", "căn cứ", "Examples:", "→ basedOn 7/2021/NĐ-CP", "Does not apply to:"):
        assert words in done.stdout
    rows = json.loads(CliRunner().invoke(main, ["explain", "--rule", "date", "--json"]).stdout)
    assert {row["what"] for row in rows} == {"wording", "example", "counter-example"}
    assert (rows[0]["confidence"], rows[0]["inferred_confidence"]) == (0.97, 0.85)


def test_explain_shows_a_rule_of_clauses_in_vietnamese():
    done = CliRunner().invoke(main, ["explain", "--rule", "chaired"])
    assert done.exit_code == 0
    assert "Câu chữ" in done.stdout
    assert "{subject:Official+}" in done.stdout


@pytest.mark.parametrize("arguments", [pytest.param(["--rule", "preamble-basedon"], id="no rule"), pytest.param([], id="neither file nor rule")])
def test_explain_of_an_unknown_rule_is_one_line(arguments: list[str]):
    done = CliRunner().invoke(main, ["explain", *arguments])
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr
    if arguments:
        assert done.stderr.strip().splitlines() == ["govgraph: 'preamble-basedon' is no rule; did you mean preamble-basedOn or preamble-implements?"]

"""`coverage`: states, days, both views, provinces without evidence."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from graph.cli import main


@pytest.fixture(scope="module")
def out(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("coverage") / "out"
    done = CliRunner().invoke(main, ["build", "--input", str(root / "data" / "corpus"), "--out", str(folder), "--exports", "nt,coverage", "--no-cache"])
    assert done.exit_code == 0, done.output
    return folder


def _rows(out, *args):
    done = CliRunner().invoke(main, ["coverage", *args, "--graph", str(out), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_plan_shows_its_days_and_its_sentence(out):
    rows = {row["unit"]: row for row in _rows(out, "21-NQ/TW")}
    assert (rows["Cần Thơ"]["state"], rows["Cần Thơ"]["plan"], rows["Cần Thơ"]["lag_days"]) == ("plan", "Kế hoạch 53/KH-UBND", 147)
    assert "53/KH-UBND" in rows["Cần Thơ"]["quote"] or "30-CTr/TU" in rows["Cần Thơ"]["quote"]
    assert (rows["Hậu Giang"]["state"], rows["Hậu Giang"]["lag_days"]) == ("party", None)


def test_as_now_provinces_that_merged_are_one(out):
    then, now = _rows(out, "21-NQ/TW"), _rows(out, "21-NQ/TW", "--merged")
    assert {row["unit"] for row in then} == {"Cần Thơ", "Hậu Giang", "Sóc Trăng"}
    assert [(row["unit"], row["lag_days"]) for row in now] == [("Cần Thơ", 147)]


@pytest.mark.parametrize(("args", "total"), [((), 63), (("--merged",), 34)], ids=["as then", "as now"])
def test_the_states_of_all_provinces_sum_up(out, args, total):
    done = CliRunner().invoke(main, ["coverage", "21-NQ/TW", *args, "--graph", str(out)])
    summary = done.stdout.splitlines()[-2]
    assert sum(int(word) for word in summary.split() if word.isdigit()) == total


def test_a_province_that_was_asked_for_is_shown_without_evidence_and_never_as_not_done(out):
    rows = {row["unit"]: row["state"] for row in _rows(out, "128/NQ-CP", "--province", "bac kan", "--province", "Thái Bình")}
    assert rows == {"Bắc Kạn": "discussed", "Thái Bình": "none"}
    text = CliRunner().invoke(main, ["coverage", "128/NQ-CP", "--province", "Thái Bình", "--graph", str(out)]).stdout
    assert "không có nghĩa là chưa làm" in text


def test_a_word_that_is_no_province_is_an_error(out):
    done = CliRunner().invoke(main, ["coverage", "128/NQ-CP", "--province", "Atlantis", "--graph", str(out)])
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)


def test_without_a_directive_all_are_summed_up(out):
    rows = _rows(out)
    assert len(rows) > 20
    assert rows[0]["plans"] >= rows[-1]["plans"]


def test_the_table_has_both_views_and_opens_in_a_spreadsheet(out):
    data = (out / "coverage.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert {line.split(",", 1)[0] for line in text.splitlines()} >= {"view", "then", "now"}

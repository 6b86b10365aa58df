"""`validate` and `check-data`: exit codes, and what is said of each finding."""

from __future__ import annotations

import csv
import io
import json
import shutil

import ladders
import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.query.validate import GROUPS
from graph.registers.data import shipped


@pytest.fixture
def out(tmp_path):
    return ladders.write(ladders.ladders(), tmp_path / "out")


@pytest.fixture
def unsound(tmp_path):
    more = ((ladders.B, ladders.PLAN, "implements", ladders.LONE, "Kế hoạch số 135/KH-UBND thực hiện Kế hoạch số 9/KH-SYT."),)
    return ladders.write(ladders.ladders(more), tmp_path / "out")


def test_a_sound_graph_ends_with_zero_and_tells_each_check_and_its_time(out):
    done = CliRunner().invoke(main, ["validate", "--graph", str(out)])
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) == 8
    assert all("không thấy gì" in line and line.endswith(" s)") for line in done.stdout.splitlines())


def test_findings_end_with_one_and_are_said_in_words(unsound):
    done = CliRunner().invoke(main, ["validate", "--graph", str(unsound), "--skip", "shapes"])
    assert done.exit_code == 1
    assert "  Kế hoạch 135/KH-UBND ký trước Kế hoạch 9/KH-SYT 18 ngày mà lại thực hiện văn bản đó" in done.stdout.splitlines()


def test_findings_for_programs(unsound):
    args = ["validate", "--graph", str(unsound), "--skip", "shapes", "--lang", "en"]
    done = CliRunner().invoke(main, [*args, "--json"])
    assert done.exit_code == 1
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["check"], finding["days"]) == ("days", "18")
    assert finding["message"] == "Kế hoạch 135/KH-UBND was signed 18 days before Kế hoạch 9/KH-SYT that it carries out"
    (row,) = csv.DictReader(io.StringIO(CliRunner().invoke(main, [*args, "--csv"]).stdout))
    assert (row["check"], row["message"]) == ("days", finding["message"])


def test_an_unknown_check_is_a_usage_error(out):
    done = CliRunner().invoke(main, ["validate", "--graph", str(out), "--skip", "shape"])
    assert done.exit_code == 2
    assert "shapes" in done.stderr


def test_check_data_tells_what_it_checked():
    done = CliRunner().invoke(main, ["check-data"])
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) == 6
    assert "rows in" in done.stdout


def test_check_data_names_file_row_and_reason_and_ends_with_one(root, tmp_path):
    shutil.copytree(root / "data", tmp_path / "data", ignore=shutil.ignore_patterns("corpus"))
    path = tmp_path / "data" / "registers" / "posts.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1] + ",more", *lines[2:]]) + "\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["check-data", "--data", str(tmp_path / "data")])
    assert done.exit_code == 1
    assert "posts.csv, row 2" in done.stdout
    assert len(done.stdout.splitlines()) == 6
    found = json.loads(CliRunner().invoke(main, ["check-data", "--data", str(tmp_path / "data"), "--json"]).stdout)
    assert [part["part"] for part in found if part["error"]] == ["registers, lexicon"]


def test_check_data_without_its_folder_is_an_error_of_one_line(tmp_path):
    done = CliRunner().invoke(main, ["check-data", "--data", str(tmp_path / "none")])
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_what_validate_says_has_words_in_both_languages():
    assert all(f"check.group.{group}" in shipped().words for group in GROUPS)

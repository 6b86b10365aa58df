"""A graph as then, as now, and as of a day."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from graph.cli import main

ORDER = "Nghị quyết số 128/NQ-CP ngày 11/10/2021 của Chính phủ"


def _report(province: str, published: str, held: str, chair: str, plan: str = "") -> str:
    done = f" UBND tỉnh {province} đã ban hành Kế hoạch số {plan} thực hiện {ORDER}." if plan else ""
    return (
        f"{province} họp bàn công tác y tế\n{published}\n\n"
        f"Ngày {held}, đồng chí {chair}, Phó Chủ tịch UBND tỉnh {province} chủ trì hội nghị triển khai {ORDER}.{done}\n"
    )


TEXTS = {
    "bac-kan": _report("Bắc Kạn", "2022-06-21", "20/6/2022", "Trần Văn Khải"),
    "thai-binh": _report("Thái Bình", "2023-03-13", "12/3/2023", "Lê Thị Sen", "45/KH-UBND ngày 01/3/2023"),
    "ha-giang": _report("Hà Giang", "2024-03-13", "12/3/2024", "Vàng Thị Mẩy", "46/KH-UBND ngày 01/3/2024"),
}
TODAY = {"Bắc Kạn": "Thái Nguyên", "Thái Bình": "Hưng Yên", "Hà Giang": "Tuyên Quang"}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("views")
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["build", "--input", str(folder / "in"), "--out", str(folder / "out"), "--exports", "nt", "--no-cache"])
    assert done.exit_code == 0, done.output
    return folder / "out"


def _said(out, *args):
    done = CliRunner().invoke(main, [*args, "--graph", str(out)])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(("name", "then"), [("Trần Văn Khải", "Bắc Kạn"), ("Lê Thị Sen", "Thái Bình"), ("Vàng Thị Mẩy", "Hà Giang")])
def test_who_names_the_unit_of_then_and_with_merged_that_of_now(out, name, then):
    assert f"tỉnh {then} (nay: {TODAY[then]})" in _said(out, "who", name, "--merged")
    assert "nay:" not in _said(out, "who", name)


@pytest.mark.parametrize("then", TODAY)
def test_meetings_of_a_former_province_are_those_of_its_successor_only_as_now(out, then):
    assert _said(out, "meetings", "--province", then) != ""
    assert _said(out, "meetings", "--province", then, "--merged").count(f"(nay: {TODAY[then]})") >= 1
    now = json.loads(_said(out, "meetings", "--province", TODAY[then], "--merged", "--json"))
    assert [meeting["provinces"] for meeting in now] == [[f"{then} (nay: {TODAY[then]})"]]


def test_the_tree_names_both_units(out):
    text = _said(out, "trace", "128/NQ-CP", "--merged", "--full")
    assert "Thái Bình (nay: Hưng Yên)" in text
    assert "Hà Giang (nay: Tuyên Quang)" in text


@pytest.mark.parametrize(("day", "plans"), [("2023-01-01", 0), ("2023-12-31", 1), ("31/12/2024", 2), ("2024", 2)])
def test_as_of_a_day_only_earlier_sources_count(out, day, plans):
    assert _said(out, "trace", "128/NQ-CP", "--as-of", day).count("KH-UBND ·") == plans


def test_as_of_a_day_a_post_is_attested_by_earlier_sources_alone(out):
    assert "Thấy nêu" in _said(out, "who", "Lê Thị Sen", "--as-of", "2023-12-31")
    assert "Thấy nêu" not in _said(out, "who", "Lê Thị Sen", "--as-of", "2022-12-31")


def test_why_tells_the_reason_of_each_identity(out):
    assert "Vì sao là một · Lê Thị Sen: họ tên và cơ quan" in _said(out, "who", "Lê Thị Sen", "--why")
    assert "Vì sao là một · Nghị quyết 128/NQ-CP" in _said(out, "trace", "128/NQ-CP", "--why")
    assert _said(out, "meetings", "--why").count("Vì sao là một") == 3


def test_a_word_that_is_no_date_is_refused(out):
    done = CliRunner().invoke(main, ["trace", "128/NQ-CP", "--as-of", "yesterday", "--graph", str(out)])
    assert done.exit_code == 2
    assert "no date" in done.stderr

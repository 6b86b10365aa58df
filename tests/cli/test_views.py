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
    "bac-kan": _report("Bắc Kạn", "2022-06-21", "20/6/2022", "Trần Văn Khải", "44/KH-UBND ngày 01/6/2022"),
    "thai-binh": _report("Thái Bình", "2023-03-13", "12/3/2023", "Lê Thị Sen", "45/KH-UBND ngày 01/3/2023"),
    "ha-giang": _report("Hà Giang", "2024-03-13", "12/3/2024", "Vàng Thị Mẩy", "46/KH-UBND ngày 01/3/2024"),
}
# Meetings in the provinces that the three became part of, before and after the merger.
MORE = {
    f"{name}-{published[:4]}": _report(name, published, held, chair)
    for name, chair in (("Thái Nguyên", "Đỗ Thị Là"), ("Hưng Yên", "Phan Văn Sỹ"), ("Tuyên Quang", "Ma Văn Tài"))
    for published, held in (("2023-05-11", "10/5/2023"), ("2025-09-11", "10/9/2025"))
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


@pytest.fixture(scope="module")
def more(tmp_path_factory):
    """A graph with meetings in six provinces of then, and in the three that they are today."""
    folder = tmp_path_factory.mktemp("more")
    (folder / "in").mkdir()
    for name, text in {**TEXTS, **MORE}.items():
        (folder / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["build", "--input", str(folder / "in"), "--out", str(folder / "out"), "--exports", "nt", "--no-cache"])
    assert done.exit_code == 0, done.output
    return folder / "out"


@pytest.mark.parametrize("then", TODAY)
def test_meetings_by_province_sum_up_over_the_merger(more, then):
    def ids(*args):
        return [meeting["id"] for meeting in json.loads(_said(more, "meetings", *args, "--json"))]

    now = TODAY[then]
    assert (len(ids("--province", then)), len(ids("--province", now))) == (1, 2)
    assert sorted(ids("--province", then) + ids("--province", now)) == sorted(ids("--province", now, "--merged")) == sorted(ids("--province", then, "--merged"))


def test_all_meetings_are_counted_once_in_both_views(more):
    every = json.loads(_said(more, "meetings", "--json"))
    assert len(every) == len(TEXTS) + len(MORE)
    for view in ((), ("--merged",)):
        names = TODAY.values() if view else (*TODAY, *TODAY.values())
        found = [m["id"] for name in names for m in json.loads(_said(more, "meetings", "--province", name, *view, "--json"))]
        assert sorted(found) == sorted(m["id"] for m in every)


def test_plans_by_province_sum_up_over_the_merger(more):
    then, now = (json.loads(_said(more, "coverage", "128/NQ-CP", *view, "--json")) for view in ((), ("--merged",)))
    assert {row["unit"] for row in then if row["state"] == "plan"} == set(TODAY)
    assert {row["unit"] for row in now if row["state"] == "plan"} == set(TODAY.values())
    # As then a province that has merged meetings of its own; as now its plan and the meetings are one cell.
    assert len(now) == len(TODAY)


def test_the_tree_names_both_units(out):
    text = _said(out, "trace", "128/NQ-CP", "--merged", "--full")
    for then, now in TODAY.items():
        assert f"{then} (nay: {now})" in text
    assert "nay:" not in _said(out, "trace", "128/NQ-CP", "--full")


@pytest.mark.parametrize(("day", "plans"), [("2022-01-01", 0), ("2023-01-01", 1), ("2023-12-31", 2), ("31/12/2024", 3), ("2024", 3)])
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

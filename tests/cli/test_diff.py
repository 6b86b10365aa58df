"""What differs between two builds, and why: each cause planted once, alone."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest
from click.testing import CliRunner

from graph import resources
from graph.cli import main

REPORT = """Sở Y tế {province} họp bàn công tác tiêm chủng
2022-06-{day}

Ngày {day}/6/2022, đồng chí Trần Văn Khải, Giám đốc Sở Y tế tỉnh {province} chủ trì hội nghị triển khai Nghị quyết số 128/NQ-CP ngày 11/10/2021 của Chính phủ.
"""
PLAN = """Y tế Lào Cai

Ngày 3/4/2022, Sở Y tế tỉnh Lào Cai ban hành Kế hoạch số 77/KH-SYT thực hiện Nghị quyết số 128/NQ-CP ngày 11/10/2021 của Chính phủ.
"""
BY = ("--who", "Lan", "--why", "cùng ngày sinh", "--when", "2026-11-22")


class Desk:
    """A folder of texts; a graph of it can be built any number of times."""

    def __init__(self, folder):
        self.folder = folder
        self.ledger = folder / "judgements.jsonl"
        (folder / "in").mkdir()

    def write(self, name, text):
        (self.folder / "in" / f"{name}.txt").write_text(text, encoding="utf-8")

    def build(self, name, *args):
        out = self.folder / name
        order = ["build", "--input", str(self.folder / "in"), "--out", str(out), "--ledger", str(self.ledger), "--exports", "facts,nt", "--no-cache", *args]
        done = CliRunner().invoke(main, order)
        assert done.exit_code == 0, done.output
        return out

    def say(self, *args):
        done = CliRunner().invoke(main, ["review", "--graph", str(self.folder / "old"), "--ledger", str(self.ledger), *args, *BY])
        assert done.exit_code == 0, done.output

    def changes(self):
        done = CliRunner().invoke(main, ["diff", str(self.folder / "old"), str(self.folder / "new"), "--json"])
        found = json.loads(done.stdout)
        assert done.exit_code == (1 if found else 0), done.output
        return found

    def officials(self):
        facts = [json.loads(line) for line in (self.folder / "old" / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
        return sorted({f["subject"]["id"].partition("/id/")[2] for f in facts if f["predicate"] == "chaired"})


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.write("yen-bai", REPORT.format(province="Yên Bái", day=20))
    desk.write("lai-chau", REPORT.format(province="Lai Châu", day=21))
    desk.write("lao-cai", PLAN)
    desk.build("old")
    return desk


def _facts(changes, relation=""):
    return [c for c in changes if c["thing"] == "fact" and relation in ("", c["relation"])]


def test_two_builds_of_the_same_are_the_same(desk):
    desk.build("new", "--base", "https://example.org/kg/")
    assert desk.changes() == []
    done = CliRunner().invoke(main, ["diff", str(desk.folder / "old"), str(desk.folder / "new")])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "# Hai bản như nhau.\n")


def test_a_source_that_came_brings_its_facts(desk):
    desk.write("more", PLAN.replace("77", "78"))
    desk.build("new")
    changes = desk.changes()
    assert [(c["change"], c["subject"]) for c in changes if c["thing"] == "source"] == [("came", "more.txt")]
    facts = _facts(changes)
    assert {(c["change"], c["source"], c["why"]) for c in facts} == {("came", "more.txt", "text")}
    assert [(c["subject"], c["object"]) for c in _facts(changes, "implements")] == [("Kế hoạch 78/KH-SYT", "Nghị quyết 128/NQ-CP")]


def test_a_source_that_went_takes_its_facts_along(desk):
    (desk.folder / "in" / "lao-cai.txt").unlink()
    desk.build("new")
    assert {(c["change"], c["source"], c["why"]) for c in desk.changes()} == {("went", "lao-cai.txt", "text")}


def test_of_a_changed_text_only_the_facts_that_differ_are_told(desk):
    desk.write("lao-cai", PLAN.replace("Y tế Lào Cai\n", "Ngành y tế Lào Cai trong quý hai\n").replace("của Chính phủ", "của Chính phủ nước ta"))
    desk.build("new")
    changes = desk.changes()
    assert [(c["change"], c["thing"]) for c in changes if c["thing"] != "fact"] == [("changed", "source")]
    (fact,) = _facts(changes, "implements")
    assert (fact["change"], fact["why"]) == ("changed", "text")
    assert "nước ta" in fact["after"]
    assert "nước ta" not in fact["before"]


def test_a_text_whose_facts_only_moved_is_a_changed_source_alone(desk):
    desk.write("lao-cai", PLAN.replace("\n\n", "\n\nHôm nay trời nắng.\n\n", 1))
    desk.build("new")
    assert [(c["change"], c["thing"], c["source"]) for c in desk.changes()] == [("changed", "source", "lao-cai.txt")]


def test_a_join_by_a_person_changes_facts_and_is_told_as_such(desk):
    a, b = desk.officials()
    desk.say("--same", a, b)
    desk.build("new")
    changes = desk.changes()
    assert {c["why"] for c in changes} == {"judgement"}
    (merge,) = (c for c in changes if c["thing"] == "merge")
    assert (merge["change"], {merge["subject"], merge["object"]}) == ("came", {a, b})
    assert "judgement by Lan" in merge["after"]
    (said,) = (c for c in changes if c["thing"] == "judgement")
    assert (said["change"], said["relation"], said["after"]) == ("came", "same", "same · Lan, 2026-11-22: cùng ngày sinh")
    assert {(c["change"], c["before"], c["after"]) for c in _facts(changes)} == {("changed", merge["subject"], merge["object"])}
    assert "chaired" in {c["relation"] for c in _facts(changes)}


def test_a_split_by_a_person_is_told_as_such(desk):
    path = "directive/128-NQ-CP/2021"
    desk.say("--different", path, f"{path}@lao-cai.txt")
    desk.build("new")
    changes = desk.changes()
    assert {c["why"] for c in changes} == {"judgement"}
    assert [c["source"] for c in _facts(changes, "implements")] == ["lao-cai.txt"]


def test_facts_that_a_person_rejects_or_asserts(desk):
    desk.say("--reject", "directive/77-KH-SYT/lao-cai/2022", "implements", "directive/128-NQ-CP/2021")
    desk.say("--assert", "directive/77-KH-SYT/lao-cai/2022", "references", "directive/128-NQ-CP/2021")
    desk.build("new")
    facts = _facts(desk.changes())
    assert {(c["change"], c["relation"], c["why"]) for c in facts} == {("went", "implements", "judgement"), ("came", "references", "judgement")}


def test_facts_that_are_less_sure_than_wanted_went_by_an_option(desk):
    desk.build("new", "--min-confidence", "0.96")
    changes = desk.changes()
    assert changes
    assert {(c["change"], c["why"]) for c in changes} == {("went", "option")}


@pytest.fixture
def data(tmp_path):
    """A copy of the data that can be edited."""
    copied = tmp_path / "copy"
    shutil.copytree(resources.root() / "data", copied, ignore=shutil.ignore_patterns("corpus"))
    return copied


def _replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_fact_of_a_register_and_one_read_with_it(desk, data):
    desk.build("old")
    row = next(line for line in (data / "registers" / "directives.csv").read_text(encoding="utf-8").splitlines() if line.startswith("NQ/128/CP/2021,"))
    _replace(data / "registers" / "directives.csv", row + "\n", "")
    desk.build("new", "--data", str(data))
    changes = desk.changes()
    assert changes
    assert {c["why"] for c in changes} == {"register"}


def test_a_fact_that_another_rule_reads(desk, data):
    desk.build("old")
    rules = data / "rules" / "relations.yaml"
    _replace(rules, "confidence: 0.9", "confidence: 0.8")
    desk.build("new", "--data", str(data))
    changes = desk.changes()
    assert changes
    assert {(c["change"], c["why"]) for c in changes} == {("changed", "rule")}


def test_for_people_and_for_spreadsheets(desk):
    (desk.folder / "in" / "lao-cai.txt").unlink()
    desk.build("new")
    args = ["diff", str(desk.folder / "old"), str(desk.folder / "new")]
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "- nguồn: lao-cai.txt"
    assert lines[1].strip() == "do bản văn"
    assert "- Kế hoạch 77/KH-SYT · thực hiện · Nghị quyết 128/NQ-CP" in lines
    assert "nhắc tới" not in done.stdout
    facts = _facts(desk.changes())
    assert lines[-1] == f"nguồn -1 · dữ kiện -{len(facts)}"
    assert "nhắc tới" in CliRunner().invoke(main, [*args, "--full"]).stdout
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(main, [*args, "--csv"]).stdout)))
    assert len(rows) == len(facts) + 1


@pytest.mark.parametrize("broken", ["no folder", "no graph", "a broken mark", "a mark of no build"])
def test_what_is_no_graph_is_an_error_of_one_line(desk, broken):
    new = desk.build("new")
    if broken == "no folder":
        shutil.rmtree(new)
    elif broken == "no graph":
        (new / "graph.nt").unlink()
    else:
        (new / "build.json").write_text("{" if broken == "a broken mark" else "[1]")
    done = CliRunner().invoke(main, ["diff", str(desk.folder / "old"), str(new)])
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1

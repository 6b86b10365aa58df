"""Judgements of people, from the command to the next graph: they are kept, win over rules, and can be taken back."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from graph.cli import main

BY = ("--who", "Lan", "--why", "cùng ngày sinh", "--when", "2026-11-22")


def _report(province: str, number: int) -> str:
    return (
        f"Sở Y tế {province} họp bàn công tác tiêm chủng\n2022-06-{number}\n\n"
        f"Ngày {number}/6/2022, đồng chí Trần Văn Khải, Giám đốc Sở Y tế tỉnh {province} chủ trì hội nghị triển khai "
        f"Nghị quyết số 128/NQ-CP ngày 11/10/2021 của Chính phủ.\n"
    )


class Desk:
    """A folder of texts with a ledger, and the graph of its last build."""

    def __init__(self, folder):
        self.folder = folder
        self.ledger = folder / "judgements.jsonl"
        self.out = folder / "out"
        (folder / "in").mkdir()

    def write(self, name, text):
        (self.folder / "in" / f"{name}.txt").write_text(text, encoding="utf-8")

    def build(self):
        done = CliRunner().invoke(
            main,
            ["build", "--input", str(self.folder / "in"), "--out", str(self.out), "--ledger", str(self.ledger), "--exports", "facts,nt,csv", "--no-cache"],
        )
        assert done.exit_code == 0, done.output
        return done

    def review(self, *args):
        return CliRunner().invoke(main, ["review", "--graph", str(self.out), "--ledger", str(self.ledger), *args])

    def say(self, *args):
        done = self.review(*args)
        assert done.exit_code == 0, done.output
        self.build()

    @property
    def facts(self):
        return [json.loads(line) for line in (self.out / "facts.jsonl").read_text(encoding="utf-8").splitlines()]

    def ids(self, label):
        """The nodes that sources call by this label, by source."""
        ends = [(f["source"], f[side]) for f in self.facts for side in ("subject", "object")]
        return {source: end["id"].partition("/id/")[2] for source, end in ends if end.get("label") == label}

    @property
    def triples(self):
        return (self.out / "graph.nt").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.write("yen-bai", _report("Yên Bái", 20))
    desk.write("lai-chau", _report("Lai Châu", 21))
    desk.build()
    return desk


def _ends(desk, name="Trần Văn Khải"):
    ids = desk.ids(name)
    return ids["yen-bai.txt"], ids["lai-chau.txt"]


def test_a_pair_is_shown_with_both_contexts(desk):
    a, b = _ends(desk)
    assert a != b
    text = desk.review("--full").stdout
    assert a in text
    assert b in text
    assert all(f"Giám đốc Sở Y tế tỉnh {province} chủ trì" in text for province in ("Yên Bái", "Lai Châu"))
    assert "cùng họ tên" in text
    (pair,) = json.loads(desk.review("--json", "--kind", "official").stdout)
    assert {pair["a"], pair["b"]} == {a, b}
    assert {pair["a_source"], pair["b_source"]} == {"yen-bai.txt", "lai-chau.txt"}
    assert next(csv.DictReader(io.StringIO(desk.review("--csv", "--kind", "official").stdout)))["a_label"] == "Trần Văn Khải"
    assert json.loads(desk.review("--json", "--kind", "meeting").stdout) == []


def test_same_joins_what_no_rule_joins_and_undo_takes_it_back(desk):
    a, b = _ends(desk)
    before = desk.out.joinpath("facts.jsonl").read_bytes()
    desk.say("--same", a, b, *BY)
    one, other = _ends(desk)
    assert one == other
    assert "Lan xác nhận ngày 2026-11-22: cùng ngày sinh" in desk.out.joinpath("report.md").read_text(encoding="utf-8")
    why = CliRunner().invoke(main, ["who", "Trần Văn Khải", "--why", "--graph", str(desk.out)]).stdout
    assert "Lan xác nhận ngày 2026-11-22: cùng ngày sinh" in why
    assert json.loads(desk.review("--json", "--kind", "official").stdout) == []
    desk.say("--undo", b, a)
    assert desk.out.joinpath("facts.jsonl").read_bytes() == before
    assert desk.ledger.read_text(encoding="utf-8") == ""


def test_a_judgement_survives_the_next_source(desk):
    a, b = _ends(desk)
    desk.say("--same", a, b, *BY)
    desk.write("more", _report("Yên Bái", 27))
    desk.build()
    assert set(desk.ids("Trần Văn Khải").values()) == {_ends(desk)[0]}
    assert len(desk.ids("Trần Văn Khải")) == 3


def test_different_parts_one_source_from_what_the_rules_joined_and_leaves_the_rest_joined(desk):
    for day in (23, 24):
        desk.write(f"yen-bai-{day}", _report("Yên Bái", day))
    desk.build()
    known = {n for s, n in desk.ids("Trần Văn Khải").items() if s.startswith("yen-bai")}
    assert len(known) == 1
    (path,) = known
    desk.say("--different", path, f"{path}@yen-bai.txt", *BY)
    ids = desk.ids("Trần Văn Khải")
    assert ids["yen-bai.txt"] not in (ids["yen-bai-23.txt"], ids["lai-chau.txt"])
    assert ids["yen-bai-23.txt"] == ids["yen-bai-24.txt"] == path
    assert not [p for p in json.loads(desk.review("--json").stdout) if {p["a"], p["b"]} == {path, ids["yen-bai.txt"]}]
    # What has been parted can be named by its own name, and joined to something else.
    desk.say("--same", ids["yen-bai.txt"], ids["lai-chau.txt"], *BY)
    ids = desk.ids("Trần Văn Khải")
    assert ids["yen-bai.txt"] == ids["lai-chau.txt"] != ids["yen-bai-23.txt"]
    desk.say("--undo", path, f"{path}@yen-bai.txt")
    desk.say("--undo", *(json.loads(line)[end] for line in desk.ledger.read_text(encoding="utf-8").splitlines() for end in "ab"))
    assert {n for s, n in desk.ids("Trần Văn Khải").items() if s.startswith("yen-bai")} == {path}


def test_a_document_can_be_parted_by_source_too(desk):
    (path,) = set(desk.ids("Nghị quyết số 128/NQ-CP").values())
    desk.say("--different", path, f"{path}@lai-chau.txt", *BY)
    assert len(set(desk.ids("Nghị quyết số 128/NQ-CP").values())) == 2


def test_unsure_keeps_a_pair_apart_and_in_the_list_with_its_reader(desk):
    a, b = _ends(desk)
    desk.say("--unsure", a, b, *BY)
    assert _ends(desk) == (a, b)
    (pair,) = json.loads(desk.review("--json", "--kind", "official").stdout)
    assert pair["judged"] == "Lan, 2026-11-22"
    assert "(Lan, 2026-11-22)" in desk.review().stdout


def test_the_last_answer_on_a_pair_counts(desk):
    a, b = _ends(desk)
    desk.say("--different", a, b, *BY)
    desk.say("--same", b, a, *BY)
    assert len(desk.ledger.read_text(encoding="utf-8").splitlines()) == 1
    one, other = _ends(desk)
    assert one == other


def test_a_rejected_fact_goes_everywhere_or_in_one_source(desk):
    law, chief = desk.ids("Nghị quyết số 128/NQ-CP")["yen-bai.txt"], "agency/chinh-phu"

    def told():
        return {f["source"] for f in desk.facts if f["predicate"] == "issuedBy" and f["object"]["id"].endswith(chief)}

    assert told() == {"yen-bai.txt", "lai-chau.txt"}
    desk.say("--reject", law, "issuedBy", chief, "--source", "yen-bai.txt", *BY)
    assert told() == {"lai-chau.txt"}
    assert any(f"{law}> <https://w3id.org/vn-health-governance/ontology#issuedBy>" in t for t in desk.triples)
    desk.say("--reject", law, "issuedBy", chief, *BY)
    assert told() == set()
    assert not any(f"{law}> <https://w3id.org/vn-health-governance/ontology#issuedBy>" in t for t in desk.triples)
    assert len(desk.ledger.read_text(encoding="utf-8").splitlines()) == 2
    desk.say("--undo", law, chief)
    assert told() == {"yen-bai.txt", "lai-chau.txt"}


def test_an_answer_about_a_source_that_is_gone_or_renamed_is_noticed(desk):
    law = desk.ids("Nghị quyết số 128/NQ-CP")["yen-bai.txt"]
    desk.review("--reject", law, "issuedBy", "agency/chinh-phu", "--source", "yen-bai.txt", *BY)
    assert "so it changes nothing" not in desk.build().stderr
    (desk.folder / "in" / "yen-bai.txt").rename(desk.folder / "in" / "other.txt")
    assert "judgements.jsonl, line 1: there is no source yen-bai.txt, so it changes nothing" in desk.build().stderr


def test_an_asserted_fact_is_in_the_graph_with_its_author_and_in_no_list_of_facts(desk):
    before = desk.out.joinpath("facts.jsonl").read_bytes()
    meeting = next(f["object"]["id"].partition("/id/")[2] for f in desk.facts if f["predicate"] == "chaired" and f["source"] == "yen-bai.txt")
    other = _ends(desk)[1]
    assert not _chairs(desk, other, meeting)
    desk.say("--assert", other, "chaired", meeting, *BY)
    assert desk.out.joinpath("facts.jsonl").read_bytes() == before
    assert _chairs(desk, other, meeting)
    human = [t for t in desk.triples if "/statement/" in t.split(" ", maxsplit=1)[0] and '"Lan"' in t]
    assert len(human) == 1
    node = human[0].split(" ", maxsplit=1)[0]
    own = "\n".join(t for t in desk.triples if t.startswith(node))
    assert "cùng ngày sinh" in own
    assert '"2026-11-22"' in own
    assert "judgements.jsonl:" in own
    assert "hg:evidence" not in own
    done = CliRunner().invoke(main, ["validate", "--graph", str(desk.out)])
    assert done.exit_code == 0, done.output
    assert "[Lan]" in CliRunner().invoke(main, ["who", "Trần Văn Khải", "--graph", str(desk.out)]).stdout
    for day, counts in (("2026-11-21", 1), ("2026-11-22", 2)):
        seen = CliRunner().invoke(main, ["who", "Trần Văn Khải", "--as-of", day, "--full", "--graph", str(desk.out)]).stdout
        assert seen.count("[Lan]") == counts - 1, day
    desk.say("--undo", other, meeting)
    assert not _chairs(desk, other, meeting)


def _chairs(desk, person, meeting):
    return any(t.startswith(f"<https://w3id.org/vn-health-governance/id/{person}> ") and "#chaired>" in t and meeting in t for t in desk.triples)


def test_an_asserted_date_settles_the_lag(desk):
    desk.write("ke-hoach", "Y tế Lào Cai\n\nSở Y tế tỉnh Lào Cai ban hành Kế hoạch số 77/KH-SYT năm 2022 thực hiện Nghị quyết số 128/NQ-CP ngày 11/10/2021.\n")
    desk.build()
    plan = desk.ids("Kế hoạch số 77/KH-SYT")["ke-hoach.txt"]
    desk.say("--assert", plan, "issuedOn", "2022-01-19", *BY)
    tree = CliRunner().invoke(main, ["trace", "128/NQ-CP", "--graph", str(desk.out)]).stdout
    assert "+100 ngày" in tree


def test_the_ledger_is_one_sorted_line_each(desk):
    a, b = _ends(desk)
    desk.say("--same", b, a, *BY)
    desk.say("--reject", "directive/128-NQ-CP/2021", "issuedBy", "agency/chinh-phu", *BY)
    lines = desk.ledger.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert [list(json.loads(line)) for line in lines] == [sorted(json.loads(line)) for line in lines]
    assert {json.loads(line)["who"] for line in lines} == {"Lan"}
    shown = json.loads(desk.review("--judged", "--json").stdout)
    assert [row["verdict"] for row in shown] == [json.loads(line)["verdict"] for line in lines]
    assert "cùng ngày sinh" in desk.review("--judged", "--full").stdout


def test_a_judgement_on_what_is_not_there_is_told(desk):
    desk.say("--same", "official/a", "official/b", *BY)
    done = desk.build()
    assert done.stderr.count("judgements.jsonl, line 1: no source names official/a or official/b") == 1


def test_answers_that_say_too_little_or_too_much_are_refused_and_change_nothing(desk):
    a, b = _ends(desk)
    for args in (
        ("--same", a, b),
        ("--same", a, b, "--who", "Lan"),
        ("--same", a, b, "--different", a, b, *BY),
        ("--same", a, a, *BY),
        ("--same", a, "directive/128-NQ-CP/2021", *BY),
        ("--same", a, b, "--source", "yen-bai.txt", *BY),
        ("--assert", a, "chaired", "directive/128-NQ-CP/2021", *BY),
        ("--assert", a, "owns", b, *BY),
        ("--assert", "directive/128-NQ-CP/2021", "issuedOn", "2021-13-01", *BY),
        ("--reject", f"{a}@yen-bai.txt", "holdsPost", "post/giam-doc", *BY),
        ("--same", a, b, "--who", "Lan", "--why", "x", "--when", "yesterday"),
        ("--undo", a, b),
    ):
        done = desk.review(*args)
        assert done.exit_code == 2, args
        assert "Traceback" not in done.output
        assert not desk.ledger.exists(), args


def test_a_judgement_against_the_others_is_refused_and_the_ledger_stays(desk):
    desk.say("--same", "official/a", "official/b", *BY)
    desk.say("--same", "official/b", "official/c", *BY)
    before = desk.ledger.read_bytes()
    done = desk.review("--different", "official/a", "official/c", *BY)
    assert done.exit_code == 2
    assert "the same by other lines" in done.stderr
    assert desk.ledger.read_bytes() == before

"""The ledger: what is no judgement stops the build with the number of its line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.errors import RegisterError
from graph.registers.data import shipped
from graph.resolve.judgements import change_ledger, read_ledger

BASE = "https://example.org/id/"
ROW = {"a": "official/a", "b": "official/b", "verdict": "same", "when": "2026-11-22", "who": "Lan", "why": "cùng ngày sinh"}
FACT = ROW | {"a": "directive/a", "b": "directive/b", "verdict": "reject", "predicate": "implements"}
GOOD = json.dumps(ROW | {"a": "official/y", "b": "official/z"}) + "\n"

HOSTILE = {
    "no JSON": "{",
    "a list": "[]",
    "a number": "1",
    "no text at all": "\x00\x01",
    "a key twice": '{"a": "official/a", "a": "official/c", "b": "official/b"}',
    "deep": "[" * 3000,
    "long": json.dumps(ROW | {"why": "x" * 5000}),
    "an unknown key": json.dumps(ROW | {"also": "x"}),
    "a missing key": json.dumps({k: v for k, v in ROW.items() if k != "who"}),
    "an empty reason": json.dumps(ROW | {"why": "  "}),
    "a list for a name": json.dumps(ROW | {"who": ["Lan"]}),
    "a signal to the terminal": json.dumps(ROW | {"who": "\x1b[2J"}),
    "a signal of one byte": json.dumps(ROW | {"who": "\x9b2J"}),
    "text turned around": json.dumps(ROW | {"who": "\u202eLan"}),
    "half a character": '{"a": "official/a", "b": "official/b", "verdict": "same", "when": "2026-11-22", "who": "\\ud800", "why": "x"}',
    "a line break": json.dumps(ROW | {"why": "x\ny"}),
    "an unknown verdict": json.dumps(ROW | {"verdict": "maybe"}),
    "no day": json.dumps(ROW | {"when": "2026-02-30"}),
    "a month for a day": json.dumps(ROW | {"when": "2026-02"}),
    "a path up": json.dumps(ROW | {"a": "../../etc/passwd"}),
    "an IRI of another graph": json.dumps(ROW | {"a": "https://elsewhere.org/official/a"}),
    "an IRI that ends early": json.dumps(ROW | {"a": "official/a> <x"}),
    "one node": json.dumps(ROW | {"b": "official/a"}),
    "two kinds": json.dumps(ROW | {"b": "agency/b"}),
    "an agency of one source": json.dumps(ROW | {"a": "agency/a", "b": "agency/a@x.txt"}),
    "a pair with a relation": json.dumps(ROW | {"predicate": "implements"}),
    "a fact without relation": json.dumps(FACT | {"predicate": ""}),
    "an unknown relation": json.dumps(FACT | {"predicate": "owns"}),
    "a relation of other ends": json.dumps(FACT | {"predicate": "chaired"}),
    "a date that is none": json.dumps(FACT | {"predicate": "issuedOn", "b": "2026-13-01"}),
    "a source of an asserted fact": json.dumps(FACT | {"verdict": "assert", "source": "a.txt"}),
    "the same pair again": json.dumps(ROW | {"a": "official/z", "b": "official/y"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_line_that_is_no_judgement_is_named_by_its_number(tmp_path, name):
    (tmp_path / "judgements.jsonl").write_text(GOOD + "\n" + HOSTILE[name] + "\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=r"judgements\.jsonl, line 3: ") as caught:
        read_ledger(tmp_path / "judgements.jsonl", BASE, shipped().ontology.relations)
    assert len(str(caught.value).splitlines()) == 1
    assert str(caught.value).isprintable()


def test_bytes_that_are_no_text_are_named_by_their_line(tmp_path):
    (tmp_path / "judgements.jsonl").write_bytes(GOOD.encode() + b'{"a": "\xff"}\n')
    with pytest.raises(RegisterError, match="line 2: not UTF-8"):
        read_ledger(tmp_path / "judgements.jsonl", BASE, shipped().ontology.relations)


def test_a_folder_is_no_ledger(tmp_path):
    with pytest.raises(RegisterError, match="can't be read"):
        read_ledger(tmp_path, BASE, shipped().ontology.relations)


def test_lines_that_contradict_each_other_are_named(tmp_path):
    pairs = (("a", "b", "same"), ("b", "c", "same"), ("a", "c", "different"))
    lines = [json.dumps(ROW | {"a": f"official/{a}", "b": f"official/{b}", "verdict": v}) for a, b, v in pairs]
    (tmp_path / "judgements.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(RegisterError, match="line 3: official/a and official/c are the same by other lines"):
        read_ledger(tmp_path / "judgements.jsonl", BASE, shipped().ontology.relations)


@pytest.mark.parametrize("name", ["no JSON", "a path up"])
def test_a_broken_line_stops_the_build_and_leaves_the_old_output(tmp_path, name):
    (tmp_path / "a.txt").write_text("Trời hôm nay nắng đẹp.\n", encoding="utf-8")
    args = ["build", "--input", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--exports", "nt", "--no-cache"]
    ledger = tmp_path / "judgements.jsonl"
    args += ["--ledger", str(ledger)]
    assert CliRunner().invoke(main, args).exit_code == 0
    before = (tmp_path / "out" / "graph.nt").read_bytes()
    ledger.write_text(GOOD + HOSTILE[name], encoding="utf-8")
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert "line 2" in done.stderr
    assert (tmp_path / "out" / "graph.nt").read_bytes() == before


def test_what_is_written_is_read_again_whatever_the_order_and_base(tmp_path):
    ledger = tmp_path / "judgements.jsonl"
    rows = [FACT, ROW | {"a": BASE + "official/b", "b": BASE + "official/a"}, FACT | {"predicate": "issuedOn", "b": "2026-01", "source": "a b.txt"}]
    ledger.write_text("\ufeff" + "\r\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    read = read_ledger(ledger, BASE, shipped().ontology.relations)
    assert len(read) == 3
    change_ledger(ledger, BASE, shipped().ontology.relations, lambda _: read)
    once = ledger.read_bytes()
    change_ledger(ledger, BASE, shipped().ontology.relations, reversed)
    assert ledger.read_bytes() == once
    assert [json.loads(line)["a"] for line in once.decode().splitlines()] == ["directive/a", "directive/a", "official/a"]

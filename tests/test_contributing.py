"""CONTRIBUTING.md does what it says, in a copy of the checkout; its checks and notes are the program's."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from graph.extract.rules import MARKS
from graph.model import FACT_ZONES, Zone

NEEDED = [shutil.which(tool) for tool in ("git", "make", "tar")]
GIT = ("git", "-c", "user.name=Lan", "-c", "user.email=lan@example.org")


def _blocks(root: Path, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", (root / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)


class Checkout:
    """A copy of the checkout with a commit of its own, worked in with the tools of this one."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.folder, self.venv = folder, root / ".venv"
        for name in ("graph", "data", "tests"):
            shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "gold", "bench"))
        for name in ("ontology.ttl", "pyproject.toml", "Makefile", "constraints.txt", "README.md", ".gitignore"):
            shutil.copy2(root / name, folder)
        for args in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "As it was")):
            self.run(*GIT, *args)

    def run(self, *args: object) -> str:
        """What a command prints; it must end well."""
        done = subprocess.run([str(a) for a in args], cwd=self.folder, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def typed(self, command: str) -> str:
        """What a line of the guide prints."""
        program, *args = command.split()
        if program == "govgraph":
            return self.run(self.venv / "bin" / "python", "-m", "graph", *args)
        # The tools are there; make must not set them up anew, since the copied files are newer.
        return self.run(program, f"VENV={self.venv}", "-o", self.venv / ".developer", *args)


@pytest.mark.skipif(None in NEEDED, reason="needs git, make and tar")
def test_a_missed_sentence_becomes_a_rule(root: Path, tmp_path: Path):
    (text,) = _blocks(root, "text")
    (rule,) = _blocks(root, "yaml")
    seen, nearest, written, elsewhere = _blocks(root, "console")
    checkout = Checkout(root, tmp_path)
    (tmp_path / "missed.txt").write_text(text, encoding="utf-8")
    for block in (seen, nearest):
        _follow(checkout, block)
    assert "implements:" not in checkout.typed("govgraph explain missed.txt --lang en")
    with (tmp_path / "data" / "rules" / "relations.yaml").open("a", encoding="utf-8") as rules:
        rules.write("\n" + rule)
    _follow(checkout, written)
    assert elsewhere == "$ make rules-diff\n"
    (tmp_path / "in").mkdir()
    shutil.move(tmp_path / "missed.txt", tmp_path / "in")
    found = checkout.typed("make rules-diff CORPORA=in")
    assert "+ Kế hoạch 77/KH-UBND · thực hiện · Chương trình 12-CTr/TU\n    do luật đọc" in found
    assert found.count("\n+ ") == 1
    assert checkout.run(*GIT, "status", "--short").splitlines() == [" M data/rules/relations.yaml", "?? in/"]


def _follow(checkout: Checkout, block: str) -> None:
    """Type each command of a block; each line below it must be printed, in this order."""
    for command, expected in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        printed = iter(checkout.typed(command).splitlines())
        for line in expected.splitlines():
            assert line in printed, line


def test_the_hooks_are_what_make_test_runs_first(root: Path):
    recipe = re.search(r"^test:.*\n((?:\t.*\n)+)", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe is not None
    first = [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe[1].splitlines() if "pytest" not in line]
    (only,) = yaml.safe_load((root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert only["repo"] == "local"
    assert [hook["entry"] for hook in only["hooks"]] == first


def test_the_note_on_reading_names_every_zone_and_mark(root: Path):
    note = (root / "docs" / "notes" / "reading.md").read_text(encoding="utf-8")
    assert {zone for zone in Zone if f"`{zone}`" not in note} == set()
    facts = re.search(r"Facts come from (.*?)\. The others", note, re.DOTALL)
    assert facts is not None
    assert set(re.findall(r"`(\w+)`", facts[1])) == {zone.value for zone in FACT_ZONES}
    table = dict(re.findall(r"\| `\\u(e\w{3})` \| .* \| `<(\w+)>` \|", note))
    assert {chr(int(code, 16)): name.lower() for code, name in table.items()} == {mark: kind.value.lower() for kind, mark in MARKS.items()}


def test_the_guide_names_only_files_that_are_there(root: Path):
    named = re.findall(r"\]\(([^)#]+)\)", (root / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert [name for name in named if not (root / name).exists()] == []

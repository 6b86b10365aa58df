"""The README's examples run, and print what it says; its list of questions is the list of the program.

With GOVGRAPH_WRITE=1 the README is brought up to date instead: look at the difference before you commit it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.query.named import queries
from graph.registers.data import shipped

README = Path(__file__).resolve().parent.parent / "README.md"
WRITE = os.environ.get("GOVGRAPH_WRITE") == "1"
BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
EXAMPLES = [m["command"] for m in BLOCK.finditer(README.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def built(tmp_path_factory, root):
    """A folder whose `out` is the sample graph, as after `make graph`, and whose `before` lacks one of its texts."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(root / "data" / "corpus", folder / "fewer", ignore=shutil.ignore_patterns("nghe-bao-cao-*"))
    for texts, out in ((root / "data" / "corpus", "out"), (folder / "fewer", "before")):
        done = CliRunner().invoke(main, ["build", "--input", str(texts), "--out", str(folder / out), "--no-cache"])
        assert done.exit_code == 0, done.output
    return folder


def _printed(command: str, folder: Path) -> str:
    shell = command.replace("govgraph", f'"{sys.executable}" -m graph')
    environ = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")} | {"COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(shell, shell=True, capture_output=True, cwd=folder, env=environ, text=True, encoding="utf-8", timeout=120, check=False)  # noqa: S602 - our own README
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are written for a POSIX shell")
@pytest.mark.parametrize("command", EXAMPLES)
def test_an_example_prints_what_the_readme_says(built, command):
    printed = _printed(command, built)
    # Times differ from run to run.
    steady = re.sub(r"\d+[.,]\d+ (s|giây)\b", r"… \1", printed)
    text = README.read_text(encoding="utf-8")
    if WRITE:
        old = next(m[0] for m in BLOCK.finditer(text) if m["command"] == command)
        README.write_text(text.replace(old, f"```console\n$ {command}\n{steady}```"), encoding="utf-8", newline="\n")
        return
    assert steady == next(m["output"] for m in BLOCK.finditer(text) if m["command"] == command)


def test_the_list_of_questions_is_the_programs():
    rows = "".join(f"| `{q.name}` | {q.title['vi']} | {q.title['en']} |\n" for q in queries(shipped()).values())
    table = f"<!-- queries -->\n| name | câu hỏi | question |\n|---|---|---|\n{rows}<!-- /queries -->"
    text = README.read_text(encoding="utf-8")
    if WRITE:
        README.write_text(re.sub(r"<!-- queries -->.*<!-- /queries -->", lambda _: table, text, flags=re.DOTALL), encoding="utf-8", newline="\n")
        return
    assert table in text


def test_every_file_that_the_readme_names_is_there(built, root):
    text = README.read_text(encoding="utf-8")
    for name in re.findall(r"^\| (`[^|]+)\|", text, re.MULTILINE):
        for file in re.findall(r"`([\w./]+)`", name):
            if "." in file or file.endswith("/"):
                assert (built / "out" / file).exists(), file
    for target in re.findall(r"\]\(([\w./-]+)\)", text):
        assert (root / target).exists(), target

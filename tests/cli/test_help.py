"""The command line as a whole: quick to start, documented, and free of tracebacks."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from graph.cli import main

HEAVY = ("rdflib", "networkx", "pyvis", "IPython", "pyshacl", "trafilatura")
COMMANDS = sorted(main.commands)


@pytest.mark.parametrize("args", [["--help"], ["build", "--help"], ["--version"]], ids=" ".join)
def test_help_imports_nothing_heavy(args):
    code = f"import sys; from graph.cli import main; main({args!r}, standalone_mode=False); print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_one_example(name):
    done = CliRunner().invoke(main, [name, "--help"])
    assert done.exit_code == 0
    assert len(re.findall(rf"^ *Example: +(?:\S.* \| )?govgraph {name}\b", done.stdout, re.MULTILINE)) == 1, done.stdout


@pytest.mark.parametrize("name", [c for c in COMMANDS if any("--graph" in p.opts for p in main.commands[c].params)])
def test_a_missing_graph_is_an_error_of_one_line_that_says_what_to_do(tmp_path, name):
    needed = {
        "sparql": ["-"],
        "query": ["plans-of-directive", "--param", "directive=25-CT/TW"],
        "who": ["Nguyễn Văn An"],
        "coverage": ["25-CT/TW"],
        "evaluate": ["--gold", str(tmp_path)],
        "path": ["25-CT/TW", "135/KH-UBND"],
        "ask": ["ai chủ trì"],
    }
    if name == "evaluate":
        (tmp_path / "a.json").write_text('{"doc": "a", "officials": [], "directives": [], "meetings": [], "relations": []}')
    done = CliRunner().invoke(main, [name, *needed.get(name, []), "--graph", str(tmp_path / "nowhere")], input="SELECT * { ?s ?p ?o } LIMIT 1")
    assert done.exit_code == 2, done.output
    assert len(done.stderr.splitlines()) == 1
    assert "govgraph build" in done.stderr
    assert isinstance(done.exception, SystemExit)

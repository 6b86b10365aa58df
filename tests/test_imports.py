"""What pyvis brings (IPython, jedi, psutil …) is loaded for the map alone."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from graph.pipeline.build import EXPORTS

PYVIS = ("pyvis", "IPython", "jedi", "prompt_toolkit", "psutil", "jsonpickle")
# Runs commands one after the other, the first argument a list of them, and tells which of PYVIS are loaded after each, and its exit code.
RUN = f"""
import contextlib, io, json, sys
from graph.cli import main
for command in json.loads(sys.argv[1]):
    code = 0
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            main(command)
        except SystemExit as end:
            code = end.code
    print(json.dumps([command, code, [name for name in {PYVIS} if name in sys.modules]]))
"""


def _loaded(folder, *commands):
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(commands)], cwd=folder, capture_output=True, text=True, encoding="utf-8", input="ASK {}", check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory):
    """A folder with one text."""
    made = tmp_path_factory.mktemp("imports")
    text = (root / "data" / "corpus" / "hoi-nghi-y-te-co-so-2024.txt").read_text(encoding="utf-8")
    (made / "texts").mkdir()
    (made / "texts" / "hoi-nghi.txt").write_text(text, encoding="utf-8")
    return made


def test_no_output_but_the_map_loads_what_pyvis_brings(folder):
    outputs = ",".join(name for name in EXPORTS if name != "html")
    assert _loaded(folder, ["build", "--input", "texts", "--out", "out", "--no-cache", "--exports", outputs])[0][1:] == [0, []]
    loaded = _loaded(folder, ["build", "--input", "texts", "--out", "map", "--no-cache", "--exports", "html"])[0][2]
    assert {"pyvis", "IPython"} <= set(loaded), "the test looks in the wrong place"


def test_no_command_that_reads_loads_it(root, folder):
    _loaded(folder, ["build", "--input", "texts", "--out", "read", "--no-cache", "--exports", "facts,ttl,nt,jsonld,graphml,gexf,coverage"])
    told = _loaded(
        folder,
        ["--help"],
        ["build", "--help"],
        *([name, *rest, "--graph", "read"] for name, *rest in (
            ["stats"], ["trace", "52-CTr/TU"], ["coverage", "25-CT/TW"], ["who", "nguyen van giao"], ["meetings"], ["path", "nguyen van giao", "52-CTr/TU"],
            ["query", "issuing-bodies"], ["ask", "ke hoach nao thuc hien chi thi 25"], ["sparql", "-"], ["validate"], ["review", "--limit", "1"],
        )),
        ["diff", "read", "read"],
        ["explain", "texts/hoi-nghi.txt"],
        ["check-data"],
        ["evaluate", "--graph", "read", "--gold", str(root / "tests" / "gold")],
    )  # fmt: skip
    assert [command for command, _, loaded in told if loaded] == []
    assert [command for command, code, _ in told if code == 2] == [], "a command that stops at its usage shows nothing"


def test_no_module_loads_it_by_being_imported(folder):
    code = (
        "import importlib, pkgutil, sys, graph\n"
        "for found in pkgutil.walk_packages(graph.__path__, 'graph.'):\n"
        "    if not found.name.endswith('__main__'): importlib.import_module(found.name)\n"
        f"print([name for name in {PYVIS} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

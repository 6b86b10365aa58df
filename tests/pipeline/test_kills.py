"""Builds killed in and around the swap: there is a whole output each time, and the next build clears up.

Every line of our code from the first digest on is a point to kill at; twelve of them are taken, two of three in the swap itself, and a
hundred with GOVGRAPH_SOAK=1.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.output.kept import Kept

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")

KILLS = 50 if os.environ.get("GOVGRAPH_SOAK") else 6  # a way
TEXT = """Sở Y tế tỉnh Lào Cai triển khai kế hoạch

Ngày 3/4/2024, Sở Y tế tỉnh Lào Cai ban hành Kế hoạch số {number}/KH-SYT thực hiện Chỉ thị số 25-CT/TW của Ban Bí thư.
"""
FAST = ("--exports", "facts,nt,csv", "--no-cache")

# Runs a command and kills itself at a line of our own code, or tells how many there are.
_KILLED = """
import os, signal, sys
from graph.cli import main
from graph.pipeline import again, build, folder
way, last, first = sys.argv[1], int(sys.argv[2]), sys.argv[3]
if way == "in two steps":
    folder.exchanged = lambda *_: False
count = 0
def line(frame, event, _):
    global count
    if event == "line":
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
    return line
def entered(frame, event, _):
    name = frame.f_code.co_filename
    return line if any(part in name for part in ("/graph/output/", "/graph/pipeline/folder.py", "/shutil.py")) else None
module = {"write_mark": build, "renewed": again}[first]
def started(*args, step=getattr(module, first)):
    sys.settrace(entered)
    return step(*args)
setattr(module, first, started)
def swapped(*args, step=folder._swap):
    print(count, flush=True)
    step(*args)
    print(count, flush=True)
folder._swap = swapped
try:
    main(sys.argv[4:])
finally:
    sys.settrace(None)
    print(count, flush=True)
"""


def _run(way: str, last: int, first: str, *args: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", _KILLED, way, str(last), first, *map(str, args)], capture_output=True, text=True, check=False)


def _built(tmp_path: Path, number: int) -> list[str | Path]:
    """The words of a build of one small text."""
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    (folder / f"bài {number}.txt").write_text(TEXT.format(number=number), encoding="utf-8")
    for other in folder.glob("*.txt"):
        if other.name != f"bài {number}.txt":
            other.unlink()
    return ["build", "--input", folder, "--out", tmp_path / "out", *FAST]


def _whole(out: Path) -> str:
    """The name of the text in the output, after a check, by our own hand, of all that its mark lists; nothing else may be there."""
    noted = json.loads((out / "build.json").read_text(encoding="utf-8"))
    there = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert {*noted["files"], *noted["unchecked"], "build.json"} == {name for name in there if not name.endswith((".building", ".lock"))}
    for name, entry in noted["files"].items():
        assert (len(there[name]), hashlib.sha256(there[name]).hexdigest()) == (entry["size"], entry["sha256"]), name
    (text,) = (out / "texts").iterdir()
    return text.name


def _spread(first: int, last: int, count: int) -> set[int]:
    return {first + (last - first) * n // (count - 1) for n in range(count)}


@pytest.mark.parametrize("way", ["in one step", "in two steps"])
def test_a_build_killed_anywhere_around_the_swap_leaves_a_whole_output(tmp_path, way):
    out = tmp_path / "out"
    assert CliRunner().invoke(main, [str(word) for word in _built(tmp_path, 0)]).exit_code == 0
    now, gone = "bài 0.txt", 0
    before, after, lines = map(int, _run(way, 0, "write_mark", *_built(tmp_path, 0)).stdout.split()[-3:])
    kills = _spread(1, lines - 10, KILLS // 3) | _spread(before, after, KILLS - KILLS // 3)
    for number, last in enumerate(sorted(kills), start=1):
        done = _run(way, last, "write_mark", *_built(tmp_path, number))
        assert done.returncode == -9, done.stderr
        if way == "in one step" and sys.platform == "linux":
            assert out.is_dir(), last
        gone += not out.exists()
        assert Kept(out).file("graph.nt").is_file()  # as a command that reads finds it
        text = _whole(out)
        assert text in (now, f"bài {number}.txt"), last
        now = text
    assert CliRunner().invoke(main, [str(word) for word in _built(tmp_path, 999)]).exit_code == 0
    assert _whole(out) == "bài 999.txt"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out"]
    assert gone or way == "in one step", "no kill fell between the two renames"


def test_a_map_killed_anywhere_leaves_a_whole_output_that_a_build_replaces(tmp_path):
    out, args = tmp_path / "out", ["map", "--graph", tmp_path / "out", "--ledger", tmp_path / "none"]
    assert CliRunner().invoke(main, [str(word) for word in _built(tmp_path, 0)]).exit_code == 0
    lines = int(_run("in one step", 0, "renewed", *args).stdout.split()[-1])
    for number, last in enumerate(sorted(_spread(1, lines - 10, KILLS - 1))):
        done = _run("in one step", last, "renewed", *args, "--lang", ("vi", "en")[number % 2])
        assert done.returncode == -9, done.stderr
        assert _whole(out) == "bài 0.txt"
        assert (out / "graph.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert CliRunner().invoke(main, [str(word) for word in _built(tmp_path, 1)]).exit_code == 0
    assert sorted(p.name for p in out.iterdir() if p.name.startswith(".")) == []

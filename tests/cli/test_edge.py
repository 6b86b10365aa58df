"""What the system or a person does wrong is one line and exit code 2, never a traceback; faults of the program keep theirs."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import hostile
import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.cli.edge import Failure, edge
from graph.errors import BuildError

COMMANDS = sorted(main.commands)
POSIX = pytest.mark.skipif(os.name != "posix", reason="files and signals of POSIX")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@pytest.fixture(scope="module")
def place(tmp_path_factory, root):
    return hostile.lay(tmp_path_factory.mktemp("edge"), root / "data")


def _args(place, name):
    takes_graph = any("--graph" in option.opts for option in main.commands[name].params)
    return [name, *place.calls()[name][0], *(["--graph", str(place.out)] if takes_graph else [])]


def _process(args, redirected="", *, before=""):
    """A command as a process of its own, with redirections in the words of the shell, after another command of the shell."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"} | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = ["sh", "-c", f'{before}"$@" {redirected}', "sh", sys.executable, "-m", "graph", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environ, errors="replace")


def _is_one_line(done):
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert any(line.startswith(("govgraph: ", "Error: ")) for line in done.stderr.splitlines()), done.stderr
    return done.stderr


# ---- what the system can do


@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param(OSError(errno.ENOSPC, "No space left on device", "a/b"), "a/b: No space left on device", id="a full disk"),
        pytest.param(OSError(errno.EROFS, "Read-only file system", "a", None, "b"), "a → b: Read-only file system", id="a move on a read-only disk"),
        pytest.param(OSError(errno.EIO, "Input/output error"), "the system refuses: Input/output error", id="no name"),
        pytest.param(MemoryError(), "the memory is full; give fewer sources or a smaller graph", id="memory"),
        pytest.param(sqlite3.OperationalError("disk I/O error"), "a database can't be used (disk I/O error)", id="a database"),
        pytest.param(UnicodeEncodeError("utf-8", "tên \udcff", 4, 5, "surrogates"), "“tên \udcff” is not UTF-8; write it in UTF-8", id="bytes"),
        pytest.param(BuildError("a"), "a", id="ours"),
    ],
)
def test_what_the_system_does_becomes_one_line(error, told):
    with pytest.raises(click.ClickException) as failure, edge():
        raise error
    assert failure.value.message == told
    assert failure.value.exit_code == 2


@pytest.mark.parametrize(
    "error", [ValueError("x"), KeyError("x"), TypeError("x"), RecursionError("x"), AssertionError(), UnicodeEncodeError("cp1252", "ế", 0, 1, "x")]
)
def test_a_fault_of_the_program_keeps_its_traceback(error):
    with pytest.raises(type(error)), edge():
        raise error


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device", "a/b"), MemoryError(), sqlite3.OperationalError("x"), KeyboardInterrupt()], ids=repr
)
def test_no_command_shows_a_traceback_for_the_system(monkeypatch, name, error):
    def fails(*_args, **_values):
        raise error

    monkeypatch.setattr(main.commands[name], "invoke", fails)
    words = {"path": ["a", "b"], "diff": ["a", "b"], "evaluate": ["--gold", "a"], **{key: ["a"] for key in ("ask", "explain", "sparql", "who")}}
    done = CliRunner().invoke(main, [name, *words.get(name, [])])
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code == (130 if isinstance(error, KeyboardInterrupt) else 2)
    assert len(done.stderr.splitlines()) == 1


def test_details_are_lines_of_their_own_and_names_are_not(capsys):
    Failure("a\nb", ["c\nd", "e"]).show()
    assert capsys.readouterr().err == "govgraph: a\\nb\n  c\\nd\n  e\n"


# ---- stdout, stderr, stdin


@POSIX
@FULL
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_stdout_is_told_in_one_line(place, name):
    rows = ["--csv"] if any("--csv" in option.opts for option in main.commands[name].params) else []
    assert "standard output can't be written" in _is_one_line(_process([*_args(place, name), *rows], ">/dev/full"))


@POSIX
@FULL
@pytest.mark.parametrize("args", [["--help"], ["--version"], ["build", "--help"]], ids=" ".join)
def test_help_to_a_full_stdout_is_told_in_one_line(args):
    _is_one_line(_process(args, ">/dev/full"))


@POSIX
@pytest.mark.parametrize("name", ["explain", "trace", "stats"])
def test_a_reader_that_goes_away_is_no_error(place, name):
    done = _process(_args(place, name), "| true")
    assert (done.returncode, "Traceback" in done.stderr, "Broken" in done.stderr) == (0, False, False)


@POSIX
@pytest.mark.parametrize("shell", ["2>&-", "2>/dev/full"])
def test_talk_that_nobody_hears_costs_nothing(place, tmp_path, shell):
    done = _process(["build", "--input", str(place.sources), "--out", str(tmp_path / "out"), "--no-cache", "--exports", "nt"], shell)
    assert done.returncode == 0
    assert (tmp_path / "out" / "graph.nt").is_file()


@POSIX
def test_closed_streams_are_told_in_one_line(place):
    _is_one_line(_process(_args(place, "stats"), ">&-"))
    _is_one_line(_process(["sparql", "-", "--graph", str(place.out)], "<&-"))


# ---- files and folders


@POSIX
@pytest.mark.parametrize("name", ["build", "stats", "map", "review"])
def test_a_current_folder_that_is_gone_is_told_in_one_line(place, tmp_path, name):
    (tmp_path / "gone").mkdir()
    arguments = {"build": ["--input", str(place.sources), "--no-cache"], "review": ["--judged", "--ledger", "a.jsonl"]}.get(name, [])
    done = _process([name, *arguments], before=f'cd "{tmp_path}/gone" && rmdir "{tmp_path}/gone" && ')
    assert "Traceback" not in done.stderr
    if name == "build":
        assert done.stderr == "govgraph: the current folder is gone; change to one that exists\n"


@pytest.mark.parametrize("name", [c for c in COMMANDS if any("--graph" in p.opts for p in main.commands[c].params)])
@pytest.mark.parametrize("kind", ["a file", "under a file", "too long", "empty"])
def test_a_graph_that_is_no_folder_is_told_in_one_line(place, tmp_path, name, kind):
    file = tmp_path / "file"
    file.write_text("")
    folder = {"a file": str(file), "under a file": str(file / "x"), "too long": "a" * 5000, "empty": ""}[kind]
    done = hostile.run(place, name, [*place.calls()[name][0], "--graph", folder])
    assert isinstance(done.exception, SystemExit) or done.exception is None
    assert "Traceback" not in done.output


@pytest.mark.parametrize("where", ["file/out", "file", "a" * 300])
def test_an_output_that_cannot_be_is_told_in_one_line(place, tmp_path, where):
    (tmp_path / "file").write_text("")
    for args in (["build", "--input", str(place.sources), "--no-cache", "--exports", "nt", "--out"], ["map", "--graph", str(place.out), "--output"]):
        if args[0] == "map" and where == "file":  # it may write over a file
            continue
        done = CliRunner().invoke(main, [*args, str(tmp_path / where)])
        assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.output
        assert ".building" not in done.stderr, "it names what the person gave"


def test_a_map_without_a_name_is_told_in_one_line(place):
    assert "--output" in hostile.run(place, "map", ["--output", ""]).stderr


@pytest.mark.parametrize(
    "base",
    [
        "http://[/", "http://", "http:///", "https:///x/", "http://a\x01/", "http://a/%zz/", "http://a/#b#", "http://a:xx/", "http://a/]/", "http://a/\u202e/",
        "http://a/\udcff/", "https://#", "urn:", "urn:#", "http:/", "http://a", "http://a/b", "http://a b/", "http://a/\n",
    ],
)  # fmt: skip
def test_a_base_that_is_no_iri_is_refused_before_anything_is_read(tmp_path, base):
    done = CliRunner().invoke(main, ["build", "--input", str(tmp_path), "--out", str(tmp_path / "out"), "--base", base])
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1].startswith("Error: Invalid value for --base: give an IRI")


@pytest.mark.parametrize("base", ["https://w3id.org/x/id/", "http://127.0.0.1:8000/", "http://[::1]/", "urn:example:g/", "http://a/b?q=/", "http://y-tế.vn/a#"])
def test_a_base_that_is_an_iri_is_taken(place, tmp_path, base):
    done = CliRunner().invoke(
        main, ["build", "--input", str(place.sources), "--out", str(tmp_path / "out"), "--no-cache", "--exports", "nt,ttl,jsonld", "--base", base]
    )
    assert done.exit_code == 0, done.output
    assert f"<{base}directive/" in (tmp_path / "out" / "graph.nt").read_text(encoding="utf-8")


SPOILT = {
    "garbage": lambda f: f.write_bytes(b"\xff\xfe\x00\n{["),
    "empty": lambda f: f.write_bytes(b""),
    "half": lambda f: f.write_bytes(f.read_bytes()[: f.stat().st_size // 2]),
    "a folder": lambda f: (f.unlink(), f.mkdir()),
    "gone": lambda f: f.unlink(),
    "nested": lambda f: f.write_text("[" * 200_000),
    "a number": lambda f: f.write_text("1\n"),
    "an object": lambda f: f.write_text("{}\n"),
}


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("file", ["graph.nt", "build.json", "facts.jsonl", "texts"])
def test_a_spoilt_file_of_a_build_brings_no_traceback(place, tmp_path, file, how):
    spoilt = tmp_path / "out"
    shutil.copytree(place.out, spoilt)
    SPOILT[how](spoilt / file if file != "texts" else min((spoilt / "texts").iterdir()))
    for name in ("stats", "trace", "coverage", "review", "validate", "evaluate", "map"):
        done = hostile.run(place, name, [*place.calls()[name][0], "--graph", str(spoilt)])
        assert done.exception is None or isinstance(done.exception, SystemExit), (name, done.exception)


# ---- arguments and signals


@POSIX
@pytest.mark.parametrize("name", COMMANDS)
def test_arguments_that_are_no_utf8_bring_no_traceback(place, name):
    evil = "\udcff\udcfe"
    words = {
        "query": ["plans-of-directive", "--param", f"directive={evil}"],
        "path": [evil, evil],
        "diff": [evil, evil],
        "build": ["--input", evil, "--base", f"http://a/{evil}/"],
    }
    options = {
        "meetings": ["--province", evil],
        "review": ["--same", f"official/{evil}", evil, "--who", evil, "--why", evil, "--ledger", evil],
        "evaluate": ["--gold", evil],
    }
    done = hostile.run(place, name, words.get(name) or options.get(name) or [evil])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1].startswith(("govgraph: ", "Error: "))


SLOW = {
    "loading": """
import sys, time
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "graph.cli.build":
            print("here", flush=True)
            time.sleep(30)
sys.meta_path.insert(0, Finder())
""",
    "running": """
import sys, time, graph.cli
def slow(*args, **values):
    sys.stdout.write("here\\n")
    sys.stdout.flush()
    time.sleep(30)
graph.cli.main.commands["stats"].invoke = slow
""",
}


@POSIX
@pytest.mark.parametrize("when", SLOW)
def test_ctrl_c_shows_no_traceback(root, when):
    code = f"{SLOW[when]}\nsys.argv = ['govgraph', 'stats']\nfrom graph.__main__ import main\nmain()"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root)
    assert process.stdout.readline() == "here\n"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert (process.returncode, "Traceback" in told) == (130, False)

"""A ledger under many hands: no answer is lost, and whatever breaks, the file is whole."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.errors import RegisterError
from graph.registers.data import shipped
from graph.resolve import onewriter
from graph.resolve.judgements import change_ledger, judged, new_judgement, read_ledger

BASE = shipped().ontology.base
resource = pytest.importorskip("resource", reason="limits, links and signals as POSIX knows them")
SOAK = os.environ.get("GOVGRAPH_SOAK") == "1"

# Answers on pairs of its own, from the word of start on; each is told on stdout once it is kept.
_ANSWERS = """
import sys
from graph.cli import main
ledger, who, many = sys.argv[1], sys.argv[2], int(sys.argv[3])
main(["review", "--ledger", ledger + ".none", "--judged"], standalone_mode=False)
print("ready", flush=True)
sys.stdin.readline()
for n in range(many):
    main(["review", "--ledger", ledger, "--same", f"official/{who}-{n}-a", f"official/{who}-{n}-b", "--who", who, "--why", "x"], standalone_mode=False)
    print(n, flush=True)
"""


def _answers(root: Path, ledger: Path, who: str, many: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _ANSWERS, str(ledger), who, str(many)]
    writer = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    return writer


def _say(ledger: Path, name: str = "a") -> tuple[int, str]:
    row = ("--same", f"official/{name}-1", f"official/{name}-2", "--who", "Lan", "--why", "x")
    done = CliRunner().invoke(main, ["review", "--graph", "nowhere", "--ledger", str(ledger), *row])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stderr


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _whole(ledger: Path) -> int:
    """The number of lines, each a judgement."""
    return len(read_ledger(ledger, BASE, shipped().ontology.relations))


def test_two_writers_with_sixty_answers_each_keep_a_hundred_and_twenty(root, tmp_path):
    """One of them writes through a link."""
    ledger = tmp_path / "judgements.jsonl"
    (tmp_path / "link").symlink_to(ledger)
    writers = [_answers(root, ledger, "lan", 60), _answers(root, tmp_path / "link", "minh", 60)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=300)
        assert writer.returncode == 0
    assert _whole(ledger) == 120
    assert _names(tmp_path) == ["judgements.jsonl", "link"]


def test_killed_at_any_moment_the_ledger_is_whole_and_holds_every_answer_that_was_told_to_be_kept(root, tmp_path):
    ledger, rng = tmp_path / "judgements.jsonl", Random(4)  # noqa: S311 - when to kill is no secret
    for kill in range(100 if SOAK else 5):
        writer = _answers(root, ledger, f"lan{kill}", 1000)
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.close()
        told = [writer.stdout.readline()]
        time.sleep(rng.random() * 0.1)
        writer.send_signal(signal.SIGKILL)
        told += writer.stdout.read().splitlines()
        writer.wait()
        rows = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
        assert len([row for row in rows if row["who"] == f"lan{kill}"]) in (len(told), len(told) + 1)
    assert _say(ledger)[0] == 0, "what the killed writer left must not keep the next one out"
    assert _names(tmp_path) == ["judgements.jsonl"]
    _whole(ledger)


@pytest.mark.parametrize("there", [True, False], ids=["a ledger", "a link that leads nowhere yet"])
def test_a_link_stays_a_link(tmp_path, there):
    (tmp_path / "far").mkdir()
    ledger = tmp_path / "far" / "ledger.jsonl"
    if there:
        ledger.touch()
    (tmp_path / "link").symlink_to(Path("far") / "ledger.jsonl")
    assert _say(tmp_path / "link")[0] == 0
    assert (tmp_path / "link").is_symlink()
    assert _whole(ledger) == 1
    assert _names(tmp_path / "far") == ["ledger.jsonl"]


def test_the_rights_of_a_ledger_stay(tmp_path):
    ledger = tmp_path / "ledger.jsonl"
    ledger.touch(mode=0o600)
    ledger.chmod(0o640)
    assert _say(ledger)[0] == 0
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o640


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize("plant", [_folder, _loop, os.mkfifo])
def test_what_is_no_file_is_left_alone_with_one_line(tmp_path, plant):
    path = tmp_path / "ledger.jsonl"
    plant(path)
    before = path.lstat()
    code, stderr = _say(path)
    assert (code, len(stderr.splitlines())) == (2, 1)
    assert path.lstat().st_ino == before.st_ino
    assert _names(tmp_path) == ["ledger.jsonl"]


def test_a_missing_folder_is_named_and_not_made(tmp_path):
    code, stderr = _say(tmp_path / "nowhere" / "ledger.jsonl")
    assert (code, len(stderr.splitlines())) == (2, 1)
    assert "its folder doesn't exist" in stderr
    assert not (tmp_path / "nowhere").exists()


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Give up the rights of root, for whom nothing is read-only."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("locked", ["file", "folder"])
def test_a_read_only_ledger_or_folder_is_one_line(locked):
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        ledger = folder / "ledger.jsonl"
        assert _say(ledger)[0] == 0
        before = ledger.read_bytes()
        folder.chmod(0o555 if locked == "folder" else 0o777)
        ledger.chmod(0o444 if locked == "file" else 0o666)
        with _as_nobody():
            code, stderr = _say(ledger, "b")
        assert (code, len(stderr.splitlines())) == (2, 1)
        assert "Permission denied" in stderr
        assert ledger.read_bytes() == before
        assert _names(folder) == ["ledger.jsonl"]
        folder.chmod(0o755)


def test_where_no_byte_can_be_written_it_is_one_line_and_the_ledger_stays(tmp_path):
    ledger = tmp_path / "ledger.jsonl"
    _say(ledger)
    before = ledger.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, hard))
    try:
        code, stderr = _say(ledger, "b")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (code, len(stderr.splitlines())) == (2, 1)
    assert "can't be written" in stderr
    assert ledger.read_bytes() == before
    assert _names(tmp_path) == ["ledger.jsonl"]


def test_a_writer_who_never_ends_is_not_waited_for_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(onewriter, "PATIENCE", 0.05)
    ledger = tmp_path / "ledger.jsonl"
    with onewriter.locked(ledger):
        code, stderr = _say(ledger)
    assert (code, len(stderr.splitlines())) == (2, 1)
    assert "another program is writing it" in stderr
    assert _say(ledger)[0] == 0


def test_a_change_that_fails_leaves_the_ledger_and_no_lock(tmp_path):
    ledger = tmp_path / "ledger.jsonl"
    _say(ledger)
    before = ledger.read_bytes()
    row = {"verdict": "different", "a": "official/a-1", "b": "official/a-2", "who": "Lan", "why": "x", "when": "2026-11-22"}
    with pytest.raises(RegisterError, match="the same by other lines"):
        change_ledger(ledger, BASE, shipped().ontology.relations, lambda known: (*known, new_judgement(row, BASE, shipped().ontology.relations)))
    assert ledger.read_bytes() == before
    change_ledger(ledger, BASE, shipped().ontology.relations, lambda known: judged(known, new_judgement(row, BASE, shipped().ontology.relations)))
    assert _names(tmp_path) == ["ledger.jsonl"]

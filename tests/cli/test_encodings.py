"""Data leave as UTF-8 with LF whatever the locale says; no letter costs a command its work."""

from __future__ import annotations

import os
import subprocess
import sys

import ladders
import pytest

from graph.cli import main

COMMANDS = sorted(main.commands)
TEXT = "Giám đốc Sở Y tế tỉnh Bắc Kạn Nguyễn Thị Lựu chủ trì hội nghị triển khai Chỉ thị số 25-CT/TW.\n"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = ladders.write(ladders.ladders(), tmp_path_factory.mktemp("encodings") / "đồ thị")
    (folder.parent / "câu hỏi.rq").write_text('SELECT ("Quyết định" AS ?x) { }', encoding="utf-8")
    (folder.parent / "vào").mkdir()
    (folder.parent / "vào" / "bản tin.txt").write_text(f"Hội nghị về y tế cơ sở\n\nThứ Năm, 16/05/2024\n\n{TEXT}", encoding="utf-8")
    (folder.parent / "vào" / "bỏ qua – được.pdf").write_bytes(b"")
    return folder


def _calls(out):
    beside = out.parent
    return {
        "build": ["--input", str(beside / "vào"), "--out", str(beside / "ra"), "--no-cache", "--exports", "facts,html,scoreboard"],
        "map": ["--graph", str(beside / "ra"), "--output", str(beside / "bản đồ.html")],
        "stats": [],
        "trace": ["25-CT/TW"],
        "who": ["Trần Thị Mơ"],
        "meetings": [],
        "query": ["plans-of-directive", "--param", "directive=25-CT/TW"],
        "sparql": [str(beside / "câu hỏi.rq")],
        "ask": ["kế hoạch nào thực hiện chỉ thị 25-CT/TW"],
        "path": ["Trần Thị Mơ", "52-CTr/TU"],
        "coverage": ["25-CT/TW"],
        "review": [],
        "diff": [str(out), str(beside / "ra"), "--full"],
        "validate": ["--skip", "shapes"],
        "check-data": [],
        "evaluate": ["--gold", str(beside / "vàng")],
        "explain": [str(beside / "vào" / "bản tin.txt")],
    }


def _run(name, args, out, **environ):
    if any("--graph" in p.opts for p in main.commands[name].params) and "--graph" not in args:
        args = [*args, "--graph", str(out)]
    surroundings = {**{k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}, **environ}
    return subprocess.run([sys.executable, "-m", "graph", name, *args], capture_output=True, check=False, env=surroundings)


NARROW = {
    "cp1252": {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C.UTF-8"},
    "the C locale": {"LC_ALL": "C"},
}


@pytest.fixture(scope="module", autouse=True)
def wanted(out):
    """What each command writes where everything is UTF-8; the build comes first, others read what it wrote."""
    calls = _calls(out)
    done = {name: _run(name, calls[name], out, LC_ALL="C.UTF-8") for name in ("build", *(c for c in COMMANDS if c != "build"))}
    assert done["build"].returncode == 0, done["build"].stderr.decode()
    return done


@pytest.mark.parametrize("surroundings", NARROW)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_writes_utf8_to_a_pipe(out, wanted, name, surroundings):
    done = _run(name, _calls(out)[name], out, **NARROW[surroundings])
    assert done.returncode == wanted[name].returncode
    assert b"Traceback" not in done.stderr
    assert b"\r" not in done.stdout + done.stderr
    if name != "validate":  # tells seconds
        assert done.stdout == wanted[name].stdout
    for text in (done.stdout, done.stderr):
        assert b"\\u1e" not in text
        text.decode("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="no pseudo terminals")
@pytest.mark.parametrize(("encoding", "first"), [("utf-8", "Chỉ thị 25-CT/TW"), ("cp1252", "Chi thi 25-CT/TW"), ("ascii", "Chi thi 25-CT/TW")])
def test_a_terminal_shows_what_it_can(out, encoding, first):
    import pty  # noqa: PLC0415 - not on every system

    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "graph", "trace", "25-CT/TW@2023", "--graph", str(out)]
    environ = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    process = subprocess.Popen(command, stdout=terminal, stderr=subprocess.PIPE, env=environ)
    os.close(terminal)
    shown = b""
    try:
        while chunk := os.read(controller, 4096):
            shown += chunk
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(controller)
    assert process.communicate()[1] == b""
    assert process.returncode == 0
    assert shown.startswith(b"\x1b[1m" + first.encode(encoding))

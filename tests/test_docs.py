"""What the pages show is so: their commands print what they say, their Python runs, their lists are those of the program.

With GOVGRAPH_WRITE=1 the pages are brought up to date instead: look at the difference before you commit it.
"""

from __future__ import annotations

import contextlib
import csv
import inspect
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import graph as front
from graph.cli import main
from graph.query.named import queries
from graph.registers.data import shipped

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [README, *DOCS]
WRITE = os.environ.get("GOVGRAPH_WRITE") == "1"
SCREENS = 150  # lines of the README: what a newcomer needs
SHELL = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(?P<code>.*?)```(?:\n\n```text\n(?P<output>.*?)```)?", re.DOTALL)
MADE = re.compile(r"<!-- (?P<name>[a-z][^>]*?) -->\n(?P<body>.*?)<!-- /(?P<end>\w+) -->", re.DOTALL)
EXAMPLES = [pytest.param(page, m["command"], id=f"{page.name}: {m['command']}") for page in PAGES for m in SHELL.finditer(page.read_text(encoding="utf-8"))]
SNIPPETS = [page for page in PAGES if PYTHON.search(page.read_text(encoding="utf-8"))]
PARTS = [pytest.param(page, m["name"], id=f"{page.name}: {m['name']}") for page in PAGES for m in MADE.finditer(page.read_text(encoding="utf-8"))]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the examples are written for a POSIX shell")


@pytest.fixture(scope="module")
def built(tmp_path_factory, root):
    """A folder whose `out` is the sample graph, as after `make graph`; its `before` lacks one of the texts, and `my-folder` holds some of one's own."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(root / "data" / "corpus", folder / "fewer", ignore=shutil.ignore_patterns("nghe-bao-cao-*"))
    for own in ("texts", "my-folder", "thu-muc-cua-toi"):
        (folder / own).mkdir()
        shutil.copy(root / "data" / "corpus" / "hoi-nghi-y-te-co-so-2024.txt", folder / own)
    for texts, out in ((root / "data" / "corpus", "out"), (folder / "fewer", "before")):
        done = CliRunner().invoke(main, ["build", "--input", str(texts), "--out", str(folder / out), "--no-cache"])
        assert done.exit_code == 0, done.output
    return folder


def _mended(page: Path, old: str, new: str) -> None:
    """The page says what it should; with WRITE it does from now on."""
    if WRITE and old != new:
        text = page.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{page.name} says the same twice: {old[:80]}"
        page.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
        return
    assert new == old, f"{page.name} is not up to date; GOVGRAPH_WRITE=1 mends it"


# ---- commands


def _run(command: str, folder: Path) -> str:
    shell = re.sub(r"\bgovgraph\b(?! )|(?<![\w/.-])govgraph(?= )", f'"{sys.executable}" -m graph', command).replace("| python ", f'| "{sys.executable}" ')
    environ = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")} | {"COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(shell, shell=True, capture_output=True, cwd=folder, env=environ, text=True, encoding="utf-8", timeout=120, check=False)  # noqa: S602 - our own pages
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


@POSIX
@pytest.mark.parametrize(("page", "command"), EXAMPLES)
def test_a_command_prints_what_the_page_says(built, page, command):
    # Times differ from run to run.
    steady = re.sub(r"\d+[.,]\d+ (s|giây)\b", r"… \1", _run(command, built))
    old = next(m[0] for m in SHELL.finditer(page.read_text(encoding="utf-8")) if m["command"] == command)
    _mended(page, old, f"```console\n$ {command}\n{steady}```")


@POSIX
@pytest.mark.parametrize("name", ["huong-dan.md", "tutorial.md"])
def test_the_ten_minutes_can_be_walked(built, tmp_path, name):
    """Each command of the tutorial runs, in its order, in a folder of its own."""
    shutil.copytree(built, tmp_path / "walk")
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / name).read_text(encoding="utf-8"), re.DOTALL)
    commands = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines() if line.startswith("govgraph ")]
    assert len(commands) >= 7
    for command in commands:
        _run(command, tmp_path / "walk")


# ---- Python


@pytest.mark.parametrize("page", SNIPPETS, ids=lambda page: page.name)
def test_the_python_of_a_page_runs_and_prints_what_it_says(built, monkeypatch, page):
    """Its pieces run one after the other, as in a notebook."""
    monkeypatch.chdir(built)
    names: dict[str, object] = {}
    for block in list(PYTHON.finditer(page.read_text(encoding="utf-8"))):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(block["code"], str(page), "exec"), names)  # noqa: S102 - our own page
        printed = "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())
        shown = f"\n\n```text\n{printed}```" if printed else ""
        _mended(page, block[0], f"```python\n{block['code']}```{shown}")


def test_the_front_door_takes_ten_lines_of_the_readme():
    (block,) = PYTHON.finditer(README.read_text(encoding="utf-8"))
    assert len(block["code"].strip().splitlines()) <= 10


# ---- lists of the program


def _help(name: str) -> str:
    done = CliRunner().invoke(main, [name, "--help"], terminal_width=100)
    return f"```text\n{done.stdout.replace('Usage: main', 'Usage: govgraph').rstrip()}\n```\n"


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, tuple("---" for _ in heads), *rows)).replace("| --- |", "|---|").replace(" --- |", "---|")


def _commands() -> str:
    return _table(("command", "what it does"), ((f"[`{n}`](#{n})", click.unstyle(c.get_short_help_str(200))) for n, c in sorted(main.commands.items())))


def _queries() -> str:
    words = shipped().words
    known = queries(shipped()).values()
    parts = []
    for group in sorted({q.group for q in known}, key=lambda group: list(words).index(f"q.group.{group}")):
        rows = ((f"`{q.name}`", q.title["vi"], q.title["en"], _parameters(q)) for q in known if q.group == group)
        title = " / ".join(words[f"q.group.{group}"])
        parts.append(f"### {title}\n\n{_table(('name', 'câu hỏi', 'question', 'parameters'), rows)}")
    return "\n".join(parts)


def _parameters(query: front.NamedQuery) -> str:
    return ", ".join(f"`{p.name}`" if p.required else f"[`{p.name}`]" for p in query.parameters)


def _relations() -> str:
    def ends(kinds: frozenset[object]) -> str:
        return ", ".join(sorted(str(kind) for kind in kinds)) or "a date"

    known = shipped().ontology.relations.values()
    return _table(("relation", "tiếng Việt", "English", "from", "to"), ((f"`{k.name}`", *k.labels, ends(k.subjects), ends(k.objects)) for k in known))


def _columns(built: Path) -> str:
    rows = []
    for name in ("nodes.csv", "edges.csv", "facts.csv", "coverage.csv"):
        with (built / "out" / name).open(encoding="utf-8-sig", newline="") as file:
            rows.append((f"`{name}`", ", ".join(f"`{column}`" for column in next(csv.reader(file)))))
    return _table(("table", "columns"), iter(rows))


def _door() -> str:
    rows = []
    for name in sorted(front.__all__, key=lambda name: (not inspect.isfunction(getattr(front, name)), name != "Graph", name)):
        thing = getattr(front, name)
        rows.append((f"`{name}`", _first_line(thing)))
        if name == "Graph":
            rows += [
                (f"`Graph.{method}`", _first_line(value)) for method, value in vars(thing).items() if inspect.isfunction(value) and not method.startswith("_")
            ]
    return _table(("name", "what it is"), iter(rows))


def _first_line(thing: object) -> str:
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split()).replace("|", "\\|")


def _made(name: str, built: Path) -> str:
    if name.startswith("help "):
        return _help(name.removeprefix("help "))
    if name == "columns":
        return _columns(built)
    return {"commands": _commands, "queries": _queries, "relations": _relations, "door": _door}[name]()


@pytest.mark.parametrize(("page", "name"), PARTS)
def test_a_list_is_the_programs(built, page, name):
    old = next(m[0] for m in MADE.finditer(page.read_text(encoding="utf-8")) if m["name"] == name)
    _mended(page, old, f"<!-- {name} -->\n{_made(name, built)}<!-- /{name.split()[0]} -->")


def test_every_command_has_its_part_in_the_reference():
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^## (.+)$", text, re.MULTILINE)) == sorted(re.findall(r"<!-- help (.+) -->", text)) == sorted(main.commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_no_command_and_no_option_that_is_none(page):
    text = page.read_text(encoding="utf-8")
    text += "".join(f"$ {line}\n" for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines())
    for name, rest in re.findall(r"(?:`|\$ |\| |bin/)govgraph ([a-z][a-z-]+)([^`|#\n]*)", text):
        assert name in main.commands, name
        known = {option for parameter in main.commands[name].params for option in parameter.opts} | {"--help"}
        assert {*re.findall(r"(?<!\S)--[a-z][a-z-]*", rest)} <= known, (name, rest)


# ---- files and links


def test_every_file_that_the_pages_name_is_there(built):
    text = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    named = {
        file for cell in re.findall(r"^\| (`[^|]+)\|", text, re.MULTILINE) for file in re.findall(r"`([\w./]+)`", cell) if "." in file or file.endswith("/")
    }
    assert [file for file in named if not (built / "out" / file).exists()] == []
    written = {path.name + ("/" if path.is_dir() else "") for path in (built / "out").iterdir()}
    assert written - named == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page):
    for target, anchor in re.findall(r"\]\(([\w./-]*)(#[\w-]+)?\)", page.read_text(encoding="utf-8")):
        there = page.parent / target if target else page
        assert there.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor[1:] in {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}, anchor


def test_the_readme_is_what_a_newcomer_needs():
    assert len(README.read_text(encoding="utf-8").splitlines()) <= SCREENS
    assert all(page.name in README.read_text(encoding="utf-8") for page in DOCS)

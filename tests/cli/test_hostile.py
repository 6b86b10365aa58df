"""Nothing that a terminal would obey leaves the program, whatever stands in texts, names and arguments."""

from __future__ import annotations

import csv
import io
import json
import re

import hostile
import pytest
from hostile import EVIL, SHOWN
from markdown_it import MarkdownIt

from graph.cli import main
from graph.text.visible import visible

COMMANDS = sorted(main.commands)


@pytest.fixture(scope="module")
def place(tmp_path_factory, root):
    return hostile.lay(tmp_path_factory.mktemp("hostile"), root / "data")


def _clean(text):
    return visible(text) == text


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_gives_an_order_to_the_terminal(place, name):
    """A command that is missing in `hostile` fails here: show there how it is called."""
    forms = [[], *([f"--{form}"] for form in ("csv", "json") if any(f"--{form}" in p.opts for p in main.commands[name].params))]
    said = ""
    for args in place.calls()[name]:
        for form in forms:
            done = hostile.run(place, name, [*args, *form])
            assert done.exit_code in (0, 1, 2), done.output
            assert done.exception is None or isinstance(done.exception, SystemExit), done.output
            assert _clean(done.stdout), (args, form)
            assert _clean(done.stderr), (args, form)
            said += done.stdout + done.stderr if form != ["--json"] else ""
    assert SHOWN in said or name == "stats", "the test must reach what it is about"


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("args", [[EVIL], [f"--{EVIL}"], ["--graph", EVIL], ["--lang", EVIL], [EVIL, EVIL, EVIL, "--ledger", EVIL]], ids=range(5))
def test_no_message_gives_an_order_to_the_terminal(place, name, args):
    done = hostile.run(place, name, args)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    assert _clean(done.stdout)
    assert _clean(done.stderr)


def test_json_holds_the_very_text(place):
    quotes = [passage["quote"] for hop in _json(place, "trace", "25-CT/TW")[0]["hops"] for told in hop["evidence"] for passage in told.get("passages", ())]
    assert any(EVIL in quote for quote in quotes)
    rows = _json(place, "sparql", str(place.folder / "select.rq"))
    assert {row["evil"] for row in rows} == {EVIL}


def _json(place, name, *args):
    return json.loads(hostile.run(place, name, [*args, "--json"]).stdout)


def test_csv_shows_escapes_in_its_cells(place):
    rows = list(csv.DictReader(io.StringIO(hostile.run(place, "sparql", [str(place.folder / "select.rq"), "--csv"]).stdout)))
    assert {row["evil"] for row in rows} == {SHOWN}


def test_a_name_with_line_feeds_fakes_no_line(place):
    done = hostile.run(place, "build", place.calls()["build"][0])
    assert sum(line.startswith("Đã đọc 9") for line in done.stderr.splitlines()) == 0
    assert r"bỏ qua\nĐã đọc 9 nguồn.pdf" in done.stderr


def test_the_report_holds_no_order_and_no_markdown_of_a_name(place):
    text = (place.out / "report.md").read_text(encoding="utf-8")
    assert _clean(text)
    assert hostile.LINK in text
    kinds = {token.type for block in MarkdownIt("commonmark").enable("table").parse(text) for token in (block, *(block.children or ()))}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "softbreak"}
    assert not re.search(r"^#+ .*\bĐã đọc 9", text, re.MULTILINE)


def test_marks_of_rich_are_words(place, tmp_path):
    query = tmp_path / "q.rq"
    query.write_text('SELECT ("[red]a[/red] [link=http://example.org]b[/link] :smile:" AS ?x) {}', encoding="utf-8")
    assert "[red]a[/red] [link=http://example.org]b[/link] :smile:" in hostile.run(place, "sparql", [str(query)]).stdout

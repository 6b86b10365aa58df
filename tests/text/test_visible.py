"""What a terminal would obey is shown as an escape, and data formats keep the very character."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from pyoxigraph import RdfFormat, parse

from graph.text.visible import in_json, in_turtle, one_line, visible

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]
STAYS = set("\n\t\xad\u200b\u200c\u200d\u2060\ufeff") | {c for c in EVERY if c.isprintable()}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Sở Y tế – “25-CT/TW”\n\tđược", "Sở Y tế – “25-CT/TW”\n\tđược", id="a text as it should be"),
        pytest.param("\x1b]52;c;ZQ==\x07", r"\x1b]52;c;ZQ==\x07", id="the clipboard"),
        pytest.param("a\rb\x08c\x7f", r"a\x0db\x08c\x7f", id="over what was written"),
        pytest.param("\x9b31m", r"\x9b31m", id="C1"),
        pytest.param("\u202etxt.exe\u2066\u200f\u061c", r"\u202etxt.exe\u2066\u200f\u061c", id="direction"),
        pytest.param("\u2028\u2029", r"\u2028\u2029", id="separators"),
        pytest.param("\udcff\U000e0041", r"\udcff\U000e0041", id="a byte of a file's name, a tag"),
    ],
)
def test_what_a_terminal_would_obey_becomes_an_escape(text, shown):
    assert visible(text) == shown
    assert visible(visible(text)) == shown


def test_a_name_stays_on_its_line():
    assert one_line("a\nĐã đọc 9 nguồn\t\x1b") == r"a\nĐã đọc 9 nguồn\t\x1b"


def test_no_character_of_control_or_direction_is_left_out():
    orders = [c for c in EVERY if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(c) in
              ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN")]  # fmt: skip
    assert [hex(ord(c)) for c in orders if visible(c) == c and c not in STAYS and unicodedata.category(c) != "Cn"] == []


def test_nothing_that_can_be_read_is_changed():
    assert [c for c in STAYS if visible(c) != c] == []


UNSAFE = "".join(c for c in EVERY if visible(c) != c)


def test_json_keeps_the_very_characters():
    written = [in_json(json.dumps(c, ensure_ascii=False)) for c in UNSAFE]
    assert visible("".join(written)) == "".join(written)
    assert "".join(map(json.loads, written)) == UNSAFE


def test_turtle_keeps_the_very_characters():
    text = "".join(c for c in UNSAFE if not 0xD800 <= ord(c) < 0xE000 and c != "\r")
    written = in_turtle(f'<urn:a> <urn:b> """{text}""" .')
    assert visible(written) == written
    assert next(iter(parse(written, format=RdfFormat.TURTLE))).object.value == text

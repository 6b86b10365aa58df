"""A headline is a line of its own; where a text has no line breaks it is the first sentence."""

from __future__ import annotations

import pytest

from graph.model import LABEL, Zone
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.registers.registers import Registers

SAID = "Sở Y tế tỉnh Lào Cai đã triển khai nhiều việc ở các trạm y tế xã trong tháng vừa qua. "


@pytest.fixture(scope="module")
def registers() -> Registers:
    return shipped().registers


def zones(text: str, registers: Registers) -> list[tuple[Zone, str]]:
    return [(s.zone, text[s.start : s.end]) for s in read_document("a.txt", text, registers).sections]


def test_the_headline_of_a_text_without_line_breaks_is_its_first_sentence(registers):
    text = "Lào Cai họp bàn về y tế cơ sở. " + (SAID * 40).strip()
    assert zones(text, registers) == [(Zone.HEADLINE, "Lào Cai họp bàn về y tế cơ sở."), (Zone.LEAD, text[30:])]
    assert read_document("a.txt", text, registers).headline == "Lào Cai họp bàn về y tế cơ sở."


def test_the_rest_of_a_first_line_that_is_too_long_is_body_where_another_line_leads(registers):
    text = f"Lào Cai họp bàn về y tế cơ sở. {(SAID * 5).strip()}\n{(SAID * 3).strip()}"
    assert [zone for zone, _ in zones(text, registers)] == [Zone.HEADLINE, Zone.BODY, Zone.LEAD]


def test_a_headline_of_two_sentences_stays_whole(registers):
    text = f"Lào Cai họp bàn. Nhiều việc được giao.\n{(SAID * 3).strip()}"
    assert zones(text, registers)[0] == (Zone.HEADLINE, "Lào Cai họp bàn. Nhiều việc được giao.")


def test_a_text_without_line_breaks_and_stops_still_has_a_short_headline(registers):
    document = read_document("a.txt", "lời nói không dứt " * 20_000, registers)
    assert len(document.headline) <= LABEL
    assert document.headline.startswith("lời nói không dứt")
    assert document.headline.endswith("…")

"""Sentences end where a reader would end them, and offsets never lie."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.text.sentences import LONGEST, split_sentences

ABBREVIATIONS = frozenset({"TP", "PGS", "TS", "BS"})


def sentences(text: str, *, wrapped: bool = False) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text, 0, len(text), ABBREVIATIONS, wrapped=wrapped)]


CASES = [
    ("Sở họp sáng nay. Ông Hùng phát biểu.", ["Sở họp sáng nay.", "Ông Hùng phát biểu."]),
    ("Đoàn thăm TP. Huế hôm qua. Trời mưa.", ["Đoàn thăm TP. Huế hôm qua.", "Trời mưa."]),
    ("PGS.TS. Lê An dự. Ông phát biểu.", ["PGS.TS. Lê An dự.", "Ông phát biểu."]),
    ("Sáng 16.5 đoàn đi. Chiều về.", ["Sáng 16.5 đoàn đi.", "Chiều về."]),
    ("Bệnh viện A. Lê nói: “Tốt!” Mọi người vui.", ["Bệnh viện A. Lê nói: “Tốt!”", "Mọi người vui."]),
    ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[t[:25] for t, _ in CASES])
def test_a_report_is_cut_at_stops_and_line_ends(text, expected):
    assert sentences(text) == expected


def test_a_wrapped_line_of_an_official_document_goes_on():
    assert sentences("Căn cứ Luật Dược số\n105/2016/QH13;\nXét đề nghị của Sở", wrapped=True) == ["Căn cứ Luật Dược số\n105/2016/QH13;", "Xét đề nghị của Sở"]


def test_items_and_articles_open_a_sentence_of_their_own():
    found = sentences("Ủy ban giao các đơn vị\na) Sở Y tế chủ trì\nb) Sở Tài chính phối hợp\nĐiều 2. Hiệu lực", wrapped=True)
    assert found == ["Ủy ban giao các đơn vị", "a) Sở Y tế chủ trì", "b) Sở Tài chính phối hợp", "Điều 2.", "Hiệu lực"]


@given(st.text(alphabet='AaÔô .!?\n"”;:TP1', max_size=200), st.booleans())
def test_sentences_cover_all_letters_in_order(text, wrapped):
    spans = list(split_sentences(text, 0, len(text), ABBREVIATIONS, wrapped=wrapped))
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert "".join(c for a, b in spans for c in text[a:b] if c.isalpha()) == "".join(c for c in text if c.isalpha())


@pytest.mark.parametrize("leader", [".", "…", "!?", ". ", "…. "], ids=["dots", "ellipses", "marks", "spaced dots", "mixed"])
def test_a_dot_leader_is_tried_once(leader):
    """A run of marks that ends no sentence is passed over as a whole; tried at each of its marks, this one would take an hour."""
    found = sentences(f"Mục lục {leader * 400_000}5\nHết.")
    assert found[-1] == "Hết."
    assert found[0].startswith("Mục lục")


def test_a_leader_within_a_sentence_parts_nothing():
    assert sentences("Phần I ........ 5 và phần II …… 9. Hết.") == ["Phần I ........", "5 và phần II ……", "9. Hết."]


@pytest.mark.parametrize(("unit", "broken_behind"), [("một câu không dấu ", " "), ("việc này, việc kia ", ","), ("a", "a"), ("mục 1; mục 2, ", ";")])
def test_a_sentence_without_end_is_cut_between_words(unit, broken_behind):
    text = unit * 4000
    found = sentences(text)
    assert all(LONGEST // 3 < len(piece) <= LONGEST for piece in found[:-1])
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(text[text.index(piece) + len(piece) - (broken_behind != " ")] == broken_behind for piece in found[:1])

"""A text is read without a build, and every fact shows its passage."""

from __future__ import annotations

import unicodedata

import pytest

import graph as front

REPORT = """Hội nghị triển khai công tác dân số

Ngày 16/5/2024, Sở Y tế tỉnh Lào Cai tổ chức hội nghị triển khai Chỉ thị số 25-CT/TW. Đồng chí Trần Văn Hoa, Giám đốc Sở Y tế chủ trì hội nghị.
"""


def test_facts_come_with_their_passages():
    reading = front.read(REPORT)
    (chaired,) = [fact for fact in reading.facts if fact.predicate == "chaired"]
    assert (chaired.subject, chaired.object) == ("Trần Văn Hoa", "hội nghị triển khai")
    assert chaired.quote == "Đồng chí Trần Văn Hoa, Giám đốc Sở Y tế chủ trì hội nghị."
    assert 0.9 <= chaired.confidence <= 1
    assert not chaired.inferred
    for fact in reading.facts:
        assert fact.evidence
        assert all(e.quote == reading.text[e.start : e.end] for e in fact.evidence)


def test_mentions_stand_where_they_say():
    reading = front.read(REPORT)
    assert reading.mentions
    assert all(m.text == reading.text[m.start : m.end] for m in reading.mentions)


def test_letters_and_line_ends_of_another_form_give_the_same_reading():
    other = unicodedata.normalize("NFD", REPORT).replace("\n", "\r\n")
    assert front.read(other) == front.read(REPORT)


@pytest.mark.parametrize("text", ["", " \n\t"], ids=["nothing", "blanks"])
def test_a_text_without_text_is_refused_by_name(text):
    with pytest.raises(front.SourceError, match=r"bai-1: is empty"):
        front.read(text, source="bai-1")


@pytest.mark.parametrize(
    "text", ["lorem ipsum", "\ud800 Chỉ thị số 25-CT/TW", "\x00\x1b[31m", "<b>Chỉ thị</b> số"], ids=["another language", "half a pair", "signs", "tags"]
)
def test_odd_text_is_no_error(text):
    reading = front.read(text)
    assert all(m.text == reading.text[m.start : m.end] for m in reading.mentions)
    front.find_citations(text)


def test_citations_have_number_kind_date_and_place():
    text = "Kế hoạch số 135/KH-UBND ngày 14/5/2024 thực hiện Chỉ thị số 25-CT/TW"
    plan, directive = front.find_citations(text)
    assert (plan.value.number, plan.value.kind, plan.value.date) == ("135/KH-UBND", "Kế hoạch", front.PartialDate(2024, 5, 14))
    assert directive.value.number == "25-CT/TW"
    assert text[directive.start : directive.end] == directive.text == "Chỉ thị số 25-CT/TW"
    assert front.find_citations("Không dẫn văn bản nào.") == ()


def test_a_notebook_shows_the_facts_and_runs_nothing_of_the_text():
    html = front.read("<script>alert(1)</script>\n\n" + REPORT)._repr_html_()
    assert "Trần Văn Hoa" in html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html

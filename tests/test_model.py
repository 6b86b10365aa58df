"""A document knows its digest and headline from birth; no name is longer than a label."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from graph.model import LABEL, Document, Genre, Kind, Node, Section, Zone, as_label

WORDS = "một nhiệm vụ y tế rất dài "


def make_document(text: str, zone: Zone = Zone.HEADLINE, source: str = "a/b.txt") -> Document:
    sections = (Section(0, len(text), zone),) if text else ()
    return Document(source, text, Genre.REPORT, sections, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Sở Y tế", "Sở Y tế", id="short"),
        pytest.param("a" * LABEL, "a" * LABEL, id="just short enough"),
        pytest.param("a" * (LABEL + 1), "a" * (LABEL - 1) + "…", id="one word"),
        pytest.param("a" * (LABEL - 1) + " b", "a" * (LABEL - 1) + "…", id="a word that just fits"),
        pytest.param("a" * (LABEL - 2) + " bc", "a" * (LABEL - 2) + "…", id="a word that doesn't fit"),
        pytest.param("Số: " + "a" * LABEL, "Số: " + "a" * (LABEL - 5) + "…", id="an endless word behind a short one"),
    ],
)
def test_a_long_name_is_cut_behind_a_word(text, expected):
    assert as_label(text) == expected
    assert len(as_label(text)) <= LABEL


def test_a_document_tells_its_digest_and_headline_without_reading_its_text_again():
    """Each fact asks for them."""
    document = make_document("Tin y tế")
    assert document.sha256 == hashlib.sha256("Tin y tế".encode()).hexdigest()
    assert document.sha256 is document.sha256
    assert document.headline is document.headline


def test_another_text_has_another_digest_and_headline():
    document = replace(make_document("Tin y tế"), text="Tin khác")
    assert document.sha256 == hashlib.sha256("Tin khác".encode()).hexdigest()
    assert document.headline == "Tin khác"


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        pytest.param("KẾ HOẠCH\n\n  Phòng bệnh", Zone.TITLE, "KẾ HOẠCH Phòng bệnh", id="a title on two lines"),
        pytest.param("Thân bài", Zone.BODY, "b.txt", id="no headline"),
        pytest.param("", Zone.BODY, "b.txt", id="no text"),
    ],
)
def test_the_headline_is_one_line(text, zone, expected):
    assert make_document(text, zone).headline == expected


def test_a_headline_is_a_label():
    assert make_document(WORDS * 1000).headline == as_label(WORDS * 1000)
    assert make_document("\n".join("a" * 1000)).headline == as_label(" ".join("a" * 1000))
    assert len(make_document("", source="x" * 1000).headline) == LABEL


def test_no_field_of_a_node_is_longer_than_a_label():
    node = Node(Kind.POST, "post/1", (("title", WORDS * 20), ("agency", None), ("province", "Lào Cai")))
    assert node.fields == (("title", as_label(WORDS * 20)), ("agency", None), ("province", "Lào Cai"))

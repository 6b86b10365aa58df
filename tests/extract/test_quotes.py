"""A fact quotes the sentence that it stands in; a sentence that is too long gives a window around the passage."""

from __future__ import annotations

from graph.extract.extract import Extractor
from graph.extract.quotes import QUOTE, Quotes
from graph.model import Document
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.registers.registers import Registers

SHORT = "Sở Y tế tỉnh Lào Cai ban hành Kế hoạch số 77/KH-SYT ngày 3/4/2024."
LONG = (
    "Cuộc họp nghe báo cáo về " + "việc chăm lo sức khỏe cho người dân các xã vùng cao, " * 20 + "do bà Phạm Thị Mây, Giám đốc Sở Y tế tỉnh Lào Cai, trình bày."
)


def _document(registers: Registers, body: str) -> Document:
    return read_document("a.txt", f"Tin y tế Lào Cai\n\n{body}\n", registers)


def _passage(document: Document, words: str) -> tuple[int, int]:
    start = document.text.index(words)
    return start, start + len(words)


def test_two_passages_of_one_sentence_share_its_quote(registers):
    document = _document(registers, SHORT)
    (quote,) = Quotes(document).of([_passage(document, "77/KH-SYT"), _passage(document, "3/4/2024")])
    assert document.text[slice(*quote)] == SHORT


def test_a_long_sentence_gives_a_window_that_holds_the_passage_and_cuts_no_word(registers):
    document = _document(registers, LONG)
    passage = _passage(document, "Phạm Thị Mây")
    ((start, end),) = Quotes(document).of([passage])
    assert start <= passage[0]
    assert passage[1] <= end
    assert end - start <= QUOTE
    assert document.text[start - 1].isspace()


def test_every_fact_of_a_text_quotes_at_most_six_hundred_letters_in_place(registers):
    document = _document(registers, f"{SHORT}\n\n{LONG}")
    extraction = Extractor(shipped()).extract(document)
    assert {r.predicate for r in extraction.relations} >= {"issuedBy", "issuedOn", "holdsPost"}
    sentences = [(s.start, s.end) for s in document.sentences]
    for relation in extraction.relations:
        for start, end in relation.spans:
            assert end - start <= QUOTE
            assert any(a <= start and end <= b for a, b in sentences)

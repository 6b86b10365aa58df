"""Citations on their own: found in any text, with offsets of that text."""

from __future__ import annotations

import unicodedata

import pytest

from graph.extract.finder import CitationFinder
from graph.model import DirectiveRef
from graph.registers.data import shipped

TEXT = "Kế hoạch số 135/KH-UBND ngày 14/5/2024 thực hiện Chỉ thị số 25-CT/TW của Ban Bí thư và Luật Dược."


@pytest.fixture(scope="module")
def finder() -> CitationFinder:
    return CitationFinder(shipped())


@pytest.mark.parametrize("text", [TEXT, unicodedata.normalize("NFD", TEXT)], ids=["composed", "decomposed"])
def test_numbers_names_dates_and_issuers_are_found(finder: CitationFinder, text: str):
    found = finder.find(text)
    refs = [m.value for m in found if isinstance(m.value, DirectiveRef)]
    assert [ref.number or ref.title for ref in refs] == ["135/KH-UBND", "25-CT/TW", "Luật Dược"]
    assert str(refs[0].date) == "2024-05-14"
    assert refs[1].issuer is not None
    assert refs[1].issuer.label == "Ban Bí thư"
    assert all(TEXT[m.start : m.end] == m.text for m in found)


def test_a_text_that_cites_nothing_gives_nothing(finder: CitationFinder):
    assert finder.find("") == []
    assert finder.find("Trời hôm nay đẹp.") == []

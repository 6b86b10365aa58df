"""Runs of capitalised syllables, and which of them have the shape of a Vietnamese syllable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.text.names import is_syllable, runs, syllables

RUNS = {
    "a name between words": ("hôm nay Trần Thị Bình phát biểu", ["Trần Thị Bình"]),
    "a name of an ethnic minority": ("bà H’Lan Niê Kđăm đến dự", ["H’Lan Niê Kđăm"]),
    "a single letter inside a name": ("ông Hầu A Sính đến dự", ["Hầu A Sính"]),
    "two names with a comma": ("Lê Văn An, Trần Văn Hai", ["Lê Văn An", "Trần Văn Hai"]),
    "a double name": ("bà Lan-Anh Trần nói", ["Lan-Anh Trần"]),
    "a word inside another": ("anh McĐonald nói", []),
    "no capitals": ("ngành y tế đã họp", []),
}


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row, id=name) for name, row in RUNS.items()])
def test_runs_of_capitalised_syllables(text: str, expected: list[str]):
    assert [text[start:end] for start, end in runs(text)] == expected


@pytest.mark.parametrize("word", ["Nghiêm", "Quý", "Đặng", "Yến", "Khuê", "Thúy"])
def test_a_vietnamese_syllable(word: str):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["World", "Bank", "Strength", "", "12", "Nguyễn-Văn"])
def test_no_vietnamese_syllable(word: str):
    assert not is_syllable(word)


@given(st.text(alphabet="AÁĐaáđ bB'’-.,\n\xa0", max_size=60))
def test_runs_lie_inside_the_text_in_order_and_their_syllables_fill_them(text: str):
    found = list(runs(text))
    assert found == sorted(found)
    for start, end in found:
        parts = syllables(text, start, end)
        assert parts[0][0] == start
        assert parts[-1][1] == end
        assert all(not text[a:b].isspace() for a, b in parts)

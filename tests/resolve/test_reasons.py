"""Reasons are said in the words of the interface."""

from __future__ import annotations

import pytest

from graph.registers.data import shipped
from graph.resolve.reasons import in_words


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("number, year and place", "số, năm và nơi ban hành"),
        ("unit of Bộ Y tế", "đơn vị thuộc Bộ Y tế"),
        ("title and agency (unit of Bộ Y tế)", "chức danh và cơ quan (đơn vị thuộc Bộ Y tế)"),
        ("full name and agency; joined from 3 sources' names", "họ tên và cơ quan; ghép từ tên ở 3 nguồn"),
        ("a reason that nobody has written yet", "a reason that nobody has written yet"),
    ],
)
def test_reasons_are_told_in_vietnamese(english: str, vietnamese: str):
    assert in_words(english, shipped().words) == vietnamese
    assert in_words(english, shipped().words, "en") == english

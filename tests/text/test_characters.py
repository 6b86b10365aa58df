"""Characters that only look like others, or like nothing, are told, and nothing else is."""

from __future__ import annotations

import pytest

from graph.text.characters import find_invisible, plain_letters
from graph.text.edits import Mended

SEEN = [
    pytest.param("Ðỗ Văn Ðạt, Giám ðốc", "Đỗ Văn Đạt, Giám đốc", id="Icelandic letters"),
    pytest.param("Nguy\u00adễn Thị L\u200bựu", "Nguyễn Thị Lựu", id="inside names"),
    pytest.param("số 1\u200b35/K\u2060H-\ufeffUBND", "số 135/KH-UBND", id="inside numbers"),
    pytest.param("số 135/KH\u00adUBND", "số 135/KH-UBND", id="a soft hyphen that stands for the hyphen of a number"),
    pytest.param("CHỦ TỊ\u00adCH", "CHỦ TỊCH", id="a soft hyphen inside a word"),
    pytest.param("Sở\u200bY\u200btế họp", "Sở Y tế họp", id="words that nothing else parts"),
    pytest.param("bà \u200bHoa\u200b, ông", "bà Hoa, ông", id="beside a space"),
    pytest.param("UB\u200bND", "UBND", id="inside an abbreviation"),
]


@pytest.mark.parametrize(("text", "seen"), SEEN)
def test_a_text_is_what_a_reader_sees(text, seen):
    plain = plain_letters(text)
    assert Mended(plain, plain).edited(find_invisible(plain)).text == seen


def test_a_text_without_them_is_left_alone():
    text = "Đồng chí Trần Thị Bình – “25-CT/TW”\xa0…\n\t²"
    assert plain_letters(text) is text
    assert list(find_invisible(text)) == []

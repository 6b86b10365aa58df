"""Document numbers are found by shape, and what is found writes back to what was written."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import DocNumber
from graph.text.docnumbers import find_docnumbers

WRITTEN = [
    ("theo Quyết định 71/QĐ-TTg", [("71", ("QĐ", "TTg"), None)]),
    ("Nghị định số 15/2021/NĐ-CP;", [("15", ("NĐ", "CP"), 2021)]),
    ("Chỉ thị số 9-CT/TW.", [("9", ("CT", "TW"), None)]),
    ("Luật số 41/2024/QH15", [("41", ("QH15",), 2024)]),
    ("Luật số 41/2024/QH 15 ngày", [("41", ("QH15",), 2024)]),
    ("Pháp lệnh 03/2020/UBTVQH14", [("03", ("UBTVQH14",), 2020)]),
    ("số 02/2021/TTLT-BYT-BTC", [("02", ("TTLT", "BYT", "BTC"), 2021)]),
    ("Nghị quyết số 66.7/2025/NQ-CP", [("66.7", ("NQ", "CP"), 2025)]),
    ("số 245a/KH-SYT", [("245a", ("KH", "SYT"), None)]),
    ("Kế hoạch số 75/KH- UBND", [("75", ("KH", "UBND"), None)]),
    ("Kết luận 34 - KL/TW", [("34", ("KL", "TW"), None)]),
    ("Quyết định số 31/QĐ –\nBYT", [("31", ("QĐ", "BYT"), None)]),
    ("Quyết định số\n8/2022/QĐ-UBND", [("8", ("QĐ", "UBND"), 2022)]),
    ("Kế hoạch 45, 46/KH-UBND", [("45", ("KH", "UBND"), None), ("46", ("KH", "UBND"), None)]),
    ("Nghị quyết 18, 19 và 20-NQ/TW", [("18", ("NQ", "TW"), None), ("19", ("NQ", "TW"), None), ("20", ("NQ", "TW"), None)]),
    ("ngày 16/5/2024 có 12/15 đại biểu", []),
    ("tỷ lệ 3/4, đạt 95%, mã 01-2023", []),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN, ids=[t[:30] for t, _ in WRITTEN])
def test_numbers_are_found_with_their_parts(text, expected):
    found = [(w.number.number, w.number.codes, w.number.year) for w in find_docnumbers(text)]
    assert found == expected


def test_the_span_holds_the_whole_number_and_nothing_else():
    text = "Căn cứ Thông tư số 07/2021/TT-BYT ngày 27"
    (found,) = find_docnumbers(text)
    assert text[found.start : found.end] == "07/2021/TT-BYT"


def test_an_elliptic_member_of_a_list_spans_its_own_digits():
    text = "các Kế hoạch 45, 46/KH-UBND"
    first, second = find_docnumbers(text)
    assert (text[first.start : first.end], first.elliptic) == ("45", True)
    assert (text[second.start : second.end], second.elliptic) == ("46/KH-UBND", False)


def test_the_separators_as_printed_are_kept():
    assert [w.separators for w in find_docnumbers("12-NQ/TU và 12/NQ-CP")] == ["-/", "/-"]


CODES = st.lists(st.sampled_from(["QĐ", "KH", "NQ", "CTr", "TTg", "UBND", "TW", "TU", "BYT", "SYT", "HĐND", "BLĐTBXH", "VPCP"]), min_size=1, max_size=4).map(
    tuple
)
NUMBERS = st.builds(DocNumber, st.integers(1, 99999).map(str), CODES, st.none() | st.integers(1945, 2099))


def written(number: DocNumber, first: str = "/", then: str = "-") -> str:
    """A number as the State writes it."""
    year = f"/{number.year}" if number.year is not None else ""
    return f"{number.number}{year}{first}{then.join(number.codes)}"


@given(NUMBERS)
def test_a_written_number_is_read_back(number):
    assert [w.number for w in find_docnumbers(f"theo số {written(number)} nêu trên")] == [number]


@given(NUMBERS, st.sampled_from(["–", "—", "‑", "-\n", "- ", " - ", "\xa0- "]))
def test_another_dash_a_space_or_a_line_break_changes_nothing(number, dash):
    assert [w.number for w in find_docnumbers(f"số {written(number, then=dash)} ngày")] == [number]


@given(st.text(alphabet="0123456789/-–. QĐKHUBNDTWn\n,", max_size=200))
def test_any_text_gives_spans_in_order_without_overlap(text):
    found = list(find_docnumbers(text))
    assert all(0 <= w.start < w.end <= len(text) for w in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))

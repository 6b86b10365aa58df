"""Numbers get their official form from their codes, whatever the press or a scan printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.registers.data import shipped
from graph.registers.numbers import as_printed, official
from graph.text.docnumbers import find_docnumbers

REGISTERS = shipped().registers


def read(text: str, kind: str = ""):
    (written,) = find_docnumbers(text)
    return official(written, REGISTERS, kind)


OFFICIAL = [
    ("135/KH-UBND", "", "135/KH-UBND", "Kế hoạch", ""),
    ("25-CT/TW", "", "25-CT/TW", "Chỉ thị", ""),
    ("128-NQ/CP", "", "128/NQ-CP", "Nghị quyết", "chinh-phu"),
    ("25/CT-TW", "", "25-CT/TW", "Chỉ thị", ""),
    ("7/QD-TTG", "", "7/QĐ-TTg", "Quyết định", "thu-tuong-chinh-phu"),
    ("7/QĐ.UBND", "", "7/QĐ-UBND", "Quyết định", "uy-ban-nhan-dan"),
    ("52-CTr/TƯ", "", "52-CTr/TW", "Chương trình", ""),
    ("15/2023/QH15", "Luật", "15/2023/QH15", "Luật", "quoc-hoi"),
    ("99/2023/QH15", "Nghị quyết", "99/2023/QH15", "Nghị quyết", "quoc-hoi"),
    ("35/2007/PL-UBTVQH11", "", "35/2007/PL-UBTVQH11", "Pháp lệnh", "uy-ban-thuong-vu-quoc-hoi"),
    ("43/2013/TTLT-BYT-BTC", "", "43/2013/TTLT-BYT-BTC", "Thông tư liên tịch", ""),
    ("1129/TTg-KGVX", "", "1129/TTg-KGVX", "Công văn", "thu-tuong-chinh-phu"),
    ("1289/TT-LĐTBXH", "Tờ trình", "1289/TT-LĐTBXH", "Tờ trình", "bo-lao-dong-thuong-binh-va-xa-hoi"),
    ("118/TTg", "Quyết định", "118/TTg", "Quyết định", "thu-tuong-chinh-phu"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "number", "found_kind", "issuer"), OFFICIAL, ids=[row[0] for row in OFFICIAL])
def test_the_official_form_its_kind_and_certain_issuer(text, kind, number, found_kind, issuer):
    found = read(text, kind)
    assert found is not None
    assert (found.text, found.kind) == (number, found_kind)
    assert found.issuer == issuer or not issuer


@pytest.mark.parametrize("text", ["12/XYZ-QWERT", "3/ABC", "C74/KKK-LLL9"])
def test_unknown_codes_are_no_number(text):
    assert all(official(written, REGISTERS) is None for written in find_docnumbers(text))


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [("315/XYZQ-VIII", "Công văn", "315/XYZQ-VIII"), ("14/TTLB", "Thông tư", "14/TTLB")],
)
def test_behind_the_word_for_its_kind_an_unknown_number_is_kept(text, kind, number):
    (written,) = find_docnumbers(text)
    assert as_printed(written, REGISTERS, kind).text == number


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        pytest.param("12-NQQ/TW", "Nghị quyết", "12-NQ/TW", id="a letter twice"),
        pytest.param("7/2014/TTTLT-BYT-BTC", "Thông tư liên tịch", "7/2014/TTLT-BYT-BTC", id="a letter twice, several issuers"),
        pytest.param("31/KKH-UBND", "Kế hoạch", "31/KH-UBND", id="a letter twice, no year"),
        pytest.param("31/KHUBND", "Kế hoạch", "31/KH-UBND", id="codes glued together"),
        pytest.param("8-NQTW", "Nghị quyết", "8-NQ/TW", id="Party codes glued together"),
    ],
)
def test_a_slip_in_the_type_is_mended_by_the_word_for_its_kind(text, kind, number):
    (written,) = find_docnumbers(text)
    found = official(written, REGISTERS, kind)
    assert found is not None
    assert (found.text, found.kind) == (number, kind)


STATE = st.sampled_from(["QĐ-TTg", "NQ-CP", "KH-UBND", "TT-BYT", "NQ-HĐND", "CT-TTg"])
PARTY = st.sampled_from(["NQ/TW", "CT/TW", "CTr/TU", "KH/TU", "KL/TW"])


@given(st.integers(1, 9999), STATE)
def test_an_official_state_number_is_its_own_form(number, codes):
    found = read(f"{number}/{codes}")
    assert found is not None
    assert found.text == f"{number}/{codes}"
    assert read(found.text) == found


@given(st.integers(1, 9999), PARTY)
def test_an_official_party_number_is_its_own_form_and_its_misprint_is_repaired(number, codes):
    kind, issuer = codes.split("/")
    misprinted = read(f"{number}/{kind}-{issuer}")
    assert misprinted == read(f"{number}-{codes}")
    assert misprinted is not None
    assert misprinted.text == f"{number}-{codes}"

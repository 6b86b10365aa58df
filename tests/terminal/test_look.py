"""What a terminal is given: colour only where wanted, signs that it has, dates and quotes in the reader's way."""

from __future__ import annotations

import csv
import io

import pytest

from graph.export.tables import harmless
from graph.model import PartialDate
from graph.terminal.look import Look
from graph.terminal.rows import as_csv, as_table
from graph.text.visible import visible


class _Stream(io.StringIO):
    def __init__(self, encoding: str, *, terminal: bool) -> None:
        super().__init__()
        self._encoding = encoding
        self._terminal = terminal

    @property
    def encoding(self) -> str:
        return self._encoding

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize(
    ("encoding", "terminal", "environ", "color", "ascii_signs"),
    [
        pytest.param("utf-8", True, {}, True, False, id="a terminal"),
        pytest.param("utf-8", True, {"NO_COLOR": "1"}, False, False, id="a terminal that wants no colour"),
        pytest.param("utf-8", False, {}, False, False, id="a pipe"),
        pytest.param("cp1258", True, {}, True, True, id="a terminal without our signs"),
    ],
)
def test_the_look_follows_stream_and_surroundings(encoding, terminal, environ, color, ascii_signs):
    look = Look.of(_Stream(encoding, terminal=terminal), "vi", environ=environ)
    assert (look.color, look.ascii) == (color, ascii_signs)


@pytest.mark.parametrize(
    ("day", "vi", "en"),
    [(PartialDate(2023, 10, 5), "05/10/2023", "5 October 2023"), (PartialDate(2023, 10), "10/2023", "October 2023"), (PartialDate(2023), "2023", "2023")],
)
def test_a_date_is_written_as_precisely_as_it_is_known(day, vi, en):
    assert (Look("vi").date(day), Look("en").date(day)) == (vi, en)


def test_letters_lose_their_marks_only_where_the_encoding_has_none():
    assert Look(ascii=True).signs("Đường “Sở Y tế” · ├─") == 'Đường "Sở Y tế" - |-'
    assert Look(ascii=True, letters=False).signs("Đường “Sở Y tế” · ├─") == 'Duong "So Y te" - |-'


LONG = "Tại buổi họp, ông Nam cho biết Kế hoạch số 77/KH-UBND do tỉnh ban hành vào tháng trước là để đưa Chương trình số 12-CTr/TU vào nền nếp ở từng xã."


@pytest.mark.parametrize("width", [50, 60, 70, 80, 200])
def test_a_cut_quote_keeps_both_numbers_and_its_width(width):
    text = Look().quote(LONG, width, "77/KH-UBND", "12-CTr/TU")
    assert "77/KH-UBND" in text
    assert "12-CTr/TU" in text
    assert len(text) <= width
    assert Look(full=True).quote(LONG, width, "77/KH-UBND") == f"“{LONG}”"


@pytest.mark.parametrize("width", range(8, 60))
def test_a_cut_quote_never_grows_over_its_width(width):
    assert len(Look().quote(LONG, width, "77/KH-UBND", "12-CTr/TU")) <= width
    assert len(Look().quote(LONG, width)) <= width


def test_a_table_fits_and_puts_numbers_to_the_right():
    lines = as_table(["tên", "số"], [("một cái tên rất dài mà cột không đủ chỗ", 5), ("b", 12)], Look(width=20)).splitlines()
    assert lines[2].endswith("…   5")
    assert lines[3].endswith("12")
    assert all(len(line) <= 20 for line in lines)


def test_a_table_with_full_breaks_cells_and_loses_nothing():
    text = as_table(["tên", "số"], [("một hai ba bốn năm sáu", 5)], Look(width=20, full=True))
    assert [word for word in ("một", "hai", "ba", "bốn", "năm", "sáu") if word not in text] == []


@pytest.mark.parametrize("sign", [*"=+-@＝＋－＠", "\t", "\r", "\n"], ids=ascii)
def test_no_cell_begins_as_a_formula_in_any_width(sign):
    text = f"{sign}1+1"
    assert harmless(text) == f"'{text}"
    assert list(csv.reader(io.StringIO(as_csv(("a",), [(text,)]), newline="")))[1] == [visible(f"'{text}")]


def test_csv_has_plain_truth_values_and_empty_cells_and_no_formula():
    assert as_csv(("a", "b", "c", "d"), [(True, None, "@x", -1)]).splitlines() == ["a,b,c,d", "true,,'@x,-1"]

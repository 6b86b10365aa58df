"""Dates keep the precision they are written with, and nothing that isn't a date becomes one."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import PartialDate
from graph.text.dates import find_dates, find_stamps

WRITTEN = [
    ("ngày 25 tháng 10 năm 2023", ["2023-10-25"]),
    ("ngày 04/5/2024", ["2024-05-04"]),
    ("25.10.2023 và 26-10-2023", ["2023-10-25", "2023-10-26"]),
    ("ngày 01\ntháng 12 năm 2025", ["2025-12-01"]),
    ("ngày 01 tháng12 năm 2025", ["2025-12-01"]),
    ("ngày 26 tháng 0 6 năm 2018", ["2018-06-26"]),
    ("ngày 1 2 tháng 6 năm 2018", ["2018-06-12"]),
    ("ngày 1 2 tháng 1 0 năm 2 019", ["2019-10-12"]),
    ("Ngày 1 2 /3/2019, ngày 2 1 / 1 0 / 201 9", ["2019-03-12", "2019-10-21"]),
    ("số 1 2/3/2019 và 5/ 6/ 2 019", ["2019-03-02", "2019-06-05"]),
    ("tháng 1 2019, tháng 1 2 ca", []),
    ("ngày 27 tháng mười một năm 2019", ["2019-11-27"]),
    ("tháng 4/2023", ["2023-04"]),
    ("tháng 4 năm 2023", ["2023-04"]),
    ("trong năm 2021, ngành", ["2021"]),
    ("giai đoạn năm 2021 - 2025", []),
    ("2023-10-25", ["2023-10-25"]),
    ("Nghị định số 15/2021/NĐ-CP", []),
    ("ngày 30/02/2023", []),
    ("đạt 95,5% so với 12/15", []),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN, ids=[t[:40] for t, _ in WRITTEN])
def test_dates_with_their_year(text, expected):
    assert [str(d.resolve()) for d in find_dates(text) if d.year is not None] == expected


@pytest.mark.parametrize("text", ["Sáng 18-12, Sở Y tế", "Ngày 1 8 /12, Sở", "Ngày 18 /12, Sở", "sáng nay 18/12", "Ngày 18.12, tại", "chiều 18/12"])
def test_a_day_without_year_stays_without_year(text):
    (found,) = find_dates(text)
    assert (found.year, found.month, found.day) == (None, 12, 18)
    assert found.resolve() is None
    assert found.resolve(2020) == PartialDate(2020, 12, 18)


def test_a_range_of_days_begins_on_its_first():
    (found,) = find_dates("Ngày 26-27/7, đoàn")
    assert (found.day, found.last_day) == (26, 27)


def test_two_digit_years_are_read_in_page_stamps_only():
    assert [str(d.resolve()) for d in find_stamps("29/05/13 07:47 GMT+7")] == ["2013-05-29"]
    assert find_dates("29/05/13 07:47 GMT+7") == []


@given(st.dates(date(1945, 1, 1), date(2099, 12, 31)), st.sampled_from(["{d}/{m}/{y}", "{d}-{m}-{y}", "ngày {d} tháng {m} năm {y}", "{d:02}.{m:02}.{y}"]))
def test_a_written_day_is_read_back(day, form):
    text = form.format(d=day.day, m=day.month, y=day.year)
    assert [d.resolve() for d in find_dates(text)] == [PartialDate(day.year, day.month, day.day)]


@given(st.text(alphabet="0123456789/-. ngàythánm\n", max_size=120))
def test_any_text_gives_spans_in_order_without_overlap(text):
    found = find_dates(text)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))

"""The year of a source: told by the text, never by a number that only looks like one."""

from __future__ import annotations

import pytest

YEARS = {
    "from the date line": ("Hội nghị\n\n16/05/2024\n\nSáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị.", "2024-05-15"),
    "from the year before, told in January": ("Hội nghị\n\n02/01/2024\n\nSáng 28/12, Sở Y tế Lào Cai tổ chức hội nghị.", "2023-12-28"),
    "from the lead": ("Hội nghị y tế năm 2023\n\nSáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị.", "2023-05-15"),
    "from a document that was just issued": (
        "Hội nghị\n\nSáng 16/5, Sở Y tế Lào Cai tổ chức hội nghị triển khai Kế hoạch số 87/KH-UBND ngày 14/5/2024 của UBND tỉnh.",
        "2024-05-16",
    ),
    "from a month that is still to come": (
        "Hội nghị\n\nSáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị. Kết quả sẽ được báo cáo HĐND tỉnh vào tháng 7/2019.",
        "2019-05-15",
    ),
    "from a month that comes next year": (
        "Hội nghị\n\nSáng 15/12, Sở Y tế Lào Cai tổ chức hội nghị. Đợt giám sát kế tiếp là tháng 3/2020 tới.",
        "2019-12-15",
    ),
    "from the date line, in spring": ("Hội nghị\n\n02/03/2024\n\nSáng 28/12, Sở Y tế Lào Cai tổ chức hội nghị.", None),
    "told as this morning": ("Hội nghị\n\n16/05/2024\n\nSáng nay, Sở Y tế Lào Cai tổ chức hội nghị.", "2024-05-16"),
    "told as yesterday": ("Hội nghị\n\n01/06/2024\n\nChiều qua, Sở Y tế Lào Cai tổ chức hội nghị.", "2024-05-31"),
    "told as this morning, and with its day": ("Hội nghị\n\n16/05/2024\n\nSáng nay (15/5), Sở Y tế Lào Cai tổ chức hội nghị.", "2024-05-15"),
    "told as this morning without a date line": ("Hội nghị\n\nSáng nay, Sở Y tế Lào Cai tổ chức hội nghị.", None),
    "not from a statistic": ("Hội nghị\n\nSáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị. Số giường tăng từ năm 1993 và năm 1993 đã gấp đôi vào năm 2016.", None),
    "not where it may lie on either side of a month": (
        "Hội nghị\n\nSáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị. Tháng 2/2017, dịch giảm. Đến tháng 3/2018, Sở tổ chức năm đợt giám sát.",
        None,
    ),
    "not from a goal": ("Hội nghị\n\nSáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị. Mục tiêu đến năm 2030 là đủ bác sĩ.", None),
}


@pytest.mark.parametrize(("text", "day"), [pytest.param(*row, id=name) for name, row in YEARS.items()])
def test_the_year_of_a_day_without_one(extract, text: str, day: str | None):
    held = [r for r in extract(text).relations if r.predicate == "heldOn"]
    assert [str(r.object.value) for r in held] == ([day] if day is not None else [])
    assert all(r.inferred and r.reason for r in held)

"""A letterhead that was a table is read column by column."""

from __future__ import annotations

import pytest

from graph.extract.extract import Extractor
from graph.registers.data import shipped
from tests.readings import facts

BODY = "\n\nKẾ HOẠCH\nPhòng, chống bệnh sởi\n\nThực hiện Chỉ thị số 25-CT/TW, UBND tỉnh ban hành Kế hoạch như sau:\n\nI. MỤC TIÊU\n"
HEADS = {
    "cells with a bar": "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nTỈNH LÀO CAI | Độc lập - Tự do - Hạnh phúc |\n"
    "Số: 34/KH-UBND | Lào Cai, ngày 05 tháng 6 năm 2023 |",
    "a table of Markdown": "| ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n| TỈNH LÀO CAI | Độc lập - Tự do - Hạnh phúc |\n"
    "| Số: 34/KH-UBND | Lào Cai, ngày 05 tháng 6 năm 2023 |",
    "bold cells, one of them empty": "| **ỦY BAN NHÂN DÂN** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |\n| **TỈNH LÀO CAI** |  |\n"
    "| | **Độc lập - Tự do - Hạnh phúc** |\n"
    "|Số: 34/KH-UBND|*Lào Cai, ngày 05 tháng 6 năm 2023*|",
    "tabs": "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH LÀO CAI\tĐộc lập - Tự do - Hạnh phúc\n-----\t-----\n"
    "Số: 34/KH-UBND\tLào Cai, ngày 05 tháng 6 năm 2023",
    "columns of blanks": "  ỦY BAN NHÂN DÂN       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n    TỈNH LÀO CAI            Độc lập - Tự do - Hạnh phúc\n\n"
    "  Số: 34/KH-UBND        Lào Cai, ngày 05 tháng 6 năm 2023",
    "one blank between the columns": "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH LÀO CAI Độc lập - Tự do - Hạnh phúc\n"
    "Số: 34/KH-UBND Lào Cai, ngày 05 tháng 6 năm 2023",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_number_issuer_and_day_are_read_from_the_columns(head):
    extractor = Extractor(shipped())
    text = head + BODY
    reading = extractor.read("a.txt", text)
    assert facts(reading) >= {
        "34/KH-UBND issuedBy Ủy ban nhân dân tỉnh Lào Cai",
        "34/KH-UBND issuedOn 2023-06-05",
        "34/KH-UBND implements 25-CT/TW",
    }
    assert all(0 <= a < b <= len(text) for r in reading.relations for a, b in r.spans)

"""Texts that once took hours are read: what repeats is tried once, however often it stands there. `tests/bench` measures the growth."""

from __future__ import annotations

import pytest

HEAD = "SỞ Y TẾ\n-----\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 77/KH-SYT\n\nLào Cai, ngày 3 tháng 4 năm 2023\n\nKẾ HOẠCH\n"
HOSTILE = {
    "a title that repeats a word": HEAD + "Triển khai thực hiện" + " nhiệm vụ" * 400 + "\n\nCăn cứ Luật Dược;\n",
    "a title that repeats two words": HEAD + "Triển khai thực hiện" + " một số nội dung" * 400 + "\n\nCăn cứ Luật Dược;\n",
    "bodies in general": "Tin y tế\n\nHội nghị có các bộ" + " ban ngành" * 400 + "x.",
    "bodies in a row": "Tin y tế\n\nDự họp có UBND, " + "đại diện lãnh đạo " * 400 + " xã và Sở Y tế tỉnh Lào Cai.",
    "blank lines behind a title": HEAD + "Phòng bệnh" + "\n" * 200_000 + "Hết",
    "blank lines in a body": HEAD + "Phòng bệnh\n\nCăn cứ Luật Dược;\n\nI. MỤC TIÊU" + "\n" * 200_000 + "Hết",
    "blank lines behind a basis": "Quyết định về việc lập trạm\nCăn cứ Luật Dược năm 2016;\n" + " \n" * 200_000 + "Hết",
    "a line of marks": "Tin y tế\n\nChương trình " + "!" * 400_000,
    "a table of contents": "Tin y tế\n\n" + "Mục I " + "." * 400_000 + " 5\nHết",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_read(extract, name):
    assert extract(HOSTILE[name]).document.text == HOSTILE[name]

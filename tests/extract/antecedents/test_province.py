"""The province of a source: told by the text, never by a name that only looks like a place."""

from __future__ import annotations

import pytest

PLACES = {
    "a body in the lead": ("Thêm bác sĩ\n\nSở Y tế Lào Cai vừa tuyển thêm bác sĩ.", "Lào Cai"),
    "the ground that is reported on": ("Thêm bác sĩ\n\nTrên địa bàn tỉnh Sơn La, nhiều trạm đã có bác sĩ.", "Sơn La"),
    "the tag of a portal": ("Thêm bác sĩ\n\n(laocai.gov.vn) - Ngành y tế vừa tuyển thêm bác sĩ.", "Lào Cai"),
    "the one site of a conference": ("Hội nghị y tế\n\nSáng 5/3, Bộ Y tế họp trực tuyến. Tại điểm cầu Lào Cai có đại diện các sở.", "Lào Cai"),
    "districts that only one province has": ("Phun hóa chất\n\nUBND huyện Mù Cang Chải và UBND huyện Trạm Tấu cùng vào cuộc.", "Yên Bái"),
    "told again and again in the running text": (
        "Sắp xếp trạm\n\nBan Thường vụ Tỉnh ủy vừa họp. Theo báo cáo, tỉnh Sơn La có 90 trạm; cuối năm, tỉnh Sơn La còn 60 trạm.",
        "Sơn La",
    ),
    "told once": ("Sắp xếp trạm\n\nBan Thường vụ Tỉnh ủy vừa họp. Theo báo cáo, tỉnh Sơn La có 90 trạm.", None),
    "two told in the running text": (
        "Sắp xếp trạm\n\nBan Thường vụ Tỉnh ủy vừa họp. Tỉnh Sơn La có 90 trạm, nay tỉnh Sơn La còn 60 trạm, tỉnh Lai Châu còn 40.",
        None,
    ),
    "told twice where nobody speaks of the province": ("Cấp cứu\n\nBộ Y tế hỗ trợ tỉnh Sơn La. Hai xe đã đến tỉnh Sơn La.", None),
    "a school that bears a province's name": ("Học sinh\n\nHọc sinh Trường THPT Hòa Bình được khám mắt.", None),
    "a university that bears a city's name": ("Nghiên cứu\n\nĐại học Quốc gia Hà Nội công bố kết quả.", None),
    "where an accident happened": ("Cấp cứu\n\nNạn nhân vụ tai nạn ở tỉnh Long An đã tỉnh. Bộ Y tế cử chuyên gia.", None),
    "two provinces alike": ("Giao lưu\n\nSở Y tế Lào Cai và Sở Y tế Sơn La ký kết.", None),
    "a district that two provinces have": ("Tiêm chủng\n\nUBND huyện Châu Thành tổ chức tiêm.", None),
}


@pytest.mark.parametrize(("text", "province"), [pytest.param(*row, id=name) for name, row in PLACES.items()])
def test_the_province_of_a_source(extract, text: str, province: str | None):
    reading = extract(text)
    assert reading.province == province
    assert bool(reading.province_reason) == (province is not None)


def test_the_issuer_of_a_document_places_it_whatever_stands_above(extract):
    above = "Chế độ bảo hiểm theo quyết định ngày 8 tháng 11 năm 2005 của UBND tỉnh Lào Cai\n\n"
    head = "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 21/KH-UBND\n"
    reading = extract(above + head + "Sơn La, ngày 3 tháng 4 năm 2023\n\nKẾ HOẠCH\nPhòng, chống dịch\n\nCăn cứ Luật Dược ngày 06 tháng 4 năm 2016;\n")
    assert reading.province == "Sơn La"
    assert str(reading.date) == "2023-04-03"

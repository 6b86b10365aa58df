"""Documents named without a number: read where an event is about them or a numbered plan carries them out, never in passing."""

from __future__ import annotations

import pytest
from readings import documents, facts

HEAD = "Hội nghị y tế\n\n16/05/2024\n\n"
NAMED = {
    "what a conference rolls out": (
        "Sáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị triển khai Chương trình hành động tăng cường công tác điều dưỡng giai đoạn 2024 - 2030 tại Lào Cai.",
        "Chương trình hành động tăng cường công tác điều dưỡng",
    ),
    "how a scheme is carried out, beside a law": (
        "Chiều 15/5, Phó Chủ tịch UBND tỉnh Lào Cai Lê Văn An chủ trì cuộc họp về tình hình thực hiện Luật Bảo hiểm y tế và Đề án giảm quá tải bệnh viện công.",
        "Đề án giảm quá tải bệnh viện công",
    ),
    "with its issuer before the name": (
        "Sáng 15/5, Bộ Y tế tổ chức hội nghị sơ kết Kế hoạch của Bộ Y tế về tiêm chủng mở rộng vùng cao.",
        "Kế hoạch về tiêm chủng mở rộng vùng cao",
    ),
    "what was just issued": (
        "Sở Y tế Lào Cai vừa xây dựng, ban hành kế hoạch nâng cấp trạm y tế vùng cao năm 2024, gồm 7 nhiệm vụ.",
        "Kế hoạch nâng cấp trạm y tế vùng cao",
    ),
    "what a council has just passed, up to the next verb": (
        "HĐND huyện Bắc Hà vừa thông qua Đề án củng cố trạm y tế vùng cao và giao Phòng Y tế triển khai.",
        "Đề án củng cố trạm y tế vùng cao",
    ),
    "what a report names again by the same words": (
        "Sở Y tế Lào Cai đang lấy ý kiến về Đề án củng cố mạng lưới y tế thôn bản. Đề án củng cố mạng lưới y tế thôn bản gồm ba phần.",
        "Đề án củng cố mạng lưới y tế thôn bản",
    ),
    "in quotation marks": (
        'Sáng 15/5, Bộ Y tế họp trực tuyến, giới thiệu nghị quyết về "công tác dân số trong tình hình mới".',
        "Nghị quyết về công tác dân số trong tình hình mới",
    ),
    "a directive by issuer and subject": (
        "Sáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị quán triệt chỉ thị của Bộ Y tế về giảm túi ni lông trong bệnh viện.",
        "Chỉ thị về giảm túi ni lông trong bệnh viện",
    ),
    "what a numbered plan carries out": (
        "Sở Y tế báo cáo theo Kế hoạch số 77/KH-UBND ngày 17/9/2023 của UBND tỉnh Lào Cai về thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững.",
        "Chương trình mục tiêu quốc gia giảm nghèo bền vững",
    ),
}
PASSING = {
    "in passing": "Sáng 15/5, Sở Y tế Lào Cai họp. Các đơn vị nêu Đề án giảm quá tải bệnh viện công còn chậm.",
    "the programmes of a board": "Sáng 15/5, Sở Y tế Lào Cai dự họp của Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh Lào Cai.",
    "without a name": "Sáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị triển khai Kế hoạch công tác năm.",
    "a rule on programmes": "Quyết định số 41/2009/QĐ-TTg ban hành Quy chế xây dựng và thực hiện Chương trình xúc tiến y tế quốc gia.",
}


@pytest.mark.parametrize(("text", "title"), [pytest.param(*row, id=name) for name, row in NAMED.items()])
def test_a_topic_is_a_document(extract, text: str, title: str):
    assert title in documents(extract(HEAD + text))


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in PASSING.items()])
def test_what_is_named_in_passing_is_none(extract, text: str):
    assert not [d for d in documents(extract(HEAD + text)) if d.startswith(("Đề án", "Chương trình", "Kế hoạch"))]


def test_the_plan_implements_what_it_names_and_the_meeting_discusses_its_topic(extract):
    assert "77/KH-UBND implements Chương trình mục tiêu quốc gia giảm nghèo bền vững" in facts(extract(HEAD + NAMED["what a numbered plan carries out"][0]))
    told = facts(extract(HEAD + NAMED["what a conference rolls out"][0]))
    assert any("discusses Chương trình hành động tăng cường công tác điều dưỡng" in fact for fact in told)

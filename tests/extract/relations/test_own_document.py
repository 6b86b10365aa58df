"""What an official document does to the documents that it cites."""

from __future__ import annotations

import pytest
from decisions import HEAD, SIGNED, decision
from readings import facts

TIES = {
    "basis over several clauses": (
        decision(basis="Căn cứ Nghị định số 7/2021/NĐ-CP ngày 2/2/2021 của Chính phủ quy định mức chuẩn; Nghị định số 8/2022/NĐ-CP ngày "
        "3/3/2022 của Chính phủ;\n\n"),
        {"512/QĐ-UBND basedOn 7/2021/NĐ-CP", "512/QĐ-UBND basedOn 8/2022/NĐ-CP"},
    ),
    "what the title carries out": (
        decision(title="QUYẾT ĐỊNH\n\nBAN HÀNH KẾ HOẠCH THỰC HIỆN NGHỊ QUYẾT SỐ 12-NQ/TU NGÀY 01/6/2022 CỦA TỈNH ỦY\n\n"),
        {"512/QĐ-UBND implements 12-NQ/TU"},
    ),
    "what the preamble carries out, two of different kinds": (
        decision(basis="Thực hiện Chỉ thị số 4/CT-TTg ngày 2/2/2023 của Thủ tướng Chính phủ về phòng bệnh và Thông tư số 3/2023/TT-BYT ngày "
        "9/2/2023 của Bộ Y tế;\n\n"),
        {"512/QĐ-UBND implements 4/CT-TTg", "512/QĐ-UBND implements 3/2023/TT-BYT"},
    ),
    "replaces, clause by clause": (
        decision(
            body="Điều 1. Kiện toàn trạm.\nĐiều 2. Quyết định này có hiệu lực từ ngày ký; thay thế Danh mục tại Quyết định số 41/QĐ-UBND "
            "ngày 3/3/2020 và mục II tại "
            "Quyết định số 42/QĐ-UBND ngày 4/3/2020."
        ),
        {"512/QĐ-UBND replaces 41/QĐ-UBND", "512/QĐ-UBND replaces 42/QĐ-UBND"},
    ),
    "a list of what is repealed": (
        decision(body="Điều 1. Bãi bỏ các văn bản sau:\n1. Quyết định số 41/QĐ-UBND ngày 3/3/2010.\n2. Quyết định số 42/QĐ-UBND ngày "
        "4/3/2010.\nĐiều 2. Hiệu lực."),
        {"512/QĐ-UBND repeals 41/QĐ-UBND", "512/QĐ-UBND repeals 42/QĐ-UBND"},
    ),
    "what lapses": (
        decision(body="Điều 1. Kiện toàn trạm.\n2. Quyết định số 41/QĐ-UBND ngày 3/3/2010 và Quyết định số 42/QĐ-UBND ngày 4/3/2010 hết "
        "hiệu lực kể từ ngày Quyết định này có hiệu lực."),
        {"512/QĐ-UBND repeals 41/QĐ-UBND", "512/QĐ-UBND repeals 42/QĐ-UBND"},
    ),
    "amends by its title": (
        decision(title="QUYẾT ĐỊNH\n\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA QUYẾT ĐỊNH SỐ 41/QĐ-UBND NGÀY 03/3/2020\n\n"),
        {"512/QĐ-UBND amends 41/QĐ-UBND"},
    ),
    "cites in any other way": (decision(body="Điều 1. Trạm hoạt động theo Thông tư số 33/2015/TT-BYT."), {"512/QĐ-UBND references 33/2015/TT-BYT"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TIES.values(), ids=TIES)
def test_ties_to_other_documents(extract, text, expected):
    assert expected <= facts(extract(text))


NOT = {
    "a document named only in a basis's title is no basis": (
        decision(basis="Căn cứ Nghị định số 7/2021/NĐ-CP ngày 2/2/2021 của Chính phủ quy định chi tiết Luật Dược;\n\n"), ("512/QĐ-UBND "
        "basedOn Luật Dược"),
    ),
    "a plan issued with a cited decision is not our own": (
        decision(basis="Căn cứ Nghị quyết số 8/NQ-CP ngày 2/2/2023 của Chính phủ ban hành Kế hoạch hành động thực hiện Nghị quyết số "
        "5-NQ/TW;\n\n"), "512/QĐ-UBND implements 5-NQ/TW",
    ),
    "what was done before is not carried out now": (
        decision(basis="Thực hiện Nghị quyết số 5-NQ/TU ngày 2/2/2021 của Tỉnh ủy, trong thời gian qua các ngành đã nỗ lực.\n\n"),
        "512/QĐ-UBND implements 5-NQ/TU",
    ),
    "a request to replace replaces nothing": (decision(body="Điều 1. Giao Sở Y tế đề xuất thay thế Quyết định số "
    "41/QĐ-UBND."), "512/QĐ-UBND replaces 41/QĐ-UBND"),
    "what is tied is not cited once more": (decision(), "512/QĐ-UBND references Luật Khám bệnh, chữa bệnh"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wrong"), NOT.values(), ids=NOT)
def test_no_tie_where_the_text_says_something_else(extract, text, wrong):
    assert wrong not in facts(extract(text))


def test_a_letter_that_quotes_an_amendment_amends_nothing(extract):
    head = HEAD.replace("512/QĐ-UBND", "512/UBND-VX")
    body = "V/v trả lời về chế độ\n\nKính gửi: Sở Y tế.\n\nVăn bản có ghi:\n2. Sửa đổi, bổ sung điểm c khoản 2 Điều 2 Quyết định số 118/TTg ngày 27/02/1996:\n"
    told = facts(extract(head + body + SIGNED))
    assert "512/UBND-VX amends 118/TTg" not in told
    assert "512/UBND-VX references 118/TTg" in told

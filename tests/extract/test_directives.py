"""What an official document does to the documents that it cites, and what it says of itself."""

from __future__ import annotations

import pytest
from readings import facts, name

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n-------\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 512/QĐ-UBND\n\nLào "
    "Cai, ngày 14 tháng 9 năm 2023\n\n"
)
TITLE = "QUYẾT ĐỊNH\n\nVỀ VIỆC KIỆN TOÀN TRẠM Y TẾ\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n\n"
BASIS = "Căn cứ Luật Khám bệnh, chữa bệnh ngày 09 tháng 01 năm 2023;\n\n"
SIGNED = "\n\nNơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nLê Văn Khải\n"


def decision(*, title: str = TITLE, basis: str = BASIS, body: str = "Điều 1. Kiện toàn trạm.", signed: str = SIGNED) -> str:
    return f"{HEAD}{title}{basis}QUYẾT ĐỊNH:\n\n{body}{signed}"


def test_a_document_tells_number_issuer_date_signer_and_post(extract):
    assert {
        "512/QĐ-UBND issuedBy Ủy ban nhân dân tỉnh Lào Cai",
        "512/QĐ-UBND issuedOn 2023-09-14",
        "512/QĐ-UBND signedBy Lê Văn Khải",
        "Lê Văn Khải holdsPost Phó Chủ tịch, Ủy ban nhân dân tỉnh Lào Cai",
        "512/QĐ-UBND basedOn Luật Khám bệnh, chữa bệnh",
    } <= facts(extract(decision()))


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


SIGNATURES = {
    "signed, in brackets": ("\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nPhạm Thị Hoa\n", ("Phạm Thị Hoa holdsPost Chủ tịch, Ủy ban nhân dân "
    "tỉnh Lào Cai")),
    "in a table cell": ("\n\n| Nơi nhận: - Lưu: VT. | KT. CHỦ TỊCH PHÓ CHỦ TỊCH Phạm Thị Hoa |\n\nPHỤ LỤC\nChương I\n", ("Phạm Thị Hoa "
    "holdsPost Phó Chủ tịch, Ủy ban nhân dân tỉnh Lào Cai")),
    "a name over two lines": ("\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\nPhạm\nThị Hoa\n\nPhụ lục 1\n", "512/QĐ-UBND signedBy Phạm Thị Hoa"),
    "spaced out by a scan": ("\n\n| Nơi nhận: - Lưu: VT. | KT. CHỦ TỊ CH P HÓ CHỦ T Ị CH Ph ạ m Thị Hoa |\n", ("Phạm Thị Hoa holdsPost Phó "
    "Chủ tịch, Ủy ban nhân dân tỉnh Lào Cai")),
    "by order, an office head": ("\n\nTL. CHỦ TỊCH\nGIÁM ĐỐC SỞ Y TẾ\n\nPhạm Thị Hoa\n", "512/QĐ-UBND signedBy Phạm Thị Hoa"),
}  # fmt: skip


@pytest.mark.parametrize(("signed", "expected"), SIGNATURES.values(), ids=SIGNATURES)
def test_signatures(extract, signed, expected):
    assert expected in facts(extract(decision(signed=signed)))


def test_joint_signers_both_sign(extract):
    text = decision(signed="\n\n| KT. BỘ TRƯỞNG BỘ TÀI CHÍNH THỨ TRƯỞNG Đỗ Văn Minh | KT. BỘ TRƯỞNG BỘ Y TẾ THỨ TRƯỞNG Phạm Thị Hoa |\n")
    assert {"512/QĐ-UBND signedBy Đỗ Văn Minh", "512/QĐ-UBND signedBy Phạm Thị Hoa"} <= facts(extract(text))


def test_a_document_without_letterhead_is_keyed_by_kind_and_title(extract):
    text = (
        "Quyết định về việc thành lập trạm y tế lưu động\nỦy ban nhân dân tỉnh lào cai\nCăn cứ Luật Khám bệnh, chữa bệnh năm 2009;\n"
        "Quyết định:\nĐiều 1. Thành lập trạm.\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n"
    )
    found = extract(text)
    assert "Quyết định về việc thành lập trạm y tế lưu động issuedBy Ủy ban nhân dân tỉnh Lào Cai" in facts(found)
    assert all(name(r.subject) != "Quyết định này" for r in found.relations)


def test_a_document_carries_out_none_that_was_signed_after_it(extract):
    """ "A triển khai B và C": C is a second ground of the sentence where it is younger than A."""
    told = facts(
        extract(
            "Tin y tế\n\nThực hiện Nghị quyết số 30/NQ-CP ngày 13/3/2024 của Chính phủ triển khai Nghị quyết số 12/2023/QH15 ngày 10/11/2023 của Quốc hội"
            " và Quyết định số 900/QĐ-TTg ngày 08/9/2024 của Thủ tướng Chính phủ, Sở Y tế tỉnh Lào Cai ban hành Kế hoạch số 77/KH-SYT ngày 03/10/2024.\n"
        )
    )
    assert "30/NQ-CP implements 900/QĐ-TTg" not in told
    assert "30/NQ-CP implements 12/2023/QH15" in told


@pytest.mark.parametrize(("day", "cites"), [("10/6/2007", True), ("10/6/2011", False)])
def test_a_document_announced_cites_nothing_from_a_later_year(extract, day: str, cites: bool):
    text = (
        "Trung tâm dân số về huyện\n\nBộ Y tế vừa ban hành Thông tư số 05/2008/TT-BYT về tổ chức dân số. "
        f"Báo cáo số 471/BC-BYT ngày {day} của Bộ Y tế cũng nêu thực trạng này."
    )
    assert ("05/2008/TT-BYT references 471/BC-BYT" in facts(extract(text))) is cites


def test_a_local_letter_code_is_no_ministry_s(extract):
    told = facts(extract(decision(basis="Xét Tờ trình số 692/LĐTBXH-CS ngày 25 tháng 8 năm 2023 về trợ cấp;\n\n")))
    assert "512/QĐ-UBND references 692/LĐTBXH-CS" in told
    assert not {fact for fact in told if fact.startswith("692/LĐTBXH-CS issuedBy")}


def test_a_draft_law_in_the_title_is_not_cited(extract):
    told = facts(extract(decision(title="QUYẾT ĐỊNH\n\nVỀ DỰ ÁN LUẬT GIÁM ĐỊNH Y KHOA\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n\n")))
    assert not {fact for fact in told if "giám định" in fact.lower()}

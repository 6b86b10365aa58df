"""What a source says of the documents that it cites: number, date and issuer of each, and never of its neighbour."""

from __future__ import annotations

import unicodedata

import pytest
from readings import documents, facts

CASES = {
    "date and issuer behind a number": (
        "UBND tỉnh giao ngành y tế thực hiện Chỉ thị số 9-CT/TW ngày 12/3/2022 của Ban Bí thư về an toàn bệnh viện.",
        {"9-CT/TW issuedBy Ban Bí thư", "9-CT/TW issuedOn 2022-03-12"},
    ),
    "a comma before the date": (
        "Sở nêu Kế hoạch số 87/KH-UBND, ngày 6/8/2021 của UBND tỉnh Lào Cai.",
        {"87/KH-UBND issuedOn 2021-08-06", "87/KH-UBND issuedBy Ủy ban nhân dân tỉnh Lào Cai"},
    ),
    "the issuer before the date": (
        "Theo Thông tư số 19/2020/TT-BYT của Bộ Y tế ngày 30/11/2020, bệnh viện phải tự đánh giá.",
        {"19/2020/TT-BYT issuedBy Bộ Y tế", "19/2020/TT-BYT issuedOn 2020-11-30"},
    ),
    "an issuer that the code makes certain": ("Theo Quyết định số 1512/QĐ-TTg, mạng lưới được sắp xếp lại.", {("1512/QĐ-TTg issuedBy Thủ "
    "tướng Chính phủ")}),
    "a minister issues for the ministry": (
        "Quyết định số 812/QĐ-BYT ngày 4/4/2023 của Bộ trưởng Bộ Y tế đã có hiệu lực.",
        {"812/QĐ-BYT issuedBy Bộ Y tế"},
    ),
    "a chair issues for the committee": (
        "Chỉ thị số 6/CT-UBND ngày 2/2/2021 của Chủ tịch UBND tỉnh Lào Cai được quán triệt.",
        {"6/CT-UBND issuedBy Ủy ban nhân dân tỉnh Lào Cai"},
    ),
    "a letter from whoever asks in it": (
        "Xét đề nghị của Giám đốc Sở Tài chính tỉnh Lào Cai tại Tờ trình số 63/TTr-STC ngày 21/12/2019, UBND tỉnh đồng ý.",
        {"63/TTr-STC issuedBy Sở Tài chính tỉnh Lào Cai"},
    ),
    "one issuer told before a list": (
        "Huyện ủy học tập hai kết luận của Bộ Chính trị khóa XIII, đó là Kết luận số 41-KL/TW ngày 3/3/2022 và Kết luận số 42-KL/TW.",
        {"41-KL/TW issuedBy Bộ Chính trị", "42-KL/TW issuedBy Bộ Chính trị"},
    ),
    "a year behind a number that holds none": (
        "Theo Công điện số 87/2023 của Thủ tướng Chính phủ, các tỉnh trực 24/24.",
        {"87/CĐ-TTg issuedBy Thủ tướng Chính phủ", "87/CĐ-TTg issuedOn 2023"},
    ),
    "a type code with a letter too many": (
        "Theo Thông tư liên tịch số 31/2013/TTTLT-BYT-BTC ngày 5/5/2013, phí đã đổi.",
        {"31/2013/TTLT-BYT-BTC issuedOn 2013-05-05"},
    ),
    "a year that is part of the number": (
        "Theo nghị định 71 ban hành năm 2000, tuổi nghỉ hưu được kéo dài.",
        {"71/2000/NĐ-CP issuedBy Chính phủ"},
    ),
    "a decision that appoints": (
        "Theo Quyết định số 1296 ngày 21/6/2019 về công tác nhân sự, Bộ Chính trị bổ nhiệm ông Lê Văn An giữ chức Bộ trưởng Bộ Y tế.",
        {"Quyết định 1296 issuedBy Bộ Chính trị", "Quyết định 1296 issuedOn 2019-06-21"},
    ),
    "one issuer closes a list": (
        "Triển khai Chỉ thị số 31-CT/TU ngày 3/3/2022, Kế hoạch số 134-KH/TU ngày 5/5/2022 của Tỉnh ủy Lào Cai.",
        {"31-CT/TU issuedBy Tỉnh ủy Lào Cai", "134-KH/TU issuedBy Tỉnh ủy Lào Cai", "31-CT/TU issuedOn 2022-03-03", "134-KH/TU issuedOn 2022-05-05"},
    ),
    "who issued and when, told in the clause": (
        "Ngày 20/5/2024, Bộ Y tế ban hành Quyết định số 1234/QĐ-BYT về phòng, chống dịch.",
        {"1234/QĐ-BYT issuedBy Bộ Y tế", "1234/QĐ-BYT issuedOn 2024-05-20"},
    ),
    "a law by name and year": ("Trạm thực hiện Luật Dược năm 2016.", {"Luật Dược issuedOn 2016"}),
    "a bare number and who issued it": ("Hai công văn số 4102 và 4377 của Bảo hiểm xã hội Việt Nam gây tranh luận.", {("Công văn 4102 "
    "issuedBy Bảo hiểm xã hội Việt Nam"), "Công văn 4377 issuedBy Bảo hiểm xã hội Việt Nam"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_dates_and_issuers_are_bound_to_their_number(extract, text, expected):
    assert expected <= facts(extract(text))


BORROWED = {
    "the date of the second belongs to the second": (
        "Thực hiện Kế hoạch số 87/KH-UBND và Kế hoạch số 90/KH-UBND ngày 6/8/2021 của UBND tỉnh Lào Cai.", "87/KH-UBND issuedOn 2021-08-06",
    ),
    "the issuer of another system is not shared": (
        "Thực hiện Nghị quyết số 12-NQ/TU và Quyết định số 15/QĐ-BYT của Bộ Y tế.", "12-NQ/TU issuedBy Bộ Y tế",
    ),
    "the date of the meeting is not the document's": ("Ngày 9/9/2022, hội nghị quán triệt Chỉ thị số 9-CT/TW được tổ chức.", ("9-CT/TW "
    "issuedOn 2022-09-09")),
    "the code TW alone tells no body": ("Hội nghị quán triệt Chỉ thị số 9-CT/TW.", "9-CT/TW issuedBy Ban Bí thư"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wrong"), BORROWED.values(), ids=BORROWED)
def test_nothing_is_borrowed_or_guessed(extract, text, wrong):
    assert wrong not in facts(extract(text))


CITED = {
    "lists": ("Thực hiện Kế hoạch 45, 46/KH-UBND của UBND tỉnh Lào Cai.", {"45/KH-UBND", "46/KH-UBND"}),
    "party lists": ("Quán triệt Nghị quyết 20, 21-NQ/TW của Trung ương.", {"20-NQ/TW", "21-NQ/TW"}),
    "a later bare mention is the same document": ("UBND tỉnh ban hành Kế hoạch số 45/KH-UBND. Kế hoạch 45 giao nhiệm vụ cho sở.", {"45/KH-UBND"}),
    "kind and issuer complete a bare number": ("Chỉ thị 18 của Ban Bí thư được quán triệt.", {"18-CT/TW"}),
    "the first item under a heading is no number": ("KINH PHÍ THỰC HIỆN ĐỀ ÁN\n1. Kinh phí do ngân sách bảo đảm.", set()),
    "what a law applies to is not its name": ("Sở thực hiện Luật Di sản đối với các di tích.", {"Luật Di sản"}),
    "a quantity is no number": ("Kế hoạch 135 tỷ đồng được thông qua, kế hoạch 5 năm đã xong.", set()),
    "a misprint is stored in its official form": ("Nghị quyết số 31-NQ/CP của Chính phủ.", {"31/NQ-CP"}),
    "another misprint": ("Chỉ thị số 9/CT-TW của Ban Bí thư.", {"9-CT/TW"}),
    "a misprinted type behind the word for it": ("Nghị quyết số 12-NQQ/TW về y tế.", {"12-NQ/TW"}),
    "an issuer spelled out": ("học phí theo Nghị định 77/2012/NĐ-Chính phủ.", {"77/2012/NĐ-CP"}),
    "codes that no register knows": ("Xét Công văn số 315/XYZQ-VIII ngày 2/2/2015.", {"315/XYZQ-VIII"}),
    "a decision of another number in another year is another": (("Quyết định số 5/QĐ-UBND ngày 3/1/2020 và Quyết định số 5/QĐ-UBND ngày "
    "4/1/2021."), {"5/QĐ-UBND"}),
    "laws by longest name": ("theo Luật Đầu tư công và Luật Khám bệnh, chữa bệnh", {"Luật Đầu tư công", "Luật Khám bệnh, chữa bệnh"}),
    "an amending law is one document": (
        "Trạm áp dụng Luật sửa đổi, bổ sung một số điều của Luật Dược ngày 13/6/2014.",
        {"Luật sửa đổi, bổ sung một số điều của Luật Dược"},
    ),
    "a congress": ("Năm đầu thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV.", {"Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV"}),
    "a project inside a programme is none": ("Dự án 3 và Dự án 4 của chương trình đã giải ngân.", set()),
    "a document announced without number": (
        "Bệnh sởi vào mùa\n\nBộ Y tế vừa có công điện gửi các địa phương về việc tăng cường phòng, chống bệnh sởi trong mùa đông.",
        {"Công điện về tăng cường phòng, chống bệnh sởi trong mùa đông"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CITED.values(), ids=CITED)
def test_documents_cited(extract, text, expected):
    assert documents(extract(text)) == set(expected)


PLAIN = (
    "Sở Y tế Lào Cai thực hiện Kế hoạch số 87/KH-UBND ngày 06/8/2021 của UBND tỉnh Lào Cai và Chỉ thị số 9-CT/TW ngày 12/3/2022 của Ban Bí thư về y tế cơ sở."
)
CHANGES = {
    "a no-break space": lambda t: t.replace(" ngày", "\xa0ngày").replace("số ", "số\xa0"),
    "another dash": lambda t: t.replace("-", "–"),
    "a soft space inside a number": lambda t: t.replace("KH-UBND", "KH- UBND"),
    "decomposed letters": lambda t: unicodedata.normalize("NFD", t),
    "the older tone placement": lambda t: t.replace("Ủy", "Uỷ").replace("ủy", "uỷ"),
    "two spaces": lambda t: t.replace(" của ", "  của "),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_without_meaning_changes_no_fact(extract, change):
    assert facts(extract(change(PLAIN))) == facts(extract(PLAIN))


def test_a_line_break_inside_a_number_or_date_of_an_official_document_changes_no_fact(extract):
    head = "Số: 21/KH-SYT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLào Cai, ngày 3 tháng 4 năm 2023\n\nKẾ HOẠCH\nPhòng, chống dịch\n\n"
    body = "Căn cứ Kế hoạch số 87/KH-UBND ngày 06 tháng 8 năm 2021 của Ủy ban nhân dân tỉnh Lào Cai;\n"
    broken = body.replace("số 87", "số\n87").replace("tháng 8", "tháng\n8").replace("nhân dân", "nhân\ndân")
    assert facts(extract(head + broken)) == facts(extract(head + body))


LAWS = {
    "a long name before its number": (
        "Theo Luật Tuyển chọn cán bộ của Quốc hội và Chính phủ số 71/2019/QH14, hồ sơ được rút gọn.",
        ["71/2019/QH14"],
    ),
    "its number in brackets": ("Theo Luật Khám bệnh, chữa bệnh (Luật số 15/2023/QH15), trạm được hạch toán.", ["15/2023/QH15"]),
    "a comma inside an unknown name": (
        "Theo Luật Giữ gìn, phát huy y học làng bản năm 1999, lương y được cấp phép.",
        ["Luật Giữ gìn, phát huy y học làng bản"],
    ),
    "a row of laws": ("Theo Luật Dược, Luật Giám định y khoa, các trạm được mua thuốc.", ["Luật Dược", "Luật Giám định y khoa"]),
    "no law yet": ("Quốc hội bàn dự án Luật Giữ gìn sức khỏe, dự thảo lần 2 Bộ luật Dân số và hồ sơ đề nghị xây dựng Luật Dược.", []),
    "a scheme just passed, up to the next verb": (
        "Lào Cai họp\n\n16/05/2024\n\nUBND huyện Bắc Hà vừa thông qua Đề án nâng cấp trạm y tế xã vùng cao và giao Phòng Y tế triển khai.",
        ["Đề án nâng cấp trạm y tế xã vùng cao"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row, id=name) for name, row in LAWS.items()])
def test_documents_by_name(extract, text: str, expected: list[str]):
    assert documents(extract(text)) == set(expected)

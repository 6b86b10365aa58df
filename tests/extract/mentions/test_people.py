"""Who a report names, and with which titles in which bodies: each row is a sentence of our own."""

from __future__ import annotations

import pytest
from readings import facts

POSTS = {
    "a title before the name": (
        "Phó Chủ tịch UBND tỉnh Lào Cai Lê Thị Bình yêu cầu rà soát.",
        {"Lê Thị Bình holdsPost Phó Chủ tịch, Ủy ban nhân dân tỉnh Lào Cai"},
    ),
    "several titles behind the name": (
        "Đồng chí Trần Quốc Khải, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy Lào Cai đến dự.",
        {"Trần Quốc Khải holdsPost Ủy viên, Ban Chấp hành Trung ương Đảng", "Trần Quốc Khải holdsPost Bí thư, Tỉnh ủy Lào Cai"},
    ),
    "titles behind a dash and in brackets": (
        "Có ông Lê Văn Tám - Giám đốc Bệnh viện Bạch Mai và bà Trần Thị Chín (Cục trưởng Cục Quản lý Dược).",
        {"Lê Văn Tám holdsPost Giám đốc, Bệnh viện Bạch Mai", "Trần Thị Chín holdsPost Cục trưởng, Cục Quản lý Dược"},
    ),
    "a title right behind the name": (
        "Hội nghị do đồng chí Đỗ Văn Bảy Ủy viên Bộ Chính trị - Phó Thủ tướng Chính phủ điều hành.",
        {"Đỗ Văn Bảy holdsPost Ủy viên, Bộ Chính trị", "Đỗ Văn Bảy holdsPost Phó Thủ tướng, Chính phủ"},
    ),
    "academic titles are no posts": ("PGS.TS Vũ Thị Sáu, Phó Giám đốc Bệnh viện Bạch Mai cho biết.", {"Vũ Thị Sáu holdsPost Phó Giám đốc, Bệnh viện Bạch Mai"}),
    "a given name that also is a word for a body": (
        "Ông Phạm Trọng Khoa, Phó Cục trưởng Cục Quản lý Dược cho biết.",
        {"Phạm Trọng Khoa holdsPost Phó Cục trưởng, Cục Quản lý Dược"},
    ),
    "a name of an ethnic minority": ("Bà H’Lan Niê, Giám đốc Sở Y tế Đắk Lắk phát biểu.", {"H’Lan Niê holdsPost Giám đốc, Sở Y tế tỉnh Đắk Lắk"}),
    "a body in lower case behind a title": (
        "Bác sĩ Lò Thị Mai, Giám đốc trung tâm Truyền máu cho biết.",
        {"Lò Thị Mai holdsPost Giám đốc, Trung tâm Truyền máu"},
    ),
    "a unit named in lower case before its parent": (
        "Ông Lê Văn Mười, Trưởng ban thực hiện chính sách hưu trí, thuộc Bảo hiểm xã hội Việt Nam trình bày.",
        {"Lê Văn Mười holdsPost Trưởng ban, Ban thực hiện chính sách hưu trí Bảo hiểm xã hội Việt Nam"},
    ),
    "a short form behind the title": ("Phó Thủ tướng (PTT) Chính phủ Đỗ Văn Bảy thị sát.", {"Đỗ Văn Bảy holdsPost Phó Thủ tướng, Chính phủ"}),
    "the police of a district": ("Trưởng Công an huyện Bắc Hà, Đại tá Lê Văn Hai đề xuất.", {"Lê Văn Hai holdsPost Trưởng Công an, Công an huyện Bắc Hà"}),
    "two bodies share the province of the row": (
        "Bà Hoàng Thị Tư – Phó Giám đốc Sở Y tế, Chi cục trưởng Chi cục Dân số tỉnh Gia Lai cho hay.",
        {"Hoàng Thị Tư holdsPost Phó Giám đốc, Sở Y tế tỉnh Gia Lai"},
    ),
    "the place opens the sentence": (
        "Tại Sơn La, ông Cầm Văn Năm, Phó Giám đốc Sở Tài chính cho biết; tại Lai Châu chưa có.",
        {"Cầm Văn Năm holdsPost Phó Giám đốc, Sở Tài chính tỉnh Sơn La"},
    ),
    "a minister without ministry": (
        "Bộ Y tế họp về dịch bệnh. Bộ trưởng Lê Thị Bảy yêu cầu các đơn vị vào cuộc.",
        {"Lê Thị Bảy holdsPost Bộ trưởng, Bộ Y tế"},
    ),
    "appointed without an earlier post": (
        "Ngày 5/3/2024, ông Lê Văn Sơn được bổ nhiệm giữ chức Giám đốc Bệnh viện Bạch Mai.",
        {"Lê Văn Sơn holdsPost Giám đốc, Bệnh viện Bạch Mai"},
    ),
}

POSTS |= {
    "a deputy whose accent was left out": (
        "Pho Giám đốc Sở Y tế Lào Cai Lê Văn An trả lời.",
        {"Lê Văn An holdsPost Phó Giám đốc, Sở Y tế tỉnh Lào Cai"},
    ),
    "a deputy of the assembly": (
        "Đại biểu Quốc hội Lê Thị Bình nêu ý kiến.",
        {"Lê Thị Bình holdsPost Đại biểu, Quốc hội"},
    ),
    "a deputy of a council": (
        "Dự họp có bà Lê Thị Bình, Đại biểu HĐND tỉnh Lào Cai.",
        {"Lê Thị Bình holdsPost Đại biểu, Hội đồng nhân dân tỉnh Lào Cai"},
    ),
    "a unit without its own word, and its ministry": (
        "Ông Lê Văn An, Vụ phó Tổ chức Cán bộ, Bộ Y tế cho biết.",
        {"Lê Văn An holdsPost Phó Vụ trưởng, Vụ Tổ chức cán bộ Bộ Y tế"},
    ),
    "a department of a hospital behind a comma": (
        "Bác sĩ Lê Văn An, Trưởng khoa Cấp cứu, Bệnh viện Bạch Mai cho biết.",
        {"Lê Văn An holdsPost Trưởng khoa, Khoa Cấp cứu Bệnh viện Bạch Mai"},
    ),
    "a province that begins like a country": (
        "Bí thư Lào Cai đã về. Phó Chủ tịch UBND tỉnh Lào Cai Trần Văn Bình nói.",
        {"Trần Văn Bình holdsPost Phó Chủ tịch, Ủy ban nhân dân tỉnh Lào Cai"},
    ),
    "the country behind a body is no name": ("Bộ trưởng Bộ Y tế Việt Nam Lê Thị Bảy đón đoàn.", {"Lê Thị Bảy holdsPost Bộ trưởng, Bộ Y tế"}),
}

POSTS |= {
    "a ministry in letters without its first word": (
        "Bộ trưởng NN & PTNT Hoàng Văn Chín và Thứ trưởng Bộ TN - MT Đỗ Thị Sáu thị sát.",
        {
            "Hoàng Văn Chín holdsPost Bộ trưởng, Bộ Nông nghiệp và Phát triển nông thôn",
            "Đỗ Thị Sáu holdsPost Thứ trưởng, Bộ Tài nguyên và Môi trường",
        },
    ),
    "a ministry told without its joints": (
        "Bộ trưởng Khoa học Công nghệ Hoàng Văn Chín trả lời.",
        {"Hoàng Văn Chín holdsPost Bộ trưởng, Bộ Khoa học và Công nghệ"},
    ),
    "a unit that repeats its word in lower case": (
        "Ông Hoàng Văn Chín, Cục trưởng cục Quản lý Dược và bà Đỗ Thị Sáu, Vụ trưởng vụ Tiếp dân phát biểu.",
        {"Hoàng Văn Chín holdsPost Cục trưởng, Cục Quản lý Dược", "Đỗ Thị Sáu holdsPost Vụ trưởng, Vụ Tiếp dân"},
    ),
    "a comma inside the name of a unit": (
        "Cục trưởng Cục Kiểm tra, giám sát thị trường Hoàng Văn Chín báo cáo.",
        {"Hoàng Văn Chín holdsPost Cục trưởng, Cục Kiểm tra, giám sát thị trường"},
    ),
    "a unit in letters in a district": (
        "Có bà Đỗ Thị Sáu, Trưởng Phòng LĐTB&XH huyện Bắc Hà cùng dự.",
        {"Đỗ Thị Sáu holdsPost Trưởng phòng, Phòng Lao động - Thương binh và Xã hội huyện Bắc Hà"},
    ),
    "the front in letters": (
        "Ông Hoàng Văn Chín - Phó Chủ tịch UBTƯ MTTQ VN trao quà.",
        {"Hoàng Văn Chín holdsPost Phó Chủ tịch, Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"},
    ),
    "a body that no register knows, before the name": (
        "Chủ nhiệm Ủy ban các vấn đề miền núi Hoàng Văn Chín và Tổng Tham mưu trưởng Đỗ Bá Sáu dự.",
        {"Hoàng Văn Chín holdsPost Chủ nhiệm, Ủy ban các vấn đề miền núi"},
    ),
    "one title for two names before it": (
        "Dự lễ có TS. Đỗ Thị Sáu và ThS. Hoàng Văn Chín - đều là Phó Giám đốc Bệnh viện Bạch Mai.",
        {"Đỗ Thị Sáu holdsPost Phó Giám đốc, Bệnh viện Bạch Mai", "Hoàng Văn Chín holdsPost Phó Giám đốc, Bệnh viện Bạch Mai"},
    ),
    "one title for several names behind it": (
        "Cùng dự có các Thứ trưởng Bộ Y tế Đỗ Thị Sáu, Lê Văn Mười và Hoàng Văn Chín.",
        {"Đỗ Thị Sáu holdsPost Thứ trưởng, Bộ Y tế", "Lê Văn Mười holdsPost Thứ trưởng, Bộ Y tế", "Hoàng Văn Chín holdsPost Thứ trưởng, Bộ Y tế"},
    ),
    "Party titles in letters": (
        "Có ông Hoàng Văn Chín - TUV, Giám đốc Sở Y tế; bà Đỗ Thị Sáu, UVTV Tỉnh ủy; ông Lê Văn Mười, TVTU. Tỉnh Lào Cai cảm ơn. Tỉnh ủy Lào Cai họp.",
        {
            "Hoàng Văn Chín holdsPost Tỉnh ủy viên, Tỉnh ủy Lào Cai",
            "Đỗ Thị Sáu holdsPost Ủy viên Ban Thường vụ, Tỉnh ủy Lào Cai",
            "Lê Văn Mười holdsPost Ủy viên Ban Thường vụ, Tỉnh ủy Lào Cai",
        },
    ),
    "a row of a table": (
        "Danh sách\n\nSTT | Họ và tên | Chức vụ |\n1 | Hoàng Văn Chín | Giám đốc Sở Y tế Lào Cai |\n2 | Bà Đỗ Thị Sáu | Phó Giám đốc Sở Y tế Lào Cai |\n",
        {"Hoàng Văn Chín holdsPost Giám đốc, Sở Y tế tỉnh Lào Cai", "Đỗ Thị Sáu holdsPost Phó Giám đốc, Sở Y tế tỉnh Lào Cai"},
    ),
    "a post behind the word for posts": (
        "Ngày 4/8/2025, ông Hoàng Văn Chín được bổ nhiệm giữ chức vụ Phó Trưởng trạm Y tế xã Bản Liền.",
        {"Hoàng Văn Chín holdsPost Phó Trưởng Trạm, Trạm Y tế xã Bản Liền"},
    ),
    "who assists a minister": ("Trợ lý Bộ trưởng Bộ Y tế Hoàng Văn Chín dự.", {"Hoàng Văn Chín holdsPost Trợ lý Bộ trưởng, Bộ Y tế"}),
    "who is in charge of a field": (
        "Phó Giám đốc phụ trách chuyên môn Bệnh viện Bạch Mai Hoàng Văn Chín cho biết.",
        {"Hoàng Văn Chín holdsPost Phó Giám đốc, Bệnh viện Bạch Mai"},
    ),
}

POSTS |= {
    "age and year of birth before the title": (
        "Ông Hoàng Văn Chín (SN 1966; Phó Giám đốc Bệnh viện Bạch Mai) và bà Đỗ Thị Sáu (40 tuổi) - Cục trưởng Cục Quản lý Dược dự.",
        {"Hoàng Văn Chín holdsPost Phó Giám đốc, Bệnh viện Bạch Mai", "Đỗ Thị Sáu holdsPost Cục trưởng, Cục Quản lý Dược"},
    ),
    "a rank before the post": (
        "Có ông Hoàng Văn Chín - thanh tra viên cao cấp, phó vụ trưởng Vụ III làm trưởng đoàn.",
        {"Hoàng Văn Chín holdsPost Phó Vụ trưởng, Vụ III"},
    ),
    "a director in letters": ("TS Hoàng Văn Chín - GĐ Bệnh viện Bạch Mai dự.", {"Hoàng Văn Chín holdsPost Giám đốc, Bệnh viện Bạch Mai"}),
    "a division in lower case before its body": (
        "Trưởng phòng giám sát ngộ độc, cục An toàn thực phẩm Hoàng Văn Chín cho biết.",
        {"Hoàng Văn Chín holdsPost Trưởng phòng, Phòng giám sát ngộ độc Cục An toàn thực phẩm"},
    ),
    "a body whose name goes on in lower case": (
        "Chủ nhiệm Ủy ban Về các vấn đề xã hội Hoàng Văn Chín hỏi.",
        {"Hoàng Văn Chín holdsPost Chủ nhiệm, Ủy ban Về các vấn đề xã hội"},
    ),
    "the secretary of a place": (
        "Bí thư Đà Nẵng Hoàng Văn Chín và Phó Bí thư huyện Bắc Hà Đỗ Thị Sáu thị sát.",
        {"Hoàng Văn Chín holdsPost Bí thư, Thành ủy Đà Nẵng", "Đỗ Thị Sáu holdsPost Phó Bí thư, Huyện ủy Bắc Hà"},
    ),
    "who stands behind several of another title": (
        "Đồng tình với 2 bộ trưởng, Bí thư TP HCM Hoàng Văn Chín nói.",
        {"Hoàng Văn Chín holdsPost Bí thư, Thành ủy Hồ Chí Minh"},
    ),
    "an administration in lower case in a province": (
        "Cục trưởng cục Hải quan tỉnh Lào Cai Hoàng Văn Chín trả lời.",
        {"Hoàng Văn Chín holdsPost Cục trưởng, Cục Hải quan tỉnh Lào Cai"},
    ),
    "a court whose rank has a capital": ("Chánh án TAND Tối cao Hoàng Văn Chín dự.", {"Hoàng Văn Chín holdsPost Chánh án, Tòa án nhân dân tối cao"}),
    "a comma inside the name of a unit that is also registered without": (
        "Cục phó Cục Quản lý Dược, mỹ phẩm Hoàng Văn Chín và Phó Vụ trưởng vụ Sức khỏe bà mẹ, trẻ em Đỗ Thị Sáu cùng dự.",
        {"Hoàng Văn Chín holdsPost Phó Cục trưởng, Cục Quản lý Dược, mỹ phẩm", "Đỗ Thị Sáu holdsPost Phó Vụ trưởng, Vụ Sức khỏe bà mẹ, trẻ em"},
    ),
    "one title behind 'các ông'": (
        "Các ông Hoàng Văn Chín, Lê Văn Mười là Phó Chủ tịch UBND huyện Bắc Hà.",
        {"Hoàng Văn Chín holdsPost Phó Chủ tịch, Ủy ban nhân dân huyện Bắc Hà", "Lê Văn Mười holdsPost Phó Chủ tịch, Ủy ban nhân dân huyện Bắc Hà"},
    ),
    "one title before 'là' and two names": (
        "Hai Phó Chủ tịch UBND huyện Bắc Hà là Hoàng Văn Chín và Lê Văn Mười cùng dự với Giám đốc Sở Y tế Lào Cai Đỗ Thị Sáu.",
        {"Hoàng Văn Chín holdsPost Phó Chủ tịch, Ủy ban nhân dân huyện Bắc Hà", "Lê Văn Mười holdsPost Phó Chủ tịch, Ủy ban nhân dân huyện Bắc Hà"},
    ),
    "who serves as a minister's secretary": ("Thư ký của Bộ trưởng Bộ Y tế Hoàng Văn Chín dự.", {"Hoàng Văn Chín holdsPost Thư ký Bộ trưởng, Bộ Y tế"}),
    "a district whose name begins like a number": (
        "Phó Chủ tịch UBND quận Hai Bà Trưng, ông Hoàng Văn Chín cho biết.",
        {"Hoàng Văn Chín holdsPost Phó Chủ tịch, Ủy ban nhân dân quận Hai Bà Trưng"},
    ),
}

SILENT = {
    "a firm with a name of its own": "Ông Hoàng Văn Chín - phó tổng giám đốc Saigon Med - cho biết đã đủ thuốc. Giám đốc Vinamart Đỗ Thị Sáu dự.",
    "the wife of a president": "Phu nhân Chủ tịch nước Đỗ Thị Sáu dự lễ.",
    "a table that tells the post before the name": "STT | Chức vụ | Họ tên | Chức vụ\n1 | Thành viên | Hoàng Văn Chín | Giám đốc Sở Y tế Lào Cai |\n",
    "whom the sentence names behind the title of somebody else": "Giám đốc Trung tâm ứng cứu khẳng định Hoàng Văn Chín vô can.",
    "who stands before the body of the next guest": "Dự lễ có bác sĩ Hoàng Văn Chín, Sở Y tế Lào Cai, Sở Tài chính Lào Cai.",
    "the director of a firm holds no public post": "Bà Lê Thị Thuận, Giám đốc Công ty TNHH Hoa Sen không đồng ý.",
    "nor does who heads its board": "Chủ tịch HĐQT kiêm Tổng giám đốc công ty Hoa Sen Lê Văn An bị bắt. Tổng giám đốc Lê Văn An nhận tội.",
    "a body's name is no person": "Cùng dự có Thứ trưởng Bộ Lao Động và Việc làm.",
    "a district is no person": "Lãnh đạo quận Hoàng Mai báo cáo. Phó Chủ tịch Hoàng Mai nói đã phun thuốc.",
    "a title alone makes no official": "Chủ tịch UBND tỉnh Lào Cai giao Sở Y tế tham mưu.",
    "whoever is honoured anew is somebody else": "Tổng Bí thư, đồng chí Chủ tịch UBND tỉnh Lào Cai và nhân dân chung sức.",
    "a citizen is no official": "Chị Nghiêm Thị Lan, mẹ của một bệnh nhi, cảm ơn bệnh viện.",
    "a party abroad, and all that its member is besides": "Có ông Trần Vĩ, Ủy viên Trung ương Đảng Cộng sản Trung Quốc, Bí thư Đảng ủy, dự.",
    "a ministry abroad": "Hội đàm có Thứ trưởng Bộ Y tế Lào Xay Nhạ Bun.",
    "a ministry abroad without the word for it": "Phát biểu có ông Vương Hải, Bộ trưởng Y tế Trung Quốc.",
    "a government abroad": "Dự lễ có ông Lý Quảng, Thủ tướng Quốc vụ viện Trung Quốc.",
}


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row, id=name) for name, row in POSTS.items()])
def test_posts_of_a_person(extract, text: str, expected: set[str]):
    assert expected <= facts(extract(text))


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_nobody_is_made_an_official(extract, text: str):
    assert not {fact for fact in facts(extract(text)) if " holdsPost " in fact}


def test_who_appoints_does_not_get_the_post(extract):
    text = "Bộ trưởng Bộ Công an Đỗ Văn Bảy đã trao quyết định bổ nhiệm ông Lê Văn Sơn giữ chức Giám đốc Công an tỉnh Lào Cai."
    found = facts(extract(text))
    assert "Lê Văn Sơn holdsPost Giám đốc, Công an tỉnh Lào Cai" in found
    assert "Đỗ Văn Bảy holdsPost Giám đốc, Công an tỉnh Lào Cai" not in found


def test_who_is_appointed_by_somebody_gets_the_post(extract):
    text = "Ông Trần Văn Bình được Bộ trưởng Bộ Y tế Lê Văn An bổ nhiệm giữ chức vụ Giám đốc Bệnh viện Bạch Mai."
    told = facts(extract(text))
    assert "Trần Văn Bình holdsPost Giám đốc, Bệnh viện Bạch Mai" in told
    assert "Lê Văn An holdsPost Giám đốc, Bệnh viện Bạch Mai" not in told


def test_a_title_behind_a_comma_and_a_new_honorific_is_the_next_person_s(extract):
    told = facts(extract("Tổng Bí thư Lê Văn An, đồng chí Thường trực Ban Bí thư và các bộ tập trung chỉ đạo."))
    assert not [fact for fact in told if "Lê Văn An holdsPost" in fact and "Ban Bí thư" in fact]


def test_a_second_minister_does_not_get_the_ministry_that_has_one(extract):
    text = "Bộ trưởng Bộ Y tế Lê Thị Bảy tiếp đoàn. Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ Đỗ Văn Sáu cùng dự."
    assert "Đỗ Văn Sáu holdsPost Bộ trưởng, Bộ Y tế" not in facts(extract(text))


def test_a_former_post_is_marked(extract):
    posts = [r.object.value for r in extract("Ông Lê Văn Tám, nguyên Giám đốc Bệnh viện Bạch Mai đến dự.").relations if r.predicate == "holdsPost"]
    assert [post.former for post in posts] == [True]


def test_somebody_without_a_title_speaks_for_a_unit(extract):
    text = "Ngày 12/3/2024, Cục Quản lý Dược tổ chức hội nghị. ThS. Hoàng Văn Chín, Vụ Pháp chế, Bộ Y tế phát biểu tại hội nghị."
    told = facts(extract(text))
    assert "Hoàng Văn Chín spokeAt hội nghị" in told
    assert not {fact for fact in told if "holdsPost" in fact or "Vụ Pháp chế attended" in fact}


def test_a_doctor_of_a_hospital_holds_no_office(extract):
    text = "Ngày 12/3/2024, Cục Quản lý Dược tổ chức hội nghị. BS Hoàng Văn Chín (Bệnh viện Bạch Mai) phát biểu tại hội nghị."
    assert not {fact for fact in facts(extract(text)) if "Chín" in fact}


def test_a_post_that_somebody_once_held_is_marked_too(extract):
    posts = [r.object.value for r in extract("Ông Hoàng Văn Chín, từng là Giám đốc Bệnh viện Bạch Mai, đến dự.").relations if r.predicate == "holdsPost"]
    assert [post.former for post in posts] == [True]


def test_a_post_once_held_is_marked(extract):
    posts = [r.object.value for r in extract("Cựu Giám đốc Bệnh viện Bạch Mai Hoàng Văn Chín đến dự.").relations if r.predicate == "holdsPost"]
    assert [post.former for post in posts] == [True]

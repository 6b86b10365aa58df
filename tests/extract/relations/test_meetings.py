"""What a report says of its events: who chaired, came, spoke and organised, when, where and about what."""

from __future__ import annotations

import pytest
from readings import facts

HEAD = "Lào Cai họp về y tế cơ sở\n\n16/05/2024\n\n"
ROLES = {
    "a chair behind the verb": (
        "Sáng 16/5, Sở Y tế Lào Cai tổ chức hội nghị. Chủ trì hội nghị có đồng chí Lê Văn An, Giám đốc Sở Y tế.",
        {"Lê Văn An chaired hội nghị", "Sở Y tế tỉnh Lào Cai organized hội nghị", "hội nghị heldOn 2024-05-16", "hội nghị inProvince Lào Cai"},
    ),
    "the date between chair and verb": (
        "Chủ tịch UBND tỉnh Lào Cai Lê Văn An ngày 15/5 chủ trì hội nghị về y tế cơ sở.",
        {"Lê Văn An chaired hội nghị", "hội nghị heldOn 2024-05-15"},
    ),
    "a working session with a counterpart": (
        "Chiều 15/5, Phó Chủ tịch UBND tỉnh Lào Cai Lê Thị Bình có buổi làm việc với Bảo hiểm xã hội Việt Nam.",
        {"Lê Thị Bình chaired buổi làm việc", "Bảo hiểm xã hội Việt Nam attended buổi làm việc"},
    ),
    "a leader meets ministries": (
        "Phó Thủ tướng Chính phủ Đỗ Văn Bảy đã họp với Bộ Y tế, Bộ Tài chính vào chiều ngày 15/5.",
        {"Đỗ Văn Bảy chaired cuộc họp", "Bộ Y tế attended cuộc họp", "Bộ Tài chính attended cuộc họp"},
    ),
    "the head of an inspection": ("Sáng 15/5, Bộ trưởng Bộ Y tế Lê Thị Bảy dẫn đầu đoàn kiểm tra công tác tiêm chủng.", {"Lê Thị Bảy chaired buổi kiểm tra"}),
    "a site of a conference over the line": (
        "Chiều 15/5, Chính phủ tổ chức hội nghị trực tuyến. Tại điểm cầu Lào Cai có đồng chí Lê Văn An, Giám đốc Sở Y tế.",
        {"Lê Văn An attended hội nghị trực tuyến"},
    ),
    "representatives who report": (
        "Chiều 15/5, Chính phủ tổ chức hội nghị. Đại diện Bộ Công an, Bộ Tài chính báo cáo tại hội nghị.",
        {"Bộ Công an attended hội nghị", "Bộ Tài chính attended hội nghị"},
    ),
    "members of a committee": (
        "Sáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị. Dự hội nghị có các thành viên Ban Chỉ đạo phòng, chống dịch tỉnh Lào Cai.",
        {"Ban Chỉ đạo phòng, chống dịch tỉnh Lào Cai attended hội nghị"},
    ),
    "came, at the end of the sentence": (
        "Sáng 15/5, Sở Y tế Lào Cai tổ chức lễ phát động. Đồng chí Lê Văn An, Phó Chủ tịch UBND tỉnh đến dự.",
        {"Lê Văn An attended lễ phát động"},
    ),
    "several organisers share their level": (
        "Chiều 15/5, Tỉnh ủy, HĐND, UBND tỉnh Lào Cai đã tổ chức gặp mặt cán bộ y tế.",
        {"Hội đồng nhân dân tỉnh Lào Cai organized gặp mặt", "Ủy ban nhân dân tỉnh Lào Cai organized gặp mặt"},
    ),
    "a speaker at a meeting that the sentence names": (
        "Tại cuộc họp báo chiều 15/5, Giám đốc Sở Y tế Lào Cai Lê Văn An cho biết đã đủ thuốc.",
        {"Lê Văn An spokeAt cuộc họp báo"},
    ),
    "rolls out a document": ("Sáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị triển khai Chỉ thị số 9-CT/TW.", {"hội nghị triển khai discusses 9-CT/TW"}),
    "an award and who got it": (
        "Sáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị. Dịp này, UBND tỉnh tặng Bằng khen của Thủ tướng Chính phủ cho bà Lê Thị Bình, Phó Giám đốc Sở Y tế.",
        {"Thủ tướng Chính phủ conferred Bằng khen", "Lê Thị Bình received Bằng khen"},
    ),
}

ROLES |= {
    "an event is not called by courses that were held before": (
        "Sáng 16/5, Giám đốc Sở Y tế Lào Cai Lê Văn An cho biết Sở đã mở 11 lớp tập huấn. Ông An phát biểu tại hội nghị trực tuyến.",
        {"Lê Văn An spokeAt hội nghị trực tuyến"},
    ),
    "a visit with gifts, and who came along": (
        "Sáng 16/5, Phó Chủ tịch UBND tỉnh Lào Cai Lê Thị Bình cùng đại diện lãnh đạo Sở Y tế đã đến thăm, tặng quà các cháu.",
        {"Lê Thị Bình attended chuyến thăm", "Sở Y tế tỉnh Lào Cai attended chuyến thăm"},
    ),
    "an inspection without notice": (
        "Sáng 16/5, Phó Chủ tịch UBND tỉnh Lào Cai Lê Thị Bình đã bất ngờ thị sát ổ dịch tại Lào Cai.",
        {"Lê Thị Bình chaired buổi kiểm tra"},
    ),
    "whose meeting it is": (
        "Sáng 16/5, Phó Chủ tịch UBND tỉnh Lào Cai Lê Thị Bình phát biểu tại phiên họp thường kỳ của Sở Y tế Lào Cai.",
        {"Sở Y tế tỉnh Lào Cai organized phiên họp"},
    ),
}

NO_MEETING = {
    "a decision announced in passing": "Thanh tra tỉnh Lào Cai công bố quyết định thanh tra tại Sở Y tế.",
    "an interview": "Bộ trưởng Bộ Y tế Lê Thị Bảy trả lời phỏng vấn bên lề kỳ họp. Bộ trưởng nói tại kỳ họp này sẽ giải trình.",
    "a meeting to come": "Giám đốc Sở Y tế Lào Cai Lê Văn An cho biết hội nghị sẽ diễn ra vào tuần tới.",
    "a meeting long ago": "Liên quan việc này, tại buổi làm việc hồi tháng 8/2014, Phó Chủ tịch UBND tỉnh Lào Cai Lê Thị Bình khẳng định không có sai phạm.",
    "told to hold one": "Chủ tịch UBND tỉnh Lào Cai Lê Văn An yêu cầu Sở Y tế tổ chức hội nghị tập huấn.",
    "what somebody announced": "Giám đốc Sở Y tế Lào Cai Lê Văn An thông báo cuộc họp khẩn.",
}


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row, id=name) for name, row in ROLES.items()])
def test_roles_at_an_event(extract, text: str, expected: set[str]):
    assert expected <= facts(extract(HEAD + text))


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NO_MEETING.items()])
def test_no_event_is_told(extract, text: str):
    found = facts(extract(HEAD + text))
    assert not {fact for fact in found if any(f" {p} " in fact for p in ("chaired", "attended", "spokeAt", "organized", "heldOn"))}


def test_an_anniversary_is_not_the_day_of_the_event(extract):
    text = "Nhân kỷ niệm 50 năm Ngày giải phóng tỉnh (31/3/1975 - 31/3/2025), chiều 15/5, UBND tỉnh Lào Cai tổ chức gặp mặt cán bộ y tế."
    assert {fact for fact in facts(extract(HEAD + text)) if " heldOn " in fact} == {"gặp mặt heldOn 2024-05-15"}


def test_a_national_conference_over_the_line_is_held_in_no_province(extract):
    text = "Sáng 15/5, Bộ Y tế tổ chức hội nghị trực tuyến toàn quốc về tiêm chủng tại Hà Nội."
    assert not {fact for fact in facts(extract(HEAD + text)) if " inProvince " in fact}


def test_an_accident_elsewhere_does_not_place_the_event(extract):
    text = "Sáng 15/5, Bộ Y tế họp về cấp cứu. Về vụ tai nạn ở tỉnh Long An, Thứ trưởng Bộ Y tế Lê Văn Tám yêu cầu báo cáo."
    assert "cuộc họp inProvince Long An" not in facts(extract(HEAD + text))


def test_a_second_event_of_the_day_is_told_apart(extract):
    text = (
        "Sáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị. Giám đốc Sở Y tế Lào Cai Lê Văn An phát biểu tại hội nghị.\n"
        "* Cũng trong ngày 15/5, bà Lê Thị Bình, Phó Chủ tịch UBND tỉnh Lào Cai làm việc với Bảo hiểm xã hội Việt Nam."
    )
    found = facts(extract(HEAD + text))
    assert {"Lê Văn An spokeAt hội nghị", "Lê Thị Bình chaired buổi làm việc", "buổi làm việc heldOn 2024-05-15"} <= found


def test_a_topic_is_not_cut_inside_a_name_with_a_comma(extract):
    text = "Sáng 15/5, tại cuộc họp công bố thành lập Ban Chỉ đạo Phòng, chống dịch tả, Giám đốc Sở Y tế Lào Cai Lê Văn An phát biểu."
    events = [r.value for r in extract(HEAD + text).referents if hasattr(r.value, "noun")]
    assert [event.topic for event in events] == ["công bố thành lập Ban Chỉ đạo Phòng, chống dịch tả"]


MORE_ROLES = {
    "a list over several lines": (
        "Sáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị.\nDự hội nghị có:\n- Đồng chí Lê Văn An, Phó Chủ tịch UBND tỉnh;\n- Đại diện Sở Tài chính, Sở Nội vụ.\n",
        {"Lê Văn An attended hội nghị", "Sở Tài chính tỉnh Lào Cai attended hội nghị", "Sở Nội vụ tỉnh Lào Cai attended hội nghị"},
    ),
    "a group with its head": (
        "Sáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị. Dự hội nghị có Thường trực Tỉnh ủy: Lê Văn An, Bí thư Tỉnh ủy; Lê Thị Bình, Phó Bí thư Tỉnh ủy.",
        {"Lê Văn An attended hội nghị", "Lê Thị Bình attended hội nghị"},
    ),
    "two sides in one sentence": (
        "Sáng 15/5, Sở Y tế Lào Cai tổ chức lễ phát động. Dự lễ, phía Bộ Y tế có ông Lê Văn Tám, Thứ trưởng; phía tỉnh có bà Lê Thị Bình, Phó Bí thư Tỉnh ủy.",
        {"Lê Văn Tám attended lễ phát động", "Lê Thị Bình attended lễ phát động"},
    ),
    "manner, place and partner between an organiser and its verb": (
        "Tối 15/5, Sở Y tế Lào Cai (cơ quan thường trực) phối hợp với Hội Hoa Mai, Tỉnh đoàn Lào Cai đã long trọng tổ chức lễ phát động.",
        {"Sở Y tế tỉnh Lào Cai organized lễ phát động"},
    ),
    "a partner's name ends before the verb": (
        "Tối 15/5, Sở Y tế Lào Cai phối hợp cùng Tập đoàn Hoa Mai tổ chức hội nghị.",
        {"Sở Y tế tỉnh Lào Cai organized hội nghị"},
    ),
    "a delegation told by its leader": (
        "Chiều 15/5, đoàn giám sát của Thường trực HĐND tỉnh Lào Cai do bà Lê Thị Bình, Phó Chủ tịch HĐND tỉnh làm Trưởng đoàn có buổi làm việc với Sở Y tế.",
        {"Lê Thị Bình chaired buổi làm việc", "Sở Y tế tỉnh Lào Cai attended buổi làm việc"},
    ),
    "words between a visit and a working session": (
        "Sáng 15/5, Thứ trưởng Bộ Y tế Lê Văn Tám đã đến thăm các trạm y tế tại Lào Cai và làm việc với Sở Y tế Lào Cai.",
        {"Lê Văn Tám chaired buổi làm việc", "Sở Y tế tỉnh Lào Cai attended buổi làm việc"},
    ),
    "given by another": (
        "Sáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị. Trung tâm Y tế huyện Bắc Hà vinh dự được Thủ tướng Chính phủ tặng Bằng khen.",
        {"Trung tâm Y tế huyện Bắc Hà received Bằng khen"},
    ),
}

# What a report says of others, of another time or of another story.
NO_ROLE = {
    "an elder's words": ("Các đơn vị gần dân như Bộ trưởng Bộ Y tế Lê Thị Bảy đã yêu cầu.", "Lê Thị Bảy spokeAt"),
    "asked to hold one with a partner": ("UBND tỉnh giao Sở Y tế phối hợp với Sở Tài chính tổ chức hội nghị tập huấn.", "Sở Tài chính tỉnh Lào Cai organized"),
    "a plan": ("Sở Y tế sẽ phối hợp với Sở Tài chính tổ chức hội nghị vào tháng 9.", "Sở Tài chính tỉnh Lào Cai organized"),
    "meetings in general": ("Năm qua, Bệnh viện Đa khoa tỉnh Lào Cai đã tổ chức nhiều hội nghị.", "Bệnh viện đa khoa tỉnh Lào Cai organized"),
    "who reads out a decision": ("Đại diện Sở Nội vụ công bố quyết định bổ nhiệm cán bộ.", "Sở Nội vụ tỉnh Lào Cai organized"),
    "the body in a congress's name": ("Dự hội nghị có các đại biểu dự Đại hội Công đoàn Việt Nam.", "Công đoàn Việt Nam attended"),
    "a visit beside the meeting": (
        "Bà Lê Thị Bình, Phó Chủ tịch UBND tỉnh Lào Cai chủ trì hội nghị. Trước giờ họp, bà Lê Thị Bình đến thăm, tặng quà các cháu.", "Lê Thị Bình attended",
    ),
    "who acts behind the list": ("Trước sự chứng kiến của lãnh đạo Sở Tài chính, ông Lê Văn An, Giám đốc Sở Y tế đã ký biên bản.", "Lê Văn An attended"),
    "what somebody says of another's work": ("Giám đốc Sở Y tế Lê Văn An cho biết đã chỉ đạo làm việc với Bảo hiểm xã hội tỉnh.", "Lê Văn An chaired"),
    "an award that is asked for": ("Sở Y tế đề nghị UBND tỉnh tặng Bằng khen cho Trung tâm Y tế huyện Bắc Hà.", "Trung tâm Y tế huyện Bắc Hà received"),
    "the leader of the guests": ("UBND tỉnh đã tiếp đoàn công tác của Cục Dân số do ông Lê Văn Tám, Cục trưởng Cục Dân số dẫn đầu.", "Lê Văn Tám chaired"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row, id=name) for name, row in MORE_ROLES.items()])
def test_roles_behind_other_words(extract, text: str, expected: set[str]):
    assert expected <= facts(extract(HEAD + text))


@pytest.mark.parametrize(("text", "role"), [pytest.param(*row, id=name) for name, row in NO_ROLE.items()])
def test_a_role_that_is_none(extract, text: str, role: str):
    found = facts(extract(HEAD + "Sáng 15/5, Sở Y tế Lào Cai tổ chức hội nghị tổng kết.\n\n" + text))
    assert not {fact for fact in found if fact.startswith(role)}


def test_a_page_of_several_reports_tells_of_a_meeting_each(extract):
    text = (
        "Tin hoạt động\n\nHọp giao ban\nNgày đăng: 12/5/2025\nSáng 12/5/2025, ông Lê Văn An, Giám đốc Sở Y tế Lào Cai chủ trì hội nghị giao ban.\n\n"
        "Họp về dịch\nNgày đăng: 14/5/2025\nChiều 14/5/2025, bà Lê Thị Bình, Phó Chủ tịch UBND tỉnh Lào Cai chủ trì cuộc họp về phòng, chống dịch.\n"
    )
    found = facts(extract(text))
    assert {"Lê Văn An chaired hội nghị giao ban", "Lê Thị Bình chaired cuộc họp", "hội nghị giao ban heldOn 2025-05-12", "cuộc họp heldOn 2025-05-14"} <= found


def test_a_document_of_a_second_story_is_not_discussed(extract):
    text = "Sáng 15/5, ông Lê Văn An, Giám đốc Sở Y tế Lào Cai chủ trì hội nghị.\n\nCùng tuần, Bộ Y tế ra Công văn số 512/BYT-DP về tiêm chủng.\n"
    assert not {fact for fact in facts(extract(HEAD + text)) if " discusses " in fact}

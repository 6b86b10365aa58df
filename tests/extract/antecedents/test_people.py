"""Whom short names and bare titles mean, and which mentions add up to one person."""

from __future__ import annotations

from readings import facts

EVENT = "Lào Cai họp bàn\n\n16/05/2024\n\nSáng 16/5, Sở Y tế Lào Cai tổ chức hội nghị. Dự có ông Lê Văn Chung, Phó Chủ tịch UBND tỉnh. "


def test_a_given_name_means_the_one_official_who_bears_it(extract):
    assert "Lê Văn Chung spokeAt hội nghị" in facts(extract(EVENT + "Phát biểu tại hội nghị, ông Chung đề nghị tăng biên chế."))


def test_a_given_name_that_two_officials_bear_means_nobody(extract):
    text = EVENT + "Cùng dự có bà Trần Thị Chung, Giám đốc Sở Tài chính. Phát biểu tại hội nghị, ông Chung đề nghị tăng biên chế."
    assert not {fact for fact in facts(extract(text)) if " spokeAt " in fact}


def test_a_bare_title_means_its_only_holder(extract):
    assert "Lê Văn Chung spokeAt hội nghị" in facts(extract(EVENT + "Phát biểu tại hội nghị, Phó Chủ tịch UBND tỉnh đề nghị tăng biên chế."))


def test_a_bare_title_that_nobody_named_holds_means_nobody(extract):
    text = EVENT + "Phát biểu tại hội nghị, đồng chí Bí thư Tỉnh ủy đề nghị tăng biên chế."
    assert not {fact for fact in facts(extract(text)) if " spokeAt " in fact}


def test_several_officials_of_one_title_are_no_single_person(extract):
    text = EVENT + "Các Phó Chủ tịch UBND tỉnh phát biểu tại hội nghị."
    assert "Lê Văn Chung spokeAt hội nghị" not in facts(extract(text))


def test_the_evidence_of_a_bare_title_shows_who_is_meant(extract):
    reading = extract(EVENT + "Phát biểu tại hội nghị, Phó Chủ tịch UBND tỉnh đề nghị tăng biên chế.")
    spoke = next(r for r in reading.relations if r.predicate == "spokeAt")
    quotes = [reading.document.text[start:end] for start, end in spoke.spans]
    assert any("Lê Văn Chung" in quote for quote in quotes)


def test_a_fuller_mention_completes_a_shorter_one(extract):
    text = "Ông Lê Văn An, Phó Giám đốc Sở Y tế Lào Cai đến dự. Sau đó Phó Giám đốc Lê Văn An phát biểu."
    assert {fact for fact in facts(extract(text)) if " holdsPost " in fact} == {"Lê Văn An holdsPost Phó Giám đốc, Sở Y tế tỉnh Lào Cai"}


HELD = "Bệnh viện họp\n\n16/05/2024\n\nSáng 16/5, Bệnh viện Bạch Mai tổ chức lễ kỷ niệm ngày thành lập. "


def _posts(extraction):
    return {f"{r.subject.value.name}: {r.object.value.title}, {r.object.value.agency.label}": r for r in extraction.relations if r.predicate == "holdsPost"}


def test_a_title_without_a_body_is_the_host_s(extract):
    posts = _posts(extract(HELD + "Bác sĩ Lê Văn Chung, Giám đốc, đọc diễn văn. Phó Giám đốc Trần Thị Bình báo cáo."))
    assert set(posts) == {"Lê Văn Chung: Giám đốc, Bệnh viện Bạch Mai", "Trần Thị Bình: Phó Giám đốc, Bệnh viện Bạch Mai"}
    assert all(r.inferred and r.reason == "the host of the meeting" for r in posts.values())


def test_a_title_behind_another_body_of_its_kind_is_left_open(extract):
    assert not _posts(extract(HELD + "Đại diện Công ty Hoa Sen tặng máy thở. Giám đốc Lê Văn Chung chúc mừng."))


def test_a_title_that_the_host_has_not_is_left_open(extract):
    assert not _posts(extract(HELD + "Chủ tịch Lê Văn Chung chúc mừng."))


def test_two_hosts_leave_a_title_open(extract):
    assert not _posts(extract(HELD + "Chiều 16/5, Bệnh viện Chợ Rẫy tổ chức hội nghị. Giám đốc Lê Văn Chung phát biểu."))


def test_a_party_secretary_s_body_is_told_by_the_council_of_the_row(extract):
    posts = _posts(
        extract(
            "Lào Cai họp\n\nDự có ông Lê Văn Chung, Phó Bí thư Thường trực kiêm Chủ tịch HĐND tỉnh Lào Cai; "
            "bà Trần Thị Bình, Bí thư, Chủ tịch UBND huyện Bắc Hà."
        )
    )
    assert "Lê Văn Chung: Phó Bí thư Thường trực, Tỉnh ủy Lào Cai" in posts
    assert "Trần Thị Bình: Bí thư, Huyện ủy Bắc Hà" in posts

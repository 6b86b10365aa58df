"""Where bodies without a place stand."""

from __future__ import annotations


def test_a_body_without_a_place_stands_in_the_report_s_province_and_says_so(extract):
    reading = extract("Lào Cai tiêm vắc xin\n\nUBND tỉnh Lào Cai vừa họp. Ông Lê Văn An, Giám đốc Sở Y tế cho biết đã đủ vắc xin.")
    post = next(r for r in reading.relations if r.predicate == "holdsPost")
    assert post.object.value.agency.province == "Lào Cai"
    assert post.inferred
    assert post.reason


def test_a_body_without_a_place_stays_without_one_where_the_text_tells_none(extract):
    reading = extract("Thêm thuốc cho người bệnh\n\nÔng Lê Văn An, Giám đốc Sở Y tế cho biết đã đủ thuốc.")
    post = next(r for r in reading.relations if r.predicate == "holdsPost")
    assert post.object.value.agency.province is None

"""What an official document says of itself: number, issuer, date."""

from __future__ import annotations

from decisions import decision
from readings import facts, name


def test_a_document_tells_number_issuer_date_signer_and_post(extract):
    assert {
        "512/QĐ-UBND issuedBy Ủy ban nhân dân tỉnh Lào Cai",
        "512/QĐ-UBND issuedOn 2023-09-14",
        "512/QĐ-UBND signedBy Lê Văn Khải",
        "Lê Văn Khải holdsPost Phó Chủ tịch, Ủy ban nhân dân tỉnh Lào Cai",
        "512/QĐ-UBND basedOn Luật Khám bệnh, chữa bệnh",
    } <= facts(extract(decision()))


def test_a_document_without_letterhead_is_keyed_by_kind_and_title(extract):
    text = (
        "Quyết định về việc thành lập trạm y tế lưu động\nỦy ban nhân dân tỉnh lào cai\nCăn cứ Luật Khám bệnh, chữa bệnh năm 2009;\n"
        "Quyết định:\nĐiều 1. Thành lập trạm.\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n"
    )
    found = extract(text)
    assert "Quyết định về việc thành lập trạm y tế lưu động issuedBy Ủy ban nhân dân tỉnh Lào Cai" in facts(found)
    assert all(name(r.subject) != "Quyết định này" for r in found.relations)

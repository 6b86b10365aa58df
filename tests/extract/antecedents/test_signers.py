"""Who signed an official document, and in which post."""

from __future__ import annotations

import pytest
from decisions import decision
from readings import facts

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

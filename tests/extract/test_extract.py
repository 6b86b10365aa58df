"""What a document as a whole makes impossible."""

from __future__ import annotations

from readings import facts


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

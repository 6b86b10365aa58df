"""What a report about a new document says that document cites."""

from __future__ import annotations

import pytest
from decisions import decision
from readings import facts


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

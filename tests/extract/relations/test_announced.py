"""What a report about a new document says that document cites."""

from __future__ import annotations

import pytest
from readings import facts


@pytest.mark.parametrize(("day", "cites"), [("10/6/2007", True), ("10/6/2011", False)])
def test_a_document_announced_cites_nothing_from_a_later_year(extract, day: str, cites: bool):
    text = (
        "Trung tâm dân số về huyện\n\nBộ Y tế vừa ban hành Thông tư số 05/2008/TT-BYT về tổ chức dân số. "
        f"Báo cáo số 471/BC-BYT ngày {day} của Bộ Y tế cũng nêu thực trạng này."
    )
    assert ("05/2008/TT-BYT references 471/BC-BYT" in facts(extract(text))) is cites

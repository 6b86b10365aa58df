"""A province that becomes a city: "UBND thành phố Bắc Ninh" is a part of its province until that day, and the province itself from then on."""

from __future__ import annotations

import pytest

from graph.extract.extract import Extractor
from graph.model import Kind
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.resolve.resolver import Resolver

EXTRACTOR = Extractor(shipped())


@pytest.mark.parametrize(
    ("written", "day", "path", "level"),
    [
        ("thành phố Bắc Ninh", "16/5/2020", "agency/uy-ban-nhan-dan/thanh-pho-bac-ninh", "district"),
        ("tỉnh Bắc Ninh", "16/5/2020", "agency/uy-ban-nhan-dan/bac-ninh", "province"),
        ("thành phố Bắc Ninh", "19/9/2026", "agency/uy-ban-nhan-dan/thanh-pho-bac-ninh-2025", "district"),
        ("thành phố Bắc Ninh", "20/9/2026", "agency/uy-ban-nhan-dan/bac-ninh-2025", "province"),
        ("thành phố Đồng Nai", "16/10/2026", "agency/uy-ban-nhan-dan/dong-nai-2025", "province"),
        ("thành phố Hải Phòng", "16/5/2020", "agency/uy-ban-nhan-dan/hai-phong", "province"),
        ("thành phố Thái Bình", "16/5/2020", "agency/uy-ban-nhan-dan/thanh-pho-thai-binh-thai-binh", "district"),
    ],
)
def test_a_city_is_what_the_register_says_it_was_on_the_day(written: str, day: str, path: str, level: str):
    number, month, year = day.split("/")
    text = f"Bàn công tác tiêm chủng\n{year}-{int(month):02d}-{int(number):02d}\n\nNgày {day}, UBND {written} ban hành Kế hoạch số 12/KH-UBND ngày {day}.\n"
    resolver = Resolver(shipped())
    resolver.add(EXTRACTOR.extract(read_document("text.txt", text, shipped().registers)))
    (issuer,) = [s.object.id for s in resolver.graph().statements if s.predicate == "issuedBy"]
    assert issuer == path
    (body,) = [e for e in resolver.graph().entities if e.id == path]
    (plan,) = [e for e in resolver.graph().entities if e.kind is Kind.DIRECTIVE and e.attribute("number") == "12/KH-UBND" and not e.row]
    assert (body.attribute("level"), plan.attribute("level")) == (level, level)

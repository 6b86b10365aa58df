"""Whatever the text, reading never fails and every span lies in it. `GOVGRAPH_SOAK=1` reads ten times as many."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.extract.extract import Extractor
from graph.model import Extraction, Mention
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.text.normalize import nfc

INPUTS = 100_000 if os.environ.get("GOVGRAPH_SOAK") == "1" else 10_000
_PARTS = (
    "Sở Y tế", "UBND tỉnh", "Lào Cai", "TP.HCM", "huyện Bắc Hà", "ông", "Lê Văn An", "H’Lan Niê", "Giám đốc", "Phó Chủ tịch", "đồng chí", "hội nghị",
    "chủ trì", "dự", "phát biểu", "làm việc với", "tổ chức", "Kế hoạch số 87/KH-UBND", "25-CT/TW", "ngày 6/8/2021", "sáng 5/3", "năm 2023", "Luật Dược",
    "thực hiện", "căn cứ", "thay thế", "Bằng khen", "trao", "cho", "Số: 21/KH-SYT", "KẾ HOẠCH", "KT. CHỦ TỊCH", "Nơi nhận:", "Điều 1.", "TM.", "* Cùng ngày",
    "Tin liên quan", "Từ khóa:", "các bộ: Công an", "số", "(", ")", "“", "”", ",", ";", ".", ":", " - ", "\n", "\n\n", " ", "\t", "\xa0", "|", "_____",
    "\u200b", "\ufeff", "\u0301", "\ue001", "\ue004", "\x00", "\u202e", "İ", "ß", "𝐀", "🙂", "ﬁ", "\ud7ff", "\u2028", "0" * 40, "9" * 12, "a/b-c", "{", "<a>",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(_PARTS), st.text(max_size=6)), max_size=14).map(" ".join)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """One extractor for all inputs."""
    return Extractor(shipped())


def _spans(reading: Extraction) -> list[tuple[int, int]]:
    spans = [span for relation in reading.relations for span in relation.spans]
    return spans + [span for referent in reading.referents for span in referent.spans]


def _quotes_itself(reading: Extraction, mention: Mention) -> bool:
    return reading.document.text[mention.start : mention.end] == mention.text


def test_any_text_is_read_and_every_span_lies_in_it(extractor: Extractor):
    @settings(max_examples=INPUTS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(TEXTS)
    def reads(text: str) -> None:
        reading = extractor.extract(read_document("text.txt", nfc(text), extractor.registers))
        size = len(reading.document.text)
        assert all(0 <= start < end <= size for start, end in _spans(reading))
        assert all(end - start <= 600 for relation in reading.relations for start, end in relation.spans)
        assert all(_quotes_itself(reading, mention) for mention in reading.mentions)
        assert all(0 < relation.confidence <= 1 for relation in reading.relations)

    reads()


def test_two_readings_of_a_text_are_the_same(extractor: Extractor):
    text = "Hội nghị\n\nSáng 5/3/2024, Sở Y tế Lào Cai tổ chức hội nghị. Ông Lê Văn An, Giám đốc Sở Y tế chủ trì hội nghị."
    document = read_document("text.txt", text, extractor.registers)
    assert extractor.extract(document) == extractor.extract(document)

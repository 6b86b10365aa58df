"""Damage is undone before a text is read, a sound text is left alone, and quotes are those of the text as it came."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.extract.extract import Extractor
from graph.reading.mending import as_kept, mend
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.text.normalize import nfc
from tests.readings import facts


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(shipped())


DAMAGED = [
    pytest.param("Ảnh: Thu HàTới dự có ông An.", "Ảnh: Thu Hà.\nTới dự có ông An.", id="a credit glued to a sentence"),
    pytest.param("Ảnh: PVTới dự, Ảnh: T.HTới dự, (Ảnh: T)Tới dự", "Ảnh: PV.\nTới dự, Ảnh: T.H.\nTới dự, (Ảnh: T).\nTới dự", id="initials glued to a sentence"),
    pytest.param("Trường THPTTrần Phú, TPHuế", "Trường THPT Trần Phú, TP Huế", id="an abbreviation glued to a name"),
    pytest.param("giảm tảiPhó Thủ tướng nói", "giảm tải.\nPhó Thủ tướng nói", id="a heading glued to a sentence"),
    pytest.param("bằng cameraTrả lời báo", "bằng camera.\nTrả lời báo", id="a foreign word glued to a sentence"),
    pytest.param("vùng sâu, hải đảoỞ phía Bắc", "vùng sâu, hải đảo.\nỞ phía Bắc", id="a word of one letter"),
    pytest.param("sáng 27/5/2024Tại Hà Nội", "sáng 27/5/2024.\nTại Hà Nội", id="a date glued to a sentence"),
    pytest.param("ôngNguyễn Văn Sáu", "ông Nguyễn Văn Sáu", id="a title glued to a name"),
    pytest.param("họp tạiHà Nội", "họp tại Hà Nội", id="a word glued to a place"),
    pytest.param("Sáng (N gày 5/3), H ội nghị", "Sáng (Ngày 5/3), Hội nghị", id="a torn first letter"),
    pytest.param("Tin\nS ở Y tế t ổ chức lễ k ỷ niệm", "Tin\nSở Y tế tổ chức lễ kỷ niệm", id="torn small letters"),
    pytest.param("và th áng 5, ng ày, kh ông", "và tháng 5, ngày, không", id="torn behind two letters"),
    pytest.param("ông Đ ỗ Văn Sáu, đồ ng chí Đặ ng An", "ông Đỗ Văn Sáu, đồng chí Đặng An", id="torn names and ends"),
    pytest.param("Kế hoạch số 12/\nKH-UBND của", "Kế hoạch số 12/KH-UBND của", id="a number over two lines"),
    pytest.param("Quyết định số 12\n/QĐ-UBND", "Quyết định số 12/QĐ-UBND", id="a line end before the separator"),
    pytest.param("Chỉ thị số 25-CT/\n TW", "Chỉ thị số 25-CT/TW", id="a line end before the last code"),
    pytest.param("\nỦ Y BAN NHÂN DÂN T ỈNH LÀO CAI", "\nỦY BAN NHÂN DÂN TỈNH LÀO CAI", id="torn capitals"),
    pytest.param("họp ng ày 5 th áng 6 n ăm 2023", "họp ngày 5 tháng 6 năm 2023", id="torn words of a date"),
    pytest.param("Lào Cai, ngày05 tháng 6", "Lào Cai, ngày 05 tháng 6", id="a figure glued to its word"),
    pytest.param("\nKT.GIÁM ĐỐC SỞ", "\nKT. GIÁM ĐỐC SỞ", id="an office glued to its sign"),
    pytest.param("thi hành./. Nơi nhận: - Lưu: VT. KT. GIÁM ĐỐC", "thi hành./.\nNơi nhận: - Lưu: VT.\nKT. GIÁM ĐỐC", id="closing parts on one line"),
    pytest.param("số 7 8/QĐ-UBND, số 7/Q Đ-UB ND", "số 78/QĐ-UBND, số 7/QĐ-UBND", id="a number with stray spaces"),
    pytest.param("số 7/2 019/NĐ-CP, 8/20 19/TT-BYT", "số 7/2019/NĐ-CP, 8/2019/TT-BYT", id="a torn year in a number"),
    pytest.param("số 7/2O19/NĐ-CP, số 8/2019TT-BYT", "số 7/2019/NĐ-CP, số 8/2019/TT-BYT", id="a letter for a figure, a separator left out"),
    pytest.param("số 7//KH-UBND, 8/KH--UBND, 9-/KH-UBND", "số 7/KH-UBND, 8/KH-UBND, 9/KH-UBND", id="a separator twice"),
    pytest.param("Nghị quyết số 7 NQ/TU", "Nghị quyết số 7-NQ/TU", id="a space for a separator"),
    pytest.param("# QUYẾT ĐỊNH\nVỀ LẬP TRẠM # CHỦ TỊCH UBND", "QUYẾT ĐỊNH\nVỀ LẬP TRẠM\nCHỦ TỊCH UBND", id="headings of Markdown"),
    pytest.param("**QUYẾT ĐỊNH**\n", "QUYẾT ĐỊNH\n", id="bold headings"),
]


@pytest.mark.parametrize(("text", "mended"), DAMAGED)
def test_damage_is_undone(text, mended, extractor):
    assert mend(text, extractor.registers).text == mended


SOUND = {
    "names of firms": "VietNamNet, VnExpress, QĐ-TTg, CTr, BộYTế, YTế, ĐHQGHN, ThS, MobiFone, VinFa, HaNoi, eHospital và SacombankPay",
    "letters that stand alone": "Bệnh viện K hiện có, vitamin C ở rau, nhóm A anh em, điểm b khoản 2, điểm đ ở mục 3, bệnh viện E ông An",
    "shouted letters that stand alone": "BỆNH VIỆN C ANH SƠN, VIÊM GAN B ÂM TÍNH, TRƯỜNG TH AN BÌNH, KHU C Ở XÃ",
    "a measure": "đường dài 5 m ở xã, nặng 3 g ít",
    "a fraction over two lines": "tỷ lệ 3/\nBệnh viện 4",
    "shouted words behind a code": "SỐ 14/CT-UB VỀ VIỆC, SỐ 18/NQ-CP VÀ SỐ 19/NQ-CP CỦA",
    "figures behind each other": "khoản 1 2/QĐ-UBND, bảng số 3 12/15, giai đoạn 2019/2 020 và năm 2 019",
    "two numbers": "số 12/KH-UBND\n13/KH-UBND",
    "a national heading": "UBND TỈNH\n-----\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 7/KH-UBND\n",
    "a shouted name of the state": "QUỐC HỘI NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n",
    "hash marks of another use": "Bài 1 # 2, #phongdich, C# và ** ghi chú",
}


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_a_sound_text_is_left_alone(text, extractor):
    mended = mend(text, extractor.registers)
    assert mended.text is text
    assert mended.kept is None


REPORT = (
    "Giao ban ngành y tế\n\nSáng 12/3/2024, Sở Y tế tỉnh Lào Cai t\u200bổ chức hội nghị. Ảnh: Thu HàChủ trì hội nghị có Giám ðốc Sở Y tế tỉnh Lào Cai Trần Văn "
    "M\u00adinh.\n\nHội nghị bàn Kế hoạch số 12/\nKH-UBND.\n"
)


def test_facts_quote_the_text_as_it_came(extractor):
    reading = extractor.read("a.txt", REPORT)
    assert reading.document.text == REPORT
    assert {"Sở Y tế tỉnh Lào Cai organized Hội nghị", "Trần Văn Minh chaired Hội nghị"} <= {f.replace("hội nghị", "Hội nghị") for f in facts(reading)}
    chaired = next(r for r in reading.relations if r.predicate == "chaired")
    assert [REPORT[a:b] for a, b in chaired.spans] == ["Chủ trì hội nghị có Giám ðốc Sở Y tế tỉnh Lào Cai Trần Văn M\u00adinh."]
    assert all(REPORT[m.start : m.end] == m.text for m in reading.mentions)
    assert all(0 <= s.start < s.end <= len(REPORT) for s in (*reading.document.sections, *reading.document.sentences))


def test_a_quote_is_no_longer_for_what_nobody_sees(extractor):
    text = "Họp\n\nSáng 12/3/2024, Sở Y tế tỉnh Lào Cai tổ chức hội nghị" + "\u200b" * 900 + " về dân số.\n"
    reading = extractor.read("a.txt", text)
    assert reading.relations
    assert all(b - a <= 600 for r in reading.relations for a, b in r.spans)


def test_a_sound_reading_is_given_back_as_it_is(extractor):
    reading = extractor.extract(read_document("a.txt", "Họp\n\nSở Y tế tổ chức hội nghị.\n", extractor.registers))
    assert as_kept(reading) is reading


_PARTS = (
    "Sở Y tế Lào Cai", "S ở Y tế", "ôngLê Văn An", "chủ trì", "hội nghị", "H ội nghị", "Ảnh: Thu HàTới dự có", "Giám ðốc", "N gày 1 2 /3/2024",
    "số 12/\nKH-UBND", "số 7 8/Q Đ-UB ND", "25-CT/\nTW", "30/2 019/NĐ-CP", "thực hiện", "UBND TỈNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |",
    "LÀO CAI\tĐộc lập - Tự do", "|-|-|",
    "Số: 7/KH-SYT", "# KẾ HOẠCH", "**KẾ HOẠCH**", "KT.GIÁM ĐỐC SỞ", ". Nơi nhận:", "Người ký: Lê Văn An", "\u200b", "\u00ad", "\ufeff", "Ð", "\n", " ", ". ",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(_PARTS), st.text(max_size=3)), max_size=14).map(lambda parts: nfc(" ".join(parts)))


def test_whatever_the_damage_every_span_lies_in_the_kept_text(extractor):
    @settings(max_examples=2_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(TEXTS)
    def holds(text: str) -> None:
        reading = extractor.read("a.txt", text)
        assert reading.document.text == text
        spans = [span for relation in reading.relations for span in relation.spans]
        assert all(0 <= start < end <= len(text) and end - start <= 600 for start, end in spans)
        assert all(text[m.start : m.end] == m.text for m in reading.mentions)

    holds()

"""An official document is told from a report, and its parts from each other."""

from __future__ import annotations

import itertools

import pytest

from graph.model import Genre, Zone
from graph.reading.segment import read_document
from graph.registers.registers import Registers

HEAD = "SỞ Y TẾ\n-----\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 77/KH-SYT\n\nLào Cai, ngày 3 tháng 4 năm 2023\n\n"
PLAN = (
    HEAD + "KẾ HOẠCH\n\nPHÒNG, CHỐNG BỆNH SỞI\n\nCăn cứ Luật Phòng, chống bệnh truyền nhiễm;\n\nI. MỤC TIÊU\n\n1. Tiêm đủ mũi./.\n\n"
    "Nơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nPhạm Thị Hoa\n\nPHỤ LỤC\nChương I\nBảng số liệu\n"
)


def zones(text: str, registers: Registers) -> dict[Zone, str]:
    """The first stretch of each zone."""
    found: dict[Zone, str] = {}
    for section in read_document("a.txt", text, registers).sections:
        found.setdefault(section.zone, text[section.start : section.end])
    return found


OFFICIAL = {
    "a national heading": PLAN,
    "a letter without the national heading": "SỞ Y TẾ\n\nSố: 12/SYT-NVY\nLào Cai, ngày 2/2/2022\n\nKính gửi: Trung tâm Y tế huyện\n\nThực "
    "hiện chỉ đạo của tỉnh, Sở đề nghị đơn vị rà soát.\n",
    "bases and articles under a title": "Quyết định về việc lập trạm\nỦy ban nhân dân tỉnh lào cai\nCăn cứ Luật Dược năm 2016;\nQuyết "
    "định:\nĐiều 1. Lập trạm.\n",
    "an instruction that opens with what it carries out": "Chỉ thị về việc phòng dịch.\nThực hiện Chỉ thị số 4/CT-TTg của Thủ tướng Chính "
    "phủ.\n1. Các phường tuyên truyền.\n",
    "a number line and a title in capitals without the national heading": "SỞ Y TẾ\nLÀO CAI\n\nSố: 77/KH-SYT\n\nKẾ HOẠCH\nPhòng, chống bệnh sởi\n\nSở "
    "ban hành Kế hoạch như sau:\n",
    "a misprint in the national heading": PLAN.replace("NGHĨA", "NGHIÃ").replace("Độc lập", "Độc lâp"),
    "a portal's header": "Kế hoạch 77/KH-SYT phòng bệnh\n\nSố ký hiệu | 77/KH-SYT\nNgười ký | Phạm Thị Hoa\n\nKẾ HOẠCH\nPhòng, chống bệnh sởi\n\nNội dung.\n",
    "a Party heading": "TỈNH ỦY LÀO CAI\n*\nSố 12-CT/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nLào Cai, ngày 2 tháng 2 năm 2022\n\nCHỈ THỊ\nvề y tế cơ "
    "sở\n\nSố: 12\nNội dung.\n",
}  # fmt: skip


@pytest.mark.parametrize("text", OFFICIAL.values(), ids=OFFICIAL)
def test_an_official_document_is_known_by_its_heading_or_anatomy(text, registers):
    assert read_document("a.txt", text, registers).genre is Genre.OFFICIAL


REPORTS = {
    "a report about a plan": "Kế hoạch phòng dịch của tỉnh được ban hành\n\nSáng 3/4, Sở Y tế họp bàn Kế hoạch số 77/KH-SYT.\n\nÔng Hùng phát biểu.\n",
    "a number and a shouted headline": "CHỈ ĐẠO PHÒNG DỊCH\n\nTheo Kế hoạch số: 77/KH-SYT, sáng 3/4 Sở Y tế họp.\n",
    "a list of numbers": "Công bố kế hoạch của ngành\n\nSố: 77/KH-SYT\nSố: 78/KH-SYT\n",
    "a headline that begins with a kind": "Chỉ thị mới về phòng dịch\n\nChiều 3/4, UBND tỉnh họp.\n",
    "an empty text": "",
}


@pytest.mark.parametrize("text", REPORTS.values(), ids=REPORTS)
def test_a_report_stays_a_report(text, registers):
    assert read_document("a.txt", text, registers).genre is Genre.REPORT


def test_each_part_has_its_zone(registers):
    found = zones(PLAN, registers)
    assert "77/KH-SYT" in found[Zone.LETTERHEAD]
    assert found[Zone.TITLE].startswith("KẾ HOẠCH")
    assert found[Zone.PREAMBLE].startswith("Căn cứ")
    assert "MỤC TIÊU" in found[Zone.BODY]
    assert "Lưu: VT" in found[Zone.RECIPIENTS]
    assert found[Zone.SIGNATURE].rstrip().endswith("Phạm Thị Hoa")
    assert "Chương I" in found[Zone.ANNEX]


def test_the_sections_cover_the_text_in_order(registers):
    sections = read_document("a.txt", PLAN, registers).sections
    assert sections[0].start == 0
    assert sections[-1].end == len(PLAN)
    assert all(a.end == b.start for a, b in itertools.pairwise(sections))


def test_the_line_that_names_who_enacts_is_letterhead_not_title(registers):
    text = HEAD + "QUYẾT ĐỊNH\n\nVỀ VIỆC LẬP TRẠM\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÀO CAI\n\nCăn cứ Luật Dược;\n\nQUYẾT ĐỊNH:\nĐiều 1. Lập.\n"
    document = read_document("a.txt", text, registers)
    enacting = [text[s.start : s.end].strip() for s in document.sections if s.zone is Zone.LETTERHEAD][1:]
    assert enacting == ["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÀO CAI"]


def test_the_recipients_of_a_letter_enact_nothing(registers):
    text = "VĂN PHÒNG\n\nSố: 12/VP-TH\nV/v họp\nHà Nội, ngày 2/2/2022\n\nKính gửi:\n- Bộ Y tế;\n- Ủy ban nhân dân tỉnh Lào Cai.\n\nXét đề "
    "nghị, Văn phòng trả lời.\n"
    heads = [s for s in read_document("a.txt", text, registers).sections if s.zone is Zone.LETTERHEAD]
    assert all("Lào Cai" not in text[s.start : s.end] for s in heads)


def test_a_decision_in_the_body_opens_no_signature(registers):
    text = PLAN.replace("1. Tiêm đủ mũi./.", "QUY ĐỊNH CHUNG\n\n1. Tiêm đủ mũi.")
    assert "PHÓ GIÁM ĐỐC" in zones(text, registers)[Zone.SIGNATURE]


@pytest.mark.parametrize(
    ("behind", "begins"),
    [
        ("Do mưa lớn kéo dài nhiều ngày, nước dâng cao ở các xã.", "Do mưa lớn"),
        ("Chiều ngày 09 tháng 11 năm 2025, Sở Y tế đã họp với các trạm.", "Chiều ngày"),
        ("điện:\n- Giám đốc các bệnh viện.\n", "điện:"),
    ],
    ids=["a sentence", "a day", "a telegram"],
)
def test_a_shouted_title_ends_where_the_text_goes_on_in_lower_case(registers, behind: str, begins: str):
    found = zones(HEAD + "KẾ HOẠCH\nPHÒNG, CHỐNG BỆNH SỞI NGÀY 03/4/2023 TRÊN ĐỊA BÀN TỈNH " + behind + "\n\n1. Tiêm đủ mũi.\n", registers)
    assert found[Zone.TITLE].strip().endswith("ĐỊA BÀN TỈNH")
    assert found.get(Zone.PREAMBLE, found.get(Zone.BODY, "")).startswith(begins)


def test_grounds_end_the_preamble_where_the_text_is_cut_behind_them(registers):
    text = HEAD + "QUYẾT ĐỊNH\nVề việc lập trạm\n\nCăn cứ Luật Dược;\nCăn cứ Nghị định số 5/2019/NĐ-CP;\nTheo đề nghị của Phòng.\n\nTrạm nằm ở xã.\n"
    found = zones(text, registers)
    assert found[Zone.PREAMBLE].strip().startswith("Căn cứ Luật Dược;")
    assert found[Zone.PREAMBLE].strip().endswith("đề nghị của Phòng.")
    assert found[Zone.BODY].strip() == "Trạm nằm ở xã."


def test_who_signed_is_told_by_a_portal_only_where_nothing_below_tells_it(registers):
    header = "Kế hoạch phòng bệnh\n\nSố hiệu: 77/KH-SYT\nNgười ký: Lê Thị Na\n\n"
    cut = PLAN[: PLAN.index("Nơi nhận")]
    assert zones(header + cut, registers)[Zone.SIGNATURE] == "Lê Thị Na"
    assert zones(header + PLAN, registers)[Zone.SIGNATURE].strip().startswith("KT. GIÁM ĐỐC")

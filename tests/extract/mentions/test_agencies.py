"""How bodies are read: abbreviations, level and place, parents, lists, and words that are no bodies."""

from __future__ import annotations

import pytest

from graph.extract.mentions.gathering import MentionReader
from graph.extract.mentions.scan import scan
from graph.extract.rulebook import load_rulebook
from graph.model import AgencyRef, Kind
from graph.reading.segment import read_document
from graph.registers.data import shipped

NAMES = {
    "an abbreviation": ("UBND tỉnh Lào Cai họp.", ["Ủy ban nhân dân tỉnh Lào Cai"]),
    "a province without its level word": ("Sở Y tế Thái Bình báo cáo.", ["Sở Y tế tỉnh Thái Bình"]),
    "a city of central rank": ("UBND TP.HCM chỉ đạo.", ["Ủy ban nhân dân thành phố Hồ Chí Minh"]),
    "a district": ("UBND huyện Bắc Hà cho biết.", ["Ủy ban nhân dân huyện Bắc Hà"]),
    "a unit with its ministry in brackets": ("Cục Trẻ em (Bộ LĐTB&XH) đề xuất.", ["Cục Trẻ em Bộ Lao động - Thương binh và Xã hội"]),
    "the parts of a ministry's name joined otherwise": (
        "Bộ Văn hóa - Thể thao và Du lịch cùng Bộ Lao động, Thương binh & Xã hội phối hợp.",
        ["Bộ Văn hóa, Thể thao và Du lịch", "Bộ Lao động - Thương binh và Xã hội"],
    ),
    "a list of ministries behind a colon": ("Đại diện các bộ: Công an, Quốc phòng, Tài chính có mặt.", ["Bộ Công an", "Bộ Quốc phòng", "Bộ Tài chính"]),
    "a list of ministries behind a count": ("Đoàn làm việc với 2 bộ chậm nhất là Y tế; Giáo dục và đào tạo.", ["Bộ Y tế", "Bộ Giáo dục và Đào tạo"]),
    "bodies in a row share the level": (
        "Thường trực HĐND, lãnh đạo UBND, Ủy ban MTTQ Việt Nam tỉnh Lào Cai dự.",
        ["Thường trực Hội đồng nhân dân tỉnh Lào Cai", "Ủy ban nhân dân tỉnh Lào Cai", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lào Cai"],
    ),
    "an abbreviation inside a name": ("Trung tâm DS-KHHGĐ huyện Bắc Hà cho biết.", ["Trung tâm dân số - kế hoạch hóa gia đình huyện Bắc Hà"]),
    "a committee up to where the sentence goes on": ("Ban Chỉ đạo phòng, chống dịch tỉnh Lào Cai đã họp.", ["Ban Chỉ đạo phòng, chống dịch tỉnh Lào Cai"]),
    "a national association with words in lower case": ("Hội Bảo vệ quyền trẻ em Việt Nam kiến nghị.", ["Hội Bảo vệ quyền trẻ em Việt Nam"]),
    "a name of its own beside the official one": ("BV Việt Đức báo cáo.", ["Bệnh viện Việt Đức"]),
    "a city in letters with a space": ("Sở Y tế Tp. HCM họp.", ["Sở Y tế thành phố Hồ Chí Minh"]),
    "a city in letters with a stop between": ("UBND T.P Hồ Chí Minh họp.", ["Ủy ban nhân dân thành phố Hồ Chí Minh"]),
    "a committee for the time being": ("UBND lâm thời tỉnh Lào Cai quyết định.", ["Ủy ban nhân dân lâm thời tỉnh Lào Cai"]),
    "a department with spaced letters": (
        "Sở NN & PTNT Lào Cai và Bộ GD - ĐT phối hợp.",
        [
            "Sở Nông nghiệp và Phát triển nông thôn tỉnh Lào Cai",
            "Bộ Giáo dục và Đào tạo",
        ],
    ),
    "a centre inside a hospital": ("Trung tâm Truyền máu Bệnh viện Việt Đức báo cáo.", ["Trung tâm Truyền máu Bệnh viện Việt Đức"]),
    "a Party board with its committee": ("Ban Tổ chức Huyện ủy Mê Linh báo cáo.", ["Ban Tổ chức Huyện ủy Mê Linh"]),
}

SILENT = {
    "a case is no department": "Vụ buôn lậu thuốc đã được khởi tố.",
    "many bodies at once": "UBND các tỉnh báo cáo trước ngày 5/5.",
    "the collective of leaders": "Ban giám đốc cảm ơn các nhà hảo tâm.",
    "a hospital without a name": "Nhiều bệnh viện đã quá tải.",
    "a word that ends like a department": "Các cơ sở y tế và cơ sở xây dựng phải đủ nước sạch.",
    "a word that ends like an office": "Dịch vụ bảo hiểm y tế và nhiệm vụ tài chính đều tăng.",
    "the motto above a document": "CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM",
    "government by machine": "Tỉnh đẩy mạnh Chính phủ số và Chính phủ điện tử.",
    "kinds of bodies": "Các Sở, ban, ngành và UBND quận, huyện tổng hợp kết quả.",
    "an ocean": "Bão từ Thái Bình Dương đi vào.",
}


def _bodies(registers, text: str) -> list[AgencyRef]:
    found = MentionReader(registers, load_rulebook(shipped())).read(scan(read_document("text.txt", text, registers), registers))
    return [m.value for s in found.sentences for m in s.mentions if m.kind is Kind.AGENCY and isinstance(m.value, AgencyRef)]


@pytest.mark.parametrize(("text", "labels"), [pytest.param(*row, id=name) for name, row in NAMES.items()])
def test_bodies_are_named_in_their_official_form(registers, text: str, labels: list[str]):
    assert [body.label for body in _bodies(registers, text)] == labels


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_no_body_is_read(registers, text: str):
    assert not _bodies(registers, text)


def test_a_body_knows_its_province_only_where_the_words_tell(registers):
    assert [(b.level, b.province) for b in _bodies(registers, "Sở Y tế Lào Cai, UBND thành phố Thái Bình và UBND tỉnh cùng dự.")] == [
        ("tỉnh", "Lào Cai"),
        ("thành phố", None),
        ("tỉnh", None),
    ]


def test_a_bracket_behind_a_body_tells_its_province(registers):
    assert [body.province for body in _bodies(registers, "Trung tâm Nuôi dưỡng (Bắc Hà, Lào Cai) và Trung tâm Bảo trợ (cơ sở 2) báo cáo.")] == ["Lào Cai", None]

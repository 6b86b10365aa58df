"""What events are called: heads are an open class, the verb behind a noun is no part of it, and a noun in quotation marks counts."""

from __future__ import annotations

import pytest

from graph.extract.mentions.gathering import MentionReader
from graph.extract.mentions.scan import scan
from graph.extract.rulebook import load_rulebook
from graph.model import Kind
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.registers.registers import Registers

NAMED = {
    "a head and its word": ("Sở Y tế Lào Cai tổ chức lễ thắp nến cho các thầy thuốc.", ["lễ thắp nến"]),
    "one syllable before the verb": ("Tại lễ viếng, ông An phát biểu. Buổi gặp đã diễn ra.", ["lễ viếng", "Buổi gặp"]),
    "in capitals": ("Lễ Khởi động được tổ chức sáng nay.", ["Lễ Khởi động"]),
    "one that ends where a body begins": ("Dự buổi trao Trung tâm Y tế huyện Bắc Hà.", ["buổi trao"]),
    "the noun that the lexicon has goes first": ("Lễ kỷ niệm và buổi lễ.", ["Lễ kỷ niệm", "buổi lễ"]),
    "an open noun alone": ("Ngày hội hiến máu và sự kiện này.", ["Ngày hội", "sự kiện"]),
    "in quotation marks": ("Bộ Y tế tổ chức “Hội thảo về tiêm chủng” tại Lào Cai.", ["“Hội thảo"]),
    "a name in quotation marks behind its head": ("Tại lễ “Tri ân thầy thuốc” và buổi tập huấn.", ["lễ “Tri ân", "buổi tập huấn"]),
    "no event: time, holiday, feast": ("Buổi sáng, dịp nghỉ lễ và lễ hội, mỗi buổi khám đông hơn; lễ phép là cần.", []),
    "no event: the sentence goes on": ("Lễ được tổ chức vào buổi đầu tuần.", []),
}


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row, id=name) for name, row in NAMED.items()])
def test_nouns_of_events(registers: Registers, text: str, expected: list[str]):
    found = MentionReader(registers, load_rulebook(shipped())).read(scan(read_document("text.txt", text, registers), registers))
    assert [m.text for s in found.sentences for m in s.mentions if m.kind is Kind.MEETING] == expected

"""What a kind of document or of body is like stands in its row: another word there, another reading."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from readings import facts
from sector import Sector

from graph.extract.extract import Extractor
from graph.reading.segment import read_document
from graph.registers.data import Data

REPLACED = "Chỉ thị số 21/CT-UBND của UBND tỉnh Lào Cai thay thế Chỉ thị số 07/CT-UBND của UBND tỉnh Lào Cai."
DETAILED = "Ngày 18/6/2024, Chính phủ ban hành Nghị định số 96/2024/NĐ-CP triển khai thi hành Luật Dược."


def _reads(sector: Sector, text: str) -> set[str]:
    data = Data(sector.data)
    return facts(Extractor(data).extract(read_document("text.txt", text, data.registers)))


def _write(sector: Sector, register: str, where: tuple[str, str], column: str, value: str) -> None:
    """Write a value into a column of all rows that have a value in another."""
    path = sector.data / "registers" / f"{register}.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    changed = [row | {column: value} if row[where[0]] == where[1] else row for row in rows]
    assert changed != rows
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed)


@pytest.mark.parametrize(
    ("text", "column", "kind", "value", "before", "after"),
    [
        (REPLACED, "binding", "Chỉ thị", "no", "21/CT-UBND replaces 07/CT-UBND", None),
        (DETAILED, "gives_effect", "Nghị định", "no", "96/2024/NĐ-CP guides Luật Dược", "96/2024/NĐ-CP implements Luật Dược"),
        (DETAILED, "is_law", "Luật", "no", "96/2024/NĐ-CP guides Luật Dược", "96/2024/NĐ-CP implements Luật Dược"),
    ],
)
def test_a_column_of_a_kind_of_document_decides(root: Path, tmp_path: Path, text, column, kind, value, before, after):
    sector = Sector(root, tmp_path, {})
    assert before in _reads(sector, text)
    _write(sector, "document_types", ("kind", kind), column, value)
    found = _reads(sector, text)
    assert before not in found
    assert after is None or after in found


def test_a_column_of_a_body_decides(root: Path, tmp_path: Path):
    sector = Sector(root, tmp_path, {})
    text = "Công văn số 12-CV/TU ngày 10/01/2024 của Tỉnh ủy Lào Cai về y tế cơ sở."
    assert any(fact.endswith("issuedBy Tỉnh ủy Lào Cai") for fact in _reads(sector, text))
    _write(sector, "agencies", ("id", "tinh-uy"), "place_only", "no")
    assert not any(fact.endswith("issuedBy Tỉnh ủy Lào Cai") for fact in _reads(sector, text))

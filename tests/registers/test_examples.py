"""Each row of a register is found by its own example, read as a text would be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.extract.extract import Extractor
from graph.model import AgencyRef, DirectiveRef, Kind, Mention
from graph.reading.segment import read_document
from graph.registers.data import shipped

REGISTERS = shipped().registers
EXTRACTOR = Extractor(shipped())
# A body that is one person acts through his titles; a word that opens other names stands for none alone.
BY_TITLE = {"thu-tuong-chinh-phu", "chu-tich-nuoc"}
OPENS_NAMES = {"su-doan", "uy-ban-quoc-gia", "dang-uy-khoi"}


def _mentions(sentence: str) -> tuple[Mention, ...]:
    return EXTRACTOR.extract(read_document("a.txt", f"Tin y tế\n\n{sentence}\n", REGISTERS)).mentions


def _with_parents(agency: AgencyRef | None) -> Iterator[str]:
    while agency is not None:
        yield agency.entry
        agency = agency.parent


@pytest.mark.parametrize("row", REGISTERS.tables["agencies"].rows, ids=lambda row: row["id"])
def test_a_body_is_found_by_its_example(row):
    if row["id"] in BY_TITLE | OPENS_NAMES:
        pytest.skip("acts through titles, or only opens other names")
    found = _mentions(f"Hôm nay đoàn làm việc với {row['example']}.")
    entries = {entry for m in found if m.kind is Kind.AGENCY and isinstance(m.value, AgencyRef) for entry in _with_parents(m.value)}
    assert row["id"] in entries, [m.text for m in found]


TYPES = [row for row in REGISTERS.tables["document_types"].rows if row["use"] != "no" and "/" in row["example"]]


@pytest.mark.parametrize("row", TYPES, ids=lambda row: row["id"])
def test_a_kind_of_document_is_found_by_its_example(row):
    found = [m.value for m in _mentions(f"Đơn vị đã triển khai {row['kind']} số {row['example']}.") if isinstance(m.value, DirectiveRef)]
    assert found
    assert found[0].number is not None


@pytest.mark.parametrize("directive", [d for d in REGISTERS.directives.values() if not d.uncertain and d.number], ids=lambda d: d.id)
def test_a_known_directive_is_found_by_its_number(directive):
    found = [m.value for m in _mentions(f"Đơn vị đã triển khai {directive.kind} số {directive.number}.") if isinstance(m.value, DirectiveRef)]
    assert [ref.number for ref in found] == [directive.number]

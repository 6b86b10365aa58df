"""Readings of small texts: registers and rules are loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.extract.extract import Extractor
from graph.extract.rules import Rule
from graph.model import Extraction
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.registers.registers import Registers
from graph.text.normalize import nfc


@pytest.fixture(scope="session")
def extract(registers: Registers) -> Callable[..., Extraction]:
    """Reads a text with all rules, or with those given."""
    every = Extractor(shipped())

    def reading(text: str, rules: tuple[Rule, ...] | None = None) -> Extraction:
        extractor = every if rules is None else Extractor(shipped(), rules)
        return extractor.extract(read_document("text.txt", nfc(text), registers))

    return reading

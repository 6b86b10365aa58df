"""Readings of small texts: registers and rules are loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.extract.extract import Extractor
from graph.extract.rules import Rule
from graph.model import Extraction
from graph.reading.segment import read_document
from graph.registers.registers import Registers
from graph.text.normalize import nfc


@pytest.fixture(scope="session")
def registers() -> Registers:
    """The shipped registers."""
    return Registers()


@pytest.fixture(scope="session")
def extract(registers: Registers) -> Callable[..., Extraction]:
    """Reads a text with all rules, or with those given."""
    every = Extractor(registers)

    def reading(text: str, rules: tuple[Rule, ...] | None = None) -> Extraction:
        extractor = every if rules is None else Extractor(registers, rules)
        return extractor.extract(read_document("text.txt", nfc(text), registers))

    return reading

"""Graphs that several tests of the exports share."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphs import of_corpus

from graph.model import GraphData
from graph.registers.registers import Registers


@pytest.fixture(scope="session")
def registers() -> Registers:
    """The shipped registers, read once."""
    return Registers()


@pytest.fixture(scope="session")
def corpus_graph(root: Path, registers: Registers) -> GraphData:
    """The graph of the shipped corpus."""
    return of_corpus(root / "data" / "corpus", registers)

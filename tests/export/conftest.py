"""Graphs that several tests of the exports share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Reader
from graphs import of_corpus

from graph.model import GraphData
from graph.registers.registers import Registers


@pytest.fixture(scope="session")
def corpus_graph(root: Path, registers: Registers) -> GraphData:
    """The graph of the shipped corpus."""
    return of_corpus(root / "data" / "corpus", registers)


@pytest.fixture
def no_request_and_no_error(reader: Reader) -> Iterator[None]:
    """After a test: nothing was asked of the network, and nothing stands in the console."""
    yield
    assert reader.requests() == []
    assert [entry["message"] for entry in reader.logs("browser") if entry["level"] in ("SEVERE", "WARNING")] == []

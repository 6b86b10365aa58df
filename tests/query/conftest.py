"""The made-up graph, built once, as a folder and opened."""

from __future__ import annotations

from pathlib import Path

import ladders
import pytest

from graph.query.built import BuiltGraph


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    return ladders.write(ladders.ladders(), tmp_path_factory.mktemp("planted") / "out")


@pytest.fixture(scope="session")
def graph(folder) -> BuiltGraph:
    return BuiltGraph.open(folder)

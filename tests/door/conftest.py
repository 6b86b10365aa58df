"""The sample graph, built and opened by the front door."""

from __future__ import annotations

import pytest

import graph as front


@pytest.fixture(scope="session")
def built(root, tmp_path_factory) -> front.Built:
    folder = tmp_path_factory.mktemp("door")
    exports = ("facts", "nt", "graphml")
    return front.build(root / "data" / "corpus", folder / "out", exports=exports, ledger=folder / "none.jsonl")


@pytest.fixture(scope="session")
def opened(built) -> front.Graph:
    return built.graph

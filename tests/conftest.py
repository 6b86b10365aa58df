"""What all tests share: where ../shared and the browser are, and what happens without them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
from browser import Reader

from graph.registers.data import shipped
from graph.registers.registers import Registers

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
DRIVER = shutil.which("chromedriver")

_NEEDS = {
    "shared": (SHARED.is_dir(), "../shared is not beside this checkout"),
    "browser": (BROWSER is not None and DRIVER is not None, "no Chromium with its driver on this machine"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose surroundings are missing; on the build machine that is a failure."""
    for marker, (present, reason) in _NEEDS.items():
        if item.get_closest_marker(marker) is not None and not present:
            if os.environ.get("CI") == "true":
                pytest.fail(f"{reason}, and CI=true demands it")
            pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real texts and their gold."""
    return SHARED


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def registers() -> Registers:
    """The shipped registers, read once."""
    return shipped().registers


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A browser for the tests of one page."""
    with browser.started(tmp_path_factory.mktemp("browser")) as found:
        yield found

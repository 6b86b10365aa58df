"""The program works from a wheel, outside the checkout, with the registers inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def unpacked(root, tmp_path_factory) -> Path:
    """The wheel's content in an empty folder: what pip puts on the path."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(root),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def _run(site: Path, cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    # -I would hide PYTHONPATH; the empty working folder keeps the checkout out of the way.
    code = "import sys, graph; assert '_resources' not in sys.argv[0]; print(graph.__file__, file=sys.stderr); from graph.cli import main; main(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", code, *args], cwd=cwd, env={**os.environ, "PYTHONPATH": str(site)}, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_registers_rules_and_templates(unpacked):
    for name in ("ontology.ttl", "data/registers/provinces.csv", "data/rules/relations.yaml", "data/strings.csv", "data/shapes.ttl"):
        assert (unpacked / "graph" / "_resources" / name).is_file(), name
    assert list((unpacked / "graph" / "export" / "templates").glob("*.j2"))
    assert list((unpacked / "graph" / "_resources" / "data" / "queries").glob("*.rq"))


def test_the_wheel_says_that_it_is_typed_and_reads_a_text_by_itself(unpacked, tmp_path):
    assert (unpacked / "graph" / "py.typed").is_file()
    code = "import graph; print(graph.__file__, graph.find_citations('Chỉ thị số 25-CT/TW')[0].value.number)"
    environ = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environ, capture_output=True, text=True, encoding="utf-8", check=True)
    assert str(unpacked) in done.stdout
    assert done.stdout.endswith("25-CT/TW\n")


def test_the_wheel_builds_and_answers_outside_the_checkout(unpacked, tmp_path):
    build = _run(unpacked, tmp_path, "build", "--no-cache")
    assert build.returncode == 0, build.stderr
    assert str(unpacked) in build.stderr, "the installed package must be the one that runs"
    trace = _run(unpacked, tmp_path, "trace", "52-CTr/TU")
    assert trace.returncode == 0, trace.stderr
    assert "135/KH-UBND" in trace.stdout

"""An output folder is replaced whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import BuildError
from graph.pipeline.folder import MARK, replaced


def _old(folder: Path) -> Path:
    folder.mkdir()
    (folder / MARK).write_text("{}")
    (folder / "graph.nt").write_text("old")
    return folder


def test_a_finished_block_takes_the_targets_place(tmp_path):
    out = _old(tmp_path / "out")
    with replaced(out) as fresh:
        (fresh / MARK).write_text("{}")
        (fresh / "graph.nt").write_text("new")
    assert (out / "graph.nt").read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_failing_block_leaves_the_old_output_whole(tmp_path):
    out = _old(tmp_path / "out")

    def write_half() -> None:
        with replaced(out) as fresh:
            (fresh / "graph.nt").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert (out / "graph.nt").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_full_disk_is_an_error_of_one_line_and_the_old_output_stays(tmp_path):
    out = _old(tmp_path / "out")
    with pytest.raises(BuildError, match=r"No space left .*untouched"), replaced(out):
        raise OSError(28, "No space left on device")
    assert (out / "graph.nt").read_text() == "old"


def test_a_folder_that_no_build_wrote_is_never_replaced(tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("three years of work")
    with pytest.raises(BuildError, match="didn't write"), replaced(tmp_path / "thesis"):
        pytest.fail("the block must not run")
    assert (tmp_path / "thesis" / "chapter.txt").is_file()


def test_a_file_or_link_in_the_targets_place_is_refused(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(BuildError, match="is no folder"), replaced(tmp_path / "out"):
        pytest.fail("the block must not run")


def test_an_empty_folder_may_be_filled(tmp_path):
    (tmp_path / "out").mkdir()
    with replaced(tmp_path / "out") as fresh:
        (fresh / "x").write_text("x")
    assert (tmp_path / "out" / "x").is_file()


def _dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.skipif(os.name != "posix", reason="only POSIX tells whether a process is alive without harming it")
def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path):
    left = tmp_path / f".out.building-{_dead_process()}"
    left.mkdir()
    (left / "half").write_text("half")
    with replaced(tmp_path / "out") as fresh:
        (fresh / "x").write_text("x")
    assert not left.exists()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX tells whether a process is alive without harming it")
def test_an_output_moved_aside_by_a_killed_build_comes_back(tmp_path):
    aside = _old(tmp_path / f".out.old-{_dead_process()}")
    with pytest.raises(RuntimeError), replaced(tmp_path / "out"):
        raise RuntimeError
    assert not aside.exists()
    assert (tmp_path / "out" / "graph.nt").read_text() == "old"

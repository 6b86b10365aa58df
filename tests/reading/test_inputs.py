"""Which files are sources, what each is called, and what is said of those that can't be."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

from graph.errors import BuildError, SourceError
from graph.reading import inputs
from graph.reading.inputs import list_sources
from graph.reading.readers import SourceFile


def _names(*inputs: Path, out: Path | None = None) -> list[str]:
    return [e.source for e in list_sources(list(inputs), out) if isinstance(e, SourceFile)]


def _refused(*inputs: Path) -> dict[str, str]:
    return {e.source: e.reason for e in list_sources(list(inputs)) if isinstance(e, SourceError)}


def test_names_are_relative_with_slashes_and_sorted(tmp_path):
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", "sub/.git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert _names(tmp_path) == ["a.txt", "b.txt", "sub/c.txt"]


def test_a_name_in_nfd_is_kept_in_nfc(tmp_path):
    (tmp_path / "to\u0302i.txt").write_text("x")
    assert _names(tmp_path) == ["t\u00f4i.txt"]


def test_a_single_file_goes_by_its_name(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    assert _names(tmp_path / "a.txt") == ["a.txt"]


def test_files_of_one_name_get_the_name_of_their_folder(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(folder)
    (tmp_path / "two" / "b.txt").write_text("x")
    assert _names(tmp_path / "one", tmp_path / "two") == ["one/a.txt", "two/a.txt", "b.txt"]


# The files of several inputs, and the names that their sources get.
CLASHES = {
    "folders of one name": (["x/in/a.txt", "y/in/a.txt"], ["x/in", "y/in"], ["x/in/a.txt", "y/in/a.txt"]),
    "files in folders of one name": (["p/A/x.txt", "r/A/x.txt"], ["p", "r"], ["p/A/x.txt", "r/A/x.txt"]),
    "single files": (["p/A/x.txt", "r/A/x.txt"], ["p/A/x.txt", "r/A/x.txt"], ["p/A/x.txt", "r/A/x.txt"]),
    "a file and a folder": (["p/A/a.txt", "r/A/a.txt/b.txt"], ["p", "r"], ["p/A/a.txt", "r/A/a.txt/b.txt"]),
    "a name that another input has by itself": (["p/x.txt", "q/p/x.txt", "r/x.txt"], ["p", "q", "r"], ["p/x.txt", "q/p/x.txt", "r/x.txt"]),
    "only what clashes is renamed": (["p/x.txt", "p/y.txt", "r/x.txt", "r/z.txt"], ["p", "r"], ["p/x.txt", "r/x.txt", "y.txt", "z.txt"]),
    "an input in another": (["p/A/x.txt", "p/y.txt"], ["p/A", "p", "p/A/x.txt"], ["A/x.txt", "y.txt"]),
}


@pytest.mark.parametrize("name", CLASHES)
def test_every_source_of_several_inputs_has_a_name_of_its_own_whatever_their_order(tmp_path, name):
    files, inputs, expected = CLASHES[name]
    for file in files:
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file)
    for order in permutations(inputs):
        found = [e for e in list_sources([tmp_path / given for given in order]) if isinstance(e, SourceFile)]
        assert sorted(e.source for e in found) == expected
        assert sorted(str(e.path.relative_to(tmp_path)) for e in found) == sorted(files)


def test_inputs_that_a_link_makes_one_are_read_once(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("x")
    (tmp_path / "link").symlink_to("in")
    assert _names(tmp_path / "in", tmp_path / "link", tmp_path / "in" / ".." / "in") == ["a.txt"]
    assert _refused(tmp_path / "in", tmp_path / "link") == {}


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
@pytest.mark.parametrize("twins", [("to\u0302i.txt", "t\u00f4i.txt"), ("\udcff.txt", "\udcfe.txt"), ("\udcff.txt", "?.txt")], ids=ascii)
def test_names_that_become_one_are_told_apart_by_their_bytes(tmp_path, twins):
    for name in twins:
        (tmp_path / name).write_text(ascii(name))
    found = {e.source: e.path.name for e in list_sources([tmp_path]) if isinstance(e, SourceFile)}
    assert sorted(found.values()) == sorted(twins)
    plain = [name for name in twins if found.get(name) == name]
    assert plain == [name for name in twins if name in ("t\u00f4i.txt", "?.txt")]
    assert all(source in plain or "~" in source for source in found)


def test_names_that_differ_in_case_alone_are_one_where_the_system_says_so(tmp_path, monkeypatch):
    for name in ("p/A.txt", "r/a.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x")
    monkeypatch.setattr(inputs, "_FOLDS", True)
    assert _names(tmp_path / "p", tmp_path / "r") == ["p/A.txt", "r/a.txt"]


def test_what_nothing_tells_apart_is_refused(tmp_path, monkeypatch):
    for name in ("A.txt", "a.txt", "b.txt"):
        (tmp_path / name).write_text("x")
    monkeypatch.setattr(inputs, "_FOLDS", True)
    assert _names(tmp_path) == ["A.txt", "b.txt"]
    assert "name of another source" in _refused(tmp_path)["a.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of 255 bytes")
def test_a_name_that_grows_too_long_is_refused(tmp_path):
    """U+0958 is written as two characters in NFC."""
    (tmp_path / ("\u0958" * 80 + ".txt")).write_text("x")
    (tmp_path / "a.txt").write_text("x")
    assert _names(tmp_path) == ["a.txt"]
    ((name, reason),) = _refused(tmp_path).items()
    assert name == "\u0915\u093c" * 80 + ".txt"
    assert "too long" in reason


@pytest.mark.skipif(sys.platform != "linux", reason="paths of 4,095 bytes")
@pytest.mark.parametrize("length", [1, 200], ids=["120 folders", "paths too long to open"])
def test_folders_in_folders_without_end_are_refused_with_their_path(tmp_path, length):
    (tmp_path / "a.txt").write_text("x")
    before = os.getcwd()  # noqa: PTH109
    try:
        os.chdir(tmp_path)
        for _ in range(120 if length == 1 else 30):
            os.mkdir("d" * length)  # noqa: PTH102
            os.chdir("d" * length)
        Path("b.txt").write_text("x")
    finally:
        os.chdir(before)
    assert _names(tmp_path) == ["a.txt"]
    ((name, reason),) = _refused(tmp_path).items()
    assert name.endswith("/" + "d" * length)
    assert "what lies in it is not read" in reason
    subprocess.run(["rm", "-r", str(tmp_path / ("d" * length))], check=True)


def test_a_folder_that_cant_be_opened_is_refused_and_the_rest_read(tmp_path, monkeypatch):
    for name in ("a.txt", "shut/b.txt", "open/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    known = os.scandir

    def scandir(path):
        if Path(path).name == "shut":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return known(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert _names(tmp_path) == ["a.txt", "open/c.txt"]
    assert "can't be opened (Permission denied)" in _refused(tmp_path)["shut"]
    assert "can't be opened (Permission denied)" in _refused(tmp_path / "shut")[str(tmp_path / "shut")]


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX knows them")
@pytest.mark.parametrize("name", ["loop.txt", "loop", "loop.pdf"])
def test_a_link_that_leads_to_itself_is_refused_below_an_input_and_as_one(tmp_path, name):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / name).symlink_to(name)
    assert _names(tmp_path) == ["a.txt"]
    assert _refused(tmp_path) == {name: "is a link that leads to itself"}
    assert _refused(tmp_path / name) == {name: "is a link that leads to itself"}
    assert _names(tmp_path, out=tmp_path / name) == ["a.txt"]


def test_one_input_given_twice_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    assert _names(tmp_path, tmp_path) == ["a.txt"]


def test_a_missing_input_is_an_error(tmp_path):
    with pytest.raises(BuildError, match="no such file or folder"):
        _names(tmp_path / "nowhere")


def test_other_formats_are_refused_by_name(tmp_path):
    (tmp_path / "a.doc").write_text("x")
    (tmp_path / "README").write_text("x")
    refused = _refused(tmp_path)
    assert set(refused) == {"a.doc", "README"}
    assert all("is not read (only .txt)" in reason for reason in refused.values())


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX knows them")
def test_links_lead_nowhere_outside(tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "s.txt").write_text("x")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    (folder / "outside.txt").symlink_to(tmp_path / "secret" / "s.txt")
    (folder / "tree").symlink_to(tmp_path / "secret")
    assert _names(folder) == ["a.txt", "inside.txt"]
    assert set(_refused(folder)) == {"outside.txt", "tree"}

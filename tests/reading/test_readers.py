"""Which files are sources, and what is said of those that can't be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.errors import BuildError, SourceError
from graph.reading.readers import MAX_BYTES, SourceFile, list_sources, read_plain, read_source


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


def test_folders_of_one_name_are_refused_rather_than_mixed_up(tmp_path):
    for folder in ("x/in", "y/in"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.txt").write_text(folder)
    entries = list(list_sources([tmp_path / "x/in", tmp_path / "y/in"]))
    assert [type(e).__name__ for e in entries] == ["SourceFile", "SourceError"]


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


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceError, match="larger than 64 MB"):
        read_source(SourceFile(path, "a.txt"))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"S\xe1\xbb\x9f Y t\xe1\xba\xbf", "Sở Y tế"),
        (b"\xef\xbb\xbfS\xe1\xbb\x9f", "Sở"),
        ("Sở".encode("utf-16"), "Sở"),
        (b"\xfe\xff" + "Sở".encode("utf-16-be"), "Sở"),
    ],
    ids=["UTF-8", "UTF-8 with BOM", "UTF-16", "UTF-16 big-endian"],
)
def test_encodings(data, text):
    assert read_plain(data) == text


@pytest.mark.parametrize("data", [b"\xff\xff", b"a\0b", "Sở".encode("utf-16-le"), "Sở Y tế".encode("cp1258", "replace") + b"\x8f"])
def test_bytes_that_are_no_text(data):
    with pytest.raises(ValueError, match=r"binary|UTF-"):
        read_plain(data)

"""The text of a source, and what is said of a file that has none."""

from __future__ import annotations

import os

import pytest

from graph.errors import SourceError
from graph.reading.readers import MAX_BYTES, SourceFile, read_plain, read_source


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


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX knows them")
def test_who_writes_into_a_pipe_is_not_told_that_it_is_read(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(SourceError, match="no regular file"):
        read_source(SourceFile(tmp_path / "a.txt", "a.txt"))
    with pytest.raises(OSError, match="No such device"):
        os.open(tmp_path / "a.txt", os.O_WRONLY | os.O_NONBLOCK)


@pytest.mark.skipif(not os.path.exists("/proc/self/pagemap"), reason="a file that looks empty and has no end")  # noqa: PTH110
def test_a_file_without_end_is_refused(tmp_path):
    (tmp_path / "a.txt").symlink_to("/proc/self/pagemap")
    with pytest.raises(SourceError, match=r"larger than 64 MB|can't be read"):
        read_source(SourceFile(tmp_path / "a.txt", "a.txt"))

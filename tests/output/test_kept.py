"""Nothing is read but what the build wrote, and nothing from outside of the folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.errors import QueryError
from graph.output.kept import Kept
from graph.output.mark import write_mark

SECRET = "not for you"  # noqa: S105 - what no graph may show


@pytest.fixture(params=["listed", "of no build"])
def out(tmp_path, request) -> Path:
    folder = tmp_path / "out"
    (folder / "texts" / "deep").mkdir(parents=True)
    (folder / "texts" / "a.txt").write_text("Văn bản", encoding="utf-8")
    (folder / "texts" / "deep" / "b.txt").write_text("Sâu", encoding="utf-8")
    if request.param == "listed":
        write_mark(folder, {"base": "https://example.org/id/", "min_confidence": 0.0})
    (tmp_path / "secret.txt").write_text(SECRET)
    (tmp_path / "out" / "build.txt").write_text(SECRET)
    return folder


def test_the_texts_of_a_build_are_read_by_their_names(out):
    kept = Kept(out)
    assert kept.text("a.txt") == kept.text_as_is("a.txt") == "Văn bản"
    assert kept.text("deep/b.txt") == "Sâu"
    assert [name for name, _ in kept.texts()] == ["a.txt", "deep/b.txt"]
    assert kept.text("") == kept.text_as_is("") == kept.text("c.txt") == ""


@pytest.mark.parametrize(
    "source", ["../build.txt", "../../secret.txt", "deep/../../../secret.txt", "a.txt/../../build.txt", "{tmp}/secret.txt", "..", "a\0b", "x" * 5000]
)
def test_a_source_that_names_something_outside_is_not_read(out, tmp_path, source):
    kept, source = Kept(out), source.format(tmp=tmp_path)
    assert kept.text_as_is(source) == ""
    if source == "x" * 5000:
        with pytest.raises(QueryError):
            kept.text(source)
        return
    with pytest.raises(QueryError, match="outside of texts/"):
        kept.text(source)


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_no_link_leads_outside(out, tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.txt").write_text(SECRET)
    (out / "texts" / "a.txt").unlink()
    (out / "texts" / "a.txt").symlink_to(tmp_path / "secret.txt")
    (out / "texts" / "linked").symlink_to(tmp_path / "more")
    kept = Kept(out)
    for source in ("a.txt", "linked/b.txt"):
        assert kept.text_as_is(source) == ""
        with pytest.raises(QueryError, match="outside of texts/"):
            kept.text(source)
    with pytest.raises(QueryError, match="leads outside"):
        kept.texts()


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_no_link_in_the_place_of_all_texts_is_followed(out, tmp_path):
    (out / "texts").rename(tmp_path / "elsewhere")
    (out / "texts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(QueryError, match="outside of texts/"):
        Kept(out).text("a.txt")


def test_a_text_of_the_same_size_is_found_by_its_digest_alone(tmp_path):
    folder = tmp_path / "out"
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "a.txt").write_text("số 25")
    (folder / "graph.nt").write_text("1")
    (folder / "report.md").write_text("now")
    write_mark(folder, {"base": "https://example.org/id/", "min_confidence": 0.0})
    (folder / "texts" / "a.txt").write_text("số 26")
    (folder / "report.md").write_text("later")
    (folder / "graph.nt").unlink()
    kept = Kept(folder)
    assert kept.text("a.txt") == "số 26"
    assert list(kept.changed()) == [("graph.nt", False), ("texts/a.txt", True)]

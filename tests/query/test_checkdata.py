"""The shipped data are sound, and a broken file is named with its row."""

from __future__ import annotations

import shutil

import pytest

from graph.errors import GovGraphError
from graph.query.checkdata import check


def test_the_shipped_data_are_sound(root):
    parts = check()
    assert [part.error for part in parts] == [""] * len(parts)
    assert all(part.counted for part in parts)
    assert check(root / "data") == parts


@pytest.fixture
def data(root, tmp_path):
    for name in ("registers", "lexicon", "rules"):
        shutil.copytree(root / "data" / name, tmp_path / name)
    for name in ("strings.csv", "shapes.ttl"):
        shutil.copy(root / "data" / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        pytest.param("registers/provinces.csv", "\nbac-kan,", "\nbac kan,", "provinces.csv, row", id="an id with a space"),
        pytest.param("registers/provinces.csv", "\nbac-kan,", "\nbac-giang,", "stands in row", id="an id twice"),
        pytest.param("registers/agencies.csv", "\n", "\nx\n", "agencies.csv, row 2", id="a row of one cell"),
        pytest.param("lexicon/awards.yaml", "awards:", "awards: [", "awards.yaml, line", id="a word list that can't be read"),
        pytest.param("rules/relations.yaml", "predicate: chaired", "predicate: loves", "unknown predicate 'loves'", id="a rule of no relation"),
        pytest.param("strings.csv", "nav.map,", "nav.query,", "stands twice", id="a key twice"),
        pytest.param("shapes.ttl", "sh:NodeShape", "sh:", "shapes.ttl", id="shapes that can't be read"),
    ],
)
def test_a_broken_file_is_named_and_the_rest_is_checked(data, file, old, new, words):
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1) if file != "shapes.ttl" else text.replace(old, new + " [", 1)
    path.write_text(changed, encoding="utf-8")
    broken = [part for part in check(data) if part.error]
    assert len(broken) == 1
    assert words in broken[0].error


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(GovGraphError, match="no folder"):
        check(tmp_path / "none")

"""Readings are kept, and anything odd in the cache costs time, never a wrong graph."""

from __future__ import annotations

import os
import pickle
import sqlite3

import pytest

from graph.extract.extract import Extractor
from graph.pipeline.cache import Cache, fingerprint
from graph.reading.segment import read_document
from graph.registers.registers import Registers

TEXT = "Sở Y tế tỉnh Lào Cai họp\n\nNgày 3/4/2024, Sở Y tế tỉnh Lào Cai ban hành Kế hoạch số 77/KH-SYT thực hiện Chỉ thị số 25-CT/TW.\n"


@pytest.fixture(scope="module")
def extraction():
    registers = Registers()
    return Extractor(registers).extract(read_document("a.txt", TEXT, registers))


def test_a_reading_comes_back_equal(tmp_path, extraction):
    cache = Cache(tmp_path / "c.sqlite", "v1")
    cache.put("a.txt", extraction)
    cache.close()
    again = Cache(tmp_path / "c.sqlite", "v1")
    assert again.get("a.txt", extraction.document.text) == extraction
    again.close()


@pytest.mark.parametrize(("source", "text"), [("b.txt", TEXT), ("a.txt", TEXT + " ")], ids=["another name", "another text"])
def test_another_source_is_not_found(tmp_path, extraction, source, text):
    cache = Cache(tmp_path / "c.sqlite", "v1")
    cache.put("a.txt", extraction)
    cache.flush()
    assert cache.get(source, text) is None
    cache.close()


def test_readings_of_other_rules_are_forgotten(tmp_path, extraction):
    first = Cache(tmp_path / "c.sqlite", "v1")
    first.put("a.txt", extraction)
    first.close()
    second = Cache(tmp_path / "c.sqlite", "v2")
    assert second.get("a.txt", extraction.document.text) is None
    second.close()


def test_a_broken_cache_file_is_an_empty_cache(tmp_path, extraction):
    (tmp_path / "c.sqlite").write_bytes(b"no database at all" * 100)
    cache = Cache(tmp_path / "c.sqlite", "v1")
    cache.put("a.txt", extraction)
    cache.flush()
    assert cache.get("a.txt", extraction.document.text) is None


def test_a_cache_in_an_impossible_place_is_an_empty_cache(tmp_path):
    (tmp_path / "file").write_text("")
    assert Cache(tmp_path / "file" / "c.sqlite", "v1").get("a.txt", "x") is None


class _Bomb:
    def __reduce__(self):
        return (os.mkdir, ("planted",))


def test_a_planted_pickle_runs_nothing(tmp_path, extraction, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cache = Cache(tmp_path / "c.sqlite", "v1")
    cache.put("a.txt", extraction)
    cache.close()
    with sqlite3.connect(tmp_path / "c.sqlite") as database:
        database.execute("UPDATE readings SET reading = ?", (pickle.dumps(_Bomb()),))
    again = Cache(tmp_path / "c.sqlite", "v1")
    assert again.get("a.txt", extraction.document.text) is None
    assert not (tmp_path / "planted").exists()
    again.close()


def test_the_fingerprint_depends_on_the_registers():
    class Other(Registers):
        digests = {"registers": "other", "rules": "other"}  # noqa: RUF012 - stands for a property

    assert fingerprint(Registers()) != fingerprint(Other())

"""Readings are kept, and anything odd in the cache costs time, never a wrong graph."""

from __future__ import annotations

import os
import pickle
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.extract.extract import Extractor
from graph.pipeline.build import Order, build
from graph.pipeline.cache import Cache, _seal, default_path, fingerprint
from graph.reading.segment import read_document
from graph.registers.data import Data, shipped

SOAK = os.environ.get("GOVGRAPH_SOAK") == "1"
TEXT = "Sở Y tế tỉnh Lào Cai họp\n\nNgày 3/4/2024, Sở Y tế tỉnh Lào Cai ban hành Kế hoạch số 77/KH-SYT thực hiện Chỉ thị số 25-CT/TW.\n"


@pytest.fixture(scope="module")
def extraction():
    registers = shipped().registers
    return Extractor(shipped()).extract(read_document("a.txt", TEXT, registers))


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


def test_a_cache_in_an_impossible_place_is_an_empty_cache(tmp_path):
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "c.sqlite", "v1")
    assert cache.get("a.txt", "x") is None
    assert "c.sqlite can't be used" in cache.notice


def _database(path: Path) -> None:
    """Another program's, with tables that bear the names of ours, and work that it left undone."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE readings (id TEXT PRIMARY KEY, reading BLOB, meter TEXT)")
        database.execute("CREATE TABLE made_with (fingerprint TEXT PRIMARY KEY)")
        database.execute("INSERT INTO readings VALUES ('1', 'x', 'water')")
        database.commit()
    path.with_name(path.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))


def _other_mark(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA application_id = 1234")
        database.execute("CREATE TABLE t (x)")


FOREIGN = {
    "database": _database,
    "database with a mark of its own": _other_mark,
    "text": lambda path: path.write_text("Sở Y tế\n" * 50, encoding="utf-8"),
    "one byte": lambda path: path.write_bytes(b"S"),
    "head of a database": lambda path: path.write_bytes(b"SQLite format 3\0"),
    "folder": lambda path: (path.mkdir(), (path / "notes.txt").write_text("x")),
    "pipe": lambda path: os.mkfifo(path) if os.name == "posix" else path.mkdir(),
    "link that leads to itself": lambda path: path.symlink_to(path),
}


def _bytes(folder: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_cache_of_ours_is_left_as_it_is_with_one_line_and_the_build_goes_on(tmp_path, name):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c").mkdir()
    FOREIGN[name](tmp_path / "c" / "theirs")
    before = _bytes(tmp_path / "c")
    args = ["--input", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--cache", str(tmp_path / "c" / "theirs"), "--exports", "facts", "--lang", "en"]
    done = CliRunner().invoke(main, ["build", *args])
    assert done.exit_code == 0, done.stderr
    assert len([line for line in done.stderr.splitlines() if "theirs" in line]) == 1
    assert (tmp_path / "out" / "facts.jsonl").stat().st_size
    assert _bytes(tmp_path / "c") == before


def test_a_cache_that_nobody_may_write_is_read_and_told(tmp_path, extraction, monkeypatch):
    cache = Cache(tmp_path / "c.sqlite", "v1")
    cache.put("a.txt", extraction)
    cache.close()
    known = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **kept: known(f"file:{path}?mode=ro", uri=True, **kept))
    again = Cache(tmp_path / "c.sqlite", "v1")
    assert again.get("a.txt", extraction.document.text) == extraction
    again.put("b.txt", extraction)
    again.close()
    assert "readonly" in again.notice


def test_a_cache_that_another_program_holds_is_told_and_not_waited_for_at_each_source(tmp_path, extraction, monkeypatch):
    Cache(tmp_path / "c.sqlite", "v1").close()
    known = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **_: known(path, timeout=0.01))
    with closing(known(tmp_path / "c.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        cache = Cache(tmp_path / "c.sqlite", "v1")
        assert cache.get("a.txt", extraction.document.text) is None
        assert "locked" in cache.notice
        assert (tmp_path / "c.sqlite").exists()


def test_a_cache_of_an_earlier_program_is_made_anew(tmp_path, extraction):
    with closing(sqlite3.connect(tmp_path / "c.sqlite")) as database:
        database.execute("CREATE TABLE readings (id TEXT PRIMARY KEY, reading BLOB) WITHOUT ROWID")
        database.execute("CREATE TABLE made_with (fingerprint TEXT PRIMARY KEY)")
        database.execute("INSERT INTO made_with VALUES ('v1')")
        database.commit()
    _round_trip(tmp_path / "c.sqlite", extraction)


def test_an_empty_file_may_be_filled(tmp_path, extraction):
    (tmp_path / "c.sqlite").touch()
    _round_trip(tmp_path / "c.sqlite", extraction)


@pytest.mark.parametrize("break_", [lambda data: data[:5000], lambda data: data[:100] + bytes(len(data) - 100)], ids=["cut off", "only its head is left"])
def test_a_broken_cache_of_ours_is_made_anew(tmp_path, extraction, break_):
    path = tmp_path / "c.sqlite"
    _round_trip(path, extraction)
    path.write_bytes(break_(path.read_bytes()))
    cache = Cache(path, "v1")
    assert cache.get("a.txt", extraction.document.text) is None
    cache.put("a.txt", extraction)
    cache.close()
    assert cache.notice == ""
    again = Cache(path, "v1")
    assert again.get("a.txt", extraction.document.text) == extraction
    again.close()


def _round_trip(path, extraction):
    cache = Cache(path, "v1")
    cache.put("a.txt", extraction)
    cache.close()
    again = Cache(path, "v1")
    assert again.get("a.txt", extraction.document.text) == extraction
    assert again.notice == ""
    again.close()


def test_a_changed_byte_anywhere_gives_the_same_facts(tmp_path):
    """Sources of one day and place, so that a reading taken for another one would show."""
    (tmp_path / "in").mkdir()
    for number in range(70, 76):
        (tmp_path / "in" / f"{number}.txt").write_text(TEXT.replace("77", str(number)), encoding="utf-8")
    order = Order(inputs=(tmp_path / "in",), out=tmp_path / "out", exports=("facts",), cache=tmp_path / "c.sqlite")
    build(order)
    facts, kept = (tmp_path / "out" / "facts.jsonl").read_bytes(), (tmp_path / "c.sqlite").read_bytes()
    rng = Random(9)  # noqa: S311 - a test must be repeatable
    changed = [rng.randrange(100) if n % 4 == 0 else rng.randrange(len(kept)) for n in range(200 if SOAK else 40)]
    for offset in changed:
        data = bytearray(kept)
        data[offset] ^= 1 << rng.randrange(8)
        (tmp_path / "c.sqlite").write_bytes(data)
        build(order)
        assert (tmp_path / "out" / "facts.jsonl").read_bytes() == facts, offset


def test_a_reading_of_another_source_in_its_place_is_not_taken(tmp_path, extraction):
    cache = Cache(tmp_path / "c.sqlite", "v1")
    cache.put("a.txt", extraction)
    cache.put("b.txt", extraction)
    cache.close()
    with closing(sqlite3.connect(tmp_path / "c.sqlite")) as database:
        (one, _), (other, _) = database.execute("SELECT id, reading FROM readings").fetchall()
        database.execute("UPDATE readings SET reading = (SELECT reading FROM readings WHERE id = ?) WHERE id = ?", (one, other))
        database.commit()
    again = Cache(tmp_path / "c.sqlite", "v1")
    assert sorted(again.get(name, extraction.document.text) is None for name in ("a.txt", "b.txt")) == [False, True]
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="where POSIX keeps caches")
@pytest.mark.parametrize("given", ["", "relative/place"])
def test_the_cache_folder_is_never_one_below_the_current_folder(monkeypatch, tmp_path, given):
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_path() == tmp_path / ".cache" / "govgraph" / "readings.sqlite"


def test_a_user_without_a_home_has_no_cache(monkeypatch):
    def nowhere():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    assert default_path() is None


class _Bomb:
    def __reduce__(self):
        return (os.mkdir, ("planted",))


def test_a_planted_pickle_runs_nothing(tmp_path, extraction, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cache = Cache(tmp_path / "c.sqlite", "v1")
    cache.put("a.txt", extraction)
    cache.close()
    with sqlite3.connect(tmp_path / "c.sqlite") as database:
        ((key,),) = database.execute("SELECT id FROM readings")
        database.execute("UPDATE readings SET reading = ?", (_seal(key, pickle.dumps(_Bomb())) + pickle.dumps(_Bomb()),))
    again = Cache(tmp_path / "c.sqlite", "v1")
    assert again.get("a.txt", extraction.document.text) is None
    assert not (tmp_path / "planted").exists()
    again.close()


def test_the_fingerprint_depends_on_the_registers():
    class Other(Data):
        digests = {"registers": "other", "rules": "other"}  # noqa: RUF012 - stands for a property

    assert fingerprint(shipped()) != fingerprint(Other())

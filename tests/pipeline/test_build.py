"""A build from folder to folder: the good files are read, the bad ones reported, nothing is half written."""

from __future__ import annotations

import codecs
import errno
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph import resources
from graph.cli import main
from graph.output.mark import MARK
from graph.pipeline.build import Order, build

GOOD = """Sở Y tế tỉnh Lào Cai triển khai kế hoạch

Ngày 3/4/2024, Sở Y tế tỉnh Lào Cai ban hành Kế hoạch số 77/KH-SYT thực hiện Chỉ thị số 25-CT/TW của Ban Bí thư.
"""
FAST = ("--exports", "facts,csv,nt", "--no-cache")


def _build(*args: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["build", *map(str, args)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def _facts(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "facts.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


def _pipe(path: Path) -> None:
    os.mkfifo(path)


BAD = {
    "empty": (lambda p: p.write_bytes(b""), "is empty"),
    "only blanks": (lambda p: p.write_bytes(b" \n\t\r\n"), "is empty"),
    "binary": (lambda p: p.write_bytes(bytes(range(256)) * 20), "binary"),
    "broken UTF-8": (lambda p: p.write_bytes("Sở Y tế".encode()[:-1] + b"\xff\xfe tail"), "UTF-8"),
    "UTF-16 without its mark": (lambda p: p.write_bytes(GOOD.encode("utf-16-le")), "byte order mark"),
    "half a UTF-16 file": (lambda p: p.write_bytes(codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le")[:-1]), "UTF-16"),
    "dangling link": (lambda p: p.symlink_to(p.parent / "nowhere.txt"), "link"),
    "link that leads to itself": (lambda p: p.symlink_to(p), "leads to itself"),
    "named pipe": (_pipe, "no regular file"),
    "socket": (lambda p: os.mknod(p, stat.S_IFSOCK | 0o600), "no regular file"),
    "link out of the folder": (lambda p: p.symlink_to(p.parent.parent / "secret.txt"), "link out of"),
}


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX knows them")
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_skipped_with_its_reason_and_the_good_one_read(texts, tmp_path, name):
    plant, reason = BAD[name]
    (tmp_path / "secret.txt").write_text(GOOD, encoding="utf-8")
    plant(texts / "bad.txt")
    code, _, stderr = _build("--input", texts, "--out", tmp_path / "out", *FAST)
    assert code == 0
    lines = [line for line in stderr.splitlines() if "bad.txt" in line]
    assert len(lines) == 1
    assert reason in lines[0]
    assert {fact["source"] for fact in _facts(tmp_path / "out")} == {"good.txt"}
    assert reason in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["empty", "binary"])
def test_only_bad_files_are_an_error_and_nothing_is_written(tmp_path, name):
    folder = tmp_path / "texts"
    folder.mkdir()
    BAD[name][0](folder / "bad.txt")
    code, _, stderr = _build("--input", folder, "--out", tmp_path / "out", *FAST)
    assert code == 2
    assert "bad.txt" in stderr
    assert "Traceback" not in stderr
    assert not (tmp_path / "out").exists()


def test_a_missing_folder_is_an_error_of_one_line(tmp_path):
    code, stdout, stderr = _build("--input", tmp_path / "nowhere", "--out", tmp_path / "out", *FAST)
    assert (code, stdout, len(stderr.splitlines())) == (2, "", 1)
    assert "nowhere" in stderr


def test_an_empty_folder_says_what_to_do(tmp_path):
    (tmp_path / "texts").mkdir()
    code, _, stderr = _build("--input", tmp_path / "texts", "--out", tmp_path / "out", *FAST)
    assert code == 2
    assert "put .txt files there" in stderr


def test_sources_without_facts_are_still_a_build(tmp_path):
    (tmp_path / "a.txt").write_text("Trời hôm nay nắng đẹp.\n", encoding="utf-8")
    code, _, _ = _build("--input", tmp_path / "a.txt", "--out", tmp_path / "out", *FAST)
    assert code == 0
    assert (tmp_path / "out" / "graph.nt").is_file()


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        unicodedata.normalize("NFD", GOOD).encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
    ],
    ids=["UTF-8 with BOM", "UTF-16 with BOM", "NFD", "CRLF", "CR"],
)
def test_one_text_in_another_encoding_gives_the_same_facts(texts, tmp_path, data):
    _build("--input", texts, "--out", tmp_path / "plain", *FAST)
    (texts / "good.txt").write_bytes(data)
    _build("--input", texts, "--out", tmp_path / "other", *FAST)
    assert (tmp_path / "other" / "facts.jsonl").read_bytes() == (tmp_path / "plain" / "facts.jsonl").read_bytes()
    assert (tmp_path / "other" / "texts" / "good.txt").read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize(
    "text",
    [GOOD + "Dòng " * 200_000, GOOD + "x" * 1_000_000, GOOD + "số 12/KH-UBND, " * 40_000, GOOD + "A" * 100_000 + " " + "Ủy" * 100_000],
    ids=["a line of a megabyte", "a word of a megabyte", "forty thousand numbers", "long words of capitals"],
)
def test_long_lines_and_words_are_read(texts, tmp_path, text):
    (texts / "long.txt").write_text(text, encoding="utf-8")
    code, _, _ = _build("--input", texts, "--out", tmp_path / "out", "--exports", "facts", "--no-cache")
    assert code == 0
    assert {fact["source"] for fact in _facts(tmp_path / "out")} == {"good.txt", "long.txt"}


def test_a_text_of_twenty_megabytes_is_read(texts, tmp_path):
    paragraph = "Cán bộ trạm y tế đi từng nhà, hỏi thăm từng người và ghi vào sổ theo dõi sức khỏe của gia đình. " * 10 + "\n"
    (texts / "huge.txt").write_text(GOOD + paragraph * (20_000_000 // len(paragraph.encode())), encoding="utf-8")
    code, _, stderr = _build("--input", texts, "--out", tmp_path / "out", "--exports", "facts", "--no-cache")
    assert code == 0, stderr
    assert {fact["source"] for fact in _facts(tmp_path / "out")} == {"good.txt", "huge.txt"}


def test_quotes_equal_the_kept_text_at_their_offsets(root, tmp_path):
    _build("--input", root / "data" / "corpus", "--out", tmp_path / "out", *FAST)
    facts = _facts(tmp_path / "out")
    assert len(facts) > 300
    for fact in facts:
        text = (tmp_path / "out" / "texts" / fact["source"]).read_text(encoding="utf-8")
        assert fact["evidence"]
        for evidence in fact["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_two_builds_give_the_same_bytes(root, tmp_path):
    """Also from another hash seed, folder and time, and from the cache."""
    for name, seed, cache in (
        ("a", "1", ["--no-cache"]),
        ("b", "2", ["--cache", str(tmp_path / "c.sqlite")]),
        ("c", "3", ["--cache", str(tmp_path / "c.sqlite")]),
    ):
        subprocess.run(
            [sys.executable, "-m", "graph", "build", "--input", str(root / "data" / "corpus"), "--out", str(tmp_path / name), *cache],
            check=True, cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True,
        )  # fmt: skip
    files = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*") if p.is_file() and p.name != "report.md")
    assert len(files) > 40
    for other in ("b", "c"):
        for file in files:
            assert (tmp_path / other / file).read_bytes() == (tmp_path / "a" / file).read_bytes(), file


def test_the_output_folder_inside_the_input_is_not_read(texts):
    _build("--input", texts, "--out", texts / "out", *FAST)
    code, _, _ = _build("--input", texts, "--out", texts / "out", *FAST)
    assert code == 0
    assert {fact["source"] for fact in _facts(texts / "out")} == {"good.txt"}


def test_files_of_one_name_in_two_inputs_are_told_apart_and_noted(texts, tmp_path):
    other = tmp_path / "more"
    other.mkdir()
    (other / "good.txt").write_text(GOOD.replace("77", "78"), encoding="utf-8")
    _, _, stderr = _build("--input", texts, "--input", other, "--out", tmp_path / "out", *FAST)
    assert {fact["source"] for fact in _facts(tmp_path / "out")} == {"texts/good.txt", "more/good.txt"}
    assert "sources of one name: more/good.txt, texts/good.txt" in stderr


@pytest.mark.parametrize(("one", "other"), [("p/A/x.txt", "r/A/x.txt"), ("p/A/a.txt", "r/A/a.txt/b.txt")], ids=["one name", "a file and a folder"])
def test_sources_whose_names_clash_keep_their_own_text_and_move_no_entity(tmp_path, one, other):
    for number, name in ((77, one), (78, other)):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(GOOD.replace("77", str(number)), encoding="utf-8")
    _build("--input", tmp_path / "p", "--out", tmp_path / "alone", *FAST)
    code, _, stderr = _build("--input", tmp_path / "p", "--input", tmp_path / "r", "--out", tmp_path / "out", *FAST)
    assert code == 0
    assert "skipped" not in stderr
    facts = _facts(tmp_path / "out")
    assert {fact["source"] for fact in facts} == {one, other}
    for name in (one, other):
        assert (tmp_path / "out" / "texts" / name).read_bytes() == (tmp_path / name).read_bytes()
    without_source = [{**fact, "source": ""} for fact in facts if fact["source"] == one]
    assert sorted(map(str, without_source)) == sorted(str({**fact, "source": ""}) for fact in _facts(tmp_path / "alone"))
    swapped = _build("--input", tmp_path / "r", "--input", tmp_path / "p", "--out", tmp_path / "swapped", *FAST)
    assert swapped[0] == 0
    assert _files(tmp_path / "swapped") == _files(tmp_path / "out")


def test_a_file_that_goes_and_a_folder_that_cant_be_opened_are_reported_skips(texts, tmp_path, monkeypatch):
    (texts / "going.txt").write_text(GOOD, encoding="utf-8")
    (texts / "shut").mkdir()
    known = os.scandir

    def scandir(path):
        if Path(path).name == "shut":
            (texts / "going.txt").unlink()
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return known(path)

    monkeypatch.setattr(os, "scandir", scandir)
    code, _, stderr = _build("--input", texts, "--out", tmp_path / "out", "--lang", "en", *FAST)
    assert code == 0
    assert "skipped going.txt: is missing" in stderr
    assert "skipped shut: is a folder that can't be opened (Permission denied)" in stderr
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "`going.txt`" in report
    assert "`shut`" in report


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX knows them")
def test_a_link_to_itself_as_the_output_is_one_line(texts, tmp_path):
    (tmp_path / "out").symlink_to(tmp_path / "out")
    code, _, stderr = _build("--input", texts, "--out", tmp_path / "out", *FAST)
    assert code == 2
    assert len(stderr.splitlines()) == 1


def test_the_list_of_sources_is_no_source_and_no_skip(texts, tmp_path):
    (texts / "sources.csv").write_text("file,headline\n", encoding="utf-8")
    (texts / "scan.pdf").write_bytes(b"%PDF-1.7")
    _, _, stderr = _build("--input", texts, "--out", tmp_path / "out", *FAST)
    assert "sources.csv" not in stderr
    assert "scan.pdf" in stderr


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(texts, tmp_path):
    (texts / "evil.txt").write_text("=HYPERLINK(1) Kế hoạch của Sở Y tế tỉnh Lào Cai\n\n" + GOOD, encoding="utf-8")
    _build("--input", texts, "--out", tmp_path / "out", *FAST)
    data = (tmp_path / "out" / "nodes.csv").read_bytes()
    assert data.startswith(codecs.BOM_UTF8)
    assert ",'=HYPERLINK" in data.decode("utf-8")
    assert "=HYPERLINK(1) Kế hoạch" in (tmp_path / "out" / "facts.jsonl").read_text(encoding="utf-8")


def test_unknown_outputs_are_named(texts, tmp_path):
    code, _, stderr = _build("--input", texts, "--out", tmp_path / "out", "--exports", "facts,pdf")
    assert code == 2
    assert "pdf" in stderr
    assert not (tmp_path / "out").exists()


def _files(out: Path) -> dict[Path, bytes]:
    """All that a build wrote and that must not change from run to run."""
    return {p.relative_to(out): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and p.name != "report.md"}


def _added(folder: Path) -> None:
    (folder / "more.txt").write_text(GOOD.replace("77", "78"), encoding="utf-8")


def _edited(folder: Path) -> None:
    path = min(folder.glob("*.txt"))
    path.write_text(path.read_text(encoding="utf-8") + "\n" + GOOD.partition("\n\n")[2], encoding="utf-8")


def _removed(folder: Path) -> None:
    min(folder.glob("*.txt")).unlink()


def _renamed(folder: Path) -> None:
    path = min(folder.glob("*.txt"))
    path.rename(path.with_name("zz.txt"))


@pytest.mark.parametrize(("change", "read"), [(_added, 1), (_edited, 1), (_removed, 0), (_renamed, 1)])
def test_after_a_change_only_what_changed_is_read_and_the_bytes_are_those_of_a_build_from_scratch(root, tmp_path, change, read):
    shutil.copytree(root / "data" / "corpus", tmp_path / "in")
    order = Order(inputs=(tmp_path / "in",), out=tmp_path / "out", cache=tmp_path / "c.sqlite", exports=("facts", "csv", "nt", "html"))
    build(order)
    change(tmp_path / "in")
    assert build(order).read_again == read
    build(replace(order, out=tmp_path / "scratch", cache=None))
    assert _files(tmp_path / "out") == _files(tmp_path / "scratch")


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("reached", ["new", "new/facts.jsonl", "new/graph.nt", "new/texts"])
def test_killed_while_writing_the_old_output_stays_whole_and_the_next_run_ends_right(root, texts, tmp_path, reached):
    out = tmp_path / "out"
    _build("--input", texts, "--out", out, *FAST)
    before = _files(out)
    process = subprocess.Popen(
        [sys.executable, "-m", "graph", "build", "--input", str(root / "data" / "corpus"), "--out", str(out), "--no-cache"],
        cwd=root,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    limit = time.monotonic() + 60
    while not list(tmp_path.glob(f".out.building-*/{reached}")) and time.monotonic() < limit:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert list(tmp_path.glob(".out.building-*")), "the build was killed too late to show anything"
    assert _files(out) == before
    code, _, _ = _build("--input", texts, "--out", out, *FAST)
    assert code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "texts"]
    assert _files(out) == before


_LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from graph.cli import main
main(sys.argv[2:])
"""


@pytest.mark.skipif(os.name != "posix", reason="limits as POSIX knows them")
@pytest.mark.parametrize("size", [1, 100_000, 1_000_000])
def test_where_no_byte_more_can_be_written_the_old_output_stays_whole_and_the_next_run_ends_right(root, texts, tmp_path, size):
    """No file may grow beyond `size`: the writer fails as on a full disk, in the first file or in a later one."""
    out, args = tmp_path / "out", ("--input", str(root / "data" / "corpus"), "--cache", str(tmp_path / "c.sqlite"), "--ledger", str(tmp_path / "none"))
    _build("--input", texts, "--out", out, *FAST)
    before = _files(out)
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(size), "build", "--out", str(out), *args], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2, done.stderr
    assert "untouched" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert _files(out) == before
    assert not list(tmp_path.glob(".out.*"))
    assert _build("--out", out, *args)[0] == 0
    assert _build("--out", tmp_path / "scratch", *args[:2], "--no-cache", *args[4:])[0] == 0
    assert _files(out) == _files(tmp_path / "scratch")


def _mounts(folder: Path) -> bool:
    """Whether this user may mount a disk of 4 MB."""
    mount = shutil.which("mount")
    if mount is None:
        return False
    folder.mkdir()
    return subprocess.run([mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True, check=False).returncode == 0


def test_on_a_disk_that_is_full_the_old_output_stays_whole(root, texts, tmp_path):
    disk = tmp_path / "disk"
    if not _mounts(disk):
        pytest.skip("this user may not mount a small disk")
    try:
        _build("--input", texts, "--out", disk / "out", *FAST)
        before = _files(disk / "out")
        code, _, stderr = _build("--input", root / "data" / "corpus", "--out", disk / "out", "--no-cache")
        assert code == 2
        assert "No space left" in stderr.splitlines()[-1]
        assert _files(disk / "out") == before
        assert [p.name for p in disk.iterdir()] == ["out"]
        assert _build("--input", texts, "--out", disk / "out", *FAST)[0] == 0
        assert _files(disk / "out") == before
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_broken_register_stops_the_build_before_the_first_source(texts, tmp_path, monkeypatch):
    copied = tmp_path / "copy"
    shutil.copytree(resources.root() / "data", copied / "data")
    shutil.copy(resources.root() / "ontology.ttl", copied / "ontology.ttl")
    path = copied / "data" / "registers" / "provinces.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    monkeypatch.setattr(resources, "root", lambda: copied)
    code, _, stderr = _build("--input", texts, "--out", tmp_path / "out", *FAST)
    assert code == 2
    assert "provinces.csv" in stderr
    assert str(len(lines) + 1) in stderr
    assert not (tmp_path / "out").exists()


def test_the_mark_of_a_build_tells_its_base(texts, tmp_path):
    _build("--input", texts, "--out", tmp_path / "out", "--base", "https://example.org/kg/", *FAST)
    assert json.loads((tmp_path / "out" / MARK).read_text())["base"] == "https://example.org/kg/"
    assert all(fact["subject"]["id"].startswith("https://example.org/kg/") for fact in _facts(tmp_path / "out"))


def test_less_sure_facts_are_left_out_of_every_output(root, tmp_path):
    _build("--input", root / "data" / "corpus", "--out", tmp_path / "all", "--no-cache", "--exports", "facts,csv,nt,graphml")
    _build("--input", root / "data" / "corpus", "--out", tmp_path / "sure", "--no-cache", "--exports", "facts,csv,nt,graphml", "--min-confidence", "0.9")
    every, sure = _facts(tmp_path / "all"), _facts(tmp_path / "sure")
    assert any(fact["confidence"] < 0.9 for fact in every)
    assert sure == [fact for fact in every if fact["confidence"] >= 0.9]
    for name in ("edges.csv", "graph.graphml", "graph.nt"):
        assert (tmp_path / "sure" / name).stat().st_size < (tmp_path / "all" / name).stat().st_size
    triples = (tmp_path / "sure" / "graph.nt").read_text(encoding="utf-8")
    assert not [line for line in triples.splitlines() if '#confidence> "' in line and float(line.split('"')[1]) < 0.9]


def test_the_map_is_written_anew_in_another_language(texts, tmp_path):
    _build("--input", texts, "--out", tmp_path / "out", "--no-cache")
    done = CliRunner().invoke(main, ["map", "--graph", str(tmp_path / "out"), "--output", str(tmp_path / "en.html"), "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == str(tmp_path / "en.html")
    page = (tmp_path / "en.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in page
    assert "77/KH-SYT" in page
    assert '<html lang="vi"' in (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    again = CliRunner().invoke(main, ["map", "--graph", str(tmp_path / "out")])
    assert again.exit_code == 0
    assert (tmp_path / "out" / "graph.html").read_text(encoding="utf-8").count("77/KH-SYT") > 0

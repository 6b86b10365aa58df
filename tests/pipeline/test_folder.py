"""An output folder is replaced whole or not at all, and only where a build wrote it and nobody put anything else there."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.errors import BuildError, QueryError
from graph.output.kept import Kept
from graph.output.mark import MARK, write_mark
from graph.pipeline import folder as swapping
from graph.pipeline.folder import outside, renewed, replaced

NOTED = {"base": "https://example.org/id/", "min_confidence": 0.0, "made_with": {}}
FORMER = {"program": "govgraph", "version": "0.1.0", "exports": [], **NOTED}
POSIX = pytest.mark.skipif(os.name != "posix", reason="links, signals and rights as POSIX knows them")


def _fill(folder: Path, what: str) -> None:
    (folder / "graph.nt").write_text(what)
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text(what * 100)
    (folder / "report.md").write_text(f"{time.time()}")
    write_mark(folder, NOTED)


def _build(out: Path, what: str = "new") -> Path:
    with replaced(out) as fresh:
        _fill(fresh, what)
    return out


def _said(out: Path) -> str:
    """What the output holds, which must be whole."""
    assert list(Kept(out).changed()) == []
    return (out / "graph.nt").read_text()


def _refused(out: Path) -> str:
    """The message of a build that may not replace the folder; it ends before the first source is read."""
    with pytest.raises(BuildError) as error, replaced(out):
        pytest.fail("the block must not run")
    assert len(str(error.value).splitlines()) == 1
    return str(error.value)


@pytest.fixture(params=["in one step", "in two steps"])
def way(request, monkeypatch) -> str:
    """How folders are swapped: as this system can, and as where it can't exchange them."""
    if request.param == "in two steps":
        monkeypatch.setattr(swapping, "exchanged", lambda *_: False)
    return request.param


@pytest.fixture
def out(tmp_path) -> Path:
    return _build(tmp_path / "out", "old")


@pytest.mark.usefixtures("way")
def test_a_finished_block_takes_the_targets_place(out, tmp_path):
    assert _said(_build(out)) == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_failing_block_leaves_the_old_output_whole(out, tmp_path):
    def write_half() -> None:
        with replaced(out) as fresh:
            (fresh / "graph.nt").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert _said(out) == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_full_disk_is_an_error_of_one_line_and_the_old_output_stays(out):
    with pytest.raises(BuildError, match=r"No space left .*untouched"), replaced(out):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert _said(out) == "old"


@pytest.mark.usefixtures("way")
def test_an_empty_folder_may_be_filled(tmp_path):
    (tmp_path / "out").mkdir()
    assert _said(_build(tmp_path / "out")) == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


# ---- what may be replaced


@pytest.mark.parametrize(
    "mark",
    [
        None,
        "",
        "{",
        "[]",
        '"govgraph"',
        '{"scripts": {"build": "make"}}',
        json.dumps({"program": "another", **NOTED, "files": {}}),
        json.dumps({"program": "govgraph"}),
        json.dumps({**FORMER, "files": ["chapter.txt"]}),
        "[" * 100_000,
    ],
    ids=["none", "empty", "broken", "a list", "a word", "a project's own", "another program's", "half of ours", "ours with no list", "a deep nest"],
)
def test_a_folder_without_our_own_mark_is_never_replaced(tmp_path, mark):
    project = tmp_path / "project"
    project.mkdir()
    (project / "chapter.txt").write_text("three years of work")
    if mark is not None:
        (project / MARK).write_text(mark)
    assert "didn't write" in _refused(project)
    assert (project / "chapter.txt").is_file()


def test_an_output_of_an_older_version_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MARK).write_text(json.dumps(FORMER))
    assert "remove it or choose another --out" in _refused(tmp_path / "out")


def _note(out: Path) -> str:
    (out / "ghi chú.md").write_text("mine")
    return "'ghi chú.md'"


def _sub_folder(out: Path) -> str:
    (out / "mine").mkdir()
    return "'mine/'"


def _in_texts(out: Path) -> str:
    (out / "texts" / "b.txt").write_text("mine")
    return "'texts/b.txt'"


def _below_texts(out: Path) -> str:
    (out / "texts" / "more").mkdir()
    return "'texts/more/'"


def _link(out: Path) -> str:
    (out / "link").symlink_to(out.parent)
    return "'link'"


def _file_as_link(out: Path) -> str:
    (out / "graph.nt").rename(out.parent / "graph.nt")
    (out / "graph.nt").symlink_to(out.parent / "graph.nt")
    return "'graph.nt'"


def _folder_as_link(out: Path) -> str:
    (out / "texts").rename(out.parent / "texts")
    (out / "texts").symlink_to(out.parent / "texts")
    return "'texts'"


def _file_as_folder(out: Path) -> str:
    (out / "graph.nt").unlink()
    (out / "graph.nt").mkdir()
    return "'graph.nt/'"


def _store(out: Path) -> str:
    (out / "store").mkdir()
    return "'store/'"


def _line_break(out: Path) -> str:
    (out / "a\nb").touch()
    return r"'a\nb'"


@POSIX
@pytest.mark.parametrize("put", [_note, _sub_folder, _in_texts, _below_texts, _link, _file_as_link, _folder_as_link, _file_as_folder, _store, _line_break])
def test_what_a_person_put_into_an_output_is_named_and_kept(out, tmp_path, put):
    name = put(out)
    before = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*"))
    message = _refused(out)
    assert name in message
    assert "choose another --out" in message
    assert sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*")) == before


def test_of_many_strange_entries_some_are_named_and_all_counted(out):
    for number in range(12):
        (out / f"note-{number:02}").touch()
    message = _refused(out)
    assert "'note-04' and 7 more" in message
    assert "note-05" not in message


def test_what_a_build_wrote_may_be_gone_and_what_the_system_leaves_may_be_there(out):
    (out / "report.md").unlink()
    (out / "graph.nt").unlink()
    (out / ".DS_Store").touch()
    assert _said(_build(out)) == "new"


def test_an_output_that_is_named_in_no_code_is_replaced_too(tmp_path):
    for what in ("old", "new"):
        with replaced(tmp_path / "out") as fresh:
            (fresh / "later.parquet").write_text(what)
            (fresh / "store" / "deep").mkdir(parents=True)
            (fresh / "store" / "deep" / "index").write_text(what)
            _fill(fresh, what)
        (tmp_path / "out" / "store" / "log").write_text("written by what reads the store")
    noted = json.loads((tmp_path / "out" / MARK).read_text())
    assert noted["unchecked"] == ["report.md", "store/"]
    assert sorted(noted["files"]) == ["graph.nt", "later.parquet", "texts/a.txt"]


@pytest.mark.usefixtures("way")
def test_what_is_put_there_while_a_build_runs_is_kept_too(out, monkeypatch):
    def put_late(folder: Path, target: Path, check=swapping._check) -> None:
        check(folder, target)
        if folder == target and (out / MARK).is_file():
            (out / "late.md").write_text("mine")

    monkeypatch.setattr(swapping, "_check", put_late)
    with pytest.raises(BuildError, match=r"late\.md"):
        _build(out)
    assert (out / "late.md").read_text() == "mine"
    assert _said(out) == "old"


@POSIX
def test_a_file_or_link_in_the_targets_place_is_refused(tmp_path):
    (tmp_path / "file").write_text("a file")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "link").symlink_to(_build(tmp_path / "real"))
    for name in ("file", "loop", "link"):
        assert "is no folder" in _refused(tmp_path / name)


# ---- what may not lie in an output


@POSIX
@pytest.mark.parametrize("path", ["out", "out/a", "out/new/a", "there/../out/a", "link/a", "link/../out/a", "out/../out/texts/../a"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_path_in_the_output_folder_is_refused_however_it_is_spelt(tmp_path, path, exists):
    (tmp_path / "there").mkdir()
    if exists:
        _build(tmp_path / "out")
    (tmp_path / "link").symlink_to(tmp_path / "out")
    with pytest.raises(BuildError, match=r"--ledger .*: lies in the output folder .*keep it elsewhere"):
        outside(tmp_path / "out", tmp_path / path, "--ledger", "keep it elsewhere")


@pytest.mark.parametrize("path", ["a", "out.jsonl", "outer/a", "out/../a", "../out2/a"])
def test_a_path_beside_the_output_folder_is_not(tmp_path, path):
    outside(tmp_path / "out", tmp_path / path, "--ledger", "")


def test_where_capitals_are_one_they_lead_into_the_folder_too(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(BuildError):
        outside(tmp_path / "Kết quả", tmp_path / "KẾT QUẢ" / "a", "--ledger", "")


# ---- ways out of the swap


def _then(step, fails):
    """A step after which something fails."""

    def stepped(*args: object) -> object:
        done = step(*args)
        fails()
        return done

    return stepped


def _interrupt() -> None:
    raise KeyboardInterrupt


def _broken() -> None:
    raise OSError(errno.EIO, "I/O error")


@pytest.mark.parametrize("fails", [_interrupt, _broken])
def test_in_two_steps_whatever_breaks_them_off_the_old_output_comes_back(out, tmp_path, monkeypatch, fails):
    monkeypatch.setattr(swapping, "exchanged", lambda *_: False)
    monkeypatch.setattr(swapping, "_check", _then(swapping._check, lambda: None if out.exists() else fails()))
    with pytest.raises((KeyboardInterrupt, BuildError)):
        _build(out)
    assert _said(out) == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@POSIX
@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_within_the_swap_waits_for_its_end(out, tmp_path, monkeypatch, number):
    came = []
    monkeypatch.setattr(Path, "rename", _then(Path.rename, lambda: signal.raise_signal(number)))
    monkeypatch.setattr(swapping, "exchanged", _then(swapping.exchanged, lambda: signal.raise_signal(number)))
    before = signal.signal(number, lambda *_: came.append(_said(out)))
    try:
        _build(out)
    finally:
        signal.signal(number, before)
    assert came == ["new"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


_BUILD = """
import sys, time
from pathlib import Path
from graph.output.mark import write_mark
from graph.output.signals import orderly
from graph.pipeline import folder
out, what, times, way, pause = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4], float(sys.argv[5])
if way == "in two steps":
    folder.exchanged = lambda *_: False
with orderly():
    for _ in range(times):
        with folder.replaced(out) as fresh:
            (fresh / "graph.nt").write_text(what)
            (fresh / "texts").mkdir()
            (fresh / "texts" / "a.txt").write_text(what * 100)
            write_mark(fresh, {"base": "https://example.org/id/", "min_confidence": 0.0, "made_with": {}})
            print("written", flush=True)
            time.sleep(pause)
"""


def _process(out: Path, what: str, *, times: int = 1, way: str = "in one step", pause: float = 0.0) -> subprocess.Popen[str]:
    words = [str(out), what, str(times), way, str(pause)]
    return subprocess.Popen([sys.executable, "-c", _BUILD, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_while_writing_leaves_the_old_output_and_nothing_beside_it(out, tmp_path, number, code):
    process = _process(out, "new", pause=60)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (code, "")
    assert _said(out) == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_builds_of_one_target_at_once_are_each_whole_and_a_reader_always_finds_one(out, tmp_path, way):
    processes = [_process(out, what, times=25, way=way) for what in ("first", "second", "third")]
    seen = set()
    while any(process.poll() is None for process in processes):
        if way == "in one step" and sys.platform == "linux":
            seen.add(Kept(out).file("graph.nt").read_text())
        time.sleep(0.001)
    for process in processes:
        _, errors = process.communicate()
        assert (process.returncode, errors) == (0, "")
    assert seen <= {"old", "first", "second", "third"}
    assert _said(out) in ("first", "second", "third")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


# ---- what killed builds leave


@POSIX
@pytest.mark.parametrize("name", ["out", "out[1]", "o*t", "kết quả", "a.building-1"])
def test_what_a_killed_build_left_is_removed_by_the_next_and_that_of_a_living_one_is_not(tmp_path, name):
    out = _build(tmp_path / name, "old")
    killed, living = _process(out, "killed", pause=60), _process(out, "living", pause=60)
    for process in (killed, living):
        assert process.stdout is not None
        process.stdout.readline()
    killed.kill()
    killed.communicate()
    assert len(list(tmp_path.iterdir())) == 3
    assert _said(_build(out)) == "new"
    (left,) = (p for p in tmp_path.iterdir() if p != out)
    assert (left / "new" / "graph.nt").read_text() == "living"
    living.kill()
    living.communicate()
    _build(out)
    assert list(tmp_path.iterdir()) == [out]


def test_leavings_of_the_version_before_are_removed_whatever_process_has_their_number(out, tmp_path):
    half = tmp_path / f".out.building-{os.getpid()}"
    half.mkdir()
    (half / "graph.nt").write_text("half")
    aside = tmp_path / ".out.old-1"
    aside.mkdir()
    (aside / MARK).write_text(json.dumps(FORMER))
    assert _said(_build(out)) == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_persons_own_folder_of_such_a_name_is_left_alone(out, tmp_path):
    names = [".out.old-2023", ".out.building-2023", ".out.building-0123456789abcdef", ".out.old-copy"]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "thesis.txt").write_text("mine")
    _build(out)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*names, "out"])


def _aside(tmp_path: Path, name: str, out: Path) -> None:
    """An output as a build that was killed between two renames leaves it."""
    if "old" in name:
        out.rename(tmp_path / name)
        return
    (tmp_path / name).mkdir()
    (tmp_path / name / "govgraph.lock").touch()
    out.rename(tmp_path / name / "old")


@pytest.mark.parametrize("name", [".out.building-0123456789abcdef", ".out.old-17"])
def test_an_output_moved_aside_comes_back_when_it_is_read_or_built(tmp_path, name):
    out = _build(tmp_path / "out", "old")
    _aside(tmp_path, name, out)
    assert Kept(out).file("graph.nt").read_text() == "old"
    _aside(tmp_path / ".", name, out) if name.startswith(".out.old") else out.rename(tmp_path / name / "old")
    with pytest.raises(RuntimeError), replaced(out):
        raise RuntimeError
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert _said(out) == "old"


# ---- one file of an output renewed


def _renew(out: Path, what: str = "page") -> None:
    with renewed(out, "graph.html") as fresh:
        fresh.write_text(what)


def test_a_renewed_file_gets_its_entry_and_the_folder_may_still_be_replaced(out):
    for what in ("page", "another page"):
        _renew(out, what)
        assert (out / "graph.html").read_text() == what
        assert _said(out) == "old"
    assert sorted(json.loads((out / MARK).read_text())["files"]) == ["graph.html", "graph.nt", "texts/a.txt"]
    assert _said(_build(out)) == "new"


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_renewal_that_fails_at_any_step_leaves_the_folder_as_its_mark_says(out, monkeypatch, step):
    _renew(out, "old page")
    left = [step]

    def replace(path: Path, target: Path, replace=Path.replace) -> Path:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.EIO, "I/O error")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(BuildError, match="I/O error"):
        _renew(out)
    monkeypatch.undo()
    assert _said(out) == "old"
    assert (out / "graph.html").read_text() == ("old page" if step < 3 else "page")
    assert not [p.name for p in out.iterdir() if p.name.startswith(".")]
    assert _said(_build(out)) == "new"


def test_a_file_of_the_build_before_does_not_get_into_the_next(out):
    def write_late() -> None:
        with renewed(out, "graph.html") as fresh:
            fresh.write_text("page of the old graph")
            _build(out, "other")

    with pytest.raises(BuildError, match=r"can't be written|built anew meanwhile"):
        write_late()
    assert _said(out) == "other"
    assert not (out / "graph.html").exists()


def test_what_a_killed_renewal_left_is_no_strange_entry(out):
    for name in (".graph.html.0123456789abcdef.building", ".build.json.0123456789abcdef.building", ".build.json.lock"):
        (out / name).touch()
    assert _said(_build(out)) == "new"


# ---- reading


def test_a_file_of_another_size_is_refused_by_whoever_reads_it(out):
    (out / "graph.nt").write_text("olds")
    with pytest.raises(QueryError, match="has 4 bytes where the build wrote 3"):
        Kept(out).file("graph.nt")
    (out / "graph.nt").unlink()
    with pytest.raises(QueryError, match="is missing"):
        Kept(out).file("graph.nt")
    (out / "facts.jsonl").touch()
    with pytest.raises(QueryError, match="didn't write it"):
        Kept(out).file("facts.jsonl")

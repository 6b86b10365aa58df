"""How long a build takes and how much memory, as ratios within one run; `make bench` prints the figures."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.pipeline.build import Order, Result, build

# The high-water mark of the process itself: ru_maxrss would start from that of the parent.
_CHILD = """
import sys
from graph.cli import main
main(sys.argv[1:], standalone_mode=False)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def _seconds(*code: str, times: int = 3) -> float:
    """The best of several runs of a fresh Python."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        subprocess.run([sys.executable, *code], check=True, capture_output=True)
        best = min(best, time.perf_counter() - started)
    return best


def _peak(*args: str | Path) -> float:
    """Peak memory of a build in a process of its own, in MB."""
    done = subprocess.run([sys.executable, "-c", _CHILD, "build", "--no-cache", *map(str, args)], check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) / 1024


def _copies(texts: list[str], folder: Path, count: int) -> int:
    """`count` sources made of the texts, each with a sentence of its own; the bytes written."""
    folder.mkdir()
    size = 0
    for number in range(count):
        text = f"{texts[number % len(texts)].rstrip()}\n\nĐây là bản lưu thứ {number}.\n"
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
        size += len(text.encode())
    return size


def _build(folder: Path, out: Path) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "graph", "build", "--input", str(folder), "--out", str(out), "--exports", "facts,nt", "--no-cache"]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


@pytest.fixture(scope="module")
def texts(root, shared) -> list[str]:
    """Texts of about 5 KB: the real ones beside the checkout, else the sample corpus, which says five times as much a line."""
    paths = [p for p in sorted((shared / "corpus").rglob("*.txt")) if p.stat().st_size < 12_000] or sorted((root / "data" / "corpus").glob("*.txt"))
    return [path.read_text(encoding="utf-8") for path in paths]


@pytest.mark.shared
def test_a_build_of_the_seeds_costs_at_most_four_times_the_imports(shared, tmp_path):
    imports = _seconds("-c", "import rdflib, networkx, pyvis.network")
    build = _seconds("-m", "graph", "build", "--input", str(shared / "seeds"), "--out", str(tmp_path / "out"), "--no-cache")
    print(f"\nbuild of the seeds {build:.2f} s, imports {imports:.2f} s, ratio {build / imports:.2f} (at most 4)")
    assert build <= 4 * imports


def test_a_large_build_keeps_its_pace(texts, tmp_path):
    """800 documents at 0.3 MB/s or more, and a document costs at most 1.25 times what it costs in a build of 200."""
    small = _copies(texts, tmp_path / "200", 200)
    large = _copies(texts, tmp_path / "800", 800)
    start = _build(tmp_path / "200", tmp_path / "out") / 200
    seconds = _build(tmp_path / "800", tmp_path / "out")
    pace = large / 1e6 / seconds
    print(f"\n800 documents, {large / 1e6:.1f} MB ({small / 1e6:.1f} MB at 200): {pace:.2f} MB/s, a document {seconds / 800 / start:.2f} times that at 200")
    assert pace >= 0.3
    assert seconds / 800 <= 1.25 * start


def test_ten_thousand_documents_cost_ten_times_a_thousand(texts, tmp_path):
    """A document costs at most 1.15 times as much in a build of 10,000 as in one of 1,000."""
    _copies(texts, tmp_path / "1000", 1000)
    _copies(texts, tmp_path / "10000", 10_000)
    start = _build(tmp_path / "1000", tmp_path / "out") / 1000
    seconds = _build(tmp_path / "10000", tmp_path / "out")
    print(f"\n10,000 documents in {seconds:.0f} s: a document {seconds / 10_000 / start:.2f} times that at 1,000 (at most 1.15)")
    assert seconds / 10_000 <= 1.15 * start


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory as Linux tells it")
def test_memory_stays_near_the_largest_document(texts, tmp_path):
    """Peak memory above that of a build of one line is within 20 times the size of a document of 1 MB."""
    (tmp_path / "line.txt").write_text("Trời hôm nay nắng đẹp.\n", encoding="utf-8")
    large = "\n\n".join(f"{text.strip()}\n\nPhần {number}." for number, text in enumerate(texts * 20))
    large = large.encode()[:1_000_000].decode("utf-8", "ignore")
    (tmp_path / "large.txt").write_text(large, encoding="utf-8")
    empty = _peak("--input", tmp_path / "line.txt", "--out", tmp_path / "a", "--exports", "facts,nt")
    full = _peak("--input", tmp_path / "large.txt", "--out", tmp_path / "b", "--exports", "facts,nt")
    ratio = (full - empty) * 1024 * 1024 / len(large.encode())
    print(f"\npeak {empty:.0f} MB empty, {full:.0f} MB with a document of 1 MB: {ratio:.1f} times its size (at most 20)")
    assert ratio <= 20


def test_one_changed_file_costs_little(texts, tmp_path):
    """After one file of many has changed, reading and extraction cost at most 5 % of a full run, and the bytes are those of a build from scratch."""
    count = int(os.environ.get("GOVGRAPH_DOCUMENTS", "2000"))
    _copies(texts, tmp_path / "in", count)

    def run(name: str, cache: Path | None) -> Result:
        return build(Order(inputs=(tmp_path / "in",), out=tmp_path / name, exports=("facts", "nt"), cache=cache))

    full = run("out", tmp_path / "c.sqlite")
    changed = tmp_path / "in" / "00007.txt"
    changed.write_text(changed.read_text(encoding="utf-8").replace("lưu thứ 7", "lưu thứ bảy"), encoding="utf-8")
    again = run("out", tmp_path / "c.sqlite")
    scratch = run("scratch", None)
    share = again.seconds["read"] / full.seconds["read"]
    rest = {stage: round(seconds, 1) for stage, seconds in again.seconds.items() if stage != "read"}
    print(
        f"\n{count} documents: read {full.seconds['read']:.1f} s in full, {again.seconds['read']:.2f} s after one change ({100 * share:.1f} %); then {rest} s"
    )
    assert again.read_again == 1
    assert scratch.read_again == count
    for name in ("facts.jsonl", "graph.nt"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "scratch" / name).read_bytes()
    assert share <= 0.05

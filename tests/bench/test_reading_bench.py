"""How fast texts are read, and that no text makes it slow: `make bench` prints the figures."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.extract.extract import Extractor
from graph.reading.segment import read_document
from graph.registers.data import shipped

MEGABYTE = 1_000_000
HOSTILE = {
    "numbers begun and never ended": "số ",
    "commas": ",",
    "capital words": "Nguyễn Văn ",
    "one letter": "A",
    "marks of numbers": "12/",
    "hyphens": "-",
    "opening brackets": "(",
    "quotation marks": "“",
    "dates without an end": "ngày 1/",
    "titles without a name": "Giám đốc Sở Y tế, ",
    "bodies in bodies": "Phòng của Sở của ",
    "documents in a chain": "Kế hoạch số 12/KH-UBND thực hiện ",
    "blanks": " ",
    "lines": "a\n",
    "headings": "CHỈ THỊ\n",
    "grounds": "Căn cứ Luật ",
    "semicolons": "Điều 1; ",
    "combining marks": "e\u0323\u0302",
    "letters that look like others": "ð ",
    "soft hyphens": "a\u00adb ",
    "zero-width spaces": "\u200b",
    "glued sentences": "namTới ",
    "torn letters": "N gày 5 ",
    "torn numbers": "số 1 2/Q Đ-UB ND ",
    "numbers over lines": "Kế hoạch số 12/\nKH-UBND về y tế cơ sở và dân số trên địa bàn tỉnh.\n",
    "marks over lines": "12/\n",
    "headings of Markdown": "# QUYẾT ĐỊNH ",
    "columns": "SỞ | CỘNG HÒA XÃ HỘI\n",
}

# What costs least must stay quick; the rest says much, or in many lines.
QUICK = {
    "numbers begun and never ended",
    "commas",
    "capital words",
    "one letter",
    "marks of numbers",
    "hyphens",
    "opening brackets",
    "quotation marks",
    "blanks",
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(shipped())


def real_texts(root: Path) -> list[str]:
    """The real texts beside the checkout, else the sample corpus, which says five times as much a line."""
    paths = sorted((root.parent / "shared" / "corpus").rglob("*.txt")) or sorted((root / "data" / "corpus").glob("*.txt"))
    return [path.read_text(encoding="utf-8") for path in paths]


@contextmanager
def no_collector() -> Iterator[None]:
    """As a build reads: without the cycle collector."""
    gc.disable()
    yield
    gc.enable()


def _seconds(extractor: Extractor, text: str) -> float:
    started = time.perf_counter()
    extractor.extract(read_document("x.txt", text, extractor.registers))
    return time.perf_counter() - started


def test_extraction_reads_a_megabyte_and_a_half_a_second(extractor, root):
    """The aim is 1.5 MB of UTF-8 a second and core; the limit is a hundred times a Vietnamese NER of about 8 KB/s."""
    texts = real_texts(root)
    size = sum(len(text.encode()) for text in texts)
    with no_collector():
        best = min(sum(_seconds(extractor, text) for text in texts) for _ in range(3))
    print(f"\nextraction {size / best / MEGABYTE:.2f} MB/s (limit 0.8, aim 1.5)")
    assert size / best / MEGABYTE >= 0.8


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_more_than_linear_time(extractor, name):
    """A megabyte of one thing: at most 2.6 times as long for twice the text, 2 s for what says nothing and 20 s for the rest."""
    unit = HOSTILE[name]
    count = MEGABYTE // len(unit.encode()) // 2
    half = _seconds(extractor, "Tin y tế\n\n" + unit * count)
    whole = _seconds(extractor, "Tin y tế\n\n" + unit * 2 * count)
    print(f"\n{name}: {whole:.2f} s a megabyte, {whole / half:.2f} times half of it")
    assert whole <= 2.6 * half or whole < 0.3
    assert whole < (2 if name in QUICK else 20)  # half a million lines of one letter take longest: 30 µs a line

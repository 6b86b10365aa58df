"""Against the peers of the field, in one run on one machine: `make bench` installs them and prints the ratios."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from graph.extract.extract import Extractor
from graph.extract.finder import CitationFinder
from graph.reading.segment import read_document
from graph.registers.data import shipped

NOTICE = (
    "Căn cứ Nghị định số 146/2018/NĐ-CP ngày 17/10/2018 của Chính phủ; Quyết định số 25/QĐ-TTg ngày 09/01/2024 của Thủ tướng Chính phủ và "
    "Kế hoạch số 40/KH-UBND ngày 05/3/2024 của UBND tỉnh Lào Cai, Sở Y tế báo cáo kết quả khám bệnh, chữa bệnh của các trạm y tế trong quý vừa qua. "
)
OPINION = (
    "The court of appeals relied on Smith v. Jones, 123 U.S. 456, 460 (1980), and on Doe v. Roe, 12 F.3d 345, 347 (9th Cir. 1993), "
    "when it held that the hospital had kept its records for the time that 42 U.S.C. § 1983 and the rules of the state required of it. "
)


def _rate(work: Callable[[str], object], text: str, least: float = 2.0) -> float:
    """Bytes of UTF-8 a second, over at least so many seconds."""
    work(text)
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < least:
        work(text)
        done += len(text.encode())
    return done / (time.perf_counter() - started)


def test_citations_are_found_thirty_times_as_fast_as_eyecite_finds_english_ones():
    eyecite = pytest.importorskip("eyecite", reason="eyecite is not installed; make bench does")
    finder = CitationFinder(shipped())
    assert len(finder.find(NOTICE)) == len(eyecite.get_citations(OPINION)) == 3
    ours, theirs = _rate(finder.find, NOTICE * 20), _rate(eyecite.get_citations, OPINION * 20)
    print(f"\ncitations {ours / 1000:.0f} KB/s, eyecite {theirs / 1000:.1f} KB/s on its own kind of text: {ours / theirs:.0f} times (at least 30)")
    assert ours >= 30 * theirs


def test_extraction_is_a_hundred_times_as_fast_as_a_vietnamese_ner(root):
    underthesea = pytest.importorskip("underthesea", reason="underthesea is not installed; make bench does")
    extractor = Extractor(shipped())
    paths = sorted((root.parent / "shared" / "corpus").rglob("*.txt")) or sorted((root / "data" / "corpus").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    sentences = [line for text in texts[:10] for line in text.split("\n") if 40 < len(line) < 600][:40]

    def read(_: str) -> None:
        for text in texts:
            extractor.extract(read_document("x.txt", text, extractor.registers))

    gc.disable()  # as in a build
    ours = _rate(read, "".join(texts))
    gc.enable()
    theirs = _rate(lambda _: [underthesea.ner(sentence) for sentence in sentences], "".join(sentences))
    print(f"\nextraction {ours / 1000:.0f} KB/s, underthesea's NER {theirs / 1000:.1f} KB/s: {ours / theirs:.0f} times (at least 100)")
    assert ours >= 100 * theirs

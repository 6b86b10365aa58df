"""What grows with the input grows no faster than it: sizes n, 2n, 4n in one process, in seconds of CPU; `make bench` prints the figures."""

from __future__ import annotations

import gc
import string
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from graph.extract.extract import Extractor
from graph.pipeline.build import Order, build
from graph.query.built import BuiltGraph
from graph.query.shacl import violations, violations_in_full
from graph.query.validate import validate
from graph.reading.segment import read_document
from graph.registers.data import shipped

DOUBLED = 2.4  # times as long for twice the input: the rest is noise and memory that lies farther away
NOISE = 0.25  # seconds that tell nothing
HEAD = "SỞ Y TẾ\n-----\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 77/KH-SYT\n\nLào Cai, ngày 3 tháng 4 năm 2023\n\nKẾ HOẠCH\n"
# Where a token may be repeated without end: alone, in a report, in the title, the body and the signature of an official document.
CONTEXTS = {
    "alone": "",
    "report": "Tin y tế\n\nÔng Lê Văn An, Giám đốc Sở Y tế tỉnh Lào Cai chủ trì hội nghị triển khai Kế hoạch số 12/KH-UBND ngày 1/2/2024, ",
    "title": HEAD + "Triển khai thực hiện ",
    "body": HEAD + "Phòng bệnh\n\nCăn cứ Luật Dược;\n\nĐiều 1. Sửa đổi, bãi bỏ, thay thế Kế hoạch số 9/KH-UBND, ",
    "signature": HEAD + "Phòng bệnh\n\nCăn cứ Luật Dược;\n\nĐiều 1. Phòng bệnh./.\n\nNơi nhận:\n- Như trên;\n\nTM. ỦY BAN NHÂN DÂN\n",
}
ENDINGS = ("", " Hết. Kế hoạch số 13/KH-UBND.")
WORDS = (
    ". ", "… ", "- ", "_ ", ".\n", "-\n", "\n", "\n\n", " \n", "1\n", "A\n", "| ", "|\n", "1. ", "a) ", "A. ", "A.", "1/", "A-", "1/A", "aA", " A",
    "ab ", "AB ", "ông ", "số ", "số 1", "ngày ", "ngày 1/", "ngày 1 tháng 1 ", "năm 2024 ", "đồng chí ", "Căn cứ ", "Căn cứ Luật ", "Thực hiện ",
    "của ", "và ", "và A ", ", A", ", a", "(A) ", "“A” ", "tại ", "UBND tỉnh ", "Sở Y tế ", "Bộ Y tế, ", "Giám đốc ", "thành viên ",
    "Ủy viên Ban Thường vụ ", "Phòng của Sở của ", "Kế hoạch số ", "12/KH-UBND ", "Kế hoạch số 12/KH-UBND thực hiện ", "Kế hoạch 18 và ",
    "Kế hoạch này ", "hội nghị ", "chủ trì ", "Nguyễn Văn ", "Điều 1. ", "CHỈ THỊ\n", "Nơi nhận:\n", "TM. ", "tặng ", "Hà Nội, ", "các bộ ban ngành ",
    "đại diện lãnh đạo ", "nhiệm vụ ", "một số nội dung ", "ban hành ", "e\u0323\u0302", "\u0301", "\xa0", "\t",
)  # fmt: skip
TOKENS = (*string.punctuation, *"…–“”«»·•№／（。\u200b\u2028aAđĐ1٣一🙂", *WORDS)
SENTENCE = (
    "Ngày {day}/{month}/2024, ông Nguyễn Văn {first} {second}, Giám đốc Sở Y tế tỉnh Bắc Kạn chủ trì hội nghị triển khai Kế hoạch số {n}/KH-UBND "
    "ngày {day}/{month}/2023 của UBND tỉnh Bắc Kạn về công tác y tế. "
)
MEETING = "Cùng ngày, ông Lê Văn An, Giám đốc Sở Y tế tỉnh Lào Cai chủ trì hội nghị triển khai Kế hoạch số {n}/KH-UBND.\n\n"
FILLER = "Trạm y tế số {n} đã khám cho {n} lượt người, cấp thuốc cho {n} hộ và tiêm đủ mũi cho trẻ em trong các thôn bản vùng cao. "
NAMES = ("An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nam", "Phúc", "Quang", "Sơn", "Tâm", "Việt")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(shipped())


def _seconds(work: Callable[[], object]) -> float:
    """CPU time without the cycle collector, as in a build."""
    gc.collect()
    gc.disable()
    started = time.process_time()
    work()
    gc.enable()
    return time.process_time() - started


def _grows(seconds: list[float]) -> bool:
    return any(after > DOUBLED * before and after > NOISE for before, after in pairwise(seconds))


def _sentence(form: str, n: int) -> str:
    return form.format(n=n, day=n % 28 + 1, month=n % 12 + 1, first=NAMES[n % 15], second=NAMES[n // 15 % 15])


def _large(megabytes: float, end: str = "\n\n") -> str:
    """A report of this size: of nine sentences one tells facts."""
    parts = ["Tin y tế tỉnh Bắc Kạn" + ("." if end == "" else "") + (end or " ")]
    size, n = 0, 0
    while size < megabytes * 1e6:
        paragraph = _sentence(SENTENCE, n) + "".join(_sentence(FILLER, 8 * n + i) for i in range(8))
        parts.append(paragraph + end)
        size += len(paragraph.encode())
        n += 1
    return "".join(parts)


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_token_repeated_takes_more_than_linear_time(extractor, context):
    """Each token over 40,000, 80,000 and 160,000 code points, at the end of the text and before more of it; what looks slow is measured again."""

    def measured(texts: list[str]) -> list[float]:
        return [_seconds(lambda t=text: extractor.extract(read_document("x.txt", t, extractor.registers))) for text in texts]

    slow = []
    for token in TOKENS:
        for ending in ENDINGS:
            texts = [CONTEXTS[context] + token * (size // len(token)) + ending for size in (40_000, 80_000, 160_000)]
            seconds = measured(texts)
            if _grows(seconds) and _grows(seconds := measured(texts)):
                slow.append((token, ending, [round(s, 2) for s in seconds]))
    print(f"\n{context}: {2 * len(TOKENS)} texts, {len(slow)} of them grow too fast")
    assert slow == []


def _built(text: str, folder: Path) -> tuple[float, int]:
    """Seconds and bytes of a build of one source."""
    folder.mkdir()
    (folder / "a.txt").write_text(text, encoding="utf-8")
    seconds = _seconds(lambda: build(Order(inputs=(folder / "a.txt",), out=folder / "out", exports=("facts", "csv", "nt"))))
    return seconds, sum(file.stat().st_size for file in (folder / "out").rglob("*") if file.is_file())


DOCUMENTS: dict[str, Callable[[float], str]] = {
    "paragraphs": _large,
    "one line": lambda megabytes: _large(megabytes, end=""),
    "dots": lambda megabytes: "Mục lục " + "." * int(megabytes * 1e6),
    "a page of meetings": lambda megabytes: "Tin y tế trong tuần\n\n" + "".join(MEETING.format(n=n) for n in range(int(megabytes * 5e3))),
    "a table of contents": lambda megabytes: HEAD + "".join(f"Mục {n} {'.' * 90} {n}\n" for n in range(int(megabytes * 1e4))),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_takes_time_and_room_by_its_size(tmp_path, name):
    """1, 2 and 4 MB; time and output for each doubling at most as DOUBLED says."""
    _built(DOCUMENTS[name](0.1), tmp_path / "warm")
    figures = [_built(DOCUMENTS[name](size), tmp_path / str(size)) for size in (1, 2, 4)]
    seconds, room = [s for s, _ in figures], [b for _, b in figures]
    print(f"\n{name}, 1, 2, 4 MB: {', '.join(f'{s:.1f}' for s in seconds)} s, {', '.join(f'{b / 1e6:.1f}' for b in room)} MB written")
    assert not _grows(seconds)
    assert all(after <= DOUBLED * before for before, after in pairwise(room))


def test_a_document_of_20_mb_costs_at_most_twice_as_much_a_megabyte_as_one_of_1_mb(tmp_path):
    _built(_large(0.1), tmp_path / "warm")
    small, large = _built(_large(1), tmp_path / "1"), _built(_large(20), tmp_path / "20")
    print(f"\n1 MB: {small[0]:.1f} s, {small[1] / 1e6:.1f} MB written; 20 MB: {large[0]:.1f} s, {large[1] / 1e6:.0f} MB written")
    assert large[0] <= 2 * 20 * small[0]
    assert large[1] <= 2 * 20 * small[1]


def _short(number: int) -> str:
    return f"Sở Y tế tỉnh Bắc Kạn họp, tin {number}\n\n{_sentence(SENTENCE, number)}\n\n{_sentence(FILLER, number)}\n"


def _reports(folder: Path, count: int) -> Order:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:05}.txt").write_text(_short(number), encoding="utf-8")
    return Order(inputs=(folder,), out=folder.parent / f"out-{count}")


def test_tiny_files_take_time_by_their_number(tmp_path):
    """5,000, 10,000 and 20,000 files of a few lines."""
    seconds = []
    for count in (5000, 10_000, 20_000):
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            (folder / f"{number:05}.txt").write_text(f"Tin {number}\n\nTrời hôm nay nắng đẹp.\n", encoding="utf-8")
        seconds.append(_seconds(lambda f=folder, n=count: build(Order(inputs=(f,), out=tmp_path / f"out-{n}", exports=("facts", "nt")))))
    print(f"\n5,000, 10,000, 20,000 tiny files: {', '.join(f'{s:.1f}' for s in seconds)} s")
    assert not _grows(seconds)


def test_validate_takes_time_by_the_number_of_reports_and_little_for_shapes(tmp_path):
    """1,000, 2,000 and 4,000 short reports of one kind; of 1,000 the shapes take at most a fifth of what pySHACL takes for every node."""
    seconds = []
    for count in (1000, 2000, 4000):
        order = _reports(tmp_path / str(count), count)
        build(order)
        graph = BuiltGraph.open(order.out)
        seconds.append(_seconds(lambda g=graph: validate(g)))
    graph = BuiltGraph.open(tmp_path / "out-1000")
    few, all_of_them = _seconds(lambda: list(violations(graph))), _seconds(lambda: list(violations_in_full(graph)))
    print(f"\nvalidate, 1,000, 2,000, 4,000 reports: {', '.join(f'{s:.1f}' for s in seconds)} s; shapes {few:.1f} s, on every node {all_of_them:.1f} s")
    assert not _grows(seconds)
    assert few <= all_of_them / 5

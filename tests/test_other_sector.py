"""Another sector is a folder of data: its pages, its RDF and its report say nothing of health."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest
from browser import Reader
from sector import Sector, run, said

from graph.registers.data import shipped

# The vocabulary of education, as its author would write it over a copy of ours.
OWN_WORDS = (
    ("vn-health-governance", "vn-education-governance"),
    ("Điều hành y tế", "Điều hành giáo dục"),
    ("Health governance", "Education governance"),
    ("Health-sector", "Education-sector"),
    ("health-sector", "education-sector"),
    ("health sector", "education sector"),
    ("ngành y tế", "ngành giáo dục"),
    ("Nhà nước, y tế", "Nhà nước, giáo dục"),
    ("health service", "education service"),
    ("HealthFacility", "School"),
    ("Cơ sở y tế", "Cơ sở giáo dục"),
    ("Health facility", "School"),
    ("Bệnh viện, trung tâm y tế, trung tâm kiểm soát bệnh tật, trạm y tế, viện", "Trường học các cấp"),
    ("A hospital, medical centre, centre for disease control, health station or institute", "A school of any level"),
)
TEXTS = {
    "hop.txt": """Lào Cai triển khai Nghị quyết 29 về đổi mới giáo dục
2024-05-16

Sáng 14/5/2024, đồng chí Lê Văn An, Giám đốc Sở Giáo dục và Đào tạo tỉnh Lào Cai chủ trì hội nghị triển khai Kế hoạch số 77/KH-UBND ngày 02/5/2024 của \
UBND tỉnh Lào Cai thực hiện Chương trình số 12-CTr/TU ngày 10/01/2024 của Tỉnh ủy.

Dự hội nghị có bà Trần Thị Bình, Hiệu trưởng Trường THPT Bắc Hà.
""",
    "ke-hoach.txt": """ỦY BAN NHÂN DÂN
TỈNH YÊN BÁI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 31/KH-UBND
Yên Bái, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
Thực hiện Nghị quyết số 29-NQ/TW ngày 04/11/2013 của Ban Chấp hành Trung ương về đổi mới giáo dục và đào tạo

Căn cứ Luật Giáo dục ngày 14/6/2019;
Thực hiện Nghị quyết số 29-NQ/TW ngày 04/11/2013 của Ban Chấp hành Trung ương, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

1. Sở Giáo dục và Đào tạo chủ trì thực hiện.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Vũ Thị Hạnh
""",
    "thong-tu.txt": """Bộ Giáo dục và Đào tạo ban hành thông tư về nhà giáo
2024-06-20

Ngày 18/6/2024, Bộ Giáo dục và Đào tạo ban hành Thông tư số 08/2024/TT-BGDĐT hướng dẫn Luật Giáo dục. Thứ trưởng Bộ Giáo dục và Đào tạo Phạm Văn Dũng cho \
biết Cục Nhà giáo sẽ theo dõi việc thực hiện.
""",
}
SECTOR = re.compile(r"health|y tế|bệnh viện|sức khỏe|soyte|moh_|y-te", re.IGNORECASE)
HEALTH = re.compile(r"health|\by tế|\by te\b|sức khỏe|bệnh|y-te|\bBYT\b|\bSYT\b|soyte", re.IGNORECASE)


@pytest.fixture(scope="module")
def sector(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Sector:
    sector = Sector(root, tmp_path_factory.mktemp("education"), TEXTS)
    shutil.rmtree(sector.data)
    shutil.copytree(root / "tests" / "education", sector.data)
    words = (root / "ontology.ttl").read_text(encoding="utf-8")
    for old, new in OWN_WORDS:
        assert old in words
        words = words.replace(old, new)
    (sector.data / "ontology.ttl").write_text(words, encoding="utf-8")
    done = sector.build()
    assert done.exit_code == 0, done.output
    return sector


def test_its_registers_are_small_and_pass_the_checks(sector: Sector):
    assert all(len(path.read_text(encoding="utf-8").splitlines()) < 15 for path in (sector.data / "registers").iterdir())
    assert run("check-data", "--data", sector.data).exit_code == 0


def test_it_reads_what_its_texts_tell(sector: Sector):
    assert sector.facts("implements") == {("Kế hoạch số 77/KH-UBND", "Chương trình số 12-CTr/TU"), ("Kế hoạch số 31/KH-UBND", "Nghị quyết số 29-NQ/TW")}
    assert ("Thông tư số 08/2024/TT-BGDĐT", "Bộ Giáo dục và Đào tạo") in sector.facts("issuedBy")
    assert ("Lê Văn An", "Hội nghị triển khai") in sector.facts("chaired")
    assert {label for _, label in sector.facts("basedOn")} == {"Luật Giáo dục"}


def test_nothing_that_is_written_says_health(sector: Sector):
    written = [path for path in sorted(sector.out.rglob("*")) if path.is_file()]
    assert {"graph.ttl", "graph.nt", "graph.jsonld", "graph.html", "scoreboard.html", "report.md", "graph.graphml", "build.json"} <= {p.name for p in written}
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert [text[max(0, m.start() - 40) : m.end() + 40] for m in HEALTH.finditer(text)] == [], path.name
    graph = (sector.out / "graph.nt").read_text(encoding="utf-8")
    assert "<https://w3id.org/vn-education-governance/id/agency/bo-giao-duc-va-dao-tao>" in graph
    assert "<https://w3id.org/vn-education-governance/ontology#School>" in graph


def test_reading_commands_need_no_data(sector: Sector):
    assert run("validate", "--graph", sector.out).exit_code == 0
    assert "31/KH-UBND" in said("trace", "29-NQ/TW", "--graph", sector.out)
    assert "Lê Văn An" in said("meetings", "--graph", sector.out)
    assert "Phạm Văn Dũng" in said("who", "pham van dung", "--graph", sector.out)
    assert said("query", "directives-by-plans", "--graph", sector.out, "--csv").count("\n") == 4
    assert "31/KH-UBND" in said("ask", "kế hoạch nào thực hiện nghị quyết 29", "--graph", sector.out)


def test_the_map_is_made_anew_with_its_data_alone(sector: Sector):
    page = sector.folder / "map.html"
    refused = run("map", "--graph", sector.out, "--output", page)
    assert refused.exit_code == 2
    assert refused.stderr == f"govgraph: {sector.out} was built with a vocabulary of its own; give the folder of its data with --data\n"
    said("map", "--graph", sector.out, "--output", page, "--data", sector.data)
    assert page.read_bytes() == (sector.out / "graph.html").read_bytes()


@pytest.mark.browser
@pytest.mark.parametrize("page", ["graph.html", "scoreboard.html"])
def test_its_pages_bear_its_name_and_run(sector: Sector, reader: Reader, page: str):
    reader.open(sector.out / page)
    assert reader.run("return document.title").endswith("Điều hành giáo dục")
    assert [entry for entry in reader.logs("browser") if entry["level"] in ("SEVERE", "WARNING")] == []


@pytest.mark.parametrize("term", ["hg:heldOn", "hg:searchKey", "org:Post"])
def test_a_vocabulary_that_lacks_what_the_program_writes_is_named_before_anything_is_read(root: Path, tmp_path: Path, term: str):
    sector = Sector(root, tmp_path, TEXTS)
    file = sector.data / "ontology.ttl"
    text = re.sub(rf"(?m)(?<![;,] )\b{term} a (?=owl:)", "hg:other a ", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    reason = f"ontology.ttl: lacks {term}; of the shipped file's terms only kinds of bodies and events may be left out"
    assert run("check-data", "--data", sector.data).stdout.count(reason) == 1
    done = sector.build()
    assert (done.exit_code, done.stderr) == (2, f"govgraph: {reason}\n")


def test_no_words_in_code_name_the_sector(root: Path):
    for path in sorted((root / "graph").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        prose = {id(node.body[0].value) for node in ast.walk(tree) if hasattr(node, "body") and isinstance(node.body, list) and _is_prose(node.body)}
        told = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose]
        assert [text for text in told if SECTOR.search(text)] == [], path


def _is_prose(body: list[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)


def test_the_shipped_vocabulary_lacks_nothing():
    assert shipped().ontology.lacks(shipped().ontology) == []

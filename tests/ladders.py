"""A made-up graph whose answers are known: two ladders of documents, three people, two meetings, one source a fact's sentence each.

Nothing in it is read by the extractor, so these tests tell of the query floor alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from graph.export import facts, network
from graph.export.rdf import RdfWriter
from graph.model import Entity, Evidence, Genre, GraphData, Kind, Merge, Node, PartialDate, Registered, SourceInfo, Statement
from graph.registers.data import shipped

BASE = "https://example.org/id/"
A, B = "bao-a.txt", "bao-b.txt"
ROW = "directives.csv:CT/25/TW/2023"


def entity(node: Kind, path: str, label: str, row: str = "", **attributes: str) -> Entity:
    """A node with its attributes."""
    return Entity(node, path, label, "planted", tuple(sorted(attributes.items())), row=row)


def document(path: str, kind: str, number: str, level: str = "central", system: str = "state", **attributes: str) -> Entity:
    """A document; its label is kind and number."""
    return entity(Kind.DIRECTIVE, path, f"{kind} số {number}", kind=kind, number=number, level=level, system=system, **attributes)


BAC_KAN = entity(Kind.PROVINCE, "province/bac-kan", "Bắc Kạn")
THAI_BINH = entity(Kind.PROVINCE, "province/thai-binh", "Thái Bình")
MINISTRY = entity(Kind.AGENCY, "agency/bo-y-te", "Bộ Y tế", level="ministry", **{"class": "StateBody"})
UNIT = entity(Kind.AGENCY, "agency/cuc-phong-benh", "Cục Phòng bệnh Bộ Y tế", parent="agency/bo-y-te", **{"class": "StateBody"})
HEALTH = entity(Kind.AGENCY, "agency/so-y-te/bac-kan", "Sở Y tế tỉnh Bắc Kạn", level="province", province=BAC_KAN.id, **{"class": "StateBody"})
COMMITTEE = entity(Kind.AGENCY, "agency/uy-ban-nhan-dan/s-0123456789", "Ủy ban nhân dân tỉnh", level="province", **{"class": "StateBody"})
SECRETARIAT = entity(Kind.AGENCY, "agency/ban-bi-thu", "Ban Bí thư", level="central", **{"class": "PartyBody"})
OLD = document("directive/25-CT-TW/2018", "Chỉ thị", "25-CT/TW", system="party", title="Đối ngoại đa phương")
NEW = document("directive/25-CT-TW/2023", "Chỉ thị", "25-CT/TW", system="party", title="Củng cố y tế cơ sở trong tình hình mới")
PROGRAMME = document("directive/52-CTr-TU/2024", "Chương trình", "52-CTr/TU", "province", "party", province=BAC_KAN.id)
PLAN = document("directive/135-KH-UBND/2024", "Kế hoạch", "135/KH-UBND", "province", printed="135-KH/UBND")
LONE = document("directive/9-KH-SYT/2024", "Kế hoạch", "9/KH-SYT", "province", province=BAC_KAN.id)
GUIDE = document("directive/7-HD-BYT/2024", "Hướng dẫn", "7/HD-BYT", "ministry")
DECISION = document("directive/281-QD-TTg/2024", "Quyết định", "281/QĐ-TTg")
UNSURE = document("directive/900-QD-TTg/2024", "Quyết định", "900/QĐ-TTg")
LAW = entity(Kind.DIRECTIVE, "directive/luat-bao-hiem-y-te/2008", "Luật Bảo hiểm y tế", kind="Luật", system="state", level="central")
CIRCULAR = document("directive/10-TT-BYT/2024", "Thông tư", "10/TT-BYT", "ministry")
CHANGE = document("directive/11-TT-BYT/2024", "Thông tư", "11/TT-BYT", "ministry")
MO = entity(Kind.OFFICIAL, "official/tran-thi-mo", "Trần Thị Mơ")
MO_OPEN = entity(Kind.OFFICIAL, "official/tran-thi-mo-2", "Trần Thị Mở")
AN = entity(Kind.OFFICIAL, "official/le-van-an", "Lê Văn An")
DIRECTOR = entity(Kind.POST, "post/giam-doc/so-y-te/bac-kan", "Giám đốc Sở Y tế tỉnh Bắc Kạn", title="Giám đốc", agency=HEALTH.id)
HEAD = entity(Kind.POST, "post/cuc-truong/cuc-phong-benh", "Cục trưởng Cục Phòng bệnh Bộ Y tế", title="Cục trưởng", agency=UNIT.id)
ROLLOUT = entity(Kind.MEETING, "meeting/1", "Hội nghị triển khai")
REVIEW = entity(Kind.MEETING, "meeting/2", "Buổi làm việc")
MEDAL = entity(Kind.AWARD, "award/bang-khen", "Bằng khen")

# (source, subject, relation, object, sentence); a string as object is a date.
FACTS: tuple[tuple[str, Entity, str, Entity | str, str], ...] = (
    (A, NEW, "issuedOn", "2023-10-25", "Chỉ thị số 25-CT/TW được ký ngày 25/10/2023."),
    (A, NEW, "issuedBy", SECRETARIAT, "Chỉ thị ấy do Ban Bí thư ban hành."),
    (A, OLD, "issuedOn", "2018-08-08", "Một chỉ thị cùng số được ký ngày 08/8/2018."),
    (A, PROGRAMME, "implements", NEW, "Chương trình số 52-CTr/TU ra đời nhằm thực hiện Chỉ thị số 25-CT/TW."),
    (A, PROGRAMME, "issuedOn", "2024-02-15", "Chương trình mang ngày 15/02/2024."),
    (A, PLAN, "implements", PROGRAMME, "Kế hoạch số 135/KH-UBND đưa Chương trình số 52-CTr/TU vào cuộc sống."),
    (B, PLAN, "implements", PROGRAMME, "Nguồn khác cũng ghi 135/KH-UBND triển khai 52-CTr/TU."),
    (A, PLAN, "issuedOn", "2024-05-14", "Kế hoạch mang ngày 14/5/2024."),
    (A, PLAN, "issuedBy", COMMITTEE, "Kế hoạch do UBND tỉnh ban hành."),
    (A, PLAN, "signedBy", AN, "Ông Lê Văn An ký Kế hoạch số 135/KH-UBND."),
    (B, GUIDE, "guides", NEW, "Hướng dẫn số 7/HD-BYT giải thích Chỉ thị số 25-CT/TW."),
    (B, GUIDE, "issuedOn", "2024-03", "Hướng dẫn ấy có từ tháng 3/2024."),
    (B, LONE, "issuedOn", "2024-06-01", "Kế hoạch số 9/KH-SYT ký ngày 01/6/2024."),
    (B, LONE, "issuedBy", HEALTH, "Sở Y tế tỉnh Bắc Kạn ban hành Kế hoạch số 9/KH-SYT."),
    (B, CIRCULAR, "basedOn", LAW, "Thông tư số 10/TT-BYT căn cứ Luật Bảo hiểm y tế."),
    (B, CHANGE, "amends", CIRCULAR, "Thông tư số 11/TT-BYT sửa đổi Thông tư số 10/TT-BYT."),
    (B, CIRCULAR, "references", NEW, "Thông tư số 10/TT-BYT nhắc đến Chỉ thị số 25-CT/TW."),
    (B, CIRCULAR, "issuedOn", "2024-03-01", "Có nơi ghi Thông tư số 10/TT-BYT ngày 01/3/2024."),
    (A, CIRCULAR, "issuedOn", "2024-03-02", "Có nơi ghi ngày 02/3/2024."),
    (A, MO, "holdsPost", DIRECTOR, "Bà Trần Thị Mơ, Giám đốc Sở Y tế tỉnh Bắc Kạn, phát biểu."),
    (B, MO, "holdsPost", DIRECTOR, "Giám đốc Sở Y tế tỉnh Bắc Kạn Trần Thị Mơ trả lời."),
    (B, AN, "holdsPost", HEAD, "Cục trưởng Lê Văn An nói."),
    (A, MO, "chaired", ROLLOUT, "Bà Trần Thị Mơ chủ trì hội nghị."),
    (A, AN, "attended", ROLLOUT, "Ông Lê Văn An dự hội nghị."),
    (A, HEALTH, "organized", ROLLOUT, "Sở Y tế tổ chức hội nghị."),
    (A, ROLLOUT, "heldOn", "2024-05-16", "Hội nghị diễn ra ngày 16/5/2024."),
    (A, ROLLOUT, "inProvince", BAC_KAN, "Hội nghị họp tại Bắc Kạn."),
    (A, ROLLOUT, "discusses", PLAN, "Hội nghị bàn Kế hoạch số 135/KH-UBND."),
    (B, AN, "chaired", REVIEW, "Ông Lê Văn An chủ trì buổi làm việc."),
    (B, REVIEW, "discusses", CIRCULAR, "Buổi làm việc bàn Thông tư số 10/TT-BYT."),
    (B, MINISTRY, "conferred", MEDAL, "Bộ Y tế tặng Bằng khen."),
    (B, MO, "received", MEDAL, "Bà Trần Thị Mơ nhận Bằng khen."),
    (B, GUIDE, "issuedBy", MINISTRY, "Bộ Y tế ban hành Hướng dẫn số 7/HD-BYT."),
)
REGISTERED = (
    Registered(DECISION.id, "implements", NEW.id, ROW, verified=True),
    Registered(DECISION.id, "issuedOn", "2024-04-05", ROW, verified=True),
    Registered(UNSURE.id, "implements", NEW.id, ROW, verified=False),
)
LABELLED = (
    BAC_KAN, THAI_BINH, MINISTRY, UNIT, HEALTH, COMMITTEE, SECRETARIAT, OLD, NEW, PROGRAMME, PLAN, LONE, GUIDE, DECISION, UNSURE, LAW, CIRCULAR, CHANGE,
    MO, MO_OPEN, AN, DIRECTOR, HEAD, ROLLOUT, REVIEW, MEDAL,
)  # fmt: skip

Fact = tuple[str, Entity, str, Entity | str, str]


def ladders(more: Iterable[Fact] = ()) -> GraphData:
    """The graph, with more facts where a test needs them."""
    merge = Merge(Kind.OFFICIAL, MO.id, "official/tran-thi-mo/gone", MO.label, "same full name and agency")
    return replace(told(LABELLED, (*FACTS, *more)), registered=REGISTERED, merges=(merge,))


def told(entities: Iterable[Entity], rows: Iterable[Fact]) -> GraphData:
    """A graph of these things and of what the sources tell of them."""
    texts: dict[str, str] = defaultdict(str)
    statements = []
    for number, (source, subject, predicate, target, sentence) in enumerate(rows):
        start = len(texts[source])
        texts[source] += sentence + "\n"
        end = Node(Kind.DATE, target, ()) if isinstance(target, str) else Node(target.kind, target.id, (("label", target.label),))
        inferred = sentence.startswith("Cục trưởng")
        evidence = (Evidence(start, start + len(sentence), sentence),)
        statements.append(
            Statement(
                f"{number:020}", source, Node(subject.kind, subject.id, (("label", subject.label),)), predicate, end, evidence, 0.95, inferred, "planted",
                "body taken from another sentence" if inferred else "",
            )
        )  # fmt: skip
    sources = tuple(
        SourceInfo(name, f"report/{name}", f"Bài {name}", _digest(text), Genre.REPORT, text, PartialDate(2024, 5, 16) if name == A else PartialDate(2024, 9, 2))
        for name, text in sorted(texts.items())
    )
    reports = tuple(entity(Kind.REPORT, s.report, s.headline) for s in sources)
    return GraphData(BASE, tuple(sorted((*entities, *reports), key=lambda e: e.id)), tuple(statements), (), sources, relations=shipped().ontology.relations)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def write(graph: GraphData, folder: Path) -> Path:
    """The folder of a build, as far as the query floor reads it."""
    (folder / "texts").mkdir(parents=True)
    for source in graph.sources:
        (folder / "texts" / source.source).write_text(source.text, encoding="utf-8", newline="\n")
    writer = RdfWriter(graph, shipped())
    writer.write_ntriples(folder / "graph.nt")
    writer.write_turtle(folder / "graph.ttl")
    writer.write_jsonld(folder / "graph.jsonld")
    facts.write(graph, folder / "facts.jsonl")
    net = network.to_networkx(graph)
    network.write_graphml(net, folder / "graph.graphml")
    network.write_gexf(net, folder / "graph.gexf")
    return folder

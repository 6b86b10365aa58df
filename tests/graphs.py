"""Small graphs of our own that several tests share, and the graph of the shipped corpus."""

from __future__ import annotations

from pathlib import Path

from graph.extract.extract import Extractor
from graph.model import Entity, Evidence, Genre, GraphData, Kind, Node, PartialDate, Registered, SourceInfo, Statement
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.registers.registers import Registers
from graph.resolve.resolver import Resolver

BASE = "https://example.org/id/"
SOURCE = "hop-giao-ban.txt"
TEXT = "Sáng nay, bà Trần Thị Mơ chủ trì cuộc họp.\nKế hoạch số 77/KH-UBND triển khai Chương trình số 12-CTr/TU. Sở Y tế tham mưu."
CHAIRED = "bà Trần Thị Mơ chủ trì cuộc họp"
IMPLEMENTS = "Kế hoạch số 77/KH-UBND triển khai Chương trình số 12-CTr/TU."


def make_statement(subject: Entity, predicate: str, target: Entity | str, quote: str, **values: object) -> Statement:
    """A statement of SOURCE whose quote stands in TEXT; a string as target is a date."""
    start = TEXT.index(quote)
    end = Node(Kind.DATE, target, ()) if isinstance(target, str) else Node(target.kind, target.id, ())
    ident = f"{subject.id} {predicate} {end.id}"
    settings = {"confidence": 0.95, "inferred": False, "rule": "planted", **values}
    return Statement(ident, SOURCE, Node(subject.kind, subject.id, ()), predicate, end, (Evidence(start, start + len(quote), quote),), **settings)


def planted(name: str = "Trần Thị Mơ") -> GraphData:
    """A chair and a meeting, a plan below a programme below a directive that only the register knows; `name` is the chair's."""
    province = Entity(Kind.PROVINCE, "province/thai-binh", "Thái Bình", "register", row="provinces.csv:thai-binh")
    office = Entity(Kind.AGENCY, "agency/so-y-te/thai-binh", "Sở Y tế tỉnh Thái Bình", "name and province", (("level", "province"), ("province", province.id)))
    chair = Entity(Kind.OFFICIAL, "official/mo", name, "full name and agency")
    namesake = Entity(Kind.OFFICIAL, "official/mo-2", "Trần Thị Mở", "full name: this source only")
    why = "title and agency (name and province)"
    post = Entity(Kind.POST, "post/giam-doc", "Giám đốc Sở Y tế tỉnh Thái Bình", why, (("agency", office.id), ("title", "Giám đốc")))
    meeting = Entity(Kind.MEETING, "meeting/1", "Cuộc họp", "event of this source")
    plan = Entity(
        Kind.DIRECTIVE, "directive/77", "Kế hoạch số 77/KH-UBND", "number, year and place",
        (("kind", "Kế hoạch"), ("level", "province"), ("number", "77/KH-UBND"), ("province", province.id), ("system", "state")),
    )  # fmt: skip
    programme = Entity(
        Kind.DIRECTIVE, "directive/12", "Chương trình số 12-CTr/TU", "number, year and place",
        (("kind", "Chương trình"), ("level", "province"), ("number", "12-CTr/TU"), ("province", province.id), ("system", "party")),
    )  # fmt: skip
    row = "directives.csv:CT/9/TW/2020"
    central = (("kind", "Chỉ thị"), ("level", "central"), ("number", "9-CT/TW"), ("system", "party"))
    directive = Entity(Kind.DIRECTIVE, "directive/9", "Chỉ thị số 9-CT/TW", "number, year", central, row=row)
    report = Entity(Kind.REPORT, "report/1", "Họp giao ban", "the text itself")
    statements = (
        make_statement(chair, "chaired", meeting, CHAIRED),
        make_statement(chair, "holdsPost", post, CHAIRED, inferred=True, reason="province of the outlet"),
        make_statement(meeting, "discusses", plan, IMPLEMENTS, confidence=0.4),
        make_statement(meeting, "heldOn", "2024-05-16", CHAIRED),
        make_statement(meeting, "inProvince", province, CHAIRED),
        make_statement(namesake, "attended", meeting, CHAIRED),
        make_statement(plan, "implements", programme, IMPLEMENTS),
        make_statement(plan, "issuedOn", "2024-05-14", IMPLEMENTS),
        make_statement(plan, "issuedBy", office, IMPLEMENTS),
        make_statement(programme, "issuedOn", "2024-02-15", IMPLEMENTS),
        make_statement(report, "mentions", plan, IMPLEMENTS),
        make_statement(report, "mentions", chair, CHAIRED),
    )
    registered = (
        Registered(programme.id, "implements", directive.id, row, verified=False),
        Registered(directive.id, "issuedOn", "2020-01-02", row, verified=True),
    )
    source = SourceInfo(SOURCE, report.id, "Họp giao ban", "0" * 64, Genre.REPORT, TEXT, PartialDate(2024, 5, 17), "Thái Bình", "province of the outlet")
    entities = sorted((province, office, chair, namesake, post, meeting, plan, programme, directive, report), key=lambda e: e.id)
    return GraphData(BASE, tuple(entities), statements, registered, (source,), relations=shipped().ontology.relations)


def of_corpus(folder: Path, registers: Registers) -> GraphData:
    """The graph of a folder of texts."""
    extractor, resolver = Extractor(shipped()), Resolver(shipped())
    for file in sorted(folder.glob("*.txt")):
        resolver.add(extractor.extract(read_document(file.name, file.read_text(encoding="utf-8"), registers)))
    return resolver.graph()

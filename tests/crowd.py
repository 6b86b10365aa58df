"""A made-up graph of 20,000 things, of which those that meet crowd out all others: each meeting has seven ties, most documents one.

Among the best connected of all there is no plan and no award; who looks for these must find them all the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from ladders import BASE, document, entity

from graph.model import Entity, Evidence, Genre, GraphData, Kind, Node, PartialDate, SourceInfo, Statement
from graph.registers.data import shipped
from graph.registers.registers import Registers

OFFICIALS, MEETINGS, DECISIONS, PLANS, BODIES, AWARDS = 6940, 6940, 400, 2600, 2100, 1000
HOSTS = 200  # bodies that all meetings are called by
LONELY = "Hà Giang"  # the one province of one plan and nothing else
SENTENCES = {
    "attended": "Nhiều người dự buổi họp ấy.", "chaired": "Có người chủ trì buổi họp ấy.", "organized": "Cơ quan này mở buổi họp ấy.",
    "implements": "Kế hoạch này đưa quyết định kia vào cuộc sống.", "received": "Có người nhận bằng khen.", "issuedBy": "Văn bản do cơ quan này ban hành.",
}  # fmt: skip
TEXT = "\n".join(SENTENCES.values())
SOURCE = "dong-nguoi.txt"


def crowd(registers: Registers) -> GraphData:
    """The graph, all of one source."""
    entities: dict[str, Entity] = {}
    statements: list[Statement] = []
    report = entity(Kind.REPORT, "report/dong-nguoi", "Đông người")
    entities[report.id] = report
    for subject, predicate, target in _ties(registers):
        entities[subject.id], entities[target.id] = subject, target
        quote = SENTENCES[predicate]
        evidence = (Evidence(TEXT.index(quote), TEXT.index(quote) + len(quote), quote),)
        ends = Node(subject.kind, subject.id, ()), Node(target.kind, target.id, ())
        statements.append(Statement(f"{len(statements):020}", SOURCE, ends[0], predicate, ends[1], evidence, 0.95, False, "planted"))
    for province in registers.provinces.values():
        place = entity(Kind.PROVINCE, f"province/{province.id}", province.name)
        entities[place.id] = place
    source = SourceInfo(SOURCE, report.id, report.label, hashlib.sha256(TEXT.encode()).hexdigest(), Genre.REPORT, TEXT, PartialDate(2025, 1, 2))
    return GraphData(BASE, tuple(sorted(entities.values(), key=lambda e: e.id)), tuple(statements), (), (source,), relations=shipped().ontology.relations)


def _ties(registers: Registers) -> Iterator[tuple[Entity, str, Entity]]:
    lonely = next(f"province/{u.id}" for u in registers.provinces.values() if u.name == LONELY)
    places = sorted(f"province/{u.id}" for u in registers.provinces.values() if u.name != LONELY)
    people = [entity(Kind.OFFICIAL, f"official/{n:04}", f"Người thứ {n}") for n in range(OFFICIALS)]
    bodies = [entity(Kind.AGENCY, f"agency/{n:04}", f"Phòng số {n}", level="province", province=places[n % len(places)]) for n in range(BODIES)]
    decisions = [document(f"directive/{n:04}-QD-TTg", "Quyết định", f"{n}/QĐ-TTg") for n in range(1, DECISIONS + 1)]
    for n in range(MEETINGS):
        meeting = entity(Kind.MEETING, f"meeting/{n:04}", f"Buổi họp thứ {n}")
        yield people[n % OFFICIALS], "chaired", meeting
        yield bodies[n % HOSTS], "organized", meeting
        for guest in range(5):
            yield people[(n * 7 + guest * 1201 + 1) % OFFICIALS], "attended", meeting
    for n in range(PLANS):
        place = lonely if n == PLANS - 1 else places[n % len(places)]
        plan = document(f"directive/{n:04}-KH-UBND", "Kế hoạch", f"{n + 1}/KH-UBND", "province", province=place)
        yield plan, "implements", decisions[n % DECISIONS]
        if n < BODIES - HOSTS:
            yield plan, "issuedBy", bodies[HOSTS + n]
    for n in range(AWARDS):
        yield entity(Kind.AWARD, f"award/{n:04}", f"Bằng khen thứ {n}"), "received", people[n]

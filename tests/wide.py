"""A made-up graph as wide as the scoreboard may become: 60 directives by all provinces of June 2025, one text a directive.

Of every three provinces one has a plan, one has only met about the directive, and no source tells of the third.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from ladders import BASE, document, entity

from graph.model import Entity, Evidence, Genre, GraphData, Kind, Node, PartialDate, SourceInfo, Statement
from graph.registers.data import shipped
from graph.registers.registers import ProvinceUnit, Registers

DIRECTIVES = 60
JUNE_2025 = PartialDate(2025, 6, 1)


def provinces(registers: Registers) -> list[ProvinceUnit]:
    """The 63 provinces that there were until 30 June 2025."""
    return sorted((u for u in registers.provinces.values() if u.existed_on(JUNE_2025)), key=lambda u: u.id)


def wide(registers: Registers) -> GraphData:
    """The graph; the plan of province p carries directive d out after 10 * (d % 9 + 1) + p days."""
    entities: dict[str, Entity] = {}
    statements: list[Statement] = []
    sources = []
    places = [entity(Kind.PROVINCE, f"province/{u.id}", u.name) for u in provinces(registers)]
    for number in range(DIRECTIVES):
        text = ""
        source = f"nguon-{number:02}.txt"
        for subject, predicate, target, sentence in _facts(number, places):
            start = len(text)
            text += sentence + "\n"
            entities[subject.id] = subject
            if isinstance(target, Entity):
                entities[target.id] = target
            end = Node(target.kind, target.id, ()) if isinstance(target, Entity) else Node(Kind.DATE, target, ())
            evidence = (Evidence(start, start + len(sentence), sentence),)
            statements.append(Statement(f"{len(statements):020}", source, Node(subject.kind, subject.id, ()), predicate, end, evidence, 0.95, False, "planted"))
        report = entity(Kind.REPORT, f"report/{number}", f"Bài {number}")
        entities[report.id] = report
        sources.append(SourceInfo(source, report.id, report.label, hashlib.sha256(text.encode()).hexdigest(), Genre.REPORT, text, PartialDate(2025, 1, 2)))
    return GraphData(BASE, tuple(sorted(entities.values(), key=lambda e: e.id)), tuple(statements), (), tuple(sources), relations=shipped().ontology.relations)


def _facts(number: int, places: list[Entity]) -> Iterator[tuple[Entity, str, Entity | str, str]]:
    signed = date(2023, 1, 2) + timedelta(days=number)
    directive = document(f"directive/{number + 1}-NQ-CP/2023", "Nghị quyết", f"{number + 1}/NQ-CP", title="Việc chung của ngành")
    yield directive, "issuedOn", str(signed), f"Nghị quyết số {number + 1}/NQ-CP được ký ngày {signed:%d/%m/%Y}."
    for p, place in enumerate(places):
        case = (number + p) % 3
        if case == 0:
            day = signed + timedelta(days=10 * (number % 9 + 1) + p)
            plan = document(f"directive/{number + 1}-KH-UBND/{p}", "Kế hoạch", f"{number + 1}/KH-UBND", "province", province=place.id)
            yield plan, "implements", directive, f"{place.label} ban hành Kế hoạch số {number + 1}/KH-UBND thực hiện Nghị quyết số {number + 1}/NQ-CP."
            yield plan, "issuedOn", str(day), f"Kế hoạch của {place.label} được ký ngày {day:%d/%m/%Y}."
        elif case == 1:
            meeting = entity(Kind.MEETING, f"meeting/{number}-{p}", "Cuộc họp")
            yield meeting, "discusses", directive, f"{place.label} họp bàn Nghị quyết số {number + 1}/NQ-CP."
            yield meeting, "inProvince", place, f"Cuộc họp diễn ra tại {place.label}."
            yield meeting, "heldOn", str(signed + timedelta(days=30)), f"{place.label} họp sau ba mươi ngày, lần {number + 1}."

"""Bodies that one source names with the body above them and another without: "Cục Quản lý Khám, chữa bệnh (Bộ Y tế)"."""

from __future__ import annotations

from collections import defaultdict

from graph.registers.registers import Registers
from graph.resolve.joining import Joiner
from graph.resolve.things import Thing, best

_ONE_OF_ITS_NAME = ("name of a national body", "the only body of this name")


def join_bodies(joiner: Joiner, registers: Registers, agencies: list[Thing], posts: list[Thing]) -> None:
    """Join a national body named alone with the same body named below the body that the register puts it under, and then the posts in them.

    Of a unit that the register doesn't know nothing tells whether every ministry has one: "Vụ Pháp chế".
    """
    for _ in range(3):  # a unit inside a unit becomes one when the units around it have
        alone = {a.path.split("/")[1]: a for a in agencies if a.path.count("/") == 1 and a.reason in _ONE_OF_ITS_NAME}
        below: dict[str, dict[str, list[Thing]]] = defaultdict(lambda: defaultdict(list))
        for agency in agencies:
            if agency.complete and agency.attributes["parent"] and not agency.attributes["province"]:
                parent = best(agency.attributes["parent"])
                below[agency.path.split("/")[1]][joiner.find(parent) if parent in joiner.things else parent].append(agency)
        before = len(joiner.joins)
        for head, parents in sorted(below.items()):
            for same in parents.values():
                joiner.join_all(same, "same name below the same body")
            above = registers.agencies[head].parent if head in registers.agencies else ""
            parent = joiner.find(f"agency/{above}") if f"agency/{above}" in joiner.things else ""
            if head in alone and parent in parents:
                joiner.join(alone[head].key, parents[parent][0].key, "named with and without the body above it")
        if len(joiner.joins) == before:
            break
    held: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for post in posts:
        if post.attributes["agency"] and post.attributes["title"]:
            body = best(post.attributes["agency"])
            held[best(post.attributes["title"]), joiner.find(body) if body in joiner.things else body].append(post)
    for same in held.values():
        joiner.join_all(same, "same title in the same body")

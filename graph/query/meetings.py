"""Who chaired what about which directive: the meetings of a graph, narrowed by directive, province and person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from graph.model import PartialDate
from graph.query.built import BuiltGraph, Statement
from graph.query.trace import cascade


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, who had which part in it, what it was about, and the statements that say so."""

    id: str
    label: str
    date: PartialDate | None
    provinces: tuple[str, ...]
    parts: tuple[tuple[str, str, Statement], ...]  # (role, label of the person or body, statement)
    about: tuple[tuple[str, Statement], ...]  # (name of the document, statement)

    def labels(self, role: str) -> tuple[str, ...]:
        """Who had this part, each once."""
        return tuple(dict.fromkeys(label for other, label, _ in self.parts if other == role))

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that it discussed, each once."""
        return tuple(dict.fromkeys(name for name, _ in self.about))

    @property
    def told(self) -> tuple[Statement, ...]:
        """The statements, those on the chair first."""
        return tuple({told.id: told for told in (*(told for _, _, told in self.parts), *(told for _, told in self.about))}.values())


def meetings(
    graph: BuiltGraph,
    *,
    directives: Collection[str] | None = None,
    provinces: Collection[str] | None = None,
    officials: Collection[str] | None = None,
) -> list[Meeting]:
    """The meetings that fit all conditions, by date.

    directives: IRIs; a meeting about a document that carries one of them out fits too. provinces, officials: IRIs. None: any.
    """
    t = graph.terms
    wanted = None if directives is None else _with_plans(graph, directives)
    found = []
    for node in graph.of_class("Meeting"):
        places = graph.texts(node, t.hg.inProvince)
        people = {s for role in t.relations.parts for s in graph.subjects(t.hg[role], node)}
        if wanted is not None and not wanted.intersection(graph.texts(node, t.hg.discusses)):
            continue
        if (provinces is not None and not set(provinces).intersection(places)) or (officials is not None and not people.intersection(officials)):
            continue
        found.append(_meeting(graph, node, places))
    return sorted(found, key=lambda m: (str(m.date or "9"), m.label, m.id))


def _with_plans(graph: BuiltGraph, directives: Collection[str]) -> set[str]:
    below = {hop.document.id for node in directives for _, hop in cascade(graph, graph.documents[node]).walk() if hop.verified}
    return {*directives, *below}


def _meeting(graph: BuiltGraph, node: str, places: list[str]) -> Meeting:
    roles = graph.terms.relations.parts
    parts = [(told.relation, graph.label(told.subject), told) for told in graph.told(roles, target=node)]
    about = [(graph.name(told.object), told) for told in graph.told(("discusses",), subject=node)]
    return Meeting(
        node,
        graph.label(node),
        graph.date(node),
        tuple(graph.label(p) for p in places),
        tuple(sorted(parts, key=lambda part: (roles.index(part[0]), part[1]))),
        tuple(sorted(about, key=lambda pair: pair[0])),
    )

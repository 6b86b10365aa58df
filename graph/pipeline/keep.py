"""Leave out what isn't sure enough: statements below a confidence, and the nodes that nothing else speaks of."""

from __future__ import annotations

from dataclasses import replace

from graph.model import GraphData, Kind

_LINKS = ("agency", "parent", "province", "issuer")


def confident(graph: GraphData, minimum: float) -> GraphData:
    """The graph with the statements whose confidence is at least `minimum` (0 to 1), and the nodes that these and the registers name."""
    if minimum <= 0:
        return graph
    statements = tuple(s for s in graph.statements if s.confidence >= minimum)
    used = {end.id for s in statements for end in (s.subject, s.object)}
    used |= {end for r in graph.registered for end in (r.subject, r.object)}
    used |= {source.text_of for source in graph.sources} | {source.report for source in graph.sources}
    entities = {entity.id: entity for entity in graph.entities}
    queue = [entities[i] for i in sorted(used) if i in entities]
    while queue:
        entity = queue.pop()
        for linked in (entities.get(entity.attribute(name)) for name in _LINKS):
            if linked is not None and linked.id not in used:
                used.add(linked.id)
                queue.append(linked)
    kept = tuple(e for e in graph.entities if e.id in used or e.kind is Kind.REPORT)
    merges = tuple(m for m in graph.merges if m.kept in used)
    return replace(graph, entities=kept, statements=statements, merges=merges)

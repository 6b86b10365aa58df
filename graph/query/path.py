"""How two things hang together: the shortest chains of told relations between them, each link with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from graph.errors import QueryError
from graph.query import find
from graph.query.built import BuiltGraph, Statement
from graph.text.normalize import key, nfc, squeeze

AT_MOST = 3
_LONGEST = 8
_CLASSES = ("Directive", "Official", "Agency", "Meeting", "Post", "Award")
# Everything is near everything over these, so a path through them says nothing.
_HUBS = frozenset({"central", "ministry"})


@dataclass(frozen=True, slots=True)
class Link:
    """A step of a path: from one thing to the next, along a statement or against it."""

    start: str
    end: str
    told: Statement

    @property
    def forward(self) -> bool:
        """Whether the statement points the way that the path goes."""
        return self.told.subject == self.start


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of links between the two things."""

    links: tuple[Link, ...]


def things(graph: BuiltGraph, typed: str) -> list[str]:
    """What a user means: a thing by its IRI, else a person, a body or a post called just so, else a document by number or words, else one of them by name."""
    if (named := find.node(graph, typed)) is not None:
        return [named]
    exact = [node for cls in ("Official", "Agency", "Post") for node in graph.of_class(cls) if key(graph.label(node)) == key(squeeze(nfc(typed)))]
    if exact:
        return exact
    try:
        return [document.id for document in find.directives(graph, typed)]
    except find.NotFoundError as missing:
        for look in (find.officials, find.agencies, find.posts):
            try:
                return look(graph, typed)
            except find.NotFoundError:
                continue
        raise missing from None


def paths(graph: BuiltGraph, start: str, end: str, *, hubs: bool = False) -> list[Path]:
    """The shortest paths between two nodes, at most three, of one length; none where nothing joins them.

    hubs: also through central bodies and ministries. Raises QueryError where both ends are one.
    """
    import networkx as nx  # noqa: PLC0415 - 0.2 s that only this question needs

    if start == end:
        raise QueryError(f"both ends are {graph.name(start)}")
    network: nx.Graph[str] = nx.Graph()
    for subject, target in _edges(graph):
        network.add_edge(subject, target)
    if not hubs:
        network.remove_nodes_from([node for node in _hubs(graph) if node not in (start, end)])
    if start not in network or end not in network:
        return []
    try:
        shortest = nx.shortest_path_length(network, start, end)
    except nx.NetworkXNoPath:
        return []
    if shortest > _LONGEST:
        return []
    chains = takewhile(lambda chain: len(chain) - 1 == shortest, nx.shortest_simple_paths(network, start, end))
    found = sorted(islice((list(chain) for chain in chains), 50))
    return [Path(tuple(_link(graph, a, b) for a, b in pairwise(chain))) for chain in found[:AT_MOST]]


def _edges(graph: BuiltGraph) -> Iterator[tuple[str, str]]:
    """Ends of the statements that may be walked, and a post with its body."""
    wanted = {graph.predicate(name).value for name in graph.terms.relations.joining(places=False)}
    nodes = {node for name in _CLASSES for node in graph.of_class(name)}
    for ends in graph.ends():
        if ends.predicate in wanted and ends.subject in nodes and ends.object in nodes:
            yield ends.subject, ends.object


def _hubs(graph: BuiltGraph) -> list[str]:
    return [node for node in graph.of_class("Agency") if graph.text(node, graph.terms.hg.level) in _HUBS]


def _link(graph: BuiltGraph, start: str, end: str) -> Link:
    """The surest statement between two things; one of the sources before one of a register."""
    told = [t for a, b in ((start, end), (end, start)) for t in graph.told(graph.terms.relations.joining(places=False), subject=a, target=b)]
    best = min(told, key=lambda t: (t.registered, t.inferred, -(t.confidence or 0), t.source, t.id))
    return Link(start, end, best)

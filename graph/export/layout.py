"""The map's free layout, computed at build time: what is connected stands close together, and nothing moves in the browser.

Positions are pixels at zoom 1, rounded, the same in every build of the same graph.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

Point = tuple[int, int]

SPACING = 90  # pixels between neighbours in the free layout
_WHOLE = 400  # components up to this size are laid out in one piece; larger ones community by community (spring layout is quadratic)
_ITERATIONS = 60
_ROUNDS = 20  # of pushing apart
_SEED = 20240516


def free(nodes: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Positions by force-directed layout, connected components packed beside each other, the largest in the middle."""
    numbers = {node: i for i, node in enumerate(nodes)}
    pairs = sorted({(min(a, b), max(a, b)) for a, b in ((numbers[a], numbers[b]) for a, b in edges) if a != b})
    neighbours: dict[int, list[int]] = {i: [] for i in range(len(nodes))}
    for a, b in pairs:
        neighbours[a].append(b)
        neighbours[b].append(a)
    placed: list[dict[int, tuple[float, float]]] = [_component(part, neighbours) for part in _components(neighbours)]
    positions = _packed(placed)
    return {nodes[i]: (round(x), round(y)) for i, (x, y) in positions.items()}


def _components(neighbours: Mapping[int, Sequence[int]]) -> list[list[int]]:
    seen: set[int] = set()
    found: list[list[int]] = []
    for start in neighbours:
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for node in part:
            for other in neighbours[node]:
                if other not in seen:
                    seen.add(other)
                    part.append(other)
        found.append(sorted(part))
    return sorted(found, key=lambda part: (-len(part), part[0]))


def _component(part: list[int], neighbours: Mapping[int, Sequence[int]]) -> dict[int, tuple[float, float]]:
    if len(part) <= _WHOLE:
        return _spring(part, neighbours)
    groups = _communities(part, neighbours)
    member = {node: number for number, group in enumerate(groups) for node in group}
    between: dict[int, set[int]] = {number: set() for number in range(len(groups))}
    for node in part:
        between[member[node]].update(member[other] for other in neighbours[node] if member[other] != member[node])
    inner = [_spring(group, neighbours) for group in groups]
    radii = [_radius(points) for points in inner]
    centres = _apart(_spring(list(between), {k: sorted(v) for k, v in between.items()}, spacing=2 * sum(radii) / len(radii)), radii)
    return {node: (x + centres[number][0], y + centres[number][1]) for number, points in enumerate(inner) for node, (x, y) in points.items()}


def _communities(part: list[int], neighbours: Mapping[int, Sequence[int]]) -> list[list[int]]:
    """Groups that hang together, none too large for a quadratic layout.

    Labels are passed on first, which is fast and leaves small groups; those are joined by modularity, which takes seconds on the whole.
    """
    import networkx as nx  # noqa: PLC0415 - only a large graph needs it

    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(part)
    network.add_edges_from((a, b) for a in part for b in neighbours[a] if a < b)
    small = sorted(sorted(group) for group in nx.community.fast_label_propagation_communities(network, seed=_SEED))
    member = {node: number for number, group in enumerate(small) for node in group}
    weights = Counter(tuple(sorted((member[a], member[b]))) for a, b in network.edges if member[a] != member[b])
    between: nx.Graph[int] = nx.Graph()
    between.add_nodes_from(range(len(small)))
    between.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(weights.items()))
    found = nx.community.louvain_communities(between, seed=_SEED)
    # A community that is still too large is cut by the order of its nodes.
    groups: list[list[int]] = []
    for community in found:
        order = sorted(node for number in community for node in small[number])
        groups.extend(order[i : i + _WHOLE] for i in range(0, len(order), _WHOLE))
    return sorted(groups, key=lambda group: group[0])


def _spring(part: list[int], neighbours: Mapping[int, Sequence[int]], spacing: float = SPACING) -> dict[int, tuple[float, float]]:
    """Positions around (0, 0) of the nodes of one connected piece."""
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    import rustworkx as rx  # noqa: PLC0415

    index = {node: i for i, node in enumerate(part)}
    network: rx.PyGraph[int, float] = rx.PyGraph()
    network.add_nodes_from(part)
    network.add_edges_from([(index[a], index[b], 1.0) for a in part for b in neighbours[a] if b in index and a < b])
    # Starting on a spiral, the best connected in the middle, untangles better than a random start and is the same everywhere.
    order = sorted(part, key=lambda node: (-len(neighbours[node]), node))
    start = {index[node]: (math.sqrt(i + 0.5) * math.cos(2.4 * i), math.sqrt(i + 0.5) * math.sin(2.4 * i)) for i, node in enumerate(order)}
    extent = math.sqrt(len(part))
    start = {i: (x / extent, y / extent) for i, (x, y) in start.items()}
    result = rx.spring_layout(network, pos=start, k=1.3 / extent, num_iter=_ITERATIONS, seed=_SEED)
    points = {node: (float(result[index[node]][0]), float(result[index[node]][1])) for node in part}
    middle = [sum(p[axis] for p in points.values()) / len(points) for axis in (0, 1)]
    reach = max(math.hypot(x - middle[0], y - middle[1]) for x, y in points.values())
    factor = 0.65 * spacing * extent / max(reach, 1e-9)
    return _loosened({node: ((x - middle[0]) * factor, (y - middle[1]) * factor) for node, (x, y) in points.items()}, spacing)


def _loosened(points: Mapping[int, tuple[float, float]], gap: float) -> dict[int, tuple[float, float]]:
    """The points pushed apart until hardly any two are nearer than the gap: a force layout crowds its middle."""
    at = {node: list(point) for node, point in points.items()}
    for _ in range(_ROUNDS):
        grid: dict[tuple[int, int], list[int]] = defaultdict(list)
        for node, (x, y) in at.items():
            grid[math.floor(x / gap), math.floor(y / gap)].append(node)
        moved = False
        for (column, row), inside in grid.items():
            others = [o for i in (-1, 0, 1) for j in (-1, 0, 1) for o in grid.get((column + i, row + j), ())]
            for a in inside:
                for b in others:
                    if a < b:
                        moved |= _pushed(at[a], at[b], gap)
        if not moved:
            break
    return {node: (x, y) for node, (x, y) in at.items()}


def _pushed(a: list[float], b: list[float], gap: float) -> bool:
    """Whether two points were nearer than the gap; they are moved apart by half of what is missing."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    distance = math.hypot(dx, dy)
    if distance >= gap * 0.98:
        return False
    shift = (gap - distance) / 4
    ux, uy = (dx / distance, dy / distance) if distance > 1e-6 else (1.0, 0.0)
    a[0], a[1], b[0], b[1] = a[0] - ux * shift, a[1] - uy * shift, b[0] + ux * shift, b[1] + uy * shift
    return True


def _radius(points: Mapping[int, tuple[float, float]]) -> float:
    return max(math.hypot(x, y) for x, y in points.values()) + SPACING / 2


def _apart(centres: dict[int, tuple[float, float]], radii: Sequence[float]) -> dict[int, tuple[float, float]]:
    """Circles pushed apart until none covers another (or 200 rounds are over)."""
    points = {i: list(p) for i, p in centres.items()}
    order = sorted(points)
    for _ in range(200):
        moved = False
        for n, i in enumerate(order):
            for j in order[n + 1 :]:
                dx, dy = points[j][0] - points[i][0], points[j][1] - points[i][1]
                distance = math.hypot(dx, dy) or 1e-6
                overlap = radii[i] + radii[j] - distance
                if overlap > 1:
                    moved = True
                    shift = (dx / distance * overlap / 2, dy / distance * overlap / 2) if distance > 1e-3 else (overlap / 2, 0.0)
                    for axis in (0, 1):
                        points[i][axis] -= shift[axis]
                        points[j][axis] += shift[axis]
        if not moved:
            break
    return {i: (p[0], p[1]) for i, p in points.items()}


def _packed(parts: Sequence[Mapping[int, tuple[float, float]]]) -> dict[int, tuple[float, float]]:
    """Components side by side in rows, wider than high, as a screen is."""
    boxes = []
    for points in parts:
        xs, ys = [p[0] for p in points.values()], [p[1] for p in points.values()]
        boxes.append((min(xs) - SPACING, min(ys) - SPACING, max(xs) - min(xs) + 2 * SPACING, max(ys) - min(ys) + 2 * SPACING))
    area = sum(width * height for _, _, width, height in boxes)
    limit = max([math.sqrt(area * 1.8), *(width for _, _, width, _ in boxes)], default=0.0)
    positions: dict[int, tuple[float, float]] = {}
    x = y = row = 0.0
    for points, (left, top, width, height) in zip(parts, boxes, strict=True):
        if x and x + width > limit:
            x, y, row = 0.0, y + row, 0.0
        for node, (px, py) in points.items():
            positions[node] = (px - left + x, py - top + y)
        x, row = x + width, max(row, height)
    return positions

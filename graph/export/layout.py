"""Where things stand on the map, computed at build time: nothing moves in the browser.

Two layouts. `free` draws what is connected close together. `bands` stacks the levels of government, the superior above; the band of
the provinces is cut into one cell a province. Positions are pixels at zoom 1, rounded, the same in every build of the same graph.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Point = tuple[int, int]

SPACING = 90  # pixels between neighbours in the free layout
_WHOLE = 400  # components up to this size are laid out in one piece; larger ones community by community (spring layout is quadratic)
_ITERATIONS = 60
_SEED = 20240516


# ---- free layout


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
    import networkx as nx  # noqa: PLC0415 - only a large graph needs it

    network = nx.Graph()
    network.add_nodes_from(part)
    network.add_edges_from((a, b) for a in part for b in neighbours[a] if a < b)
    found = nx.community.louvain_communities(network, seed=_SEED)
    # A community that is still too large for a quadratic layout is cut in order of distance from its first node.
    groups: list[list[int]] = []
    for community in found:
        order = sorted(community)
        groups.extend(order[i : i + _WHOLE] for i in range(0, len(order), _WHOLE))
    return sorted(groups, key=lambda group: group[0])


def _spring(part: list[int], neighbours: Mapping[int, Sequence[int]], spacing: float = SPACING) -> dict[int, tuple[float, float]]:
    """Positions around (0, 0) of the nodes of one connected piece."""
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    import rustworkx as rx  # noqa: PLC0415

    index = {node: i for i, node in enumerate(part)}
    network = rx.PyGraph()
    network.add_nodes_from(part)
    network.add_edges_from([(index[a], index[b], 1.0) for a in part for b in neighbours[a] if b in index and a < b])
    # Starting on a spiral, the best connected in the middle, untangles better than a random start and is the same everywhere.
    order = sorted(part, key=lambda node: (-len(neighbours[node]), node))
    start = {index[node]: (math.sqrt(i + 0.5) * math.cos(2.4 * i), math.sqrt(i + 0.5) * math.sin(2.4 * i)) for i, node in enumerate(order)}
    extent = math.sqrt(len(part))
    start = {i: (x / extent, y / extent) for i, (x, y) in start.items()}
    result = rx.graph_spring_layout(network, pos=start, k=1.3 / extent, num_iter=_ITERATIONS, seed=_SEED)
    points = {node: (float(result[index[node]][0]), float(result[index[node]][1])) for node in part}
    middle = [sum(p[axis] for p in points.values()) / len(points) for axis in (0, 1)]
    reach = max(math.hypot(x - middle[0], y - middle[1]) for x, y in points.values())
    factor = 0.65 * spacing * extent / max(reach, 1e-9)
    return {node: ((x - middle[0]) * factor, (y - middle[1]) * factor) for node, (x, y) in points.items()}


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


# ---- bands


@dataclass(frozen=True, slots=True)
class Placed:
    """A node to place: its band (0 is the top), its cell in the band ("" where the band has none), and its width in pixels."""

    id: str
    band: int
    cell: str = ""
    width: int = 150


@dataclass(frozen=True, slots=True)
class Cell:
    """A drawn cell: its band, its name, and its box (x, y, width, height)."""

    band: int
    name: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Bands:
    """Positions by node, and the cells to draw behind them."""

    positions: dict[str, Point]
    cells: tuple[Cell, ...]


_ROW = 118  # pixels between rows
_HEAD = 46  # pixels for a cell's name
_MARGIN = 28
_WIDTH = 1500  # a band wider than this is broken into more rows


def bands(nodes: Sequence[Placed], up: Iterable[tuple[str, str]], beside: Iterable[tuple[str, str]] = (), width: int = _WIDTH) -> Bands:
    """Place nodes band by band.

    up: (lower, superior) pairs; inside a cell the superior stands in a higher row. beside: other ties, which only draw neighbours together.
    """
    known = {node.id: node for node in nodes}
    superiors = _links(up, known)
    ties = _links(beside, known)
    below: dict[str, list[str]] = defaultdict(list)
    for lower, above in superiors.items():
        for superior in above:
            below[superior].append(lower)
    cells: dict[tuple[int, str], list[str]] = defaultdict(list)
    for node in nodes:
        cells[node.band, node.cell].append(node.id)
    linked = {node: [*superiors.get(node, ()), *below.get(node, ()), *ties.get(node, ())] for node in known}
    for node, others in ties.items():
        for other in others:
            linked[other].append(node)
    # What hangs together stands together: cells and rows are ordered by the component their nodes belong to, then by neighbours above.
    order: dict[str, float] = {}
    positions: dict[str, Point] = {}
    drawn: list[Cell] = []
    y = 0
    for band in sorted({band for band, _ in cells}):
        mine = {name: members for (b, name), members in cells.items() if b == band}
        blocks = [_block(members, superiors, linked, order, known, width) for members in mine.values()]
        named = sorted(zip(mine, blocks, strict=True), key=lambda pair: (_mean(order, [o for n in mine[pair[0]] for o in linked[n] if o in order]), pair[0]))
        y = _lay_row(named, band, y, width, positions, drawn)
        for node in (n for members in mine.values() for n in members):
            order[node] = positions[node][0]
    return Bands(positions, tuple(drawn))


def _links(pairs: Iterable[tuple[str, str]], known: Mapping[str, Placed]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for a, b in sorted(set(pairs)):
        if a in known and b in known and a != b:
            found[a].append(b)
    return found


def _block(
    members: list[str], superiors: Mapping[str, list[str]], linked: Mapping[str, list[str]], order: Mapping[str, float], known: Mapping[str, Placed], width: int
) -> tuple[dict[str, Point], int, int]:
    """Positions of a cell's nodes from (0, 0), and the cell's width and height."""
    depth = _depths(members, superiors)
    rows: dict[int, list[str]] = defaultdict(list)
    for node in members:
        rows[depth[node]].append(node)
    placed: dict[str, Point] = {}
    local = dict(order)
    y = _HEAD + _ROW // 2
    widest = 0
    for level in sorted(rows):
        ranked = sorted(rows[level], key=lambda n: (_mean(local, [o for o in linked[n] if o in local]), n))
        for line in _lines(ranked, known, width):
            x = _MARGIN
            for node in line:
                placed[node] = (x + known[node].width // 2, y)
                local[node] = float(placed[node][0])
                x += known[node].width
            widest = max(widest, x + _MARGIN)
            y += _ROW
    return placed, widest, y - _ROW // 2 + _MARGIN // 2


def _lines(ranked: Sequence[str], known: Mapping[str, Placed], width: int) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    used = 2 * _MARGIN
    for node in ranked:
        if lines[-1] and used + known[node].width > width:
            lines.append([])
            used = 2 * _MARGIN
        lines[-1].append(node)
        used += known[node].width
    return lines


def _depths(members: Sequence[str], superiors: Mapping[str, list[str]]) -> dict[str, int]:
    """Row of each node in its cell: below all its superiors there; a cycle is cut where it is entered first."""
    inside = set(members)
    depth: dict[str, int] = {}
    for start in members:
        stack = [(start, iter(()))] if start in depth else [(start, iter([s for s in superiors.get(start, ()) if s in inside]))]
        path = {start}
        while stack:
            node, todo = stack[-1]
            step = next((s for s in todo if s not in depth and s not in path), None)
            if step is not None:
                path.add(step)
                stack.append((step, iter([s for s in superiors.get(step, ()) if s in inside])))
                continue
            above = [depth[s] for s in superiors.get(node, ()) if s in depth]
            depth.setdefault(node, max(above, default=-1) + 1)
            path.discard(node)
            stack.pop()
    return depth


def _lay_row(
    named: Sequence[tuple[str, tuple[dict[str, Point], int, int]]], band: int, top: int, width: int, positions: dict[str, Point], drawn: list[Cell]
) -> int:
    """Put a band's cells side by side, broken into strips of equal height each; gives the y below them."""
    strips: list[list[tuple[str, tuple[dict[str, Point], int, int]]]] = [[]]
    used = 0
    for cell in named:
        if strips[-1] and used + cell[1][1] > width:
            strips.append([])
            used = 0
        strips[-1].append(cell)
        used += cell[1][1]
    y = top
    for strip in strips:
        height = max(block[2] for _, block in strip)
        spare = max(0, width - sum(block[1] for _, block in strip)) // len(strip)
        x = 0
        for name, (points, own, _) in strip:
            for node, (px, py) in points.items():
                positions[node] = (x + px + spare // 2, y + py)
            drawn.append(Cell(band, name, (x, y, own + spare, height)))
            x += own + spare
        y += height
    return y


def _mean(order: Mapping[str, float], nodes: Iterable[Hashable]) -> float:
    values = [order[n] for n in nodes if isinstance(n, str)]
    return sum(values) / len(values) if values else math.inf

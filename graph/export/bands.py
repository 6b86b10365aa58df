"""The map's layout by levels of government: bands one above the other, the superior above; local bands are cut into one cell a province.

Inside a cell things stand in rows, each below what it is tied to upwards; along a row they stand where their lines are short. Positions
are pixels at zoom 1, rounded, the same in every build of the same graph.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Point = tuple[int, int]

ROW = 106  # pixels between rows
_HEAD = 28  # pixels for the name of a band or a cell where the whole is drawn _SCREEN pixels wide
_SCREEN = 1050
_CELL = 104  # pixels so drawn that a province's name needs
_LOCAL = (2, 3, 4)  # bands that are cut into named cells below the band's own name
MARGIN = 26
_SWEEPS = 10
_ASIDE = (0, 38, 14, 52)
_OWN_CELL = 4  # how much more a line inside the cell weighs than one that leaves it


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing to place: its band (0 is the top), its cell in the band ("" where the band has none), and its width in pixels."""

    id: str
    band: int
    cell: str = ""
    width: int = 120


@dataclass(frozen=True, slots=True)
class Cell:
    """A drawn cell: its band, its name, and its box (x, y, width, height)."""

    band: int
    name: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Bands:
    """Positions by thing, and the cells to draw behind them."""

    positions: dict[str, Point]
    cells: tuple[Cell, ...]
    strips: tuple[tuple[int, int, int], ...] = ()  # band, y, height

    @property
    def shape(self) -> float:
        """How many times as wide as high the whole is."""
        right = max((c.box[0] + c.box[2] for c in self.cells), default=1)
        return right / max((c.box[1] + c.box[3] for c in self.cells), default=1)


def bands(nodes: Sequence[Placed], up: Iterable[tuple[str, str]], beside: Iterable[tuple[str, str]] = (), shape: float = 1.6) -> Bands:
    """Place things band by band.

    nodes: what to place. up: (lower, upper) pairs; inside a cell the upper stands in a higher row. beside: other ties, which only draw
    things together. shape: how many times as wide as high the whole should be; the nearest of a few widths is taken.
    """
    ties = list(up), list(beside)
    area = sum(node.width * ROW for node in nodes)
    widths = sorted({max(900, round(math.sqrt(area * shape) * factor)) for factor in (0.9, 1.1, 1.3, 1.5, 1.8, 2.2, 2.7)})
    tried = [_Sheet(nodes, *ties, width).laid() for width in widths]
    return min(tried, key=lambda laid: abs(math.log(max(laid.shape, 1e-9) / shape)))


@dataclass(slots=True)
class _Block:
    """A cell while it is being laid: its lines of things, and its box."""

    band: int
    name: str
    lines: list[list[str]] = field(default_factory=list)
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0


class _Sheet:
    def __init__(self, nodes: Sequence[Placed], up: Iterable[tuple[str, str]], beside: Iterable[tuple[str, str]], width: int) -> None:
        self.known = {node.id: node for node in nodes}
        self.width = width
        self.head = max(44, _HEAD * width // _SCREEN)
        self.above = _links(up, self.known)
        self.near: dict[str, list[str]] = defaultdict(list)
        for pairs in (self.above, _links(beside, self.known)):
            for node, others in pairs.items():
                for other in others:
                    self.near[node].append(other)
                    self.near[other].append(node)
        self.x: dict[str, float] = {}

    def laid(self) -> Bands:
        members: dict[tuple[int, str], list[str]] = defaultdict(list)
        for node in self.known.values():
            members[node.band, node.cell].append(node.id)
        blocks: list[_Block] = []
        strips: list[tuple[int, int, int]] = []
        top = 0
        for band in sorted({band for band, _ in members}):
            cells = [self._block(band, name, inside) for (b, name), inside in members.items() if b == band]
            # What hangs together stands together: cells are ordered by what they are tied to in the bands above.
            cells.sort(key=lambda cell: (self._pull(cell), cell.name))
            bottom = self._strips(cells, top + self.head if band in _LOCAL else top)
            strips.append((band, top, bottom - top))
            blocks += cells
            top = bottom
        self._settle(blocks)
        positions = {
            node: (round(self.x[node] + self._aside(block, number)), block.top + self.head + ROW // 2 + ROW * number)
            for block in blocks
            for number, line in enumerate(block.lines)
            for node in line
        }
        return Bands(positions, tuple(Cell(b.band, b.name, (b.left, b.top, b.width, b.height)) for b in blocks), tuple(strips))

    def _block(self, band: int, name: str, members: Sequence[str]) -> _Block:
        """A cell with its lines: by depth, and where a depth is wider than the sheet in several lines."""
        depth = _depths(members, self.above)
        rows: dict[int, list[str]] = defaultdict(list)
        for node in members:
            rows[depth[node]].append(node)
        block = _Block(band, name)
        for level in sorted(rows):
            ranked = sorted(rows[level], key=lambda n: (self._mean(n), n))
            block.lines += self._broken(ranked)
        widest = max(sum(self.known[n].width for n in line) for line in block.lines) + 2 * MARGIN
        block.width = max(widest, _CELL * self.width // _SCREEN) if band in _LOCAL else widest
        return block

    def _broken(self, ranked: Sequence[str]) -> list[list[str]]:
        """The things in as few lines as fit the sheet, of about equal length."""
        whole = sum(self.known[n].width for n in ranked)
        count = max(1, math.ceil(whole / max(1, self.width - 2 * MARGIN)))
        lines: list[list[str]] = [[]]
        used = 0
        for node in ranked:
            if lines[-1] and used + self.known[node].width > whole / count + 60 and len(lines) < count:
                lines.append([])
                used = 0
            lines[-1].append(node)
            used += self.known[node].width
        return lines

    def _strips(self, cells: Sequence[_Block], top: int) -> int:
        """Put a band's cells side by side, broken into strips as wide as the sheet; gives the y below them."""
        strips: list[list[_Block]] = [[]]
        for cell in cells:
            if strips[-1] and sum(c.width for c in strips[-1]) + cell.width > self.width:
                strips.append([])
            strips[-1].append(cell)
        for strip in strips:
            spare = max(0, self.width - sum(cell.width for cell in strip))
            whole = sum(cell.width for cell in strip)
            left = 0
            for cell in strip:
                own = cell.width
                cell.left, cell.top = left, top
                # The last cell takes what rounding leaves, so that all strips end at one line.
                cell.width = own + spare * own // whole if cell is not strip[-1] else max(own, self.width - left)
                left += cell.width
                for line in cell.lines:
                    self._pack(line, cell)
            height = self.head + ROW * max(len(cell.lines) for cell in strip) + MARGIN // 2
            for cell in strip:
                cell.height = height
            top += height
        return top

    def _pack(self, line: Sequence[str], cell: _Block) -> None:
        """Even places along the line."""
        spare = (cell.width - 2 * MARGIN - sum(self.known[n].width for n in line)) / len(line)
        at = cell.left + MARGIN
        for node in line:
            own = self.known[node].width + max(0.0, spare)
            self.x[node] = at + own / 2
            at += round(own)

    def _aside(self, block: _Block, number: int) -> int:
        """How far a line is moved aside, so that what ties its neighbours above and below does not run through it."""
        spare = block.left + block.width - MARGIN - max(self.x[n] + self.known[n].width / 2 for n in block.lines[number])
        return min(_ASIDE[number % len(_ASIDE)], max(0, int(spare)))

    # ---- short lines

    def _pull(self, cell: _Block) -> float:
        tied = [self.x[other] for line in cell.lines for node in line for other in self.near[node] if other in self.x]
        return sum(tied) / len(tied) if tied else math.inf

    def _mean(self, node: str) -> float:
        tied = [self.x[other] for other in self.near[node] if other in self.x]
        return sum(tied) / len(tied) if tied else math.inf

    def _settle(self, blocks: Sequence[_Block]) -> None:
        """Move things along their rows to where their lines are short: first in any order, at the end keeping it."""
        for sweep in range(_SWEEPS):
            for block in blocks if sweep % 2 == 0 else reversed(blocks):
                for line in block.lines if sweep % 2 == 0 else reversed(block.lines):
                    wish = {node: self._wish(node) for node in line}
                    if sweep < _SWEEPS - 2:
                        line.sort(key=lambda n: (wish[n], n))
                    widths = [self.known[n].width for n in line]
                    places = spread([wish[n] for n in line], widths, block.left + MARGIN, block.left + block.width - MARGIN)
                    self.x.update(zip(line, places, strict=True))

    def _wish(self, node: str) -> float:
        own = self.known[node]
        total = weight = 0.0
        for other in self.near[node]:
            there = self.known[other]
            heavy = _OWN_CELL if (there.band, there.cell) == (own.band, own.cell) else 1
            total += heavy * self.x[other]
            weight += heavy
        return total / weight if weight else self.x[node]


def spread(wishes: Sequence[float], widths: Sequence[float], left: float, right: float) -> list[float]:
    """Places in the given order, as near to the wishes (least squares) as the widths and the two ends allow."""
    offsets, total = [], 0.0
    for width in widths:
        offsets.append(total + width / 2)
        total += width
    # Without their widths the places only have to rise; neighbours that don't are pooled at their mean.
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=True):
        pools.append((wish - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (mean, count), (before, many) = pools.pop(), pools.pop()
            pools.append(((mean * count + before * many) / (count + many), count + many))
    most = max(left, right - total)
    bases = [min(max(mean, left), most) for mean, count in pools for _ in range(count)]
    return [base + offset for base, offset in zip(bases, offsets, strict=True)]


def _links(pairs: Iterable[tuple[str, str]], known: Mapping[str, Placed]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for a, b in sorted(set(pairs)):
        if a in known and b in known and a != b:
            found[a].append(b)
    return found


def _depths(members: Sequence[str], above: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Row of each thing in its cell: below all that it is tied to upwards there; a cycle is cut where it is entered first."""
    inside = set(members)
    depth: dict[str, int] = {}
    for start in members:
        if start in depth:
            continue
        stack, path = [start], {start}
        while stack:
            node = stack[-1]
            upper = [u for u in above.get(node, ()) if u in inside]
            step = next((u for u in upper if u not in depth and u not in path), None)
            if step is not None:
                path.add(step)
                stack.append(step)
                continue
            depth[node] = max((depth[u] for u in upper if u in depth), default=-1) + 1
            path.discard(node)
            stack.pop()
    return depth

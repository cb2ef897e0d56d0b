"""Draws the rooms of the house and what they import: ``docs/images/rooms.svg`` and ``docs/images/studio-rooms.svg``.

    python docs/draw_rooms.py

A box is a module or a package of one level, an arrow leads to it from one that imports it; arrows that follow from
others are left out, so that a chain A → B → C has no A → C. Every arrow leads down. The rooms that one photo enters on
its way to one file are coloured (``benchmarks/count_path.py``).
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from html import escape
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src"
HOUSE, STUDIO = "photoshoot", "photoshoot.placers.studio"

BOX_HEIGHT, LINE_HEIGHT, ROW_GAP, BOX_GAP, LANE = 32.0, 14.0, 40.0, 16.0, 12.0
MARGIN, HEAD, WIDTH, LEAST_WIDTH = 36.0, 96.0, 1500.0, 700.0
SUMMARY = 34  # letters a line of what a room says of itself
SWEEPS = 60
STRAIGHT = 6.0  # how much more a lane keeps to itself than to its ends
INK, PAPER, QUIET, ARROW = "#22303c", "#fbfaf6", "#7b8794", "#b3bac2"
PLAIN, ENTERED, EDGE, ENTERED_EDGE = "#ffffff", "#fff0d8", "#cfd5db", "#e2a13c"
FONT = "ui-sans-serif, -apple-system, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif"

Graph = Mapping[str, frozenset[str]]
"""A room → the rooms that it imports."""


@dataclass
class Node:
    """A room on its floor, or a lane through which an arrow passes a floor."""

    name: str
    """The room's, or the arrow's."""
    width: float
    """Of its box, in pixels of the drawing."""
    above: list[Node] = field(default_factory=list)
    """The nodes one floor up that lead to it."""
    below: list[Node] = field(default_factory=list)
    """The nodes one floor down that it leads to."""
    x: float = 0.0
    """Its middle."""
    floor: int = 0
    """Counted from the top, 0."""


# -- what is there -----------------------------------------------------------------------------------------------------


@cache
def module_of(path: Path) -> str:
    """``photoshoot.records`` for ``src/photoshoot/records/shot.py``."""
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def list_modules(package: str) -> dict[str, Path]:
    """The modules of a package, at any depth."""
    return {module_of(path): path for path in sorted((SOURCES / package.replace(".", "/")).rglob("*.py"))}


@cache
def read_imports(package: str) -> Graph:
    """What each room of a package imports of the others."""
    modules = list_modules(package)
    found: dict[str, set[str]] = {}
    for name, path in modules.items():
        room = _room(package, name)
        for target in _imported(path, modules):
            if room and (other := _room(package, target)) and other != room:
                found.setdefault(room, set()).add(other)
                found.setdefault(other, set())
    return {room: frozenset(others) for room, others in found.items()}


def _imported(path: Path, modules: Mapping[str, Path]) -> set[str]:
    targets: set[str] = set()
    for node in _import_statements(path):
        if isinstance(node, ast.Import):
            targets |= {alias.name for alias in node.names}
        elif node.module:
            named = {f"{node.module}.{alias.name}" for alias in node.names}
            targets |= {name if name in modules else node.module for name in named}
    return targets & modules.keys()


@cache
def _import_statements(path: Path) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """Of a file, which several drawings show."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return tuple(node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))


def _room(package: str, module: str) -> str:
    """The room of a module: the next part of its name; none for the package itself."""
    return module.removeprefix(package).lstrip(".").partition(".")[0]


def reduce(graph: Graph) -> Graph:
    """The graph without the arrows that follow from others."""

    @cache
    def reached(room: str) -> frozenset[str]:
        return graph[room].union(*(reached(other) for other in graph[room]))

    return {
        room: frozenset(other for other in others if not any(other in reached(each) for each in others - {other}))
        for room, others in graph.items()
    }


def describe(package: str, room: str, *, summary: bool) -> list[str]:
    """A room's files and lines and, where asked for, the first sentence of its docstring, in lines."""
    modules = {name: path for name, path in list_modules(package).items() if _room(package, name) == room}
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in modules.values())
    size = f"{len(modules)} files · {lines:,} lines" if len(modules) > 1 else f"{lines} lines"
    if not summary:
        return [size]
    docstring = ast.get_docstring(ast.parse(modules[f"{package}.{room}"].read_text(encoding="utf-8"))) or ""
    sentence = re.split(r"[.;](?:\s|$)", docstring.replace("``", "").removeprefix("START HERE: "), maxsplit=1)[0]
    return [size, *textwrap.wrap(sentence, SUMMARY, max_lines=3, placeholder=" …")]


def entered_rooms(package: str, files: Sequence[str]) -> set[str]:
    """The rooms of a package that hold some of the files."""
    modules = [module_of(SOURCES / HOUSE / name) for name in files]
    return {_room(package, module) for module in modules if module.startswith(f"{package}.")}


# -- where it stands ---------------------------------------------------------------------------------------------------


def assign_floors(graph: Graph) -> dict[str, int]:
    """Floors from the top: each room over what it imports, and as near to those that import it as that allows."""

    @cache
    def height(room: str) -> int:
        return 1 + max((height(other) for other in graph[room]), default=-1)

    importers = {room: [each for each in graph if room in graph[each]] for room in graph}
    top = max(height(room) for room in graph)
    floors = {room: top - height(room) for room in graph}
    for room in sorted(graph, key=lambda each: floors[each]):
        if len(importers[room]) > len(graph[room]):
            floors[room] = 1 + max(floors[each] for each in importers[room])
    return floors


def build_nodes(graph: Graph, floors: Mapping[str, int], labels: Mapping[str, list[str]]) -> list[list[Node]]:
    """The nodes of each floor, with lanes for arrows that pass floors."""
    nodes = {room: Node(room, _box_width(room, labels[room]), floor=floors[room]) for room in graph}
    rows: list[list[Node]] = [[] for _ in range(max(floors.values()) + 1)]
    for room in sorted(graph):
        rows[floors[room]].append(nodes[room])
    for room in sorted(graph):
        for other in sorted(graph[room]):
            last = nodes[room]
            for floor in range(floors[room] + 1, floors[other]):
                lane = Node(f"{room} → {other}", LANE, floor=floor)
                rows[floor].append(lane)
                _join(last, lane)
                last = lane
            _join(last, nodes[other])
    return rows


def _join(upper: Node, lower: Node) -> None:
    upper.below.append(lower)
    lower.above.append(upper)


def _box_width(room: str, lines: Sequence[str]) -> float:
    return max(8.6 * len(room), 6.0 * max(map(len, lines))) + 26


def arrange(rows: list[list[Node]], width: float) -> None:
    """Order each floor so that few arrows cross, and place its nodes near those that they are joined to."""
    best, fewest = [list(row) for row in rows], _crossings(rows)
    for sweep in range(SWEEPS):
        downward = sweep % 2 == 0
        for row in rows if downward else reversed(rows):
            places = {id(node): _middle(node, rows, upward=downward) for node in row}
            row.sort(key=lambda node: places[id(node)])
        crossings = _crossings(rows)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    for row, ordered in zip(rows, best, strict=True):
        row[:] = ordered
    for row in rows:
        _spread(row, [width * (index + 1) / (len(row) + 1) for index in range(len(row))], width)
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 else reversed(rows):
            _spread(row, [_wanted(node) for node in row], width)
    nodes = [node for row in rows for node in row]
    left = min(node.x - node.width / 2 for node in nodes)
    for node in nodes:
        node.x -= left


def _middle(node: Node, rows: list[list[Node]], *, upward: bool) -> float:
    """The mean place, among its floor's, of the nodes that a node is joined to on one side."""
    joined = node.above if upward else node.below
    floor = node.floor
    if not joined:
        return rows[floor].index(node) / max(1, len(rows[floor]) - 1)
    places = [rows[each.floor].index(each) / max(1, len(rows[each.floor]) - 1) for each in joined]
    return sum(places) / len(places)


def _crossings(rows: list[list[Node]]) -> int:
    count = 0
    for row, next_row in pairwise(rows):
        place = {id(node): index for index, node in enumerate(next_row)}
        ends = [(index, place[id(each)]) for index, node in enumerate(row) for each in node.below]
        count += sum((a - c) * (b - d) < 0 for number, (a, b) in enumerate(ends) for c, d in ends[:number])
    return count


def _wanted(node: Node) -> float:
    """The mean of the places that a node is joined to; a lane keeps straight with its own other parts."""
    joined = [(each, STRAIGHT if each.name == node.name else 1.0) for each in node.above + node.below]
    whole = sum(weight for _, weight in joined)
    return sum(each.x * weight for each, weight in joined) / whole if joined else node.x


def _spread(row: Sequence[Node], wanted: Sequence[float], width: float) -> None:
    """Place a floor's nodes at the places wanted, as near as their widths and the drawing's edges allow.

    Nodes that overlap are merged to blocks, whose middle is the mean of what its nodes want (pool adjacent violators).
    """
    offsets = [0.0]
    for left, right in pairwise(row):
        offsets.append(offsets[-1] + (left.width + right.width) / 2 + BOX_GAP)
    blocks: list[list[float]] = []
    for place, offset in zip(wanted, offsets, strict=True):
        blocks.append([place - offset, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, n), (b, m) = blocks[-2:]
            blocks[-2:] = [[(a * n + b * m) / (n + m), n + m]]
    starts = [start for start, count in blocks for _ in range(int(count))]
    least = row[0].width / 2
    most = width - offsets[-1] - row[-1].width / 2
    for node, start, offset in zip(row, starts, offsets, strict=True):
        node.x = min(max(start, least), max(most, least)) + offset


# -- how it looks ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Where the floors are."""

    tops: Sequence[float]
    """The upper edge of each floor's boxes, in pixels of the drawing."""
    heights: Sequence[float]
    """How high its boxes are."""
    left: float
    """Where x = 0 of the nodes is."""


def draw(title: str, rows: list[list[Node]], labels: Mapping[str, list[str]], entered: set[str], notes: str) -> str:
    """The drawing, as SVG."""
    heights = [BOX_HEIGHT + LINE_HEIGHT * max(len(labels.get(node.name, "")) for node in row) for row in rows]
    tops = [HEAD + sum(heights[:floor]) + floor * ROW_GAP for floor in range(len(rows))]
    content = max(node.x + node.width / 2 for row in rows for node in row)
    width = max(content, LEAST_WIDTH) + 2 * MARGIN
    height = tops[-1] + heights[-1] + MARGIN
    sheet = Sheet(tops=tops, heights=heights, left=(width - content) / 2)
    rooms = [node for row in rows for node in row if node.name in labels]
    shapes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" font-family="{FONT}">',
        f'<rect width="{width:.0f}" height="{height:.0f}" rx="14" fill="{PAPER}"/>',
        _write(MARGIN, 44, title, size=21, weight=700, anchor="start"),
        _write(MARGIN, 68, notes, size=12, color=QUIET, anchor="start"),
        _write(width - MARGIN, 43, "one photo passes here on its way to a file", size=12, anchor="end"),
        f'<rect x="{width - MARGIN - 272:.0f}" y="31" width="16" height="16" rx="4" fill="{ENTERED}" '
        f'stroke="{ENTERED_EDGE}"/>',
        *(_draw_arrow(node, each, sheet) for node in rooms for each in node.below),
        *(_draw_box(node, labels[node.name], sheet, entered=node.name in entered) for node in rooms),
        "</svg>\n",
    ]
    return "\n".join(shapes)


def _write(
    x: float, y: float, text: str, *, size: int, color: str = INK, weight: int = 400, anchor: str = "middle"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'fill="{color}">{escape(text)}</text>'
    )


def _draw_box(node: Node, lines: Sequence[str], sheet: Sheet, *, entered: bool) -> str:
    middle, top = sheet.left + node.x, sheet.tops[node.floor]
    fill, stroke = (ENTERED, ENTERED_EDGE) if entered else (PLAIN, EDGE)
    shapes = [
        f'<rect x="{middle - node.width / 2:.1f}" y="{top:.1f}" width="{node.width:.1f}" '
        f'height="{sheet.heights[node.floor]:.1f}" rx="8" fill="{fill}" stroke="{stroke}" stroke-width="1.4"/>',
        _write(middle, top + 20, node.name, size=14, weight=600),
    ]
    for number, line in enumerate(lines, 1):
        shapes.append(
            _write(middle, top + 21 + LINE_HEIGHT * number, line, size=11, color=QUIET if number == 1 else INK)
        )
    return "".join(shapes)


def _draw_arrow(start: Node, first: Node, sheet: Sheet) -> str:
    """From a box's lower edge, down the lanes, to the upper edge of the box that is imported."""
    chain = [start, first]
    while "→" in chain[-1].name:
        chain.append(chain[-1].below[0])
    x, y = sheet.left + _exit(start, first, start.below), sheet.tops[start.floor] + sheet.heights[start.floor]
    path = f"M{x:.1f} {y:.1f}"
    for node, before in zip(chain[1:], chain, strict=False):
        last = node is chain[-1]
        aim_x = sheet.left + (_exit(node, before, node.above) if last else node.x)
        aim_y = sheet.tops[node.floor] - (5 if last else 0)
        bend = (aim_y - y) / 2
        path += f" C{x:.1f} {y + bend:.1f} {aim_x:.1f} {aim_y - bend:.1f} {aim_x:.1f} {aim_y:.1f}"
        x, y = aim_x, aim_y
        if not last:
            y += sheet.heights[node.floor]
            path += f" V{y:.1f}"
    tip = f"M{x - 4:.1f} {y - 2:.1f} L{x:.1f} {y + 5:.1f} L{x + 4:.1f} {y - 2:.1f} Z"
    return f'<path d="{path}" fill="none" stroke="{ARROW}" stroke-width="1.3"/><path d="{tip}" fill="{ARROW}"/>'


def _exit(node: Node, other: Node, joined: Sequence[Node]) -> float:
    """Where an arrow leaves a box or comes in: side by side, in the order of the other ends."""
    ordered = sorted(joined, key=lambda each: each.x)
    place = next(index for index, each in enumerate(ordered) if each is other)
    room = min(node.width - 24, 13.0 * (len(ordered) - 1))
    return node.x + (room * (place / (len(ordered) - 1) - 0.5) if len(ordered) > 1 else 0.0)


def picture(package: str, files: Sequence[str], *, summaries: bool = False) -> str:
    """The drawing of one package."""
    graph = read_imports(package)
    tuple(TopologicalSorter(graph).static_order())  # a circle is an error here, and names its rooms
    labels = {room: describe(package, room, summary=summaries) for room in graph}
    shown = reduce(graph)
    rows = build_nodes(shown, assign_floors(graph), labels)
    arrange(rows, WIDTH)
    imports, arrows = (sum(map(len, each.values())) for each in (graph, shown))
    notes = (
        f"{len(graph)} rooms, {len(rows)} floors. Of {imports} imports between rooms, all downward, {arrows} are drawn:"
        " the others follow from these."
    )
    return draw(package, rows, labels, entered_rooms(package, files), notes)


def list_entered() -> list[str]:
    """The files that one photo enters, counted in a fresh process."""
    code = "from benchmarks.count_path import shoot_once; print(*shoot_once()[1].files, sep='\\n')"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()


def main() -> None:
    """Write both drawings."""
    files = list_entered()
    images = ROOT / "docs" / "images"
    (images / "rooms.svg").write_text(picture(HOUSE, files), encoding="utf-8")
    (images / "studio-rooms.svg").write_text(picture(STUDIO, files, summaries=True), encoding="utf-8")


if __name__ == "__main__":
    main()

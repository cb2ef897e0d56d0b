"""The drawings of the rooms: what is left out follows from what is drawn, and the committed ones are not stale."""

from __future__ import annotations

import importlib.util
import re
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


def load(path: Path) -> ModuleType:
    """A script of the project, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


rooms = load(ROOT / "docs" / "draw_rooms.py")


def reached(graph: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """All that each room stands on."""

    @cache
    def below(room: str) -> frozenset[str]:
        return graph[room].union(*map(below, graph[room]))

    return {room: below(room) for room in graph}


@pytest.mark.parametrize("package", [rooms.HOUSE, rooms.STUDIO])
def test_arrows_that_are_left_out_follow_from_the_others_and_all_lead_down(package: str) -> None:
    graph = rooms.read_imports(package)
    shown = rooms.reduce(graph)
    assert reached(shown) == reached(graph)
    floors = rooms.assign_floors(graph)
    assert [(room, other) for room in graph for other in graph[room] if floors[room] >= floors[other]] == []


def test_a_chain_needs_no_shortcut() -> None:
    graph = {"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset[str]()}
    assert rooms.reduce(graph) == {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset()}


@pytest.mark.parametrize(("package", "name"), [(rooms.HOUSE, "rooms"), (rooms.STUDIO, "studio-rooms")])
def test_the_drawing_shows_the_rooms_that_are_there(package: str, name: str) -> None:
    drawing = (ROOT / "docs" / "images" / f"{name}.svg").read_text(encoding="utf-8")
    shown = re.findall(r'font-weight="600"[^>]*>([^<]+)<', drawing)
    assert sorted(shown) == sorted(rooms.read_imports(package)), "draw anew: python docs/draw_rooms.py"


def test_boxes_of_a_floor_do_not_overlap() -> None:
    graph = rooms.read_imports(rooms.HOUSE)
    rows = rooms.build_nodes(rooms.reduce(graph), rooms.assign_floors(graph), {room: [""] for room in graph})
    rooms.arrange(rows, rooms.WIDTH)
    for row in rows:
        for left, right in pairwise(row):
            assert right.x - left.x >= (left.width + right.width) / 2

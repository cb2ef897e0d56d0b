"""Tiled walls: every tile is a small plate of its own, with soft edges, its own shade and a hint of tilt."""

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.color.space import format_hex, hex_to_oklab, linear_to_srgb, oklab_to_linear
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.batching import Things, painted
from photoshoot.placers.studio.textures.gradients import mix_hex

TileKind = Literal["subway", "square", "hexagon", "herringbone"]

_GROUT = 0.045
_SHADES = 6
_SPREAD = 0.035  # of the shades, in OKLab lightness: as of one firing
_TILT = 0.009  # radians: no wall is laid perfectly even
_RINGS = ((0.0, -0.030, 1.2), (0.010, -0.008, 0.75), (0.030, 0.0, 0.0))
"""Inset, depth and lean of the normal (radians) of a tile's edge, from the grout to its face."""


def tiled_wall(
    kind: TileKind, color: str, view: View, z: float, rng: np.random.Generator, bottom: float = 0.0
) -> Things:
    """Glazed tiles all over the wall at depth ``z``, from y = ``bottom`` up, and the grout behind them."""
    half, top = view.half_width_at(z) + 1.2, view.top_at(z) + 1.0 - bottom
    outline, turns, centers = _LAYOUTS[kind](half, top, rng)
    shade = rng.integers(_SHADES, size=len(centers))
    things: Things = [painted(_grout(color), "matte", stage_wall(view, z=z - 0.024))]
    for number, albedo in enumerate(_shades(color)):
        chosen = shade == number
        if chosen.any():
            mesh = _tiles(outline, turns[chosen], centers[chosen], rng).moved(0, bottom, z)
            things.append(painted(albedo, "semigloss", mesh))
    return things


def _grout(color: str) -> str:
    return format_hex(linear_to_srgb(mix_hex(color, "#8d8a86", 0.32)))


def _shades(color: str) -> list[str]:
    lab = np.repeat(hex_to_oklab(color)[None], _SHADES, axis=0)
    lab[:, 0] += np.linspace(-_SPREAD, 0.4 * _SPREAD, _SHADES)
    return [format_hex(linear_to_srgb(shade)) for shade in np.clip(oklab_to_linear(lab), 0, 1)]


def _tiles(outline: Float64Array, turns: Float64Array, centers: Float64Array, rng: np.random.Generator) -> Mesh:
    """Tiles of one outline (k, 2), turned by radians (n,), about their centres (n, 2); faces at z = 0."""
    corners, count = len(outline), len(centers)
    outward = _corner_normals(outline)
    points = [np.column_stack([outline - inset * outward, np.full(corners, deep)]) for inset, deep, _ in _RINGS]
    unit = outward / np.linalg.norm(outward, axis=1, keepdims=True)
    normals = [np.column_stack([unit * np.sin(lean), np.full(corners, np.cos(lean))]) for _, _, lean in _RINGS]
    model = np.concatenate([*points, [[0.0, 0.0, 0.0]]])
    facing = np.concatenate([*normals, [[0.0, 0.0, 1.0]]])
    cos, sin = np.cos(turns), np.sin(turns)
    turn = np.zeros((count, 3, 3))
    turn[:, 0, 0], turn[:, 0, 1], turn[:, 1, 0], turn[:, 1, 1], turn[:, 2, 2] = cos, sin, -sin, cos, 1.0
    vertices = model @ turn
    vertices[..., :2] += centers[:, None]
    leaning = facing @ turn
    leaning[..., :2] += rng.normal(0, _TILT, (count, 1, 2))
    leaning /= np.linalg.norm(leaning, axis=-1, keepdims=True)
    faces = _faces(corners)[None] + (np.arange(count) * len(model))[:, None, None]
    return Mesh.of(vertices, faces, normals=leaning)


def _corner_normals(outline: Float64Array) -> Float64Array:
    """For each corner (counter-clockwise), the way it goes out when all edges move out by 1."""
    edge = np.roll(outline, -1, 0) - outline
    edge /= np.linalg.norm(edge, axis=1, keepdims=True)
    after = np.stack([edge[:, 1], -edge[:, 0]], 1)
    before = np.roll(after, 1, 0)
    return np.asarray((before + after) / (1 + (before * after).sum(1, keepdims=True)), np.float64)


def _faces(corners: int) -> npt.NDArray[np.int64]:
    """Triangles of one tile: strips between its rings, and a fan on its face."""
    first = np.arange(corners)
    following = (first + 1) % corners
    strips = []
    for ring in range(len(_RINGS) - 1):
        outer, inner = ring * corners, (ring + 1) * corners
        strips.append(np.stack([outer + first, outer + following, inner + following], 1))
        strips.append(np.stack([outer + first, inner + following, inner + first], 1))
    face, middle = (len(_RINGS) - 1) * corners, len(_RINGS) * corners
    strips.append(np.stack([np.full(corners, middle), face + first, face + following], 1))
    return np.concatenate(strips)


def _rectangle(width: float, height: float) -> Float64Array:
    x, y = 0.5 * (width - _GROUT), 0.5 * (height - _GROUT)
    return np.array([(-x, -y), (x, -y), (x, y), (-x, y)])


def _lattice(
    half: float, top: float, step_x: float, step_y: float
) -> tuple[Float64Array, Float64Array, npt.NDArray[np.int64]]:
    """Centres from the counter up: x, y and the row of each."""
    columns, rows = int(np.ceil(2 * half / step_x)) + 2, int(np.ceil(top / step_y)) + 1
    row, column = np.mgrid[:rows, :columns]
    return (column - columns / 2).ravel() * step_x, (row + 0.5).ravel() * step_y, row.ravel()


Layout = tuple[Float64Array, Float64Array, Float64Array]
"""Outline (k, 2) of a tile, and turn (n,) and centre (n, 2) of each."""


def _bricks(width: float, height: float, offset: float) -> Callable[[float, float, np.random.Generator], Layout]:
    def lay(half: float, top: float, rng: np.random.Generator) -> Layout:
        x, y, row = _lattice(half, top, width, height)
        x = x + (row % 2) * offset * width + float(rng.uniform(0, width))
        return _rectangle(width, height), np.zeros(len(x)), np.stack([x, y], 1)

    return lay


def _hexagons(half: float, top: float, rng: np.random.Generator) -> Layout:
    across = 0.66
    x, y, row = _lattice(half, top, across, across * 0.75**0.5)
    angle = np.radians(np.arange(6) * 60 + 30)
    radius = (across - _GROUT) / 3**0.5
    outline = radius * np.stack([np.cos(angle), np.sin(angle)], 1)
    return outline, np.zeros(len(x)), np.stack([x + 0.5 * across * (row % 2) + float(rng.uniform(0, across)), y], 1)


def _herringbone(half: float, top: float, rng: np.random.Generator) -> Layout:
    unit, ratio = 0.36, 3
    reach = int(np.ceil(np.hypot(half, top) / unit)) + 2 * ratio
    step, block = np.mgrid[-reach:reach, -reach // ratio : reach // ratio + 1]
    along = step + 2 * ratio * block
    level = np.stack([along + 0.5 * ratio, step + 0.5], -1).reshape(-1, 2)
    upright = np.stack([along + ratio + 0.5, step + 1 - 0.5 * ratio], -1).reshape(-1, 2)
    turns = np.repeat([0.25 * np.pi, 0.75 * np.pi], len(level))
    places = np.concatenate([level, upright]) * unit
    x = (places[:, 0] - places[:, 1]) * 0.5**0.5 + float(rng.uniform(0, unit))
    y = (places[:, 0] + places[:, 1]) * 0.5**0.5
    seen = (np.abs(x) < half + 1) & (y > -0.6) & (y < top + 0.6)
    return _rectangle(unit * ratio, unit), turns[seen], np.stack([x, y], 1)[seen]


_LAYOUTS: Mapping[TileKind, Callable[[float, float, np.random.Generator], Layout]] = {
    "subway": _bricks(1.16, 0.58, 0.5),
    "square": _bricks(0.78, 0.78, 0.0),
    "hexagon": _hexagons,
    "herringbone": _herringbone,
}

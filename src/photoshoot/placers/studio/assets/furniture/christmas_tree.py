"""A decorated Christmas tree, as it stands in rooms behind a product: firs' twigs, balls, small lights, a star."""

from typing import Final

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.furniture.style import Spot, Style
from photoshoot.placers.studio.assets.rows import moved
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, sphere
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted

SPREAD: Final = 0.34
"""Radius of a tree's foot, of its height."""
_HEIGHTS = (7.5, 12.5)  # of a tree in a room behind a table
_TWIGS, _NEEDLES = 520, 7  # of each green, and how many blades a twig has
_GREENS, _CORE = ("#2f5b38", "#3f7145", "#264c33"), "#1b3122"
_GOLD, _RED, _TRUNK = "#d4ad62", "#a3202b", "#4d3626"
_BALLS, _LAMPS = 46, 70
_TURN = np.pi * (3 - np.sqrt(5))  # between neighbours on a spiral: none stands over another
_GLOW = np.tile(np.array([(6.0, 3.9, 1.9)], np.float32), (2, 1))
_TIPS = 5  # of the star


def tree_at(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """A tree from the room's floor to under the picture's edge, before the wall."""
    height = float(np.clip(0.93 * (spot.ceiling_y - spot.floor_y), *_HEIGHTS))
    return moved(christmas_tree(height, style, rng), (spot.x, spot.floor_y, spot.wall_z + SPREAD * height + 0.3))


def christmas_tree(height: float, style: Style, rng: np.random.Generator) -> Things:
    """A tree so high, world units, on y = 0 about the origin; a third of its balls has the room's accent."""
    things: Things = [
        painted(_TRUNK, "matte", bevelled_cylinder(0.025, 0.12, 0.005, segments=16).scaled(height)),
        painted(_CORE, "matte", lathe([(0.0, 0.93), (0.7 * SPREAD, 0.08), (0.0, 0.08)], 24).scaled(height)),
    ]
    for color in _GREENS:
        things.append(painted(color, "matte", _twigs(rng).scaled(height)))
    balls: dict[str, list[Mesh]] = {_GOLD: [], _RED: [], style.accent: []}
    for number, (place, share) in enumerate(_spiral(_BALLS, 0.98, rng)):
        ball = sphere(float(rng.uniform(0.018, 0.026)) * (1.15 - 0.5 * share), rings=14, segments=20)
        balls[list(balls)[number % len(balls)]].append(ball.moved(*place).scaled(height))
    things += [painted(color, "metal" if color == _GOLD else "semigloss", *meshes) for color, meshes in balls.items()]
    lamp = sphere(0.0065, rings=6, segments=8)
    things += [Emissive(mesh=lamp.moved(*place).scaled(height), light=_GLOW) for place, _ in _spiral(_LAMPS, 1.04, rng)]
    return [*things, painted(_GOLD, "metal", _star().scaled(0.055 * height).moved(0, 0.985 * height))]


def _spiral(count: int, out: float, rng: np.random.Generator) -> list[tuple[Float64Array, float]]:
    """Places all over a cone of height 1, evenly by its area, and how high each is, 0 to 1; ``out`` of its radius."""
    shares = 1 - np.sqrt((np.arange(count) + 0.5) / count)  # a cone has less of itself toward its tip
    angles = np.arange(count) * _TURN + float(rng.uniform(0, 2 * np.pi))
    radii = out * SPREAD * (1 - shares) * rng.uniform(0.94, 1.0, count)
    y = 0.1 + 0.86 * shares
    return [
        (np.array([r * np.cos(a), high, r * np.sin(a)]), float(share))
        for r, a, high, share in zip(radii, angles, y, shares, strict=True)
    ]


def _twigs(rng: np.random.Generator) -> Mesh:
    """Drooping twigs of flat blades all over a cone of height 1, longer below."""
    places = _spiral(_TWIGS, 0.86, rng)
    feet, shares = np.array([place for place, _ in places]), np.array([share for _, share in places])
    out = feet * [1, 0, 1]
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
    across = np.cross(out, [0.0, 1.0, 0.0])
    long = (0.075 * (1.1 - 0.6 * shares) * rng.uniform(0.8, 1.25, _TWIGS))[:, None]
    points: list[Float64Array] = []
    for angle in np.linspace(-1.0, 1.0, _NEEDLES):
        way = np.cos(angle) * out + np.sin(angle) * across
        way[:, 1] = -0.35 + rng.uniform(-0.25, 0.25, _TWIGS)
        side = np.cross(way, [0.0, 1.0, 0.0])
        side = side / np.linalg.norm(side, axis=1, keepdims=True) * 0.1 * long
        points.append(np.stack([feet - side, feet + way * long, feet + side], 1))
    corners = np.concatenate(points)
    faces = np.arange(corners.shape[0] * 3).reshape(-1, 3)
    both = np.concatenate([faces, faces[:, ::-1]])  # a blade is seen from both sides
    return Mesh.of(corners, both, uv=np.tile([[0.2, 1.0], [0.5, 0.0], [0.8, 1.0]], (len(corners), 1)))


def _star() -> Mesh:
    """A star with a ridge along each of its points, of radius 1, facing the camera."""
    angles = np.pi / 2 + np.arange(2 * _TIPS) * np.pi / _TIPS
    radii = np.where(np.arange(2 * _TIPS) % 2, 0.42, 1.0)
    rim = np.stack([radii * np.cos(angles), radii * np.sin(angles), 0 * angles], 1)
    points = np.concatenate([rim, [[0, 0, 0.3], [0, 0, -0.3]]])
    index = np.arange(2 * _TIPS)
    after = np.roll(index, -1)
    front, back = np.full_like(index, 2 * _TIPS), np.full_like(index, 2 * _TIPS + 1)
    faces = np.concatenate([np.stack([index, after, front], 1), np.stack([after, index, back], 1)])
    return Mesh.of(points, faces, uv=0.5 + 0.5 * points[:, :2])

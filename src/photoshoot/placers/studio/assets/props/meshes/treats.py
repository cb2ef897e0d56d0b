"""Nuts, pieces of chocolate and hot peppers. Unit sizes, about the origin or resting near y = 0."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import sphere_noise
from photoshoot.placers.studio.geometry.solids import lathe, rounded_box, sphere, tube_along

_SQUARE, _TALL, _BETWEEN = 0.5, 0.15, 1.06
"""Half a side of a square of chocolate and half its height, and from one's middle to the next's in a bar."""
_CHAMFER = 0.2  # how much narrower a square is at its top
_FURROWS = 22  # of an almond's skin


@lru_cache(maxsize=3)
def hazelnut(number: int) -> Mesh:
    """A hazelnut about 1 high round the origin; v from the pale cap at its foot (0) to the shell's brown."""
    angle = np.linspace(0, np.pi, 29)
    out, up = 0.47 * np.sin(angle), 0.46 * np.cos(angle)
    up += 0.07 * np.exp(-((angle / 0.34) ** 2)) - 0.05 * (np.cos(angle) < -0.8) * (np.cos(angle) + 0.8)
    out[[0, -1]] = 0.0
    shell = lathe(np.stack([out, up], 1), 40)
    points = shell.vertices.astype(np.float64) * np.array([1.0, 1.0 + 0.06 * number, 0.94])
    turn = np.arctan2(points[:, 2], points[:, 0])
    edge = -0.27 + 0.02 * np.sin(5 * turn + number)
    streaks = 0.1 * np.cos(13 * turn + number) * np.cos(4 * points[:, 1])
    shade = np.where(points[:, 1] < edge, 0.06, 0.66 + streaks + 0.3 * points[:, 1])
    return shell.bent(points).shaded(np.clip(shade, 0.02, 0.98))


@lru_cache(maxsize=3)
def almond(number: int) -> Mesh:
    """An almond 1 long along x, its skin furrowed from end to end."""
    way = np.linspace(0, np.pi, 33)
    out = 0.3 * np.sin(way) ** 0.8 * (1 - 0.3 * np.cos(way))
    out[[0, -1]] = 0.0
    kernel = lathe(np.stack([out, 0.5 * np.cos(way)], 1), 2 * _FURROWS)
    points = kernel.vertices.astype(np.float64)
    turn = np.arctan2(points[:, 2], points[:, 0])
    ridges = np.cos(_FURROWS * turn / 2 + 2.0 * np.sin(3 * points[:, 1] + number))
    points[:, [0, 2]] *= (1 + 0.02 * ridges)[:, None] * np.array([1.0 + 0.05 * number, 0.58])
    return kernel.bent(points).shaded(np.clip(0.55 + 0.3 * ridges, 0.02, 0.98)).turned(90, "z")


@lru_cache(maxsize=3)
def walnut(number: int) -> Mesh:
    """A walnut in its shell, about 1 long along x, with the seam of its halves round it."""
    ball = sphere(0.5, rings=36, segments=60)
    way = ball.vertices.astype(np.float64) / 0.5
    folds = 1 - np.abs(sphere_noise(2.1 * way + number, 61 + number))
    seam = np.exp(-((way[:, 2] / 0.09) ** 2))
    points = 0.5 * way * (1 + 0.075 * (folds - 0.7) + 0.06 * seam)[:, None] * np.array([1.0, 0.86, 0.84])
    points[:, 0] += 0.05 * np.exp(-(((way[:, 0] - 1) / 0.16) ** 2))
    return ball.bent(points).shaded(np.clip(0.1 + 0.8 * folds - 0.2 * seam, 0.02, 0.98))


@lru_cache(maxsize=1)
def chocolate_square() -> Mesh:
    """A square broken off a bar, side 1, lying on y = 0, its top narrower."""
    return _square(0.0, 0.0)


def _square(x: float, z: float) -> Mesh:
    box = rounded_box((_SQUARE, _TALL, _SQUARE), 0.05, steps=2)
    points = box.vertices.astype(np.float64)
    up = np.clip(0.5 + 0.5 * points[:, 1] / _TALL, 0, 1)
    points[:, [0, 2]] *= (1 - _CHAMFER * up**1.5)[:, None]
    return box.bent(points).shaded(0.35 + 0.4 * up).moved(x, _TALL, z)


@lru_cache(maxsize=3)
def chocolate_bar(columns: int, rows: int) -> Mesh:
    """Squares of 1 that hold together, so many by so many, lying on y = 0 about the origin."""
    xs, zs = ((np.arange(count) - (count - 1) / 2) * _BETWEEN for count in (columns, rows))
    squares = [_square(float(x), float(z)) for x in xs for z in zs]
    wide, deep = ((count * _BETWEEN) / 2 - 0.02 for count in (columns, rows))
    back = rounded_box((wide, 0.1, deep), 0.04, steps=2).moved(0, 0.1)
    return merged([back.shaded(np.full(len(back.vertices), 0.35)), *squares])


@lru_cache(maxsize=3)
def truffle(number: int) -> Mesh:
    """A round praline of radius 0.5, rolled by hand."""
    ball = sphere(0.5, rings=20, segments=36)
    way = ball.vertices.astype(np.float64) / 0.5
    bumps = sphere_noise(1.6 * way, 81 + number)
    return ball.bent(0.5 * way * (1 + 0.05 * bumps)[:, None]).shaded(np.clip(0.5 + 0.4 * bumps, 0.02, 0.98))


@lru_cache(maxsize=4)
def chili(number: int) -> tuple[Mesh, Mesh]:
    """A hot pepper 1 long along x: its pod, and its stem with the cap."""
    rng = np.random.default_rng(number)
    way = np.linspace(0, 1, 26)
    bend, sway = rng.uniform(0.12, 0.3), rng.uniform(-0.05, 0.05)
    pod = _bent_path(way, bend, sway)
    girth = 0.088 * np.clip(way / 0.06, 0.25, 1) ** 0.4 * np.clip(1.02 - way, 0.02, 1) ** 0.62
    flesh = tube_along(pod, girth, sides=16)
    stalk = _bent_path(np.linspace(0.035, -0.26, 9), bend, sway + 0.05)
    thick = np.interp(np.linspace(0, 1, 9), [0.0, 0.18, 0.34, 1.0], [0.076, 0.05, 0.026, 0.03])
    shade = np.clip(0.5 + 2.6 * flesh.vertices[:, 1], 0.02, 0.98)
    return flesh.shaded(shade), tube_along(stalk, thick, sides=10)


def _bent_path(way: Float64Array, bend: float, sway: float) -> Float64Array:
    return np.stack([way - 0.45, sway * np.sin(5 * way), bend * (way - 0.4) ** 2], 1)

"""Things of a desk and a table: books, notebooks, pencils, rulers, cups. They lie or stand on y = 0."""

from functools import lru_cache

import numpy as np

from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.geometry.solids import lathe, rounded_box, torus, tube_along

_RIDGE = 0.02  # of the radius of a roll of bark: how far it is from round
_CLIP_WIRE = 0.026  # of its length, half as much again as life's: thinner ones are ragged lines of glints


@lru_cache(maxsize=8)
def closed_book(half_x: float, half_y: float, half_z: float) -> tuple[Mesh, Mesh]:
    """A bound book that lies with its spine to the left: its covers, and its pages."""
    board = 0.022
    covers = [rounded_box((half_x, board, half_z), 0.012, steps=2).moved(0, y) for y in (board, 2 * half_y - board)]
    angle = np.radians(np.linspace(90, 270, 13))
    spine = np.stack([-half_x + 0.01 + 0.10 * half_y * np.cos(angle), half_y * (1 + np.sin(angle)), 0 * angle], 1)
    band = [np.stack([spine[:, 0], spine[:, 1], spine[:, 2] + z], 1) for z in (-half_z, half_z)]
    covers.append(grid(np.stack(band)[:, ::-1]))
    pages = rounded_box((half_x - 0.03, half_y - 1.9 * board, half_z - 0.035), 0.006, steps=1).moved(-0.02, half_y)
    return merged(covers), pages


@lru_cache(maxsize=1)
def pencil() -> Mesh:
    """A six-sided pencil 2 long along x; v runs from the rubber (0) over the barrel to the point (1)."""
    profile = [[0.0, 0.0], [0.055, 0.02], [0.06, 0.16], [0.066, 0.165], [0.066, 0.30], [0.064, 0.305], [0.064, 1.72]]
    profile += [[0.018, 1.94], [0.0, 2.0]]
    stick = lathe(np.array(profile)[::-1], 6, crease_deg=12)
    return stick.shaded(stick.vertices[:, 1] / 2.0).turned(-90, "z").moved(-1.0, 0.056)


@lru_cache(maxsize=1)
def ruler() -> Mesh:
    """A ruler 2 long along x."""
    return rounded_box((1.0, 0.016, 0.13), 0.008, steps=2).moved(0, 0.016)


@lru_cache(maxsize=1)
def notebook() -> tuple[Mesh, Mesh, Mesh]:
    """A notebook with rings on its left: its cover, its pages and the label on it, and the rings."""
    half_x, half_z = 0.52, 0.70
    cover = rounded_box((half_x, 0.014, half_z), 0.008, steps=2).moved(0, 0.10)
    back = rounded_box((half_x, 0.014, half_z), 0.008, steps=2).moved(0, 0.014)
    pages = rounded_box((half_x - 0.02, 0.032, half_z - 0.02), 0.006, steps=1).moved(0, 0.057)
    label = rounded_box((0.5 * half_x, 0.003, 0.16 * half_z), 0.002, steps=1).moved(0.08 * half_x, 0.115, -0.4 * half_z)
    rings = [
        torus(0.072, 0.014, segments=36, sides=10).moved(-half_x + 0.015, 0.06, float(z))
        for z in np.linspace(-half_z + 0.08, half_z - 0.08, 17)
    ]
    return merged([cover, back]), merged([pages, label]), merged(rings)


@lru_cache(maxsize=1)
def paper_clip() -> Mesh:
    """A wire clip 1 long along x."""
    turns = []
    for center, radius, start in ((0.36, 0.14, -90), (-0.34, 0.115, 90), (0.24, 0.09, -90)):
        angle = np.radians(np.linspace(start, start + 180, 19))
        turns.append(
            np.stack([center + radius * np.cos(angle), 0 * angle, radius * np.sin(angle) + (0.14 - radius)], 1)
        )
    path = np.concatenate([[[-0.30, 0.0, -0.14]], *turns, [[-0.22, 0.0, 0.14]]])
    return tube_along(path, _CLIP_WIRE, sides=12).moved(0, _CLIP_WIRE)


@lru_cache(maxsize=1)
def cup() -> tuple[Mesh, Mesh]:
    """A cup of radius 0.46 on its saucer, and the drink in it."""
    wall = [[0.0, 0.10], [0.24, 0.10], [0.36, 0.22], [0.43, 0.45], [0.455, 0.62], [0.475, 0.64], [0.49, 0.62]]
    wall += [[0.46, 0.40], [0.38, 0.17], [0.26, 0.075], [0.24, 0.04], [0.0, 0.04]]
    saucer = [[0.0, 0.045], [0.3, 0.045], [0.62, 0.10], [0.72, 0.135], [0.735, 0.125]]
    saucer += [[0.6, 0.06], [0.34, 0.0], [0.0, 0.0]]
    handle = torus(0.15, 0.032, segments=40, sides=12, arc_deg=(-110, 110)).moved(0.50, 0.40)
    drink = lathe([[0.0, 0.52], [0.43, 0.52], [0.445, 0.525]], 48)
    return merged([lathe(wall, 64, crease_deg=80), lathe(saucer, 64, crease_deg=80), handle]), drink


@lru_cache(maxsize=1)
def cinnamon() -> Mesh:
    """A stick of rolled bark 1 long along x, on y = 0; v is 0 in its folds and 1 on what is outermost."""
    rng = np.random.default_rng(9)
    rolls = []
    for side in (-1.0, 1.0):
        angle = np.linspace(-0.5, 7.4, 48)  # rolled in on itself: from above there is no gap to look into
        ridges = np.cumsum(rng.normal(0, _RIDGE, (7, 48)), axis=0) + rng.normal(0, 2 * _RIDGE, 48)
        radius = (0.052 - 0.0035 * angle) * (1 + ridges)
        ends = np.linspace(-0.5, 0.5, 7)[:, None] * (1 + rng.normal(0, 0.006, 48))
        z = side * (radius * np.sin(angle) + 0.045) + 0.012 * np.sin(2.4 * ends + side)
        points = np.stack([ends, radius * np.cos(angle), z], -1)
        shade = np.stack([0 * z, np.clip(0.5 + 9 * ridges + 0.35 * np.cos(angle), 0, 1)], -1)
        rolls.append(grid(points, shade) if side > 0 else grid(points[::-1], shade[::-1]))
    return merged(rolls).moved(0, 0.055)

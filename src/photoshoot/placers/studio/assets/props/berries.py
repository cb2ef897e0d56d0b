"""Strawberries and blueberries beside the product."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.botanical import shed_leaves
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    copies,
    crowd,
    flat_things,
    gather,
    named,
    occupied,
    own,
    sheen,
    sized,
    spun,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.produce import small_leaf
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import lathe, rounded_profile, sphere, tube_along

_GREEN = Palette(colors=("#4d7f35", "#6a9a48"), foot=-0.03, tip=0.04)
_BLUE = Palette(colors=("#333d6b", "#3f4a78", "#2a3157"), foot=0.0, tip=-0.12)
_SEEDS = "#e8c46a"
_OUTLINE = (
    (0.0, 0.5),
    (0.28, 0.54),
    (0.46, 0.42),
    (0.5, 0.16),
    (0.43, -0.14),
    (0.3, -0.44),
    (0.16, -0.66),
    (0.0, -0.74),
)
_SEED_COUNT = 74
_SEED = (0.016, 0.028)  # half width and half length
_PIT = 0.055  # reach of the hollow that a seed lies in
_SEPALS = 8


def berries(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Strawberries, blueberries about them, and a few leaves; a colour is the strawberries'."""
    red = Palette(colors=own(colors, "#c4161c", "#d3262b"), jitter=0.012)
    sizes = np.concatenate([[0.5, 0.46, 0.44, 0.48], rng.uniform(0.38, 0.48, crowd(view, 6))])
    patch = Patch(back=-1.1, front=0.9, gap=0.06, spread=0.42)
    scale = usual_size(view)
    spots, share = fit_spots(view, sized(scale * sizes, 0.62, 0.95), rng, patch)
    scale *= share
    sizes = sizes * scale
    dyes, turns = red.draw(rng, len(sizes)), spun(rng, len(sizes), tilt=12)
    turns[:, 0] = rng.choice([-1, 1], len(sizes)) * rng.uniform(76, 108, len(sizes))
    parts: Parts = []
    for index, place in spots.items():
        parts += _strawberry(place, float(sizes[index]), turns[index], int(dyes[index]), red)
    small = rng.uniform(0.085, 0.12, crowd(view, 34)) * scale
    near = Patch(back=-1.2, front=1.2, gap=0.03, spread=0.5, before=0.1)
    fallen = find_spots(view, flat_things(small, 1.0, 0.2), rng, near, occupied(spots, 0.5 * sizes))
    parts += named("blue", strewn([blueberry()], fallen, small, _BLUE, rng, tilt=55))
    leaves = rng.uniform(0.28, 0.4, crowd(view, 6)) * scale
    parts += shed_leaves(view, rng, leaves, occupied(spots, 0.6 * sizes), _GREEN, near)
    coats = {"flesh": sheen(red.albedo(), 0.2, 0.07), "seeds": sheen(_SEEDS, 0.3)}
    coats |= {"blue": sheen(_BLUE.albedo(), 0.4, 0.06), "leaves": sheen(_GREEN.albedo(), 0.33)}
    return gather(parts, coats)


def _strawberry(place: Float64Array, size: float, turn: Float64Array, column: int, red: Palette) -> Parts:
    """One that lies on its side: all its parts moved as its flesh is, which touches the ground."""
    flesh, seeds, leaves = strawberry()
    lowest = float(copies(flesh, [[0.0, 0.0, 0.0]], size, [turn], lift=None).vertices[:, 1].min())
    at = [place - np.array([0.0, lowest + 0.004, 0.0])]
    dye, green = np.array([column]), np.array([column % _GREEN.columns])
    return [
        ("flesh", copies(flesh, at, size, [turn], lift=None, columns=dye, palette=red)),
        ("seeds", copies(seeds, at, size, [turn], lift=None)),
        ("leaves", copies(leaves, at, size, [turn], lift=None, columns=green, palette=_GREEN)),
    ]


@lru_cache(maxsize=1)
def strawberry() -> tuple[Mesh, Mesh, Mesh]:
    """A strawberry 1.25 long, its stalk up: its flesh, its seeds, and its leaves with the stalk."""
    flesh = lathe(rounded_profile(_OUTLINE, 0.035)[::2], 60)
    points, normals = flesh.vertices.astype(np.float64), _outward(flesh)
    seeds = points[_spread(points, _SEED_COUNT)]
    nearest = np.linalg.norm(points[:, None] - seeds[None], axis=2).min(1)
    hollow = 0.022 * np.exp(-((nearest / _PIT) ** 2))
    grain = sphere(1.0, rings=4, segments=6).scaled(_SEED[0], _SEED[1], _SEED[0])
    lain = [grain.moved(*map(float, 0.985 * place)) for place in seeds]
    return flesh.bent(points - normals * hollow[:, None]), merged(lain), _leaves()


def _leaves() -> Mesh:
    leaf = small_leaf(0.42)
    parts = []
    for number in range(_SEPALS):
        droop, turn = 2.0 + 8 * (number % 3), 360.0 / _SEPALS * number + 7 * (number % 2)
        sepal = leaf.scaled(0.5 + 0.08 * (number % 2)).moved(0.25).turned(-droop, "z")
        parts.append(sepal.moved(0, 0.575).turned(turn, "y"))
    stalk = tube_along([(0, 0.5, 0), (0.02, 0.68, 0), (0.07, 0.8, 0.02)], 0.025, sides=8)
    return merged([*parts, stalk.shaded(np.full(len(stalk.vertices), 0.5))])


@lru_cache(maxsize=1)
def blueberry() -> Mesh:
    """A blueberry of radius 1, its crown up; v is 1 in the crown."""
    angle = np.linspace(np.radians(26), np.pi, 22)
    body = np.stack([np.sin(angle), 0.92 * np.cos(angle)], 1)
    body[-1, 0] = 0.0
    crown = np.array([(0.0, 0.74), (0.2, 0.75), (0.3, 0.9), (0.37, 0.95), (0.42, 0.88)])
    mesh = lathe(np.concatenate([crown, body]), 32)
    out = np.hypot(mesh.vertices[:, 0], mesh.vertices[:, 2])
    return mesh.shaded(np.where((out < 0.36) & (mesh.vertices[:, 1] > 0), 1.0, 0.0))


def _outward(mesh: Mesh) -> Float64Array:
    normals = mesh.smoothed().normals
    assert normals is not None
    return np.asarray(normals, np.float64)


def _spread(points: Float64Array, count: int) -> list[int]:
    """Numbers of points that lie evenly over a surface: each is the farthest from those before."""
    chosen = [int(np.argmin(points[:, 1]))]
    away = np.linalg.norm(points - points[chosen[0]], axis=1)
    while len(chosen) < count:
        chosen.append(int(np.argmax(away)))
        away = np.minimum(away, np.linalg.norm(points - points[chosen[-1]], axis=1))
    return chosen

"""Cut flowers: heads of roses, tulips and daisies, plumes of pampas grass, and stems that lie under them.

Unit sizes, resting near y = 0.
"""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged, rotation
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.solids import sphere, tube_along
from photoshoot.placers.studio.textures.procedural import smoothstep

STEM_LENGTH = 3.4
"""Of a lying stem, in radii of its flower's head."""
_GOLDEN_DEG = 137.508
_PETALS = 24  # of a rose
_PLUME_HIGH, _STRANDS = 4.4, 420  # of a plume, in radii of its own


@lru_cache(maxsize=4)
def rose(number: int) -> Mesh:
    """An open rose of radius 1 on y = 0, facing +y; v runs from the petals' feet (0) to their rims (1).

    Its petals are cups in cups, each a part of its own: none cuts another, which looked like folded paper. Inner ones
    are rolled tightly, the rims of outer ones roll back.
    """
    return _rose(number, (10, 11))


@lru_cache(maxsize=3)
def small_rose(number: int) -> Mesh:
    """The same of a fifth of the triangles, for many that are out of focus."""
    return _rose(number, (5, 6))


def _rose(number: int, steps: tuple[int, int]) -> Mesh:
    """A rose whose petals have so many points up and across."""
    rng = np.random.default_rng(number)
    opened = rng.uniform(0.72, 1.0)
    parts = []
    for index in range(_PETALS):
        share = (index + 0.5) / _PETALS
        one = _rolled(
            share, opened=opened, wave=(float(rng.uniform(0.01, 0.03)), float(rng.uniform(0, 6))), steps=steps
        )
        turn = rotation(_GOLDEN_DEG * index + rng.uniform(-10, 10))
        parts.append(one.scaled(1.0, rng.uniform(0.95, 1.05), 1.0).transformed(turn))
    return _settled(merged(parts))


@lru_cache(maxsize=3)
def tulip(number: int) -> Mesh:
    """A tulip's cup of radius 1 on y = 0, facing +y, of six petals; v runs from their feet to their tips."""
    rng = np.random.default_rng(40 + number)
    opened = rng.uniform(0.42, 0.72)  # radius at the rim
    parts = []
    for index in range(6):
        inner = index % 2
        parts.append(
            _of_a_cup(rim=opened - 0.05 * inner + rng.uniform(-0.04, 0.04), inward=0.13 * inner)
            .scaled(1.0, rng.uniform(0.94, 1.06), 1.0)
            .turned(60 * index + rng.uniform(-4, 4))
        )
    return _settled(merged(parts))


@lru_cache(maxsize=2)
def daisy(number: int) -> tuple[Mesh, Mesh]:
    """A daisy of radius 1 on y = 0, facing +y: its petals (v from foot to tip), and its heart."""
    rng = np.random.default_rng(80 + number)
    blade = _blade()
    parts = []
    for layer, count in enumerate((17, 14)):
        for index in range(count):
            angle = 360 * (index + 0.5 * layer) / count + rng.uniform(-5, 5)
            turn = rotation(angle) @ rotation(6 + 7 * layer + rng.uniform(-6, 6), "z") @ rotation(rng.normal() * 9, "x")
            parts.append(blade.scaled(rng.uniform(0.9, 1.04)).transformed(turn).moved(0, 0.05 + 0.03 * layer))
    heart = sphere(0.32, rings=10, segments=20).scaled(1.0, 0.55, 1.0).moved(0, 0.12)
    return _settled(merged(parts)), heart


@lru_cache(maxsize=3)
def plume(number: int) -> Mesh:
    """A plume of pampas grass of radius 1, upright on y = 0, its tip leaning; v runs from its strands' feet to tips."""
    rng = np.random.default_rng(60 + number)
    share, lean = np.linspace(0, 1, 6)[:, None], rng.uniform(0.4, 0.9)
    strands = []
    for up in rng.uniform(0, 1, _STRANDS):
        around = rng.uniform(0, 2 * np.pi)
        length = (1.5 - 0.9 * up) * min(1.0, 0.45 + 2.2 * up) * rng.uniform(0.7, 1.1)
        way, side = (np.array([np.cos(turn), 0.0, np.sin(turn)]) for turn in (around, around + np.pi / 2))
        foot = [lean * up**2, (_PLUME_HIGH - 1) * up, 0.0]
        path = foot + length * (0.75 * share**1.3 * way + (0.9 * share - 0.5 * share**2) * [0.0, 1.0, 0.0])
        half = (0.045 * (1 - share) + 0.012) * side
        strands.append(grid(np.stack([path - half, path + half], 1), np.stack([0 * share, share], -1).repeat(2, 1)))
    return merged(strands)


@lru_cache(maxsize=3)
def lying_plume(number: int) -> Mesh:
    """A plume on its stem that lies along x about the origin, 1 long."""
    size = 0.66 / _PLUME_HIGH
    stem = tube_along(np.array([[0.0, -0.34, 0.0], [0.01, -0.1, 0.0], [0.0, 0.4, 0.0]]), 0.008, sides=6).shaded(0.1)
    return merged([plume(number).scaled(size), stem]).moved(0, -0.16, 0).turned(-90, "z").scaled(1.0, 0.7, 1.0)


@lru_cache(maxsize=4)
def lying_stem(number: int) -> Mesh:
    """A stem with leaves that lies along +x on y = 0, from over the origin, where a lying head's foot is.

    v runs from the stem (0.1) to the leaves' tips.
    """
    rng = np.random.default_rng(120 + number)
    share = np.linspace(0, 1, 14)
    sway = rng.uniform(-0.35, 0.35)
    path = np.stack([STEM_LENGTH * share, 0.8 * (1 - share) ** 3 + 0.06, sway * np.sin(np.pi * share)], 1)
    parts = [tube_along(path, 0.055, sides=7).shaded(0.1)]
    for place in rng.uniform(0.22, 0.8, 4):
        side = rng.choice([-1.0, 1.0])
        length = rng.uniform(0.75, 1.15)
        blade = leaf(length, 0.44 * length, curl=0.2, fold=0.3).turned(-90, "x")
        blade = blade.shaded(0.25 + 0.6 * blade.vertices[:, 0] / length)
        at = np.array([np.interp(place, share, path[:, axis]) for axis in range(3)])
        turn = (
            rotation(side * rng.uniform(35, 65)) @ rotation(rng.uniform(8, 26), "z") @ rotation(rng.normal() * 16, "x")
        )
        parts.append(blade.transformed(turn).moved(*at))
    return merged(parts)


def _rolled(share: float, *, opened: float, wave: tuple[float, float], steps: tuple[int, int] = (10, 11)) -> Mesh:
    """A petal of a rose, round the y axis; v runs from its foot to its rim.

    Args:
        share: 0 for the innermost, 1 for the outermost.
        opened: How far the rose is open, of a full one.
        wave: Depth and phase of the rim's ripple.
        steps: Points up and across.
    """
    up, across = np.linspace(0, 1, steps[0])[:, None], np.linspace(-1, 1, steps[1])
    half = np.radians(135 - 78 * share**0.5) * np.sin(np.pi * (0.22 + 0.50 * up)) ** 0.6
    rim = smoothstep(0.62, 1.0, up) * (1 - 0.3 * across**2)
    belly = (0.05 + 0.60 * share**0.9) * np.sin(0.5 * np.pi * np.minimum(up / 0.42, 1)) ** 0.7
    out = belly + (0.06 * share + 0.24 * opened * share**1.6) * smoothstep(0.3, 1.0, up) + 0.1 * share * rim**2
    radius = out + 0.025 * across * up + wave[0] * np.sin(2.2 * np.pi * across + wave[1]) * up**3 + 0.02
    height = 1.12 - (0.08 + 0.18 * opened) * share
    y = height * (up * (1 - 0.2 * np.abs(across) ** 2.5) - (0.06 + 0.22 * share) * rim**3)
    angle = across * half
    points = np.stack([radius * np.cos(angle), y, radius * np.sin(angle)], -1)
    return grid(points[::-1], np.stack([0 * y, up + 0 * y], -1)[::-1])


def _of_a_cup(*, rim: float, inward: float) -> Mesh:
    """A petal of a closed cup round the y axis, about 2.6 high and 1 in radius; v from its foot to its tip.

    Its rims stand off its neighbours and its tip is a point: six petals that lay close to one ball were an egg.

    Args:
        rim: Radius of the cup at the petal's tip.
        inward: How much nearer to the axis it stands than an outer petal.
    """
    up, across = np.linspace(0, 1, 15)[:, None], np.linspace(-1, 1, 11)
    half = 1.0 * np.sin(np.pi * (0.16 + 0.72 * up)) ** 0.4  # of its angle round the axis: it laps over its neighbours
    cup = np.sin(np.pi * (0.003 + 0.657 * up)) ** 0.62
    rib = 0.06 * (1 - np.abs(across)) ** 2 * np.sin(np.pi * up)
    radius = (1 - up**3) * cup + up**3 * rim - inward * up**0.5 + 0.11 * np.abs(across) ** 3 * up + rib
    angle = across * half
    y = 2.6 * (up - (0.04 * up + 0.24 * up**4) * np.abs(across) ** 1.7) * np.ones_like(angle)
    points = np.stack([radius * np.cos(angle), y, radius * np.sin(angle)], -1)
    return grid(points[::-1], np.stack([0 * y, up + 0 * y], -1)[::-1])


def _blade() -> Mesh:
    """A narrow petal 1 long along +x from near the origin, facing +y; v runs from its foot to its tip."""
    along, across = np.linspace(0.12, 1, 8), np.linspace(1, -1, 5)[:, None]
    half = 0.095 * np.sin(np.pi * (0.2 + 0.68 * along)) ** 0.6
    y = 0.03 * (1 - across**2) + 0.05 * np.sin(np.pi * along)
    points = np.stack([np.broadcast_to(along, y.shape), y, -across * half], -1)
    return grid(points[::-1], np.stack([0 * y, along + 0 * y], -1)[::-1])


def _settled(head: Mesh) -> Mesh:
    """A head of radius 1 that rests on y = 0."""
    points: Float64Array = head.vertices.astype(np.float64)
    points /= np.hypot(points[:, 0], points[:, 2]).max()
    points[:, 1] -= points[:, 1].min()
    return head.bent(points)

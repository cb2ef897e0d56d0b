"""Lamps and what goes with them: candles, clay lamps, lanterns, coins, moons. Unless hung, they stand on y = 0."""

import itertools
from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, sphere, torus, tube, tube_along

_FLAME = 0.30  # height of a flame
_LOW, _SLIM = 0.6, 0.6  # height and width of a flame in a draught, of its own


@lru_cache(maxsize=8)
def candle(radius: float, height: float) -> tuple[Mesh, Mesh, Mesh]:
    """A pillar of wax with a hollow top and its wick; v of the wax is 1 near the flame."""
    hollow = 0.12 * radius + 0.02
    profile = [[0.0, height - hollow], [0.55 * radius, height - 0.9 * hollow], [0.82 * radius, height - 0.25 * hollow]]
    profile += [[0.92 * radius, height], [0.985 * radius, height - 0.02], [radius, height - 0.05], [radius, 0.02]]
    profile += [[0.98 * radius, 0.0], [0.0, 0.0]]
    wax = lathe(profile, 48, crease_deg=60)
    shade = np.clip(1 - (height - wax.vertices[:, 1]) / (2.2 * radius + 0.1), 0, 1)
    foot = height - hollow
    wick = tube_along([[0, foot, 0], [0.004, foot + 0.05, 0], [0.016, foot + 0.10, 0]], 0.008, sides=6)
    return wax.shaded(shade), wick, flame().moved(0.012, foot + 0.07)


@lru_cache(maxsize=1)
def flame() -> Mesh:
    """A flame 0.3 high, from y = 0 up."""
    share = np.linspace(1, 0, 20)
    radius = 0.17 * _FLAME * np.sin(np.pi * share**0.62) ** 0.9 * (1.15 - 0.55 * share)
    radius[[0, -1]] = 0.0
    return lathe(np.stack([radius, _FLAME * share], 1), 20)


def in_draught(fire: Mesh, lean: float, turn_deg: float) -> Mesh:
    """A flame that a draught bends: seen from straight above it is a drop with a tip, where it was a disk.

    It burns lower and slimmer, too: a full one is a long white cone from there, larger than its candle.

    Args:
        fire: The flame, upright.
        lean: How far its tip is moved aside, of its height.
        turn_deg: Where to, about y: 0 is +z.
    """
    points = fire.vertices.astype(np.float64)
    foot, height = points[:, 1].min(), np.ptp(points[:, 1])
    up = (points[:, 1] - foot) / height
    angle = np.radians(turn_deg)
    height *= _LOW
    middle = points[:, [0, 2]].mean(0)
    points[:, [0, 2]] = middle + _SLIM * (points[:, [0, 2]] - middle)
    points += (lean * height * up**1.4)[:, None] * np.array([np.sin(angle), 0.0, np.cos(angle)])
    points[:, 1] = foot + height * up * (1 - 0.25 * min(lean, 1.0) * up)
    return fire.bent(points)


def fire(
    rng: np.random.Generator, tongues: int, half_width: float, depths: tuple[float, float], size: float = 1.0
) -> list[Mesh]:
    """Tongues of a wood fire on y = 0, higher in its middle, that lean in its draught.

    Args:
        rng: Chooses their heights and which way they lean.
        tongues: How many there are, 2 or more.
        half_width: Half of the width that they stand on.
        depths: Between which z they stand.
        size: Factor on their heights and widths; at 1 they are .6 to 1.1 high in the middle.
    """
    burning: list[Mesh] = []
    for at in np.linspace(-1, 1, tongues):
        tall = float(rng.uniform(3.0, 5.0)) * (1.25 - 0.75 * abs(float(at)))
        tongue = flame().scaled(size * float(rng.uniform(2.6, 4.0)), size * tall, size * 2.5)
        tongue = in_draught(tongue, float(rng.uniform(0.05, 0.35)), float(rng.uniform(0, 360)))
        burning.append(
            tongue.moved(half_width * float(at) + float(rng.uniform(-0.08, 0.08)), 0, float(rng.uniform(*depths)))
        )
    return burning


def melt(radius: float, height: float) -> Mesh:
    """The molten wax in the hollow of ``candle``: a flat pool whose rim climbs the wax a little."""
    hollow = 0.12 * radius + 0.02
    level = height - 0.62 * hollow
    profile = [
        [0.0, level],
        [0.60 * radius, level],
        [0.66 * radius, level + 0.03 * hollow],
        [0.70 * radius, level - 0.2 * hollow],
    ]
    return lathe(profile, 48, crease_deg=60)


def flame_glow(mean: npt.ArrayLike) -> npt.NDArray[np.float32]:
    """How a flame shines from its tip to its foot (16, 3), linear: orange, yellow-white in its body, dim below.

    Args:
        mean: What it gives in the mean (3,).
    """
    height, colors = zip(*_GLOW, strict=True)
    glow = np.stack([np.interp(np.linspace(0, 1, 16), height, column) for column in np.transpose(colors)], 1)
    return np.asarray(glow * (np.asarray(mean) / glow.mean(0)).mean(), np.float32)


_GLOW = (
    (0.0, (1.3, 0.50, 0.08)),
    (0.25, (3.0, 1.95, 0.55)),
    (0.5, (4.0, 3.0, 1.40)),
    (0.75, (3.4, 2.30, 0.85)),
    (0.9, (1.2, 0.60, 0.22)),
    (1.0, (0.30, 0.22, 0.30)),
)  # share of the way down, and its colour


@lru_cache(maxsize=1)
def oil_lamp() -> tuple[Mesh, Mesh, Mesh]:
    """A clay bowl of radius 0.5 with a spout towards +z, the oil in it, and its flame."""
    profile = [[0.0, 0.10], [0.26, 0.12], [0.40, 0.25], [0.46, 0.36], [0.50, 0.38], [0.525, 0.355], [0.46, 0.18]]
    bowl = lathe([*profile, [0.26, 0.0], [0.0, 0.0]], 64, crease_deg=70)
    oil = lathe([[0.0, 0.29], [0.30, 0.29], [0.415, 0.292]], 40)
    return _spouted(bowl), _spouted(oil), flame().scaled(1.35).moved(0, 0.34, 0.50)


def _spouted(mesh: Mesh) -> Mesh:
    """A bowl pinched into a spout at +z."""
    points = mesh.vertices.astype(np.float64)
    radius, angle = np.hypot(points[:, 0], points[:, 2]), np.arctan2(points[:, 0], points[:, 2])
    pull = np.exp(-((angle / 0.42) ** 2)) * np.clip(radius / 0.5, 0, 1.1) ** 2
    points[:, 2] += 0.17 * pull
    points[:, 0] *= 1 - 0.30 * pull
    points[:, 1] += 0.03 * pull
    return mesh.bent(points)


@lru_cache(maxsize=1)
def metal_lantern() -> tuple[Mesh, Mesh]:
    """A lantern of pierced metal 2.3 high with a domed roof and a ring, and the glowing body in it."""
    parts = [_eightfold([[0.0, 0.10], [0.50, 0.10], [0.54, 0.06], [0.56, 0.0], [0.0, 0.0]])]
    parts.append(_eightfold([[0.0, 0.16], [0.44, 0.16], [0.46, 0.13], [0.46, 0.10], [0.0, 0.10]]))
    roof = [[0.0, 1.98], [0.05, 1.96], [0.07, 1.88], [0.05, 1.80], [0.16, 1.70], [0.30, 1.55], [0.38, 1.40]]
    parts.append(_eightfold([*roof, [0.40, 1.30], [0.52, 1.24], [0.53, 1.20], [0.0, 1.20]]))
    parts.append(torus(0.14, 0.022, segments=32, sides=10).moved(0, 2.11))
    corner = np.linspace(0, 2 * np.pi, 9)[:-1] + np.pi / 8
    for angle in corner:
        x, z = 0.44 * np.sin(angle), 0.44 * np.cos(angle)
        parts.append(tube((x, 0.14, z), (x, 1.22, z), 0.028, sides=8))
    parts += _lattice(corner)
    glowing = lathe([[0.0, 1.18], [0.30, 1.18], [0.33, 1.0], [0.33, 0.3], [0.30, 0.18], [0.0, 0.18]], 24)
    return merged(parts), glowing


def _lattice(corner: Float64Array) -> list[Mesh]:
    """Crossed bars and rings in the eight windows."""
    bars = []
    reach = 0.43 * np.cos(np.pi / 8)
    for middle in corner + np.pi / 8:
        out = np.array([np.sin(middle), 0, np.cos(middle)]) * reach
        side = np.array([np.cos(middle), 0, -np.sin(middle)])
        half = 0.43 * np.sin(np.pi / 8)
        levels = np.linspace(0.18, 1.18, 5)
        for low, high in itertools.pairwise(levels):
            for sign in (-1, 1):
                start, end = out + sign * half * side + [0, low, 0], out - sign * half * side + [0, high, 0]
                bars.append(tube(start, end, 0.013, sides=5))
            bars.append(tube(out - half * side + [0, low, 0], out + half * side + [0, low, 0], 0.013, sides=5))
            knob = sphere(0.045, rings=6, segments=8).moved(*(out + np.array([0, (low + high) / 2, 0])))
            bars.append(knob)
    return bars


def _eightfold(profile: list[list[float]]) -> Mesh:
    """A body of revolution with eight flat sides."""
    return lathe(profile, 8, crease_deg=10).turned(22.5)


@lru_cache(maxsize=1)
def paper_lantern() -> tuple[Mesh, Mesh]:
    """A ribbed paper lantern of radius 1 round the origin, and its caps, cord and tassel."""
    angle = np.linspace(0.30, np.pi - 0.30, 46)
    rib = np.abs(np.sin(angle * 14)) ** 0.8
    body = np.stack([np.sin(angle) ** 0.9 * (0.955 + 0.045 * rib), 0.80 * np.cos(angle)], 1)
    skin = lathe(body, 64, crease_deg=20)
    caps = [
        bevelled_cylinder(0.34, 0.12, 0.02, segments=36).moved(0, 0.74),
        bevelled_cylinder(0.34, 0.12, 0.02, segments=36).moved(0, -0.86),
    ]
    cord = tube((0, 0.84, 0), (0, 1.02, 0), 0.018, sides=6)
    knot = sphere(0.07, rings=8, segments=12).moved(0, -0.93)
    thread = np.linspace(0, 2 * np.pi, 17)[:-1]
    tassel = [
        tube((0.03 * np.cos(a), -0.96, 0.03 * np.sin(a)), (0.085 * np.cos(a), -1.52, 0.085 * np.sin(a)), 0.012, sides=4)
        for a in thread
    ]
    return skin, merged([*caps, cord, knot, *tassel])


@lru_cache(maxsize=1)
def coin() -> Mesh:
    """An old coin of radius 1 on y = 0 with a square hole and raised rims."""
    profile = [[0.34, 0.10], [0.42, 0.13], [0.48, 0.09], [0.86, 0.09], [0.92, 0.13], [1.0, 0.11], [1.0, 0.02]]
    profile += [[0.97, 0.0], [0.34, 0.0], [0.34, 0.10]]
    disc = lathe(profile, 48, crease_deg=30)
    points = disc.vertices.astype(np.float64)
    radius = np.hypot(points[:, 0], points[:, 2])
    square = np.maximum(np.abs(points[:, 0]), np.abs(points[:, 2])) / np.maximum(radius, 1e-9)
    inner = np.clip((0.5 - radius) / 0.16, 0, 1)
    points[:, [0, 2]] *= (1 - inner + inner * 0.9 / square)[:, None]
    return replace(disc, vertices=points.astype(np.float32))


@lru_cache(maxsize=1)
def ingot() -> Mesh:
    """A boat-shaped ingot 2 long along x on y = 0."""
    ball = sphere(1.0, rings=24, segments=48)
    x, y, z = ball.vertices.astype(np.float64).T
    lift = 0.42 * x**4
    body = np.stack([x, 0.34 * np.minimum(y, 0.25) + lift * (y > -0.6) + 0.30, 0.55 * z * (1 - 0.25 * x**2)], 1)
    hull = ball.bent(body)
    crown = sphere(1.0, rings=16, segments=28).scaled(0.44, 0.34, 0.34).moved(0, 0.42)
    return merged([hull, crown]).moved(0, -float(body[:, 1].min()))


@lru_cache(maxsize=1)
def crescent() -> Mesh:
    """A crescent moon of radius 1 in the xy plane round the origin, open to the right."""
    angle = np.radians(np.linspace(48, 312, 60))
    taper = np.sin(np.linspace(0.02, np.pi - 0.02, 60)) ** 0.7
    path = np.stack([0.82 * np.cos(angle), 0.82 * np.sin(angle), 0 * angle], 1)
    return tube_along(path, 0.20 * taper + 0.004, sides=18)

"""Things of a Japanese room: a bonsai on its stand, a cushion to sit on, a lamp of paper."""

from typing import Final

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.solids import lathe, rounded_box, tube_along
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted, wooden

DARK_WOOD: Final = "#6b4a30"
"""Of its posts, lattices and lamps."""
_STAND, _TALL = 0.92, 1.25  # heights of a bonsai's stand, and of the tree
_TRUNK = ((0, 0, 0), (0.12, 0.2, 0.03), (-0.06, 0.42, 0.0), (0.14, 0.64, -0.02), (0.03, 0.86, 0.0))
_PADS = ((0.46, 0.5, 0.02, 0.3), (-0.42, 0.62, 0.05, 0.28), (0.38, 0.86, -0.05, 0.24), (0.0, 1.02, 0.0, 0.32))
"""Of a bonsai a unit high: its trunk's bends, and the middles and radii of its foliage."""
_DISH = ((0.0, 0.19), (0.42, 0.2), (0.46, 0.24), (0.5, 0.24), (0.38, 0.0), (0.0, 0.0))
_NEEDLES = ("#4d6b3a", "#5f7f45")
_PAPER, _LAMP = np.array([0.72, 0.68, 0.6], np.float32), np.array([1.0, 0.72, 0.42], np.float32)


def bonsai(x: float, z: float, ground: float, rng: np.random.Generator) -> Things:
    """A small pine in a flat dish on a low stand, at (x, z) on a floor of height ``ground``."""
    table = [rounded_box((0.62, 0.05, 0.42), 0.03, steps=2).moved(0, _STAND)]
    table += [box((0.05, _STAND / 2, 0.05)).moved(sx * 0.54, _STAND / 2, sz * 0.34) for sx in (-1, 1) for sz in (-1, 1)]
    dish = lathe(_DISH, 40, crease_deg=60).scaled(1.0, 1.0, 0.72).moved(0, _STAND + 0.05)
    size = np.array([float(rng.choice([-1.0, 1.0])) * _TALL, _TALL, _TALL])
    trunk = _smooth(np.array(_TRUNK) * size)
    wood = [tube_along(trunk, np.linspace(0.1, 0.045, len(trunk)), sides=10)]
    needles: tuple[list[Mesh], list[Mesh]] = ([], [])
    for *place, radius in _PADS:
        middle = np.array(place) * size
        fork = trunk[int(np.abs(trunk[:, 1] - 0.85 * middle[1]).argmin())]
        wood.append(tube_along(np.linspace(fork, middle, 4), 0.03, sides=6))
        for number, needle in enumerate(_pad(radius * _TALL, rng)):
            needles[number % 2].append(needle.moved(*middle.tolist()))
    top = (x, ground + _STAND + 0.25, z)
    return [
        wooden("#4a3222", "satin", *[part.moved(x, ground, z) for part in table]),
        painted("#6a4536", "satin", dish.moved(x, ground, z)),
        painted("#5a4634", "matte", *[part.moved(*top) for part in wood]),
        *(painted(color, "matte", merged(own).moved(*top)) for color, own in zip(_NEEDLES, needles, strict=True)),
    ]


def _pad(radius: float, rng: np.random.Generator) -> list[Mesh]:
    """Foliage that a gardener cut flat: bundles of needles over a disc about the origin."""
    blade = leaf(0.2, 0.045, curl=0.2, fold=0.1, unseen=True)
    needles: list[Mesh] = []
    for _ in range(130):
        turn, out = float(rng.uniform(0, 2 * np.pi)), float(np.sqrt(rng.uniform()))
        up = float(rng.uniform(-0.02, 0.14)) * (1.2 - out)
        needle = blade.turned(float(rng.uniform(10, 80)), "z").turned(float(rng.uniform(0, 360)))
        needles.append(needle.moved(out * radius * float(np.cos(turn)), up, 0.8 * out * radius * float(np.sin(turn))))
    return needles


def _smooth(knots: Float64Array) -> Float64Array:
    """25 points on a curve through the knots (n, 3)."""
    from scipy.interpolate import CubicSpline  # 0.1 s to import, for bonsais alone

    return np.asarray(CubicSpline(np.linspace(0, 1, len(knots)), knots)(np.linspace(0, 1, 25)))


def floor_cushion(color: str, x: float, z: float, ground: float, rng: np.random.Generator) -> Things:
    """A flat cushion to sit on, of indigo."""
    pillow = rounded_box((0.62, 0.1, 0.6), 0.1, steps=4).turned(float(rng.uniform(-12, 12)))
    return [painted(tint("#31435f", color, 0.08), "matte", pillow.moved(x, ground + 0.1, z))]


def paper_lamp(x: float, z: float, ground: float, night: float) -> Things:
    """A lamp of paper in a wooden frame, lit by night."""
    half, tall = 0.3, 0.62
    posts = [box((0.03, tall + 0.1, 0.03)).moved(x + sx * half, ground + tall + 0.1, z + sz * half)
             for sx in (-1, 1) for sz in (-1, 1)]  # fmt: skip
    rungs = [box((half, 0.025, 0.02)).moved(x, ground + y, z + half) for y in (0.2, 0.2 + tall, 2 * tall + 0.15)]
    shine = (1 - night) * _PAPER + 1.75 * night * _LAMP
    glow = np.stack([0.5 * shine, shine, 1.15 * shine])
    shade = box((half - 0.02, tall - 0.05, half - 0.02), 0.01).moved(x, ground + tall + 0.12, z)
    return [wooden(DARK_WOOD, "satin", *posts, *rungs), Emissive(mesh=shade, light=glow.astype(np.float32))]

"""What stands in a dressing room, metres."""

from collections.abc import Sequence

import numpy as np

from photoshoot.placers.studio.assets.furniture.standing import scaled
from photoshoot.placers.studio.assets.furniture.style import Style, box, tint
from photoshoot.placers.studio.assets.vanity_things import BRASS, bloom_vase, brush_pot, flacon
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, loft, rounded_box, sphere, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted, wooden

_TOP = 0.76  # height of the table
_MIRROR = (0.5, 0.42, 1.27)  # half width, half height, and height of its middle
_BULB = np.tile(np.array([(4.6, 3.7, 2.5)], np.float32), (2, 1))
_WARE = 0.1  # of what stands before mirrors
_RAIL = 1.72
_GARMENT = ((0.05, 0.0), (0.34, -0.1), (0.44, -0.24), (0.4, -0.5), (0.46, -1.0))
"""Half depth of a garment from its collar down, of its width, and height, of its length."""


def mirror_table(style: Style, rng: np.random.Generator) -> Things:
    """A table before a mirror that bulbs stand round, a stool before it; 1.3 m wide."""
    half, tall, y = _MIRROR
    frame = box((half + 0.11, tall + 0.11, 0.03), 0.02).moved(0, y, 0.04)
    glass = box((half, tall, 0.006), 0.004).moved(0, y, 0.075)
    sides = [(s * (half + 0.055), y + float(dy)) for s in (-1, 1) for dy in np.linspace(-tall, tall, 5)]
    over = [(float(x), y + tall + 0.055) for x in np.linspace(-half, half, 6)[1:-1]]
    bulbs = [sphere(0.05, rings=10, segments=20).moved(x, at, 0.1) for x, at in (*sides, *over)]
    drawers = [box((0.2, 0.055, 0.01), 0.006).moved(s * 0.4, _TOP - 0.1, 0.47) for s in (-1, 1)]
    body = [
        box((0.65, 0.02, 0.24), 0.01).moved(0, _TOP, 0.24),
        box((0.62, 0.08, 0.22), 0.01).moved(0, _TOP - 0.1, 0.24),
    ]
    legs = [tube((x, 0, z), (x, _TOP, z), 0.022, sides=10) for x in (-0.58, 0.58) for z in (0.05, 0.42)]
    stool = rounded_box((0.21, 0.06, 0.19), 0.05, steps=3).moved(0.05, 0.48, 0.85)
    feet = [tube((0.05 + x, 0, 0.85 + z), (0.05 + x, 0.45, 0.85 + z), 0.014, sides=8)
            for x in (-0.15, 0.15) for z in (-0.13, 0.13)]  # fmt: skip
    ware = ((flacon, -0.5), (brush_pot, -0.26), (bloom_vase, 0.5))
    laid = [scaled(make(style, rng), _WARE, (x, _TOP + 0.02, 0.24)) for make, x in ware]
    return [
        painted("#f3efe9", "satin", *body, *legs),
        painted(tint(style.accent, "#2a1f1e", 0.72), "satin", frame),
        painted("#e6eaec", "mirror", glass),
        painted(BRASS, "metal", *drawers, *feet),
        painted(style.accent, "matte", stool),
        *(Emissive(mesh=bulb, light=_BULB) for bulb in bulbs),
        *(thing for things in laid for thing in things),
    ]


def clothes_rail(style: Style, rng: np.random.Generator) -> Things:
    """A rail on wheels full of clothes, and shoes under it; 1.3 m wide."""
    z = 0.35
    posts = [tube((x, 0.06, z), (x, _RAIL, z), 0.018, sides=10) for x in (-0.62, 0.62)]
    bars = [tube((-0.62, y, z), (0.62, y, z), 0.018, sides=10) for y in (0.12, _RAIL)]
    feet = [tube((x, 0.05, z - 0.25), (x, 0.05, z + 0.25), 0.018, sides=10) for x in (-0.62, 0.62)]
    colors = (style.accent, "#efe6d8", "#2b2c30", "#b98d78", "#7f8f9c", "#c9b089", tint(style.accent, "#1b1b1e", 0.5))
    shoes = [
        rounded_box((0.045, 0.045, 0.12), 0.04, steps=3).moved(x + s * 0.055, 0.18, z + 0.03)
        for x in (-0.4, -0.12, 0.2)
        for s in (-1, 1)
    ]
    return [
        painted(BRASS, "metal", *posts, *bars, *feet),
        *scaled(garments(1.15, colors, rng, apart=0.085, longest=1.25), 1.0, (0.0, _RAIL, z)),
        painted("#3a2c26", "satin", *shoes),
    ]


def hat_shelf(style: Style, rng: np.random.Generator) -> Things:
    """Two boards on the wall with round boxes on them, 0.9 m wide."""
    boards = [box((0.45, 0.015, 0.14), 0.006).moved(0, y, 0.14) for y in (1.15, 1.6)]
    boxes: Things = []
    for y in (1.165, 1.615):
        for x in (-0.24, 0.2):
            wide, tall = float(rng.uniform(0.1, 0.15)), float(rng.uniform(0.12, 0.2))
            color = style.palette[int(rng.integers(len(style.palette)))]
            boxes += [
                painted(color, "satin", bevelled_cylinder(wide, tall, 0.01, segments=32).moved(x, y, 0.15)),
                painted("#f3efe9", "satin", bevelled_cylinder(1.04 * wide, 0.04, 0.01, segments=32)
                        .moved(x, y + tall, 0.15)),
            ]  # fmt: skip
    return [wooden(style.wood, "satin", *boards), *boxes]


def garments(width: float, colors: Sequence[str], rng: np.random.Generator, *, apart: float, longest: float) -> Things:
    """Clothes side by side on hangers under a rail along x through the origin, a little turned each."""
    worn: dict[str, list[Mesh]] = {}
    hooks: list[Mesh] = []
    for x in np.arange(-width / 2, width / 2, apart):
        at = float(x) + float(rng.uniform(-0.2, 0.2)) * apart
        long, thick = longest * float(rng.uniform(0.6, 1.0)), min(0.4 * apart, 0.04) * float(rng.uniform(0.8, 1.3))
        color = colors[int(rng.integers(len(colors)))]
        turn = float(rng.uniform(-26, 26))
        worn.setdefault(color, []).append(_garment(long, thick).turned(turn).moved(at, -0.08))
        hooks.append(tube((at, -0.1, 0), (at, 0.02, 0), 0.008, sides=6))
    return [painted("#c9ccd0", "metal", *hooks), *(painted(color, "matte", *meshes) for color, meshes in worn.items())]


def _garment(long: float, thick: float) -> Mesh:
    """A garment that hangs, from its collar at the origin down: thick along x, wide along z."""
    angle = np.linspace(0, 2 * np.pi, 17)
    rings = [
        np.stack([thick * (0.7 - 0.5 * down) * np.cos(angle), long * down + 0 * angle, 0.5 * wide * np.sin(angle)], 1)
        for wide, down in _GARMENT
    ]
    return loft(rings[::-1])

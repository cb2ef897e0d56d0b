"""What stands on a kitchen counter, out of focus. Each piece stands at the origin on y = 0."""

from functools import lru_cache

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import Style, box, tint
from photoshoot.placers.studio.assets.props.meshes.citrus import whole_citrus
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import branch
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, sphere, torus, tube
from photoshoot.placers.studio.scene.batching import Things, painted, wooden

_CREAM = "#efeae0"
_LEAF = "#5f7f4f"
_OUTLINES = {
    "crock": ((0.0, 0.12), (0.36, 0.12), (0.36, 0.84), (0.40, 0.86), (0.43, 0.8), (0.40, 0.05), (0.36, 0.0), (0, 0)),
    "pot": ((0.0, 0.58), (0.38, 0.58), (0.43, 0.64), (0.46, 0.62), (0.33, 0.03), (0.3, 0.0), (0.0, 0.0)),
    "bottle": ((0.0, 1.5), (0.10, 1.5), (0.10, 1.12), (0.14, 1.0), (0.30, 0.84), (0.32, 0.76), (0.32, 0.04),
               (0.28, 0), (0, 0)),
    "mill": ((0.0, 1.06), (0.12, 1.03), (0.16, 0.92), (0.10, 0.80), (0.18, 0.66), (0.13, 0.40), (0.20, 0.08),
             (0.2, 0), (0, 0)),
    "bowl": ((0.0, 0.10), (0.35, 0.14), (0.66, 0.44), (0.70, 0.46), (0.70, 0.42), (0.4, 0.06), (0.3, 0.0), (0.0, 0.0)),
}  # fmt: skip
"""Outlines for ``lathe``: radius and height of points from the top centre down the outside."""


def canisters(style: Style, rng: np.random.Generator) -> Things:
    """Three lidded jars in a row, from large to small."""
    things: Things = []
    x = -0.86
    for index, (radius, tall) in enumerate(((0.44, 1.05), (0.37, 0.80), (0.30, 0.58))):
        x += radius
        z = float(rng.uniform(-0.12, 0.12))
        body = bevelled_cylinder(radius, tall, 0.07, segments=64).moved(x, 0, z)
        lid = bevelled_cylinder(0.94 * radius, 0.09, 0.03, segments=64).moved(x, tall, z)
        knob = sphere(0.075, rings=12, segments=24).moved(x, tall + 0.14, z)
        color = style.accent if index != 1 else _CREAM
        things += [painted(color, "semigloss", body), wooden(style.wood, "matte", lid, knob)]
        x += radius + 0.06
    return things


def utensils(style: Style, rng: np.random.Generator) -> Things:
    """A crock of wooden spoons."""
    crock = lathe(_OUTLINES["crock"], 64)
    spoons = []
    for turn in np.linspace(0, 360, 6)[:-1] + float(rng.uniform(0, 60)):
        tall = float(rng.uniform(1.25, 1.7))
        handle = tube((0, 0.15, 0), (0, tall, 0), 0.035, sides=10)
        head = sphere(0.13, rings=12, segments=24).scaled(0.85, 1.35, 0.35).moved(0, tall + 0.12)
        spoons.append(merged([handle, head]).turned(float(rng.uniform(6, 13)), "z").turned(turn))
    return [painted(_CREAM, "semigloss", crock), wooden(style.wood, "matte", *spoons)]


def boards(style: Style, rng: np.random.Generator) -> Things:
    """Two cutting boards that lean on the wall: one of glued strips, one round."""
    tall = float(rng.uniform(1.05, 1.3))
    strip = box((0.144, tall, 0.06), 0.02).moved(0, tall)
    things: Things = [
        wooden(
            tint(style.wood, "#e9c79c", float(rng.uniform(0.0, 0.5))),
            "matte",
            strip.moved(x).turned(-8, "x").moved(-0.1, 0, -0.55),
        )
        for x in np.linspace(-0.575, 0.575, 5)
    ]
    disc = bevelled_cylinder(0.62, 0.09, 0.03, segments=64).turned(90, "x").moved(0, 0.62)
    groove = torus(0.53, 0.018, segments=64, sides=6).moved(0, 0.62, 0.09)
    for color, part in (("#b9946b", disc), ("#94714c", groove)):
        things.append(wooden(color, "matte", part.turned(-9, "x").moved(0.55, 0, -0.28)))
    return things


def herbs(style: Style, rng: np.random.Generator) -> Things:
    """Herbs in a pot."""
    pot = lathe(_OUTLINES["pot"], 64)
    twigs = [
        _twig(index % 4)
        .turned(90 + float(rng.uniform(-34, 34)), "z")
        .turned(float(rng.uniform(0, 360)))
        .moved(0.12 * np.cos(2.4 * index), 0.56, 0.12 * np.sin(2.4 * index))
        for index in range(9)
    ]
    return [painted(style.accent, "semigloss", pot), painted(_LEAF, "matte", *twigs)]


def oils(style: Style, rng: np.random.Generator) -> Things:
    """A bottle of oil and a pepper mill."""
    bottle, mill = lathe(_OUTLINES["bottle"], 64, crease_deg=60), lathe(_OUTLINES["mill"], 64, crease_deg=80)
    cork = bevelled_cylinder(0.085, 0.14, 0.02, segments=32).moved(-0.3, 1.48)
    shift = float(rng.uniform(-0.08, 0.08))
    return [
        painted("#2e3a1f", "semigloss", bottle.moved(-0.3)),
        painted("#b08a5c", "matte", cork),
        wooden(style.wood, "matte", mill.moved(0.3 + shift, 0, 0.1)),
    ]


def fruit_bowl(_style: Style, rng: np.random.Generator) -> Things:
    """Lemons in a bowl."""
    bowl = lathe(_OUTLINES["bowl"], 64, crease_deg=60)
    places = ((-0.30, 0.36, 0.05), (0.28, 0.37, 0.10), (0.0, 0.38, -0.3), (0.02, 0.60, 0.0))
    fruit = [
        whole_citrus("long", number).scaled(0.25).turned(float(rng.uniform(0, 180))).moved(*place)
        for number, place in enumerate(places)
    ]
    return [painted(_CREAM, "semigloss", bowl), painted("#e3b52c", "matte", *fruit)]


@lru_cache(maxsize=4)
def _twig(number: int) -> Mesh:
    """One of four upright herbs of fixed shape."""
    return branch(0.85, pairs=6, leaf_length=0.26, leaf_width=0.15, seed=number, grown=True)

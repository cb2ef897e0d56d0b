"""What stands in a laundry room, metres."""

import numpy as np

from photoshoot.placers.studio.assets.bathware import towels
from photoshoot.placers.studio.assets.furniture.dressing import garments
from photoshoot.placers.studio.assets.furniture.standing import scaled
from photoshoot.placers.studio.assets.furniture.style import Style, box, tint
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, rounded_box, torus, tube
from photoshoot.placers.studio.scene.batching import Things, painted, wooden

_HALF = (0.3, 0.42, 0.3)  # of a machine
_DOOR = 0.2  # radius of its porthole's ring
_WHITE, _CHROME, _GLASS, _DARK = "#f3f4f4", "#c4c8cb", "#2c3a46", "#24272b"
_BOARD = 0.88  # height of the top over two machines
_SHELF = 1.5
_CLOTH = 0.17  # half the width of towels that are folded
_WICKER = "#b98f5c"


def machines(style: Style, rng: np.random.Generator) -> Things:
    """Two front loaders under a wooden top, towels and a basket on it, and a shelf of detergents; 1.3 m wide."""
    bottles = [_detergent(style, rng, (float(x), _SHELF + 0.015, 0.13)) for x in np.linspace(-0.5, 0.1, 4)]
    return [
        *_machine(-0.31, 0.0, rng),
        *_machine(0.31, 0.0, rng),
        wooden(style.wood, "satin", box((0.66, 0.02, 0.32), 0.008).moved(0, _BOARD, 0.31)),
        wooden(style.wood, "satin", box((0.66, 0.015, 0.12), 0.006).moved(0, _SHELF, 0.12)),
        *scaled(towels(style, rng), _CLOTH, (0.4, _BOARD + 0.02, 0.3)),
        *scaled(towels(style, rng), 0.8 * _CLOTH, (0.42, _SHELF + 0.015, 0.13)),
        *scaled(basket(style, rng), 0.7, (-0.32, _BOARD + 0.02, 0.3)),
        *(thing for bottle in bottles for thing in bottle),
    ]


def tower(_style: Style, rng: np.random.Generator) -> Things:
    """A dryer on a washing machine, 0.6 m wide."""
    return [*_machine(0.0, 0.0, rng), *_machine(0.0, 2 * _HALF[1] + 0.01, rng)]


def drying_rail(style: Style, rng: np.random.Generator) -> Things:
    """A rail on the wall with shirts on hangers, and a basket of washing under it; 1.1 m wide."""
    rail = tube((-0.55, 1.85, 0.28), (0.55, 1.85, 0.28), 0.014, sides=8)
    arms = [tube((x, 1.85, 0.0), (x, 1.85, 0.28), 0.014, sides=8) for x in (-0.5, 0.5)]
    shirts = garments(1.0, (style.accent, "#f4f2ee", "#9db4c4", "#e7ddcb"), rng, apart=0.16, longest=0.75)
    return [
        painted(_CHROME, "satin", rail, *arms),
        *scaled(shirts, 1.0, (0.0, 1.83, 0.28)),
        *scaled(basket(style, rng), 1.0, (0.1, 0.0, 0.35)),
    ]


def basket(style: Style, rng: np.random.Generator) -> Things:
    """A wicker basket with washing over its rim, 0.36 m high, about the origin."""
    body = lathe([(0.21, 0.36), (0.23, 0.36), (0.18, 0.0), (0.0, 0.0)], 32).scaled(1.15, 1.0, 0.9)
    hoops = [torus(0.2 + 0.08 * y, 0.012, segments=40, sides=6).turned(90, "x").scaled(1.15, 1.0, 0.9).moved(0, y)
             for y in (0.09, 0.18, 0.27, 0.36)]  # fmt: skip
    cloths = [
        rounded_box((0.11, 0.07, 0.09), 0.06, steps=3)
        .turned(float(rng.uniform(0, 90)))
        .turned(float(rng.uniform(-25, 25)), "z")
        .moved(x, 0.36, z)
        for x, z in ((-0.1, 0.03), (0.09, -0.02), (0.02, 0.06))
    ]
    return [
        painted(_WICKER, "matte", body, *hoops),
        painted(tint(style.accent, "#f6f4ef", 0.5), "matte", cloths[0]),
        painted("#f6f4ef", "matte", *cloths[1:]),
    ]


def _machine(x: float, y: float, rng: np.random.Generator) -> Things:
    """A front loader, its back at z = 0: a porthole in a ring of chrome, and a panel with a knob over it."""
    front, middle = 2 * _HALF[2], 0.4
    ring = torus(_DOOR, 0.028, segments=48, sides=10).moved(0, middle, front + 0.01)
    lid = bevelled_cylinder(_DOOR, 0.03, 0.015, segments=40).turned(90, "x").moved(0, middle, front - 0.005)
    panel = box((0.12, 0.035, 0.006), 0.005).moved(0.12, 0.75, front + 0.002)
    knob = bevelled_cylinder(0.036, 0.03, 0.01, segments=24).turned(90, "x").moved(-0.08, 0.75, front)
    drawer = box((0.055, 0.04, 0.004), 0.003).moved(-0.21, 0.75, front + 0.002)

    def put(*meshes: Mesh) -> list[Mesh]:
        return [mesh.moved(x, y) for mesh in meshes]

    return [
        painted(_WHITE, "satin", *put(box(_HALF, 0.02).moved(0, _HALF[1], _HALF[2]))),
        painted(_CHROME, "satin", *put(ring, knob)),
        painted(tint(_GLASS, "#56697a", float(rng.uniform(0, 0.4))), "semigloss", *put(lid)),
        painted(_DARK, "semigloss", *put(panel)),
        painted("#dfe2e3", "satin", *put(drawer)),
    ]


def _detergent(style: Style, rng: np.random.Generator, place: tuple[float, float, float]) -> Things:
    tall = float(rng.uniform(0.2, 0.28))
    body = rounded_box((0.06, tall / 2, 0.045), 0.03, steps=3).moved(0, tall / 2)
    cap = bevelled_cylinder(0.03, 0.05, 0.01, segments=20).moved(0, tall)
    color = ("#3f6fae", "#f2efe8", style.accent, "#e0b23c")[int(rng.integers(4))]
    return [
        painted(color, "satin", body.moved(*place)),
        painted(tint(color, "#ffffff", 0.6), "satin", cap.moved(*place)),
    ]

"""Weights for a training hall's background. Each piece stands at the origin on y = 0, about nine units a metre."""

import numpy as np

from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import (
    bevelled_cylinder,
    lathe,
    rounded_box,
    sphere,
    torus,
    tube,
    tube_along,
)
from photoshoot.placers.studio.scene.batching import Things, painted

_IRON = "#2b2c2f"
_STEEL = "#b9bcc0"


def kettlebell(size: float, accent: str, _rng: np.random.Generator) -> Things:
    """A kettlebell of radius ``size`` with a coloured band round its handle's foot."""
    ball = sphere(size, rings=24, segments=48).scaled(1, 0.94, 1).moved(0, 0.90 * size)
    turn = np.linspace(-0.35, np.pi + 0.35, 28)
    handle = np.stack([0.58 * size * np.cos(turn), 1.98 * size + 0.50 * size * np.sin(turn), 0 * turn], 1)
    band = torus(0.60 * size, 0.06 * size, segments=48, sides=10).turned(90, "x").moved(0, 1.62 * size)
    return [
        painted(_IRON, "eggshell", ball, tube_along(handle, 0.15 * size, sides=14)),
        painted(accent, "eggshell", band),
    ]


def plates(accent: str, rng: np.random.Generator) -> Things:
    """Weight plates that lean against each other on their rims, facing the camera."""
    things: Things = []
    for index, (radius, x) in enumerate(((2.1, 0.0), (1.75, 1.7), (1.4, -1.9))):
        lean = -float(rng.uniform(5, 10))
        z = 0.55 * index
        disc, ring = _plate(radius), torus(0.93 * radius, 0.05, segments=96, sides=8).moved(0, radius, 0.26)
        hub = bevelled_cylinder(0.22 * radius, 0.34, 0.03, segments=48).turned(90, "x").moved(0, radius)
        things += [
            painted(_IRON, "eggshell", disc.turned(lean, "x").moved(x, 0, z)),
            painted(accent, "eggshell", ring.turned(lean, "x").moved(x, 0, z)),
            painted(_STEEL, "eggshell", hub.turned(lean, "x").moved(x, 0, z)),
        ]
    return things


def _plate(radius: float) -> Mesh:
    """A bumper plate on its rim, facing the camera."""
    r = radius
    rim = [(0.66 * r, 0.26), (0.96 * r, 0.26), (r, 0.2), (r, 0.03), (0.96 * r, 0)]
    profile = [(0.0, 0.16), (0.60 * r, 0.16), *rim, (0, 0)]
    return lathe(profile, 72).turned(90, "x").moved(0, r)


def dumbbell_rack(width: float, accent: str, _rng: np.random.Generator) -> Things:
    """Two shelves of dumbbells, seen from their ends."""
    posts = [rounded_box((0.16, 2.6, 0.16), 0.04, steps=1).moved(s * width / 2, 2.6, -0.6) for s in (-1, 1)]
    rails = [
        rounded_box((width / 2, 0.09, 0.10), 0.03, steps=1).turned(-12, "x").moved(0, y, z)
        for y in (1.5, 3.9)
        for z in (-0.5, 0.6)
    ]
    places = [(x, y) for y in (2.17, 4.57) for x in np.arange(-width / 2 + 0.9, width / 2 - 0.5, 1.28)]
    head = bevelled_cylinder(0.52, 0.62, 0.06, segments=20).turned(90, "x")
    heads = [head.moved(x, y, z) for x, y in places for z in (-0.75, 0.55)]
    caps = [torus(0.40, 0.035, segments=24, sides=6).moved(x, y, 1.18) for x, y in places]
    grips = [tube((x, y, -0.75), (x, y, 0.55), 0.13, sides=8) for x, y in places]
    return [
        painted("#1c1d1f", "eggshell", *posts, *rails),
        painted(_IRON, "eggshell", *heads),
        painted(accent, "eggshell", *caps),
        painted(_STEEL, "eggshell", *grips),
    ]

"""What stands on a bathroom counter, out of focus. Each piece stands at the origin on y = 0."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import Style, tint
from photoshoot.placers.studio.geometry.organic import branch
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, rounded_box, tube_along
from photoshoot.placers.studio.scene.batching import Things, painted

PORCELAIN = "#f6f5f2"
STEEL = "#d9d4cb"
_OUTLINES = {
    "cup": ((0.0, 0.1), (0.26, 0.1), (0.28, 0.62), (0.31, 0.62), (0.29, 0.03), (0.26, 0.0), (0.0, 0.0)),
    "basin": ((0.0, 0.16), (0.8, 0.22), (1.22, 0.62), (1.26, 0.74), (1.31, 0.76), (1.34, 0.72), (1.2, 0.36),
              (0.85, 0.02), (0, 0)),
    "vase": ((0.0, 0.7), (0.10, 0.72), (0.13, 0.70), (0.12, 0.56), (0.30, 0.34), (0.32, 0.22), (0.24, 0.03),
             (0.2, 0), (0, 0)),
}  # fmt: skip
"""Outlines for ``lathe``: radius and height of points from the top centre down the outside."""


def towels(style: Style, rng: np.random.Generator) -> Things:
    """A stack of folded towels."""
    colors = (style.accent, PORCELAIN, tint(style.accent, PORCELAIN, 0.55))
    stack: Things = []
    base = 0.0
    for index, color in enumerate(colors):
        thick = 0.17 - 0.01 * index
        folded = rounded_box((0.98 - 0.03 * index, thick, 0.66), 0.9 * thick)
        folded = folded.turned(float(rng.uniform(-4, 4))).moved(float(rng.uniform(-0.03, 0.03)), base + thick)
        stack.append(painted(color, "matte", folded))
        base += 1.96 * thick
    return stack


def bottles(style: Style, rng: np.random.Generator) -> Things:
    """Two amber bottles, one with a pump, and a cup."""
    tall = float(rng.uniform(1.0, 1.2))
    neck, shoulder = [(0.0, tall), (0.12, tall), (0.13, tall - 0.08)], [(0.32, tall - 0.24), (0.34, tall - 0.34)]
    body = lathe([*neck, *shoulder, (0.34, 0.05), (0.3, 0), (0, 0)], 64, crease_deg=60)
    pump = tube_along(
        [(-0.4, tall, 0), (-0.4, tall + 0.30, 0), (-0.36, tall + 0.36, 0), (-0.12, tall + 0.34, 0)], 0.045
    )
    collar = bevelled_cylinder(0.14, 0.10, 0.02, segments=32).moved(-0.4, tall - 0.02)
    cup = lathe(_OUTLINES["cup"], 64)
    return [
        painted("#5a2f12", "semigloss", body.moved(-0.4), body.scaled(0.8, 0.66, 0.8).moved(0.30, 0, -0.25)),
        painted("#1d1b1a", "matte", pump, collar, bevelled_cylinder(0.13, 0.2, 0.02).moved(0.30, 0.64 * tall, -0.25)),
        painted(style.accent, "semigloss", cup.moved(0.75, 0, 0.22)),
    ]


def basin(_style: Style, rng: np.random.Generator) -> Things:
    """A round vessel basin under a tall tap."""
    bowl = lathe(_OUTLINES["basin"], 96, crease_deg=60)
    turn = np.linspace(0, np.pi, 20)
    side = float(rng.choice([-1.0, 1.0]))
    arc = np.stack([side * (1.5 - 0.42 * (1 - np.cos(turn))), 1.55 + 0.42 * np.sin(turn), 0 * turn - 0.25], 1)
    path = np.concatenate([[[side * 1.5, 0.0, -0.25]], arc, [arc[-1] - [0.0, 0.18, 0.0]]])
    return [
        painted(PORCELAIN, "semigloss", bowl),
        painted(STEEL, "metal", tube_along(path, 0.085), bevelled_cylinder(0.17, 0.06, 0.02).moved(*path[0])),
    ]


def sprig(style: Style, rng: np.random.Generator) -> Things:
    """A small vase with a few twigs."""
    vase = lathe(_OUTLINES["vase"], 64, crease_deg=75)
    twigs = [
        branch(1.2, pairs=7, leaf_length=0.26, leaf_width=0.11, seed=int(rng.integers(2**31)), grown=True)
        .turned(90 + float(rng.uniform(-24, 24)), "z")
        .turned(float(rng.uniform(0, 360)))
        .moved(0, 0.6)
        for _ in range(4)
    ]
    return [painted(style.accent, "semigloss", vase), painted("#7d8f6a", "matte", *twigs)]

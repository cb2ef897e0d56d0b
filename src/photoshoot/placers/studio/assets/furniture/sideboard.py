"""The small things on a sideboard."""

from dataclasses import replace

import numpy as np
from scipy import ndimage

from photoshoot.placers.studio.assets.furniture.style import Style, box, tint
from photoshoot.placers.studio.assets.rows import Row, Ware, line_up
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.organic import branch
from photoshoot.placers.studio.geometry.solids import lathe
from photoshoot.placers.studio.scene.batching import Things, painted

_OUTLINE = np.array(
    [(0.0, 0.19), (0.06, 0.24), (0.2, 0.29), (0.36, 0.27), (0.55, 0.16), (0.66, 0.1), (0.78, 0.1), (0.82, 0.11)]
)
"""Height and radius of the vase."""


def still_life(style: Style, view: View, rng: np.random.Generator) -> Things:
    """A vase with a few twigs on one side of the product, a small pile of books on the other."""
    side = float(rng.choice([-1.0, 1.0]))
    row = Row(z=-0.85, side=side, clear=0.3, gaps=(0.0, 0.9), most=1)
    things = line_up(view, row, [Ware(half=0.35, build=vase, of=(style,))], rng)
    return things + line_up(view, replace(row, side=-side), [Ware(half=0.55, build=_pile, of=(style,))], rng)


def vase(style: Style, rng: np.random.Generator) -> Things:
    """A vase with four twigs, about the origin on y = 0."""
    height = np.linspace(0.82, 0.0, 40)
    radius = ndimage.gaussian_filter1d(np.interp(height, *_OUTLINE.T), 1.6, mode="nearest")
    body = lathe([(0.0, 0.79), (radius[0] - 0.03, 0.80), *np.stack([radius, height], 1), (0.0, 0.0)])
    twigs = []
    for _ in range(4):
        twig = branch(
            float(rng.uniform(0.9, 1.3)),
            pairs=7,
            leaf_length=0.22,
            leaf_width=0.10,
            seed=int(rng.integers(2**31)),
            grown=True,
        )
        lean = 90 + float(rng.uniform(-26, 26))
        twigs.append(twig.turned(lean, "z").turned(float(rng.uniform(0, 360))).moved(0, 0.74))
    return [painted(style.accent, "semigloss", body), painted("#7d8f6a", "matte", *twigs)]


def _pile(style: Style, rng: np.random.Generator) -> Things:
    pile: Things = []
    base = 0.0
    for index, color in enumerate((tint(style.accent, "#2c3a4a", 0.6), "#efe6d4", tint(style.accent, "#efe6d4", 0.3))):
        half = (0.52 - 0.05 * index, 0.055, 0.36 - 0.03 * index)
        pile.append(
            painted(color, "matte", box(half, 0.015).turned(float(rng.uniform(-9, 9))).moved(0, base + half[1]))
        )
        base += 2 * half[1]
    return pile

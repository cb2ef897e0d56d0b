"""The small things on a sideboard."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.placers.studio.furniture.style import Style, box
from photoshoot.placers.studio.geometry.organic import branch
from photoshoot.placers.studio.geometry.solids import lathe
from photoshoot.placers.studio.painted import Things, painted
from photoshoot.placers.studio.props import Patch, Thing, find_spots
from photoshoot.placers.studio.view import View

_OUTLINE = np.array(
    [(0.0, 0.19), (0.06, 0.24), (0.2, 0.29), (0.36, 0.27), (0.55, 0.16), (0.66, 0.1), (0.78, 0.1), (0.82, 0.11)]
)
"""Height and radius of the vase."""


def still_life(style: Style, view: View, rng: np.random.Generator) -> Things:
    """A vase with a few twigs and a small pile of books on the sideboard, beside the product where there is room."""
    sizes = [Thing(radius=0.30, height=1.2), Thing(radius=0.55, height=0.36)]
    spots = find_spots(view, sizes, rng, Patch(back=-1.0, front=-0.55, gap=0.35, spread=0.7))
    things: Things = []
    if 0 in spots:
        things += _vase(style, spots[0], rng)
    if 1 in spots:
        things += _pile(spots[1], rng)
    return things


def _vase(style: Style, place: npt.NDArray[np.float64], rng: np.random.Generator) -> Things:
    height = np.linspace(0.82, 0.0, 40)
    radius = ndimage.gaussian_filter1d(np.interp(height, *_OUTLINE.T), 1.6, mode="nearest")
    body = lathe([(0.0, 0.79), (radius[0] - 0.03, 0.80), *np.stack([radius, height], 1), (0.0, 0.0)])
    twigs = []
    for _ in range(4):
        twig = branch(
            float(rng.uniform(0.9, 1.3)), pairs=7, leaf_length=0.22, leaf_width=0.10, seed=int(rng.integers(2**31))
        )
        lean = 90 + float(rng.uniform(-26, 26))
        twigs.append(twig.turned(lean, "z").turned(float(rng.uniform(0, 360))).moved(place[0], 0.74, place[2]))
    return [painted(style.accent, "gloss", body.moved(*place)), painted("#7d8f6a", "matte", *twigs)]


def _pile(place: npt.NDArray[np.float64], rng: np.random.Generator) -> Things:
    pile: Things = []
    base = 0.0
    for index, color in enumerate(("#2f6f73", "#efe6d4", "#b5533a")):
        half = (0.52 - 0.05 * index, 0.055, 0.36 - 0.03 * index)
        book = box(half, 0.015).turned(float(rng.uniform(-9, 9))).moved(place[0], base + half[1], place[2])
        pile.append(painted(color, "matte", book))
        base += 2 * half[1]
    return pile

"""Seats and the small things on a sideboard."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.placers.studio.furniture import Shapes, Spot, Style
from photoshoot.placers.studio.geometry.mesh import merged
from photoshoot.placers.studio.geometry.organic import branch
from photoshoot.placers.studio.geometry.solids import lathe, rounded_box, tube
from photoshoot.placers.studio.materials import diffuse, plastic
from photoshoot.placers.studio.props import Patch, Thing, find_spots
from photoshoot.placers.studio.shapes import to_shape
from photoshoot.placers.studio.view import View


def armchair(spot: Spot, style: Style, rng: np.random.Generator) -> Shapes:
    """A lounge chair: a cushioned back between wooden arms."""
    x, z, turn = spot.x, spot.wall_z + 4.2, float(rng.uniform(-30, 30))
    seat_y = spot.floor_y + 3.4
    back = rounded_box((2.0, 1.9, 0.42), 0.36).turned(-14, "x").moved(0, seat_y + 1.9, -1.2)
    seat = rounded_box((2.0, 0.5, 1.7), 0.34).moved(0, seat_y, 0)
    arms = [rounded_box((0.14, 0.12, 1.9), 0.06).moved(s * 2.35, seat_y + 1.5, 0) for s in (-1, 1)]
    legs = [
        tube((s * 2.35, spot.floor_y, f), (s * 2.35, seat_y + 1.5, f * 0.85), 0.12)
        for s in (-1, 1)
        for f in (-1.5, 1.7)
    ]
    return {
        f"{spot.name}_cushions": to_shape(merged([back, seat]).turned(turn).moved(x, 0, z), bsdf=diffuse(style.accent)),
        f"{spot.name}_wood": to_shape(
            merged([*arms, *legs]).turned(turn).moved(x, 0, z), bsdf=plastic(style.wood, 0.35)
        ),
    }


def sofa(spot: Spot, style: Style, rng: np.random.Generator) -> Shapes:
    """A long, low sofa with two cushions in the accent colour."""
    z, seat_y = spot.wall_z + 4.0, spot.floor_y + 3.2
    backs = [rounded_box((1.75, 1.7, 0.5), 0.34).moved(dx, seat_y + 1.8, -1.1) for dx in (-3.6, 0, 3.6)]
    seat = rounded_box((5.6, 0.6, 1.7), 0.34).moved(0, seat_y, 0)
    pillows = [
        rounded_box((0.95, 0.95, 0.32), 0.28).turned(float(rng.uniform(-14, 14)), "z").moved(dx, seat_y + 1.75, -0.3)
        for dx in (-3.4, 2.9)
    ]
    return {
        f"{spot.name}_sofa": to_shape(merged([*backs, seat]).moved(spot.x, 0, z), bsdf=diffuse("#8d958c")),
        f"{spot.name}_pillows": to_shape(merged(pillows).moved(spot.x, 0, z), bsdf=diffuse(style.accent)),
    }


def still_life(style: Style, view: View, rng: np.random.Generator) -> Shapes:
    """A vase with a few twigs and a small pile of books on the sideboard, beside the product where there is room."""
    things = [Thing(radius=0.30, height=1.2), Thing(radius=0.55, height=0.36)]
    spots = find_spots(view, things, rng, Patch(back=-1.0, front=-0.55, gap=0.35, spread=0.7))
    shapes: Shapes = {}
    if 0 in spots:
        shapes |= _vase(style, spots[0], rng)
    if 1 in spots:
        shapes |= _pile(spots[1], rng)
    return shapes


def _vase(style: Style, place: npt.NDArray[np.float64], rng: np.random.Generator) -> Shapes:
    height = np.linspace(0.82, 0.0, 40)
    outline = np.interp(
        height, [0.0, 0.06, 0.2, 0.36, 0.55, 0.66, 0.78, 0.82], [0.19, 0.24, 0.29, 0.27, 0.16, 0.1, 0.1, 0.11]
    )
    radius = ndimage.gaussian_filter1d(outline, 1.6, mode="nearest")
    body = lathe([(0.0, 0.79), (radius[0] - 0.03, 0.80), *np.stack([radius, height], 1), (0.0, 0.0)])
    twigs = []
    for _ in range(4):
        twig = branch(
            float(rng.uniform(0.9, 1.3)), pairs=7, leaf_length=0.22, leaf_width=0.10, seed=int(rng.integers(2**31))
        )
        lean = 90 + float(rng.uniform(-26, 26))
        twigs.append(twig.turned(lean, "z").turned(float(rng.uniform(0, 360))).moved(place[0], 0.74, place[2]))
    return {
        "vase": to_shape(body.moved(*place), bsdf=plastic(style.accent, 0.12)),
        "twigs": to_shape(merged(twigs), bsdf=diffuse("#7d8f6a")),
    }


def _pile(place: npt.NDArray[np.float64], rng: np.random.Generator) -> Shapes:
    shapes: Shapes = {}
    base = 0.0
    for index, color in enumerate(("#2f6f73", "#efe6d4", "#b5533a")):
        half = (0.52 - 0.05 * index, 0.055, 0.36 - 0.03 * index)
        book = rounded_box(half, 0.015).turned(float(rng.uniform(-9, 9))).moved(place[0], base + half[1], place[2])
        shapes[f"book_{index}"] = to_shape(book, bsdf=diffuse(color))
        base += 2 * half[1]
    return shapes

"""What lies on a dressing table beside the product: a hand mirror, brushes, lipsticks, flacons, powder in its box."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import tint
from photoshoot.placers.studio.assets.props.instancing import Parts, crowd, gather, own, sheen, usual_size
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Thing, fit_spots
from photoshoot.placers.studio.assets.vanity_things import BRASS, INK
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, rounded_box, sphere, torus, tube
from photoshoot.placers.studio.scene.bsdfs import diffuse, metal, plastic

_ORDER = (3, 0, 1, 2, 1, 4, 2, 1, 2)


@lru_cache(maxsize=1)
def _hand_mirror() -> Parts:
    handle = tube((0, 0.06, 0.44), (0, 0.06, 1.0), 0.045, sides=20)
    return [
        ("glass", bevelled_cylinder(0.42, 0.06, 0.01, segments=96).moved(0, 0.01, -0.28)),
        ("brass", torus(0.42, 0.05, segments=96, sides=16).turned(90, "x").moved(0, 0.05, -0.28)),
        ("brass", handle.moved(0, 0, -0.28)),
        ("brass", sphere(0.065, rings=16, segments=32).moved(0, 0.06, 0.73)),
    ]


@lru_cache(maxsize=1)
def _brush() -> Parts:
    return [
        ("ink", tube((0, 0.045, 0.62), (0, 0.06, -0.18), 0.038, sides=20)),
        ("brass", tube((0, 0.06, -0.18), (0, 0.065, -0.36), 0.055, sides=24)),
        ("powder", sphere(1.0, rings=20, segments=40).scaled(0.13, 0.07, 0.26).moved(0, 0.07, -0.5)),
    ]


@lru_cache(maxsize=1)
def _lipstick() -> Parts:
    sleeve = bevelled_cylinder(0.095, 0.4, 0.015, segments=48).turned(90, "x").moved(0, 0.1, 0.0)
    collar = bevelled_cylinder(0.078, 0.16, 0.01, segments=48).turned(90, "x").moved(0, 0.1, -0.15)
    stick = sphere(1.0, rings=20, segments=40).scaled(0.064, 0.064, 0.19).moved(0, 0.1, -0.2)
    return [("ink", sleeve), ("brass", collar), ("rouge", stick)]


@lru_cache(maxsize=1)
def _powder() -> Parts:
    return [
        ("brass", bevelled_cylinder(0.42, 0.13, 0.03, segments=96)),
        ("powder", bevelled_cylinder(0.35, 0.02, 0.01, segments=96).moved(0, 0.125)),
        ("powder", sphere(1.0, rings=20, segments=40).scaled(0.2, 0.1, 0.2).moved(0.12, 0.2, 0.08)),
    ]


@lru_cache(maxsize=1)
def _flacon() -> Parts:
    cap = bevelled_cylinder(0.13, 0.24, 0.02, segments=48).turned(90, "x").moved(0, 0.2, -0.62)
    return [
        ("tint", rounded_box((0.32, 0.19, 0.4), 0.08, steps=4).moved(0, 0.19, 0.12)),
        ("powder", rounded_box((0.17, 0.01, 0.14), 0.008, steps=1).moved(0, 0.385, 0.16)),
        ("brass", bevelled_cylinder(0.1, 0.12, 0.02, segments=48).turned(90, "x").moved(0, 0.2, -0.38)),
        ("ink", cap),
    ]


_KINDS: tuple[tuple[float, float, Callable[[], Parts]], ...] = (
    (0.78, 0.12, _hand_mirror),
    (0.68, 0.14, _brush),
    (0.36, 0.2, _lipstick),
    (0.44, 0.3, _powder),
    (0.58, 0.4, _flacon),
)
"""Radius, height and what builds it."""


def cosmetics(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Each lies any way round; the colour is the flacons', the powder and the lipstick go with it."""
    accent = own(colors, "#d9a5a0")[0]
    kinds = [_ORDER[index % len(_ORDER)] for index in range(crowd(view, 10))]
    patch = Patch(back=-1.2, front=0.8, gap=0.12, spread=0.6)
    scale = usual_size(view)
    things = [Thing(radius=_KINDS[kind][0] * scale, height=_KINDS[kind][1] * scale) for kind in kinds]
    spots, share = fit_spots(view, things, rng, patch)
    scale *= share
    turns = rng.uniform(0, 360, len(kinds))
    parts: Parts = [
        (name, mesh.turned(float(turns[index])).scaled(scale).moved(*(float(part) for part in place)))
        for index, place in spots.items()
        for name, mesh in _KINDS[kinds[index]][2]()
    ]
    coats = {
        "glass": metal("#e4e8ea", 0.04),
        "brass": metal(BRASS, 0.2),
        "ink": plastic(INK, 0.12),
        "tint": sheen(accent, 0.08, 0.08),
        "powder": diffuse(tint(accent, "#f4d9cd", 0.45)),
        "rouge": plastic(tint(accent, "#a8203c", 0.7), 0.25),
    }
    return gather(parts, coats)

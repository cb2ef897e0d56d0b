"""Lamps on strings that hang over what is behind a table."""

import itertools
from typing import Final

import numpy as np

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import sphere, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted

_DEPTHS: Final = (-5.0, -8.5)
_BULB, _UNLIT = np.array([(2.2, 1.4, 0.7)], np.float32), np.array([(0.74, 0.72, 0.66)], np.float32)


def string_lights(view: View, shine: float, rng: np.random.Generator) -> Things:
    """Two strings of lamps that sag in the upper part of what is seen behind a table.

    Args:
        view: The camera.
        shine: How far they are on, from 0, clear glass by day, to 1.
        rng: Chooses how they hang.
    """
    cords: list[Mesh] = []
    bulbs: list[Mesh] = []
    for z in _DEPTHS:
        half, top = view.half_width_at(z) + 1.0, view.top_at(z)
        over = top - view.camera_y
        high, sag = top - float(rng.uniform(0.10, 0.16)) * over, float(rng.uniform(0.08, 0.14)) * over
        x = np.linspace(-half, half, 25)
        y = high - sag * (1 - (x / half) ** 2) + 0.04 * over * np.sign(z + 6.0) * x / half
        points = np.stack([x, y, np.full_like(x, z)], -1)
        cords += [tube(tuple(a), tuple(b), 0.018, sides=6) for a, b in itertools.pairwise(points)]
        bulbs += [sphere(0.11, rings=8, segments=14).moved(*(point - [0, 0.14, 0])) for point in points[1::2]]
    lamps: Things = [Emissive(mesh=merged(bulbs), light=np.tile(_UNLIT + np.float32(shine) * (_BULB - _UNLIT), (2, 1)))]
    return [painted("#1d1e20", "matte", *cords), *lamps]

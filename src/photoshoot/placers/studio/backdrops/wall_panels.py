"""A panelled wall: mouldings in frames over a rail, and others under it, all painted in the wall's colour."""

from typing import Final

import numpy as np

from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene.batching import Things, painted

_WIDE, _BETWEEN, _RAIL_Y = 2.7, 0.55, 0.75
"""Width of a frame, what is between two, and how high over the table the rail is, world units."""
_STRIP, _DEEP = 0.075, 0.07  # half the width of a moulding, and half its depth
_EDGE: Final = 0.02  # how round they are
_LEAST_TALL: Final = 3.2  # of the frames over the rail


def wall_panels(color: str, view: View, z: float, low: float, rng: np.random.Generator) -> Things:
    """The wall at depth ``z``, down to ``low``; where its frames stand varies."""
    reach, top = view.half_width_at(z) + 2.0, max(view.top_at(z) - 0.9, _RAIL_Y + 0.5 + _LEAST_TALL)
    step = _WIDE + _BETWEEN
    middles = np.arange(-reach - float(rng.uniform(0, step)), reach + step, step)
    pieces = [
        _frame(float(x), bottom, high, z)
        for x in middles
        for bottom, high in ((_RAIL_Y + 0.5, top), (low, _RAIL_Y - 0.5))
    ]
    rails = [
        rounded_box((reach + step, half, deep), _EDGE, steps=1).moved(0, y, z + deep)
        for y, half, deep in ((_RAIL_Y, 0.11, 0.12), (_RAIL_Y - 0.13, 0.05, 0.07))
    ]
    return [painted(color, "eggshell", stage_wall(view, z=z, bottom=low), *pieces, *rails)]


def _frame(x: float, bottom: float, top: float, z: float) -> Mesh:
    """Four strips round a field, each of two steps."""
    strips: list[Mesh] = []
    for inset, half, deep in ((0.0, _STRIP, _DEEP), (1.6 * _STRIP, 0.6 * _STRIP, 0.5 * _DEEP)):
        wide, tall, middle = _WIDE / 2 - inset, (top - bottom) / 2 - inset, (top + bottom) / 2
        for side in (-1.0, 1.0):
            strips.append(rounded_box((half, tall, deep), _EDGE, steps=1).moved(x + side * wide, middle, z + deep))
            strips.append(
                rounded_box((wide + half, half, deep), _EDGE, steps=1).moved(x, middle + side * tall, z + deep)
            )
    return merged(strips)

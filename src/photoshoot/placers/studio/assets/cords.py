"""Two cords or threads that hold what hangs and is no garment: over a bar, or over a peg in a wall."""

from typing import Final

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.hanger import HANGER_Z, WOOD, hook_height, peg
from photoshoot.placers.studio.camera import Cords
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import tube_along
from photoshoot.placers.studio.scene.bsdfs import Entry, diffuse, plastic
from photoshoot.placers.studio.scene.shapes import to_shape

_LINEN: Final = "#cbbd9f"
_NYLON: Final = "#c9ccce"
_RADIUS, _THREAD = 0.0075, 0.0024  # of a cord and of a thread, world units
_END_Z = -0.03  # behind the product's front, in its body
_ROUND = 9  # points over a bar


def cords_over_bar(cords: Cords, line: Float64Array, thick: npt.ArrayLike) -> dict[str, object]:
    """Two upright cords, laid over a bar, as shapes.

    Args:
        cords: Where they end.
        line: (n, 3), the bar's middle from left to right.
        thick: (n,) or one, its radius.
    """
    angle, radii = np.linspace(0, np.pi, _ROUND), np.broadcast_to(thick, len(line))
    strands: list[Mesh] = []
    for x, y in (cords.left, cords.right):
        middle, z, radius = (np.interp(x, line[:, 0], values) for values in (line[:, 1], line[:, 2], radii))
        wound = radius + _radius(cords)
        over = np.stack([np.full(_ROUND, x), middle + wound * np.sin(angle), z + wound * np.cos(angle)], 1)
        path = np.concatenate([[[x, y, _END_Z]], over])  # it ends behind the bar: what comes down there looked broken
        strands.append(tube_along(path, _radius(cords), sides=8))
    return {"cords": to_shape(merged(strands), bsdf=_bsdf(cords))}


def cord_over_peg(cords: Cords) -> dict[str, object]:
    """One cord from side to side over a peg in the wall, and the peg, as shapes."""
    stick = peg(cords.hanger)
    x, top, radius = cords.hanger.x, hook_height(cords.hanger), 0.055 * cords.hanger.half_width
    angle = np.linspace(0.8 * np.pi, 0.2 * np.pi, _ROUND)
    y = top - radius - 0.01 * cords.hanger.half_width
    wound = radius + _radius(cords)
    over = np.stack([x + wound * np.cos(angle), y + wound * np.sin(angle), np.full(_ROUND, HANGER_Z)], 1)
    path = np.array([[*cords.left, _END_Z], *over, [*cords.right, _END_Z]])
    return {
        "cords": to_shape(tube_along(path, _radius(cords), sides=8), bsdf=_bsdf(cords)),
        "wood": to_shape(stick, bsdf=plastic(WOOD, 0.3)),
    }


def _radius(cords: Cords) -> float:
    return _THREAD if cords.threads else _RADIUS


def _bsdf(cords: Cords) -> Entry:
    return plastic(_NYLON, 0.2) if cords.threads else diffuse(_LINEN)

"""What hangs in a set with a floor hangs on: a clothes stand, a rail across the picture, a bough on ropes."""

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.cords import cords_over_bar
from photoshoot.placers.studio.assets.hanger import (
    HANGER_Z,
    brass,
    hook_height,
    metal_hook,
    rail,
    rail_radius,
    wooden_hanger,
)
from photoshoot.placers.studio.camera import Shoulders, View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import sphere, tube, tube_along
from photoshoot.placers.studio.scene.bsdfs import brushed, diffuse, plastic
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.settings import Stance

Holder = Literal["stand", "rail", "branch", "wall"]

_WOOD: Final = "#b98a5a"
_STEEL: Final = "#c9c9c7"
_DRIFTWOOD: Final = "#a89684"
_ROPE: Final = "#c8b48f"
_BOUGH = 0.13  # radius of a bough in its middle, of an arm
_PIPE = 0.028  # radius of a stand's pipes, world units
_FOOT = 0.55  # half length of its feet, which run to the front and the back
_BESIDE = 0.3  # from the garment to a stand's legs


def hold_up(view: View, holder: Holder) -> dict[str, object]:
    """What holds what hangs in a set with a floor, as shapes: a garment on a hanger, all else on cords.

    Nothing for what stands, and in sets that turn into a wall.
    """
    shoulders, cords = view.shoulders, view.cords
    if view.stance is not Stance.HANGING or not view.has_floor or holder == "wall":
        return {}
    if cords is not None:
        return {**_frame(cords.hanger, view, holder), **cords_over_bar(cords, *_bar(cords.hanger, view, holder))}
    if shoulders is None:
        return {}
    wire = metal_hook(shoulders, 62)
    hook = to_shape(wire, bsdf=brushed(_STEEL, 0.2)) if holder == "branch" else brass(wire)
    hanger = to_shape(wooden_hanger(shoulders), bsdf=plastic(_WOOD, 0.3))
    return {"hanger": hanger, **_frame(shoulders, view, holder), "hook": hook}


def _frame(shoulders: Shoulders, view: View, holder: Holder) -> dict[str, object]:
    """The stand, the rail, or the bough with its ropes, as shapes; its top is at ``hook_height``."""
    if holder == "branch":
        bough, ropes = _bough(shoulders, view)
        return {"bough": to_shape(bough, bsdf=diffuse(_DRIFTWOOD)), "ropes": to_shape(ropes, bsdf=diffuse(_ROPE))}
    frame = rail(shoulders, view) if holder == "rail" else _stand(shoulders, view)
    return {"stand": brass(frame)}


def _bar(shoulders: Shoulders, view: View, holder: Holder) -> tuple[Float64Array, npt.ArrayLike]:
    """What of a frame things hang over: its middle (n, 3) from left to right, and its radius."""
    if holder == "branch":
        return _bough_line(shoulders, view)
    radius = rail_radius(shoulders) if holder == "rail" else _PIPE
    ends = [(x, hook_height(shoulders) - radius, HANGER_Z) for x in (-view.half_width, view.half_width)]
    return np.array(ends), radius


def _stand(shoulders: Shoulders, view: View) -> Mesh:
    """A bar on two legs with feet, wider than the garment where the picture has room for it."""
    y = hook_height(shoulders) - _PIPE
    reach = min(view.product_half_width + _BESIDE, max(view.half_width - 0.12, 0.7 * view.half_width))
    pipes = [tube((-reach, y, 0), (reach, y, 0), _PIPE)]
    for side in (-1.0, 1.0):
        x = side * reach
        pipes += [
            tube((x, 0.02, 0), (x, y, 0), _PIPE),
            sphere(1.3 * _PIPE, rings=12, segments=24).moved(x, y),
            tube((x, _PIPE, -_FOOT), (x, _PIPE, _FOOT), _PIPE),
        ]
    return merged(pipes).moved(shoulders.x, 0.0, HANGER_Z)


def _bough(shoulders: Shoulders, view: View) -> tuple[Mesh, Mesh]:
    """A crooked piece of driftwood, and the two ropes that it hangs on from over the picture."""
    line, thick = _bough_line(shoulders, view)
    ropes: list[Mesh] = []
    for at in (4, 36):  # of its 41 points: inside the wood
        foot, inward = line[at], 0.08 * (line[20, 0] - line[at, 0])
        ropes.append(tube(foot, (foot[0] + inward, view.top + 1.0, foot[2]), 0.016, sides=8))
    return tube_along(line, thick, sides=14), merged(ropes)


def _bough_reach(view: View) -> float:
    return min(view.product_half_width + 0.45, view.half_width + 0.3)


def _bough_line(shoulders: Shoulders, view: View) -> tuple[Float64Array, Float64Array]:
    """Its middle (41, 3) from left to right, and its radius (41,)."""
    rng, along = np.random.default_rng(5), np.linspace(-1, 1, 41)
    thick = _BOUGH * shoulders.half_width * (0.7 + 0.3 * np.cos(1.3 * along)) * (1 + 0.06 * rng.standard_normal(41))
    crooked = 0.05 * np.sin(2.3 * along + 0.6) + 0.02 * np.sin(7.1 * along)
    path = np.stack([along * _bough_reach(view), crooked - crooked[20] - thick[20], 0.03 * np.sin(4.0 * along)], 1)
    return path + np.array([shoulders.x, hook_height(shoulders), HANGER_Z]), thick

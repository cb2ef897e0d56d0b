"""What a hanger hangs on in a set with a floor: a clothes stand, a rail across the picture, a bough on ropes."""

from typing import Final, Literal

import numpy as np

from photoshoot.placers.studio.assets.hanger import HANGER_Z, hook_height, metal_hook, rail, wooden_hanger
from photoshoot.placers.studio.camera import Shoulders, View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import sphere, tube, tube_along
from photoshoot.placers.studio.scene.bsdfs import diffuse, metal, plastic
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.settings import Stance

Holder = Literal["stand", "rail", "branch", "wall"]

_WOOD: Final = "#b98a5a"
_STEEL: Final = "#c9c9c7"
_BRASS: Final = "#c9a468"
_DRIFTWOOD: Final = "#a89684"
_ROPE: Final = "#c8b48f"
_PIPE = 0.028  # radius of a stand's pipes, world units
_FOOT = 0.55  # half length of its feet, which run to the front and the back
_BESIDE = 0.3  # from the garment to a stand's legs


def hold_up(view: View, holder: Holder) -> dict[str, object]:
    """What holds a hanging garment in a set with a floor, as shapes; nothing for all else, which floats."""
    shoulders = view.shoulders
    if shoulders is None or view.stance is not Stance.HANGING or not view.has_floor or holder == "wall":
        return {}
    hook = metal_hook(shoulders, 62)
    shapes: dict[str, object] = {"hanger": to_shape(wooden_hanger(shoulders), bsdf=plastic(_WOOD, 0.3))}
    if holder == "branch":
        bough, ropes = _bough(shoulders, view)
        shapes |= {"bough": to_shape(bough, bsdf=diffuse(_DRIFTWOOD)), "ropes": to_shape(ropes, bsdf=diffuse(_ROPE))}
        return {**shapes, "hook": to_shape(hook, bsdf=metal(_STEEL, 0.2))}
    frame = rail(shoulders, view) if holder == "rail" else _stand(shoulders, view)
    return {**shapes, "stand": to_shape(merged([frame, hook]), bsdf=metal(_BRASS, 0.22))}


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
    rng = np.random.default_rng(5)
    reach = min(view.product_half_width + 0.45, view.half_width + 0.3)
    along = np.linspace(-1, 1, 41)
    thick = 0.13 * shoulders.half_width * (0.7 + 0.3 * np.cos(1.3 * along)) * (1 + 0.06 * rng.standard_normal(41))
    crooked = 0.05 * np.sin(2.3 * along + 0.6) + 0.02 * np.sin(7.1 * along)
    path = np.stack([along * reach, crooked - crooked[20], 0.03 * np.sin(4.0 * along)], 1)
    bough = tube_along(path, thick, sides=14).moved(0, -float(thick[20]))
    top = view.top + 1.0 - hook_height(shoulders)
    ropes = merged(
        [tube((0.82 * side * reach, -0.05, 0), (0.74 * side * reach, top, 0), 0.016, sides=8) for side in (-1, 1)]
    )
    place = (shoulders.x, hook_height(shoulders), HANGER_Z)
    return bough.moved(*place), ropes.moved(*place)

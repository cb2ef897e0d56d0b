"""What products hang on in sets with a floor: a clothes stand, a rail across the picture, a bough on ropes."""

from dataclasses import replace
from functools import lru_cache
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.cords import cords_over_bar
from photoshoot.placers.studio.assets.hanger import (
    HANGER_Z,
    STEEL,
    WOOD,
    hook_height,
    metal_hook,
    pipes,
    rail,
    rail_radius,
    wooden_hanger,
)
from photoshoot.placers.studio.camera import Shoulders, View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import sphere, tube, tube_along
from photoshoot.placers.studio.scene.bsdfs import bitmap, brushed, diffuse, plastic
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.procedural import noise, smoothstep
from photoshoot.settings import Stance

Holder = Literal["stand", "rail", "branch", "wall"]

_DRIFTWOOD: Final = "#a89684"
_ROPE: Final = "#c8b48f"
_STRAND, _LAY = 0.0085, 0.075  # radius of a rope's strands, and how far it goes while one winds round once
_BOUGH = 0.13  # radius of a bough in its middle, of an arm
_PIPE = 0.022  # radius of a stand's pipes, world units
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
    hook = to_shape(wire, bsdf=brushed(STEEL, 0.2)) if holder == "branch" else pipes(wire)
    hanger = to_shape(wooden_hanger(shoulders), bsdf=plastic(WOOD, 0.3))
    return {"hanger": hanger, **_frame(shoulders, view, holder), "hook": hook}


def off_stand(view: View, holder: Holder) -> View:
    """The view, in which nothing is put where the legs and feet of a stand are."""
    held = view.shoulders if view.cords is None else view.cords.hanger
    if view.stance is not Stance.HANGING or not view.has_floor or holder != "stand" or held is None:
        return view
    reach = _stand_reach(view)
    spots = [(held.x + x, HANGER_Z + z) for x in (-reach, reach) for z in np.linspace(-_FOOT, _FOOT, 7).tolist()]
    return replace(view, taken=(*view.taken, *((x, z, 2 * _PIPE) for x, z in spots)))


def _frame(shoulders: Shoulders, view: View, holder: Holder) -> dict[str, object]:
    """The stand, the rail, or the bough with its ropes, as shapes; its top is at ``hook_height``.

    No stand whose bar is over the picture: its legs alone are posts that carry nothing.
    """
    if holder == "branch":
        bough, ropes = _bough(shoulders, view)
        wood = diffuse(bitmap(driftwood(), clamp=False))
        return {"bough": to_shape(bough, bsdf=wood), "ropes": to_shape(ropes, bsdf=diffuse(_ROPE))}
    if holder == "stand" and hook_height(shoulders) - 2 * _PIPE > view.top_at(HANGER_Z):
        return {}
    frame = rail(shoulders, view) if holder == "rail" else _stand(shoulders, view)
    return {"stand": pipes(frame)}


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
    reach = _stand_reach(view)
    pipes = [tube((-reach, y, 0), (reach, y, 0), _PIPE)]
    for side in (-1.0, 1.0):
        x = side * reach
        pipes += [
            tube((x, 0.02, 0), (x, y, 0), _PIPE),
            sphere(1.3 * _PIPE, rings=12, segments=24).moved(x, y),
            tube((x, _PIPE, -_FOOT), (x, _PIPE, _FOOT), _PIPE),
        ]
    return merged(pipes).moved(shoulders.x, 0.0, HANGER_Z)


def _stand_reach(view: View) -> float:
    """From its middle to its legs."""
    return min(view.product_half_width + _BESIDE, max(view.half_width - 0.12, 0.7 * view.half_width))


def _bough(shoulders: Shoulders, view: View) -> tuple[Mesh, Mesh]:
    """A crooked piece of driftwood, and the two ropes that it hangs on from over the picture."""
    line, thick = _bough_line(shoulders, view)
    ropes: list[Mesh] = []
    for at in (4, 36):  # of its 41 points: inside the wood
        foot, inward = line[at], 0.08 * (line[20, 0] - line[at, 0])
        ropes.append(_rope(foot, np.array([foot[0] + inward, view.top + 1.0, foot[2]])))
    return tube_along(line, thick, sides=24), merged(ropes)


def _rope(start: Float64Array, end: Float64Array) -> Mesh:
    """Three strands that wind about each other from ``start`` to ``end``, both (3,)."""
    turns = float(np.linalg.norm(end - start)) / _LAY
    along = np.linspace(0, 1, max(2, round(10 * turns)))
    strands: list[Mesh] = []
    for first in np.arange(3) * 2 * np.pi / 3:
        angle = first + 2 * np.pi * turns * along
        wound = _STRAND * np.stack([np.cos(angle), 0 * angle, np.sin(angle)], 1)
        strands.append(tube_along(start + along[:, None] * (end - start) + wound, _STRAND, sides=6))
    return merged(strands)


@lru_cache(maxsize=1)
def driftwood() -> Float32Array:
    """A weathered bough's albedo (512, 256, 3), linear: its grain and cracks run along the rows' way; it tiles."""
    shape = (512, 256)
    grain = noise(shape, seed=3, exponent=1.0, lowest=3, stretch=(1, 10))
    stains = noise(shape, seed=5, exponent=2.4, stretch=(1, 3))
    cracks = smoothstep(1.5, 2.3, noise(shape, seed=4, exponent=1.3, lowest=5, stretch=(1, 16)))
    tone = (1 + 0.16 * grain + 0.10 * stains) * (1 - 0.65 * cracks)
    return np.asarray(np.clip(tone[..., None] * hex_to_linear(_DRIFTWOOD), 0.02, 0.9), np.float32)


def _bough_reach(view: View) -> float:
    return min(view.product_half_width + 0.45, view.half_width + 0.3)


def _bough_line(shoulders: Shoulders, view: View) -> tuple[Float64Array, Float64Array]:
    """Its middle (41, 3) from left to right, and its radius (41,)."""
    rng, along = np.random.default_rng(5), np.linspace(-1, 1, 41)
    thick = _BOUGH * shoulders.half_width * (0.7 + 0.3 * np.cos(1.3 * along)) * (1 + 0.06 * rng.standard_normal(41))
    crooked = 0.05 * np.sin(2.3 * along + 0.6) + 0.02 * np.sin(7.1 * along)
    path = np.stack([along * _bough_reach(view), crooked - crooked[20] - thick[20], 0.03 * np.sin(4.0 * along)], 1)
    return path + np.array([shoulders.x, hook_height(shoulders), HANGER_Z]), thick

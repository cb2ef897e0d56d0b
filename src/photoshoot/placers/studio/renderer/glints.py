"""Glints: film pixels whose light is thin and bright, on round bare metal and at rims of lamps."""

import numpy as np

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.pixels.bands import brightest, grown, in_planes
from photoshoot.placers.studio.renderer.aov import Aovs

_GLANCING, _SHINES = (0.03, 0.07), 0.05  # albedo of bare metal, as it is told from the side; share of lamps, at most
_ROUND = 0.03  # turn of normals in a pixel, from here on metal is round
_PART, _BESIDE_LAMP_PX = 0.02, 15  # share of a lamp that is neither none nor all of a pixel; how near, film pixels


def find_glints(aovs: Aovs) -> BoolArray:
    """Film pixels (h, w) that show round bare metal: rails, frames, wires.

    All its light is glints, no albedo tells a denoiser how they run, and its rims pass for edges, where noise is not
    measured.
    """
    lamp = np.zeros_like(aovs.distance) if aovs.lamp is None else aovs.lamp
    albedo = brightest(aovs.albedo)
    metal = (albedo > _GLANCING[0]) & (albedo < _GLANCING[1]) & (lamp < _SHINES)
    if not metal.any():
        return np.asarray(metal)

    def turn(normal: Float32Array) -> Float32Array:
        down, right = np.gradient(normal)
        return np.asarray(np.maximum(np.abs(down), np.abs(right)), np.float32)

    return np.asarray(metal & (brightest(in_planes(turn, aovs.normals)) > _ROUND))


def find_lamp_rims(aovs: Aovs) -> BoolArray:
    """Film pixels (h, w) that a lamp fills in part: rims of windows and of what stands before them.

    By chance a path of theirs ends at the lamp, times as bright, or on its frame; out of focus the rim of few paths is
    one that a trembling hand drew. Where a lens is sharp such pixels are few. The sky's, which is far away, are none.
    """
    if aovs.lamp is None:
        return np.zeros(aovs.distance.shape, np.bool_)
    whole = (aovs.lamp > 1 - _PART) & (aovs.distance > 0)
    near = grown(np.asarray(whole), _BESIDE_LAMP_PX)
    return np.asarray(near & (aovs.lamp > _PART) & (aovs.lamp < 1 - _PART))

"""A sheet of brushed metal, seen from above: streaks, and the broad bands of light that it shows of large lamps."""

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.backdrops.table_tops import MIRRORED, brushed_metal
from photoshoot.placers.studio.lighting.mirrored import STUDIO_FILL, mirrored_over
from photoshoot.placers.studio.scene.bsdfs import Tiling
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying

_STREAKS, _ASLANT_DEG = 0.7, (4.0, 24.0)  # repeats of metal's streaks a world unit, and how far they lie aslant
_DIM = 0.3  # times what it mirrors beside a spotlight
_SCATTERED, _ROUGH = 0.6, 0.36  # share of light that metal scatters which is seen straight on, and its Beckmann alpha
_SHEEN, _SHEEN_AT, _SHEEN_WIDE = (0.04, 0.62), (-0.34, 0.38), (0.22, 0.12)
"""Least and most of what metal mirrors, display-linear; where its bands of light lie and how wide they are, heights."""


def metal_sheet(lying: Lying) -> dict[str, object]:
    """Brushed metal with broad bands of light across its streaks."""
    rng = lying.rng
    turn = float(rng.uniform(*_ASLANT_DEG))
    color = hex_to_linear(lying.design.colors[0])
    coat = brushed_metal(color, Tiling.drawn(_STREAKS, rng, turn), _SCATTERED, _ROUGH)
    x, z = lying.points(4)
    sheet = lying.surface(x, np.zeros_like(x), z, np.stack([x, z], -1))
    reflectance = (1 - _SCATTERED) * float(color.mean() ** MIRRORED)
    dim = np.float32(_DIM if lying.light.gobo == "spot" else 1.0)

    def draw(aspect: float) -> Float32Array:
        return _sheen(aspect, turn, float(rng.choice([-1.0, 1.0]))) * dim

    light = mirrored_over(draw, reflectance, lying.view, lying.light, lying.exposure, STUDIO_FILL)
    return {"surface": to_shape(sheet, bsdf=coat), **light}


def _sheen(aspect: float, turn_deg: float, side: float) -> Float32Array:
    """What brushed metal shows of two large lamps, (240, W, 3): bands across its streaks, without edges."""
    y, x = np.mgrid[:240, : int(np.clip(240 * aspect, 64, 1440))].astype(np.float32) / 240
    turn = np.radians(turn_deg)
    across = side * ((x - 0.5 * aspect) * np.cos(turn) + (y - 0.5) * np.sin(turn))
    bands = sum(np.exp(-(((across - at) / wide) ** 2)) for at, wide in zip(_SHEEN_AT, _SHEEN_WIDE, strict=True))
    least, most = _SHEEN
    return np.repeat((least + (most - least) * np.clip(bands, 0, 1))[..., None], 3, -1).astype(np.float32)

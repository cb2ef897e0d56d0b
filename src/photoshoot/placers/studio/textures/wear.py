"""What a thing of one colour looks like from near: how much paler or darker it is from place to place.

Tones are factors on an albedo, float32 (PATCH_PX, PATCH_PX), 1 on average, periodic. They are faint, as on a set that
was painted by hand and used before: nobody sees them, but everybody sees that they are missing.
"""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.textures.procedural import noise, smoothstep

PATCH_PX = 128
"""Side of a patch."""
_CLOUDS, _STIPPLE, _SCUFF, _SPECK = 0.024, 0.012, 0.06, 0.05
_RINGS, _FIBRE, _PORE, _BROAD = 0.085, 0.05, 0.14, 0.05


@lru_cache(maxsize=1)
def painted_tone() -> Float32Array:
    """Paint that a roller left: uneven, stippled, a few scuffs and specks of dust."""
    shape = (PATCH_PX, PATCH_PX)
    clouds, stipple = noise(shape, seed=1, exponent=2.1), noise(shape, seed=2, exponent=0.8, lowest=12)
    scuffs = smoothstep(2.0, 3.0, noise(shape, seed=3, exponent=1.4, lowest=4, stretch=(1.0, 4.0)))
    dust = smoothstep(2.9, 3.6, noise(shape, seed=4, exponent=0.4, lowest=24))
    return _tone(1 + _CLOUDS * clouds + _STIPPLE * stipple - _SCUFF * scuffs + _SPECK * dust)


@lru_cache(maxsize=1)
def wooden_tone() -> Float32Array:
    """Planed wood, its grain along the columns (v): rings, fibres and pores, in bands of tone."""
    shape = (PATCH_PX, PATCH_PX)
    warp = noise(shape, seed=11, exponent=3.0, stretch=(1 / 6, 1.0))
    across = np.arange(PATCH_PX, dtype=np.float32)[None] / PATCH_PX
    phase = (9 * across + 0.7 * warp) % 1
    rings = phase**2 * (1 - smoothstep(0.85, 1.0, phase))
    fibre = noise(shape, seed=12, exponent=1.0, stretch=(1 / 14, 1.0), lowest=2)
    pores = smoothstep(1.4, 2.4, noise(shape, seed=13, exponent=0.8, stretch=(1 / 18, 1.0), lowest=4))
    broad = noise(shape, seed=14, exponent=3.0, stretch=(1 / 8, 1.0))
    return _tone(1 - 3 * _RINGS * rings + _FIBRE * fibre - _PORE * pores + _BROAD * broad)


def _tone(factor: Float32Array) -> Float32Array:
    tone = np.asarray(factor / factor.mean(), np.float32)
    tone.setflags(write=False)
    return tone

"""Knitted wool: columns of stitches, each a V of two strands. As ``procedural``: periodic, of the asked mean colour."""

from typing import Final

import numpy as np
from scipy import ndimage

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.procedural import SIZE_PX, Texture, noise, smoothstep

_SHAPE: Final = (SIZE_PX, SIZE_PX)
_WALES, _COURSES = 12, 16
"""Columns and rows of stitches a side: of thick yarn, 2.5 cm wide."""
_SLOPE: Final = 0.85  # rows that a strand rises from a column's middle to its edge
_PLIES, _TWIST = 3.0, 1.5
"""Of its yarn: plies that are seen across a strand, and how far they turn along it."""
_STRAY: Final = 0.035  # how far stitches are out of line, of their width
_HOLLOW: Final = 0.34  # of its light, what falls between strands


@SHELF.keep
def knit(color: str, seed: int) -> Texture:
    """Stockinette of plied yarn: pairs of strands that lean to each other, deep hollows between, fuzz on top."""
    stray = _STRAY * np.stack([noise(_SHAPE, seed=seed + k, exponent=3.2) for k in (1, 2)])
    y, x = (np.indices(_SHAPE, np.float32) + 0.5) / SIZE_PX
    y, x = y * _COURSES + stray[0], x * _WALES + stray[1]
    aside = np.abs(2 * (x % 1) - 1)  # 0 in a column's middle, 1 at its edge
    strand = (y - _SLOPE * aside) % 1
    body = np.sqrt(np.clip(1 - (2 * strand - 1) ** 2, 0, 1)) * np.sqrt(np.clip(np.sin(np.pi * aside), 0, 1))
    way = np.where(x % 1 < 0.5, 1.0, -1.0)
    plies = 0.5 + 0.5 * np.cos(2 * np.pi * (_PLIES * strand + way * _TWIST * aside))
    fuzz = noise(_SHAPE, seed=seed + 3, exponent=0.9, lowest=60)
    worn = noise(_SHAPE, seed=seed + 4, exponent=2.6)
    light = _HOLLOW + (1 - _HOLLOW) * smoothstep(0.0, 0.85, body)
    tone = light * (0.9 + 0.1 * plies) * (1 + 0.05 * fuzz + 0.03 * worn)
    albedo = hex_to_linear(color) * (tone / tone.mean())[..., None]
    height = ndimage.gaussian_filter((1.5 * body + 0.16 * plies + 0.06 * fuzz).astype(np.float32), 1.5, mode="wrap")
    return Texture(
        color=np.clip(albedo, 0, 0.95).astype(np.float32), height=np.asarray(height - height.mean(), np.float32)
    )

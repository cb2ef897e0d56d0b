"""A piece of a material that is larger than its texture, in which nothing comes again at regular places.

Blocks of the texture, each from another place of it and turned over by chance, overlap and melt into each other; where
two do, their contrast is kept, so that no seam is paler. What results is periodic, too, at ``LARGER`` times the size.
Source: the blending that keeps contrast is that of Heitz and Neyret, High-Performance By-Example Noise (2018).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.procedural import SIZE_PX, Texture

LARGER: Final = 1.5
"""Side of what ``broad_texture`` gives, in sides of the texture."""
_BLOCKS: Final = 3  # a side
_STEP: Final = int(LARGER * SIZE_PX) // _BLOCKS
_OVERLAP: Final = 160  # px
_WOVEN_PX: Final = SIZE_PX // 4  # of a weave's texture a quarter holds a whole number of pairs of threads


_REPEATING: Final = frozenset({"marble", "stone", "linen"})
"""Materials without joints, of which one sees that they come again."""


def laid_texture(surface: Surface, seed: int, repeats: float) -> tuple[Texture, float]:
    """A surface's texture, and how often it comes a unit where a side of ``surface_texture`` does ``repeats`` times."""
    if surface.material in _REPEATING:
        return broad_texture(surface, seed), repeats / LARGER
    return surface_texture(surface, seed), repeats


@SHELF.keep
def broad_texture(surface: Surface, seed: int) -> Texture:
    """A piece of marble, stone or linen ``LARGER`` times as long and as wide as ``surface_texture``'s.

    Args:
        surface: The material.
        seed: Chooses the texture, and where its blocks are from.
    """
    texture = surface_texture(surface, seed)
    rng = np.random.default_rng([seed, 53])
    woven = surface.material == "linen"
    blocks = [_Block.drawn(rng, woven=woven) for _ in range(_BLOCKS**2)]
    flat = not texture.height.any()
    kept = 1.0 if woven else 0.5  # threads lie upon threads and so keep their contrast by themselves
    return Texture(
        color=np.clip(_melted(texture.color, blocks, kept), 0, 1),
        height=np.zeros((2, 2), np.float32)
        if flat
        else _melted(texture.height[..., None], blocks, kept)[..., 0].copy(),
    )


@dataclass(frozen=True, kw_only=True)
class _Block:
    """Where a block is cut from a texture, px, and whether it is turned over, down and across."""

    row: int
    column: int
    over: tuple[bool, bool]

    @classmethod
    def drawn(cls, rng: np.random.Generator, *, woven: bool) -> "_Block":
        """Any block; threads of woven ones meet those of their neighbours."""
        row, column, down, across = rng.integers([SIZE_PX, SIZE_PX, 2, 2])
        if woven:
            return cls(
                row=int(row) // _WOVEN_PX * _WOVEN_PX, column=int(column) // _WOVEN_PX * _WOVEN_PX, over=(False, False)
            )
        return cls(row=int(row), column=int(column), over=(bool(down), bool(across)))

    def cut(self, image: Float32Array, first: tuple[int, int]) -> Float32Array:
        """It, of a periodic image (H, W, C), for a place whose first row and column are ``first``."""
        size = _STEP + _OVERLAP
        rows, columns = (np.arange(size) + start for start in first)
        rows, columns = (rows + self.row) % SIZE_PX, (columns + self.column) % SIZE_PX
        return image[rows[:: -1 if self.over[0] else 1]][:, columns[:: -1 if self.over[1] else 1]]


def _melted(image: Float32Array, blocks: list[_Block], power: float) -> Float32Array:
    """The blocks, laid out; ``power`` is that of a share by which its contrast counts where two overlap."""
    side = _BLOCKS * _STEP
    mean = image.mean((0, 1))
    away = np.asarray(image - mean, np.float32)
    ramp = np.sin(0.5 * np.pi * (np.arange(_OVERLAP, dtype=np.float32) + 0.5) / _OVERLAP) ** np.float32(2 * power)
    weight = np.ones(_STEP + _OVERLAP, np.float32)
    weight[:_OVERLAP], weight[-_OVERLAP:] = ramp, ramp[::-1]
    share = (weight[:, None] * weight)[..., None]
    laid = np.zeros((side + _OVERLAP, side + _OVERLAP, image.shape[2]), np.float32)
    for number, block in enumerate(blocks):
        row, column = (_STEP * place for place in divmod(number, _BLOCKS))
        there = np.s_[row : row + _STEP + _OVERLAP, column : column + _STEP + _OVERLAP]
        laid[there] += share * block.cut(away, (row, column))
    laid[:_OVERLAP] += laid[side:]
    laid[:, :_OVERLAP] += laid[:, side:]
    return np.asarray(laid[:side, :side] + mean, np.float32)

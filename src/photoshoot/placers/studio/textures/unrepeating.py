"""A piece of a material that is larger than its texture, in which nothing comes again at regular places.

Blocks of the texture, each from another place of it and turned over by chance, overlap and melt into each other; where
two do, their contrast is kept, so that no seam is paler. What results is periodic, too, at ``LARGER`` times the size.
Source: the blending that keeps contrast is that of Heitz and Neyret, High-Performance By-Example Noise (2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.pixels.bands import two_at_once
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.procedural import Texture

LARGER: Final = 1.5
"""Side of what ``broad_texture`` gives, in sides of the texture."""
_BLOCKS: Final = 3  # a side
_OVERLAP: Final = 0.31  # of a block without it
_WOVEN: Final = 4  # a weave's texture holds a whole number of pairs of threads in so many parts of it

_REPEATING: Final = frozenset({"marble", "stone", "linen"})
"""Materials without joints, of which one sees that they come again."""


def laid_texture(surface: Surface, seed: int, repeats: float) -> tuple[Texture, float]:
    """A surface's texture, and how often it comes a unit where a side of ``surface_texture`` does ``repeats`` times."""
    if surface.patterned:
        return surface_texture(surface, seed), surface.repeats
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
    blocks = [_Block.drawn(rng, len(texture.color), woven=woven) for _ in range(_BLOCKS**2)]
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
    def drawn(cls, rng: np.random.Generator, side: int, *, woven: bool) -> _Block:
        """Any block of a texture of ``side`` px; threads of woven ones meet those of their neighbours."""
        row, column, down, across = (int(number) for number in rng.integers([side, side, 2, 2]))
        if woven:
            part = side // _WOVEN
            return cls(row=row // part * part, column=column // part * part, over=(False, False))
        return cls(row=row, column=column, over=(bool(down), bool(across)))

    def cut(self, image: Float32Array, first: tuple[int, int], side: int, size: int) -> Float32Array:
        """It, ``size`` px a side, for a place from row and column ``first`` on.

        Args:
            image: It comes again every ``side`` px, and (side + size, side + size) of it are here.
            first: Row and column of the place.
            side: Of the texture, px.
            size: Of the block, px.
        """
        row, column = (first[0] + self.row) % side, (first[1] + self.column) % side
        piece = image[row : row + size, column : column + size]
        return piece[:: -1 if self.over[0] else 1, :: -1 if self.over[1] else 1]


def _melted(image: Float32Array, blocks: Sequence[_Block], power: float) -> Float32Array:
    """The blocks, laid out; ``power`` is that of a share by which its contrast counts where two overlap."""
    step = int(LARGER * len(image)) // _BLOCKS
    over, side = round(_OVERLAP * step), _BLOCKS * step
    mean, size = image.mean((0, 1)), step + over
    ramp = np.sin(0.5 * np.pi * (np.arange(over, dtype=np.float32) + 0.5) / over) ** np.float32(2 * power)
    weight = np.ones(size, np.float32)
    weight[:over], weight[-over:] = ramp, ramp[::-1]
    share = weight[:, None] * weight

    def lay(channel: int) -> Float32Array:
        away = np.pad(np.asarray(image[..., channel] - mean[channel], np.float32), (0, size), "wrap")
        laid = np.zeros((side + over, side + over), np.float32)
        for number, block in enumerate(blocks):
            row, column = (step * place for place in divmod(number, _BLOCKS))
            laid[row : row + size, column : column + size] += share * block.cut(away, (row, column), len(image), size)
        laid[:over] += laid[side:]
        laid[:, :over] += laid[:, side:]
        return np.asarray(laid[:side, :side] + mean[channel], np.float32)

    return np.stack(two_at_once(lay, range(image.shape[2])), -1)

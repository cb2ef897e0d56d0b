"""The network's grid: pictures are padded to whole latent cells and cropped after; masks are drawn on those cells."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from photoshoot.pixels.imaging import CORE_ALPHA

CELL_PX = 8
"""Side of the pixel block that one latent cell stands for. Source: the VAEs of Stable Diffusion 1.x and XL."""
PRODUCT_ALPHA = 0.5
"""From this matte value on, the network is shown a pixel as product; below, it is to paint it."""


@dataclass(frozen=True)
class Grid:
    """A picture to paint, and the padded one round it that the network works on.

    The first lies at the padded one's left and top, so nothing in it is moved or resized.
    """

    width_px: int
    """Width of the picture to paint."""
    height_px: int
    """Height of the picture to paint."""
    multiple: int = CELL_PX
    """Padded sides are multiples of this: what the network paints in, or twice that where the picture is painted at
    half size first."""

    @property
    def padded_width_px(self) -> int:
        """Width of the network's picture."""
        return -(-self.width_px // self.multiple) * self.multiple

    @property
    def padded_height_px(self) -> int:
        """Height of the network's picture."""
        return -(-self.height_px // self.multiple) * self.multiple

    @property
    def latent_size(self) -> tuple[int, int]:
        """(rows, columns) of latent cells."""
        return self.padded_height_px // CELL_PX, self.padded_width_px // CELL_PX

    @property
    def area_px(self) -> int:
        """Pixels of the network's picture."""
        return self.padded_width_px * self.padded_height_px

    def scaled(self, scale: float, multiple: int = CELL_PX) -> Grid:
        """The padded picture at another size, its sides rounded to multiples; it needs no padding of its own."""
        sides = (self.padded_width_px, self.padded_height_px)
        width_px, height_px = (max(1, round(side * scale / multiple)) * multiple for side in sides)
        return Grid(width_px, height_px)

    def pad(self, images: Tensor) -> Tensor:
        """Repeat the last column and row of pictures (B, C, height, width) up to the padded size."""
        right, bottom = self.padded_width_px - self.width_px, self.padded_height_px - self.height_px
        return functional.pad(images, (0, right, 0, bottom), mode="replicate")

    def crop(self, images: Tensor) -> Tensor:
        """That picture's part of padded pictures (B, C, padded height, padded width)."""
        return images[..., : self.height_px, : self.width_px]


def resize(images: Tensor, grid: Grid) -> Tensor:
    """Padded pictures (B, C, H, W) at the padded size of another grid; their values keep their range.

    For the step between a small and a large painting; the product's own pixels never come this way.
    """
    size = (grid.padded_height_px, grid.padded_width_px)
    resized = functional.interpolate(images, size, mode="bicubic", antialias=True, align_corners=False)
    low, high = images.amin((2, 3), keepdim=True), images.amax((2, 3), keepdim=True)
    return torch.minimum(torch.maximum(resized, low), high)


def repaint_mask(alpha_matte: Tensor, grid: Grid) -> Tensor:
    """Which cells the network is to paint: all that hold any background, so that thin gaps aren't lost.

    Args:
        alpha_matte: (B, H, W), padded; of the grid's size or a larger one.
        grid: Where the cells lie.

    Returns:
        (B, 1, rows, columns) of 0 (wholly product) and 1.
    """
    background = (alpha_matte < PRODUCT_ALPHA).float()[:, None]
    return functional.adaptive_max_pool2d(background, grid.latent_size)


def keep_strength(alpha_matte: Tensor, grid: Grid) -> Tensor:
    """How much of each cell is product: the mean matte, exactly 1 where all its pixels are the product's core.

    Args:
        alpha_matte: (B, H, W), padded; of the grid's size or a larger one.
        grid: Where the cells lie.

    Returns:
        (B, 1, rows, columns) in [0, 1].
    """
    core = alpha_matte >= float(CORE_ALPHA)
    return functional.adaptive_avg_pool2d(alpha_matte.float().masked_fill(core, 1)[:, None], grid.latent_size)

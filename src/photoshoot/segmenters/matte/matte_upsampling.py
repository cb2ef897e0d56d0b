"""From the working size to the photo's: the matte follows the photo's edges, and colours lose the old background.

Works tile by tile: most tiles hold nothing but product or nothing but background, and only the rest need work; and a
photo of 100 megapixels needs little more memory than itself.

Source of the colour step: Germer et al., "Fast multi-level foreground estimation" (2020), equation 4, with the spread
colours of the sure pixels as its coarse level.
"""

import itertools
import math
from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import BoolArray, Float32Array, Indices
from photoshoot.pixels.bands import two_at_once
from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.records import AlphaMatte, Box, RgbImage
from photoshoot.segmenters.matte.matting import ColorLines, LineField, fit_lines
from photoshoot.segmenters.regions import grow, halve, sample, spread

_TILE_PX = 256
_NEAR_PX = 4  # working pixels beyond the edge that are worked on, and whose colours become the product's
_COARSE = 4  # far from their own pixels colours are smooth: one of so many pixels both ways carries them
_STIFFNESS = np.float32(1e-3)  # pull of the spread colours against the pixel's own
_SNAP = (np.float32(0.02), np.float32(0.98))  # a matte this near 0 or 1 is the solver's noise


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkingMatte:
    """A matte at the working size and what is needed to bring it to any other."""

    planes: Float32Array
    """(3, h, w) sRGB in [0, 1]."""
    alpha: AlphaMatte
    """(h, w) in [0, 1], 1 = product."""
    lines: ColorLines | None
    """Local colour lines of the matte; None where there are none and it is only enlarged."""


def finish(colors: RgbImage, alpha: AlphaMatte, working: WorkingMatte) -> None:
    """Bring a matte to full size and decontaminate the colours, in place.

    Args:
        colors: (H, W, 3) uint8, the same view at full size; becomes the foreground's colours, and stays as it is where
            the matte is 254/255 or more.
        alpha: (H, W), all 0; becomes the matte.
        working: The matte at working size.
    """
    fields = _build_fields(working)
    height, width = alpha.shape

    def finish_tile(corner: tuple[int, int]) -> None:
        top, left = corner
        box = Box(left=left, top=top, right=min(width, left + _TILE_PX), bottom=min(height, top + _TILE_PX))
        tile, part = _Tile(box=box, size=(height, width), fields=fields), box.slices()
        if tile.is_near_edge():
            tile.cut(colors[part], alpha[part])
        elif tile.is_product():
            alpha[part] = 1

    two_at_once(finish_tile, itertools.product(range(0, height, _TILE_PX), range(0, width, _TILE_PX)))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Fields:
    """What is known at working size."""

    near: BoolArray
    """(h, w): round the product's edge; beyond it all is sure."""
    product: BoolArray
    """(h, w): sure product."""
    lines: LineField
    """The matte's colour lines near the edge."""
    colors: Float32Array
    """(6, h / 4, w / 4): foreground and background colours, spread from the sure pixels."""


def _build_fields(working: WorkingMatte) -> _Fields:
    alpha, (low, high) = working.alpha, _SNAP
    product, background = alpha > high, alpha < low
    near = grow((product & grow(~product)) | ~(product | background), _NEAR_PX)
    return _Fields(
        near=near,
        product=product,
        lines=fit_lines(working.lines, alpha, near),
        colors=_spread_coarsely(working.planes, np.stack([product, background])),
    )


def _spread_coarsely(planes: Float32Array, known: BoolArray) -> Float32Array:
    """Colours of the nearest known pixels of each kind (K, h, w), at a fraction of the size: (3 K, h / 4, w / 4)."""
    half, weight = planes[:, ::2, ::2], known[:, None, ::2, ::2].astype(np.float32)
    total = halve(np.concatenate([half * weight, weight], axis=1))
    share = total[:, 3]
    colors = np.asarray(total[:, :3] / np.maximum(share, np.float32(1e-6))[:, None], np.float32)
    return spread(colors, share).reshape(-1, *share.shape[1:])


@dataclass(frozen=True, kw_only=True, eq=False)
class _Tile:
    """A part of the full-size view; the fields are only read where they matter."""

    box: Box
    """In the view, px."""
    size: tuple[int, int]
    """Height and width of the whole view."""
    fields: _Fields
    """What is known at working size."""

    def is_near_edge(self) -> bool:
        """Whether the product's edge is near any of its pixels: if not, all are product or all are background."""
        return bool(self.fields.near[self._cells()].any())

    def is_product(self) -> bool:
        """Whether it is product, where no edge is near."""
        return bool(self.fields.product[self._cells()].all())

    def cut(self, rgb: RgbImage, alpha: AlphaMatte) -> None:
        """Write the tile's matte, and the foreground's colours where that is soft and near the edge."""
        points = np.flatnonzero(self._read(self.fields.near))
        rows, columns = self._locate(points)
        seen = np.ascontiguousarray(rgb).reshape(-1, 3).take(points, axis=0).T.astype(np.float32) / np.float32(255)
        matte = self._follow_edges(seen, rows, columns)
        whole = self._read(self.fields.product).astype(np.float32)
        whole.ravel()[points] = matte
        alpha[...] = whole
        soft = np.flatnonzero(matte < CORE_ALPHA)
        colors = self._decontaminate(seen[:, soft], matte[soft], rows[soft], columns[soft])
        rgb[np.divmod(points[soft], self.box.width)] = np.round(np.clip(colors, 0, 1) * 255).astype(np.uint8).T

    def _follow_edges(self, seen: Float32Array, rows: Float32Array, columns: Float32Array) -> AlphaMatte:
        """The matte (N,) at points of working size, from the photo's colours (3, N) there."""
        lines = self.fields.lines.sample(rows, columns)
        alpha = np.einsum("cn,cn->n", lines[:3], seen) + lines[3]
        low, high = _SNAP
        return np.asarray(np.clip((alpha - low) / (high - low), 0, 1), np.float32)

    def _decontaminate(
        self, seen: Float32Array, alpha: AlphaMatte, rows: Float32Array, columns: Float32Array
    ) -> Float32Array:
        """The foreground's colours (3, N)."""
        to_coarse, half = np.float32(1 / _COARSE), np.float32(0.5)
        spread_colors = sample(
            self.fields.colors, (rows + half) * to_coarse - half, (columns + half) * to_coarse - half
        )
        foreground, background = spread_colors[:3], spread_colors[3:]
        error = seen - alpha * foreground - (1 - alpha) * background
        return np.asarray(foreground + error * (alpha / (alpha**2 + (1 - alpha) ** 2 + _STIFFNESS)), np.float32)

    def _cells(self) -> tuple[slice, slice]:
        """The working pixels that its own lie in or between."""
        down, across = self._scale()
        return (
            slice(max(0, math.floor(self.box.top * down - 0.5)), math.ceil(self.box.bottom * down + 0.5)),
            slice(max(0, math.floor(self.box.left * across - 0.5)), math.ceil(self.box.right * across + 0.5)),
        )

    def _scale(self) -> tuple[float, float]:
        """Working pixels to one of the view, down and across."""
        height, width = self.fields.near.shape
        return height / self.size[0], width / self.size[1]

    def _locate(self, points: Indices) -> tuple[Float32Array, Float32Array]:
        """Rows and columns at working size of pixels of the tile, given by their flat positions."""
        (down, across), (rows, columns) = self._scale(), np.divmod(points, self.box.width)
        rows = (rows.astype(np.float32) + np.float32(self.box.top + 0.5)) * np.float32(down) - np.float32(0.5)
        columns = (columns.astype(np.float32) + np.float32(self.box.left + 0.5)) * np.float32(across) - np.float32(0.5)
        return rows, columns

    def _read(self, region: BoolArray) -> BoolArray:
        """A region at working size, pixel by pixel of the tile."""
        down, across = self._scale()
        rows = ((np.arange(self.box.top, self.box.bottom) + 0.5) * down).astype(np.intp)
        columns = ((np.arange(self.box.left, self.box.right) + 0.5) * across).astype(np.intp)
        return region.take(rows, axis=0).take(columns, axis=1)

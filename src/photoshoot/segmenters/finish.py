"""From the working size to the photo's own: the matte follows the photo's edges, and colours lose the old background.

Works tile by tile: most tiles hold nothing but product or nothing but background, and only the rest need work; and a
photo of 100 megapixels needs little more memory than itself.

Source of the colour step: Germer et al., "Fast multi-level foreground estimation" (2020), equation 4, with the spread
colours of the sure pixels as its coarse level.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.records import AlphaMatte, Box, RgbImage
from photoshoot.segmenters.fill import sample, spread
from photoshoot.segmenters.matting import ColorLines, fit_lines
from photoshoot.segmenters.regions import grow

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]
Region = npt.NDArray[np.bool_]

_TILE_PX = 256
_NEAR_PX = 4  # working pixels beyond the edge that are worked on, and whose colours become the product's
_COARSE = 4  # far from their own pixels colours are smooth: one of so many pixels both ways carries them
_OPAQUE = np.float32(254 / 255)  # from here on a pixel keeps its photo's colour exactly
_STIFFNESS = np.float32(1e-3)  # pull of the spread colours against the pixel's own
_SNAP = (np.float32(0.02), np.float32(0.98))  # a matte this near 0 or 1 is the solver's noise


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkingMatte:
    """A matte at the working size and what is needed to bring it to any other; all (h, w, …)."""

    rgb: Floats
    """(h, w, 3) sRGB in [0, 1]."""
    alpha: AlphaMatte
    """(h, w)."""
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
    for top in range(0, height, _TILE_PX):
        for left in range(0, width, _TILE_PX):
            box = Box(left=left, top=top, right=min(width, left + _TILE_PX), bottom=min(height, top + _TILE_PX))
            tile, part = _Tile(box=box, size=(height, width), fields=fields), box.slices()
            if tile.is_near_edge():
                alpha[part] = tile.follow_edges(colors[part])
                tile.decontaminate(colors[part], alpha[part])
            elif tile.is_product():
                alpha[part] = 1


@dataclass(frozen=True, kw_only=True, eq=False)
class _Fields:
    """Smooth fields at working size."""

    slope: Floats
    """(h, w, 3): slope of the matte's colour lines; 0 far from the edge."""
    offset: Image.Image
    """(h, w): their offset; the matte itself far from the edge."""
    near: Region
    """(h, w): round the product's edge."""
    product: Region
    """(h, w): sure product."""
    colors: Floats
    """(h / 4, w / 4, 6): foreground and background colours, spread from the sure pixels."""


def _build_fields(working: WorkingMatte) -> _Fields:
    alpha, (low, high) = working.alpha, _SNAP
    product, background = alpha > high, alpha < low
    rim = (product & grow(~product)) | ~(product | background)
    near = grow(rim, _NEAR_PX)
    if working.lines:
        slope, offset = fit_lines(working.lines, alpha)
        slope, offset = slope * near[..., None], np.where(near, offset, alpha)
    else:
        slope, offset = np.zeros((*alpha.shape, 3), np.float32), alpha
    return _Fields(
        slope=slope,
        offset=Image.fromarray(offset),
        near=near,
        product=product,
        colors=np.dstack([_spread_coarsely(working.rgb, product), _spread_coarsely(working.rgb, background)]),
    )


def _spread_coarsely(rgb: Floats, known: Region) -> Floats:
    """Colours of the nearest known pixels, at a fraction of the size: (h, w, 3)."""
    rgb, weight = rgb[::2, ::2], known[::2, ::2].astype(np.float32)
    planes = [*(rgb[..., channel] * weight for channel in range(3)), weight]
    red, green, blue, share = (np.asarray(Image.fromarray(plane).reduce(_COARSE // 2)) for plane in planes)
    return spread(np.dstack([red, green, blue]) / np.maximum(share, np.float32(1e-6))[..., None], share)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Tile:
    """A part of the full-size view; the fields are only read where they matter."""

    box: Box
    """In the view, px."""
    size: tuple[int, int]
    """Height and width of the whole view."""
    fields: _Fields

    def is_near_edge(self) -> bool:
        """Whether the product's edge is near any of its pixels: if not, all are product or all are background."""
        return bool(self.fields.near[self._cells()].any())

    def is_product(self) -> bool:
        """Whether it is product, where no edge is near."""
        return bool(self.fields.product[self._cells()].all())

    def follow_edges(self, rgb: RgbImage) -> AlphaMatte:
        """The tile's matte."""
        alpha = np.array(self._enlarge(self.fields.offset, Image.Resampling.BILINEAR))
        points = np.nonzero(self._near())
        slope = sample(self.fields.slope, *self._locate(points))
        alpha[points] += np.einsum("nc,nc->n", slope, rgb[points].astype(np.float32)) / np.float32(255)
        low, high = _SNAP
        return np.asarray(np.clip((alpha - low) / (high - low), 0, 1), np.float32)

    def decontaminate(self, rgb: RgbImage, alpha: AlphaMatte) -> None:
        """Write the foreground's colours into ``rgb``, where the matte is soft and near the edge."""
        points = np.nonzero((alpha < _OPAQUE) & self._near())
        share = alpha[points][:, None]
        rows, columns = self._locate(points)
        to_coarse, half = np.float32(1 / _COARSE), np.float32(0.5)
        spread_colors = sample(
            self.fields.colors, (rows + half) * to_coarse - half, (columns + half) * to_coarse - half
        )
        foreground, background = spread_colors[:, :3], spread_colors[:, 3:]
        seen = rgb[points].astype(np.float32) / np.float32(255)
        error = seen - share * foreground - (1 - share) * background
        colors = foreground + error * share / (share**2 + (1 - share) ** 2 + _STIFFNESS)
        rgb[points] = np.round(np.clip(colors, 0, 1) * 255).astype(np.uint8)

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

    def _locate(self, points: tuple[Indices, ...]) -> tuple[Floats, Floats]:
        """Rows and columns at working size of pixels of the tile."""
        down, across = self._scale()
        rows = (points[0] + np.float32(self.box.top + 0.5)) * np.float32(down) - np.float32(0.5)
        columns = (points[1] + np.float32(self.box.left + 0.5)) * np.float32(across) - np.float32(0.5)
        return rows.astype(np.float32), columns.astype(np.float32)

    def _near(self) -> Region:
        down, across = self._scale()
        rows = ((np.arange(self.box.top, self.box.bottom) + 0.5) * down).astype(np.intp)
        columns = ((np.arange(self.box.left, self.box.right) + 0.5) * across).astype(np.intp)
        return self.fields.near[rows[:, None], columns]

    def _enlarge(self, field: Image.Image, method: Image.Resampling) -> Image.Image:
        down, across = self._scale()
        box = (self.box.left * across, self.box.top * down, self.box.right * across, self.box.bottom * down)
        return field.resize((self.box.width, self.box.height), method, box=box)

"""From the working size to the photo's own: the matte follows the photo's edges, and colours lose the old background.

Works in strips of rows, so that a photo of 100 megapixels needs little more memory than itself.

Source of the colour step: Germer et al., "Fast multi-level foreground estimation" (2020), equation 4, with the spread
colours of the sure pixels as its coarse level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.records import AlphaMatte, RgbImage
from photoshoot.segmenters.fill import sample, spread
from photoshoot.segmenters.matting import ColorLines, fit_lines
from photoshoot.segmenters.regions import grow

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]
Region = npt.NDArray[np.bool_]

_STRIP_PIXELS = 2_000_000
_NEAR_PX = 10  # working pixels beyond the edge whose colours become the product's
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


def finish(rgb: RgbImage, working: WorkingMatte) -> tuple[RgbImage, AlphaMatte]:
    """Bring a matte to full size and decontaminate the colours.

    Args:
        rgb: (H, W, 3) uint8, the same view at full size.
        working: The matte at working size.

    Returns:
        Foreground colours (H, W, 3) uint8, equal to ``rgb`` where the matte is 254/255 or more, and the matte (H, W).
    """
    height, width = rgb.shape[:2]
    fields = _build_fields(working)
    colors, alpha = rgb.copy(), np.empty((height, width), np.float32)
    rows = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, rows):
        strip = _Strip(top=top, bottom=min(height, top + rows), size=(height, width), fields=fields)
        part = slice(strip.top, strip.bottom)
        alpha[part] = strip.follow_edges(rgb[part])
        strip.decontaminate(colors[part], alpha[part])
    return colors, alpha


@dataclass(frozen=True, kw_only=True, eq=False)
class _Fields:
    """Smooth fields at working size."""

    slope: Floats
    """(h, w, 3): slope of the matte's colour lines; 0 outside the band."""
    offset: Floats
    """(h, w): their offset; the matte itself outside the band."""
    band: Region
    """(h, w): where a slope has a say."""
    near: Region
    """(h, w): round the product's edge."""
    colors: Floats
    """(h / 4, w / 4, 6): foreground and background colours, spread from the sure pixels."""


def _build_fields(working: WorkingMatte) -> _Fields:
    alpha = working.alpha
    slope, offset = (
        fit_lines(working.lines, alpha) if working.lines else (np.zeros((*alpha.shape, 3), np.float32), alpha)
    )
    low, high = _SNAP
    product, background = alpha > high, alpha < low
    rim = (product & grow(~product)) | ~(product | background)
    return _Fields(
        slope=slope,
        offset=offset,
        band=grow((slope[..., 0] != 0) | (slope[..., 1] != 0) | (slope[..., 2] != 0)),
        near=grow(rim, _NEAR_PX),
        colors=np.dstack([_spread_coarsely(working.rgb, product), _spread_coarsely(working.rgb, background)]),
    )


def _spread_coarsely(rgb: Floats, known: Region) -> Floats:
    """Colours of the nearest known pixels, at a fraction of the size: (h, w, 3)."""
    weight = known.astype(np.float32)
    planes = [*(rgb[..., channel] * weight for channel in range(3)), weight]
    red, green, blue, share = (np.asarray(Image.fromarray(plane).reduce(_COARSE)) for plane in planes)
    return spread(np.dstack([red, green, blue]) / np.maximum(share, np.float32(1e-6))[..., None], share)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Strip:
    """Rows of the full-size view; the fields are only read where they matter."""

    top: int
    bottom: int
    size: tuple[int, int]
    """Height and width of the whole view."""
    fields: _Fields

    def follow_edges(self, rgb: RgbImage) -> AlphaMatte:
        """The strip's matte, (h, W)."""
        alpha = np.array(self._enlarge(Image.fromarray(self.fields.offset), Image.Resampling.BILINEAR))
        points = np.nonzero(self._cover(self.fields.band))
        slope = sample(self.fields.slope, *self._locate(points))
        alpha[points] += np.einsum("nc,nc->n", slope, rgb[points].astype(np.float32)) / np.float32(255)
        low, high = _SNAP
        return np.asarray(np.clip((alpha - low) / (high - low), 0, 1), np.float32)

    def decontaminate(self, rgb: RgbImage, alpha: AlphaMatte) -> None:
        """Write the foreground's colours into ``rgb``, where the matte is soft and near the edge."""
        points = np.nonzero((alpha < _OPAQUE) & self._cover(self.fields.near))
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

    def _locate(self, points: tuple[Indices, ...]) -> tuple[Floats, Floats]:
        """Rows and columns at working size of pixels of the strip."""
        height, width = self.fields.offset.shape
        rows = (points[0] + np.float32(self.top + 0.5)) * np.float32(height / self.size[0]) - np.float32(0.5)
        columns = (points[1] + np.float32(0.5)) * np.float32(width / self.size[1]) - np.float32(0.5)
        return rows.astype(np.float32), columns.astype(np.float32)

    def _cover(self, region: Region) -> Region:
        return np.asarray(self._enlarge(Image.fromarray(region.astype(np.uint8)), Image.Resampling.NEAREST)) > 0

    def _enlarge(self, field: Image.Image, method: Image.Resampling) -> Image.Image:
        scale = field.height / self.size[0]
        box = (0, self.top * scale, field.width, self.bottom * scale)
        return field.resize((self.size[1], self.bottom - self.top), method, box=box)

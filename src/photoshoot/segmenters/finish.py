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
from scipy import ndimage

from photoshoot.records import AlphaMatte, RgbImage
from photoshoot.segmenters.fill import spread
from photoshoot.segmenters.matting import ColorLines, fit_lines

Floats = npt.NDArray[np.float32]

_STRIP_PIXELS = 2_000_000
_NEAR_PX = 10  # working pixels beyond the edge whose colours become the product's
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
        bottom = min(height, top + rows)
        strip = _enlarge(fields, (width, bottom - top), (top / height, bottom / height))
        alpha[top:bottom] = _follow_edges(rgb[top:bottom], strip)
        _decontaminate(colors[top:bottom], alpha[top:bottom], strip)
    return colors, alpha


@dataclass(frozen=True, kw_only=True, eq=False)
class _Fields:
    """Smooth fields, at working size or enlarged."""

    line: Floats
    """(h, w, 4): slope and offset of the matte's colour lines."""
    near: Floats
    """(h, w): above 0 round the product's edge."""
    colors: Floats
    """(h, w, 6): foreground and background colours, spread from the sure pixels."""


def _build_fields(working: WorkingMatte) -> _Fields:
    alpha = working.alpha
    slope, offset = (
        fit_lines(working.lines, alpha) if working.lines else (np.zeros((*alpha.shape, 3), np.float32), alpha)
    )
    low, high = _SNAP
    product, background = alpha > high, alpha < low
    soft = ~(product | background)
    rim = product & ndimage.maximum_filter(~product, 3) | soft
    size = 2 * _NEAR_PX + 1
    return _Fields(
        line=np.concatenate([slope, offset[..., None]], axis=2),
        near=ndimage.maximum_filter(rim, size).astype(np.float32),
        colors=np.concatenate([_spread_half(working.rgb, product), _spread_half(working.rgb, background)], axis=2),
    )


def _spread_half(rgb: Floats, known: npt.NDArray[np.bool_]) -> Floats:
    """Colours of the nearest known pixels, at half the size."""
    size = (max(1, known.shape[1] // 2), max(1, known.shape[0] // 2))
    weight = known.astype(np.float32)
    half = _resize(np.concatenate([rgb * weight[..., None], weight[..., None]], axis=2), size, Image.Resampling.BOX)
    colors = (half[..., :3] / np.maximum(half[..., 3:], 1e-6)).astype(np.float32)
    return spread(colors, half[..., 3])


def _enlarge(fields: _Fields, size: tuple[int, int], rows: tuple[float, float]) -> _Fields:
    """The fields of the rows between two shares of the height, at full size."""
    return _Fields(
        line=_resize(fields.line, size, Image.Resampling.BILINEAR, rows),
        near=_resize(fields.near[..., None], size, Image.Resampling.BILINEAR, rows)[..., 0],
        colors=_resize(fields.colors, size, Image.Resampling.BILINEAR, rows),
    )


def _resize(
    field: Floats, size: tuple[int, int], method: Image.Resampling, rows: tuple[float, float] = (0, 1)
) -> Floats:
    height, width = field.shape[:2]
    box = (0, rows[0] * height, width, rows[1] * height)
    out = np.empty((size[1], size[0], field.shape[2]), np.float32)
    for channel in range(field.shape[2]):
        plane = Image.fromarray(np.ascontiguousarray(field[..., channel]))
        out[..., channel] = np.asarray(plane.resize(size, method, box=box))
    return out


def _follow_edges(rgb: RgbImage, strip: _Fields) -> AlphaMatte:
    colors = rgb.astype(np.float32) / np.float32(255)
    alpha = np.einsum("hwc,hwc->hw", strip.line[..., :3], colors) + strip.line[..., 3]
    low, high = _SNAP
    return np.asarray(np.clip((alpha - low) / (high - low), 0, 1), np.float32)


def _decontaminate(rgb: RgbImage, alpha: AlphaMatte, strip: _Fields) -> None:
    """Write the foreground's colours into ``rgb``, where the matte is soft and near the edge."""
    touched = np.nonzero((alpha < _OPAQUE) & (strip.near > 0))
    share = alpha[touched][:, None]
    foreground, background = strip.colors[touched][:, :3], strip.colors[touched][:, 3:]
    seen = rgb[touched].astype(np.float32) / np.float32(255)
    error = seen - share * foreground - (1 - share) * background
    colors = foreground + error * share / (share**2 + (1 - share) ** 2 + _STIFFNESS)
    rgb[touched] = np.round(np.clip(colors, 0, 1) * 255).astype(np.uint8)

"""The dark line where a product meets its support.

The product's stand-in has a sharp lower edge, while real bases are rounded and shade a thin line under themselves.
Without it products seem to hover on matte floors.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.product.contact import trace_contact
from photoshoot.records import Canvas, ProductLayer

_STRENGTH = 0.38
_LINE = (0.0033, 0.0072)  # blur of the line itself, down and across, in frame heights
_SKIRT = (0.012, 0.019)  # and of the wider shade round it
_BAND = 0.03  # how much of the product over its contour shades, in frame heights
_FRAME_UNITS = 2.8  # a frame height in world units


def contact_shade(layer: ProductLayer, canvas: Canvas, view: View) -> npt.NDArray[np.float32]:
    """What to multiply the scene's light with, (H, W), (0, 1]; all ones for a lying product."""
    shade = np.ones((canvas.height_px, canvas.width_px), np.float32)
    frame = _FRAME_UNITS * view.px_per_unit
    margin = int(np.ceil(4 * _SKIRT[1] * frame))
    box = canvas.product_box
    top = max(0, box.bottom - int(0.45 * box.height) - margin)
    rows = slice(top, min(canvas.height_px, box.bottom + margin))
    columns = slice(max(0, box.left - margin), min(canvas.width_px, box.right + margin))
    alpha = layer.alpha_matte[rows, columns]
    contact = trace_contact(alpha, top, canvas)
    if not contact.touches.any():
        return shade
    height = contact.rows_px - (top + np.arange(alpha.shape[0])[:, None] + 0.5)
    foot = np.where(contact.touches & (height < _BAND * frame), alpha, 0)
    line = _blurred(foot, _LINE, frame)
    line = ndimage.shift(line, (0.35 * 0.006 * frame, 0), order=1, mode="nearest")
    covered = np.clip(0.75 * line + 0.5 * _blurred(foot, _SKIRT, frame), 0, 1)
    shade[rows, columns] = 1 - _STRENGTH * covered
    return shade


def _blurred(foot: npt.NDArray[np.float32], widths: tuple[float, float], frame: float) -> npt.NDArray[np.float32]:
    return np.asarray(ndimage.gaussian_filter(foot, (widths[0] * frame, widths[1] * frame)), np.float32)

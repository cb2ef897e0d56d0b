"""Where a product stands: the part of its lower contour that touches the support, and the dark line along it.

The product's stand-in has a sharp lower edge, while real bases are rounded and shade a thin line under themselves.
Without it products seem to hover on matte floors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.machine.cancellation import check_cancelled
from photoshoot.pixels.imaging import resize_plane
from photoshoot.placers.studio.camera import FRAME_HEIGHT, View
from photoshoot.placers.studio.product.far_feet import FLAT_REACH, GENTLE, far_feet, find_gentle, hanging
from photoshoot.placers.studio.product.round_body import is_ball
from photoshoot.placers.studio.product.translucency import find_clear_body
from photoshoot.records import AlphaMatte, Canvas, Edge, ProductLayer
from photoshoot.sets.design import LARGE
from photoshoot.settings import Stance

_MARGIN_PX = 6
_CONTACT_REACH = 0.14  # so does a gentle one up to here: a second foot
_SLOPE_REACH = 0.40  # and a sole that climbs gently from the base, as of a shoe turned aside, up to here
_TURNED = 1.7  # tangent of how far a side of a base may be turned away from the camera: 60 degrees
_STEEP = 0.2  # a sole that climbs by so much was seen from high up: what is gentle up to its end stands, too

_STRENGTH = 0.85  # of the shade where nothing of it is blurred away, which is under the product
# A rounded base of radius r takes r² / (x² + r²) of the sky from the floor x before it: three Gaussians of about that
# course, two of them under what stands. Each: its weight, how far it is shifted down, and its blur down and across, in
# frame heights.
_SHADES = ((0.5, 0.0024, (0.003, 0.006)), (0.4, 0.005, (0.009, 0.013)))
_UNDER, _UNDER_BLUR, _LOW = 1.5, (0.03, 0.06), 0.1
"""The third is under what hangs low, too, as a ball's sides do: its weight and blur, and how high it counts, the less
the higher; the floor is seen aslant, so it is wider than deep."""
_TRUNCATE = 4  # standard deviations after which SciPy's Gaussians end
_CELLS_A_BLUR = 5  # it is as smooth on coarse cells, and they take a tenth of the time
_RIM_SHADES = ((0.3, 0.003), (0.2, 0.011))
"""Under the rounded edge of what lies: weights, twice the shade at its outline, and blurs, in frame heights."""
_GLASS_STOPS, _GLASS_IS = 0.65, 4.0  # of that shade, what is as clear as a matte of 1 / the second has
_GLASS_BASE = 0.9  # what the thick base of clear glass stops at its foot
_OUTLINE, _UNDERSIDE = 0.006, (0.034, 0.04)  # blur of both on a mirror, and how far down the latter is seen
_MIRRORED = 0.85  # their strength
_BAND = 0.03  # how much of the product over its contour shades, in frame heights


@dataclass(frozen=True, kw_only=True, eq=False)
class ProductWindow:
    """The product's part of the canvas, with a margin that may lie outside the canvas."""

    left: int
    """Canvas column of its first column."""
    top: int
    """Canvas row of its first row."""
    alpha: AlphaMatte
    """(h, w), the layer's matte."""
    rgb: npt.NDArray[np.uint8]
    """(h, w, 3), the layer's colours."""

    @classmethod
    def around(cls, layer: ProductLayer, canvas: Canvas) -> ProductWindow:
        """Cut it out; on snapped edges the product goes on past the canvas."""
        box, margin = canvas.product_box, _MARGIN_PX
        padded_alpha = _pad(layer.alpha_matte, canvas.snapped)
        padded_rgb = np.pad(layer.rgb, ((margin, margin), (margin, margin), (0, 0)), mode="edge")
        rows = slice(max(0, box.top), min(canvas.height_px, box.bottom) + 2 * margin)
        columns = slice(max(0, box.left), min(canvas.width_px, box.right) + 2 * margin)
        return cls(
            left=columns.start - margin,
            top=rows.start - margin,
            alpha=padded_alpha[rows, columns],
            rgb=padded_rgb[rows, columns],
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Contact:
    """Where the product meets its support, by column of a window."""

    rows_px: Float64Array
    """Canvas row (fractional, lower edge) of the contour that stands on the support, interpolated between contacts."""
    touches: BoolArray
    """Columns whose contour touches."""


def trace_contact(alpha: AlphaMatte, top: int, canvas: Canvas) -> Contact:
    """Find the lower contour and which of it stands on the support.

    Args:
        alpha: (h, w), a window of the layer's matte.
        top: Canvas row of the window's first row.
        canvas: The product's geometry; only what stands has a contour on a support.
    """
    solid = (alpha > 0.5) | find_clear_body(alpha)
    filled: BoolArray = np.asarray(solid.any(axis=0), bool)
    lowest = top + alpha.shape[0] - np.argmax(solid[::-1], axis=0).astype(np.float64)
    base = min(canvas.product_box.bottom, float(lowest[filled].max()) if filled.any() else np.inf)
    if canvas.stance is Stance.UPRIGHT and is_ball(base - lowest, filled):
        spot = filled & (base - lowest <= FLAT_REACH * canvas.product_box.height + 1)
        return Contact(rows_px=np.full(alpha.shape[1], base), touches=np.asarray(spot, bool))
    stands = _stands(base - lowest, canvas.product_box.height, canvas.pitch_deg or 0.0)
    if canvas.size_class in LARGE:
        stands &= ~hanging(base - lowest, stands, canvas.product_box.height)
    touches: BoolArray = np.asarray(filled & stands, bool)
    if canvas.stance is not Stance.UPRIGHT or not touches.any():
        return Contact(rows_px=np.full(alpha.shape[1], base), touches=np.zeros(alpha.shape[1], bool))
    mass = solid.sum(axis=0, dtype=np.float64)
    touches = touches | far_feet(base - lowest, mass, touches, canvas.product_box.height)
    columns = np.arange(alpha.shape[1])
    rows = np.interp(columns, columns[touches], lowest[touches])
    rows = ndimage.gaussian_filter1d(ndimage.median_filter(rows, 9, mode="nearest"), 3, mode="nearest")
    rows = np.maximum(rows, np.where(filled, lowest, 0))  # nothing of a column is under its support
    return Contact(rows_px=np.minimum(rows, base), touches=touches)


def contact_rise(layer: ProductLayer, canvas: Canvas) -> float:
    """How far over the base the highest foot of a product stands in the picture, px: more the steeper it was seen."""
    window = ProductWindow.around(layer, canvas)
    contact = trace_contact(window.alpha, window.top, canvas)
    if not contact.touches.any():
        return 0.0
    rows = contact.rows_px[contact.touches]
    return float(rows.max() - rows.min())


def contact_shade(layer: ProductLayer, canvas: Canvas, view: View, *, mirrored: bool = False) -> Float32Array:
    """What to multiply the scene's light with, (H, W), (0, 1]; 1 round what is cut off below.

    A lying product has a narrow line all round. On a mirror no shadow falls: what stands meets its image there, but
    straight from above that shows nothing of what lies on it, which would hover; there its outline and its dark
    underside are drawn.

    Args:
        layer: The product's pixels.
        canvas: The product's geometry.
        view: The camera.
        mirrored: Whether what the product stands or lies on is a mirror.
    """
    frame = min(FRAME_HEIGHT * view.px_per_unit, view.height_px)
    if canvas.stance is Stance.LYING:
        return (_outline_shade if mirrored else _rim_shade)(layer.alpha_matte, frame)
    shade = np.ones((canvas.height_px, canvas.width_px), np.float32)
    if mirrored or Edge.BOTTOM in canvas.snapped:
        return shade  # what the picture cuts off goes on under it
    margin = int(np.ceil(4 * _UNDER_BLUR[1] * frame))
    box = canvas.product_box
    top = max(0, box.bottom - int(0.45 * box.height) - margin)
    rows = slice(top, min(canvas.height_px, box.bottom + margin))
    columns = slice(max(0, box.left - margin), min(canvas.width_px, box.right + margin))
    alpha = layer.alpha_matte[rows, columns]
    contact = trace_contact(alpha, top, canvas)
    if not contact.touches.any():
        return shade
    height = contact.rows_px - (top + np.arange(alpha.shape[0])[:, None] + 0.5)
    near = 1 - height / (_BAND * frame)
    base = _GLASS_BASE * find_clear_body(alpha) * np.minimum(near, 1)  # it is seen through, so it has no upper end
    stops = np.maximum(alpha, base)
    under = np.where((near > 0) & (near < 1), _hangs_low(stops, height / frame), 0)
    first = max(0, int(under.any(1).argmax()) - margin)  # there is no shade over that
    foot, under = np.where(contact.touches & (near > 0), stops, 0)[first:], under[first:]
    around = _around(foot, frame)
    covered = np.zeros_like(foot[around])
    for weight, down, widths in _SHADES:
        check_cancelled()
        covered += weight * _moved_down(_blurred(foot[around], widths, frame), around[0].start, down * frame)
    dimmed = 1 - np.minimum(_UNDER * _blurred_coarsely(under, _UNDER_BLUR, frame), 1)
    dimmed[around] *= 1 - _STRENGTH * np.minimum(covered, 1)
    shade[slice(rows.stop - len(foot), rows.stop), columns] = dimmed
    return shade


def _around(foot: Float64Array, frame: float) -> tuple[slice, slice]:
    """The part of a plane (h, w) with something in it, at least one pixel, and all that its shade reaches."""
    reach = int(max(max(widths) + down for _, down, widths in _SHADES) * frame * _TRUNCATE) + 2
    lines = (np.flatnonzero(foot.any(1)), np.flatnonzero(foot.any(0)))
    rows, columns = (slice(max(0, line[0] - reach), line[-1] + reach + 1) for line in lines)
    return rows, columns


def _moved_down(plane: Float32Array, first: int, down_px: float) -> Float32Array:
    """A plane (h, w) that begins at row ``first``, lower by so much.

    As ``ndimage.shift`` with ``order=1, mode="nearest"`` moves all of the picture, in a tenth of its time.
    """
    places = np.arange(first, first + len(plane)) - down_px
    over = np.floor(places)
    share, row = (places - over)[:, None], over.astype(int) - first
    upper, lower = (plane[np.clip(at, 0, len(plane) - 1)] for at in (row, row + 1))
    return np.asarray((1 - share) * upper + share * lower, np.float32)


def _hangs_low(stops: Float32Array, height: Float64Array) -> Float64Array:
    """How much of the sky each column (w,) of a product (h, w), so high over the floor, takes from it, [0, 1]."""
    low = np.clip(1 - height / _LOW, 0, 1) * (height > 0)
    return np.asarray((low * stops).sum(0) / np.maximum(low.sum(0), 1), np.float64)


def _rim_shade(alpha: AlphaMatte, frame: float) -> Float32Array:
    stops = np.maximum(alpha, _GLASS_STOPS * np.minimum(_GLASS_IS * alpha, 1))
    covered = sum(weight * ndimage.gaussian_filter(stops, width * frame) for weight, width in _RIM_SHADES)
    return np.asarray(1 - covered, np.float32)


def _outline_shade(alpha: AlphaMatte, frame: float) -> Float32Array:
    line = ndimage.gaussian_filter(alpha, _OUTLINE * frame)
    below = ndimage.shift(alpha, (_UNDERSIDE[1] * frame, 0), order=1, mode="nearest")
    covered = np.clip(0.5 * line + 0.85 * ndimage.gaussian_filter(below, _UNDERSIDE[0] * frame), 0, 1)
    return np.asarray(1 - _MIRRORED * covered, np.float32)


def _stands(height_px: Float64Array, product_px: int, pitch_deg: float) -> BoolArray:
    """Which columns of a contour, given its height over the base, stand on a support that is seen so steeply."""
    gentle = find_gentle(height_px, product_px, max(GENTLE, _TURNED * np.sin(np.radians(pitch_deg))))
    flat = height_px <= FLAT_REACH * product_px + 1
    runs, _ = ndimage.label(gentle & (height_px <= _SLOPE_REACH * product_px + 1))
    from_base = np.unique(runs[flat])
    sole = np.isin(runs, from_base[from_base > 0])
    rise = float(height_px[sole].max(initial=0))
    reach = max(_CONTACT_REACH * product_px + 1, rise if rise > _STEEP * product_px else 0.0)
    return np.asarray(flat | sole | (gentle & (height_px <= reach)), bool)


def _pad(alpha: AlphaMatte, snapped: frozenset[Edge]) -> AlphaMatte:
    margin = _MARGIN_PX
    padded = np.pad(alpha, margin)
    if Edge.LEFT in snapped:
        padded[:, :margin] = padded[:, margin : margin + 1]
    if Edge.RIGHT in snapped:
        padded[:, -margin:] = padded[:, -margin - 1 : -margin]
    if Edge.TOP in snapped:
        padded[:margin] = padded[margin : margin + 1]
    if Edge.BOTTOM in snapped:
        padded[-margin:] = padded[-margin - 1 : -margin]
    return padded


def _blurred(foot: Float32Array, widths: tuple[float, float], frame: float) -> Float32Array:
    return np.asarray(ndimage.gaussian_filter(foot, (widths[0] * frame, widths[1] * frame)), np.float32)


def _blurred_coarsely(plane: Float64Array, widths: tuple[float, float], frame: float) -> Float32Array:
    step = max(1.0, min(widths) * frame / _CELLS_A_BLUR)
    height, width = plane.shape
    cells = resize_plane(plane.astype(np.float32), (round(height / step), round(width / step)))
    soft = Image.fromarray(_blurred(cells, widths, frame / step))
    return np.asarray(soft.resize((width, height), Image.Resampling.BILINEAR), np.float32)

"""Palettes: the dominant colours of a product, as paint, with plain names."""

import itertools
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import NAMED_COLORS, bytes_to_linear, hex_to_oklab, linear_to_oklab, oklab_to_hex
from photoshoot.records import AlphaMatte, RgbImage, Swatch
from photoshoot.settings import check_range

_SIDE = 112  # samples along the longer side: enough for shares to within 1 %
_LEAST_CORE = 0.25  # share of the product's samples that are left inside its soft edge; fewer: the edge is kept
_BIN = np.array([0.05, 0.025, 0.025], np.float32)  # histogram bins in OKLab, finer than a named colour
_STRIDES = np.array([1 << 20, 1 << 10, 1])  # bins as one number
_MOST = 10
_AXES = np.array([0.4, 1, 1], np.float32)  # light and shade change lightness more than hue: one paint stays one colour
_BANDWIDTH = 0.025  # OKLab distance, so weighted, over which a density is smoothed
_SAME_PAINT = 0.09  # the same, under which two peaks of it are one paint
_LEAST_SHARE = 0.01
_LIT = (0.5, 0.9)  # shares of a paint's area, from dark to light, between which it is lit and does not shine
_NEAR_PEAK = 0.15  # OKLab lightness from a paint's commonest colour within which its colour is taken
_NAME_WEIGHTS = np.array([0.6, 2.0, 2.0], np.float32)  # a tint of grey shows at once, a tone lighter does not
_BLEND_SHARE = 0.06  # a colour of less, on the line between two larger ones, is their border in few pixels
_BLEND_WIDTH = 0.04  # OKLab distance from that line
_METALS = ("silver", "gold")  # how a surface shines; one flat colour can't show that


def dominant_colors(rgb: RgbImage, alpha_matte: AlphaMatte, count: int = 5) -> tuple[Swatch, ...]:
    """Find the product's main colours, largest share first.

    Light and shade of one paint count as one colour, shown as its lit side. The soft edge of the matte is left out.
    The same pixels give the same palette.

    Args:
        rgb: (H, W, 3).
        alpha_matte: (H, W).
        count: Most colours to return, 1 to 10.

    Returns:
        Up to ``count`` swatches, each at least 1 % of the area; none where the matte is empty.

    Raises:
        SettingsError: ``count`` is out of range.
    """
    check_range("count", count, 1, _MOST)
    lab = _sample_core(rgb, alpha_matte)
    if not len(lab):
        return ()
    colors, weights = _histogram(lab)
    labels = _label_paints(colors, weights)
    swatches = [_swatch(colors[labels == peak], weights[labels == peak], colors[peak]) for peak in np.unique(labels)]
    swatches.sort(key=lambda swatch: (-swatch.share, swatch.hex))
    kept = [swatch for swatch in swatches if swatch.share >= _LEAST_SHARE]
    return tuple(swatch for index, swatch in enumerate(kept) if not _is_blend(swatch, kept[:index]))[:count]


@cache
def name_color(color: str) -> str:
    """The plain name nearest to a ``#rrggbb`` colour in OKLab, hue before lightness; metals are never named."""
    lab = hex_to_oklab(color)
    names = [name for name in NAMED_COLORS if name not in _METALS]
    known = np.stack([hex_to_oklab(NAMED_COLORS[name]) for name in names])
    return names[int(np.argmin(np.sum(((known - lab) * _NAME_WEIGHTS) ** 2, axis=1)))]


def _sample_core(rgb: RgbImage, alpha_matte: AlphaMatte) -> Float32Array:
    """OKLab (N, 3) of an even grid of the product's pixels, one step inside its edge where it is not too thin."""
    solid = alpha_matte > 0.5
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    if not len(rows):
        return np.zeros((0, 3), np.float32)
    step = max(1, -(-max(rows[-1] - rows[0], columns[-1] - columns[0]) // _SIDE))
    window = slice(rows[0], rows[-1] + 1, step), slice(columns[0], columns[-1] + 1, step)
    core = ndimage.binary_erosion(solid[window], np.ones((3, 3), bool))
    thin = core.sum() < _LEAST_CORE * solid[window].sum()
    return linear_to_oklab(bytes_to_linear(rgb[window][solid[window] if thin else core]))


def _histogram(lab: Float32Array) -> tuple[Float32Array, Float32Array]:
    """Mean colour (B, 3) and share (B,) of each bin that is not empty.

    A colour counts for the eight bins round it, the nearer the more: one beside an edge of two is not torn apart.
    """
    place = lab / _BIN
    low = np.floor(place)
    near = np.concatenate([low + corner for corner in np.ndindex(2, 2, 2)]).astype(np.int64)
    parts = [np.prod(1 - np.abs(place - low - corner), axis=1) for corner in np.ndindex(2, 2, 2)]
    weights = np.concatenate(parts).astype(np.float64)
    _, index = np.unique(near @ _STRIDES, return_inverse=True)
    shares = np.bincount(index, weights)
    sums = np.stack([np.bincount(index, weights * np.tile(lab[:, axis], len(parts))) for axis in range(3)], axis=1)
    held = shares > 0
    return (sums[held] / shares[held, None]).astype(np.float32), (shares[held] / len(lab)).astype(np.float32)


def _label_paints(colors: Float32Array, weights: Float32Array) -> npt.NDArray[np.intp]:
    """Which paint (B,) each colour belongs to, named by the colour that is densest.

    Each colour follows the nearest denser one, as in quick shift (Vedaldi and Soatto, 2008), and a density's peak that
    has none within ``_SAME_PAINT`` is a paint: light and shade are its slopes, however far they reach.
    """
    scaled = colors * _AXES
    squares = np.sum(scaled**2, axis=1)
    gaps = np.maximum(squares[:, None] + squares - 2 * scaled @ scaled.T, 0)
    density = np.exp(gaps * np.float32(-0.5 / _BANDWIDTH**2)) @ weights
    rank = np.empty(len(colors), np.intp)
    rank[np.argsort(-density, kind="stable")] = np.arange(len(colors))
    gaps[rank[None] >= rank[:, None]] = np.inf
    parents = np.where(gaps.min(axis=1) < _SAME_PAINT**2, gaps.argmin(axis=1), np.arange(len(colors)))
    while (above := parents[parents]).tolist() != parents.tolist():
        parents = above
    return np.asarray(parents, np.intp)


def _swatch(colors: Float32Array, weights: Float32Array, peak: Float32Array) -> Swatch:
    """One paint as its lit side: the mean of the lighter half of its area, near its commonest colour.

    Where it shines, and where other things throw their shade on it, it looks like another paint.
    """
    order = np.argsort(colors[:, 0], kind="stable")
    ends = np.cumsum(weights[order]) / weights.sum()
    starts = ends - weights[order] / weights.sum()
    lit = np.maximum(np.minimum(ends, _LIT[1]) - np.maximum(starts, _LIT[0]), 0)  # of each bin's share
    near = lit * (np.abs(colors[order, 0] - peak[0]) <= _NEAR_PEAK)
    color = oklab_to_hex(np.average(colors[order], axis=0, weights=near if near.any() else lit))
    return Swatch(hex=color, name=name_color(color), share=float(np.clip(weights.sum(), 0, 1)))


def _is_blend(swatch: Swatch, larger: Sequence[Swatch]) -> bool:
    if swatch.share >= _BLEND_SHARE:
        return False
    lab = hex_to_oklab(swatch.hex)
    ends = [hex_to_oklab(other.hex) for other in larger]
    return any(_line_distance(lab, one, two) < _BLEND_WIDTH for one, two in itertools.combinations(ends, 2))


def _line_distance(point: Float32Array, start: Float32Array, end: Float32Array) -> float:
    along = np.dot(point - start, end - start) / max(float(np.sum((end - start) ** 2)), 1e-9)
    return float(np.linalg.norm(point - start - np.clip(along, 0, 1) * (end - start)))

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
_BIN = np.array([0.04, 0.025, 0.025], np.float32)  # histogram bins in OKLab, finer than a named colour
_CENTERS = 10
_ROUNDS = 8
_SHADE_WEIGHT = 0.4  # light and shade change lightness more than hue: the same paint stays one colour
_SAME_PAINT = 0.09  # OKLab distance, lightness weighted, under which two clusters are one paint
_LEAST_SHARE = 0.01
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
    check_range("count", count, 1, _CENTERS)
    lab = _sample_core(rgb, alpha_matte)
    if not len(lab):
        return ()
    colors, weights = _histogram(lab)
    labels = _label_paints(colors, weights)
    swatches = [_swatch(colors[labels == label], weights[labels == label]) for label in np.unique(labels)]
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
    """Mean colour (B, 3) and share (B,) of each bin that is not empty."""
    keys = np.floor(lab / _BIN).astype(np.int64)
    _, index, counts = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    sums = np.stack([np.bincount(index.ravel(), lab[:, axis], len(counts)) for axis in range(3)], axis=1)
    return (sums / counts[:, None]).astype(np.float32), (counts / len(lab)).astype(np.float32)


def _label_paints(colors: Float32Array, weights: Float32Array) -> npt.NDArray[np.intp]:
    """Which paint (B,) each colour belongs to: weighted k-means, then clusters of one paint are merged."""
    centers = _pick_centers(colors, weights)
    for _ in range(_ROUNDS):
        labels = _nearest(colors, centers)
        kept = [np.flatnonzero(labels == label) for label in np.unique(labels)]
        centers = np.stack([np.average(colors[rows], axis=0, weights=weights[rows]) for rows in kept])
    labels = _nearest(colors, centers)
    shares = np.bincount(labels, weights, len(centers)).astype(np.float32)
    return np.asarray(_merge_shades(centers, shares)[labels], np.intp)


def _pick_centers(colors: Float32Array, weights: Float32Array) -> Float32Array:
    """The commonest colour, then again and again the common colour that is farthest from those picked."""
    picked = [int(np.argmax(weights))]
    while len(picked) < min(_CENTERS, len(colors)):
        distance = np.min(_paint_distance(colors[:, None], colors[None, picked]), axis=1)
        picked.append(int(np.argmax(weights * distance)))
    return colors[picked]


def _merge_shades(centers: Float32Array, shares: Float32Array) -> npt.NDArray[np.intp]:
    """The paint (K,) of each cluster: the two nearest are joined until none are nearer than ``_SAME_PAINT``."""
    paints = np.arange(len(centers))
    means, masses = centers.astype(np.float64), shares.astype(np.float64)
    while len(means) > 1:
        distance = _paint_distance(means[:, None], means[None]) + np.eye(len(means)) * 9
        first, second = sorted(divmod(int(np.argmin(distance)), len(means)))
        if distance[first, second] >= _SAME_PAINT:
            break
        means[first] = np.average(means[[first, second]], axis=0, weights=masses[[first, second]] + 1e-9)
        masses[first] += masses[second]
        means, masses = np.delete(means, second, axis=0), np.delete(masses, second)
        paints[paints == second] = first
        paints[paints > second] -= 1
    return paints


def _swatch(colors: Float32Array, weights: Float32Array) -> Swatch:
    """One paint as its lit side: the mean of the lighter half of its area."""
    order = np.argsort(-colors[:, 0], kind="stable")
    lit = order[: 1 + int(np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2))]
    color = oklab_to_hex(np.average(colors[lit], axis=0, weights=weights[lit]))
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


def _nearest(colors: Float32Array, centers: npt.ArrayLike) -> npt.NDArray[np.intp]:
    return np.asarray(np.argmin(_paint_distance(colors[:, None], np.asarray(centers)[None]), axis=1), np.intp)


def _paint_distance(first: npt.ArrayLike, second: npt.ArrayLike) -> npt.NDArray[np.float64]:
    difference = (np.asarray(first, np.float64) - np.asarray(second, np.float64)) * (_SHADE_WEIGHT, 1, 1)
    return np.asarray(np.sqrt(np.sum(difference**2, axis=-1)))

"""Moves an outline that misses the picture's own edge onto it: a smooth curve that snaps to the edge.

A matte errs by a few pixels where a thing is nearly its ground's colour, or has a rim of shade: ragged, hazy or beside
an edge that anyone sees. Before a plain ground the outline's fair curve, moved along its normals to the steepest line
near by, is taken where the picture shows a far clearer edge along it than along the matte, and where what it gives and
takes has the colours for that. Leaves, hair and cords, whose detail is finer than such a curve, stay as they are.

Source: Kass et al., "Snakes: active contour models" (1988), with parabolas in place of the snake's stiffness.
"""

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Indices
from photoshoot.records import AlphaMatte
from photoshoot.segmenters.matte.matting import ColorLines, keep_lines
from photoshoot.segmenters.matte.outline_curves import Curve, draw_outlines, fair, is_long, trace_outlines
from photoshoot.segmenters.regions import find_boxes, grow, local_colors, opened, pick_parts, shrink

Floats = npt.NDArray[np.floating]

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)  # JPEG keeps colour in blocks: brightness alone shows edges
_BORDER_PX = 16  # the picture goes on so far beyond its border: what it cuts off has no edge there
_CALM, _SOFT = 1.2, 0.7  # standard deviations, px, of the blurs before an outline is traced and edges are read
_REACH, _ALONG = 3.0, 17  # px to either side of the curve that it may snap to; px along it that snap together
_LEAST_PX = 24  # of a curve with a clearer edge beside it, smoothed along it: less is a single spot
_FAR = 0.004  # sRGB units of an edge that each px away from the curve counts
_APART, _LITTLE = 0.35, 0.1  # of the matte, by which the two outlines differ, and hardly do
_SURE, _FAINT = 0.97, 0.25  # a matte that is product, and one that is a ghost of it at least
_ROUNDS = 2  # in which bumps are pulled in
_CLEARER, _AS_CLEAR = 2.0, 0.95  # how many times as clear an edge the curve has, at first, and along its continuation
_NO_EDGE = 0.01  # slope of brightness a px under which the matte has no edge
_LITTLE_CLEARER = 1.2  # how many times as clear an edge is enough there
_TELLS = 0.21  # sRGB units, of all channels together, between ground and product from which colours tell
_TAKEN, _GIVEN = (0.35, 0.5), (0.5, 0.45)  # the product's share in what is taken at most, and in what is given at least
_THIN_PX, _LONG_PX = 4, 12  # half of a width, and a length, of what such a curve would lose
_BLOCK = 4  # px, the side of blocks of which places are judged, with their neighbours
_ANY = 0.02  # of the matte, in the mean of a place


def snap_outline(alpha: AlphaMatte, lines: ColorLines, planes: Float32Array) -> tuple[AlphaMatte, ColorLines]:
    """Draw the outline along the picture's edges where it lies beside them.

    Args:
        alpha: (H, W).
        lines: The matte's colour lines.
        planes: (3, H, W) sRGB in [0, 1].

    Returns:
        The matte, and the lines that lie where it stays.
    """
    around = ((_BORDER_PX, _BORDER_PX), (_BORDER_PX, _BORDER_PX))
    light = ndimage.gaussian_filter(np.pad(np.einsum("c,chw->hw", _LUMA, planes), around, "edge"), _SOFT)
    drawn = _draw_snapped(np.pad(alpha, around, "edge"), light)
    if drawn is None:
        return alpha, lines
    inner = slice(_BORDER_PX, -_BORDER_PX), slice(_BORDER_PX, -_BORDER_PX)
    taken = _find_better(alpha, drawn[inner], planes, light[inner])
    if not taken.any():
        return alpha, lines
    share = ndimage.uniform_filter(grow(taken).astype(np.float32), 5)
    return alpha + share * (drawn[inner] - alpha), keep_lines(lines, share < 0.5)


def _draw_snapped(alpha: AlphaMatte, light: Float32Array) -> AlphaMatte | None:
    """The matte of the fair curves, each snapped to the edges of brightness (H, W) near it; None: none is clearer."""
    traced = trace_outlines(ndimage.gaussian_filter(alpha, _CALM))
    if not any(is_long(curve) and _is_beside(curve, light) for curve in traced):
        return None
    curves = []
    for curve in traced:
        if is_long(curve):
            smooth, normals = fair(curve, _ROUNDS)
            curve, _ = fair(_snap(smooth, normals, light), 1)
        curves.append(curve)
    return np.asarray(ndimage.gaussian_filter(draw_outlines(curves, light.shape), 0.45), np.float32)


def _is_beside(curve: Curve, light: Float32Array) -> bool:
    """Whether a far clearer edge than a curve's own lies within reach of it: most outlines need no more."""
    slope = ndimage.uniform_filter1d(
        np.roll(curve, -1, axis=1) - np.roll(curve, 1, axis=1), _ALONG, axis=1, mode="wrap"
    )
    slope /= np.maximum(np.hypot(*slope), 1e-6)
    offsets = np.arange(-_REACH - 1, _REACH + 1.5)[:, None]
    edges = read_edges(curve, np.stack([-slope[1], slope[0]]), light, offsets)
    own = edges[len(edges) // 2]
    least = np.where(own < 2 * _NO_EDGE, _LITTLE_CLEARER, _CLEARER) * own
    return int((edges.max(axis=0) > least).sum()) > _LEAST_PX


def _snap(curve: Curve, normals: Curve, light: Float32Array) -> Curve:
    """The curve at the clearest edges within reach."""
    offsets = np.arange(-_REACH, _REACH + 0.25, 0.5)[:, None]
    edges = read_edges(curve, normals, light, offsets)
    best = (edges - _FAR * np.abs(offsets)).argmax(axis=0)
    steady = ndimage.median_filter(offsets[best, 0], _ALONG, mode="wrap")
    return np.asarray(curve + normals * ndimage.gaussian_filter1d(steady, 4, mode="wrap"))


def read_edges(curve: Curve, normals: Curve, light: Float32Array, offsets: Floats) -> Floats:
    """Steps of brightness across a curve that is moved by offsets (K, 1): (K, N), over two px, in the mean along it."""
    beyond, before = (
        ndimage.map_coordinates(light, (curve[:, None] + normals[:, None] * moved)[::-1], order=1, mode="nearest")
        for moved in (offsets + 1, offsets - 1)
    )
    return np.asarray(ndimage.uniform_filter1d(np.abs(beyond - before), _ALONG, axis=1, mode="wrap"))


class _Places:
    """Pixels of a picture (H, W), given by their flat positions, and what lies round each of them: means of blocks."""

    def __init__(self, shape: tuple[int, ...], points: Indices) -> None:
        rows, columns = np.divmod(points, shape[1])
        self.shape = -(-shape[0] // _BLOCK), -(-shape[1] // _BLOCK)
        self.block = rows // _BLOCK * self.shape[1] + columns // _BLOCK

    def total(self, weight: Floats) -> Floats:
        """Of a weight at the points, (N,): the mean of all pixels round each of them."""
        sums = np.bincount(self.block, weight, self.shape[0] * self.shape[1]).reshape(self.shape)
        return np.asarray(ndimage.gaussian_filter(sums, 1.25).ravel().take(self.block) / _BLOCK**2)

    def mean(self, values: Floats, weight: Floats) -> Floats:
        """Of values at the points, (N,): the weighted mean round each of them."""
        return np.asarray(self.total(values * weight) / (self.total(weight) + 1e-5))


def _find_better(alpha: AlphaMatte, drawn: AlphaMatte, planes: Float32Array, light: Float32Array) -> BoolArray:
    """Where the drawn outline is the better one."""
    apart = np.abs(alpha - drawn)
    far, found = grow(apart > _APART, 2), np.zeros(alpha.shape, bool)
    points = np.flatnonzero(far | (apart > _LITTLE))
    if not far.any():
        return found
    near = far & ~near_thin(alpha > _FAINT) & ~near_thin(alpha < 0.5)
    places, at = _Places(alpha.shape, points), grow(apart > _APART).ravel().take(points)
    slope = _slope(light, points)
    own, other = (places.mean(slope, _slope(matte, points) * at) for matte in (alpha, drawn))
    fits = _fit_colors(alpha, drawn, planes, points, places)
    seeds, more = found, found.copy()
    clear = other >= np.where(own < _NO_EDGE, _LITTLE_CLEARER, _CLEARER) * own, other >= _AS_CLEAR * own
    for region, seen, fit in zip((seeds, more), clear, fits, strict=True):
        region.ravel()[points] = seen & fit
        region &= near
    return seeds | (more & pick_parts(grow(more | seeds, 2), seeds, diagonal=True))


def _fit_colors(
    alpha: AlphaMatte, drawn: AlphaMatte, planes: Float32Array, points: Indices, places: _Places
) -> tuple[BoolArray, BoolArray]:
    """Whether what the drawn outline takes is rather ground, and what it gives product, (N,): strictly, and nearly."""
    within, behind = (shrink((np.minimum(*pair) > _SURE), 2) for pair in ((alpha, drawn), (1 - alpha, 1 - drawn)))
    if not within.any() or not behind.any():
        return np.ones(points.shape, bool), np.ones(points.shape, bool)
    (own, _), (ground, _) = local_colors(planes, (within, behind), points)
    seen = planes.reshape(3, -1).take(points, axis=1)
    off_own, off_ground, step = (np.sqrt((c * c).sum(axis=0)) for c in (seen - own, seen - ground, own - ground))
    share = off_ground / (off_own + off_ground + np.float32(1e-4))
    change = (drawn - alpha).ravel().take(points)
    less, more = np.maximum(-change, 0), np.maximum(change, 0)
    taken, given = places.mean(share, less), places.mean(share, more)
    none_less, none_more = places.total(less) < _ANY, places.total(more) < _ANY
    alike = places.mean(np.float32(1) * (step > _TELLS), np.abs(change)) < 0.5
    strictly, nearly = (
        alike | ((none_less | (taken < most)) & (none_more | (given > least)))
        for most, least in zip(_TAKEN, _GIVEN, strict=True)
    )
    return strictly, nearly


def _slope(field: Float32Array, points: Indices) -> Floats:
    """How steep a field (H, W) is at some pixels, by the px; at the border it counts as level."""
    return np.asarray(np.hypot(*steps(field, points)) / 2)


def steps(field: Float32Array, points: Indices) -> tuple[Float32Array, Float32Array]:
    """From the pixel on one side of each point of a field (H, W) to that on the other: across, and down."""
    flat = field.ravel()
    across, down = (
        flat.take(np.minimum(points + step, flat.size - 1)) - flat.take(np.maximum(points - step, 0))
        for step in (1, field.shape[1])
    )
    return across, down


def near_thin(region: BoolArray) -> BoolArray:
    """Near to long parts of a region that are thinner than a fair curve follows."""
    thin = region & ~opened(region, _THIN_PX)
    labels, _ = ndimage.label(thin, np.ones((3, 3), bool))
    long = [max(side.stop - side.start for side in box) > _LONG_PX for box in find_boxes(labels)]
    return grow(np.array([False, *long]).take(labels), 5)

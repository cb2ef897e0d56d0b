"""Smooths the outline where the picture shows no edge, or none that colour tells.

Black before black, or a foot in its own shadow: colour lines fitted to noise make a ragged, hairy edge. There the
matte's outline is that of its blurred self, a curve of little curvature, and a steady few pixels wide.

Before the grain of wood or a printed cloth every dark pixel may be a dark product's: the matte grows hairs. Where it
is ragged, and colours err as often on what is sure near by, the outline is drawn as an even curve. Leaves, fringes and
spines stay where the ground's colours are others than theirs.

And an edge is as soft within as outside: what trails from it farther is a photo's compression, or shade.
"""

import math

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.records import AlphaMatte
from photoshoot.segmenters.color_odds import rate_colors
from photoshoot.segmenters.matte.matting import ColorLines, keep_lines
from photoshoot.segmenters.matte.outline_curves import draw_outlines, even_out, is_long, trace_outlines
from photoshoot.segmenters.matte.snapped_outline import Floats, near_thin, steps
from photoshoot.segmenters.regions import find_largest, grow, halve, shrink

_NO_EDGE, _EDGE = 0.008, 0.02  # slope of colour, sRGB units a pixel, that shows no edge, and that shows one
_GRAIN = 0.006  # of a backdrop, sRGB units, from which they hold; before a more even one they are less
_AROUND_PX = 5  # side of the square in which an edge shows, and over which what does so fades
_CURVE_PX = 3.0  # standard deviation of the blur that rounds the outline
_BLUR_REACH = 4.0  # of those, over which it reaches
_RAMP = 2.5  # how much steeper than the blur the outline is
_CALM, _LEAST_SOFT = 1.2, 0.45  # standard deviations, px, of the blurs before an outline is traced, and of a drawn one
_BORDER_PX = 16  # the matte goes on so far beyond its border: what that cuts off has no outline there
_MOVED_PX = 2.0  # by which an even outline may lie beside the matte's
_ERRS, _OFTEN = 0.05, 0.12
"""Shares of sure pixels near by whose colours tell the wrong kind, from which they tell less, and nothing."""
_RAGGED, _HAIRY = 0.12, 0.18  # the matte's change along the outline against its change across it
_SNAPPED = 1.5  # times as ragged an outline must be that a plain ground has told already
_BLOCK, _NEAR_BLOCKS = 4, 2.5  # px, the side of the blocks of which places are judged; and of those, how far near is
_SURE_PX = 24  # from the unknown band: what is sure as near as that is compared
_TRACE, _SOFT, _INNER = 0.02, 0.5, 0.9  # of the matte: from which there is any, its half, and the inner end of an edge
_LAST, _WIDEST_PX = np.float32(0.12), 8  # most of it in the last px outside an edge; and px of the softest within
_CRUMB_PX, _HAIR_PX = 8, 6  # pixels of what is solid but a crumb; and from there on, what is thin is a hair
_FAINT, _APART, _RIM_PX = 0.25, 0.35, 4  # a matte that is no ghost; by which two differ; and px from an outline


def calm_outline(
    alpha: AlphaMatte, lines: ColorLines, planes: Float32Array, unknown: BoolArray, grain: float | None = None
) -> tuple[AlphaMatte, ColorLines]:
    """Smooth the outline where the picture shows no edge.

    Args:
        alpha: (H, W).
        lines: The matte's colour lines.
        planes: (3, H, W) sRGB in [0, 1].
        unknown: (H, W): where the matte was found.
        grain: Standard deviation of a plain backdrop, sRGB units: before an even one a smaller step shows. None: there
            is no plain one.

    Returns:
        The matte, and the lines that lie where there are edges.
    """
    scale = np.float32(1 if grain is None else min(1, grain / _GRAIN))
    calm = np.clip((_EDGE * scale - _show_edges(planes)) / (scale * np.float32(_EDGE - _NO_EDGE)), 0, 1) * unknown
    if not calm.any():
        return alpha, lines
    calm = ndimage.uniform_filter(calm, _AROUND_PX)
    return _round_off(alpha, calm), keep_lines(lines, calm < 0.5)


def _round_off(alpha: AlphaMatte, calm: Float32Array) -> AlphaMatte:
    """The matte rounded where it is calm, (H, W) in [0, 1]: blurred there alone."""
    within = _around(calm, math.ceil(_BLUR_REACH * _CURVE_PX))
    part, out = alpha[within], alpha.copy()
    smooth = ndimage.gaussian_filter(part, _CURVE_PX, truncate=_BLUR_REACH)
    rounded = np.clip((smooth - 0.5) * _RAMP + 0.5, 0, 1)
    out[within] += calm[within] * (rounded - part)
    return out


def _around(region: Float32Array, reach: int) -> tuple[slice, slice]:
    """The rows and columns of what is not 0, and so many px beyond."""
    rows, columns = (np.flatnonzero(region.any(axis=axis)) for axis in (1, 0))
    down, across = (slice(max(0, int(found[0]) - reach), int(found[-1]) + 1 + reach) for found in (rows, columns))
    return down, across


def _show_edges(planes: Float32Array) -> Float32Array:
    """The steepest slope of colour (H, W) in a square round each pixel, sRGB units a pixel: at half the size."""
    height, width = planes.shape[1:]
    half = halve(np.concatenate([planes, np.ones_like(planes[:1])]))[:3]
    slope = np.zeros(half.shape[1:], np.float32)
    for smooth in half:
        slope[1:-1] = np.maximum(slope[1:-1], np.abs(smooth[2:] - smooth[:-2]))
        slope[:, 1:-1] = np.maximum(slope[:, 1:-1], np.abs(smooth[:, 2:] - smooth[:, :-2]))
    slope = find_largest(slope * np.float32(0.25), 1)
    return slope.repeat(2, axis=0).repeat(2, axis=1)[:height, :width]


def even_outline(
    alpha: AlphaMatte, lines: ColorLines, planes: Float32Array, unknown: BoolArray, *, plain: bool = False
) -> tuple[AlphaMatte, ColorLines]:
    """Draw the outline as an even curve where it is ragged and colours tell little.

    Args:
        alpha: (H, W).
        lines: The matte's colour lines.
        planes: (3, H, W) sRGB in [0, 1].
        unknown: (H, W): where the matte was found.
        plain: Whether the ground is plain, and the outline snapped to its edges before.

    Returns:
        The matte, and the lines that lie where it stays.
    """
    share = _rate_errors(planes, alpha, unknown) * unknown
    if not share.any():
        return alpha, lines
    within = _around(share, _BORDER_PX)
    part, drawn = alpha[within], _draw_evenly(alpha[within])
    ragged = share[within] * _rate_raggedness(part, drawn, unknown[within], _SNAPPED if plain else 1.0)
    ragged *= grow((drawn > 1 / 255) & (drawn < 254 / 255), _RIM_PX)
    share = np.zeros_like(alpha)
    if ragged.any():
        kept = near_thin(part > _FAINT) | near_thin(part < 0.5)
        for apart in (part - drawn, drawn - part):  # wider than hairs: corners, and notches
            kept |= grow(shrink(apart > _APART), 3)
        share[within] = ndimage.uniform_filter(np.where(kept, np.float32(0), ragged), _AROUND_PX)
    if not share.any():
        return alpha, lines
    out = alpha.copy()
    out[within] += share[within] * (drawn - part)
    return out, keep_lines(lines, share < 0.5)


def clear_tails(alpha: AlphaMatte, lines: ColorLines, doubtful: BoolArray) -> tuple[AlphaMatte, ColorLines]:
    """Clear what trails outside an outline farther than that is soft within: crumbs of compression, and thin shade.

    Args:
        alpha: (H, W).
        lines: The matte's colour lines.
        doubtful: (H, W): what may be the ground itself; nothing else is cleared.

    Returns:
        The matte, and the lines that lie where it stays.
    """
    there, solid, inner = alpha > _TRACE, _drop_crumbs(alpha > _SOFT), alpha > _INNER
    edge = grow(solid)
    if not (doubtful & there & ~edge).any():
        return alpha, lines
    for width in range(1, _WIDEST_PX + 1):
        inner = grow(inner)
        softer = solid & ~inner
        if not softer.any():
            break
        edge |= grow(softer, 1 + width + width // 2)
    trail = there & ~grow(edge)
    labels, count = ndimage.label(trail, np.ones((3, 3), bool))
    hairs = np.zeros(count + 1, bool)
    hairs[labels[~grow(edge, _HAIR_PX)]] = True
    hairs[labels[shrink(trail)]] = False
    hairs[0] = False
    most = np.where(trail, np.float32(0), _LAST)
    cleared = doubtful & ~edge & ~grow(hairs.take(labels)) & (alpha > most)
    return np.where(cleared, most, alpha), keep_lines(lines, ~grow(cleared))


def _drop_crumbs(region: BoolArray) -> BoolArray:
    labels, _ = ndimage.label(region, np.ones((3, 3), bool))
    sizes = np.bincount(labels.ravel())
    return np.asarray(region & (sizes > _CRUMB_PX).take(labels))


def _draw_evenly(alpha: AlphaMatte) -> AlphaMatte:
    """The matte of the even curves along its outlines."""
    padded = np.pad(alpha, _BORDER_PX, "edge")
    traced = trace_outlines(ndimage.gaussian_filter(padded, _CALM))
    curves = [even_out(curve, _MOVED_PX) if is_long(curve) else curve for curve in traced]
    drawn = ndimage.gaussian_filter(draw_outlines(curves, padded.shape), _LEAST_SOFT)
    return np.ascontiguousarray(drawn[_BORDER_PX:-_BORDER_PX, _BORDER_PX:-_BORDER_PX], np.float32)


def _rate_errors(planes: Float32Array, alpha: AlphaMatte, unknown: BoolArray) -> Float32Array:
    """How little colours tell (H, W), 0 to 1: by how often they err on what is sure near by; every second pixel's."""
    near = grow(unknown, _SURE_PX)[::2, ::2]
    product, ground = ((sure & ~unknown)[::2, ::2] & near for sure in (alpha > 0.98, alpha < 0.02))
    if not product.any() or not ground.any():
        return np.zeros(alpha.shape, np.float32)
    rgb = np.round(255 * planes[:, ::2, ::2]).astype(np.uint8).transpose(1, 2, 0)
    odds = np.asarray(1 / (1 + np.exp(-rate_colors(rgb, product, ground))), np.float32)
    errs = np.maximum(
        _ratio_near(odds * ground, ground, _BLOCK // 2, alpha.shape),
        _ratio_near((np.float32(1) - odds) * product, product, _BLOCK // 2, alpha.shape),
    )
    return np.asarray(np.clip((errs - _ERRS) / (_OFTEN - _ERRS), 0, 1), np.float32)


def _rate_raggedness(alpha: AlphaMatte, drawn: AlphaMatte, unknown: BoolArray, calm: float) -> Float32Array:
    """How ragged the matte is near by (H, W), 0 to 1: by its change along the drawn outline over ``calm``."""
    points = np.flatnonzero(unknown)
    (across, down), (right, below) = (steps(field, points) for field in (ndimage.uniform_filter(drawn, 9), alpha))
    along, edge = np.zeros(alpha.shape, np.float32), np.zeros(alpha.shape, np.float32)
    along.ravel()[points] = np.abs(right * down - below * across) / np.maximum(np.hypot(across, down), 1e-4)
    edge.ravel()[points] = np.hypot(*steps(drawn, points))
    ragged = _ratio_near(along, edge, _BLOCK, alpha.shape)
    return np.asarray(np.clip((ragged / calm - _RAGGED) / (_HAIRY - _RAGGED), 0, 1), np.float32)


def _ratio_near(part: Floats, whole: Floats | BoolArray, block: int, shape: tuple[int, ...]) -> Float32Array:
    """The ratio of two fields (h, w), each in the mean round a block of it, for all pixels (H, W) of the block."""
    means = []
    for field in (part, whole):
        height, width = (-(-side // block) for side in field.shape)
        blocks = np.zeros((height * block, width * block), np.float32)
        blocks[: field.shape[0], : field.shape[1]] = field
        rows = blocks.reshape(height, block, width, block).sum(axis=1)
        blocks = np.asarray(sum(np.moveaxis(rows, 2, 0)), np.float32) / np.float32(block**2)
        means.append(ndimage.gaussian_filter(blocks, _NEAR_BLOCKS, truncate=_NEAR_BLOCKS))
    ratio = means[0] / (means[1] + np.float32(1e-4))
    return np.asarray(ratio.repeat(_BLOCK, axis=0).repeat(_BLOCK, axis=1)[: shape[0], : shape[1]], np.float32)

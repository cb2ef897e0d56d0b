"""Regions of pixels: dilated, eroded and selected, many times faster than SciPy does it on whole photos.

With them specks far from the product are dropped from a matte.

``spread`` carries values from where they are known to everywhere, smoothly: pull-push on a pyramid.
Source: Gortler et al., "The lumigraph" (1996), section 3.4.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Indices
from photoshoot.records import AlphaMatte

Labels = npt.NDArray[np.signedinteger[Any]]
Values = TypeVar("Values", BoolArray, Float32Array, Labels)
"""(H, W)."""

_SQUARE = np.ones((3, 3), bool)
_LARGE = 0.03  # of the largest part: from here on a part is product wherever it lies
_NEAR = 0.02  # of the picture's longer side: smaller parts this near stay, such as a tag on its thread
_STRIDE = 4  # colour statistics are smooth: every fourth pixel both ways carries them


def grow(region: BoolArray, reach: int = 1) -> BoolArray:
    """Add all pixels up to ``reach`` away, diagonals counting as one step."""
    return _sweep(region, reach, np.logical_or, beyond=False)


def find_largest(values: Values, reach: int) -> Values:
    """The largest value up to ``reach`` away, which ``ndimage.maximum_filter`` finds in several times as long."""
    return _sweep(values, reach, np.maximum, beyond=values.min())


def shrink(region: BoolArray, reach: int = 1) -> BoolArray:
    """Keep what is more than ``reach`` away from any other pixel; the picture's border is none."""
    return _sweep(region, reach, np.logical_and, beyond=True)


def opened(region: BoolArray, reach: int = 1) -> BoolArray:
    """Without its parts that are at most ``2 * reach`` thick."""
    return grow(shrink(region, reach), reach)


def pick_parts(region: BoolArray, marks: BoolArray, *, diagonal: bool) -> BoolArray:
    """The connected parts of a region that hold a mark.

    Args:
        region: (H, W).
        marks: (H, W); those outside the region do not count.
        diagonal: Whether pixels that touch at a corner are connected.
    """
    labels, count = ndimage.label(region, _SQUARE if diagonal else None)
    wanted = np.zeros(count + 1, bool)
    wanted[labels[marks]] = True
    wanted[0] = False
    return wanted.take(labels)


def find_boxes(regions: Labels | BoolArray) -> list[tuple[slice, slice]]:
    """Rows and columns of each region: of those numbered from 1, with no number left out, or of a mask's one."""
    boxes = ndimage.find_objects(regions.astype(np.uint8) if regions.dtype == np.bool_ else regions)
    return [(box[0], box[1]) for box in boxes if box is not None]


def widen(box: tuple[slice, slice], margin_px: int) -> tuple[slice, slice]:
    """A box of ``find_boxes`` with what lies round it; it may end beyond the picture, where slicing ends by itself."""
    rows, columns = (slice(max(0, side.start - margin_px), side.stop + margin_px) for side in box)
    return rows, columns


def fill_holes(region: BoolArray) -> BoolArray:
    """The region (H, W) with all that it encloses: many times faster than by ``ndimage.binary_fill_holes``."""
    labels, count = ndimage.label(~region)
    open_ = np.zeros(count + 1, bool)
    for side in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        open_[side] = True
    open_[0] = False
    return np.asarray(~open_.take(labels))


def find_largest_channel(colors: Float32Array) -> Float32Array:
    """The largest of the three channels of each pixel, of (H, W, 3): a tenth of ``colors.max(axis=2)``'s time."""
    red, green, blue = colors.transpose(2, 0, 1)
    return np.asarray(np.maximum(np.maximum(red, green), blue), np.float32)


def _sweep(values: Values, reach: int, join: np.ufunc, *, beyond: object) -> Values:
    """Each pixel joined with all up to ``reach`` away; beyond the picture's border all are ``beyond``.

    Lines are joined with those after them in windows that double, first of pixels and then of rows. With a margin round
    the picture no window runs from one row into the next, so that all is one long line of memory, which is fastest.
    """
    if reach < 1:
        return values
    (height, width), margin = values.shape, 2 * reach
    row = width + margin
    line = np.full((height + margin) * row + margin, beyond, values.dtype)  # the last row, too, has one after it
    line[:-margin].reshape(-1, row)[reach:-reach, reach:-reach] = values
    for stride in (1, row):
        covered = 1
        while covered <= margin:
            step = min(covered, margin + 1 - covered)
            line, covered = join(line[: -step * stride], line[step * stride :]), covered + step
    return np.ascontiguousarray(line.reshape(height, row)[:, :width])


def measure_distance(region: BoolArray) -> Float32Array:
    """Distance (H, W) of each pixel to the nearest of the region, px: SciPy's takes four times as long to reckon it."""
    steps = ndimage.distance_transform_edt(~region, return_distances=False, return_indices=True)
    down, across = (
        steps[axis] - np.expand_dims(np.arange(side, dtype=np.int32), 1 - axis)
        for axis, side in enumerate(region.shape)
    )
    return np.asarray(np.sqrt((down * down + across * across).astype(np.float32)), np.float32)


def drop_islands(alpha_matte: AlphaMatte) -> AlphaMatte:
    """Clear small parts that are far from the product."""
    labels, count = ndimage.label(alpha_matte > 0.05, _SQUARE)
    if count < 2:
        return alpha_matte
    sizes = np.bincount(labels[alpha_matte > 0.5], minlength=count + 1)
    sizes[0] = 0
    large = sizes >= _LARGE * sizes.max()
    small = ~large
    small[0] = False
    if not small.any():
        return alpha_matte
    keep = large.copy()
    keep[_near_parts(labels, large, small, _NEAR * max(alpha_matte.shape))] = True
    keep[0] = False
    return np.where(keep.take(labels), alpha_matte, np.float32(0))


def _near_parts(labels: Labels, large: BoolArray, small: BoolArray, reach_px: float) -> Labels:
    """Labels of the small parts that have a pixel within reach of a large part."""
    from scipy.spatial import cKDTree  # 0.1 s to import, for the few photos that show small parts

    solid = large.take(labels)
    rim, rest = np.flatnonzero(solid & ~shrink(solid)), np.flatnonzero(small.take(labels))
    edge, points = (np.stack(np.divmod(places, labels.shape[1]), axis=1) for places in (rim, rest))
    gaps, _ = cKDTree(edge).query(points, distance_upper_bound=reach_px + 1e-6)
    return np.unique(labels.ravel().take(rest[np.isfinite(gaps)]))


def spread(planes: Float32Array, weight: Float32Array) -> Float32Array:
    """Fill by the weighted mean of the nearest known values.

    Args:
        planes: (..., C, H, W), one or several pictures; only those with weight count.
        weight: (..., H, W) in [0, 1]: 1 keeps its value, 0 takes its surroundings'.

    Returns:
        (..., C, H, W); all zeros where a picture's weight is above 0 nowhere.
    """
    weight = weight[..., None, :, :]
    return _spread(np.concatenate([planes * weight, weight], axis=-3))


def _spread(level: Float32Array) -> Float32Array:
    """Straight values (..., C, H, W) of premultiplied ones (..., C + 1, H, W)."""
    weight = level[..., -1:, :, :]
    own = level[..., :-1, :, :] / np.maximum(weight, np.float32(1e-6))
    if min(level.shape[-2:]) < 2:
        total = level.sum(axis=(-2, -1), keepdims=True)
        mean = total[..., :-1, :, :] / np.maximum(total[..., -1:, :, :], np.float32(1e-6))
        return np.where(weight > 0, own, mean).astype(np.float32)
    around = _double(_spread(halve(level)), level.shape[-2:])
    around -= own
    around *= 1 - np.minimum(weight, 1)
    own += around
    return np.asarray(own, np.float32)


def halve(level: Float32Array) -> Float32Array:
    """Mean of 2x2 pixels, with the weight raised to full as soon as any is known well."""
    height, width = level.shape[-2:]
    if height % 2 or width % 2:
        level = np.pad(level, [(0, 0)] * (level.ndim - 2) + [(0, height % 2), (0, width % 2)])
    rows = level[..., ::2, :] + level[..., 1::2, :]
    total = rows[..., ::2] + rows[..., 1::2]
    total /= np.maximum(total[..., -1:, :, :], 1)
    return np.asarray(total, np.float32)


def _double(coarse: Float32Array, shape: tuple[int, ...]) -> Float32Array:
    """Bilinear to twice the size, cut to ``shape``."""
    rows = _stretch(coarse.swapaxes(-1, -2)).swapaxes(-1, -2)
    return np.asarray(_stretch(rows[..., : shape[0], :])[..., : shape[1]], np.float32)


def _stretch(field: Float32Array) -> Float32Array:
    """Bilinear to twice the length of the last axis."""
    quarter = np.float32(0.25) * field
    out = np.empty((*field.shape[:-1], 2 * field.shape[-1]), np.float32)
    even, odd = out[..., ::2], out[..., 1::2]
    np.multiply(field, np.float32(0.75), out=even)
    odd[...] = even
    even[..., 1:] += quarter[..., :-1]
    even[..., :1] += quarter[..., :1]
    odd[..., :-1] += quarter[..., 1:]
    odd[..., -1:] += quarter[..., -1:]
    return out


def sample(planes: Float32Array, rows: Float32Array, columns: Float32Array) -> Float32Array:
    """Read smooth planes (C, H, W) at scattered points, bilinearly: (C, N); pixel centres lie at whole numbers."""
    flat = planes.reshape(len(planes), -1)
    taps, down, right = find_taps(planes.shape[1:], rows, columns)
    return blend_taps([flat.take(tap, axis=1) for tap in taps], down, right)


def local_colors(
    planes: Float32Array, regions: Sequence[BoolArray], points: Indices
) -> list[tuple[Float32Array, Float32Array]]:
    """Mean colour (3, N) and variance (N,) of the pixels of each region nearest to the points."""
    slivers = not all(region[::_STRIDE, ::_STRIDE].any() for region in regions)
    stride = 1 if slivers else _STRIDE  # known only in slivers: take them all
    colors = planes[:, ::stride, ::stride]
    values = np.concatenate([colors, (colors * colors).sum(axis=0, keepdims=True)])
    weights = np.stack([region[::stride, ::stride] for region in regions]).astype(np.float32)
    rows, columns = np.divmod(points, planes.shape[2])
    fields = spread(values, weights).reshape(-1, *values.shape[1:])
    means = sample(
        fields, rows.astype(np.float32) / np.float32(stride), columns.astype(np.float32) / np.float32(stride)
    )
    return [
        (mean[:3], np.maximum(mean[3] - np.einsum("cn,cn->n", mean[:3], mean[:3]), 0))
        for mean in np.split(means, len(regions))
    ]


def find_taps(
    shape: tuple[int, ...], rows: Float32Array, columns: Float32Array
) -> tuple[list[Indices], Float32Array, Float32Array]:
    """The four pixels round each of N points.

    Returns:
        Flat positions (N,) of the pixels upper left, upper right, lower left and lower right in a picture of that
        shape; and how far down and right of the first the points lie, (N,) in [0, 1].
    """
    height, width = shape
    rows, columns = np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)
    top, left = rows.astype(np.intp), columns.astype(np.intp)
    upper = top * width + left
    lower = upper + width * (top < height - 1)
    step = left < width - 1
    down, right = rows - top.astype(np.float32), columns - left.astype(np.float32)
    return [upper, upper + step, lower, lower + step], down, right


def blend_taps(values: list[Float32Array], down: Float32Array, right: Float32Array) -> Float32Array:
    """Bilinear mean (C, N) of the values (C, N) at ``find_taps``' pixels, which it overwrites."""
    upper, upper_right, lower, lower_right = values
    for start, end, share in ((upper, upper_right, right), (lower, lower_right, right), (upper, lower, down)):
        end -= start
        end *= share
        start += end
    return upper

"""The product's mirror image in a glossy table, which the network takes for product.

Under the line where the product stands, each row is the table's colour there with some of the product's row just as far
above: ``(1 - a) table + a product``, the share ``a`` falling off as it likes. A product that is alike above and below
its own middle is not that: it mirrors itself wholly, or without the table's colour between, and not in fine detail.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.regions import grow, shrink

_SIDE = 112  # samples along the longer side
_HIGHEST = 0.35  # of the seen height, from above: no product stands higher than that
_LEAST_ROWS = 5  # of a mirror image
_LEAST_SHARE = 0.012  # of what is seen, that the mirror image must hold
_EXPLAINED = 0.8  # of all that differs from the table
_DETAIL = 0.45  # of what differs from its row's mean inside the product
_PLAIN = 0.02  # standard deviation of that, sRGB units, under which there's nothing to go by
_PROVED = 1.27  # that and the correlation of the finest detail: balls and bottles, alike above and below, have 1.18
_FINE_PX = 1.2, 5.0  # standard deviations of the blurs between which that lies
_RIM_PX = 5  # of the product, whose own outline is no detail
_STRENGTH = (0.06, 0.75)  # share of the product's light, in the mean
_AT_LINE = 0.85  # that share at most in the rows next to the line: what repeats itself wholly there goes on, like a jar
_NEXT = 6  # part of the rows that are next to it


@dataclass(frozen=True, kw_only=True, eq=False)
class _Mirror:
    """A line under which rows repeat those above."""

    row: int
    explained: float
    """Share of what differs from the table that mirroring explains."""
    region: BoolArray
    """(rows, W) of the mirror image, from the line down."""


def find_reflection(planes: Float32Array, saliency: Float32Array) -> BoolArray:
    """Find the mirror image under a product.

    Args:
        planes: (3, H, W) sRGB in [0, 1].
        saliency: (H, W) in [0, 1].

    Returns:
        (H, W); nowhere where nothing proves to be one.
    """
    found = np.zeros(saliency.shape, bool)
    step = max(1, round(max(saliency.shape) / _SIDE))
    size = -(-saliency.shape[1] // step), -(-saliency.shape[0] // step)
    small = np.stack([np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.BOX)) for plane in planes])
    seen = np.asarray(Image.fromarray(saliency).resize(size, Image.Resampling.BOX)) > 0.5
    mirror = _find(small, seen)
    if mirror is None:
        return found
    lines = range(max(1, (mirror.row - 1) * step), min(len(found) - 1, (mirror.row + 1) * step) + 1)
    top, likeness = _sharpen(planes, saliency > 0.5, lines, len(mirror.region) * step)
    if likeness + mirror.explained < _PROVED:
        return found
    size = saliency.shape[1], len(mirror.region) * step
    part = Image.fromarray(mirror.region).resize(size, Image.Resampling.NEAREST)
    bottom = min(len(found), top + part.height)
    found[top:bottom] = np.asarray(part)[: bottom - top]
    found[bottom:] = found[bottom - 1] & (saliency[bottom:] > 0.05)
    return found


def _find(planes: Float32Array, seen: BoolArray) -> _Mirror | None:
    rows = np.flatnonzero(seen.any(axis=1))
    if not rows.size:
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    best, mirror = _EXPLAINED, None
    for row in range(round(top + _HIGHEST * (bottom - top)), bottom - _LEAST_ROWS):
        if seen[row:].sum() < _LEAST_SHARE * seen.sum():
            break
        reach = min(bottom - row, row - top)
        score, region = _explain(planes, seen, row, reach)
        if score > best:
            best, mirror = score, _Mirror(row=row, explained=score, region=region)
    return mirror


def _explain(planes: Float32Array, seen: BoolArray, row: int, reach: int) -> tuple[float, BoolArray]:
    """How much of the rows under a line is the table with the mirrored rows above in it; and where that is."""
    above, there = planes[:, row - reach : row][:, ::-1], seen[row - reach : row][::-1]
    below = planes[:, row : row + reach]
    either = there | seen[row : row + reach]
    beside = ~grow(either, 2)
    if not beside.any(axis=1).all() or not there.any():
        return 0.0, there
    table = (below * beside).sum(axis=2, keepdims=True) / beside.sum(axis=1)[:, None]
    light, missing = np.where(there, above - table, 0), np.where(either, below - table, 0)
    power = (light * light).sum(axis=(0, 2))
    share = np.clip((light * missing).sum(axis=(0, 2)) / np.maximum(power, 1e-6), 0, 1)
    total = float((missing * missing).sum())
    mean = float((share * power).sum() / max(float(power.sum()), 1e-6))
    next_ = np.s_[: max(2, reach // _NEXT)]
    at_line = float((share[next_] * power[next_]).sum() / max(float(power[next_].sum()), 1e-6))
    if total < 1e-4 or not _STRENGTH[0] < mean < _STRENGTH[1] or at_line > _AT_LINE:
        return 0.0, there
    inside = shrink(there, 1)
    if _explained_detail(below, above, inside) < _DETAIL:
        return 0.0, there
    left = missing - share[:, None] * light
    return 1 - float((left * left).sum()) / total, grow(there, 1)


def _explained_detail(below: Float32Array, above: Float32Array, inside: BoolArray) -> float:
    """Correlation of both rows' detail inside the product; 0 where there is none."""
    count = np.maximum(inside.sum(axis=1), 1)
    means = ((np.where(inside, rows, 0).sum(axis=2) / count)[..., None] for rows in (below, above))
    one, other = (np.where(inside, rows - mean, 0) for rows, mean in zip((below, above), means, strict=True))
    if float((other * other).sum()) < _PLAIN**2 * 3 * int(inside.sum()):
        return 0.0
    power = float((one * one).sum() * (other * other).sum())
    return float((one * other).sum() / max(power, 1e-12) ** 0.5)


def _sharpen(planes: Float32Array, product: BoolArray, lines: range, rows: int) -> tuple[int, float]:
    """The line to the pixel, and how alike the finest detail is, rows down from there and up, inside the product."""
    light = planes.mean(axis=0)
    fine = ndimage.gaussian_filter(light, _FINE_PX[0]) - ndimage.gaussian_filter(light, _FINE_PX[1])
    solid = shrink(product, _RIM_PX)
    scores = []
    for line in lines:
        reach = min(rows, line, len(light) - line)
        inside = solid[line - reach : line][::-1]
        one, other = (
            _without_streaks(rows, inside) for rows in (fine[line - reach : line][::-1], fine[line : line + reach])
        )
        power = float((one * one).sum() * (other * other).sum())
        scores.append(float((one * other).sum()) / max(power, 1e-12) ** 0.5)
    best = int(np.argmax(scores))
    return lines[best], scores[best]


def _without_streaks(rows: Float32Array, inside: BoolArray) -> Float32Array:
    """Values inside, less their column's mean: a highlight down a bottle's whole height repeats nothing."""
    means = np.where(inside, rows, 0).sum(axis=0) / np.maximum(inside.sum(axis=0), 1)
    return np.asarray((rows - means)[inside], np.float32)

"""A matte's outline as curves: traced between pixels, smoothed, and drawn again.

Tracing is marching squares (Lorensen and Cline, "Marching cubes", 1987, in two dimensions). A fair curve is a local
parabola along the outline (Savitzky and Golay, 1964), of the longest stretch that explains it; stretches before and
after a point count, too, so that a corner stays one. Single bumps are pulled in, so that they bend it little.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Indices

Curve = npt.NDArray[np.float64]
"""(2, N): x and y of a closed curve's points in order, px; pixel centres lie at whole numbers."""

_STRETCHES = (28, 14, 7)  # px, half of the lengths over which a parabola is fitted: the first that explains it counts
_EXPLAINS = 0.8  # px, root mean square by which the outline lies off a parabola that explains it
_CENTRED = 1.15  # how much better a stretch to one side must explain a point than the one round it
_PULL, _MOST_OFF = 0.6, 1.0  # of what lies off the curve; px of it that count
_EVEN_PX, _HAIR_PX, _HAIR_PULL = (
    3.0,
    0.7,
    0.7,
)  # standard deviation along an even curve; of a hair what counts; its pull
_FINER = 3  # curves are drawn so much finer, and averaged
_LEVEL = 0.5  # of a matte: its outline
_LEAST_PX = 8  # of a curve's length: specks are none

# The sides of a square of four pixels that an outline crosses, by which of its corners are inside (upper left 8, upper
# right 4, lower right 2, lower left 1): from the first side to the second, with the inside on the same hand.
_CROSSINGS = {
    1: ("bl",), 2: ("rb",), 3: ("rl",), 4: ("tr",), 5: ("tr", "bl"), 6: ("tb",), 7: ("tl",),
    8: ("lt",), 9: ("bt",), 10: ("lt", "rb"), 11: ("rt",), 12: ("lr",), 13: ("br",), 14: ("lb",),
}  # fmt: skip


def trace_outlines(field: Float32Array) -> list[Curve]:
    """The curves along which a field (H, W) crosses 0.5, a point about every px; the border counts as outside."""
    values = np.pad(field, 1)
    start, after = _chain(values > _LEVEL)
    width, flat = values.shape[1], values.ravel()
    down = start >= values.size
    first = np.where(down, start - values.size, start)
    share = (_LEVEL - flat[first]) / (flat[first + np.where(down, width, 1)] - flat[first])
    rows, columns = np.divmod(first, width)
    points = np.stack([columns - 1 + np.where(down, 0, share), rows - 1 + np.where(down, share, 0)])
    curves = (_space_evenly(points[:, loop]) for loop in _follow(after.tolist()))
    return [curve for curve in curves if curve.shape[1] >= _LEAST_PX]


def _chain(inside: BoolArray) -> tuple[Indices, Indices]:
    """The sides that outlines cross, by their upper or left pixels, those down after all others; and which is next.

    The border is outside, so that in one long line of rows none runs into the next.
    """
    corners, width = inside.ravel().view(np.uint8), inside.shape[1]
    code = np.zeros(corners.size, np.uint8)
    for place, weight in ((0, 8), (1, 4), (width + 1, 2), (width, 1)):
        code[: corners.size - place] += corners[place:] * np.uint8(weight)
    places = np.flatnonzero((code > 0) & (code < 15))
    codes = code.take(places)
    pairs = [np.zeros((2, 0), np.intp)]
    for number, crossings in _CROSSINGS.items():
        base = places[codes == number]
        side = {"t": base, "b": base + width, "l": inside.size + base, "r": inside.size + base + 1}
        pairs += [np.stack([side[crossing[0]], side[crossing[1]]]) for crossing in crossings]
    start, end = np.concatenate(pairs, axis=1)
    order = np.argsort(start)
    return start[order], np.searchsorted(start[order], end[order])


def _follow(after: list[int]) -> list[list[int]]:
    """The closed chains of points, each of which has one after it."""
    seen, loops = bytearray(len(after)), []
    for start in range(len(after)):
        loop, at = [], start
        while not seen[at]:
            seen[at] = 1
            loop.append(at)
            at = after[at]
        if loop:
            loops.append(loop)
    return loops


def _space_evenly(points: Curve) -> Curve:
    closed = np.concatenate([points, points[:, :1]], axis=1)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(closed, axis=1)))])
    places = np.arange(round(along[-1])) * (along[-1] / max(1, round(along[-1])))
    return np.stack([np.interp(places, along, line) for line in closed])


def fair(curve: Curve, rounds: int) -> tuple[Curve, Curve]:
    """A fair curve, and its normals (2, N) of length 1, for a long one; bumps are pulled in so many times."""
    middle = curve.mean(axis=1, keepdims=True)
    given = curve - middle
    pulled = given
    for number in range(rounds):
        fitted, _ = _fit(pulled)
        off = given - fitted
        size = np.maximum(np.hypot(*off), 1e-6)
        pulled = fitted + off * np.minimum(1, _MOST_OFF / size) * (_PULL if number else 1)
    fitted, slope = _fit(pulled)
    slope /= np.maximum(np.hypot(*slope), 1e-6)
    return fitted + middle, np.stack([-slope[1], slope[0]])


def even_out(curve: Curve, most: float) -> Curve:
    """The curve without bumps of a few px, moved by ``most`` px at most: blurred along itself, and what that took away.

    A blur pulls bends inwards; a second one, of the difference, puts them back ("twicing", Tukey, 1977). Hairs count by
    their first part of a px alone, so that they bend it little.
    """

    def blur(points: Curve) -> Curve:
        return np.asarray(ndimage.gaussian_filter1d(points, _EVEN_PX, axis=1, mode="wrap"))

    pulled = curve
    for last in (False, False, True):
        smooth = blur(pulled)
        smooth = smooth + blur(pulled - smooth)
        off = curve - smooth
        size = np.maximum(np.hypot(*off), 1e-6)
        pulled = smooth + off * (
            np.maximum(0, 1 - most / size) if last else np.minimum(1, _HAIR_PX / size) * _HAIR_PULL
        )
    return pulled


def is_long(curve: Curve) -> bool:
    """Whether a curve is long enough to be made fair."""
    return len(curve[0]) > 6 * _STRETCHES[-1]


def _fit(points: Curve) -> tuple[Curve, Curve]:
    """Points (2, N) on parabolas, and the parabolas' slopes there."""
    off, fitted, slope = np.full(points.shape[1], np.inf), points.copy(), np.zeros_like(points)
    for reach in _STRETCHES:
        if points.shape[1] > 2 * reach:
            change = off > _EXPLAINS
            new_off, new_fitted, new_slope = _fit_stretch(points, reach)
            off = np.where(change, new_off, off)
            fitted, slope = np.where(change, new_fitted, fitted), np.where(change, new_slope, slope)
    return fitted, slope


def _fit_stretch(points: Curve, reach: int) -> tuple[npt.NDArray[np.float64], Curve, Curve]:
    """How far off the best parabola of that reach lies, root mean square, px; its points; and its slopes."""
    steps = np.arange(-reach, reach + 1.0)
    powers = np.stack([np.ones_like(steps), steps, steps * steps])
    sums = np.stack([ndimage.correlate1d(points, power, axis=1, mode="wrap") for power in powers])
    parts = np.einsum("ij,jkn->ikn", np.linalg.inv(powers @ powers.T), sums)
    squares = ndimage.correlate1d(points * points, powers[0], axis=1, mode="wrap")
    rest = np.maximum((squares - (parts * sums).sum(axis=0)).sum(axis=0), 0)
    least, fitted, slope = np.full(rest.shape, np.inf), points, points
    for step in (0, -reach // 2, reach // 2, -reach, reach):
        part = np.roll(parts, step, axis=2)
        error = np.roll(rest, step) * (_CENTRED if step else 1)
        better = error < least
        least = np.where(better, error, least)
        fitted = np.where(better, part[0] + part[1] * step + part[2] * step * step, fitted)
        slope = np.where(better, part[1] + 2 * part[2] * step, slope)
    return np.sqrt(least / steps.size), fitted, slope


def draw_outlines(curves: list[Curve], shape: tuple[int, int]) -> Float32Array:
    """The share (H, W) of each pixel inside: curves that run round as the largest does are filled, others are holes."""
    size = shape[1] * _FINER, shape[0] * _FINER
    picture = Image.new("L", size, 0)
    pen = ImageDraw.Draw(picture)
    areas = [float(x @ np.roll(y, -1) - np.roll(x, -1) @ y) for x, y in curves]
    turn = np.sign(max(areas, key=abs, default=1))
    for number in sorted(range(len(curves)), key=lambda number: -abs(areas[number])):
        corners = (curves[number].T + 0.5) * _FINER - 0.5
        pen.polygon(corners.ravel().tolist(), fill=255 if areas[number] * turn > 0 else 0)
    return np.asarray(picture.reduce(_FINER), np.float32) / np.float32(255)

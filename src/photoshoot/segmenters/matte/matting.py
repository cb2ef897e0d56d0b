"""Closed-form matting in the band where the matte is not yet known.

Source: Levin, Lischinski and Weiss, "A closed-form solution to natural image matting" (2008); joint upsampling by the
same local colour lines as in He and Sun, "Fast guided filter" (2015).
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from photoshoot.arrays import BoolArray, Float32Array, Indices
from photoshoot.records import AlphaMatte
from photoshoot.segmenters.regions import blend_taps, find_taps, grow

_EPSILON = np.float32(1e-5)  # variance of colour under which a window counts as flat; sRGB units squared
_MAX_ITERATIONS = 120
_TOLERANCE = 1e-3
_MIDDLE = 12  # the pixel itself among its 5x5 neighbours
_PAD = 2  # reach of the 5x5 stencil that 3x3 windows make


@dataclass(frozen=True, kw_only=True, eq=False)
class ColorLines:
    """The 3x3 windows that touch the unknown band, with the statistics of their colours."""

    shape: tuple[int, int]
    """Height and width of the padded picture."""
    centers: Indices
    """(N,) flat positions of the windows' centres in the padded picture."""
    around: Indices
    """(9,) steps from a centre to its window's pixels."""
    statistics: tuple[Float32Array, Float32Array, Float32Array]
    """What ``mean``, ``deviations`` and ``inverse`` are of, of M windows."""
    entries: Indices | None = None
    """(N,): which of those M the windows are. None: all."""

    @cached_property
    def mean(self) -> Float32Array:
        """(3, N) mean colour."""
        return self._read(0)

    @cached_property
    def deviations(self) -> Float32Array:
        """(3, 9, N) colours less their mean."""
        return self._read(1)

    @cached_property
    def inverse(self) -> Float32Array:
        """(3, 3, N) inverse of the regularised covariance."""
        return self._read(2)

    def _read(self, number: int) -> Float32Array:
        whole = self.statistics[number]
        return whole if self.entries is None else whole.take(self.entries, axis=-1)


@dataclass(frozen=True, kw_only=True, eq=False)
class LineField:
    """Lines from colour to matte near the product's edge: ``alpha = slope . rgb + offset``."""

    entry: Indices
    """(H, W): which of the values are a pixel's."""
    values: Float32Array
    """(4, N): slopes of red, green and blue, and offset; rgb in [0, 1]."""

    def sample(self, rows: Float32Array, columns: Float32Array) -> Float32Array:
        """The lines (4, N) at points near the edge, between pixels, whose centres lie at whole numbers."""
        taps, down, right = find_taps(self.entry.shape, rows, columns)
        flat = self.entry.ravel()
        return blend_taps([self.values.take(flat.take(tap), axis=1) for tap in taps], down, right)


def solve_matte(
    planes: Float32Array, prior: Float32Array, weight: Float32Array, unknown: BoolArray
) -> tuple[AlphaMatte, ColorLines]:
    """Solve for the matte in the unknown band.

    Args:
        planes: (3, H, W) sRGB in [0, 1].
        prior: (H, W) matte: exact outside the band, a guess inside.
        weight: (H, W) how far the guess is trusted, 0 to about 1.
        unknown: (H, W) the band.

    Returns:
        The matte (H, W), and the windows for ``fit_lines``.
    """
    lines = _build_lines(np.pad(planes, ((0, 0), (_PAD, _PAD), (_PAD, _PAD)), "edge"), np.pad(unknown, _PAD))
    alpha = prior.astype(np.float32)
    if lines.centers.size:
        alpha[unknown] = _solve(lines, np.pad(prior, _PAD, "edge"), np.pad(weight, _PAD), np.pad(unknown, _PAD))
    return np.clip(alpha, 0, 1), lines


def _build_lines(planes: Float32Array, unknown: BoolArray) -> ColorLines:
    height, width = unknown.shape
    inside = np.zeros_like(unknown)
    inside[_PAD:-_PAD, _PAD:-_PAD] = True
    touched = grow(unknown) & inside
    centers = np.flatnonzero(touched)
    around = (np.arange(-1, 2)[:, None] * width + np.arange(-1, 2)).ravel()
    pixels = around[:, None] + centers
    colors = planes.reshape(3, -1).take(pixels, axis=1)
    mean = colors.mean(axis=1)
    deviations = np.subtract(colors, mean[:, None], out=colors)
    return ColorLines(
        shape=(height, width),
        centers=centers,
        around=around,
        statistics=(mean, deviations, _invert_covariance(deviations)),
    )


def _invert_covariance(deviations: Float32Array) -> Float32Array:
    """Inverse (3, 3, N) of the regularised covariances, by cofactors: many times faster than LAPACK on small ones."""

    def covariance(first: int, second: int) -> npt.NDArray[np.float64]:
        total = np.einsum("pn,pn->n", deviations[first], deviations[second]).astype(np.float64) / 9
        return np.asarray(total + float(_EPSILON) / 9 if first == second else total)

    rr, rg, rb = covariance(0, 0), covariance(0, 1), covariance(0, 2)
    gg, gb, bb = covariance(1, 1), covariance(1, 2), covariance(2, 2)
    first, second, third = gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb
    scale = 1 / (rr * first + rg * second + rb * third)
    middle, beside, last = rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg
    rows = ((first, second, third), (second, middle, beside), (third, beside, last))
    return np.stack([np.stack([(cofactor * scale).astype(np.float32) for cofactor in row]) for row in rows])


def _solve(lines: ColorLines, prior: Float32Array, weight: Float32Array, unknown: BoolArray) -> Float32Array:
    """The unknown pixels' matte, by conjugate gradients from the prior."""
    position = np.flatnonzero(unknown)
    row_of = np.full(unknown.size, -1, np.int32)
    row_of[position] = np.arange(position.size, dtype=np.int32)
    stencil = _laplacian_stencil(lines, position)
    steps = (np.arange(-2, 3)[:, None] * lines.shape[1] + np.arange(-2, 3)).ravel()
    neighbours = position + steps[:, None]
    trust, guess = weight.ravel().take(position), prior.ravel().take(position)
    surely = np.where(unknown, np.float32(0), prior).ravel()
    right = trust * guess - np.einsum("sn,sn->n", stencil, surely.take(neighbours))
    stencil[_MIDDLE] += trust + np.float32(1e-6)
    return conjugate_gradients(_build_matrix(stencil, row_of.take(neighbours)), stencil[_MIDDLE], right, guess)


def _laplacian_stencil(lines: ColorLines, position: Indices) -> Float32Array:
    """The matting Laplacian's rows at some pixels, each over its 5x5 neighbours: (25, pixels)."""
    windows = lines.centers.size
    window_of = np.full(lines.shape[0] * lines.shape[1], windows, np.int32)
    window_of[lines.centers] = np.arange(windows, dtype=np.int32)
    deviations = lines.deviations
    scaled = np.einsum("cpn,cdn->dpn", deviations, lines.inverse)
    scaled /= np.float32(-9)
    stencil = np.zeros((5, 5, position.size), np.float32)
    entries = np.zeros((9, windows + 1), np.float32)  # the last: no window, beyond the picture
    inner, term = entries[:, :windows], np.empty((9, windows), np.float32)
    for place, step in enumerate(lines.around):
        np.multiply(scaled[0, place], deviations[0], out=inner)
        for channel in (1, 2):
            inner += np.multiply(scaled[channel, place], deviations[channel], out=term)
        inner -= np.float32(1 / 9)
        inner[place] += 1
        down, right = 2 - place // 3, 2 - place % 3
        block = entries.take(window_of.take(position - step), axis=1)
        stencil[down : down + 3, right : right + 3] += block.reshape(3, 3, -1)
    return stencil.reshape(25, -1)


def _build_matrix(stencil: Float32Array, columns: npt.NDArray[np.int32]) -> sparse.csr_matrix:
    """The sparse matrix of rows over 5x5 neighbours, (25, N) each; columns under 0 are none of its own."""
    used = columns.T >= 0
    ends = np.concatenate([[0], np.cumsum(used.sum(axis=1))]).astype(np.int32)
    return sparse.csr_matrix((stencil.T[used], columns.T[used], ends))


def conjugate_gradients(
    matrix: sparse.csr_matrix, diagonal: Float32Array, right: Float32Array, guess: Float32Array
) -> Float32Array:
    """Solve by conjugate gradients with Jacobi's preconditioner, until the residual is small against ``right``."""
    inverse = 1 / diagonal
    solution = guess.copy()
    residual = right - matrix @ solution
    goal = _TOLERANCE**2 * _dot(right, right)
    direction, power = np.zeros_like(right), 0.0
    for _ in range(_MAX_ITERATIONS):
        if _dot(residual, residual) <= goal:
            break
        scaled = inverse * residual
        before, power = power, _dot(residual, scaled)
        direction *= np.float32(power / before if before else 0)
        direction += scaled
        change = matrix @ direction
        length = np.float32(power / _dot(direction, change))
        solution += length * direction
        residual -= length * change
    return solution


def _dot(first: Float32Array, second: Float32Array) -> float:
    return float(np.einsum("n,n->", first, second))  # in this thread: BLAS wakes others, whose waiting costs more


def keep_lines(lines: ColorLines, kept: BoolArray) -> ColorLines:
    """The lines of the windows whose centres are kept, (H, W)."""
    if kept.all():
        return lines
    places = np.flatnonzero(np.pad(kept, (lines.shape[0] - len(kept)) // 2).ravel().take(lines.centers))
    entries = places if lines.entries is None else lines.entries.take(places)
    return replace(lines, centers=lines.centers.take(places), entries=entries)


def fit_lines(lines: ColorLines | None, alpha: AlphaMatte, near: BoolArray) -> LineField:
    """Each pixel's local line from colour to matte; where there is none, a slope of 0 and the matte itself.

    Args:
        lines: The windows; None: there are none.
        alpha: (H, W).
        near: (H, W): where the field is wanted.
    """
    padded, wanted = np.pad(alpha, _PAD, "edge"), grow(np.pad(near, _PAD), 2)
    positions = np.flatnonzero(wanted)
    entry = np.full(wanted.size, positions.size, np.intp)  # the last entry is nobody's
    entry[positions] = np.arange(positions.size)
    values = np.zeros((4, positions.size + 1), np.float32)
    padded.ravel().take(positions, out=values[3, :-1])
    if lines is not None and lines.centers.size:
        _write_lines(lines, padded, entry, values)
        touched = np.zeros(wanted.shape, bool)
        touched.ravel()[lines.centers] = True
        _smooth(values, entry, positions, np.flatnonzero(grow(touched) & grow(np.pad(near, _PAD))), wanted.shape[1])
    inner = slice(_PAD, -_PAD)
    return LineField(entry=np.ascontiguousarray(entry.reshape(wanted.shape)[inner, inner]), values=values)


def _write_lines(lines: ColorLines, padded: AlphaMatte, entry: Indices, values: Float32Array) -> None:
    """Fit the windows' lines to the matte and enter them."""
    inside = padded.ravel().take(lines.around[:, None] + lines.centers)
    covariance = np.einsum("pn,cpn->cn", inside, lines.deviations) / np.float32(9)
    slope = np.einsum("cn,cdn->dn", covariance, lines.inverse)
    offset = inside.mean(axis=0) - np.einsum("cn,cn->n", slope, lines.mean)
    values[:, entry.take(lines.centers)] = np.concatenate([slope, offset[None]])


def _smooth(values: Float32Array, entry: Indices, positions: Indices, targets: Indices, width: int) -> None:
    """Replace the values at some positions by the mean of the 3x3 round them."""
    rows = np.zeros_like(values)  # clipped: the padding's corner has nobody beside it, and nobody asks for its row
    rows[:, :-1] = sum(values.take(entry.take(positions + step, mode="clip"), axis=1) for step in (-1, 0, 1))
    total = sum(rows.take(entry.take(targets + step), axis=1) for step in (-width, 0, width))
    values[:, entry.take(targets)] = total / np.float32(9)

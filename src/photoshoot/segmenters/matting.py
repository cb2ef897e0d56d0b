"""Closed-form matting in the band where the matte is not yet known.

Source: Levin, Lischinski and Weiss, "A closed-form solution to natural image matting" (2008); joint upsampling by the
same local colour lines as in He and Sun, "Fast guided filter" (2015).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import cg

from photoshoot.records import AlphaMatte
from photoshoot.segmenters.regions import grow

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]
Region = npt.NDArray[np.bool_]

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
    mean: Floats
    """(3, N) mean colour."""
    deviations: Floats
    """(3, 9, N) colours less their mean."""
    inverse: Floats
    """(3, 3, N) inverse of the regularised covariance."""


def solve_matte(rgb: Floats, prior: Floats, weight: Floats, unknown: Region) -> tuple[AlphaMatte, ColorLines]:
    """Solve for the matte in the unknown band.

    Args:
        rgb: (H, W, 3) sRGB in [0, 1].
        prior: (H, W) matte: exact outside the band, a guess inside.
        weight: (H, W) how far the guess is trusted, 0 to about 1.
        unknown: (H, W) the band.

    Returns:
        The matte (H, W), and the windows for ``upsample_matte``.
    """
    lines = _build_lines(np.pad(rgb, ((_PAD, _PAD), (_PAD, _PAD), (0, 0)), "edge"), np.pad(unknown, _PAD))
    alpha = prior.astype(np.float32)
    if lines.centers.size:
        alpha[unknown] = _solve(lines, np.pad(prior, _PAD, "edge"), np.pad(weight, _PAD), np.pad(unknown, _PAD))
    return np.clip(alpha, 0, 1), lines


def _build_lines(rgb: Floats, unknown: Region) -> ColorLines:
    height, width = unknown.shape
    inside = np.zeros_like(unknown)
    inside[_PAD:-_PAD, _PAD:-_PAD] = True
    touched = grow(unknown) & inside
    centers = np.flatnonzero(touched)
    around = (np.arange(-1, 2)[:, None] * width + np.arange(-1, 2)).ravel()
    pixels = around[:, None] + centers
    colors = np.stack([np.ascontiguousarray(rgb[..., channel]).ravel().take(pixels) for channel in range(3)])
    mean = colors.mean(axis=1)
    deviations = np.subtract(colors, mean[:, None], out=colors)
    return ColorLines(
        shape=(height, width),
        centers=centers,
        around=around,
        mean=mean,
        deviations=deviations,
        inverse=_invert_covariance(deviations),
    )


def _invert_covariance(deviations: Floats) -> Floats:
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


def _solve(lines: ColorLines, prior: Floats, weight: Floats, unknown: Region) -> Floats:
    """The unknown pixels' matte, by conjugate gradients from the prior."""
    position = np.flatnonzero(unknown)
    row_of = np.full(unknown.size, -1, np.int32)
    row_of[position] = np.arange(position.size, dtype=np.int32)
    stencil = _laplacian_stencil(lines, position)
    steps = (np.arange(-2, 3)[:, None] * lines.shape[1] + np.arange(-2, 3)).ravel()
    neighbours = position + steps[:, None]
    columns = row_of[neighbours]
    known = columns < 0
    trust = weight.ravel()[position]
    guess = prior.ravel()[position]
    right = trust * guess - np.where(known, stencil * prior.ravel()[neighbours], 0).sum(axis=0)
    stencil[_MIDDLE] += trust + np.float32(1e-6)
    return _conjugate_gradients(stencil.T, columns.T, ~known.T, right, guess)


def _laplacian_stencil(lines: ColorLines, position: Indices) -> Floats:
    """The matting Laplacian's rows at some pixels, each over its 5x5 neighbours: (25, pixels)."""
    windows = lines.centers.size
    window_of = np.full(lines.shape[0] * lines.shape[1], windows, np.int32)
    window_of[lines.centers] = np.arange(windows, dtype=np.int32)
    deviations = lines.deviations
    scaled = np.einsum("cpn,cdn->dpn", deviations, lines.inverse)
    stencil = np.zeros((5, 5, position.size), np.float32)
    entries = np.zeros((9, windows + 1), np.float32)  # the last: no window, beyond the picture
    for place, step in enumerate(lines.around):
        likeness = sum(scaled[channel, place] * deviations[channel] for channel in range(3))
        entries[:, :windows] = (1 + likeness) / np.float32(-9)
        entries[place, :windows] += 1
        down, right = 2 - place // 3, 2 - place % 3
        block = entries.take(window_of[position - step], axis=1)
        stencil[down : down + 3, right : right + 3] += block.reshape(3, 3, -1)
    return stencil.reshape(25, -1)


def _conjugate_gradients(
    stencil: Floats, columns: npt.NDArray[np.int32], used: Region, right: Floats, guess: Floats
) -> Floats:
    ends = np.concatenate([[0], np.cumsum(used.sum(axis=1))])
    matrix = sparse.csr_matrix((stencil[used], columns[used], ends.astype(np.int32)))
    preconditioner = sparse.diags_array(1 / stencil[:, _MIDDLE])
    solution, _ = cg(matrix, right, x0=guess, rtol=_TOLERANCE, maxiter=_MAX_ITERATIONS, M=preconditioner)
    return np.asarray(solution, np.float32)


def fit_lines(lines: ColorLines, alpha: AlphaMatte) -> tuple[Floats, Floats]:
    """Each pixel's local line from colour to matte.

    Returns:
        ``slope`` (H, W, 3) and ``offset`` (H, W): ``alpha = slope . rgb + offset`` near the band; a slope of 0 and the
        matte itself elsewhere.
    """
    padded = np.pad(alpha, _PAD, "edge").ravel()
    values = padded.take(lines.around[:, None] + lines.centers)
    covariance = np.einsum("pn,cpn->cn", values, lines.deviations) / np.float32(9)
    slope = np.einsum("cn,cdn->dn", covariance, lines.inverse)
    offset = values.mean(axis=0) - np.einsum("cn,cn->n", slope, lines.mean)
    field = np.zeros((padded.size, 4), np.float32)
    field[:, 3] = padded
    field[lines.centers] = np.column_stack([*slope, offset])
    height, width = lines.shape
    touched = np.zeros((height, width), bool)
    touched.ravel()[lines.centers] = True
    near = np.flatnonzero(grow(touched)[1:-1]) + width
    field[near] = sum(field[near + step] for step in lines.around) / np.float32(9)
    smooth = field.reshape(height, width, 4)[_PAD:-_PAD, _PAD:-_PAD]
    return smooth[..., :3], smooth[..., 3]

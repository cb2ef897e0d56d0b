"""Fine texture over light that was traced on a coarse film.

Light changes slowly over a picture and is what costs; paint, grain and weave change from pixel to pixel and cost
little: one look along each ray. So light is traced and denoised on a coarse film and enlarged, and the paint that the
eye would see at full size is put back by its ratio to the paint that the coarse film saw.

Source: demodulation of albedo as in Schied et al., "Spatiotemporal Variance-Guided Filtering", HPG 2017, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.denoise import Guides
from photoshoot.placers.studio.renderer.film import Film
from photoshoot.placers.studio.renderer.tiling import Where
from photoshoot.records import AlphaMatte, LinearImage

_DARK = 0.02  # added to both paints: ratios of nearly black ones are noise
_RATIO = (0.3, 3.0)
_UNPAINTED = 0.03  # albedo under which light does not come from paint: lamps, black glass
_SOLID = 0.3  # opacity over which a stand-in may be in the way
SET_ALONE = 0.004
"""Share of the stand-in from which a pixel's light isn't the set's alone."""

_SPREAD = 6  # film pixels that the set's light is carried on under the product's edge
_SMOOTH = 0.004  # albedo steps, against the mean of nine pixels, that the enlarged film shows as well
_NOISY = 0.05  # albedo steps from which on guides are noisy
_FINE_PX, _SLOPE_PX = 2.0, 31  # film pixels: finer paint than that may be lost; its light is even over so many
_PLAIN = 1e-5  # mean square of fine steps of albedo under which paint is plain
_OUTLIER = 6.0  # times the usual noise, at most
_REACH = 7  # film pixels across that a step changes once enlarged, and the next ones
_SHARP_PX, _BLURRED_PX = 0.9, 2.4  # width of the circle of confusion that keeps all, and that keeps no detail


@dataclass(frozen=True, kw_only=True, eq=False)
class SharpGuides:
    """What some of the canvas's pixels show without blur."""

    where: Where
    """Which ones, (H, W); N of them."""
    albedo: Float32Array
    """(N, 3), [0, 1], row by row."""
    distance: Float32Array
    """(N,): from the lens along the ray, world units; 0 where there is nothing."""


def solid_part(alpha: AlphaMatte) -> Float32Array:
    """Where the product's stand-in hides the set, (H, W), 0 or 1; wisps and soft edges are not part of it."""
    return (alpha > _SOLID).astype(np.float32)


def find_detail(guides: Guides, film: Film, cover: Float32Array, aperture: float) -> Where:
    """Which canvas pixels (H, W) may show detail that the enlarged film lacks.

    Args:
        guides: What the coarse film saw.
        film: Its grid.
        cover: Share of each film pixel that the product hides.
        aperture: Of the lens, world units.
    """
    paint = _carry_under_box(guides.albedo, cover)
    found = (steps(paint) > _SMOOTH) & (cover < 1)
    if aperture > 0:
        sharpness = _sharpness(guides.distance, _film_cosines(film), film.view, aperture)
        found &= ndimage.maximum_filter(sharpness, 3) > 0
    near = ndimage.maximum_filter(found, _REACH) & (cover < 1)
    if not near.any():
        return np.zeros((film.view.height_px, film.view.width_px), np.bool_)
    return np.asarray(film.to_canvas(near[..., None].astype(np.float32))[..., 0] > 0.25)


def find_edges(albedo: LinearImage) -> Where:
    """Which film pixels (h, w) lie beside an edge of paint, where few looks are a noisy mean."""
    return np.asarray(ndimage.maximum_filter(steps(albedo) > _NOISY, 5))


def blur_on_film(guides: Guides, film: Film, aperture: float) -> Float32Array:
    """Width of the circle of confusion of what each film pixel shows, in canvas pixels."""
    return np.asarray(_blur_px(guides.distance, _film_cosines(film), film.view, aperture), np.float32)


def restore_paint(clean: LinearImage, noisy: LinearImage, albedo: LinearImage, cover: Float32Array) -> LinearImage:
    """Put back the fine paint that a denoiser took for noise, on dark and glossy floors for one.

    What it took away is noise, which knows nothing of the paint, and paint. So its slope over the paint's fine steps,
    by least squares over hundreds of pixels, is the light that they lack; it is near 0 where the denoiser kept them.

    Args:
        clean: Denoised light (h, w, 3).
        noisy: What it was made of.
        albedo: Of the same pixels, [0, 1].
        cover: Share of each pixel that the product hides.
    """
    fine = albedo - ndimage.gaussian_filter(albedo, (_FINE_PX, _FINE_PX, 0))
    fine[ndimage.maximum_filter(cover, 2 * _SPREAD + 1) > SET_ALONE] = 0
    energy = _mean_over(fine * fine, _SLOPE_PX)
    if energy.max() < _PLAIN:
        return clean
    lost = noisy - clean
    usual = _mean_over(np.abs(lost), _SLOPE_PX)
    slope = _mean_over(np.clip(lost, -_OUTLIER * usual, _OUTLIER * usual) * fine, _SLOPE_PX) / (energy + _PLAIN)
    return np.asarray(np.maximum(clean + _mean_over(np.maximum(slope, 0), _SLOPE_PX // 2) * fine, 0), np.float32)


def carry_under(image: Float32Array, cover: Float32Array) -> Float32Array:
    """The image (h, w, C) with pixels near the product's edge, inside, replaced by their nearest clear neighbour."""
    covered = cover > SET_ALONE
    if not covered.any() or covered.all():
        return image
    away, nearest = ndimage.distance_transform_edt(covered, return_indices=True)
    near = covered & (away <= _SPREAD)
    carried = image.copy()
    carried[near] = image[nearest[0][near], nearest[1][near]]
    return carried


def add_detail(
    light: LinearImage, paint: LinearImage, sharp: SharpGuides, share: Float32Array, solid: Float32Array
) -> LinearImage:
    """Put full-size paint over enlarged light.

    Args:
        light: Enlarged light (H, W, 3).
        paint: Enlarged albedo (H, W, 3).
        sharp: The canvas's own paint.
        share: How much of it shows (N,), [0, 1].
        solid: Where the stand-in is, see ``solid_part``.
    """
    fine = np.zeros((*paint.shape[:2], 4), np.float32)
    fine[..., :3] = np.minimum(paint, 1)
    fine[sharp.where] = np.column_stack([sharp.albedo, share])
    fine = _carry_under_box(fine, solid)
    shows = fine[..., 3] > 0
    ratio = np.clip((fine[shows, :3] + _DARK) / (np.minimum(paint[shows], 1) + _DARK), *_RATIO)
    detailed = np.array(light, np.float32)
    detailed[shows] *= 1 + fine[shows, 3:] * (ratio - 1)
    return detailed


def detail_share(albedo: LinearImage, film: Film, sharp: SharpGuides, aperture: float) -> Float32Array:
    """How much of the detail shows, (N,): none on lamps and black glass, none where the lens blurs."""
    painted = ndimage.minimum_filter((albedo.max(-1) >= _UNPAINTED).astype(np.float32), 3)
    share = np.clip(film.to_canvas(painted[..., None])[..., 0][sharp.where], 0, 1)
    if aperture == 0:
        return np.asarray(share, np.float32)
    rows, columns = np.nonzero(sharp.where)
    view = film.view
    cosines = _cosines(columns + 0.5 - view.width_px / 2, rows + 0.5 - view.axis_row_px, view)
    return np.asarray(share * _sharpness(sharp.distance, cosines, view, aperture), np.float32)


def _mean_over(image: Float32Array, side_px: int) -> Float32Array:
    return np.asarray(ndimage.uniform_filter(image, (side_px, side_px, 0)), np.float32)


def steps(image: Float32Array) -> Float32Array:
    """How far each pixel is from the mean of nine, the most of its channels."""
    return np.asarray(np.abs(image - _mean_over(image, 3)).max(-1), np.float32)


def _sharpness(distance: Float32Array, cosines: npt.NDArray[np.floating], view: View, aperture: float) -> Float32Array:
    """How much of the detail at a distance the lens leaves, [0, 1]."""
    blur_px = _blur_px(distance, cosines, view, aperture)
    return np.asarray(np.clip((_BLURRED_PX - blur_px) / (_BLURRED_PX - _SHARP_PX), 0, 1), np.float32)


def _blur_px(
    distance: Float32Array, cosines: npt.NDArray[np.floating], view: View, aperture: float
) -> npt.NDArray[np.floating]:
    """Width of the circle of confusion at a distance, in canvas pixels."""
    depth = distance * cosines
    width = 2 * aperture * view.px_per_unit * np.abs(depth - view.distance) / np.maximum(depth, 1e-3)
    return np.asarray(width)


def _film_cosines(film: Film) -> npt.NDArray[np.floating]:
    columns = np.arange(film.width_px) + 0.5 - film.width_px / 2
    rows = np.arange(film.height_px) + 0.5 - film.axis_row_px
    return _cosines(film.stride * columns[None, :], film.stride * rows[:, None], film.view)


def _cosines(
    right_px: npt.NDArray[np.floating], down_px: npt.NDArray[np.floating], view: View
) -> npt.NDArray[np.floating]:
    """Cosine between the axis and the rays of points of the canvas, seen from where the axis meets it."""
    focal = view.distance * view.px_per_unit
    return np.asarray(1 / np.sqrt(1 + (right_px / focal) ** 2 + (down_px / focal) ** 2))


def _carry_under_box(image: Float32Array, cover: Float32Array) -> Float32Array:
    """``carry_under`` that looks at the product's box only."""
    rows, columns = np.flatnonzero(cover.any(1)), np.flatnonzero(cover.any(0))
    if not len(rows):
        return image
    box = tuple(slice(max(0, line[0] - _SPREAD), line[-1] + _SPREAD + 1) for line in (rows, columns))
    carried = image.copy()
    carried[box] = carry_under(image[box], cover[box])
    return carried

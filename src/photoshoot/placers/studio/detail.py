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

from photoshoot.placers.studio.film import Film
from photoshoot.records import AlphaMatte, LinearImage

Floats = npt.NDArray[np.float32]

_DARK = 0.02  # added to both paints: ratios of nearly black ones are noise
_RATIO = (0.3, 3.0)
_UNPAINTED = 0.03  # albedo under which light does not come from paint: lamps, black glass
_SOLID = 0.3  # opacity over which a stand-in may be in the way
_COVERED = 0.004  # share of the stand-in from which a pixel's light isn't the set's alone
_SPREAD = 6  # film pixels that the set's light is carried on under the product's edge
_SMOOTH = 0.006  # albedo steps, against the mean of nine pixels, that the enlarged film shows as well
_SHARP_PX, _BLURRED_PX = 0.9, 2.4  # width of the circle of confusion that keeps all, and that keeps no detail


@dataclass(frozen=True, kw_only=True, eq=False)
class SharpGuides:
    """What the canvas's pixels show without blur."""

    albedo: LinearImage
    """(H, W, 3), [0, 1]."""
    distance: Floats
    """(H, W): from the lens along the ray, world units; 0 where there is nothing."""


def solid_part(alpha: AlphaMatte) -> Floats:
    """Where the product's stand-in hides the set, (H, W), 0 or 1; wisps and soft edges are not part of it."""
    return (alpha > _SOLID).astype(np.float32)


def needs_detail(albedo: LinearImage, cover: Floats) -> bool:
    """Whether the paint seen by a coarse film (H, W, 3) has detail, where the product does not cover it (H, W)."""
    steps = np.abs(albedo - ndimage.uniform_filter(albedo, (3, 3, 0))).max(-1)
    clear = ndimage.maximum_filter(cover, 5) <= _COVERED
    return bool((steps[clear] > _SMOOTH).any())


def carry_under(image: Floats, cover: Floats) -> Floats:
    """The image (h, w, C) with pixels near the product's edge, inside, replaced by their nearest clear neighbour."""
    covered = cover > _COVERED
    if not covered.any() or covered.all():
        return image
    away, nearest = ndimage.distance_transform_edt(covered, return_indices=True)
    near = covered & (away <= _SPREAD)
    carried = image.copy()
    carried[near] = image[nearest[0][near], nearest[1][near]]
    return carried


def add_detail(light: LinearImage, paint: LinearImage, sharp: SharpGuides, keep: Floats, solid: Floats) -> LinearImage:
    """Put full-size paint over enlarged light.

    Args:
        light: Enlarged light (H, W, 3).
        paint: Enlarged albedo (H, W, 3).
        sharp: The canvas's own paint.
        keep: Share of the detail that shows (H, W), [0, 1].
        solid: Where the stand-in is, see ``solid_part``.
    """
    fine = _carry_under_box(sharp.albedo, solid)
    ratio = np.clip((fine + _DARK) / (np.minimum(paint, 1) + _DARK), *_RATIO)
    return np.asarray(light * (1 + keep[..., None] * (ratio - 1)), np.float32)


def detail_share(albedo: LinearImage, film: Film, sharp: SharpGuides, aperture: float) -> Floats:
    """How much of the detail shows, (H, W): none on lamps and black glass, none where the lens blurs."""
    painted = ndimage.minimum_filter((albedo.max(-1) >= _UNPAINTED).astype(np.float32), 3)
    share = np.clip(film.to_canvas(painted[..., None])[..., 0], 0, 1)
    if aperture == 0:
        return share
    view = film.view
    depth = sharp.distance * _cosines(film)
    blur_px = 2 * aperture * view.px_per_unit * np.abs(depth - view.distance) / np.maximum(depth, 1e-3)
    return np.asarray(share * np.clip((_BLURRED_PX - blur_px) / (_BLURRED_PX - _SHARP_PX), 0, 1), np.float32)


def _cosines(film: Film) -> Floats:
    """Cosine between the axis and the ray of each canvas pixel; (H, W)."""
    view = film.view
    focal = view.distance * view.px_per_unit
    x = (np.arange(view.width_px, dtype=np.float32) + 0.5 - view.width_px / 2) / focal
    y = (np.arange(view.height_px, dtype=np.float32) + 0.5 - view.axis_row_px) / focal
    return np.asarray(1 / np.sqrt(1 + x[None, :] ** 2 + y[:, None] ** 2), np.float32)


def _carry_under_box(image: LinearImage, solid: Floats) -> LinearImage:
    """``carry_under`` at canvas size: only the product's box is looked at."""
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    if not len(rows):
        return image
    box = tuple(slice(max(0, line[0] - _SPREAD), line[-1] + _SPREAD + 1) for line in (rows, columns))
    carried = image.copy()
    carried[box] = carry_under(image[box], solid[box])
    return carried

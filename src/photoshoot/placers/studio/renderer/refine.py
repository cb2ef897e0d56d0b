"""Close-ups: full-size light where a coarse film can't hold what a set shows, such as needles, grass and strings.

Nearly all of a picture is as good on a coarse film, see ``detail``. Where many edges of shapes lie close together it
is not: each has its light and its shade, and no paint tells them apart. Those pixels are traced once more at full
size, and denoised in rectangles that hold them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.renderer.denoise import MARGIN_PX, Guides
from photoshoot.placers.studio.renderer.film import Film
from photoshoot.placers.studio.renderer.tiling import Where, cover_with_rectangles
from photoshoot.placers.studio.renderer.upsample import SET_ALONE, blur_on_film, carry_under, steps
from photoshoot.records import LinearImage

Denoise = Callable[[LinearImage, Guides], LinearImage]
"""Light without noise (h, w, 3), from noisy light and guides of the same size."""

_BEND = 0.2  # of a unit normal, against the mean of nine pixels: an edge
_STEP = 0.05  # share of the distance, likewise
_BLURRED_PX = 8.0  # circle of confusion that a coarse film shows as well
_NEIGHBOURS = 15  # film pixels across, in which edges are counted
_CROWDED = (0.14, 0.2, 0.3)  # share of edges there, more than a lone one: the first by which it takes no more than
_LEAST, _MOST = 0.004, 0.2  # of the picture
_GROWN, _FEATHER = 7, 9  # film pixels across, canvas pixels across
_RIM = 5  # canvas pixels across: more is traced, so that the denoiser's reach meets clean light outside


@dataclass(frozen=True, kw_only=True, eq=False)
class CloseUp:
    """What was traced at full size."""

    weight: Float32Array
    """How much of it shows (H, W), [0, 1]; 0 in most of the canvas."""
    where: Where
    """Which pixels were traced, of the canvas and a margin of ``MARGIN_PX`` round it; N of them."""
    light: Float32Array
    """(N, 3), noisy."""
    guides: Guides
    """Of those pixels, (N, …)."""


def find_crowded(guides: Guides, film: Film, cover: Float32Array, aperture: float) -> Float32Array:
    """How much of a close-up the canvas should show (H, W), [0, 1]: 1 where edges of shapes lie close together.

    Args:
        guides: What the coarse film saw.
        film: Its grid.
        cover: Share of each film pixel that the product hides.
        aperture: Of the lens, world units; there is no need where it blurs.
    """
    depth = np.log(np.maximum(guides.distance, 0.1))
    edges = (steps(guides.normals) > _BEND) | (steps(depth[..., None]) > _STEP)
    edges &= cover < SET_ALONE
    if aperture > 0:
        edges &= blur_on_film(guides, film, aperture) < _BLURRED_PX
    crowd = ndimage.uniform_filter(edges.astype(np.float32), _NEIGHBOURS)
    for least in _CROWDED:
        found = ndimage.maximum_filter(crowd > least, _GROWN)
        if found.mean() <= _MOST:
            break
    else:
        found = crowd > np.quantile(crowd, 1 - _MOST)
    if found.mean() < _LEAST:
        return np.zeros((film.view.height_px, film.view.width_px), np.float32)
    weight = ndimage.uniform_filter(film.to_canvas(found[..., None].astype(np.float32))[..., 0], _FEATHER)
    return np.asarray(np.where(weight > 1e-3, np.clip(weight, 0, 1), 0), np.float32)


def with_margin(weight: Float32Array) -> Where:
    """The pixels to trace: of the canvas and a margin, those that show and those that the denoiser needs round them."""
    return np.asarray(ndimage.maximum_filter(np.pad(weight > 0, MARGIN_PX), _RIM))


def add_close_up(
    large: LinearImage, coarse: tuple[Film, Float32Array], close_up: CloseUp, solid: Float32Array, denoise: Denoise
) -> LinearImage:
    """Put a close-up over enlarged light.

    Args:
        large: Enlarged light (H, W, 3).
        coarse: The coarse film and what it shows (h, w, 9): clean light, albedo and normals.
        close_up: What was traced at full size.
        solid: Where the product's stand-in is (H, W), see ``detail.solid_part``.
        denoise: Takes the noise out of a rectangle.
    """
    film, shown = coarse
    traced = np.concatenate([close_up.light, close_up.guides.albedo, close_up.guides.normals], -1)
    number = np.cumsum(close_up.where).reshape(close_up.where.shape) - 1
    result = np.array(large, np.float32)
    for rows, columns in cover_with_rectangles(close_up.weight > 0):
        box = (columns.start, rows.start, columns.stop, rows.stop)
        grown = [
            side + beyond for side, beyond in zip(box, np.repeat([-MARGIN_PX, MARGIN_PX], 2).tolist(), strict=True)
        ]
        around = slice(rows.start, rows.stop + 2 * MARGIN_PX), slice(columns.start, columns.stop + 2 * MARGIN_PX)
        seen, here = film.to_canvas(shown, tuple(grown)), close_up.where[around]
        seen[here] = traced[number[around][here]]
        guides = Guides(
            albedo=np.clip(seen[..., 3:6], 0, 1), normals=seen[..., 6:], distance=np.zeros_like(seen[..., 0])
        )
        clean = denoise(np.maximum(seen[..., :3], 0), guides)[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX]
        share = close_up.weight[rows, columns, None]
        whole = np.maximum(carry_under(clean, solid[rows, columns]), 0)
        result[rows, columns] += share * (whole - result[rows, columns])
    return result

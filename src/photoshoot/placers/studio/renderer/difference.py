"""What a product changes in its set, and where: found on a very coarse film, with the same paths with and without it.

Both renders draw the same random numbers, so a path that meets nothing of the product has the same light in both, and
the difference is free of its noise. What changes softly (a room dimmed by a white box, a wall tinted by a red one) is
taken from there. What changes sharply (shadows, mirror images) is traced on the picture's own film, there only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import linear_to_srgb
from photoshoot.pixels.bands import grown
from photoshoot.placers.studio.renderer.exposure import tone_map
from photoshoot.placers.studio.renderer.holdout import Holdout
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.records import AlphaMatte, LinearImage

COARSE_SPP = 4
"""Paths a pixel of the coarse film, whose pixels are four times as wide as the picture's own film's."""
MOST_CHANGED = 0.5
"""Share of the film over which a product changes too much to be traced apart: mirrors, wet floors, bright things."""
_COARSER, _MARGIN = 4, 4
_SOFT, _FINE = 4.0, 1.5  # blurs, coarse pixels: what is soft, and how far noise is averaged before it counts as sharp
_SHARP_STEP, _SOFT_STEP = 2.5 / 255, 8 / 255  # as displayed: what is less needs no tracing
_RIM_PX, _FOOT_PX = 6, 10  # film pixels round the product that are traced in any case, and under its edge
_GROWN, _FEATHER = 5, 9  # film pixels across
_SPECK_PX = 600  # film pixels: smaller parts of what changes are left to what is soft
_DARK = 0.004  # of a full exposure, added to what is divided by


@dataclass(frozen=True, kw_only=True, eq=False)
class Change:
    """What a product does to its set, on the picture's film."""

    soft: Float32Array
    """Factor (h, w, 3) on the set's light."""
    weight: Float32Array
    """How much of what is traced there shows (h, w), [0, 1]: 0 in most of the film."""
    where: BoolArray
    """Which pixels are traced (h, w)."""

    @property
    def share(self) -> float:
        """Of the film that is traced."""
        return float(self.where.mean())


def coarse_camera(camera: Camera) -> Camera:
    """A camera in the same place whose film is coarse."""
    film = camera.film
    return replace(camera, film=Film(view=film.view, scale=film.scale / _COARSER, margin=_MARGIN))


def find_change(
    with_product: LinearImage, without: LinearImage, camera: Camera, alpha: AlphaMatte, exposure: float
) -> Change:
    """Part the change into what is soft and what has to be traced.

    Args:
        with_product: The coarse film's light (h', w', 3), see ``coarse_camera``.
        without: The same of the set alone, of the same paths.
        camera: What the picture is traced with.
        alpha: The product's matte on the canvas (H, W).
        exposure: The picture's factor on the light.
    """
    coarse, film = coarse_camera(camera).film, camera.film
    hidden = Holdout.of(alpha, coarse).coverage
    clear = (hidden == 0).astype(np.float32)[..., None]
    shown = [linear_to_srgb(tone_map(image, exposure)) for image in (with_product, without)]
    step = _mean_of_clear(shown[0] - shown[1], clear, _FINE)
    wide = _mean_of_clear(shown[0] - shown[1], clear, _SOFT)
    changed = (np.abs(step - wide).max(-1) > _SHARP_STEP) | (np.abs(wide).max(-1) > _SOFT_STEP)
    dark = np.float32(_DARK / exposure)
    before, after = (_mean_of_clear(image, clear, _SOFT) for image in (without, with_product))
    soft = (after + dark) / (before + dark)
    on_film = _carry(np.concatenate([soft, changed[..., None].astype(np.float32)], -1), coarse, film)
    holdout = Holdout.of(alpha, film).coverage
    near = grown(holdout > 0, 2 * _RIM_PX + 1)
    area = drop_specks(grown(on_film[..., 3] > 0.2, _GROWN) | near)
    weight = ndimage.uniform_filter(area.astype(np.float32), _FEATHER)
    inside = ~grown(holdout < 1, 2 * _FOOT_PX + 1)
    return Change(soft=on_film[..., :3], weight=weight, where=(weight > 0) & ~inside)


def drop_specks(area: BoolArray) -> BoolArray:
    """An area (h, w) without its small parts: a denoiser takes a speck of noise among clean light for texture."""
    parts, count = ndimage.label(area)
    large = np.bincount(parts.ravel(), minlength=count + 1) >= _SPECK_PX
    large[0] = False
    return np.asarray(large[parts], np.bool_)


def merge(light: LinearImage, plate: LinearImage, exposure: float) -> tuple[LinearImage, LinearImage]:
    """What to multiply the plate's light with (h, w, 3), at most 1, and what to add to it then."""
    dark = np.float32(_DARK / exposure)
    return np.minimum((light + dark) / (plate + dark), 1), np.maximum(light - plate, 0)


def _mean_of_clear(image: Float32Array, clear: Float32Array, blur: float) -> Float32Array:
    """Gaussian mean of an image (h, w, C) over pixels that show the set (h, w, 1) only."""
    widths = (blur, blur, 0)
    share = ndimage.gaussian_filter(clear, widths)
    return np.asarray(ndimage.gaussian_filter(image * clear, widths) / np.maximum(share, 1e-4), np.float32)


def _carry(image: Float32Array, coarse: Film, film: Film) -> Float32Array:
    """An image of the coarse film (h', w', C) on the finer one, bilinear; carried on past its border."""
    ratio = coarse.stride / film.stride
    offset_x, offset_y = (coarse.window[axis] - film.window[axis] / ratio for axis in (0, 1))
    rows = (np.arange(film.height_px) + 0.5) / ratio + offset_y - 0.5
    columns = (np.arange(film.width_px) + 0.5) / ratio + offset_x - 0.5
    return _along(_along(image, rows, 0), columns, 1)


def _along(image: Float32Array, places: npt.NDArray[np.floating], axis: int) -> Float32Array:
    last = image.shape[axis] - 1
    at = np.clip(places, 0, last)
    first = np.minimum(at.astype(int), max(last - 1, 0))
    share = (at - first).astype(np.float32).reshape((-1, 1, 1) if axis == 0 else (1, -1, 1))
    low, high = np.take(image, first, axis), np.take(image, np.minimum(first + 1, last), axis)
    return np.asarray(low + share * (high - low), np.float32)

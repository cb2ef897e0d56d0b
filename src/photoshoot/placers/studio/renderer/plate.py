"""Pictures over a plate: the set's converged light is kept, and only what a product changes is traced.

The plate (a set without a product) costs more than a picture, once; each product then costs a coarse pass, the part of
the film that it changes, and the denoising of that part. The light of the plate is kept at full size with all its
detail, and what changed is a factor on it (shadows) and something to add (bounce, mirror images).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import mitsuba as mi
import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.denoise import MARGIN_PX, Denoise
from photoshoot.placers.studio.renderer.difference import (
    COARSE_SPP,
    MOST_CHANGED,
    Change,
    coarse_camera,
    find_change,
    merge,
)
from photoshoot.placers.studio.renderer.holdout import SET_ALONE, Holdout, inpaint_under_holdout
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera
from photoshoot.placers.studio.renderer.tiling import cover_with_rectangles
from photoshoot.placers.studio.renderer.upsample import restore_albedo_detail
from photoshoot.placers.studio.scene.shapes import compose_scene
from photoshoot.records import AlphaMatte, LinearImage
from photoshoot.seeds import CHANGE

Half = npt.NDArray[np.float16]
"""What is kept of light and AOVs: half a step of a byte at most is lost."""
PLATE_TIMES = 4
"""How many times as many paths a plate takes as a picture of its set, at most."""
_MOST, _LEAST = 6e4, 1e-4  # what half precision holds; light that a factor is taken of
_CONTEXT_PX = 2 * MARGIN_PX  # round what is denoised
_CARRIED_PX, _NEAR = (
    2.0,
    0.01,
)  # film pixels over which light is averaged that is carried under the product, and how far
_CARRIED_REACH_PX = 8  # where SciPy cuts such a mean off


@dataclass(frozen=True, kw_only=True, eq=False)
class Plate:
    """What is kept of a set without a product."""

    light: Half
    """Clean light of the canvas (H, W, 3)."""
    film_light: Half
    """Clean light of the film (h, w, 3)."""
    guides: Half
    """What denoisers are told of the film (h, w, 10)."""
    coarse: Half
    """Noisy light of the coarse film (h', w', 3)."""
    spp: int
    """Paths a pixel that a picture of this set takes."""

    @classmethod
    def of(cls, film_light: LinearImage, light: LinearImage, aovs: Aovs, coarse: LinearImage, spp: int) -> Self:
        """Keep what was rendered."""
        return cls(
            light=_halve(light),
            film_light=_halve(film_light),
            guides=_halve(aovs.told),
            coarse=_halve(coarse),
            spp=spp,
        )

    @property
    def size_bytes(self) -> int:
        """What it takes in memory."""
        return self.light.nbytes + self.film_light.nbytes + self.guides.nbytes + self.coarse.nbytes


@dataclass(frozen=True, kw_only=True, eq=False)
class RawChange:
    """What was traced of a product in its set; holds no scene."""

    camera: Camera
    """Its film is the grid of ``change``."""
    plate: Plate
    """The set without it."""
    change: Change
    """Where it was traced."""
    light: LinearImage
    """Radiance of those pixels (N, 3), noisy."""
    holdout: Holdout
    """Where the product's stand-in hides the set."""
    exposure: float
    """The picture's factor on the light."""

    @property
    def spp(self) -> int:
        """Paths that those pixels got."""
        return self.plate.spp

    @property
    def told(self) -> dict[str, str | int]:
        """What a picture's record says of it."""
        return {"paths": self.spp}


def render_coarse(renderer: Renderer, scene: mi.Scene, camera: Camera, seed: int) -> LinearImage:
    """Light of the coarse film (h', w', 3); the same paths whatever the product, where there is one in ``scene``."""
    return renderer.render_radiance(scene, coarse_camera(camera), COARSE_SPP, CHANGE.seed(seed))


def render_change(
    renderer: Renderer,
    shapes: Mapping[str, object],
    camera: Camera,
    alpha: AlphaMatte,
    plate: Plate,
    seed: int,
    exposure: float,
) -> RawChange | None:
    """Trace what a product changes; None where that is too much of the picture."""
    scene = compose_scene(shapes)
    coarse = render_coarse(renderer, scene, camera, seed)
    change = find_change(coarse.astype(np.float16), plate.coarse.astype(np.float32), camera, alpha, exposure)
    if change.share > MOST_CHANGED:
        return None
    light = renderer.render_pixels(scene, camera, change.where, plate.spp, seed)
    holdout = Holdout.of(alpha, camera.film)
    return RawChange(camera=camera, plate=plate, change=change, light=light, holdout=holdout, exposure=exposure)


def lay_over_plate(raw: RawChange, denoise: Denoise) -> LinearImage:
    """Clean light (canvas height, canvas width, 3): the plate's, and over it what the product changes."""
    plate, film = raw.plate.film_light.astype(np.float32), raw.camera.film
    light = np.asarray(plate * raw.change.soft, np.float32)
    noisy = light.copy()
    noisy[raw.change.where] = raw.light
    noisy = _without_product(noisy, light, raw.holdout.coverage)
    aovs = raw.plate.guides.astype(np.float32)
    for rows, columns in cover_with_rectangles(raw.change.weight > 0):
        around, inner = _with_context(rows, columns, light.shape)
        part = Aovs.of_told(aovs[around])
        clean = denoise(noisy[around], part)
        clean = restore_albedo_detail(clean, noisy[around], part.guide, raw.holdout.coverage[around])[inner]
        clean = _without_specks(clean, plate[rows, columns])
        light[rows, columns] += raw.change.weight[rows, columns, None] * (clean - light[rows, columns])
    factor_and_sum = np.concatenate(merge(light, plate, raw.exposure), -1)
    large = film.to_canvas(inpaint_under_holdout(factor_and_sum, raw.holdout.coverage))
    factor, added = np.ascontiguousarray(large[..., :3]), large[..., 3:]
    np.clip(factor, 0, 1, out=factor)
    factor *= raw.plate.light
    factor += np.maximum(added, 0, out=added)
    return factor


def _halve(image: Float32Array) -> Half:
    return np.clip(image, -_MOST, _MOST).astype(np.float16)


def _without_product(noisy: LinearImage, plate: LinearImage, coverage: Float32Array) -> LinearImage:
    """Noisy light (h, w, 3) in which the set goes on where the product hides it, as light as round that place.

    Denoisers overshoot at an edge as hard as the product's: a thin rim of the set's colour would shine round it.
    """
    hidden = coverage > SET_ALONE
    if not hidden.any():
        return noisy
    lines = (np.flatnonzero(hidden.any(axis)) for axis in (1, 0))
    box = tuple(slice(max(0, line[0] - _CARRIED_REACH_PX), line[-1] + _CARRIED_REACH_PX + 1) for line in lines)
    clear, blur = (~hidden[box]).astype(np.float32)[..., None], (_CARRIED_PX, _CARRIED_PX, 0)
    around = noisy[box], plate[box], np.ones_like(clear)
    seen, meant, near = (ndimage.gaussian_filter(image * clear, blur) for image in around)
    ratio = np.where(near > _NEAR, seen / np.maximum(meant, 1e-6), 1)
    whole = np.array(noisy, np.float32)
    whole[box] = np.where(clear > 0, noisy[box], plate[box] * ratio)
    return whole


def _without_specks(clean: LinearImage, plate: LinearImage) -> LinearImage:
    """Clean light (h, w, 3) whose factor on the plate's has no specks: a median of nine, twice.

    Of a ring of noise amid a plate's clean light a denoiser leaves some for detail, as rough as plaster. What a product
    changes is wider than a pixel: shadows keep their edges, and the plate its grain.
    """
    factor = np.asarray(clean / np.maximum(plate, _LEAST), np.float32)
    for _ in range(2):
        factor = median_of_nine(factor)
    return np.asarray(factor * np.maximum(plate, _LEAST), np.float32)


def median_of_nine(image: Float32Array) -> Float32Array:
    """The median of each number of an image (h, w, C) and its eight neighbours; beyond its edges it is mirrored.

    As ``ndimage.median_filter`` has it, in a fifth of the time: three columns in order tell the median of all.
    """
    padded = np.pad(image, ((1, 1), (1, 1), (0, 0)), "symmetric")
    low, high = np.minimum(padded[:-2], padded[1:-1]), np.maximum(padded[:-2], padded[1:-1])
    middle = np.maximum(low, np.minimum(high, padded[2:]))
    low, high = np.minimum(low, padded[2:]), np.maximum(high, padded[2:])
    sides = slice(None, -2), slice(1, -1), slice(2, None)
    lowest, medians, highest = ([line[:, side] for side in sides] for line in (low, middle, high))
    return _median_of_three(
        np.maximum(np.maximum(*lowest[:2]), lowest[2]),
        _median_of_three(*medians),
        np.minimum(np.minimum(*highest[:2]), highest[2]),
    )


def _median_of_three(first: Float32Array, second: Float32Array, third: Float32Array) -> Float32Array:
    between = np.minimum(np.maximum(first, second), third)
    return np.asarray(np.maximum(np.minimum(first, second), between), np.float32)


def _with_context(
    rows: slice, columns: slice, shape: tuple[int, ...]
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """A rectangle with what is round it, and where it lies within that."""
    spans = [
        slice(max(0, side.start - _CONTEXT_PX), min(end, side.stop + _CONTEXT_PX))
        for side, end in zip((rows, columns), shape, strict=False)
    ]
    inner = [
        slice(side.start - span.start, side.stop - span.start)
        for side, span in zip((rows, columns), spans, strict=True)
    ]
    return (spans[0], spans[1]), (inner[0], inner[1])

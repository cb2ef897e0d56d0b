"""Means over discs whose size differs from pixel to pixel: squares of odd sides stand for them, two mixed to a size."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.pixels.bands import two_at_once
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.sensor import SKY_DISTANCE, Camera

Square = tuple[int, Float32Array]
"""A square's side, px, and each pixel's share of it over the one before (h, w), [0, 1]."""
_BLURRED = 0.05  # variance of a disc, px squared, from which on it blurs
_SIDES = (1, 3, 5, 9, 15, 25)  # film pixels across
_OF_LENS = 0.5
"""Standard deviation of what takes the lens's noise out, of the lens's own: it makes what is blurred an eighth broader.
Chosen of .5 and 1 with a garden and a living room in view."""


def squares_for(variance: Float32Array, sides: Sequence[int]) -> list[Square]:
    """The squares whose mix has a variance (h, w), px squared along either axis; ``sides`` rise from 1, and are odd."""
    ends, most = [(side * side - 1) / 12 for side in sides], float(variance.max(initial=0))
    return [
        (side, np.clip((variance - least) / (end - least), 0, 1))
        for side, least, end in zip(sides[1:], ends, ends[1:], strict=False)
        if most > max(least, _BLURRED)
    ]


def blur(plane: Float32Array, squares: Sequence[Square]) -> Float32Array:
    """Each pixel's mean over its disc. Rays over the lens would take many times as many for as little noise."""
    blurred = plane
    for side, share in squares:
        blurred = blurred + share * (ndimage.uniform_filter(plane, side, mode="constant") - blurred)
    return blurred


def without_lens_noise(aovs: Aovs, camera: Camera) -> Aovs:
    """A film's AOVs (h, w), with what few rays over a lens leave of noise averaged out: a denoiser can trust them.

    What the lens blurs has nothing finer than its disc, so that each pixel takes the mean of those round it that are as
    blurred as it is; what is sharp stays, and gives nothing to what is not.

    Args:
        aovs: Of the camera's own film.
        camera: Its lens.
    """
    if camera.aperture <= 0:
        return aovs
    seen = np.where(aovs.distance > 0, aovs.distance, SKY_DISTANCE)
    variance = np.asarray((_OF_LENS * camera.blur_px(seen) / camera.film.stride / 4) ** 2, np.float32)
    squares = [(side, share, *_among(share > 0, side)) for side, share in squares_for(variance, _SIDES)]
    if not squares:
        return aovs

    def clean(plane: Float32Array) -> Float32Array:
        mean = plane
        for side, share, here, known in squares:
            mean = mean + share * (ndimage.uniform_filter(plane * here, side) * known - mean)
        return mean

    planes = [*np.moveaxis(aovs.albedo, -1, 0), *np.moveaxis(aovs.normals, -1, 0)]
    planes += [] if aovs.lamp is None else [aovs.lamp]
    made = two_at_once(clean, planes)
    lamp = None if aovs.lamp is None else made[6]
    return replace(aovs, albedo=np.stack(made[:3], -1), normals=np.stack(made[3:6], -1), lamp=lamp)


def _among(some: BoolArray, side: int) -> tuple[Float32Array, Float32Array]:
    """Weights (h, w) of pixels in means over squares, and what such a mean is multiplied by to be one of some alone."""
    here = some.astype(np.float32)
    return here, np.asarray(1 / np.maximum(ndimage.uniform_filter(here, side), 1e-6), np.float32)

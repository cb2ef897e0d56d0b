"""Highlights: the lamps that clear glass mirrors for the camera, looked at ray by ray, and laid over clean light.

Glass reflects a twentieth of what falls on it, and a lamp is tens of times as bright as what stands behind the glass.
Chance finds its image with one path in twenty, as a speck that a denoiser takes away, and with it what makes glass look
like glass. A ray to each side of glass, and one back, knows that image without noise; ``glass_path`` leaves it out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import mitsuba as mi
import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.pixels.bands import grown, two_at_once
from photoshoot.placers.studio.renderer.aov import Aovs, count_panes
from photoshoot.placers.studio.renderer.launches import Pending
from photoshoot.placers.studio.renderer.sampling import start_highlights
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.variant import is_scalar
from photoshoot.records import LinearImage

_FIRST = 4  # rays a film pixel that shows glass, and a canvas pixel beside what they found
_MORE, _BRIGHT_MORE = 8, 20  # further rays of a canvas pixel whose neighbours mirror a lamp, and of the brightest ones
_BRIGHTEST = 0.75  # share of those pixels that are not the brightest
_PART = 0.1  # of a canvas pixel, from which on a film pixel counts for it
_NEAR = 5  # film pixels across: thin images that the first rays missed are as near as that to some that they found


_PIXEL, _SOFTENED = (
    0.3,
    0.2,
)  # standard deviation of a further blur, of the circle of confusion's width, which has a quarter
_BLURS_PX = (0.0, 0.5, 1.0, 2.0, 4.0)  # canvas pixels; between them blurred images are mixed


def has_highlights(scene: mi.Scene) -> bool:
    """Whether a scene's light is traced without them."""
    return not is_scalar() and count_panes(scene) > 0


@dataclass(frozen=True, kw_only=True, eq=False)
class Highlights:
    """Images of lamps in clear glass."""

    where: BoolArray
    """Which pixels were looked at (h, w); N of them."""
    light: LinearImage
    """Radiance of the lamps there (N, 3): what glass reflects of it, and other glass lets through."""

    @classmethod
    def begin(cls, scene: mi.Scene, aovs: Aovs | None, camera: Camera, seed: int) -> Callable[[], Highlights] | None:
        """Begin to look: at the film, and where it shows some at the canvas; None where no clear glass is seen.

        Args:
            scene: With its lamps. Not for scalar variants.
            aovs: What the film saw; its glass.
            camera: The film and the lens.
            seed: Chooses the rays.
        """
        if (begun := _begin_on_film(scene, aovs, camera, seed)) is None:
            return None
        glass, seen = begun

        def look() -> Highlights:
            film, found = camera.film, glass[..., 0] > 0
            found[found] = seen().max(-1) > 0
            near = grown(found, _NEAR).astype(np.float32)
            where = film.to_canvas(near[..., None])[..., 0] > _PART
            full = Camera(film=Film(view=film.view), aperture=camera.aperture)
            light = _look_closer(scene, full, where, seed + 1)
            if len(light):
                distance = film.to_canvas(_carry_distance(glass)[..., None])[..., 0][where]
                light = _soften(light, where, full.blur_px(distance, where))
            return cls(where=where, light=light)

        return look

    @classmethod
    def on_film(cls, scene: mi.Scene, aovs: Aovs | None, camera: Camera, seed: int) -> Highlights | None:
        """Of a film's own pixels (h, w), not the canvas's: for drafts."""
        if (begun := _begin_on_film(scene, aovs, camera, seed)) is None:
            return None
        return cls(where=begun[0][..., 0] > 0, light=begun[1]())

    def over(self, light: LinearImage) -> LinearImage:
        """Light (h, w, 3) with these on it."""
        result = np.array(light, np.float32)
        result[self.where] += self.light
        return result


def _begin_on_film(
    scene: mi.Scene, aovs: Aovs | None, camera: Camera, seed: int
) -> tuple[Float32Array, Pending] | None:
    """A film's clear glass, see ``Aovs.glass``, and what waits for the lamps in it (N, 3); None where no glass is."""
    if aovs is None or aovs.glass is None or not aovs.glass.any():
        return None
    corners = np.argwhere(aovs.glass[..., 0] > 0).astype(np.float32)
    return aovs.glass, start_highlights(scene, camera, corners, _FIRST, seed)


def _look_closer(scene: mi.Scene, camera: Camera, where: BoolArray, seed: int) -> LinearImage:
    """Lamps in chosen pixels (N, 3) of a canvas: some rays for each, and more for those that are lit, as noise is.

    Args:
        scene: With its lamps.
        camera: Of the canvas's size.
        where: Which pixels (H, W).
        seed: Chooses the rays.
    """
    corners = camera.film.corners(where)
    light = start_highlights(scene, camera, corners, _FIRST, seed)()
    if not light.any():
        return light
    image = np.zeros(where.shape, np.float32)
    image[where] = light.max(-1)
    near = ndimage.maximum_filter(image, 3)[where]
    lit = near > 0
    bright = near > np.quantile(near[lit], _BRIGHTEST)
    for number, (some, more) in enumerate(((lit & ~bright, _MORE), (bright, _BRIGHT_MORE)), 1):
        if some.any():
            further = start_highlights(scene, camera, corners[some], more, seed + number)()
            light[some] = (_FIRST * light[some] + more * further) / (_FIRST + more)
    return light


def _carry_distance(glass: Float32Array) -> Float32Array:
    """How far away the glass is (h, w) that is in a film's pixels (h, w, 2), or nearest to them."""
    share, distance = glass[..., 0], glass[..., 1]
    at = ndimage.distance_transform_edt(share == 0, return_distances=False, return_indices=True)
    return np.asarray((distance / np.maximum(share, 1e-3))[tuple(at)], np.float32)


def _soften(light: LinearImage, where: BoolArray, width_px: npt.NDArray[np.floating]) -> LinearImage:
    """Light of chosen pixels (N, 3) without the noise of a lens of few rays: blurred by part of what the lens blurs.

    Args:
        light: Of the chosen pixels.
        where: Which ones (H, W); elsewhere is none.
        width_px: Width of the circle of confusion there (N,), canvas pixels.
    """
    box = ndimage.find_objects(where.astype(np.uint8))[0]
    inside, level = where[box], np.interp(_PIXEL + _SOFTENED * width_px, _BLURS_PX, np.arange(len(_BLURS_PX)))
    near = [np.maximum(1 - np.abs(level - number), 0).astype(np.float32) for number in range(len(_BLURS_PX))]
    shares = [(blur, share) for blur, share in zip(_BLURS_PX, near, strict=True) if share.any()]

    def soften(channel: int) -> Float32Array:
        image, mixed = np.zeros(inside.shape, np.float32), np.zeros(len(light), np.float32)
        image[inside] = light[:, channel]
        for blur, share in shares:
            mixed += share * ndimage.gaussian_filter(image, blur)[inside]
        return mixed

    return np.stack(two_at_once(soften, range(3)), -1)

"""Weaves and grain, taken out of light before it is denoised: texture as fine as the film's pixels hides its noise.

A denoiser can't tell the noise of a soft shadow on linen from the linen, and leaves it there as stipple. On a matte
surface light is its irradiance times its albedo, and the albedo is known; so what is denoised is the light over the
albedo's fine steps, and they are multiplied in again afterwards. Where texture is sparse (edges, print) a denoiser does
better with light and albedo as they are, and where a surface mirrors, light does not follow the albedo: neither is
touched.
"""

from dataclasses import replace

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.refine import Denoise
from photoshoot.records import LinearImage

_FINE_PX, _AROUND_PX = 1.0, 31  # steps finer than that; what they are like is told over so many
_BLOTCH_PX = 9  # where there are such, steps up to twice so many pixels across are taken out: plaster's blotches, too
_DARK = 0.02  # added to albedo before it is divided by
_BEND, _STEP = 0.1, 0.03  # of normals, of log distance: an edge of a shape, whose sides have each their own light
_FAINT = 2e-4  # mean square of fine steps under which denoisers see the noise beside them
_DENSE = (0.4, 0.55)
"""Square of the mean step over the mean of squares: 0 and 1 of the share. Noise has .64, linen .7, print .1 to .4."""
_FOLLOWS = (0.35, 0.6)
"""How far light goes with the steps, 1 = as on matte surfaces: 0 and 1 of the share. Linen has .86, wet asphalt .1."""
_SEEN = (0.1, 0.005)  # share from which on it counts, and how much of the picture must have it
_LEAST = 0.2  # of the factor


def denoise_under_weave(denoise: Denoise, light: LinearImage, aovs: Aovs) -> LinearImage:
    """Light (h, w, 3) without noise, and with its weave.

    Args:
        denoise: Takes the noise out.
        light: Noisy radiance (h, w, 3).
        aovs: Of the same pixels.
    """
    weave = find_weave(light, aovs)
    if weave is None:
        return denoise(light, aovs)
    plain = replace(aovs, albedo=np.clip(aovs.albedo / weave, 0, 1))
    return np.asarray(denoise(light / weave, plain) * weave, np.float32)


def find_weave(light: LinearImage, aovs: Aovs) -> Float32Array | None:
    """What the steps of dense texture multiply light by (h, w, 3), 1 where there is none; None where nowhere.

    Args:
        light: Noisy radiance (h, w, 3).
        aovs: Of the same pixels.
    """
    edges = ndimage.maximum_filter((aovs.bend > _BEND) | (aovs.step > _STEP), 3)
    grey = np.where(edges, 0, _steps(aovs.albedo.mean(-1, keepdims=True))[..., 0])
    energy = _mean_around(grey * grey)
    clear = np.maximum(_mean_around((~edges).astype(np.float32)), 1e-3)
    dense = _ramp(_mean_around(np.abs(grey)) ** 2 / (energy * clear + 1e-6), _DENSE) * energy / (energy + _FAINT)
    if (dense > _SEEN[0]).mean() < _SEEN[1]:
        return None
    seen = light.mean(-1)
    lit = np.clip(seen / (ndimage.gaussian_filter(seen, _FINE_PX) + 1e-6) - 1, -1, 2)
    follows = np.clip(_mean_around(lit * grey) / (energy + _FAINT), 0, 1)
    share = np.where(edges, 0, dense * follows * _ramp(follows, _FOLLOWS)).astype(np.float32)
    if (share > _SEEN[0]).mean() < _SEEN[1]:
        return None
    around = _blurred(_blurred(aovs.albedo))
    return np.asarray(np.maximum(1 + share[..., None] * _over(aovs.albedo, around), _LEAST), np.float32)


def _steps(albedo: Float32Array) -> Float32Array:
    """By what share albedo (h, w, C) is more or less than round each pixel."""
    return _over(albedo, ndimage.gaussian_filter(albedo, (_FINE_PX, _FINE_PX, 0)))


def _over(albedo: Float32Array, around: Float32Array) -> Float32Array:
    return np.asarray((albedo + _DARK) / (around + _DARK) - 1, np.float32)


def _blurred(albedo: Float32Array) -> Float32Array:
    return np.asarray(ndimage.uniform_filter(albedo, (_BLOTCH_PX, _BLOTCH_PX, 0)), np.float32)


def _mean_around(plane: Float32Array) -> Float32Array:
    return np.asarray(ndimage.uniform_filter(plane, _AROUND_PX), np.float32)


def _ramp(value: Float32Array, ends: tuple[float, float]) -> Float32Array:
    return np.asarray(np.clip((value - ends[0]) / (ends[1] - ends[0]), 0, 1), np.float32)

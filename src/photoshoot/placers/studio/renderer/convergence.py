"""How many paths a picture takes: its error is foretold from a first pass, before anything is denoised.

A denoiser leaves little of the noise on plain surfaces, and more where it can't average: among edges of shapes, and in
fine texture. So the noise of the first pass, as the picture would show it, is weighed by how crowded with edges its
neighbourhood is.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import linear_to_srgb
from photoshoot.placers.studio.renderer.aov import Aovs, local_contrast
from photoshoot.placers.studio.renderer.exposure import tone_map
from photoshoot.placers.studio.renderer.sensor import PASS_SPP, Camera
from photoshoot.records import LinearImage

MOST_SPP = 8
"""Paths a pixel where the first pass is not enough: twice as many again would be worth 1.5 dB."""
_HIGH_PASS = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
"""Keeps the variance of white noise, and removes what is straight. Source: J. Immerkær, "Fast Noise Variance
Estimation", Computer Vision and Image Understanding 64, 1996."""
_BEND, _STEP, _PAINT = 0.1, 0.03, 0.05  # of normals, of log distance, of albedo: from here on, an edge
_ROUGH = 0.3  # likewise, of what a denoiser can't average over at all
_SHARP_PX, _BLURRED_PX = 2.0, 8.0  # circle of confusion: edges that are wholly there, and that are none
_DARK = 0.02  # added to albedo before it is divided by
_NEIGHBOURS_PX, _CROWD_PX = 31, 15
_LEFT = (12.6, 0.76)
"""Denoised error against noise that is weighed by roughness, both in dB: offset and slope, by least squares over twelve
presets of eleven families, whose errors (33 to 58 dB) it tells to 2.5 dB; fitted to one half, the other's to 3.6 dB."""


def foretell_db(light: LinearImage, aovs: Aovs, camera: Camera, coverage: Float32Array, exposure: float) -> float:
    """The error to come, PSNR in dB as displayed, of the first pass once it is denoised.

    Args:
        light: The first pass, ``PASS_SPP`` paths a pixel (h, w, 3).
        aovs: Of the same pixels.
        camera: What saw them: where its lens blurs there are no edges.
        coverage: Share of each pixel that the product hides; it says nothing of the set.
        exposure: The picture's factor on the light.
    """
    seen = ndimage.maximum_filter(coverage, 5) == 0
    if not seen.any():
        return math.inf
    steps = _measure_steps(aovs)
    edges = (steps[0] > _PAINT) | (steps[1] > _BEND) | (steps[2] > _STEP)
    noise = measure_noise(light, aovs.albedo, edges | (coverage > 0), exposure)
    rough = np.clip(np.max([steps[0] / (aovs.albedo.mean(-1) + _DARK), *steps[1:]], axis=0) / _ROUGH, 0, 1)
    if camera.aperture > 0:
        blur_px = camera.blur_px(aovs.distance)
        rough = rough * np.clip((_BLURRED_PX - blur_px) / (_BLURRED_PX - _SHARP_PX), 0, 1)
    left = float((noise * ndimage.uniform_filter(rough, _CROWD_PX))[seen].mean())
    offset, slope = _LEFT
    return offset - slope * 10 * math.log10(max(left, 1e-12))


def choose_spp(first_db: float, target_db: float) -> int:
    """Paths a pixel for a wanted error: the first pass alone where it is enough."""
    return PASS_SPP if first_db >= target_db else MOST_SPP


def measure_noise(light: LinearImage, albedo: LinearImage, hidden: BoolArray, exposure: float) -> Float32Array:
    """Variance of the noise as displayed round each pixel (h, w), of a range of 1; without what ``hidden`` says."""
    even = light * (ndimage.uniform_filter(albedo, (3, 3, 0)) + _DARK) / (albedo + _DARK)
    shown = linear_to_srgb(tone_map(even, exposure))
    rough = np.stack([ndimage.convolve(shown[..., channel], _HIGH_PASS) for channel in range(3)], -1)
    clear = (~ndimage.maximum_filter(hidden, 3)).astype(np.float32)
    energy = (rough * rough).mean(-1) * clear
    share = ndimage.uniform_filter(clear, _NEIGHBOURS_PX)
    around = ndimage.uniform_filter(energy, _NEIGHBOURS_PX) / np.maximum(share, 1e-6)
    mean = float(energy.sum() / max(float(clear.sum()), 1.0))
    return np.asarray(np.where(share > 0.05, np.maximum(around, 0), mean), np.float32)


def _measure_steps(aovs: Aovs) -> tuple[Float32Array, Float32Array, Float32Array]:
    """Local contrast (h, w) of albedo, of normals, and of the distance's logarithm."""
    depth = np.log(np.maximum(aovs.distance, 0.1))[..., None]
    return local_contrast(aovs.albedo), local_contrast(aovs.normals), local_contrast(depth)

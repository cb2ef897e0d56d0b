"""What error the first pass of a picture will leave once it is denoised, foretold pixel by pixel.

A denoiser leaves little of the noise on plain surfaces, and more where it can't average: among edges of shapes and in
fine texture. So the error to come follows from the noise of the first pass, as the picture would show it, and from how
crowded with edges its neighbourhood is; but where the lens blurs those edges, they hide less noise than they seem to.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import linear_to_srgb
from photoshoot.pixels.bands import grown, in_bands, in_planes, mean_of_channels
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.exposure import tone_map
from photoshoot.records import LinearImage

_HIGH_PASS = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
"""Keeps the variance of white noise, and removes what is straight. Source: J. Immerkær, "Fast Noise Variance
Estimation", Computer Vision and Image Understanding 64, 1996."""
_BEND, _STEP, _PAINT = 0.1, 0.03, 0.05  # of normals, of log distance, of albedo: from here on, an edge
_ROUGH = 0.3  # likewise, of what a denoiser can't average over at all
_DARK = 0.02  # added to albedo before it is divided by
_NEIGHBOURS_PX, _CROWD_PX = 31, 15
_LEFT, _OF_NOISE, _OF_ROUGHNESS, _EVEN = 0.061, 0.58, 1.58, 0.03
"""Error (mean square, of a range of 1) that is left of the first pass: a factor, the powers of the noise and of the
roughness, and what is added to that. By quasi-likelihood over 4,000 pixels each of nine presets, whose true errors are
against paths that no denoiser touched (three more, of ripples and relief, were left out: AOVs know nothing of those).
Of twelve others the errors are told to 3.6 dB (root mean square): to 3 but for calm water, which has 8 dB less than is
told, and clipped white, which has 7 more."""
_BLURRED_PX, _DB_A_PX, _MOST_DB = 4.0, 0.25, 4.0
"""Circle of confusion, film pixels, from which on edges are softer than noise; decibels less error a further pixel, and
at most: half of what a supermarket, a kitchen, a vanity and a cabin have less than was told (2 to 5 dB at twelve to
thirty canvas pixels, 9 to 10 at more; four other sets 4 to 9, and 8 to 10). With all of it rims out of focus trembled.
"""


def foretell_error(light: LinearImage, aovs: Aovs, hidden: Float32Array, exposure: float) -> Float32Array:
    """The error to come of the first pass once it is denoised: mean square as displayed (h, w), of a range of 1.

    Args:
        light: The first pass (h, w, 3), whole or half.
        aovs: Of the same pixels.
        hidden: Share of each pixel that something hides of which this light tells nothing; the error is 0 there.
        exposure: The picture's factor on the light.
    """
    steps = aovs.paint, aovs.bend, aovs.step
    edges = (steps[0] > _PAINT) | (steps[1] > _BEND) | (steps[2] > _STEP)
    noise = measure_noise(light, aovs.albedo, edges | (hidden > 0), exposure)
    return error_left(noise, aovs, hidden)


def less_where_blurred(error: Float32Array, blur: Float32Array) -> Float32Array:
    """What ``foretell_error`` tells (h, w), less where the lens blurs.

    What is blurred has nothing finer than its disc, so that all that trembles there is noise, and denoisers take it.

    Args:
        error: Mean square (h, w).
        blur: Width of the circle of confusion (h, w), film pixels.
    """
    decibels = np.clip(_DB_A_PX * (blur - _BLURRED_PX), 0, _MOST_DB)
    return np.asarray(error * 10 ** (-decibels / 10), np.float32)


def error_left(noise: Float32Array | float, aovs: Aovs, hidden: Float32Array) -> Float32Array:
    """``foretell_error`` of noise: of its variance as displayed (h, w), or of the mean of that over the picture."""
    painted = aovs.paint / (mean_of_channels(aovs.albedo) + _DARK)
    rough = np.clip(np.maximum(np.maximum(painted, aovs.bend), aovs.step) / _ROUGH, 0, 1)
    crowd = ndimage.uniform_filter(rough, _CROWD_PX)
    error = _LEFT * noise**_OF_NOISE * (crowd + _EVEN) ** _OF_ROUGHNESS
    return np.asarray(np.where(grown(hidden > 0, 5), 0, error), np.float32)


def measure_noise(light: LinearImage, albedo: LinearImage, hidden: BoolArray, exposure: float) -> Float32Array:
    """Variance of the noise as displayed round each pixel (h, w), of a range of 1; without what ``hidden`` says."""

    def show(rows: LinearImage, own: LinearImage, around: LinearImage) -> LinearImage:
        return linear_to_srgb(tone_map(rows * (around + _DARK) / (own + _DARK), exposure))

    shown = in_bands(show, light, albedo, in_planes(partial(ndimage.uniform_filter, size=3), albedo))
    rough = in_planes(partial(ndimage.convolve, weights=_HIGH_PASS), shown)
    clear = (~grown(hidden, 3)).astype(np.float32)
    energy = mean_of_channels(rough * rough) * clear
    share = ndimage.uniform_filter(clear, _NEIGHBOURS_PX)
    around = ndimage.uniform_filter(energy, _NEIGHBOURS_PX) / np.maximum(share, 1e-6)
    mean = float(energy.sum() / max(float(clear.sum()), 1.0))
    return np.asarray(np.where(share > 0.05, np.maximum(around, 0), mean), np.float32)

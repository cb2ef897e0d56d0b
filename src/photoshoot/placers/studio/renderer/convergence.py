"""Adaptive sampling: how many paths each part of a picture takes, by the error that a first pass predicts.

A denoiser leaves little of the noise on plain surfaces, and more where it can't average: among edges of shapes, in fine
texture, and before a lens that blurs them, too. So the error to come follows from the noise of the first pass, as the
picture would show it, and from how crowded with edges its neighbourhood is; and paths go where it will be.
"""

from __future__ import annotations

import bisect
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import linear_to_srgb
from photoshoot.pixels.bands import brightest, grown, in_bands, in_planes, mean_of_channels
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.exposure import tone_map
from photoshoot.placers.studio.renderer.sensor import PASS_SPP
from photoshoot.records import LinearImage

MEAN_PASSES = 1.5
"""Most passes that a picture takes, over the mean of its film's pixels."""
MOST_PASSES = 8
"""Most passes that a pixel takes."""
MOST_PATCH_SPP = 8
"""Most paths that a pixel of a full-size patch takes."""
_PATCH_PATHS = 0.4
"""Most paths that a patch takes, over all of the canvas's pixels: two fifths of a coarse film's first pass. Pine by a
window and pine under lights, 9 and 11 % of their pictures, get 4 for 8: .4 dB of 40.2 less, 1.1 of 42.5."""
_HIGH_PASS = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
"""Keeps the variance of white noise, and removes what is straight. Source: J. Immerkær, "Fast Noise Variance
Estimation", Computer Vision and Image Understanding 64, 1996."""
_BEND, _STEP, _PAINT = 0.1, 0.03, 0.05  # of normals, of log distance, of albedo: from here on, an edge
_ROUGH = 0.3  # likewise, of what a denoiser can't average over at all
_PATCH_RIM_PX = 5  # film pixels across in which a patch shows beside what it covers
_DARK = 0.02  # added to albedo before it is divided by
_NEIGHBOURS_PX, _CROWD_PX = 31, 15
_LEFT, _OF_NOISE, _OF_ROUGHNESS, _EVEN = 0.061, 0.58, 1.58, 0.03
"""Error (mean square, of a range of 1) that is left of the first pass: a factor, the powers of the noise and of the
roughness, and what is added to that. By quasi-likelihood over 4,000 pixels each of nine presets, whose true errors are
against paths that no denoiser touched (three more, of ripples and relief, were left out: AOVs know nothing of those).
Of twelve others the errors are told to 3.6 dB (root mean square): to 3 but for calm water, which has 8 dB less than is
told, and clipped white, which has 7 more."""
_GLANCING, _SHINES = (0.03, 0.07), 0.05  # albedo of bare metal, as it is told from the side; share of lamps, at most
_ROUND = 0.03  # turn of normals in a pixel, from here on metal is round
_GLINT_PASSES, _GLINT_COST = (
    4,
    0.12,
)  # most passes on glints and rims, and what those beyond the first may cost the film
_PART, _BESIDE_LAMP_PX = (
    0.02,
    15,
)  # share of a lamp that is neither none nor all of a pixel; how near one is, film pixels
_SPARE_DB = 5.0
"""Quick denoising takes 2.7 dB of 52, and .4 of what has 38 to 46 (median of 23 presets; gels, of which 43.7 are
foretold, lose 2.6); ripples, of which 50 are foretold, have 40."""
_SHORT_DB = 10.0
"""Of a linen table before bushes out of focus 28 dB are foretold after one pass; of sets but gardens and pine at dusk
34 or more."""
_NOISE_OF_FEW = 0.003
"""Variance of a pass's noise from which on nobody asks whether half of one would do. White has .0009, gradients .0023;
gels, whose error is more than is told of it, .0041, and silk .011."""
_CONVERGED_DB = 6.0  # by which what many pictures are laid over is to be nearer to the truth than one of them
_GAIN = 0.5
"""Power of the number of passes by which a denoised error falls: 1.5 dB for twice as many, in two presets."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """How a picture goes on after its first pass."""

    passes: npt.NDArray[np.int64]
    """Of each film pixel (h, w), the first included."""
    patch_spp: int
    """Paths of a pixel of a full-size patch."""
    quick: bool
    """Whether the error will be so far under the wanted one that quick denoising will do."""

    @classmethod
    def of(cls, error: Float32Array, patch: BoolArray, target_db: float, times: int = 1) -> Self:
        """Where the error is, as few as reach a wanted one.

        Args:
            error: What the first pass leaves, see ``foretell_error``.
            patch: Which film pixels lie in a full-size patch (h, w).
            target_db: PSNR of a picture.
            times: How many times as many it may take as a picture may: over 1 it is wanted ``_CONVERGED_DB`` nearer.
        """
        target_db += _CONVERGED_DB if times > 1 else 0
        rest = np.where(grown(patch, _PATCH_RIM_PX), 0, error)
        passes = share_passes(rest, target_db, times)
        quick = is_far_under(error, passes, target_db)
        return cls(passes=passes, patch_spp=share_patch(error, passes, patch, target_db, times), quick=quick)

    @classmethod
    def even(cls, shape: tuple[int, ...]) -> Self:
        """As many for each pixel, where no error can be foretold."""
        return cls(passes=np.full(shape, round(MEAN_PASSES), np.int64), patch_spp=PASS_SPP, quick=False)


def plan_passes(
    light: LinearImage, aovs: Aovs, parts: tuple[BoolArray, Float32Array], exposure: float, target_db: float, times: int
) -> Plan:
    """How a picture goes on after its first pass: as its error asks for, and some passes more on glints and rims.

    Args:
        light: The first pass (h, w, 3).
        aovs: Of the same pixels.
        parts: Which pixels lie in a full-size patch, and how far others are hidden, see ``foretell_error``.
        exposure: The picture's factor on the light.
        target_db: PSNR of a picture.
        times: As of ``Plan.of``.
    """
    patch, hidden = parts
    with ThreadPoolExecutor(1) as beside:
        rims = beside.submit(lambda: find_glints(aovs) | find_lamp_rims(aovs))
        plan = Plan.of(foretell_error(light, aovs, hidden, exposure), patch, target_db, times)
    glints = rims.result() & (hidden == 0) & ~patch
    share = float(glints.mean())
    most = times * int(np.clip(1 + _GLINT_COST / share, 1, _GLINT_PASSES)) if share else 1
    return replace(plan, passes=np.maximum(plan.passes, np.where(glints, most, 1)))


def find_glints(aovs: Aovs) -> BoolArray:
    """Film pixels (h, w) that show round bare metal: rails, frames, wires.

    All its light is glints, no albedo tells a denoiser how they run, and its rims pass for edges, where noise is not
    measured.
    """
    lamp = np.zeros_like(aovs.distance) if aovs.lamp is None else aovs.lamp
    albedo = brightest(aovs.albedo)
    metal = (albedo > _GLANCING[0]) & (albedo < _GLANCING[1]) & (lamp < _SHINES)
    if not metal.any():
        return np.asarray(metal)

    def turn(normal: Float32Array) -> Float32Array:
        down, right = np.gradient(normal)
        return np.asarray(np.maximum(np.abs(down), np.abs(right)), np.float32)

    return np.asarray(metal & (brightest(in_planes(turn, aovs.normals)) > _ROUND))


def find_lamp_rims(aovs: Aovs) -> BoolArray:
    """Film pixels (h, w) that a lamp fills in part: rims of windows and of what stands before them.

    By chance a path of theirs ends at the lamp, times as bright, or on its frame; out of focus the rim of few paths is
    one that a trembling hand drew. Where a lens is sharp such pixels are few. The sky's, which is far away, are none.
    """
    if aovs.lamp is None:
        return np.zeros(aovs.distance.shape, np.bool_)
    whole = (aovs.lamp > 1 - _PART) & (aovs.distance > 0)
    near = grown(np.asarray(whole), _BESIDE_LAMP_PX)
    return np.asarray(near & (aovs.lamp > _PART) & (aovs.lamp < 1 - _PART))


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
    return _error_left(noise, aovs, hidden)


def _error_left(noise: Float32Array | float, aovs: Aovs, hidden: Float32Array) -> Float32Array:
    """``foretell_error`` of noise: its variance as displayed (h, w), or the mean of that over the picture."""
    painted = aovs.paint / (mean_of_channels(aovs.albedo) + _DARK)
    rough = np.clip(np.maximum(np.maximum(painted, aovs.bend), aovs.step) / _ROUGH, 0, 1)
    crowd = ndimage.uniform_filter(rough, _CROWD_PX)
    error = _LEFT * noise**_OF_NOISE * (crowd + _EVEN) ** _OF_ROUGHNESS
    return np.asarray(np.where(grown(hidden > 0, 5), 0, error), np.float32)


def choose_first_spp(noise: float | None, aovs: Aovs | None, hidden: Float32Array, target_db: float) -> int:
    """Paths a pixel of a picture's first pass: half of a whole one where so few leave far less error than is wanted.

    Args:
        noise: Variance that a whole pass leaves, as displayed, the mean over the picture; None: nobody knows.
        aovs: Of the film (h, w); None: nothing is foretold.
        hidden: As of ``foretell_error``.
        target_db: PSNR of a picture.
    """
    few = PASS_SPP // 2
    if noise is None or aovs is None or noise > _NOISE_OF_FEW:
        return PASS_SPP
    left = _error_left(noise * PASS_SPP / few, aovs, hidden)
    return few if is_far_under(left, np.ones(left.shape, np.int64), target_db) else PASS_SPP


def is_far_short(noise: float | None, aovs: Aovs | None, hidden: Float32Array, target_db: float) -> bool:
    """Whether a pass leaves far more error than is wanted: of such a picture all is worth its paths that lowers it.

    Args are as of ``choose_first_spp``.
    """
    if noise is None or aovs is None:
        return False
    left = _error_left(noise, aovs, hidden)
    return bool(left.mean() > 10 ** (-(target_db - _SHORT_DB) / 10) * (left > 0).mean())


def share_passes(error: Float32Array, target_db: float, times: int = 1) -> npt.NDArray[np.int64]:
    """Passes of each pixel (h, w), 1 to ``MOST_PASSES``, for a wanted error: as few as reach it.

    The whole error is least where passes follow its power of 1 / (1 + gain).

    Args:
        error: What the first pass leaves, see ``foretell_error``; 0 where nothing is wanted.
        target_db: PSNR; where it takes more than ``MEAN_PASSES``, so many are shared out.
        times: How many times as many it may take.
    """
    seen, passes = error > 0, np.ones(error.shape, np.int64)
    if not seen.any():
        return passes
    left, alone = error[seen], error.size - int(seen.sum())
    weight = left ** np.float32(1 / (1 + _GAIN))
    wanted, factors = 10 ** (-target_db / 10), np.geomspace(1, 256, 49) / float(weight.max())

    def shared(number: int) -> Float32Array:
        return np.asarray(np.clip(np.rint(np.float32(factors[number]) * weight), 1, times * MOST_PASSES), np.float32)

    def is_too_many(some: Float32Array) -> bool:
        return float(some.sum(dtype=np.float64)) + alone > times * MEAN_PASSES * error.size

    def is_enough(number: int) -> bool:
        some = shared(number)
        return is_too_many(some) or float((left / some**_GAIN).mean(dtype=np.float64)) <= wanted

    number = min(bisect.bisect_left(range(len(factors)), True, key=is_enough), len(factors) - 1)
    if is_too_many(shared(number)):  # more passes leave less
        number -= 1
    if number >= 0:
        passes[seen] = shared(number)
    return passes


def is_far_under(error: Float32Array, passes: npt.NDArray[np.int64], target_db: float) -> bool:
    """Whether passes of each pixel leave so little of the error of a first one that there is some to spare."""
    seen = error > 0
    left = float((error / passes**_GAIN)[seen].mean()) if seen.any() else 0.0
    return left <= 10 ** (-(target_db + _SPARE_DB) / 10)


def share_patch(
    error: Float32Array, passes: npt.NDArray[np.int64], patch: BoolArray, target_db: float, times: int = 1
) -> int:
    """Paths of each pixel of a full-size patch: as few as bring the whole picture to a wanted error.

    Where that can't be had, as many as its error is worth while others get ``passes`` for theirs: a film pixel has four
    of the patch's in it, so these get half as many paths as it would alone.

    Args:
        error: What the first pass leaves, see ``foretell_error``, the patch's included.
        passes: What ``share_passes`` gave the rest.
        patch: Which film pixels lie in the patch (h, w); of a large one each gets fewer, see ``_PATCH_PATHS``.
        target_db: PSNR.
        times: How many times as many it may take.
    """
    worth, seen = error ** (1 / (1 + _GAIN)), error > 0
    limit = times * max(PASS_SPP, min(MOST_PATCH_SPP, int(_PATCH_PATHS / max(float(patch.mean()), 1e-6))))
    rest, patch = seen & ~patch, seen & patch
    if not rest.any() or not patch.any():
        return PASS_SPP
    alone = PASS_SPP * float(passes[rest].mean()) * float(worth[patch].mean()) / float(worth[rest].mean())
    most = int(np.clip(round(alone / 2), PASS_SPP, limit))
    allowed = 10 ** (-target_db / 10) * int(seen.sum()) - float((error / passes**_GAIN)[rest].sum())
    enough = (float(error[patch].sum()) / allowed) ** (1 / _GAIN) if allowed > 0 else np.inf
    return int(np.clip(np.ceil(enough), PASS_SPP, most))


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

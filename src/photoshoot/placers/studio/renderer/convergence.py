"""Adaptive sampling: how many paths each part of a picture takes, by the error that a first pass predicts.

A denoiser leaves little of the noise on plain surfaces, and more where it can't average: among edges of shapes, in fine
texture, and before a lens that blurs them, too. So the error to come follows from the noise of the first pass, as the
picture would show it, and from how crowded with edges its neighbourhood is; and paths go where it will be.
"""

from __future__ import annotations

import bisect
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.pixels.bands import grown
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.forecast import error_left, foretell_error, less_where_blurred
from photoshoot.placers.studio.renderer.glints import find_glints, find_lamp_rims
from photoshoot.placers.studio.renderer.sensor import PASS_SPP, Camera
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
_PATCH_RIM_PX = 5  # film pixels across in which a patch shows beside what it covers
_GLINT_PASSES, _GLINT_COST = 4, 0.12  # most passes on glints and rims; most that those past the first cost the film
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


@dataclass(frozen=True, kw_only=True, eq=False)
class FilmParts:
    """What a film's pixels (h, w) are like, beside their AOVs."""

    patch: BoolArray
    """Which ones lie in a full-size patch."""
    hidden: Float32Array
    """How far others are hidden, see ``foretell_error``."""
    blur: Float32Array | None = None
    """Width of the circle of confusion, film pixels; None: all is sharp."""
    untold_db: float = 0.0
    """As of ``SetParts``."""

    @classmethod
    def of(cls, camera: Camera, aovs: Aovs | None, patch: BoolArray, hidden: Float32Array) -> Self:
        """As a camera shows them, if their AOVs are known."""
        blur = None if aovs is None else camera.film_blur(aovs.surface_distance)
        return cls(patch=patch, hidden=hidden, blur=blur, untold_db=camera.untold_db)

    def foretell(self, light: LinearImage, aovs: Aovs, exposure: float) -> Float32Array:
        """The error to come, see ``foretell_error``, with what the lens blurs and what no AOVs tell of the set."""
        error = foretell_error(light, aovs, self.hidden, exposure) * np.float32(10 ** (self.untold_db / 10))
        return error if self.blur is None else less_where_blurred(error, self.blur)


def plan_passes(
    light: LinearImage, aovs: Aovs, parts: FilmParts, exposure: float, target_db: float, times: int
) -> Plan:
    """How a picture goes on after its first pass: as its error asks for, and some passes more on glints and rims.

    Args:
        light: The first pass (h, w, 3).
        aovs: Of the same pixels.
        parts: What the pixels are like.
        exposure: The picture's factor on the light.
        target_db: PSNR of a picture.
        times: As of ``Plan.of``.
    """
    with ThreadPoolExecutor(1) as beside:
        rims = beside.submit(lambda: find_glints(aovs) | find_lamp_rims(aovs))
        plan = Plan.of(parts.foretell(light, aovs, exposure), parts.patch, target_db, times)
    glints = rims.result() & (parts.hidden == 0) & ~parts.patch
    share = float(glints.mean())
    most = times * int(np.clip(1 + _GLINT_COST / share, 1, _GLINT_PASSES)) if share else 1
    return replace(plan, passes=np.maximum(plan.passes, np.where(glints, most, 1)))


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
    left = error_left(noise * PASS_SPP / few, aovs, hidden)
    return few if is_far_under(left, np.ones(left.shape, np.int64), target_db) else PASS_SPP


def is_far_short(noise: float | None, aovs: Aovs | None, hidden: Float32Array, target_db: float) -> bool:
    """Whether a pass leaves far more error than is wanted: of such a picture all is worth its paths that lowers it.

    Args are as of ``choose_first_spp``.
    """
    if noise is None or aovs is None:
        return False
    left = error_left(noise, aovs, hidden)
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

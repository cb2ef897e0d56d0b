"""Looks and light paths at chosen pixels.

Mitsuba looks at every pixel of a film. Few pixels need more than a first look: those with fine paint, those where the
lens blurs an edge, those of a close-up. JIT variants look at just those, scalar ones at the tiles they are in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import drjit as dr
import mitsuba as mi
import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.renderer.film import Film

PASS_SAMPLES = 4
"""Samples a pixel in one pass, at most: no wider than the narrowest vector unit (SSE), see ``render``."""

_STRIDES = 1 / 1.1673039782614187 ** np.arange(1, 5)
"""Strides of a sequence that fills four dimensions evenly, whatever its length: powers of the root of x^5 = x + 1.
Source: M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018."""


def split_passes(samples: int, seed: int) -> Iterator[tuple[int, int]]:
    """The passes in which samples a pixel are taken: how many, and a seed for each; see ``render``."""
    counts = [PASS_SAMPLES] * (samples // PASS_SAMPLES)
    counts += [1 << bit for bit in (1, 0) if samples % PASS_SAMPLES & 1 << bit]
    seeds = np.random.SeedSequence(seed).generate_state(len(counts))
    return zip(counts, map(int, seeds), strict=True)


def trace(
    scene: mi.Scene,
    integrator: mi.SamplingIntegrator,
    how: tuple[mi.Sensor, Film],
    corners: npt.NDArray[np.floating],
    paths: int,
    seed: int,
) -> Float32Array:
    """Radiance (N, 3) of pixels, as ``mi.render`` would find it; see ``look``."""
    camera, _ = how
    total = np.zeros((), np.float64)
    for count, pass_seed in split_passes(paths, seed):
        sampler = camera.sampler().clone()
        sampler.set_sample_count(count)
        sampler.set_samples_per_wavefront(count)
        sampler.seed(dr.auto.ad.UInt(pass_seed), len(corners) * count)
        pixel = dr.arange(dr.auto.ad.UInt32, len(corners) * count) // count
        inside, lens = sampler.next_2d(), sampler.next_2d()
        ray = _ray(how, corners, pixel, (inside.x, inside.y, lens.x, lens.y))
        light, valid, _ = integrator.sample(scene, sampler, mi.RayDifferential3f(ray))
        channels = [dr.select(valid, channel, 0) for channel in light]
        dr.eval(channels)
        total = total + np.stack([np.array(dr.block_sum(channel, count)) for channel in channels], -1)
    return np.asarray(total / paths, np.float32)


def look(
    scene: mi.Scene, how: tuple[mi.Sensor, Film], corners: npt.NDArray[np.floating], looks: int, seed: int
) -> Float32Array:
    """What pixels show: means over the pixel, and over the lens where it has a width.

    Each ray writes a place of its own, so that the sums do not depend on threads.

    Args:
        scene: What is looked at.
        how: The camera, and its film.
        corners: Row and column (N, 2) of the pixels' upper left corners on the film, which need not be whole.
        looks: How many a pixel.
        seed: Chooses the rays.

    Returns:
        (N, 7): albedo (3), normal (3, world axes) and distance along the ray (world units), as the ``aov`` integrator
        gives them; all 0 where there is nothing.
    """
    floats, count = dr.auto.ad.Float, len(corners) * looks
    index = dr.arange(dr.auto.ad.UInt32, count)
    pixel = index // looks
    turn = floats(index - pixel * looks)
    shifts = np.random.default_rng(seed).random((4, len(corners)), np.float32)
    even = [
        dr.fma(turn, stride, dr.gather(floats, floats(shift), pixel))
        for stride, shift in zip(_STRIDES.tolist(), shifts, strict=True)
    ]
    y, x, lens_x, lens_y = (value - dr.floor(value) for value in even)
    seen = scene.ray_intersect(_ray(how, corners, pixel, (x, y, lens_x, lens_y)))
    hit = seen.is_valid()
    albedo = seen.bsdf().eval_diffuse_reflectance(seen, hit)
    channels = [dr.select(hit, channel, 0) for channel in (*albedo, *seen.sh_frame.n, seen.t)]
    dr.eval(channels)  # all in one kernel
    sums = [dr.block_sum(channel, looks) for channel in channels]
    return np.asarray(np.stack([np.array(total) for total in sums], -1) / looks, np.float32)


def _ray(
    how: tuple[mi.Sensor, Film], corners: npt.NDArray[np.floating], pixel: Any, point: tuple[Any, ...]
) -> mi.Ray3f:
    """Rays through points of pixels (x, y in [0, 1]) and of the lens."""
    camera, film = how
    floats = dr.auto.ad.Float
    row, column = (dr.gather(floats, floats(np.float32(axis)), pixel) for axis in corners.T)
    x, y, lens_x, lens_y = point
    film_point = mi.Point2f((column + x) / film.width_px, (row + y) / film.height_px)
    ray, _ = camera.sample_ray(floats(0), floats(0.5), film_point, mi.Point2f(lens_x, lens_y))
    return ray

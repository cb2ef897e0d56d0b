"""Looks along rays at chosen pixels: what is seen there, without its light.

Mitsuba's ``aov`` integrator looks at every pixel of a film. Few pixels need more than a first look: those with fine
paint, and those where the lens blurs an edge. For JIT variants only.
"""

from __future__ import annotations

import drjit as dr
import mitsuba as mi
import numpy as np
import numpy.typing as npt

from photoshoot.placers.studio.film import Film

Floats = npt.NDArray[np.float32]
Where = npt.NDArray[np.bool_]

_STRIDES = 1 / 1.1673039782614187 ** np.arange(1, 5)
"""Strides of a sequence that fills four dimensions evenly, whatever its length: powers of the root of x^5 = x + 1.
Source: M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018."""


def look(
    scene: mi.Scene, how: tuple[mi.Sensor, Film], corners: npt.NDArray[np.floating], looks: int, seed: int
) -> Floats:
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
    camera, film = how
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
    row, column = (dr.gather(floats, floats(np.float32(axis)), pixel) for axis in corners.T)
    film_point = mi.Point2f((column + x) / film.width_px, (row + y) / film.height_px)
    ray, _ = camera.sample_ray(floats(0), floats(0.5), film_point, mi.Point2f(lens_x, lens_y))
    seen = scene.ray_intersect(ray)
    hit = seen.is_valid()
    albedo = seen.bsdf().eval_diffuse_reflectance(seen, hit)
    channels = [dr.select(hit, channel, 0) for channel in (*albedo, *seen.sh_frame.n, seen.t)]
    dr.eval(channels)  # all in one kernel
    sums = [dr.block_sum(channel, looks) for channel in channels]
    return np.asarray(np.stack([np.array(total) for total in sums], -1) / looks, np.float32)

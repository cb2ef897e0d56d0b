"""The three things that are rendered of a scene: radiance on a film, its AOVs, and both at full size where needed.

The same seed gives the same bytes. The order in which threads add samples to a pixel is not fixed, and float sums
depend on it. So at most four samples a pixel are taken in one pass: Dr.Jit traces them side by side in one vector and
adds them as one. Passes are summed here, in order.

Mitsuba renders every pixel of a film. Few pixels need a second sampling: those with fine texture, those where the lens
blurs an edge, those of a full-size patch. JIT variants sample just those, scalar ones the tiles that they are in.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import drjit as dr
import mitsuba as mi
import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.placers.studio.renderer.aov import INTEGRATOR, Aovs, FullResAovs, find_edges
from photoshoot.placers.studio.renderer.refine import FullResPatch, with_margin
from photoshoot.placers.studio.renderer.sensor import PASS_SPP, Camera
from photoshoot.placers.studio.renderer.tiling import cover_with_tiles
from photoshoot.placers.studio.variant import is_scalar
from photoshoot.records import LinearImage
from photoshoot.seeds import AOV, PATCH

_RR_DEPTH = 3
AOV_SPP_RATIO = 4
"""Light paths for each ray of an AOV: well-sampled light wants well-sampled AOVs."""
_AOV_SPP, _AOV_SPP_BLURRED, _AOV_SPP_SCALAR = 4, 8, 2
"""Fewest rays a film pixel: usually; with a lens that blurs, since edges out of focus are noisy; and in scalar
variants, where such a ray costs half as much as a path."""
_EDGE_AOV_SPP, _MANY_EDGES = 32, 0.15  # more, at an edge of albedo; a quarter where edges fill that share of the film
_FULL_RES_AOV_SPP, _FULL_RES_AOV_SPP_SCALAR = 8, 4  # at a pixel of full size
_SMALL = 0.12  # share of the picture over which patches have half the paths: a coarse pixel's worth is still twice


class Renderer:
    """Mitsuba's integrators, loaded once. The variant is set before. Not thread-safe.

    Args:
        max_depth: Longest light path.
    """

    def __init__(self, max_depth: int) -> None:
        self._path = mi.load_dict({"type": "path", "max_depth": max_depth, "rr_depth": _RR_DEPTH})
        # on its own: nested round the path tracer it would more than double the cost
        self._aov = mi.load_dict(INTEGRATOR)

    def render_radiance(self, scene: mi.Scene, sensor: mi.Sensor, spp: int, seed: int) -> LinearImage:
        """Radiance (H, W, 3) on a sensor's film."""
        return np.maximum(_finite(sample_film(scene, self._path, sensor, spp, seed)), 0)

    def render_more(self, scene: mi.Scene, sensor: mi.Sensor, first: LinearImage, spp: int, seed: int) -> LinearImage:
        """What ``render_radiance`` gives for ``spp``, whole passes, where ``first`` is what it gave for one pass."""
        if spp == PASS_SPP:
            return first
        rest = sample_film(scene, self._path, sensor, spp, seed, skip=1)
        total = PASS_SPP * first.astype(np.float64) + (spp - PASS_SPP) * np.maximum(_finite(rest), 0)
        return np.asarray(total / spp, np.float32)

    def render_pixels(self, scene: mi.Scene, camera: Camera, where: BoolArray, spp: int, seed: int) -> LinearImage:
        """Radiance (N, 3) of some pixels (h, w) of a camera's own film."""
        if is_scalar():
            light = sample_film_tiles(scene, self._path, camera, where, spp, seed)[where]
        else:
            light = sample_radiance(scene, self._path, camera, np.argwhere(where).astype(np.float32), spp, seed)
        return np.maximum(_finite(light), 0)

    def render_aovs(self, scene: mi.Scene, camera: Camera, spp: int, seed: int, *, edges_again: bool = True) -> Aovs:
        """The AOVs of a film for the denoiser of light that was traced with ``spp`` paths a pixel.

        ``edges_again`` takes more rays at edges of albedo.
        """
        fewest = _AOV_SPP_BLURRED if camera.aperture > 0 else _AOV_SPP
        aov_spp = max(_AOV_SPP_SCALAR if is_scalar() else fewest, spp // AOV_SPP_RATIO)
        seed = AOV.seed(seed)
        channels = _finite(sample_film(scene, self._aov, camera.load_sensor(), aov_spp, seed))
        edges = find_edges(channels[..., :3]) if edges_again else np.zeros(channels.shape[:2], bool)
        if edges.any() and not is_scalar():
            edge_spp = _EDGE_AOV_SPP if edges.mean() < _MANY_EDGES else _EDGE_AOV_SPP // 4
            more = sample_aovs(scene, camera, np.argwhere(edges).astype(np.float32), edge_spp, seed)
            channels[edges] = (aov_spp * channels[edges] + edge_spp * _finite(more)) / (aov_spp + edge_spp)
        return Aovs.of_channels(channels)

    def render_full_res_aovs(self, scene: mi.Scene, camera: Camera, where: BoolArray, seed: int) -> FullResAovs:
        """AOVs as a lens without blur sees them, at some pixels (H, W) of the canvas."""
        aovs = self._sample_aovs(scene, camera, where, AOV.seed(seed))
        return FullResAovs(where=where, albedo=aovs.albedo, distance=aovs.distance)

    def render_patch(
        self, scenes: tuple[mi.Scene, mi.Scene], camera: Camera, weight: Float32Array, spp: int, seed: int
    ) -> FullResPatch:
        """Light and AOVs at full size where they show.

        Args:
            scenes: The lit one, and its surfaces (the same one, or without lights).
            camera: Its film is of full size, with a margin of ``MARGIN_PX``.
            weight: How much shows of each pixel (H, W).
            spp: Paths a pixel, as many as a pixel of the coarse film gets.
            seed: Chooses the paths.
        """
        where, seed = with_margin(weight), PATCH.seed(seed)
        spp = spp if where.mean() < _SMALL else max(1, spp // 2)
        lit, surfaces = scenes
        if is_scalar():
            light = sample_tiles(lit, self._path, camera, where, spp, seed)
        else:
            light = sample_radiance(lit, self._path, camera, camera.film.corners(where), spp, seed)
        aovs = self._sample_aovs(surfaces, camera, where, seed)
        return FullResPatch(weight=weight, where=where, light=np.maximum(_finite(light), 0), aovs=aovs)

    def _sample_aovs(self, scene: mi.Scene, camera: Camera, where: BoolArray, seed: int) -> Aovs:
        """AOVs (N, …) at some pixels of the canvas and, where the film has one, its margin."""
        if is_scalar():
            sampled = sample_tiles(scene, self._aov, camera, where, _FULL_RES_AOV_SPP_SCALAR, seed)
        else:
            sampled = sample_aovs(scene, camera, camera.film.corners(where), _FULL_RES_AOV_SPP, seed)
        return Aovs.of_channels(_finite(sampled))


def _finite(image: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The image with zeros for what is no number."""
    return image if np.isfinite(image).all() else np.nan_to_num(image, posinf=0, neginf=0)


_R4 = 1 / 1.1673039782614187 ** np.arange(1, 5)
"""Strides of a sequence that fills four dimensions evenly, whatever its length: powers of the root of x^5 = x + 1.
Source: M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018."""

Corners = npt.NDArray[np.floating]
"""Row and column (N, 2) of pixels' upper left corners on a film, which need not be whole."""


def sample_film(
    scene: mi.Scene, integrator: mi.Integrator, sensor: mi.Sensor, spp: int, seed: int, skip: int = 0
) -> npt.NDArray[np.float32]:
    """What an integrator finds (H, W, C) on a sensor's film, with ``spp`` samples a pixel, without the first passes."""
    return _mean_of_passes(
        lambda count, pass_seed: (
            np.array(mi.render(scene, integrator=integrator, sensor=sensor, spp=count, seed=pass_seed)) * count
        ),
        spp,
        seed,
        skip,
    )


def sample_tiles(
    scene: mi.Scene, integrator: mi.Integrator, camera: Camera, where: BoolArray, spp: int, seed: int
) -> Float32Array:
    """What an integrator finds (N, C) at some pixels, see ``Film.corners``, by way of the tiles that hold them."""
    film = camera.film
    beyond = [(0, film.height_px - where.shape[0]), (0, film.width_px - where.shape[1])]
    near = ndimage.maximum_filter(np.pad(where, beyond), 5)  # the canvas may lie half a pixel off
    image = sample_film_tiles(scene, integrator, camera, near, spp, seed)
    height, width = where.shape
    return film.to_canvas(image, (-film.margin, -film.margin, width - film.margin, height - film.margin))[where]


def sample_film_tiles(
    scene: mi.Scene, integrator: mi.Integrator, camera: Camera, near: BoolArray, spp: int, seed: int
) -> Float32Array:
    """What an integrator finds (h, w, C) in the tiles of a camera's film that hold chosen pixels; elsewhere 0."""
    image = np.zeros((*near.shape, 0), np.float32)
    for number, tile in enumerate(cover_with_tiles(near)):
        sampled = sample_film(scene, integrator, camera.load_sensor(tile), spp, seed + number)
        if not image.size:
            image = np.zeros((*image.shape[:2], sampled.shape[-1]), np.float32)
        image[tile] = sampled
    return image


def sample_radiance(
    scene: mi.Scene, integrator: mi.SamplingIntegrator, camera: Camera, corners: Corners, spp: int, seed: int
) -> Float32Array:
    """Radiance (N, 3) of pixels, as ``mi.render`` would find it; see ``sample_aovs``."""
    sensor = camera.load_sensor()

    def sample(count: int, pass_seed: int) -> npt.NDArray[np.floating]:
        sampler = sensor.sampler().clone()
        sampler.set_sample_count(count)
        sampler.set_samples_per_wavefront(count)
        sampler.seed(dr.auto.ad.UInt(pass_seed), len(corners) * count)
        pixel = dr.arange(dr.auto.ad.UInt32, len(corners) * count) // count
        inside, lens = sampler.next_2d(), sampler.next_2d()
        ray = _sample_ray(sensor, camera, (corners, pixel), (inside.x, inside.y, lens.x, lens.y))
        L, valid, _ = integrator.sample(scene, sampler, mi.RayDifferential3f(ray))  # noqa: N806  # radiance
        channels = [dr.select(valid, channel, 0) for channel in L]
        dr.eval(channels)
        return np.stack([np.array(dr.block_sum(channel, count)) for channel in channels], -1)

    return _mean_of_passes(sample, spp, seed)


def sample_aovs(scene: mi.Scene, camera: Camera, corners: Corners, aov_spp: int, seed: int) -> Float32Array:
    """AOVs of pixels: means over the pixel, and over the lens where it has a width.

    Each ray writes a place of its own, so that the sums do not depend on threads.

    Args:
        scene: What is seen.
        camera: Who sees it.
        corners: Where the pixels begin.
        aov_spp: Rays a pixel.
        seed: Chooses the rays.

    Returns:
        (N, 7): albedo (3), normal (3, world axes) and distance along the ray (world units), as the ``aov`` integrator
        gives them; all 0 where there is nothing.
    """
    floats, count = dr.auto.ad.Float, len(corners) * aov_spp
    index = dr.arange(dr.auto.ad.UInt32, count)
    pixel = index // aov_spp
    turn = floats(index - pixel * aov_spp)
    shifts = np.random.default_rng(seed).random((4, len(corners)), np.float32)
    even = [
        dr.fma(turn, stride, dr.gather(floats, floats(shift), pixel))
        for stride, shift in zip(_R4.tolist(), shifts, strict=True)
    ]
    y, x, lens_x, lens_y = (value - dr.floor(value) for value in even)
    ray = _sample_ray(camera.load_sensor(), camera, (corners, pixel), (x, y, lens_x, lens_y))
    si = scene.ray_intersect(ray)
    hit = si.is_valid()
    albedo = si.bsdf().eval_diffuse_reflectance(si, hit)
    channels = [dr.select(hit, channel, 0) for channel in (*albedo, *si.sh_frame.n, si.t)]
    dr.eval(channels)  # all in one kernel
    sums = [dr.block_sum(channel, aov_spp) for channel in channels]
    return np.asarray(np.stack([np.array(total) for total in sums], -1) / aov_spp, np.float32)


def _sample_ray(
    sensor: mi.Sensor, camera: Camera, pixels: tuple[Corners, Any], point: tuple[Any, Any, Any, Any]
) -> mi.Ray3f:
    """Rays through points of pixels (x, y in [0, 1]) and of the lens; each ray's pixel is told by its number."""
    corners, number = pixels
    floats = dr.auto.ad.Float
    row, column = (dr.gather(floats, floats(np.float32(axis)), number) for axis in corners.T)
    x, y, lens_x, lens_y = point
    film_point = mi.Point2f((column + x) / camera.film.width_px, (row + y) / camera.film.height_px)
    ray, _ = sensor.sample_ray(floats(0), floats(0.5), film_point, mi.Point2f(lens_x, lens_y))
    return ray


def _mean_of_passes(
    sample: Callable[[int, int], npt.NDArray[np.floating]], spp: int, seed: int, skip: int = 0
) -> npt.NDArray[np.float32]:
    """Mean over samples that are taken in passes; ``sample`` gives the sum over so many, of a seed of their own.

    ``skip`` leaves out the first passes: what is left is the same as in the mean of all of them.
    """
    total, taken = np.zeros((), np.float64), 0
    for count, pass_seed in itertools.islice(_split_passes(spp, seed), skip, None):
        total, taken = total + sample(count, pass_seed), taken + count
    return np.asarray(total / taken, np.float32)


def _split_passes(spp: int, seed: int) -> Iterator[tuple[int, int]]:
    """How many samples each pass takes, and its seed."""
    counts = [PASS_SPP] * (spp // PASS_SPP)
    counts += [1 << bit for bit in (1, 0) if spp % PASS_SPP & 1 << bit]
    seeds = np.random.SeedSequence(seed).generate_state(len(counts))
    return zip(counts, map(int, seeds), strict=True)

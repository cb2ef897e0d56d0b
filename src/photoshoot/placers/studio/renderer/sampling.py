"""Samples of a scene: whole films as Mitsuba takes them (scalar variants), or chosen pixels (JIT variants).

The same seed gives the same bytes. Float sums depend on their order, and threads have none: so each ray writes a place
of its own, neighbours are added in a fixed order, and passes of at most four samples a pixel are summed here, in order.

Dr.Jit compiles a kernel for each piece of code, which takes as long as tracing half a picture. So pixels are chosen by
data alone, whatever the film and however many samples: a set's light is traced by one kernel (on the meter's card, the
film, a draft's, a patch), and another one looks at its surfaces.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import drjit as dr
import mitsuba as mi
import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.placers.studio.renderer.aov import count_panes, look_through, mirror_lamps
from photoshoot.placers.studio.renderer.launches import AOVS_AHEAD, PATHS_AHEAD, Pending, mean_of_passes, start_parts
from photoshoot.placers.studio.renderer.sensor import PASS_SPP, Camera
from photoshoot.placers.studio.renderer.sequence import build_sampler, ray_strides
from photoshoot.placers.studio.renderer.tiling import cover_with_tiles

_TOGETHER = 2**16  # paths up to which passes are one launch
_PATHS_AT_ONCE = 2**20  # of one launch on CPUs: a second or two, which what is cancelled waits for
_RAYS_AT_ONCE = 2**19  # likewise: what rays give is to stay in their caches
_ON_GPU = 2**24  # what fills one


class SamplesLight(Protocol):
    """What finds light along rays, as Mitsuba's integrators do."""

    def sample(self, scene: mi.Scene, sampler: Any, ray: mi.RayDifferential3f) -> tuple[Any, Any, Any]:
        """Radiance, which rays have one, and further channels."""


_Look = Callable[[Any], list[Any]]  # channels of what is seen along rays
Corners = npt.NDArray[np.floating]
"""Row and column (N, 2) of pixels' upper left corners on a film, which need not be whole."""


def sample_film(
    scene: mi.Scene, integrator: mi.Integrator, sensor: mi.Sensor, spp: int, seed: int, skip: int = 0
) -> npt.NDArray[np.float32]:
    """What an integrator finds (H, W, C) on a sensor's film, with ``spp`` samples a pixel, without the first passes."""

    def sample(count: int, first: int) -> Pending:
        (pass_seed,) = map(int, np.random.SeedSequence((seed, first)).generate_state(1))
        seen = mi.render(scene, integrator=integrator, sensor=sensor, spp=count, seed=pass_seed)
        return lambda: np.array(seen) * count

    return mean_of_passes(sample, spp, skip)()


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
    scene: mi.Scene, integrator: mi.Integrator, camera: Camera, near: BoolArray, spp: int, seed: int, skip: int = 0
) -> Float32Array:
    """What an integrator finds (h, w, C) in the tiles of a camera's film that hold chosen pixels; elsewhere 0.

    ``skip`` leaves out the first passes.
    """
    image = np.zeros((*near.shape, 0), np.float32)
    for number, tile in enumerate(cover_with_tiles(near)):
        sampled = sample_film(scene, integrator, camera.load_sensor(tile), spp, seed + number, skip)
        if not image.size:
            image = np.zeros((*image.shape[:2], sampled.shape[-1]), np.float32)
        image[tile] = sampled
    return image


def corners_of(rows: slice, columns: slice) -> Corners:
    """Where the pixels (N, 2) of a film's rows and columns begin, row by row."""
    grid = np.mgrid[rows, columns].astype(np.float32)
    return np.asarray(grid.reshape(2, -1).T)


def start_radiance(
    scene: mi.Scene,
    integrator: SamplesLight,
    camera: Camera,
    corners: Corners,
    spp: int,
    seed: int,
    skip: int = 0,
    *,
    after: npt.NDArray[np.integer] | int = 0,
) -> Pending:
    """Begin to trace radiance (N, 3) of pixels, as ``mi.render`` would find it; see ``start_aovs``.

    Leaves out the first passes. ``after`` says how many of a pixel's paths come before its first one here (N,):
    so ``corners`` may hold a pixel several times, with paths of its own each time.
    """
    if spp > PASS_SPP and spp % PASS_SPP == 0 and skip == 0 and spp * len(corners) <= _TOGETHER:
        return _start_passes_together(scene, integrator, camera, corners, spp // PASS_SPP, seed, after)
    before = np.broadcast_to(np.uint32(after), len(corners))

    def begin(some: slice) -> Pending:
        return _start_paths(scene, integrator, camera, corners[some], spp, seed, skip, before[some])

    return start_parts(begin, len(corners), _pixels_at_once(_PATHS_AT_ONCE, PASS_SPP), PATHS_AHEAD)


def _start_paths(
    scene: mi.Scene,
    integrator: SamplesLight,
    camera: Camera,
    corners: Corners,
    spp: int,
    seed: int,
    skip: int,
    after: npt.NDArray[np.integer],
) -> Pending:
    """Begin ``start_radiance`` of as many pixels as one launch takes."""
    lanes = dr.auto.ad.UInt32
    sampler = build_sampler()

    def sample(count: int, first: int) -> Pending:
        whole = np.concatenate([corners, corners[-1:].repeat(-len(corners) % (PASS_SPP // count), 0)])
        index, rays = dr.arange(lanes, len(whole) * count), dr.opaque(lanes, count)
        pixel = index // rays
        before = np.resize(after, len(whole))
        path = dr.gather(lanes, lanes(before), pixel) + dr.opaque(lanes, first) + index - pixel * rays
        row, column = _corners_of(whole, pixel)
        sampler.begin((lanes(row), lanes(column)), path, dr.opaque(lanes, seed))
        inside, lens = sampler.next_2d(), sampler.next_2d()
        ray = _sample_ray(camera, (row, column), (inside.x, inside.y, lens.x, lens.y))
        L, valid, _ = integrator.sample(scene, sampler, mi.RayDifferential3f(ray))  # noqa: N806  # radiance
        channels = [dr.select(valid, channel, 0) for channel in L]
        dr.eval(channels)
        sums = [dr.block_sum(channel, count) for channel in channels]
        dr.eval(sums)
        return lambda: np.stack([np.array(total) for total in sums], -1)[: len(corners)]

    return mean_of_passes(sample, spp, skip)


def _start_passes_together(
    scene: mi.Scene,
    integrator: SamplesLight,
    camera: Camera,
    corners: Corners,
    passes: int,
    seed: int,
    after: npt.NDArray[np.integer] | int,
) -> Pending:
    """Begin ``start_radiance`` of few pixels in one launch; each takes Python as long as some ten thousand paths."""
    number = np.arange(passes).repeat(len(corners))
    before = np.tile(np.broadcast_to(after, len(corners)), passes) + PASS_SPP * number
    several = np.tile(corners, (passes, 1))
    begun = start_radiance(scene, integrator, camera, several, PASS_SPP, seed, after=before)

    def mean() -> Float32Array:
        means = begun().reshape(passes, len(corners), -1)
        return np.asarray(means.sum(0, dtype=np.float64) / passes, np.float32)

    return mean


def start_aovs(
    scene: mi.Scene, camera: Camera, corners: Corners, aov_spp: int, seed: int, seen: BoolArray | None = None
) -> Pending:
    """Begin to look at AOVs of pixels: means over the pixel, and over the lens where it has a width.

    Each ray writes a place of its own, so that the sums do not depend on threads.

    Args:
        scene: What is seen.
        camera: Who sees it.
        corners: Where the pixels begin.
        aov_spp: Rays a pixel.
        seed: Chooses the rays.
        seen: Which pixels of a film these are, row by row: each gets the rays that it has among all of them.

    Returns:
        What waits for (N, 8): albedo (3), normal (3, world axes) and distance along the ray (world units), as the
        ``aov`` integrator gives them, all 0 where there is nothing; and 1 for what shines and for nothing. What clear
        panes let through counts for what is behind them; (N, 10) where a scene has any: whether there is
        one, and the first one's distance, too.
    """
    panes = count_panes(scene)
    return _start_rays(partial(look_through, scene, panes), 10 if panes else 8, camera, corners, aov_spp, seed, seen)


def start_highlights(scene: mi.Scene, camera: Camera, corners: Corners, spp: int, seed: int) -> Pending:
    """Begin to look at the lamps (N, 3) that clear glass mirrors, see ``mirror_lamps``, as ``start_aovs`` looks."""
    return _start_rays(partial(mirror_lamps, scene), 3, camera, corners, spp, seed)


def _start_rays(
    look: _Look,
    channels: int,
    camera: Camera,
    corners: Corners,
    spp: int,
    seed: int,
    seen: BoolArray | None = None,
) -> Pending:
    """Begin to take means (N, C) of what is seen along so many rays of each pixel, a few pixels at once."""
    shifts = np.random.default_rng(seed).random((4, len(corners) if seen is None else seen.size), np.float32)
    shifts = shifts if seen is None else shifts[:, seen.ravel()]

    def begin(some: slice) -> Pending:
        return _start_some(look, camera, corners[some], shifts[:, some], spp)

    return start_parts(begin, len(corners), _pixels_at_once(_RAYS_AT_ONCE, spp), AOVS_AHEAD, channels)


def _start_some(look: _Look, camera: Camera, corners: Corners, shifts: Float32Array, spp: int) -> Pending:
    """Begin to look at few pixels; their rays begin their sequences at ``shifts``."""
    floats, lanes, count = dr.auto.ad.Float, dr.auto.ad.UInt32, len(corners) * spp
    index, rays = dr.arange(lanes, count), dr.opaque(lanes, spp)
    pixel = index // rays
    turn = floats(index - pixel * rays)
    even = [
        dr.fma(turn, dr.opaque(floats, stride), dr.gather(floats, floats(shift), pixel))
        for stride, shift in zip(ray_strides(spp, over_lens=camera.aperture > 0), shifts, strict=True)
    ]
    y, x, lens_x, lens_y = (value - dr.floor(value) for value in even)
    ray = _sample_ray(camera, _corners_of(corners, pixel), (x, y, lens_x, lens_y))
    channels = look(ray)
    dr.eval(channels)  # all in one kernel
    sums = [dr.block_sum(channel, spp) for channel in channels]
    dr.eval(sums)
    return lambda: np.asarray(np.stack([np.array(total) for total in sums], -1) / spp, np.float32)


def _pixels_at_once(on_cpu: int, spp: int) -> int:
    """How many pixels of so many paths or rays one launch takes, of which a CPU takes ``on_cpu``."""
    return max(1, (_ON_GPU if str(mi.variant()).startswith("cuda") else on_cpu) // spp)


def _corners_of(corners: Corners, pixel: Any) -> tuple[Any, Any]:
    """Row and column of each ray's pixel, which is told by its number."""
    floats = dr.auto.ad.Float
    row, column = (dr.gather(floats, floats(np.float32(axis)), pixel) for axis in corners.T)
    return row, column


def _sample_ray(camera: Camera, corner: tuple[Any, Any], point: tuple[Any, Any, Any, Any]) -> mi.Ray3f:
    """Rays through points of pixels, whose corners are told (x, y in [0, 1]), and of the lens.

    Mitsuba's cameras have the film's size and the lens's width in their code. All of these rays meet ``z = 0``, where
    the focus is, in the place that the film shows there.
    """
    floats, (row, column), (x, y, lens_x, lens_y) = dr.auto.ad.Float, corner, point
    film, view = camera.film, camera.film.view
    middle, axis, pixel, eye, distance, aperture = (
        dr.opaque(floats, value)
        for value in (
            film.width_px / 2,
            film.axis_row_px,
            film.stride / view.px_per_unit,
            view.camera_y,
            view.distance,
            camera.aperture,
        )
    )
    lens: Any = mi.warp.square_to_uniform_disk_concentric(mi.Point2f(lens_x, lens_y)) * aperture
    seen: Any = mi.Point3f((column + x - middle) * pixel, eye - (row + y - axis) * pixel, 0)
    origin: Any = mi.Point3f(lens.x, eye + lens.y, distance)
    return mi.Ray3f(origin, dr.normalize(seen - origin))

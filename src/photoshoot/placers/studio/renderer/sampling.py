"""Samples of a scene: whole films as Mitsuba takes them (scalar variants), or chosen pixels (JIT variants).

The same seed gives the same bytes. Float sums depend on their order, and threads have none: so one thread adds up all
rays of a pixel, one after another; whole films of scalar variants are passes of at most four samples, summed here.

Dr.Jit compiles a kernel for each piece of code, which takes as long as tracing half a picture. So pixels are chosen by
data alone, whatever the film and however many samples: a set's light is traced by one kernel (on the meter's card, the
film, a draft's, a patch), and another one looks at its surfaces.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Any, Protocol

import drjit as dr
import mitsuba as mi
import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.placers.studio.renderer.aov import count_panes, look_through, mirror_lamps
from photoshoot.placers.studio.renderer.sensor import PASS_SPP, Camera
from photoshoot.placers.studio.renderer.sequence import build_sampler, ray_strides
from photoshoot.placers.studio.renderer.tiling import cover_with_tiles
from photoshoot.placers.studio.scene.shapes import aligned

_AHEAD = 4  # launches that are begun before one is waited for: what Python does beside them takes as long as three

Pending = Callable[[], Float32Array]
"""Waits for what is being traced, and gives it. Code that runs meanwhile costs no time."""


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
    total, counts = np.zeros((), np.float64), _split_passes(spp)[skip:]
    for number, count in enumerate(counts, skip):
        (pass_seed,) = map(int, np.random.SeedSequence((seed, number * PASS_SPP)).generate_state(1))
        seen = mi.render(scene, integrator=integrator, sensor=sensor, spp=count, seed=pass_seed)
        total = total + np.array(seen) * count
    return np.asarray(total / sum(counts), np.float32)


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
    lanes = dr.auto.ad.UInt32
    before = np.broadcast_to(np.asarray(after, np.uint32) + np.uint32(PASS_SPP * skip), len(corners))
    first, own_seed = lanes(aligned(before, np.uint32)), dr.opaque(lanes, seed)
    row, column = _corners_of(corners)
    pixel = lanes(row), lanes(column)

    def trace(number: Any) -> list[Any]:
        sampler = build_sampler()
        sampler.begin(pixel, first + number, own_seed)
        inside, lens = sampler.next_2d(), sampler.next_2d()
        ray = _sample_ray(camera, (row, column), (inside.x, inside.y, lens.x, lens.y))
        L, valid, _ = integrator.sample(scene, sampler, mi.RayDifferential3f(ray))  # noqa: N806  # radiance
        return [dr.select(valid, channel, 0) for channel in L]

    return _mean_of_rays(trace, 3, len(corners), spp - PASS_SPP * skip)


def start_aovs(
    scene: mi.Scene, camera: Camera, corners: Corners, aov_spp: int, seed: int, seen: BoolArray | None = None
) -> Pending:
    """Begin to look at AOVs of pixels: means over the pixel, and over the lens where it has a width.

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
    step = _pixels_at_once()
    parts = [slice(start, start + step) for start in range(0, len(corners), step)]

    def begin(some: slice) -> tuple[slice, Pending]:
        return some, _start_some(look, channels, camera, corners[some], shifts[:, some], spp)

    begun, rest = deque(map(begin, parts[:_AHEAD])), iter(parts[_AHEAD:])

    def wait() -> Float32Array:
        looked = np.empty((len(corners), channels), np.float32)
        while begun:
            some, found = begun.popleft()
            looked[some] = found()
            begun.extend(map(begin, islice(rest, 1)))
        return looked

    return wait


def _start_some(
    look: _Look, channels: int, camera: Camera, corners: Corners, shifts: Float32Array, spp: int
) -> Pending:
    """Begin to look at few pixels; their rays begin their sequences at ``shifts``."""
    floats, corner = dr.auto.ad.Float, _corners_of(corners)
    strides = [dr.opaque(floats, stride) for stride in ray_strides(spp, over_lens=camera.aperture > 0)]
    begin = [floats(aligned(shift, np.float32)) for shift in shifts]

    def look_along(number: Any) -> list[Any]:
        even = [dr.fma(floats(number), stride, shift) for stride, shift in zip(strides, begin, strict=True)]
        y, x, lens_x, lens_y = (value - dr.floor(value) for value in even)
        return look(_sample_ray(camera, corner, (x, y, lens_x, lens_y)))

    return _mean_of_rays(look_along, channels, len(corners), spp)


def _mean_of_rays(find: Callable[[Any], list[Any]], channels: int, pixels: int, count: int) -> Pending:
    """Begin to take means (N, C) of what is found along each pixel's rays, which are told by their number.

    A pixel adds up its own rays, one after another, in one kernel: what each of them finds is written nowhere. Pages
    for that took a twelfth of a picture's time.
    """
    lanes, floats = dr.auto.ad.UInt32, dr.auto.ad.Float
    most = dr.opaque(lanes, count)

    def add(number: Any, sums: list[Any]) -> tuple[Any, list[Any]]:
        return number + 1, [total + more for total, more in zip(sums, find(number), strict=True)]

    begin = dr.zeros(lanes, pixels), [dr.zeros(floats, pixels) for _ in range(channels)]
    _, sums = dr.while_loop(begin, lambda number, _: number < most, add)
    dr.eval(sums)
    return lambda: np.asarray(np.stack([np.array(total) for total in sums], -1) / count, np.float32)


def _pixels_at_once() -> int:
    """How many pixels one kernel looks at: few enough that Python works meanwhile, or all that a GPU has room for."""
    return 2**22 if str(mi.variant()).startswith("cuda") else 2**17


def _corners_of(corners: Corners) -> tuple[Any, Any]:
    """Row and column of each pixel's corner."""
    floats = dr.auto.ad.Float
    row, column = (floats(aligned(axis, np.float32)) for axis in corners.T)
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


def _split_passes(spp: int) -> list[int]:
    """How many samples each pass takes."""
    return [PASS_SPP] * (spp // PASS_SPP) + [1 << bit for bit in (1, 0) if spp % PASS_SPP & 1 << bit]

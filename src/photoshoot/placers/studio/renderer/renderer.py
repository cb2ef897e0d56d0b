"""The three things that are rendered of a scene: radiance on a film, its AOVs, and both at full size where needed.

Few pixels need a second sampling: those with fine texture, those where the lens blurs an edge, those of a full-size
patch. JIT variants sample just those, scalar ones the tiles that they are in.
"""

from __future__ import annotations

from collections.abc import Callable

import mitsuba as mi
import numpy as np
import numpy.typing as npt

from photoshoot.arrays import BoolArray, ByteArray, Float32Array
from photoshoot.placers.studio.renderer.aov import INTEGRATOR, Aovs, find_edges
from photoshoot.placers.studio.renderer.full_res import FullResAovs
from photoshoot.placers.studio.renderer.glass_path import GlassPath
from photoshoot.placers.studio.renderer.highlights import has_highlights
from photoshoot.placers.studio.renderer.holdout import fill_unseen
from photoshoot.placers.studio.renderer.launches import Pending
from photoshoot.placers.studio.renderer.refine import FullResPatch, TracesPatch, fade_blurred, with_margin
from photoshoot.placers.studio.renderer.sampling import (
    SamplesLight,
    corners_of,
    sample_film,
    sample_film_tiles,
    sample_tiles,
    start_aovs,
    start_radiance,
)
from photoshoot.placers.studio.renderer.sensor import PASS_SPP, Camera
from photoshoot.placers.studio.renderer.sequence import PATHS_OF_ONE_SCRAMBLING
from photoshoot.placers.studio.renderer.tiling import TILE_PX, Tile
from photoshoot.placers.studio.variant import is_scalar
from photoshoot.records import LinearImage
from photoshoot.seeds import AOV, PATCH

RR_DEPTH = 2
"""Bounces from which on a path goes on by chance (Russian roulette). From the third on eight presets have up to .7 dB
more, and take a tenth more CPU time, a cabin of dark logs a quarter."""
AOV_SPP_RATIO = 4
"""Light paths for each ray of an AOV: well-sampled light wants well-sampled AOVs."""
_AOV_SPP, _AOV_SPP_BLURRED, _AOV_SPP_SCALAR = 4, 8, 2
"""Fewest rays a film pixel: usually; with a lens that blurs, since edges out of focus are noisy; and in scalar
variants, where such a ray costs half as much as a path."""
_EDGE_AOV_SPP, _EDGES_AOV_SPP = (8, 32), 3.2  # more, at an edge; and for all edges, over all pixels of the film
_PATCH_AOV_SPP, _FULL_RES_AOV_SPP_SCALAR = 8, 4  # at a pixel of a patch; at one of full size in scalar variants


class Renderer:
    """Mitsuba's integrators, loaded once. The variant is set before. Not thread-safe.

    Args:
        max_depth: Longest light path.
        highlights_apart: Whether what clear glass mirrors of lamps is left out, see ``highlights``.
    """

    def __init__(self, max_depth: int, *, highlights_apart: bool = True) -> None:
        self._path = mi.load_dict({"type": "path", "max_depth": max_depth, "rr_depth": RR_DEPTH, "block_size": TILE_PX})
        self._glass_path, self._apart = GlassPath(max_depth, RR_DEPTH), highlights_apart
        # on its own: nested round the path tracer it would more than double the cost
        self._aov = mi.load_dict(INTEGRATOR)

    def render_radiance(
        self, scene: mi.Scene, camera: Camera, spp: int, seed: int, part: Tile | None = None
    ) -> LinearImage:
        """Radiance (h, w, 3) on a camera's film, or on some rows and columns of it."""
        return self.start_radiance(scene, camera, spp, seed, part)()

    def start_radiance(
        self,
        scene: mi.Scene,
        camera: Camera,
        spp: int,
        seed: int,
        part: Tile | None = None,
        *,
        unseen: BoolArray | None = None,
    ) -> Pending:
        """Begin ``render_radiance``; ``unseen`` pixels (h, w) of a whole film get the mean of those beside them."""
        if is_scalar():
            light = sample_film(scene, self._path, camera.load_sensor(part), spp, seed)
            return lambda: _light(light)
        if unseen is not None and unseen.any():
            begun = start_radiance(
                scene, self._path_of(scene), camera, np.argwhere(~unseen).astype(np.float32), spp, seed
            )
            return lambda: fill_unseen(_light(begun()), unseen)
        rows, columns = part or camera.film.whole
        begun = start_radiance(scene, self._path_of(scene), camera, corners_of(rows, columns), spp, seed)
        return lambda: _light(begun()).reshape(rows.stop - rows.start, columns.stop - columns.start, 3)

    def complete_pass(self, scene: mi.Scene, camera: Camera, part: LinearImage, spp: int, seed: int) -> LinearImage:
        """Radiance (h, w, 3) of a whole pass, of which ``render_radiance`` gave the first ``spp`` paths. Not scalar."""
        film, rest = camera.film, PASS_SPP - spp
        begun = start_radiance(scene, self._path_of(scene), camera, corners_of(*film.whole), rest, seed, after=spp)
        others = _light(begun()).reshape(film.height_px, film.width_px, 3)
        return np.asarray((spp * part + rest * others) / PASS_SPP, np.float32)

    def start_more(
        self,
        scene: mi.Scene,
        camera: Camera,
        first: LinearImage,
        passes: npt.NDArray[np.int64],
        seed: int,
        first_spp: int = PASS_SPP,
    ) -> Pending:
        """Begin the mean of ``first``, which ``render_radiance`` gave for one pass, and each pixel's further passes.

        Args:
            scene: What is seen.
            camera: Its film has (h, w) pixels.
            first: Radiance (h, w, 3).
            passes: How many each pixel gets in all (h, w), 1 or more.
            seed: The first pass's.
            first_spp: Paths of it, which may be part of a pass.
        """
        where, further = passes > 1, passes[passes > 1] - 1
        begun, part = self._start_further(scene, camera, where, further, seed), first_spp / PASS_SPP

        def mean() -> LinearImage:
            total = part * first.astype(np.float64)
            total[where] += begun()
            return np.asarray(total / (passes - 1 + part)[..., None], np.float32)

        return mean

    def _start_further(
        self, scene: mi.Scene, camera: Camera, where: BoolArray, further: npt.NDArray[np.int64], seed: int
    ) -> Pending:
        """Begin the sums (N, 3) of so many passes (N,) of some pixels (h, w) after their first one: in one launch."""
        if is_scalar():
            return lambda: self._further_by_tiles(scene, camera, where, further, seed)
        if not where.any():
            return lambda: np.zeros((0, 3), np.float32)
        starts = np.cumsum(further) - further
        number = np.arange(int(further.sum())) - starts.repeat(further)
        corners = np.argwhere(where).astype(np.float32).repeat(further, 0)
        begun = start_radiance(
            scene, self._path_of(scene), camera, corners, PASS_SPP, seed, after=PASS_SPP * (number + 1)
        )
        return lambda: np.add.reduceat(_light(begun()), starts, axis=0)

    def _further_by_tiles(
        self, scene: mi.Scene, camera: Camera, where: BoolArray, further: npt.NDArray[np.int64], seed: int
    ) -> Float32Array:
        total = np.zeros((len(further), 3), np.float32)
        for skip in range(1, int(further.max(initial=0)) + 1):
            some, these = further >= skip, where.copy()
            these[where] = some
            total[some] += self.render_pixels(scene, camera, these, PASS_SPP * (skip + 1), seed, skip=skip)
        return total

    def render_pixels(
        self, scene: mi.Scene, camera: Camera, where: BoolArray, spp: int, seed: int, *, skip: int = 0
    ) -> LinearImage:
        """Radiance (N, 3) of some pixels (h, w) of a camera's own film, without that of the first passes."""
        if is_scalar():
            return _light(sample_film_tiles(scene, self._path, camera, where, spp, seed, skip)[where])
        corners = np.argwhere(where).astype(np.float32)
        return _light(start_radiance(scene, self._path_of(scene), camera, corners, spp, seed, skip)())

    def start_repeats(self, scene: mi.Scene, camera: Camera, count: int, seed: int) -> Pending:
        """Begin so many means of one pass each (count, h, w, 3) on a camera's film, each of paths of its own."""
        film = camera.film
        if is_scalar():
            repeats = [self.render_radiance(scene, camera, PASS_SPP, seed + number) for number in range(count)]
            return lambda: np.stack(repeats)
        corners = corners_of(*film.whole)
        after = PATHS_OF_ONE_SCRAMBLING * np.arange(count).repeat(len(corners))
        begun = start_radiance(
            scene, self._path_of(scene), camera, np.tile(corners, (count, 1)), PASS_SPP, seed, after=after
        )
        return lambda: _light(begun()).reshape(count, film.height_px, film.width_px, 3)

    def render_aovs(self, scene: mi.Scene, camera: Camera, spp: int, seed: int, *, edges_again: bool = True) -> Aovs:
        """The AOVs of a film for the denoiser of light that was traced with ``spp`` paths a pixel.

        ``edges_again`` takes more rays at edges of albedo.
        """
        return self.start_aovs(scene, camera, spp, seed, edges_again=edges_again)()()

    def start_aovs(
        self,
        scene: mi.Scene,
        camera: Camera,
        spp: int,
        seed: int,
        *,
        edges_again: bool = True,
        unseen: BoolArray | None = None,
    ) -> Callable[[], Callable[[], Aovs]]:
        """Begin ``render_aovs``: what it gives waits for a first look, and begins the one at edges that are sharp.

        ``unseen`` pixels (h, w) get the mean of those beside them.
        """
        fewest = _AOV_SPP_BLURRED if camera.aperture > 0 else _AOV_SPP
        aov_spp = max(_AOV_SPP_SCALAR if is_scalar() else fewest, spp // AOV_SPP_RATIO)
        seed = AOV.seed(seed)
        begun = self._start_look(scene, camera, aov_spp, seed, unseen)

        def look_again() -> Callable[[], Aovs]:
            channels = _finite(begun())
            edges = find_edges(channels) if edges_again else np.zeros(channels.shape[:2], bool)
            if is_scalar() or not edges.any():
                return lambda: Aovs.of_channels(channels)
            edge_spp = int(np.clip(_EDGES_AOV_SPP / edges.mean(), *_EDGE_AOV_SPP))
            edges &= ~camera.blurs(Aovs.of_channels(channels).surface_distance)  # see discs.without_lens_noise
            more = start_aovs(scene, camera, np.argwhere(edges).astype(np.float32), edge_spp, seed)

            def both() -> Aovs:
                channels[edges] = (aov_spp * channels[edges] + edge_spp * _finite(more())) / (aov_spp + edge_spp)
                return Aovs.of_channels(channels)

            return both

        return look_again

    def start_full_res_aovs(
        self, scene: mi.Scene, camera: Camera, rays: ByteArray, seed: int
    ) -> Callable[[], FullResAovs]:
        """Begin to look at pixels of the canvas, along so many rays each (H, W), as a lens without blur sees them."""
        parts, seed = [(rays == number, int(number)) for number in np.unique(rays[rays > 0])], AOV.seed(seed)
        begun = [(these, self._start_chosen(scene, camera, these, seed, number)) for these, number in parts]
        return lambda: FullResAovs.of_parts(rays > 0, [(these, look()) for these, look in begun])

    def start_patch(
        self, scene: mi.Scene, camera: Camera, weight: Float32Array, seed: int
    ) -> Callable[[], TracesPatch]:
        """Begin to look at surfaces where full size shows; what it gives waits for them, to trace light there.

        Args:
            scene: The surfaces; tracing takes the lit scene (the same one, or with lights), and paths a pixel.
            camera: Its film is of full size, with a margin of ``MARGIN_PX``.
            weight: How much shows of each pixel (H, W).
            seed: Chooses the paths.
        """
        where, seed = with_margin(weight), PATCH.seed(seed)
        aovs = self._start_chosen(scene, camera, where, seed)

        def found() -> TracesPatch:
            seen = aovs()

            def trace(lit: mi.Scene, spp: int) -> Callable[[], FullResPatch]:
                light = self._start_patch_light(lit, camera, where, spp, seed)
                shown = fade_blurred(weight, where, seen, camera)  # while paths are traced
                return lambda: FullResPatch(weight=shown, where=where, light=_light(light()), aovs=seen)

            return trace

        return found

    def _start_patch_light(self, scene: mi.Scene, camera: Camera, where: BoolArray, spp: int, seed: int) -> Pending:
        if is_scalar():
            light = sample_tiles(scene, self._path, camera, where, spp, seed)
            return lambda: light
        return start_radiance(scene, self._path_of(scene), camera, camera.film.corners(where), spp, seed)

    def _path_of(self, scene: mi.Scene) -> SamplesLight:
        """What traces a scene's light in JIT variants: where there is clear glass, without its highlights."""
        return self._glass_path if self._apart and has_highlights(scene) else self._path

    def _start_look(
        self, scene: mi.Scene, camera: Camera, aov_spp: int, seed: int, unseen: BoolArray | None
    ) -> Pending:
        """Begin to look at AOVs (h, w, C) of a whole film."""
        if is_scalar():
            return lambda: sample_film(scene, self._aov, camera.load_sensor(), aov_spp, seed)
        if unseen is not None and unseen.any():
            corners = np.argwhere(~unseen).astype(np.float32)
            seen = start_aovs(scene, camera, corners, aov_spp, seed, ~unseen)
            return lambda: fill_unseen(seen(), unseen)
        film = camera.film
        begun = start_aovs(scene, camera, corners_of(*film.whole), aov_spp, seed)
        return lambda: begun().reshape(film.height_px, film.width_px, -1)

    def _start_chosen(
        self, scene: mi.Scene, camera: Camera, where: BoolArray, seed: int, spp: int = _PATCH_AOV_SPP
    ) -> Callable[[], Aovs]:
        """Begin to look at AOVs (N, …) of some pixels of the canvas and, where the film has one, its margin."""
        if is_scalar():
            return lambda: Aovs.of_channels(
                _finite(sample_tiles(scene, self._aov, camera, where, _FULL_RES_AOV_SPP_SCALAR, seed))
            )
        begun = start_aovs(scene, camera, camera.film.corners(where), spp, seed)
        return lambda: Aovs.of_channels(_finite(begun()))


def _light(radiance: Float32Array) -> LinearImage:
    """Radiance without what is no number, or is less than none."""
    return np.maximum(_finite(radiance), 0)


def _finite(image: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The image with zeros for what is no number."""
    return image if np.isfinite(image).all() else np.nan_to_num(image, posinf=0, neginf=0)

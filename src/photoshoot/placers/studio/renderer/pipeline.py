"""From a scene to noise-free light on the canvas; see the package for the steps."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import mitsuba as mi
import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.errors import DeviceError
from photoshoot.machine.cancellation import carry_scope, check_cancelled
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.aov import Aovs, face_camera
from photoshoot.placers.studio.renderer.convergence import FilmParts, Plan, choose_first_spp, is_far_short, plan_passes
from photoshoot.placers.studio.renderer.denoise import MARGIN_PX, Denoiser, build_denoiser, denoise_under_weave
from photoshoot.placers.studio.renderer.discs import without_lens_noise
from photoshoot.placers.studio.renderer.emitter_choice import balanced_emitters
from photoshoot.placers.studio.renderer.exposure import read_card
from photoshoot.placers.studio.renderer.full_res_pass import FullResPass
from photoshoot.placers.studio.renderer.highlights import Highlights, has_highlights
from photoshoot.placers.studio.renderer.holdout import Holdout, inpaint_under_holdout
from photoshoot.placers.studio.renderer.irradiance import WhiteSolid, compose_lit, measure_light
from photoshoot.placers.studio.renderer.raw_render import RawRender
from photoshoot.placers.studio.renderer.refine import blend_patch
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import PASS_SPP, Camera, Film
from photoshoot.placers.studio.renderer.upsample import Detail, add_detail, restore_albedo_detail
from photoshoot.placers.studio.scene.shapes import compose_scene, compose_unlit
from photoshoot.placers.studio.variant import is_scalar
from photoshoot.records import AlphaMatte, LinearImage
from photoshoot.seeds import HIGHLIGHTS, PRODUCT_LIGHT
from photoshoot.settings import StudioSettings

_SMALL_PX, _COARSE = 400_000, 0.5  # smaller canvases are traced on their own pixels: a coarse film would save little
_COARSEST = 0.42  # of a set that is out of focus but for what is beside the product
_FEW = 6  # paths a pixel up to which patches are denoised quickly: pine at dusk has .06 dB of 39.6 less
_SMALL_PATCH = 0.12  # share of the picture over which a patch has half of a fixed number of paths


class RenderPipeline:
    """Traces and denoises; made once.

    ``render`` is not thread-safe; ``reconstruct`` is, and may run beside it.

    Args:
        settings: Samples, depth, film and denoiser.
    """

    def __init__(self, settings: StudioSettings) -> None:
        self._settings = settings
        self._renderer: Renderer | None = Renderer(settings.max_depth)
        self._denoiser: Denoiser | None = build_denoiser(settings.denoiser, settings.denoiser_quality)
        self._denoising = threading.Lock()

    def camera(self, view: View, aperture: float, *, film_density: float = math.inf) -> Camera:
        """The camera that a view is traced with: its film is as coarse as the settings and the set allow.

        ``film_density`` is as of ``SetParts``.
        """
        scale = self._settings.render_scale
        if scale is None:
            whole = view.width_px * view.height_px < _SMALL_PX or str(mi.variant()).startswith("cuda")
            scale = 1.0 if whole else min(max(film_density / view.px_per_unit, _COARSEST), _COARSE)
        margin = MARGIN_PX if self._denoiser or scale < 1 else 0
        return Camera(film=Film(view=view, scale=scale, margin=margin), aperture=aperture)

    def draft_camera(self, camera: Camera, width_px: int) -> Camera:
        """A camera in the same place whose film has about ``width_px`` columns over the canvas's width."""
        scale = width_px / camera.film.view.width_px
        return replace(camera, film=Film(view=camera.film.view, scale=scale, margin=MARGIN_PX))

    def render_draft(self, shapes: Mapping[str, object], camera: Camera, alpha: AlphaMatte, seed: int) -> RawRender:
        """Like ``render``, but nothing is looked at again at the canvas's size."""
        renderer, scene, film, spp = self._open(), compose_scene(shapes), camera.film, self._first_spp
        surfaces = compose_unlit(shapes) if is_scalar() else scene
        light = renderer.render_radiance(scene, camera, spp, seed)
        holdout, aovs = Holdout.of(alpha, film), None
        if self._denoiser is not None or has_highlights(scene):
            seen = renderer.render_aovs(surfaces, camera, spp, seed, edges_again=False)
            aovs = seen.without_stand_in(holdout.coverage)
        highlights = Highlights.on_film(scene, aovs, camera, HIGHLIGHTS.seed(seed))
        return RawRender(camera=camera, light=light, aovs=aovs, highlights=highlights, holdout=holdout, spp=spp)

    def reconstruct_draft(self, raw: RawRender, size: tuple[int, int]) -> LinearImage:
        """Clean light (height, width, 3) of what ``render_draft`` traced.

        Args:
            raw: What was traced.
            size: Width and height of the draft, px.

        Raises:
            DeviceError: The pipeline is closed, or the denoiser fails.
        """
        light = self._clean(raw)
        light = light if raw.highlights is None else raw.highlights.over(light)
        return np.maximum(raw.camera.film.to_draft(inpaint_under_holdout(light, raw.holdout.coverage), size), 0)

    def render(
        self,
        shapes: Mapping[str, object],
        camera: Camera,
        alpha: AlphaMatte,
        seed: int,
        exposure: float = 1.0,
        *,
        times: int = 1,
    ) -> RawRender:
        """Trace loaded shapes.

        Args:
            shapes: The set, with the product's stand-in or without.
            camera: See ``camera``.
            alpha: Where the product is (H, W); there the light is of no meaning on a coarse film.
            seed: Chooses the paths.
            exposure: The picture's factor on the light: how far noise shows, where an error is wanted.
            times: How many times as many paths as a picture takes: at most, where their number is not given.

        Raises:
            DeviceError: The pipeline is closed.
        """
        renderer, scene, film = self._open(), compose_scene(shapes), camera.film
        surfaces = compose_unlit(shapes) if is_scalar() else scene
        fixed = self._settings.samples is not None
        looking = self._denoiser is not None or film.scale < 1 or has_highlights(scene)
        spp = self._first_spp * (times if fixed else 1)
        holdout = Holdout.of(alpha, film)
        unseen = holdout.unseen if self._denoiser is not None or film.scale < 1 else None
        look = renderer.start_aovs(surfaces, camera, spp, seed, unseen=unseen) if looking else None
        with balanced_emitters(renderer, scene, camera, seed, exposure) as noise:
            look_again = None if look is None else look()
            aovs = None if look_again is None else look_again().without_stand_in(holdout.coverage)
            if not (fixed or is_scalar() or self._denoiser is None) and times == 1:
                spp = choose_first_spp(noise, aovs, holdout.coverage, self._settings.target_db)
            # what is thought about AOVs costs no time
            begun = renderer.start_radiance(scene, camera, spp, seed, unseen=unseen)
            short = is_far_short(noise, aovs, holdout.coverage, self._settings.target_db) and not fixed
            finer = FullResPass.begin(renderer, surfaces, aovs, camera, holdout, seed, lone_edges=short)
            light, weight = begun(), finer.weight
            trace_patch = None if finer.patch is None else finer.patch()  # now that nothing is under way
            patch_spp, quick = spp if weight.mean() < _SMALL_PATCH else max(1, spp // 2), False
            if not fixed:
                parts = FilmParts.of(camera, aovs, Holdout.of(weight, film).coverage == 1, holdout.coverage)
                plan = self._plan(light, aovs, parts, exposure, times)
                if spp < PASS_SPP and not plan.quick:  # too few, after all
                    light, spp = renderer.complete_pass(scene, camera, light, spp, seed), PASS_SPP
                    plan = self._plan(light, aovs, parts, exposure, times)
                begun = renderer.start_more(scene, camera, light, plan.passes, seed, spp)
                spp, patch_spp = round(spp + PASS_SPP * float(plan.passes.mean() - 1)), plan.patch_spp
                quick = times == 1 and plan.quick and self._settings.denoiser_quality == "auto"
            patch = None if trace_patch is None else trace_patch(scene, patch_spp)
            full_res = None if finer.full_res is None else finer.full_res()
            if aovs is not None and full_res is not None:
                full_res, aovs = full_res.through(camera, aovs, holdout.coverage)
            aovs = None if aovs is None else aovs.with_glow(light, exposure)
            guides = None if aovs is None or self._denoiser is None else without_lens_noise(aovs, camera)
            _ = None if guides is None else guides.guide  # kept: found while paths are traced
            return RawRender(
                camera=camera,
                light=light if fixed else begun(),
                aovs=aovs,
                guides=guides,
                full_res=full_res,
                patch=None if patch is None else patch(),
                highlights=None if finer.highlights is None else finer.highlights(),
                holdout=holdout,
                spp=spp,
                quick=quick,
            )

    def reconstruct(self, raw: RawRender) -> LinearImage:
        """Clean light (canvas height, canvas width, 3) of what was traced.

        Raises:
            DeviceError: The pipeline is closed, or the denoiser fails.
        """
        with ThreadPoolExecutor(1) as beside:  # the denoiser
            detail = beside.submit(carry_scope(raw.find_detail))
            return self._enlarge(self._clean(raw), raw, detail.result())

    def _clean(self, raw: RawRender) -> LinearImage:
        """The film's light without noise."""
        light, aovs = raw.light, raw.aovs
        if aovs is None or self._denoiser is None:
            return light
        trusted = raw.guides is not None and self._settings.denoiser_quality == "high" and not is_scalar()  # few rays
        guides = raw.guides or aovs
        clean = self._denoise(light, guides, quick=raw.quick, trusted=trusted)
        return restore_albedo_detail(clean, light, guides.guide, raw.holdout.coverage)

    def _enlarge(self, light: LinearImage, raw: RawRender, detail: Detail | None) -> LinearImage:
        """Clean light of the film, on the canvas, with what its albedo lacks, and with highlights."""
        result = self._enlarge_traced(light, raw, detail)
        return result if raw.highlights is None else raw.highlights.over(result)

    def _enlarge_traced(self, light: LinearImage, raw: RawRender, detail: Detail | None) -> LinearImage:
        film, aovs, holdout = raw.camera.film, raw.aovs, raw.holdout
        if aovs is None or film.scale == 1:
            return film.to_canvas(light)
        own = inpaint_under_holdout(light, holdout.coverage)
        result = film.to_canvas(own)
        np.maximum(result, 0, out=result)
        albedo = inpaint_under_holdout(aovs.albedo, holdout.coverage)
        if detail is not None:
            add_detail(result, own, albedo, film, detail)
        if raw.patch is not None:
            coarse = film, np.concatenate([own, replace(aovs, albedo=albedo).told], -1)
            quick = self._settings.denoiser_quality == "auto" and raw.spp <= _FEW
            blend_patch(result, coarse, raw.patch, holdout, partial(self._denoise, quick=quick))
        return result

    def measure_light(
        self, shapes: Mapping[str, object], solid: WhiteSolid, view: View, seed: int
    ) -> tuple[LinearImage, LinearImage]:
        """The light that a loaded set, without product, throws on a solid, and what a clear coat on it reflects.

        Args:
            shapes: The set.
            solid: What stands in the product's place.
            view: Who sees it.
            seed: Chooses the paths.

        Returns:
            (h, w, 3) each, on the solid's own grid: radiance of perfect matte white, and what a coat adds to it.

        Raises:
            DeviceError: The pipeline is closed, or the denoiser fails.
        """
        seed = PRODUCT_LIGHT.seed(seed)
        return measure_light(self._open(), self._denoise, compose_lit(shapes, solid), (solid, view), seed)

    def measure_shapes(
        self, shapes: Mapping[str, object], camera: Camera, seed: int
    ) -> tuple[Float32Array, Float32Array]:
        """How far away each pixel of the canvas shows something, and which way that faces.

        Args:
            shapes: The set, with the product's stand-in or without.
            camera: What it is seen with; all of it sharp.
            seed: Chooses the rays.

        Returns:
            Depth (canvas height, canvas width), along the optical axis, world units; and normals (the same, 3), of
            length 1, on the side that is seen. Both 0 where there is nothing.

        Raises:
            DeviceError: The pipeline is closed.
        """
        sharp = replace(camera, aperture=0)
        surfaces = compose_unlit(shapes) if is_scalar() else compose_scene(shapes)
        aovs = self._open().render_aovs(surfaces, sharp, self._first_spp, seed, edges_again=False)
        film, depth = camera.film, sharp.depth(aovs.distance).astype(np.float32)
        seen = film.to_canvas(np.concatenate([depth[..., None], aovs.normals], -1))
        return np.maximum(seen[..., 0], 0), face_camera(seen[..., 1:], film.view)

    def read_card(self, shapes: Mapping[str, object], camera: Camera) -> Float64Array:
        """Meter a set; see ``exposure.read_card``."""
        return read_card(self._open(), shapes, camera)

    @property
    def denoiser(self) -> tuple[str, str] | None:
        """Name and version of the denoiser, or None where nothing is denoised."""
        return None if self._denoiser is None else (self._denoiser.name, self._denoiser.version)

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self._renderer = None
        if self._denoiser is not None:
            with self._denoising:
                self._denoiser.close()

    def _plan(self, light: LinearImage, aovs: Aovs | None, parts: FilmParts, exposure: float, times: int) -> Plan:
        """How a picture goes on after its first pass; evenly without a denoiser."""
        if aovs is None or self._denoiser is None:
            return Plan.even(light.shape[:2])
        return plan_passes(light, aovs, parts, exposure, self._settings.target_db, times)

    @property
    def _first_spp(self) -> int:
        """Paths a pixel of the first pass, and of all where their number is given."""
        return self._settings.samples or PASS_SPP

    def _denoise(self, light: LinearImage, aovs: Aovs, *, quick: bool = False, trusted: bool = False) -> LinearImage:
        if self._denoiser is None:
            return light
        with self._denoising:
            check_cancelled()
            denoise = partial(self._denoiser.denoise, quick=quick, trusted=trusted)
            return denoise_under_weave(denoise, light, aovs)

    def _open(self) -> Renderer:
        if self._renderer is None:
            raise DeviceError("this placer is closed; make a new one")
        return self._renderer

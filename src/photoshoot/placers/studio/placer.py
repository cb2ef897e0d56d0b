"""START HERE: ``StudioPlacer`` builds a set round the product, path-traces it, and lays the original pixels over it.

Mental model of a shot:

1. ``SetKey`` says what set is asked for, and registers its camera with the canvas / *View*
2. ``SceneCache`` has the set built, loaded and metered, unless it is the one at hand / *BuiltSet*
3. ``choose_light`` measures the set's light on the product's shape, where that is asked for / *LightMap*
4. ``build_proxy`` makes a stand-in of the product's silhouette / *shapes*
5. ``RenderPipeline.render`` traces set and stand-in, one shot at a time / *RawRender*
6. ``RenderPipeline.reconstruct`` denoises and enlarges, beside the next shot's tracing / *the set's light*
7. ``contact_shade`` darkens the line under the product; ``ToneMapping`` exposes, ``separate`` lights a dark backdrop,
   ``draw_grain`` matches / *the bytes*
8. ``composite`` lays the product's own pixels over it, lit where that was asked for / *Shot*
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from photoshoot.framing.drafts import shrink_light
from photoshoot.machine.cancellation import carry_scope
from photoshoot.machine.lookahead import map_ahead
from photoshoot.machine.process_state import give_memory_back
from photoshoot.pixels.imaging import composite, light_product, wrap_light
from photoshoot.pixels.light_bounds import Bounds
from photoshoot.pixels.photo_texture import draw_grain, soften
from photoshoot.pixels.product_light import TwoLights, asked_light, choose_light
from photoshoot.placers.studio.product.caustics import add_caustics, trace_caustics
from photoshoot.placers.studio.product.inflation import InflationEstimator
from photoshoot.placers.studio.product.photo_light import photo_light
from photoshoot.placers.studio.product.proxy import ProductProxy, build_proxy
from photoshoot.placers.studio.product.relief import build_relief
from photoshoot.placers.studio.product.shadow_matte import measure_shadow, shadow_on_white
from photoshoot.placers.studio.product.shape import ShapeEstimator
from photoshoot.placers.studio.product.translucency import shade_rims
from photoshoot.placers.studio.provenance import describe, name_rendering
from photoshoot.placers.studio.renderer.exposure import encode
from photoshoot.placers.studio.renderer.haze import distance_of, measure_distance
from photoshoot.placers.studio.renderer.pipeline import RenderPipeline
from photoshoot.placers.studio.renderer.plate import RawChange
from photoshoot.placers.studio.renderer.plate_pipeline import PlatePipeline
from photoshoot.placers.studio.renderer.raw_render import RawRender
from photoshoot.placers.studio.renderer.separation import measure_gain, separate
from photoshoot.placers.studio.scene_cache import BuiltSet, PlateCache, SceneCache, SetKey, default_folder
from photoshoot.placers.studio.sightings import find_hidden
from photoshoot.placers.studio.traced import Traced, Unlit
from photoshoot.placers.studio.variant import load_variant
from photoshoot.records import AlphaMatte, Canvas, LinearImage, Provenance, RgbImage, Shot, ShotRequest
from photoshoot.records.light_map import LightMap
from photoshoot.seeds import DITHER, GRAIN
from photoshoot.sets import SetDesign
from photoshoot.settings import StudioSettings
from photoshoot.stages import OnStep, SetGuides

_OWN = 0.5  # matte from which on a pixel is the product's, whose stand-in has an outline and no face
_FRONT = np.array([0, 0, 1], np.float32)
_SORTED = 8  # shots that wait for each other where products share sets, so that sets are built less often


class StudioPlacer:
    """Places products in path-traced sets; the product's pixels stay the original ones.

    Safe to call from several threads: calls take turns to trace, and one shot is finished while the next is traced.
    A draft's set is kept for its final picture, and one that products share for the next product.

    Args:
        settings: How to render.
        plate_folder: Where plates are kept on disk, with ``share_plates``. None: see ``plates``.

    Raises:
        DeviceError: The asked-for variant can't run here, or the process runs another one already.
    """

    def __init__(self, settings: StudioSettings | None = None, plate_folder: Path | None = None) -> None:
        self.settings = settings or StudioSettings()
        self.variant = load_variant(self.settings.variant)
        self._pipeline = PlatePipeline(self.settings)
        quick = StudioSettings.draft()
        self._drafting = replace(self.settings, samples=quick.samples, denoiser_quality=quick.denoiser_quality)
        self._drafts = RenderPipeline(self._drafting)
        self._scenes = SceneCache(self._pipeline, self.settings)
        self._estimator: ShapeEstimator = InflationEstimator()
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self.batch_size, self.overlap = (_SORTED, 1) if self.settings.share_plates else (1, 2)
        self._provenance = describe(self.settings, self.variant, self._pipeline.denoiser)
        self._plates = PlateCache(self._pipeline, name_rendering(self._provenance), plate_folder or default_folder())

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """Make each picture; a picture depends on its own request only. Those that share a set are made in a row.

        Args:
            requests: What to make.
            on_step: Not called: a shot is one step. It stops within it where ``machine.cancellation`` says so.

        Raises:
            DeviceError: The placer is closed, or rendering failed.
        """
        del on_step
        if len(requests) < 2 or not self.settings.share_plates:
            return [self._shoot(request) for request in requests]
        with self._turn:
            order = self._scenes.sort([self._key(request.draft_of or request) for request in requests])
            shots = map_ahead(self._shoot, map(requests.__getitem__, order), 2, cancels=True)
            return [shot for _, shot in sorted(zip(order, shots, strict=True))]  # each index once

    def place_with_shadow(self, request: ShotRequest) -> tuple[Shot, AlphaMatte]:
        """Make a picture, the one that ``place`` makes, and measure how the product shades its set.

        Returns:
            The shot, and the share of the set's light that the product leaves: (H, W), see ``measure_shadow``.

        Raises:
            DeviceError: The placer is closed, or rendering failed.
        """
        with self._lock:
            traced, bare = self._trace(request), self._trace_empty(self._key(request))
        light, empty = self._light(request, traced), self._pipeline.reconstruct(bare.raw)
        shadow = measure_shadow(light, empty, traced.tone_mapping.exposure, request.layer.alpha_matte)
        return self._finish(request, light, traced), shadow

    def measure_sets(self, requests: Sequence[ShotRequest]) -> list[SetGuides]:
        """The true shapes in the pictures that ``place`` makes, the product's stand-in included.

        Raises:
            DeviceError: The placer is closed, or rendering failed.
        """
        return [self._measure_set(request) for request in requests]

    def _measure_set(self, request: ShotRequest) -> SetGuides:
        with self._lock:
            built = self._scenes.build(SetKey.of(request))
            proxy = build_proxy(request.layer, request.canvas, built.key.view)
            shapes = {**built.shapes, **proxy.load_shapes(built.tone_mapping)}
            depth, normals = self._pipeline.measure_shapes(shapes, built.camera, request.seed)
            own = request.layer.alpha_matte[..., None] > _OWN
            return SetGuides(depth=depth, normals=np.where(own, _FRONT, normals))

    def plate(self, canvas: Canvas, design: SetDesign, seed: int) -> RgbImage:
        """Picture a set without a product, as it would be built round one that fills the canvas's product box.

        Raises:
            DeviceError: The placer is closed, or rendering failed.
        """
        if design.pure_white:
            return np.full((canvas.height_px, canvas.width_px, 3), 255, np.uint8)
        with self._lock:
            key = SetKey.of_canvas(canvas, design, seed, shared=self.settings.share_plates)
            traced = self._trace_empty(key)
        light = traced.through_air(self._pipeline.reconstruct(traced.raw), design.light.haze, seed)
        return encode(traced.tone_mapping.apply(light), DITHER.generator(seed))

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        with self._lock:
            self._pipeline.close()
            self._drafts.close()
            self._scenes.clear()
            self._plates.clear()
        give_memory_back()

    def _shoot(self, request: ShotRequest) -> Shot:
        with self._lock:
            traced = self._trace(request)
            self._scenes.rest(keep=request.draft_of is not None or self.settings.share_plates)
        shot = self._finish(request, self._light(request, traced), traced)
        give_memory_back()
        return shot

    def _trace(self, request: ShotRequest) -> Traced:
        """Trace the request's set with the product's stand-in in it. No shape outlives it but those of the cache."""
        full = request.draft_of or request
        key = self._key(full)
        with ThreadPoolExecutor(1) as beside:
            stand = carry_scope(build_proxy)
            proxy = None if asked_light(full) else beside.submit(stand, full.layer, full.canvas, key.view)
            unlit = beside.submit(carry_scope(Unlit.of), request, key.view, self.settings)
            built = self._scenes.build(key)
            light = self._measure_light(full, built)
            stand_in = proxy.result() if proxy else build_proxy(light_product(full.layer, light), full.canvas, key.view)
            traced = self._trace_set(request, built, stand_in)
            light = None if light is None else shrink_light(light, request)
            hidden = find_hidden(full.scene.design, built.shapes, traced.raw, full.layer.alpha_matte)
            return replace(traced, unlit=unlit.result(), light=light, hidden=hidden)

    def _trace_set(self, request: ShotRequest, built: BuiltSet, proxy: ProductProxy) -> Traced:
        """A built set with the product's stand-in in it."""
        full = request.draft_of or request
        stand_in = proxy.load_shapes(built.tone_mapping)
        shapes = {**built.shapes, **stand_in}
        alpha = full.layer.alpha_matte
        raw = self._render_change(request, built, shapes) or self._render(request, built, shapes, alpha)
        bare = air = None
        if request.scene.design.pure_white and isinstance(raw, RawRender):
            bare = self._render(request, built, built.shapes, np.zeros_like(alpha))
        if request.scene.design.light.haze > 0 and isinstance(raw, RawRender):
            air = measure_distance(self._pipeline, shapes, built.camera, raw, request)
        through = trace_caustics(full, built.key.view, built.shapes, stand_in)
        shared_set = built.key.name if self.settings.share_plates else None
        told = built.tone_mapping
        return Traced(raw=raw, tone_mapping=told, through=through, bare=bare, shared_set=shared_set, distance=air)

    def _key(self, request: ShotRequest) -> SetKey:
        return SetKey.of(request, shared=self.settings.share_plates)

    def _render_change(self, request: ShotRequest, built: BuiltSet, shapes: Mapping[str, object]) -> RawChange | None:
        """What the product changes in its set's plate; None where the whole picture has to be traced."""
        view, exposure = built.key.view, built.tone_mapping.exposure
        hung_or_hazy = view.held or request.scene.design.light.haze > 0
        if not self.settings.share_plates or request.draft_of is not None or hung_or_hazy:
            return None  # a hanger is made for what it holds, and a plate does not keep how far away things are
        alpha, plate = request.layer.alpha_matte, self._plates.get(built)
        return self._pipeline.render_change(shapes, built.camera, alpha, plate, request.seed, exposure)

    def _render(
        self, request: ShotRequest, built: BuiltSet, shapes: Mapping[str, object], alpha: AlphaMatte
    ) -> RawRender:
        if request.draft_of is None:
            return self._pipeline.render(shapes, built.camera, alpha, request.seed, built.tone_mapping.exposure)
        camera = self._drafts.draft_camera(built.camera, request.canvas.width_px)
        return self._drafts.render_draft(shapes, camera, alpha, request.seed)

    def _reconstruct(self, request: ShotRequest, raw: RawRender | RawChange) -> LinearImage:
        if request.draft_of is None or isinstance(raw, RawChange):
            return self._pipeline.reconstruct(raw)
        return self._drafts.reconstruct_draft(raw, (request.canvas.width_px, request.canvas.height_px))

    def _measure_light(self, request: ShotRequest, built: BuiltSet) -> LightMap | None:
        """The set's light on the product, as far as it was asked for."""
        if (strength := asked_light(request)) == 0:
            return None
        layer, view, exposure = request.layer, built.key.view, np.float32(built.tone_mapping.exposure)
        solid = build_relief(layer, request.canvas, view, self._estimator, request.product.category)
        white, coat = self._pipeline.measure_light(built.shapes, solid, view, request.seed)
        bounds = Bounds(delta_e=self.settings.light_delta_e, hue_deg=self.settings.light_hue_deg)
        lights = TwoLights(
            scene=white * exposure,
            coat=coat * exposure,
            photo=photo_light(layer, solid),
            facing=solid.normals[..., 2],
            seen=solid.solid,
            box=solid.box,
            trust=solid.trust,
        )
        return choose_light(layer, lights, strength, bounds)

    def _trace_empty(self, key: SetKey) -> Traced:
        built = self._scenes.build(key)
        no_product = np.zeros((key.view.height_px, key.view.width_px), np.float32)
        raw = self._pipeline.render(built.shapes, built.camera, no_product, key.seed, built.tone_mapping.exposure)
        distance = distance_of(raw) if key.design.light.haze > 0 else None
        return Traced(raw=raw, tone_mapping=built.tone_mapping, distance=distance)

    def _light(self, request: ShotRequest, traced: Traced) -> LinearImage:
        """The set's light (H, W, 3), shaded where the product meets it."""
        return traced.shaded(add_caustics(self._reconstruct(request, traced.raw), traced.through))

    def _finish(self, request: ShotRequest, light: LinearImage, traced: Traced) -> Shot:
        seen = traced.through_air(light, request.scene.design.light.haze, request.seed)
        alpha, told = request.layer.alpha_matte, replace(request, scene=request.scene.hiding(traced.hidden))
        picture = traced.tone_mapping.apply(seen, alpha)
        one_light = request.scene.design.pure_white or traced.shared_set is not None  # behind whatever product
        gain = 1.0 if one_light else measure_gain(picture, request.layer)
        background = self._develop(request, traced, shade_rims(separate(picture, request.layer, gain), alpha))
        empty = self._empty_light(request, traced)
        if empty is not None:
            background = shadow_on_white(measure_shadow(light, empty, traced.tone_mapping.exposure, alpha), background)
        layer = wrap_light(light_product(request.layer, traced.light), background, asked_light(request))
        return told.answer(composite(background, layer), self._tell(request, traced, gain), traced.light)

    def _develop(self, request: ShotRequest, traced: Traced, picture: LinearImage) -> RgbImage:
        """The set's bytes, as sharp and as grainy as the product's photo is on the canvas."""
        texture = None if traced.unlit is None else traced.unlit.texture
        if texture is None:
            return encode(picture, DITHER.generator(request.seed))
        grain = draw_grain(picture, texture, GRAIN.generator(request.seed))
        return encode(soften(picture, texture.blur_px), DITHER.generator(request.seed), grain)

    def _empty_light(self, request: ShotRequest, traced: Traced) -> LinearImage | None:
        """The set's light without the product, where only the product's shadow is to be seen of it."""
        if not request.scene.design.pure_white:
            return None
        if isinstance(traced.raw, RawChange):
            return np.asarray(traced.raw.plate.light, np.float32)
        return None if traced.bare is None else self._reconstruct(request, traced.bare)

    def _tell(self, request: ShotRequest, traced: Traced, gain: float) -> Provenance:
        """What made it: paths a pixel, the light behind the product; a draft's says how drafts are rendered, too."""
        if request.draft_of is None:
            shared = {} if traced.shared_set is None else {"shared_set": traced.shared_set}
            patch = {} if gain == 1.0 else {"backdrop_gain": round(gain, 2)}
            told = {**self._provenance.settings, **traced.raw.told, **shared, **patch}
            return replace(self._provenance, settings=told)
        told = {**self._provenance.settings, "draft_samples": traced.raw.spp}
        return replace(self._provenance, settings={**told, "draft_denoiser_quality": self._drafting.denoiser_quality})

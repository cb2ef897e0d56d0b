"""``StudioPlacer``: builds a set round the product, path-traces it, and lays the original pixels over it."""

from __future__ import annotations

import gc
import importlib.metadata
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from photoshoot.imaging import composite
from photoshoot.placers.studio.contact import contact_shade
from photoshoot.placers.studio.exposure import CardReading, choose_exposure
from photoshoot.placers.studio.families import FAMILIES, take_stance
from photoshoot.placers.studio.hanger import trace_shoulders
from photoshoot.placers.studio.parts import SetParts
from photoshoot.placers.studio.proxy import build_proxy, contact_rise
from photoshoot.placers.studio.relight import SceneLight, relight
from photoshoot.placers.studio.render import load_shapes, product_shapes
from photoshoot.placers.studio.tone import add_bloom, encode, tone_map
from photoshoot.placers.studio.trace import Lens, Tracer, no_product
from photoshoot.placers.studio.variant import load_variant
from photoshoot.placers.studio.view import View
from photoshoot.records import Canvas, Category, LinearImage, Provenance, RgbImage, Shot, ShotRequest
from photoshoot.sets import SetDesign
from photoshoot.settings import Stance, StudioSettings

_SET_STREAM, _DITHER_STREAM = 1, 2  # apart, so that a change in one does not move the other


class StudioPlacer:
    """Places products in path-traced sets; the product's pixels stay the original ones.

    Safe to call from several threads: calls take turns. One set is kept between calls, so shots of one set in a row are
    faster.

    Args:
        settings: How to render.

    Raises:
        DeviceError: The asked-for variant can't run here, or the process runs another one already.
    """

    batch_size = 1

    def __init__(self, settings: StudioSettings | None = None) -> None:
        self.settings = settings or StudioSettings()
        self.variant = load_variant(self.settings.variant)
        self._tracer = Tracer(self.settings)
        self._built: _BuiltSet | None = None
        self._lock = threading.Lock()
        self._provenance = self._describe()

    def place(self, requests: Sequence[ShotRequest]) -> list[Shot]:
        """Make each picture; a picture depends on its own request only.

        Raises:
            DeviceError: The placer is closed, or rendering failed.
        """
        with self._lock:
            return [self._shoot(request) for request in requests]

    def plate(self, canvas: Canvas, design: SetDesign, seed: int) -> RgbImage:
        """Picture a set without a product, as it would be built round one that fills the canvas's product box.

        Raises:
            DeviceError: The placer is closed, or rendering failed.
        """
        with self._lock:
            stage = self._stage(_SetKey.of_canvas(canvas, design, seed))
            lens = Lens(view=stage.key.view, aperture=stage.parts.aperture)
            light = self._tracer.trace(stage.shapes, lens, no_product(lens.view), seed)
            return _develop(light, stage, seed)[1]

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        with self._lock:
            self._built = None
            self._tracer.close()
            gc.collect()

    def _shoot(self, request: ShotRequest) -> Shot:
        return Shot(
            image=self._picture(request),
            product=request.product,
            canvas=request.canvas,
            scene=request.scene,
            seed=request.seed,
            prompt_index=request.prompt_index,
            provenance=self._provenance,
        )

    def _picture(self, request: ShotRequest) -> RgbImage:
        stage = self._stage(_SetKey.of(request))
        layer, canvas, view = request.layer, request.canvas, stage.key.view
        light = self._trace(request, stage) * contact_shade(layer, canvas, view)[..., None]
        picture, background = _develop(light, stage, request.seed)
        if stage.reading is None or self.settings.relight == 0:
            return composite(background, layer)
        scene_light = SceneLight(reading=stage.reading, exposure=stage.exposure, picture=picture)
        return composite(background, relight(layer, canvas, scene_light, self.settings.relight))

    def _trace(self, request: ShotRequest, stage: _BuiltSet) -> LinearImage:
        """Light of the set with the product's stand-in in it."""
        proxy = build_proxy(request.layer, request.canvas, stage.key.view)
        shapes = {**stage.shapes, **product_shapes(proxy, stage.exposure)}
        lens = Lens(view=stage.key.view, aperture=stage.parts.aperture)
        return self._tracer.trace(shapes, lens, request.layer.alpha_matte, request.seed)

    def _stage(self, key: _SetKey) -> _BuiltSet:
        """The set of a key: the one at hand, or a new one in its place."""
        if self._built is None or self._built.key != key:
            self._built = None
            gc.collect()  # Dr.Jit's kernels grow with every scene object alive in the process
            self._built = self._build(key)
        return self._built

    def _build(self, key: _SetKey) -> _BuiltSet:
        parts = FAMILIES[type(key.design)].build(key.design, key.view, np.random.default_rng([key.seed, _SET_STREAM]))
        shapes = load_shapes(parts.shapes)
        metered = parts.exposure is None or self.settings.relight > 0
        reading = self._tracer.read_card(shapes, key.view, sides=self.settings.relight > 0) if metered else None
        return _BuiltSet(key=key, parts=parts, shapes=shapes, reading=reading, exposure=choose_exposure(parts, reading))

    def _describe(self) -> Provenance:
        packages = {name: importlib.metadata.version(name) for name in ("photoshoot", "mitsuba", "drjit")}
        denoiser = self._tracer.denoiser
        if denoiser is not None:
            packages[denoiser[0]] = denoiser[1]
        return Provenance(
            engine="studio",
            versions=packages,
            settings={
                "variant": self.variant.variant,
                "variant_set_by_host": self.variant.adopted,
                "compiler": self.variant.detail,
                "samples": self.settings.samples,
                "max_depth": self.settings.max_depth,
                "light_stride": self.settings.light_stride or "auto",
                "denoiser": denoiser[0] if denoiser else "none",
                "relight": self.settings.relight,
            },
        )


@dataclass(frozen=True, kw_only=True)
class _SetKey:
    """What decides how a set is built."""

    design: SetDesign
    view: View
    seed: int

    @classmethod
    def of_canvas(cls, canvas: Canvas, design: SetDesign, seed: int) -> _SetKey:
        """Of a set without a product."""
        design = take_stance(design, canvas.stance)
        return cls(design=design, view=View.of(canvas, FAMILIES[type(design)].camera_y), seed=seed)

    @classmethod
    def of(cls, request: ShotRequest) -> _SetKey:
        design = take_stance(request.scene.design, request.canvas.stance)
        rise = contact_rise(request.layer, request.canvas)
        view = View.of(request.canvas, FAMILIES[type(design)].camera_y, rise)
        if view.stance is Stance.HANGING and request.product.category is Category.GARMENT:
            view = replace(view, shoulders=trace_shoulders(request.layer, request.canvas, view))
        return cls(design=design, view=view, seed=request.seed)


@dataclass(frozen=True, kw_only=True, eq=False)
class _BuiltSet:
    """A set in memory, with its exposure."""

    key: _SetKey
    parts: SetParts
    shapes: dict[str, object]
    reading: CardReading | None
    """None where nothing asks for it."""
    exposure: float


def _develop(light: LinearImage, stage: _BuiltSet, seed: int) -> tuple[LinearImage, RgbImage]:
    """The picture of a set's light: display-linear, and as bytes."""
    picture = tone_map(add_bloom(light, stage.exposure, stage.parts.bloom), stage.exposure)
    return picture, encode(picture, np.random.default_rng([seed, _DITHER_STREAM]))

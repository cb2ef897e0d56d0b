"""``StudioPlacer``: builds a set round the product, path-traces it, and lays the original pixels over it."""

from __future__ import annotations

import importlib.metadata
import threading
from collections.abc import Sequence

import numpy as np

from photoshoot.pixels.imaging import composite
from photoshoot.placers.studio.product.contact_shadow import contact_shade
from photoshoot.placers.studio.product.proxy import build_proxy
from photoshoot.placers.studio.product.relight import SceneLight, relight
from photoshoot.placers.studio.product.shadow_matte import measure_shadow
from photoshoot.placers.studio.renderer.pipeline import Exposed, Tracer, no_product
from photoshoot.placers.studio.renderer.renderer import product_shapes
from photoshoot.placers.studio.renderer.tonemap import add_bloom, encode, tone_map
from photoshoot.placers.studio.scene_cache import Look, SetKey, Stage
from photoshoot.placers.studio.variant import load_variant
from photoshoot.records import AlphaMatte, Canvas, LinearImage, Provenance, RgbImage, Shot, ShotRequest
from photoshoot.seeds import DITHER
from photoshoot.sets import SetDesign
from photoshoot.settings import StudioSettings
from photoshoot.stages import OnStep


class StudioPlacer:
    """Places products in path-traced sets; the product's pixels stay the original ones.

    Safe to call from several threads: calls take turns to trace, and one shot is finished while the next is traced.
    One set is kept between calls, so shots of one set in a row are faster.

    Args:
        settings: How to render.

    Raises:
        DeviceError: The asked-for variant can't run here, or the process runs another one already.
    """

    batch_size = 1
    overlap = 2

    def __init__(self, settings: StudioSettings | None = None) -> None:
        self.settings = settings or StudioSettings()
        self.variant = load_variant(self.settings.variant)
        self._tracer = Tracer(self.settings)
        self._stage = Stage(self._tracer, sides=self.settings.relight > 0)
        self._lock = threading.Lock()
        self._provenance = self._describe()

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """Make each picture; a picture depends on its own request only.

        Args:
            requests: What to make.
            on_step: Not called: a shot is one step.

        Raises:
            DeviceError: The placer is closed, or rendering failed.
        """
        del on_step
        return [self._shoot(request) for request in requests]

    def place_with_shadow(self, request: ShotRequest) -> tuple[Shot, AlphaMatte]:
        """Make a picture, the one that ``place`` makes, and measure how the product shades its set.

        Returns:
            The shot, and the share of the set's light that the product leaves: (H, W), see ``measure_shadow``.

        Raises:
            DeviceError: The placer is closed, or rendering failed.
        """
        with self._lock:
            exposed, look = self._expose(request)
            empty, _ = self._expose_empty(SetKey.of(request))
        light, bare = self._light(request, exposed, look), self._tracer.develop(empty)
        shadow = measure_shadow(light, bare, look.exposure, request.layer.alpha_matte)
        return request.answer(self._finish(request, light, look), self._provenance), shadow

    def plate(self, canvas: Canvas, design: SetDesign, seed: int) -> RgbImage:
        """Picture a set without a product, as it would be built round one that fills the canvas's product box.

        Raises:
            DeviceError: The placer is closed, or rendering failed.
        """
        with self._lock:
            exposed, look = self._expose_empty(SetKey.of_canvas(canvas, design, seed))
        return _develop(self._tracer.develop(exposed), look, seed)[1]

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        with self._lock:
            self._tracer.close()
            self._stage.clear()

    def _shoot(self, request: ShotRequest) -> Shot:
        with self._lock:
            exposed, look = self._expose(request)
        image = self._finish(request, self._light(request, exposed, look), look)
        return request.answer(image, self._provenance)

    def _expose(self, request: ShotRequest) -> tuple[Exposed, Look]:
        """Trace the request's set with the product's stand-in in it. No shape outlives it but those of the stage."""
        built = self._stage.build(SetKey.of(request))
        proxy = build_proxy(request.layer, request.canvas, built.key.view)
        shapes = {**built.shapes, **product_shapes(proxy, built.look.exposure)}
        return self._tracer.expose(shapes, built.lens, request.layer.alpha_matte, request.seed), built.look

    def _expose_empty(self, key: SetKey) -> tuple[Exposed, Look]:
        built = self._stage.build(key)
        return self._tracer.expose(built.shapes, built.lens, no_product(key.view), key.seed), built.look

    def _light(self, request: ShotRequest, exposed: Exposed, look: Look) -> LinearImage:
        """The set's light (H, W, 3), shaded where the product meets it."""
        shade = contact_shade(request.layer, request.canvas, look.view)
        return np.asarray(self._tracer.develop(exposed) * shade[..., None], np.float32)

    def _finish(self, request: ShotRequest, light: LinearImage, look: Look) -> RgbImage:
        layer, canvas = request.layer, request.canvas
        picture, background = _develop(light, look, request.seed)
        if look.reading is None or self.settings.relight == 0:
            return composite(background, layer)
        scene_light = SceneLight(reading=look.reading, exposure=look.exposure, picture=picture)
        return composite(background, relight(layer, canvas, scene_light, self.settings.relight))

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


def _develop(light: LinearImage, look: Look, seed: int) -> tuple[LinearImage, RgbImage]:
    """The picture of a set's light: display-linear, and as bytes."""
    picture = tone_map(add_bloom(light, look.exposure, look.bloom), look.exposure)
    return picture, encode(picture, DITHER.generator(seed))

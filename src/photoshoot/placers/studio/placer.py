"""``StudioPlacer``: builds a set round the product, path-traces it, and lays the original pixels over it."""

from __future__ import annotations

import gc
import importlib.metadata
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from photoshoot.errors import DeviceError
from photoshoot.imaging import composite
from photoshoot.placers.studio.contact import contact_shade
from photoshoot.placers.studio.denoise import Denoiser
from photoshoot.placers.studio.exposure import CardReading, choose_exposure, read_card
from photoshoot.placers.studio.families import FAMILIES, lay_flat
from photoshoot.placers.studio.parts import SetParts
from photoshoot.placers.studio.proxy import build_proxy, contact_rise
from photoshoot.placers.studio.relight import SceneLight, relight
from photoshoot.placers.studio.render import Lens, Renderer, compose_scene, load_shapes, product_shapes
from photoshoot.placers.studio.tone import add_bloom, encode, tone_map
from photoshoot.placers.studio.variant import load_variant
from photoshoot.placers.studio.view import View
from photoshoot.records import LinearImage, Provenance, RgbImage, Shot, ShotRequest
from photoshoot.sets import FlatLay, SetDesign
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
        self._renderer: Renderer | None = Renderer(self.settings.max_depth)
        self._denoiser = Denoiser() if self.settings.denoise else None
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

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        with self._lock:
            self._renderer = self._built = None
            if self._denoiser is not None:
                self._denoiser.close()
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
        stage = self._stage(request)
        layer, canvas, view = request.layer, request.canvas, stage.key.view
        light = self._trace(request, stage) * contact_shade(layer, canvas, view)[..., None]
        light = add_bloom(light, stage.exposure, stage.parts.bloom)
        picture = tone_map(light, stage.exposure)
        background = encode(picture, np.random.default_rng([request.seed, _DITHER_STREAM]))
        if stage.reading is None or self.settings.relight == 0:
            return composite(background, layer)
        scene_light = SceneLight(reading=stage.reading, exposure=stage.exposure, picture=picture)
        return composite(background, relight(layer, canvas, scene_light, self.settings.relight))

    def _trace(self, request: ShotRequest, stage: _BuiltSet) -> LinearImage:
        """Radiance of the set with the product's stand-in in it."""
        renderer = self._open_renderer()
        proxy = build_proxy(request.layer, request.canvas, stage.key.view)
        lens = Lens(view=stage.key.view, aperture=stage.parts.aperture)
        scene = compose_scene({**stage.shapes, **product_shapes(proxy, stage.exposure)}, lens)
        noisy = renderer.render(scene, self.settings.samples, request.seed)
        if self._denoiser is None:
            return noisy
        return self._denoiser.denoise(noisy, renderer.render_guides(scene, lens, request.seed))

    def _stage(self, request: ShotRequest) -> _BuiltSet:
        """The request's set: the one at hand, or a new one in its place."""
        key = _SetKey.of(request)
        if self._built is None or self._built.key != key:
            self._built = None
            gc.collect()  # Dr.Jit's kernels grow with every scene object alive in the process
            self._built = self._build(key)
        return self._built

    def _build(self, key: _SetKey) -> _BuiltSet:
        renderer = self._open_renderer()
        parts = FAMILIES[type(key.design)].build(key.design, key.view, np.random.default_rng([key.seed, _SET_STREAM]))
        shapes = load_shapes(parts.shapes)
        metered = parts.exposure is None or self.settings.relight > 0
        reading = read_card(renderer, shapes, key.view, sides=self.settings.relight > 0) if metered else None
        return _BuiltSet(key=key, parts=parts, shapes=shapes, reading=reading, exposure=choose_exposure(parts, reading))

    def _open_renderer(self) -> Renderer:
        if self._renderer is None:
            raise DeviceError("this placer is closed; make a new one")
        return self._renderer

    def _describe(self) -> Provenance:
        packages = {name: importlib.metadata.version(name) for name in ("photoshoot", "mitsuba", "drjit", "pyoidn")}
        if self._denoiser is None:
            del packages["pyoidn"]
        else:
            packages["oidn"] = self._denoiser.version
        return Provenance(
            engine="studio",
            versions=packages,
            settings={
                "variant": self.variant.variant,
                "variant_set_by_host": self.variant.adopted,
                "compiler": self.variant.detail,
                "samples": self.settings.samples,
                "max_depth": self.settings.max_depth,
                "denoiser": "oidn high" if self._denoiser else "none",
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
    def of(cls, request: ShotRequest) -> _SetKey:
        design = request.scene.design
        if request.canvas.stance is Stance.LYING and not isinstance(design, FlatLay):
            design = lay_flat(design)
        rise = contact_rise(request.layer, request.canvas)
        view = View.of(request.canvas, FAMILIES[type(design)].camera_y, rise)
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

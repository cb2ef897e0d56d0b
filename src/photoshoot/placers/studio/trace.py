"""From a scene to noise-free light on the canvas: traced on a coarse film, denoised, enlarged, with paint put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import mitsuba as mi
import numpy as np

from photoshoot.errors import DeviceError
from photoshoot.placers.studio.denoise import MARGIN_PX, Denoiser, Guides, build_denoiser
from photoshoot.placers.studio.detail import add_detail, detail_share, enlarge, needs_detail, solid_part
from photoshoot.placers.studio.exposure import CardReading, read_card
from photoshoot.placers.studio.film import Film
from photoshoot.placers.studio.render import Renderer, compose_scene, load_camera
from photoshoot.placers.studio.view import View
from photoshoot.records import AlphaMatte, LinearImage
from photoshoot.settings import StudioSettings

_SMALL_PX = 400_000  # canvases under it are traced on their own pixels: a coarse film would save little
_COARSE = 2.0


@dataclass(frozen=True, kw_only=True)
class Lens:
    """How the camera sees."""

    view: View
    """Where it stands."""
    aperture: float = 0.0
    """Lens radius, world units; 0 = all sharp."""


class Tracer:
    """Traces and denoises; made once. Not thread-safe.

    Args:
        settings: Samples, depth, film and denoiser.
    """

    def __init__(self, settings: StudioSettings) -> None:
        self._settings = settings
        self._renderer: Renderer | None = Renderer(settings.max_depth)
        self._denoiser: Denoiser | None = build_denoiser(settings.denoiser)

    def trace(self, shapes: Mapping[str, object], lens: Lens, alpha: AlphaMatte, seed: int) -> LinearImage:
        """Light (canvas height, canvas width, 3) of loaded shapes.

        Args:
            shapes: The set, with the product's stand-in or without.
            lens: The canvas's camera.
            alpha: Where the product is; there the light is of no meaning on a coarse film.
            seed: Chooses the paths.
        """
        renderer, scene = self._open(), compose_scene(shapes)
        film = Film(view=lens.view, stride=self.stride(lens.view), margin=MARGIN_PX if self._denoiser else 0)
        light = renderer.render(scene, load_camera(film, lens.aperture), self._settings.samples, seed)
        if self._denoiser is None and film.stride == 1:
            return film.to_canvas(light)
        guides = renderer.render_guides(scene, film, lens.aperture, seed)
        if self._denoiser is not None:
            light = self._denoiser.denoise(light, guides)
        if film.stride == 1:
            return film.to_canvas(light)
        return self._refine(scene, _Coarse(light=light, guides=guides, film=film, lens=lens), alpha, seed)

    def read_card(self, shapes: Mapping[str, object], view: View, *, sides: bool) -> CardReading:
        """Meter a set; see ``exposure.read_card``."""
        return read_card(self._open(), shapes, view, sides=sides)

    def stride(self, view: View) -> float:
        """Side of a traced pixel in canvas pixels."""
        if self._settings.light_stride is not None:
            return self._settings.light_stride
        small = view.width_px * view.height_px < _SMALL_PX
        return 1.0 if small or str(mi.variant()).startswith("cuda") else _COARSE

    @property
    def denoiser(self) -> tuple[str, str] | None:
        """Name and version of the denoiser, or None where nothing is denoised."""
        return None if self._denoiser is None else (self._denoiser.name, self._denoiser.version)

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self._renderer = None
        if self._denoiser is not None:
            self._denoiser.close()

    def _refine(self, scene: mi.Scene, coarse: _Coarse, alpha: AlphaMatte, seed: int) -> LinearImage:
        film, solid = coarse.film, solid_part(alpha)
        cover = film.from_canvas(solid)
        light = enlarge(coarse.light, cover, film)
        if not needs_detail(coarse.guides.albedo, cover):
            return light
        sharp = self._open().render_sharp(scene, Film(view=film.view), seed)
        paint = enlarge(coarse.guides.albedo, cover, film)
        keep = detail_share(coarse.guides.albedo, cover, film, sharp, coarse.lens.aperture)
        return add_detail(light, paint, sharp, keep, solid)

    def _open(self) -> Renderer:
        if self._renderer is None:
            raise DeviceError("this placer is closed; make a new one")
        return self._renderer


@dataclass(frozen=True, kw_only=True, eq=False)
class _Coarse:
    """What a coarse film recorded."""

    light: LinearImage
    guides: Guides
    film: Film
    lens: Lens


def no_product(view: View) -> AlphaMatte:
    """The matte (H, W) of an empty canvas."""
    return np.zeros((view.height_px, view.width_px), np.float32)

"""From a scene to noise-free light on the canvas: traced on a coarse film, denoised, enlarged, with paint put back."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

import mitsuba as mi
import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.errors import DeviceError
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.denoise import MARGIN_PX, Denoiser, Guides, build_denoiser
from photoshoot.placers.studio.renderer.exposure import CardReading, read_card
from photoshoot.placers.studio.renderer.film import Film
from photoshoot.placers.studio.renderer.refine import CloseUp, Denoise, add_close_up, find_crowded
from photoshoot.placers.studio.renderer.renderer import Renderer, compose_scene, load_camera
from photoshoot.placers.studio.renderer.scalar_aov_scene import compose_unlit
from photoshoot.placers.studio.renderer.upsample import (
    SharpGuides,
    add_detail,
    carry_under,
    detail_share,
    find_detail,
    restore_paint,
    solid_part,
)
from photoshoot.placers.studio.variant import is_scalar
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


@dataclass(frozen=True, kw_only=True, eq=False)
class Exposed:
    """What the films recorded; holds no scene."""

    film: Film
    """The grid of ``light`` and ``guides``."""
    aperture: float
    """Of the lens, world units."""
    light: LinearImage
    """Noisy light."""
    guides: Guides | None
    """None where nothing is denoised or refined."""
    sharp: SharpGuides | None
    """None where the film is the canvas's own, or the paint is plain or blurred."""
    close_up: CloseUp | None
    """None where the film is the canvas's own, or holds all."""
    solid: Float32Array
    """Where the product's stand-in hides the set, on the canvas."""
    cover: Float32Array
    """Share of each film pixel that it hides."""


class Tracer:
    """Traces and denoises; made once.

    ``expose`` is not thread-safe; ``develop`` is, and may run beside it.

    Args:
        settings: Samples, depth, film and denoiser.
    """

    def __init__(self, settings: StudioSettings) -> None:
        self._settings = settings
        self._renderer: Renderer | None = Renderer(settings.max_depth)
        self._denoiser: Denoiser | None = build_denoiser(settings.denoiser)
        self._denoising = threading.Lock()

    def expose(self, shapes: Mapping[str, object], lens: Lens, alpha: AlphaMatte, seed: int) -> Exposed:
        """Trace loaded shapes.

        Args:
            shapes: The set, with the product's stand-in or without.
            lens: The canvas's camera.
            alpha: Where the product is; there the light is of no meaning on a coarse film.
            seed: Chooses the paths.

        Raises:
            DeviceError: The tracer is closed.
        """
        renderer, scene, solid = self._open(), compose_scene(shapes), solid_part(alpha)
        surfaces = compose_unlit(shapes) if is_scalar() else scene
        stride = self.stride(lens.view)
        film = Film(view=lens.view, stride=stride, margin=MARGIN_PX if self._denoiser or stride > 1 else 0)
        cover = film.from_canvas(solid)
        light = renderer.render(scene, load_camera(film, lens.aperture), self._settings.samples, seed)
        guides, sharp, close_up = None, None, None
        if self._denoiser is not None or film.stride > 1:
            guides = renderer.render_guides(surfaces, film, lens.aperture, seed, self._settings.samples)
        if guides is not None and film.stride > 1:
            weight = find_crowded(guides, film, cover, lens.aperture)
            if weight.any():
                full = Film(view=film.view, margin=MARGIN_PX)
                how = (full, lens.aperture, weight, self._settings.samples, seed)
                close_up = renderer.render_close_up((scene, surfaces), *how)
            where = find_detail(guides, film, cover, lens.aperture) & (weight < 1)
            sharp = renderer.render_sharp(surfaces, Film(view=film.view), seed, where) if where.any() else None
        return Exposed(
            film=film,
            aperture=lens.aperture,
            light=light,
            guides=guides,
            sharp=sharp,
            close_up=close_up,
            solid=solid,
            cover=cover,
        )

    def develop(self, exposed: Exposed) -> LinearImage:
        """Clean light (canvas height, canvas width, 3) of what was recorded.

        Raises:
            DeviceError: The tracer is closed, or the denoiser fails.
        """
        film, light = exposed.film, exposed.light
        if exposed.guides is not None:
            light = self._clean(exposed, exposed.guides)
        if film.stride == 1 or exposed.guides is None:
            return film.to_canvas(light)
        return _refine(light, exposed.guides, exposed, self._denoise)

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
            with self._denoising:
                self._denoiser.close()

    def _clean(self, exposed: Exposed, guides: Guides) -> LinearImage:
        clean = self._denoise(exposed.light, guides)
        return clean if self._denoiser is None else restore_paint(clean, exposed.light, guides.albedo, exposed.cover)

    def _denoise(self, light: LinearImage, guides: Guides) -> LinearImage:
        if self._denoiser is None:
            return light
        with self._denoising:
            return self._denoiser.denoise(light, guides)

    def _open(self) -> Renderer:
        if self._renderer is None:
            raise DeviceError("this placer is closed; make a new one")
        return self._renderer


def no_product(view: View) -> AlphaMatte:
    """The matte (H, W) of an empty canvas."""
    return np.zeros((view.height_px, view.width_px), np.float32)


def _refine(light: LinearImage, guides: Guides, exposed: Exposed, denoise: Denoise) -> LinearImage:
    """Light of the coarse film, enlarged, with what it can't hold put over it."""
    film = exposed.film
    own = carry_under(np.concatenate([light, guides.albedo], -1), exposed.cover)
    if exposed.sharp is None and exposed.close_up is None:
        return np.maximum(film.to_canvas(own[..., :3]), 0)
    large = np.maximum(film.to_canvas(own), 0)
    result, paint = large[..., :3], large[..., 3:]
    if exposed.sharp is not None:
        share = detail_share(own[..., 3:], film, exposed.sharp, exposed.aperture)
        result = add_detail(result, paint, exposed.sharp, share, exposed.solid)
    if exposed.close_up is not None:
        coarse = film, np.concatenate([own, guides.normals], -1)
        result = add_close_up(result, coarse, exposed.close_up, exposed.solid, denoise)
    return result

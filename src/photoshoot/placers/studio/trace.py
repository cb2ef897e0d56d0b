"""From a scene to noise-free light on the canvas: traced on a coarse film, denoised, enlarged, with paint put back."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

import mitsuba as mi
import numpy as np

from photoshoot.errors import DeviceError
from photoshoot.placers.studio.denoise import MARGIN_PX, Denoiser, Guides, build_denoiser
from photoshoot.placers.studio.detail import (
    Floats,
    SharpGuides,
    add_detail,
    carry_under,
    detail_share,
    find_detail,
    solid_part,
)
from photoshoot.placers.studio.exposure import CardReading, read_card
from photoshoot.placers.studio.film import Film
from photoshoot.placers.studio.render import Renderer, compose_scene, load_camera
from photoshoot.placers.studio.unlit import compose_unlit
from photoshoot.placers.studio.variant import is_scalar
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
    solid: Floats
    """Where the product's stand-in hides the set, on the canvas."""


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
        film = Film(view=lens.view, stride=self.stride(lens.view), margin=MARGIN_PX if self._denoiser else 0)
        light = renderer.render(scene, load_camera(film, lens.aperture), self._settings.samples, seed)
        guides, sharp = None, None
        if self._denoiser is not None or film.stride > 1:
            guides = renderer.render_guides(surfaces, film, lens.aperture, seed, self._settings.samples)
        if guides is not None and film.stride > 1:
            where = find_detail(guides, film, film.from_canvas(solid), lens.aperture)
            sharp = renderer.render_sharp(surfaces, Film(view=film.view), seed, where) if where.any() else None
        return Exposed(film=film, aperture=lens.aperture, light=light, guides=guides, sharp=sharp, solid=solid)

    def develop(self, exposed: Exposed) -> LinearImage:
        """Clean light (canvas height, canvas width, 3) of what was recorded.

        Raises:
            DeviceError: The tracer is closed, or the denoiser fails.
        """
        film, light = exposed.film, exposed.light
        if self._denoiser is not None and exposed.guides is not None:
            with self._denoising:
                light = self._denoiser.denoise(light, exposed.guides)
        if film.stride == 1 or exposed.guides is None:
            return film.to_canvas(light)
        return _refine(light, exposed.guides.albedo, exposed)

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

    def _open(self) -> Renderer:
        if self._renderer is None:
            raise DeviceError("this placer is closed; make a new one")
        return self._renderer


def no_product(view: View) -> AlphaMatte:
    """The matte (H, W) of an empty canvas."""
    return np.zeros((view.height_px, view.width_px), np.float32)


def _refine(light: LinearImage, albedo: LinearImage, exposed: Exposed) -> LinearImage:
    film = exposed.film
    own = carry_under(np.concatenate([light, albedo], -1), film.from_canvas(exposed.solid))
    if exposed.sharp is None:
        return np.maximum(film.to_canvas(own[..., :3]), 0)
    large = np.maximum(film.to_canvas(own), 0)
    share = detail_share(own[..., 3:], film, exposed.sharp, exposed.aperture)
    return add_detail(large[..., :3], large[..., 3:], exposed.sharp, share, exposed.solid)

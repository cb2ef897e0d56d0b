"""From scene light to picture: how bright it is, and its tones.

The light meter is a white card that stands where the product stands, as photographers do it. Tone mapping is bloom, a
shoulder, and dither in the last step to bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import mitsuba as mi
import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import LUMINANCE, linear_to_srgb
from photoshoot.errors import DeviceError
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.renderer.tiling import Tile
from photoshoot.placers.studio.scene.bsdfs import diffuse
from photoshoot.placers.studio.scene.shapes import SetParts, compose_scene, to_shape
from photoshoot.records import LinearImage, RgbImage

_WHITE = 0.9
_HALF_SIZE = (0.25, 0.6)
_CENTER_Y = 0.75
_FILM_PX, _BEYOND_PX = 48, 240  # over the card's width; a margin that holds a card which stands out of the picture
_SPP = 8


def read_card(renderer: Renderer, shapes: Mapping[str, object], camera: Camera) -> Float64Array:
    """Radiance (3,) of a 90 % white card that faces the camera at the product's place.

    Args:
        renderer: Renders it.
        shapes: The loaded set, without product: the card stands for the stand-in's back, so that the kernels of
            pictures serve where ``shapes`` holds its front (see ``proxy.load_absence``).
        camera: Who sees it.
    """
    center = _card_center(camera.film.view)
    scene = compose_scene({**shapes, "product_back": _card(center)})
    light = renderer.render_radiance(scene, *_meter(camera, center))
    return np.asarray(light.mean((0, 1), dtype=np.float64), np.float64)


def choose_exposure(parts: SetParts, card: Float64Array | None) -> float:
    """The factor on radiance: the set's own, or such that the card reads ``parts.card``.

    Args:
        parts: The set.
        card: The card's radiance in it (3,); may be None where the set has an exposure of its own.

    Raises:
        DeviceError: The set has no light at all.
    """
    if parts.exposure is not None:
        return parts.exposure
    luminance = 0.0 if card is None else float(card @ LUMINANCE)
    if luminance <= 0:
        raise DeviceError("no light reaches the product in this set; give the design's light more fill")
    return parts.card * _WHITE / luminance


def _card_center(view: View) -> list[float]:
    height = view.product_bottom + (0.5 * view.product_height if view.frontal else _CENTER_Y)
    return [view.product_x, height, 0.0]


def _card(center: list[float]) -> mi.Mesh:
    across, up = _HALF_SIZE
    corners = np.array([[-across, -up, 0], [across, -up, 0], [across, up, 0], [-across, up, 0]], np.float32)
    faces = np.array([[0, 1, 2], [0, 2, 3]], np.int32)
    card = Mesh(vertices=corners + np.asarray(center, np.float32), faces=faces)
    return to_shape(card, bsdf=diffuse(np.full(3, _WHITE, np.float32)))


def _meter(camera: Camera, center: list[float]) -> tuple[Camera, int, int, Tile]:
    """A film in the camera that has so many pixels over the card's width, paths, a seed, and the card's part of it."""
    view = camera.film.view
    scale = _FILM_PX / (2 * _HALF_SIZE[0] * view.px_per_unit)
    film = Film(view=view, scale=scale, margin=_BEYOND_PX)
    left, top, _, _ = film.window
    column, row = view.to_pixel(center) / film.stride + [left, top]
    start_x, start_y = (round(float(middle)) - _FILM_PX // 2 for middle in (column, row))
    tile = slice(start_y, start_y + _FILM_PX), slice(start_x, start_x + _FILM_PX)
    return replace(camera, film=film), _SPP, 0, tile


_KNEE = 0.80  # display-linear value where the shoulder begins
_PER_CHANNEL = 0.65  # the rest keeps the hue of bright colours
_DITHER = 1.1  # amplitude of the triangular noise, in steps of 1/255; one step hides banding, film has a little more
_BLOOM_WIDTHS = (0.010, 0.029, 0.080)  # of the halo's three lobes, in canvas heights
_BLOOM_CEILING = 4.0  # how far over white a light adds to the halo
_BLOOM_STRIDE = 4


@dataclass(frozen=True, kw_only=True)
class ToneMapping:
    """How a set's light becomes a picture."""

    exposure: float
    """Factor on the light, over 0."""
    bloom: float = 0.0
    """Strength of the halo round what is brighter than white, 0 to 0.3."""

    def apply(self, light: LinearImage) -> LinearImage:
        """The picture (H, W, 3) of a set's light, display-linear, [0, 1]."""
        return tone_map(add_bloom(light, self.exposure, self.bloom), self.exposure)


def tone_map(scene: LinearImage, exposure: float) -> LinearImage:
    """Expose and compress to [0, 1], display-linear: exact up to 0.8, then a rational shoulder towards 1.

    Mixes a curve on each channel (bright lights burn to white) with one on luminance (colours stay pure).
    """
    exposed = np.maximum(scene, 0) * np.float32(exposure)
    luminance = (exposed @ LUMINANCE)[..., None]
    pure = exposed * (_shoulder(luminance) / np.maximum(luminance, 1e-6))
    mixed = _PER_CHANNEL * _shoulder(exposed) + (1 - _PER_CHANNEL) * np.minimum(pure, 1)
    return np.asarray(np.clip(mixed, 0, 1), np.float32)


def encode(display: LinearImage, rng: np.random.Generator) -> RgbImage:
    """Display-linear [0, 1] to sRGB bytes, with triangular dither against banding in smooth gradients."""
    shape = (*display.shape[:2], 1)
    noise = rng.random(shape, np.float32) + rng.random(shape, np.float32) - 1
    steps = linear_to_srgb(display) * 255 + noise * np.float32(_DITHER)
    return np.clip(np.round(steps), 0, 255).astype(np.uint8)


def add_bloom(scene: LinearImage, exposure: float, strength: float) -> LinearImage:
    """Add the halo of what is over the shoulder, as a lens and the eye do.

    Args:
        scene: (H, W, 3).
        exposure: The picture's exposure; tells what is bright.
        strength: 0 (returns ``scene``) to 0.3.
    """
    if strength == 0:
        return scene
    small = _shrink(np.clip(scene * np.float32(exposure) - _KNEE, 0, _BLOOM_CEILING))
    height = scene.shape[0] / _BLOOM_STRIDE
    lobes = [ndimage.gaussian_filter(small, (width * height, width * height, 0)) for width in _BLOOM_WIDTHS]
    halo = _enlarge(np.mean(lobes, axis=0, dtype=np.float32), scene.shape[:2])
    return np.asarray(scene + halo * np.float32(8 * strength / exposure), np.float32)


def _shoulder(value: Float32Array) -> Float32Array:
    over, room = np.maximum(value - _KNEE, 0), 1 - _KNEE
    return np.asarray(np.where(value < _KNEE, value, _KNEE + room * over / (over + room)), np.float32)


def _shrink(image: LinearImage) -> LinearImage:
    height, width = (-(-side // _BLOOM_STRIDE) for side in image.shape[:2])
    padding = ((0, height * _BLOOM_STRIDE - image.shape[0]), (0, width * _BLOOM_STRIDE - image.shape[1]), (0, 0))
    blocks = np.pad(image, padding, mode="edge").reshape(height, _BLOOM_STRIDE, width, _BLOOM_STRIDE, 3)
    return np.asarray(blocks.mean((1, 3)), np.float32)


def _enlarge(image: LinearImage, shape: tuple[int, ...]) -> LinearImage:
    size = (image.shape[1] * _BLOOM_STRIDE, image.shape[0] * _BLOOM_STRIDE)
    planes = [Image.fromarray(np.ascontiguousarray(image[..., channel])) for channel in range(3)]
    large = np.dstack([np.asarray(plane.resize(size, Image.Resampling.BILINEAR)) for plane in planes])
    return large[: shape[0], : shape[1]]

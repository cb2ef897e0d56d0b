"""From scene light to picture: how bright it is, and its tones.

The light meter is a white card that stands where the product stands, as photographers do it. Tone mapping is what a
lens does (bloom, darker corners), a tone curve, and dither in the last step to bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import LUMINANCE, linear_to_srgb
from photoshoot.errors import DeviceError
from photoshoot.pixels.bands import in_bands, in_planes
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.renderer.tiling import Tile
from photoshoot.placers.studio.renderer.tone_curves import CURVES, KNEE
from photoshoot.placers.studio.scene.bsdfs import diffuse
from photoshoot.placers.studio.scene.shapes import SetParts, compose_scene, to_shape
from photoshoot.records import AlphaMatte, LinearImage, RgbImage

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


def _card(center: list[float]) -> object:
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
    vignette: float = 0.0
    """Share of the light that the corners lose, 0 to 0.6."""
    curve: str = "studio"
    """Its tone curve, of ``tone_curves.CURVES``."""

    def apply(self, light: LinearImage, alpha_matte: AlphaMatte | None = None) -> LinearImage:
        """The picture (H, W, 3) of a set's light, display-linear, [0, 1].

        Args:
            light: (H, W, 3).
            alpha_matte: Where a product's stand-in hides the set (H, W): that has no halo, since the product has none.
        """
        seen = darken_corners(add_bloom(light, self.exposure, self.bloom, alpha_matte), self.vignette)
        show, exposure = CURVES[self.curve].show, np.float32(self.exposure)
        return in_bands(lambda rows: show(np.maximum(rows, 0) * exposure), seen)

    def emission(self, display: LinearImage) -> LinearImage:
        """The light (…, 3) that the picture's middle shows as ``display``; see ``ToneCurve.light_of``."""
        return np.asarray(CURVES[self.curve].light_of(display) / np.float32(self.exposure), np.float32)


def tone_map(scene: LinearImage, exposure: float) -> LinearImage:
    """Expose and compress to [0, 1] by the studio's curve, display-linear: exact up to 0.8, then towards 1.

    What measures errors as they are seen measures them so, whatever curve a set has.
    """
    return CURVES["studio"].show(np.maximum(scene, 0) * np.float32(exposure))


def darken_corners(light: LinearImage, strength: float) -> LinearImage:
    """Take light off (H, W, 3) toward the corners, in ellipses of the picture's shape; its middle is left as it is.

    Args:
        light: Of the whole picture.
        strength: Share that the corners lose; 0 returns ``light``.
    """
    if strength == 0:
        return light
    rows, columns = (((np.arange(size) + 0.5) / size * 2 - 1) ** 2 for size in light.shape[:2])
    radius = (rows[:, None] + columns[None]) / 2
    return np.asarray(light * (1 - strength * radius**1.5)[..., None], np.float32)


def encode(display: LinearImage, rng: np.random.Generator, grain: Float32Array | None = None) -> RgbImage:
    """Display-linear [0, 1] to sRGB bytes, with triangular dither against banding in smooth gradients.

    Args:
        display: (H, W, 3).
        rng: Draws the dither.
        grain: What is added (H, W), steps of 1/255; None: nothing.
    """
    shape = (*display.shape[:2], 1)
    noise = (rng.random(shape, np.float32) + rng.random(shape, np.float32) - 1) * np.float32(_DITHER)
    if grain is not None:
        noise += grain[..., None]
    return in_bands(_round_to_bytes, display, noise)


def _round_to_bytes(display: LinearImage, noise: Float32Array) -> RgbImage:
    return np.clip(np.round(linear_to_srgb(display) * 255 + noise), 0, 255).astype(np.uint8)


def add_bloom(scene: LinearImage, exposure: float, strength: float, hidden: AlphaMatte | None = None) -> LinearImage:
    """Add the halo of what is over the shoulder, as a lens and the eye do.

    Args:
        scene: (H, W, 3).
        exposure: The picture's exposure; tells what is bright.
        strength: 0 (returns ``scene``) to 0.3.
        hidden: Share of each pixel (H, W) that is nothing of the set, and shines on nothing.
    """
    if strength == 0:
        return scene

    def bright(rows: LinearImage, *covered: AlphaMatte) -> LinearImage:
        over = np.clip(rows * np.float32(exposure) - KNEE, 0, _BLOOM_CEILING)
        return np.asarray(over * (1 - covered[0][..., None]) if covered else over, np.float32)

    small = _shrink(in_bands(bright, scene, *([] if hidden is None else [hidden])))
    height = scene.shape[0] / _BLOOM_STRIDE

    def glow(plane: Float32Array) -> Float32Array:
        lobes = [ndimage.gaussian_filter(plane, width * height) for width in _BLOOM_WIDTHS]
        return np.asarray(np.mean(lobes, axis=0, dtype=np.float32))

    halo, gain = _enlarge(in_planes(glow, small), scene.shape[:2]), np.float32(8 * strength / exposure)
    return in_bands(lambda rows, light: rows + light * gain, scene, halo)


def _shrink(image: LinearImage) -> LinearImage:
    height, width = (-(-side // _BLOOM_STRIDE) for side in image.shape[:2])
    padding = ((0, height * _BLOOM_STRIDE - image.shape[0]), (0, width * _BLOOM_STRIDE - image.shape[1]), (0, 0))
    blocks = np.pad(image, padding, mode="edge").reshape(height, _BLOOM_STRIDE, width, _BLOOM_STRIDE, 3)
    return np.asarray(in_bands(lambda rows: rows.mean((1, 3)), blocks), np.float32)


def _enlarge(image: LinearImage, shape: tuple[int, ...]) -> LinearImage:
    size = (image.shape[1] * _BLOOM_STRIDE, image.shape[0] * _BLOOM_STRIDE)
    large = in_planes(lambda plane: np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.BILINEAR)), image)
    return large[: shape[0], : shape[1]]

"""Pixel functions: the product is resampled once, and composited exactly; finished pictures are made smaller.

Networks are shown views: the product before a plain grey backdrop.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.color.space import bytes_to_linear, linear_to_srgb
from photoshoot.pixels.bands import two_at_once
from photoshoot.records import AlphaMatte, Box, Canvas, Cutout, Photo, ProductLayer, RgbImage
from photoshoot.records.light_map import LightMap

CORE_ALPHA = np.float32(254 / 255)
"""From this matte value on, an output pixel is exactly the product's."""

_Corners: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom, fractional px
_MARGIN_PX = 4  # canvas pixels kept round the tight box for the soft edge
LONGEST_SIDE_PX = 512
"""Longest side of a thumbnail."""


def build_layer(cutout: Cutout, canvas: Canvas) -> ProductLayer:
    """Resample a product onto its canvas, once: Lanczos, linear light, premultiplied.

    The cut-out's tight box lands on ``canvas.product_box``; what little lies outside the canvas is cut off.
    """
    target = canvas.product_box
    rows = _span(cutout.box.top, cutout.box.bottom, target.top, target.bottom, canvas.height_px)
    columns = _span(cutout.box.left, cutout.box.right, target.left, target.right, canvas.width_px)
    source, region = _crop(cutout, rows, columns)
    size = (columns.stop - columns.start, rows.stop - rows.start)
    premultiplied = np.dstack(two_at_once(lambda plane: _resize(plane, size, region), source))
    rgb, alpha = _straighten(premultiplied)
    layer_rgb = np.zeros((canvas.height_px, canvas.width_px, 3), np.uint8)
    layer_alpha = np.zeros((canvas.height_px, canvas.width_px), np.float32)
    window = (slice(rows.start, rows.stop), slice(columns.start, columns.stop))
    layer_rgb[window], layer_alpha[window] = rgb, alpha
    return ProductLayer(rgb=layer_rgb, alpha_matte=layer_alpha)


def reduce_layer(layer: ProductLayer, size: tuple[int, int]) -> ProductLayer:
    """A layer on a smaller canvas of ``size`` (width, height), px: means of its pixels, linear light, premultiplied."""
    planes = np.dstack([bytes_to_linear(layer.rgb) * layer.alpha_matte[..., None], layer.alpha_matte])
    rgb, alpha = _straighten(
        np.dstack([resize_plane(planes[..., channel], (size[1], size[0])) for channel in range(4)])
    )
    return ProductLayer(rgb=np.where(alpha[..., None] > 0, rgb, 0).astype(np.uint8), alpha_matte=alpha)


def resize_plane(plane: npt.NDArray[np.float32], shape: tuple[int, int]) -> npt.NDArray[np.float32]:
    """A plane (H, W) at a smaller ``shape`` (height, width), px: means of its pixels; itself at its own."""
    if plane.shape == shape:
        return plane
    image = Image.fromarray(np.ascontiguousarray(plane))
    return np.asarray(image.resize((shape[1], shape[0]), Image.Resampling.BOX), np.float32)


@dataclass(frozen=True)
class _Span:
    """One axis of the mapping from the photo to the canvas."""

    start: int
    """First canvas pixel that is drawn."""
    stop: int
    """First canvas pixel after them."""
    low: float
    """Where ``start`` lies in the photo, px."""
    high: float
    """Where ``stop`` lies in the photo, px."""
    reach: int
    """How many photo pixels further the Lanczos window looks."""


def _span(low: int, high: int, target_low: int, target_high: int, limit: int) -> _Span:
    step = (high - low) / (target_high - target_low)
    start, stop = max(0, target_low - _MARGIN_PX), min(limit, target_high + _MARGIN_PX)
    return _Span(
        start=start,
        stop=stop,
        low=low + (start - target_low) * step,
        high=low + (stop - target_low) * step,
        reach=math.ceil(3 * max(step, 1)) + 1,
    )


def _crop(cutout: Cutout, rows: _Span, columns: _Span) -> tuple[npt.NDArray[np.float32], _Corners]:
    """The photo's part under the spans as premultiplied linear planes, (4, h, w), and the spans' box in it."""
    height, width = cutout.alpha_matte.shape
    y0, y1 = math.floor(rows.low) - rows.reach, math.ceil(rows.high) + rows.reach
    x0, x1 = math.floor(columns.low) - columns.reach, math.ceil(columns.high) + columns.reach
    inside = (slice(max(0, y0), min(height, y1)), slice(max(0, x0), min(width, x1)))
    planes = np.zeros((4, y1 - y0, x1 - x0), np.float32)
    drawn = planes[:, inside[0].start - y0 : inside[0].stop - y0, inside[1].start - x0 : inside[1].stop - x0]
    alpha = cutout.alpha_matte[inside]
    np.multiply(np.moveaxis(bytes_to_linear(cutout.rgb[inside]), -1, 0), alpha, out=drawn[:3])
    drawn[3] = alpha
    box = (columns.low - x0, rows.low - y0, columns.high - x0, rows.high - y0)
    return planes, box


def _resize(
    channel: npt.NDArray[np.float32], size: tuple[int, int], region: _Corners | None = None
) -> npt.NDArray[np.float32]:
    image = Image.fromarray(np.ascontiguousarray(channel))
    return np.asarray(image.resize(size, Image.Resampling.LANCZOS, box=region), np.float32)


def _straighten(premultiplied: npt.NDArray[np.float32]) -> tuple[RgbImage, AlphaMatte]:
    """Premultiplied linear RGBA to straight sRGB bytes, with colours carried past the matte's edge."""
    from scipy import ndimage  # 0.2 s to import, too much for `import photoshoot`

    alpha = np.clip(premultiplied[..., 3], 0, 1)
    alpha[alpha < 1 / 1024] = 0
    linear = premultiplied[..., :3] / np.maximum(premultiplied[..., 3:], 1 / 1024)
    weak = alpha < 1 / 32
    if weak.any() and not weak.all():
        nearest = ndimage.distance_transform_edt(weak, return_distances=False, return_indices=True)
        linear = linear[nearest[0], nearest[1]]
    return np.round(np.clip(linear_to_srgb(linear), 0, 1) * 255).astype(np.uint8), alpha


def composite(background: RgbImage, layer: ProductLayer) -> RgbImage:
    """Lay the product over a background of the canvas's size, in linear light.

    Where the matte is at least ``CORE_ALPHA`` the result is exactly the layer; where it is 0, the background.
    """
    out = background.copy()
    core = layer.alpha_matte >= CORE_ALPHA
    out[core] = layer.rgb[core]
    soft = (layer.alpha_matte > 0) & ~core
    alpha = layer.alpha_matte[soft][:, None]
    blend = bytes_to_linear(layer.rgb[soft]) * alpha + bytes_to_linear(background[soft]) * (1 - alpha)
    out[soft] = np.round(np.clip(linear_to_srgb(blend), 0, 1) * 255).astype(np.uint8)
    return out


def tight_box(alpha_matte: AlphaMatte, threshold: float = 0.5) -> Box | None:
    """The tight box of the pixels with matte above ``threshold``; None where there is none."""
    solid = alpha_matte > threshold
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    if not rows.size:
        return None
    return Box(left=int(columns[0]), top=int(rows[0]), right=int(columns[-1]) + 1, bottom=int(rows[-1]) + 1)


def shrink(image: RgbImage, longest_side_px: int = LONGEST_SIDE_PX) -> RgbImage:
    """Scale a picture down to ``longest_side_px``, with a Lanczos filter in linear light; never up."""
    height, width = image.shape[:2]
    factor = longest_side_px / max(width, height)
    if factor >= 1:
        return image
    return scale(image, (max(1, round(width * factor)), max(1, round(height * factor))))


def scale(image: RgbImage, size: tuple[int, int]) -> RgbImage:
    """Scale a picture to ``size`` (width, height), px, with a Lanczos filter in linear light."""
    linear = bytes_to_linear(image)
    scaled = np.dstack([_resize(linear[..., channel], size) for channel in range(3)])
    return np.round(np.clip(linear_to_srgb(scaled), 0, 1) * 255).astype(np.uint8)


def reduce_cutout(cutout: Cutout, side_px: int) -> Image.Image:
    """The product in its box, RGBA, longest side at most ``side_px``."""
    window = cutout.box.slices()
    alpha = np.round(cutout.alpha_matte[window] * 255).astype(np.uint8)
    image = Image.fromarray(np.dstack([cutout.rgb[window], alpha]))
    image.thumbnail((side_px, side_px), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return image


def reduce_view(view: Image.Image, least_px: int) -> Image.Image:
    """A picture reduced by a whole factor, its shorter side to no less than ``least_px``: quicker to scale from."""
    factor = min(view.size) // least_px
    return view.reduce(factor) if factor > 1 else view


def lay_on_grey(product: Image.Image, grey: int, room: float) -> Image.Image:
    """An RGBA product in the middle of a square, RGB.

    Args:
        product: The product.
        grey: Of the backdrop, 0 to 255.
        room: Side of the square over the product's longer side, at least 1.
    """
    side = round(max(product.size) * room)
    view = Image.new("RGB", (side, side), (grey, grey, grey))
    view.paste(product, ((side - product.width) // 2, (side - product.height) // 2), product)
    return view


def show(cutout: Cutout, side_px: int = 512) -> Image.Image:
    """A square picture, RGB, of a product before light grey: neither white nor black things are lost in it."""
    view = lay_on_grey(reduce_cutout(cutout, side_px), 208, 1.1)
    return view.resize((side_px, side_px), Image.Resampling.BICUBIC)


def average_plane(plane: npt.NDArray[np.float32], size: tuple[int, int]) -> npt.NDArray[np.float32]:
    """A plane (H, W) made smaller, to (width, height): each value is the mean of those under it."""
    image = Image.fromarray(np.ascontiguousarray(plane, np.float32))
    return np.asarray(image.resize(size, Image.Resampling.BOX), np.float32)


def take_nearest(values: npt.NDArray[np.float32], known: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    """Values (H, W, C) whose unknown ones are the nearest known one's; where none is known, as they are."""
    from scipy import ndimage  # slow to load, and most that is here needs none of it

    if known.all() or not known.any():
        return np.ascontiguousarray(values)
    rows, columns = ndimage.distance_transform_edt(~known, return_distances=False, return_indices=True)
    return np.ascontiguousarray(values[rows, columns])


def read_stroke(mask: Photo) -> npt.NDArray[np.uint8]:
    """A picture's stroke (H, W): what is not black; of one with transparency, what is opaque too."""
    lit = mask.rgb.max(axis=2)
    return lit if mask.alpha_matte is None else np.where(mask.alpha_matte > 0.5, lit, 0).astype(np.uint8)


_WRAPPED = 0.5  # of the way to what is behind, where the product has nearly no share of a pixel


def light_product(layer: ProductLayer, light: LightMap | None) -> ProductLayer:
    """The layer with its colours under a light map; itself without one. The same input gives the same bytes."""
    if light is None:
        return layer
    height, width = layer.alpha_matte.shape
    box = light.box
    seen = slice(max(0, box.top), min(height, box.bottom)), slice(max(0, box.left), min(width, box.right))
    stops = _stretch(light.stops, (box.right - box.left, box.bottom - box.top))
    part = tuple(
        slice(line.start - start, line.stop - start) for line, start in zip(seen, (box.top, box.left), strict=True)
    )
    rgb = layer.rgb.copy()
    rgb[seen] = light_pixels(layer.rgb[seen], stops[part])
    return dataclasses.replace(layer, rgb=rgb)


def wrap_light(layer: ProductLayer, background: RgbImage, strength: float) -> ProductLayer:
    """The layer with the light of what is behind it round its soft edge, as lenses and hairs carry it there.

    Only pixels that the matte shares between product and scene change, and only toward what is brighter.

    Args:
        layer: The product.
        background: (H, W, 3), the picture without it.
        strength: 0 (returns ``layer``) to 1.
    """
    soft = (layer.alpha_matte > 0) & (layer.alpha_matte < CORE_ALPHA)
    if strength == 0 or not soft.any():
        return layer
    own, behind = bytes_to_linear(layer.rgb[soft]), bytes_to_linear(background[soft])
    share = np.float32(_WRAPPED * strength) * (1 - layer.alpha_matte[soft])[:, None]
    rgb = layer.rgb.copy()
    rgb[soft] = np.round(np.clip(linear_to_srgb(own + share * np.maximum(behind - own, 0)), 0, 1) * 255)
    return dataclasses.replace(layer, rgb=rgb)


def light_pixels(rgb: RgbImage, stops: Float32Array) -> RgbImage:
    """SRGB bytes (…, 3) with their linear light times two to the power of ``stops`` (…, 3).

    What is brightened nears white and never reaches it, so that nothing that had a tone becomes blank.
    """
    own = bytes_to_linear(rgb)
    lit = own * np.exp2(stops)
    more, room = np.maximum(lit - own, 0), 1 - own
    shown = np.minimum(lit, own) + room * more / np.maximum(room + more, np.float32(1e-6))
    return np.asarray(np.round(np.clip(linear_to_srgb(shown), 0, 1) * 255), np.uint8)


def _stretch(stops: Float32Array, size: tuple[int, int]) -> Float32Array:
    planes = [Image.fromarray(np.ascontiguousarray(stops[..., channel])) for channel in range(3)]
    return np.dstack([np.asarray(plane.resize(size, Image.Resampling.BICUBIC), np.float32) for plane in planes])

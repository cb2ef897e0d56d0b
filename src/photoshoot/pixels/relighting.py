"""Lays a light map on a product's pixels, and what shines behind it round its soft edge."""

from __future__ import annotations

import dataclasses

import numpy as np
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.color.space import bytes_to_linear, linear_to_srgb
from photoshoot.light_map import LightMap
from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.records import ProductLayer, RgbImage

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

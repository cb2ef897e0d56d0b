"""The low-resolution picture."""

from __future__ import annotations

import numpy as np
from PIL import Image

from photoshoot.color.space import bytes_to_linear, linear_to_srgb
from photoshoot.records import LinearImage, RgbImage

LONGEST_SIDE_PX = 512
"""Longest side of a thumbnail."""


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
    scaled = np.dstack([_scale_channel(linear[..., channel], size) for channel in range(3)])
    return np.round(np.clip(linear_to_srgb(scaled), 0, 1) * 255).astype(np.uint8)


def _scale_channel(channel: LinearImage, size: tuple[int, int]) -> LinearImage:
    picture = Image.fromarray(np.ascontiguousarray(channel))
    return np.asarray(picture.resize(size, Image.Resampling.LANCZOS), np.float32)

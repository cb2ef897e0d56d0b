"""Views of a cut-out: the product before a plain grey backdrop, as networks are shown it."""

from __future__ import annotations

import numpy as np
from PIL import Image

from photoshoot.records import Cutout


def reduce_cutout(cutout: Cutout, side_px: int) -> Image.Image:
    """The product in its box, RGBA, longest side at most ``side_px``."""
    window = cutout.box.slices()
    alpha = np.round(cutout.alpha_matte[window] * 255).astype(np.uint8)
    image = Image.fromarray(np.dstack([cutout.rgb[window], alpha]))
    image.thumbnail((side_px, side_px), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return image


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

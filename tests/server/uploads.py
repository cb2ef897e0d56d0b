"""Photos to upload, good ones and bad ones."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from tests.making import draw_cutout


def encode_photo(image: Image.Image, format: str = "PNG", **options: object) -> bytes:
    """An image file."""
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def draw_photo() -> Image.Image:
    """A drawn bottle with its own transparency, RGBA: quick to cut out."""
    cutout = draw_cutout()
    alpha = np.round(cutout.alpha_matte * 255).astype(np.uint8)
    return Image.fromarray(np.dstack([cutout.rgb, alpha]))


def cut_jpeg() -> bytes:
    """A drawn bottle on white whose file lost its last bytes, and with them some of its lowest rows."""
    bottle = draw_photo()
    whole = Image.new("RGB", bottle.size, "white")
    whole.paste(bottle, mask=bottle.getchannel("A"))
    data = encode_photo(whole, "JPEG", quality=95)
    return data[: int(len(data) * 0.95)]


def two_bottles() -> bytes:
    """Two drawn bottles side by side, the right one smaller."""
    bottle = draw_photo()
    both = Image.new("RGBA", (3 * bottle.width, bottle.height))
    both.paste(bottle, (0, 0))
    both.paste(bottle.resize((bottle.width // 2, bottle.height // 2)), (2 * bottle.width, bottle.height // 2))
    return encode_photo(both)

"""Colour: sRGB and linear light, OKLab, names, palettes, and the ranges of skin's and of leaves' colours in OKLCh.

Sources: sRGB transfer curve from IEC 61966-2-1; OKLab matrices from Björn Ottosson, "A perceptual color space for image
processing" (2020).
"""

import types
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array

LUMINANCE: Float32Array = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Rec. 709 luminance weights of linear RGB."""

NAMED_COLORS: Mapping[str, str] = types.MappingProxyType(
    {
        "black": "#111111",
        "charcoal": "#36383c",
        "dark grey": "#555759",
        "grey": "#8c8e90",
        "light grey": "#c9cbcd",
        "silver": "#b8bcc2",
        "white": "#f8f8f7",
        "ivory": "#f6f0e0",
        "cream": "#f5e9cf",
        "beige": "#e3d3bb",
        "sand": "#d9bf94",
        "tan": "#c49a6c",
        "camel": "#b88a56",
        "taupe": "#8b7566",
        "brown": "#7a4a2b",
        "chocolate": "#4a2c1c",
        "terracotta": "#c4694a",
        "rust": "#a5482a",
        "red": "#d2202f",
        "crimson": "#a8122f",
        "burgundy": "#6d1029",
        "coral": "#f77b66",
        "peach": "#fbc6a4",
        "orange": "#f28020",
        "amber": "#f0a52a",
        "gold": "#c9a04a",
        "mustard": "#cc9a22",
        "yellow": "#f5d32e",
        "pale yellow": "#f8edae",
        "lime": "#a8d62c",
        "olive": "#74762f",
        "sage": "#a9b79a",
        "mint": "#b5e3cd",
        "green": "#2f9e4c",
        "dark green": "#284236",
        "forest green": "#1f5a34",
        "emerald": "#0f8a62",
        "sea green": "#6a9f98",
        "teal": "#12807f",
        "turquoise": "#35c4c0",
        "aqua": "#86dde2",
        "light blue": "#a9cfec",
        "sky blue": "#74b8ea",
        "blue": "#1f5fd6",
        "royal blue": "#1c44c0",
        "navy blue": "#16264f",
        "slate blue": "#56708f",
        "steel blue": "#485a6b",
        "indigo": "#3c2f92",
        "lavender": "#c8bdea",
        "lilac": "#c9a3d8",
        "dark violet": "#433d63",
        "purple": "#7a35b0",
        "plum": "#5f2a56",
        "magenta": "#d322a0",
        "pink": "#f29fbf",
        "blush": "#f3d0d0",
        "hot pink": "#f0408f",
        "rose": "#d4738a",
    }
)
"""Plain colour names and what they look like; used both to name a colour and to read one."""


def srgb_to_linear(srgb: npt.ArrayLike) -> Float32Array:
    """Decode sRGB values in [0, 1] to linear light; any shape."""
    value = np.asarray(srgb, np.float32)
    bent = ((np.maximum(value, 0) + 0.055) / 1.055) ** 2.4
    return np.where(value <= 0.04045, value / 12.92, bent).astype(np.float32)


def linear_to_srgb(linear: npt.ArrayLike) -> Float32Array:
    """Encode linear light to sRGB; values over 1 stay over 1, negative ones become 0; any shape."""
    value = np.maximum(np.asarray(linear, np.float32), 0)
    bent: Float32Array = np.asarray(np.power(value, np.float32(1 / 2.4)))
    bent *= 1.055
    bent -= 0.055
    np.multiply(value, 12.92, out=bent, where=value <= 0.0031308)
    return bent


_LINEAR_OF_BYTE = srgb_to_linear(np.arange(256, dtype=np.float32) / 255)


def bytes_to_linear(rgb: npt.NDArray[np.uint8]) -> Float32Array:
    """Decode 8-bit sRGB of any shape to linear light, by table."""
    return np.asarray(_LINEAR_OF_BYTE[rgb], np.float32)


def parse_hex(color: str) -> Float32Array:
    """``#rrggbb`` to sRGB values in [0, 1], shape (3,)."""
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / np.float32(255)


def format_hex(srgb: npt.ArrayLike) -> str:
    """Write sRGB values in [0, 1], shape (3,), as ``#rrggbb``."""
    red, green, blue = np.clip(np.round(np.asarray(srgb, np.float32) * 255), 0, 255).astype(int)
    return f"#{red:02x}{green:02x}{blue:02x}"


def hex_to_linear(color: str) -> Float32Array:
    """``#rrggbb`` to linear light, shape (3,)."""
    return srgb_to_linear(parse_hex(color))


_LMS_OF_RGB = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_LAB_OF_LMS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)
_LMS_OF_LAB = np.linalg.inv(_LAB_OF_LMS.astype(np.float64)).astype(np.float32)
_RGB_OF_LMS = np.linalg.inv(_LMS_OF_RGB.astype(np.float64)).astype(np.float32)


def linear_to_oklab(linear: npt.ArrayLike) -> Float32Array:
    """Linear RGB (…, 3) to OKLab (…, 3): lightness 0 to 1, a and b about -0.4 to 0.4."""
    lms = np.asarray(linear, np.float32) @ _LMS_OF_RGB.T
    return np.asarray(np.cbrt(lms) @ _LAB_OF_LMS.T, np.float32)


def oklab_to_linear(lab: npt.ArrayLike) -> Float32Array:
    """OKLab (…, 3) to linear RGB (…, 3); out-of-gamut values may be below 0 or above 1."""
    lms = np.asarray(np.asarray(lab, np.float32) @ _LMS_OF_LAB.T, np.float32) ** 3
    return np.asarray(lms @ _RGB_OF_LMS.T, np.float32)


@lru_cache(maxsize=4096)  # the same few are compared again and again, where a prompt is read or a set recommended
def hex_to_oklab(color: str) -> Float32Array:
    """``#rrggbb`` to OKLab, shape (3,), to be read only."""
    lab = linear_to_oklab(hex_to_linear(color))
    lab.setflags(write=False)
    return lab


def oklab_to_hex(lab: npt.ArrayLike) -> str:
    """OKLab (3,) to the nearest ``#rrggbb`` in gamut, by clipping."""
    return format_hex(linear_to_srgb(np.clip(oklab_to_linear(lab), 0, 1)))


_SKIN = ((0.35, 0.93), (0.03, 0.14), (30.0, 72.0))  # lightness, chroma, hue in degrees; from light to dark skin
_LEAVES = ((0.15, 0.9), (0.03, 0.2), (100.0, 165.0))


def find_skin(rgb: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Which pixels (…, 3) have a colour of skin. Much of wood, leather and sand has, too: hold it against more."""
    return _is_within(rgb, _SKIN)


def find_leaves(rgb: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Which pixels (…, 3) have the green of leaves; see ``find_skin``."""
    return _is_within(rgb, _LEAVES)


def _is_within(rgb: npt.NDArray[np.uint8], ranges: tuple[tuple[float, float], ...]) -> npt.NDArray[np.bool_]:
    lab = linear_to_oklab(bytes_to_linear(rgb))
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    inside = [
        (low < part) & (part < high) for part, (low, high) in zip((lab[..., 0], chroma, hue), ranges, strict=True)
    ]
    return np.asarray(np.logical_and.reduce(inside), np.bool_)

"""Draws photos with known mattes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from photoshoot.pixels.photos import read_photo
from photoshoot.records import AlphaMatte, Photo

Floats = npt.NDArray[np.float32]


def draw_matte(shape: str, size: int = 480) -> AlphaMatte:
    big = Image.new("L", (size * 4, size * 4))
    pen = ImageDraw.Draw(big)
    s = size * 4
    if shape == "mug":
        pen.ellipse((0.14 * s, 0.36 * s, 0.48 * s, 0.68 * s), fill=255)
        pen.ellipse((0.20 * s, 0.42 * s, 0.42 * s, 0.62 * s), fill=0)
        pen.rounded_rectangle((0.34 * s, 0.28 * s, 0.78 * s, 0.76 * s), 0.04 * s, fill=255)
    elif shape == "cut":
        pen.rounded_rectangle((0.30 * s, 0.30 * s, 0.70 * s, 1.20 * s), 0.05 * s, fill=255)
    else:
        pen.rounded_rectangle((0.30 * s, 0.32 * s, 0.70 * s, 0.86 * s), 0.05 * s, fill=255)
        pen.rounded_rectangle((0.42 * s, 0.12 * s, 0.58 * s, 0.40 * s), 0.02 * s, fill=255)
    return np.asarray(big.resize((size, size), Image.Resampling.BOX), np.float32) / np.float32(255)


def draw_backdrop(kind: str, size: int = 480) -> Floats:
    along = np.linspace(0, 1, size, dtype=np.float32)
    if kind == "gradient":
        return np.repeat((0.8 - 0.4 * along[:, None] - 0.1 * along[None])[..., None], 3, axis=2)
    if kind == "wood":
        wave = np.sin(along[:, None] * 160 + 3 * np.sin(along[None] * 7)) * 0.5 + 0.5
        return np.stack([0.62 + 0.14 * wave, 0.45 + 0.12 * wave, 0.28 + 0.1 * wave], -1).astype(np.float32)
    level = {"white": 1.0, "grey": 0.5, "black": 0.0}[kind]
    return np.full((size, size, 3), level, np.float32)


def paint(matte: AlphaMatte) -> Floats:
    """A product's colours: shaded green with a cream label."""
    size = len(matte)
    across = np.linspace(-1, 1, size, dtype=np.float32)
    light = (1 - 0.5 * across**2)[None, :, None]
    color = np.array([0.15, 0.45, 0.28], np.float32) * light * np.ones((size, 1, 1), np.float32)
    label = slice(int(0.5 * size), int(0.68 * size))
    color[label] = np.array([0.93, 0.9, 0.82], np.float32) * (0.8 + 0.2 * light)
    return np.asarray(color, np.float32)


def draw_contact_shadow(matte: AlphaMatte) -> Floats:
    """The share of light, (size, size, 1), left round a product's lowest edge: a quarter right under it."""
    size = len(matte)
    bottom = int(np.flatnonzero(matte.max(axis=1) > 0.5)[-1])
    foot = np.flatnonzero(matte[bottom - size // 8 : bottom].max(axis=0) > 0.5)
    across = (np.arange(size) - foot.mean())[None] / (0.5 * (foot[-1] - foot[0]))
    down = (np.arange(size) - bottom)[:, None] / size
    core = np.exp(-((across**2 / 1.1 + (down / 0.035) ** 2) ** 1.5))
    haze = np.exp(-(across**2 / 2.2 + (down / 0.12) ** 2))
    return np.asarray(((1 - 0.75 * core) * (1 - 0.3 * haze))[..., None], np.float32)


def take_photo(matte: AlphaMatte, behind: Floats) -> Photo:
    rgb = paint(matte) * matte[..., None] + behind * (1 - matte[..., None])
    return read_photo(np.round(rgb * 255).astype(np.uint8))


def iou(found: AlphaMatte, true: AlphaMatte) -> float:
    return float(((found > 0.5) & (true > 0.5)).sum() / ((found > 0.5) | (true > 0.5)).sum())

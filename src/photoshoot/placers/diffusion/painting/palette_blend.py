"""Leaning a style reference's colours toward a product's, as a colourist grades a picture: one smooth table for all.

A hue of the picture turns toward the nearest hue of the product and takes on some of its chroma. Lightness stays;
greys stay grey; a hue that stands opposite to all of the product's stays too: the two make a pair already.
"""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from PIL import Image, ImageFilter
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import (
    bytes_to_linear,
    hex_to_oklab,
    linear_to_oklab,
    linear_to_srgb,
    oklab_to_linear,
    srgb_to_linear,
)
from photoshoot.records import RgbImage, Swatch
from photoshoot.settings import check_range

_LEAST_SHARE = 0.05  # a smaller part of the product, such as a label's print, has no say
_LEAST_CHROMA = 0.025  # OKLab chroma under which a colour of the product is a grey without a hue
_GREY, _COLORED = 0.025, 0.065  # chroma of the picture up to which nothing moves, and from which all does
_USUAL_CHROMA = 0.1  # of a painted wall
_DARK, _LIT = 0.1, 0.6  # lightness up to which nothing moves, and from which all does: dark red would turn to mud
_NEAR, _FAR = np.radians(35), np.radians(95)  # hues nearer than the first go all the way, beyond the second none
_SPREAD = np.radians(35)  # how far two hues of the product share what lies between them
_TONE_DEG = 18.0  # hues that lie together in the picture, the light and shade of one paint, turn together
_LEAST_FACTOR, _MOST_FACTOR = 0.6, 1.3  # bounds of the change of chroma at full strength: neither dirty nor loud
_GRID = 33  # points of the table along each channel
_SAMPLES = 160  # pixels along the longer side that are looked at
_ROUNDS = 8  # halvings that find the most chroma which a screen can show


def blend_palette(image: RgbImage, palette: Sequence[Swatch], strength: float) -> RgbImage:
    """Lean a picture's colours toward a palette's.

    Args:
        image: (H, W, 3).
        palette: The product's colours; those without a hue change nothing.
        strength: 0 (the very same pixels) to 1.

    Raises:
        SettingsError: ``strength`` is out of range.
    """
    check_range("strength", strength, 0, 1)
    goals = _goals(palette)
    if strength == 0 or not len(goals):
        return image
    step = max(1, max(image.shape[:2]) // _SAMPLES)
    seen = linear_to_oklab(bytes_to_linear(image[::step, ::step])).reshape(-1, 3)
    table = _grade(_moves(seen, goals), strength)
    return np.asarray(Image.fromarray(image).filter(ImageFilter.Color3DLUT(_GRID, table.ravel())), np.uint8)


def _goals(palette: Sequence[Swatch]) -> Float32Array:
    """Hue, chroma and weight (N, 3) of the palette's colours that have a hue."""
    labs = [(hex_to_oklab(swatch.hex), swatch.share) for swatch in palette if swatch.share >= _LEAST_SHARE]
    goals = [(np.arctan2(b, a), np.hypot(a, b), share) for (_, a, b), share in labs]
    return np.array([goal for goal in goals if goal[1] >= _LEAST_CHROMA], np.float32).reshape(-1, 3)


def _moves(seen: Float32Array, goals: Float32Array) -> Float32Array:
    """For each degree of hue (360, 2): the turn, and the factor on chroma, at full strength."""
    tone, chroma = _tones(seen)
    own, _, _ = _aim(np.radians(np.arange(360)), goals)
    turn, goal_chroma, pull = _aim(tone, goals)
    factor = np.clip(goal_chroma / chroma, _LEAST_FACTOR, _MOST_FACTOR)
    moves = _around(np.stack([pull * turn, pull * (factor - 1) + 1], axis=1))
    moves[:, 0] = np.clip(moves[:, 0], np.minimum(own, 0), np.maximum(own, 0))  # none goes past its goal
    return moves


def _aim(hue: Float32Array, goals: Float32Array) -> tuple[Float32Array, Float32Array, Float32Array]:
    """For each hue: the turn to the goals near it, their chroma, and the share of the way that is gone at most."""
    away = (goals[:, 0] - hue[:, None] + math.pi) % math.tau - math.pi
    nearest = np.min(np.abs(away), axis=1)
    say = goals[:, 2] * np.exp((nearest[:, None] ** 2 - away**2) / _SPREAD**2)
    say /= say.sum(axis=1, keepdims=True)
    return np.sum(say * away, axis=1), np.sum(say * goals[:, 1], axis=1), 1 - _ease(nearest, _NEAR, _FAR)


def _tones(seen: Float32Array) -> tuple[Float32Array, Float32Array]:
    """For each degree of hue (360): mean hue and chroma of what the picture has there and nearby."""
    chroma = np.hypot(seen[:, 1], seen[:, 2])
    weight = chroma * _ease(chroma, _GREY, _COLORED) + 1e-6
    degree = np.round(np.degrees(np.arctan2(seen[:, 2], seen[:, 1]))).astype(np.intp) % 360
    a, b, mass = (np.bincount(degree, weight * part, 360) for part in (seen[:, 1], seen[:, 2], np.ones_like(chroma)))
    circle, faint = np.radians(np.arange(360)), 1e-3 * weight.mean()  # where nothing is, the tone is the hue itself
    x, y = _USUAL_CHROMA * np.cos(circle), _USUAL_CHROMA * np.sin(circle)
    mean = _around(np.stack([a + faint * x, b + faint * y, mass + faint], axis=1))
    along = np.hypot(mean[:, 0], mean[:, 1])
    return np.asarray(np.arctan2(mean[:, 1], mean[:, 0])), np.asarray(along / mean[:, 2])


def _grade(moves: Float32Array, strength: float) -> Float32Array:
    """The table: sRGB in [0, 1] of each of its points, red changing first."""
    lab = _table_lab()
    chroma, hue = np.hypot(lab[:, 1], lab[:, 2]), np.arctan2(lab[:, 2], lab[:, 1])
    turn, factor = (np.interp(hue, np.radians(np.arange(360)), move, period=math.tau) for move in moves.T)
    share = strength * _ease(chroma, _GREY, _COLORED) * _ease(lab[:, 0], _DARK, _LIT)
    hue, chroma = hue + share * turn, chroma * (1 + share * (factor - 1))
    return linear_to_srgb(_into_gamut(np.stack([lab[:, 0], chroma * np.cos(hue), chroma * np.sin(hue)], axis=1)))


def _into_gamut(lab: Float32Array) -> Float32Array:
    """Linear RGB (N, 3) in [0, 1], with as much of the chroma as fits at this lightness."""
    linear = oklab_to_linear(lab)
    outside = np.flatnonzero(np.any((linear < 0) | (linear > 1), axis=1))
    low, high = lab[outside] * np.array([1, 0, 0], np.float32), lab[outside]
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        tried = oklab_to_linear(middle)
        fits = np.all((tried >= 0) & (tried <= 1), axis=1, keepdims=True)
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    linear[outside] = oklab_to_linear(low)
    return np.clip(linear, 0, 1)


@cache
def _table_lab() -> Float32Array:
    blue, green, red = np.meshgrid(*[np.linspace(0, 1, _GRID, dtype=np.float32)] * 3, indexing="ij")
    return linear_to_oklab(srgb_to_linear(np.stack([red, green, blue], axis=-1).reshape(-1, 3)))


def _around(values: Float32Array) -> Float32Array:
    """Smoothed along the circle of hues (360, N)."""
    return np.asarray(ndimage.gaussian_filter1d(values, _TONE_DEG, axis=0, mode="wrap"))


def _ease(value: Float32Array, start: float, end: float) -> Float32Array:
    """0 up to ``start``, 1 from ``end``, smooth between."""
    share = np.clip((value - start) / (end - start), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))

"""How grainy and how sharp the product's photo is on the canvas, so that the set beside it can match.

One camera for both layers: ``measure_texture`` reads a photo, ``choose_texture`` says what a set gets, and ``soften``
and ``draw_grain`` give it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.color.space import LUMINANCE, linear_to_srgb
from photoshoot.records import LinearImage, ProductLayer
from photoshoot.settings import StudioSettings

_NORM = 6.0
"""Of the second differences along both sides, so that they keep the variance of white noise. Source: J. Immerkær, "Fast
Noise Variance Estimation", Computer Vision and Image Understanding 64, 1996."""
_SIGMA_OF_MEDIAN = 1.4826  # of the median of absolute values of a normal distribution
_BLOCK_PX = 12
_FEWEST_BLOCKS = 12
_CLIPPED = (12, 243)  # means of blocks out of which cameras clip their noise
_FLAT = 8.0  # steps that the quarters of a flat block differ by at most
_QUIETEST, _QUIET = 5, 20  # percentiles of blocks: the second tells the photo's noise, the rest may be texture
_ALIKE = 1.35  # times the first that the second is at most: a camera's noise is alike in all quiet blocks, cloth is not
_TAILS = 1.25  # times the noise by its median that it is by its squares at most: leather has more grains that stand out
_SIZES_PX: Final = np.linspace(0, 2, 41)  # of grains that are looked for
_RIM_PX = 3  # inside the matte's edge, where colours are mixed

_SIGMAS = (0.8, 1.6)  # px, of the two blurs whose gradients are compared
_EDGE_STEPS = 40.0  # of 1/255: height of an edge that tells of sharpness, at least
_FEWEST_EDGES = 80  # px
_LEAST_NOISE, _MOST_NOISE = 1.2, 3.0  # steps of 1/255: less is not seen beside the dither; more is too much film
_LEAST_BLUR_PX, _MOST_BLUR_PX = 0.9, 1.2  # of photos that are blurred; what a set is blurred by at most
_OWN_BLUR_PX = 0.5  # of a traced picture
_USUAL_GRAIN_PX = 0.6  # where no photo tells it


@dataclass(frozen=True, kw_only=True)
class PhotoTexture:
    """A photo's noise and blur; 0 where there is none, or nothing tells."""

    noise: float
    """Standard deviation of its lightness in flat parts, steps of 1/255."""
    grain_px: float
    """Standard deviation of the blur that white noise would have had to be so coarse, px, to 2."""
    blur_px: float
    """Standard deviation of the blur of its printed and other high edges, px."""


def measure_texture(layer: ProductLayer) -> PhotoTexture:
    """Measure a product on its canvas, where the matte is solid.

    Noise is the median of what a high pass leaves of flat blocks. So the edges of a compressor's blocks, which few
    pixels lie on, and what its rounding has made even, are no noise. Nor is cloth, whose quiet
    blocks differ among each other unless it is all alike in even light, nor leather, of which some grains stand out.
    Blur is told by how much lower an edge's gradient becomes when it is blurred further; thin lines and corners count
    as sharper than they are, so it is told too low rather than too high.
    """
    inside = ndimage.binary_erosion(layer.alpha_matte >= 1, iterations=_RIM_PX)
    if not inside.any():
        return PhotoTexture(noise=0.0, grain_px=0.0, blur_px=0.0)
    rows, columns = (np.flatnonzero(inside.any(axis)) for axis in (1, 0))
    window = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    lightness = np.asarray(layer.rgb[window] @ LUMINANCE, np.float32)
    noise, grain_px = _measure_noise(lightness, inside[window])
    return PhotoTexture(noise=noise, grain_px=grain_px, blur_px=_measure_blur(lightness, inside[window]))


def _measure_noise(lightness: Float32Array, inside: BoolArray) -> tuple[float, float]:
    blocks = _flat_blocks(lightness, inside)
    if len(blocks) < _FEWEST_BLOCKS:
        return 0.0, 0.0
    fine = _deviation(blocks)
    coarse = _deviation(blocks.reshape(len(blocks), _BLOCK_PX // 2, 2, _BLOCK_PX // 2, 2).mean((2, 4)))
    quiet = fine <= np.percentile(fine, 2 * _QUIET)
    squares = np.sqrt((_high_pass(blocks[quiet]) ** 2).mean((1, 2)))
    quietest, seen = (float(value) for value in np.percentile(fine, (_QUIETEST, _QUIET)))
    if seen == 0 or seen > _ALIKE * quietest or np.median(squares) > _TAILS * np.median(fine[quiet]):
        return 0.0, 0.0
    ratio = float(np.median(coarse[quiet])) / float(np.median(fine[quiet]))
    passed, ratios = _known_sizes()
    size = float(np.interp(ratio, ratios, _SIZES_PX))
    return seen / float(np.interp(size, _SIZES_PX, passed)), size


def _flat_blocks(lightness: Float32Array, inside: BoolArray) -> Float32Array:
    """The blocks (N, b, b) inside the product that have neither shape nor print."""
    high, wide = (size // _BLOCK_PX for size in lightness.shape)

    def cut(plane: Float32Array) -> Float32Array:
        parts = plane[: high * _BLOCK_PX, : wide * _BLOCK_PX].reshape(high, _BLOCK_PX, wide, _BLOCK_PX)
        return np.asarray(parts.swapaxes(1, 2).reshape(-1, _BLOCK_PX, _BLOCK_PX), np.float32)

    blocks = cut(lightness)[cut(inside.astype(np.float32)).all((1, 2))]
    half = _BLOCK_PX // 2
    quarters = blocks.reshape(-1, 2, half, 2, half).mean((2, 4)).reshape(-1, 4)
    low, high_end = _CLIPPED
    mean = quarters.mean(1)
    flat = (np.ptp(quarters, axis=1) < _FLAT) & (mean > low) & (mean < high_end)
    return np.asarray(blocks[flat], np.float32)


def _deviation(blocks: Float32Array) -> Float64Array:
    """Standard deviation (N,) of what the high pass leaves of blocks (N, b, b), from its median."""
    return np.asarray(_SIGMA_OF_MEDIAN * np.median(np.abs(_high_pass(blocks)), axis=(1, 2)), np.float64)


def _high_pass(blocks: Float32Array) -> Float32Array:
    """What of blocks is neither flat nor straight: (N, b - 2, b - 2)."""
    return np.asarray(np.diff(np.diff(blocks, 2, axis=1), 2, axis=2) / _NORM, np.float32)


def _measure_blur(lightness: Float32Array, inside: BoolArray) -> float:
    fine, wide = (ndimage.gaussian_gradient_magnitude(lightness, sigma) for sigma in _SIGMAS)
    crest = (fine == ndimage.maximum_filter(fine, 3)) & ndimage.binary_erosion(inside, iterations=2)
    ratio = fine[crest].astype(np.float64) ** 2 / np.maximum(wide[crest].astype(np.float64) ** 2, 1e-6)
    near, far = (sigma**2 for sigma in _SIGMAS)
    width = np.maximum((far - ratio * near) / np.maximum(ratio - 1, 1e-3), 0)
    height = fine[crest] * np.sqrt(2 * np.pi * (width + near))
    told = np.sqrt(width[height > _EDGE_STEPS])
    return float(np.median(told)) if len(told) >= _FEWEST_EDGES else 0.0


@cache
def _known_sizes() -> tuple[Float64Array, Float64Array]:
    """Of ``_SIZES_PX``: what the high pass leaves of noise of a deviation of 1, and how much less at half the size."""
    fine, coarse = (np.array([_passed(size, every) for size in _SIZES_PX]) for every in (1, 2))
    return fine, coarse / fine


def _passed(size: float, every: int) -> float:
    """The deviation that the high pass of means of ``every`` px leaves of noise whose grains are so large."""
    row = np.kron([1, -2, 1], np.ones(every)) / (every * np.sqrt(_NORM))  # the kernel is this one both ways
    along = np.correlate(row, row, "full")
    overlap = np.outer(along, along)
    reach = (np.arange(len(overlap)) - len(overlap) // 2) ** 2
    alike = np.exp(-(reach[:, None] + reach) / max(4 * size**2, 1e-3))
    return float(np.sqrt((overlap * alike).sum()))


def choose_texture(settings: StudioSettings, layer: ProductLayer) -> PhotoTexture:
    """What a set is given: as asked for, else the photo's own noise and blur, within bounds.

    Args:
        settings: What was asked for.
        layer: The product on the canvas.
    """
    if settings.grain is not None and settings.set_blur_px is not None:
        return PhotoTexture(noise=settings.grain, grain_px=_USUAL_GRAIN_PX, blur_px=settings.set_blur_px)
    photo = measure_texture(layer)
    noise = 0.0 if photo.noise < _LEAST_NOISE else min(photo.noise, _MOST_NOISE)
    blur = 0.0
    if photo.blur_px > _LEAST_BLUR_PX:
        blur = min(float(np.sqrt(photo.blur_px**2 - _OWN_BLUR_PX**2)), _MOST_BLUR_PX)
    return PhotoTexture(
        noise=noise if settings.grain is None else settings.grain,
        grain_px=photo.grain_px if photo.noise > 0 else _USUAL_GRAIN_PX,
        blur_px=blur if settings.set_blur_px is None else settings.set_blur_px,
    )


def soften(display: LinearImage, blur_px: float) -> LinearImage:
    """Blur a picture (H, W, 3), display-linear, by a Gaussian of that standard deviation; 0 returns it."""
    if blur_px == 0:
        return display
    return np.asarray(ndimage.gaussian_filter(display, (blur_px, blur_px, 0), mode="nearest"), np.float32)


def draw_grain(display: LinearImage, texture: PhotoTexture, rng: np.random.Generator) -> Float32Array | None:
    """Grain for a picture (H, W), steps of 1/255: full in mid greys, none in black and white.

    Args:
        display: The picture (H, W, 3), display-linear.
        texture: Its ``noise`` and ``grain_px`` are drawn.
        rng: The shot's generator.

    Returns:
        What to add to all channels; None where there is no noise.
    """
    if texture.noise == 0:
        return None
    grain = rng.standard_normal(display.shape[:2], np.float32)
    if texture.grain_px > 0:
        grain = ndimage.gaussian_filter(grain, texture.grain_px, mode="wrap")
        grain /= grain.std()
    shade = linear_to_srgb(display @ LUMINANCE)
    return np.asarray(grain * (4 * texture.noise * shade * (1 - shade)), np.float32)

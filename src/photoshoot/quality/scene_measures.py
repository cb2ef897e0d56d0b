"""Measures of the scene: is there one, free of faults that no camera makes, and in the right colours?"""

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.color.space import bytes_to_linear, linear_to_oklab
from photoshoot.quality.surroundings import Surroundings, grow
from photoshoot.records import AlphaMatte, RgbImage

_STRIDE = 4  # every so many pixels are looked at, both ways
_TONES = (0.1, 99.9)  # percentiles: a product on white has nothing but a faint shadow
_DARKEST, _BRIGHTEST = 1, 254
_LINE_STRIDE = 8  # every so many rows and columns are searched for bands
_BAND_PX = 12  # a run of one value so long, between two small steps, is a band
_STEP = 4  # largest step, of 255, between two bands of one gradient
_BLOCK_PX = 16
_QUARTILE_OF_SIGMA = 6 * 0.31864  # lower quartile of |N(0, 1)|, times the mask's gain
_WORST = 95  # percentile of the blocks
_COLORS = 160  # of each picture; twice as many move the distance by less than 0.003
_LINES = 48  # rows of the grid that colours are taken from
_NEAR_PX, _RIM_PX = 12, 16


@dataclass(frozen=True, kw_only=True)
class SceneFaults:
    """What was found in the scene."""

    tonal_range: float
    """Bytes between the darkest and brightest thousandth of the channel that varies most, 0 to 255; 0 = blank."""
    clipped_share: float
    """Share of pixels that are pure white or pure black, 0 to 1."""
    banded_share: float
    """Share of pixels in visible bands of a gradient, 0 to 1."""
    noise: float | None
    """Standard deviation of the noise in the noisier parts, bytes; None where no block of 16 px is free of product."""


def measure_scene(image: RgbImage, alpha_matte: AlphaMatte) -> SceneFaults | None:
    """Look at all that is not product.

    Args:
        image: (H, W, 3).
        alpha_matte: (H, W).

    Returns:
        None where there is nothing but product.
    """
    scene = alpha_matte == 0
    sample = image[::_STRIDE, ::_STRIDE][scene[::_STRIDE, ::_STRIDE]]
    if not len(sample):
        return None
    low, high = np.percentile(sample, _TONES, axis=0)
    clipped = (sample >= _BRIGHTEST).all(axis=1) | (sample <= _DARKEST).all(axis=1)
    green = image[..., 1]
    return SceneFaults(
        tonal_range=float((high - low).max()),
        clipped_share=float(clipped.mean()),
        banded_share=max(_band_share(green, scene), _band_share(green.T, scene.T)),
        noise=_noise(green, scene),
    )


def _band_share(plane: npt.NDArray[np.uint8], scene: npt.NDArray[np.bool_]) -> float:
    """Share of the scene's pixels, on every eighth line, in runs of one value with a small step at each end."""
    lines, inside = plane[::_LINE_STRIDE].astype(np.int16), scene[::_LINE_STRIDE]
    steps = np.where(inside[:, 1:] & inside[:, :-1], np.diff(lines, axis=1), 255)
    steps = np.pad(steps, ((0, 0), (1, 1)), constant_values=255).ravel()  # a line ends with a large step
    changes = np.flatnonzero(steps)
    lengths, sizes = np.diff(changes), np.abs(steps[changes])
    small = (sizes[:-1] <= _STEP) & (sizes[1:] <= _STEP)
    banded = lengths[small & (lengths >= _BAND_PX)].sum()
    return float(banded / max(1, inside.sum()))


def _noise(plane: npt.NDArray[np.uint8], scene: npt.NDArray[np.bool_]) -> float | None:
    """95th percentile over blocks of 16 px of each block's noise.

    A block's noise is read off the lower quartile of the response to Immerkær's mask, which is blind to planes and
    straight edges: a texture leaves flat places between its edges, noise leaves none.

    Source: Immerkær, "Fast noise variance estimation" (1996), equation 4, with a quartile in place of the mean.
    """
    tall, wide = (plane.shape[0] - 2) // _BLOCK_PX, (plane.shape[1] - 2) // _BLOCK_PX
    if min(tall, wide) < 1:
        return None
    values = plane.astype(np.int16)
    across = values[:, :-2] - 2 * values[:, 1:-1] + values[:, 2:]
    response = np.abs(across[:-2] - 2 * across[1:-1] + across[2:])
    blocks = _split(response, tall, wide)
    free = _split(scene[1:-1, 1:-1], tall, wide).all(axis=1)
    if not free.any():
        return None
    quarter = blocks.shape[1] // 4
    quartile = np.partition(blocks[free], quarter, axis=1)[:, quarter]
    return float(np.percentile(quartile, _WORST)) / _QUARTILE_OF_SIGMA


def _split(plane: npt.NDArray[np.generic], tall: int, wide: int) -> np.ndarray:
    """(blocks, pixels of each): every second pixel both ways."""
    cut = plane[: tall * _BLOCK_PX, : wide * _BLOCK_PX]
    blocks = cut.reshape(tall, _BLOCK_PX, wide, _BLOCK_PX)[:, ::2, :, ::2]
    return blocks.transpose(0, 2, 1, 3).reshape(tall * wide, -1)


def measure_palette_distance(image: RgbImage, alpha_matte: AlphaMatte, style_reference: Path) -> float:
    """Earth mover's distance in OKLab between the colours of a scene and those of its style reference.

    Both are 160 colours of equal weight, spread evenly over the picture less its product, so that the distance is the
    mean cost of the best assignment. 0.05 is a shade, 0.2 another palette.

    Source: Rubner, Tomasi and Guibas, "The earth mover's distance as a metric for image retrieval" (2000).
    """
    from scipy.optimize import linear_sum_assignment  # 0.15 s to import both, for scenes with a style reference alone
    from scipy.spatial.distance import cdist

    step = max(1, image.shape[0] // _LINES)
    part = image[step // 2 :: step, step // 2 :: step]
    pixels = part[alpha_matte[step // 2 :: step, step // 2 :: step] == 0]
    if not len(pixels):
        return 0.0
    cost = cdist(_colors(pixels), _reference_colors(style_reference))
    return float(cost[linear_sum_assignment(cost)].mean())


def measure_contrast(around: Surroundings) -> float | None:
    """How far the product's rim stands out from the scene beside it: distance of mean colours in OKLab, 0 to about 1.

    Returns:
        None where the product fills the picture.
    """
    touched, solid = around.alpha_matte > 0, around.alpha_matte >= 0.99
    rim = solid & grow(~solid, _RIM_PX)
    beside = grow(touched, _NEAR_PX) & ~touched
    if not (rim.any() and beside.any()):
        return None
    first, second = (_mean_color(around.image[part]) for part in (rim, beside))
    return float(np.linalg.norm(first - second))


def _mean_color(pixels: RgbImage) -> Float32Array:
    return linear_to_oklab(bytes_to_linear(pixels[:: max(1, len(pixels) // 4000)]).mean(axis=0))


@functools.lru_cache(maxsize=256)
def _reference_colors(path: Path) -> Float32Array:
    with Image.open(path) as picture:
        picture.draft("RGB", (picture.width // 2, picture.height // 2))
        pixels = np.asarray(picture.convert("RGB"))
    step = max(1, pixels.shape[0] // _LINES)
    return _colors(pixels[step // 2 :: step, step // 2 :: step].reshape(-1, 3))


def _colors(pixels: RgbImage) -> Float32Array:
    at = np.linspace(0, len(pixels) - 1, _COLORS).round().astype(int)
    return linear_to_oklab(bytes_to_linear(pixels[at]))

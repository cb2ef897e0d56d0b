"""Measures of the scene round the product: is there one, and is it free of faults that no camera makes?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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

"""Measures of a picture: what of the old background is left at the product's outline, seams, and what its scene shows.

Of the scene: is there one, free of faults that no camera makes, and in the right colours?
"""

import functools
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import LUMINANCE, bytes_to_linear, linear_to_oklab
from photoshoot.quality.surroundings import Surroundings, grow, spread_mean
from photoshoot.records import AlphaMatte, Cutout, RgbImage

LEAST_SIZE_PX = 200
"""Size of a product (root of its box's area) from which on its edge can be told from the rest of it."""

_RING_PX = 3
_REACH_PX = 9  # side of the square whose mean says what colour is expected
_CLEAR = 0.02  # squared distance in linear light from which on the old background can be told from what is expected
_LEAST_PIXELS = 40
_FLAT = 1.0 / 255  # gradient, in steps of a byte, that no one sees
_NEAR, _FAR = (2, 4), (8, 10)
OWN_MATTE = "alpha"
"""Segmenter of photos that brought their own matte: what such a photo has under it means nothing."""
_CELLS = 96  # along the longer side of the part that is looked at
_TAINTED = 0.0125  # of the photo's longer side: so near the product, colours are the cut-out's, not the photo's
_LEAST_SHARE = 0.01  # of the cells that must show the background


def measure_halo(around: Surroundings, old_background: Float32Array) -> float | None:
    """Share of the old background that is still seen round the product; 0 = none, 1 = nothing but it.

    In the band of 3 px on both sides of the matte's edge, a pixel should be the product's colour (that of the pixels
    further inside) and the new background's (that of those just outside), mixed as the matte says: ``e``. With ``c``
    the pixel and ``o`` the old background, the share ``h`` of least squared error in ``c - e = h (o - e)`` is taken
    over each of the four sides of the product; the worst of them counts. All in linear light.

    Args:
        around: The window.
        old_background: What the photo had there, (h, w, 3), linear.

    Returns:
        None where the old background can't be told from what is there now.
    """
    linear, alpha = around.linear(), around.alpha_matte
    solid = alpha > 0.5
    band = grow(solid, _RING_PX) & grow(~solid, _RING_PX) & around.off_the_ground()
    product, sure = spread_mean(linear, ~grow(alpha < 0.99, _RING_PX), _REACH_PX)
    scene, clear = spread_mean(linear, ~grow(alpha > 0, _RING_PX - 1), _REACH_PX)
    band &= (sure > 1e-4) & (clear > 1e-4)
    share = alpha[band][:, None]
    expected = share * product[band] + (1 - share) * scene[band]
    toward = old_background[band] - expected
    distance = (toward**2).sum(axis=1)
    excess = ((linear[band] - expected) * toward).sum(axis=1)
    sides = _side_of(around, band)
    told = distance > _CLEAR
    found = [
        float(excess[at].sum() / distance[at].sum())
        for at in (told & (sides == side) for side in range(4))
        if at.sum() >= _LEAST_PIXELS
    ]
    return max(0.0, *found) if found else None


def measure_seam(around: Surroundings) -> float | None:
    """How much steeper the scene is at the product's outline than a little further off: the ratio of mean gradients.

    The product's own edge is a step by right, so it is the scene's side that is looked at: the pixels at 2 to 4 px from
    the softest edge of the matte (a gradient sees one pixel to each side), over those at 8 to 10 px. About 1 where the
    scene goes on undisturbed.

    Returns:
        None where there is no room for the rings.
    """
    luma = around.image @ LUMINANCE / 255
    rows, columns = np.gradient(luma)
    steepness = np.hypot(rows, columns)
    near, far = around.ring(*_NEAR), around.ring(*_FAR)
    if min(near.sum(), far.sum()) < _LEAST_PIXELS:
        return None
    return float((steepness[near].mean() + _FLAT) / (steepness[far].mean() + _FLAT))


def _side_of(around: Surroundings, band: BoolArray) -> np.ndarray:
    """0 to 3 for the band's pixels: left, right, over and under the product's middle, by the box's diagonals."""
    box = around.canvas.product_box
    rows, columns = np.nonzero(band)
    across = (columns + around.left - (box.left + box.right) / 2) / box.width
    down = (rows + around.top - (box.top + box.bottom) / 2) / box.height
    sideways = np.abs(across) > np.abs(down)
    return np.where(sideways, (across > 0).astype(int), 2 + (down > 0).astype(int))


def lay_old_background(cutout: Cutout, around: Surroundings) -> Float32Array | None:
    """The photo's background as it would stand in the window, carried under the product from its nearest places.

    Returns:
        (h, w, 3), linear; None where the photo shows none: it brought its own matte, or is all product.
    """
    if cutout.segmenter == OWN_MATTE:
        return None
    rows, columns = _photo_rows(cutout, around), _photo_columns(cutout, around)
    step = max(1, round((rows[-1] - rows[0]) / _CELLS), round((columns[-1] - columns[0]) / _CELLS))
    top, left = max(0, int(rows[0])), max(0, int(columns[0]))
    part = slice(top, int(rows[-1]) + 1, step), slice(left, int(columns[-1]) + 1, step)
    near = ndimage.binary_dilation(
        cutout.alpha_matte[part] > 0, np.ones((3, 3), bool), 1 + round(_TAINTED * max(cutout.alpha_matte.shape) / step)
    )
    if (~near).mean() < _LEAST_SHARE:
        return None
    nearest = ndimage.distance_transform_edt(near, return_distances=False, return_indices=True)
    colors = bytes_to_linear(cutout.rgb[part])[nearest[0], nearest[1]]
    at_rows = np.clip((rows - top) / step, 0, colors.shape[0] - 1).astype(int)
    at_columns = np.clip((columns - left) / step, 0, colors.shape[1] - 1).astype(int)
    return np.asarray(colors[at_rows[:, None], at_columns[None]], np.float32)


def _photo_rows(cutout: Cutout, around: Surroundings) -> np.ndarray:
    box, target = cutout.box, around.canvas.product_box
    rows = around.top + np.arange(around.image.shape[0]) + 0.5
    return box.top + (rows - target.top) * box.height / target.height


def _photo_columns(cutout: Cutout, around: Surroundings) -> np.ndarray:
    box, target = cutout.box, around.canvas.product_box
    columns = around.left + np.arange(around.image.shape[1]) + 0.5
    return box.left + (columns - target.left) * box.width / target.width


_STRIDE = 4  # every so many pixels are looked at, both ways, and more of small pictures:
_LOOKED_AT = 4600  # as many at least, where there are so many
_TONES = (0.1, 99.9)  # percentiles: a product on white has nothing but a faint shadow
_DARKEST, _BRIGHTEST = 1, 254
_LINE_STRIDE = 8  # every so many rows and columns are searched for bands
_BAND_PX = 12  # a run of one value so long, between two small steps, is a band
_STEP = 4  # largest step, of 255, between two bands of one gradient
_BLOCK_PX = 16
_QUARTILE_OF_SIGMA = 6 * 0.31864  # lower quartile of |N(0, 1)|, times the mask's gain
_WORST = 95  # percentile of the blocks
_COLORS = 160  # of each picture; twice as many move the distance by less than 0.003
_FINE = 1e6  # steps of a distance of 1 that are told apart
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
    stride = min(_STRIDE, max(1, math.isqrt(scene.size // _LOOKED_AT)))
    sample = image[::stride, ::stride][scene[::stride, ::stride]]
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
    step = max(1, image.shape[0] // _LINES)
    part = image[step // 2 :: step, step // 2 :: step]
    pixels = part[alpha_matte[step // 2 :: step, step // 2 :: step] == 0]
    if not len(pixels):
        return 0.0
    shown, wanted = _colors(pixels).astype(np.float64), _reference_colors(style_reference)
    cost = np.sqrt(np.square(shown[:, None] - wanted).sum(-1))
    # scipy.optimize's takes 0.1 s to import; this one takes a cost of 0 for no edge, and may not end on fractions
    edges = csr_array(1 + np.rint(_FINE * cost))
    return float(cost[min_weight_full_bipartite_matching(edges)].mean())


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

"""Measures of the product's outline: what is left of the old background there, and seams in the new one."""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import bytes_to_linear
from photoshoot.quality.surroundings import Surroundings, grow, spread_mean
from photoshoot.records import Cutout

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
    luma = around.image @ np.array([0.2126, 0.7152, 0.0722], np.float32) / 255
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

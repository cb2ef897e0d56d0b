"""A hard shadow is told by its end: softer than the product's, and along most of its border."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.backdrop import weigh_evidence
from photoshoot.segmenters.penumbra import find_soft_ended
from photoshoot.segmenters.regions import shrink

SIDE = 240


def draw_drum() -> BoolArray:
    rows, columns = np.indices((SIDE, SIDE))
    return np.asarray((rows - 100) ** 2 + (columns - 150) ** 2 < 42**2)


def draw_dark() -> BoolArray:
    """As its shadow on the table would lie: longer than the drum is wide."""
    rows, columns = np.indices((SIDE, SIDE))
    return np.asarray(((rows - 135) / 44) ** 2 + ((columns - 95) / 62) ** 2 < 1)


def find(product: BoolArray, dark: BoolArray, *, soft_px: float) -> BoolArray:
    """What is found before grey paper, where the network takes both for product."""
    noise = np.random.default_rng(3).normal(0, 0.004, (3, SIDE, SIDE))
    factor = 1 - 0.3 * ndimage.gaussian_filter(dark.astype(np.float32), soft_px)
    behind: Float32Array = np.full((3, SIDE, SIDE), 0.62, np.float32)
    color = np.array([0.45, 0.65, 0.4], np.float32)[:, None, None]
    cover = ndimage.gaussian_filter(product.astype(np.float32), 0.7)
    planes = (behind * factor * (1 - cover) + color * cover + noise).astype(np.float32)
    saliency = ndimage.gaussian_filter((product | dark).astype(np.float32), 2)
    return find_soft_ended(weigh_evidence(planes, behind, 0.004, saliency), saliency)


def test_a_shadow_that_ends_softly_is_found_whole_and_nothing_else() -> None:
    product, dark = draw_drum(), draw_dark()
    found = find(product, dark, soft_px=3)
    shadow = dark & ~product
    assert found[shrink(shadow, 4)].mean() > 0.97
    assert not (found & shrink(product)).any()


def test_a_face_as_even_and_dark_that_ends_as_sharply_as_the_product_stays() -> None:
    assert not find(draw_drum(), draw_dark(), soft_px=0.7).any()


def test_a_soft_dark_part_that_is_nothing_like_the_product_stays() -> None:
    handle = np.zeros((SIDE, SIDE), bool)
    handle[140:164, 10:230] = True
    assert not find(draw_drum(), handle, soft_px=3).any()

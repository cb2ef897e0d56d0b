from __future__ import annotations

import numpy as np
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.looking.claims import join_claims

PRODUCT, STRAP, RIND = np.s_[60:140, 60:140], np.s_[140:190, 95:105], np.s_[60:140, 140:150]


def see(*claims: tuple[slice, slice]) -> tuple[Float32Array, Float32Array]:
    """What all looks see, and the most that any does."""
    saliency = np.zeros((200, 200), np.float32)
    saliency[PRODUCT] = 1
    most = saliency.copy()
    for claim in claims:
        most[claim] = 0.7
    return saliency, most


def draw(*dark: tuple[slice, slice]) -> Image.Image:
    pixels = np.full((200, 200, 3), 200, np.uint8)
    pixels[PRODUCT] = (180, 40, 40)
    for place in dark:
        pixels[place] = 60
    return Image.fromarray(pixels)


def test_a_strap_that_one_look_saw_is_joined() -> None:
    saliency, most = see(STRAP)
    found = join_claims(draw(STRAP), saliency, most)
    assert (found[STRAP] > 0.9).all()
    assert found[10:50].max() == 0


def test_ground_that_one_look_saw_is_not() -> None:
    saliency, most = see(STRAP)
    assert np.array_equal(join_claims(draw(), saliency, most), saliency)


def test_a_rind_along_the_product_is_not() -> None:
    saliency, most = see(RIND)
    assert np.array_equal(join_claims(draw(RIND), saliency, most), saliency)


def test_without_a_claim_nothing_is_looked_at() -> None:
    saliency, most = see()
    assert join_claims(draw(), saliency, most) is saliency


PLATE = np.s_[60:120, 140:190]

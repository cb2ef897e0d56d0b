from __future__ import annotations

import numpy as np
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.low_contrast import look_stretched, stretch_contrast
from photoshoot.segmenters.saliency import find_product

SIDE, JAR = 96, np.s_[24:72, 36:60]
ROSE, NEAR_ROSE = (0.7, 0.3, 0.65), (0.62, 0.32, 0.6)


def draw(*, jar: bool = True) -> Image.Image:
    """A jar before paper of nearly its colour, which grows darker to the right."""
    planes = np.broadcast_to(np.array(ROSE, np.float32), (SIDE, SIDE, 3)).copy()
    if jar:
        planes[JAR] = NEAR_ROSE
    planes *= np.linspace(1, 0.85, SIDE, dtype=np.float32)[None, :, None]
    return Image.fromarray(np.asarray(planes * 255, np.uint8))


def see_contrast(view: Image.Image) -> Float32Array:
    """What differs from the view's corner by more than a fifth of all brightness."""
    colors = np.asarray(view.resize((SIDE, SIDE)), np.float32) / np.float32(255)
    return np.asarray(np.abs(colors - colors[2, 2]).max(axis=2) > 0.2, np.float32)


def test_contrast_is_stretched_and_the_paper_becomes_even() -> None:
    behind = np.asarray(draw(jar=False), np.float32) / np.float32(255)
    stretched = np.asarray(stretch_contrast(draw(), behind), np.float32) / np.float32(255)
    outside = np.ones((SIDE, SIDE), bool)
    outside[JAR] = False
    assert np.ptp(stretched[outside]) < 0.03
    assert np.abs(stretched[JAR] - stretched[2, 2]).max(axis=2).min() > 0.19


def test_a_product_that_no_look_sees_before_paper_of_its_colour_is_found_in_more_contrast() -> None:
    sighting = find_product(see_contrast, draw(), twice=True, coarse=see_contrast)
    assert sighting is not None
    assert sighting.confidence > 0.9
    assert find_product(see_contrast, draw(), twice=False) is None  # one look was asked for


def test_an_empty_photo_stays_empty() -> None:
    assert find_product(see_contrast, draw(jar=False), twice=True, coarse=see_contrast) is None


def test_a_look_that_is_unsure_in_more_contrast_too_tells_nothing() -> None:
    def half(view: Image.Image) -> Float32Array:
        return 0.6 * see_contrast(view)

    nothing = np.zeros((SIDE, SIDE), np.float32)
    assert look_stretched(see_contrast, draw(), nothing) is not None
    assert look_stretched(half, draw(), nothing) is None


def test_before_what_is_not_plain_nothing_is_stretched() -> None:
    confetti = np.random.default_rng(4).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    assert look_stretched(see_contrast, Image.fromarray(confetti), np.zeros((SIDE, SIDE), np.float32)) is None

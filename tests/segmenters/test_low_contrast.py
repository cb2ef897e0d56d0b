from __future__ import annotations

import numpy as np
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.looking.looks import find_apart, stretch_contrast

SIDE, JAR = 96, np.s_[24:72, 36:60]
ROSE, NEAR_ROSE = (0.7, 0.3, 0.65), (0.62, 0.32, 0.6)


def draw(*, jar: bool = True) -> Image.Image:
    """A jar before paper of nearly its colour, which grows darker to the right."""
    planes = np.broadcast_to(np.array(ROSE, np.float32), (SIDE, SIDE, 3)).copy()
    if jar:
        planes[JAR] = NEAR_ROSE
    planes *= np.linspace(1, 0.85, SIDE, dtype=np.float32)[None, :, None]
    return Image.fromarray(np.asarray(planes * 255, np.uint8))


def test_contrast_is_stretched_and_the_paper_becomes_even() -> None:
    behind = np.asarray(draw(jar=False), np.float32) / np.float32(255)
    stretched = np.asarray(stretch_contrast(draw(), behind), np.float32) / np.float32(255)
    outside = np.ones((SIDE, SIDE), bool)
    outside[JAR] = False
    assert np.ptp(stretched[outside]) < 0.03
    assert np.abs(stretched[JAR] - stretched[2, 2]).max(axis=2).min() > 0.19


BOTTLE, PAIR, SHADOW, EDGE = np.s_[30:70, 30:50], np.s_[36:70, 66:80], np.s_[60:70, 50:62], np.s_[40:70, 84:96]
GREY = np.full((SIDE, SIDE, 3), 0.5, np.float32)


def place(*things: tuple[slice, slice], soft: bool = False) -> Image.Image:
    """A red bottle before grey, and other things that hardly differ from it; or a soft blot of light."""
    planes = GREY.copy()
    for thing in things:
        planes[thing] = 0.6
    if soft:
        down, right = np.mgrid[:SIDE, :SIDE] - np.array([53, 73])[:, None, None]
        planes += 0.1 * np.exp(-(down**2 + right**2) / (2 * 12**2), dtype=np.float32)[..., None]
    planes[BOTTLE] = (0.8, 0.2, 0.2)
    return Image.fromarray(np.asarray(planes * 255, np.uint8))


def see_places(*places: tuple[slice, slice]) -> Float32Array:
    saliency = np.zeros((SIDE, SIDE), np.float32)
    for one in places:
        saliency[one] = 1
    return saliency


def find(photo: Image.Image, *seen: tuple[slice, slice]) -> Float32Array | None:
    """What stands apart from the bottle, where a look in more contrast sees those places."""
    return find_apart(lambda _: see_places(*seen), photo, see_places(BOTTLE), GREY, 0.015)


def test_the_pale_one_of_a_pair_is_found() -> None:
    found = find(place(PAIR), BOTTLE, PAIR)
    assert found is not None
    assert (found[PAIR] == 1).all()
    assert not found[BOTTLE].any()


def test_what_touches_the_product_or_the_photos_side_is_not() -> None:
    assert find(place(SHADOW), BOTTLE, SHADOW) is None
    assert find(place(EDGE), BOTTLE, EDGE) is None


def test_what_fades_out_or_the_look_does_not_see_is_not() -> None:
    assert find(place(soft=True), BOTTLE, PAIR) is None
    assert find(place(PAIR), BOTTLE) is None
    assert find(place(PAIR), PAIR) is None  # it has lost sight of the product


def test_where_nothing_else_differs_no_look_is_taken() -> None:
    def fail(_: Image.Image) -> Float32Array:
        raise AssertionError("a look was taken")

    assert find_apart(fail, place(), see_places(BOTTLE), GREY, 0.015) is None

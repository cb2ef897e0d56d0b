from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.better_looks import look_better, reconsider
from photoshoot.segmenters.saliency import find_product
from tests.segmenters.drawing import draw_backdrop, draw_matte, take_photo

PRODUCT, STRAP, WALL = np.s_[60:140, 60:140], np.s_[140:190, 95:105], np.s_[80:90, 140:190]


def see(*places: tuple[slice, slice], level: float = 1.0) -> Float32Array:
    saliency = np.zeros((200, 200), np.float32)
    saliency[PRODUCT] = 1
    for place in places:
        saliency[place] = level
    return saliency


def draw() -> Image.Image:
    pixels = np.full((200, 200, 3), 200, np.uint8)
    pixels[PRODUCT] = (180, 40, 40)
    pixels[STRAP] = pixels[WALL] = 60
    return Image.fromarray(pixels)


def say(saliency: Float32Array) -> Callable[[Image.Image], Float32Array]:
    return lambda _: saliency


def test_a_piece_that_only_the_first_network_saw_goes() -> None:
    first = see(WALL)
    found, most = reconsider(say(see()), draw(), see(), first, first)
    assert found[WALL].max() < 0.1
    assert found[PRODUCT].min() > 0.9
    assert most[WALL].min() == 1


def test_a_strap_stays_of_which_the_better_one_sees_a_ghost() -> None:
    ghost, first = see(STRAP, level=0.1), see(STRAP)
    found, _ = reconsider(say(ghost), draw(), ghost, first, first)
    assert found[STRAP].min() > 0.9


def test_where_the_better_one_is_in_doubt_the_first_ones_word_counts() -> None:
    unsure = see(np.s_[60:140, 60:100], level=0.5)
    found, _ = reconsider(say(unsure[:, ::-1].copy()), draw(), unsure, see(), see())
    assert found[PRODUCT].min() > 0.9


@pytest.mark.parametrize(
    ("better", "taken"), [(see(), True), (see(level=1.0) * 0.6, False), (see()[::-1, ::-1] * 0, False)]
)
def test_it_is_heard_where_it_is_surer(better: Float32Array, taken: bool) -> None:
    assert (look_better(say(better), draw(), see(level=1.0) * np.float32(0.8)) is not None) == taken


def test_it_is_not_heard_where_it_means_another_thing() -> None:
    elsewhere = np.roll(see(), 70, axis=1)
    assert look_better(say(elsewhere), draw(), see() * np.float32(0.8)) is None


@pytest.mark.parametrize(("kind", "asked"), [("white", False), ("gradient", False), ("wood", True)])
def test_it_is_asked_only_where_the_backdrop_is_not_even(kind: str, asked: bool) -> None:
    matte, looks = draw_matte("mug", 320), 0

    def better(_: Image.Image) -> Float32Array:
        nonlocal looks
        looks += 1
        return np.zeros((32, 32), np.float32)

    photo = Image.fromarray(take_photo(matte, draw_backdrop(kind, 320)).rgb)
    find_product(say(matte * np.float32(0.96)), photo, twice=True, thorough=better)
    assert looks == asked
    find_product(say(matte), photo, twice=False, thorough=better)
    assert looks == asked

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.captioners.color_places import Place, count_pieces, find_places, find_print
from photoshoot.records import RgbImage, Swatch
from tests.making import cutout_of

BLUE, WHITE = (31, 95, 214), (248, 248, 247)
SWATCHES = (Swatch(hex="#1f5fd6", name="blue", share=0.7), Swatch(hex="#f8f8f7", name="white", share=0.3))


def paint(rows: slice, columns: slice = slice(None)) -> RgbImage:
    """A blue panel that is white there."""
    rgb = np.full((240, 160, 3), BLUE, np.uint8)
    rgb[rows, columns] = WHITE
    return rgb


def place_of(rgb: RgbImage, alpha: np.ndarray | None = None) -> Place | None:
    matte = np.ones((240, 160), np.float32) if alpha is None else alpha
    return find_places(cutout_of(rgb, matte), SWATCHES).get(SWATCHES[1].hex)


@pytest.mark.parametrize(
    ("rgb", "place"),
    [
        (paint(slice(0, 60)), Place.TOP),
        (paint(slice(190, 240)), Place.BOTTOM),
        (paint(slice(100, 140), slice(60, 100)), Place.MIDDLE),
        (paint(slice(90, 150)), Place.BAND),
        (paint(slice(90, 150), slice(0, 70)), None),  # it ends half-way
        (paint(slice(0, 60), slice(0, 60)), None),  # a corner is no top
        (paint(slice(None), slice(0, 50)), None),
    ],
)
def test_a_colour_that_lies_together_has_a_place(rgb: RgbImage, place: Place | None) -> None:
    assert place_of(rgb) is place


@pytest.mark.parametrize(
    ("rows", "columns", "printed"),
    [
        (slice(60, 120), slice(55, 105), True),
        (slice(60, 120), slice(0, 50), False),  # a sleeve
        (slice(0, 20), slice(50, 110), False),  # a collar
        (slice(210, 240), slice(None), False),  # a hem
    ],
)
def test_what_lies_on_the_chest_is_a_print(rows: slice, columns: slice, printed: bool) -> None:
    cutout = cutout_of(paint(rows, columns), np.ones((240, 160), np.float32))
    assert find_print(cutout, SWATCHES) == ((SWATCHES[1].hex,) if printed else ())


def test_light_that_fades_on_the_chest_is_no_print() -> None:
    y, x = np.mgrid[:240, :160]
    light = np.exp(-(((y - 100) / 45) ** 2) - ((x - 80) / 35) ** 2)[..., None]
    rgb = (np.array(BLUE) * (1 - light) + np.array(WHITE) * light).astype(np.uint8)
    assert find_print(cutout_of(rgb, np.ones((240, 160), np.float32)), SWATCHES) == ()


def test_many_small_patches_are_strewn() -> None:
    rgb = paint(slice(0, 0))
    for row in range(20, 230, 40):
        for column in range(20, 150, 40):
            rgb[row : row + 12, column : column + 12] = WHITE
    assert place_of(rgb) is Place.STREWN


def test_a_wearers_skin_is_no_pattern() -> None:
    rgb = paint(slice(0, 0))
    for row in range(20, 230, 40):
        for column in range(20, 150, 40):
            rgb[row : row + 12, column : column + 12] = (217, 163, 126)
    cutout = cutout_of(rgb, np.ones((240, 160), np.float32))
    assert find_places(cutout, SWATCHES)[SWATCHES[1].hex] is Place.STREWN
    assert not find_places(cutout, SWATCHES, worn=True)


def test_feet_stand_apart() -> None:
    alpha = np.ones((240, 160), np.float32)
    alpha[150:, 30:130] = 0
    assert place_of(paint(slice(150, 240)), alpha) is Place.FEET


@pytest.mark.parametrize(("widths", "pieces"), [((60,), 1), ((60, 60), 2), ((60, 40, 50), 3), ((100, 8), 1)])
def test_pieces_of_some_size_are_counted_and_scraps_are_not(widths: tuple[int, ...], pieces: int) -> None:
    matte, left = np.zeros((100, 200), np.float32), 0
    for width in widths:
        matte[20:80, left : left + width] = 1
        left += width + 10
    assert count_pieces(matte) == pieces


def test_an_empty_matte_is_one_piece() -> None:
    assert count_pieces(np.zeros((10, 10), np.float32)) == 1

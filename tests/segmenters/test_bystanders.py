from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from photoshoot.pixels.photos import read_photo
from photoshoot.records import AlphaMatte
from photoshoot.segmenters.bystanders import drop_bystanders
from photoshoot.segmenters.cutout import cut_out
from photoshoot.settings import SegmentationSettings
from tests.segmenters.test_cutout import see_color

ALL = (True, True, True, True)


def matte(*parts: tuple[slice, slice]) -> AlphaMatte:
    alpha = np.zeros((120, 160), np.float32)
    for part in parts:
        alpha[part] = 1
    return alpha


PRODUCT = (slice(30, 90), slice(60, 110))
PLANT, FAR = (slice(40, 80), slice(0, 30)), (slice(40, 80), slice(10, 40))


@pytest.mark.parametrize("turns", range(4))
def test_what_a_side_cuts_off_beside_a_whole_product_is_left_out(turns: int) -> None:
    """A plant at a table's end came along with the mug beside it."""
    drawn = np.ascontiguousarray(np.rot90(matte(PRODUCT, PLANT), turns))
    assert np.array_equal(drop_bystanders(drawn, ALL), np.rot90(matte(PRODUCT), turns))


def test_what_may_be_sold_is_kept() -> None:
    pair = matte(PRODUCT, (slice(30, 90), slice(0, 40)))  # nearly as large: the other shoe
    for drawn in (
        matte(PRODUCT),
        matte(PRODUCT, FAR),
        pair,
        matte((slice(30, 90), slice(60, 160)), PLANT),  # the product is cut off itself
        matte(PRODUCT, (slice(60, 61), slice(0, 30))),  # a thread's end
    ):
        assert drop_bystanders(drawn, ALL) is drawn
    cut = matte(PRODUCT, PLANT)
    assert drop_bystanders(cut, (False, True, True, True)) is cut, "the window ends there, not the photo"


@pytest.mark.parametrize("keep", [False, True])
def test_a_note_tells_of_it(keep: bool) -> None:
    rgb = np.full((240, 320, 3), 128, np.uint8)
    for rows, columns in (PRODUCT, PLANT):
        rgb[2 * rows.start : 2 * rows.stop, 2 * columns.start : 2 * columns.stop] = 40, 200, 60
    photo = read_photo(Image.fromarray(rgb))
    cutout = cut_out(photo, see_color, "colour 1", SegmentationSettings(drop_islands=not keep))
    assert bool(cutout.alpha_matte[:, :40].max() > 0.9) is keep
    assert any("left out" in note for note in cutout.notes) is not keep

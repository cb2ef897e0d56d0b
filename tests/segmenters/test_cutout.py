from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PIL import Image

from photoshoot.errors import NoProductFoundError
from photoshoot.pixels.photos import read_photo
from photoshoot.records import AlphaMatte, Edge, Photo
from photoshoot.segmenters.cutout import cut_out
from photoshoot.settings import SegmentationSettings
from tests.segmenters.drawing import Floats, draw_backdrop, draw_matte, iou, take_photo

SIZE = 160
SETTINGS = SegmentationSettings()


def see_color(view: Image.Image) -> Floats:
    """Sees what has a colour: the drawn product is green, backdrops are grey."""
    view = view.resize((max(1, view.width // 2), max(1, view.height // 2)), Image.Resampling.BOX)
    pixels = np.asarray(view, np.float32) / np.float32(255)
    return np.asarray(np.clip(6 * (pixels.max(axis=2) - pixels.min(axis=2)), 0, 1), np.float32)


def ask_no_one(_view: Image.Image) -> Floats:
    raise AssertionError("a photo's own matte needs no network")


def own_matte(matte: AlphaMatte) -> Photo:
    rgb = np.random.default_rng(2).integers(0, 256, (*matte.shape, 3), np.uint8)
    return dataclasses.replace(read_photo(rgb), alpha_matte=matte)


@pytest.mark.parametrize("refine", [False, True])
def test_what_the_network_sees_is_cut_out_at_the_photos_size(refine: bool) -> None:
    true = draw_matte("bottle", SIZE)
    photo = take_photo(true, draw_backdrop("grey", SIZE))
    settings = SegmentationSettings(refine=refine)
    cutout = cut_out(photo, see_color, "colour 1", settings)
    assert cutout.alpha_matte.shape == (SIZE, SIZE)
    assert iou(cutout.alpha_matte, true) > (0.98 if refine else 0.9), "the matte's own pixels are its outline alone"
    core = (true == 1) & (cutout.alpha_matte == 1)
    assert core.sum() > (0.9 if refine else 0.6) * (true == 1).sum(), "the label has little colour"
    assert np.abs(cutout.rgb[core].astype(int) - photo.rgb[core]).max() == 0
    assert (cutout.segmenter, cutout.photo_sha256, cutout.segmentation) == ("colour 1", photo.sha256, settings)
    assert 0.5 < cutout.confidence <= 1


def test_a_tip_that_reaches_the_photos_side_is_not_cut_off_there_and_a_cable_is() -> None:
    matte = np.zeros((300, 400), np.float32)
    matte[100:200, 100:300] = 1
    tip, cable = matte.copy(), matte.copy()
    for column in range(100):  # four rows at the side, twice as many where it is a fiftieth in
        tip[150 - (4 + column // 2) // 2 : 150 + (4 + column // 2 + 1) // 2, column] = 1
    cable[148:153, :100] = 1
    assert tip[:, [0, 8]].sum(axis=0).tolist() == [4, 8]
    for drawn, cut in ((matte, set()), (tip, set()), (cable, {Edge.LEFT})):
        assert cut_out(own_matte(drawn), ask_no_one, "colour 1", SETTINGS).touches == cut
    trimmed, half = own_matte(tip[100:200, :300]), own_matte(tip[92:208, :280])
    assert cut_out(trimmed, ask_no_one, "colour 1", SETTINGS).touches == set()
    assert cut_out(half, ask_no_one, "colour 1", SETTINGS).touches == {Edge.RIGHT}


def test_an_arm_that_ends_in_a_straight_cut_is_cut_off_there_and_so_lies_on_the_pictures_edge() -> None:
    rgb, matte = np.full((120, 100, 3), 255, np.uint8), np.zeros((120, 100), np.float32)
    rgb[5:70, 15:65], matte[5:70, 15:65] = (200, 20, 30), 1
    rgb[70:95, 20:34], matte[70:95, 20:34] = (224, 172, 138), 1
    held = cut_out(dataclasses.replace(read_photo(rgb), alpha_matte=matte), ask_no_one, "none", SETTINGS)
    assert held.touches == {Edge.BOTTOM}
    rounded = matte.copy()
    for row in range(4):
        rounded[94 - row, 20 : 24 - row] = 0
    foot = cut_out(dataclasses.replace(read_photo(rgb), alpha_matte=rounded), ask_no_one, "none", SETTINGS)
    assert foot.touches == set()


@pytest.mark.parametrize(("shape", "cut"), [("bottle", set()), ("cut", {Edge.BOTTOM})])
@pytest.mark.parametrize("turns", range(4))
def test_sides_where_the_photo_ends_in_the_product_are_told(shape: str, cut: set[Edge], turns: int) -> None:
    around = [Edge.BOTTOM, Edge.RIGHT, Edge.TOP, Edge.LEFT]  # a quarter turn to the left takes each to the next
    expected = {around[(around.index(edge) + turns) % 4] for edge in cut}
    matte = np.ascontiguousarray(np.rot90(draw_matte(shape, SIZE), turns))
    assert cut_out(own_matte(matte), ask_no_one, "none", SETTINGS).touches == expected


def test_a_photos_own_matte_is_taken_as_it_is() -> None:
    matte = draw_matte("bottle", SIZE)
    photo = own_matte(matte)
    cutout = cut_out(photo, ask_no_one, "none", SegmentationSettings(drop_soft_shadow=False))
    np.testing.assert_array_equal(cutout.alpha_matte, matte)
    np.testing.assert_array_equal(cutout.rgb, photo.rgb)
    assert (cutout.segmenter, cutout.confidence) == ("alpha", 1.0)


@pytest.mark.parametrize("drop", [False, True])
def test_a_speck_in_its_own_matte_is_dropped_on_request(drop: bool) -> None:
    matte = draw_matte("bottle", SIZE).copy()
    matte[4:6, 4:6] = 1
    cutout = cut_out(own_matte(matte), ask_no_one, "none", SegmentationSettings(drop_islands=drop))
    assert bool(cutout.alpha_matte[4, 4]) is not drop
    assert cutout.alpha_matte[SIZE // 2, SIZE // 2] == 1
    assert (cutout.box.left < 10) is not drop


def test_a_cut_out_trimmed_to_its_product_is_cut_off_nowhere() -> None:
    matte = np.ones((50, 40), np.float32)
    matte[:8, :8] = matte[-8:, -8:] = 0
    assert cut_out(own_matte(matte), ask_no_one, "none", SETTINGS).touches == frozenset()
    matte[:, :2] = 0
    assert cut_out(own_matte(matte), ask_no_one, "none", SETTINGS).touches == {Edge.TOP, Edge.RIGHT, Edge.BOTTOM}


def test_an_alpha_channel_that_hides_nothing_is_no_matte() -> None:
    true = draw_matte("bottle", SIZE)
    photo = take_photo(true, draw_backdrop("white", SIZE))
    opaque = dataclasses.replace(photo, alpha_matte=np.full(true.shape, 0.99, np.float32))
    found = [cut_out(one, see_color, "colour 1", SETTINGS) for one in (photo, opaque)]
    np.testing.assert_array_equal(found[0].alpha_matte, found[1].alpha_matte)
    assert found[1].segmenter == "colour 1"


def test_where_nothing_is_seen_or_not_surely_there_is_no_product() -> None:
    nothing = take_photo(np.zeros((SIZE, SIZE), np.float32), draw_backdrop("white", SIZE))
    with pytest.raises(NoProductFoundError, match=r"confidence 0\.00.*: give a photo"):
        cut_out(nothing, see_color, "colour 1", SegmentationSettings(min_confidence=0))
    photo = take_photo(draw_matte("bottle", SIZE), draw_backdrop("grey", SIZE))
    with pytest.raises(NoProductFoundError, match="at least 1 is needed"):
        cut_out(photo, see_color, "colour 1", SegmentationSettings(min_confidence=1))
    with pytest.raises(NoProductFoundError, match="nothing in the photo is opaque"):
        cut_out(own_matte(np.zeros((40, 40), np.float32)), ask_no_one, "none", SETTINGS)

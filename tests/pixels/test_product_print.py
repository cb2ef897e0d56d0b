from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from photoshoot.color.space import LUMINANCE, bytes_to_linear
from photoshoot.pixels.imaging import light_pixels
from photoshoot.pixels.product_print import Print, find_print
from photoshoot.records import Box, ProductLayer

SIDE = 256
BOX = Box(left=0, top=0, right=SIDE, bottom=SIDE)
CELLS = (48, 48)
RED, WHITE = (190, 30, 40), (235, 235, 230)


def make(picture: Image.Image) -> ProductLayer:
    return ProductLayer(rgb=np.asarray(picture), alpha_matte=np.ones((SIDE, SIDE), np.float32))


def draw_words(ink: tuple[int, int, int] = RED, size_px: int = 22) -> Image.Image:
    picture = Image.new("RGB", (SIDE, SIDE), WHITE)
    ImageDraw.Draw(picture).text((40, 110), "Verdane & Sons", ink, ImageFont.load_default(size_px))
    return picture


PRINTED = find_print(make(draw_words()), BOX, CELLS)


@pytest.mark.parametrize("size_px", [11, 22, 44])
def test_words_are_found_where_they_stand(size_px: int) -> None:
    found = find_print(make(draw_words(size_px=size_px)), BOX, CELLS).blocks > 0
    rows, columns = np.nonzero(found)
    middle = (110 + 0.6 * size_px) / SIDE * CELLS[0]
    assert abs(np.median(rows) - middle) < 2.5
    assert found[int(middle), 9:20].all()
    assert not found[:12].any()
    assert not found[-12:].any()
    assert columns.min() >= 3


def test_what_is_not_print_is_not_taken_for_it() -> None:
    noise = np.random.default_rng(3).normal(120, 40, (SIDE, SIDE, 1)).repeat(3, 2).clip(0, 255).astype(np.uint8)
    edge, stripes = Image.new("RGB", (SIDE, SIDE), WHITE), Image.new("RGB", (SIDE, SIDE), WHITE)
    ImageDraw.Draw(edge).rectangle((0, 0, 130, 90), RED)
    for column in range(0, SIDE, 12):
        ImageDraw.Draw(stripes).rectangle((column, 0, column + 5, SIDE), RED)
    aslant = Image.new("RGB", (SIDE, SIDE), WHITE)
    for column in range(-SIDE, SIDE, 16):
        ImageDraw.Draw(aslant).line((column, SIDE, column + SIDE // 2, 0), RED, 7)
    for picture in (Image.fromarray(noise), edge, stripes, aslant, Image.new("RGB", (SIDE, SIDE), RED)):
        found = find_print(make(picture), BOX, CELLS)
        assert not found.blocks.any()
        slope = np.linspace(-1, 1, CELLS[1], dtype=np.float32)[None, :, None].repeat(CELLS[0], 0)
        np.testing.assert_array_equal(found.even(slope), slope)
        np.testing.assert_array_equal(found.share_of_all(slope), np.ones((*CELLS, 1), np.float32))


def test_light_is_even_along_a_line_and_as_it_was_far_from_it() -> None:
    edge = np.where(np.arange(CELLS[1]) < 16, -1.2, 0.4).astype(np.float32)[None, :, None].repeat(CELLS[0], 0)
    even, printed = PRINTED.even(edge), PRINTED.blocks > 0
    steps = np.abs(np.diff(even[..., 0], axis=1))
    assert steps[printed[:, 1:] & printed[:, :-1]].max() < 0.3  # 1.6 before
    np.testing.assert_allclose(even[:8], edge[:8], atol=0.02)
    assert steps.max() <= 1.61


def contrast(found: Print, stops: np.ndarray) -> float:
    def lightness(rgb: np.ndarray) -> np.ndarray:
        return np.asarray(116 * np.cbrt(bytes_to_linear(rgb) @ LUMINANCE) - 16)

    tones = np.array([RED, WHITE], np.uint8)
    at = tuple(int(np.median(axis)) for axis in np.nonzero(found.blocks))
    lit = light_pixels(tones, np.broadcast_to(stops[at], (2, 3)).astype(np.float32))
    return float(np.ptp(lightness(lit)) / np.ptp(lightness(tones)))


def test_red_words_do_not_vanish_in_red_light() -> None:
    level = np.zeros((*CELLS, 1), np.float32)
    tint = np.broadcast_to(np.array([0.9, -2.2, -2.4], np.float32), (*CELLS, 3))
    assert contrast(PRINTED, level + tint) < 0.55
    share = PRINTED.share_of_tint(level, tint)
    assert contrast(PRINTED, level + share * tint) >= 0.68
    assert share[0, 0] == pytest.approx(1, abs=0.02)


def test_small_words_keep_more_of_their_contrast_than_large_ones() -> None:
    side = 512
    kept, flat = [], []
    for size_px in (7, 40):
        picture = Image.new("RGB", (side, side), WHITE)
        ImageDraw.Draw(picture).text((60, 200), "Verdane & Sons", RED, ImageFont.load_default(size_px))
        layer = ProductLayer(rgb=np.asarray(picture), alpha_matte=np.ones((side, side), np.float32))
        found = find_print(layer, Box(left=0, top=0, right=side, bottom=side), CELLS)
        assert found.kept[1:].size
        kept.append(float(found.kept[1:].max()))
        stops = np.full((*CELLS, 3), -2.4, np.float32)
        assert contrast(found, found.share_of_all(stops) * stops) >= kept[-1] - 0.03
        slope = np.linspace(-1, 1, CELLS[1], dtype=np.float32)[None, :, None].repeat(CELLS[0], 0)
        largest = 1 + int(np.argmax(np.bincount(found.blocks.ravel())[1:]))
        flat.append(float(np.ptp(found.even(slope)[found.blocks == largest])))
    assert kept[0] > kept[1]
    assert flat[0] < 1e-5 < flat[1]


def test_words_are_not_dimmed_until_they_cannot_be_told() -> None:
    stops = np.full((*CELLS, 3), -2.4, np.float32)
    assert contrast(PRINTED, stops) < 0.6
    assert contrast(PRINTED, PRINTED.share_of_all(stops) * stops) >= 0.68

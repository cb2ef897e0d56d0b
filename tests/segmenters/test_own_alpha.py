"""A photo's own transparency is used only where it may be a product's matte, and pages of text are told."""

from __future__ import annotations

import dataclasses

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw

from photoshoot.errors import NoProductFoundError
from photoshoot.pixels.photos import read_photo
from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.doubt import is_mostly_light, is_text_page
from photoshoot.segmenters.own_alpha import is_empty, judge_alpha, unmix_rim
from photoshoot.settings import SegmentationSettings
from tests.segmenters.drawing import draw_backdrop, draw_matte, take_photo

SIDE = 160
MATTE = draw_matte("mug", SIDE)


def one_clear_pixel() -> npt.NDArray[np.float32]:
    matte = np.ones((SIDE, SIDE), np.float32)
    matte[0, 0] = 0
    return matte


@pytest.mark.parametrize(
    ("matte", "reason"),
    [
        (MATTE, None),
        (np.where(MATTE > 0.5, np.float32(0.95), MATTE), None),
        (one_clear_pixel(), "of it is clear"),
        (np.full((SIDE, SIDE), 0.5, np.float32), "of it is clear"),
        (MATTE * np.float32(0.5), "half transparent"),
        (1 - np.pad(np.ones((40, 40), np.float32), 60), "border is clear"),
        (np.random.default_rng(1).integers(0, 2, (SIDE, SIDE)).astype(np.float32), "speckled"),
    ],
)
def test_mattes_are_told_from_stray_transparency(matte: npt.NDArray[np.float32], reason: str | None) -> None:
    told = judge_alpha(matte)
    assert told is None if reason is None else reason in str(told), told


def test_an_implausible_matte_is_cut_out_and_said() -> None:
    photo = take_photo(MATTE, draw_backdrop("white", SIDE))
    stray = read_photo(np.dstack([photo.rgb, np.round(one_clear_pixel() * 255).astype(np.uint8)]))
    cutout = cut_out(stray, lambda _: MATTE, "drawn", SegmentationSettings())
    assert cutout.segmenter == "drawn"
    assert "only 0.00% of it is clear" in cutout.notes[0]
    assert float(np.abs(cutout.alpha_matte - MATTE).mean()) < 0.01


def test_what_was_missing_of_a_photos_file_is_noted() -> None:
    photo = dataclasses.replace(take_photo(MATTE, draw_backdrop("white", SIDE)), missing="nine of its rows")
    cutout = cut_out(photo, lambda _: MATTE, "drawn", SegmentationSettings())
    assert cutout.notes == ("the photo's file is cut short: nine of its rows",)


def test_one_opaque_pixel_is_no_product() -> None:
    matte = np.zeros((SIDE, SIDE), np.float32)
    matte[5, 5] = 1
    assert is_empty(matte)
    photo = read_photo(np.dstack([np.full((SIDE, SIDE, 3), 90, np.uint8), (matte * 255).astype(np.uint8)]))
    with pytest.raises(NoProductFoundError, match="opaque enough"):
        cut_out(photo, lambda _: MATTE, "drawn", SegmentationSettings())


def draw_page() -> Image.Image:
    page = Image.new("RGB", (700, 900), (250, 249, 245))
    draw = ImageDraw.Draw(page)
    words = "we write to tell you that the order of last week has left the house and is on its way to you now "
    for line in range(26):
        draw.text((50, 50 + 30 * line), (words[line:] + words)[:88], fill=(30, 30, 35))
    return page.resize((1050, 1350), Image.Resampling.BICUBIC)


def test_a_page_is_light_as_its_median_is() -> None:
    rng = np.random.default_rng(3)
    drawn = [rng.integers(low, high, (5, 7 + i), np.uint8) for i, (low, high) in enumerate([(0, 255), (120, 136)] * 20)]
    halves = [np.repeat(np.array(pair, np.uint8), 8)[None] for pair in ((0, 255), (1, 255), (0, 254), (127, 128))]
    for gray in drawn + halves:
        assert is_mostly_light(Image.fromarray(gray)) == (np.median(gray / 255) > 0.5)


def test_a_page_of_text_is_refused_or_noted(caplog: pytest.LogCaptureFixture) -> None:
    page = draw_page()
    assert is_text_page(page)
    assert not is_text_page(Image.fromarray(take_photo(MATTE, draw_backdrop("wood", SIDE)).rgb))
    with pytest.raises(NoProductFoundError, match="page of text"):
        cut_out(read_photo(page), lambda _: MATTE, "drawn", SegmentationSettings())
    cutout = cut_out(read_photo(page), lambda _: MATTE, "drawn", SegmentationSettings(text_page="warn"))
    assert cutout.notes == ("the photo looks like a page of text",)
    assert "page of text" in caplog.text


def test_a_bottle_on_a_dotted_sheet_is_no_page_of_text() -> None:
    sheet = Image.new("RGB", (900, 900), (236, 236, 232))
    draw = ImageDraw.Draw(sheet)
    for y in range(20, 900, 50):
        for x in range(20, 900, 48):
            size = 18 + y // 120  # nearer ones are larger
            draw.ellipse((x, y, x + size, y + size), fill=(70, 90, 150))
    draw.rectangle((420, 400, 470, 560), fill=(30, 120, 50))
    assert not is_text_page(sheet)


def _rimmed(backdrop: float, side: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """A matte, a product's colours, and the same as software saves them that leaves a backdrop in the rim."""
    large = Image.fromarray((draw_matte("mug", 4 * side) * 255).astype(np.uint8))
    matte = np.asarray(large.resize((side, side), Image.Resampling.BOX), np.float32) / np.float32(255)
    shade = np.linspace(0.15, 0.4, side, dtype=np.float32)[:, None, None]
    product = np.broadcast_to(shade * np.array([0.7, 0.6, 1.0], np.float32), (side, side, 3))
    seen = matte[..., None] * product + (1 - matte[..., None]) * backdrop
    return matte, np.round(product * 255).astype(np.uint8), np.round(seen * 255).astype(np.uint8)


@pytest.mark.parametrize("side", [120, 400, 1100])
@pytest.mark.parametrize("backdrop", [1.0, 0.75])
def test_a_rim_loses_the_backdrop_it_was_saved_with(backdrop: float, side: int) -> None:
    matte, product, seen = _rimmed(backdrop, side)
    rim, solid = (matte > 0.2) & (matte < 0.95), matte > 0.98
    before = np.abs(seen[rim].astype(float) - product[rim]).mean()
    after = np.abs(unmix_rim(seen, matte)[rim].astype(float) - product[rim]).mean()
    assert after < 0.15 * before
    np.testing.assert_array_equal(unmix_rim(seen, matte)[solid], seen[solid])


def test_a_clean_rim_keeps_its_colours() -> None:
    matte, product, _ = _rimmed(1.0, 300)
    noisy = np.clip(product + np.random.default_rng(3).normal(0, 8, product.shape), 0, 255).astype(np.uint8)
    edged = np.where(
        (matte < 0.99)[..., None], np.array([200, 40, 30], np.uint8), product
    )  # a red line that is the mug's own
    for rim in (noisy, edged):
        np.testing.assert_array_equal(unmix_rim(rim, matte), rim)


def test_a_ready_cutout_is_used_without_its_pale_rim() -> None:
    matte, product, seen = _rimmed(1.0, 300)
    photo = read_photo(np.dstack([seen, np.round(matte * 255).astype(np.uint8)]))
    cutout = cut_out(photo, lambda _: MATTE, "drawn", SegmentationSettings())
    assert cutout.segmenter == "alpha"
    rim = (matte > 0.3) & (matte < 0.9)
    assert np.abs(cutout.rgb[rim].astype(float) - product[rim]).mean() < 12

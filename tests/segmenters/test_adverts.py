"""Photos with words beside their product."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from photoshoot import Cutout, Product
from photoshoot.pixels.photos import read_photo
from photoshoot.segmenters.adverts import doubt_advert
from photoshoot.segmenters.cutout import cut_out
from photoshoot.settings import SegmentationSettings
from tests.segmenters.test_cutout import see_color

BOX = (300, 300, 620, 860)


def draw(words: str, at: tuple[int, int], size_px: int) -> Image.Image:
    """A green box, and words somewhere, light on dark."""
    picture = Image.new("RGB", (900, 1000), (90, 90, 90))
    pen = ImageDraw.Draw(picture)
    pen.rectangle(BOX, (30, 140, 60))
    pen.text(at, words, (245, 245, 245), ImageFont.load_default(size_px), anchor="mm")
    return picture


@pytest.fixture
def sure(bottle: Product) -> tuple[Cutout, np.ndarray]:
    """The box, cut out surely, and its matte."""
    alpha = Image.new("L", (900, 1000))
    ImageDraw.Draw(alpha).rectangle(BOX, 255)
    matte = np.asarray(alpha, np.float32) / 255
    return replace(bottle.cutout, confidence=0.95, notes=()), matte


def test_a_headline_beside_the_product_leaves_little_confidence(sure: tuple[Cutout, np.ndarray]) -> None:
    cutout, alpha = sure
    told = doubt_advert(cutout, draw("MUSIC ROBOT", (450, 120), 110), alpha)
    assert told.confidence <= 0.4
    assert "advert" in told.notes[0]
    unsure = replace(cutout, confidence=0.2)
    assert doubt_advert(unsure, draw("MUSIC ROBOT", (450, 120), 110), alpha).confidence == 0.2


@pytest.mark.parametrize(("words", "at", "size_px"), [("GREEN TEA", (460, 500), 50), ("No. 5", (450, 120), 110)])
def test_print_on_the_product_and_a_short_sign_do_not(
    sure: tuple[Cutout, np.ndarray], words: str, at: tuple[int, int], size_px: int
) -> None:
    cutout, alpha = sure
    assert doubt_advert(cutout, draw(words, at, size_px), alpha) is cutout


def test_an_advert_is_cut_out_and_says_so() -> None:
    photo = read_photo(draw("MUSIC ROBOT", (450, 120), 110))
    found = cut_out(photo, see_color, "test", SegmentationSettings())
    assert any("advert" in note for note in found.notes)
    assert found.confidence <= 0.4

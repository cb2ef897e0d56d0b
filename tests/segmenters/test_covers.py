"""Photos that are a book's cover from side to side."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from photoshoot.captioners.efficientnet import EfficientNetCaptioner
from photoshoot.pixels.photos import read_photo
from photoshoot.records import Category
from photoshoot.segmenters.covers import shows_cover
from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.lettering import count_letters_beside, find_lettering
from photoshoot.settings import SegmentationSettings
from tests.segmenters.test_cutout import see_color

SIZE = (400, 600)
JACKET = 921  # ImageNet's class of book jackets
FIGURE = (130, 230, 270, 470)
WORDS = ("A HISTORY OF", "GREEN GLASS", "Margaret Holloway")


def draw_cover(size: tuple[int, int] = SIZE, words: tuple[str, str, str] = WORDS) -> Image.Image:
    """A grey cover with a title, an author and a green figure."""
    cover = Image.new("RGB", size, (226, 226, 226))
    pen = ImageDraw.Draw(cover)
    pen.rectangle((16, 16, size[0] - 17, size[1] - 17), outline=(60, 60, 60), width=3)
    for row, (text, height) in enumerate(zip(words, (40, 44, 26), strict=True)):
        y = (60, 115, size[1] - 80)[row]
        pen.text((size[0] / 2, y), text, (30, 30, 30), ImageFont.load_default(height), anchor="mt")
    pen.ellipse(FIGURE, (30, 140, 60))
    return cover


@pytest.fixture
def looks_like_a_jacket(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Says what the classifier makes of whole photos: it takes no drawing for a cover."""

    class Classifier:
        def __init__(self, jacket: float) -> None:
            self._jacket = jacket

        def classify(self, views: list[Image.Image]) -> np.ndarray:
            assert views
            return np.where(np.arange(1000) == JACKET, self._jacket, (1 - self._jacket) / 999).astype(np.float32)

    def look(jacket: float) -> None:
        monkeypatch.setattr("photoshoot.segmenters.covers.load_classifier", lambda _device: Classifier(jacket))

    look(0.3)
    return look


def figure_alone() -> np.ndarray:
    alpha = Image.new("L", SIZE)
    ImageDraw.Draw(alpha).ellipse(FIGURE, 255)
    return np.asarray(alpha, np.float32) / 255


@pytest.mark.parametrize("inverted", [False, True])
def test_letters_are_found_where_they_stand_dark_or_light(inverted: bool) -> None:
    cover = draw_cover()
    lines = find_lettering(Image.eval(cover, lambda value: 255 - value) if inverted else cover)
    assert sum(line.letters for line in lines if line.middle[1] < 0.3) >= 10
    assert any(line.middle[1] > 0.8 for line in lines)
    assert not any(0.35 < line.middle[1] < 0.8 for line in lines)


def test_tiles_teeth_and_leaves_are_no_letters() -> None:
    teeth = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(teeth)
    for x in range(20, 380, 16):
        pen.rectangle((x, 100, x + 6, 124), "black")
    leaves = np.random.default_rng(3).integers(0, 256, (100, 66, 3), np.uint8)
    assert find_lettering(teeth) == []
    assert sum(line.letters for line in find_lettering(Image.fromarray(leaves).resize(SIZE))) < 8


def test_letters_on_what_was_cut_out_do_not_count() -> None:
    cover = draw_cover()
    assert count_letters_beside(cover, figure_alone()) == count_letters_beside(cover, None) > 10
    assert count_letters_beside(cover, np.ones(cover.size[::-1], np.float32)) == 0


def test_a_cover_is_told_by_its_proportions_its_look_and_its_letters(
    looks_like_a_jacket: Callable[[float], None],
) -> None:
    assert shows_cover(draw_cover(), figure_alone())
    assert not shows_cover(draw_cover((400, 500)), None), "an advert's proportions"
    assert not shows_cover(draw_cover(words=("", "", "")), figure_alone()), "nothing is written on it"
    assert not shows_cover(draw_cover(), np.ones(SIZE[::-1], np.float32)), "it was cut out with its title"
    looks_like_a_jacket(0.005)
    assert not shows_cover(draw_cover(), figure_alone()), "it looks like something else"


@pytest.mark.usefixtures("looks_like_a_jacket")
def test_all_of_a_cover_is_the_product_unless_a_part_is_selected() -> None:
    photo = read_photo(np.asarray(draw_cover()))
    whole = cut_out(photo, see_color, "colour 1", SegmentationSettings())
    assert (whole.alpha_matte == 1).all()
    assert (whole.rgb == photo.rgb).all()
    assert not whole.touches, "it is a book, cut off nowhere"
    assert any("cover" in note for note in whole.notes)
    part = cut_out(photo, see_color, "colour 1", SegmentationSettings(select="largest"))
    assert part.box.height < 260


@pytest.mark.usefixtures("looks_like_a_jacket")
@pytest.mark.parametrize(("left", "whole"), [(0, True), (30, False)])
def test_what_holds_all_letters_is_part_of_a_cover_where_the_photos_side_cuts_it(left: int, whole: bool) -> None:
    plain = Image.new("RGB", SIZE, (226, 226, 226))
    pen = ImageDraw.Draw(plain)
    pen.rectangle((left, 60, 370, 330), (30, 140, 60))
    pen.text((200, 120), "A HISTORY OF", (5, 25, 10), ImageFont.load_default(40), anchor="mt")
    cutout = cut_out(read_photo(np.asarray(plain)), see_color, "colour 1", SegmentationSettings())
    assert bool((cutout.alpha_matte == 1).all()) is whole


@pytest.mark.usefixtures("looks_like_a_jacket")
def test_a_cover_on_which_nothing_stands_out_is_no_error() -> None:
    grey = draw_cover().convert("L").convert("RGB")
    assert (cut_out(read_photo(np.asarray(grey)), see_color, "colour 1", SegmentationSettings()).alpha_matte == 1).all()


@pytest.mark.usefixtures("looks_like_a_jacket")
def test_a_cover_is_called_a_book_whatever_is_printed_on_it() -> None:
    whole = cut_out(read_photo(np.asarray(draw_cover())), see_color, "colour 1", SegmentationSettings())
    (product,) = EfficientNetCaptioner("cpu").describe([whole])
    assert (product.name, product.category) == ("book", Category.BOOK)

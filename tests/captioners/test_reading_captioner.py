from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

from photoshoot.captioners.product_words import ProductWords
from photoshoot.captioners.reading_captioner import ReadingCaptioner, choose_titles
from photoshoot.records.product import Cutout, Product
from photoshoot.vision.printed_text import PrintedLine, PrintedTextReader
from tests.making import draw_cutout, make_product


def line(text: str, height: float, x: float = 0, y: float = 0, score: float = 0.97) -> PrintedLine:
    return PrintedLine(text=text, score=score, corners=((x, y), (x + 50, y), (x + 50, y + height), (x, y + height)))


class Reads:
    """A reader that always finds the same lines."""

    def __init__(self, *lines: PrintedLine) -> None:
        self.lines = lines

    def read(self, picture: npt.NDArray[np.uint8], least_letters: int = 3) -> tuple[PrintedLine, ...]:
        assert picture.ndim == 3
        assert least_letters == 1, "quantities are short"
        return self.lines


class Calls:
    """A captioner that gives one answer."""

    def __init__(self, name: str) -> None:
        self.name = name

    def describe(self, cutouts: Sequence[Cutout]) -> list[Product]:
        del cutouts
        product = make_product()
        texts = {
            "description": "A grey thing.",
            "alt_text": "Grey thing",
            "long_description": "A grey thing. It is 2.5 cm.",
        }
        return [Product(**{**vars(product), **texts, "name": self.name})]


def describe(name: str, *lines: PrintedLine) -> Product:
    reader = cast("PrintedTextReader", Reads(*lines))
    return ReadingCaptioner(Calls(name), ProductWords(reader)).describe([draw_cutout()])[0]


def test_the_tallest_lines_are_titles_and_a_lone_word_is_the_brand() -> None:
    lines = [line("INSTAMATIC 133", 36), line("Kodak", 35), line("Made in Germany", 34), line("Lens 38 mm", 30)]
    assert [found.text for found in choose_titles(lines)] == ["Kodak", "INSTAMATIC 133"]
    assert [found.text for found in choose_titles([line("Nikon", 40), line("fine print here", 12)])] == ["Nikon"]
    assert [found.text for found in choose_titles([line("SONY", 30), line("Sony Lens G", 29)])] == ["SONY"]
    assert choose_titles([line("one two three four five", 30)]) == []
    assert choose_titles([]) == []


def test_brand_and_title_enter_name_and_texts_and_say_why() -> None:
    cutout = make_product().cutout
    x, y = (cutout.box.width - 50) / 2, cutout.box.height / 2
    found = describe("camera", line("KODAK", 30, x, y), line("Instamatic 133", 28, x, y))
    assert found.name == "Kodak Instamatic 133 camera"
    assert found.description == "A grey thing, marked “KODAK” and “Instamatic 133”."
    assert found.long_description == "A grey thing, marked “KODAK” and “Instamatic 133”. It is 2.5 cm."
    assert found.alt_text == "Grey thing, marked “KODAK” and “Instamatic 133”"
    assert [fact.words for fact in found.evidence][-2:] == ["KODAK", "Instamatic 133"]
    assert "read on the product" in found.evidence[-1].source
    assert describe("product", line("KODAK", 30, x, y)).name == "Kodak"
    assert describe("kodak camera", line("KODAK", 30, x, y)).name == "Kodak camera"


def test_what_stands_beside_the_product_is_not_read() -> None:
    assert describe("camera", line("POSTER", 30, -40, -20)).name == "camera"
    assert describe("camera").description == "A grey thing."


def test_titles_of_one_height_are_said_from_top_to_bottom_and_upright_ones_not() -> None:
    lines = [line("OPEN", 41, y=80), line("TRULY", 40, y=20), line("v1.0.0", 38)]
    assert [found.text for found in choose_titles(lines)] == ["TRULY", "OPEN"]
    assert choose_titles([line("comi", 200)]) == []
    tilted = [
        PrintedLine(text="BOOK", score=1, corners=((206, 394), (282, 464), (255, 494), (177, 424))),
        PrintedLine(text="SMASHING", score=1, corners=((235, 369), (405, 521), (367, 563), (197, 410))),
    ]
    assert [found.text for found in choose_titles(tilted)] == ["SMASHING", "BOOK"]


def test_a_cutout_is_read_once_whoever_asks() -> None:
    reader = Reads(line("KODAK", 30, 40, 80))
    words = ProductWords(cast("PrintedTextReader", reader))
    first = words.read(draw_cutout())
    reader.lines = ()
    assert [found.text for found in first] == ["KODAK"]
    assert words.read(draw_cutout()) == first
    assert not words.read(draw_cutout(shape="ring"))


def test_short_lines_are_no_titles() -> None:
    cutout = make_product().cutout
    x, y = (cutout.box.width - 50) / 2, cutout.box.height / 2
    assert describe("mug", line("ml", 20, x, y)).name == "mug"


def test_small_print_cut_off_lines_and_what_a_screen_shows_are_no_marks() -> None:
    cutout = make_product().cutout
    x, y = (cutout.box.width - 50) / 2, cutout.box.height / 2
    assert describe("phone", line("Weather", 20, x, y)).name == "phone"
    assert describe("mug", line("Weather", 20, x, y)).name == "Weather mug"
    assert describe("mug", line("thub", 20, -1, y)).name == "mug"
    assert describe("mug", line("tiny print", 1, x, y)).name == "mug"

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from photoshoot.captioners.nouns import Naming, NounTree
from photoshoot.captioners.printed_kinds import PrintedKinds, PrintedNaming, fold
from photoshoot.captioners.silhouette import Silhouette
from photoshoot.files import find_data
from photoshoot.framing.product_sizes import find_noun, load_nouns
from photoshoot.records import Category
from photoshoot.settings import SizeClass
from photoshoot.vision.printed_text import PrintedLine, PrintedTextReader
from tests.sweeps import sampled

TREE, KINDS = NounTree.load(), PrintedKinds.load()
TABLE = tomllib.loads((find_data("weights") / "printed_kinds.toml").read_text(encoding="utf-8"))
BOTTLE = Silhouette(aspect=0.35, fill=0.8, symmetry=1, head=0.12, holes=0, arch=0)
BOX = Silhouette(aspect=0.7, fill=0.99, symmetry=1, head=0, holes=0, arch=0)
LUMP = Silhouette(aspect=1, fill=0.7, symmetry=0.8, head=0.4, holes=0, arch=0)
SIDE = 400


def line(text: str, height: float = 30, y: float = 100, x: float = 50) -> PrintedLine:
    wide = height * 0.6 * len(text)
    return PrintedLine(text=text, score=1, corners=((x, y), (x + wide, y), (x + wide, y + height), (x, y + height)))


def naming(noun: str, confidence: float = 0.8) -> Naming:
    return Naming(noun=TREE.nouns[noun], category=TREE.nouns[noun].category, confidence=confidence)


def narrow(noun: str, *lines: PrintedLine, outline: Silhouette = BOTTLE, sure: float = 0.8) -> PrintedNaming | None:
    return KINDS.narrow(naming(noun, sure), outline, lines, SIDE, TREE)


def name(noun: str, *lines: PrintedLine, outline: Silhouette = BOTTLE) -> str | None:
    found = narrow(noun, *lines, outline=outline)
    return None if found is None else found.naming.noun.name


def test_a_bottle_that_says_shampoo_is_a_shampoo_bottle() -> None:
    found = narrow("bottle", line("LUMA", 40), line("SHAMPOO", 30, y=160))
    assert found is not None
    assert (found.naming.noun.name, found.naming.category) == ("shampoo bottle", Category.BEAUTY)
    assert found.naming.confidence >= 0.9
    assert found.line.text == "SHAMPOO"


@pytest.mark.parametrize(
    ("words", "noun", "expected"),
    [
        (("CRÈME", "DE", "NUIT"), "container", "face cream jar"),
        (("EAU DE", "PARFUM"), "bottle", "perfume bottle"),
        (("Olivenöl",), "bottle", "olive oil bottle"),
        (("Bergkaffee",), "packet", "coffee packet"),
        (("SHAMPO0",), "bottle", "shampoo bottle"),
        (("Champú",), "bottle", "shampoo bottle"),
        (("Szampon łagodny",), "bottle", "shampoo bottle"),
        (("HONEY", "SHAMPOO"), "bottle", "shampoo bottle"),
        (("cookies",), "box", "cookie box"),
        (("MERLOT",), "bottle", "wine bottle"),
        (("Vin",), "wine bottle", "wine bottle"),
        (("Green Tea",), "box", "tea box"),
    ],
)
def test_words_of_many_languages_tell_what_is_in_it(words: tuple[str, ...], noun: str, expected: str) -> None:
    lines = [line(word, y=40 + 40 * row) for row, word in enumerate(words)]
    assert name(noun, *lines) == expected


def test_words_side_by_side_are_one_phrase() -> None:
    assert name("bottle", line("OIL", x=160), line("OLIVE", x=50, y=104)) == "olive oil bottle"


def test_the_outline_tells_the_form_where_no_noun_does_and_else_it_is_a_pack() -> None:
    assert name("product", line("SHAMPOO")) == "shampoo bottle"
    assert name("product", line("Granola"), outline=BOX) == "cereal box"
    assert name("product", line("whole beans"), line("COFFEE"), outline=BOX) == "coffee", "a can has this outline, too"
    found = narrow("product", line("SHAMPOO"), outline=LUMP, sure=0.0)
    assert found is not None
    assert (found.naming.noun.name, found.naming.noun.said) == ("shampoo", "pack of shampoo")
    assert found.naming.noun.parent is not None


def test_what_other_things_say_too_needs_a_package_or_a_quantity() -> None:
    assert name("product", line("COFFEE"), outline=BOX) is None
    assert name("product", line("COFFEE"), line("250 g", 10), outline=BOX) == "coffee"
    assert name("product", line("COFFEE"), line("100% arabica", 12), outline=BOX) == "coffee"
    assert name("packet", line("COFFEE"), outline=BOX) == "coffee packet"


def test_small_print_and_names_tell_nothing() -> None:
    assert name("bottle", line("shampoo", 5)) is None
    assert name("bottle", line("honey", 10)) is None
    assert name("bottle", line("TEABRIDGE"), line("STEAM")) is None
    assert name("bottle") is None


def test_letters_of_like_size_go_by_the_table_and_larger_ones_first() -> None:
    assert name("box", line("Chocolate", 40), line("with honey", 30, y=160)) == "chocolate box"
    assert name("box", line("CHOCOLATE", 50), line("body scrub", 15, y=160)) == "chocolate box"


@pytest.mark.parametrize(
    "noun", ["t-shirt", "book", "mug", "handbag", "sneakers", "chair", "phone", "cushion", "glass"]
)
def test_printed_things_stay_what_they_are(noun: str) -> None:
    assert not KINDS.may_be_package(naming(noun, 0.2), BOX, TREE)


def test_only_packages_and_what_is_in_doubt_are_read() -> None:
    assert KINDS.may_be_package(naming("bottle", 0.9), LUMP, TREE)
    assert KINDS.may_be_package(naming("product", 0.0), BOX, TREE)
    assert KINDS.may_be_package(naming("hook", 0.3), BOX, TREE)
    assert not KINDS.may_be_package(naming("hook", 0.7), BOX, TREE)
    assert not KINDS.may_be_package(naming("product", 0.0), replace(BOX, holes=4), TREE)
    assert not KINDS.may_be_package(naming("product", 0.0), replace(BOX, elongation=12), TREE)
    assert not KINDS.may_be_package(naming("product", 0.0), replace(BOX, skin=0.4), TREE)


def test_every_word_is_found_as_its_kind_and_stands_once() -> None:
    words: dict[str, str] = {}
    for kind, data in TABLE["kinds"].items():
        for word in map(fold, data["words"]):
            assert words.setdefault(word, kind) == kind, word
    for kind, data in TABLE["kinds"].items():
        for word in data["words"]:
            found = narrow("bottle", line(word))
            assert found is not None, word
            assert found.naming.category is Category(data["category"]), (kind, word)


def test_every_name_stands_on_a_table() -> None:
    """A coffee packet is no bag that is worn, and a dog food can no dog."""
    for kind, data in TABLE["kinds"].items():
        assert set(data["forms"]) <= TABLE["forms"].keys()
        for form in data["forms"]:
            noun = find_noun(f"{kind} {form}")
            assert noun is not None, (kind, form)
            assert load_nouns()[noun][0] in (SizeClass.TABLE_TOP, SizeClass.HAND_HELD), noun


def draw_label(rows: Sequence[tuple[str, int]], turn: float = 0.0, longer: int = 480) -> np.ndarray:
    """A bottle's front with rows of (words, letters' height in px)."""
    image = Image.new("RGB", (longer * 5 // 8, longer), (236, 214, 190))
    pen, y = ImageDraw.Draw(image), longer // 4
    for text, height in rows:
        font = ImageFont.load_default(height)
        pen.text((image.width / 2, y), text, (60, 20, 30), font=font, anchor="mt")
        y += int(1.6 * height)
    return np.asarray(image.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255)))


@pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="rapidocr (extra ocr) is not installed")
def test_labels_are_read_at_several_sizes_and_turns() -> None:
    reader = PrintedTextReader(480)
    luma = [("LUMA", 40), ("Repair", 26), ("SHAMPOO", 34), ("250 ml", 18)]
    night = [("Crème de nuit", 30), ("50 ml", 18)]
    beans = [("ALTA", 44), ("Kaffeebohnen", 30), ("500 g", 22)]
    cases = [
        *((luma, turn, 480, "shampoo bottle") for turn in (0, -20, 90)),
        (luma, 8, 1200, "shampoo bottle"),
        (night, 0, 480, "face cream bottle"),
        (night, 12, 900, "face cream bottle"),
        (beans, -6, 480, "coffee bottle"),
    ]
    for rows, turn, longer, expected in sampled(cases, lambda case: (case[1] != 0, case[2] > 480)):
        scaled = [(text, height * longer // 480) for text, height in rows]
        picture = draw_label(scaled, turn, longer)
        found = KINDS.narrow(naming("bottle"), BOTTLE, reader.read(picture, least_letters=1), longer, TREE)
        assert found is not None, (rows, turn, longer)
        assert found.naming.noun.name == expected

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from photoshoot.captioners.color_places import Place
from photoshoot.captioners.descriptions import ALT_TEXT, write_texts
from photoshoot.captioners.look import Look
from photoshoot.captioners.nouns import NounTree
from photoshoot.captioners.silhouette import Silhouette
from photoshoot.captioners.surfaces import Finish
from photoshoot.color.palette import name_color
from photoshoot.records import Swatch

NOUNS = NounTree.load().nouns
SHAPE = Silhouette(aspect=1.3, fill=0.7, symmetry=0.9, head=0, holes=0, arch=0)


THIN = dataclasses.replace(SHAPE, elongation=8.0)
LEAFY = dataclasses.replace(SHAPE, leaves=0.6)


def paints(*parts: tuple[str, float]) -> tuple[Swatch, ...]:
    return tuple(Swatch(hex=color, name=name_color(color), share=share) for color, share in parts)


def look(
    palette: tuple[Swatch, ...], finish: Finish = Finish.PLAIN, shape: Silhouette = SHAPE, worn: bool = False
) -> Look:
    return Look(colors=palette, finish=finish, silhouette=shape, worn=worn)


def placed(body: tuple[str, float], other: tuple[str, float], place: Place) -> Look:
    return dataclasses.replace(look(paints(body, other)), places={other[0]: place})


def printed(*parts: tuple[str, float]) -> Look:
    return dataclasses.replace(look(paints(*parts)), prints=tuple(color for color, _ in parts[1:]))


GREEN, WHITE, BLUE, ORANGE, CHARCOAL = "#2f9e4c", "#f8f8f7", "#1f5fd6", "#f28020", "#36383c"


@pytest.mark.parametrize(
    ("noun", "seen", "sentence"),
    [
        (
            "bottle",
            look(paints((GREEN, 0.6), (WHITE, 0.4)), Finish.GLOSSY),
            "A green and white bottle with a glossy finish.",
        ),
        ("sunglasses", look(paints((BLUE, 0.7), (WHITE, 0.3))), "Blue and white sunglasses."),
        ("umbrella", look(paints((ORANGE, 1.0))), "An orange umbrella."),
        ("umbrella", look(paints((ORANGE, 0.52), (BLUE, 0.48))), "A blue and orange umbrella."),
        ("sunglasses", look(paints((ORANGE, 0.52), (BLUE, 0.48))), "Blue and orange sunglasses."),
        (
            "umbrella",
            look(paints((ORANGE, 0.4), (BLUE, 0.3), (GREEN, 0.2), (WHITE, 0.1))),
            "A multicoloured umbrella in orange, blue, green and white.",
        ),
        ("trumpet", look(paints(("#c8b88a", 0.8), (WHITE, 0.2))), "A gold trumpet."),
        ("flute", look(paints(("#c8b88a", 1.0))), "A beige flute."),
        ("skirt", placed((BLUE, 0.9), (WHITE, 0.1), Place.STREWN), "A blue patterned skirt."),
        (
            "skirt",
            dataclasses.replace(placed((BLUE, 0.9), (WHITE, 0.1), Place.STREWN), worn=True),
            "A blue patterned skirt, shown on a person.",
        ),
        ("t-shirt", look(paints((BLUE, 1.0))), "A plain blue t-shirt."),
        ("t-shirt", look(paints((BLUE, 0.99), (WHITE, 0.01))), "A blue t-shirt."),
        ("camera", look(paints((CHARCOAL, 0.7), ("#111111", 0.3))), "A black camera."),
        ("plant pot", look(paints(("#cb8531", 1.0))), "A mustard plant pot."),
        ("shoes", placed((BLUE, 0.8), (WHITE, 0.2), Place.BOTTOM), "Blue shoes with white soles."),
        ("bottle", placed((GREEN, 0.9), (ORANGE, 0.1), Place.TOP), "A green bottle with an orange cap."),
        ("vase", placed((GREEN, 0.7), (WHITE, 0.3), Place.BOTTOM), "A green vase with a white base."),
        ("table", placed((WHITE, 0.7), (BLUE, 0.3), Place.FEET), "A white table with blue legs."),
        ("hat", placed((BLUE, 0.9), (ORANGE, 0.1), Place.MIDDLE), "A blue hat with an orange mark in the middle."),
        ("vase", placed((GREEN, 0.7), (WHITE, 0.3), Place.STREWN), "A green and white vase."),
        ("t-shirt", look(paints((WHITE, 0.96), (BLUE, 0.04))), "A white t-shirt with blue details."),
        (
            "shoes",
            look(paints((WHITE, 0.96), (BLUE, 0.04)), Finish.PATTERNED),
            "White patterned shoes with blue details.",
        ),
        ("camera", look(paints((CHARCOAL, 0.9), (WHITE, 0.1)), Finish.PATTERNED), "A black camera."),
        ("furniture", look(paints((ORANGE, 1.0))), "An orange piece of furniture."),
        ("headwear", look(paints((BLUE, 1.0))), "A plain blue piece of headwear."),
        ("garment", look(paints((BLUE, 1.0)), worn=True), "A blue garment, shown on a person."),
        ("hat", look(paints((CHARCOAL, 0.5), ("#111111", 0.5))), "A plain black hat."),
        ("product", look(()), "An item."),
        ("product", look(paints((BLUE, 0.9), (ORANGE, 0.1))), "A blue item with orange details."),
        ("box", look(paints(("#5082b6", 1.0))), "A blue box."),
        ("chair", look(paints(("#b19a87", 1.0))), "A beige chair."),
        ("hammer", look(paints(("#d45d60", 1.0))), "A red hammer."),
        ("phone", look(paints((BLUE, 0.5), (ORANGE, 0.5))), "A phone."),
        ("phone", look(paints((CHARCOAL, 0.5), (ORANGE, 0.5))), "A black phone."),
        ("vase", look(paints(("#b88a56", 0.6), ("#56708f", 0.4))), "A light brown and blue-grey vase."),
        ("camera", look(paints(("#b88a56", 0.6), ("#8c8e90", 0.4))), "A light brown camera."),
        ("laptop", look(paints(("#b88a56", 0.6), ("#56708f", 0.4))), "A light brown laptop."),
        ("hat", look(paints(("#b88a56", 0.6), ("#56708f", 0.4))), "A camel and slate blue hat."),
        ("laptop", look(paints(("#c9cbcd", 0.5), ("#555759", 0.45), (BLUE, 0.05))), "A grey laptop."),
        ("uniform", look(()), "A uniform."),
        ("mug", look(paints(("#453f63", 1.0))), "A dark purple mug."),
        ("t-shirt", look(paints((WHITE, 0.7), ("#3f4368", 0.3))), "A white and navy blue t-shirt."),
        ("chair", look(paints(("#849ab2", 1.0))), "A blue-grey chair."),
        ("bottle", look(paints(("#d4e7f5", 1.0))), "A pale blue bottle."),
        ("camera", look(paints(("#2a2b3f", 1.0))), "A black camera."),
        ("watch", look(paints(("#afa17e", 1.0))), "A gold watch."),
        ("watch", look(paints(("#8f6542", 1.0))), "A brown watch."),
        ("backpack", look(paints((CHARCOAL, 0.6), ("#e7bfda", 0.4))), "A black and pink backpack."),
        ("garment", look(paints((BLUE, 0.7), (CHARCOAL, 0.3)), worn=True), "A blue garment, shown on a person."),
        ("beanie", dataclasses.replace(look(paints((BLUE, 1.0))), knitted=True), "A blue knitted beanie."),
        ("bottle", dataclasses.replace(look(paints((BLUE, 1.0))), knitted=True), "A blue bottle."),
        ("product", look(paints((BLUE, 1.0)), shape=THIN), "A long, slim blue item."),
        ("potted plant", look(paints((GREEN, 0.7), (ORANGE, 0.3)), shape=LEAFY), "A potted plant with green leaves."),
        ("t-shirt", printed((BLUE, 0.9), (WHITE, 0.1)), "A blue t-shirt with a white print."),
        (
            "t-shirt",
            printed((ORANGE, 0.8), ("#111111", 0.17), (WHITE, 0.03)),
            "An orange t-shirt with a black and white print.",
        ),
        (
            "t-shirt",
            printed((WHITE, 0.8), (BLUE, 0.1), (GREEN, 0.05), (ORANGE, 0.05)),
            "A white t-shirt with a multicoloured print.",
        ),
        ("t-shirt", dataclasses.replace(look(paints((BLUE, 1.0))), texture=0.4), "A blue t-shirt."),
        ("dessert", look(paints(("#f9a8a0", 1.0))), "A pale orange dessert."),
        ("dress", look(paints(("#f9a8a0", 1.0))), "A plain peach dress."),
        ("orange", look(paints((ORANGE, 0.6), ("#615549", 0.4))), "An orange."),
        ("apple", look(paints(("#d2202f", 0.7), ("#615549", 0.25), ("#fce45f", 0.05))), "A red apple."),
        ("shoes", look(paints(("#5f3d3f", 0.94), ("#0a070a", 0.06))), "Burgundy shoes."),
        ("t-shirt", look(paints(("#f64601", 1.0))), "A plain orange t-shirt."),
        ("t-shirt", look(paints(("#d2202f", 1.0))), "A plain red t-shirt."),
        ("jeans", look(paints(("#879ca8", 0.96), ("#445865", 0.04))), "Blue-grey jeans."),
        ("product", look(paints((BLUE, 1.0)), shape=dataclasses.replace(SHAPE, fill=0.3)), "A blue item."),
    ],
)
def test_sentences_read_like_a_shops_line(noun: str, seen: Look, sentence: str) -> None:
    assert write_texts(NOUNS[noun], seen).sentence == sentence


def test_a_tint_of_a_main_colour_is_no_detail() -> None:
    palette = paints((BLUE, 0.95), ("#2a66d8", 0.05))
    assert write_texts(NOUNS["mug"], look(palette)).sentence == "A blue mug."
    palette = paints(("#1f5a34", 0.45), ("#a8d62c", 0.4), (GREEN, 0.15))
    assert "details" not in write_texts(NOUNS["tennis ball"], look(palette)).sentence


def test_all_lengths_tell_form_and_each_word_has_its_evidence() -> None:
    mug = Silhouette(aspect=0.5, fill=0.7, symmetry=0.6, head=0, holes=1, arch=0)
    colors = paints((GREEN, 0.55), (WHITE, 0.35), (ORANGE, 0.1))
    texts = write_texts(NOUNS["mug"], look((*colors[:2], *paints(("#8c8e90", 0.1))), Finish.GLOSSY, mug), 0.8)
    assert texts.alt_text == "Green and white mug with a glossy finish"
    assert texts.paragraph == (
        "A green and white mug with a glossy finish. It is tall and slim. It has an open handle."
    )
    sources = {fact.words: fact.source for fact in texts.evidence}
    assert sources["mug"] == "classifier, detector and outline, confidence 0.80"
    assert sources["green"] == "55% of the product"
    assert {"white", "glossy", "It is tall and slim."} <= sources.keys()


def test_parts_and_pieces_are_told_with_what_they_rest_on() -> None:
    grey = "#8c8e90"
    seen = dataclasses.replace(
        look(paints((BLUE, 0.72), (ORANGE, 0.18), (grey, 0.1))),
        places={ORANGE: Place.TOP, grey: Place.STREWN},
        pieces=2,
    )
    texts = write_texts(NOUNS["bottle"], seen)
    assert texts.paragraph == ("A blue bottle with an orange cap. Two separate pieces are shown.")
    sources = {fact.words: fact.source for fact in texts.evidence}
    assert sources["an orange cap"] == "orange on 18% of the product, together at its top"
    assert sources["Two separate pieces are shown."].endswith("pieces 2")


@pytest.mark.parametrize("factor", [0.96, 1.0, 1.04])
@pytest.mark.parametrize(
    ("noun", "color", "word"),
    [
        ("mug", "#c0903f", "brown"),
        ("cushion", "#a11f2c", "red"),
        ("chair", "#7f98b0", "blue-grey"),
        ("t-shirt", "#a8a8a7", "grey"),
    ],
)
def test_a_shade_is_said_only_where_a_little_light_leaves_it(noun: str, color: str, word: str, factor: float) -> None:
    lit = "#" + "".join(f"{round(int(color[at : at + 2], 16) * factor):02x}" for at in (1, 3, 5))
    assert word in write_texts(NOUNS[noun], look(paints((lit, 1.0)))).sentence


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ({"fill": 0.3, "holes": 3}, "It has a smooth surface and an open shape of slender parts."),
        ({"symmetry": 0.95, "holes": 2}, "It has a smooth surface, a symmetrical shape and two openings."),
        ({"round": 0.99}, "It has a smooth surface."),
    ],
)
def test_what_has_no_name_has_told_what_shows(shape: dict[str, Any], told: str) -> None:
    texts = write_texts(NOUNS["product"], look(paints((BLUE, 1.0)), shape=dataclasses.replace(SHAPE, **shape)))
    assert texts.paragraph.endswith(told)
    assert told in {fact.words for fact in texts.evidence}


@pytest.mark.parametrize("sure", [False, True])
def test_what_a_doubtful_cut_out_leaves_out_is_no_opening(sure: bool) -> None:
    shape = dataclasses.replace(SHAPE, holes=1)
    seen = dataclasses.replace(look(paints((BLUE, 1.0)), shape=shape), sure=sure)
    assert ("opening" in write_texts(NOUNS["product"], seen).paragraph) is sure


def test_length_is_told_once() -> None:
    assert write_texts(NOUNS["tool"], look(paints((BLUE, 1.0)), shape=THIN)).paragraph == "A long, slim blue tool."
    assert write_texts(NOUNS["hammer"], look(paints((BLUE, 1.0)), shape=THIN)).paragraph.endswith(
        "It is long and slender."
    )


@pytest.mark.parametrize("noun", ["laptop", "phone"])
def test_what_has_a_screen_is_in_one_piece(noun: str) -> None:
    seen = dataclasses.replace(look(paints((BLUE, 1.0))), pieces=2)
    assert write_texts(NOUNS[noun], seen).paragraph == f"A blue {noun}."


@pytest.mark.parametrize(("exposure", "word"), [(None, "white"), (1.0, "grey")])
def test_what_is_pale_is_white_where_nothing_whiter_shows(exposure: float | None, word: str) -> None:
    pale = dataclasses.replace(look(paints(("#d6d6d6", 1.0))), exposure=exposure)
    assert write_texts(NOUNS["chair"], pale).sentence == f"A {word} chair."


def test_colours_are_said_as_they_are_beside_a_white_ground() -> None:
    dim = dataclasses.replace(look(paints(("#d8d8d8", 1.0))), exposure=1.07)
    assert write_texts(NOUNS["chair"], dim).sentence == "A white chair."


@pytest.mark.parametrize(
    ("colors", "dim", "sentence"),
    [
        ((("#9e9c98", 1.0),), True, "A light-coloured mug."),  # white porcelain at a window
        ((("#9e9c98", 1.0),), False, "A grey mug."),
        ((("#7b7b7b", 1.0),), True, "A grey mug."),
        ((("#9e9c98", 0.6), ("#e8e8e8", 0.4)), True, "A white mug."),  # its lit side tells
        ((("#9e9c98", 0.6), (BLUE, 0.4)), True, "A light-coloured and blue mug."),
    ],
)
def test_a_pale_grey_is_none_where_nothing_tells_how_light_it_was(
    colors: tuple[tuple[str, float], ...], dim: bool, sentence: str
) -> None:
    seen = dataclasses.replace(look(paints(*colors)), dim=dim)
    assert write_texts(NOUNS["mug"], seen).sentence == sentence


@pytest.mark.parametrize(
    ("noun", "other", "place", "sentence"),
    [
        ("bottle", WHITE, Place.BAND, "A blue bottle with a white label."),
        ("bottle", WHITE, Place.MIDDLE, "A blue bottle with a white label."),
        ("mug", WHITE, Place.BAND, "A blue and white mug."),
    ],
)
def test_a_vessels_label_is_told(noun: str, other: str, place: Place, sentence: str) -> None:
    assert write_texts(NOUNS[noun], placed((BLUE, 0.7), (other, 0.3), place)).sentence == sentence


@pytest.mark.parametrize(
    ("noun", "shape", "sentence"),
    [
        ("stationery", {"fill": 0.95}, "A rectangular blue stationery item."),
        ("furniture", {"fill": 0.95}, "A blue piece of furniture."),
        ("keyboard", {"fill": 0.95}, "A blue keyboard."),
        ("product", {"aspect": 0.5}, "A tall blue item."),
        ("product", {"aspect": 2.0}, "A wide blue item."),
        ("product", {"aspect": 1.0}, "A blue item."),
    ],
)
def test_what_has_a_broad_name_has_its_shape_told(noun: str, shape: dict[str, Any], sentence: str) -> None:
    seen = look(paints((BLUE, 1.0)), shape=dataclasses.replace(SHAPE, **shape))
    texts = write_texts(NOUNS[noun], seen)
    assert texts.sentence == sentence
    told = {"rectangular", "tall", "wide"} & {fact.words for fact in texts.evidence}
    assert told == {"rectangular", "tall", "wide"} & set(sentence.split())


def test_a_print_is_told_once_and_with_what_it_rests_on() -> None:
    texts = write_texts(NOUNS["t-shirt"], printed((BLUE, 0.75), (WHITE, 0.25)))
    assert texts.paragraph == "A blue t-shirt with a white print."
    sources = {fact.words: fact.source for fact in texts.evidence}
    assert sources["a white print"] == "white on 25% of the product, together on its chest, with crisp edges"
    assert "white" not in sources


def test_what_a_wearer_hides_has_no_parts() -> None:
    worn = dataclasses.replace(placed((BLUE, 0.7), (ORANGE, 0.3), Place.BOTTOM), worn=True)
    assert write_texts(NOUNS["garment"], worn).sentence == "A blue and orange garment, shown on a person."


def test_leaves_and_screens_lend_no_colours() -> None:
    plant = write_texts(NOUNS["potted plant"], look(paints((GREEN, 0.6), (ORANGE, 0.3), (BLUE, 0.1)), shape=LEAFY))
    assert plant.paragraph == "A potted plant with green leaves."
    phone = write_texts(NOUNS["phone"], look(paints((CHARCOAL, 0.8), (BLUE, 0.1), (ORANGE, 0.1))))
    assert phone.paragraph == "A black phone."


@pytest.mark.parametrize("name", NOUNS)
def test_every_noun_makes_grammar(name: str) -> None:
    """An article where there is one thing, none where there are several; no word twice; all three lengths."""
    noun = NOUNS[name]
    seen = look(paints((ORANGE, 0.6), (WHITE, 0.2), ("#8c8e90", 0.1), ("#111111", 0.1)), Finish.GLOSSY)
    texts = write_texts(noun, seen)
    if noun.parent is not None:
        assert texts.sentence.startswith("Orange" if noun.plural else "An orange")
    assert len(texts.alt_text) <= ALT_TEXT
    assert texts.paragraph.startswith(texts.sentence)
    assert re.search(r"\b(\w+) \1\b", texts.paragraph) is None
    assert not {"It" if noun.plural else "They"} & set(texts.paragraph.split())
    assert len(re.findall(r"[.!?]", texts.paragraph)) <= 3


def test_a_long_phrase_is_cut_between_words() -> None:
    noun = NOUNS["bottle"]
    long = type(noun)(**{**vars(noun), "name": " ".join(["long"] * 40)})
    text = write_texts(long, look(paints((BLUE, 1.0)))).alt_text
    assert len(text) <= ALT_TEXT
    assert text.endswith("long")

from __future__ import annotations

import re

import pytest

from photoshoot.captioners.descriptions import ALT_TEXT, Look, write_texts
from photoshoot.captioners.nouns import NounTree
from photoshoot.captioners.silhouette import Silhouette
from photoshoot.captioners.surfaces import Finish
from photoshoot.color.palette import name_color
from photoshoot.records import Swatch

NOUNS = NounTree.load().nouns
SHAPE = Silhouette(aspect=1.3, fill=0.7, symmetry=0.9, head=0, holes=0, arch=0)


def paints(*parts: tuple[str, float]) -> tuple[Swatch, ...]:
    return tuple(Swatch(hex=color, name=name_color(color), share=share) for color, share in parts)


def look(
    palette: tuple[Swatch, ...], finish: Finish = Finish.PLAIN, shape: Silhouette = SHAPE, worn: bool = False
) -> Look:
    return Look(colors=palette, finish=finish, silhouette=shape, worn=worn)


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
        ("t-shirt", look(paints((WHITE, 0.96), (BLUE, 0.04))), "A white t-shirt with blue details."),
        (
            "shoes",
            look(paints((WHITE, 0.96), (BLUE, 0.04)), Finish.PATTERNED),
            "White patterned shoes with blue details.",
        ),
        ("camera", look(paints((CHARCOAL, 0.9), (WHITE, 0.1)), Finish.PATTERNED), "A black camera."),
        ("furniture", look(paints((ORANGE, 1.0))), "An orange piece of furniture."),
        ("headwear", look(paints((BLUE, 1.0))), "A blue piece of headwear."),
        ("garment", look(paints((BLUE, 1.0)), worn=True), "A blue garment, shown on a person."),
        ("hat", look(paints((CHARCOAL, 0.5), ("#111111", 0.5))), "A black hat."),
        ("product", look(()), "A product."),
    ],
)
def test_sentences_read_like_a_shops_line(noun: str, seen: Look, sentence: str) -> None:
    assert write_texts(NOUNS[noun], seen).sentence == sentence


def test_a_tint_of_a_main_colour_is_no_detail() -> None:
    palette = paints((BLUE, 0.95), ("#2a66d8", 0.05))
    assert write_texts(NOUNS["mug"], look(palette)).sentence == "A blue mug."
    palette = paints(("#1f5a34", 0.45), ("#a8d62c", 0.4), (GREEN, 0.15))
    assert "details" not in write_texts(NOUNS["tennis ball"], look(palette)).sentence


def test_three_sentences_tell_outline_and_shares_and_each_word_has_its_evidence() -> None:
    mug = Silhouette(aspect=0.5, fill=0.7, symmetry=0.6, head=0, holes=1, arch=0)
    texts = write_texts(NOUNS["mug"], look(paints((GREEN, 0.6), (WHITE, 0.4)), Finish.GLOSSY, mug), 0.8)
    assert texts.alt_text == "Green and white mug with a glossy finish"
    assert texts.paragraph == (
        "A green and white mug with a glossy finish. Its outline is tall and slim, with an open handle. "
        "Its main colour is green (60%), followed by white (40%)."
    )
    sources = {fact.words: fact.source for fact in texts.evidence}
    assert sources["mug"] == "classifier and outline, confidence 0.80"
    assert sources["green"] == "60% of the product"
    assert {"white", "glossy"} <= sources.keys()


@pytest.mark.parametrize("name", NOUNS)
def test_every_noun_makes_grammar(name: str) -> None:
    """An article where there is one thing, none where there are several; no word twice; all three lengths."""
    noun = NOUNS[name]
    seen = look(paints((ORANGE, 0.6), (WHITE, 0.3), (BLUE, 0.1)), Finish.GLOSSY)
    texts = write_texts(noun, seen)
    assert texts.sentence.startswith("Orange" if noun.plural else "An orange")
    assert len(texts.alt_text) <= ALT_TEXT
    assert texts.paragraph.startswith(texts.sentence)
    assert re.search(r"\b(\w+) \1\b", texts.paragraph) is None
    assert ("Their" in texts.paragraph) is noun.plural
    assert ("Its" in texts.paragraph) is not noun.plural


def test_a_long_phrase_is_cut_between_words() -> None:
    noun = NOUNS["bottle"]
    long = type(noun)(**{**vars(noun), "name": " ".join(["long"] * 40)})
    text = write_texts(long, look(paints((BLUE, 1.0)))).alt_text
    assert len(text) <= ALT_TEXT
    assert text.endswith("long")

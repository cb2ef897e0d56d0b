from __future__ import annotations

import pytest

from photoshoot.captioners.descriptions import Finish, write_description
from photoshoot.captioners.nouns import NounTree
from photoshoot.color.palette import name_color
from photoshoot.records import Swatch

NOUNS = NounTree.load().nouns


def paints(*parts: tuple[str, float]) -> tuple[Swatch, ...]:
    return tuple(Swatch(hex=color, name=name_color(color), share=share) for color, share in parts)


GREEN, WHITE, BLUE, ORANGE = "#2f9e4c", "#f8f8f7", "#1f5fd6", "#f28020"


@pytest.mark.parametrize(
    ("noun", "palette", "finish", "sentence"),
    [
        (
            "bottle",
            paints((GREEN, 0.6), (WHITE, 0.4)),
            Finish.GLOSSY,
            "A green and white bottle with a glossy finish.",
        ),
        ("sunglasses", paints((BLUE, 0.7), (WHITE, 0.3)), Finish.PLAIN, "Blue and white sunglasses."),
        ("umbrella", paints((ORANGE, 1.0)), Finish.PLAIN, "A solid orange umbrella."),
        ("hat", paints((ORANGE, 0.7), (WHITE, 0.3)), Finish.PLAIN, "An orange and white hat."),
        ("t-shirt", paints((WHITE, 0.96), (BLUE, 0.04)), Finish.PLAIN, "A white t-shirt with blue details."),
        (
            "shoes",
            paints((WHITE, 0.96), (BLUE, 0.04)),
            Finish.PATTERNED,
            "White shoes with an all-over blue pattern.",
        ),
        (
            "box",
            paints((WHITE, 0.4), (BLUE, 0.3), (ORANGE, 0.3)),
            Finish.PLAIN,
            "A white, blue and orange box.",
        ),
        ("product", (), Finish.PLAIN, "A product."),
    ],
)
def test_sentences_read_like_a_shops_line(
    noun: str, palette: tuple[Swatch, ...], finish: Finish, sentence: str
) -> None:
    assert write_description(NOUNS[noun], palette, finish) == sentence


def test_a_tint_of_a_main_colour_is_no_detail() -> None:
    palette = paints((BLUE, 0.95), ("#2a66d8", 0.05))
    assert write_description(NOUNS["mug"], palette, Finish.PLAIN) == "A solid blue mug."

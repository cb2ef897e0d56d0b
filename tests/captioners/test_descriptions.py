from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.captioners.descriptions import Finish, find_finish, write_description
from photoshoot.captioners.nouns import NounTree
from photoshoot.color.palette import dominant_colors, name_color
from photoshoot.records import Category, Cutout, Swatch
from tests.making import cutout_of, draw_cutout

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


RED = np.array([170, 30, 40], np.float64)


def lit_cylinder(highlight: float) -> Cutout:
    """A red can whose shading falls off to the sides, with a soft white streak of that strength."""
    x = np.linspace(-1, 1, 300)
    shade = 0.55 + 0.45 * np.sqrt(np.maximum(1 - x**2, 0))
    streak = highlight * np.exp(-(((x + 0.35) / 0.06) ** 2))
    row = RED * shade[:, None] * (1 - streak[:, None]) + 255 * streak[:, None]
    rgb = np.repeat(row[None], 400, axis=0).clip(0, 255).astype(np.uint8)
    alpha = np.zeros((400, 300), np.float32)
    alpha[20:380, 15:285] = 1
    return cutout_of(rgb, alpha)


def finish_of(cutout: Cutout, category: Category) -> Finish:
    return find_finish(cutout, dominant_colors(cutout.rgb, cutout.alpha_matte), category)


def test_a_soft_streak_of_light_is_gloss_and_plain_shading_is_not() -> None:
    assert finish_of(lit_cylinder(0.8), Category.DRINK) is Finish.GLOSSY
    assert finish_of(lit_cylinder(0.0), Category.DRINK) is Finish.PLAIN


def test_cloth_is_never_called_glossy() -> None:
    assert finish_of(lit_cylinder(0.8), Category.GARMENT) is Finish.PLAIN


def test_print_with_hard_edges_is_no_gloss() -> None:
    assert finish_of(draw_cutout(shape="rectangle"), Category.TABLEWARE) is Finish.PLAIN


def test_scattered_patches_are_a_pattern_and_one_panel_is_not() -> None:
    rgb, alpha = np.full((300, 300, 3), 240, np.uint8), np.ones((300, 300), np.float32)
    dots = np.zeros((300, 300), bool)
    dots[20:290:40, 20:290:40] = True
    rgb[ndimage.binary_dilation(dots, iterations=7)] = (30, 90, 210)
    assert finish_of(cutout_of(rgb, alpha), Category.GARMENT) is Finish.PATTERNED
    rgb[:] = 240
    rgb[100:200] = (30, 90, 210)
    assert finish_of(cutout_of(rgb, alpha), Category.GARMENT) is Finish.PLAIN

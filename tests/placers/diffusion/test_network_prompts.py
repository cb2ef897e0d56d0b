from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from photoshoot.placers.diffusion.painting.network_prompts import describe_scene, exclude
from photoshoot.presets import PresetRegistry
from photoshoot.records import Category, ShotRequest, Swatch
from tests.making import make_request

PALETTE = (
    Swatch(hex="#2d4137", name="dark green", share=0.5),
    Swatch(hex="#8c8e90", name="grey", share=0.2),
    Swatch(hex="#ac7556", name="camel", share=0.15),
    Swatch(hex="#16264f", name="navy blue", share=0.1),
    Swatch(hex="#d2202f", name="red", share=0.02),
)


def ask(
    text: str = "a marble slab, soft light",
    *,
    name: str = "green bottle",
    category: Category = Category.DRINK,
    negative: str = "",
    styled: bool = True,
    palette: tuple[Swatch, ...] = PALETTE,
) -> ShotRequest:
    request = make_request()
    reference = Path("plate.webp") if styled else None
    scene = replace(request.scene, text=text, negative_text=negative, style_reference=reference)
    product = replace(request.product, name=name, category=category, palette=palette)
    return replace(request, scene=scene, product=product)


def test_two_colors_of_the_product_become_accents() -> None:
    assert describe_scene(ask()) == "a marble slab, soft light, accents of dark green and camel"


def test_without_a_style_reference_the_words_are_the_callers_own() -> None:
    assert describe_scene(ask(styled=False)) == "a marble slab, soft light"


def test_a_color_that_the_scene_names_is_not_said_twice() -> None:
    assert describe_scene(ask("a Camel wall")) == "a Camel wall, accents of dark green and navy blue"


def test_greys_and_prints_give_no_accent() -> None:
    palette = (
        Swatch(hex="#f8f8f7", name="white", share=0.6),
        Swatch(hex="#907c66", name="grey", share=0.2),
        Swatch(hex="#f0ede4", name="ivory", share=0.17),
        Swatch(hex="#d2202f", name="red", share=0.03),
    )
    assert describe_scene(ask(palette=palette)) == "a marble slab, soft light"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("green bottle on a marble slab", "on a marble slab"),
        ("The Bottle, standing on moss", "standing on moss"),
        ("my bottle", "a plain studio background"),
        ("bottle green velvet", "bottle green velvet"),
        ("on a shelf beside a wine bottle", "on a shelf beside a wine bottle"),
        ("bottlebrush flowers on a table", "bottlebrush flowers on a table"),
    ],
)
def test_a_name_of_the_product_at_the_beginning_is_left_out(text: str, expected: str) -> None:
    assert describe_scene(ask(text, styled=False)) == expected


def test_no_preset_names_shoes() -> None:
    request = ask(name="leather sneakers", category=Category.FOOTWEAR)
    for preset in PresetRegistry.load():
        scene = replace(request.scene, text=preset.scene_text, negative_text=preset.negative_text)
        told = replace(request, scene=scene)
        assert "sneaker" not in describe_scene(told).lower(), preset.id
        assert exclude(told).endswith(", duplicate leather sneakers, leather sneakers, sneakers, footwear"), preset.id


def test_the_product_is_excluded_by_name_class_and_shelf() -> None:
    request = ask(name="leather sneakers", category=Category.FOOTWEAR, negative="text, Logo ,  text, sneakers")
    assert exclude(request) == "text, Logo, sneakers, duplicate leather sneakers, leather sneakers, footwear"


def test_what_the_scene_asks_for_is_not_excluded() -> None:
    request = ask("an old library, books on oak shelves", name="book", category=Category.BOOK)
    assert exclude(request) == "duplicate book"


@pytest.mark.parametrize("name", ["", "product"])
def test_an_unnamed_product_adds_nothing(name: str) -> None:
    assert exclude(ask(name=name, negative="text, hands")) == "text, hands"

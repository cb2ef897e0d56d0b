from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets import set_name
from tests.director.reading import read


@pytest.mark.parametrize(
    "said", ["white marble podium with {} silk", "on black marble with {} silk", "on oak, {} silk scarf"]
)
def test_silk_beside_what_a_product_stands_on_lies_there_in_its_colour(said: str) -> None:
    direction = read(said.format("red"))
    shown = vars(direction.design)
    assert set_name(direction.design) in ("podium", "tabletop")
    assert (shown["props"], shown["prop_colors"]) == ("silks", (NAMED_COLORS["red"],))
    assert not direction.unread


@pytest.mark.parametrize("napkin", ["a linen napkin", "a folded napkin", "a tea towel"])
def test_a_napkin_lies_beside_what_else_does(napkin: str) -> None:
    shown = vars(read(f"on a rustic wooden table, lemons and {napkin}").design)
    assert {shown["props"], *shown["also"]} == {"citrus", "linens"}


@pytest.mark.parametrize("text", ["on red silk", "on oak before a linen curtain", "on linen with lemons"])
def test_cloth_that_is_stood_on_or_hangs_is_no_napkin(text: str) -> None:
    shown = vars(read(text).design)
    assert not {"silks", "linens"} & {shown.get("props"), shown.get("beside"), *shown.get("also", ())}


def test_what_floats_beside_a_product_leaves_it_on_its_block() -> None:
    direction = read("on a clear acrylic block, soap bubbles floating")
    assert not direction.design.afloat
    assert vars(direction.design)["props"] == "bubbles"
    assert not direction.unread


def test_a_golden_light_dyes_no_flowers() -> None:
    design = read("red flowers and golden side light on black marble").design
    assert vars(design)["prop_colors"] == (NAMED_COLORS["red"],)
    assert design.light.color != "#ffffff"


def test_red_rose_petals_are_red() -> None:
    assert vars(read("red rose petals on marble").design)["prop_colors"] == ("#b3122a",)

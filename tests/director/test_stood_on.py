"""Blocks, books, and what tables and walls are of: what a prompt asks for is built, and nothing is told of it."""

from __future__ import annotations

from typing import Any

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director import direct
from photoshoot.presets import PresetRegistry
from photoshoot.sets import set_name
from tests.director.reading import read

REGISTRY = PresetRegistry.load()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("on a clear acrylic block, pink background", {"podium_material": "acrylic", "shape": "square"}),
        ("on a round glass pedestal", {"podium_material": "acrylic", "shape": "round"}),
        ("on a frosted acrylic riser", {"podium_material": "frosted"}),
        ("on a cork block", {"podium_material": "cork"}),
        ("on a brushed steel pedestal", {"podium_material": "metal", "shape": "round"}),
        ("on a two-tier podium, beige", {"shape": "steps"}),
        ("on a stack of old books", {"stand": "books"}),
        ("on a stack of books on the beach", {"stand": "books"}),
        ("on a cork board", {"material": "cork"}),
        ("on a wicker table", {"material": "rattan"}),
        ("on black leather", {"material": "leather", "surface_color": NAMED_COLORS["black"]}),
        ("on a tatami mat", {"material": "tatami"}),
        ("on brushed metal", {"finish": "metal"}),
        ("on marble before a white panelled wall", {"material": "marble", "backdrop": "panels"}),
        ("wooden bar counter at night", {"material": "wood", "backdrop": "bar"}),
        ("oak table, a glowing fireplace behind", {"material": "wood", "backdrop": "fireplace"}),
        ("on a wool blanket by the fireplace", {"material": "linen", "backdrop": "fireplace"}),
        ("on a beach towel", {"stand": "cloth"}),
        ("on a cube of clear glass", {"podium_material": "acrylic"}),
        ("sur une pile de livres", {"stand": "books"}),
        ("auf einem Korkblock", {"podium_material": "cork"}),
        ("en una mesa de ratán", {"material": "rattan"}),
        ("on the grass in my backyard", {"material": "grass", "surface_color": "#6f9a4f"}),
        ("on a damp towel by the pool", {"stand": "cloth"}),
        ("on a wet towel by the pool", {"stand": "cloth"}),
        ("on a white rug in a living room", {"rug": True, "accent_color": "#f8f8f7"}),
        ("on the lawn of a garden", {"material": "grass", "surface_color": "#6f9a4f"}),
        ("on a brushed gold surface, dark wall", {"finish": "metal", "surface_color": NAMED_COLORS["gold"]}),
        ("gold surface", {"finish": "metal", "surface_color": NAMED_COLORS["gold"]}),
        ("copper metal surface", {"finish": "metal", "surface_color": "#b8703f"}),
        ("a neon city in blue", {"place": "esplanade", "neon_colors": (NAMED_COLORS["blue"],)}),
        ("畳の上", {"material": "tatami"}),
        ("다다미 위", {"material": "tatami"}),
        ("放在浅色木桌上", {"material": "wood", "surface_color": "#cfa878"}),
        ("en una manta de cuadros en el parque", {"material": "blanket", "pattern": "gingham"}),
        ("in klarem Wasser", {"support": "water"}),
    ],
)
def test_what_a_product_stands_on_is_built(text: str, values: dict[str, Any]) -> None:
    direction = direct(text, REGISTRY, None)
    assert {name: getattr(direction.design, name, None) for name in values} == values, direction.reading
    assert set(direction.unread) <= {"damp", "wet"}, direction.reading


def test_magazines_are_stacked_as_books_are() -> None:
    told = direct("on a stack of magazines on a coffee table", REGISTRY, None)
    assert vars(told.design)["stand"] == "books"
    assert "shown as a stack of books" in told.reading


def test_a_sunset_s_own_colour_is_not_said_to_be_left_out() -> None:
    assert "orange" in direct("sunset, not orange", REGISTRY, None).unread
    assert "no blue" in direct("pink podium, no blue", REGISTRY, None).reading


@pytest.mark.parametrize(
    "text",
    [
        "it should stand in golden sand by the sea",
        "have it stand on wet sand by the sea",
        "the boots must stand on wet sand by the sea",
        "the tin stands in golden sand by the sea",
        "let it stand in the sand",
        "stand the bottle in golden sand",
        "please stand it on the sand of a beach",
    ],
)
def test_what_is_to_stand_somewhere_is_on_no_stand(text: str) -> None:
    direction = read(text)
    assert set_name(direction.design) in ("beach", "dunes")
    assert vars(direction.design)["stand"] == "none"


@pytest.mark.parametrize("text", ["on a stand on a beach", "a wooden stand in the sand of a beach"])
def test_a_stand_is_one(text: str) -> None:
    assert vars(read(text).design)["stand"] != "none"

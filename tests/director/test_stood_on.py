"""Blocks, books, and what tables and walls are of: what a prompt asks for is built, and nothing is told of it."""

from __future__ import annotations

from typing import Any

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director import direct
from photoshoot.presets import PresetRegistry

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
        ("wooden bar counter at night", {"material": "wood", "backdrop": "bokeh"}),
        ("oak table, a glowing fireplace behind", {"material": "wood", "backdrop": "fireplace"}),
        ("on a wool blanket by the fireplace", {"material": "linen", "backdrop": "fireplace"}),
        ("on a beach towel", {"stand": "cloth"}),
        ("on a cube of clear glass", {"podium_material": "acrylic"}),
        ("sur une pile de livres", {"stand": "books"}),
        ("auf einem Korkblock", {"podium_material": "cork"}),
        ("en una mesa de ratán", {"material": "rattan"}),
    ],
)
def test_what_a_product_stands_on_is_built(text: str, values: dict[str, Any]) -> None:
    direction = direct(text, REGISTRY, None)
    assert {name: getattr(direction.design, name, None) for name in values} == values, direction.reading
    assert direction.unread == (), direction.reading

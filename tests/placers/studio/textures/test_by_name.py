from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture

MATERIALS = ("wood", "marble", "stone", "concrete", "linen", "plaster")
SURFACE = Surface(material="wood", color="#b08860", vein_color="#6a4a30")


@pytest.mark.parametrize("material", MATERIALS)
def test_every_material_is_near_the_asked_colour_and_another_seed_is_another_piece(material: str) -> None:
    surface = dataclasses.replace(SURFACE, material=material)
    first, again, other = (surface_texture(surface, seed) for seed in (1, 1, 2))
    assert np.array_equal(first.color, again.color)
    assert not np.array_equal(first.color, other.color)
    wanted = hex_to_linear(surface.color)
    assert float(np.abs(first.color.mean((0, 1)) - wanted).max()) < 0.35 * float(wanted.max())  # grain darkens it


@pytest.mark.parametrize("material", ["plain", "paper"])
def test_plain_surfaces_have_one_colour_and_no_relief(material: str) -> None:
    texture = surface_texture(dataclasses.replace(SURFACE, material=material), 0)
    assert np.array_equal(texture.color, np.broadcast_to(hex_to_linear(SURFACE.color), texture.color.shape))
    assert not texture.height.any()


def test_bright_veins_take_less_of_a_dark_marble() -> None:
    bright = surface_texture(Surface(material="marble", color="#f0f0f0", vein_color="#101010"), 0).color.mean()
    dark = surface_texture(Surface(material="marble", color="#101010", vein_color="#f0f0f0"), 0).color.mean()
    ends = [float(hex_to_linear(color).mean()) for color in ("#f0f0f0", "#101010")]
    assert (dark - ends[1]) < (ends[0] - bright), "share of the veins"


def test_old_boards_of_a_table_have_gaps() -> None:
    surface = dataclasses.replace(SURFACE, glued=True)
    assert surface.gapless
    assert not dataclasses.replace(surface, rustic=1.0).gapless

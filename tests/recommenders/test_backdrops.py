from __future__ import annotations

from typing import get_args, get_type_hints

import numpy as np
import pytest
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.color.space import bytes_to_linear, hex_to_oklab, linear_to_oklab
from photoshoot.presets import Preset, PresetRegistry
from photoshoot.recommenders.backdrops import backdrop_colors
from photoshoot.sets import SETS, set_name
from photoshoot.sets.celebration import Celebration
from photoshoot.sets.location import PLACE_COLORS, Location
from photoshoot.sets.neon_room import NeonRoom
from photoshoot.sets.table_places import TABLE_PLACES
from photoshoot.sets.tabletop import Tabletop
from photoshoot.sets.water import Water

REGISTRY = PresetRegistry.load()
LIT = ("location", "interior", "gallery", "glossy_floor", "neon_room")
CHECKED = [
    preset
    for index, preset in enumerate(REGISTRY)
    if index % 6 == 0
    or set_name(preset.design) in LIT
    or getattr(preset.design, "backdrop", "") in TABLE_PLACES  # seen in other colours than they are named by
]


def look_at(preset: Preset) -> tuple[Float32Array, Float32Array]:
    """Mean OKLab colour of a plate behind the product's place, and under it."""
    assert preset.plate_path is not None
    with Image.open(preset.plate_path) as picture:
        small = np.asarray(picture.convert("RGB").reduce(4))
    lab = linear_to_oklab(bytes_to_linear(small))
    height, width = small.shape[:2]
    middle = slice(width // 3, 2 * width // 3)
    behind, under = (lab[int(top * height) : int(end * height), middle] for top, end in ((0.22, 0.62), (0.66, 0.8)))
    return np.asarray(behind.mean((0, 1)), np.float32), np.asarray(under.mean((0, 1)), np.float32)


@pytest.mark.parametrize("preset", CHECKED, ids=[preset.id for preset in CHECKED])
def test_backdrop_colours_are_those_of_the_pictures(preset: Preset) -> None:
    named = [hex_to_oklab(color) for color in backdrop_colors(preset.design)]
    behind, under = (min(float(np.linalg.norm(seen - color)) for color in named) for seen in look_at(preset))
    assert behind < 0.16, behind
    if not isinstance(preset.design, NeonRoom):  # its floor mirrors the tubes
        assert under < 0.22, under


@pytest.mark.parametrize("name", SETS)
def test_every_set_has_a_backdrop(name: str) -> None:
    colors = backdrop_colors(SETS[name]())
    assert colors
    assert all(color.startswith("#") for color in colors)


def test_every_place_has_its_colour() -> None:
    places = get_args(get_type_hints(Location)["place"])
    assert set(PLACE_COLORS) == set(places)
    assert backdrop_colors(Location(place="night", surface_color="#123456")) == (PLACE_COLORS["night"], "#123456")


def test_lights_in_the_dark_are_dimmer_than_their_colour() -> None:
    for design in (Tabletop(backdrop="bokeh"), Celebration(backdrop="bokeh")):
        (behind, *_), lights = backdrop_colors(design), hex_to_oklab(design.backdrop_color)
        assert hex_to_oklab(behind)[0] < 0.7 * lights[0]


def test_sky_and_water_are_behind_the_product() -> None:
    assert backdrop_colors(Water(sky_colors=("#aabbcc", "#ddeeff"), water_color="#112233")) == (
        "#aabbcc",
        "#ddeeff",
        "#112233",
    )

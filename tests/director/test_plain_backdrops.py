"""The backdrop, the floor and the finish that are asked for are those that are seen."""

from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets import set_name
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.gallery import Gallery
from photoshoot.sets.garden import Garden
from photoshoot.sets.location import Location
from photoshoot.sets.tabletop import Tabletop
from tests.director.reading import read


@pytest.mark.parametrize("prompt", ["on a log, white background", "log in a white room", "tree stump, white backdrop"])
def test_a_log_before_white_is_in_no_forest(prompt: str) -> None:
    direction = read(prompt)
    assert isinstance(direction.design, Tabletop)
    assert "white" not in direction.unread
    assert direction.design.backdrop_color == "#f8f8f7"


@pytest.mark.parametrize("prompt", ["on a log", "on a log, forest background", "on a log in the forest, grey mist"])
def test_a_log_is_in_the_forest_else(prompt: str) -> None:
    design = read(prompt).design
    assert isinstance(design, Location)
    assert design.place == "forest"


@pytest.mark.parametrize(
    ("prompt", "finish"), [("matte black with smoke", "matte"), ("white, glossy, reflection", "gloss")]
)
def test_what_is_matte_or_pale_is_no_black_mirror(prompt: str, finish: str) -> None:
    design = read(prompt).design
    assert isinstance(design, Cyclorama)
    assert design.finish == finish


def test_black_glass_mirrors_still() -> None:
    assert set_name(read("black mirror with smoke").design) == "glossy_floor"
    assert set_name(read("glossy black with smoke").design) == "glossy_floor"


@pytest.mark.parametrize(
    ("prompt", "floor"),
    [
        ("floor of polished concrete, gallery", "concrete"),
        ("gallery with a concrete floor", "concrete"),
        ("oak floor, gallery", "wood"),
    ],
)
def test_a_gallery_floor_is_of_what_is_said(prompt: str, floor: str) -> None:
    direction, plain = read(prompt), Gallery()
    assert isinstance(direction.design, Gallery)
    assert direction.design.floor == floor
    assert direction.design.plinth_color == plain.plinth_color
    assert "alone" not in direction.reading


def test_a_floor_that_a_gallery_can_not_have_is_told() -> None:
    assert "marble shown as its colour alone" in read("marble floor, gallery").reading


def test_a_garden_table_is_of_marble() -> None:
    direction = read("on a marble table in a garden")
    assert isinstance(direction.design, Garden)
    assert direction.design.material == "marble"
    assert "alone" not in direction.reading


@pytest.mark.parametrize(
    ("prompt", "sky"),
    [("on a mirror, blue sky with clouds", "sky"), ("on a round mirror reflecting a blue sky", "clear_sky")],
)
def test_a_mirror_shows_the_sky_that_is_named(prompt: str, sky: str) -> None:
    direction = read(prompt)
    assert isinstance(direction.design, Location)
    assert (direction.design.place, direction.design.finish) == (sky, "mirror")
    assert direction.unread == (("round",) if "round" in prompt else ())


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("white marble table, green velvet curtain", "tabletop"),
        ("green velvet curtain, white marble table", "tabletop"),
        ("green velvet curtain", "drapery"),
    ],
)
def test_a_curtain_hangs_behind_what_the_product_stands_on(prompt: str, name: str) -> None:
    direction = read(prompt)
    assert set_name(direction.design) == name
    assert not {"marble", "table"} & {word for phrase in direction.unread for word in phrase.split()}


@pytest.mark.parametrize(
    ("prompt", "cloth"),
    [
        ("marble table, red velvet curtain behind", "velvet"),
        ("on a slate board in front of a pink silk curtain", "silk"),
        ("on a wooden floor in front of a red velvet curtain", "velvet"),
        ("checkered floor, red linen curtain behind", "linen"),
        ("on a wooden table, white curtains in the background", "linen"),
        ("theatre curtain, black table", "velvet"),
    ],
)
def test_a_curtain_behind_a_table_is_of_its_cloth(prompt: str, cloth: str) -> None:
    direction = read(prompt)
    assert vars(direction.design)["backdrop"] == cloth, direction.reading
    assert "curtain" not in " ".join(direction.unread)


@pytest.mark.parametrize("color", ["white", "pink"])
def test_grass_before_a_plain_backdrop_is_in_no_park(color: str) -> None:
    direction = read(f"on grass, {color} background")
    assert set_name(direction.design) == "rocks", direction.reading
    assert vars(direction.design)["backdrop_color"] == NAMED_COLORS[color]


@pytest.mark.parametrize(
    ("tile", "material"), [("a slate tile", "stone"), ("a clay roof tile", "tiles"), ("a roof tile", "tiles")]
)
def test_a_roofs_tile_is_no_roof(tile: str, material: str) -> None:
    direction = read(f"soap on {tile}, cream background")
    assert set_name(direction.design) == "tabletop", direction.reading
    assert vars(direction.design)["material"] == material


def test_a_place_that_only_says_what_the_light_is_like_is_no_place() -> None:
    assert set_name(read("on dark soil, greenhouse light").design) == "rocks"
    assert set_name(read("rum on slate, campfire glow").design) == "tabletop"


@pytest.mark.parametrize("table", ["a white marble slab", "a wooden table", "a slate board"])
def test_neon_behind_a_table_shines_over_its_material(table: str) -> None:
    direction = read(f"on {table}, pink neon sign behind")
    assert set_name(direction.design) == "neon_room", direction.reading
    assert direction.unread == ()


def test_lights_of_neon_colors_are_neon() -> None:
    direction = read("neon purple and cyan lights")
    assert set_name(direction.design) == "neon_room"
    assert direction.unread == ()


def test_a_mirror_that_nothing_stands_on_is_a_vanity_still() -> None:
    assert set_name(read("vanity with a round mirror").design) == "vanity"
    assert set_name(read("on a mirror").design) == "glossy_floor"


@pytest.mark.parametrize("prompt", ["cherry blossoms", "cherry blossom branches behind", "sakura on slate"])
def test_blossom_is_told_as_petals(prompt: str) -> None:
    assert "shown as petals" in read(prompt).reading


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("beside a stone well", "well"),
        ("on oak near an engine", "engine"),
    ],
)
def test_nouns_that_other_prompts_use_for_nothing_are_told(prompt: str, told: str) -> None:
    assert told in read(prompt).unread


@pytest.mark.parametrize("prompt", ["a well lit oak table", "oak table for my shop", "on oak for an online store"])
def test_the_same_words_ask_for_nothing_else(prompt: str) -> None:
    assert not {"well", "shop", "store"} & {word for phrase in read(prompt).unread for word in phrase.split()}


@pytest.mark.parametrize(
    "prompt",
    ["half pink half orange background", "red and yellow halves, hard shadow", "one half green, the other half purple"],
)
def test_halves_of_two_colours_part_the_backdrop(prompt: str) -> None:
    direction = read(prompt)
    assert isinstance(direction.design, Cyclorama)
    assert (direction.design.direction, len(direction.design.colors)) == ("split", 2)
    assert direction.unread == ()


@pytest.mark.parametrize("prompt", ["green and white half circles", "half a lemon on yellow, white background"])
def test_halves_of_things_part_none(prompt: str) -> None:
    assert vars(read(prompt).design).get("direction") != "split"


@pytest.mark.parametrize(
    "prompt", ["pink background lipstick, hard shadow", "pink backdrop lemons", "pembe arka planda ruj"]
)
def test_a_backgrounds_colour_is_not_that_of_what_is_named_right_after_it(prompt: str) -> None:
    assert vars(read(prompt).design)["backdrop_color"] == NAMED_COLORS["pink"]


@pytest.mark.parametrize("prompt", ["on a mirror before a pink wall", "on a round mirror tray, pink wall"])
def test_a_mirror_before_a_wall_has_that_behind_it(prompt: str) -> None:
    """It was a floor in the dark with a pink glow, and the wall was told as not read."""
    direction = read(prompt)
    assert isinstance(direction.design, Tabletop)
    assert (direction.design.finish, direction.design.backdrop_color) == ("gloss", NAMED_COLORS["pink"])
    assert "wall" not in direction.unread

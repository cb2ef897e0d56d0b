"""Sand beside the sea is sand, a beach without a sea is dry, and what "is" of a colour has it."""

from __future__ import annotations

from typing import Any

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets import set_name
from tests.director.reading import read

_SAND = NAMED_COLORS["sand"]


def parameters(text: str) -> dict[str, Any]:
    return vars(read(text).design)


@pytest.mark.parametrize(
    "sand", ["sand and {}", "{}, sand", "sand, palm trees, {}", "just sand and {}", "{}, sand, hard sun"]
)
@pytest.mark.parametrize("shore", ["waves", "the sea", "a turquoise ocean", "a blue sky", "shells on the beach"])
def test_sand_at_a_shore_colours_no_sky(sand: str, shore: str) -> None:
    design = read(sand.format(shore)).design
    assert set_name(design) in ("beach", "dunes")
    assert _SAND not in vars(design)["sky_colors"]


@pytest.mark.parametrize(
    "prompt", ["sand and white wall", "sand backdrop, sea glass", "a sand and sage palette by the sea"]
)
def test_sand_that_is_a_colour_stays_one(prompt: str) -> None:
    assert "beach" not in read(prompt).reading.split(",")[0]


@pytest.mark.parametrize("beach", ["a beach {}", "on a sandy beach {}", "the coast {}, soft light"])
@pytest.mark.parametrize("dry", ["without the sea", "with no ocean in view", "with no water"])
def test_a_beach_without_a_sea_is_sand_alone(beach: str, dry: str) -> None:
    direction = read(beach.format(dry))
    assert set_name(direction.design) == "dunes"
    assert not {"sea", "ocean", "water"} & set(" ".join(direction.unread).split())


@pytest.mark.parametrize("color", ["turquoise", "emerald", "red", "pink"])
def test_what_is_of_a_colour_has_it(color: str) -> None:
    wanted = NAMED_COLORS[color]
    assert parameters(f"The sea is {color} and the sun is high.")["water_color"] == wanted
    assert parameters(f"On the beach, the ocean is {color}.")["sea_color"] == wanted
    assert parameters(f"The wall is white. The table is {color}.")["surface_color"] == wanted
    assert (
        parameters(f"The podium is white and the backdrop is a soft {color}")["podium_color"] == NAMED_COLORS["white"]
    )
    assert parameters(f"the candles are {color}, the table is black")["prop_colors"] == (wanted,)


@pytest.mark.parametrize("place", ["in a garden", "in a park", "in a forest"])
@pytest.mark.parametrize("ground", ["gravel", "pebbles", "grey stones", "white gravel"])
def test_gravel_in_a_real_place_is_stood_on(ground: str, place: str) -> None:
    direction = read(f"on {ground} {place}")
    design = vars(direction.design)
    assert (set_name(direction.design), design["ground"]) == ("rocks", "pebbles")
    assert design["place"] in ("park", "forest")
    assert not direction.unread


@pytest.mark.parametrize("place", ["park", "garden", "city street"])
def test_snow_in_a_real_place_is_stood_on(place: str) -> None:
    assert parameters(f"on snow in a {place}")["ground"] == "snow"
    assert parameters(f"on a wooden table in a {place}, snow").get("ground") != "snow"


@pytest.mark.parametrize("said", ["turquoise water behind", "the water is turquoise", "turquoise water"])
def test_water_beside_sand_is_the_seas(said: str) -> None:
    assert parameters(f"on the sand, {said}")["sea_color"] == NAMED_COLORS["turquoise"]
    assert "sea_color" not in parameters("a jug of water on the sand")


@pytest.mark.parametrize("prompt", ["in the desert, no water", "on the sand without the ocean behind"])
def test_a_desert_stays_one(prompt: str) -> None:
    assert set_name(read(prompt).design) == "dunes"


def test_a_night_among_rocks_is_dark_behind_them() -> None:
    assert parameters("on a rock at night, starry sky behind")["place"] == "night"


@pytest.mark.parametrize("table", ["on oak", "on a wooden table", "white podium", "on a marble counter"])
@pytest.mark.parametrize("stones", ["with stones", "stones around it", "no flowers, only stones"])
def test_stones_beside_a_table_lie_there(table: str, stones: str) -> None:
    direction = read(f"{table}, {stones}")
    assert vars(direction.design)["props"] == "rocks"
    assert not direction.unread
    assert parameters("on grey stones").get("props") != "rocks"


@pytest.mark.parametrize("sky", ["overcast", "cloudy"])
@pytest.mark.parametrize(
    ("land", "name"), [("beach", "beach"), ("desert", "dunes"), ("lake", "water"), ("sea", "water")]
)
def test_a_sky_of_clouds_is_grey_and_its_light_soft(sky: str, land: str, name: str) -> None:
    design = read(f"{sky} {land}").design
    assert set_name(design) == name
    assert all(max(rgb) - min(rgb) < 24 for rgb in (bytes.fromhex(color[1:]) for color in vars(design)["sky_colors"]))
    assert design.light.softness > 0.7


@pytest.mark.parametrize("text", ["on sand by a {} sea", "beside a {} pool", "floating in {} water"])
def test_blue_water_is_no_ink(text: str) -> None:
    for color, is_strong in (
        ("blue", True),
        ("green", True),
        ("turquoise", False),
        ("navy blue", False),
        ("red", False),
    ):
        direction, named = read(text.format(color)), NAMED_COLORS[color]
        found = vars(direction.design).get("sea_color") or vars(direction.design)["water_color"]
        assert (found != named) == is_strong, direction.reading
        assert color not in direction.unread

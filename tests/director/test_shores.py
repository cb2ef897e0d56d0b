"""What a product stands on at the water's edge, and the water behind it, are both shown."""

from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director import direct
from photoshoot.presets import PresetRegistry
from photoshoot.sets import set_name
from photoshoot.sets.beach import Beach
from tests.director.reading import read

REGISTRY = PresetRegistry.load()
WATERS = ("waves behind", "waves in the background", "the sea behind", "a turquoise sea behind", "a calm lake behind")
ON = (
    "black sand", "fine golden sand", "wet sand", "a towel", "a striped towel", "a rock", "black rocks", "pebbles",
    "driftwood", "a wooden table", "a wooden crate", "a stone ledge", "a concrete wall",
)  # fmt: skip


@pytest.mark.parametrize("water", WATERS)
@pytest.mark.parametrize("support", ON)
def test_water_behind_what_a_product_stands_on_is_seen(support: str, water: str) -> None:
    noun = next(word for word in ("waves", "sea", "lake") if word in water)
    for text in (f"zorble on {support}, {water}", f"zorble on {support} with {water}"):
        direction = direct(text, REGISTRY, None)
        assert set_name(direction.design) in ("beach", "water"), text
        assert noun not in direction.reading.partition("not read")[2], text


def test_the_sand_and_the_towel_are_those_that_are_named() -> None:
    sand = direct("zorble on black sand, waves in the background", REGISTRY, None).design
    towel = direct("zorble on a striped towel, the sea behind", REGISTRY, None).design
    assert isinstance(sand, Beach)
    assert (sand.sand_color, sand.stand) == ("#45423f", "none")
    assert isinstance(towel, Beach)
    assert (towel.stand, towel.pattern) == ("cloth", "stripes")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hair curler on pink silk with soft waves", "drapery"),
        ("picnic basket on a checkered picnic blanket by a river", "location"),
        ("diving mask on sand under clear water", "water"),
        ("zorble on a striped towel", "drapery"),
        ("zorble on black sand", "dunes"),
        ("zorble on a stone in a river", "water"),
    ],
)
def test_no_shore_where_none_is_meant(text: str, name: str) -> None:
    assert set_name(direct(text, REGISTRY, None).design) == name


@pytest.mark.parametrize(
    "place", ["on a beach", "on black sand, waves behind", "on a rock in a lake", "on snow", "by a pool"]
)
def test_an_overcast_sky_is_grey_and_a_sunset_keeps_its_own(place: str) -> None:
    skies = {
        weather: vars(direct(f"zorble {place}{weather}", REGISTRY, None).design)["sky_colors"]
        for weather in ("", ", overcast", " on a cloudy day", " at sunset", " at sunset, overcast")
    }
    assert skies[", overcast"] == skies[" on a cloudy day"] != skies[""]
    assert skies[" at sunset, overcast"] == skies[" at sunset"] != skies[", overcast"]


@pytest.mark.parametrize("water", ["blue water", "clear blue water", "water reflections", "rippling water"])
def test_water_beside_a_pool_is_the_pools(water: str) -> None:
    assert set_name(direct(f"zorble by the pool, {water}", REGISTRY, None).design) == "pool"


@pytest.mark.parametrize("deck", ["a yacht deck", "the deck of a ship"])
@pytest.mark.parametrize("sea", ["turquoise sea behind", "a turquoise sea in the background", "turquoise water around"])
def test_the_sea_of_a_deck_is_behind_its_rail(deck: str, sea: str) -> None:
    direction = read(f"on {deck}, {sea}")
    design = vars(direction.design)
    assert (design["backdrop"], design["backdrop_color"]) == ("deck", NAMED_COLORS["turquoise"])
    assert not direction.unread


@pytest.mark.parametrize("said", ["on wet sand at sunset", "sur du sable mouillé", "濡れた砂浜に"])
def test_wet_sand_is_wet(said: str) -> None:
    assert vars(read(said).design)["wet_sand"]
    assert not vars(read("on a sandy beach at sunset").design)["wet_sand"]

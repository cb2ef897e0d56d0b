"""A chalet's deck, a lake, a campfire and a roof have the mountains, trees, snow and city that are named with them."""

from __future__ import annotations

import pytest

from photoshoot.placers.studio.backdrops.real_places import evening_share
from photoshoot.sets import set_name
from tests.director.reading import read


@pytest.mark.parametrize(
    ("text", "backdrop"),
    [
        ("on a wooden table on a chalet terrace with snowy mountains", "chalet"),
        ("ski lodge, snowy balcony, mountains", "chalet"),
        ("apres ski at a mountain hut terrace", "chalet"),
        ("winter terrace with pine trees", "chalet"),
        ("auf einem Holztisch auf der Chalet-Terrasse mit Bergen", "chalet"),
        ("on a snowy chalet terrace before mountains", "chalet"),
        ("sur une terrasse de chalet enneigé", "chalet"),
        ("auf der verschneiten Terrasse einer Berghütte", "chalet"),
        ("on a marble podium, alpine lake and mountains behind", "alpine_lake"),
        ("on a rock by a mountain lake with pine trees behind", "alpine_lake"),
        ("on a stone by a lake, pine forest in the background", "alpine_lake"),
        ("sur une pierre au bord d'un lac de montagne avec des sapins", "alpine_lake"),
        ("by a campfire at night in the woods", "campfire"),
        ("on a wooden table by a bonfire in the forest", "campfire"),
        ("am Lagerfeuer im Wald", "campfire"),
    ],
)
def test_a_place_has_the_landscape_that_is_named_with_it(text: str, backdrop: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == "tabletop"
    assert vars(direction.design)["backdrop"] == backdrop
    assert direction.unread == ()
    assert "shown as" not in direction.reading


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("on a table by the lake with pines", "wood"),
        ("on a marble table by the lake with pine trees", "marble"),
        ("on a rock by a lake with pine trees", "stone"),
        ("by an alpine lake", "stone"),
    ],
)
def test_a_table_by_a_lake_is_of_wood_and_all_else_a_stone(text: str, material: str) -> None:
    design = vars(read(text).design)
    assert (design["backdrop"], design["material"]) == ("alpine_lake", material)


@pytest.mark.parametrize(
    "text", ["mountain lake", "floating on a lake", "starry night over a lake with pine trees", "a lake, pine branches"]
)
def test_a_lake_without_trees_round_it_or_under_stars_is_still_water(text: str) -> None:
    assert set_name(read(text).design) == "water"


def test_twigs_beside_a_product_stay_beside_it() -> None:
    design = vars(read("on a wooden table by an alpine lake, pine branches").design)
    assert (design["backdrop"], design["props"]) == ("alpine_lake", "pine")


@pytest.mark.parametrize("text", ["chalet deck without snow", "alpine lake, no mountains", "campfire, no trees"])
def test_what_is_not_wanted_and_there_all_the_same_is_told(text: str) -> None:
    assert "shown as" in read(text).reading


@pytest.mark.parametrize(
    "text", ["mug on a rooftop terrace over the city at sunrise", "on a rooftop in the city", "rooftop downtown, night"]
)
def test_the_city_of_a_roof_is_what_is_seen_from_it(text: str) -> None:
    """It put the roof away for a street."""
    direction = read(text)
    assert vars(direction.design)["backdrop"] == "rooftop"
    assert not direction.unread


def test_a_street_and_a_tower_are_not_seen_from_a_roof() -> None:
    assert "city street" in read("on a rooftop, city street below").unread
    assert "eiffel tower" in read("rooftop in paris, eiffel tower").unread
    assert getattr(read("on a city street, rooftops behind").design, "place", None) == "city"


def test_a_sunrise_is_low_and_warm_enough_for_an_evening_of_any_place() -> None:
    """A mountain lake at sunrise lay in full daylight, told as shown."""
    light = read("mug on a table by a mountain lake with firs, sunrise").design.light
    assert evening_share(light) > 0.5


@pytest.mark.parametrize(
    ("text", "night"),
    [("campfire", True), ("campfire at dusk", True), ("campfire on a sunny day", False), ("campfire at sunset", False)],
)
def test_a_campfire_burns_at_night_unless_daylight_is_told(text: str, night: bool) -> None:
    """It lent the forest's night its light and was not seen."""
    assert (read(text).design.light.intensity < 0.78) == night

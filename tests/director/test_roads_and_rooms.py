"""Roads out in the country are there, wet or between snow; what is named of a room's furniture is told where it is."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from tests.director.reading import read


@pytest.mark.parametrize("text", ["wet road in the desert", "wet asphalt in the desert", "rainy street in the desert"])
def test_a_wet_road_in_the_desert_is_both(text: str) -> None:
    direction = read(text)
    design = vars(direction.design)
    assert (set_name(direction.design), design["road"], design["wet"]) == ("dunes", True, True)
    assert not direction.unread


def test_a_dry_road_is_not_wet() -> None:
    assert not vars(read("road in the desert").design)["wet"]


@pytest.mark.parametrize(
    "text", ["snowy country road", "icy road", "road covered in snow", "country road in winter", "winter road"]
)
def test_a_road_in_the_snow_is_no_street_of_a_city(text: str) -> None:
    direction = read(text)
    design = vars(direction.design)
    assert (set_name(direction.design), design["road"], design["ground"]) == ("dunes", True, "snow")
    assert not direction.unread


@pytest.mark.parametrize("text", ["country road", "country lane, autumn", "wet country road", "rural road at noon"])
def test_a_road_in_the_country_is_out_of_the_city(text: str) -> None:
    assert vars(read(text).design)["place"] == "park"


@pytest.mark.parametrize(
    ("text", "furnished"),
    [
        ("living room with an armchair and a floor lamp", {"armchair", "lamp"}),
        ("office with an armchair and a bookshelf", {"armchair", "bookshelf"}),
        ("in a lounge with framed art", {"pictures"}),
        ("Wohnzimmer mit Sessel und Stehlampe", {"armchair", "lamp"}),
        ("canapé et plantes vertes, salon", {"sofa", "plant"}),
        ("living room with a monstera plant", {"plant"}),
        ("cozy living room with a bookcase and candles", {"bookshelf"}),
    ],
)
def test_what_is_named_of_a_room_is_in_it(text: str, furnished: set[str]) -> None:
    direction = read(text)
    assert {*vars(direction.design)["furnished"]} == furnished
    assert not direction.unread


def test_what_a_room_is_said_to_be_without_is_not_asked_for() -> None:
    assert vars(read("living room, no sofa, a plant").design)["furnished"] == ("plant",)


@pytest.mark.parametrize("text", ["breakfast in bed, croissants", "on a tray on the bed, coffee", "tray on a bed"])
def test_a_tray_on_a_bed_is_there(text: str) -> None:
    assert vars(read(text).design)["tray"]
    assert not read(text).unread
    assert not vars(read("on the bed, coffee").design)["tray"]


@pytest.mark.parametrize(
    ("text", "place"), [("bench in a forest", "forest"), ("bench on a city street at night", "esplanade")]
)
def test_a_bench_in_a_place_is_one(text: str, place: str) -> None:
    direction = read(text)
    assert (vars(direction.design)["bench"], vars(direction.design)["place"]) == (True, place)
    assert "wooden table" not in direction.reading


@pytest.mark.parametrize("text", ["on a wooden bench, brick wall", "locker room bench"])
def test_a_bench_before_a_wall_is_told_as_a_table(text: str) -> None:
    assert set_name(read(text).design) == "tabletop"
    assert "bench shown as a" in read(text).reading


def test_what_there_is_to_be_a_portrait_of_is_the_product() -> None:
    assert read("studio portrait of a watch").product == "watch"
    assert not read("studio portrait of a watch").unread


@pytest.mark.parametrize("text", ["perfume on a tree stump in the snow, spruce", "on slate with fir"])
def test_a_spruce_that_is_twigs_is_told_as_those(text: str) -> None:
    assert "shown as twigs of pine" in read(text).reading
    assert "shown as" not in read("candle on slate with fir branches").reading


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("on a checked blanket by the fireplace, christmas", "ornaments"),
        ("on a wool blanket, christmas", "ornaments"),
        ("auf einer karierten Decke vor dem Kamin, Weihnachten", "ornaments"),
    ],
)
def test_a_feast_on_a_blanket_is_seen(text: str, things: str) -> None:
    """Christmas was told as shown, and nothing of it was there."""
    assert vars(read(text).design)["props"] == things

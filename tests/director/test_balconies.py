"""A balcony is one over a city, with the lights that are strung on it."""

from __future__ import annotations

import pytest

from photoshoot.sets.room import Room
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import SizeClass
from tests.director.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "on a balcony table with fairy lights at night",
        "auf einem Balkon mit Lichterkette bei Nacht",
        "sur un balcon avec une guirlande lumineuse, la nuit",
    ],
)
def test_lights_are_strung_over_a_balcony(text: str) -> None:
    told = read(text)
    assert isinstance(told.design, Tabletop), told.reading
    assert (told.design.backdrop, told.design.lights) == ("balcony", True)
    assert told.unread == ()
    assert "shown as" not in told.reading


@pytest.mark.parametrize(
    "text", ["on a balcony at golden hour, city behind", "on a balcony overlooking the city at night"]
)
def test_the_city_is_seen_from_a_balcony(text: str) -> None:
    told = read(text)
    assert vars(told.design)["backdrop"] == "balcony"
    assert told.unread == ()


def test_furniture_has_a_terrace() -> None:
    placed = Tabletop(backdrop="balcony").placed(SizeClass.FURNITURE)
    assert (placed["name"], placed["style"]) == ("room", "terrace")
    assert Room(style="terrace").takes(SizeClass.FURNITURE)


def test_a_balcony_over_a_real_place_is_told_as_a_table_before_it() -> None:
    told = read("champagne on a balcony overlooking Paris at night")
    assert vars(told.design)["place"] == "esplanade"
    assert "balcony shown as a table before the view" in told.reading

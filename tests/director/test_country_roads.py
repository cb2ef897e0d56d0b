"""A road through a desert or mountains runs through those, and no city stands behind it."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize(
    "text",
    [
        "desert highway",
        "sneakers on a cracked desert highway at noon, long road to the horizon",
        "SUV on a road through the desert",
        "road in the desert",
        "沙漠公路",
        "carretera del desierto",
    ],
)
def test_a_desert_has_a_road(text: str) -> None:
    design = parts(text)
    assert (design["set"], design["road"], design["ground"], design["far"]) == ("dunes", True, "sand", "none")


@pytest.mark.parametrize(
    "text", ["mountain road", "carretera de montaña", "горная дорога", "a road with mountains behind"]
)
def test_a_mountain_road_leads_to_mountains(text: str) -> None:
    design = parts(text)
    assert (design["set"], design["road"], design["far"]) == ("dunes", True, "mountains")


def test_by_night_there_are_stars_over_it() -> None:
    design = parts("desert highway at night under the milky way")
    assert (design["road"], design["night_sky"]) == (True, "milky_way")


@pytest.mark.parametrize("text", ["sneakers on asphalt", "wet asphalt at night, neon signs", "cobblestone street"])
def test_a_street_stays_one(text: str) -> None:
    assert parts(text)["set"] == "road"


@pytest.mark.parametrize("text", ["shoes in the desert", "bottle on sand dunes"])
def test_no_road_runs_where_none_is_named(text: str) -> None:
    assert parts(text)["road"] is False


def test_at_noon_the_sun_is_high() -> None:
    assert read("desert highway at noon, hard sun").design.light.elevation_deg > 60
    assert read("white wall in hard light").design.light.elevation_deg < 60

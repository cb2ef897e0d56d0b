"""A fire indoors burns in a fireplace, which the room has; outdoors it is none of a room's."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize(
    "text",
    [
        "by the fireplace",
        "living room with a roaring fire",
        "lounge, a log burner",
        "by the fire on a winter evening",
        "am Feuer, Abend",
        "une tasse au coin du feu",
        "junto al fuego en invierno",
        "vid brasan",
        "炉端で",
        "şömine başında",
    ],
)
def test_a_fire_indoors_is_in_the_rooms_fireplace(text: str) -> None:
    design = parts(text)
    assert design["set"] == "interior"
    assert "fireplace" in str(design["furnished"])
    assert "fire" not in " ".join(read(text).unread)


@pytest.mark.parametrize(
    "text", ["log cabin with a fire", "snow cabin, fireplace", "cozy cabin, flames", "cabin by the fire"]
)
def test_a_cabins_fire_is_in_its_chimney(text: str) -> None:
    design = parts(text)
    assert (design["set"], design["fireplace"]) == ("cabin", True)


@pytest.mark.parametrize("text", ["log cabin in the snow", "snow cabin, no fireplace", "firewood beside a log cabin"])
def test_a_cabin_has_no_fire_that_none_asked_for(text: str) -> None:
    assert not parts(text).get("fireplace")


@pytest.mark.parametrize(
    "text", ["beach at night by the fire", "in the forest by the fire", "fire and ice", "flames on black"]
)
def test_a_fire_elsewhere_is_in_no_fireplace(text: str) -> None:
    design = parts(text)
    assert "fireplace" not in f"{design.get('furnished')} {design.get('backdrop')}", design["set"]

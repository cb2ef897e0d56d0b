"""Northern lights above are no lamps, plants of a room stand in pots, and trees that a desert has not are told."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize(
    "text", ["camp in the snow, northern lights above", "a snowy plain, northern lights above, moonlit"]
)
def test_northern_lights_above_are_in_the_sky(text: str) -> None:
    assert parts(text)["night_sky"] == "aurora"
    assert "northern lights" not in " ".join(read(text).unread)


def test_a_lamp_above_is_still_told() -> None:
    assert "bulb" in " ".join(read("watch on oak, a single bulb hanging overhead").unread)


@pytest.mark.parametrize(
    "text", ["armchair in a bright living room with green plants", "sofa on a rug, white wall, plants in pots"]
)
def test_plants_of_a_room_do_not_lie_on_its_floor(text: str) -> None:
    shown = parts(text)
    assert shown["beside"] == "none"
    assert ("plants" in " ".join(read(text).unread)) == (shown["set"] != "room" and "furnished" not in shown)


def test_twigs_of_pine_are_no_trees() -> None:
    assert "pine trees shown as pine beside the product" in read("bottle in the snow, pine trees").reading
    assert "shown as" not in read("car on a road, pine trees").reading

"""A jute rug is of jute, and no twigs lie in a room where a house plant was asked for."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


def test_a_jute_rug_has_its_own_color_before_a_wall_of_another() -> None:
    assert parts("armchair on a jute rug, terracotta wall")["accent_color"] == "#c4a474"
    assert parts("armchair on a red jute rug, white wall")["accent_color"] == "#d2202f"


@pytest.mark.parametrize("room", ["living room with a {}", "bedroom with a {}", "armchair on a rug, white wall, a {}"])
@pytest.mark.parametrize("plant", ["monstera", "rubber plant", "fiddle leaf fig"])
def test_a_house_plant_that_a_room_has_not_is_told(room: str, plant: str) -> None:
    assert parts(room.format(plant))["beside"] == "none"
    assert plant in " ".join(read(room.format(plant)).unread)


def test_its_leaves_lie_on_a_table() -> None:
    assert parts("perfume on slate with monstera")["props"] == "leaves"

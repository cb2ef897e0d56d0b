"""A jute rug is of jute, and no twigs lie in a room where a house plant was asked for."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


def test_a_jute_rug_has_its_own_color_before_a_wall_of_another() -> None:
    assert parts("armchair on a jute rug, terracotta wall")["accent_color"] == "#c4a474"
    assert parts("armchair on a red jute rug, white wall")["accent_color"] == "#d2202f"


@pytest.mark.parametrize("room", ["living room with a {}", "bedroom with a {}", "armchair on a rug, white wall, a {}"])
@pytest.mark.parametrize("plant", ["monstera", "monstera plant", "rubber plant", "fiddle leaf fig"])
def test_a_house_plant_that_a_room_has_not_is_told(room: str, plant: str) -> None:
    assert parts(room.format(plant))["beside"] == "none"
    assert plant in " ".join(read(room.format(plant)).unread)


def test_its_leaves_lie_on_a_table() -> None:
    assert parts("perfume on slate with monstera")["props"] == "monstera"


@pytest.mark.parametrize("place", ["desert", "living room"])
def test_no_twigs_lie_there_for_a_cactus(place: str) -> None:
    text = f"sunglasses in a {place} with a cactus"
    assert parts(text)["beside"] == "none"
    assert "cactus" in " ".join(read(text).unread)


@pytest.mark.parametrize("text", ["cojín en un sofá de lino beige", "almofada azul num sofá de linho bege"])
def test_a_cushion_in_a_sofa_is_on_it(text: str) -> None:
    assert parts(text)["set"] == parts("cushion on a beige linen sofa")["set"]

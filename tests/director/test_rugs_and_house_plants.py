"""A jute rug is of jute, and no twigs lie in a room where a house plant was asked for."""

from __future__ import annotations

import pytest

from photoshoot.sets.room import Room
from photoshoot.settings import SizeClass
from tests.director.reading import parts, read


def test_a_jute_rug_has_its_own_color_before_a_wall_of_another() -> None:
    assert parts("armchair on a jute rug, terracotta wall")["accent_color"] == "#c4a474"
    assert parts("armchair on a red jute rug, white wall")["accent_color"] == "#d2202f"


@pytest.mark.parametrize("room", ["living room with a {}", "bedroom with a {}", "armchair on a rug, white wall, a {}"])
@pytest.mark.parametrize("plant", ["monstera", "monstera plant", "rubber plant", "fiddle leaf fig"])
def test_a_house_plant_stands_in_its_room_or_is_told(room: str, plant: str) -> None:
    shown = parts(room.format(plant))
    assert shown["beside"] == "none"
    assert (plant in " ".join(read(room.format(plant)).unread)) == ("plant" not in shown.get("furnished", ()))  # type: ignore[operator]


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


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("on a Persian rug", "persian"),
        ("on a moroccan rug", "berber"),
        ("armchair on a kilim", "stripes"),
        ("on a checkered rug", "checks"),
        ("auf einem Perserteppich", "persian"),
        ("sur un tapis berbère", "berber"),
        ("на персидском ковре", "persian"),
        ("波斯地毯上", "persian"),
        ("על שטיח פרסי", "persian"),
    ],
)
def test_a_rug_has_its_pattern(text: str, pattern: str) -> None:
    told = read(text)
    assert isinstance(told.design, Room), told.reading
    assert told.design.rug_pattern == pattern
    assert told.unread == ()
    assert "plain rug" not in told.reading


def test_it_has_its_pattern_where_the_product_lies_on_it() -> None:
    laid = parts("flat lay on a blue persian rug")
    assert (laid["under"], laid["rug_pattern"]) == ("rug", "persian")
    room = Room(rug_pattern="persian", accent_color="#8f2f2c").lying()
    assert (room["under"], room["under_color"], room["rug_pattern"]) == ("rug", "#8f2f2c", "persian")


@pytest.mark.parametrize("size_class", [SizeClass.HAND_HELD, SizeClass.TABLE_TOP, SizeClass.FURNITURE])
def test_what_is_small_stands_on_a_rug_with_a_pattern_too(size_class: SizeClass) -> None:
    assert Room(rug_pattern="berber").takes(size_class)
    assert Room().takes(size_class) == (size_class is SizeClass.FURNITURE)

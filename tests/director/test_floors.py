"""Floors in a pattern are what the product stands on, and the room that is named with them is behind."""

from __future__ import annotations

from typing import Any

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture
from photoshoot.sets.patterned import FLOORS
from photoshoot.sets.room import Room
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import SizeClass
from tests.director.reading import parts, read

PINK, WHITE = (NAMED_COLORS[name] for name in ("pink", "white"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("white sneaker on a checkered kitchen floor", {"pattern": "checkerboard", "backdrop": "kitchen"}),
        ("in a diner with a checkered floor", {"pattern": "checkerboard", "material": "tiles"}),
        ("bathroom with hexagon tile floor", {"pattern": "hexagon", "backdrop": "bathroom"}),
        ("on a pink penny tile bathroom floor", {"pattern": "penny", "backdrop": "bathroom", "surface_color": PINK}),
        ("on moroccan tiles", {"pattern": "cement", "material": "tiles"}),
        ("on terrazzo tiles in a kitchen", {"pattern": "terrazzo", "backdrop": "kitchen"}),
        ("bedroom with herringbone floor", {"pattern": "herringbone", "material": "wood", "backdrop": "bedroom"}),
        ("terrazzo flooring in a living room", {"pattern": "terrazzo"}),
        ("auf Sechseckfliesen im Bad", {"pattern": "hexagon"}),
        ("carreaux de ciment", {"pattern": "cement"}),
    ],
)
def test_a_floor_in_a_pattern_is_stood_on(text: str, values: dict[str, Any]) -> None:
    direction = read(text)
    assert {name: getattr(direction.design, name) for name in values} == values, direction.reading
    assert direction.unread == (), direction.reading


def test_two_colors_before_a_rooms_floor_are_the_floors() -> None:
    shown = parts("on a black and white checkered bathroom floor")
    assert (shown["pattern_colors"], shown["backdrop_color"]) == (
        (WHITE,),
        parts("on a checkered bathroom floor")["backdrop_color"],
    )


def test_what_leads_to_a_room_and_is_no_pattern_stays_its_own() -> None:
    assert parts("on marble tiles")["pattern"] == "none"
    assert parts("on the bathroom floor")["set"] != "tabletop"


@pytest.mark.parametrize("pattern", sorted(FLOORS))
def test_a_room_carries_what_is_small_on_such_a_floor_and_shows_it_from_above(pattern: Any) -> None:
    room = Room(pattern=pattern, floor=FLOORS[pattern], rug=False)
    assert room.takes(SizeClass.HAND_HELD)
    assert not Room().takes(SizeClass.HAND_HELD)
    assert (room.lying()["surface"], room.lying()["pattern"]) == (FLOORS[pattern], pattern)
    large = Tabletop(material=FLOORS[pattern], pattern=pattern).placed(SizeClass.FURNITURE)
    assert (large["name"], large["pattern"], large["floor"]) == ("room", pattern, FLOORS[pattern])


@pytest.mark.parametrize("pattern", ["hexagon", "penny"])
def test_a_second_color_is_here_and_there_where_it_is_told(pattern: str) -> None:
    one = Surface(material="tiles", color="#efece4", vein_color="#efece4", pattern=pattern)
    two = Surface(material="tiles", color="#efece4", vein_color="#efece4", pattern=pattern, pattern_colors=("#111111",))
    dark = [float((surface_texture(surface, 1).color.mean(-1) < 0.1).mean()) for surface in (one, two)]
    assert dark[0] == 0.0
    assert 0.08 < dark[1] < 0.25


@pytest.mark.parametrize(
    ("text", "style", "pattern"),
    [
        ("living room with a persian rug", "living", "persian"),
        ("on a berber rug in a bedroom", "bedroom", "berber"),
        ("bedroom with a striped rug", "bedroom", "stripes"),
        ("living room with a rug", "living", "none"),
        ("salon avec un tapis persan", "living", "persian"),
    ],
)
def test_a_home_has_the_rug_that_is_told(text: str, style: str, pattern: str) -> None:
    direction = read(text)
    assert isinstance(direction.design, Room), direction.reading
    assert (direction.design.style, direction.design.rug_pattern, direction.design.has_rug) == (style, pattern, True)
    assert direction.unread == ()


def test_no_rug_is_laid_under_a_table() -> None:
    assert parts("on a wooden table in a living room with a persian rug")["set"] != "room"

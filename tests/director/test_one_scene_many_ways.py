"""One scene is one set, however its support and what is behind it are put into a sentence or under headings."""

from __future__ import annotations

import pytest

from photoshoot.director import direct
from photoshoot.presets import PresetRegistry

REGISTRY = PresetRegistry.load()
_SAID = """
zorble on {on}, {behind} behind | zorble on {on} before {behind} | zorble on {on} against {behind}
zorble on {on} with {behind} in the background | zorble on {on} and {behind} in the background
zorble upon {on}, {behind} far behind | zorble atop {on} in front of {behind} | {on} in front of {behind}
zorble on {on}, with {behind} as a backdrop | {behind} in the background, zorble on {on}
surface: {on}. background: {behind} | background: {behind}; zorble on {on}
"""
_SUPPORTS = ("a rock", "a round pink podium", "a wooden stump", "a concrete block", "a white marble table", "moss")
_BEHIND = ("mountains", "a kitchen", "a library", "a forest", "a snowy landscape", "a sunset")


def design_of(text: str) -> dict[str, object]:
    design = direct(text, REGISTRY, None).design
    return {"set": type(design), **vars(design)}


@pytest.mark.parametrize("on", _SUPPORTS)
@pytest.mark.parametrize("behind", _BEHIND)
def test_a_support_and_what_is_behind_it_are_one_set_in_every_way_of_saying_it(on: str, behind: str) -> None:
    plain = design_of(f"zorble on {on} in front of {behind}")
    ways = [way.strip() for line in _SAID.strip().splitlines() for way in line.split("|")]
    other = [way for way in ways if design_of(way.format(on=on, behind=behind)) != plain]
    assert not other


@pytest.mark.parametrize("mark", [" | ", " + ", " • ", "\n", " - ", ", "])
def test_what_parts_a_list_is_a_comma(mark: str) -> None:
    assert design_of(mark.join(("oak table", "brick wall", "candles"))) == design_of("oak table, brick wall, candles")


@pytest.mark.parametrize("room", ["kitchen", "bathroom", "café"])
@pytest.mark.parametrize("podium", ["round pink podium", "terracotta podium", "white cube", "wooden stump"])
def test_a_platform_before_a_room_is_no_color_of_that_rooms_counter(podium: str, room: str) -> None:
    direction = direct(f"zorble on a {podium} in front of a {room}", REGISTRY, None)
    assert vars(direction.design)["stand"] != "none"
    assert podium.split()[-1] not in " ".join(direction.unread)

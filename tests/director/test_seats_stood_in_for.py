"""A stool or a chair that a room has not is told as what it is shown as, or as missing."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize("text", ["bathroom with a wooden stool", "lab with a metal stool"])
def test_a_seat_in_a_room_without_one_is_stood_in_for(text: str) -> None:
    assert "stool shown as a wooden table" in read(text).reading


def test_a_chair_beside_a_podium_is_told() -> None:
    assert "wooden chair" in read("podium and a wooden chair").unread


def test_a_crumpled_napkin_lies_on_what_is_named() -> None:
    assert parts("watch flat lay on slate, crumpled linen napkin")["surface"] == "concrete"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("moroccan, cinnamon and star anise", "moroccan shown as its colours alone"),
        ("boho with candles", "boho shown as its colours alone"),
        ("moroccan", "moroccan shown as lanterns before terracotta"),
    ],
)
def test_a_style_whose_things_gave_way_is_told_as_its_colors(text: str, told: str) -> None:
    assert told in read(text).reading

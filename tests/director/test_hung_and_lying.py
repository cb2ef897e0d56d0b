"""Of several things that hang at a party all are there: one kind in the air, and the others under it."""

from __future__ import annotations

import pytest

from tests.director.reading import missed, parts, read


@pytest.mark.parametrize(
    ("text", "air", "lying"),
    [
        ("red balloons with streamers", "streamers", {"balloons"}),
        ("streamers and balloons", "streamers", {"balloons"}),
        ("birthday party with colourful balloons and streamers", "streamers", {"balloons"}),
        ("birthday party with falling confetti", "confetti", set()),
        ("birthday party, confetti falling, gift boxes", "confetti", {"gifts"}),
        ("balloons, streamers and confetti", "streamers", {"balloons", "confetti"}),
    ],
)
def test_what_has_no_room_in_the_air_lies_there(text: str, air: str, lying: set[str]) -> None:
    design = parts(text)
    assert design["air"] == air
    assert lying <= {design["props"], *design["also"]}  # type: ignore[misc]
    assert not {"balloons", "confetti", "falling", "streamers"} & set(missed(read(text)).split())


def test_what_was_to_fall_and_lies_is_told() -> None:
    text = "streamers, balloons, confetti falling"
    assert "shown as lying there, not in the air" in read(text).reading


def test_a_color_of_what_lies_is_its_own() -> None:
    design = parts("black balloons under gold streamers")
    assert design["prop_colors"] == ("#c9a04a",)
    assert dict(zip(design["also"], design["also_colors"], strict=False)) == {"balloons": "#111111"}  # type: ignore[call-overload]


def test_balloons_are_colorful_though_nothing_lies_there() -> None:
    direction = read("colorful balloons")
    assert len(parts("colorful balloons")["prop_colors"]) == 4  # type: ignore[arg-type]
    assert not direction.unread

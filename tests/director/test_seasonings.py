"""Foods that colours are called after are foods before herbs, spices and nuts, which have their own colours."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize(
    ("text", "food"),
    [
        ("olive rosemary and bread on a rustic board", "olive"),
        ("orange cinnamon and pine branches", "orange"),
        ("lavender thyme and lemons", "lavender"),
    ],
)
def test_a_food_before_a_seasoning_is_no_color(text: str, food: str) -> None:
    direction = read(text)
    assert food in str(direction.unread) or food in str(direction.words["props"]) or food in str(direction.stand_ins)
    assert food not in str(direction.words.get("colour", ()))


def test_roses_and_branches_have_the_color_that_is_said() -> None:
    assert "peach" in read("peach roses and candles").words["colour"]
    assert parts("olive branches and bread")["also"] == ("leaves",)

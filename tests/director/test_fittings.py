"""What a fireplace, a stove or a bath is said to be of is told with them: nothing else in the room is of it."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("mug in a living room with a marble fireplace", "marble"),
        ("mug by a stone fireplace", "stone"),
        ("cozy living room with a white fireplace", "white"),
        ("kitchen with a copper stove", "copper"),
        ("bathroom with a marble bathtub", "marble"),
        ("salon avec cheminée en marbre, fauteuil", "marbre (marble)"),
        ("cozinha com fogão vermelho", "vermelho (red)"),
    ],
)
def test_what_a_fitting_is_of_is_told_and_nothing_else_is_of_it(text: str, lost: str) -> None:
    direction = read(text)
    assert lost in direction.unread
    assert "colour alone" not in direction.reading


def test_a_fireplace_of_bricks_is_a_fireplace_and_no_wall_of_bricks() -> None:
    assert parts("mug on a wooden table by a brick fireplace")["backdrop"] == "fireplace"


def test_what_the_product_stands_on_is_of_what_it_is_said_to_be() -> None:
    assert "marble" not in read("soap on the edge of a marble bathtub").unread

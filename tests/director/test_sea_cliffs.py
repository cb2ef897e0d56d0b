"""A cliff by the sea is one high over it; where no sea is named, it is told as a flat rock."""

from __future__ import annotations

import pytest

from photoshoot.sets.water import Water
from tests.director.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "cliff over the ocean",
        "on a cliff, sea behind",
        "sea cliffs at sunset",
        "on a cliff edge overlooking the sea",
        "auf einer Klippe über dem Meer",
        "sur une falaise au-dessus de la mer",
        "海边悬崖",
        "바다가 보이는 절벽 위",
    ],
)
def test_a_cliff_is_over_the_sea(text: str) -> None:
    told = read(text)
    assert isinstance(told.design, Water), told.reading
    assert told.design.support == "cliff"
    assert told.unread == ()
    assert "shown as" not in told.reading


@pytest.mark.parametrize("text", ["on a cliff", "cliff in the desert"])
def test_a_cliff_without_the_sea_is_told(text: str) -> None:
    assert "cliff shown as flat rock" in read(text).reading


def test_what_lies_there_lies_on_rock() -> None:
    laid = Water(support="cliff", stone_color="#8d8a84").lying()
    assert (laid["surface"], laid["under"]) == ("rock", "slab")

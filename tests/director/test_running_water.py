"""Water that runs is a brook between mossy rocks; a lake stands still."""

from __future__ import annotations

import pytest

from photoshoot.sets.rocks import Rocks
from tests.director.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "on stones in a stream",
        "by a mountain stream",
        "mossy rocks in a forest creek",
        "小溪边的石头上",
        "an einem Bach",
        "sur un rocher moussu au bord d'un ruisseau",
        "на мшистом камне у ручья",
        "苔むした岩、小川",
        "mossy log by a mountain stream",
        "by a stream in the forest",
    ],
)
def test_a_stream_runs_between_rocks_in_a_wood(text: str) -> None:
    directed = read(text)
    assert isinstance(directed.design, Rocks), directed.reading
    assert directed.design.brook
    assert directed.design.place == "forest"
    assert "still water" not in directed.reading
    assert directed.unread == ()


def test_by_night_the_wood_is_dark() -> None:
    assert vars(read("creek in the forest at night").design)["place"] == "forest_at_night"


def test_rocks_elsewhere_have_no_brook() -> None:
    assert not vars(read("mossy rocks in a forest").design)["brook"]


def test_what_lies_by_a_brook_lies_on_a_stone_in_water() -> None:
    laid = Rocks(brook=True, rock_color="#8b8a82").lying()
    assert (laid["surface"], laid["under"], laid["under_color"]) == ("water", "slab", "#8b8a82")


def test_a_lake_stands_still_and_nothing_is_told_of_it() -> None:
    assert "shown as" not in read("on a stone in a calm lake").reading


@pytest.mark.parametrize("text", ["living room with a floor lamp", "living room with a standing lamp"])
def test_a_floor_lamp_is_one_thing(text: str) -> None:
    assert "not read" not in read(text).reading


def test_a_chinese_rim_light_is_one() -> None:
    assert "rim light" in read("黑色石头上的手表，边缘光").reading

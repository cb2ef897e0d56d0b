"""Water that runs: the studio's stands still, which is told, and which is no reason to leave a wood for a lake."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from tests.director.reading import read


@pytest.mark.parametrize("text", ["on stones in a stream", "by a mountain stream", "小溪边的石头上", "an einem Bach"])
def test_a_stream_stands_still(text: str) -> None:
    directed = read(text)
    assert set_name(directed.design) == "water"
    assert "shown as still water" in directed.reading


@pytest.mark.parametrize("text", ["mossy log by a mountain stream", "by a stream in the forest"])
def test_a_wood_by_a_stream_is_a_wood(text: str) -> None:
    directed = read(text)
    assert getattr(directed.design, "place", "") == "forest"
    assert "stream" in directed.reading.split("not read: ")[1]


def test_a_lake_stands_still_and_nothing_is_told_of_it() -> None:
    assert "shown as" not in read("on a stone in a calm lake").reading


@pytest.mark.parametrize("text", ["living room with a floor lamp", "living room with a standing lamp"])
def test_a_floor_lamp_is_one_thing(text: str) -> None:
    assert "not read" not in read(text).reading


def test_a_chinese_rim_light_is_one() -> None:
    assert "rim light" in read("黑色石头上的手表，边缘光").reading

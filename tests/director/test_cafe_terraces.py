"""A terrace is a café's, before its front; where it looks on something, that is seen."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from photoshoot.sets.cafe import Cafe
from photoshoot.settings import SizeClass
from tests.director.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "on a cafe terrace",
        "street cafe at night",
        "terrace at golden hour",
        "outdoor restaurant table in the evening",
        "auf einer Caféterrasse",
        "sur la terrasse d'un restaurant",
        "на террасе кафе",
        "咖啡馆露台",
    ],
)
def test_a_terrace_is_before_a_cafes_front(text: str) -> None:
    told = read(text)
    assert isinstance(told.design, Cafe), told.reading
    assert told.design.place == "front"
    assert told.unread == ()


@pytest.mark.parametrize(("text", "place"), [("cafe table in a park", "park"), ("cafe terrace in Venice", "venice")])
def test_where_a_place_is_named_that_is_behind(text: str, place: str) -> None:
    assert vars(read(text).design)["place"] == place


@pytest.mark.parametrize("text", ["terrace overlooking the sea", "stone terrace in the garden", "on a rooftop terrace"])
def test_a_terrace_elsewhere_is_there(text: str) -> None:
    assert set_name(read(text).design) != "cafe"


def test_an_awning_has_its_color() -> None:
    told = read("cafe terrace with a blue awning")
    assert "blue awning" in told.reading
    assert vars(told.design)["accent_color"] == vars(read("cafe with blue chairs").design)["accent_color"]


@pytest.mark.parametrize("size_class", [SizeClass.FURNITURE, SizeClass.GEAR])
def test_what_is_large_is_in_a_street(size_class: SizeClass) -> None:
    assert Cafe(place="front").placed(size_class)["place"] == "city"

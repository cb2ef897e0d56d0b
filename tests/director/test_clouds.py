"""On clouds there is a sea of them, in the colour and under the sky that are asked for; a light blue sky is one."""

from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from tests.director.reading import missed, parts, read


@pytest.mark.parametrize(
    "text",
    [
        "sneakers on fluffy clouds",
        "perfume among the clouds",
        "a bottle on a fluffy white cloud",
        "above the clouds at sunset",
        "Kinderspielzeug auf einem Wolkenteppich",
        "雲の上",
    ],
)
def test_on_clouds_there_is_a_sea_of_them(text: str) -> None:
    direction, design = read(text), parts(text)
    assert (design["set"], design["ground"]) == ("dunes", "clouds")
    assert direction.reading.startswith("read as: clouds")
    assert not direction.unread


def test_clouds_and_their_sky_have_the_colours_that_are_asked_for() -> None:
    assert parts("on pink clouds")["ground_color"] == NAMED_COLORS["pink"]
    assert parts("on white clouds under a lilac sky")["sky_colors"] == (NAMED_COLORS["lilac"],)
    assert parts("on white clouds under a lilac sky")["ground_color"] != NAMED_COLORS["lilac"]


def test_what_floats_among_clouds_floats() -> None:
    design = parts("floating among clouds")
    assert (design["ground"], design["afloat"]) == ("clouds", True)


@pytest.mark.parametrize(("text", "part"), [("a starry night", "night_sky"), ("mountains", "far")])
def test_more_rises_over_clouds(text: str, part: str) -> None:
    design = parts(f"{text} above the clouds")
    assert design["ground"] == "clouds"
    assert design[part] != "none"


def test_no_road_runs_through_clouds() -> None:
    direction = read("on a desert road above the clouds")
    assert vars(direction.design)["ground"] == "sand"
    assert "above the clouds" in direction.unread


def test_a_sky_with_clouds_has_them_above_alone() -> None:
    design = parts("bottle on oak before a blue sky with small white clouds")
    assert (design["place"], design["props"]) == ("sky", "none")


def test_clouds_of_cotton_lie_in_a_studio() -> None:
    assert parts("serum with cotton wool clouds, pink background")["props"] == "clouds"


@pytest.mark.parametrize(
    "text", ["light blue sky with small white clouds", "vor hellblauem Himmel mit kleinen weißen Wolken"]
)
def test_pale_blue_and_white_are_of_a_sky(text: str) -> None:
    assert not missed(read(text)).strip()


@pytest.mark.parametrize("text", ["podium among pink clouds", "perfume on a podium in a sea of lavender clouds"])
def test_a_podium_stands_among_coloured_clouds(text: str) -> None:
    design, direction = parts(text), read(text)
    assert (design["set"], design["ground"], design["stand"]) == ("dunes", "clouds", "round")
    assert "backdrop" not in direction.reading
    assert not direction.unread


@pytest.mark.parametrize(
    "text", ["podium before pink clouds", "podium, pink clouds behind", "podium, pink sky with clouds"]
)
def test_coloured_clouds_behind_a_podium_are_a_backdrop(text: str) -> None:
    assert parts(text)["set"] == "podium"
    assert "a backdrop of that colour" in read(text).reading

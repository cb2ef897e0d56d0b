"""Behind what a product stands on, a sky of a colour that none has is a backdrop of it; a real one is a real place."""

from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director.placing.painted_skies import AS_BACKDROP
from photoshoot.sets import set_name
from tests.director.reading import parts, read

_STOOD_ON = ("on a white plinth", "on a wooden table", "on a marble table", "on a black cube", "on an oak shelf")


@pytest.mark.parametrize("scene", _STOOD_ON)
@pytest.mark.parametrize("color", ["pink", "lilac", "red", "yellow", "mint", "turquoise"])
@pytest.mark.parametrize("sky", ["under a {} sky", "in front of a {} sky", "{} clouds behind"])
def test_a_painted_sky_is_a_backdrop_and_told_as_one(scene: str, color: str, sky: str) -> None:
    direction = read(f"{scene}, {sky.format(color)}")
    assert getattr(direction.design, "backdrop_color", None) == NAMED_COLORS[color], direction.reading
    assert AS_BACKDROP in direction.reading
    assert not direction.unread


@pytest.mark.parametrize("scene", _STOOD_ON)
@pytest.mark.parametrize("sky", ["blue sky", "grey sky", "sky", "light blue sky"])
def test_a_real_sky_is_a_real_place(scene: str, sky: str) -> None:
    assert set_name(read(f"{scene}, {sky} behind").design) == "location"


@pytest.mark.parametrize("scene", _STOOD_ON)
def test_clouds_behind_are_a_sky_or_a_sea_of_them(scene: str) -> None:
    direction = read(f"{scene}, clouds behind")
    shown = vars(direction.design)
    assert "sky" in (shown.get("place"), {"clouds": "sky"}.get(shown.get("ground", ""))), direction.reading
    assert not direction.unread


def test_clouds_beside_a_painted_sky_are_told() -> None:
    assert read("on a coral plinth under a pink sky with a few white clouds").unread == ("white clouds",)


@pytest.mark.parametrize("land", ["by the sea", "in the desert", "on a beach"])
def test_a_land_has_its_own_sky(land: str) -> None:
    assert AS_BACKDROP not in read(f"on a white plinth {land}, pink sky").reading


@pytest.mark.parametrize("sky", ["a pink sky", "a lilac sky with clouds", "an orange sky"])
def test_what_floats_in_a_sky_that_no_real_one_is_hangs_before_its_color(sky: str) -> None:
    assert parts(f"sneaker floating in {sky}")["set"] == "hanging_wall"
    assert parts("sneaker floating in a blue sky")["set"] == "location"


@pytest.mark.parametrize("land", ["over water with ripples", "over a lake", "above the desert"])
def test_the_sky_over_a_land_is_that_lands(land: str) -> None:
    assert parts(f"bottle floating {land}, pink sky")["sky_colors"] == ("#f29fbf",)


@pytest.mark.parametrize("sky", ["a clear sky", "blue sky", "a cloudless sky", "the deep blue sky"])
def test_a_clear_sky_has_no_clouds_but_those_that_are_named(sky: str) -> None:
    """It was the panorama of a cloudy one, told as shown."""
    assert vars(read(f"on concrete slabs against {sky}").design)["place"] == "clear_sky"
    for text in (f"on concrete slabs against {sky} with white clouds", f"on a white table, clouds, {sky}"):
        assert vars(read(text).design)["place"] == "sky"

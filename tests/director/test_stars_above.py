"""Stars of a night sky are above, and moonlight colours no sky."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from tests.director.reading import parts, read


@pytest.mark.parametrize(
    "text",
    [
        "stars of the night sky over desert sand",
        "telescope on dunes under a night sky with stars",
        "밤하늘의 별과 은하수 아래 사막의 모래 위",
        "sur le sable du désert la nuit, un ciel plein d'étoiles",
        "bottle on sand dunes at night, stars",
    ],
)
def test_stars_of_a_night_sky_do_not_lie_on_the_ground(text: str) -> None:
    design = parts(text)
    lying = design.get("beside", design.get("props", "none"))
    assert lying != "stars"
    assert design["night_sky"] in ("stars", "milky_way")


@pytest.mark.parametrize(
    "text", ["gold stars on black velvet", "Christmas night, stars", "dunes at night, golden stars"]
)
def test_stars_that_someone_made_lie_there(text: str) -> None:
    design = parts(text)
    kinds = {design.get("props"), design.get("beside"), design.get("air"), *design.get("also", ())}  # type: ignore[misc]
    assert "stars" in kinds


@pytest.mark.parametrize("text", ["telescope on dunes at night, blue moonlight", "사막의 모래 위, 푸른 달빛"])
def test_blue_moonlight_leaves_the_sky_dark(text: str) -> None:
    assert parts(text)["sky_colors"] == ("#4a5878", "#141b33")


def test_a_red_wall_glows_in_no_orange() -> None:
    direction = read("glossy floor, dark red background with sparks")
    assert set_name(direction.design) == "glossy_floor"
    assert "orange glow" not in direction.reading
    assert "shown as an orange glow" in read("glossy black floor with sparks").reading

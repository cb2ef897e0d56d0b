"""A café's front: its awning's colour, its lamps by hour, and what of it is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.color.space import LUMINANCE, hex_to_oklab, linear_to_oklab
from photoshoot.placers.studio.backdrops.cafe_front import CafeFront, cafe_front_image

DAY = CafeFront(wide=6.0, tall=3.6, bottom=-0.2, night=0.0, golden=0.0, color="#8c2f2a", sunny_left=True, seed=2)
EVENING, NIGHT = replace(DAY, golden=1.0), replace(DAY, night=1.0)


@pytest.mark.parametrize("color", ["#8c2f2a", "#1f5fd6", "#2f6b45"])
def test_its_awning_has_stripes_of_the_color(color: str) -> None:
    image = cafe_front_image(replace(DAY, color=color))
    row = linear_to_oklab(image[round((3.4 - 2.7) / 3.6 * len(image))])
    dyed, cream = (np.hypot(*(row - hex_to_oklab(dye))[:, 1:].T) < 0.04 for dye in (color, "#f3ebdc"))
    assert 0.3 < dyed.mean() < 0.7
    assert 0.3 < cream.mean() < 0.7


def test_its_lamps_are_on_from_a_low_sun_on_and_its_wall_grows_dark() -> None:
    by_day, late, night = (cafe_front_image(front) @ LUMINANCE for front in (DAY, EVENING, NIGHT))
    assert by_day.max() <= 1.0
    assert (late > 1.0).mean() > 0.002
    assert (night > 1.0).mean() > 0.002
    wall = slice(0, 20)
    assert night[wall].mean() < 0.2 * by_day[wall].mean()


def test_it_is_brighter_on_the_suns_side() -> None:
    wall = cafe_front_image(DAY)[:20] @ LUMINANCE
    half = wall.shape[1] // 2
    assert wall[:, :half].mean() > wall[:, half:].mean()

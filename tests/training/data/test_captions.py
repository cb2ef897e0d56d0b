from __future__ import annotations

import pytest

from photoshoot.training.data.randomization import caption_scene, names_product
from tests.making import make_product

PRODUCT = make_product()  # a green bottle


@pytest.mark.parametrize(
    ("azimuth_deg", "told"),
    [
        (0, "from the front"),
        (-60, "from the left"),
        (60, "from the right"),
        (170, "from behind"),
        (-170, "from behind"),
    ],
)
def test_the_light_comes_from_where_it_comes_from(azimuth_deg: float, told: str) -> None:
    caption = caption_scene("on oak, soft light from the left", PRODUCT, azimuth_deg)
    assert caption == f"on oak, soft light {told}"


def test_clauses_that_name_the_product_are_left_out() -> None:
    assert names_product("beside two bottles", PRODUCT)
    assert not names_product("beside two cups", PRODUCT)
    assert caption_scene("on oak, beside two bottles, at dusk", PRODUCT, 0) == "on oak, at dusk"
    assert caption_scene("a bottle", PRODUCT, 0) == "a plain studio background"

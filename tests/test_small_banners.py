"""The smallest banners that are sold, as on phones, are drawn as large ads are."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from photoshoot import Photoshoot, Prompt
from tests.making import draw_cutout


@pytest.mark.parametrize("size", ["320x50", "468x60", "88x32"])
def test_a_product_fills_a_small_banners_height_in_its_own_colors(shoot: Photoshoot, size: str) -> None:
    cutout = draw_cutout()
    photo = Image.fromarray(np.dstack([cutout.rgb, np.round(cutout.alpha_matte * 255).astype(np.uint8)]))
    (shot,) = shoot.generate(photo, prompts=[Prompt.custom("on a pink podium, soft light")], render_kind=size, seed=3)
    width, height = map(int, size.split("x"))
    assert shot.image.shape == (height, width, 3)
    box = shot.canvas.product_box
    assert 0.5 * height < box.height <= height
    middle = shot.image[box.top + box.height // 2, box.left + box.width // 2].astype(float)
    corner = shot.image[2, -3].astype(float)
    assert np.abs(middle - corner).max() > 30, "the product is no part of the pink"
    assert corner.argmin() == 1

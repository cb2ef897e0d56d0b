from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageFilter

from photoshoot.segmenters.saliency import find_product
from tests.segmenters.drawing import draw_backdrop, draw_matte, take_photo


@pytest.mark.parametrize(
    ("blur_px", "scale", "backdrop", "views"),
    [
        (0.3, 1.0, "wood", 1),
        (4.0, 1.0, "wood", 3),
        (4.0, 1.0, "gradient", 2),
        (0.3, 0.5, "gradient", 2),
    ],
)
def test_a_second_view_is_taken_where_the_first_is_small_or_not_sharp_and_a_mirrored_one_where_unsure(
    blur_px: float, scale: float, backdrop: str, views: int
) -> None:
    side = round(320 * scale)
    matte = np.zeros((320, 320), np.float32)
    matte[:side, :side] = draw_matte("mug", side)
    photo = take_photo(matte, draw_backdrop(backdrop, 320))
    seen = []

    def network(view: Image.Image) -> npt.NDArray[np.float32]:
        seen.append(view.size)
        product = Image.fromarray(np.round(matte * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(blur_px))
        return np.asarray(product, np.float32) / np.float32(255)

    def no_opinion(view: Image.Image) -> npt.NDArray[np.float32]:
        del view
        return np.full((32, 32), 0.5, np.float32)

    assert find_product(network, Image.fromarray(photo.rgb), twice=True, coarse=no_opinion) is not None
    assert len(seen) == views
    seen.clear()
    find_product(network, Image.fromarray(photo.rgb), twice=False)
    assert len(seen) == 1

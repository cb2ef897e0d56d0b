from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageFilter

from photoshoot.segmenters.looking.saliency import find_product
from tests.segmenters.drawing import draw_backdrop, draw_matte, take_photo


@pytest.mark.parametrize(
    ("blur_px", "scale", "backdrop", "views"),
    [
        (0.3, 1.0, "wood", 3),
        (0.3, 1.0, "gradient", 1),
        (4.0, 1.0, "gradient", 2),
        (0.3, 0.5, "gradient", 2),
    ],
)
def test_further_whole_views_are_taken_where_no_plain_backdrop_tells_more_and_where_the_first_is_small_or_unsure(
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


@pytest.mark.parametrize(("sees_red", "views"), [(False, 2), (True, 3)])
def test_the_mirror_image_is_looked_at_only_where_the_closer_look_says_otherwise(sees_red: bool, views: int) -> None:
    rgb = np.random.default_rng(0).integers(120, 240, (40, 40, 3), np.uint8).repeat(8, axis=0).repeat(8, axis=1)
    rgb[80:260, 60:240] = (20, 40, 90)
    rgb[120:200, 240:254] = (250, 20, 20)
    photo = Image.fromarray(rgb)
    seen = []

    def network(view: Image.Image) -> npt.NDArray[np.float32]:
        """Sees a red thing beside a blue one only from near, if at all."""
        seen.append(view.size)
        color = np.asarray(view.resize((320, 320), Image.Resampling.NEAREST), np.int32)
        blue, red = (color[..., 2] > color[..., 0] + 40) & (color[..., 0] < 60), color[..., 0] > color[..., 1] + 200
        return np.asarray(blue | (red & (sees_red and view.size != photo.size)), np.float32)

    def no_opinion(view: Image.Image) -> npt.NDArray[np.float32]:
        del view
        return np.full((32, 32), 0.5, np.float32)

    assert find_product(network, photo, twice=True, coarse=no_opinion) is not None
    assert len(seen) == views


def test_the_window_grows_where_it_cuts_through_what_a_closer_look_sees() -> None:
    there = np.zeros((320, 320), np.float32)
    there[180:240, 120:180] = 1
    strap = there.copy()
    strap[60:180, 146:154] = 1
    photo = Image.fromarray(np.where(strap[..., None] > 0, np.uint8(40), np.uint8(200)).repeat(3, axis=2))

    def network(view: Image.Image) -> npt.NDArray[np.float32]:
        """Overlooks the strap from afar."""
        near = np.asarray(view.convert("L").resize((320, 320))) < 120
        return there if view.size == photo.size else near.astype(np.float32)

    sighting = find_product(network, photo, twice=True)
    assert sighting is not None
    assert sighting.window.top < 180 - 0.5 * 60, "the window ends where the first look saw nothing"
    scale = sighting.detail.shape[0] / sighting.window.height
    row = round((180 - 0.4 * 60 - sighting.window.top) * scale)
    assert float(sighting.detail[row].max()) > 0.9


def test_what_the_closer_look_sees_nothing_of_is_not_joined() -> None:
    there = np.zeros((320, 320), np.float32)
    there[140:240, 100:180] = 1
    rgb = np.random.default_rng(0).integers(120, 240, (40, 40, 3), np.uint8).repeat(8, axis=0).repeat(8, axis=1)
    rgb[140:240, 100:180] = (20, 40, 90)
    for row in (150, 190, 220):
        rgb[row : row + 8, 180:200] = (250, 20, 20)  # red things beside it, that touch it by little
    photo = Image.fromarray(rgb)

    def network(view: Image.Image) -> npt.NDArray[np.float32]:
        """Takes the red thing for the product's own where that is mirrored."""
        color = np.asarray(view.resize((320, 320), Image.Resampling.NEAREST), np.int32)
        blue, red = (color[..., 2] > color[..., 0] + 40) & (color[..., 0] < 60), color[..., 0] > color[..., 1] + 200
        mirrored = red.any() and np.nonzero(red)[1].mean() < np.nonzero(blue)[1].mean()
        return np.asarray(blue | (red & mirrored), np.float32)

    sighting = find_product(network, photo, twice=True)
    assert sighting is not None
    assert sighting.backdrop is None
    down, across = sighting.detail.shape[0] / sighting.window.height, sighting.detail.shape[1] / sighting.window.width
    row, column = round((194 - sighting.window.top) * down), round((187 - sighting.window.left) * across)
    assert float(sighting.detail[row, column]) < 0.1, "one look's claim was joined as a limb"
    assert float(sighting.most[row, column]) < 0.1

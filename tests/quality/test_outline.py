from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from photoshoot.color.space import bytes_to_linear, linear_to_srgb
from photoshoot.quality.measures import OWN_MATTE, lay_old_background, measure_halo, measure_seam
from photoshoot.quality.surroundings import Surroundings, grow
from photoshoot.records import RgbImage
from photoshoot.settings import Stance
from tests.making import cutout_of, draw_cutout, make_canvas, make_product, make_request

REQUEST = make_request(canvas=dataclasses.replace(make_canvas(make_product(), 480, 320), stance=Stance.LYING))
CANVAS, ALPHA = REQUEST.canvas, REQUEST.layer.alpha_matte
PRODUCT, SCENE, OLD = np.array([[0.05, 0.2, 0.1], [0.5, 0.4, 0.3], [0.9, 0.9, 0.95]], np.float32)
OVER = ALPHA[..., None] * PRODUCT + (1 - ALPHA[..., None]) * SCENE


def see(linear: np.ndarray) -> Surroundings:
    """The window of a picture in linear light."""
    image = np.asarray(np.round(linear_to_srgb(linear) * 255), np.uint8)
    return Surroundings.of(image, REQUEST.layer, CANVAS)


def old(around: Surroundings, color: np.ndarray = OLD) -> np.ndarray:
    return np.broadcast_to(color, around.image.shape).astype(np.float32)


def fringe(share: float, columns: slice = slice(None)) -> np.ndarray:
    """So much of the old background shines through, round the outline in those columns."""
    linear = OVER.copy()
    band = grow(ALPHA > 0.5, 3) & grow(ALPHA <= 0.5, 3)
    band[:, columns.stop or band.shape[1] :] = False
    linear[band] += share * (OLD - linear[band])
    return np.asarray(linear)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.4, 0.8])
def test_a_halo_is_the_share_of_the_old_background_that_is_left(share: float) -> None:
    around = see(fringe(share))
    # the byte's rounding, and the mean of the product that reads pixels right beside the band
    assert measure_halo(around, old(around)) == pytest.approx(share, abs=0.02)


def test_the_worst_side_counts() -> None:
    box = CANVAS.product_box
    around = see(fringe(0.5, slice(0, (box.left + box.right) // 2)))
    assert measure_halo(around, old(around)) == pytest.approx(0.5, abs=0.02)


def test_an_old_background_like_the_new_picture_tells_nothing() -> None:
    around = see(np.broadcast_to(SCENE, OVER.shape))
    assert measure_halo(around, old(around, SCENE)) is None


def test_a_scene_that_goes_on_has_no_seam_and_a_line_makes_one_by_its_strength() -> None:
    plain = measure_seam(see(OVER))
    assert plain == pytest.approx(1, abs=1e-6), "flat near and far"
    line = (grow(ALPHA > 0, 4) & ~grow(ALPHA > 0, 1))[..., None]
    seams = [measure_seam(see(OVER + strength * line)) for strength in (0.02, 0.1, 0.3)]
    assert None not in seams
    assert [1, *seams] == sorted([1, *seams])  # type: ignore[type-var]
    assert (seams[-1] or 0) > 5


def test_a_rough_scene_hides_a_seam_and_no_room_tells_nothing() -> None:
    rough = np.clip(OVER + np.random.default_rng(0).normal(0, 0.08, OVER.shape) * (ALPHA == 0)[..., None], 0, 1)
    assert measure_seam(see(rough)) == pytest.approx(1, abs=0.15), "means over some hundred pixels of noise"
    crowded = dataclasses.replace(REQUEST.layer, alpha_matte=np.ones_like(ALPHA))
    image = np.zeros((*ALPHA.shape, 3), np.uint8)
    assert measure_seam(Surroundings.of(image, crowded, CANVAS)) is None


def photo_of_two_colors() -> RgbImage:
    """A dark left half and a light right half, with the drawn product's colour in neither."""
    rgb = np.full((320, 240, 3), (30, 20, 10), np.uint8)
    rgb[:, 120:] = (200, 210, 220)
    return rgb


def test_the_old_background_is_laid_where_the_photo_had_it_and_carried_under_the_product() -> None:
    drawn = draw_cutout()
    rgb = photo_of_two_colors()
    product = drawn.alpha_matte > 0
    photo = np.where(product[..., None], np.uint8(120), rgb)
    around = see(OVER)
    laid = lay_old_background(cutout_of(photo, drawn.alpha_matte), around)
    assert laid is not None
    assert laid.shape == around.image.shape
    box = CANVAS.product_box
    middle = (box.left + box.right) // 2 - around.left
    for part, color in ((laid[:, : middle - 4], rgb[0, 0]), (laid[:, middle + 4 :], rgb[0, -1])):
        np.testing.assert_array_equal(part, np.broadcast_to(bytes_to_linear(color), part.shape))


def test_a_photo_without_a_background_has_none_to_lay() -> None:
    around, drawn = see(OVER), draw_cutout()
    assert lay_old_background(dataclasses.replace(drawn, segmenter=OWN_MATTE), around) is None
    assert lay_old_background(cutout_of(drawn.rgb, np.ones_like(drawn.alpha_matte)), around) is None

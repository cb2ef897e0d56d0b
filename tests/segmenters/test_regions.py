from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.segmenters.own_alpha import drop_soft_shadow
from photoshoot.segmenters.regions import (
    fill_holes,
    find_boxes,
    find_largest,
    grow,
    measure_distance,
    opened,
    pick_parts,
    sample,
    shrink,
    spread,
    widen,
)

SQUARE = np.ones((3, 3), bool)


@pytest.mark.parametrize("reach", [1, 2, 3, 7, 60])
def test_growing_and_shrinking_equal_repeated_morphology(reach: int) -> None:
    region = np.random.default_rng(5).random((37, 53)) > 0.97
    assert np.array_equal(grow(region, reach), ndimage.binary_dilation(region, SQUARE, iterations=reach))
    solid = ~region
    eroded = ndimage.binary_erosion(solid, SQUARE, iterations=reach, border_value=1)
    assert np.array_equal(shrink(solid, reach), eroded)


@pytest.mark.parametrize("reach", [1, 2, 4, 5, 6, 13, 22])
def test_growing_from_the_border_leaves_no_pixel_out(reach: int) -> None:
    for corner in np.ndindex(3, 3):
        region = np.zeros((37, 53), bool)
        region[corner] = True
        assert np.array_equal(grow(region, reach), ndimage.binary_dilation(region, SQUARE, iterations=reach))
        assert np.array_equal(shrink(~region, reach), ~grow(region, reach))


@pytest.mark.parametrize("reach", [1, 2, 7, 60])
def test_the_largest_value_near_by_equals_that_of_a_square_filter(reach: int) -> None:
    values = np.random.default_rng(8).normal(size=(37, 53)).astype(np.float32)
    for given in (values, values.T):
        found = find_largest(given, reach)
        assert found.dtype == np.float32
        assert np.array_equal(found, ndimage.maximum_filter(given, 2 * reach + 1))
    numbers = np.round(9 * values).astype(np.int32)
    assert np.array_equal(find_largest(numbers, reach), ndimage.maximum_filter(numbers, 2 * reach + 1))


@pytest.mark.parametrize("reach", [1, 3, 4])
def test_opening_keeps_thick_parts_alone(reach: int) -> None:
    region = np.zeros((30, 40), bool)
    region[:12, :12] = region[20 : 20 + 2 * reach, :] = True
    kept = np.zeros_like(region)
    kept[:12, :12] = True
    assert np.array_equal(opened(region, reach), kept)
    noise = np.random.default_rng(7).random((25, 21)) < 0.9
    assert not (opened(noise, reach) & ~noise).any()


def test_filling_and_measuring_equal_scipys() -> None:
    region = ndimage.gaussian_filter(np.random.default_rng(6).normal(size=(61, 47)), 2) > 0.05
    filled = fill_holes(region)
    assert np.array_equal(filled, ndimage.binary_fill_holes(region))
    assert (filled & ~region).any()
    assert np.allclose(measure_distance(region), ndimage.distance_transform_edt(~region), rtol=1e-6)


def test_a_region_stays_as_it_was() -> None:
    region = np.eye(9, dtype=bool)
    grow(region, 3)
    assert np.array_equal(region, np.eye(9, dtype=bool))


def test_marked_parts_are_picked() -> None:
    region = np.zeros((8, 8), bool)
    region[1, 1] = region[2, 2] = region[6, 6] = True
    marks = np.zeros_like(region)
    marks[1, 1] = marks[4, 4] = True
    assert np.argwhere(pick_parts(region, marks, diagonal=True)).tolist() == [[1, 1], [2, 2]]
    assert np.argwhere(pick_parts(region, marks, diagonal=False)).tolist() == [[1, 1]]
    assert not pick_parts(region, np.zeros_like(region), diagonal=True).any()


RNG = np.random.default_rng(3)


@pytest.mark.parametrize("shape", [(16, 16), (17, 9), (1, 5)])
def test_known_pixels_keep_their_values_and_others_stay_between_them(shape: tuple[int, int]) -> None:
    planes = RNG.random((3, *shape), np.float32)
    weight = (RNG.random(shape) < 0.3).astype(np.float32)
    weight[0, 0] = 1
    filled = spread(planes, weight)
    known = weight == 1
    np.testing.assert_allclose(filled[:, known], planes[:, known], atol=1e-6)  # a few roundings of values below 1
    for plane, own in zip(filled, planes, strict=True):
        assert plane.min() >= own[known].min() - 1e-5
        assert plane.max() <= own[known].max() + 1e-5


def test_one_colour_fills_everything_and_nothing_fills_with_nothing() -> None:
    planes = np.full((2, 12, 20), 0.25, np.float32)
    weight = np.zeros((12, 20), np.float32)
    assert not spread(planes, weight).any()
    weight[5, 7] = 1
    np.testing.assert_allclose(spread(planes, weight), 0.25, atol=1e-6)


def test_smooth_planes_are_read_bilinearly() -> None:
    rows, columns = np.indices((9, 11)).astype(np.float32)
    planes = np.stack([2 * rows + columns, np.ones_like(rows)])
    at_rows, at_columns = RNG.random(40, np.float32) * 8, RNG.random(40, np.float32) * 10
    read = sample(planes, at_rows, at_columns)
    np.testing.assert_allclose(read[0], 2 * at_rows + at_columns, atol=1e-4)  # of values up to 26, in float32
    np.testing.assert_allclose(read[1], 1, atol=1e-6)


@pytest.mark.parametrize(("colour", "left"), [(230, 0.0), (20, 0.2)], ids=["under a pale sole", "round black fur"])
def test_haze_that_is_darker_than_what_it_touches_is_shadow(colour: int, left: float) -> None:
    """A band of it stayed right under white shoes, and ended in a flat rim; black fur is as soft, and stays."""
    alpha = np.zeros((1000, 1000), np.float32)
    alpha[300:600, 300:700], alpha[600:612, 320:680], alpha[600, 300:700] = 1, 0.2, 0.45
    rgb = np.zeros((1000, 1000, 3), np.uint8)
    rgb[300:600, 300:700] = colour
    seen = drop_soft_shadow(alpha, rgb)
    assert (seen[300:600, 300:700] == 1).all()
    assert (seen[600, 300:700] == np.float32(0.45)).all(), "an edge that is mixed with what is beside it"
    np.testing.assert_allclose(seen[604:606, 320:680], left)


def test_boxes_of_regions_are_widened_within_the_picture() -> None:
    mask = np.zeros((10, 12), np.bool_)
    mask[1:3, 4:6], mask[7:9, 9:12] = True, True
    labels, _ = ndimage.label(mask)
    assert find_boxes(labels) == [(slice(1, 3), slice(4, 6)), (slice(7, 9), slice(9, 12))]
    assert find_boxes(mask) == [(slice(1, 9), slice(4, 12))]
    assert mask[widen(find_boxes(labels)[0], 2)].shape == (5, 6)
    assert mask[widen(find_boxes(labels)[1], 2)].shape == (5, 5)

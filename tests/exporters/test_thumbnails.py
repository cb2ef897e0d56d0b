from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import linear_to_srgb
from photoshoot.pixels.imaging import scale, shrink


def test_black_and_white_lines_average_in_linear_light() -> None:
    lines = np.zeros((64, 1024, 3), np.uint8)
    lines[:, ::2] = 255
    middle = shrink(lines)[16, 64:-64].astype(float)
    expected = float(linear_to_srgb(0.5)) * 255
    assert middle.mean() == pytest.approx(expected, abs=2), "an average of the bytes would be 128"


@pytest.mark.parametrize(
    ("size", "expected"),
    [((1674, 628), (512, 192)), ((90, 728), (63, 512)), ((512, 512), (512, 512)), ((4000, 3), (512, 1))],
)
def test_longest_side_is_512_and_the_shape_is_kept(size: tuple[int, int], expected: tuple[int, int]) -> None:
    image = np.full((size[1], size[0], 3), 99, np.uint8)
    small = shrink(image)
    assert (small.shape[1], small.shape[0]) == expected
    assert np.all(small == 99)


def test_scaling_to_its_own_size_changes_nothing() -> None:
    image = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    assert np.array_equal(scale(image, (30, 20)), image)

import threading

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.pixels.bands import in_bands, in_planes, two_at_once


@pytest.mark.parametrize("height", [1, 32, 33, 100])
def test_bands_together_are_the_whole(height: int) -> None:
    rng = np.random.default_rng(height)
    light, noise = rng.random((height, 7, 3), np.float32), rng.random((height, 7, 1), np.float32)

    def step(rows: np.ndarray, more: np.ndarray) -> np.ndarray:
        assert len(rows) == len(more) <= 32
        made: np.ndarray = (255 * np.sqrt(rows) * more).astype(np.uint8)
        return made

    whole = (255 * np.sqrt(light) * noise).astype(np.uint8)
    banded = in_bands(step, light, noise)
    assert banded.dtype == np.uint8
    np.testing.assert_array_equal(banded, whole)


def test_a_band_that_fails_is_told() -> None:
    def step(rows: np.ndarray) -> np.ndarray:
        if rows[0] > 40:
            raise ValueError("too far down")
        return rows

    with pytest.raises(ValueError, match="too far down"):
        in_bands(step, np.arange(100.0))


def test_planes_together_are_the_whole() -> None:
    image = np.random.default_rng(5).random((40, 31, 3), np.float32)
    whole = ndimage.uniform_filter(image, (5, 5, 0))
    np.testing.assert_array_equal(in_planes(lambda plane: ndimage.uniform_filter(plane, 5), image), whole)


def test_two_at_once_keep_their_order_and_tell_what_fails() -> None:
    together = threading.Barrier(2, timeout=10)

    def step(number: int) -> int:
        together.wait()
        return number * number

    assert two_at_once(step, range(4)) == [0, 1, 4, 9]
    with pytest.raises(ZeroDivisionError):
        two_at_once(lambda number: 1 // number, (1, 0))

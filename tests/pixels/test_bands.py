import threading
from collections.abc import Callable

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.errors import CancelledError
from photoshoot.machine.cancellation import cancel_scope
from photoshoot.pixels.bands import brightest, grown, in_bands, in_planes, mean_of_channels, opened, two_at_once
from tests.jobs.waiting import PATIENCE_S


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
    together = threading.Barrier(2, timeout=PATIENCE_S)

    def step(number: int) -> int:
        together.wait()
        return number * number

    assert two_at_once(step, range(4)) == [0, 1, 4, 9]
    with pytest.raises(ZeroDivisionError):
        two_at_once(lambda number: 1 // number, (1, 0))


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_channels_have_numpys_most_and_mean(channels: int) -> None:
    image = np.random.default_rng(7).normal(size=(23, 31, channels)).astype(np.float32)
    np.testing.assert_array_equal(brightest(image), image.max(-1))
    np.testing.assert_array_equal(mean_of_channels(image), image.mean(-1))


@pytest.mark.parametrize("side_px", [1, 3, 7, 15])
@pytest.mark.parametrize("shape", [(40, 57), (5, 3), (1, 20)])
def test_chosen_pixels_grow_as_a_maximum_filter_has_them(side_px: int, shape: tuple[int, int]) -> None:
    where = np.random.default_rng(side_px).random(shape) > 0.97
    where[0, 0] = where[-1, -1] = True
    kept = where.copy()
    np.testing.assert_array_equal(grown(where, side_px), ndimage.maximum_filter(where, side_px))
    np.testing.assert_array_equal(where, kept)


@pytest.mark.parametrize("side_px", [3, 11, 61])
def test_opening_by_squares_is_scipys(side_px: int) -> None:
    rng = np.random.default_rng(side_px)
    for width_px in (1, 3, 9):
        where = ndimage.uniform_filter(rng.random((90, 70)), width_px) > (0.2 if width_px == 1 else 0.4)
        where[20:83, 5:68] = True
        whole = ndimage.binary_opening(where, np.ones((side_px, side_px), np.bool_))
        np.testing.assert_array_equal(opened(where, side_px), whole)


@pytest.mark.parametrize(
    "work",
    [lambda rows: in_bands(np.sqrt, rows), lambda rows: two_at_once(np.sqrt, rows)],
    ids=["in_bands", "two_at_once"],
)
def test_between_bands_it_is_asked_whether_they_are_wanted(work: Callable[[np.ndarray], object]) -> None:
    def refuse() -> None:
        raise CancelledError("not wanted")

    work(np.ones((100, 3)))
    with cancel_scope(refuse), pytest.raises(CancelledError):
        work(np.ones((100, 3)))

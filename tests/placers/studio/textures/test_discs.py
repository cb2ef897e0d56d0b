from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy import signal

from photoshoot.placers.studio.textures.discs import add_disc, convolve, lens_disc


def test_lens_disc_is_round_and_has_the_asked_radius() -> None:
    disc = lens_disc(10.0)
    assert np.array_equal(disc, disc.T)
    assert float((disc > 0.5).sum()) == pytest.approx(np.pi * 100, rel=0.05)
    assert 0.8 < float(disc.max()) <= 1


def test_a_disc_is_added_once_in_its_colour() -> None:
    image = np.full((40, 60, 3), 0.25, np.float32)
    add_disc(image, (30.0, 20.0), 8.0, np.array([1.0, 0.5, 0.0], np.float32))
    added = image - 0.25
    assert float((added[..., 0] > 0.5).sum()) == pytest.approx(np.pi * 64, rel=0.05)
    np.testing.assert_allclose(added[..., 1], 0.5 * added[..., 0], atol=1e-6)  # float32 sums near 1
    assert not added[..., 2].any()
    assert added[20, 23, 0] > added[20, 30, 0]  # its rim is brighter than its middle


@pytest.mark.parametrize("center", [(-30.0, 20.0), (30.0, 60.0), (90.0, -20.0)])
def test_a_disc_outside_the_image_adds_nothing(center: tuple[float, float]) -> None:
    image = np.zeros((40, 60, 3), np.float32)
    add_disc(image, center, 8.0, np.ones(3, np.float32))
    assert not image.any()


def test_a_disc_is_cut_at_the_edge_of_the_image() -> None:
    whole, cut = np.zeros((40, 60, 3), np.float32), np.zeros((40, 45, 3), np.float32)
    for image in (whole, cut):
        add_disc(image, (42.0, 20.0), 9.0, np.ones(3, np.float32))
    assert np.array_equal(whole[:, :45], cut)


@pytest.mark.parametrize(("shape", "radius"), [((37, 50), 4.2), ((12, 9), 6.0), ((64, 64), 1.0)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_convolving_gives_the_bits_that_scipys_signal_gives(
    shape: tuple[int, int], radius: float, dtype: npt.DTypeLike
) -> None:
    image = np.random.default_rng(3).uniform(0, 9, shape).astype(dtype)
    disc = lens_disc(radius)
    found = convolve(image, disc)
    assert found.dtype == image.dtype
    assert np.array_equal(found, signal.fftconvolve(image, disc, mode="same"))

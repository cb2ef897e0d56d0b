from __future__ import annotations

import numpy as np
import pytest
from skimage.color import deltaE_ciede2000, rgb2lab

from photoshoot.color.difference import delta_e, rgb_to_lab

# Source: Sharma, Wu and Dalal (2005), table 1: pairs 1, 4, 7, 8, 10, 14, 17, 20, 24, 25, 33.
PAIRS = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.001), 7.1792),
    ((50.0, -0.001, 2.49), (50.0, 0.0011, -2.49), 4.7461),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
    ((50.0, 2.5, 0.0), (50.0, 3.2592, 0.335), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
]


@pytest.mark.parametrize(("first", "second", "expected"), PAIRS)
def test_the_published_pairs(first: tuple[float, ...], second: tuple[float, ...], expected: float) -> None:
    assert delta_e(first, second).item() == pytest.approx(expected, abs=5e-5)


def test_it_is_that_of_scikit_image_for_any_colours() -> None:
    first, second = np.random.default_rng(0).integers(0, 256, (2, 4000, 3), np.uint8)
    first[:50] = first[:50, :1]  # greys
    labs = [np.asarray(rgb2lab(pixels[None] / 255.0)[0]) for pixels in (first, second)]
    np.testing.assert_allclose(rgb_to_lab(first), labs[0], atol=0.02)
    np.testing.assert_allclose(delta_e(*labs), np.asarray(deltaE_ciede2000(*labs)), atol=1e-6)

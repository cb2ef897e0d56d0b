from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.procedural import Texture
from photoshoot.placers.studio.textures.soil import SIZE_PX, moss, rock, sand, soil, stones


@pytest.mark.parametrize("make", [rock, sand, soil, moss])
@pytest.mark.parametrize("color", ["#8a7a64", "#4f5a3a"])
def test_ground_has_the_asked_mean_colour_and_repeats_without_a_seam(
    make: Callable[[str, int], Texture], color: str
) -> None:
    texture = make(color, 1)
    assert texture.color.shape == (SIZE_PX, SIZE_PX, 3)
    np.testing.assert_allclose(texture.color.mean((0, 1)), hex_to_linear(color), rtol=0.03)  # less what is clipped
    tone = texture.color.mean(-1)
    for axis in (0, 1):
        step = np.abs(np.diff(tone, axis=axis))
        assert np.abs(tone.take(0, axis) - tone.take(-1, axis)).mean() < 1.5 * step.mean()


@pytest.mark.parametrize("make", [rock, sand, soil, moss])
def test_relief_is_within_bounds_and_seeds_differ(make: Callable[[str, int], Texture]) -> None:
    first, other = make("#8a7a64", 1), make("#8a7a64", 2)
    assert float(np.abs(first.height).max()) <= 3
    assert float(first.height.std()) > 0.1
    assert not np.array_equal(first.height, other.height)


def test_stones_lie_side_by_side_over_the_whole_square_and_its_edges() -> None:
    rim, number = stones(12, 256, seed=3, spread=0.2)
    assert rim.min() >= 0
    assert len(np.unique(number)) > 0.9 * 12**2
    same = number == np.roll(number, 1, 1)
    assert same.mean() > 0.85
    assert 0.6 < same[:, 0].mean() / same.mean() < 1.2, "they go on over the edge"
    assert rim[~same].mean() < 0.3 * rim[same].mean(), "and end where the next one begins"

"""Marble, stone and linen don't come again at regular places, and lose neither contrast nor threads."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture
from photoshoot.placers.studio.textures.procedural import SIZE_PX
from photoshoot.placers.studio.textures.unrepeating import LARGER, broad_texture, laid_texture

MOST_ALIKE = 0.2
_THREADS_PX = 20  # two pairs of threads of linen


def _laid(image: Float32Array) -> Float32Array:
    """An area of 1.5 by 1.5 sides of the first texture, and a side more each way."""
    side = int(LARGER * SIZE_PX) + SIZE_PX
    return np.tile(image, (-(-side // len(image)),) * 2)[:side, :side]


@pytest.mark.parametrize("material", ["marble", "stone", "linen"])
def test_one_side_on_is_another_piece_of_the_material(material: str) -> None:
    surface = Surface(material=material, color="#c9c2b4", vein_color="#7d776c")
    seen, size = int(LARGER * SIZE_PX), _THREADS_PX if material == "linen" else 1
    alike = {}
    for name, texture in (("before", surface_texture(surface, 1)), ("now", broad_texture(surface, 1))):
        tone = _laid(ndimage.uniform_filter(texture.color.mean(-1), size, mode="wrap"))
        first = tone[:seen, :seen].ravel()
        others = (tone[SIZE_PX:, :seen], tone[:seen, SIZE_PX:])
        alike[name] = max(float(np.corrcoef(first, other.ravel())[0, 1]) for other in others)
    assert alike["before"] > 0.99
    assert alike["now"] < MOST_ALIKE
    old, new = surface_texture(surface, 1).color, broad_texture(surface, 1).color
    np.testing.assert_allclose(new.mean((0, 1)), old.mean((0, 1)), rtol=0.02)
    assert new.std() == pytest.approx(old.std(), rel=0.15)


def test_it_is_periodic_and_laid_as_large_as_before() -> None:
    stone = Surface(material="stone", color="#9a968f", vein_color="#5f5c56")
    texture, repeats = laid_texture(stone, 1, 0.3)
    assert repeats * LARGER == pytest.approx(0.3)
    tone = texture.color.mean(-1)
    step = np.abs(np.diff(tone, axis=1)).mean()
    assert np.abs(tone[:, 0] - tone[:, -1]).mean() < 1.3 * step
    assert np.abs(tone[0] - tone[-1]).mean() < 1.3 * step


def test_what_has_joints_or_is_even_is_laid_as_it_is() -> None:
    concrete = Surface(material="concrete", color="#a3a19c", vein_color="#a3a19c")
    texture, repeats = laid_texture(concrete, 1, 0.25)
    assert (texture is surface_texture(concrete, 1), repeats) == (True, 0.25)

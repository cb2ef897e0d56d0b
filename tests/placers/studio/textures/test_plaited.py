from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.knit import knit
from photoshoot.placers.studio.textures.plaited import cork, leather, rattan, tatami
from photoshoot.placers.studio.textures.procedural import Texture
from tests.placers.studio.textures.test_patterns import seam

COLOR = "#b98a55"


@pytest.mark.parametrize("material", [cork, knit, leather, rattan, tatami])
def test_a_material_has_its_colour_and_no_seam(material: Callable[[str, int], Texture]) -> None:
    texture = material(COLOR, 1)
    assert texture.color.mean((0, 1)) == pytest.approx(hex_to_linear(COLOR), abs=0.01)
    assert seam(texture.color) < 2.0  # rattan ends where a band does
    assert seam(texture.height) < 2.5


def test_bands_of_rattan_cross_by_turns() -> None:
    height = rattan(COLOR, 1).height
    cells = height.reshape(16, 64, 16, 64).transpose(0, 2, 1, 3)
    along_x = np.abs(np.diff(cells, axis=3)).mean((2, 3)) < np.abs(np.diff(cells, axis=2)).mean((2, 3))
    checks = (np.indices((16, 16)).sum(0) % 2 == 0) == along_x
    assert checks.mean() > 0.85

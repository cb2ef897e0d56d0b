from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.assets.framed_art import COMPOSITIONS, abstract_picture, framed

COLORS = ("#f3eee4", "#c2543a", "#e0a890", "#23262e", "#d8c3a0")


@pytest.mark.parametrize("number", range(COMPOSITIONS))
@pytest.mark.parametrize("half", [(1.45, 1.85), (2.3, 1.6), (1.2, 1.2)])
def test_a_picture_stays_in_its_sheet_and_its_colours(number: int, half: tuple[float, float]) -> None:
    for seed in range(4):
        parts = abstract_picture(number, COLORS, half, np.random.default_rng(seed))
        assert parts[0].color == COLORS[0]
        assert {part.color for part in parts} <= set(COLORS)
        assert len({part.color for part in parts}) >= 3
        for part in parts:
            assert part.mesh.normals is not None
            assert (part.mesh.normals[:, 2] > 0.99).all()
            assert (np.abs(part.mesh.vertices[:, :2]) <= np.array(half) + 1e-4).all()


def test_a_frame_goes_round_the_picture_and_hides_none_of_it() -> None:
    half, mat = (1.0, 1.4), 0.2
    sheet = abstract_picture(0, COLORS, half, np.random.default_rng(1))
    frame = framed(sheet, half, "#3a2c22", (5.0, 2.0, -9.0), mat)[0].mesh.vertices - [5.0, 2.0, -9.0]
    inside = (np.abs(frame[:, 0]) < half[0] + mat - 1e-3) & (np.abs(frame[:, 1]) < half[1] + mat - 1e-3)
    assert not inside.any()
    assert np.abs(frame[:, 0]).max() > half[0] + mat + 0.1

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.placers.studio.lighting.gobos import blur_with_disc, clip_behind, draw_opaque, side_for


def test_triangles_hide_their_area() -> None:
    triangles = np.array([[[0.1, 0.1], [0.7, 0.1], [0.1, 0.9]]])
    assert draw_opaque(triangles, 256).mean() == pytest.approx(0.24, abs=0.003)


def test_what_lies_outside_hides_nothing() -> None:
    assert not draw_opaque(np.array([[[1.2, 0.1], [1.7, 0.1], [1.2, 0.9]]]), 64).any()


@pytest.mark.parametrize("diameter", [6.0, 15.0, 40.0])
def test_an_edge_becomes_as_soft_as_the_disc_is_wide(diameter: float) -> None:
    edge = np.zeros((128, 128), np.float32)
    edge[:, 64:] = 1
    for image in (edge, edge.T):
        row = np.sort(blur_with_disc(np.ascontiguousarray(image), diameter)[64 if image is edge else slice(None), :])
        row = row if row.ndim == 1 else row[:, 64]
        soft = ((row > 0) & (row < 1)).sum()
        assert soft == pytest.approx(diameter, abs=2)


def test_a_small_gap_shows_the_lamps_disc() -> None:
    pinhole = np.zeros((64, 64), np.float32)
    pinhole[32, 32] = 1
    lit = blur_with_disc(pinhole, 21.0)
    rows, columns = np.nonzero(lit > 1e-4)
    assert np.hypot(rows - 32, columns - 32).max() <= 11
    assert len(rows) == pytest.approx(np.pi * 10.5**2, rel=0.06)
    assert lit.sum() == pytest.approx(1, abs=1e-4)


def test_bands_of_a_disc_have_the_bytes_of_the_whole() -> None:
    image = np.random.default_rng(2).random((75, 90), np.float32)
    total, weight = np.zeros_like(image), 0
    for row in range(-6, 7):
        chord = 2 * int(np.sqrt(6.5**2 - row**2)) + 1
        shifted = np.pad(image, ((6, 6), (0, 0)), mode="edge")[6 + row : 81 + row]
        total += ndimage.uniform_filter1d(shifted, chord, axis=1, mode="nearest") * np.float32(chord)
        weight += chord
    np.testing.assert_array_equal(blur_with_disc(image, 13.0), total / np.float32(weight))


def test_narrow_edges_take_a_fine_picture() -> None:
    assert side_for(0.1) < side_for(0.01) <= side_for(1e-6) <= 4096


def test_what_reaches_behind_the_lamp_hides_only_what_it_is_before() -> None:
    # a wall at the lamp's left that runs on behind it, in the lamp's coordinates
    wall = np.array([[[-1.0, -9, 4], [-1, 9, 4], [-1, 0, -8]]])
    cut = clip_behind(wall, 0.05)
    assert (cut[..., 2] >= 0.05 - 1e-9).all()
    at = 0.5 + 0.5 * cut[..., :2] / cut[..., 2:]
    assert at[..., 0].max() < 0.5, "it is at the left wherever it is seen"
    hidden = draw_opaque(at, 64)
    assert hidden[32, :20].min() == 1
    assert hidden[:, 33:].max() == 0
    assert len(clip_behind(wall - [0, 0, 20], 0.05)) == 0

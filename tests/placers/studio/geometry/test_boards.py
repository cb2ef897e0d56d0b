"""Boards: a texture of a few of them covers a floor, and nothing comes twice where the texture alone would repeat."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.placers.studio.geometry.boards import Boards, half_rounds, lay_boards
from photoshoot.placers.studio.geometry.mesh import Mesh, grid

REPEAT, ROWS, LENGTH, DEPTH = 2.0, 4, 9.0, 5.0
FINE = Boards(rows=ROWS, width=REPEAT / ROWS, repeat=REPEAT)
TEXTURE = np.random.default_rng(5).normal(size=(ROWS, 64)).repeat(16, axis=0)


def _sheet() -> Mesh:
    x, z = np.meshgrid([0.0, LENGTH], [0.0, DEPTH])
    return grid(np.stack([x, np.full_like(x, 0.3), z], -1), np.stack([x, z], -1))


def _seen(mesh: Mesh, across: np.ndarray, at: float, upright: bool) -> np.ndarray:
    """The texture along a line of a mesh of rectangles, four vertices each."""
    assert mesh.uv is not None
    quads, looks = mesh.vertices.reshape(-1, 4, 3)[..., [0, 2]], mesh.uv.reshape(-1, 4, 2)
    spots = np.stack([np.full_like(across, at), across] if upright else [across, np.full_like(across, at)], 1)
    inside = ((spots[:, None] >= quads.min(1)) & (spots[:, None] < quads.max(1))).all(-1)
    assert (inside.sum(1) == 1).all(), "boards cover the sheet once"
    found = inside.argmax(1)
    low, high = quads[found, 0], quads[found, 3]
    share = (spots - low) / (high - low)
    right, down = looks[found, 1] - looks[found, 0], looks[found, 2] - looks[found, 0]
    uv = looks[found, 0] + share[:, :1] * right + share[:, 1:] * down
    return np.asarray(TEXTURE[(uv[:, 1] % 1 * 64).astype(int) % 64, (uv[:, 0] % 1 * 64).astype(int)])


@pytest.mark.parametrize("upright", [False, True])
def test_no_piece_of_the_texture_comes_again_where_the_texture_would(upright: bool) -> None:
    boards = Boards(rows=ROWS, width=REPEAT / ROWS, repeat=REPEAT, upright=upright)
    mesh = lay_boards(_sheet(), boards, np.random.default_rng(1))
    along = np.arange(0.01, (DEPTH if upright else LENGTH) - REPEAT, 0.02)
    peaks = []
    for at in np.arange(0.3, LENGTH if upright else DEPTH, 0.41):
        here, there = (_seen(mesh, along + shift, float(at), upright) for shift in (0.0, REPEAT))
        peaks.append(float(np.corrcoef(here, there)[0, 1]))
    assert float(np.mean(peaks)) < 0.2, "a texture that is tiled has 1"


def test_boards_differ_in_width_and_length_and_stay_on_the_sheet() -> None:
    sheet = _sheet()
    mesh = lay_boards(sheet, FINE, np.random.default_rng(2))
    assert np.allclose([mesh.vertices.min(0), mesh.vertices.max(0)], [sheet.vertices.min(0), sheet.vertices.max(0)])
    quads = mesh.vertices.reshape(-1, 4, 3)
    long, wide = np.ptp(quads[..., 0], axis=1), np.ptp(quads[..., 2], axis=1)
    whole = long > 0.5 * REPEAT
    assert long[whole].std() > 0.05 * REPEAT
    assert long.max() < REPEAT
    assert wide[whole].std() > 0.05 * FINE.width
    a, b, c = (mesh.vertices[mesh.faces[:, corner]] for corner in range(3))
    assert (np.cross(b - a, c - a)[:, 1] >= 0).all(), "they face up"


def test_glued_boards_have_no_dark_joint_where_they_meet_end_to_end() -> None:
    """A table's were floorboards'."""
    mesh = lay_boards(_sheet(), replace(FINE, glued=True), np.random.default_rng(1))
    lengths = np.ptp(mesh.vertices.reshape(-1, 4, 3)[..., 0], axis=1)
    floor = lay_boards(_sheet(), FINE, np.random.default_rng(1))
    assert 2 * len(lengths) == pytest.approx(len(floor.vertices) // 4, abs=len(lengths) // 3), "a joint after each"
    _seen(mesh, np.arange(0.01, LENGTH - 0.01, 0.02), 0.5 * DEPTH, upright=False)


@pytest.mark.parametrize("upright", [False, True])
def test_boards_whose_texture_has_a_side_lie_with_it_up(upright: bool) -> None:
    """Half of them would be lit from the wrong side, where the light's shade is in the texture."""

    def steps(flipped: bool) -> np.ndarray:
        mesh = lay_boards(_sheet(), replace(FINE, upright=upright, flipped=flipped), np.random.default_rng(2))
        assert mesh.uv is not None
        looks, quads = mesh.uv.reshape(-1, 4, 2)[..., 1], mesh.vertices.reshape(-1, 4, 3)[..., 0 if upright else 2]
        step = (looks - looks[:, :1]) * (quads - quads[:, :1])
        return np.asarray(np.sign(step[np.abs(step).max(1) > 0].sum(1)))  # joints have one v

    assert set(steps(flipped=False)) == {1.0}
    assert set(steps(flipped=True)) == {-1.0, 1.0}


def test_the_seed_chooses_them() -> None:
    first, again, other = (lay_boards(_sheet(), FINE, np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert np.array_equal(first.vertices, again.vertices)
    assert first.vertices.shape != other.vertices.shape or not np.array_equal(first.vertices, other.vertices)


@pytest.mark.parametrize("shift", [0.0, 0.37])
def test_every_crease_between_half_rounds_is_as_deep_as_the_next(shift: float) -> None:
    """Their places missed the creases by chance, and a fluted wall's lines were drawn with a trembling hand."""
    across, out = half_rounds(3.0, 0.3, shift)
    assert across[0] <= -3.0 + 0.3
    assert across[-1] >= 3.0 - 0.3
    assert (np.diff(across) > 0).all()
    creases = across[out == 0]
    np.testing.assert_allclose(np.diff(creases), 0.3, atol=1e-9)
    np.testing.assert_allclose(creases / 0.3 + shift, np.round(creases / 0.3 + shift), atol=1e-9)
    assert out.max() <= 1.0

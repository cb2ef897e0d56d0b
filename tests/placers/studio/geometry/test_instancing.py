from __future__ import annotations

import numpy as np

from photoshoot.placers.studio.geometry.instancing import blades, copies, random_turns
from photoshoot.placers.studio.geometry.organic import leaf


def test_each_copy_is_the_model_turned_scaled_moved_and_its_texture_shifted() -> None:
    model, rng = leaf(), np.random.default_rng(3)
    frames, places = random_turns(4, rng) * 0.5, rng.normal(size=(4, 3))
    shifts = rng.uniform(size=(4, 2))
    many, count = copies(model, frames, places, shifts), len(model.vertices)
    assert many.uv is not None
    assert model.uv is not None
    for number, (frame, place, shift) in enumerate(zip(frames, places, shifts, strict=True)):
        mine = slice(number * count, (number + 1) * count)
        np.testing.assert_allclose(many.vertices[mine], model.vertices @ frame.T + place, atol=1e-5)
        np.testing.assert_allclose(many.uv[mine], model.uv + shift, atol=1e-6)
    assert np.array_equal(many.faces[len(model.faces) :][: len(model.faces)], model.faces + count)


def test_turns_are_rotations_and_tip_no_farther_than_asked() -> None:
    turns = random_turns(200, np.random.default_rng(1), 30)
    np.testing.assert_allclose(turns @ np.swapaxes(turns, 1, 2), np.tile(np.eye(3), (200, 1, 1)), atol=1e-12)
    np.testing.assert_allclose(np.linalg.det(turns), 1, atol=1e-12)
    assert float(turns[:, 1, 1].min()) >= np.cos(np.radians(30)) - 1e-12


def test_blades_stand_on_their_roots_and_end_in_a_point() -> None:
    roots = np.array([[0.0, 0.0, 0.0], [2.0, 0.5, -1.0]])
    mesh = blades(roots, [1.0, 2.0], [[0.0, 0.0], [0.4, 0.1]], 0.1, steps=4)
    points = mesh.vertices.reshape(2, 5, 2, 3)
    np.testing.assert_allclose(points[:, 0].mean(1), roots, atol=1e-6)
    np.testing.assert_allclose(points[:, -1, 0], points[:, -1, 1], atol=1e-6)
    np.testing.assert_allclose(points[0, -1, 0], [0, 1, 0], atol=1e-6)
    assert points[1, -1, 0, 0] > 2.5, "it leans"

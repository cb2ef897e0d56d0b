"""Bushes: nothing of them is afloat, and their heads are of florets."""

from __future__ import annotations

import numpy as np

from photoshoot.placers.studio.landscape.flower_bushes import _blossom, _on_balls


def test_nothing_is_afloat_round_a_bush() -> None:
    centers, radii = np.array([[0.0, 1.0, -6.0], [3.0, 1.2, -7.0]]), np.array([0.8, 1.3])
    points = _on_balls(centers, radii, 300, np.random.default_rng(2), 0.5).reshape(2, 300, 3)
    away = np.linalg.norm(points - centers[:, None], axis=-1) / radii[:, None]
    assert away.max() <= 1.0
    assert away.min() >= 0.49


def test_heads_are_of_florets_and_no_smooth_eggs() -> None:
    head = _blossom().scaled(1.0, 1 / 0.78, 1.0)
    radii = np.linalg.norm(head.vertices, axis=1)
    assert radii.std() > 0.05
    assert 0.75 < radii.min() < radii.max() < 1.1
    corners = head.vertices[head.faces]
    assert np.ptp(corners[..., 1]) > 1.5, "whole heads"

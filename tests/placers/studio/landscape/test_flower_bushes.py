"""Bushes: nothing of them is afloat, and their heads are of petals."""

from __future__ import annotations

import numpy as np

from photoshoot.placers.studio.landscape.flower_bushes import _blossom, _dyes, _on_balls


def test_nothing_is_afloat_round_a_bush() -> None:
    centers, radii = np.array([[0.0, 1.0, -6.0], [3.0, 1.2, -7.0]]), np.array([0.8, 1.3])
    points = _on_balls(centers, radii, 300, np.random.default_rng(2), 0.5).reshape(2, 300, 3)
    away = np.linalg.norm(points - centers[:, None], axis=-1) / radii[:, None]
    assert away.max() <= 1.0
    assert away.min() >= 0.49


def test_heads_are_of_petals_and_no_smooth_eggs() -> None:
    head = _blossom()
    assert head.uv is not None
    reach, shade = np.linalg.norm(head.vertices, axis=1), head.uv[:, 1]
    assert 0.95 < reach.max() < 1.25
    assert np.corrcoef(reach, shade)[0, 1] > 0.9, "v runs from a petal's foot to its tip"
    tips = head.vertices[shade > 0.95]
    around = np.sort(np.arctan2(tips[:, 0], tips[:, 2]))
    assert np.diff(around).max() < 0.5, "petals all round"
    assert np.ptp(tips[:, 1]) > 0.7, "whole heads"


def test_a_petal_is_darker_at_its_foot_and_of_its_own_colour_at_its_tip() -> None:
    foot, tip = _dyes(["#c04030", "#f0f0f0"])[[0, -1]]
    assert (foot < 0.75 * tip).all()
    assert tip[0, 0] > 3 * tip[0, 2]


def test_a_head_is_lit_as_a_whole_since_petals_let_light_through() -> None:
    head = _blossom()
    assert head.normals is not None
    outer = np.linalg.norm(head.vertices, axis=1) > 0.5
    away = head.vertices[outer] / np.linalg.norm(head.vertices[outer], axis=1, keepdims=True)
    assert (head.normals[outer] * away).sum(axis=1).min() > 0.7

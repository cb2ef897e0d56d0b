"""Water: its waves grow with its strength, rest under the product, and are no finer than the grid can show."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import grid
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points
from photoshoot.placers.studio.landscape.water import depth_albedo, facing_camera, waves
from tests.placers.studio.landscape.views import VIEWS

LEVEL = -0.006
"""Height of water without waves."""


def surface(view: View, strength: float, seed: int = 1) -> np.ndarray:
    x, z = ground_points(view, -30.0, share=0.05)
    return waves(x, z, strength, Footprint.of(view), np.random.default_rng(seed))


@pytest.mark.parametrize("view", VIEWS)
def test_waves_grow_with_their_strength_about_one_level(view: View) -> None:
    still, breeze, lively = (surface(view, strength) for strength in (0.0, 0.3, 1.0))
    np.testing.assert_array_equal(still, LEVEL)
    assert 0 < breeze.std() < lively.std()
    assert abs(float(lively.mean()) - LEVEL) < 0.1
    assert float(np.abs(lively).max()) < 1, "a breeze's, not a storm's"


def test_the_breeze_is_proportional_to_strength_and_rings_to_its_root() -> None:
    view = VIEWS[0]
    one, four, nine = (surface(view, strength) - LEVEL for strength in (0.1, 0.4, 0.9))
    # h(s) = a s + b sqrt(s), so any two give the third
    b = (four / 0.4 - one / 0.1) / (1 / np.sqrt(0.4) - 1 / np.sqrt(0.1))
    a = one / 0.1 - b / np.sqrt(0.1)
    np.testing.assert_allclose(nine, a * 0.9 + b * np.sqrt(0.9), atol=1e-9)


def test_rings_run_out_from_what_stands_in_it() -> None:
    view = VIEWS[0]
    foot = Footprint.of(view)
    x, z = np.meshgrid(np.linspace(-4, 4, 40), np.linspace(-3, 3, 40))
    faint = (waves(x, z, 1e-8, foot, np.random.default_rng(1)) - LEVEL).ravel() * 1e4  # the breeze is gone before
    distance = foot.distance(x, z).ravel()
    order = np.argsort(distance)
    steps = np.abs(np.diff(faint[order]))
    assert (steps < 0.4 * np.diff(distance[order]) + 1e-3).all(), "the same height all round at one distance"
    assert np.abs(faint[distance < 1]).max() > 2 * np.abs(faint[distance > 3]).max(), "they fade"


def test_every_normal_is_turned_to_the_camera() -> None:
    view = VIEWS[0]
    x, z = np.meshgrid(np.linspace(-3, 3, 30), np.linspace(-20, 2, 60))
    steep = grid(np.stack([x, 0.5 * np.sin(3 * z), z], -1))
    turned = facing_camera(steep, view)
    assert steep.normals is not None
    assert turned.normals is not None
    toward = np.array([0.0, view.camera_y, view.distance]) - steep.vertices
    toward /= np.linalg.norm(toward, axis=1, keepdims=True)
    before, after = (steep.normals * toward).sum(1), (turned.normals * toward).sum(1)
    assert before.min() < 0, "some turn away"
    assert after.min() > 0
    np.testing.assert_allclose(np.linalg.norm(turned.normals, axis=1), 1, atol=1e-6)
    kept = before > 0.01
    np.testing.assert_allclose(turned.normals[kept], steep.normals[kept], atol=1e-6)
    assert dataclasses.replace(turned, normals=steep.normals).vertices is steep.vertices, "the surface is the same"


def test_far_out_it_has_its_own_colour_and_no_net() -> None:
    x, z = np.meshgrid(np.linspace(-20, 20, 50), np.linspace(-60, -14, 50))
    albedo = depth_albedo("#2a6f7f", x, z)
    np.testing.assert_allclose(albedo, np.broadcast_to(hex_to_linear("#2a6f7f"), albedo.shape), atol=1e-6)
    near = depth_albedo("#2a6f7f", x, z + 15)
    assert near.std() > 0.02, "the net of light lies on the bed before the camera"
    assert 0 <= near.min() <= near.max() <= 0.95

"""What lies about is at rest: it touches the ground in more than a point, with its weight between."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.assets.props.botanical import _twig
from photoshoot.placers.studio.assets.props.instancing import lowest
from photoshoot.placers.studio.assets.props.meshes.produce import small_leaf, small_petal
from photoshoot.placers.studio.assets.props.meshes.shore import scallop, spiral_shell, starfish
from photoshoot.placers.studio.assets.props.rest import at_rest, rotations
from photoshoot.placers.studio.assets.props.seasons import maple
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import rounded_box

_MODELS = [maple(0), maple(5), _twig(0), small_leaf(0.42), small_petal(1), scallop(), spiral_shell(), starfish(0)]
_TURNS = np.random.default_rng(4).uniform((-30, -30, 0), (30, 30, 360), (12, 3))


@pytest.mark.parametrize("model", _MODELS)
def test_a_thing_at_rest_touches_the_ground_on_all_sides_of_its_weight(model: Mesh) -> None:
    corners = model.vertices[model.faces].astype(np.float64)
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    middle = (area[:, None] * corners.mean(1)).sum(0) / area.sum()
    extent = float(np.ptp(model.vertices, axis=0).max())
    for turn in rotations(at_rest(model, _TURNS)):
        points, weight = model.vertices @ turn.T, turn @ middle
        touching = points[points[:, 1] < points[:, 1].min() + 1e-4 * extent]
        away = touching[:, [0, 2]] - weight[[0, 2]]
        ways = np.sort(np.arctan2(away[:, 1], away[:, 0]))
        gaps = np.diff(np.append(ways, ways[0] + 2 * np.pi))
        assert gaps.max() < np.pi + 1e-3, "it would topple"


@pytest.mark.parametrize("model", _MODELS)
def test_at_rest_a_thing_turns_no_farther_than_it_has_to_and_lies_lower(model: Mesh) -> None:
    rest = at_rest(model, _TURNS)
    np.testing.assert_allclose(rotations(at_rest(model, rest)), rotations(rest), atol=1e-6)
    ones = np.ones(len(_TURNS))
    hovers, lies = (-lowest(model, ones, turns).mean() for turns in (_TURNS, rest))
    assert lies < hovers


def test_a_box_that_is_tilted_lies_on_its_side_again() -> None:
    turn = rotations(at_rest(rounded_box((0.5, 0.2, 0.4), 0.02), np.array([[8.0, -11.0, 40.0]])))[0]
    assert abs(turn[1, 1]) > 0.999

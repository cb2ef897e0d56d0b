"""Dunes: as high as they say, steep on the lee side alone, level under the product, and one landscape a seed."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.dunes import Dune, Dunescape
from tests.placers.studio.landscape.views import VIEWS

DUNE = Dune(x=1.0, z=-10.0, heading_deg=0.0, height=2.0, length=6.0, bend=0.0, phase=0.0, lee=1.0)
SLOPE = 0.6


def drawn(view: View, seed: int = 1, ground: str = "sand", lee: float = 1.0) -> Dunescape:
    return Dunescape.drawn(ground, view, lee, np.random.default_rng(seed))


def profile(dune: Dune, across: np.ndarray) -> np.ndarray:
    """Heights along a line across the crest of a dune that runs away from the camera."""
    windward, slip = dune.sides(dune.x + across, np.full_like(across, dune.z), SLOPE)
    return np.asarray(np.minimum(windward, slip))


def test_the_crest_is_the_highest_place_and_the_slip_face_is_as_steep_as_asked() -> None:
    across = np.linspace(-14, 5, 3801)
    heights = profile(DUNE, across)
    top = int(heights.argmax())
    assert 0.8 * DUNE.height < heights[top] <= DUNE.height
    assert abs(across[top]) < 0.5
    slopes = np.diff(heights) / np.diff(across)
    face = (across[:-1] > across[top] + 0.1) & (heights[:-1] > 0.1)
    np.testing.assert_allclose(slopes[face], -SLOPE, atol=1e-9)
    assert slopes[: top - 1].min() >= -1e-9, "the windward slope only rises"
    assert slopes[: top - 1].max() < SLOPE, "and is the gentler one"


def test_the_slip_face_looks_to_the_lee() -> None:
    across = np.linspace(-14, 14, 561)
    mirrored = profile(dataclasses.replace(DUNE, lee=-1.0), across)
    np.testing.assert_allclose(mirrored[::-1], profile(DUNE, across), atol=1e-12)


def test_nothing_of_a_dune_rises_beyond_its_reach() -> None:
    angle = np.linspace(0, 2 * np.pi, 200)
    for heading_deg in (0.0, 40.0, 90.0):
        dune = dataclasses.replace(DUNE, heading_deg=heading_deg, bend=1.0)
        x, z = dune.x + dune.reach * np.cos(angle), dune.z + dune.reach * np.sin(angle)
        assert np.minimum(*dune.sides(x, z, SLOPE)).max() < 0.01 * dune.height


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("ground", ["sand", "snow"])
def test_the_ground_is_level_under_the_product(view: View, ground: str) -> None:
    scape = drawn(view, ground=ground)
    x = view.product_x + np.linspace(-0.9, 0.9, 31) * view.product_half_width
    under = scape.height(x, np.full_like(x, 0.0))
    assert np.abs(under).max() < 0.01, "ripples of 0.055, of which 3 % are left"


@pytest.mark.parametrize("view", VIEWS)
def test_there_is_something_to_see_behind_it(view: View) -> None:
    half = view.half_width_at(-32.0)
    x, z = np.meshgrid(np.linspace(-half, half, 60), np.linspace(-40, -4, 60))
    heights = drawn(view).height(x, z)
    assert np.isfinite(heights).all()
    assert heights.max() > 0.8
    assert heights.max() < 14, "the farthest rank is about nine high"


def test_what_is_finer_than_the_mesh_is_left_out() -> None:
    scape = drawn(VIEWS[0])
    x, z = np.meshgrid(np.linspace(-3, 3, 60), np.linspace(-2.5, -1.0, 200))
    fine, coarse, none = (scape.height(x, z, spacing) for spacing in (0.01, 0.2, 3.0))
    rough = [np.abs(np.diff(heights, 2, axis=0)).mean() for heights in (fine, coarse, none)]
    assert rough[0] > rough[1] > rough[2]
    np.testing.assert_allclose(coarse - none, (fine - none) * np.exp(-(0.2**2 - 0.01**2) / 0.17**2), atol=1e-9)


def test_pieces_number_the_slip_faces_that_lie_uppermost() -> None:
    scape = dataclasses.replace(drawn(VIEWS[0]), dunes=(DUNE,))
    x = DUNE.x + np.array([-3.0, 1.5, 30.0])
    pieces = scape.pieces(x, np.full(3, DUNE.z))
    assert pieces.tolist() == [0, 1, 0], "windward slope, slip face, plain"


def test_one_seed_gives_one_landscape() -> None:
    assert drawn(VIEWS[0], 5) == drawn(VIEWS[0], 5) != drawn(VIEWS[0], 6)
    assert len(drawn(VIEWS[0]).dunes) == len(drawn(VIEWS[1]).dunes) == 14
    assert {dune.lee for dune in drawn(VIEWS[0], lee=-1.0).dunes} == {-1.0}


def test_the_ground_is_level_and_low_under_a_road_and_rises_past_its_verge() -> None:
    land = dataclasses.replace(Dunescape.drawn("sand", VIEWS[0], 1.0, np.random.default_rng(3)), road=(-2.0, 6.0))
    x, z = np.meshgrid(np.linspace(-60, 60, 241), np.linspace(-150, -5, 120))
    height = land.height(x, z, 1.0)
    assert np.abs(height[:, (x[0] > -1.5) & (x[0] < 5.5)] + 0.1).max() < 0.02
    assert height[:, np.abs(x[0]) > 20].max() > 0.5

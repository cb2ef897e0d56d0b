"""Large leaves frame what stands, from behind it, and lie round what is seen from above."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.color.space import hex_to_oklab, linear_to_oklab
from photoshoot.settings import Stance
from tests.placers.studio.assets.props.test_props import albedos, build, make_view, pixels

KINDS = ("palm_leaves", "monstera", "tropical_leaves")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(1080, 1080), (1080, 1920), (1674, 628)])
def test_they_reach_in_from_both_sides_and_high_up(kind: str, size: tuple[int, int]) -> None:
    view = make_view(*size)
    points = pixels(build(kind, view), view)
    high = points[points[:, 1] < 0.5 * size[1]]
    assert (high[:, 0] < 0.25 * size[0]).sum() > 100
    assert (high[:, 0] > 0.75 * size[0]).sum() > 100


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("half_share", [0.06, 0.2, 0.38])
def test_what_rises_is_behind_the_product_and_over_the_support(kind: str, half_share: float) -> None:
    view = make_view(1080, 1080, half_share=half_share)
    for seed in range(3):
        points = np.concatenate([mesh.vertices for mesh, _ in build(kind, view, seed).values()])
        assert points[:, 1].min() > -0.02
        assert (points[points[:, 1] > 0.5, 2] < 0.2).all()


@pytest.mark.parametrize("kind", KINDS)
def test_they_grow_through_nothing_that_stands_there(kind: str) -> None:
    view = make_view(1080, 1080)
    rooms = ((-1.8, -1.6, 0.5), (1.8, -1.6, 0.5))
    points = np.concatenate([mesh.vertices for mesh, _ in build(kind, replace(view, taken=rooms)).values()])
    points = points[points[:, 1] < view.product_height]  # nothing that stands there is higher
    for x, z, radius in rooms:
        assert (np.hypot(points[:, 0] - x, points[:, 2] - z) >= radius - 1e-3).all()


@pytest.mark.parametrize("kind", KINDS)
def test_from_above_they_lie_flat(kind: str) -> None:
    view = make_view(1080, 1080, Stance.LYING)
    points = np.concatenate([mesh.vertices for mesh, _ in build(kind, view).values()])
    assert len(points) > 1000
    assert np.ptp(points[:, 1]) < 0.8


def test_their_colours_are_the_asked_ones() -> None:
    (_, coat), *_ = build("palm_leaves", make_view(1080, 1080), colors=("#c9a24a",)).values()
    labs = np.concatenate([linear_to_oklab(albedo.reshape(-1, 3)) for albedo in albedos(coat) if albedo.size > 3])
    assert np.abs(np.median(labs, 0) - hex_to_oklab("#c9a24a")).max() < 0.06

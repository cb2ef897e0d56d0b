"""Clouds are puffs of cotton beside the product: white, flat below, and higher than those before it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.placers.studio.assets.props.test_props import build, make_view


@pytest.mark.parametrize("size", [(1080, 1080), (1080, 1920), (1674, 628)])
def test_puffs_lie_at_both_sides(size: tuple[int, int]) -> None:
    points = build("clouds", make_view(*size))["wool"][0].vertices
    assert points[:, 0].min() < 0 < points[:, 0].max()
    assert points[:, 1].min() > -0.02
    assert points[points[:, 2] < 0, 1].max() > 1.3 * points[points[:, 2] > 0.6, 1].max(initial=0.0)


def test_they_are_white_or_as_asked() -> None:
    view = make_view(1080, 1080)
    own, pink = (build("clouds", view, colors=colors)["wool"][1] for colors in ((), ("#f3c9d2",)))
    assert own != pink
    assert np.isfinite(build("clouds", view)["wool"][0].vertices).all()

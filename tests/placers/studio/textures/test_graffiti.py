from __future__ import annotations

import numpy as np

from photoshoot.color.space import linear_to_oklab
from photoshoot.placers.studio.textures.graffiti import graffiti
from photoshoot.placers.studio.textures.procedural import concrete
from tests.placers.studio.textures.test_patterns import seam


def test_a_sprayed_wall_has_many_colours_and_no_seam() -> None:
    sprayed, bare = (linear_to_oklab(make("#9a958d", 1).color) for make in (graffiti, concrete))
    assert np.hypot(*sprayed[..., 1:].reshape(-1, 2).std(0)) > 10 * np.hypot(*bare[..., 1:].reshape(-1, 2).std(0))
    assert seam(graffiti("#9a958d", 1).color) < 2.0
    assert graffiti("#9a958d", 1).color.min() >= 0


def test_another_seed_sprays_another_wall() -> None:
    assert np.abs(graffiti("#9a958d", 1).color - graffiti("#9a958d", 2).color).mean() > 0.05

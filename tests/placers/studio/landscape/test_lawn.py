"""Short grass."""

from __future__ import annotations

import numpy as np

from photoshoot.placers.studio.landscape.lawn_and_sand import blade_mesh


def test_blades_of_grass_are_all_in_much_the_same_light() -> None:
    """Each in a light of its own, they have noise that a denoiser keeps; what they hide of each other tells them."""
    count, rng = 400, np.random.default_rng(3)
    mesh = blade_mesh(np.zeros((count, 3)), np.full(count, 0.03), np.full(count, 0.15), rng.uniform(size=count), rng)
    normals = mesh.normals
    assert normals is not None
    assert (normals[:, 1] > 0.98).all()
    assert np.linalg.norm(normals[:, ::2], axis=1).std() > 0.01, "they lean, nevertheless"

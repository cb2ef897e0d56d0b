"""Bunches of grapes, of unit size, lying on y = 0."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import tube_along

GRAPE = 0.115
"""Radius of a grape."""
_COUNT, _ROUNDS = 52, 90


@lru_cache(maxsize=2)
def bunch(number: int) -> tuple[Float64Array, Mesh]:
    """Where a bunch's grapes lie, (52, 3), broad at x = -0.9 and pointed at 0.9, and its stalk.

    The grapes are pushed apart, and pulled to the middle and down, until they lie beside each other.
    """
    rng = np.random.default_rng(300 + number)
    along = 1.15 * rng.uniform(0, 1, _COUNT) ** 1.35 - 0.5
    broad = 0.36 * (1 - (along + 0.5) / 1.3)
    turn, reach = rng.uniform(0, 2 * np.pi, _COUNT), np.sqrt(rng.uniform(0, 1, _COUNT))
    places = np.stack([along, 0.3 + broad * reach * np.sin(turn), broad * reach * np.cos(turn)], 1)
    for _ in range(_ROUNDS):
        gap = places[:, None] - places
        distance = np.linalg.norm(gap, axis=2) + np.eye(_COUNT)
        push = np.clip(2.02 * GRAPE - distance, 0, None) * (1 - np.eye(_COUNT))
        places += 0.45 * (push[..., None] * gap / distance[..., None]).sum(1)
        places[:, 1] -= 0.006
        places[:, 2] *= 0.994
        places[:, 1] = np.maximum(places[:, 1], GRAPE)
    places[:, 0] -= (places[:, 0].min() + places[:, 0].max()) / 2
    spine = np.array([(-1.1, 0.34, 0.08), (-0.95, 0.3, 0.03), (-0.6, 0.24, 0.0), (0.1, 0.16, 0.0), (0.8, 0.12, 0.0)])
    arms = [
        tube_along(np.stack([[x, 0.22, 0.0], place]), 0.012, sides=5)
        for x, place in zip(np.linspace(-0.7, 0.7, 9), places[np.argsort(places[:, 0])][2::6], strict=False)
    ]
    return places, merged([tube_along(spine, 0.022, sides=7), *arms])

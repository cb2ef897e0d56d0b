"""Plants: where they may grow, how many there are, and what they are of."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.terrain import Terrain
from photoshoot.placers.studio.landscape.plants import GRASS, grass_albedo, plant, tuft_places, tufts
from tests.placers.studio.landscape.views import VIEWS


def level(height: float) -> Terrain:
    return lambda x, z: height + 0 * (np.asarray(x, np.float64) + np.asarray(z, np.float64))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("count", [6, 13, 26])
def test_tufts_come_in_clumps_of_three_to_both_sides(view: View, count: int) -> None:
    places = tuft_places(view, 1.0, np.random.default_rng(3), count)
    assert places.shape == (3 * -(-count // 3), 2)
    middles = places.reshape(-1, 3, 2).mean(1)[:, 0] - view.product_x
    assert (np.sign(middles[::2]) == -1).mean() > 0.9
    assert (np.sign(middles[1::2]) == 1).mean() > 0.9
    assert places[:, 1].max() < 1.1, "nothing grows far before the product"


@pytest.mark.parametrize("view", VIEWS)
def test_tufts_stay_off_the_slab_and_out_of_the_products_sight(view: View) -> None:
    rng = np.random.default_rng(1)
    places = np.concatenate([tuft_places(view, 1.5, rng, 30) for _ in range(20)])
    near = places[:, 1] > -1.0
    aside = np.abs(places[:, 0] - view.product_x)
    assert (aside[near] > 1.5 - 0.6).all(), "a clump spreads by 0.16"
    seen = view.product_half_width * (view.distance - places[:, 1]) / view.distance
    assert (aside > seen - 0.5).all()


def test_a_tuft_has_its_blades_round_its_place_and_its_roots_in_the_ground() -> None:
    places = np.array([[0.0, 0.0], [5.0, -2.0]])
    mesh = tufts(places, level(1.5), np.random.default_rng(2))
    points = mesh.vertices.astype(np.float64)
    assert (np.abs(points[:, 1] - 1.48) < 1e-5).sum() >= 2 * 88, "two roots a blade; some blades droop under them"
    assert 0.15 < points[:, 1].max() - 1.5 < 1.2, "0.8 long, at most a tenth more twice"
    assert len(points) % 88 == 0, "44 blades a tuft"
    nearest = np.linalg.norm(points[:, None, [0, 2]] - places, axis=-1).min(1)
    assert nearest.max() < 2


def test_grass_is_light_at_its_tips_and_about_as_asked() -> None:
    albedo = grass_albedo(GRASS)
    assert albedo.min() >= 0
    assert albedo.max() <= 0.9
    assert (np.diff(albedo.mean((1, 2))) < 0).all(), "from the tip down"
    ratio = albedo.mean((0, 1)) / hex_to_linear(GRASS)
    assert 0.7 < ratio.min() <= ratio.max() < 1.6, "some blades are dry"


@pytest.mark.parametrize(("kind", "shapes"), [("none", []), ("leaves", ["leaves"]), ("grass", ["grass"])])
def test_a_set_has_the_plants_that_it_asks_for(kind: str, shapes: list[str]) -> None:
    assert list(plant(kind, VIEWS[0], level(0.0), 1.2, np.random.default_rng(1))) == shapes

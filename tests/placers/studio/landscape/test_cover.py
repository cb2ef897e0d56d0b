"""What lies and grows on uneven ground: it lies on it, off the product, and follows its seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.rocks import pebble
from photoshoot.placers.studio.geometry.terrain import relief
from photoshoot.placers.studio.landscape.boulders import Slab, set_down
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points
from photoshoot.placers.studio.landscape.ground_cover import (
    Cover,
    make_terrain,
    pebble_shades,
    pebbles_at,
    pebbles_on,
    scattered,
)
from photoshoot.placers.studio.landscape.plants import tuft_places, tufts
from photoshoot.placers.studio.landscape.water import depth_albedo, facing_camera, waves
from photoshoot.records import Box, Canvas
from photoshoot.settings import Stance

CANVAS_BOX = Box(left=370, top=60, right=470, bottom=270)
CANVAS = Canvas(
    label="t", width_px=840, height_px=314, product_box=CANVAS_BOX, safe_area=CANVAS_BOX, stance=Stance.UPRIGHT
)
VIEW = View.of(CANVAS, 1.3)
SLAB = Slab.under(VIEW)
COVER = Cover(kind="sand", color="#c8b48a", slab=SLAB)


def _build(build: Callable[[np.random.Generator], Mesh]) -> Mesh:
    first, again, other = (build(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first.vertices, again.vertices)
    assert first.vertices.shape != other.vertices.shape or not np.array_equal(first.vertices, other.vertices)
    return first


@pytest.mark.parametrize("kind", ["rock", "sand", "pebbles", "moss", "soil"])
def test_terrain_is_near_its_level_and_mostly_under_it(kind: str) -> None:
    x, z = np.meshgrid(np.linspace(-6, 6, 80), np.linspace(-8, 3, 80))
    height = make_terrain(kind, -0.3, 4)(x, z)
    assert float(np.abs(height + 0.3).max()) < 0.45
    assert float(height.mean()) < -0.3, "most of it lies under its level, so that little hides the product's foot"
    assert float(height.std()) > 1e-3


def test_nothing_is_strewn_under_the_slab_and_most_of_it_is_in_sight() -> None:
    spots = scattered(COVER, VIEW, np.random.default_rng(0), 2000)
    assert not SLAB.covers(spots[:, 0], spots[:, 1], 0.97).any()
    pixels = VIEW.to_pixel(np.stack([spots[:, 0], 0 * spots[:, 0], spots[:, 1]], 1))
    seen = (pixels[:, 0] > 0) & (pixels[:, 0] < VIEW.width_px)
    assert float(seen.mean()) > 0.9


def test_pebbles_and_boulders_lie_on_the_ground() -> None:
    terrain = make_terrain("sand", -0.3, 1)
    stones = _build(lambda rng: pebbles_on(COVER, VIEW, terrain, rng, 100, (0.03, 0.08)))
    x, y, z = stones.vertices.astype(np.float64).T
    assert float(np.abs(y - terrain(x, z)).max()) < 0.2
    spots, sizes = np.array([[2.0, -1.0], [-2.0, -2.0]]), np.array([0.3, 0.6])
    rocks = _build(lambda rng: set_down(spots, sizes, terrain, rng))
    assert rocks.uv is not None
    for (spot_x, spot_z), size in zip(spots, sizes, strict=True):
        near = np.hypot(rocks.vertices[:, 0] - spot_x, rocks.vertices[:, 2] - spot_z) < 1.6 * size
        assert float(rocks.vertices[near, 1].min()) < float(terrain(np.array([spot_x]), np.array([spot_z]))[0])


def test_pebbles_do_not_cut_into_each_other_and_no_ring_runs_round_them() -> None:
    crowd = np.random.default_rng(6).uniform(-2.0, 0.0, (400, 2))
    stones = _build(lambda rng: pebbles_at(crowd, (0.08, 0.08), lambda x, z: 0 * (x + z), rng))
    parts = stones.vertices.reshape(-1, _corners(), 3).astype(np.float64)
    middles = parts.mean(1)[:, [0, 2]]
    gaps = np.linalg.norm(middles[:, None] - middles, axis=-1) + 9 * np.eye(len(middles))
    assert 20 < len(parts) < 400
    assert gaps.min() > 1.6 * 0.08
    assert stones.uv is not None
    height, shade = parts[..., 1], stones.uv.reshape(-1, _corners(), 2)
    level = np.abs(height - height.mean(1, keepdims=True)) < 0.3 * height.std(1, keepdims=True)
    along = [np.ptp(uv[rows], axis=0) / np.ptp(uv, axis=0) for uv, rows in zip(shade, level, strict=True)]
    assert np.median(along) > 0.7, "points of one height have many places in the texture"


def _corners() -> int:
    """Of one stone of the coarser kind, all that lie behind the product are."""
    return len(pebble(0, detail=1).vertices)


@pytest.mark.parametrize("color", ["#f2efe9", "#8b857c", "#3a3836"])
def test_pebbles_are_mottled_within_a_shade_and_none_is_burnt_or_tinted(color: str) -> None:
    strip, ground = pebble_shades(color), hex_to_linear(color)
    shades = strip.reshape(len(strip), 16, -1, 3)
    assert float((shades.std((0, 2)) / shades.mean((0, 2))).min()) > 0.05
    means = shades.mean((0, 2))
    assert float(means.max()) < max(0.75, 1.02 * float(ground.max()))
    tint = means[:, 1] / means.mean(-1) / (ground[1] / ground.mean())
    assert float(np.abs(tint - 1).max()) < 0.03
    edges = np.abs(np.diff(strip, axis=1)).mean(), np.abs(strip[0] - strip[-1]).mean()
    assert edges[1] < 3 * edges[0], "periodic down its length"


def test_tufts_stand_beside_the_product() -> None:
    places = tuft_places(VIEW, 0.6, np.random.default_rng(3), 18)
    assert len(places) == 18
    foot = Footprint.of(VIEW)
    assert float(np.median(foot.distance(places[:, 0], places[:, 1]))) > 0.3
    grass = _build(lambda rng: tufts(places, lambda x, z: 0 * (x + z), rng))
    assert float(np.median(grass.vertices[:, 1])) > 0.02, "long blades may bend down past their foot, most do not"
    assert float(grass.vertices[:, 1].max()) > 0.2


def test_water_is_a_mirror_at_strength_0_and_faces_the_camera() -> None:
    x, z = ground_points(VIEW, -40.0, 0.3)
    still, lively = (waves(x, z, strength, Footprint.of(VIEW), np.random.default_rng(1)) for strength in (0.0, 1.0))
    assert float(np.ptp(still)) < 1e-9
    assert float(lively.std()) > 1e-3
    mesh = facing_camera(relief(np.stack([x, 3 * lively, z], -1)), VIEW)
    toward = np.array([0.0, VIEW.camera_y, VIEW.distance]) - mesh.vertices
    toward /= np.linalg.norm(toward, axis=1, keepdims=True)
    assert mesh.normals is not None
    assert float((mesh.normals * toward).sum(1).min()) > 0


def test_water_is_paler_where_it_is_shallow() -> None:
    x, z = np.meshgrid(np.linspace(-3, 3, 60), [2.0, -20.0])
    near, far = depth_albedo("#2f6f7f", x, z).mean((1, 2))
    assert near > far

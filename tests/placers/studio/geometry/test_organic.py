"""Grown things have the sizes they are asked for, rest where they say, and follow their seeds."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from photoshoot.arrays import BoolArray
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.organic import (
    PUMPKIN_RINGS,
    blob,
    branch,
    leaf,
    maple_leaf,
    petal,
    pumpkin,
    pumpkin_stem,
)

FLOAT32 = 1e-5


def span(mesh: Mesh) -> np.ndarray:
    return np.asarray(np.ptp(mesh.vertices.astype(np.float64), axis=0))


@pytest.mark.parametrize("seed", range(4))
def test_a_stone_lies_flat_on_the_ground_and_is_as_wide_as_asked(seed: int) -> None:
    stone = blob(2.0, seed=seed, squash=0.6, rings=32)
    y = stone.vertices[:, 1]
    assert y.min() == pytest.approx(0, abs=FLOAT32)
    assert (y < FLOAT32).mean() > 0.02, "on a bed, not on a point"
    width, height, depth = span(stone)
    assert 0.65 * 4 < width < 1.6 * 4
    assert 0.65 * 4 < depth < 1.6 * 4
    assert height < 0.95 * max(width, depth), "pressed flat"


def test_a_stones_bumps_grow_with_its_roughness() -> None:
    deviations = []
    for roughness in (0.0, 0.1, 0.3):
        stone = blob(1.0, seed=3, roughness=roughness, squash=1.0, rings=32).vertices.astype(np.float64)
        above = stone[stone[:, 1] > 0.05] - [0, 0.55, 0]
        deviations.append(float(np.linalg.norm(above, axis=1).std()))
    assert deviations[0] < FLOAT32
    assert deviations[0] < deviations[1] < deviations[2]


@pytest.mark.parametrize("make", [leaf, petal])
def test_leaves_and_petals_run_from_the_origin_along_x_and_are_even(make: type) -> None:
    mesh: Mesh = make(2.0, 0.6)
    points = mesh.vertices.astype(np.float64)
    assert points[:, 0].min() == pytest.approx(0, abs=FLOAT32)
    assert 1.85 < points[:, 0].max() <= 2.0 + FLOAT32, "a petal's notch takes off a little"
    assert 0.5 < span(mesh)[1] <= 0.6 + FLOAT32
    mirrored = points * [1, -1, 1]
    order, other = (np.lexsort(np.round(each, 4).T) for each in (points, mirrored))
    np.testing.assert_allclose(points[order], mirrored[other], atol=2e-4)  # the order is by rounded coordinates


def test_a_leaf_bends_back_by_its_curl_and_its_edges_rise_by_its_fold() -> None:
    flat = leaf(1.0, 0.4, curl=0.0, fold=0.0)
    assert span(flat)[2] == pytest.approx(0, abs=FLOAT32)
    curled = leaf(1.0, 0.4, curl=0.3, fold=0.0).vertices
    assert curled[curled[:, 0].argmax(), 2] == pytest.approx(-0.3, abs=FLOAT32)
    folded = leaf(1.0, 0.4, curl=0.0, fold=0.5).vertices
    assert folded[:, 2].min() == pytest.approx(0, abs=FLOAT32)
    assert folded[:, 2].max() == pytest.approx(0.5 * folded[:, 1].max(), abs=FLOAT32)


def test_a_narrow_leaf_is_the_same_leaf_with_a_quarter_of_the_triangles() -> None:
    whole, narrow = (leaf(1.0, 0.13, curl=0.18, fold=0.35, narrow=way) for way in (False, True))
    assert 4 * len(narrow.faces) == len(whole.faces)
    known = {tuple(np.round(corner, 5)): row for row, corner in enumerate(whole.vertices)}
    assert narrow.uv is not None
    assert whole.uv is not None
    broad = (narrow.uv[:, 0] > 0) & (narrow.uv[:, 0] < 1)  # its ends are points
    rows = [known[tuple(np.round(corner, 5))] for corner in narrow.vertices[broad]]
    np.testing.assert_allclose(narrow.uv[broad], whole.uv[rows], atol=FLOAT32)
    assert whole.normals is not None
    assert narrow.normals is not None
    turned = (narrow.normals[broad] * whole.normals[rows]).sum(1)
    assert turned.min() > np.cos(np.radians(8))
    shadows = [_shadow(mesh) for mesh in (whole, narrow)]
    assert (shadows[0] != shadows[1]).mean() < 0.02 * shadows[0].mean()


@pytest.mark.parametrize("size", [0.5, 2.0])
def test_a_maple_leaf_is_as_large_as_asked_and_points_up(size: float) -> None:
    mesh = maple_leaf(size, seed=1)
    assert 0.8 * size < span(mesh)[1] < 1.5 * size
    tip = mesh.vertices[mesh.vertices[:, 1].argmax()]
    assert abs(tip[0]) < 0.15 * size, "its middle lobe is the longest"


@pytest.mark.parametrize("pairs", [1, 4])
def test_a_branch_has_a_pair_of_leaves_at_each_knot_and_one_at_the_tip(pairs: int) -> None:
    one = len(leaf().faces)
    twig = len(branch(pairs=pairs).faces) - (2 * pairs + 1) * one
    assert 0 < twig < one, "what is left is the twig"


def test_an_unseen_branch_throws_nearly_the_shadow_of_the_seen_one_with_a_sixteenth_of_its_triangles() -> None:
    seen, unseen = (branch(2.0, leaf_length=0.8, leaf_width=0.17, seed=3, unseen=way) for way in (False, True))
    assert 16 * len(leaf(unseen=True).faces) == len(leaf().faces)
    shadows = [_shadow(mesh) for mesh in (seen, unseen)]
    assert shadows[0].mean() > 0.05
    assert (shadows[0] != shadows[1]).mean() < 0.01 * shadows[0].mean()
    assert unseen.normals is None


def _shadow(mesh: Mesh) -> BoolArray:
    """What a mesh hides of a plane behind it, 1000 px a side."""
    picture = Image.new("1", (1000, 1000))
    draw = ImageDraw.Draw(picture)
    for face in (mesh.vertices[mesh.faces][..., :2] + [0.5, 1.6]) * 330:
        draw.polygon([tuple(corner) for corner in face.tolist()], fill=1)
    return np.array(picture)


@pytest.mark.parametrize("ribs", [8, 11])
def test_a_pumpkin_has_its_ribs_and_rests_on_the_ground(ribs: int) -> None:
    body = pumpkin(1.0, ribs=ribs, seed=2)
    points = body.vertices.astype(np.float64)
    assert points[:, 1].min() == pytest.approx(0, abs=FLOAT32)
    assert len(points) == PUMPKIN_RINGS * (ribs * 10 + 1)
    middle = points.reshape(PUMPKIN_RINGS, -1, 3)[PUMPKIN_RINGS // 2, :-1]
    radius = np.hypot(middle[:, 0], middle[:, 2])
    strength = np.abs(np.fft.rfft(radius - radius.mean()))
    assert int(strength[3:].argmax()) + 3 == ribs, "its outline waves as often as it has ribs"


def test_a_stem_stands_in_the_pumpkins_hollow_and_scales_with_it() -> None:
    body, stem = pumpkin(2.0, seed=1), pumpkin_stem(2.0, seed=1)
    assert 0 < stem.vertices[:, 1].min() < body.vertices[:, 1].max() < stem.vertices[:, 1].max()
    small = pumpkin_stem(1.0, seed=1)
    np.testing.assert_allclose(stem.vertices, 2 * small.vertices, atol=2 * FLOAT32)


@pytest.mark.parametrize("make", [blob, maple_leaf, branch, pumpkin, pumpkin_stem])
def test_a_seed_gives_one_thing_and_another_gives_another(make: type) -> None:
    first, again, other = make(seed=1), make(seed=1), make(seed=2)
    np.testing.assert_array_equal(first.vertices, again.vertices)
    assert not np.array_equal(first.vertices, other.vertices)


@pytest.mark.parametrize("seed", range(3))
def test_no_two_leaves_of_a_grown_twig_are_alike_and_their_veins_are_told_from_their_edges(seed: int) -> None:
    """Twigs looked like braids: every leaf was as long and as bent as the next."""
    twig = branch(1.0, pairs=7, leaf_length=0.28, leaf_width=0.16, seed=seed, grown=True)
    each = len(leaf().vertices)
    leaves = twig.vertices[-15 * each :].reshape(15, each, 3).astype(np.float64)
    lengths = np.linalg.norm(np.ptp(leaves, axis=1), axis=1)
    assert lengths.max() > 1.6 * lengths.min()
    spread = np.linalg.svd(leaves - leaves.mean(1, keepdims=True), compute_uv=False)
    bent = spread[:, 2] / spread[:, 0]  # how far from flat
    assert bent.max() > 2 * bent.min()
    assert twig.uv is not None
    shade, across = twig.uv[-15 * each :, 1].reshape(15, each), leaf().uv
    assert across is not None
    assert (shade[:, np.isclose(across[:, 1], 0.5)] < 1e-5).all(), "the vein"
    assert (shade[:, np.abs(across[:, 1] - 0.5) > 0.49] > 0.9).all(), "the edges"


def test_a_grown_twig_reaches_about_as_far_as_another() -> None:
    usual, grown = (branch(2.0, seed=4, grown=way).vertices for way in (False, True))
    assert np.ptp(grown, axis=0)[0] == pytest.approx(np.ptp(usual, axis=0)[0], rel=0.2)


def test_a_maple_leaf_has_five_veins_that_run_to_its_tips() -> None:
    mesh = maple_leaf(curl=0.0, seed=2)
    assert mesh.uv is not None
    vein = (mesh.uv[:, 1] == 0) & (np.linalg.norm(mesh.vertices[:, :2], axis=1) > 0.25)
    ways = np.degrees(np.arctan2(mesh.vertices[vein, 0], mesh.vertices[vein, 1]))
    found = np.unique(ways.round())
    assert set(found) >= {-103.0, -48.0, 0.0, 48.0, 103.0}

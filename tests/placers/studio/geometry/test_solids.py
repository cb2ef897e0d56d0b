"""What the solids are measured by: areas, extents and volumes by formula. Their topology is in ``test_geometry``."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import (
    bevelled_cylinder,
    lathe,
    loft,
    rounded_box,
    rounded_box_sides,
    sphere,
    torus,
    tube,
    tube_along,
)

FLOAT32 = 1e-5  # coordinates of a few units, rounded to float32


def extents(mesh: Mesh) -> np.ndarray:
    return np.stack([mesh.vertices.min(0), mesh.vertices.max(0)]).astype(np.float64)


def areas(mesh: Mesh) -> np.ndarray:
    a, b, c = (mesh.vertices[mesh.faces[:, corner]].astype(np.float64) for corner in range(3))
    return np.asarray(np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2)


def volume(mesh: Mesh) -> float:
    a, b, c = (mesh.vertices[mesh.faces[:, corner]].astype(np.float64) for corner in range(3))
    return float((np.cross(a, b) * c).sum() / 6)


@settings(max_examples=15, deadline=None)
@given(radius=st.floats(0.2, 3), height=st.floats(0.5, 4), share=st.floats(0.02, 0.3))
def test_a_cylinder_fills_its_radius_and_height_and_loses_its_rims_alone(
    radius: float, height: float, share: float
) -> None:
    bevel = share * min(radius, height)
    mesh = bevelled_cylinder(radius, height, bevel, segments=64)
    low, high = extents(mesh)
    assert low[1] == pytest.approx(0, abs=FLOAT32)
    assert high[1] == pytest.approx(height, abs=FLOAT32)
    assert high[2] == pytest.approx(radius, abs=FLOAT32), "u = 0.5 is at +z"
    whole = np.pi * radius**2 * height
    most_lost = 2 * (1 - np.pi / 4) * bevel**2 * 2 * np.pi * radius
    assert whole - most_lost - 0.003 * whole <= volume(mesh) <= whole  # 64 sides lose 0.16 % of a disc


@settings(max_examples=15, deadline=None)
@given(half=st.tuples(*[st.floats(0.2, 3)] * 3), share=st.floats(0.05, 0.95))
def test_a_rounded_box_fills_its_half_sizes_and_its_volume_is_steiners(
    half: tuple[float, float, float], share: float
) -> None:
    radius = share * min(half)
    mesh = rounded_box(half, radius, steps=8)
    np.testing.assert_allclose(extents(mesh), np.array([[-1], [1]]) * half, atol=FLOAT32)
    x, y, z = (2 * (side - radius) for side in half)
    steiner = x * y * z + 2 * radius * (x * y + y * z + z * x) + np.pi * radius**2 * (x + y + z)
    steiner += 4 / 3 * np.pi * radius**3
    assert volume(mesh) == pytest.approx(steiner, rel=0.01)  # eight chords a quarter arc


def test_the_sides_of_a_box_look_where_their_names_say() -> None:
    sides = rounded_box_sides((1.0, 2.0, 3.0), 0.1)
    for name, axis, sign in (
        ("right", 0, 1), ("left", 0, -1), ("top", 1, 1), ("bottom", 1, -1), ("front", 2, 1), ("back", 2, -1),
    ):  # fmt: skip
        normals = sides[name].normals
        assert normals is not None
        mean = normals.mean(0)
        assert int(np.abs(mean).argmax()) == axis, name
        assert mean[axis] * sign > 0, name


def test_texture_repeats_are_counted_in_world_units() -> None:
    front = rounded_box_sides((1.0, 2.0, 3.0), 0.1, uv_scale=0.5)["front"]
    assert front.uv is not None
    bevels = 2 * 0.1 * (1 - np.sqrt(0.5))  # a side ends in the middle of its rounded edges
    np.testing.assert_allclose(np.ptp(front.uv, axis=0), [0.5 * (2 - bevels), 0.5 * (4 - bevels)], atol=FLOAT32)


@pytest.mark.parametrize(("crease_deg", "normals_a_corner"), [(35.0, 2), (120.0, 1)])
def test_a_bend_over_the_crease_is_sharp_and_one_under_it_smooth(crease_deg: float, normals_a_corner: int) -> None:
    mesh = lathe([[0, 1], [1, 1], [1, 0], [0, 0]], 32, crease_deg=crease_deg)
    assert mesh.normals is not None
    at_front = np.linalg.norm(mesh.vertices - [0, 1, 1], axis=1) < FLOAT32
    assert len(np.unique(np.round(mesh.normals[at_front], 4), axis=0)) == normals_a_corner


@pytest.mark.parametrize("points", [7, 10, 19])
def test_what_is_shaded_smooth_has_a_smooth_silhouette(points: int) -> None:
    angle = np.linspace(0, np.pi, points)
    mesh = lathe(np.stack([np.sin(angle), np.cos(angle)], 1).round(9), 96, crease_deg=60)
    middles = mesh.vertices[mesh.faces].astype(np.float64).mean(1)
    assert np.linalg.norm(middles, axis=1).min() > np.cos(np.radians(8)), "a circle through few points"
    assert mesh.normals is not None
    assert (mesh.normals * mesh.vertices).sum(1).min() > 0.99, "outwards, as a sphere's"


def test_curved_profiles_stand_where_their_points_do() -> None:
    mesh = lathe([(0.0, 0.4), (0.3, 0.4), (0.31, 0.2), (0.2, 0.06), (0.16, 0.0), (0.0, 0.0)], 48, crease_deg=70)
    assert (mesh.vertices[:, 1].min(), mesh.vertices[:, 1].max()) == pytest.approx((0.0, 0.4), abs=FLOAT32)


def test_a_profile_of_straight_sides_keeps_its_points() -> None:
    assert lathe([(0, 1), (1, 1), (1, 0), (0, 0)], 32).vertices.shape == (6 * 33, 3)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(*[st.floats(-2, 2)] * 3), min_size=2, max_size=2), st.floats(0.02, 0.3))
def test_a_tube_keeps_its_radius_from_end_to_end(ends: list[tuple[float, float, float]], radius: float) -> None:
    start, end = np.array(ends)
    length = float(np.linalg.norm(end - start))
    if length < 0.1:
        return
    points = tube(start, end, radius, sides=16).vertices.astype(np.float64)
    way = (end - start) / length
    along = (points - start) @ way
    away = np.linalg.norm(points - start - along[:, None] * way, axis=1)
    assert (np.isclose(away, radius, atol=FLOAT32) | np.isclose(away, 0, atol=FLOAT32)).all(), "rim, or a cap's middle"
    assert (np.isclose(along, 0, atol=FLOAT32) | np.isclose(along, length, atol=FLOAT32)).all()


def test_a_tubes_radii_and_flatness_are_those_of_its_rings() -> None:
    path = np.stack([np.linspace(0, 3, 4), np.zeros(4), np.zeros(4)], 1)
    points = tube_along(path, [0.1, 0.2, 0.3, 0.4], sides=32, flatten=0.5).vertices.astype(np.float64)
    for x, radius in zip(path[:, 0], (0.1, 0.2, 0.3, 0.4), strict=True):
        ring = points[np.abs(points[:, 0] - x) < FLOAT32, 1:]
        sizes = np.sort(np.ptp(ring, axis=0))
        np.testing.assert_allclose(sizes, [radius, 2 * radius], atol=FLOAT32)


def test_an_open_torus_is_its_share_of_the_whole_one() -> None:
    whole = torus(1.0, 0.2, segments=80)
    quarter = torus(1.0, 0.2, segments=20, arc_deg=(0.0, 90.0))
    assert areas(quarter).sum() == pytest.approx(areas(whole).sum() / 4, rel=1e-5)
    assert quarter.vertices[:, :2].min() >= -FLOAT32, "it runs from +x to +y"
    assert areas(whole).sum() == pytest.approx(4 * np.pi**2 * 0.2, rel=0.01)  # 24 chords round the tube


def test_a_loft_is_closed_by_its_caps_alone() -> None:
    angle = np.linspace(0, 2 * np.pi, 33)
    ring = np.stack([np.cos(angle), np.zeros(33), np.sin(angle)], 1)
    rings = np.stack([ring, ring + np.array([0, 2, 0])])
    skin, closed = loft(rings, capped=False), loft(rings)
    polygon = 16 * np.sin(2 * np.pi / 32)
    assert areas(closed).sum() - areas(skin).sum() == pytest.approx(2 * polygon, rel=1e-5)
    assert volume(closed) == pytest.approx(2 * polygon, rel=1e-5), "counter-clockwise along the way faces outward"


def test_no_solid_has_a_face_without_an_area() -> None:
    for mesh in (
        sphere(1.0),
        bevelled_cylinder(1.0, 1.0),
        rounded_box((1, 1, 1), 0.2),
        lathe([[0, 1], [1, 0], [0, 0]]),
    ):
        assert areas(mesh).min() > 1e-9

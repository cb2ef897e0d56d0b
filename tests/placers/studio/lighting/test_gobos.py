from __future__ import annotations

from dataclasses import replace

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.lighting.gobo_patterns import GoboKind
from photoshoot.placers.studio.lighting.gobo_planes import GoboPlane
from photoshoot.placers.studio.lighting.gobos import hang_gobo, sun_through
from photoshoot.placers.studio.scene.emitters import build_lights, direction
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.records import Box, Canvas
from photoshoot.sets import Light
from photoshoot.sets.light import Gobo
from photoshoot.settings import Stance

BOX = Box(left=370, top=60, right=470, bottom=270)
CANVAS = Canvas(label="t", width_px=840, height_px=314, product_box=BOX, safe_area=BOX, stance=Stance.UPRIGHT)
VIEW = View.of(CANVAS, 1.3)


@pytest.mark.parametrize("azimuth", [-40.0, 0.0, 55.0])
def test_a_slit_lights_its_plane_between_its_edges_alone(azimuth: float) -> None:
    light = Light(azimuth_deg=azimuth, elevation_deg=35, softness=0.0)
    plane = GoboPlane(z=-1.0, left=-0.8, right=0.8, bottom=0.0, top=2.4, focus_x=0.0)
    for seed in range(3):
        parts = sun_through("slit", light, VIEW, plane, np.random.default_rng(seed), 1.0)
        lit = _foot_of_wall(parts, plane.z)
        assert lit[len(lit) // 2] > 0.1
        share = float((lit > 0.5 * lit.max()).mean())
        assert share == pytest.approx(1.6 / 6.0, abs=0.06)
        assert lit[0] < 0.02
        assert lit[-1] < 0.02


@pytest.mark.parametrize("elevation", [15.0, 48.0, 60.0])
@pytest.mark.parametrize("azimuth", [-58.0, 0.0, 52.0])
def test_all_that_is_seen_of_a_slope_lies_in_the_pattern(azimuth: float, elevation: float) -> None:
    light, foot, slope = Light(azimuth_deg=azimuth, elevation_deg=elevation, softness=0.0), -1.2, 0.5
    plane = GoboPlane.up_slope(VIEW, light, foot, slope)
    toward = direction(light)
    for run in np.linspace(0, 30, 60):
        z, y = foot - run, slope * run
        if y > VIEW.top_at(z):
            break
        for x in (-VIEW.half_width_at(z), VIEW.half_width_at(z)):
            at = np.array([x, y, z]) + (plane.z - z) / toward[2] * toward
            assert plane.left - 0.3 <= at[0] <= plane.right + 0.3
            assert plane.bottom - 0.3 <= at[1] <= plane.top + 0.3
    assert run > 1, "nothing is seen of the slope"
    product = np.array([VIEW.product_x, 0, 0]) + plane.z / toward[2] * toward
    assert plane.focus_x == pytest.approx(product[0])


def test_a_slope_without_an_end_in_the_picture_has_shadows_too() -> None:
    box = Box(left=40, top=420, right=120, bottom=560)
    tall = replace(CANVAS, width_px=160, height_px=600, product_box=box, safe_area=box)
    plane = GoboPlane.up_slope(View.of(tall, 1.3), Light(), -1.2, 0.5)
    assert plane.top > plane.bottom + 5
    assert plane.right > plane.left


@pytest.mark.parametrize("azimuth", [-48.0, 52.0])
def test_a_window_lights_the_product_that_stands_before_the_wall(azimuth: float) -> None:
    light = Light(azimuth_deg=azimuth, elevation_deg=30, softness=0.0)
    plane = GoboPlane.across(VIEW, -2.0, bottom=0.0).behind_product(VIEW, light)
    seen = np.abs(np.linspace(-3, 3, 60) - VIEW.product_x) < VIEW.product_half_width
    for seed in range(4):
        lit = _foot_of_wall(sun_through("panes", light, VIEW, plane, np.random.default_rng(seed), 1.0), 0.0)
        assert (lit[seen] > 0.5 * lit.max()).mean() > 0.6


def test_leaves_shade_a_part_of_the_product_that_stands_before_the_wall() -> None:
    light = Light(azimuth_deg=-40, elevation_deg=35, softness=0.0)
    plane = GoboPlane.across(VIEW, -2.0, bottom=0.0).behind_product(VIEW, light)
    seen = np.abs(np.linspace(-3, 3, 60) - VIEW.product_x) < VIEW.product_half_width
    high = 0.7 * VIEW.product_height
    shares = []
    for seed in range(4):
        lit = _foot_of_wall(sun_through("leaves", light, VIEW, plane, np.random.default_rng(seed), 1.0), 0.0, high)
        shares.append((lit[seen] < 0.5 * lit.max()).mean())
    assert 0.1 < np.mean(shares) < 0.8


def test_edges_of_shadows_are_soft_without_chance() -> None:
    light = Light(azimuth_deg=-30, elevation_deg=35, softness=0.3)
    plane = GoboPlane.across(VIEW, -2.0, bottom=0.0)
    sun = sun_through("leaves", light, VIEW, plane, np.random.default_rng(1), 1.0)["sun"]
    assert isinstance(sun, dict)
    assert sun["type"] == "spot", "each of its points would have to be asked for"
    passed = np.array(sun["texture"]["bitmap"])
    passed = passed.reshape(passed.shape[:2])
    assert (passed < 0.9).any()
    assert (passed > 0.1)[passed < 0.9].mean() > 0.1, "edges are hard"
    assert np.abs(np.diff(passed, axis=1)).max() < 0.6


@pytest.mark.parametrize("azimuth", [-150.0, -58.0, 0.0, 52.0])
@pytest.mark.parametrize("elevation", [12.0, 35.0, 55.0])
def test_a_plane_that_faces_the_light_holds_all_that_is_seen_of_floor_and_wall(
    azimuth: float, elevation: float
) -> None:
    toward = direction(Light(azimuth_deg=azimuth, elevation_deg=elevation))
    plane = GoboPlane.facing(VIEW, toward)
    corners = [
        (plane.left, plane.bottom),
        (plane.right, plane.bottom),
        (plane.left, plane.top),
        (plane.right, plane.top),
    ]
    drawn = plane.place(np.array([[x, y, plane.z] for x, y in corners]))
    normal = np.cross(drawn[1] - drawn[0], drawn[2] - drawn[0])
    for z in (1.5, -2.0, -6.0):
        for x in (-VIEW.half_width_at(z), VIEW.half_width_at(z)):
            for y in (0.0, VIEW.top_at(z)):
                point = np.array([x, y, z])
                met = point + ((drawn[0] - point) @ normal) / (toward @ normal) * toward
                across = (met - drawn[0]) @ (drawn[1] - drawn[0]) / ((drawn[1] - drawn[0]) ** 2).sum()
                up = (met - drawn[0]) @ (drawn[2] - drawn[0]) / ((drawn[2] - drawn[0]) ** 2).sum()
                assert -1e-3 <= across <= 1.001
                assert -1e-3 <= up <= 1.001


@pytest.mark.parametrize("gobo", ["leaves", "blinds", "panes"])
@pytest.mark.parametrize("azimuth", [-48.0, 60.0])
def test_any_key_takes_a_gobo_whose_shadows_fall_on_floor_and_wall(gobo: Gobo, azimuth: float) -> None:
    light = Light(azimuth_deg=azimuth, elevation_deg=38, softness=0.1, fill=0.0, gobo=gobo)
    bare = SetParts(shapes=build_lights(light, VIEW), exposure=1.0)
    whole = _foot_of_wall(dict(bare.shapes), -3.0, 1.5)
    for seed in range(2):
        hung = hang_gobo(bare, light, VIEW, np.random.default_rng(seed))
        assert hung.exposure is not None
        assert hung.exposure > 1
        part = _foot_of_wall(dict(hung.shapes), -3.0, 1.5)
        shares = part / whole.max()
        assert shares.min() < 0.25, "nothing is shaded"
        assert shares.max() > 0.5, "nothing is lit"


def test_a_blade_of_light_falls_on_the_product() -> None:
    light = Light(azimuth_deg=40, elevation_deg=38, softness=0.1, fill=0.0, gobo="slit")
    for seed in range(3):
        hung = hang_gobo(
            SetParts(shapes=build_lights(light, VIEW), exposure=1.0), light, VIEW, np.random.default_rng(seed)
        )
        lit = _foot_of_wall(dict(hung.shapes), 0.0)
        assert lit[30] > 0.5 * lit.max()
        assert (lit < 0.2 * lit.max()).mean() > 0.4


def test_a_spotlight_falls_round_the_product_with_soft_edges() -> None:
    light = Light(azimuth_deg=-35, elevation_deg=50, softness=0.2, fill=0.0, gobo="spot")
    hung = hang_gobo(SetParts(shapes=build_lights(light, VIEW), exposure=1.0), light, VIEW, np.random.default_rng(0))
    lit = _foot_of_wall(dict(hung.shapes), 0.0)
    inside, beside = lit[26:34].mean(), np.concatenate([lit[:6], lit[-6:]]).mean()
    assert 0.1 * inside < beside < 0.5 * inside  # what is pale stays pale there
    rise = np.flatnonzero((lit > 1.4 * beside) & (lit < 0.9 * inside))
    assert len(rise) >= 4  # out of sixty places along the wall: no hard edge


@pytest.mark.parametrize("azimuth", [-62.0, -20.0, 35.0, 80.0])
@pytest.mark.parametrize("aspect", [0.5, 4.0])
def test_a_spotlight_lights_all_of_the_floor_under_a_product_wherever_it_comes_from(
    azimuth: float, aspect: float
) -> None:
    light = Light(azimuth_deg=azimuth, elevation_deg=62, softness=0.06, fill=0.0, gobo="spot")
    view = View.of(CANVAS, aspect)
    hung = hang_gobo(SetParts(shapes=build_lights(light, view), exposure=1.0), light, view, np.random.default_rng(0))
    lit = _foot_of_wall({"key": hung.shapes["key"]}, 0.0, level=True)
    at = np.abs(np.linspace(-3, 3, len(lit)) - view.product_x)
    assert lit[at < view.product_half_width].min() > 0.8 * lit.max()


@pytest.mark.parametrize("stance", [Stance.LYING, Stance.HANGING])
def test_no_lamp_beside_what_faces_the_camera_throws_a_shadow_into_a_spotlight(stance: Stance) -> None:
    light = Light(azimuth_deg=-35, elevation_deg=50, softness=0.2, rim=0.8, gobo="spot")
    view = View.of(replace(CANVAS, stance=stance), 1.3)
    hung = hang_gobo(SetParts(shapes=build_lights(light, view), exposure=1.0), light, view, np.random.default_rng(0))
    assert {"key", "fill"} == set(hung.shapes)
    standing = hang_gobo(
        SetParts(shapes=build_lights(light, VIEW), exposure=1.0), light, VIEW, np.random.default_rng(0)
    )
    assert {"rim", "rim_weak"} < set(standing.shapes)


def test_a_light_without_a_gobo_and_a_set_without_a_key_stay_as_they_are() -> None:
    light = Light(gobo="leaves")
    glowing = SetParts(shapes={"fill": {"type": "constant"}}, exposure=1.0)
    assert hang_gobo(glowing, light, VIEW, np.random.default_rng(0)) is glowing
    lit, rng = SetParts(shapes=build_lights(Light(), VIEW), exposure=1.0), np.random.default_rng(0)
    assert hang_gobo(lit, Light(), VIEW, rng) is lit
    assert rng.random() == np.random.default_rng(0).random()


def test_what_the_light_says_takes_the_place_of_a_sets_own_window() -> None:
    plane = GoboPlane.across(VIEW, -2.0, bottom=0.0)
    asked: tuple[tuple[GoboKind, Gobo], ...] = (("panes", "none"), ("panes", "blinds"), ("blinds", "none"))
    made = [sun_through(kind, Light(gobo=gobo), VIEW, plane, np.random.default_rng(3), 1.0) for kind, gobo in asked]
    own, told, other = (_foot_of_wall(parts, -2.0, 1.0) for parts in made)
    assert np.array_equal(told, other)
    assert not np.array_equal(told, own)


def _foot_of_wall(parts: dict[str, object], z: float, y: float = 0.05, *, level: bool = False) -> np.ndarray:
    """Radiance along the foot of a white wall, or so high on it, from x = -3 to 3; of a floor where it is level."""
    laid = mi.ScalarTransform4f().rotate([1, 0, 0], -90 * level)
    scene = mi.load_dict(
        {
            "type": "scene",
            "camera": {
                "type": "orthographic",
                "to_world": laid
                @ mi.ScalarTransform4f().look_at([0, y, z + 0.5], [0, y, z], [0, 1, 0])
                @ mi.ScalarTransform4f().scale([3, 3, 1]),
                "film": {"type": "hdrfilm", "width": 60, "height": 1, "pixel_format": "rgb"},
            },
            "wall": {
                "type": "rectangle",
                "to_world": laid
                @ mi.ScalarTransform4f().translate([0, 0, z])
                @ mi.ScalarTransform4f().scale([9, 9, 1]),
                "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": 1.0}},
            },
            **parts,
        }
    )
    image = mi.render(scene, integrator=mi.load_dict({"type": "direct"}), spp=16)
    return np.asarray(np.array(image)[0].mean(-1), np.float64)

"""A ``Light`` as emitters."""

from __future__ import annotations

import math

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.emitters import (
    Rig,
    albedo_exposure,
    before_wall,
    build_lights,
    direction,
    fill_share,
    in_picture,
    key_position,
    spotlight,
    unit_luminance,
    vary,
)
from photoshoot.placers.studio.scene.shapes import finished_shape
from photoshoot.records import Box, Canvas
from photoshoot.sets import Light
from photoshoot.settings import Stance

SIZES = ((1674, 628), (1080, 1080), (160, 600), (970, 90))


def _view(width: int, height: int) -> View:
    box = Box(left=width // 2 - 20, top=height // 4, right=width // 2 + 20, bottom=int(0.84 * height))
    canvas = Canvas(
        label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT
    )
    return View.of(canvas, 1.4)


def test_direction_follows_azimuth_and_elevation() -> None:
    np.testing.assert_allclose(
        direction(Light(azimuth_deg=-90, elevation_deg=30)), [-math.cos(math.pi / 6), 0.5, 0], atol=1e-9
    )
    np.testing.assert_allclose(direction(Light(azimuth_deg=0, elevation_deg=45)), [0, math.sqrt(0.5), math.sqrt(0.5)])


def _center_and_color(emitter: object) -> tuple[np.ndarray, np.ndarray]:
    values = mi.traverse(finished_shape(emitter))
    corners = np.array(values["vertex_positions"], float).reshape(-1, 3)
    return corners.mean(0), np.array(values["emitter.radiance.value"], float).reshape(-1)[:3]


@pytest.mark.parametrize("azimuth", [-62.0, 62.0, 0.0, 170.0])
def test_two_keys_face_each_other_in_their_own_colors(azimuth: float) -> None:
    light = Light(azimuth_deg=azimuth, color="#d2202f", second_color="#1f5fd6")
    lamps = build_lights(light, _view(1080, 1080))
    (first, red), (second, blue) = (_center_and_color(lamps[name]) for name in ("key", "second_key"))
    np.testing.assert_allclose(first * (-1, 1, 1), second, atol=1e-6)
    assert math.copysign(1, first[0]) == (1 if azimuth > 0 else -1)
    assert red.argmax() == 0
    assert blue.argmax() == 2


def test_rims_of_two_keys_have_the_color_of_their_side() -> None:
    lamps = build_lights(Light(rim=0.5, color="#d2202f", second_color="#1f5fd6"), _view(1080, 1080))
    for name in ("key", "second_key", "rim", "rim_weak"):
        center, color = _center_and_color(lamps[name])
        assert color.argmax() == (0 if center[0] < 0 else 2), name


def test_rims_of_their_own_color_leave_the_key_as_it_is() -> None:
    plain, dyed = (build_lights(Light(rim=0.5, rim_color=color), _view(1080, 1080)) for color in ("#000000", "#1f5fd6"))
    np.testing.assert_array_equal(_center_and_color(plain["key"])[1], _center_and_color(dyed["key"])[1])
    for name in ("rim", "rim_weak"):
        _, color = _center_and_color(dyed[name])
        assert color[2] > 3 * color[0], name


def test_one_key_is_alone() -> None:
    assert "second_key" not in build_lights(Light(color="#d2202f"), _view(1080, 1080))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("azimuth", [-150.0, -90.0, -45.0, 0.0, 60.0])
@pytest.mark.parametrize("softness", [0.0, 0.5, 0.9])
def test_key_stands_outside_the_picture_and_before_the_wall(
    size: tuple[int, int], azimuth: float, softness: float
) -> None:
    view, rig = _view(*size), Rig(back_z=-3.0)
    light = Light(azimuth_deg=azimuth, softness=softness)
    position = key_position(light, view, rig)
    assert not in_picture(view, position, 0.0)
    assert position[2] >= rig.back_z


@pytest.mark.parametrize("azimuth", [-70.0, -45.0, 20.0])
def test_key_stands_where_it_was_asked_for(azimuth: float) -> None:
    rig = Rig()
    offset = key_position(Light(azimuth_deg=azimuth, elevation_deg=40), _view(1674, 628), rig) - rig.target
    assert math.degrees(math.atan2(offset[0], offset[2])) == pytest.approx(azimuth, abs=0.5)
    assert math.degrees(math.asin(offset[1] / np.linalg.norm(offset))) == pytest.approx(40, abs=0.5)


def test_softer_keys_are_larger_but_give_the_same_light() -> None:
    view = _view(1674, 628)
    areas, powers = [], []
    for softness in (0.0, 0.4, 1.0):
        key = build_lights(Light(softness=softness), view)["key"]
        assert isinstance(key, mi.Mesh)
        parameters, area = mi.traverse(key), float(np.array(key.surface_area()).item())
        center = np.array(parameters["vertex_positions"]).reshape(-1, 3).mean(0)
        radiance = float(np.array(parameters["emitter.radiance.value"]).reshape(-1)[1])
        areas.append(area)
        powers.append(area * radiance / float(np.sum((center - Rig().target) ** 2)))
    assert areas == sorted(areas)
    np.testing.assert_allclose(powers, powers[0], rtol=1e-3)


def test_fill_moves_light_from_the_key_to_the_shadows() -> None:
    shares = [fill_share(Light(fill=fill)) for fill in (0, 0.25, 0.5, 1)]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.05
    assert shares[-1] < 0.9


def test_rim_lights_appear_only_when_asked_for() -> None:
    view = _view(1674, 628)
    assert set(build_lights(Light(), view)) == {"key", "fill"}
    assert set(build_lights(Light(rim=0.5), view)) == {"key", "fill", "rim", "rim_weak"}


def test_rims_are_no_brighter_beside_a_leaderboard_than_beside_a_landscape() -> None:
    radiances = []
    for size in ((1674, 628), (1016, 90)):
        rim = build_lights(Light(rim=0.5), _view(*size))["rim"]
        radiances.append(float(np.array(mi.traverse(rim)["emitter.radiance.value"]).reshape(-1)[1]))
    assert radiances[1] < 1.5 * radiances[0]  # how far beside the picture the strips are differs a little


def test_every_rig_loads_in_mitsuba() -> None:
    scene = mi.load_dict({"type": "scene", **build_lights(Light(rim=0.5, color="#ffd9a8"), _view(1080, 1080))})
    assert len(scene.emitters()) == 4


def test_intensity_scales_the_exposure() -> None:
    assert albedo_exposure(Light(intensity=1.2)) == pytest.approx(1.2 * albedo_exposure(Light()))
    assert math.isfinite(albedo_exposure(Light(azimuth_deg=180, fill=0, elevation_deg=5)))


def test_lamp_colours_have_unit_luminance() -> None:
    assert float(unit_luminance("#ff8000") @ np.array([0.2126, 0.7152, 0.0722])) == pytest.approx(1, abs=1e-5)


def test_variation_is_seeded_modest_and_sometimes_mirrored() -> None:
    light = Light(azimuth_deg=-50, color="#ffd9a8", fill=0.3, intensity=0.8)
    assert vary(light, np.random.default_rng(1)) == vary(light, np.random.default_rng(1))
    varied = [vary(light, np.random.default_rng(seed)) for seed in range(40)]
    sides = {math.copysign(1, one.azimuth_deg) for one in varied}
    assert sides == {-1.0, 1.0}
    for one in varied:
        assert abs(abs(one.azimuth_deg) - 50) <= 11
        assert abs(one.elevation_deg - light.elevation_deg) <= 6
        assert (one.color, one.fill, one.intensity) == (light.color, light.fill, light.intensity)


def test_a_fixed_light_does_not_vary_and_leaves_the_chance_as_it_is() -> None:
    fixed = Light(azimuth_deg=-50, fixed=True)
    first, second = np.random.default_rng(3), np.random.default_rng(3)
    assert all(vary(fixed, first) == fixed for _ in range(20))
    for _ in range(20):
        vary(Light(azimuth_deg=-50), second)
    assert first.uniform() == second.uniform()


@pytest.mark.parametrize("azimuth", [-180.0, -120.0, -90.0, -30.0, 0.0, 45.0, 91.0, 180.0])
@pytest.mark.parametrize("elevation", [10.0, 45.0, 80.0])
def test_light_before_a_wall_falls_on_it_from_the_same_side(azimuth: float, elevation: float) -> None:
    light = before_wall(Light(azimuth_deg=azimuth, elevation_deg=elevation))
    toward = direction(light)
    assert toward[2] > 0.05
    assert toward[0] * math.sin(math.radians(azimuth)) >= -1e-9
    assert light.elevation_deg >= elevation


def test_light_from_behind_a_wall_comes_from_the_top() -> None:
    toward = direction(before_wall(Light(azimuth_deg=180, elevation_deg=20)))
    assert toward[1] > 0.85
    assert abs(toward[0]) < 0.1


def _lit_wall(emitter: dict[str, object]) -> np.ndarray:
    """Radiance (16, 16) of a white wall of 4 by 4 units at z = 0, seen from in front."""
    scene = mi.load_dict(
        {
            "type": "scene",
            "camera": {
                "type": "orthographic",
                "to_world": mi.ScalarTransform4f().look_at([0, 0, 5], [0, 0, 0], [0, 1, 0])
                @ mi.ScalarTransform4f().scale([2, 2, 1]),
                "film": {"type": "hdrfilm", "width": 16, "height": 16, "pixel_format": "rgb"},
            },
            "wall": {
                "type": "rectangle",
                "to_world": mi.ScalarTransform4f().scale([4, 4, 1]),
                "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": 1.0}},
            },
            "lamp": emitter,
        }
    )
    image = mi.render(scene, integrator=mi.load_dict({"type": "direct"}), spp=16)
    return np.asarray(np.array(image).mean(-1), np.float64)


def test_a_spotlight_gives_its_irradiance_in_the_middle_and_fades_to_the_rim() -> None:
    lamp = spotlight([0, 0, 4], [0, 0, 0], irradiance=np.full(3, 0.5), spread_deg=20.0)
    seen = _lit_wall(lamp)
    assert seen[7:9, 7:9].mean() == pytest.approx(0.5 * 2.0 / math.pi, rel=0.1)
    assert seen[8, 12] < 0.7 * seen[8, 8]
    assert seen[0].max() < 1e-4

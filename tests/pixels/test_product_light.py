from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.color.difference import delta_e, rgb_to_lab
from photoshoot.pixels.imaging import light_product
from photoshoot.pixels.light_bounds import Bounds
from photoshoot.pixels.product_light import TwoLights, choose_light, split_ratio
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.product.inflation import InflationEstimator
from photoshoot.placers.studio.product.photo_light import photo_light
from photoshoot.placers.studio.product.relief import build_relief
from photoshoot.records import Category
from photoshoot.records.light_map import LightMap
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas, make_layer

ALPHA = draw_vase(HEIGHT, WIDTH, 138, 210)
LAYER, CANVAS = make_layer(ALPHA), make_canvas(ALPHA)
SOLID = build_relief(LAYER, CANVAS, View.of(CANVAS, 1.4), InflationEstimator(), Category.HOME)
FREE = Bounds(delta_e=60, hue_deg=180)
CORE = ALPHA >= 254 / 255


def white(color: tuple[float, float, float], from_left: float = 1.0) -> np.ndarray:
    """Light of a colour, so many times as strong on what is turned to the left."""
    turned = 1 + (from_left - 1) * np.clip(-SOLID.normals[..., :1], 0, 1)
    return np.asarray(0.5 * turned * np.array(color), np.float32)


def light_by(scene: np.ndarray, strength: float, bounds: Bounds) -> LightMap:
    lights = TwoLights(scene=scene, photo=photo_light(LAYER, SOLID), seen=SOLID.solid, box=SOLID.box)
    return choose_light(LAYER, lights, strength, bounds)


def test_it_follows_the_lights_side_and_colour() -> None:
    lit = light_product(LAYER, light_by(white((1, 1, 1), 6), 1, FREE)).rgb.astype(int)
    brighter = (lit - LAYER.rgb).sum(-1)
    assert brighter[CORE & (np.indices(ALPHA.shape)[1] < 200)].mean() > 5
    assert brighter[CORE & (np.indices(ALPHA.shape)[1] > 225)].mean() < -5
    warm, cold = (
        light_product(LAYER, light_by(white(color), 1, FREE)).rgb[CORE].astype(int).mean(0)
        for color in ((1.5, 1, 0.4), (0.5, 1, 1.6))
    )
    assert warm[0] > cold[0] + 10
    assert warm[2] < cold[2] - 10


def test_more_strength_is_more_light() -> None:
    light = white((1.5, 1, 0.3), 5)
    spans = [np.ptp(light_by(light, strength, FREE).stops) for strength in (0.25, 0.5, 1)]
    assert spans[0] < spans[1] < spans[2]


@pytest.mark.parametrize(("most_delta_e", "most_hue_deg"), [(4, 180), (12, 180), (60, 3), (8, 5)])
def test_the_bounds_hold(most_delta_e: float, most_hue_deg: float) -> None:
    bounds = Bounds(delta_e=most_delta_e, hue_deg=most_hue_deg)
    lit = light_product(LAYER, light_by(white((0.1, 0.5, 3), 8), 1, bounds)).rgb[CORE]
    before, after = rgb_to_lab(LAYER.rgb[CORE]), rgb_to_lab(lit)
    # the map is rounded to 1 % of light after it was measured on a sample
    assert np.percentile(delta_e(before, after), 95) <= most_delta_e + 0.5
    hued = np.minimum(np.hypot(*before[:, 1:].T), np.hypot(*after[:, 1:].T)) > 28
    turn = np.angle(np.exp(1j * (np.arctan2(*after[hued, :0:-1].T) - np.arctan2(*before[hued, :0:-1].T))), deg=True)
    assert np.percentile(np.abs(turn), 95) <= most_hue_deg + 1


@pytest.mark.parametrize("color", [(3, 0.4, 2), (2, 0.9, 0.2), (0.3, 1, 2.5)])
def test_a_white_product_in_coloured_light_is_coloured_and_bright_though_its_other_parts_hold_their_hue(
    color: tuple[float, float, float],
) -> None:
    rgb = LAYER.rgb.copy()
    left = np.indices(ALPHA.shape)[1] < 210
    rgb[left], rgb[~left] = (236, 226, 205), (120, 60, 25)
    layer = replace(LAYER, rgb=rgb)
    lights = TwoLights(
        scene=white(color), photo=np.ones(SOLID.solid.shape, np.float32), seen=SOLID.solid, box=SOLID.box
    )
    lit = light_product(layer, choose_light(layer, lights, 1, Bounds(delta_e=30, hue_deg=25))).rgb
    inside = CORE & (np.indices(ALPHA.shape)[1] < 195)
    lab = rgb_to_lab(lit[inside])
    assert np.hypot(lab[:, 1], lab[:, 2]).mean() > 25
    assert lab[:, 0].mean() > 65
    brown = lit[CORE & (np.indices(ALPHA.shape)[1] > 225)].mean(0)
    assert brown[0] > brown[1] > brown[2]


def test_a_blue_product_with_white_soles_stays_blue_in_amber_light_and_its_soles_turn_amber() -> None:
    blue = replace(LAYER, rgb=np.full_like(LAYER.rgb, (62, 98, 128)))
    column = np.indices(ALPHA.shape)[1]
    blue.rgb[column < 210] = (232, 230, 222)
    amber = TwoLights(
        scene=np.float32(0.06) * white((1.9, 0.93, 0.3)),
        photo=np.ones(SOLID.solid.shape, np.float32),
        seen=SOLID.solid,
        box=SOLID.box,
    )
    lit = light_product(blue, choose_light(blue, amber, 1, Bounds(delta_e=30, hue_deg=25))).rgb
    upper, sole = (rgb_to_lab(lit[CORE & part]).mean(0) for part in (column > 225, column < 195))
    assert upper[2] < -5
    assert sole[2] > 15
    free = light_product(blue, choose_light(blue, amber, 1, Bounds(delta_e=30, hue_deg=90))).rgb
    assert rgb_to_lab(free[CORE & (column > 225)]).mean(0)[2] > 0


def test_a_dark_product_has_a_rim_of_what_is_behind_it() -> None:
    dark = replace(LAYER, rgb=np.full_like(LAYER.rgb, 45))
    facing = SOLID.normals[..., 2]
    coat = np.where(facing < 0.4, 0.02, 0.0005)[..., None] * np.array((1.9, 0.9, 0.3))
    photo = np.ones(SOLID.solid.shape, np.float32)
    lights = TwoLights(scene=np.float32(0.03) * white((1, 1, 1)), photo=photo, seen=SOLID.solid, box=SOLID.box)
    bare, rimmed = (
        choose_light(dark, one, 1, FREE).stops
        for one in (lights, replace(lights, coat=coat.astype(np.float32), facing=facing))
    )
    gained = rimmed - bare
    middle = gained.shape[1] // 2
    assert np.abs(gained[:, middle]).max() < 0.1
    assert gained[..., 0].max() > 0.8
    at = np.unravel_index(gained[..., 0].argmax(), gained.shape[:2])
    assert gained[at][0] > gained[at][2] + 0.5


def test_a_product_in_deep_shade_keeps_three_tenths_of_its_light() -> None:
    scene = white((0.02, 0.02, 0.02), 200)
    level, _ = split_ratio(scene, np.ones(SOLID.solid.shape, np.float32), SOLID.solid)
    assert level.min() > np.log2(0.3)


def test_shadows_are_seen_on_a_white_product_that_is_lit_brightly() -> None:
    bright = replace(LAYER, rgb=np.full_like(LAYER.rgb, 235))
    lights = TwoLights(
        scene=3 * white((1, 1, 1), 4), photo=np.ones(SOLID.solid.shape, np.float32), seen=SOLID.solid, box=SOLID.box
    )
    lit = light_product(bright, choose_light(bright, lights, 1, FREE)).rgb[CORE].astype(int)
    assert np.ptp(lit) > 50


def test_no_light_is_darkened_to_nothing_and_no_number_is_lost() -> None:
    for light in (np.zeros_like(SOLID.normals), white((1e4, 0, 0)), white((1e-6, 1e-6, 1e-6), 1e3)):
        level, tint = split_ratio(light, np.ones(SOLID.solid.shape, np.float32), SOLID.solid)
        assert np.isfinite(level).all()
        assert np.isfinite(tint).all()
        assert level.min() > -2.5


def test_light_that_is_half_believed_differs_half_as_far_over_the_product() -> None:
    scene, photo = white((1.5, 1, 0.4), 4), np.ones(SOLID.solid.shape, np.float32)
    spans, means = [], []
    for trust in (1.0, 0.5):
        lights = TwoLights(scene=scene, photo=photo, seen=SOLID.solid, box=SOLID.box, trust=trust)
        stops = choose_light(LAYER, lights, 1, FREE).stops
        spans.append(np.ptp(stops[..., 1]))
        means.append(stops.mean())
    assert spans[1] == pytest.approx(0.5 * spans[0], rel=0.15)
    assert means[1] == pytest.approx(means[0], abs=0.1)

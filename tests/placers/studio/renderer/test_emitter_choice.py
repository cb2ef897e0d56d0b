from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.color.space import linear_to_srgb
from photoshoot.placers.studio.renderer.emitter_choice import balanced_emitters, least_noisy
from photoshoot.placers.studio.renderer.exposure import tone_map
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene.bsdfs import MET, area_emitter, diffuse
from tests.placers.studio.renderer.test_renderer import CAMERA

COARSE = Camera(film=Film(view=CAMERA.film.view, scale=0.1))


def lit(*others: float) -> mi.Scene:
    """A floor under a bright lamp, and lamps of other radiances that are as large and as near."""
    to = mi.ScalarTransform4f()
    entries: dict[str, object] = {
        "floor": {"type": "rectangle", "to_world": to.rotate([1, 0, 0], -90).scale(30), "bsdf": diffuse("#808080")}
    }
    for number, radiance in enumerate((9.0, *others)):
        place = to.translate([3 * number - 3, 6, 0]).rotate([1, 0, 0], 90)
        emitter = area_emitter(np.full(3, radiance))
        entries[f"lamp_{number}"] = {"type": "rectangle", "to_world": place, "emitter": emitter}
    scene: mi.Scene = mi.load_dict({"type": "scene", **entries}, parallel=False)
    return scene


def weights_of(scene: mi.Scene) -> list[float]:
    """The brightest lamp's first."""
    lamps = [mi.traverse(emitter) for emitter in scene.emitters()]
    lamps.sort(key=lambda lamp: -float(np.ravel(lamp["radiance.value"])[0]))
    return [float(np.ravel(lamp["sampling_weight"])[0]) for lamp in lamps]


@pytest.mark.usefixtures("variant")
def test_bright_lights_are_asked_more_often_and_the_picture_is_the_same_with_less_noise() -> None:
    renderer, scene = Renderer(3), lit(0.05, 0.05)
    before = renderer.start_repeats(scene, COARSE, 48, 5)()
    with balanced_emitters(renderer, scene, COARSE, 1, 1.0) as noise:
        weights = weights_of(scene)
        after = renderer.start_repeats(scene, COARSE, 48, 5)()
        with balanced_emitters(renderer, scene, COARSE, 1, 1.0):
            pass
        assert weights_of(scene) == weights, "they are not its own"
    assert weights[0] > 0.7
    assert min(weights) > 0.05
    assert after.var(0).mean() < 0.75 * before.var(0).mean()
    least, most = (linear_to_srgb(tone_map(light, 1.0)).var(0, ddof=1).mean() for light in (after, before))
    assert noise is not None
    assert least < noise < most, "what the best of those that were tried leaves, and these are better"
    assert after.mean() == pytest.approx(before.mean(), rel=0.03)
    assert weights_of(scene) == [1.0, 1.0, 1.0]
    np.testing.assert_array_equal(renderer.start_repeats(scene, COARSE, 2, 5)(), before[:2])


@pytest.mark.usefixtures("variant")
def test_a_scene_of_one_light_and_one_that_fails_keep_their_own() -> None:
    renderer, scene = Renderer(3), lit()
    with balanced_emitters(renderer, scene, COARSE, 1, 1.0) as noise:
        assert weights_of(scene) == [1.0]
    assert noise is None
    scene = lit(0.1)
    balancing = balanced_emitters(renderer, scene, COARSE, 1, 1.0)
    balancing.__enter__()
    assert weights_of(scene) != [1.0, 1.0]
    balancing.__exit__(KeyError, KeyError(), None)
    assert weights_of(scene) == [1.0, 1.0]


@pytest.mark.usefixtures("variant")
def test_what_shines_and_is_only_met_gives_as_much_light() -> None:
    renderer, means = Renderer(3), []
    for weight in (1.0, MET):
        scene = lit(9.0)
        lamp = mi.traverse(scene.emitters()[1])
        lamp["sampling_weight"] = weight
        lamp.update()
        scene.parameters_changed()
        with balanced_emitters(renderer, scene, COARSE, 1, 1.0):
            means.append(renderer.start_repeats(scene, COARSE, 96, 5)().mean())
            asked = [float(np.ravel(mi.traverse(emitter)["sampling_weight"])[0]) for emitter in scene.emitters()]
    assert asked[1] < 1e-3, "its chance was chosen anew"
    assert means[1] == pytest.approx(means[0], rel=0.03)


def test_chances_follow_the_root_of_what_each_light_adds() -> None:
    added = np.array([16.0, 4.0, 1.0, 0.0])
    tried = np.ones((5, 4)) + 3 * np.eye(5, 4)
    tried /= tried.sum(1, keepdims=True)
    found = least_noisy(tried, (added / tried).sum(1) + 7.0)
    np.testing.assert_allclose(found, np.array([4, 2, 1, 0.5 * 7 / 4]) / 7.875, rtol=0.1)
    np.testing.assert_allclose(least_noisy(tried, np.zeros(5)), np.full(4, 0.25))

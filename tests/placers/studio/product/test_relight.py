from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.color.difference import delta_e, rgb_to_lab
from photoshoot.color.space import linear_to_srgb
from photoshoot.placers.studio.product.relight import SceneLight, relight
from photoshoot.placers.studio.renderer.exposure import CardReading
from photoshoot.settings import Stance
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas, make_layer

ALPHA = draw_vase(HEIGHT, WIDTH, 138, 210)
LAYER, CANVAS = make_layer(ALPHA), make_canvas(ALPHA)


def scene_light(
    front: tuple[float, ...], left: float = 1.0, right: float = 1.0, exposure: float = 1.0, picture: float = 0.0
) -> SceneLight:
    card = np.array(front)
    reading = CardReading(front=card, left=left * card, right=right * card)
    return SceneLight(reading=reading, exposure=exposure, picture=np.full((HEIGHT, WIDTH, 3), picture, np.float32))


def inside() -> np.ndarray:
    return ALPHA > 0.999


def test_strength_0_gives_the_original_pixels() -> None:
    assert relight(LAYER, CANVAS, scene_light((9, 1, 1)), 0) is LAYER


@settings(max_examples=20, deadline=None)
@given(
    front=st.tuples(*[st.floats(0.02, 5)] * 3),
    sides=st.tuples(*[st.floats(0.1, 10)] * 2),
    exposure=st.floats(0.05, 20),
    picture=st.floats(0, 1),
    strength=st.floats(0.01, 1),
)
def test_colours_stay_near_the_originals_whatever_the_light(
    front: tuple[float, ...], sides: tuple[float, float], exposure: float, picture: float, strength: float
) -> None:
    lit = relight(LAYER, CANVAS, scene_light(front, *sides, exposure, picture), strength)
    opaque = ALPHA >= 254 / 255
    difference = delta_e(rgb_to_lab(LAYER.rgb[opaque]), rgb_to_lab(lit.rgb[opaque]))
    assert np.percentile(difference, 95) <= 4
    np.testing.assert_array_equal(lit.alpha_matte, LAYER.alpha_matte)


def test_it_follows_the_lights_colour_and_side() -> None:
    warm, cold = (relight(LAYER, CANVAS, scene_light(front), 1).rgb for front in ((1.4, 1, 0.6), (0.6, 1, 1.4)))
    body = inside()
    assert (warm[body][:, 0].astype(int) - cold[body][:, 0]).mean() > 2
    assert (warm[body][:, 2].astype(int) - cold[body][:, 2]).mean() < -2
    from_left = relight(LAYER, CANVAS, scene_light((1, 1, 1), left=3), 1).rgb.astype(int)
    from_right = relight(LAYER, CANVAS, scene_light((1, 1, 1), right=3), 1).rgb.astype(int)
    brighter = np.where(body, (from_left - from_right).sum(-1), 0)
    assert brighter[:, : 210 - 15].sum() > 0 > brighter[:, 210 + 15 :].sum()


@pytest.mark.parametrize("stance", list(Stance))
def test_only_what_stands_is_shaded_at_its_base(stance: Stance) -> None:
    level = scene_light((0.84, 0.84, 0.84))
    lit = relight(LAYER, make_canvas(ALPHA, stance), level, 1).rgb.astype(int) - LAYER.rgb
    base = inside() & (np.indices(ALPHA.shape)[0] > 132)
    assert (lit[base].mean() < -2) == (stance is Stance.UPRIGHT)


def test_the_scene_creeps_round_the_edge_only() -> None:
    dark, bright = (relight(LAYER, CANVAS, scene_light((1, 1, 1), picture=value), 1).rgb for value in (0.0, 0.9))
    changed = (dark != bright).any(-1)
    assert changed[(ALPHA > 0.3) & (ALPHA < 0.7)].all()
    assert float(linear_to_srgb(np.float32(0.9))) > 0.9  # it is bright enough to tell
    assert (bright.astype(int) >= dark).all()
    assert not changed[ALPHA == 0].any()

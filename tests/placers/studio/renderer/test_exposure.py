from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.errors import DeviceError
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.exposure import CardReading, choose_exposure, read_card
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.scene.shapes import SetParts
from tests.placers.studio.conftest import draw_vase, make_canvas

VIEW = View.of(make_canvas(draw_vase(160, 420, 138, 210)), 1.4)


def reading(*radiance: float) -> CardReading:
    card = np.array(radiance)
    return CardReading(front=card, left=card, right=card)


@pytest.mark.usefixtures("placer")
def test_in_even_light_the_card_reads_nine_tenths_of_it_from_every_side() -> None:
    sky = mi.load_dict({"type": "constant", "radiance": {"type": "rgb", "value": [0.4, 0.7, 1.0]}})
    card = read_card(Renderer(4), {"sky": sky}, VIEW, sides=True)
    for side in (card.front, card.left, card.right):
        np.testing.assert_allclose(side, 0.9 * np.array([0.4, 0.7, 1.0]), rtol=5e-3)  # the mean of 18,432 paths


@pytest.mark.usefixtures("placer")
def test_a_lamp_on_the_left_lights_the_card_that_is_turned_to_it() -> None:
    lamp = mi.load_dict({"type": "point", "position": [-6.0, 1.0, 4.0], "intensity": {"type": "rgb", "value": 50.0}})
    card = read_card(Renderer(4), {"lamp": lamp}, VIEW, sides=True)
    assert card.left.min() > 1.2 * card.front.max()
    assert card.front.min() > 1.2 * card.right.max()
    front_only = read_card(Renderer(4), {"lamp": lamp}, VIEW, sides=False)
    np.testing.assert_array_equal(front_only.front, card.front)
    assert front_only.left is front_only.front
    assert front_only.right is front_only.front


def test_the_exposure_shows_white_as_asked() -> None:
    card = reading(0.2, 0.3, 0.4)
    exposure = choose_exposure(SetParts(shapes={}, card=0.8), card)
    assert exposure * card.luminance / 0.9 == pytest.approx(0.8)
    assert choose_exposure(SetParts(shapes={}, exposure=3.5), None) == 3.5


def test_a_set_without_light_is_refused() -> None:
    with pytest.raises(DeviceError, match="no light"):
        choose_exposure(SetParts(shapes={}), reading(0.0, 0.0, 0.0))

"""A packshot is pure white to the edge, but for the product and its soft shadow."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.framing.layout import PACKSHOT_FILL
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.product.shadow_matte import shadow_on_white
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.prompts import Prompt
from photoshoot.request import Request, resolve_request
from photoshoot.settings import Placement, Stance
from tests.making import draw_cutout, make_product


@pytest.mark.swept("stance")
@pytest.mark.parametrize("stance", list(Stance))
def test_the_preset_is_white_to_the_edge_and_filled(placer: StudioPlacer, stance: Stance) -> None:
    request = Request(
        prompts=[Prompt.preset("packshot_white")], render_kind="200x200", placement=Placement(stance=stance), seed=3
    )
    (planned,) = plan_shots(resolve_request(request, make_product(draw_cutout(80, 100))), PresetRegistry.load())
    (shot,) = placer.place([planned])
    rim = np.concatenate([shot.image[0], shot.image[-1], shot.image[:, 0], shot.image[:, -1]])
    assert (rim == 255).all()
    assert planned.canvas.product_box.height == pytest.approx(PACKSHOT_FILL * 200, abs=1)  # whole pixels
    outside = planned.layer.alpha_matte == 0
    assert (shot.image[outside] == 255).all(-1).mean() > 0.4
    assert (placer.plate(planned.canvas, planned.scene.design, 3) == 255).all()


def test_faint_dimming_is_no_shadow_and_a_shadow_fades_before_the_edge() -> None:
    picture = np.full((100, 120, 3), 250, np.uint8)
    assert (shadow_on_white(np.full((100, 120), 0.975, np.float32), picture) == 255).all()
    shaded = shadow_on_white(np.full((100, 120), 0.5, np.float32), picture)
    assert (shaded[[0, -1]] == 255).all()
    assert (shaded[:, [0, -1]] == 255).all()
    assert (shaded[40:60, 40:60] < 200).all()

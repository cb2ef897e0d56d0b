"""What a seed changes is data, not code: the same shapes and lights, in the same order, whatever stands where."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.records import Box, Canvas
from photoshoot.sets import SetDesign
from photoshoot.sets.cabin import Cabin
from photoshoot.sets.desk import Desk
from photoshoot.sets.lab import Lab
from photoshoot.settings import Stance
from tests.placers.studio.conftest import smooth_plastics

BOX = Box(left=255, top=90, right=320, bottom=320)
CANVAS = Canvas(label="t", width_px=602, height_px=432, product_box=BOX, safe_area=BOX, stance=Stance.UPRIGHT)


@pytest.mark.parametrize("design", [Cabin(props="ornaments"), Lab(), Desk()], ids=lambda design: type(design).__name__)
def test_every_seed_has_the_same_shapes_in_the_same_order(design: SetDesign) -> None:
    build, view = load_builder(design), View.of(CANVAS, design.camera_y)
    with smooth_plastics():
        names = {tuple(build(design, view, np.random.default_rng(seed)).shapes) for seed in (1, 2, 3)}
    assert len(names) == 1, sorted(names)

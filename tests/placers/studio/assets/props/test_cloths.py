"""Cloths that lie beside a product."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.assets.props.cloths import linens, silks
from photoshoot.placers.studio.assets.props.placement import Build
from photoshoot.placers.studio.camera import View
from photoshoot.records import Box, Canvas
from photoshoot.settings import Stance


def _view(stance: Stance) -> View:
    box = Box(left=380, top=300, right=700, bottom=900)
    canvas = Canvas(label="t", width_px=1080, height_px=1080, product_box=box, safe_area=box, stance=stance)
    return View.of(canvas, 1.65)


@pytest.mark.parametrize("build", [linens, silks])
@pytest.mark.parametrize("seed", range(4))
def test_a_cloth_is_flat_under_the_product_and_in_folds_beside_it(build: Build, seed: int) -> None:
    view = _view(Stance.UPRIGHT)
    mesh, _ = build(view, np.random.default_rng(seed), ())["cloth"]
    x, y, z = mesh.vertices.T
    under = (np.abs(x - view.product_x) < view.product_half_width) & (np.abs(z) < 0.1)
    assert under.any()
    assert y[under].max() < 0.02
    assert y.max() > 0.06
    assert y.min() > 0


@pytest.mark.parametrize("build", [linens, silks])
def test_a_cloth_lies_beside_what_lies(build: Build) -> None:
    pieces = build(_view(Stance.LYING), np.random.default_rng(1), ())
    assert pieces["cloth"][0].vertices[:, 1].min() > 0

"""Every fault that is built on purpose is found by the right check, and by few others; ``docs/quality.md`` tells."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from photoshoot import Photoshoot, Product, Prompt
from photoshoot.framing.layout import AdSize, lay_out
from photoshoot.pixels.imaging import build_layer
from photoshoot.pixels.photos import read_photo
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.prompts import resolve_prompts
from photoshoot.quality.gate import inspect
from photoshoot.records import QualityReport, ShotRequest
from photoshoot.settings import Stance
from tests.conftest import EXAMPLES
from tests.quality.faults import CASES, Case, paste_second_product

PRESETS = "emerald_spotlight_gradient_background", "sunny_yellow_background"
SIZE = AdSize(label="test", width_px=560, height_px=640)


@pytest.fixture(scope="module")
def case(shoot: Photoshoot, bottle: Product) -> Case:
    canvas = lay_out(bottle.cutout, SIZE, stance=Stance.UPRIGHT, safe_margin=False)
    scene, other = resolve_prompts([Prompt.preset(name) for name in PRESETS], bottle, shoot.presets)
    layer = build_layer(bottle.cutout, canvas)
    request = ShotRequest(product=bottle, layer=layer, canvas=canvas, scene=scene, seed=3, prompt_index=0)
    placer = shoot.placer
    assert isinstance(placer, StudioPlacer)
    return Case(
        shot=placer.place([request])[0],
        layer=layer,
        photo=read_photo(EXAMPLES / "bottle.jpg").rgb,
        plate=placer.plate(canvas, scene.design, 3),
        other_plate=placer.plate(canvas, other.design, 3),
    )


def report_on(case: Case, shoot: Photoshoot, *, growth: bool) -> QualityReport:
    report = inspect(case.shot, case.layer, shoot.segmenter if growth else None).quality
    assert report is not None
    return report


@pytest.mark.parametrize("fault", CASES, ids=lambda fault: fault.__name__)
def test_the_right_checks_fire(fault: Callable[[Case], Case], case: Case, shoot: Photoshoot) -> None:
    expected, allowed = CASES[fault]
    report = report_on(fault(case), shoot, growth=fault is paste_second_product)
    fired = {*report.failed, *report.warnings}
    values = {check.name: check.value for check in report.checks}
    assert expected <= fired, (fired, values)
    assert fired <= expected | allowed, (fired, values)


def test_a_clean_shot_has_not_grown(case: Case, shoot: Photoshoot) -> None:
    check = report_on(case, shoot, growth=True).check("expansion")
    assert check.value is not None
    assert check.value < 0.05
    assert "u2netp" in check.note


def test_what_floats_has_no_contact(case: Case, shoot: Photoshoot) -> None:
    lifted = np.roll(case.plate, -40, axis=0)
    report = report_on(case.over(lifted), shoot, growth=False)
    assert (report.value("contact") or 0) < 0.1

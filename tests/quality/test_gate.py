from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.errors import UnknownNameError
from photoshoot.pixels.imaging import composite, light_product
from photoshoot.quality import THRESHOLDS
from photoshoot.quality.gate import inspect
from photoshoot.records import Edge, Provenance, Shot, ShotRequest
from photoshoot.records.light_map import LightMap
from photoshoot.settings import Placement, Stance
from tests.making import make_canvas, make_product, make_request


def shot_of(request: ShotRequest, **settings: float) -> Shot:
    background = np.random.default_rng(request.seed).integers(0, 255, request.layer.rgb.shape, np.uint8)
    return Shot(
        image=composite(background, request.layer),
        product=request.product,
        canvas=request.canvas,
        scene=request.scene,
        seed=request.seed,
        prompt_index=0,
        provenance=Provenance(engine="test", versions={}, settings=settings),
    )


def test_an_exact_composite_passes_and_proves_its_core() -> None:
    requests = [make_request(seed=1), make_request(seed=2)]
    reports = [inspect(shot_of(request), request.layer).quality for request in requests]
    assert all(report is not None and report.passed and report.value("max_difference") == 0 for report in reports)
    assert len({report.core_sha256 for report in reports if report}) == 1


def test_one_changed_pixel_fails() -> None:
    request = make_request()
    shot = shot_of(request)
    box = request.canvas.product_box
    row, column = (box.top + box.bottom) // 2, (box.left + box.right) // 2
    changed = shot.image.copy()
    changed[row, column] ^= 8
    report = inspect(dataclasses.replace(shot, image=changed), request.layer).quality
    assert report is not None
    assert not report.passed
    assert report.value("max_difference") == 8
    assert 0 < (report.value("changed_share") or 0) < 0.01
    assert set(report.failed) == {"changed_share", "max_difference"}


def test_a_lit_product_is_held_to_its_own_pixels_times_the_recorded_light() -> None:
    request = make_request()
    slope = np.linspace(-1, 0.5, 12, dtype=np.float32)[None, :, None].repeat(9, 0).repeat(3, 2)
    light = LightMap.of_stops(slope, request.canvas.product_box)
    lit = dataclasses.replace(request, layer=light_product(request.layer, light))
    shot = dataclasses.replace(shot_of(lit), product_light=light)
    report = inspect(shot, request.layer).quality
    assert report is not None
    assert report.passed
    assert report.value("max_difference") == 0
    assert (report.value("fidelity_relit") or 0) > 0.8
    for told in (None, LightMap.of_stops(slope + np.float32(0.02), light.box)):
        other = inspect(dataclasses.replace(shot, product_light=told), request.layer).quality
        assert other is not None
        assert "max_difference" in other.failed, "another light than the record's"


def test_a_product_over_the_safe_area_fails() -> None:
    product = make_product()
    canvas = make_canvas(product, placement=Placement())
    narrow = dataclasses.replace(canvas.safe_area, left=canvas.product_box.left + 3)
    request = make_request(product=product, canvas=dataclasses.replace(canvas, safe_area=narrow))
    report = inspect(shot_of(request), request.layer).quality
    assert report is not None
    assert 0 < (report.value("outside_safe_area") or 0) < 0.2
    assert report.failed == ("outside_safe_area",)


@pytest.mark.parametrize(("width", "height"), [(16, 15000), (9, 40), (40, 9), (700, 17)])
def test_any_size_of_picture_can_be_inspected(width: int, height: int) -> None:
    product = make_product()
    request = make_request(product=product, canvas=make_canvas(product, width, height))
    report = inspect(shot_of(request), request.layer).quality
    assert report is not None
    assert report.passed
    assert all(check.value is not None or check.note for check in report.checks)


def test_a_report_is_plain_data_and_names_are_checked() -> None:
    request = make_request()
    report = inspect(shot_of(request), request.layer).quality
    assert report is not None
    record = json.loads(json.dumps(report.to_record()))
    assert record["passed"] is True
    assert record["measures"].keys() == THRESHOLDS.keys()
    assert record["measures"]["expansion"] is None
    assert record["notes"]["expansion"] == "not asked for"
    with pytest.raises(UnknownNameError, match="contact"):
        report.value("contatc")


def test_what_hangs_or_is_cut_has_no_contact_to_measure() -> None:
    product = make_product()
    for canvas, words in (
        (make_canvas(product, placement=Placement(stance=Stance.HANGING)), "hangs"),
        (dataclasses.replace(make_canvas(product), snapped=frozenset({Edge.BOTTOM})), "edge"),
    ):
        request = make_request(product=product, canvas=canvas)
        report = inspect(shot_of(request), request.layer).quality
        assert report is not None
        assert report.value("contact") is None
        assert words in report.check("contact").note


def test_the_shade_round_what_lies_is_seen() -> None:
    product = make_product()
    canvas = make_canvas(product, 360, 300, Placement(stance=Stance.LYING))
    request = make_request(product=product, canvas=canvas)
    flat = np.full(request.layer.rgb.shape, 200, np.uint8)
    shade = ndimage.gaussian_filter(np.roll(request.layer.alpha_matte, (4, 4), (0, 1)), 4)
    shaded = (flat * (1 - 0.6 * shade[..., None])).astype(np.uint8)
    found = []
    for scene in (flat, shaded):
        shot = dataclasses.replace(shot_of(request), image=composite(scene, request.layer))
        report = inspect(shot, request.layer).quality
        assert report is not None
        found.append(report.value("contact") or 0.0)
    assert found[0] < 0.02
    assert found[1] > 0.2

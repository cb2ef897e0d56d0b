from __future__ import annotations

import dataclasses

import numpy as np

from photoshoot.imaging import composite
from photoshoot.quality import inspect
from photoshoot.records import Provenance, Shot, ShotRequest
from photoshoot.settings import Placement
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


def test_one_changed_pixel_fails_unless_relighting_was_asked_for() -> None:
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
    relit = dataclasses.replace(shot_of(request, relight=1.0), image=changed)
    allowed = inspect(relit, request.layer).quality
    assert allowed is not None
    assert allowed.passed


def test_a_product_over_the_safe_area_fails() -> None:
    product = make_product()
    canvas = make_canvas(product, placement=Placement())
    narrow = dataclasses.replace(canvas.safe_area, left=canvas.product_box.left + 3)
    request = make_request(product=product, canvas=dataclasses.replace(canvas, safe_area=narrow))
    report = inspect(shot_of(request), request.layer).quality
    assert report is not None
    assert 0 < (report.value("outside_safe_area") or 0) < 0.2
    assert report.failed == ("outside_safe_area",)

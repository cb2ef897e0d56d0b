from __future__ import annotations

import dataclasses

import numpy as np
from PIL import Image, ImageFilter

from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.ground.backdrop import Evidence, weigh_evidence
from photoshoot.segmenters.ground.grain import calm_grain, find_ringing, measure_grain
from photoshoot.settings import SegmentationSettings
from tests.segmenters.drawing import Floats, draw_backdrop, draw_matte, iou, take_photo

SIDE = 96
UNSEEN = np.zeros((SIDE, SIDE), bool)
UNSEEN[:, : SIDE // 2] = True


def two_greys(grain: float) -> Floats:
    """(3, 96, 96), a pale half and a dark one, with grain of that standard deviation."""
    planes = np.where(UNSEEN, np.float32(0.8), np.float32(0.3)) * np.ones((3, 1, 1), np.float32)
    return (planes + np.random.default_rng(0).normal(0, grain, planes.shape)).astype(np.float32)


def test_grain_is_measured_and_goes_and_the_edge_stays() -> None:
    rough = two_greys(0.05)
    assert 0.015 < measure_grain(rough, UNSEEN) < 0.05, "less: the mean of three channels"
    calm, true = calm_grain(rough, UNSEEN), two_greys(0)
    beside = np.s_[:, :, 6 : SIDE // 2 - 6]
    assert calm[beside].std() < 0.5 * rough[beside].std()
    step = np.abs(calm[:, :, SIDE // 2 - 1] - calm[:, :, SIDE // 2]).mean()
    assert step > 0.9 * float(np.abs(true[:, :, SIDE // 2 - 1] - true[:, :, SIDE // 2]).mean())


def test_a_clean_picture_stays_as_it_is() -> None:
    clean = two_greys(0.002)
    assert calm_grain(clean, UNSEEN) is clean
    assert calm_grain(clean, np.zeros_like(UNSEEN)) is clean, "nothing is unseen"


def see_rims(thick: bool) -> tuple[Evidence, Floats]:
    """A dark square on white, with a pale rim of 4 px or a pale part of 30 px to its right; and what a look sees."""
    planes = np.ones((3, SIDE, SIDE), np.float32)
    planes[:, 30:60, 30:60] = 0.2
    planes[:, 30:60, 60 : 90 if thick else 64] = 0.92
    saliency = np.zeros((SIDE, SIDE), np.float32)
    saliency[30:60, 30:60] = 1
    return weigh_evidence(planes, np.ones_like(planes), 0.002, saliency), saliency


def test_a_pale_rim_beside_the_backdrop_is_ringing_and_a_pale_part_is_not() -> None:
    rim, saliency = see_rims(thick=False)
    assert find_ringing(rim, saliency, 1)[33:57, 61:63].all()
    assert not find_ringing(rim, saliency, 1)[30:60, 30:60].any()
    part, saliency = see_rims(thick=True)
    assert not find_ringing(part, saliency, 1)[33:57, 68:82].any()


def test_a_thumbnail_has_no_pale_rim() -> None:
    true = draw_matte("bottle", 200)
    photo = take_photo(true, draw_backdrop("white", 200))
    rung = photo.rgb.copy()
    near = np.asarray(Image.fromarray(true > 0.5).convert("L").filter(ImageFilter.MaxFilter(9))) > 0
    rung[near & (true == 0)] = 236

    def network(view: Image.Image) -> Floats:
        return np.asarray(np.asarray(view.convert("L"), np.float32) < 200, np.float32)

    found = cut_out(dataclasses.replace(photo, rgb=rung), network, "dark 1", SegmentationSettings()).alpha_matte
    assert iou(found, true) > 0.93

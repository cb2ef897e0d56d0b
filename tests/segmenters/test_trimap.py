from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.segmenters.backdrop import weigh_evidence
from photoshoot.segmenters.trimap import build_trimap


def _scene() -> tuple[np.ndarray, np.ndarray]:
    """A dark square on light paper, (3, 96, 96), and what a network would see of it."""
    inside = np.zeros((96, 96), np.float32)
    inside[28:68, 24:72] = 1
    planes = np.stack([0.9 - 0.7 * inside] * 3).astype(np.float32)
    return planes, ndimage.gaussian_filter(inside, 2).astype(np.float32)


def test_what_is_sure_is_left_alone_and_the_band_between_is_guessed() -> None:
    planes, saliency = _scene()
    trimap = build_trimap(planes, saliency, None, 1.0)
    assert trimap is not None
    assert not trimap.unknown[40:56, 40:56].any()
    assert not trimap.unknown[:12].any()
    assert trimap.unknown[28, 40]
    assert (trimap.prior[40:56, 40:56] == 1).all()
    assert (trimap.prior[:12] == 0).all()
    assert trimap.prior.min() >= 0
    assert trimap.prior.max() <= 1
    assert (trimap.weight[~trimap.unknown] == 0).all()
    assert (trimap.weight[trimap.unknown] > 0).all()


def test_colours_tell_the_guess_on_which_side_a_pixel_is() -> None:
    planes, saliency = _scene()
    trimap = build_trimap(planes, saliency, None, 1.0)
    assert trimap is not None
    inside = planes[0] < 0.5
    assert trimap.prior[trimap.unknown & inside].mean() > 0.8
    assert trimap.prior[trimap.unknown & ~inside].mean() < 0.2


def test_without_anything_sure_there_is_no_trimap() -> None:
    planes, saliency = _scene()
    assert build_trimap(planes, np.zeros_like(saliency), None, 1.0) is None
    assert build_trimap(planes, np.ones_like(saliency), None, 1.0) is None


def test_where_looks_deny_each_other_the_backdrop_still_tells() -> None:
    planes, saliency = _scene()
    half = np.asarray(0.5 * saliency, np.float32)
    evidence = weigh_evidence(planes, np.full_like(planes, 0.9), 0.002, half)
    trimap = build_trimap(planes, half, evidence, 1.0)
    assert trimap is not None
    assert (trimap.prior[32:64, 28:68] == 1).all()
    assert not trimap.unknown[32:64, 28:68].any()


@pytest.mark.parametrize(("ends", "kept"), [(1, False), (2, True)])
def test_what_no_look_sees_is_a_part_where_it_joins_two(ends: int, kept: bool) -> None:
    saliency = np.zeros((96, 192), np.float32)
    saliency[30:66, 10:40] = 1
    if ends == 2:
        saliency[30:66, 150:180] = 1
    planes = np.where(saliency > 0, np.float32(0.2), np.float32(1)) * np.ones((3, 1, 1), np.float32)
    planes[:, 36:60, 40:150] = np.array([0.7, 0.75, 1], np.float32)[:, None, None]
    evidence = weigh_evidence(planes, np.ones_like(planes), 0.002, saliency)
    trimap = build_trimap(planes, saliency, evidence, 1.0)
    assert trimap is not None
    assert (trimap.prior[44:52, 60:130] == float(kept)).all()


@pytest.mark.parametrize(("witness", "color", "kept"), [(0.95, 0.2, True), (0.5, 0.2, False), (0.95, 0.85, False)])
def test_what_one_look_saw_all_of_before_the_backdrop_is_a_part_though_another_denied_it(
    witness: float, color: float, kept: bool
) -> None:
    saliency = np.zeros((96, 192), np.float32)
    saliency[30:66, 10:60] = 1
    planes = np.where(saliency > 0, np.float32(0.2), np.float32(0.9)) * np.ones((3, 1, 1), np.float32)
    planes[:, 30:66, 110:150] = np.float32(color) * np.array([1, 0.8, 0.6], np.float32)[:, None, None]
    if not kept and witness > 0.9:
        planes[:, 30:66, 110:150] = color  # the backdrop's hue, darkened: a shadow
    most = saliency.copy()
    most[30:66, 110:150] = witness
    denied = np.where(most > saliency, np.float32(0.3), saliency)
    evidence = weigh_evidence(planes, np.full_like(planes, 0.9), 0.002, denied, most=most)
    trimap = build_trimap(planes, denied, evidence, 1.0, most=most)
    assert trimap is not None
    sure = ~trimap.unknown & (trimap.prior == 1)
    assert sure[36:60, 116:144].all() == kept


def test_before_what_is_not_plain_an_outline_is_told_by_how_often_each_colour_comes() -> None:
    """A black and white product before a grey and brown ground: its mean colour is the ground's."""
    inside = np.zeros((96, 96), np.float32)
    inside[28:68, 24:72] = 1
    stripes = np.where(np.arange(96)[:, None] % 16 < 8, 0.05, 0.95) * np.ones(96)
    ground = np.where(np.arange(96) % 12 < 6, 0.6, 0.4) * np.ones((96, 1))
    tint = np.array([1, 0.9, 0.7])[:, None, None]
    planes = np.where(inside > 0, stripes, ground * tint).astype(np.float32)
    shifted = np.roll(ndimage.gaussian_filter(inside, 1), 1, axis=1).astype(np.float32)
    trimap = build_trimap(planes, shifted, None, 1.0)
    assert trimap is not None
    wrong = np.abs(trimap.prior - inside)[trimap.unknown]
    assert wrong.mean() < 0.06, f"{wrong.mean():.3f} wrong in the outline's band"


def test_what_colour_evidence_and_saliency_agree_on_is_trusted_more_than_evidence_alone() -> None:
    planes, saliency = _scene()
    half_seen = np.minimum(saliency, np.where(np.arange(96) < 48, 1.0, 0.7)).astype(np.float32)
    evidence = weigh_evidence(planes, np.full_like(planes, 0.9), 0.002, half_seen)
    trimap = build_trimap(planes, half_seen, evidence, 1.0)
    assert trimap is not None
    inside = trimap.unknown & (trimap.prior == 1) & ~evidence.backdrop
    agreed, alone = inside & (half_seen > 0.85), inside & (half_seen < 0.75)
    assert agreed.any()
    assert alone.any()
    assert trimap.weight[agreed].min() > 5 * trimap.weight[alone].max()

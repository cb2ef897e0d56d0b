from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import ndimage

from photoshoot.segmenters.ground.backdrop import weigh_evidence
from photoshoot.segmenters.matte.trimap import build_trimap


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


def test_a_hole_that_the_network_overlooked_is_not_filled_again() -> None:
    planes, saliency = _scene()
    saliency[40:56, 40:56] = 1
    hole = np.zeros((96, 96), bool)
    hole[44:50, 45] = True
    planes[:, hole] = 0.9
    evidence = weigh_evidence(planes, np.full_like(planes, 0.9), 0.002, saliency)
    trimap = build_trimap(planes, saliency, replace(evidence, hole=hole), 1.0)
    assert trimap is not None
    assert (trimap.prior[hole] == 0).all()
    assert trimap.unknown[hole].all()


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

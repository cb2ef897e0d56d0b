from __future__ import annotations

import numpy as np
from scipy import ndimage

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

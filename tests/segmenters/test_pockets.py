"""Pockets of plain ground in a product are opened before what is not plain as a whole; parts of that colour stay."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.segmenters.matte.pockets import open_pockets

Floats = npt.NDArray[np.float32]

SIDE = 120
FRAME, POCKET = np.s_[30:90, 20:80], np.s_[55:65, 40:44]


@pytest.fixture
def scene() -> tuple[Floats, Floats, Floats]:
    """A red frame before a green meadow left and boards right, with a slit; its matte and saliency take that in."""
    planes, seen = np.zeros((3, SIDE, SIDE), np.float32), np.zeros((SIDE, SIDE), np.float32)
    planes[:, :, :100] = np.array([0.3, 0.6, 0.2], np.float32)[:, None, None]
    planes[:, ::4, 100:] = 0.9
    planes[:, *FRAME] = np.array([0.8, 0.1, 0.1], np.float32)[:, None, None]
    planes[:, *POCKET] = np.array([0.3, 0.6, 0.2], np.float32)[:, None, None]
    seen[FRAME] = 1
    seen[POCKET] = 0.6
    matte = (seen > 0).astype(np.float32)
    return planes, matte, seen


def test_a_half_seen_pocket_of_the_ground_beside_is_opened(scene: tuple[Floats, Floats, Floats]) -> None:
    planes, matte, seen = scene
    opened = open_pockets(planes, matte, seen)
    assert opened[POCKET].max() < 0.05
    away = np.ones_like(matte, bool)
    away[50:70, 35:49] = False
    assert np.array_equal(opened[away], matte[away])
    assert opened[52, 50] > 0.95


def test_a_surely_seen_place_is_opened_only_where_the_product_has_nothing_of_its_colour(
    scene: tuple[Floats, Floats, Floats],
) -> None:
    planes, matte, seen = scene
    seen[POCKET] = 1
    assert open_pockets(planes, matte, seen)[POCKET].max() < 0.05
    planes[:, 32:50, 22:78:3] = np.array([0.3, 0.6, 0.2], np.float32)[:, None, None]
    assert open_pockets(planes, matte, seen) is matte, "green stripes are the product's own"


def test_what_fades_out_and_what_lies_among_patterns_stays(scene: tuple[Floats, Floats, Floats]) -> None:
    planes, matte, seen = scene
    fading = planes.copy()
    share = np.clip(1 - np.hypot(*np.mgrid[-20:20, -20:20]) / 20, 0, 1).astype(np.float32)
    colors = (np.array(color, np.float32)[:, None, None] for color in ((0.3, 0.6, 0.2), (0.8, 0.1, 0.1)))
    ground, own = colors
    fading[:, 40:80, 22:62] = share * ground + (1 - share) * own
    assert open_pockets(fading, matte, seen) is matte
    noisy = planes.copy()
    noisy[:, :, ::3] = np.where(matte[:, ::3] > 0, planes[:, :, ::3], 1)
    assert open_pockets(noisy, matte, seen) is matte

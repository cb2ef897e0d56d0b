from __future__ import annotations

import numpy as np
import pytest

from photoshoot.records import Box, Edge
from photoshoot.segmenters.doubt import find_arm, is_cut_flat, rate_cutout

WHOLE = Box(left=0, top=0, right=64, bottom=64)
SKIN, RED, WOOD = (201, 152, 124), (200, 30, 30), (190, 140, 90)


def test_one_piece_is_as_sure_as_the_network_was() -> None:
    alpha = np.zeros((64, 64), np.float32)
    alpha[8:56, 8:56] = 1
    assert rate_cutout(0.9, alpha, WHOLE) == pytest.approx(0.9)


def test_crumbs_raise_doubt_by_the_root_of_their_number() -> None:
    alpha = np.zeros((64, 64), np.float32)
    alpha[::16, ::16] = 1  # sixteen
    assert rate_cutout(0.9, alpha, WHOLE) == pytest.approx(0.6)
    assert rate_cutout(0.5, alpha, WHOLE) == 0
    assert rate_cutout(1.0, alpha, WHOLE) == 1


def picture(arm: tuple[int, int, int] | None, width: int = 14, foot: int = 0) -> tuple[np.ndarray, np.ndarray, Box]:
    """A red book with an arm below it, cut off straight; ``foot`` px more on each side of its last rows."""
    rgb, alpha = np.full((100, 80, 3), 255, np.uint8), np.zeros((100, 80), np.float32)
    rgb[5:70, 15:65], alpha[5:70, 15:65] = RED, 1
    if arm is not None:
        rgb[70:95, 20 : 20 + width], alpha[70:95, 20 : 20 + width] = arm, 1
        rgb[93:95, 20 - foot : 20 + width + foot], alpha[93:95, 20 - foot : 20 + width + foot] = arm, 1
    return rgb, alpha, Box(left=15, top=5, right=65, bottom=95 if arm else 70)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_an_arm_is_found_at_each_side(turns: int) -> None:
    rgb, alpha, box = picture(SKIN)
    sides = (Edge.BOTTOM, Edge.RIGHT, Edge.TOP, Edge.LEFT)
    rows, columns = np.flatnonzero(np.rot90(alpha, turns).any(1)), np.flatnonzero(np.rot90(alpha, turns).any(0))
    turned = Box(left=int(columns[0]), top=int(rows[0]), right=int(columns[-1]) + 1, bottom=int(rows[-1]) + 1)
    assert find_arm(np.rot90(rgb, turns), np.rot90(alpha, turns), turned) is sides[turns]
    assert turned.width in (box.width, box.height)


def test_what_is_no_arm_is_none() -> None:
    assert find_arm(*picture(None)) is None
    assert find_arm(*picture((40, 80, 160))) is None  # a blue leg
    assert find_arm(*picture(SKIN, width=40)) is None  # a broad base
    assert find_arm(*picture(SKIN, width=2)) is None  # a thin leg
    assert find_arm(*picture(WOOD, foot=8)) is None  # it widens to a foot


@pytest.mark.parametrize(("round_px", "flat"), [(0, True), (3, False)])
def test_an_arm_that_a_border_cut_ends_flat_and_a_rounded_foot_does_not(round_px: int, flat: bool) -> None:
    _, alpha, box = picture(SKIN)
    for row in range(round_px):
        alpha[94 - row, 20 : 20 + round_px - row] = 0
    assert is_cut_flat(alpha, box, Edge.BOTTOM) is flat
    assert is_cut_flat(np.rot90(alpha), Box(left=5, top=15, right=95, bottom=65), Edge.RIGHT) is flat

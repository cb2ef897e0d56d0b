from __future__ import annotations

import numpy as np
import pytest

from photoshoot.segmenters.ground.backdrop import weigh_evidence
from photoshoot.segmenters.ground.enclosures import find_highlights, find_holes, find_keyed, find_paint, is_vivid

PLACE = np.s_[40:60, 40:60]
PALE = np.ones((3, 100, 100), np.float32)
FAR = np.ones((100, 100), np.float32)
VIVID = PALE * np.array([0.5, 0.2, 0.6], np.float32)[:, None, None]


def test_a_highlight_fades_and_a_gap_ends() -> None:
    enclosed = np.zeros((100, 100), bool)
    enclosed[PLACE] = True
    seen = np.full((100, 100), 0.95, np.float32)
    soft = np.where(enclosed, 0, 0.1).astype(np.float32)
    assert np.array_equal(find_highlights(enclosed, PALE, soft, seen), enclosed)
    assert not find_highlights(enclosed, PALE, 6 * soft, seen).any()
    assert not find_highlights(enclosed, PALE, soft, 0.8 * seen).any()
    assert not find_highlights(enclosed, VIVID, soft, seen).any()
    doubted = seen.copy()
    doubted[40:42, 40:60] = 0.6  # a gap under a bridge
    assert not find_highlights(enclosed, PALE, soft, doubted).any()
    assert not find_highlights(np.zeros_like(enclosed), PALE, soft, seen).any()


def test_holes_are_before_a_vivid_backdrop() -> None:
    enclosed = np.zeros((100, 100), bool)
    enclosed[PLACE] = True
    seen = np.ones((100, 100), np.float32)
    assert not find_holes(enclosed, PALE, seen, enclosed, FAR).any()
    assert np.array_equal(find_holes(enclosed, VIVID, seen, enclosed, FAR), enclosed)
    shoe = enclosed.copy()
    shoe[20:80:4, 20:80] = True
    assert not find_holes(enclosed, VIVID, seen, shoe, FAR).any(), "a shoe before its own colour"
    assert not find_holes(enclosed, VIVID, np.where(enclosed, seen, 0).astype(np.float32), enclosed, FAR).any()


def test_what_mirrors_a_vivid_backdrop_is_no_hole() -> None:
    """It is surely seen, and fades into what is round it; a gap ends, or is not surely seen."""
    enclosed = np.zeros((100, 100), bool)
    enclosed[PLACE] = True
    seen = np.ones((100, 100), np.float32)
    soft = np.where(enclosed, 0, 0.06).astype(np.float32)
    assert not find_holes(enclosed, VIVID, seen, enclosed, soft).any()
    assert find_holes(enclosed, VIVID, seen, enclosed, 3 * soft).any()
    seen[40:42, 40:60] = 0.6
    assert find_holes(enclosed, VIVID, seen, enclosed, soft).any()


def test_a_product_of_the_backdrops_own_hue_is_whole() -> None:
    """A dark pink jar with a white label, whose middle is just as pink as what is behind it."""
    seen = np.zeros((200, 200), np.float32)
    seen[50:150, 60:140] = 0.95
    seen[52:148, 62:70] = 0.8  # a side that the network is less sure of
    behind = np.ones((3, 200, 200), np.float32) * np.array([0.9, 0.5, 0.6], np.float32)[:, None, None]
    planes = behind.copy()
    planes[:, 50:150, 60:140] *= np.float32(0.8)
    planes[:, 60:80, 80:120] = 0.95
    planes[:, 90:130, 90:110] = behind[:, 90:130, 90:110]
    evidence = weigh_evidence(planes, behind, 0.004, seen)
    assert not (evidence.hole & (seen > 0.5)).any()
    blue = planes.copy()
    blue[:, 50:150, 60:140] = np.array([0.2, 0.3, 0.6], np.float32)[:, None, None]
    blue[:, 90:130, 90:110] = behind[:, 90:130, 90:110]
    assert weigh_evidence(blue, behind, 0.004, seen).hole[95:125, 95:105].all(), "the gap of a blue one"


def test_a_hard_shadow_on_a_vivid_backdrop_is_no_product() -> None:
    seen = np.zeros((100, 100), np.float32)
    seen[PLACE] = 1
    seen[60:64, 40:60] = 0.6  # right under the product, where the network is in doubt
    for behind, is_product in ((VIVID, False), (0.9 * PALE, True)):
        planes = behind.copy()
        planes[:, *PLACE] = np.array([0.9, 0.6, 0.2], np.float32)[:, None, None]
        planes[:, 60:64, 40:60] *= 0.6
        evidence = weigh_evidence(planes, behind, 0.002, seen)
        assert evidence.product[62, 44:56].all() == is_product
        assert evidence.hole[62, 44:56].all() != is_product
        assert evidence.product[50, 50]


def test_a_vivid_backdrop_s_hue_tells_gaps_unless_it_is_the_product_s_own() -> None:
    seen = np.zeros((100, 100), np.float32)
    seen[10:90, 10:90] = 1
    grey = np.full_like(PALE, 0.5)
    loop = np.zeros((100, 100), bool)
    loop[40:52, 40:60] = True
    assert np.array_equal(find_keyed(grey, VIVID, FAR, loop, seen), loop)
    assert not find_keyed(grey, PALE, FAR, loop, seen).any()
    assert not find_keyed(grey, VIVID, FAR, loop, 0 * seen).any()
    line = np.zeros_like(loop)
    line[20:22, 20:80] = True
    assert not find_keyed(grey, VIVID, FAR, line, seen).any()
    assert not find_keyed(grey, VIVID, FAR, seen > 0.5, seen).any()


def test_beside_a_wide_gap_the_narrowest_with_just_a_vivid_backdrop_s_hue_is_told_in_any_light() -> None:
    seen = np.zeros((100, 100), np.float32)
    seen[10:90, 10:90] = 1
    orange, none = np.array([0.9, 0.6, 0.2], np.float32)[:, None, None], np.zeros((100, 100), bool)
    slit, loop = none.copy(), none.copy()
    slit[20, 20:80] = True
    loop[40:52, 40:60] = True
    for light, share, told in ((1.0, 1.0, True), (0.5, 1.0, True), (0.2, 1.0, False), (1.0, 0.6, False)):
        color = light * (share * VIVID + (1 - share) * orange)  # in shade; too dark to tell; a mixture
        planes = np.where(slit, color, np.where(loop, VIVID, orange)).astype(np.float32)
        keyed = find_keyed(planes, VIVID, FAR, none, seen)
        assert np.array_equal(keyed, loop | (slit & told)), (light, share)
    blue = np.array([0.2, 0.2, 0.9], np.float32)[:, None, None]
    planes = np.where(loop, VIVID, np.where(slit, blue, orange)).astype(np.float32)
    assert np.array_equal(find_keyed(planes, VIVID, FAR, none, seen), loop), "another hue"
    planes = np.where(slit, VIVID, orange).astype(np.float32)
    assert not find_keyed(planes, VIVID, FAR, none, seen).any(), "print of that colour, for all that is known"
    planes = np.where(seen > 0.5, np.float32(0.6) * VIVID, VIVID)
    assert not find_keyed(planes, VIVID, FAR, none, seen).any(), "it is the product's own"


def test_shade_with_the_product_s_light_in_a_loop_is_a_hole() -> None:
    seen = np.zeros((100, 100), np.float32)
    seen[10:90, 10:90] = 1
    planes = VIVID.copy()
    planes[:, 10:90, 10:90] = np.array([0.9, 0.6, 0.2], np.float32)[:, None, None]
    planes[:, 40:52, 40:60] = 0.7 * VIVID[:, 40:52, 40:60]
    planes[0, 40:52, 40:60] += 0.03
    evidence = weigh_evidence(planes, VIVID, 0.002, seen)
    assert evidence.hole[44:48, 44:56].all()
    assert not evidence.product[44:48, 44:56].any()


@pytest.mark.parametrize(
    ("color", "lit"),
    [
        ((0.93, 0.8, 0.61), True),
        ((0.85, 0.68, 0.45), True),
        ((0.5, 0.2, 0.6), False),
        ((0.8, 0.5, 0.45), False),
        ((0.86, 0.81, 0.4), False),
        ((0.3, 0.6, 0.6), False),
        ((0.8, 0.5, 0.2), False),
    ],
)
def test_a_warm_lamp_and_paint_part_by_hue(color: tuple[float, float, float], lit: bool) -> None:
    behind = PALE * np.array(color, np.float32)[:, None, None]
    assert is_vivid(behind).all()
    seen = np.ones((100, 100), np.float32)
    product = behind * np.where(np.arange(100) < 5, np.float32(0.8), np.array([[[0.2]], [[0.5]], [[2]]], np.float32))
    assert is_vivid(find_paint(product, behind, seen)).any() != lit
    product[:, :, :5] = product[:, :, 5:10]
    assert is_vivid(find_paint(product, behind, seen)).any(), "no white part has the hue of its light"


def test_a_white_sole_under_a_warm_lamp_is_no_hole() -> None:
    """A blue shoe, whose sole is as orange as the paper that it stands on, and is parted from it by its shadow."""
    behind = np.ones((3, 200, 200), np.float32) * np.array([0.93, 0.8, 0.61], np.float32)[:, None, None]
    planes, seen = behind.copy(), np.zeros((200, 200), np.float32)
    planes[:, 60:110, 40:160] = np.array([0.1, 0.4, 0.75], np.float32)[:, None, None]
    planes[:, 110:130, 60:180] *= np.float32(0.99)
    planes[:, 130:138, 40:160] *= np.float32(0.4)
    seen[60:130, 40:160] = 0.98
    sole = np.s_[113:127, 60:155]
    planes[:, 108:140, 28:40] *= np.float32(0.4)
    planes[:, 108:140, 160:172] *= np.float32(0.4)
    assert not weigh_evidence(planes, behind, 0.01, seen).hole[sole].any()
    dyed = np.array([0.5, 0.2, 0.6], np.float32)[:, None, None]
    paper = np.ones_like(behind) * dyed
    assert weigh_evidence(planes / behind * paper, paper, 0.01, seen).hole[sole].any(), "coloured paper"

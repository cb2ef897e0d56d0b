from __future__ import annotations

import numpy as np

from photoshoot.segmenters.enclosures import find_highlights, find_holes

PLACE = np.s_[40:60, 40:60]


def test_a_highlight_fades_and_a_gap_ends() -> None:
    enclosed = np.zeros((100, 100), bool)
    enclosed[PLACE] = True
    seen = np.full((100, 100), 0.95, np.float32)
    soft = np.where(enclosed, 0, 0.1).astype(np.float32)
    assert np.array_equal(find_highlights(enclosed, soft, seen), enclosed)
    assert not find_highlights(enclosed, 6 * soft, seen).any()
    assert not find_highlights(enclosed, soft, 0.8 * seen).any()
    assert not find_highlights(np.zeros_like(enclosed), soft, seen).any()


def test_holes_are_before_a_vivid_backdrop() -> None:
    enclosed = np.zeros((100, 100), bool)
    enclosed[PLACE] = True
    seen = np.ones((100, 100), np.float32)
    vivid = np.zeros((3, 100, 100), np.float32)
    assert not find_holes(enclosed, vivid, seen).any()
    vivid[0] = 0.8
    assert np.array_equal(find_holes(enclosed, vivid, seen), enclosed)
    assert not find_holes(enclosed, vivid, np.where(enclosed, seen, 0).astype(np.float32)).any()

from __future__ import annotations

import pytest

from photoshoot.quality import THRESHOLDS, Threshold


@pytest.mark.parametrize("name", THRESHOLDS)
def test_a_measure_passes_at_its_bounds_and_fails_beyond(name: str) -> None:
    threshold = THRESHOLDS[name]
    for bound, beyond in ((threshold.low, -1e-6), (threshold.high, 1e-6)):
        if abs(bound) != float("inf"):
            assert threshold.judge(name, bound).passed
            assert not threshold.judge(name, bound + beyond).passed
    assert threshold.judge(name, None).passed, "what was not measured fails nothing"


def test_a_relit_product_has_its_own_upper_bound() -> None:
    threshold = Threshold(high=0, relit_high=5, hard=True)
    assert not threshold.judge("a", 3).passed
    assert threshold.judge("a", 3, relit=True).passed
    assert Threshold(high=2).judge("a", 3, relit=True).high == 2

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.quality.core_region import measure_fidelity
from tests.making import make_request

LAYER = make_request().layer
CORE = LAYER.alpha_matte >= CORE_ALPHA


def test_the_products_own_pixels_are_faithful() -> None:
    found = measure_fidelity(LAYER.rgb, LAYER, CORE)
    assert (found.changed_share, found.max_difference, found.delta_e_p95) == (0.0, 0, 0.0)
    assert found.gradient_correlation == 1.0


@pytest.mark.parametrize("step", [1, 5, 40])
def test_changed_pixels_are_counted_and_measured(step: int) -> None:
    image = LAYER.rgb.copy()
    rows, columns = np.nonzero(CORE)
    half = slice(0, len(rows) // 2)
    image[rows[half], columns[half], 1] = (
        np.where(LAYER.rgb[rows[half], columns[half], 1] < 128, step, -step) + (LAYER.rgb[rows[half], columns[half], 1])
    )
    found = measure_fidelity(image, LAYER, CORE)
    assert found.changed_share == pytest.approx(0.5, abs=1 / len(rows))
    assert found.max_difference == step
    assert found.delta_e_p95 > 0


def test_edges_that_are_gone_are_noticed() -> None:
    image = LAYER.rgb.copy()
    image[CORE] = LAYER.rgb[CORE].mean(axis=0).astype(np.uint8)
    assert measure_fidelity(image, LAYER, CORE).gradient_correlation < 0.9

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot import PhotoError
from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.quality.core_region import MAX_CHARACTERS, digest, measure_fidelity, simplify, unpack
from tests.making import make_request


@given(seed=st.integers(0, 99), height=st.integers(1, 40), width=st.integers(1, 40), share=st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_any_region_comes_back(seed: int, height: int, width: int, share: float) -> None:
    core = np.random.default_rng(seed).random((height, width)) < share
    region, text = simplify(core)
    np.testing.assert_array_equal(region, core)
    np.testing.assert_array_equal(unpack(text, width, height), core)
    assert bool(text) == bool(core.any())


def test_a_products_outline_is_small() -> None:
    request = make_request()
    region, text = simplify(request.layer.alpha_matte >= CORE_ALPHA)
    assert region.sum() > 1500
    assert len(text) < 260, f"{len(text)} characters"


def test_a_ragged_core_is_cut_down_until_it_fits() -> None:
    rng = np.random.default_rng(0)
    core = rng.random((600, 900)) < 0.7
    core[200:400, 300:600] = True
    region, text = simplify(core)
    assert len(text) <= MAX_CHARACTERS
    assert not (region & ~core).any(), "nothing is added"
    assert region[250:350, 350:550].all(), "what is solid stays"
    np.testing.assert_array_equal(unpack(text, 900, 600), region)


def test_the_digest_is_of_the_regions_pixels_alone() -> None:
    rng = np.random.default_rng(1)
    image = rng.integers(0, 256, (20, 30, 3), np.uint8)
    region = np.zeros((20, 30), bool)
    region[5:9, 4:20] = True
    outside, inside = image.copy(), image.copy()
    outside[0, 0] ^= 255
    inside[6, 10] ^= 1
    assert digest(outside, region) == digest(image, region) != digest(inside, region)


@pytest.mark.parametrize("text", ["nonsense", "0,0,9,9,1:????", "0,0,9,9,1:AAAA", "30,30,9,9,1:eJwDAAAAAAE="])
def test_a_damaged_region_is_refused(text: str) -> None:
    with pytest.raises(PhotoError, match="core region"):
        unpack(text, 12, 12)


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

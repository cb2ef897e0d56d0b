from __future__ import annotations

import numpy as np

from photoshoot.placers.studio.renderer.exposure import add_bloom, encode, tone_map


def test_tone_is_linear_below_the_shoulder_and_rises_to_one() -> None:
    ramp = np.linspace(0, 50, 4001, dtype=np.float32)[None, :, None].repeat(3, 2)
    shown = tone_map(ramp, 1.0)[0, :, 1]
    low = ramp[0, :, 1] < 0.8
    np.testing.assert_allclose(shown[low], ramp[0, low, 1], atol=1e-5)
    assert (np.diff(shown) >= -1e-6).all()
    assert 0.98 < shown[-1] <= 1


def test_exposure_is_a_factor() -> None:
    scene = np.random.default_rng(0).random((8, 9, 3), np.float32) * 0.3
    np.testing.assert_allclose(tone_map(scene, 2.0), scene * 2, atol=1e-5)


def test_dither_keeps_the_mean_and_breaks_bands() -> None:
    flat = np.full((200, 200, 3), 0.2143, np.float32)
    image = encode(flat, np.random.default_rng(1))
    exact = 255 * (1.055 * 0.2143 ** (1 / 2.4) - 0.055)
    assert abs(image.mean() - exact) < 0.02
    assert len(np.unique(image)) >= 2
    np.testing.assert_array_equal(image, encode(flat, np.random.default_rng(1)))


def test_bloom_spreads_only_what_is_bright() -> None:
    scene = np.full((61, 83, 3), 0.5, np.float32)
    np.testing.assert_allclose(add_bloom(scene, 1.0, 0.1), scene, atol=1e-6)
    scene[30, 40] = 20
    glowing = add_bloom(scene, 1.0, 0.1)
    assert glowing[30, 44, 0] > scene[30, 44, 0]
    assert glowing.shape == scene.shape

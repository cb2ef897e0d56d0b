"""Procedural surfaces."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.procedural import (
    Texture,
    blend,
    concrete,
    linen,
    marble,
    noise,
    plaster,
    smoothstep,
    stone,
)
from photoshoot.placers.studio.textures.wood import WoodGrain, wood

MAKERS: dict[str, Callable[[int], Texture]] = {
    "plaster": lambda seed: plaster("#b4b1ae", seed),
    "concrete": lambda seed: concrete("#a9a6a0", seed),
    "stone": lambda seed: stone("#9a948b", "#5a544b", seed),
    "linen": lambda seed: linen("#d8cfbf", seed),
    "marble": lambda seed: marble("#e1dfdc", "#6f6a68", seed),
    "wood": lambda seed: wood("#a9743f", "#55331b", WoodGrain(seed=seed)),
}
MAIN = {"plaster": "#b4b1ae", "concrete": "#a9a6a0", "stone": "#9a948b", "linen": "#d8cfbf"}


@pytest.mark.parametrize("name", MAKERS)
def test_surface_is_valid_paint_and_never_changes_for_one_seed(name: str) -> None:
    texture = MAKERS[name](1)
    assert texture.color.dtype == np.float32
    assert texture.color.shape == (*texture.height.shape, 3)
    assert np.isfinite(texture.color).all()
    assert texture.color.min() >= 0
    assert texture.color.max() <= 1
    other = MAKERS[name](2)
    assert not np.array_equal(texture.color, other.color)


@pytest.mark.parametrize("name", MAIN)
def test_surface_has_the_asked_colour_on_average(name: str) -> None:
    mean = MAKERS[name](1).color.mean((0, 1))
    np.testing.assert_allclose(mean, hex_to_linear(MAIN[name]), rtol=0.08)


@pytest.mark.parametrize("name", ["plaster", "concrete", "stone", "marble"])
def test_surface_repeats_without_a_seam(name: str) -> None:
    color = MAKERS[name](1).color
    for axis in (0, 1):
        steps = np.abs(np.diff(color, axis=axis)).mean(axis=(1 - axis, 2))
        seam = np.abs(np.take(color, 0, axis) - np.take(color, -1, axis)).mean()
        assert seam < 2.0 * steps.max(), f"{name}: step over the seam {seam:.4f}, inside at most {steps.max():.4f}"


def test_surfaces_are_read_only_since_they_are_shared() -> None:
    with pytest.raises(ValueError, match="read-only"):
        plaster("#b4b1ae", 1).color[0, 0] = 0


def test_noise_has_zero_mean_and_unit_deviation_and_its_seed() -> None:
    field = noise((64, 96), seed=3)
    assert field.shape == (64, 96)
    assert abs(float(field.mean())) < 1e-5
    assert abs(float(field.std()) - 1) < 1e-4
    assert np.array_equal(field, noise((64, 96), seed=3))
    assert not np.array_equal(field, noise((64, 96), seed=4))


def test_noise_is_the_inverse_transform_of_its_draws_bit_for_bit() -> None:
    shape, stretch = (64, 96), (2.0, 0.5)
    fy, fx = (
        np.fft.fftfreq(64, 1 / 64).astype(np.float32)[:, None],
        np.fft.rfftfreq(96, 1 / 96).astype(np.float32)[None],
    )
    frequency = np.hypot(fy / np.float32(2.0), fx / np.float32(0.5))
    frequency[0, 0] = 1
    gain = frequency ** np.float32(-0.7) * (frequency >= 3.0)
    gain[0, 0] = 0
    phase = np.random.default_rng(9).standard_normal((2, *frequency.shape), dtype=np.float32)
    field = np.fft.irfft2((phase[0] + 1j * phase[1]) * gain, s=shape).astype(np.float32)
    wanted = (field - field.mean()) / field.std()
    np.testing.assert_array_equal(noise(shape, seed=9, exponent=1.4, lowest=3.0, stretch=stretch), wanted)


def test_noise_stretches_along_columns() -> None:
    field = noise((128, 128), seed=1, stretch=(8, 1), exponent=3.0)
    down, across = np.abs(np.diff(field, axis=0)).mean(), np.abs(np.diff(field, axis=1)).mean()
    assert down != pytest.approx(across, rel=0.5)


def test_wood_has_the_asked_number_of_boards() -> None:
    texture = wood("#a9743f", "#55331b", WoodGrain(planks=5, seed=1))
    rows = texture.height.mean(1)
    gaps = (rows < rows.mean() - 1).astype(int)
    starts = np.flatnonzero(np.diff(np.concatenate([[gaps[-1]], gaps])) == 1)
    assert len(starts) == 5


def test_a_texture_made_anew_is_the_same() -> None:
    texture = plaster("#b4b1ae", 1)
    SHELF.clear()
    assert np.array_equal(plaster("#b4b1ae", 1).color, texture.color)


def test_smoothstep_and_blend_meet_their_ends() -> None:
    np.testing.assert_allclose(smoothstep(1, 3, [0, 1, 2, 3, 4]), [0, 0, 0.5, 1, 1])
    mixed = blend(np.zeros(3), np.ones(3), np.array([[0.0, 0.25, 1.0]]))
    np.testing.assert_allclose(mixed[0, :, 0], [0, 0.25, 1])

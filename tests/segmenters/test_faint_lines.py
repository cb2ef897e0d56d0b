from __future__ import annotations

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.looking.pale_parts import rate_lines

SIDE, GRAIN, STEP = 96, 0.01, 0.02


def draw(turn: float, step: float, grain: float) -> tuple[Float32Array, Float32Array]:
    """Two halves that differ by a step, which runs through the middle at so many degrees; and the way there."""
    rows, columns = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    away = np.cos(np.radians(turn)) * columns + np.sin(np.radians(turn)) * rows
    light = 0.9 + step * np.clip(away + 0.5, 0, 1) + np.random.default_rng(5).normal(0, grain, away.shape)
    return light.astype(np.float32), np.abs(away).astype(np.float32)


def test_a_step_hidden_in_grain_is_a_line_in_any_direction() -> None:
    for turn in range(0, 180, 20):
        light, away = draw(turn, STEP, GRAIN)
        steep = rate_lines(light)
        line, beside = (away < 0.7)[8:-8, 8:-8], (away > 8)[8:-8, 8:-8]
        inner = steep[8:-8, 8:-8]
        assert np.median(inner[line]) > np.quantile(inner[beside], 0.99)
        slope = np.abs(np.gradient(light, axis=1))[8:-8, 8:-8]
        assert np.median(slope[line]) < np.quantile(slope[beside], 0.99)  # one pixel alone does not tell


def test_a_flat_picture_has_no_lines() -> None:
    assert rate_lines(np.full((20, 30), 0.7, np.float32))[2:-2, 2:-2].max() < 1e-6


def test_the_rate_is_the_slope_of_a_slope() -> None:
    ramp = np.broadcast_to(0.004 * np.arange(40, dtype=np.float32), (40, 40))
    assert np.allclose(rate_lines(ramp)[10:-10, 10:-10], 0.004, rtol=1e-3)


LARGE, GROUND, PRODUCT, IN_SHADE = 192, 0.8, np.s_[50:140, 40:80], np.s_[50:140, 80:140]

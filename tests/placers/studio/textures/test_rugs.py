"""Whole rugs: their dyes, their symmetry, their borders, and their length."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from photoshoot.color.space import hex_to_oklab, linear_to_oklab
from photoshoot.placers.studio.textures.rugs import rug_texture
from photoshoot.sets.patterned import RugPattern

PATTERNS = [pattern for pattern in get_args(RugPattern) if pattern != "none"]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("color", ["#8f2f2c", "#2f4a6b"])
def test_its_main_dye_is_seen(pattern: RugPattern, color: str) -> None:
    lab = linear_to_oklab(rug_texture(pattern, color, 1.5, 2).color)
    near = np.linalg.norm(lab - hex_to_oklab(color), axis=-1) < 0.12
    assert 0.08 < near.mean() < 0.75


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_loud_color_is_the_nearest_that_wool_takes(pattern: RugPattern) -> None:
    lab = linear_to_oklab(rug_texture(pattern, "#1f5fd6", 1.5, 2).color)
    assert np.quantile(np.hypot(lab[..., 1], lab[..., 2]), 0.95) < 0.15


def test_a_persian_rug_is_alike_on_both_sides_and_both_ends() -> None:
    lightness = linear_to_oklab(rug_texture("persian", "#8f2f2c", 1.5, 2).color)[..., 0]
    for mirrored in (lightness[:, ::-1], lightness[::-1]):
        assert np.corrcoef(lightness.ravel(), mirrored.ravel())[0, 1] > 0.8


def test_a_persian_rug_has_a_border_of_another_color() -> None:
    for color, sign in (("#8f2f2c", -1), ("#2f4a6b", 1)):
        texture = linear_to_oklab(rug_texture("persian", color, 1.5, 2).color)
        border = texture[:, round(0.09 * 450) + 10 : round(0.25 * 450)]
        field = texture[:, 450 - 100 : 450 + 100]
        assert np.sign(np.median(border[..., 1]) - np.median(field[..., 1])) == sign


@pytest.mark.parametrize(("length", "drawn"), [(1.0, 1.0), (2.0, 2.0), (9.0, 3.4)])
def test_it_is_as_long_as_asked_and_runners_repeat(length: float, drawn: float) -> None:
    rows, columns = rug_texture("berber", "#332c28", length, 1).height.shape
    assert rows / columns == pytest.approx(drawn, rel=0.01)
